//! Archives for tests.

use serde_json::{Value, json};

use crate::archive::{Archive, Source, load_text};

/// An archive with these reports.
pub fn archive(reports: Value) -> Archive {
    let text = json!({"format": 1, "title": "T", "reports": reports}).to_string();
    load_text(&text, Source::Embedded).expect("an archive")
}
