//! Which documents a pattern stands in, and how it is found there.

use std::cell::Cell;

use memchr::memmem;

use super::spans::Finder;
use super::{Ground, Match, texts};
use crate::search::alternatives::alternatives;
use crate::search::automaton::Automaton;
use crate::search::engine::{Engine, Posting};
use crate::search::narrow::{documents_spelled, documents_spelled_among};
use crate::search::parallel;
use crate::search::postings;
use crate::search::query::{Pattern, Query, Term};
use crate::search::spelling::{Mode, Spelling};

/// In so many documents, a Latin word that is written stands for itself: as initials it would be half of everything.
const MANY_DOCUMENTS: u32 = 2_000;

pub(super) struct Documents<'a> {
    pub query: &'a Query,
    pub engine: &'a dyn Engine,
    /// Has the engine's documents and others.
    pub whole: Option<&'a dyn Engine>,
    /// Of the same engine.
    pub ground: Option<&'a Ground>,
    /// Words may be read otherwise where there are more documents.
    pub unsettled: Cell<bool>,
}

/// A clause, or several that are one word.
#[derive(Debug)]
pub(super) enum Part {
    One {
        clause: usize,
        finder: Finder,
    },
    /// Words from `first` on, spelled as one; the words themselves only in documents where all of them are written.
    Joined {
        first: usize,
        sound: Finder,
        words: Vec<Finder>,
    },
}

impl Part {
    pub fn locate(&self, engine: &dyn Engine, document: u32, matches: &mut Vec<Match>) {
        match self {
            Self::One { clause, finder } => locate(finder, *clause, engine, document, matches),
            Self::Joined { first, sound, words } => {
                locate(sound, *first, engine, document, matches);
                let before = matches.len();
                for (i, word) in words.iter().enumerate() {
                    let so_far = matches.len();
                    locate(word, first + i, engine, document, matches);
                    if matches.len() == so_far {
                        matches.truncate(before);
                        return;
                    }
                }
            }
        }
    }
}

fn locate(finder: &Finder, clause: usize, engine: &dyn Engine, document: u32, matches: &mut Vec<Match>) {
    for (text, folded) in texts(engine, document) {
        let spans = finder.spans(folded).into_iter();
        matches.extend(spans.map(|span| Match { document, text, start: span.start, end: span.end, clause }));
    }
}

impl Documents<'_> {
    /// What is found may be wrong in the whole, and is thrown away.
    pub fn is_in_vain(&self) -> bool {
        self.whole.is_some() && self.unsettled.get()
    }

    /// A clause with those that are one word with it, its documents, and the clause after it.
    pub fn part(&self, clause: usize) -> (Part, Vec<Posting>, usize) {
        if let Some(joined) = self.joined(clause) {
            return joined;
        }
        let (finder, with) = self.pattern(&self.query.clauses[clause].pattern, false);
        (Part::One { clause, finder }, with, clause + 1)
    }

    pub fn pattern(&self, pattern: &Pattern, negative: bool) -> (Finder, Vec<Posting>) {
        match pattern {
            Pattern::Word(term) => self.word(&self.query.terms[*term], negative),
            Pattern::Near { left, right, within } => {
                let (left, with_left) = self.pattern(left, negative);
                let (right, with_right) = self.pattern(right, negative);
                let finder = Finder::Near { left: Box::new(left), right: Box::new(right), within: *within };
                let candidates = documents(&postings::intersection(&with_left, &with_right));
                let with = self.verified(&finder, Some(candidates));
                (finder, with)
            }
            Pattern::Wildcard(terms) => {
                let mut candidates: Option<Vec<Posting>> = None;
                let mut parts = Vec::with_capacity(terms.len());
                for term in terms {
                    let (part, with) = self.word(&self.query.terms[*term], negative);
                    parts.push(part);
                    candidates = Some(match candidates {
                        None => with,
                        Some(before) => postings::intersection(&before, &with),
                    });
                }
                let finder = Finder::Wildcard(parts);
                let with = self.verified(&finder, candidates.map(|with| documents(&with)));
                (finder, with)
            }
            Pattern::Amount(range) => (Finder::Amount(range.clone()), self.engine.amounts(range)),
        }
    }

    /// A word as it is written, and as it is spelled: by the likeliest reading that stands anywhere.
    fn word(&self, term: &Term, negative: bool) -> (Finder, Vec<Posting>) {
        let (needles, written) = self.written(&term.folded);
        let Some(spelling) = term.pinyin() else {
            return (Finder::Word { needles, sound: None }, written);
        };
        // An abbreviation that is written, like GDP, means itself, and what leaves documents out should not guess.
        let is_written = || !written.is_empty() || self.stands_in_the_whole(&term.folded);
        let whole = negative || (spelling.capitals() && is_written());
        let modes = if whole { &[Mode::Whole] } else { spelling.modes() };
        let many = self.whole.unwrap_or(self.engine).documents() > MANY_DOCUMENTS;
        if many && modes == [Mode::Initials] && is_written() {
            return (Finder::Word { needles, sound: None }, written);
        }
        for (nth, mode) in modes.iter().filter(|mode| **mode != Mode::Initials || spelling.has_initials()).enumerate() {
            self.unsettled.set(self.unsettled.get() || nth > 0);
            if self.is_in_vain() {
                break;
            }
            let sound = Automaton::new(spelling, *mode);
            let spelled = match self.ground.filter(|ground| ground.bears(spelling)) {
                Some(ground) => documents_spelled_among(self.engine, &sound, &ground.documents),
                None => documents_spelled(self.engine, &sound),
            };
            if !spelled.is_empty() {
                return (
                    Finder::Word { needles, sound: Some(Box::new(sound)) },
                    postings::union(vec![written, spelled]),
                );
            }
        }
        (Finder::Word { needles, sound: None }, written)
    }

    fn stands_in_the_whole(&self, folded: &str) -> bool {
        self.whole.is_some_and(|whole| {
            alternatives(folded, |c| stands(whole, c.encode_utf8(&mut [0; 4]))).iter().any(|way| stands(whole, way))
        })
    }

    /// The ways to write a folded text that stand anywhere, and the documents with any of them.
    fn written(&self, folded: &str) -> (Vec<memmem::Finder<'static>>, Vec<Posting>) {
        let needles = alternatives(folded, |c| stands(self.engine, c.encode_utf8(&mut [0; 4])));
        let found = needles.iter().map(|needle| (memmem::Finder::new(needle).into_owned(), self.engine.find(needle)));
        let (needles, with) = found.filter(|(_, with)| !with.is_empty()).unzip();
        (needles, postings::union(with))
    }

    /// The words from `first` on as one word of pinyin, as many of them as are found so together, and the words
    /// themselves in the documents where they all are written. `None` if no two words are found together.
    fn joined(&self, first: usize) -> Option<(Part, Vec<Posting>, usize)> {
        let words: Vec<&Term> =
            (first..self.query.run_end(first)).map_while(|clause| self.query.word(clause)).collect();
        let mut longest: Option<(usize, Finder, Vec<Posting>)> = None;
        for len in 2..=words.len() {
            let spelling = Spelling::joined(words[..len].iter().filter_map(|word| word.spelling()));
            let sound = Automaton::new(&spelling, spelling.joined_mode());
            let with = documents_spelled(self.engine, &sound);
            if with.is_empty() {
                break;
            }
            longest = Some((len, Finder::Word { needles: Vec::new(), sound: Some(Box::new(sound)) }, with));
        }
        let together = longest.as_ref().map_or(1, |(len, ..)| *len);
        self.unsettled.set(self.unsettled.get() || together < words.len());
        let (len, sound, spelled) = longest?;

        let mut all: Option<Vec<Posting>> = None;
        let mut finders = Vec::with_capacity(len);
        for word in &words[..len] {
            let (needles, with) = self.written(&word.folded);
            finders.push(Finder::Word { needles, sound: None });
            all = Some(match all {
                None => with,
                Some(before) => postings::intersection(&before, &with),
            });
        }
        let with = postings::union(vec![spelled, all.unwrap_or_default()]);
        Some((Part::Joined { first, sound, words: finders }, with, first + len))
    }

    /// The candidates in which something is found, all documents if there is no list of them.
    fn verified(&self, finder: &Finder, candidates: Option<Vec<u32>>) -> Vec<Posting> {
        let candidates = candidates.unwrap_or_else(|| (0..self.engine.documents()).collect());
        let posting = |(): &mut (), document: &u32| {
            let document = *document;
            let places: usize = texts(self.engine, document).map(|(_, folded)| finder.spans(folded).len()).sum();
            (places > 0).then(|| Posting { document, count: u32::try_from(places).unwrap_or(u32::MAX) })
        };
        parallel::filter_map(&candidates, || (), posting)
    }
}

fn stands(engine: &dyn Engine, folded: &str) -> bool {
    engine.count(folded).documents > 0
}

fn documents(postings: &[Posting]) -> Vec<u32> {
    postings.iter().map(|posting| posting.document).collect()
}
