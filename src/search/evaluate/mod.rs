//! A query against a corpus, in two steps: which documents match, and where the matches are in one of them.
//!
//! The first step asks an [`Engine`] for what is written, and looks into the texts only of documents that may match;
//! the second is done for the documents that are shown.

mod find;
#[cfg(test)]
mod oracle;
mod spans;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words;

use std::cell::Cell;

use super::engine::{Engine, Posting, SEPARATOR};
use super::postings;
use super::query::{Clause, Query, Term};
use super::spelling::Spelling;
use find::{Documents, Part};
use spans::Finder;

/// A place of a clause.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Match {
    pub document: u32,
    /// Which of the document's texts, from 0.
    pub text: usize,
    /// In characters of that text.
    pub start: usize,
    pub end: usize,
    /// Index into [`Query::clauses`]; the first of the words if several were found as one.
    pub clause: usize,
}

/// The documents in which a word was found by its initials: with more letters it is found in no others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ground {
    units: Vec<char>,
    documents: Vec<u32>,
}

/// Documents that are read sooner than they are looked up.
const MOST_GROUND: usize = 16_384;

impl Ground {
    /// All that is spelled in the query is found on it, and something is.
    pub fn bears_all(&self, query: &Query) -> bool {
        let mut spelled = query.terms.iter().filter_map(Term::pinyin).peekable();
        spelled.peek().is_some() && spelled.all(|spelling| self.bears(spelling))
    }

    fn bears(&self, spelling: &Spelling) -> bool {
        spelling.is_initials() && spelling.units().starts_with(&self.units)
    }
}

/// The documents that match a query, and what it takes to locate the matches in one of them.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// In order, with the number of matches; those of two clauses at one place count twice. All documents once, but
    /// for those left out, if the query has demands alone: it is for the caller to see whether a document meets them.
    pub documents: Vec<Posting>,
    /// What was [misunderstood](super::query::Clause::misunderstood) was left out, since nothing has its letters as well.
    pub left_out: bool,
    parts: Vec<Part>,
}

/// The documents that have every clause of a query and none of the negative ones. Demands are not looked at.
pub fn evaluate(query: &Query, engine: &dyn Engine) -> Evaluation {
    evaluate_on(query, engine, None)
}

/// The same, sooner where the ground bears a word of the query; it is of an engine with the same documents.
pub fn evaluate_on(query: &Query, engine: &dyn Engine, ground: Option<&Ground>) -> Evaluation {
    let search = Documents { query, engine, whole: None, ground, unsettled: Cell::default() };
    let all = evaluate_clauses(&search, |_| true);
    if !all.documents.is_empty() || !query.has_dispensable() {
        return all;
    }
    let rest = evaluate_clauses(&search, |clause| !clause.misunderstood);
    if rest.documents.is_empty() { all } else { Evaluation { left_out: true, ..rest } }
}

/// The same of the `beginning` of a `whole` engine alone. `None` where nothing is found there, or where the query may be
/// read otherwise in the whole.
pub fn evaluate_beginning(query: &Query, beginning: &dyn Engine, whole: &dyn Engine) -> Option<Evaluation> {
    let search = Documents { query, engine: beginning, whole: Some(whole), ground: None, unsettled: Cell::default() };
    let found = evaluate_clauses(&search, |_| true);
    (!found.documents.is_empty() && !search.is_in_vain()).then_some(found)
}

fn evaluate_clauses(search: &Documents<'_>, counts: impl Fn(&Clause) -> bool) -> Evaluation {
    let Documents { query, engine, .. } = *search;
    let mut documents: Option<Vec<Posting>> = None;
    let mut parts = Vec::new();
    let mut clause = 0;
    while let Some(wanted) = query.clauses.get(clause) {
        if wanted.negative || !counts(wanted) {
            clause += 1;
            continue;
        }
        let (part, with, next) = search.part(clause);
        if search.is_in_vain() {
            return Evaluation::default();
        }
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
    let every = || (0..engine.documents()).map(|document| Posting { document, count: 1 }).collect();
    let mut documents = match documents {
        Some(documents) => documents,
        None if query.demands.is_empty() => return Evaluation::default(),
        None => every(),
    };
    for unwanted in query.clauses.iter().filter(|clause| clause.negative) {
        let (_, with) = search.pattern(&unwanted.pattern, true);
        documents = postings::difference(&documents, &with);
    }
    Evaluation { documents, left_out: false, parts }
}

impl Evaluation {
    /// What a search for more letters of the same word can begin with.
    pub fn ground(&self, query: &Query) -> Option<Ground> {
        let ([Part::One { clause, finder: Finder::Word { sound: Some(_), .. } }], 1) =
            (self.parts.as_slice(), query.clauses.len())
        else {
            return None;
        };
        let spelling = query.word(*clause)?.pinyin().filter(|spelling| spelling.is_initials())?;
        let documents = || self.documents.iter().map(|with| with.document).collect();
        (self.documents.len() <= MOST_GROUND)
            .then(|| Ground { units: spelling.units().to_vec(), documents: documents() })
    }

    /// Every match in one of the [`documents`](Self::documents), by text, start and end, also those that overlap;
    /// where two clauses match the same characters, the first of them. Matches nowhere else.
    pub fn locate(&self, engine: &dyn Engine, document: u32) -> Vec<Match> {
        if self.documents.binary_search_by_key(&document, |posting| posting.document).is_err() {
            return Vec::new();
        }
        let mut matches = Vec::new();
        for part in &self.parts {
            part.locate(engine, document, &mut matches);
        }
        matches.sort_unstable();
        matches.dedup_by_key(|found| (found.text, found.start, found.end));
        matches
    }
}

/// The folded texts of a document, by their number in it.
fn texts(engine: &dyn Engine, document: u32) -> impl Iterator<Item = (usize, &str)> {
    engine.text(document).split_terminator(SEPARATOR).enumerate()
}
