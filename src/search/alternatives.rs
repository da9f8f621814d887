//! What a folded needle may be written as where one character stands for several: ㎡ for m2 and 平方米, ⑩ for 10.
//!
//! Folding maps one character to one, so these are told apart in the texts, and made one when something is looked for.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::{expansions, fold};

/// Ways of writing a needle, itself with them.
pub const MOST_ALTERNATIVES: usize = 16;
/// Bytes of a needle that are looked at: what is pasted is found as it is.
const LONGEST_NEEDLE: usize = 1_000;

/// What units are called; the first table says only how they are abbreviated.
const NAMES: &[(char, &[&str])] = &[
    ('㎡', &["平方米"]),
    ('㎥', &["立方米"]),
    ('㎢', &["平方公里", "平方千米"]),
    ('㎞', &["公里", "千米"]),
    ('㎝', &["厘米"]),
    ('㎜', &["毫米"]),
    ('㎏', &["公斤", "千克"]),
    ('㎎', &["毫克"]),
    ('㎖', &["毫升"]),
    ('㏊', &["公顷"]),
    ('㎾', &["千瓦"]),
    ('℃', &["摄氏度", "°c", "度"]),
];

/// A character that stands for several, and one of the ways to write these.
struct Expansion {
    compact: char,
    plain: String,
}

static EXPANSIONS: LazyLock<Vec<Expansion>> = LazyLock::new(|| {
    let named = NAMES.iter().flat_map(|(c, names)| names.iter().map(|name| (*c, fold(name))));
    let mut all: Vec<Expansion> = Vec::new();
    for (compact, plain) in expansions().chain(named) {
        if !all.iter().any(|known| known.compact == compact && known.plain == plain) {
            all.push(Expansion { compact, plain });
        }
    }
    all
});

/// Expansions by the compact character, and by the first character of the plain ones.
static BY_FIRST: LazyLock<HashMap<char, Vec<usize>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<usize>> = HashMap::new();
    for (i, expansion) in EXPANSIONS.iter().enumerate() {
        by_first.entry(expansion.compact).or_default().push(i);
        if let Some(first) = expansion.plain.chars().next() {
            by_first.entry(first).or_default().push(i);
        }
    }
    by_first
});

/// The ways in which a folded needle may be written, itself first: with characters for what they stand for, and with
/// what they stand for instead of them. At most [`MOST_ALTERNATIVES`], all different.
///
/// `stands` tells whether a character stands anywhere in the texts: ways of writing that need others are left out.
pub fn alternatives(needle: &str, stands: impl Fn(char) -> bool) -> Vec<String> {
    let mut found = vec![needle.to_owned()];
    if needle.len() > LONGEST_NEEDLE {
        return found;
    }
    // Each step rewrites one place further on; what is written plain and what is compact are never mixed up, since no
    // plain form holds a compact character.
    let mut open: Vec<(usize, String)> = vec![(0, needle.to_owned())];
    while let Some((from, text)) = open.pop() {
        for (at, c) in text[from..].char_indices().map(|(at, c)| (from + at, c)) {
            for expansion in BY_FIRST.get(&c).into_iter().flatten().map(|i| &EXPANSIONS[*i]) {
                let Some((written, next)) = rewritten(&text, at, c, expansion, &stands) else { continue };
                if found.len() == MOST_ALTERNATIVES {
                    return found;
                }
                if !found.contains(&written) {
                    open.push((next, written.clone()));
                    found.push(written);
                }
            }
        }
    }
    found
}

/// `text` with the expansion turned round at a byte, and the byte after it.
fn rewritten(
    text: &str,
    at: usize,
    c: char,
    expansion: &Expansion,
    stands: impl Fn(char) -> bool,
) -> Option<(String, usize)> {
    let (before, rest) = text.split_at(at);
    let Expansion { compact, plain } = expansion;
    if c == *compact {
        let after = &rest[c.len_utf8()..];
        let written = format!("{before}{plain}{after}");
        return plain.chars().all(stands).then_some((written, at + plain.len()));
    }
    let after = rest.strip_prefix(plain.as_str())?;
    let whole = is_ligature(*compact)
        || (!goes_on(before.chars().next_back(), plain.chars().next())
            && !goes_on(plain.chars().next_back(), after.chars().next()));
    (whole && stands(*compact)).then(|| (format!("{before}{compact}{after}"), at + compact.len_utf8()))
}

/// Letters that are printed as one in any word; other characters stand for whole words and numbers.
fn is_ligature(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fb06}' | 'ĳ' | 'ǆ' | 'ǉ' | 'ǌ' | 'ǳ')
}

/// True if a word or a number goes on from one character to the next.
fn goes_on(a: Option<char>, b: Option<char>) -> bool {
    let both = |is: fn(&char) -> bool| a.as_ref().is_some_and(is) && b.as_ref().is_some_and(is);
    both(char::is_ascii_digit) || both(char::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(needle: &str, expected: &[&str]) {
        assert_eq!(alternatives(&fold(needle), |_| true), expected, "{needle}");
    }

    /// With only those characters in the texts.
    #[track_caller]
    fn check_in(needle: &str, texts: &str, expected: &[&str]) {
        assert_eq!(alternatives(&fold(needle), |c| fold(texts).contains(c)), expected, "{needle}");
    }

    #[test]
    fn most_needles_are_written_in_one_way() {
        check("温泉", &["温泉"]);
        check("", &[""]);
    }

    #[test]
    fn a_unit_is_a_character_and_its_names() {
        check("㎡", &["㎡", "m2", "平方米"]);
        check("m2", &["m2", "㎡"]);
        check("m²", &["m2", "㎡"]);
        check("120平方米", &["120平方米", "120㎡"]);
        check("公里", &["公里", "㎞"]);
        check("千米", &["千米", "㎞"]);
        check("㎞", &["㎞", "km", "公里", "千米"]);
        check("63℃", &["63℃", "63°c", "63摄氏度", "63度"]);
    }

    #[test]
    fn numbers_in_circles_and_brackets() {
        check_in("10", "⑩", &["10", "⑩"]);
        check("⑩", &["⑩", "10"]);
        check_in("⑴", "(1)", &["⑴", "(1)"]);
        check_in("（1）", "⑴", &["(1)", "⑴"]);
        check_in("㈠", "(一)", &["㈠", "(一)"]);
        check_in("1/2", "½", &["1/2", "½"]);
    }

    #[test]
    fn ligatures_stand_within_words() {
        check_in("office", "ﬁﬀﬃ", &["office", "oﬀice", "oﬃce", "ofﬁce"]);
        check("ﬁne", &["ﬁne", "fine"]);
    }

    #[test]
    fn other_characters_stand_for_whole_words_and_numbers() {
        check_in("2010", "⑩", &["2010"]);
        check_in("notes", "№", &["notes"]);
        check_in("no 5", "№", &["no 5", "№ 5"]);
    }

    #[test]
    fn what_needs_absent_characters_is_left_out() {
        check_in("㎡", "平方米", &["㎡", "平方米"]);
        check_in("10", "10", &["10"]);
        check_in("平方米", "m2", &["平方米"]);
    }

    #[test]
    fn there_are_only_so_many() {
        assert_eq!(alternatives("㎞㎞㎞㎞", |_| true).len(), MOST_ALTERNATIVES);
    }

    proptest! {
        #[test]
        fn alternatives_are_different_folded_and_begin_with_the_needle(text in "[m2㎡平方米10⑩一(㈠)fiﬁﬃ温]{0,10}") {
            let needle = fold(&text);
            let found = alternatives(&needle, |_| true);
            prop_assert_eq!(&found[0], &needle);
            for (i, way) in found.iter().enumerate() {
                prop_assert_eq!(&fold(way), way);
                prop_assert!(!found[..i].contains(way));
            }
        }
    }
}
