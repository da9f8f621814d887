//! A snippet from a document of which it is known only that it holds the needle.

use juanzong::search::fold::fold_char;
use memchr::memmem::Finder;

/// Characters around a place.
const BEFORE: usize = 16;
const AFTER: usize = 48;

/// The first place of the folded `needle` in a text that is not folded. The text is folded only as far as that place.
pub fn snippet(text: &str, needle: &Finder<'_>) -> String {
    let len = needle.needle().len();
    let mut folded = String::new();
    let mut chars = text.chars();
    loop {
        let from = folded.len().saturating_sub(len);
        folded.extend(chars.by_ref().take(512).map(fold_char));
        if let Some(found) = needle.find(&folded.as_bytes()[from..]) {
            return around(text, folded[..from + found].chars().count(), needle);
        }
        if chars.as_str().is_empty() {
            return String::new();
        }
    }
}

/// The same where the document's folded text is at hand.
pub fn snippet_by_folded(text: &str, folded: &str, needle: &Finder<'_>) -> String {
    match needle.find(folded.as_bytes()) {
        Some(found) => around(text, folded[..found].chars().count(), needle),
        None => String::new(),
    }
}

/// The same where it is known how many characters stand before the needle.
pub fn around(text: &str, start: usize, needle: &Finder<'_>) -> String {
    let chars = needle.needle().iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    juanzong::search::snippet(text, start, start + chars, BEFORE, AFTER).text
}
