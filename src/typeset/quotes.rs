//! Straight double quotes, paired within a paragraph.

use std::ops::Range;

use super::breaks::Role;
use super::class::is_chinese;

/// Quotes further apart are no pair, in bytes.
const PAIR: usize = 1500;

/// Pairs the straight double quotes of a text, which is read from left to right.
#[derive(Default)]
pub(super) struct Quotes {
    /// The paragraph that is known, up to where it was read.
    read: Range<usize>,
    /// The last pair, and whether it is drawn full-width.
    pair: Option<(Range<usize>, bool)>,
}

impl Quotes {
    /// What the quote at `at` does, and whether Han stands in or beside its pair. `None` if it stands alone.
    pub fn pair(&mut self, text: &str, at: usize) -> Option<(Role, bool)> {
        let bytes = text.as_bytes();
        if !self.read.contains(&at) && (at < self.read.end || bytes[self.read.end..at].contains(&b'\n')) {
            let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
            (self.read, self.pair) = (start..start, None);
        }
        while self.read.end <= at {
            let Some(quote) = find(bytes, self.read.end..at + 1) else { break };
            self.read.end = quote + 1;
            if self.pair.as_ref().is_some_and(|(pair, _)| pair.end == quote) {
                continue;
            }
            // 5" is a length.
            let length = quote > self.read.start && bytes[quote - 1].is_ascii_digit();
            let end = if length { None } else { find(bytes, quote + 1..bytes.len().min(quote + PAIR)) };
            self.pair = end
                .filter(|end| !bytes[quote..*end].contains(&b'\n'))
                .map(|end| (quote..end, is_full(text, quote, end)));
        }
        let (pair, full) = self.pair.as_ref()?;
        match at {
            _ if at == pair.start => Some((Role::Opens, *full)),
            _ if at == pair.end => Some((Role::Closes, *full)),
            _ => None,
        }
    }
}

fn find(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    memchr::memchr(b'"', &bytes[range.clone()]).map(|at| range.start + at)
}

fn is_full(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end + 1..].chars().next();
    let code = before == Some('=');
    let beside = before.is_some_and(is_chinese) || after.is_some_and(is_chinese);
    !code && (beside || text[start + 1..end].chars().any(is_chinese))
}
