//! Documents with counts as bytes: the distance from the document before, and the count where it is not 1.

use super::super::engine::Posting;
use super::bytes::{Reader, put_varint};

/// Appends a list; returns how many documents and how many places it has.
pub(super) fn encode(postings: impl IntoIterator<Item = Posting>, out: &mut Vec<u8>) -> (u32, u32) {
    let (mut documents, mut places) = (0_u32, 0_u32);
    let mut next = 0;
    for Posting { document, count } in postings {
        let several = count > 1;
        put_varint(out, (document - next) << 1 | u32::from(several));
        if several {
            put_varint(out, count);
        }
        next = document + 1;
        documents += 1;
        places = places.saturating_add(count);
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_list_is_read_as_it_was_written(
            list in prop::collection::btree_map(prop_oneof![0..40_u32, 0..1_u32 << 30], 1..1000_u32, 0..40),
            first in 0..1000_u32,
        ) {
            let postings = |list: &BTreeMap<u32, u32>, first: u32| -> Vec<Posting> {
                list.iter().map(|(document, count)| Posting { document: document + first, count: *count }).collect()
            };
            let mut bytes = Vec::new();
            let (documents, places) = encode(postings(&list, 0), &mut bytes);
            prop_assert_eq!((documents as usize, places), (list.len(), list.values().sum()));
            let mut read = Vec::new();
            prop_assert_eq!(decode(&bytes, documents, first, &mut read), Some(()));
            prop_assert_eq!(read, postings(&list, first));
            prop_assert!(decode(&bytes, documents + 1, first, &mut Vec::new()).is_none());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), documents in any::<u32>(), first in any::<u32>()) {
            let mut read = Vec::new();
            let whole = decode(&bytes, documents, first, &mut read).is_some();
            prop_assert!(!whole || read.len() == documents as usize);
        }
    }
}
