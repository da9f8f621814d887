//! Breaking off what is no longer waited for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether an answer is still waited for. All clones say the same, and once it is cancelled it stays so.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Cancels its token when it is dropped, and so when another takes its place.
#[derive(Debug, Default)]
pub struct CancelGuard(CancelToken);

impl CancelGuard {
    pub fn token(&self) -> CancelToken {
        self.0.clone()
    }
}

impl Drop for CancelGuard {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
