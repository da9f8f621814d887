//! Numbers of places by document, added up.

use super::Posting;

/// Of documents with numbers from 0 on.
#[derive(Debug, Default)]
pub(in crate::search) struct Tally(Vec<u32>);

impl Tally {
    /// Has room for so many documents; others are not counted.
    pub fn of(documents: u32) -> Self {
        Self(vec![0; documents as usize])
    }

    #[inline]
    pub fn add(&mut self, document: u32, places: u32) {
        if let Some(count) = self.0.get_mut(document as usize) {
            *count = count.saturating_add(places);
        }
    }

    pub fn add_all(&mut self, postings: &[Posting]) {
        postings.iter().for_each(|found| self.add(found.document, found.count));
    }

    pub fn has(&self, document: u32) -> bool {
        self.0.get(document as usize).is_some_and(|count| *count > 0)
    }

    /// The documents that have any places, each `first` later.
    pub fn postings(&self, first: u32) -> impl Iterator<Item = Posting> {
        let counted = (first..).zip(&self.0).filter(|(_, count)| **count > 0);
        counted.map(|(document, count)| Posting { document, count: *count })
    }
}
