//! The search box, what is chosen beside it, and what was found.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::archive::ArchiveId;
use crate::library::filter::Filter;
use crate::library::order::Order;
use crate::library::{Candidates, FieldPlace, Found, Hit, Library, Request};
use crate::search::{CancelGuard, CancelToken, Suggestion};

/// Documents that are listed at first, and by how many times more each time that the end is reached.
const LISTED: usize = 200;
const MORE: usize = 5;
/// How many searches are kept.
const MOST_SAVED: usize = 100;

/// The search box, what is chosen beside it, and what was found.
#[derive(Debug)]
pub struct Search {
    pub words: String,
    pub filter: Filter,
    /// `None`: as fits the library.
    pub order: Option<Order>,
    /// What was found for these, or for what they were while the newest search still runs.
    pub found: Found,
    pub pending: bool,
    /// Index of the current hit, counted over all groups.
    pub current: Option<usize>,
    /// What is there to choose from is shown.
    pub choosing: bool,
    /// A step among the hits that was asked for before they were known.
    pub(super) pending_step: Option<isize>,
    /// The newest search; the one before is broken off, and an answer to it dropped.
    newest: CancelGuard,
    /// The candidates are for the newest search.
    offered: bool,
    /// Documents that are listed at most.
    most: usize,
    /// More of the same was asked for: the place among the hits stays.
    going_on: bool,
    marks: HashMap<(ArchiveId, FieldPlace), Vec<Range<usize>>>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            words: String::new(),
            filter: Filter::default(),
            order: None,
            found: Found::default(),
            pending: false,
            current: None,
            choosing: false,
            pending_step: None,
            newest: CancelGuard::default(),
            offered: false,
            most: LISTED,
            going_on: false,
            marks: HashMap::new(),
        }
    }
}

/// What a list of results is written as.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ResultsKind {
    /// A table for office programs: CSV.
    Table,
    /// A list to be printed: PDF.
    List,
}

impl ResultsKind {
    pub const ALL: [Self; 2] = [Self::Table, Self::List];

    /// How its files' names end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Table => "csv",
            Self::List => "pdf",
        }
    }
}

/// A search that is kept by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedSearch {
    pub name: String,
    pub words: String,
    pub filter: Filter,
    pub order: Option<Order>,
}

/// Keeps a search under its name, in the place of one that has the same.
pub(super) fn save(saved: &mut Vec<SavedSearch>, search: SavedSearch) {
    match saved.iter_mut().find(|known| known.name == search.name) {
        Some(known) => *known = search,
        None => saved.push(search),
    }
    let too_many = saved.len().saturating_sub(MOST_SAVED);
    saved.drain(..too_many);
}

impl Search {
    /// Nothing is typed.
    pub fn is_idle(&self) -> bool {
        self.words.trim().is_empty()
    }

    /// In which order the hits of a library are listed: one archive is read from its beginning, of several the best
    /// places come first.
    pub fn order_in(&self, library: &Library) -> Order {
        let fitting = if library.has_several() { Order::Relevance } else { Order::Reading };
        self.order.unwrap_or(fitting)
    }

    /// What is asked of a library.
    pub fn request(&self, library: &Library) -> Request {
        Request {
            words: self.words.clone(),
            filter: self.filter.clone(),
            order: self.order_in(library),
            most: self.most,
            may_offer: true,
            basis: self.found.basis.clone(),
        }
    }

    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.found.groups.iter().flat_map(|group| &group.hits)
    }

    pub fn current_hit(&self) -> Option<&Hit> {
        self.hits().nth(self.current?)
    }

    /// Where the words stand in a text, in its characters.
    pub(super) fn marks(&self, archive: ArchiveId, place: FieldPlace) -> &[Range<usize>] {
        self.marks.get(&(archive, place)).map_or(&[], Vec::as_slice)
    }

    /// Empties the box.
    pub(super) fn clear(&mut self) {
        *self = Self { order: self.order, ..Self::default() };
    }

    /// Something else is asked: the list begins anew.
    pub(super) fn begin(&mut self) {
        self.most = LISTED;
        self.going_on = false;
    }

    /// More of the same is asked for.
    pub(super) fn go_on(&mut self) {
        self.most = self.most.saturating_mul(MORE);
        self.going_on = true;
    }

    /// Begins a search in the place of the one before.
    pub(super) fn renew(&mut self) {
        self.newest = CancelGuard::default();
        self.offered = false;
    }

    /// Cancelled when another search begins.
    pub(super) fn token(&self) -> CancelToken {
        self.newest.token()
    }

    /// Takes in what else may be meant by what was asked last.
    pub(super) fn offer(&mut self, token: &CancelToken, candidates: Option<Candidates>, nearest: Vec<Suggestion>) {
        if !token.is_cancelled() {
            self.offered = true;
            self.found.candidates = candidates;
            self.found.suggestions = nearest;
        }
    }

    /// A candidate in the place of its pinyin.
    pub(super) fn with_candidate(&self, index: usize) -> Option<String> {
        // Those of the letters before stand there until the new ones are known, and mean nothing.
        let candidates = self.found.candidates.as_ref().filter(|_| self.offered)?;
        candidates.chosen(&self.words, index)
    }

    /// More of the same is asked for, and was not found yet.
    pub(super) fn is_going_on(&self) -> bool {
        self.going_on
    }

    pub(super) fn set_found(&mut self, found: Found) {
        self.pending = found.unfinished;
        if !std::mem::take(&mut self.going_on) {
            let current = self.current_hit().filter(|_| self.found.unfinished);
            self.current = current
                .and_then(|current| found.groups.iter().flat_map(|group| &group.hits).position(|hit| hit == current));
        }
        self.marks.clear();
        for hit in found.groups.iter().flat_map(|group| &group.hits).filter(|hit| !hit.range.is_empty()) {
            self.marks.entry((hit.archive, hit.place)).or_default().push(hit.range.clone());
        }
        // Of several documents at one place, the hits may not be in order.
        for marks in self.marks.values_mut() {
            marks.sort_unstable_by_key(|mark| (mark.start, mark.end));
        }
        let candidates = self.found.candidates.take().filter(|_| !self.is_idle());
        self.found = Found { candidates, ..found };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_kept_once_under_its_name() {
        let search = |name: &str, words: &str| SavedSearch {
            name: name.to_owned(),
            words: words.to_owned(),
            ..SavedSearch::default()
        };
        let mut saved = Vec::new();
        save(&mut saved, search("a", "1"));
        save(&mut saved, search("b", "2"));
        save(&mut saved, search("a", "3"));
        assert_eq!(saved, [search("a", "3"), search("b", "2")]);
        (0..MOST_SAVED).for_each(|i| save(&mut saved, search(&i.to_string(), "")));
        assert_eq!((saved.len(), saved[0].name.as_str()), (MOST_SAVED, "0"));
    }
}
