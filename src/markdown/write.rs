//! A [`Document`] back to Markdown.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Align, Block, BlockKind, Document, Link, LinkId, Marker, Span, Style, Table};

/// Characters `range` of the plain text as Markdown that reads back to the same text. Blocks are cut where the range
/// begins and ends; tables are written in whole rows; footnotes that are referred to follow.
pub fn write(document: &Document, range: Range<usize>) -> String {
    let touched = |block: &Block| {
        block.range.start < range.end && range.start < block.range.end
            || block.range.is_empty() && range.contains(&block.range.start)
    };
    let mut writer = Writer { document, range: range.clone(), out: String::new(), notes: BTreeSet::new() };
    let mut before: Option<&Block> = None;
    let note = |block: &Block| match block.kind {
        BlockKind::Footnote { number } => Some(number),
        _ => None,
    };
    for block in document.blocks.iter().filter(|block| touched(block) && note(block).is_none()) {
        writer.block(block, before);
        before = Some(block);
    }
    // Those that were selected, and those that what was selected refers to.
    let selected = document.blocks.iter().filter(|block| touched(block)).filter_map(note);
    writer.notes.extend(selected);
    let mut last = None;
    writer.range = 0..usize::MAX;
    for block in &document.blocks {
        if let Some(number) = note(block).filter(|number| writer.notes.contains(number)) {
            writer.note(block, number, last == Some(number));
            last = Some(number);
        }
    }
    writer.out.trim_end_matches('\n').to_owned() + "\n"
}

struct Writer<'a> {
    document: &'a Document,
    /// What is written, in characters of the plain text.
    range: Range<usize>,
    out: String,
    /// Footnotes that were referred to.
    notes: BTreeSet<usize>,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block, before: Option<&Block>) {
        let indent: usize = block.lists.iter().map(|item| marker(item.marker).len()).sum();
        let quote = "> ".repeat(block.quote_depth);
        let first = block.lists.last().is_some_and(|item| item.first) && self.range.start <= block.range.start;
        if !self.out.is_empty() {
            let same_quote = before.map_or(0, |before| before.quote_depth.min(block.quote_depth));
            self.out += &"> ".repeat(same_quote);
            self.out.push('\n');
        }
        let lead = match block.lists.last() {
            Some(item) if first => {
                let marker = marker(item.marker);
                " ".repeat(indent - marker.len()) + &marker
            }
            _ => " ".repeat(indent),
        };
        let text = self.text_of(block);
        for (i, line) in text.split('\n').enumerate() {
            let lead = if i == 0 { lead.clone() } else { " ".repeat(indent) };
            let line = format!("{quote}{lead}{line}");
            self.out += line.trim_end_matches(' ');
            self.out.push('\n');
        }
    }

    fn note(&mut self, block: &Block, number: usize, goes_on: bool) {
        self.out.push('\n');
        let text = self.inline(block.range.clone(), &block.spans);
        let lead = if goes_on { "    ".to_owned() } else { format!("[^{number}]: ") };
        self.out += &lead;
        self.out += &text.replace('\n', "\n    ");
        self.out.push('\n');
    }

    fn text_of(&mut self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Heading(level) => {
                let text = self.inline(block.range.clone(), &block.spans).replace("\\\n", " ");
                format!("{} {text}", "#".repeat(usize::from(*level)))
            }
            BlockKind::Code => {
                let code = self.document.slice(self.cut(&block.range));
                let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
                format!("{fence}\n{code}\n{fence}")
            }
            BlockKind::Rule => "---".to_owned(),
            BlockKind::Photo { link } => {
                format!("![{}]({})", escape(self.document.slice(block.range.clone())), self.address(*link))
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Paragraph | BlockKind::Footnote { .. } => {
                let text = self.inline(block.range.clone(), &block.spans);
                escape_start(&text)
            }
        }
    }

    fn table(&mut self, table: &Table) -> String {
        let mut rows = Vec::new();
        let columns = table.rows.first().map_or(0, Vec::len);
        let whole = std::mem::replace(&mut self.range, 0..usize::MAX);
        for (r, row) in table.rows.iter().enumerate() {
            let touched = row.iter().any(|cell| cell.range.start < whole.end && whole.start <= cell.range.end);
            if r > 0 && !touched {
                continue;
            }
            let cells: Vec<String> = row
                .iter()
                .map(|cell| self.inline(cell.range.clone(), &cell.spans).replace("\\\n", " ").replace('|', "\\|"))
                .collect();
            rows.push(format!("| {} |", cells.join(" | ")));
            if r == 0 {
                let rule = (0..columns).map(|c| match table.align.get(c) {
                    Some(Align::Center) => ":-:",
                    Some(Align::End) => "--:",
                    Some(Align::Start) | None => "---",
                });
                rows.push(format!("| {} |", rule.collect::<Vec<_>>().join(" | ")));
            }
        }
        self.range = whole;
        rows.join("\n")
    }

    fn cut(&self, range: &Range<usize>) -> Range<usize> {
        let start = range.start.max(self.range.start);
        start..range.end.min(self.range.end).max(start)
    }

    /// Text with its styles, as far as it is in the range.
    fn inline(&mut self, range: Range<usize>, spans: &[Span]) -> String {
        let mut out = String::new();
        let mut at = self.cut(&range).start;
        for span in spans {
            let part = self.cut(&span.range);
            if part.is_empty() {
                continue;
            }
            out += &escape(self.document.slice(at..part.start));
            at = part.end;
            out += &self.span(span, part);
        }
        out += &escape(self.document.slice(at..self.cut(&range).end.max(at)));
        out
    }

    fn span(&mut self, span: &Span, part: Range<usize>) -> String {
        let text = self.document.slice(part);
        let Style { strong, emphasis, strikethrough, code, footnote_mark } = span.style;
        let target = span.link.map(|link| &self.document.links[link.0]);
        if let (true, Some(Link::Footnote(number))) = (footnote_mark, target) {
            self.notes.insert(*number);
            return format!("[^{number}]");
        }
        let mut out = if code {
            let fence = "`".repeat(longest_run(text, '`') + 1);
            let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
            format!("{fence}{pad}{text}{pad}{fence}")
        } else {
            escape(text)
        };
        // Marks must touch what they mark: blanks at the ends stand outside.
        for (on, mark) in [(strikethrough, "~~"), (emphasis, "*"), (strong, "**")] {
            if on && !out.trim().is_empty() {
                let start = out.len() - out.trim_start().len();
                let end = out.trim_end().len();
                out = format!("{}{mark}{}{mark}{}", &out[..start], &out[start..end], &out[end..]);
            }
        }
        match span.link {
            Some(link) if !footnote_mark => format!("[{out}]({})", self.address(link)),
            _ => out,
        }
    }

    fn address(&self, link: LinkId) -> String {
        let address = match &self.document.links[link.0] {
            Link::Section(id) => format!("section:{id}"),
            Link::Photo(id) => format!("photo:{id}"),
            Link::Footnote(number) => format!("#{number}"),
            Link::Heading(heading) => format!("#{heading}"),
            Link::Outside(url) => url.clone(),
        };
        let plain = address.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"()<>\\".contains(c));
        if plain && !address.is_empty() {
            address
        } else {
            let escaped: String =
                address.chars().flat_map(|c| ("<>\\".contains(c)).then_some('\\').into_iter().chain([c])).collect();
            format!("<{}>", escaped.replace('\n', " "))
        }
    }
}

fn marker(marker: Marker) -> String {
    match marker {
        Marker::Bullet => "- ".to_owned(),
        Marker::Number(number) => format!("{number}. "),
        Marker::Task { done } => format!("- [{}] ", if done { 'x' } else { ' ' }),
    }
}

fn longest_run(text: &str, wanted: char) -> usize {
    let runs = text.split(|c| c != wanted).map(str::len);
    runs.max().unwrap_or(0)
}

/// Text without meaning for Markdown. Line feeds are hard breaks.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out += "\\\n",
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' | '!' | '#' | '^' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// What would begin a list, a heading's line or a rule at the beginning of a line begins none.
fn escape_start(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        match line.as_bytes().get(digits) {
            Some(b'-' | b'+' | b'=' | b':') if digits == 0 => format!("\\{line}"),
            Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::markdown::Document;

    fn whole(document: &Document) -> String {
        write(document, 0..usize::MAX)
    }

    /// What a reader sees: text, kinds and styles, without which span a blank belongs to.
    fn seen(document: &Document) -> Vec<(String, String)> {
        let blocks = document.blocks.iter();
        blocks
            .map(|block| {
                let kind = match &block.kind {
                    BlockKind::Table(table) => format!("table {:?} {}", table.align, table.rows.len()),
                    kind => format!("{kind:?}"),
                };
                let lists: Vec<Marker> = block.lists.iter().map(|item| item.marker).collect();
                let text = document.slice(block.range.clone()).to_owned();
                (format!("{kind} {lists:?} {}", block.quote_depth), text)
            })
            .collect()
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "段一。\n\n段二**强调**与*着重*、~~删~~、`a` 和 `` b`c ``。",
            "# 一\n\n## 二 #\n\n文",
            "- 一\n- 二\n  - 三\n\n    续\n- 四",
            "3. 三\n4. 四",
            "- [x] 办\n- [ ] 未办",
            "> 引\n>\n> > 深",
            "| 甲 | 乙 |\n|:-:|--:|\n| 1 | a\\|b |",
            "```\n码\n  缩进\n```",
            "文[^a]与[节](section:x)、[图](photo:p)、[外](https://e.org/?a=(b))\n\n[^a]: 注**重**",
            "![图](photo:p)\n\n---\n\n1\\. 不是列表\n\n\\- 也不是\n\n\\# 不是题",
            "一\\\n二  \n三",
            "<b>原样</b> &amp; * _ [x] \\ ~",
        ] {
            let document = parse(text);
            let written = whole(&document);
            assert_eq!(seen(&parse(&written)), seen(&document), "{text}\n→\n{written}");
        }
    }

    #[test]
    fn a_part_is_cut_where_it_ends_and_brings_its_notes() {
        let document = parse("一二三四[^n]五\n\n六**七八**九\n\n[^n]: 注文");
        let start = document.plain.chars().position(|c| c == '三').expect("there");
        let end = document.plain.chars().position(|c| c == '八').expect("there");
        assert_eq!(write(&document, start..end), "三四[^1]五\n\n六**七**\n\n[^1]: 注文\n");
    }

    #[test]
    fn the_bundled_report_reads_back() {
        let archive = crate::archive::load(crate::archive::Source::Embedded).expect("the bundled archive");
        for section in &archive.sections {
            assert_eq!(parse(&whole(&section.document)).plain, section.document.plain);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_gets_a_meaning(text in r"[一二a1 \.\-+*_#>\[\]()!`~|&<\\:=^\n]{0,60}") {
            let lines: Vec<String> = text.split('\n').map(|line| escape_start(&escape(line.trim()))).collect();
            let document = parse(&lines.join("\n\n"));
            let written = whole(&document);
            proptest::prop_assert_eq!(&parse(&written).plain, &document.plain, "{}", written);
        }
    }
}
