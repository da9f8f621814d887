//! What finds strings in folded documents. There are two: a scan, and an index that answers exactly the same.

mod densest;
mod joined;
mod scan;
mod tally;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::amount::AmountRange;

pub(super) use densest::Densest;
pub use joined::Joined;
pub use scan::{Scan, ScanBuilder};
pub(super) use scan::{count, count_in_documents};
pub(super) use tally::Tally;

/// Stands after each text of a document; no folded query holds it, so no match reaches from one text into the next.
pub const SEPARATOR: char = '\0';

/// A document with how often something stands in it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Posting {
    /// Place in the order of documents, from 0.
    pub document: u32,
    /// Places, overlapping ones too; never 0.
    pub count: u32,
}

/// A place in a document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TextPlace {
    /// Which of the document's texts, from 0.
    pub text: usize,
    /// Characters of that text before it.
    pub start: usize,
}

impl TextPlace {
    /// The first place of a needle in the folded texts of a document, each followed by a [`SEPARATOR`].
    pub(super) fn first(texts: &[u8], needle: &Finder<'_>) -> Option<Self> {
        let before = &texts[..needle.find(texts)?];
        let separator = SEPARATOR as u8;
        let start = memchr::memrchr(separator, before).map_or(0, |end| end + 1);
        let begins_character = |byte: &&u8| **byte & 0xc0 != 0x80;
        Some(Self {
            text: memchr::memchr_iter(separator, &before[..start]).count(),
            start: before[start..].iter().filter(begins_character).count(),
        })
    }
}

/// Strings, told by sets of characters that may follow one another. All are sorted.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Chains {
    /// First characters, each with the set of those that may follow.
    pub first: Vec<(char, usize)>,
    /// Characters, each with the set of those that may follow, or `None` where a string ends. No set leads back to itself.
    pub sets: Vec<Vec<(char, Option<usize>)>>,
}

/// How often something stands in all documents.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Count {
    pub documents: u64,
    pub places: u64,
}

/// Holds folded documents, finds strings in them, and knows which characters stand beside each other.
pub trait Engine: Debug + Send + Sync {
    /// How many documents there are.
    fn documents(&self) -> u32;

    /// The folded texts of a document, each followed by a [`SEPARATOR`]. Empty if there is no such document.
    fn text(&self, document: u32) -> &str;

    /// Bytes of all texts.
    fn bytes(&self) -> usize;

    /// The length of [`Self::text`].
    fn bytes_of(&self, document: u32) -> usize {
        self.text(document).len()
    }

    /// The documents that hold `needle`, in order. The needle is folded; an empty one is nowhere.
    fn find(&self, needle: &str) -> Vec<Posting>;

    /// The documents that hold any of the pairs of characters, in order, with the places of all of them. The pairs are
    /// sorted, and all different.
    fn find_pairs(&self, pairs: &[(char, char)]) -> Vec<Posting> {
        let mut tally = Tally::of(self.documents());
        for (first, second) in pairs {
            tally.add_all(&self.find(&String::from_iter([*first, *second])));
        }
        tally.postings(0).collect()
    }

    /// The documents, in order, that hold each two neighbours of a string, of which every second one stands where the last
    /// one ended: all that hold a string, and few others. Where that is not known, more.
    fn chained(&self, chains: &Chains) -> Vec<u32> {
        let tally = || Tally::of(self.documents());
        let mut found = tally();
        let mut begun: BTreeMap<(char, usize), Tally> = BTreeMap::new();
        for (first, set) in &chains.first {
            begun.entry((*first, *set)).or_insert_with(tally).add_all(&self.find(first.encode_utf8(&mut [0; 4])));
        }
        while let Some(((last, set), with)) = begun.pop_first() {
            for (next, goes_on) in &chains.sets[set] {
                let pair = self.find(&String::from_iter([last, *next])).into_iter();
                let both: Vec<Posting> = pair.filter(|pair| with.has(pair.document)).collect();
                match goes_on {
                    Some(set) => begun.entry((*next, *set)).or_insert_with(tally).add_all(&both),
                    None => found.add_all(&both),
                }
            }
        }
        found.postings(0).map(|with| with.document).collect()
    }

    /// The documents in which an amount of the range stands, in order, with the number of such places.
    fn amounts(&self, range: &AmountRange) -> Vec<Posting>;

    /// What [`Self::find`] would find, counted.
    fn count(&self, needle: &str) -> Count {
        self.densest(needle, 0).0
    }

    /// The count, and at most so many documents: those in which it stands most densely, of equal ones the first.
    fn densest(&self, needle: &str, limit: usize) -> (Count, Vec<Posting>) {
        let (mut count, mut densest) = (Count::default(), Densest::new(limit));
        for found in self.find(needle) {
            count.documents += 1;
            count.places += u64::from(found.count);
            densest.offer(found, self.bytes_of(found.document));
        }
        (count, densest.finish())
    }

    /// Where a folded needle, which is not empty, stands first in a document: what a [snippet](super::snippet) is made
    /// from.
    fn first_place(&self, document: u32, needle: &Finder<'_>) -> Option<TextPlace> {
        TextPlace::first(self.text(document).as_bytes(), needle)
    }

    /// Bytes that each [`Self::find`] reads, whatever it finds: none of an index.
    fn scanned_bytes(&self) -> usize {
        0
    }

    /// An engine of the first documents alone, as few as can be had and have so many bytes of text. `None` if that is all
    /// of them.
    fn beginning(&self, bytes: usize) -> Option<Arc<dyn Engine>>;

    /// Every character of the texts with the number of its places, in the order of code points.
    fn characters(&self, see: &mut dyn FnMut(char, u64));

    /// Every character that stands right after `first` in some text, with the number of places, in the order of code
    /// points.
    fn followers(&self, first: char, see: &mut dyn FnMut(char, u64));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::testing::scan;

    #[test]
    fn a_first_place_is_counted_in_characters_of_its_text() {
        let engine = scan([["𠮷a温泉", "", "温泉镇的水"]]);
        let check = |needle: &str, expected: Option<(usize, usize)>| {
            let place = engine.first_place(0, &Finder::new(needle));
            assert_eq!(place.map(|place| (place.text, place.start)), expected, "{needle}");
        };
        check("𠮷", Some((0, 0)));
        check("温泉", Some((0, 2)));
        check("温泉镇", Some((2, 0)));
        check("水", Some((2, 4)));
        check("矿", None);
        assert_eq!(engine.first_place(1, &Finder::new("温")), None, "there is no such document");
    }
}
