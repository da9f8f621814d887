//! Reading many documents, or looking many strings up, on all processors.

use std::num::NonZero;
use std::thread;

/// So few are read sooner than threads are started.
const FEW: usize = 512;
const MOST_THREADS: usize = 8;

/// What `read` makes of each item, in their order. Each thread has a `scratch` of its own.
pub(super) fn filter_map<T: Sync, R: Send, S>(
    items: &[T],
    scratch: impl Fn() -> S + Sync,
    read: impl Fn(&mut S, &T) -> Option<R> + Sync,
) -> Vec<R> {
    shared(items, FEW, |items| {
        let mut scratch = scratch();
        items.iter().filter_map(|item| read(&mut scratch, item)).collect()
    })
}

/// What `work` makes of each item, in their order; each takes longer than starting a thread.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    shared(items, 1, |items| items.iter().map(&work).collect())
}

/// What `work` makes of the items, shared out so that each thread has `least` of them or more.
fn shared<T: Sync, R: Send>(items: &[T], least: usize, work: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    let mut shares = items.chunks(items.len().div_ceil(processors).max(least));
    let first = shares.next().unwrap_or_default();
    let work = &work;
    thread::scope(|scope| {
        // Where no thread can be had, its share is done here.
        let started: Vec<_> =
            shares.map(|share| (share, thread::Builder::new().spawn_scoped(scope, move || work(share)))).collect();
        let mut made = work(first);
        for (share, thread) in started {
            match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(others)) => made.extend(others),
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                Err(_) => made.extend(work(share)),
            }
        }
        made
    })
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
