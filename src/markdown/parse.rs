//! `pulldown-cmark`'s events to a [`Document`].

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::{Align, Block, BlockKind, Cell, Document, Link, LinkId, ListItem, Marker, Span, Style, Table};

/// Lists and quotes nested deeper than this are set as if they stood this deep.
const MAX_NESTING: usize = 16;

/// Reads CommonMark with tables, footnotes, strikethrough and task lists. Never fails; raw HTML stays as text.
pub fn parse(markdown: &str) -> Document {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut builder = Builder::default();
    for event in Parser::new_ext(markdown, options) {
        builder.event(event);
    }
    builder.finish()
}

#[derive(Default)]
struct Builder {
    document: Document,
    /// Characters in `document.plain`.
    len: usize,
    style: Style,
    /// How deep inside `**`, `*` and `~~` we are.
    strong: usize,
    emphasis: usize,
    strikethrough: usize,
    links: Vec<LinkId>,
    /// Block being filled: its kind, start and spans.
    open: Option<Open>,
    /// A line break of the source, set as a space unless Han characters meet there.
    soft_break: bool,
    /// Numbers of the lists that we are in; `None` for bullets.
    lists: Vec<List>,
    quote_depth: usize,
    table: Option<Table>,
    footnotes: HashMap<String, usize>,
    footnote: Option<usize>,
    /// Photos met inside the open block: set after it.
    photos: Vec<(LinkId, String)>,
    /// The image that we are in.
    image: Option<Image>,
    /// Where the table row that is being filled starts.
    row_start: usize,
}

struct Open {
    kind: BlockKind,
    start: usize,
    spans: Vec<Span>,
}

struct Image {
    link: LinkId,
    /// The alternative text.
    alt: String,
    soft_break: bool,
}

struct List {
    next: Option<u64>,
    marker: Marker,
    /// No block of the current item has been set yet.
    fresh: bool,
}

impl Builder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.style.code = true;
                self.text(&text);
                self.style.code = false;
            }
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::FootnoteReference(name) => self.footnote_mark(&name),
            Event::SoftBreak | Event::HardBreak if self.image.is_some() => {
                if let Some(image) = &mut self.image {
                    image.soft_break = true;
                }
            }
            Event::SoftBreak => self.soft_break = true,
            Event::HardBreak => self.text("\n"),
            Event::Rule => {
                self.close();
                self.open(BlockKind::Rule);
                self.close();
            }
            Event::TaskListMarker(done) => {
                if let Some(list) = self.lists.last_mut() {
                    list.marker = Marker::Task { done };
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.close();
                self.open(self.text_kind());
            }
            Tag::Heading { level, .. } => {
                self.close();
                self.open(BlockKind::Heading(level as u8));
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.close();
                self.open(BlockKind::Code);
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quote_depth += 1;
            }
            Tag::List(start) => {
                self.close();
                self.lists.push(List { next: start, marker: Marker::Bullet, fresh: false });
            }
            Tag::Item => {
                self.close();
                if let Some(list) = self.lists.last_mut() {
                    list.marker = list.next.map_or(Marker::Bullet, Marker::Number);
                    list.next = list.next.map(|n| n.saturating_add(1));
                    list.fresh = true;
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.close();
                self.footnote = Some(self.footnote_number(&name));
            }
            Tag::Table(align) => {
                self.close();
                self.open(BlockKind::Paragraph);
                let align = align.iter().map(|a| match a {
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::End,
                    Alignment::None | Alignment::Left => Align::Start,
                });
                self.table = Some(Table { align: align.collect(), rows: Vec::new() });
            }
            Tag::TableHead | Tag::TableRow => {
                self.row_start = self.len;
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strikethrough => self.strikethrough += 1,
            Tag::Link { dest_url, .. } => {
                let link = self.link(&dest_url);
                self.links.push(link);
            }
            Tag::Image { dest_url, .. } if self.image.is_none() => {
                let link = self.link(&dest_url);
                // The text goes on beside a photo, which stands by itself, as if it were not there.
                self.soft_break &= !matches!(self.document.links[link.0], Link::Photo(_));
                self.image = Some(Image { link, alt: String::new(), soft_break: false });
            }
            Tag::TableCell
            | Tag::Image { .. }
            | Tag::MetadataBlock(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.close(),
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quote_depth -= 1;
            }
            TagEnd::Item => {
                self.close();
                if self.lists.last().is_some_and(|list| list.fresh) {
                    // An empty item still shows its marker.
                    self.open(BlockKind::Paragraph);
                    self.close();
                }
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.close();
                self.footnote = None;
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead | TagEnd::TableRow => self.push_char('\n'),
            TagEnd::Table => self.end_table(),
            TagEnd::Strong => self.strong -= 1,
            TagEnd::Emphasis => self.emphasis -= 1,
            TagEnd::Strikethrough => self.strikethrough -= 1,
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::Image => self.end_image(),
            TagEnd::MetadataBlock(_)
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }

    /// What running text is here: a paragraph, or part of a footnote.
    fn text_kind(&self) -> BlockKind {
        self.footnote.map_or(BlockKind::Paragraph, |number| BlockKind::Footnote { number })
    }

    fn open(&mut self, kind: BlockKind) {
        self.open = Some(Open { kind, start: self.len, spans: Vec::new() });
        self.soft_break = false;
    }

    fn close(&mut self) {
        let Some(Open { kind, start, spans }) = self.open.take() else { return };
        if kind == BlockKind::Code && self.document.plain.ends_with('\n') && self.len > start {
            self.document.plain.pop();
            self.len -= 1;
        }
        let empty = self.len == start;
        if !empty || self.photos.is_empty() {
            let spans = clip(spans, self.len);
            self.push_block(kind, start, spans);
        }
        for (link, alt) in std::mem::take(&mut self.photos) {
            let start = self.len;
            self.document.plain.push_str(&alt);
            self.len += alt.chars().count();
            let span = Span { range: start..self.len, style: Style::default(), link: None };
            let spans = if alt.is_empty() { Vec::new() } else { vec![span] };
            self.push_block(BlockKind::Photo { link }, start, spans);
        }
    }

    fn push_block(&mut self, kind: BlockKind, start: usize, spans: Vec<Span>) {
        let lists = self.lists.iter_mut().take(MAX_NESTING).map(|list| {
            let first = std::mem::take(&mut list.fresh);
            ListItem { marker: list.marker, first }
        });
        let lists = lists.collect();
        let quote_depth = self.quote_depth.min(MAX_NESTING);
        self.document.blocks.push(Block { kind, range: start..self.len, spans, lists, quote_depth });
        self.document.plain.push('\n');
        self.len += 1;
    }

    fn push_char(&mut self, c: char) {
        self.document.plain.push(c);
        self.len += 1;
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(image) = &mut self.image {
            if std::mem::take(&mut image.soft_break) && is_blank_between(&image.alt, text) {
                image.alt.push(' ');
            }
            image.alt.push_str(text);
            return;
        }
        if self.open.is_none() {
            // Text of a tight list item has no paragraph around it.
            self.open(self.text_kind());
        }
        if self.soft_break {
            self.soft_break = false;
            if is_blank_between(&self.document.plain, text) {
                self.span(" ");
            }
        }
        self.span(text);
    }

    fn span(&mut self, text: &str) {
        let start = self.len;
        self.document.plain.push_str(text);
        self.len += text.chars().count();
        let style = Style {
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            strikethrough: self.strikethrough > 0,
            ..self.style
        };
        let link = self.links.last().copied();
        let range = start..self.len;
        let Some(open) = &mut self.open else { return };
        match open.spans.last_mut() {
            Some(last) if last.style == style && last.link == link && last.range.end == start => {
                last.range.end = range.end;
            }
            _ => open.spans.push(Span { range, style, link }),
        }
    }

    fn link(&mut self, destination: &CowStr<'_>) -> LinkId {
        let destination = destination.trim();
        let link = if let Some(id) = destination.strip_prefix("section:") {
            Link::Section(id.to_owned())
        } else if let Some(id) = destination.strip_prefix("photo:") {
            Link::Photo(id.to_owned())
        } else if let Some(heading) = destination.strip_prefix('#') {
            Link::Heading(heading.to_owned())
        } else {
            Link::Outside(destination.to_owned())
        };
        self.add_link(link)
    }

    fn add_link(&mut self, link: Link) -> LinkId {
        let id = LinkId(self.document.links.len());
        self.document.links.push(link);
        id
    }

    /// Footnotes are numbered in the order in which they are first met.
    fn footnote_number(&mut self, name: &str) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(name.to_owned()).or_insert(next)
    }

    fn footnote_mark(&mut self, name: &str) {
        self.soft_break = false;
        let number = self.footnote_number(name);
        let link = self.add_link(Link::Footnote(number));
        self.links.push(link);
        self.style.footnote_mark = true;
        self.text(&format!("[{number}]"));
        self.style.footnote_mark = false;
        self.links.pop();
    }

    fn end_image(&mut self) {
        let Some(Image { link, alt, .. }) = self.image.take() else { return };
        match self.document.links[link.0] {
            Link::Photo(_) if self.table.is_none() => {
                if self.open.is_none() {
                    self.open(self.text_kind());
                }
                self.photos.push((link, alt));
            }
            // A picture from outside is not loaded: its alternative text stands for it.
            _ => {
                self.links.push(link);
                self.text(&alt);
                self.links.pop();
            }
        }
    }

    fn end_cell(&mut self) {
        let (Some(open), Some(table)) = (&mut self.open, &mut self.table) else { return };
        let Some(row) = table.rows.last_mut() else { return };
        let start = match row.last() {
            Some(cell) => cell.range.end + 1,
            None => self.row_start,
        };
        row.push(Cell { range: start..self.len, spans: std::mem::take(&mut open.spans) });
        self.push_char('\t');
    }

    fn end_table(&mut self) {
        let (Some(open), Some(table)) = (&mut self.open, self.table.take()) else { return };
        open.kind = BlockKind::Table(table);
        open.spans.clear();
        if self.document.plain.ends_with('\n') && self.len > open.start {
            self.document.plain.pop();
            self.len -= 1;
        }
        self.close();
    }

    fn finish(mut self) -> Document {
        self.close();
        self.document.index = super::index(&self.document.plain);
        self.document
    }
}

/// Spans without what lies at or after `end`.
fn clip(spans: Vec<Span>, end: usize) -> Vec<Span> {
    let clipped = spans.into_iter().map(|span| {
        let range: Range<usize> = span.range.start.min(end)..span.range.end.min(end);
        Span { range, ..span }
    });
    clipped.filter(|span| !span.range.is_empty()).collect()
}

/// Whether a line break of the source is a blank: not between Han characters, nor after a half-width mark of theirs.
fn is_blank_between(before: &str, after: &str) -> bool {
    let mut before = before.chars().rev();
    let last = match before.next() {
        Some(',' | '.' | ';' | ':' | '!' | '?' | ')') => before.next(),
        last => last,
    };
    !(last.is_some_and(is_han) && after.chars().next().is_some_and(is_han))
}

/// Characters between which a line break of the source is no blank.
fn is_han(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201D}' | '\u{2026}' | '\u{3000}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FF65}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a block: its kind, what it stands in, and its text.
    fn outline(markdown: &str) -> String {
        let document = parse(markdown);
        let mut lines = Vec::new();
        for block in &document.blocks {
            let kind = match &block.kind {
                BlockKind::Paragraph => "p".to_owned(),
                BlockKind::Heading(level) => format!("h{level}"),
                BlockKind::Code => "code".to_owned(),
                BlockKind::Rule => "rule".to_owned(),
                BlockKind::Photo { link } => format!("photo {:?}", document.links[link.0]),
                BlockKind::Footnote { number } => format!("note {number}"),
                BlockKind::Table(table) => {
                    let cell = |cell: &Cell| document.slice(cell.range.clone()).to_owned();
                    let row = |row: &Vec<Cell>| row.iter().map(cell).collect::<Vec<_>>().join("|");
                    format!("table {}", table.rows.iter().map(row).collect::<Vec<_>>().join("/"))
                }
            };
            let lists: String = block
                .lists
                .iter()
                .map(|item| match (item.first, item.marker) {
                    (false, _) => "  ".to_owned(),
                    (true, Marker::Bullet) => "- ".to_owned(),
                    (true, Marker::Number(n)) => format!("{n}. "),
                    (true, Marker::Task { done }) => format!("[{}] ", if done { "x" } else { " " }),
                })
                .collect();
            let text = document.slice(block.range.clone()).escape_debug().to_string();
            lines.push(format!("{}{lists}{kind}: {text}", ">".repeat(block.quote_depth)));
        }
        lines.join("\n")
    }

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(outline(markdown), expected, "{markdown}");
    }

    #[test]
    fn blocks_stand_in_reading_order() {
        check("# 一\n\n甲\n\n---\n乙", "h1: 一\np: 甲\nrule: \np: 乙");
        check("> 甲\n>> 乙\n\n丙", ">p: 甲\n>>p: 乙\np: 丙");
        check("```\na\n b\n```", "code: a\\n b");
        check("<div>x</div>\n\n甲<i>乙</i>", "code: <div>x</div>\np: 甲<i>乙</i>");
    }

    #[test]
    fn lists_keep_their_numbers_and_nesting() {
        check("3. 甲\n4. 乙\n   - 丙\n\n     丁\n5.", "3. p: 甲\n4. p: 乙\n  - p: 丙\n    p: 丁\n5. p: ");
        check("- [x] 甲\n- [ ] 乙", "[x] p: 甲\n[ ] p: 乙");
    }

    #[test]
    fn a_line_break_in_the_source_is_no_space_between_han_characters() {
        check("温泉\n镇,\n好", "p: 温泉镇,好");
        check("温泉,\nWen", "p: 温泉, Wen");
        check("Wen\nquan", "p: Wen quan");
        check("甲  \n乙", "p: 甲\\n乙");
    }

    #[test]
    fn tables_hold_every_cell() {
        check("| a | b |\n|---|--:|\n| 甲 | **乙** |\n| 丙 |", "table a|b/甲|乙/丙|: a\\tb\\t\\n甲\\t乙\\t\\n丙\\t\\t");
    }

    #[test]
    fn photos_stand_by_themselves_and_pictures_from_outside_are_text() {
        check("![](photo:a)", "photo Photo(\"a\"): ");
        check("甲![湖](photo:a)乙", "p: 甲乙\nphoto Photo(\"a\"): 湖");
        check("![湖](https://x/y.png)", "p: 湖");
        check("a\n![b\nc](https://x/y.png)\nd", "p: a b c d");
        check("a\n![b\nc](photo:a)\nd", "p: a d\nphoto Photo(\"a\"): b c");
    }

    #[test]
    fn footnotes_are_numbered_as_they_are_met() {
        check("甲[^b]乙[^a]\n\n[^a]: 一\n[^b]: 二", "p: 甲[1]乙[2]\nnote 2: 一\nnote 1: 二");
    }

    #[test]
    fn spans_carry_style_and_link() {
        let document = parse("甲**乙*丙***[丁](section:s)");
        let spans: Vec<_> = document.blocks[0]
            .spans
            .iter()
            .map(|s| (document.slice(s.range.clone()), s.style.strong, s.style.emphasis, s.link.is_some()))
            .collect();
        assert_eq!(
            spans,
            [
                ("甲", false, false, false),
                ("乙", true, false, false),
                ("丙", true, true, false),
                ("丁", false, false, true)
            ]
        );
        assert_eq!(document.links, [Link::Section("s".into())]);
    }

    proptest::proptest! {
        /// Ranges are whole, in order, and cover the plain text but for the marks between blocks and cells.
        #[test]
        fn ranges_are_whole(markdown in r"([ \n>*_#`|\[\](!)\-0-9.:^~<]|温|泉|a|\| a \| b \|\n|-\|-|\[\^a\]|photo:a){0,60}") {
            let document = parse(&markdown);
            let chars: Vec<char> = document.plain.chars().collect();
            let mut at = 0;
            for block in &document.blocks {
                proptest::prop_assert_eq!(block.range.start, at);
                proptest::prop_assert!(block.range.end < chars.len());
                proptest::prop_assert_eq!(chars[block.range.end], '\n');
                let mut covered = block.range.start;
                for span in &block.spans {
                    proptest::prop_assert_eq!(span.range.start, covered);
                    covered = span.range.end;
                }
                if !matches!(block.kind, BlockKind::Table(_)) {
                    proptest::prop_assert_eq!(covered, block.range.end);
                }
                at = block.range.end + 1;
            }
            proptest::prop_assert_eq!(at, chars.len());
        }
    }
}
