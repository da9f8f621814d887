mod fts5;
mod ours;
mod scan;
mod tantivy;

use crate::peer::Peer;

/// Every peer, in the order of the tables. The first that is run of `ours` and `tantivy` is what ratios are to.
pub const ALL: &[&dyn Peer] = &[
    &ours::Ours,
    &scan::Scan { threads: 1 },
    &scan::Scan { threads: 2 },
    &tantivy::Tantivy { stored: true },
    &tantivy::Tantivy { stored: false },
    &fts5::Fts5::Trigram,
    &fts5::Fts5::Characters,
];

/// Documents with their counts, of which the first are wanted: most places first, then in order.
fn most_first(mut found: Vec<(u32, u32)>, wanted: usize) -> Vec<u32> {
    let key = |&(document, count): &(u32, u32)| (std::cmp::Reverse(count), document);
    if found.len() > wanted {
        found.select_nth_unstable_by_key(wanted, key);
        found.truncate(wanted);
    }
    found.sort_unstable_by_key(key);
    found.into_iter().map(|(document, _)| document).collect()
}
