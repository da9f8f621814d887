//! A document's blocks set to a column: paragraphs, headings, lists, quotes, code, tables, notes and photos.

use std::ops::Range;

use crate::markdown::{Align, Block, BlockKind, Document, LinkId, Marker, Span, Table};

use super::face::Face;
use super::lines::{Measure, Run};
use super::set::{Frame, Label, Rest, SetBlock, SetPicture, SetText};
use super::shaper::Shaper;

/// How a document is set. Lengths in points, or in multiples of the text's size where it says em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// Of the column.
    pub width: f32,
    /// Of the text.
    pub size: f32,
    /// Line height in em.
    pub leading: f32,
    /// Between paragraphs, in em.
    pub paragraph_gap: f32,
    /// Of running text.
    pub face: Face,
    pub justify: bool,
    /// First lines of Chinese paragraphs stand two characters in.
    pub indent: bool,
    /// Half-width punctuation between Han characters is drawn full-width.
    pub full_width: bool,
}

/// What is to be known of a photo to set it.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width by height.
    pub aspect: f32,
    /// Stands below it where the text says nothing of it.
    pub label: Option<String>,
}

/// A document and how it is set.
#[derive(Clone, Copy)]
pub struct Flow<'a> {
    pub document: &'a Document,
    pub sheet: Sheet,
    pub shaper: &'a dyn Shaper,
    /// `None` where a link to a photo leads nowhere: its text is set as text.
    pub picture: &'a dyn Fn(LinkId) -> Option<Picture>,
}

/// How a run of text is set where its spans say nothing else.
#[derive(Clone, Copy)]
struct Look {
    size: f32,
    face: Face,
    indent: f32,
    justify: bool,
    verbatim: bool,
}

/// Size of notes and captions in that of the text.
const NOTE: f32 = 0.85;

/// Rows of a table whose widths are measured: the rest follow them.
const MEASURED_ROWS: usize = 200;

impl<'a> Flow<'a> {
    /// Blank before a block.
    pub fn gap_before(&self, index: usize) -> f32 {
        let (blocks, em) = (&self.document.blocks, self.sheet.size);
        let Some(before) = index.checked_sub(1).and_then(|before| blocks.get(before)) else { return 0.0 };
        let footnote = |block: &Block| matches!(block.kind, BlockKind::Footnote { .. });
        let block = &blocks[index];
        match block.kind {
            BlockKind::Heading(_) => em * 1.6,
            BlockKind::Footnote { .. } if !footnote(before) => em * 2.0,
            _ if !block.lists.is_empty() => em * 0.35,
            _ => em * self.sheet.paragraph_gap,
        }
    }

    /// A block's height, guessed from how long it is.
    pub fn estimate(&self, index: usize) -> f32 {
        let block = &self.document.blocks[index];
        let line = self.sheet.size * self.sheet.leading;
        match &block.kind {
            BlockKind::Rule => self.sheet.size,
            BlockKind::Photo { .. } => self.sheet.width / 1.5 + line,
            BlockKind::Table(table) => table.rows.len() as f32 * line * 1.3,
            _ => self.estimated_lines(block, block.range.len()) * line,
        }
    }

    fn estimated_lines(&self, block: &Block, characters: usize) -> f32 {
        let width = self.sheet.width - self.left(block);
        (characters as f32 * self.sheet.size / width.max(self.sheet.size)).ceil().max(1.0)
    }

    /// Sets a block, at least down to `until` below its top.
    pub fn set(&self, index: usize, until: f32) -> SetBlock {
        let block = &self.document.blocks[index];
        let left = self.left(block);
        let width = self.sheet.width - left;
        let mut set = match &block.kind {
            BlockKind::Rule => {
                SetBlock { rules: vec![self.sheet.size / 2.0], height: self.sheet.size, ..SetBlock::default() }
            }
            BlockKind::Photo { link } => match (self.picture)(*link) {
                Some(picture) => self.photo(block, *link, picture, left, width),
                None => self.text(block, left, width),
            },
            BlockKind::Table(table) => self.table(table, left, width),
            _ => self.text(block, left, width),
        };
        set.bars = (0..block.quote_depth).map(|depth| depth as f32 * self.sheet.size * 1.2).collect();
        set.marker = self.marker(block, left);
        self.extend(index, &mut set, until);
        set
    }

    /// Sets more of a block, at least down to `until` below its top. True if there was more to set.
    pub fn extend(&self, index: usize, set: &mut SetBlock, until: f32) -> bool {
        let block = &self.document.blocks[index];
        match std::mem::take(&mut set.rest) {
            Rest::Nothing => return false,
            Rest::Lines { measure } => set.rest = self.set_lines(block, set, measure, until),
            Rest::Rows { columns, next, x } => set.rest = self.set_rows(block, set, columns, next, x, until),
        }
        true
    }

    fn left(&self, block: &Block) -> f32 {
        let em = self.sheet.size;
        let note = if matches!(block.kind, BlockKind::Footnote { .. }) { em * 2.0 } else { 0.0 };
        (block.quote_depth as f32 * em * 1.2 + block.lists.len() as f32 * em * 1.8 + note).min(self.sheet.width * 0.6)
    }

    fn marker(&self, block: &Block, left: f32) -> Option<Label> {
        let (size, face) = (self.sheet.size, self.sheet.face);
        let (text, face, size) = match (&block.kind, block.lists.last()) {
            (BlockKind::Footnote { number }, _) => (format!("[{number}]"), face, size * NOTE),
            (_, Some(item)) if item.first => match item.marker {
                // The dot of 黑体 is the larger one.
                Marker::Bullet => ("•".to_owned(), Face::Sans, size),
                Marker::Number(number) => (format!("{number}."), face, size),
                // What clerks tick off with, and what the embedded faces have.
                Marker::Task { done: true } => ("√".to_owned(), Face::SerifBold, size),
                Marker::Task { done: false } => ("□".to_owned(), face, size),
            },
            _ => return None,
        };
        let mut advances = Vec::new();
        self.shaper.advances(&text, face, &mut advances);
        let width = advances.iter().sum::<f32>() * size;
        Some(Label { x: left - width - size * 0.4, y: 0.0, text, face, size })
    }

    /// A text block without its lines.
    fn text(&self, block: &Block, left: f32, width: f32) -> SetBlock {
        let (em, face) = (self.sheet.size, self.sheet.face);
        let boxed = block.kind == BlockKind::Code;
        let (size, face) = match block.kind {
            BlockKind::Heading(level) => {
                (em * [1.45, 1.3, 1.15, 1.05, 1.0, 1.0][usize::from(level.saturating_sub(1)).min(5)], Face::SerifBold)
            }
            BlockKind::Code => (em * 0.9, Face::Sans),
            BlockKind::Footnote { .. } => (em * NOTE, face),
            _ => (em, face),
        };
        let padding = if boxed { em * 0.6 } else { 0.0 };
        let running = block.kind == BlockKind::Paragraph && block.lists.is_empty() && block.quote_depth == 0;
        let chinese = || self.document.slice(block.range.clone()).chars().next().is_some_and(|c| c >= '\u{2014}');
        let indent = if self.sheet.indent && running && chinese() { size * 2.0 } else { 0.0 };
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let look = Look { size, face, indent, justify: self.sheet.justify && !heading && !boxed, verbatim: boxed };
        let mut text = self.unset(block.range.clone(), &block.spans, look);
        (text.x, text.y) = (left + padding, padding);
        let measure = self.measure(look, width - padding * 2.0);
        SetBlock { texts: vec![text], boxed, rest: Rest::Lines { measure }, ..SetBlock::default() }
    }

    fn set_lines(&self, block: &Block, set: &mut SetBlock, measure: Measure, until: f32) -> Rest {
        let padding = if set.boxed { self.sheet.size * 0.6 } else { 0.0 };
        let Some(text) = set.texts.first_mut() else { return Rest::Nothing };
        let more = self.fill(text, block.range.clone(), measure, until - text.y);
        let left = block.range.end.saturating_sub(text.start + text.done());
        let rest = if more { self.estimated_lines(block, left) * text.line_height } else { 0.0 };
        set.height = text.y + text.height() + rest + padding;
        if more { Rest::Lines { measure } } else { Rest::Nothing }
    }

    fn photo(&self, block: &Block, link: LinkId, picture: Picture, x: f32, width: f32) -> SetBlock {
        let height = width / picture.aspect.clamp(0.5, 3.0);
        let frame = Frame { x, y: 0.0, width, height };
        let below = frame.bottom() + self.sheet.size * 0.3;
        let size = self.sheet.size * NOTE;
        let look = Look { size, face: Face::Sans, indent: 0.0, justify: false, verbatim: false };
        let place = |mut text: SetText| {
            (text.x, text.y) = (x, below);
            text
        };
        let mut set = SetBlock { height: frame.bottom(), ..SetBlock::default() };
        let mut label = None;
        if !block.range.is_empty() {
            let text = place(self.whole(block.range.clone(), &block.spans, look, width));
            set.height = text.frame().bottom();
            set.texts.push(text);
        } else if let Some(words) = &picture.label {
            let measure = self.measure(look, width);
            let text = place(SetText::plain(words, look.face, size, self.sheet.leading, measure, self.shaper));
            set.height = text.frame().bottom();
            label = Some(text);
        }
        set.picture = Some(SetPicture { link, frame, label });
        set
    }

    /// A table without its rows. Columns share the width after the width of their widest cell; cells wrap.
    fn table(&self, table: &Table, x: f32, width: f32) -> SetBlock {
        let em = self.sheet.size;
        let columns = table.rows.iter().take(MEASURED_ROWS).map(Vec::len).max().unwrap_or(0);
        let mut natural = vec![em * 2.0; columns];
        for (r, row) in table.rows.iter().take(MEASURED_ROWS).enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let text = self.whole(cell.range.clone(), &cell.spans, self.cell_look(r), f32::INFINITY);
                natural[c] = natural[c].max(text.width + 1.0);
            }
        }
        let inner = (width - self.cell_padding() * 2.0 * columns as f32).max(em);
        let columns = column_widths(&natural, inner, em);
        SetBlock { rules: vec![0.0], rest: Rest::Rows { columns, next: 0, x }, ..SetBlock::default() }
    }

    fn set_rows(
        &self,
        block: &Block,
        set: &mut SetBlock,
        columns: Vec<f32>,
        mut next: usize,
        left: f32,
        until: f32,
    ) -> Rest {
        let BlockKind::Table(table) = &block.kind else { return Rest::Nothing };
        let (em, pad) = (self.sheet.size, self.cell_padding());
        let mut y = set.rules.last().copied().unwrap_or(0.0);
        while let Some(row) = table.rows.get(next)
            && y < until
        {
            let mut x = left;
            let mut bottom = y + em * self.sheet.leading;
            // Rows further down may have more cells than those that were measured.
            for (c, (cell, width)) in row.iter().zip(&columns).enumerate() {
                let mut text = self.whole(cell.range.clone(), &cell.spans, self.cell_look(next), *width);
                let room = width - text.width;
                let anchor = match table.align.get(c) {
                    Some(Align::Center) => room / 2.0,
                    Some(Align::End) => room,
                    Some(Align::Start) | None => 0.0,
                };
                (text.x, text.y) = (x + pad + anchor, y + pad * 0.6);
                bottom = bottom.max(text.frame().bottom());
                set.texts.push(text);
                x += width + pad * 2.0;
            }
            y = bottom + pad * 0.6;
            set.rules.push(y);
            next += 1;
        }
        let rows_left = table.rows.len() - next;
        set.height = y + rows_left as f32 * y / next.max(1) as f32;
        if rows_left == 0 { Rest::Nothing } else { Rest::Rows { columns, next, x: left } }
    }

    fn cell_padding(&self) -> f32 {
        self.sheet.size * 0.5
    }

    fn cell_look(&self, row: usize) -> Look {
        let face = if row == 0 { Face::SerifBold } else { self.sheet.face };
        Look { size: self.sheet.size * 0.92, face, indent: 0.0, justify: false, verbatim: false }
    }

    fn measure(&self, look: Look, width: f32) -> Measure {
        let full_width = self.sheet.full_width && !look.verbatim;
        Measure { width, indent: look.indent, justify: look.justify, hang: look.justify, full_width }
    }

    /// A text without its lines; its place is to be filled in.
    fn unset(&self, range: Range<usize>, spans: &[Span], look: Look) -> SetText {
        let mut runs: Vec<Run> = spans.iter().map(|span| self.run(look, span)).collect();
        if runs.is_empty() {
            runs.push(Run { verbatim: look.verbatim, ..Run::plain(range.len(), look.face, look.size) });
        }
        SetText::unset(range.start, runs, (look.size * self.sheet.leading).round())
    }

    fn whole(&self, range: Range<usize>, spans: &[Span], look: Look, width: f32) -> SetText {
        let mut text = self.unset(range.clone(), spans, look);
        self.fill(&mut text, range, self.measure(look, width), f32::INFINITY);
        text
    }

    fn fill(&self, text: &mut SetText, range: Range<usize>, measure: Measure, until: f32) -> bool {
        text.fill(self.document.slice(range), measure, self.shaper, until)
    }

    fn run(&self, look: Look, span: &Span) -> Run {
        let style = span.style;
        let (face, size) = match (style.strong, style.code) {
            (_, _) if style.footnote_mark => (Face::Sans, look.size * 0.7),
            (true, _) => (Face::SerifBold, look.size),
            (false, true) => (Face::Sans, look.size * 0.95),
            // Slanted Han characters are no Chinese emphasis; the other face is.
            (false, false) if style.emphasis && look.face == Face::Sans => (Face::Serif, look.size),
            (false, false) if style.emphasis => (Face::Sans, look.size),
            (false, false) => (look.face, look.size),
        };
        let verbatim = look.verbatim || style.code;
        Run { len: span.range.len(), face, size, verbatim, style, link: span.link }
    }
}

/// Widths of a table's columns from their natural ones: narrow columns, which hold numbers, keep theirs.
fn column_widths(natural: &[f32], room: f32, em: f32) -> Vec<f32> {
    let total: f32 = natural.iter().sum();
    if total <= room {
        return natural.to_vec();
    }
    let narrow = |width: f32| width <= em * 6.0;
    let kept: f32 = natural.iter().copied().filter(|width| narrow(*width)).sum();
    if kept > room * 0.6 {
        return natural.iter().map(|width| (width * room / total).max(em * 1.2)).collect();
    }
    let scale = (room - kept) / (total - kept);
    natural.iter().map(|width| if narrow(*width) { *width } else { width * scale }).collect()
}
