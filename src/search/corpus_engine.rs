//! A corpus as an engine: its texts are scanned for each string.

use memchr::memmem::Finder;

use super::corpus::Corpus;
use super::engine::{Engine, Posting};
use super::vocabulary::Vocabulary;

#[derive(Debug)]
pub(super) struct CorpusEngine<'a> {
    corpus: &'a Corpus,
    vocabulary: Vocabulary,
}

impl<'a> CorpusEngine<'a> {
    pub fn new(corpus: &'a Corpus) -> Self {
        Self { corpus, vocabulary: Vocabulary::of([corpus.folded.as_str()]) }
    }
}

impl Engine for CorpusEngine<'_> {
    fn find(&self, needle: &str) -> Vec<Posting> {
        let mut postings: Vec<Posting> = Vec::new();
        if needle.is_empty() {
            return postings;
        }
        let folded = &self.corpus.folded;
        let finder = Finder::new(needle);
        let (mut from, mut field_end) = (0, 0);
        while let Some(offset) = finder.find(&folded.as_bytes()[from..]) {
            let byte = from + offset;
            from = byte + 1;
            if byte >= field_end {
                let field = &self.corpus.fields[self.corpus.field_at(byte).index()];
                field_end = field.folded.end;
                let document = field.document.index() as u32;
                if postings.last().is_none_or(|posting| posting.document != document) {
                    postings.push(Posting { document, count: 0 });
                }
            }
            if let Some(posting) = postings.last_mut() {
                posting.count += 1;
            }
        }
        postings
    }

    fn characters(&self, see: &mut dyn FnMut(char, u64)) {
        self.vocabulary.characters(see);
    }

    fn followers(&self, first: char, see: &mut dyn FnMut(char, u64)) {
        self.vocabulary.followers(first, see);
    }
}
