//! The record: what an archive holds, read once and trusted from then on.
//!
//! `bytes → decode → repair → format → load → Archive + Diagnostics`. Nothing here draws, starts threads, or says a
//! sentence to a person: problems are data ([`Diagnostic`], [`LoadError`]) that `text` puts into words.

mod about;
mod build;
mod content;
pub mod decode;
mod diagnostic;
mod doubles;
pub mod folder;
pub mod format;
mod ids;
mod load;
mod locate;
mod model;
mod reader;
mod repair;
pub mod source;

pub use content::ContentHash;
pub use diagnostic::{Diagnostic, Expected, Place, Problem, Severity, Slip};
pub use format::{PhotoKind, SectionKind};
pub use ids::{ArchiveId, FigureId, PhotoId, ReportId, SectionId};
pub use load::{LoadError, load, load_bytes, load_text, read};
pub use model::{Archive, Destination, Figure, Photo, PhotoField, Report, ReportField, Section};
pub use source::{PhotoError, Source};

pub(crate) use reader::nearest_key;
