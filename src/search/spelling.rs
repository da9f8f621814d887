//! A term as pinyin: its letters, the syllable borders that were typed, and what they can be read as.

use super::fold::fold_char;
use super::pinyin;

/// zhuang, chuang, shuang
const LONGEST_SYLLABLE: usize = 6;
/// Units of a term that can be spelled: nobody types more, and pasted text is found as it is.
const LONGEST_TERM: usize = 1_000;

/// What of a term is spelled: letters by the sound of characters, everything else by itself.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Spelling {
    units: Vec<char>,
    /// For each unit: a syllable must not go on from the unit before into this one.
    borders: Vec<bool>,
    capitals: bool,
}

/// What the letters of a [`Spelling`] may stand for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mode {
    /// Whole syllables.
    Whole,
    /// Whole syllables, of which the last may go on (`wenqu`: 温泉).
    Extended,
    /// Whole syllables and the beginning of a last one (`wenq`).
    Begun,
    /// The first letters of syllables, or their zh, ch and sh (`wq`).
    Initials,
}

impl Spelling {
    /// `None` if nothing in the text is a letter that characters could be spelled with.
    pub fn of(typed: &str) -> Option<Self> {
        let mut spelling = Self { capitals: !typed.chars().any(char::is_lowercase), ..Self::default() };
        let mut border = false;
        for c in typed.chars() {
            let mut unit = if is_u_umlaut(c) { 'v' } else { fold_char(c) };
            if unit == '\'' {
                border = true;
                continue;
            }
            // After these letters ü is written as u.
            if unit == 'v' && matches!(spelling.units.last(), Some('j' | 'q' | 'x' | 'y')) {
                unit = 'u';
            }
            spelling.units.push(unit);
            spelling.borders.push(border);
            border = false;
        }
        let spellable = spelling.units.len() <= LONGEST_TERM && spelling.units.iter().any(char::is_ascii_lowercase);
        spellable.then_some(spelling)
    }

    /// One after the other, with a syllable border between them.
    pub fn joined<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut joined = Self { capitals: true, ..Self::default() };
        for part in parts {
            let start = joined.units.len();
            joined.units.extend(&part.units);
            joined.borders.extend(&part.borders);
            if start > 0 {
                joined.borders[start] = true;
            }
            joined.capitals &= part.capitals;
        }
        joined
    }

    pub fn units(&self) -> &[char] {
        &self.units
    }

    /// True if no letter was typed as a small one: the way in which abbreviations such as GDP are written.
    pub fn capitals(&self) -> bool {
        self.capitals
    }

    pub fn all_letters(&self) -> bool {
        self.units.iter().all(char::is_ascii_lowercase)
    }

    /// The units from `at` to the next border: those that one syllable can take, and one more for a slip.
    pub fn reach(&self, at: usize) -> &[char] {
        let len = self.borders[at..].iter().skip(1).take(LONGEST_SYLLABLE).take_while(|border| !**border).count() + 1;
        &self.units[at..at + len]
    }

    /// True if the letters are whole syllables.
    pub fn is_complete(&self) -> bool {
        self.parses(false).possible
    }

    /// True if the letters are whole syllables, or the beginning of such.
    pub fn begins_complete(&self) -> bool {
        self.parses(true).possible
    }

    /// The ways of reading the term, the likeliest first; the first one by which anything is found is the meant one.
    /// `xian` is 先 and 西安 rather than 下年, `shi` is 是 rather than three initials.
    pub fn modes(&self) -> &'static [Mode] {
        let parses = self.parses(true);
        match (parses.long_piece, self.is_complete()) {
            (true, true) => &[Mode::Extended, Mode::Begun, Mode::Initials],
            (true, false) => &[Mode::Begun, Mode::Initials],
            // Each letter would stand for one character.
            (false, _) => &[Mode::Initials],
        }
    }

    /// True if each letter can only stand for one character.
    pub fn is_initials(&self) -> bool {
        self.modes() == [Mode::Initials]
    }

    /// The way of reading words that may be one: as [`Self::modes`], but never as initials, which words are not.
    pub fn joined_mode(&self) -> Mode {
        if self.is_complete() { Mode::Extended } else { Mode::Begun }
    }

    /// True if initials can say enough: two letters, or one beside a Chinese character. Not the G of 5G.
    pub fn has_initials(&self) -> bool {
        let letters = self.units.iter().filter(|unit| unit.is_ascii_lowercase()).count();
        let chinese = self.units.iter().any(|unit| !pinyin::sound(*unit).syllables().is_empty());
        letters >= 2 || chinese
    }

    fn parses(&self, begun: bool) -> Parses {
        let mut at: Vec<Parses> = vec![Parses::default(); self.units.len() + 1];
        at[0].possible = true;
        for start in 0..self.units.len() {
            let here = at[start];
            if !here.possible {
                continue;
            }
            if !self.units[start].is_ascii_lowercase() {
                at[start + 1].reached_from(here, 1);
                continue;
            }
            let reach = self.reach(start);
            let letters: String =
                reach.iter().take_while(|unit| unit.is_ascii_lowercase()).take(LONGEST_SYLLABLE).collect();
            for len in 1..=letters.len() {
                let last = begun && start + len == self.units.len();
                if pinyin::is_syllable(&letters[..len]) || (last && pinyin::begins_syllable(&letters[..len])) {
                    at[start + len].reached_from(here, len);
                }
            }
        }
        at.pop().unwrap_or_default()
    }
}

/// What is known of the ways to read the units up to some place as syllables.
#[derive(Clone, Copy, Default)]
struct Parses {
    possible: bool,
    /// Some way has a piece of two or more letters.
    long_piece: bool,
}

impl Parses {
    fn reached_from(&mut self, before: Self, letters: usize) {
        self.possible = true;
        self.long_piece |= before.long_piece || letters > 1;
    }
}

fn is_u_umlaut(c: char) -> bool {
    "üǖǘǚǜÜǕǗǙǛ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn spelling(typed: &str) -> Spelling {
        Spelling::of(typed).unwrap_or_else(|| panic!("{typed} has letters"))
    }

    #[test]
    fn units_are_the_letters_to_spell_with() {
        let check = |typed, expected: &str| assert_eq!(spelling(typed).units().iter().collect::<String>(), expected);
        check("WenQuan", "wenquan");
        check("ｗｅｎ", "wen");
        check("xi'an", "xian");
        check("nü", "nv");
        check("LǛ", "lv");
        check("wēnquán", "wenquan");
        check("qüanjv", "quanju");
        check("溫quan", "温quan");
        assert_eq!(Spelling::of("温泉 2024"), None);
    }

    #[test]
    fn a_syllable_reaches_to_the_next_border() {
        let check = |typed, at, expected: &str| {
            assert_eq!(spelling(typed).reach(at).iter().collect::<String>(), expected, "{typed}")
        };
        check("xian", 0, "xian");
        check("xi'an", 0, "xi");
        check("xi’an", 1, "i");
        check("xi'an", 2, "an");
        check("'xian'", 0, "xian");
    }

    #[test]
    fn borders_stand_between_joined_parts() {
        let joined = Spelling::joined([&spelling("xi'an"), &spelling("shi")]);
        assert_eq!(joined, spelling("xi'an'shi"));
    }

    #[test]
    fn whole_syllables_are_complete() {
        let check = |typed, complete, begins| {
            let spelling = spelling(typed);
            assert_eq!((spelling.is_complete(), spelling.begins_complete()), (complete, begins), "{typed}");
        };
        check("wenquan", true, true);
        check("wenq", false, true);
        check("温quan", true, true);
        check("wq", false, false);
        check("xi'an", true, true);
        check("x'ian", false, false);
        check("report", false, false);
        check("lü", true, true);
        check("nue", true, true);
    }

    #[test]
    fn modes_follow_from_the_letters() {
        use Mode::{Begun, Extended, Initials};
        let check = |typed, expected: &[Mode]| assert_eq!(spelling(typed).modes(), expected, "{typed}");
        check("wenquan", &[Extended, Begun, Initials]);
        check("shi", &[Extended, Begun, Initials]);
        check("wenq", &[Begun, Initials]);
        check("zh", &[Begun, Initials]);
        check("wq", &[Initials]);
        check("aq", &[Initials]);
        check("温q", &[Initials]);
        check("5G", &[Initials]);
    }

    #[test]
    fn one_letter_beside_a_digit_is_no_initial() {
        let check = |typed, expected| assert_eq!(spelling(typed).has_initials(), expected, "{typed}");
        check("wq", true);
        check("温q", true);
        check("5G", false);
    }
}
