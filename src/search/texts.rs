//! The texts behind an engine, for what only they can tell: what stands around a place, and how it is written.

use std::borrow::Cow;
use std::ops::Range;

use super::corpus::Corpus;
use super::snippet::snippet;

pub trait Texts {
    /// Number of documents; they are counted from 0.
    fn documents(&self) -> u32;

    /// The folded texts of a document, U+0000 between them. Empty for a document that there is not.
    fn folded(&self, document: u32) -> Cow<'_, str>;

    /// Characters of [`Self::folded`] as they are written; they are of one text.
    fn written(&self, document: u32, chars: Range<usize>) -> String;
}

impl Texts for Corpus {
    fn documents(&self) -> u32 {
        self.documents as u32
    }

    fn folded(&self, document: u32) -> Cow<'_, str> {
        Cow::Borrowed(&self.folded[self.folded_range(document)])
    }

    fn written(&self, document: u32, chars: Range<usize>) -> String {
        let range = self.folded_range(document);
        let text = &self.folded[range.clone()];
        let Some((byte, _)) = text.char_indices().nth(chars.start) else { return String::new() };
        let index = self.field_at(range.start + byte);
        let start = self.folded[self.fields[index.index()].folded.start..range.start + byte].chars().count();
        snippet(self.text(index), start, start + chars.len(), 0, 0).text
    }
}

impl Corpus {
    /// Bytes of the folded texts of a document.
    fn folded_range(&self, document: u32) -> Range<usize> {
        let first = self.fields.partition_point(|field| field.document.index() < document as usize);
        let end = self.fields.partition_point(|field| field.document.index() <= document as usize);
        match (self.fields.get(first), end.checked_sub(1).and_then(|last| self.fields.get(last))) {
            (Some(first_field), Some(last)) if first < end => first_field.folded.start..last.folded.end,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::corpus::CorpusBuilder;
    use super::*;

    #[test]
    fn a_document_is_its_texts() {
        let mut builder = CorpusBuilder::new();
        for texts in [&["溫泉鎮", "", "Ａ"] as &[&str], &[], &["二"]] {
            builder.document();
            texts.iter().for_each(|text| {
                builder.field(text);
            });
        }
        let corpus = builder.build();
        assert_eq!(corpus.documents(), 3);
        assert_eq!([0, 1, 2, 3].map(|document| corpus.folded(document)), ["温泉镇\0\0a", "", "二", ""]);
        assert_eq!(corpus.written(0, 1..3), "泉鎮");
        assert_eq!(corpus.written(0, 5..6), "Ａ");
        assert_eq!(corpus.written(2, 0..1), "二");
        assert_eq!(corpus.written(2, 7..8), "");
    }
}
