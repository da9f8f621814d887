//! Texts as they were before they were folded.

use memchr::memmem::Finder;

use super::engine::Engine;
use super::snippet::snippet;

/// Knows the texts of an engine's documents as they were written.
pub trait Written {
    /// A text of a document, by its number in it; empty if there is none.
    fn written(&self, document: u32, text: usize) -> &str;
}

/// `needle`, which is folded and not empty, as it is written where it stands first in a document.
pub(super) fn as_written(engine: &dyn Engine, written: &dyn Written, document: u32, needle: &str) -> Option<String> {
    let place = engine.first_place(document, &Finder::new(needle))?;
    let end = place.start + needle.chars().count();
    Some(snippet(written.written(document, place.text), place.start, end, 0, 0).text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::testing::scan;

    struct One;

    impl Written for One {
        fn written(&self, _: u32, text: usize) -> &str {
            ["溫泉鎮", "", "Ａ"][text]
        }
    }

    #[test]
    fn what_was_found_is_shown_as_it_stands_in_its_text() {
        let engine = scan([["溫泉鎮", "", "Ａ"]]);
        assert_eq!(engine.text(0), "温泉镇\0\0a\0");
        let written = |needle| as_written(&engine, &One, 0, needle);
        assert_eq!(written("泉镇").as_deref(), Some("泉鎮"));
        assert_eq!(written("a").as_deref(), Some("Ａ"));
        assert_eq!(written("矿"), None);
    }
}
