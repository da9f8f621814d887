//! The documents in which something stands most densely.

use std::cmp::Reverse;

use super::Posting;

/// How densely something stands in a document, as the ranking sees it: by its places and the bytes of its texts.
fn density(places: u32, bytes: usize) -> u64 {
    (u64::from(places) << 32) / (1000 + bytes as u64)
}

/// The densest first, of equal ones the first.
type Rank = (Reverse<u64>, u32);

/// Keeps of all documents that are offered the densest ones.
#[derive(Debug)]
pub(in crate::search) struct Densest {
    limit: usize,
    /// At most twice the limit and some: it is cut down when it is full.
    kept: Vec<(Rank, u32)>,
    /// Once as many as wanted are known, the last of them.
    last: Option<Rank>,
}

/// Documents beside the limit that are kept for a while.
const SPARE: usize = 32;

impl Densest {
    pub fn new(limit: usize) -> Self {
        Self { limit, kept: Vec::new(), last: None }
    }

    /// `bytes` is the length of the document's texts.
    #[inline]
    pub fn offer(&mut self, posting: Posting, bytes: usize) {
        let rank = (Reverse(density(posting.count, bytes)), posting.document);
        if self.last.is_some_and(|last| rank > last) {
            return;
        }
        self.kept.push((rank, posting.count));
        if self.kept.len() >= self.limit.saturating_mul(2).saturating_add(SPARE) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let Some(last) = self.limit.checked_sub(1) else { return self.kept.clear() };
        if last < self.kept.len() {
            self.last = Some(self.kept.select_nth_unstable(last).1.0);
            self.kept.truncate(self.limit);
        }
    }

    /// In order.
    pub fn finish(mut self) -> Vec<Posting> {
        self.cut();
        self.kept.sort_unstable();
        self.kept.into_iter().map(|((_, document), count)| Posting { document, count }).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_densest_are_kept_whatever_the_order(
            counts in prop::collection::vec((1..9_u32, 0..5000_usize), 0..200),
            limit in prop_oneof![0..4_usize, 0..250_usize],
            reversed in any::<bool>(),
        ) {
            let offered = || (0..).zip(&counts).map(|(document, (count, bytes))| (Posting { document, count: *count }, *bytes));
            let mut densest = Densest::new(limit);
            let mut all: Vec<(Posting, usize)> = offered().collect();
            if reversed {
                all.reverse();
            }
            all.iter().for_each(|(posting, bytes)| densest.offer(*posting, *bytes));
            all.sort_by_key(|(posting, bytes)| (Reverse(density(posting.count, *bytes)), posting.document));
            let expected: Vec<Posting> = all.into_iter().take(limit).map(|(posting, _)| posting).collect();
            prop_assert_eq!(densest.finish(), expected);
        }
    }
}
