//! Documents with counts as bytes: the distance from the document before, and the count where it is not 1.
//!
//! Before a long list stand the documents with most places, so that the best of what stands everywhere are known without
//! reading it:
//!
//! ```text
//! list of LONG documents or more   length of the following in bytes   MOST × (document, count)   list
//! ```

use std::cmp::Reverse;

use super::super::engine::Posting;
use super::bytes::{Reader, put_varint};

/// A list of so many documents is long.
const LONG: u32 = 1024;
/// Documents with most places that are kept of a long list.
pub(super) const MOST: usize = 32;

/// What comes first of documents with places of something: most places, then as they stand.
pub(super) fn most_first(posting: &Posting) -> (Reverse<u32>, u32) {
    (Reverse(posting.count), posting.document)
}

/// Leaves the first documents by [`most_first`], in that order.
pub(super) fn keep_most(postings: &mut Vec<Posting>, limit: usize) {
    if limit < postings.len() {
        if limit > 0 {
            postings.select_nth_unstable_by_key(limit - 1, most_first);
        }
        postings.truncate(limit);
    }
    postings.sort_unstable_by_key(most_first);
}

/// Appends a list; returns how many documents and how many places it has.
pub(super) fn encode(postings: &[Posting], out: &mut Vec<u8>) -> (u32, u32) {
    let documents = postings.len() as u32;
    if documents >= LONG {
        let mut most = postings.to_vec();
        keep_most(&mut most, MOST);
        let mut bytes = Vec::new();
        for Posting { document, count } in most {
            put_varint(&mut bytes, document);
            put_varint(&mut bytes, count);
        }
        put_varint(out, bytes.len() as u32);
        out.append(&mut bytes);
    }
    let (mut places, mut next) = (0_u32, 0);
    for Posting { document, count } in postings {
        let several = *count > 1;
        put_varint(out, (document - next) << 1 | u32::from(several));
        if several {
            put_varint(out, *count);
        }
        next = document + 1;
        places = places.saturating_add(*count);
    }
    (documents, places)
}

/// Reads a list of so many documents, each `first` later. `None` if the bytes are none.
pub(super) fn decode(bytes: &[u8], documents: u32, first: u32, out: &mut Vec<Posting>) -> Option<()> {
    // Each takes one byte at least.
    if documents as usize > bytes.len() {
        return None;
    }
    out.reserve(documents as usize);
    let mut reader = Reader(bytes);
    if documents >= LONG {
        let most = reader.varint()? as usize;
        reader = Reader(reader.0.get(most..)?);
    }
    let mut next = first;
    for _ in 0..documents {
        let head = reader.varint()?;
        let document = next.checked_add(head >> 1)?;
        let count = if head & 1 == 0 { 1 } else { reader.varint()? };
        out.push(Posting { document, count });
        next = document.checked_add(1)?;
    }
    Some(())
}

/// Reads the [`MOST`] documents with most places of a list, or all if it has fewer, in any order.
pub(super) fn decode_most(bytes: &[u8], documents: u32, first: u32, out: &mut Vec<Posting>) -> Option<()> {
    if documents < LONG {
        return decode(bytes, documents, first, out);
    }
    let mut reader = Reader(bytes);
    let len = reader.varint()? as usize;
    let mut most = Reader(reader.0.get(..len)?);
    while !most.0.is_empty() {
        let document = most.varint()?.checked_add(first)?;
        out.push(Posting { document, count: most.varint()? });
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn postings(list: &BTreeMap<u32, u32>, first: u32) -> Vec<Posting> {
        list.iter().map(|(document, count)| Posting { document: document + first, count: *count }).collect()
    }

    proptest! {
        #[test]
        fn a_list_is_read_as_it_was_written(
            list in prop::collection::btree_map(prop_oneof![0..40_u32, 0..1_u32 << 30], 1..1000_u32, 0..40),
            first in 0..1000_u32,
        ) {
            let mut bytes = Vec::new();
            let (documents, places) = encode(&postings(&list, 0), &mut bytes);
            prop_assert_eq!((documents as usize, places), (list.len(), list.values().sum()));
            let mut read = Vec::new();
            prop_assert_eq!(decode(&bytes, documents, first, &mut read), Some(()));
            prop_assert_eq!(read, postings(&list, first));
            prop_assert!(decode(&bytes, documents + 1, first, &mut Vec::new()).is_none());
        }

        #[test]
        fn of_a_long_list_the_documents_with_most_places_are_known(
            counts in prop::collection::vec(1..50_u32, LONG as usize - 2..LONG as usize + 40),
            first in 0..9_u32,
        ) {
            let list: BTreeMap<u32, u32> = (0..).step_by(3).zip(counts).collect();
            let (mut bytes, mut all, mut most) = (Vec::new(), Vec::new(), Vec::new());
            let (documents, _) = encode(&postings(&list, 0), &mut bytes);
            prop_assert_eq!(decode(&bytes, documents, first, &mut all), Some(()));
            prop_assert_eq!(&all, &postings(&list, first));
            prop_assert_eq!(decode_most(&bytes, documents, first, &mut most), Some(()));
            for some in [&mut all, &mut most] {
                keep_most(some, MOST);
            }
            prop_assert_eq!(most, all);
        }

        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in any::<Vec<u8>>(),
            documents in prop_oneof![0..20_u32, 1000..1100_u32, any::<u32>()],
            first in any::<u32>(),
        ) {
            let mut read = Vec::new();
            let whole = decode(&bytes, documents, first, &mut read).is_some();
            prop_assert!(!whole || read.len() == documents as usize);
            let _ = decode_most(&bytes, documents, first, &mut read);
        }
    }
}
