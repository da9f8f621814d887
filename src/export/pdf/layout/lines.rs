//! Set texts, a line at a time, with their links, and over pages.

use crate::markdown::LinkId;
use crate::typeset::{Face, Frame, Line, Measure, SetText};

use super::super::page::{Draw, ElementId, Ink, Piece, Role, Target};
use super::{LEADING, Layout};

/// Where the baseline stands in a line, from its middle, in the text's size: half of what letters rise above it.
pub(super) const BASELINE: f32 = 0.36;

/// How a line's runs are drawn.
pub(super) struct LineLook<'a> {
    pub ink: Ink,
    pub target: &'a dyn Fn(LinkId) -> Option<Target>,
    pub boxed: bool,
}

impl LineLook<'_> {
    pub const PLAIN: Self = Self { ink: Ink::Black, target: &|_| None, boxed: false };
}

impl Layout<'_> {
    /// A text in one style, set to a width.
    pub(super) fn set(&self, text: &str, face: Face, size: f32, width: f32) -> SetText {
        let measure = Measure::ragged(width);
        SetText::plain(text, face, size, LEADING.min(1.5), measure, self.shaper)
    }

    /// A line of a set text, whose top stands at a place; a piece for each link and for what stands between them.
    pub(super) fn put_line(
        &mut self,
        text: &SetText,
        line: &Line,
        at: [f32; 2],
        element: ElementId,
        look: &LineLook<'_>,
    ) {
        let mut characters = line.shown.chars();
        let mut plain: Vec<Draw> = Vec::new();
        for (run, range) in text.runs_of(line) {
            let from = range.start - line.range.start;
            let part: String = characters.by_ref().take(range.len()).collect();
            let mut x: Vec<f32> = line.x[from..from + range.len()].iter().map(|x| at[0] + x).collect();
            x.push(at[0] + line.x.get(from + range.len()).copied().unwrap_or(line.width));
            let middle = at[1] + text.line_height / 2.0;
            let raised = if run.style.footnote_mark { run.size * 0.45 } else { 0.0 };
            let baseline = middle + run.size.max(text.runs[0].size) * BASELINE - raised;
            let (left, right) = (x[0], x[x.len() - 1]);
            let target = run.link.and_then(look.target);
            let ink = if target.is_some() { Ink::Accent } else { look.ink };
            let mut draws = Vec::new();
            let ground = Frame { x: left, y: middle - run.size * 0.6, width: right - left, height: run.size * 1.2 };
            if run.style.code && !look.boxed {
                draws.push(Draw::Fill { frame: ground, ink: Ink::Ground });
            }
            draws.push(Draw::Text { text: part, x, baseline, face: run.face, size: run.size, ink });
            if run.style.strikethrough {
                let frame = Frame { x: left, y: middle, width: right - left, height: 0.6 };
                draws.push(Draw::Fill { frame, ink });
            }
            match target {
                None => plain.append(&mut draws),
                Some(target) => {
                    if !plain.is_empty() {
                        let draws = std::mem::take(&mut plain);
                        self.put(Piece { draws, element: Some(element), link: None });
                    }
                    let link = self.elements.add(Some(element), Role::Link);
                    self.put(Piece { draws, element: Some(link), link: Some((ground, target)) });
                }
            }
        }
        if !plain.is_empty() {
            self.put(Piece { draws: plain, element: Some(element), link: None });
        }
    }

    /// All lines of a text, over pages where they must: no single line of a paragraph stands at a page's foot or head.
    pub(super) fn put_text(&mut self, text: &SetText, x: f32, element: ElementId, look: &LineLook<'_>) {
        let height = text.line_height;
        let mut lines = text.lines.as_slice();
        let mut first = true;
        while !lines.is_empty() {
            let fit = ((self.room() + 0.1) / height).max(0.0) as usize;
            let mut count = fit.min(lines.len());
            if count < lines.len() {
                if lines.len() - count == 1 {
                    count = count.saturating_sub(1);
                }
                if first && count < 2 {
                    count = 0;
                }
            }
            if count == 0 {
                // A page holds at least a line, whatever the line's height.
                if self.pages.is_empty() || self.y > self.column.y {
                    self.new_page();
                    continue;
                }
                count = fit.clamp(1, lines.len());
            }
            let (here, after) = lines.split_at(count);
            for line in here {
                self.put_line(text, line, [x, self.y], element, look);
                self.y += height;
            }
            lines = after;
            first = false;
        }
    }
}
