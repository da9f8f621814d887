//! Where a long text is cut to be looked at piece by piece.
//!
//! A piece begins where nothing reaches across: after a line feed, between two ideographs of no number, between two
//! words. The places depend on the text alone, so that it does not matter where one begins to read.

use super::class::{is_combining, is_ideograph, is_invisible};
use super::units::in_units;

/// A piece begins in each so many bytes.
const STEP: usize = 1024;

/// Where the piece begins that holds the byte `at`.
pub(super) fn start(text: &str, at: usize) -> usize {
    let step = at / STEP;
    let mut start = first_in(text, step);
    if start > at {
        start = first_in(text, step - 1);
    }
    text.as_bytes()[start..at].iter().rposition(|byte| *byte == b'\n').map_or(start, |feed| start + feed + 1)
}

/// Where the piece ends that begins at `start`: before a line feed, where the next begins, or with the text.
pub(super) fn end(text: &str, start: usize) -> usize {
    let step = start / STEP;
    let mut end = first_in(text, step);
    if end <= start {
        end = first_in(text, step + 1);
    }
    text.as_bytes()[start..end].iter().position(|byte| *byte == b'\n').map_or(end, |feed| start + feed)
}

/// Whether a piece that begins or ends here cuts a word: what stands around it must be known.
pub(super) fn cuts(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let (last, third) = (before.next(), before.next());
    match (last, text[start..].chars().next()) {
        (_, Some('\n')) => false,
        (Some(a), Some(b)) => !is_apart(third, a, b),
        _ => false,
    }
}

/// The first place in a step where a piece may begin.
fn first_in(text: &str, step: usize) -> usize {
    let from = step * STEP;
    if step == 0 || from >= text.len() {
        return from.min(text.len());
    }
    let from = text.ceil_char_boundary(from);
    let to = text.ceil_char_boundary((from + STEP).min(text.len()));
    let mut before = text[..from].chars().rev();
    let (mut last, mut third) = (before.next().unwrap_or('\n'), before.next());
    let mut between_clusters = None;
    for (i, c) in text[from..to].char_indices() {
        if is_apart(third, last, c) {
            return from + i;
        }
        if between_clusters.is_none() && !is_combining(c) && !is_invisible(c) && !is_invisible(last) && c < '\u{1F000}'
        {
            between_clusters = Some(from + i);
        }
        (third, last) = (Some(last), c);
    }
    if to == text.len() && between_clusters.is_none() { text.len() } else { between_clusters.unwrap_or(from) }
}

/// Whether nothing reaches across the place between `a` and `b`.
fn is_apart(before: Option<char>, a: char, b: char) -> bool {
    match (a, b) {
        ('\n', _) => true,
        (' ', b) => b.is_ascii_alphabetic() && before.is_some_and(|c| c.is_ascii_lowercase()),
        _ => is_ideograph(a) && is_ideograph(b) && !in_units(a) && a > '\u{3400}' && b > '\u{3400}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_each_other_wherever_one_begins_to_read() {
        for text in [
            String::new(),
            "温".repeat(5000),
            "a".repeat(5000),
            "word ".repeat(1000),
            "\u{301}".repeat(3000),
            "👩\u{200D}".repeat(1000),
            "12亿元".repeat(500),
            "温泉\n\n小镇".repeat(400),
        ] {
            let mut at = 0;
            while at < text.len() {
                let end = end(&text, at);
                assert!(end > at || text[at..].starts_with('\n'), "{at}");
                assert!(end - at <= 2 * STEP + 8, "{at}..{end}");
                assert_eq!(start(&text, at), at);
                let middle = text.floor_char_boundary((at + end) / 2);
                assert_eq!(start(&text, middle.max(at)), at, "{middle}");
                at = if text[end..].starts_with('\n') { end + 1 } else { end };
            }
        }
    }
}
