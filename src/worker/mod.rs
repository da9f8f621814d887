//! Threads. Jobs go in, events come out; a job that panics becomes an event and the program goes on.

mod export;
mod job;
mod pictures;
mod pool;
pub mod store;

pub use pictures::{Picture, PictureKey};
pub use pool::{Executor, Pool, Report};
