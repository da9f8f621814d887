//! Straight double quotes, paired within a paragraph.

use std::ops::Range;

use super::breaks::Role;
use super::class::is_chinese;

/// Quotes further apart are no pair, in bytes.
const PAIR: usize = 1500;

/// Pairs the straight double quotes of a text, which is read from left to right.
#[derive(Clone, Default)]
pub(super) struct Quotes {
    /// What was read of the paragraph.
    read: Range<usize>,
    /// The last pair.
    pair: Option<Range<usize>>,
}

impl Quotes {
    /// What the quote at the byte `at` does, and whether Han stands in or beside its pair. `None` if it stands alone.
    pub fn pair(&mut self, text: &str, at: usize) -> Option<(Role, bool)> {
        let bytes = text.as_bytes();
        if at < self.read.start || (at >= self.read.end && memchr::memchr(b'\n', &bytes[self.read.end..at]).is_some()) {
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |feed| feed + 1);
            (self.read, self.pair) = (start..start, None);
        }
        while self.read.end <= at {
            let Some(quote) = find(bytes, self.read.end..at + 1) else { break };
            self.read.end = quote + 1;
            if self.pair.as_ref().is_none_or(|pair| pair.end != quote) {
                self.pair = partner(bytes, self.read.start, quote).map(|end| quote..end);
            }
        }
        let pair = self.pair.as_ref()?;
        match at {
            _ if at == pair.start => Some((Role::Opens, is_full(text, pair))),
            _ if at == pair.end => Some((Role::Closes, is_full(text, pair))),
            _ => None,
        }
    }
}

/// The quote that closes what `quote` opens.
fn partner(bytes: &[u8], paragraph: usize, quote: usize) -> Option<usize> {
    // 5" is a length.
    if quote > paragraph && bytes[quote - 1].is_ascii_digit() {
        return None;
    }
    let rest = quote + 1..bytes.len().min(quote + PAIR);
    let end = memchr::memchr2(b'"', b'\n', &bytes[rest]).map(|at| quote + 1 + at)?;
    (bytes[end] == b'"').then_some(end)
}

fn find(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    memchr::memchr(b'"', &bytes[range.clone()]).map(|at| range.start + at)
}

fn is_full(text: &str, pair: &Range<usize>) -> bool {
    let before = text[..pair.start].chars().next_back();
    let after = text[pair.end + 1..].chars().next();
    let code = before == Some('=');
    let beside = before.is_some_and(is_chinese) || after.is_some_and(is_chinese);
    !code && (beside || text[pair.start + 1..pair.end].chars().any(is_chinese))
}
