//! How many letters of a term a syllable consumes, by the way in which the term is read.

use super::pinyin;
use super::spelling::{Mode, Spelling};

/// Bit n: the syllable consumes n + 1 units.
pub(super) type Lengths = u8;

pub(super) fn table(spelling: &Spelling, lengths: impl Fn(usize, &[char], &str) -> Lengths) -> Vec<Lengths> {
    let mut table = Vec::with_capacity(spelling.units().len() * pinyin::syllables().len());
    for at in 0..spelling.units().len() {
        let reach = spelling.reach(at);
        table.extend(pinyin::syllables().iter().map(|syllable| lengths(at, reach, syllable)));
    }
    table
}

pub(super) fn length(len: usize) -> Lengths {
    match len {
        1..=8 => 1 << (len - 1),
        _ => 0,
    }
}

pub(super) fn each(lengths: Lengths) -> impl Iterator<Item = usize> {
    (1..=8).filter(move |len| lengths & length(*len) != 0)
}

/// How many letters `units` and `syllable` have in common from the start.
fn common(units: &[char], syllable: &str) -> usize {
    units.iter().zip(syllable.chars()).take_while(|(unit, letter)| *unit == letter).count()
}

pub(super) fn whole(reach: &[char], syllable: &str) -> Lengths {
    if common(reach, syllable) == syllable.len() { length(syllable.len()) } else { 0 }
}

/// `rest`, the last letters of the term, as the beginning of a syllable.
pub(super) fn begun(rest: &[char], reach: &[char], syllable: &str, mode: Mode) -> Lengths {
    if rest.len() >= syllable.len() || reach.len() < rest.len() || common(rest, syllable) < rest.len() {
        return 0;
    }
    let allowed = match mode {
        Mode::Begun => true,
        Mode::Extended => pinyin::is_syllable(&syllable[..rest.len()]),
        Mode::Whole | Mode::Initials => false,
    };
    if allowed { length(rest.len()) } else { 0 }
}

pub(super) fn initials(reach: &[char], syllable: &str) -> Lengths {
    let two = matches!(syllable.get(..2), Some("zh" | "ch" | "sh"));
    match common(reach, syllable) {
        0 => 0,
        1 => length(1),
        _ if two => length(1) | length(2),
        _ => length(1),
    }
}

pub(super) fn slipped(reach: &[char], syllable: &str) -> Lengths {
    // Any letter would be the only one of a syllable, but for a slip.
    if syllable.len() < 2 {
        return 0;
    }
    let lens = syllable.len() - 1..=(syllable.len() + 1).min(reach.len());
    lens.filter(|len| is_one_slip(&reach[..*len], syllable)).fold(0, |lengths, len| lengths | length(len))
}

/// One letter wrong, missing or too many, or two neighbours swapped.
fn is_one_slip(units: &[char], syllable: &str) -> bool {
    let letters: Vec<char> = syllable.chars().collect();
    let front = common(units, syllable);
    let (a, b) = (&units[front..], &letters[front..]);
    match (a, b) {
        ([], []) => false,
        ([x, y, a @ ..], [v, w, b @ ..]) if (x, y) == (w, v) && a == b => true,
        _ => {
            let (a1, b1) = (a.get(1..).unwrap_or_default(), b.get(1..).unwrap_or_default());
            (!a.is_empty() && !b.is_empty() && a1 == b1) || (!a.is_empty() && a1 == b) || (!b.is_empty() && a == b1)
        }
    }
}
