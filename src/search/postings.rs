//! Sets of documents, as sorted lists.

use std::cmp::Ordering;

use super::engine::Posting;

/// The documents of both, with the places of both.
pub(super) fn intersection(a: &[Posting], b: &[Posting]) -> Vec<Posting> {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = many;
    let mut found = Vec::with_capacity(few.len());
    for posting in few {
        rest = &rest[rest.partition_point_from_start(posting.document)..];
        match rest.first() {
            Some(other) if other.document == posting.document => {
                found.push(Posting { count: posting.count.saturating_add(other.count), ..*posting });
            }
            Some(_) => {}
            None => break,
        }
    }
    found
}

/// The documents of any, with the places of all.
pub(super) fn union(mut lists: Vec<Vec<Posting>>) -> Vec<Posting> {
    let Some(mut union) = lists.pop() else { return Vec::new() };
    for list in lists {
        union = either(&union, &list, |a, b| a.saturating_add(b));
    }
    union
}

/// The documents of either; `count` says how many places there are where both have some.
pub(super) fn either(a: &[Posting], b: &[Posting], count: impl Fn(u32, u32) -> u32) -> Vec<Posting> {
    if a.is_empty() || b.is_empty() {
        return [a, b].concat();
    }
    let mut union = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => match x.document.cmp(&y.document) {
                Ordering::Less => a.next().copied(),
                Ordering::Greater => b.next().copied(),
                Ordering::Equal => {
                    let count = count(x.count, y.count);
                    b.next();
                    a.next().map(|posting| Posting { count, ..*posting })
                }
            },
            (Some(_), None) => a.next().copied(),
            (None, _) => b.next().copied(),
        };
        match next {
            Some(posting) => union.push(posting),
            None => return union,
        }
    }
}

/// The documents of `a` that are not in `b`.
pub(super) fn difference(a: &[Posting], b: &[Posting]) -> Vec<Posting> {
    let mut rest = b;
    let is_left = |posting: &&Posting| {
        rest = &rest[rest.partition_point_from_start(posting.document)..];
        rest.first().is_none_or(|other| other.document != posting.document)
    };
    a.iter().filter(is_left).copied().collect()
}

trait Gallop {
    /// How many postings stand before a document; quick if they are few.
    fn partition_point_from_start(&self, document: u32) -> usize;
}

impl Gallop for [Posting] {
    fn partition_point_from_start(&self, document: u32) -> usize {
        let mut bound = 1;
        while bound < self.len() && self[bound].document < document {
            bound *= 2;
        }
        let from = bound / 2;
        let to = self.len().min(bound + 1);
        from + self[from.min(to)..to].partition_point(|posting| posting.document < document)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn list(documents: &BTreeMap<u32, u32>) -> Vec<Posting> {
        documents.iter().map(|(document, count)| Posting { document: *document, count: *count }).collect()
    }

    proptest! {
        #[test]
        fn lists_are_sets(
            a in prop::collection::btree_map(0..60_u32, 1..9_u32, 0..40),
            b in prop::collection::btree_map(0..60_u32, 1..9_u32, 0..40),
        ) {
            let sum = |document: &u32| a.get(document).unwrap_or(&0) + b.get(document).unwrap_or(&0);
            let all: BTreeMap<u32, u32> = a.keys().chain(b.keys()).map(|d| (*d, sum(d))).collect();
            let common = all.iter().filter(|(d, _)| a.contains_key(d) && b.contains_key(d));
            let common: BTreeMap<u32, u32> = common.map(|(d, count)| (*d, *count)).collect();
            let only_a: BTreeMap<u32, u32> =
                a.iter().filter(|(d, _)| !b.contains_key(d)).map(|(d, count)| (*d, *count)).collect();
            prop_assert_eq!(intersection(&list(&a), &list(&b)), list(&common));
            prop_assert_eq!(union(vec![list(&a), list(&b)]), list(&all));
            prop_assert_eq!(difference(&list(&a), &list(&b)), list(&only_a));
        }
    }
}
