//! Archives for tests.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Library;
use crate::archive::{Archive, Source, load_text};
use crate::search::testing::Observed;

/// An archive with these reports.
pub fn archive(reports: Value) -> Archive {
    let text = json!({"format": 1, "title": "T", "reports": reports}).to_string();
    load_text(&text, Source::Embedded).expect("an archive")
}

/// The same library, of which as few documents as have so many bytes of text are searched first.
pub fn beginning_with(library: &Library, bytes: usize) -> Library {
    Library { beginning: library.engine.beginning(bytes), ..library.clone() }
}

/// The same library, which calls `see` before it asks any of its engines.
pub fn observed(library: &Library, see: impl Fn() + Send + Sync + 'static) -> Library {
    let see: Arc<dyn Fn() + Send + Sync> = Arc::new(see);
    let volume = |id| {
        let volume = library.volume(id);
        (id, Arc::new(volume.with_engine(Arc::new(Observed::new(Arc::clone(&volume.engine), Arc::clone(&see))))))
    };
    library.with_volumes(library.archive_ids().map(volume).collect())
}
