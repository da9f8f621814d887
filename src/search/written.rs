//! Texts as they were before they were folded.

use super::engine::{Engine, SEPARATOR};
use super::snippet::snippet;

/// Knows the texts of an engine's documents as they were written.
pub trait Written {
    /// A text of a document, by its number in it; empty if there is none.
    fn written(&self, document: u32, text: usize) -> &str;
}

/// So many characters from a byte of a document's folded texts on, as they are written, in one line.
pub(super) fn as_written(
    engine: &dyn Engine,
    written: &dyn Written,
    document: u32,
    byte: usize,
    chars: usize,
) -> String {
    let before = engine.text(document).get(..byte).unwrap_or_default();
    let text = before.matches(SEPARATOR).count();
    let start = before.rsplit(SEPARATOR).next().unwrap_or_default().chars().count();
    snippet(written.written(document, text), start, start + chars, 0, 0).text
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
        assert_eq!(as_written(&engine, &One, 0, 3, 2), "泉鎮");
        assert_eq!(as_written(&engine, &One, 0, 11, 1), "Ａ");
    }
}
