//! Reading many documents, or looking many strings up, on all processors.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// So few are read sooner than threads are started.
const FEW: usize = 512;
/// Shares of the items for each thread, some of which take longer than others.
const SHARES: usize = 4;
const MOST_THREADS: usize = 8;

/// What `read` makes of each item, in their order. Each thread has a `scratch` of its own.
pub(crate) fn filter_map<T: Sync, R: Send, S>(
    items: &[T],
    scratch: impl Fn() -> S + Sync,
    read: impl Fn(&mut S, &T) -> Option<R> + Sync,
) -> Vec<R> {
    let share = items.len().div_ceil(processors() * SHARES).max(FEW);
    let shares: Vec<&[T]> = items.chunks(share).collect();
    let read_share = |scratch: &mut S, share: &&[T]| share.iter().filter_map(|item| read(scratch, item)).collect();
    let read: Vec<Vec<R>> = taken_in_turns(&shares, scratch, read_share);
    read.into_iter().flatten().collect()
}

/// What `work` makes of each item, in their order; each takes longer than starting a thread.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    taken_in_turns(items, || (), |(), item| work(item))
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS)
}

/// What `work` makes of each item, in their order. Each thread takes the next one when it has done with another.
fn taken_in_turns<T: Sync, R: Send, S>(
    items: &[T],
    scratch: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let (mut scratch, mut made) = (scratch(), Vec::new());
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return made };
            made.push((index, work(&mut scratch, item)));
        }
    };
    let mut made = thread::scope(|scope| {
        // Where no thread can be had, its items are taken by others.
        let others: Vec<_> = (1..processors().min(items.len()))
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, take).ok())
            .collect();
        let mut made = take();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        made
    });
    made.sort_unstable_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_read_once_and_the_order_is_kept() {
        for len in [0, 1, FEW as u32, 10 * FEW as u32 + 7] {
            let documents: Vec<u32> = (0..len).map(|n| n * 3).collect();
            let odd = |(): &mut (), document: &u32| (document % 2 == 1).then_some(*document);
            let found = filter_map(&documents, || (), odd);
            let expected: Vec<u32> = documents.iter().copied().filter(|document| document % 2 == 1).collect();
            assert_eq!(found, expected);
            assert_eq!(map(&documents, |document| document + 1), documents.iter().map(|n| n + 1).collect::<Vec<_>>());
        }
    }
}
