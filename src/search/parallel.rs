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
    let read_all = |items: &[T]| {
        let mut scratch = scratch();
        items.iter().filter_map(|item| read(&mut scratch, item)).collect::<Vec<_>>()
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    let share = items.len().div_ceil(processors).max(FEW);
    let mut shares = items.chunks(share);
    let first = shares.next().unwrap_or_default();
    let read_all = &read_all;
    thread::scope(|scope| {
        // Where no thread can be had, its share is read here.
        let started: Vec<_> =
            shares.map(|share| (share, thread::Builder::new().spawn_scoped(scope, move || read_all(share)))).collect();
        let mut found = read_all(first);
        for (share, thread) in started {
            match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(read)) => found.extend(read),
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                Err(_) => found.extend(read_all(share)),
            }
        }
        found
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
        }
    }
}
