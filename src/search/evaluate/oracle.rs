//! The same as [`evaluate`](super::evaluate) for words and phrases, by reading all texts for each of them.

use memchr::memmem::Finder;

use super::Match;
use crate::search::automaton::Automaton;
use crate::search::engine::{Engine, SEPARATOR, Scan};
use crate::search::query::{Query, Term};
use crate::search::scan::{Hit, literal, spelled};
use crate::search::spelling::{Mode, Spelling};
use crate::search::testing::hits;
use crate::search::walk::Walk;

/// Places of a clause in the whole folded text, in order.
struct Found {
    clause: usize,
    hits: Vec<Hit>,
}

/// All texts, one after the other, and where each ends.
struct Whole {
    folded: String,
    /// End in bytes, document, and number of the text in it.
    ends: Vec<(usize, u32, usize)>,
    documents: usize,
}

/// What a query of words and phrases alone finds.
pub fn read_through(engine: &Scan, query: &Query) -> Vec<Match> {
    let mut whole = Whole { folded: String::new(), ends: Vec::new(), documents: engine.documents() as usize };
    for document in 0..engine.documents() {
        for (text, folded) in engine.text(document).split_terminator(SEPARATOR).enumerate() {
            whole.folded.push_str(folded);
            whole.ends.push((whole.folded.len(), document, text));
            whole.folded.push(SEPARATOR);
        }
    }
    whole.search(query)
}

impl Whole {
    fn search(&self, query: &Query) -> Vec<Match> {
        if query.is_empty() {
            return Vec::new();
        }
        let mut kept = vec![true; self.documents];
        let mut found: Vec<Found> = Vec::new();
        let mut term = 0;
        while let Some(wanted) = query.terms.get(term) {
            if wanted.negative {
                term += 1;
                continue;
            }
            let mut part = Vec::new();
            if let Some(end) = self.find_joined(query, term, &mut part) {
                term = end;
            } else {
                part.push(Found { clause: term, hits: hits(&self.folded, wanted) });
                term += 1;
            }
            let with = self.documents_with(part.iter().map(|found| found.hits.as_slice()));
            kept.iter_mut().zip(with).for_each(|(kept, with)| *kept &= with);
            if !kept.contains(&true) {
                return Vec::new();
            }
            found.append(&mut part);
        }
        for unwanted in query.terms.iter().filter(|term| term.negative) {
            let with = self.documents_with([unwanted_hits(&self.folded, unwanted).as_slice()]);
            kept.iter_mut().zip(with).for_each(|(kept, with)| *kept &= !with);
        }

        let mut matches = Vec::new();
        for Found { clause, hits } in &found {
            self.locate(*clause, hits, &kept, &mut matches);
        }
        matches.sort();
        matches.dedup_by_key(|found| (found.document, found.text, found.start, found.end));
        matches
    }

    /// The words from `first` on as one word of pinyin, as many of them as are found so together, and the words
    /// themselves in the documents where they all stand as written. Returns the next word; `None` if no two words are
    /// found together.
    fn find_joined(&self, query: &Query, first: usize, found: &mut Vec<Found>) -> Option<usize> {
        let words = &query.terms[first..query.run_end(first)];
        let mut joined: Option<(usize, Vec<Hit>)> = None;
        for len in 2..=words.len() {
            let spelling = Spelling::joined(words[..len].iter().filter_map(Term::spelling));
            let automaton = Automaton::new(&spelling, spelling.joined_mode());
            // Where the longer word begins, the shorter one began.
            let hits = match &joined {
                None => spelled(&self.folded, &automaton),
                Some((_, shorter)) => spelled_at(&self.folded, shorter, &automaton),
            };
            if hits.is_empty() {
                break;
            }
            joined = Some((len, hits));
        }
        let (len, hits) = joined?;
        found.push(Found { clause: first, hits });

        let written: Vec<Vec<Hit>> =
            words[..len].iter().map(|word| literal(&self.folded, &Finder::new(&word.folded))).collect();
        let mut all = vec![true; self.documents];
        for hits in &written {
            all.iter_mut().zip(self.documents_with([hits.as_slice()])).for_each(|(all, with)| *all &= with);
        }
        for (i, mut hits) in written.into_iter().enumerate() {
            hits.retain(|hit| all[self.text_at(hit.byte).1 as usize]);
            found.push(Found { clause: first + i, hits });
        }
        Some(first + len)
    }

    /// Where the text of a byte begins, its document, and its number.
    fn text_at(&self, byte: usize) -> (usize, u32, usize) {
        let index = self.ends.partition_point(|(end, ..)| *end <= byte);
        let (_, document, text) = self.ends[index];
        (index.checked_sub(1).map_or(0, |before| self.ends[before].0 + 1), document, text)
    }

    /// For each document whether it has one of the hits.
    fn documents_with<'a>(&self, lists: impl IntoIterator<Item = &'a [Hit]>) -> Vec<bool> {
        let mut with = vec![false; self.documents];
        for hit in lists.into_iter().flatten() {
            with[self.text_at(hit.byte).1 as usize] = true;
        }
        with
    }

    /// Hits as matches, of those documents that are `kept`.
    fn locate(&self, clause: usize, hits: &[Hit], kept: &[bool], matches: &mut Vec<Match>) {
        for hit in hits {
            let (begin, document, text) = self.text_at(hit.byte);
            if kept[document as usize] {
                let start = self.folded[begin..hit.byte].chars().count();
                matches.push(Match { document, text, start, end: start + hit.chars, clause });
            }
        }
    }
}

/// The places of a negative term. Only whole syllables count: what leaves documents out should not guess.
fn unwanted_hits(folded: &str, term: &Term) -> Vec<Hit> {
    let mut hits = literal(folded, &Finder::new(&term.folded));
    if let Some(spelling) = term.pinyin() {
        hits.extend(spelled(folded, &Automaton::new(spelling, Mode::Whole)));
        hits.sort();
    }
    hits
}

/// Where matches of the automaton begin among some places.
fn spelled_at(folded: &str, places: &[Hit], automaton: &Automaton) -> Vec<Hit> {
    let mut walk = Walk::new(automaton);
    let longest = |place: &Hit| walk.longest(&folded[place.byte..]).map(|chars| Hit { chars, ..*place });
    places.iter().filter_map(longest).collect()
}
