//! What is set: blocks, their texts and lines, each with its place.

use std::ops::Range;

use crate::markdown::LinkId;

use super::face::Face;
use super::lines::{Cursor, Line, Measure, Run, Setter};
use super::shaper::Shaper;

/// A rectangle in points, from a block's or a column's top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Frame {
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    pub fn translate(&self, x: f32, y: f32) -> Self {
        Self { x: self.x + x, y: self.y + y, ..*self }
    }

    /// The smallest that holds both.
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, width: right - x, height: bottom - y }
    }
}

/// A block, set as far as it was asked for. Places are relative to its top left corner.
#[derive(Clone, Debug, Default)]
pub struct SetBlock {
    /// In reading order; a table's cells row by row.
    pub texts: Vec<SetText>,
    pub marker: Option<Label>,
    /// Places from the left of the lines that show how deep in quotes the block stands.
    pub bars: Vec<f32>,
    /// Places from the top of a table's lines, or of the one that a rule is.
    pub rules: Vec<f32>,
    /// Stands on a ground of its own: code.
    pub boxed: bool,
    pub picture: Option<SetPicture>,
    /// Exact once all is set, and else a good guess.
    pub height: f32,
    /// What follows is still to be set.
    pub(super) rest: Rest,
}

#[derive(Clone, Debug, Default)]
pub(super) enum Rest {
    #[default]
    Nothing,
    /// Lines of the only text.
    Lines {
        measure: Measure,
    },
    Rows {
        columns: Vec<f32>,
        next: usize,
        x: f32,
    },
}

impl SetBlock {
    /// Whether all is set that stands down to `until` below the block's top.
    pub fn is_set_to(&self, until: f32) -> bool {
        match &self.rest {
            Rest::Nothing => true,
            Rest::Lines { .. } => self.texts.last().is_some_and(|text| text.frame().bottom() >= until),
            Rest::Rows { .. } => self.rules.last().is_some_and(|bottom| *bottom >= until),
        }
    }
}

/// What is set beside a text and is not part of it: a list's bullet or number.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub x: f32,
    pub y: f32,
    pub text: String,
    pub face: Face,
    pub size: f32,
}

#[derive(Clone, Debug)]
pub struct SetPicture {
    pub link: LinkId,
    pub frame: Frame,
    /// The photo's own label, whose characters count from 0.
    pub label: Option<SetText>,
}

/// A text in lines of one height.
#[derive(Clone, Debug)]
pub struct SetText {
    pub x: f32,
    pub y: f32,
    /// The first character, counted in the document's plain text.
    pub start: usize,
    pub runs: Vec<Run>,
    /// Their ranges count from `start`.
    pub lines: Vec<Line>,
    pub line_height: f32,
    /// Of the widest line.
    pub width: f32,
    /// Where each run begins.
    run_starts: Vec<usize>,
    cursor: Cursor,
}

impl SetText {
    /// A text by itself, in one style; its characters count from 0.
    pub fn plain(text: &str, face: Face, size: f32, leading: f32, measure: Measure, shaper: &dyn Shaper) -> Self {
        let run = Run::plain(text.chars().count(), face, size);
        let mut set = Self::unset(0, vec![run], (size * leading).round());
        set.fill(text, measure, shaper, f32::INFINITY);
        set
    }

    /// The runs that a line's characters stand in, each with the characters.
    pub fn runs_of<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = (&'a Run, Range<usize>)> + 'a {
        let first = self.run_starts.partition_point(|start| *start <= line.range.start).saturating_sub(1);
        let last = self.runs.len().saturating_sub(1);
        let runs = self.runs.iter().zip(&self.run_starts).enumerate().skip(first);
        runs.take_while(|(_, (_, start))| **start < line.range.end).map(move |(i, (run, &start))| {
            let end = if i == last { line.range.end } else { start + run.len };
            (run, start.max(line.range.start)..end.min(line.range.end))
        })
    }

    /// How many characters have been gone through.
    pub(super) fn done(&self) -> usize {
        self.cursor.chars
    }

    /// Characters of the document's plain text that are set.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.lines.last().map_or(0, |line| line.range.end)
    }

    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.line_height
    }

    pub fn frame(&self) -> Frame {
        Frame { x: self.x, y: self.y, width: self.width, height: self.height() }
    }

    /// Where characters of the plain text stand, a frame a line.
    pub fn frames(&self, range: &Range<usize>) -> Vec<Frame> {
        let from = range.start.saturating_sub(self.start);
        let to = range.end.saturating_sub(self.start);
        let first = self.lines.partition_point(|line| line.range.end <= from);
        let lines = self.lines.iter().enumerate().skip(first).take_while(|(_, line)| line.range.start < to);
        lines
            .filter_map(|(i, line)| {
                let (left, right) = (line.place(from), line.place(to));
                let y = self.y + i as f32 * self.line_height;
                (left < right).then_some(Frame { x: self.x + left, y, width: right - left, height: self.line_height })
            })
            .collect()
    }

    /// The character of the plain text before which a caret stands that is nearest to a place in the block.
    pub fn offset_at(&self, x: f32, y: f32) -> usize {
        let row = ((y - self.y) / self.line_height).floor().max(0.0) as usize;
        let Some(line) = self.lines.get(row.min(self.lines.len().saturating_sub(1))) else { return self.start };
        self.start + line.offset_at(x - self.x)
    }

    pub(super) fn unset(start: usize, runs: Vec<Run>, line_height: f32) -> Self {
        let run_starts = runs.iter().scan(0, |at, run| {
            let start = *at;
            *at += run.len;
            Some(start)
        });
        let run_starts = run_starts.collect();
        Self {
            x: 0.0,
            y: 0.0,
            start,
            runs,
            lines: Vec::new(),
            line_height,
            width: 0.0,
            run_starts,
            cursor: Cursor::default(),
        }
    }

    /// Sets lines down to `until` below the text's top. True if there are more.
    pub(super) fn fill(&mut self, text: &str, measure: Measure, shaper: &dyn Shaper, until: f32) -> bool {
        let mut setter = Setter::resume(text, &self.runs, measure, shaper, self.cursor);
        let room = ((until / self.line_height).ceil().max(1.0) as usize).saturating_sub(self.lines.len());
        let lines: Vec<Line> = setter.by_ref().take(room).collect();
        let (cursor, more) = (setter.cursor(), !setter.is_done());
        self.cursor = cursor;
        self.width = lines.iter().map(|line| line.width).fold(self.width, f32::max);
        self.lines.extend(lines);
        more
    }
}

impl Line {
    /// Where a character of the text begins, or the line does or ends if it stands elsewhere.
    pub fn place(&self, character: usize) -> f32 {
        let first = self.x.first().copied().unwrap_or(0.0);
        match character.checked_sub(self.range.start) {
            None => first,
            Some(i) => self.x.get(i).copied().unwrap_or(self.width),
        }
    }

    /// The character before which a caret stands that is nearest to a place from the left.
    pub fn offset_at(&self, x: f32) -> usize {
        let ends = self.x.iter().skip(1).copied().chain([self.width]);
        let before = self.x.iter().zip(ends).take_while(|(start, end)| x > (*start + end) / 2.0).count();
        self.range.start + before
    }
}
