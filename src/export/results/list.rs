//! Results as a list to print: what was searched, then document by document the places, the matches in bold.
//!
//! The list is a section of text like any other, and is set on pages by [`pdf`].

use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::{Head, Origin, Results, field_name, parts};
use crate::archive::{Archive, ContentHash, Report, ReportId, Section, SectionId, SectionKind, Source};
use crate::export::{Scope, pdf};
use crate::library::Field;
use crate::markdown::{Block, BlockKind, Document, ListItem, Marker, Span, Style};
use crate::search::Snippet;
use crate::text::Words;

/// So many places are listed; nobody reads more on paper.
pub const MAX_PLACES: u64 = 5_000;

/// Collects the list.
pub struct List {
    words: &'static Words,
    title: String,
    plain: String,
    /// Characters in `plain`.
    len: usize,
    blocks: Vec<Block>,
    places: u64,
}

impl List {
    pub fn new(head: &Head<'_>, words: &'static Words) -> Self {
        let title = head.title(words);
        let mut list = Self { words, title, plain: String::new(), len: 0, blocks: Vec::new(), places: 0 };
        for line in head.lines(words) {
            let block = list.block(BlockKind::Paragraph, &[&line]);
            block.quote_depth = 1;
        }
        list
    }

    /// The pages. `options` say in which words the booklet speaks besides.
    pub fn write(mut self, options: &pdf::Options, watch: pdf::Watch<'_>) -> Result<pdf::Pdf, pdf::PdfError> {
        if let Some(more) = self.places.checked_sub(MAX_PLACES).filter(|more| *more > 0) {
            let line = (self.words.results.left_out)(more);
            self.block(BlockKind::Paragraph, &[&line]);
        }
        pdf::write(&self.into_archive(), Scope::Section(SectionId::new(0)), options, watch)
    }

    /// An archive with the list as its only section.
    fn into_archive(self) -> Archive {
        let section = Section {
            report: ReportId::new(0),
            key: String::new(),
            title: self.title.clone(),
            title_supplied: true,
            kind: SectionKind::default(),
            body: String::new(),
            document: Document::new(self.plain, self.blocks),
            destinations: Vec::new(),
            photos: Vec::new(),
        };
        let report = Report {
            key: String::new(),
            title: self.title.clone(),
            subtitle: None,
            kicker: None,
            byline: None,
            closing: None,
            about: Vec::new(),
            sections: 0..1,
            photos: 0..0,
            figures: 0..0,
        };
        Archive {
            source: Arc::new(Source::Embedded),
            content: ContentHash::of(&[]),
            key: None,
            title: self.title,
            language: None,
            rights: None,
            holder: None,
            reports: vec![report],
            sections: vec![section],
            photos: Vec::new(),
            figures: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Adds a block of these parts.
    fn block(&mut self, kind: BlockKind, parts: &[&str]) -> &mut Block {
        let range = self.append(parts);
        self.plain.push('\n');
        self.len += 1;
        self.blocks.push(Block { kind, range, spans: Vec::new(), lists: Vec::new(), quote_depth: 0 });
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }

    /// Line feeds inside become blanks.
    fn append(&mut self, parts: &[&str]) -> Range<usize> {
        let start = self.len;
        for c in parts.iter().flat_map(|part| part.chars()) {
            self.plain.push(if c == '\n' || c == '\r' { ' ' } else { c });
            self.len += 1;
        }
        start..self.len
    }
}

impl Results for List {
    fn document(&mut self, origin: &Origin<'_>) -> io::Result<()> {
        if self.places < MAX_PLACES {
            let heading = origin.heading(self.words);
            self.block(BlockKind::Heading(3), &[&heading]);
            if origin.citation != heading {
                self.block(BlockKind::Paragraph, &[&origin.citation]);
            }
        }
        Ok(())
    }

    fn place(&mut self, field: Field, snippet: &Snippet) -> io::Result<()> {
        self.places += 1;
        if self.places <= MAX_PLACES {
            let marker = Marker::Number(self.places);
            let [before, found, after] = parts(snippet);
            let before = field_name(field, self.words) + &before;
            let block = self.block(BlockKind::Paragraph, &[&before, &found, &after]);
            let mut start = block.range.start;
            for (part, strong) in [(before, false), (found, true), (after, false)] {
                let range = start..start + part.chars().count();
                start = range.end;
                block.spans.push(Span { range, style: Style { strong, ..Style::default() }, link: None });
            }
            block.spans.retain(|span| !span.range.is_empty());
            block.lists.push(ListItem { marker, first: true });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::export::results::tests::{found, head};
    use crate::text::Language;

    #[test]
    fn the_list_is_a_text_with_its_matches_in_bold() {
        let mut list = List::new(&head(), Language::ZhCn.words());
        found(&mut list);
        let document = &list.into_archive().sections[0].document;
        let line = |block: &Block| {
            let bold = |span: &Span| format!(" [{}]", document.slice(span.range.clone()));
            let bold: String = block.spans.iter().filter(|span| span.style.strong).map(bold).collect();
            format!("{}{bold}", document.slice(block.range.clone()))
        };
        let lines: Vec<String> = document.blocks.iter().map(line).collect();
        let expected = [
            "检索词：温泉",
            "卷宗：《w》",
            "年份：2017、2018",
            "日期：2017年9月1日以后",
            "结果：3 处，见于 2 篇",
            "=一,“二”",
            "甲. 报 道: =一,“二”[N]. 2017-10.",
            "规划了温泉镇,“温… [温泉]",
            "…泉镇,“温泉”=好。 [温泉]",
            "=一,“二” · 图片",
            "温泉[Z]. 2017-10.",
            "图片说明：温泉 [温泉]",
        ];
        assert_eq!(lines, expected);
        let markers = document.blocks.iter().flat_map(|block| &block.lists).map(|item| item.marker);
        assert_eq!(markers.collect::<Vec<_>>(), [1, 2, 3].map(Marker::Number));
    }

    #[test]
    fn the_list_is_put_on_pages() {
        let options = pdf::Options::new(Language::ZhCn.words());
        let mut list = List::new(&head(), Language::ZhCn.words());
        for _ in 0..20 {
            found(&mut list);
        }
        let mut go_on = |_| ControlFlow::Continue(());
        let pdf = list.write(&options, &mut go_on).expect("a list");
        assert!(pdf.pages > 2 && pdf.missing.is_empty(), "{} pages, {:?}", pdf.pages, pdf.missing);
    }

    #[test]
    fn what_is_too_much_for_paper_is_counted() {
        let mut list = List::new(&head(), Language::ZhCn.words());
        list.places = MAX_PLACES - 1;
        found(&mut list);
        assert_eq!(list.places, MAX_PLACES + 2);
        assert!(list.plain.ends_with("规划了温泉镇,“温…\n"), "{}", list.plain);
    }
}
