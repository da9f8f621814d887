//! What is copied of a section's text.

use std::ops::Range;

use crate::archive::{Archive, SectionId};
use crate::markdown::{self, BlockKind, Marker};

use super::citation::{Subject, cite};

/// How text is copied.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum CopyForm {
    /// As it is stored, a line a paragraph, which word processors take for paragraphs.
    #[default]
    Plain,
    Markdown,
    /// Plain, and where it comes from.
    WithCitation,
}

/// Characters `range` of a section's plain text, to be put on the clipboard.
pub fn clip(archive: &Archive, section: SectionId, range: Range<usize>, form: CopyForm) -> String {
    let document = &archive.section(section).document;
    match form {
        CopyForm::Markdown => markdown::write(document, range),
        CopyForm::Plain => plain(document, &range),
        CopyForm::WithCitation => {
            format!("{}\n\n{}", plain(document, &range), cite(archive, Subject::Section(section)))
        }
    }
}

fn plain(document: &markdown::Document, range: &Range<usize>) -> String {
    let touched = document.blocks.iter().filter(|block| block.range.start < range.end && range.start < block.range.end);
    let mut paragraphs: Vec<String> = Vec::new();
    for block in touched {
        let from_start = range.start <= block.range.start;
        let marker = match (&block.kind, block.lists.last()) {
            (BlockKind::Footnote { number }, _) if from_start => format!("[{number}] "),
            (_, Some(item)) if item.first && from_start => match item.marker {
                Marker::Bullet => "• ".to_owned(),
                Marker::Number(number) => format!("{number}. "),
                Marker::Task { done } => (if done { "√ " } else { "□ " }).to_owned(),
            },
            _ => String::new(),
        };
        let part = range.start.max(block.range.start)..range.end.min(block.range.end);
        paragraphs.push(marker + document.slice(part).replace("\t\n", "\n").trim_end_matches(['\n', '\t']));
    }
    paragraphs.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load_text};

    fn archive(body: &str) -> Archive {
        let report = serde_json::json!({"format": 1, "title": "T", "reports": [{"id": "r", "title": "题",
            "creator": ["甲"], "sections": [{"id": "a", "title": "节", "body": body}]}]});
        load_text(&report.to_string(), Source::Embedded).expect("an archive")
    }

    #[test]
    fn paragraphs_stay_paragraphs_and_nothing_is_changed() {
        let archive = archive("一,二**三**。\n\n- 项\n- 目\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |");
        let section = archive.section_ids().next().expect("a section");
        let copy = |range, form| clip(&archive, section, range, form);
        assert_eq!(copy(0..99, CopyForm::Plain), "一,二三。\n• 项\n• 目\n甲\t乙\n1\t2");
        assert_eq!(copy(2..4, CopyForm::Plain), "二三");
        assert_eq!(copy(2..4, CopyForm::Markdown), "二**三**\n");
        assert_eq!(copy(2..4, CopyForm::WithCitation), "二三\n\n甲. 题: 节[N].");
        assert_eq!(copy(3..3, CopyForm::Plain), "");
    }
}
