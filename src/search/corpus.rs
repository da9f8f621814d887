//! The texts that are searched: documents of fields, as written and folded.

use std::ops::Range;

use super::fold::fold_char;

macro_rules! index {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(u32);

        impl $name {
            pub(super) fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 in a corpus"))
            }

            /// Place in the order of adding, from 0.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// A document: what a query must find all its words in.
    DocumentIndex
);
index!(
    /// A text of a document. Counted over the whole corpus, not from each document's start.
    FieldIndex
);

/// Stands after each folded text; no folded query holds it, so no match reaches from one text into the next.
const SEPARATOR: char = '\0';

/// All texts; does not change any more.
#[derive(Debug, Default)]
pub struct Corpus {
    written: String,
    pub(super) folded: String,
    pub(super) fields: Vec<Field>,
    pub(super) documents: usize,
}

#[derive(Debug)]
pub(super) struct Field {
    pub document: DocumentIndex,
    /// Bytes of the text as written.
    written: Range<usize>,
    /// Bytes of the folded text, without the separator.
    pub folded: Range<usize>,
}

/// Collects the texts of a [`Corpus`].
#[derive(Debug, Default)]
pub struct CorpusBuilder {
    corpus: Corpus,
}

impl CorpusBuilder {
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a document; the fields that follow are its own.
    pub fn document(&mut self) -> DocumentIndex {
        self.corpus.documents += 1;
        DocumentIndex::new(self.corpus.documents - 1)
    }

    /// Adds a text to the last document, and the first document if there is none.
    pub fn field(&mut self, text: &str) -> FieldIndex {
        if self.corpus.documents == 0 {
            self.document();
        }
        let corpus = &mut self.corpus;
        let (written, folded) = (corpus.written.len(), corpus.folded.len());
        corpus.written.push_str(text);
        corpus.folded.extend(text.chars().map(fold_char));
        corpus.fields.push(Field {
            document: DocumentIndex::new(corpus.documents - 1),
            written: written..corpus.written.len(),
            folded: folded..corpus.folded.len(),
        });
        corpus.folded.push(SEPARATOR);
        FieldIndex::new(corpus.fields.len() - 1)
    }

    pub fn build(mut self) -> Corpus {
        self.corpus.written.shrink_to_fit();
        self.corpus.folded.shrink_to_fit();
        self.corpus
    }
}

impl Corpus {
    /// The text as it was added.
    pub fn text(&self, field: FieldIndex) -> &str {
        &self.written[self.fields[field.index()].written.clone()]
    }

    pub fn document_of(&self, field: FieldIndex) -> DocumentIndex {
        self.fields[field.index()].document
    }

    /// The text that holds a byte of the folded ones.
    pub(super) fn field_at(&self, folded_byte: usize) -> FieldIndex {
        FieldIndex::new(self.fields.partition_point(|field| field.folded.end <= folded_byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_as_written() {
        let mut builder = CorpusBuilder::new();
        let first = builder.document();
        let title = builder.field("溫泉鎮");
        let empty = builder.field("");
        let second = builder.document();
        let body = builder.field("Ａ");
        let corpus = builder.build();

        assert_eq!((corpus.text(title), corpus.text(empty), corpus.text(body)), ("溫泉鎮", "", "Ａ"));
        assert_eq!([title, empty, body].map(|field| corpus.document_of(field)), [first, first, second]);
        assert_eq!([title, empty, body].map(FieldIndex::index), [0, 1, 2]);
    }

    #[test]
    fn a_byte_of_the_folded_texts_belongs_to_a_field() {
        let mut builder = CorpusBuilder::new();
        builder.document();
        let fields = ["ab", "", "温"].map(|text| builder.field(text));
        let corpus = builder.build();
        assert_eq!(corpus.folded, "ab\0\0温\0");
        assert_eq!([0, 1, 4].map(|byte| corpus.field_at(byte)), [fields[0], fields[0], fields[2]]);
    }
}
