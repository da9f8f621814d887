//! Documents for tests.

use super::engine::{Engine, Scan, ScanBuilder, Written};
use super::evaluate::evaluate;
use super::fold::fold_char;
use super::query::Query;

/// An engine that holds documents of texts as written.
pub fn scan<T: AsRef<str>>(documents: impl IntoIterator<Item = impl IntoIterator<Item = T>>) -> Scan {
    let mut builder = ScanBuilder::default();
    for texts in documents {
        builder.document();
        texts.into_iter().for_each(|text| builder.text(text.as_ref().chars().map(fold_char)));
    }
    builder.build()
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
