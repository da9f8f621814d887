//! Markdown text to a [`Document`]: blocks to draw, and one plain text that search, selection and export count in.
//!
//! Every character that is shown stands in [`Document::plain`] exactly once and in order; a [`Span`] is a range of it
//! with a style. So an offset found by the search is a place on the page, without a map between them.

mod parse;
mod write;

use std::collections::HashMap;
use std::ops::Range;

pub use parse::parse;
pub use write::write;

/// A text, ready to be set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// All text in reading order; blocks end with a line feed, table cells with a tab.
    pub plain: String,
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    /// Byte offset of every [`INDEX_STEP`]-th character of the plain text.
    index: Vec<usize>,
}

/// A slice is found by counting no more characters than this.
const INDEX_STEP: usize = 256;

/// A piece of text that is set by itself: the leaves of the Markdown tree with what they stand in.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub kind: BlockKind,
    /// Characters of the plain text, without the closing line feed.
    pub range: Range<usize>,
    pub spans: Vec<Span>,
    /// Lists that the block stands in, outermost first.
    pub lists: Vec<ListItem>,
    /// How many block quotes the block stands in.
    pub quote_depth: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    Paragraph,
    /// Level 1 to 6.
    Heading(u8),
    Code,
    Rule,
    /// A picture of the archive; the block's text is its alternative text.
    Photo {
        link: LinkId,
    },
    Table(Table),
    /// What a footnote says; the mark stands in the text as a [`Span`] with the same number.
    Footnote {
        number: usize,
    },
}

/// The item of a list that a block stands in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListItem {
    pub marker: Marker,
    /// True for the block that the marker stands before.
    pub first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Marker {
    Bullet,
    Number(u64),
    Task { done: bool },
}

/// Cells hold their text as ranges and spans of the document, row by row; the first row is the head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub align: Vec<Align>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub range: Range<usize>,
    pub spans: Vec<Span>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Align {
    #[default]
    Start,
    Center,
    End,
}

/// Characters of the plain text in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub range: Range<usize>,
    pub style: Style,
    pub link: Option<LinkId>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Style {
    pub strong: bool,
    pub emphasis: bool,
    pub strikethrough: bool,
    pub code: bool,
    /// A small raised number.
    pub footnote_mark: bool,
}

/// Index into [`Document::links`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LinkId(pub usize);

/// Where a link leads, as written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Link {
    /// `section:ID`
    Section(String),
    /// `photo:ID`
    Photo(String),
    /// To a footnote of this document, by number.
    Footnote(usize),
    /// `#heading`: a heading of this document.
    Heading(String),
    /// Anything else, which a viewer without network does not open.
    Outside(String),
}

impl Document {
    /// A text without links. The blocks' ranges are of `plain`, each followed by a line feed.
    pub fn new(plain: String, blocks: Vec<Block>) -> Self {
        let index = index(&plain);
        Self { plain, blocks, links: Vec::new(), index }
    }

    /// Headings with their level and the number of their block.
    pub fn headings(&self) -> impl Iterator<Item = (usize, u8, &str)> {
        self.blocks.iter().enumerate().filter_map(|(i, block)| match block.kind {
            BlockKind::Heading(level) => Some((i, level, self.slice(block.range.clone()))),
            _ => None,
        })
    }

    /// The headings' blocks by their [`slug`]s; of equal ones the first.
    pub fn heading_slugs(&self) -> HashMap<String, usize> {
        first_of_each(self.headings().map(|(block, _, text)| (slug(text), block)))
    }

    /// The first block of each footnote.
    pub fn footnote_blocks(&self) -> HashMap<usize, usize> {
        let notes = self.blocks.iter().enumerate().filter_map(|(i, block)| match block.kind {
            BlockKind::Footnote { number } => Some((number, i)),
            _ => None,
        });
        first_of_each(notes)
    }

    /// The first mark in the text that leads to a footnote.
    pub fn footnote_mark(&self, number: usize) -> Option<Range<usize>> {
        let cells = |block: &Block| match &block.kind {
            BlockKind::Table(table) => table.rows.iter().flatten().flat_map(|cell| cell.spans.clone()).collect(),
            _ => Vec::new(),
        };
        let leads = |span: &Span| span.link.is_some_and(|link| self.links[link.0] == Link::Footnote(number));
        let mut spans = self.blocks.iter().flat_map(|block| block.spans.iter().cloned().chain(cells(block)));
        spans.find(leads).map(|span| span.range)
    }

    /// Characters of the plain text, without the last block's line feed.
    pub fn len(&self) -> usize {
        self.blocks.last().map_or(0, |block| block.range.end)
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The characters `range` of the plain text; what lies beyond its end is cut off.
    pub fn slice(&self, range: Range<usize>) -> &str {
        &self.plain[self.byte_offset(range.start)..self.byte_offset(range.end.max(range.start))]
    }

    fn byte_offset(&self, character: usize) -> usize {
        let Some(start) = self.index.get(character / INDEX_STEP) else { return self.plain.len() };
        let rest = &self.plain[*start..];
        rest.char_indices().nth(character % INDEX_STEP).map_or(self.plain.len(), |(i, _)| start + i)
    }

    /// The block that holds a character of the plain text.
    pub fn block_at(&self, offset: usize) -> usize {
        self.blocks.partition_point(|block| block.range.end < offset).min(self.blocks.len().saturating_sub(1))
    }
}

/// [`Document::index`] of a plain text.
fn index(plain: &str) -> Vec<usize> {
    plain.char_indices().map(|(i, _)| i).step_by(INDEX_STEP).collect()
}

fn first_of_each<K: std::hash::Hash + Eq>(pairs: impl Iterator<Item = (K, usize)>) -> HashMap<K, usize> {
    let mut first = HashMap::new();
    for (key, value) in pairs {
        first.entry(key).or_insert(value);
    }
    first
}

/// Letters and digits, lower case, blanks as hyphens: how headings are named in links.
pub fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The characters `range` of `text`; what lies beyond its end is cut off.
pub fn char_slice(text: &str, range: Range<usize>) -> &str {
    if text.is_ascii() {
        let end = range.end.min(text.len());
        return &text[range.start.min(end)..end];
    }
    let mut offsets = text.char_indices().map(|(i, _)| i).chain([text.len()]);
    let start = offsets.nth(range.start).unwrap_or(text.len());
    let end = match range.len() {
        0 => start,
        len => offsets.nth(len - 1).unwrap_or(text.len()),
    };
    &text[start..end]
}
