//! Threads. Jobs go in, events come out; a job that panics becomes an event and the program goes on.

mod export;
mod index;
mod job;
mod open;
mod pictures;
mod pool;
mod staff;
pub mod store;

pub use job::AT_ONCE;
pub use open::open;
pub use pictures::{Picture, PictureKey};
pub use pool::{Executor, Pool, Report};
