//! Documents with counts as bytes: the distance from the document before, and the count where it is not 1.
//!
//! Before a long list stand the documents in which it is densest, so that the best of what stands everywhere are known
//! without reading it:
//!
//! ```text
//! list of LONG documents or more   length of the following in bytes   DENSEST × (document, count)   list
//! ```

use super::super::engine::{Densest, Posting};
use super::bytes::{Reader, put_varint};

/// A list of so many documents is long.
const LONG: u32 = 1024;
/// Documents that are kept of a long list.
pub(super) const DENSEST: usize = 32;

/// Appends a list; returns how many documents and how many places it has. `bytes` tells the length of a document's
/// texts.
pub(super) fn encode(postings: &[Posting], out: &mut Vec<u8>, bytes: impl Fn(u32) -> usize) -> (u32, u32) {
    let documents = postings.len() as u32;
    if documents >= LONG {
        let mut densest = Densest::new(DENSEST);
        postings.iter().for_each(|posting| densest.offer(*posting, bytes(posting.document)));
        let mut kept = Vec::new();
        for Posting { document, count } in densest.finish() {
            put_varint(&mut kept, document);
            put_varint(&mut kept, count);
        }
        put_varint(out, kept.len() as u32);
        out.append(&mut kept);
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
    out.reserve((documents as usize).min(bytes.len()));
    each(bytes, documents, first, |posting| out.push(posting))
}

/// Shows the documents of a list; `None` if the bytes are none, of which the first ones were shown then.
#[inline]
pub(super) fn each(bytes: &[u8], documents: u32, first: u32, mut see: impl FnMut(Posting)) -> Option<()> {
    if documents as usize > bytes.len() {
        return None;
    }
    let mut reader = Reader(bytes);
    if documents >= LONG {
        let kept = reader.varint()? as usize;
        reader = Reader(reader.0.get(kept..)?);
    }
    let mut next = first;
    for _ in 0..documents {
        let head = reader.varint()?;
        let document = next.checked_add(head >> 1)?;
        let count = if head & 1 == 0 { 1 } else { reader.varint()? };
        see(Posting { document, count });
        next = document.checked_add(1)?;
    }
    Some(())
}

/// Reads the [`DENSEST`] documents of a list, or all if it is not long, in any order.
pub(super) fn decode_densest(bytes: &[u8], documents: u32, first: u32, out: &mut Vec<Posting>) -> Option<()> {
    if documents < LONG {
        return decode(bytes, documents, first, out);
    }
    let mut reader = Reader(bytes);
    let len = reader.varint()? as usize;
    let mut kept = Reader(reader.0.get(..len)?);
    while !kept.0.is_empty() {
        let document = kept.varint()?.checked_add(first)?;
        out.push(Posting { document, count: kept.varint()? });
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
            let (documents, places) = encode(&postings(&list, 0), &mut bytes, |_| 100);
            prop_assert_eq!((documents as usize, places), (list.len(), list.values().sum()));
            let mut read = Vec::new();
            prop_assert_eq!(decode(&bytes, documents, first, &mut read), Some(()));
            prop_assert_eq!(read, postings(&list, first));
            prop_assert!(decode(&bytes, documents + 1, first, &mut Vec::new()).is_none());
        }

        #[test]
        fn of_a_long_list_the_densest_documents_are_known(
            counts in prop::collection::vec(1..50_u32, LONG as usize - 2..LONG as usize + 40),
            first in 0..9_u32,
        ) {
            let list: BTreeMap<u32, u32> = (0..).step_by(3).zip(counts).collect();
            let length = |document: u32| (document as usize * 7919) % 5000;
            let (mut bytes, mut all, mut densest) = (Vec::new(), Vec::new(), Vec::new());
            let (documents, _) = encode(&postings(&list, 0), &mut bytes, length);
            prop_assert_eq!(decode(&bytes, documents, first, &mut all), Some(()));
            prop_assert_eq!(&all, &postings(&list, first));
            prop_assert_eq!(decode_densest(&bytes, documents, first, &mut densest), Some(()));
            let [all, densest] = [all, densest].map(|postings| {
                let mut densest = Densest::new(DENSEST);
                postings.iter().for_each(|posting| densest.offer(*posting, length(posting.document - first)));
                densest.finish()
            });
            prop_assert_eq!(densest, all);
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
            let _ = decode_densest(&bytes, documents, first, &mut read);
        }
    }
}
