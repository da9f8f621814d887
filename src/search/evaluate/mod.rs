//! A query against a corpus, in two steps: which documents match, and where the matches are in one of them.
//!
//! The first step asks an [`Engine`] for what is written, and looks into the texts only of documents that may match;
//! the second is done for the documents that are shown.

mod find;
#[cfg(test)]
mod oracle;
mod postings;
mod spans;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::corpus::{Corpus, FieldIndex};
use super::engine::{Engine, Posting};
use super::matches::Match;
use super::query::Query;
use find::{Documents, Part};

/// The folded texts of a corpus: fields, in the order of their documents.
pub trait Texts {
    fn documents(&self) -> u32;

    /// The fields of a document, counted over the whole corpus.
    fn fields(&self, document: u32) -> Range<u32>;

    fn folded(&self, field: u32) -> &str;

    /// False only if the character stands in no text. Saves looking for what needs it.
    fn stands(&self, _character: char) -> bool {
        true
    }
}

/// The documents that match a query, and what it takes to locate the matches in one of them.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// In order, with the number of matches; those of two clauses at one place count twice. All documents once, but
    /// for those left out, if the query has demands alone: it is for the caller to see whether a document meets them.
    pub documents: Vec<Posting>,
    parts: Vec<Part>,
}

/// The documents that have every clause of a query and none of the negative ones. Demands are not looked at.
pub fn evaluate(query: &Query, engine: &dyn Engine, texts: &dyn Texts) -> Evaluation {
    let search = Documents { query, engine, texts };
    let mut documents: Option<Vec<Posting>> = None;
    let mut parts = Vec::new();
    let mut clause = 0;
    while let Some(wanted) = query.clauses.get(clause) {
        if wanted.negative {
            clause += 1;
            continue;
        }
        let (part, with, next) = search.part(clause);
        let both = match documents {
            None => with,
            Some(before) => postings::intersection(&before, &with),
        };
        if both.is_empty() {
            return Evaluation::default();
        }
        documents = Some(both);
        parts.push(part);
        clause = next;
    }
    let every = || (0..texts.documents()).map(|document| Posting { document, count: 1 }).collect();
    let mut documents = match documents {
        Some(documents) => documents,
        None if query.demands.is_empty() => return Evaluation::default(),
        None => every(),
    };
    for unwanted in query.clauses.iter().filter(|clause| clause.negative) {
        let (_, with) = search.pattern(&unwanted.pattern, true);
        documents = postings::difference(&documents, &with);
    }
    Evaluation { documents, parts }
}

impl Evaluation {
    /// Every match in one of the [`documents`](Self::documents), by field, start and end, also those that overlap;
    /// where two clauses match the same characters, the first of them. Matches nowhere else.
    pub fn locate(&self, texts: &dyn Texts, document: u32) -> Vec<Match> {
        if self.documents.binary_search_by_key(&document, |posting| posting.document).is_err() {
            return Vec::new();
        }
        let mut matches = Vec::new();
        for part in &self.parts {
            part.locate(texts, document, &mut matches);
        }
        matches.sort_unstable();
        matches.dedup_by_key(|found| (found.field, found.start, found.end));
        matches
    }
}

impl Texts for Corpus {
    fn documents(&self) -> u32 {
        self.documents as u32
    }

    fn fields(&self, document: u32) -> Range<u32> {
        let first = |document: usize| self.fields.partition_point(|field| field.document.index() < document) as u32;
        first(document as usize)..first(document as usize + 1)
    }

    fn folded(&self, field: u32) -> &str {
        &self.folded[self.fields[field as usize].folded.clone()]
    }
}

fn field_index(field: u32) -> FieldIndex {
    FieldIndex::new(field as usize)
}
