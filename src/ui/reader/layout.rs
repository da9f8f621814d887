//! A section's document as blocks with places on the page.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, FontId, Galley, Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::archive::{Destination, PhotoId, Section};
use crate::markdown::{self, Block, BlockKind, Document, Marker, Span, Style};
use crate::typeset::{Measure, full_width};
use crate::ui::theme::{LEADING, PARAGRAPH_GAP, Palette, sans, sans_bold, serif, serif_bold};

use super::paragraph::set_paragraph;

/// A document set to a width. Places are relative to its top left corner.
pub struct Layout {
    pub blocks: Vec<LaidBlock>,
    pub height: f32,
}

pub struct LaidBlock {
    /// Place of the whole block, over the full width.
    pub rect: Rect,
    pub content: Content,
    /// Lines at the left that show how deep in quotes the block stands.
    pub quote_bars: Vec<f32>,
    /// The list's marker before the block, or the footnote's number.
    pub marker: Option<(Pos2, Arc<Galley>)>,
}

pub enum Content {
    /// Texts that stand by themselves: one for a paragraph, one a cell for a table.
    Texts {
        texts: Vec<LaidText>,
        boxed: bool,
        rules: Vec<f32>,
    },
    Rule,
    /// Its caption is what the text says of it, else its own label, whose characters count from 0.
    Photo {
        photo: PhotoId,
        frame: Rect,
        caption: Option<LaidText>,
        label: Option<LaidText>,
    },
}

/// A text and its place. Its characters are those of the document's plain text from `start` on, one for one.
#[derive(Clone)]
pub struct LaidText {
    pub pos: Pos2,
    pub galley: Arc<Galley>,
    pub start: usize,
    /// The first character of each row, and what follows the last, in characters of the plain text.
    row_starts: Arc<[usize]>,
}

impl LaidText {
    pub fn new(pos: Pos2, galley: Arc<Galley>, start: usize) -> Self {
        let mut at = start;
        let mut row_starts = vec![at];
        row_starts.extend(galley.rows.iter().map(|row| {
            at += row.char_count_including_newline().0;
            at
        }));
        Self { pos, galley, start, row_starts: row_starts.into() }
    }

    pub fn at(&self, pos: Pos2) -> Self {
        Self { pos, ..self.clone() }
    }

    /// Characters of the plain text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.row_starts.last().copied().unwrap_or(self.start)
    }

    pub fn rect(&self) -> Rect {
        Rect::from_min_size(self.pos, self.galley.size())
    }

    /// Where characters of the plain text stand, a rectangle a line.
    pub fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        let first = self.row_starts.partition_point(|start| *start <= range.start).saturating_sub(1);
        let rows = self.galley.rows.iter().zip(self.row_starts.iter()).skip(first);
        rows.take_while(|(_, start)| **start < range.end)
            .filter_map(|(row, &start)| {
                let len = row.char_count_excluding_newline().0;
                let from = range.start.clamp(start, start + len) - start;
                let to = range.end.clamp(start, start + len) - start;
                let x = |column: usize| row.pos.x + row.x_offset(column.into());
                let rect = Rect::from_min_max(pos2(x(from), row.min_y()), pos2(x(to), row.max_y()));
                (from < to).then(|| rect.translate(self.pos.to_vec2()))
            })
            .collect()
    }

    /// The character of the plain text nearest to a place on the page.
    pub fn offset_at(&self, pos: Pos2) -> usize {
        self.start + self.galley.cursor_from_pos(pos - self.pos).index.0
    }
}

/// How a document is set.
pub struct Setting<'a> {
    pub section: &'a Section,
    pub palette: &'static Palette,
    /// Width of the column in points.
    pub width: f32,
    /// Size of the text in points.
    pub size: f32,
    /// A photo's own label, and its width by its height.
    pub describe: &'a dyn Fn(PhotoId) -> (Option<String>, f32),
}

impl Setting<'_> {
    pub fn layout(&self, ui: &Ui) -> Layout {
        let mut blocks = Vec::with_capacity(self.document().blocks.len());
        let mut y = 0.0;
        let mut footnotes_begun = false;
        for (i, block) in self.document().blocks.iter().enumerate() {
            let gap = match (i, &block.kind) {
                (0, _) => 0.0,
                (_, BlockKind::Heading(_)) => self.size * 1.6,
                (_, BlockKind::Footnote { .. }) if !footnotes_begun => self.size * 2.0,
                _ if block.lists.iter().any(|list| !list.first) || !block.lists.is_empty() => self.size * 0.35,
                _ => self.size * PARAGRAPH_GAP,
            };
            footnotes_begun |= matches!(block.kind, BlockKind::Footnote { .. });
            y += gap;
            let laid = self.block(ui, block, y);
            y = laid.rect.bottom();
            blocks.push(laid);
        }
        Layout { blocks, height: y }
    }

    fn document(&self) -> &Document {
        &self.section.document
    }

    fn block(&self, ui: &Ui, block: &Block, top: f32) -> LaidBlock {
        let em = self.size;
        let quote_bars: Vec<f32> = (0..block.quote_depth).map(|depth| depth as f32 * em * 1.2).collect();
        let footnote = matches!(block.kind, BlockKind::Footnote { .. });
        let left = block.quote_depth as f32 * em * 1.2
            + block.lists.len() as f32 * em * 1.8
            + if footnote { em * 2.0 } else { 0.0 };
        let left = left.min(self.width * 0.6);
        let width = self.width - left;
        let at = pos2(left, top);
        let content = match &block.kind {
            BlockKind::Rule => Content::Rule,
            BlockKind::Photo { link } => match self.section.destinations[link.0] {
                Destination::Photo(photo) => self.photo(ui, block, photo, at, width),
                _ => self.text(ui, block, at, width),
            },
            BlockKind::Table(table) => self.table(ui, table, at, width),
            _ => self.text(ui, block, at, width),
        };
        let bottom = match &content {
            Content::Rule => top + em,
            Content::Photo { frame, caption, label, .. } => {
                caption.as_ref().or(label.as_ref()).map_or(frame.bottom(), |text| text.rect().bottom())
            }
            Content::Texts { texts, boxed, .. } => {
                let padding = if *boxed { em * 0.6 } else { 0.0 };
                texts.iter().map(|text| text.rect().bottom()).fold(top, f32::max) + padding
            }
        };
        let marker = self.marker(ui, block, left, top);
        LaidBlock { rect: Rect::from_min_max(pos2(0.0, top), pos2(self.width, bottom)), content, quote_bars, marker }
    }

    fn marker(&self, ui: &Ui, block: &Block, left: f32, top: f32) -> Option<(Pos2, Arc<Galley>)> {
        let em = self.size;
        let text = match (&block.kind, block.lists.last()) {
            (BlockKind::Footnote { number }, _) => format!("[{number}]"),
            (_, Some(item)) if item.first => match item.marker {
                Marker::Bullet => "•".to_owned(),
                Marker::Number(number) => format!("{number}."),
                Marker::Task { done: true } => "☑".to_owned(),
                Marker::Task { done: false } => "☐".to_owned(),
            },
            _ => return None,
        };
        let format = self.format(serif(em), self.palette.ink_weak);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(LayoutJob::single_section(text, format)));
        Some((pos2(left - galley.size().x - em * 0.4, top), galley))
    }

    fn text(&self, ui: &Ui, block: &Block, at: Pos2, width: f32) -> Content {
        let em = self.size;
        let (size, base): (f32, fn(f32) -> FontId) = match block.kind {
            BlockKind::Heading(level) => {
                (em * [1.45, 1.3, 1.15, 1.05, 1.0, 1.0][usize::from(level - 1).min(5)], serif_bold)
            }
            BlockKind::Code => (em * 0.9, sans),
            BlockKind::Footnote { .. } => (em * 0.85, serif),
            _ => (em, serif),
        };
        let boxed = block.kind == BlockKind::Code;
        let padding = if boxed { em * 0.6 } else { 0.0 };
        let running = block.kind == BlockKind::Paragraph && block.lists.is_empty() && block.quote_depth == 0;
        let starts_han = self.document().slice(block.range.clone()).chars().next().is_some_and(|c| c >= '\u{2014}');
        let indent = if running && starts_han { size * 2.0 } else { 0.0 };
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let face = Face { size, base, indent, justify: !heading && !boxed, verbatim: boxed };
        let (job_width, pos) = (width - padding * 2.0, at + Vec2::splat(padding));
        let text = self.set(ui, block.range.clone(), &block.spans, face, job_width);
        Content::Texts { texts: vec![text.at(pos)], boxed, rules: Vec::new() }
    }

    fn photo(&self, ui: &Ui, block: &Block, photo: PhotoId, at: Pos2, width: f32) -> Content {
        let (label, aspect) = (self.describe)(photo);
        let frame = Rect::from_min_size(at, vec2(width, width / aspect.clamp(0.5, 3.0)));
        let below = pos2(at.x, frame.bottom() + self.size * 0.3);
        let size = self.size * 0.85;
        if !block.range.is_empty() {
            let face = Face { size, base: sans, indent: 0.0, justify: false, verbatim: false };
            let caption = self.set(ui, block.range.clone(), &block.spans, face, width).at(below);
            return Content::Photo { photo, frame, caption: Some(caption), label: None };
        }
        let label = label.map(|label| {
            let job = LayoutJob::single_section(full_width(&label), self.format(sans(size), self.palette.ink_weak));
            let measure = Measure { width, indent: 0.0, justify: false, hang: false, full_width: false };
            LaidText::new(below, set_paragraph(ui, job, size, measure), 0)
        });
        Content::Photo { photo, frame, caption: None, label }
    }

    /// Columns share the width after the width of their widest cell; cells wrap.
    fn table(&self, ui: &Ui, table: &markdown::Table, at: Pos2, width: f32) -> Content {
        let em = self.size;
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let pad = em * 0.5;
        let face = |row: usize| {
            let base = if row == 0 { sans_bold } else { serif };
            Face { size: em * 0.92, base, indent: 0.0, justify: false, verbatim: false }
        };
        let mut natural = vec![em * 2.0; columns];
        for (r, row) in table.rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let text = self.set(ui, cell.range.clone(), &cell.spans, face(r), f32::INFINITY);
                natural[c] = natural[c].max(text.galley.size().x + 1.0);
            }
        }
        let inner = (width - pad * 2.0 * columns as f32).max(em);
        let widths = column_widths(&natural, inner, em);
        let (mut texts, mut rules) = (Vec::new(), vec![at.y]);
        let mut y = at.y;
        for (r, row) in table.rows.iter().enumerate() {
            let mut x = at.x;
            let mut bottom = y + em * LEADING;
            for (c, cell) in row.iter().enumerate() {
                let text = self.set(ui, cell.range.clone(), &cell.spans, face(r), widths[c]);
                let room = widths[c] - text.galley.size().x;
                let anchor = match table.align.get(c) {
                    Some(markdown::Align::Center) => room / 2.0,
                    Some(markdown::Align::End) => room,
                    Some(markdown::Align::Start) | None => 0.0,
                };
                let pos = pos2(x + pad + anchor, y + pad * 0.6);
                bottom = bottom.max(pos.y + text.galley.size().y);
                texts.push(text.at(pos));
                x += widths[c] + pad * 2.0;
            }
            y = bottom + pad * 0.6;
            rules.push(y);
        }
        Content::Texts { texts, boxed: false, rules }
    }

    /// Sets characters of the plain text; the place is to be filled in.
    fn set(&self, ui: &Ui, range: Range<usize>, spans: &[Span], face: Face, width: f32) -> LaidText {
        let stored = self.document().slice(range.clone());
        let drawn = if face.verbatim { stored.to_owned() } else { full_width(stored) };
        let mut job = LayoutJob::default();
        let (mut chars, mut stored_chars) = (drawn.chars(), stored.chars());
        for span in spans {
            let shown: String = chars.by_ref().take(span.range.len()).collect();
            let verbatim: String = stored_chars.by_ref().take(span.range.len()).collect();
            let text = if span.style.code { verbatim } else { shown };
            job.append(&text, 0.0, self.span_format(face, span));
        }
        let rest: String = chars.collect();
        if !rest.is_empty() || job.sections.is_empty() {
            job.append(&rest, 0.0, self.format((face.base)(face.size), self.palette.ink));
        }
        let measure = Measure { width, indent: face.indent, justify: face.justify, hang: false, full_width: false };
        LaidText::new(Pos2::ZERO, set_paragraph(ui, job, face.size, measure), range.start)
    }

    fn span_format(&self, face: Face, span: &Span) -> TextFormat {
        let Style { strong, emphasis, code, footnote_mark, .. } = span.style;
        let font = match (strong, code) {
            (_, _) if footnote_mark => sans(face.size * 0.7),
            (true, _) => sans_bold(face.size),
            (false, true) => sans(face.size * 0.95),
            // Slanted Han characters are no Chinese emphasis; 黑体 is.
            (false, false) if emphasis => sans(face.size),
            (false, false) => (face.base)(face.size),
        };
        let link = span.link.map(|link| &self.section.destinations[link.0]);
        let ink = match link {
            Some(Destination::Nowhere) | None => self.palette.ink,
            Some(_) => self.palette.link,
        };
        let mut format = self.format(font, ink);
        if footnote_mark {
            format.valign = Align::TOP;
        }
        format
    }

    fn format(&self, font: FontId, ink: egui::Color32) -> TextFormat {
        let line_height = Some((font.size * LEADING).round());
        TextFormat { line_height, ..TextFormat::simple(font, ink) }
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

/// How a run of text is set where its spans say nothing else.
#[derive(Clone, Copy)]
struct Face {
    size: f32,
    base: fn(f32) -> FontId,
    /// Of the first line, in points.
    indent: f32,
    justify: bool,
    /// Half-width marks are drawn as they are.
    verbatim: bool,
}
