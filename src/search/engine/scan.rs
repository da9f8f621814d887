//! The engine that is always there: it reads everything, as fast as memory gives it.

use std::sync::{Arc, OnceLock};

use memchr::memmem::Finder;

use super::{Engine, Posting, SEPARATOR, Tally};
use crate::search::amount::AmountRange;
use crate::search::parallel;
use crate::search::vocabulary::Vocabulary;

/// Folded documents in one buffer.
#[derive(Debug)]
pub struct Scan {
    buffer: Arc<Buffer>,
    /// How many of the buffer's it has.
    documents: usize,
    vocabulary: OnceLock<Vocabulary>,
}

#[derive(Debug, Default)]
struct Buffer {
    text: String,
    /// Where each document ends in it.
    ends: Vec<usize>,
}

/// Collects the documents of a [`Scan`].
#[derive(Debug, Default)]
pub struct ScanBuilder(Buffer);

impl ScanBuilder {
    /// Begins a document; the texts that follow are its own.
    pub fn document(&mut self) {
        self.0.ends.push(self.0.text.len());
    }

    /// Adds a folded text to the last document, and the first document if there is none.
    pub fn text(&mut self, folded: impl IntoIterator<Item = char>) {
        if self.0.ends.is_empty() {
            self.document();
        }
        self.0.text.extend(folded);
        self.0.text.push(SEPARATOR);
        if let Some(end) = self.0.ends.last_mut() {
            *end = self.0.text.len();
        }
    }

    pub fn build(mut self) -> Scan {
        self.0.text.shrink_to_fit();
        self.0.ends.shrink_to_fit();
        Scan::of(Arc::new(self.0), usize::MAX)
    }
}

impl Scan {
    fn of(buffer: Arc<Buffer>, documents: usize) -> Self {
        Self { documents: documents.min(buffer.ends.len()), buffer, vocabulary: OnceLock::new() }
    }

    fn ends(&self) -> &[usize] {
        &self.buffer.ends[..self.documents]
    }

    fn all(&self) -> &str {
        &self.buffer.text[..self.bytes()]
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::of([self.all()]))
    }
}

/// The documents in which an amount of the range stands, by reading them as long as `wanted`.
pub(super) fn read_amounts(engine: &dyn Engine, range: &AmountRange, wanted: impl Fn() -> bool + Sync) -> Vec<Posting> {
    let documents: Vec<u32> = match range.units() {
        None => (0..engine.documents()).collect(),
        Some(units) => {
            let mut with = Tally::of(engine.documents());
            units.iter().for_each(|unit| with.add_all(&engine.find(unit)));
            with.postings(0).map(|with| with.document).collect()
        }
    };
    let posting = |(): &mut (), document: &u32| {
        let text = if wanted() { engine.text(*document) } else { "" };
        let count = text.split_terminator(SEPARATOR).map(|text| range.places(text).len()).sum::<usize>() as u32;
        (count > 0).then_some(Posting { document: *document, count })
    };
    parallel::filter_map(&documents, || (), posting)
}

impl Engine for Scan {
    fn documents(&self) -> u32 {
        self.documents as u32
    }

    fn bytes(&self) -> usize {
        self.ends().last().copied().unwrap_or_default()
    }

    fn text(&self, document: u32) -> &str {
        let document = document as usize;
        let ends = self.ends();
        let start = document.checked_sub(1).map_or(0, |before| ends.get(before).copied().unwrap_or_default());
        ends.get(document).map_or("", |end| &self.all()[start..*end])
    }

    fn find(&self, needle: &str) -> Vec<Posting> {
        let mut found = Vec::new();
        if !needle.is_empty() && !needle.contains(SEPARATOR) {
            let ends = self.ends();
            let end = |document: u32| ends[document as usize];
            count_in_documents(self.all().as_bytes(), self.documents(), end, &Finder::new(needle), 0, &mut found);
        }
        found
    }

    fn amounts(&self, range: &AmountRange) -> Vec<Posting> {
        read_amounts(self, range, || true)
    }

    fn scanned_bytes(&self) -> usize {
        self.bytes()
    }

    fn beginning(&self, bytes: usize) -> Option<Arc<dyn Engine>> {
        let documents = self.ends().partition_point(|end| *end < bytes) + 1;
        (documents < self.documents).then(|| Arc::new(Self::of(Arc::clone(&self.buffer), documents)) as Arc<dyn Engine>)
    }

    fn characters(&self, see: &mut dyn FnMut(char, u64)) {
        self.vocabulary().characters(see);
    }

    fn followers(&self, first: char, see: &mut dyn FnMut(char, u64)) {
        self.vocabulary().followers(first, see);
    }
}

/// How many places a needle, which is not empty, has in a text, overlapping ones too.
pub(in crate::search) fn count(text: &[u8], needle: &Finder<'_>) -> u32 {
    let (mut count, mut from) = (0, 0);
    while let Some(offset) = needle.find(&text[from..]) {
        count += 1;
        from += offset + 1;
    }
    count
}

/// Appends the documents that hold a needle, which is not empty. `end` tells where each of the `documents` ends in the
/// text; the first of them has the number `first`.
pub(in crate::search) fn count_in_documents(
    text: &[u8],
    documents: u32,
    end: impl Fn(u32) -> usize,
    needle: &Finder<'_>,
    first: u32,
    found: &mut Vec<Posting>,
) {
    let before = found.len();
    let (mut from, mut document) = (0, 0);
    while let Some(offset) = needle.find(&text[from..]) {
        let at = from + offset;
        from = at + 1;
        document = document_at(at, document, documents, &end);
        match found[before..].last_mut() {
            Some(posting) if posting.document == first + document => posting.count += 1,
            _ => found.push(Posting { document: first + document, count: 1 }),
        }
    }
}

/// The document from `from` on that holds a byte. Matches of what is rare are many documents apart: the steps grow.
fn document_at(byte: usize, mut from: u32, documents: u32, end: impl Fn(u32) -> usize) -> u32 {
    let mut step = 1;
    while from + step < documents && end(from + step - 1) <= byte {
        from += step;
        step *= 2;
    }
    let (mut low, mut high) = (from, documents.min(from + step));
    while low < high {
        let middle = low + (high - low) / 2;
        if end(middle) <= byte { low = middle + 1 } else { high = middle }
    }
    low
}
