//! The same as [`evaluate`](super::evaluate) for words and phrases, by reading the whole corpus for each of them.

use crate::search::automaton::{Automaton, Walk};
use crate::search::corpus::{Corpus, DocumentIndex};
use crate::search::matches::Match;
use crate::search::query::{Query, Term};
use crate::search::scan::{Hit, hits, literal, spelled};
use crate::search::spelling::{Mode, Spelling};

/// Places of a clause in the whole folded text, in order.
struct Found {
    clause: usize,
    hits: Vec<Hit>,
}

impl Corpus {
    /// What a query of words and phrases alone finds.
    pub(super) fn read_through(&self, query: &Query) -> Vec<Match> {
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
            self.locate_read(*clause, hits, &kept, &mut matches);
        }
        matches.sort();
        matches.dedup_by_key(|found| (found.field, found.start, found.end));
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

        let written: Vec<Vec<Hit>> = words[..len].iter().map(|word| literal(&self.folded, &word.folded)).collect();
        let mut all = vec![true; self.documents];
        for hits in &written {
            all.iter_mut().zip(self.documents_with([hits.as_slice()])).for_each(|(all, with)| *all &= with);
        }
        for (i, mut hits) in written.into_iter().enumerate() {
            hits.retain(|hit| all[self.document_at(*hit).index()]);
            found.push(Found { clause: first + i, hits });
        }
        Some(first + len)
    }

    fn document_at(&self, hit: Hit) -> DocumentIndex {
        self.document_of(self.field_at(hit.byte))
    }

    /// For each document whether it has one of the hits.
    fn documents_with<'a>(&self, lists: impl IntoIterator<Item = &'a [Hit]>) -> Vec<bool> {
        let mut with = vec![false; self.documents];
        for hits in lists {
            let mut field_end = 0;
            for hit in hits {
                if hit.byte >= field_end {
                    let field = &self.fields[self.field_at(hit.byte).index()];
                    with[field.document.index()] = true;
                    field_end = field.folded.end;
                }
            }
        }
        with
    }

    /// Hits, in order, as matches, of those documents that are `kept`.
    fn locate_read(&self, clause: usize, mut hits: &[Hit], kept: &[bool], matches: &mut Vec<Match>) {
        while let Some(first) = hits.first() {
            let index = self.field_at(first.byte);
            let field = &self.fields[index.index()];
            let (here, after) = hits.split_at(hits.partition_point(|hit| hit.byte < field.folded.end));
            hits = after;
            if !kept[field.document.index()] {
                continue;
            }
            let (mut byte, mut start) = (field.folded.start, 0);
            for hit in here {
                start += self.folded[byte..hit.byte].chars().count();
                byte = hit.byte;
                matches.push(Match { field: index, start, end: start + hit.chars, clause });
            }
        }
    }
}

/// The places of a negative term. Only whole syllables count: what leaves documents out should not guess.
fn unwanted_hits(folded: &str, term: &Term) -> Vec<Hit> {
    let mut hits = literal(folded, &term.folded);
    if let Some(spelling) = term.pinyin() {
        hits.extend(spelled(folded, &Automaton::new(spelling, Mode::Whole)));
        hits.sort();
    }
    hits
}

/// Where matches of the automaton begin among some places.
fn spelled_at(folded: &str, places: &[Hit], automaton: &Automaton) -> Vec<Hit> {
    let mut walk = Walk::default();
    let longest =
        |place: &Hit| automaton.longest(&folded[place.byte..], &mut walk).map(|chars| Hit { chars, ..*place });
    places.iter().filter_map(longest).collect()
}
