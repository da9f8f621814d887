//! A table from keys of 16 bits to lists of documents. Keys stand in order; so that a lookup reads little, the entries
//! that belong to them, which differ in length, are reached in groups.
//!
//! ```text
//! u32 n   n × u16 key   ⌈n / GROUP⌉ × (u32 where its entries begin, u32 where its lists begin)   entries
//! entry   documents · 2 + (places ≠ documents)   [places − documents]   the only document, or the list's bytes
//! ```

use std::ops::Range;

use super::super::engine::Posting;
use super::bytes::{Reader, put_u32, put_varint, u16_at, u32_at};
use super::postings;

/// Entries that are read one after the other to reach the last of them.
const GROUP: usize = 16;

/// A list of documents: how many, at how many places, and where it stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct List {
    pub documents: u32,
    pub places: u32,
    place: Place,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    /// The only document: it needs no list.
    Here(u32),
    /// Bytes of the lists.
    There { at: u32, len: u32 },
}

impl List {
    /// A list that stands in the lists as a whole.
    pub fn stored(documents: u32, places: u32, at: u32, len: u32) -> Self {
        Self { documents, places, place: Place::There { at, len } }
    }

    /// Appends the documents, each `first` later. `None` if the bytes are none.
    pub fn decode(&self, lists: &[u8], first: u32, out: &mut Vec<Posting>) -> Option<()> {
        self.read(lists, first, out, postings::decode)
    }

    /// Shows the documents.
    pub fn each(&self, lists: &[u8], mut see: impl FnMut(Posting)) -> Option<()> {
        match self.place {
            Place::Here(document) => {
                see(Posting { document, count: self.places });
                Some(())
            }
            Place::There { at, len } => {
                let bytes = lists.get(at as usize..)?.get(..len as usize)?;
                postings::each(bytes, self.documents, 0, see)
            }
        }
    }

    /// Appends the densest ones, as many as are kept, or all.
    pub fn decode_densest(&self, lists: &[u8], first: u32, out: &mut Vec<Posting>) -> Option<()> {
        self.read(lists, first, out, postings::decode_densest)
    }

    fn read(
        &self,
        lists: &[u8],
        first: u32,
        out: &mut Vec<Posting>,
        decode: fn(&[u8], u32, u32, &mut Vec<Posting>) -> Option<()>,
    ) -> Option<()> {
        match self.place {
            Place::Here(document) => {
                out.push(Posting { document: document.checked_add(first)?, count: self.places });
                Some(())
            }
            Place::There { at, len } => {
                let bytes = lists.get(at as usize..)?.get(..len as usize)?;
                decode(bytes, self.documents, first, out)
            }
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct TableWriter {
    keys: Vec<u16>,
    groups: Vec<(u32, u32)>,
    entries: Vec<u8>,
}

impl TableWriter {
    /// Adds a list, which has a document at least, under a key greater than those before.
    /// `bytes` tells the length of a document's texts.
    pub fn push(&mut self, key: u16, list: &[Posting], lists: &mut Vec<u8>, bytes: impl Fn(u32) -> usize) {
        if self.keys.len().is_multiple_of(GROUP) {
            self.groups.push((self.entries.len() as u32, lists.len() as u32));
        }
        self.keys.push(key);
        let places = list.iter().fold(0_u32, |places, posting| places.saturating_add(posting.count));
        let documents = list.len() as u32;
        put_varint(&mut self.entries, documents << 1 | u32::from(places != documents));
        if places != documents {
            put_varint(&mut self.entries, places - documents);
        }
        if let [only] = list {
            put_varint(&mut self.entries, only.document);
        } else {
            let start = lists.len();
            postings::encode(list, lists, bytes);
            put_varint(&mut self.entries, (lists.len() - start) as u32);
        }
    }

    /// Appends the table, and empties itself for the next one.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        put_u32(out, self.keys.len() as u32);
        self.keys.iter().for_each(|key| out.extend_from_slice(&key.to_le_bytes()));
        for (entries, lists) in &self.groups {
            put_u32(out, *entries);
            put_u32(out, *lists);
        }
        out.append(&mut self.entries);
        self.keys.clear();
        self.groups.clear();
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    keys: &'a [u8],
    groups: &'a [u8],
    entries: &'a [u8],
}

impl<'a> Table<'a> {
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let count = u32_at(bytes, 0)? as usize;
        let (keys, rest) = bytes[4..].split_at_checked(count.checked_mul(2)?)?;
        let (groups, entries) = rest.split_at_checked(count.div_ceil(GROUP) * 8)?;
        Some(Self { keys, groups, entries })
    }

    pub fn len(&self) -> usize {
        self.keys.len() / 2
    }

    fn key(&self, index: usize) -> Option<u16> {
        u16_at(self.keys, index * 2)
    }

    /// The list of a key: `Ok(None)` if it has none, `Err` if the bytes are no table.
    pub fn get(&self, key: u16) -> Result<Option<List>, super::Torn> {
        self.get_from(0, key).map(|(_, list)| list)
    }

    /// The same for a key that stands at `low` or later, with the place where that is.
    pub fn get_from(&self, low: usize, key: u16) -> Result<(usize, Option<List>), super::Torn> {
        let low = self.lower_bound(low, key);
        if self.key(low) != Some(key) {
            return Ok((low, None));
        }
        let mut group = self.group(low / GROUP).ok_or(super::Torn)?;
        group.nth(low % GROUP).map(|list| (low, Some(list))).ok_or(super::Torn)
    }

    /// Where the first key is, from `low` on, that is not less.
    fn lower_bound(&self, mut low: usize, key: u16) -> usize {
        let mut high = self.len();
        while low < high {
            let middle = low + (high - low) / 2;
            match self.key(middle) {
                Some(found) if found < key => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    /// Appends each of some keys of which something is `wanted`, in order, with that and its list.
    pub fn each<T>(
        &self,
        keys: Range<u16>,
        wanted: impl Fn(u16) -> Option<T>,
        out: &mut Vec<(u16, T, List)>,
    ) -> Result<(), super::Torn> {
        // A group, by its number, with how many of its entries were passed.
        let mut last: Option<(usize, Group<'_>, usize)> = None;
        for index in self.lower_bound(0, keys.start)..self.lower_bound(0, keys.end) {
            let key = self.key(index).ok_or(super::Torn)?;
            let Some(what) = wanted(key) else { continue };
            let number = index / GROUP;
            let (_, group, passed) = match &mut last {
                Some(last) if last.0 == number => last,
                _ => last.insert((number, self.group(number).ok_or(super::Torn)?, 0)),
            };
            out.push((key, what, group.nth(index % GROUP - *passed).ok_or(super::Torn)?));
            *passed = index % GROUP + 1;
        }
        Ok(())
    }

    /// Every key with its list.
    pub fn iter(self) -> impl Iterator<Item = (u16, List)> {
        let groups = (0..self.len().div_ceil(GROUP)).filter_map(move |group| self.group(group));
        let lists = groups.flat_map(|group| group.take(GROUP));
        (0..self.len()).filter_map(move |index| self.key(index)).zip(lists)
    }

    fn group(&self, group: usize) -> Option<Group<'a>> {
        let entries = u32_at(self.groups, group * 8)? as usize;
        let list = u32_at(self.groups, group * 8 + 4)?;
        Some(Group { entries: Reader(self.entries.get(entries..)?), list })
    }
}

/// Entries from the beginning of a group on.
struct Group<'a> {
    entries: Reader<'a>,
    /// Where the next list begins.
    list: u32,
}

impl Iterator for Group<'_> {
    type Item = List;

    #[inline]
    fn next(&mut self) -> Option<List> {
        let head = self.entries.varint()?;
        let documents = head >> 1;
        let more = if head & 1 == 0 { 0 } else { self.entries.varint()? };
        let last = self.entries.varint()?;
        let place = if documents == 1 {
            Place::Here(last)
        } else {
            let at = self.list;
            self.list = at.checked_add(last)?;
            Place::There { at, len: last }
        };
        Some(List { documents, places: documents.checked_add(more)?, place })
    }

    /// Passes entries without making lists of them.
    #[inline]
    fn nth(&mut self, n: usize) -> Option<List> {
        for _ in 0..n {
            let head = self.entries.varint()?;
            if head & 1 == 1 {
                self.entries.varint()?;
            }
            let last = self.entries.varint()?;
            if head >> 1 != 1 {
                self.list = self.list.checked_add(last)?;
            }
        }
        self.next()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_key_leads_to_its_list_and_no_other_key_to_any(
            lists in prop::collection::btree_map(
                0..200_u16,
                prop::collection::btree_map(0..500_u32, 1..4_u32, 1..5),
                0..80,
            ),
        ) {
            let (mut writer, mut bytes, mut stored) = (TableWriter::default(), Vec::new(), Vec::new());
            let postings = |list: &BTreeMap<u32, u32>| -> Vec<Posting> {
                list.iter().map(|(document, count)| Posting { document: *document, count: *count }).collect()
            };
            for (key, list) in &lists {
                writer.push(*key, &postings(list), &mut stored, |_| 9);
            }
            writer.finish(&mut bytes);
            let table = Table::read(&bytes).expect("a table");
            for key in 0..200 {
                let expected = lists.get(&key).map(postings);
                let found = table.get(key).expect("whole").map(|list| {
                    let mut read = Vec::new();
                    list.decode(&stored, 0, &mut read).expect("a list");
                    assert_eq!(list.documents as usize, read.len());
                    assert_eq!(list.places, read.iter().map(|posting| posting.count).sum::<u32>());
                    read
                });
                prop_assert_eq!(found, expected);
            }
            let mut some = Vec::new();
            let wanted = |key: u16| key.is_multiple_of(3).then_some(key / 3);
            table.each(20..150, wanted, &mut some).expect("whole");
            let expected: Vec<(u16, u16, List)> = table
                .iter()
                .filter(|(key, _)| (20..150).contains(key))
                .filter_map(|(key, list)| Some((key, wanted(key)?, list)))
                .collect();
            prop_assert_eq!(some, expected);
            let keys: Vec<u16> = table.iter().map(|(key, _)| key).collect();
            prop_assert_eq!(keys, lists.keys().copied().collect::<Vec<_>>());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), key in any::<u16>()) {
            if let Some(table) = Table::read(&bytes) {
                let _ = table.get(key);
                let _ = table.each(0..key, Some, &mut Vec::new());
                table.iter().for_each(|(_, list)| { let _ = list.decode(&bytes, 0, &mut Vec::new()); });
            }
        }
    }
}
