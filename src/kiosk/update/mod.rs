//! New content from a stick or shared folder: found, checked, compared, copied, checked again, and only then shown.
//!
//! Copies stand in numbered folders; one small file, `current`, names the one that is shown and the one before. It is
//! written beside and renamed, so that at every moment either the old or the new archive is the current one, whole.

mod changes;
mod inspect;
mod store;

use std::path::PathBuf;

use crate::archive::LoadError;
use crate::files::SaveError;

pub use changes::{Change, Changes};
pub use inspect::{Inspection, find, inspect};
pub use store::Store;

/// Why content is not taken. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    #[error("{0}")]
    Load(#[from] LoadError),
    /// So many errors, the first of which is given.
    #[error("{count} errors")]
    Damaged { count: usize, first: Box<crate::archive::Diagnostic> },
    /// It changed while it was read: it is probably still being copied onto the stick.
    #[error("changed while it was read: {file}")]
    Changing { file: String },
    #[error("{needed_bytes} bytes needed, {available_bytes} there")]
    NoSpace { needed_bytes: u64, available_bytes: u64 },
    #[error("{path}: {kind}")]
    Io { path: PathBuf, kind: std::io::ErrorKind },
    #[error("{0}")]
    Save(#[from] SaveError),
    /// The copy on this machine is not what was copied.
    #[error("bad copy: {file}")]
    BadCopy { file: String },
    /// There is no archive before this one.
    #[error("nothing to go back to")]
    NothingBefore,
    #[error("cancelled")]
    Cancelled,
}

/// How far an update is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// Reading and checking what is on the stick.
    Inspect {
        done_files: usize,
        all_files: usize,
    },
    Copy {
        done_bytes: u64,
        all_bytes: u64,
    },
    /// The copy is read back and checked.
    Verify {
        done_files: usize,
        all_files: usize,
    },
    /// The copy stands in its place.
    Placed,
    /// The copy is about to become the current archive; after this there is no cancelling.
    Switch,
}

/// Told of every step; whether to go on.
pub type Watch<'a> = &'a mut dyn FnMut(Step) -> std::ops::ControlFlow<()>;

fn go_on(watch: &mut dyn FnMut(Step) -> std::ops::ControlFlow<()>, step: Step) -> Result<(), UpdateError> {
    if watch(step).is_continue() { Ok(()) } else { Err(UpdateError::Cancelled) }
}
