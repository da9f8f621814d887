//! A match with some of the text around it.

use std::ops::Range;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Snippet {
    /// One line; what was any kind of white space is a space.
    pub text: String,
    /// The match, in bytes of `text`.
    pub highlight: Range<usize>,
    /// The line that the match is in begins before `text`.
    pub cut_front: bool,
    /// The line goes on after `text`.
    pub cut_back: bool,
}

/// The characters `start..end` of `text` with at most `before` and `after` characters of the same line around them.
///
/// The snippet begins with neither white space nor closing punctuation, unless the match does, and neither begins nor ends
/// within a word or number that the match is no part of.
pub fn snippet(text: &str, start: usize, end: usize, before: usize, after: usize) -> Snippet {
    let (front, rest) = text.split_at(byte_of(text, start));
    let (found, back) = rest.split_at(byte_of(rest, end.saturating_sub(start)));

    let line_start = front.char_indices().rev().take(before).take_while(|(_, c)| !is_line_end(*c)).last();
    let first = line_start.map_or(front.len(), |(byte, _)| byte);
    let first = border(text, first..=front.len()).unwrap_or(first);
    let (dropped, context) = front.split_at(first);
    let context_front = context.trim_start_matches(|c: char| is_space(c) || is_closing(c));
    let cut_front = goes_on(dropped.chars().rev()) || context_front.len() < context.trim_start().len();

    let found_end = text.len() - back.len();
    let most = byte_of(back, after);
    let last = found_end + back[..most].find(is_line_end).unwrap_or(most);
    let last = border(text, (found_end..=last).rev()).unwrap_or(last);
    let context_back = text[found_end..last].trim_end();
    let cut_back = goes_on(text[last..].chars());

    let mut line = String::with_capacity(context_front.len() + found.len() + context_back.len());
    push_in_one_line(&mut line, context_front);
    let highlight_start = line.len();
    push_in_one_line(&mut line, found);
    let highlight = highlight_start..line.len();
    push_in_one_line(&mut line, context_back);
    Snippet { text: line, highlight, cut_front, cut_back }
}

/// Where character `index` begins, or where the text ends.
pub(super) fn byte_of(text: &str, index: usize) -> usize {
    let mut rest = text.chars();
    // Skips by the word, not by the character.
    if let Some(last) = index.checked_sub(1) {
        rest.nth(last);
    }
    text.len() - rest.as_str().len()
}

/// True if there is something to see before the line ends.
fn goes_on(chars: impl Iterator<Item = char>) -> bool {
    chars.take_while(|c| !is_line_end(*c)).any(|c| !is_space(c))
}

/// The same as `char::is_whitespace`; most characters of Chinese texts are above all of these.
#[inline]
fn is_space(c: char) -> bool {
    c <= '\u{3000}' && c.is_whitespace()
}

#[inline]
fn is_line_end(c: char) -> bool {
    c <= '\u{2029}' && matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_closing(c: char) -> bool {
    "，。、；：？！…·）】〕》〉」』”’％,.;:?!)]}>%".contains(c)
}

/// The first of some bytes that is not within a word or a number.
fn border(text: &str, mut bytes: impl Iterator<Item = usize>) -> Option<usize> {
    bytes.find(|at| text.is_char_boundary(*at) && !is_within_word(text, *at))
}

fn is_within_word(text: &str, at: usize) -> bool {
    let (mut before, mut after) = (text[..at].chars().rev(), text[at..].chars());
    let (Some(b), Some(a)) = (before.next(), after.next()) else { return false };
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_mark = |c: char| matches!(c, '.' | ',');
    let is_of_word = |c: char| c < '\u{250}' && c.is_alphanumeric();
    (is_of_word(b) && is_of_word(a))
        || (is_mark(a) && b.is_ascii_digit() && digit(after.next()))
        || (is_mark(b) && digit(before.next()) && a.is_ascii_digit())
}

fn push_in_one_line(line: &mut String, text: &str) {
    let is_other_space = |c: char| c != ' ' && is_space(c);
    if !text.contains(is_other_space) {
        return line.push_str(text);
    }
    let mut parts = text.split(is_other_space);
    line.push_str(parts.next().unwrap_or_default());
    for part in parts {
        line.push(' ');
        line.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A snippet as `text`, the match in brackets, `~` where the line is cut.
    #[track_caller]
    fn check(text: &str, range: Range<usize>, before: usize, after: usize, expected: &str) {
        let Snippet { text: line, highlight, cut_front, cut_back } =
            snippet(text, range.start, range.end, before, after);
        let mark = |cut| if cut { "~" } else { "" };
        let (front, back) = (mark(cut_front), mark(cut_back));
        let (a, m, b) = (&line[..highlight.start], &line[highlight.clone()], &line[highlight.end..]);
        assert_eq!(format!("{front}{a}[{m}]{b}{back}"), expected);
    }

    #[test]
    fn context_stands_around_the_match() {
        check("规划了温泉镇的发展", 3..5, 2, 2, "~划了[温泉]镇的~");
        check("规划了温泉镇的发展", 3..5, 20, 20, "规划了[温泉]镇的发展");
        check("规划了温泉镇的发展", 3..5, 3, 4, "规划了[温泉]镇的发展");
        check("规划了温泉镇的发展", 3..5, 0, 0, "~[温泉]~");
    }

    #[test]
    fn words_and_numbers_are_whole() {
        check("In the hot springs town there is", 11..18, 6, 7, "~hot [springs] town~");
        check("In the hot springs town there is", 11..18, 8, 9, "~the hot [springs] town~");
        check("到2017年温泉镇的120亩", 6..8, 3, 4, "~年[温泉]镇的~");
        check("到2017年温泉镇的120亩", 6..8, 5, 3, "~2017年[温泉]镇的~");
        check("共计1,340.87万元用于温泉镇", 14..16, 7, 9, "~万元用于[温泉]镇");
        check("共计1,340.87万元用于温泉镇", 14..16, 6, 9, "~万元用于[温泉]镇");
        check("温泉占12.5%的镇", 0..2, 9, 3, "[温泉]占~");
        check("温泉2017", 0..2, 9, 2, "[温泉]~");
        check("hotsprings", 3..6, 2, 2, "~ot[spr]in~");
    }

    #[test]
    fn at_the_ends_of_the_text() {
        check("温泉镇", 0..2, 5, 5, "[温泉]镇");
        check("温泉镇", 2..3, 5, 5, "温泉[镇]");
        check("温泉镇", 0..3, 5, 5, "[温泉镇]");
        check("温泉镇", 1..99, 5, 5, "温[泉镇]");
        check("温泉镇", 7..9, 1, 1, "~镇[]");
        check("", 0..0, 1, 1, "[]");
    }

    #[test]
    fn context_is_of_the_same_line() {
        check("第一行\n温泉镇\n第三行", 4..6, 9, 9, "[温泉]镇");
        check("第一行\r\n温泉镇\r\n第三行", 5..7, 9, 9, "[温泉]镇");
        check("第一行\n温泉", 2..5, 1, 9, "~一[行 温]泉");
        check("甲\t乙\u{3000}丙", 2..3, 9, 9, "甲 [乙] 丙");
    }

    #[test]
    fn the_front_is_trimmed() {
        check("规划。 温泉镇", 4..6, 2, 9, "~[温泉]镇");
        check("规划，在温泉镇", 4..6, 2, 9, "~在[温泉]镇");
        check("  在温泉镇", 3..5, 9, 9, "在[温泉]镇");
        check("）在温泉镇", 2..4, 9, 9, "~在[温泉]镇");
        check("。温泉", 0..1, 9, 9, "[。]温泉");
    }

    #[test]
    fn the_back_is_trimmed() {
        check("温泉 镇上", 0..2, 0, 1, "[温泉]~");
        check("温泉镇  \n", 0..2, 0, 1, "[温泉]镇");
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        check("𠮷𠮷a温泉𠮷b", 3..5, 2, 1, "~𠮷a[温泉]𠮷~");
        check("𠮷野家", 0..1, 1, 1, "[𠮷]野~");
    }
}
