//! Documents for tests.

use std::fmt::{Debug, Formatter};
use std::sync::Arc;

use memchr::memmem::Finder;

use super::amount::AmountRange;
use super::automaton::Automaton;
use super::engine::{Chains, Count, Engine, Posting, Scan, ScanBuilder, TextPlace};
use super::evaluate::evaluate;
use super::fold::fold_char;
use super::index::{Builder, Index, Key};
use super::query::{Query, Term};
use super::scan::{Hit, literal, readings, spelled};
use super::spelling::{Mode, Spelling};
use super::written::Written;

/// An engine that holds documents of texts as written.
pub fn scan<T: AsRef<str>>(documents: impl IntoIterator<Item = impl IntoIterator<Item = T>>) -> Scan {
    let mut builder = ScanBuilder::default();
    for texts in documents {
        builder.document();
        texts.into_iter().for_each(|text| builder.text(text.as_ref().chars().map(fold_char)));
    }
    builder.build()
}

/// An index of the same documents.
pub fn indexed(texts: &dyn Engine) -> Index {
    let mut builder = Builder::new(Vec::new(), Key([0; 32])).expect("memory");
    (0..texts.documents()).for_each(|document| builder.document(texts.text(document)).expect("memory"));
    Index::open(Arc::new(builder.finish().expect("memory")), Key([0; 32])).expect("a whole index")
}

/// An engine with a document a text.
pub fn texts(texts: &[&str]) -> Scan {
    scan(texts.iter().map(|text| [text]))
}

/// A document a text, as it is written.
pub struct AsWritten<'a>(pub &'a [&'a str]);

impl Written for AsWritten<'_> {
    fn written(&self, document: u32, _: usize) -> &str {
        self.0[document as usize]
    }
}

/// What a query finds, as document, text of the document, start and end.
pub fn found(engine: &dyn Engine, typed: &str) -> Vec<(u32, usize, usize, usize)> {
    let found = evaluate(&Query::parse(typed), engine);
    let documents = found.documents.iter().flat_map(|with| found.locate(engine, with.document));
    documents.map(|found| (found.document, found.text, found.start, found.end)).collect()
}

/// What a query finds as `text:start-end`, texts counted over all documents.
pub fn places(engine: &dyn Engine, typed: &str) -> Vec<String> {
    let before = |document: u32| -> usize { (0..document).map(|document| texts_of(engine, document)).sum() };
    let found = found(engine, typed).into_iter();
    found.map(|(document, text, start, end)| format!("{}:{start}-{end}", before(document) + text)).collect()
}

fn texts_of(engine: &dyn Engine, document: u32) -> usize {
    engine.text(document).matches(super::engine::SEPARATOR).count()
}

/// Every place of a term, written or spelled, in order, by reading everything.
pub(super) fn hits(folded: &str, term: &Term) -> Vec<Hit> {
    let mut hits = literal(folded, &Finder::new(&term.folded));
    if let Some(spelling) = term.pinyin() {
        let written = hits.len();
        if spelling.capitals() && written > 0 {
            // An abbreviation like GDP stands there: it means itself.
            hits.extend(spelled(folded, &Automaton::new(spelling, Mode::Whole)));
        } else {
            hits.extend(spelled_as_meant(folded, spelling));
        }
        if hits.len() > written {
            hits.sort();
            hits.dedup();
        }
    }
    hits
}

/// The places of the likeliest way of reading that has any.
fn spelled_as_meant(folded: &str, spelling: &Spelling) -> Vec<Hit> {
    let places = readings(spelling).map(|automaton| spelled(folded, &automaton));
    places.into_iter().find(|hits| !hits.is_empty()).unwrap_or_default()
}

/// An engine that calls `see` before it answers a question.
pub struct Observed {
    engine: Arc<dyn Engine>,
    see: Arc<dyn Fn() + Send + Sync>,
}

impl Observed {
    pub fn new(engine: Arc<dyn Engine>, see: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { engine, see }
    }

    fn asked(&self) -> &dyn Engine {
        (self.see)();
        &*self.engine
    }
}

impl Debug for Observed {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.engine.fmt(f)
    }
}

impl Engine for Observed {
    fn documents(&self) -> u32 {
        self.engine.documents()
    }

    fn text(&self, document: u32) -> &str {
        self.asked().text(document)
    }

    fn bytes(&self) -> usize {
        self.engine.bytes()
    }

    fn bytes_of(&self, document: u32) -> usize {
        self.engine.bytes_of(document)
    }

    fn find(&self, needle: &str) -> Vec<Posting> {
        self.asked().find(needle)
    }

    fn find_pairs(&self, pairs: &[(char, char)]) -> Vec<Posting> {
        self.asked().find_pairs(pairs)
    }

    fn chained(&self, chains: &Chains) -> Vec<u32> {
        self.asked().chained(chains)
    }

    fn amounts(&self, range: &AmountRange) -> Vec<Posting> {
        self.asked().amounts(range)
    }

    fn densest(&self, needle: &str, limit: usize) -> (Count, Vec<Posting>) {
        self.asked().densest(needle, limit)
    }

    fn count(&self, needle: &str) -> Count {
        self.asked().count(needle)
    }

    fn first_place(&self, document: u32, needle: &Finder<'_>) -> Option<TextPlace> {
        self.asked().first_place(document, needle)
    }

    fn scanned_bytes(&self) -> usize {
        self.engine.scanned_bytes()
    }

    fn beginning(&self, bytes: usize) -> Option<Arc<dyn Engine>> {
        let engine = self.engine.beginning(bytes)?;
        Some(Arc::new(Self { engine, see: Arc::clone(&self.see) }))
    }

    fn characters(&self, see: &mut dyn FnMut(char, u64)) {
        self.asked().characters(see);
    }

    fn followers(&self, first: char, see: &mut dyn FnMut(char, u64)) {
        self.asked().followers(first, see);
    }
}
