//! The sounds of Chinese characters, without tones: every reading that a character has, not the likeliest alone.
//!
//! 重庆 is found by `chongqing` and by `zhongqing`, and what a folded character sounds like is what any of its forms
//! sounds like (干 has 乾's qian). Readings are spelled as they are typed: ü as `v`.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::packed::unpack_lines;

use super::fold::fold_char;

/// The readings of a character, none for one that is not Chinese. 略 and 虐 have `lve` and `lue`, `nve` and `nue`.
pub fn readings(c: char) -> impl Iterator<Item = &'static str> {
    sound(fold_char(c)).syllables().iter().map(|syllable| TABLE.syllables[syllable.0 as usize])
}

/// A syllable that some character is read as.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Syllable(u16);

impl Syllable {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All the readings of a character. Characters that sound the same share one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Sound(u16);

impl Sound {
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    pub fn syllables(self) -> &'static [Syllable] {
        &TABLE.sounds[self.0 as usize]
    }
}

/// The sound of a folded character: one without any syllable if it is not Chinese.
#[inline]
pub(super) fn sound(folded: char) -> Sound {
    TABLE.sound(folded)
}

/// The characters of the basic plane, by pages of neighbours, with the sound of each; pages without any are left out.
pub(super) fn pages() -> impl Iterator<Item = (usize, &'static [Sound])> {
    let pages = TABLE.pages.iter().take(BASIC_PLANE / PAGE).enumerate().filter(|(_, page)| **page != 0);
    pages.map(|(number, page)| (number * PAGE, &TABLE.sound_at[usize::from(*page) * PAGE..][..PAGE]))
}

/// The reading that a folded character mostly has.
pub(super) fn likeliest(folded: char) -> Option<Syllable> {
    (sound(folded) != SILENT).then(|| TABLE.likeliest_at[TABLE.place(folded)])
}

/// How many sounds there are.
pub(super) fn sounds() -> usize {
    TABLE.sounds.len()
}

/// Every sound, in the order of their indexes.
pub(super) fn all_sounds() -> impl Iterator<Item = Sound> {
    (0..sounds()).map(|index| Sound(index as u16))
}

/// All syllables in alphabetical order; a [`Syllable`] is an index into it.
pub(super) fn syllables() -> &'static [&'static str] {
    &TABLE.syllables
}

/// Every syllable, in the order of their indexes.
pub(super) fn all_syllables() -> impl Iterator<Item = Syllable> {
    (0..TABLE.syllables.len()).map(|index| Syllable(index as u16))
}

pub(super) fn is_syllable(letters: &str) -> bool {
    TABLE.syllables.binary_search(&letters).is_ok()
}

/// True if a syllable begins with `letters`, or is them.
pub(super) fn begins_syllable(letters: &str) -> bool {
    let next = TABLE.syllables.partition_point(|syllable| *syllable < letters);
    TABLE.syllables.get(next).is_some_and(|syllable| syllable.starts_with(letters))
}

const PAGE: usize = 256;
/// Code points of 16 bits.
pub(super) const BASIC_PLANE: usize = 1 << 16;

/// What is no Chinese character.
const SILENT: Sound = Sound(0);

static TABLE: LazyLock<Table> = LazyLock::new(Table::build);

struct Table {
    syllables: Vec<&'static str>,
    /// The first one is [`SILENT`].
    sounds: Vec<Vec<Syllable>>,
    /// Sounds by code point in pages; page 0 has no Chinese character.
    pages: Vec<u16>,
    sound_at: Vec<Sound>,
    /// Of every folded character that sounds.
    likeliest_at: Vec<Syllable>,
}

impl Table {
    fn build() -> Self {
        let mut readings_of: HashMap<char, Vec<&'static str>> = HashMap::new();
        for (c, readings) in listed() {
            readings_of.entry(fold_char(c)).or_default().extend(readings.split(' '));
        }
        let distinct: BTreeSet<&str> = readings_of.values().flatten().copied().collect();
        let mut table = Self {
            syllables: distinct.into_iter().collect(),
            sounds: vec![Vec::new()],
            pages: vec![0; (char::MAX as usize + 1) / PAGE],
            sound_at: vec![SILENT; PAGE],
            likeliest_at: Vec::new(),
        };
        let mut known: HashMap<Vec<Syllable>, Sound> = HashMap::new();
        for (c, readings) in readings_of {
            let mut syllables: Vec<Syllable> = readings.iter().filter_map(|reading| table.syllable(reading)).collect();
            syllables.sort_unstable();
            syllables.dedup();
            let sound = *known.entry(syllables).or_insert_with_key(|syllables| {
                table.sounds.push(syllables.clone());
                Sound((table.sounds.len() - 1) as u16)
            });
            table.set(c, sound);
        }
        table.likeliest_at = table.sound_at.iter().map(|sound| table.first(*sound)).collect();
        for (c, readings) in listed().filter(|(c, _)| fold_char(*c) == *c) {
            if let Some(likeliest) = readings.split(' ').next().and_then(|reading| table.syllable(reading)) {
                let place = table.place(c);
                table.likeliest_at[place] = likeliest;
            }
        }
        table
    }

    fn first(&self, sound: Sound) -> Syllable {
        self.sounds[sound.index()].first().copied().unwrap_or(Syllable(0))
    }

    fn syllable(&self, reading: &str) -> Option<Syllable> {
        self.syllables.binary_search(&reading).ok().map(|index| Syllable(index as u16))
    }

    fn set(&mut self, c: char, sound: Sound) {
        let page = c as usize / PAGE;
        if self.pages[page] == 0 {
            self.pages[page] = (self.sound_at.len() / PAGE) as u16;
            self.sound_at.resize(self.sound_at.len() + PAGE, SILENT);
        }
        let place = self.place(c);
        self.sound_at[place] = sound;
    }

    #[inline]
    fn place(&self, c: char) -> usize {
        self.pages[c as usize / PAGE] as usize * PAGE + c as usize % PAGE
    }

    #[inline]
    fn sound(&self, c: char) -> Sound {
        self.sound_at[self.place(c)]
    }
}

/// Every character that has readings, with them: the likeliest first, parted by blanks.
fn listed() -> impl Iterator<Item = (char, &'static str)> {
    static READINGS: LazyLock<String> =
        LazyLock::new(|| unpack_lines(include_bytes!("../../assets/tables/pinyin.txt.br")));
    let parted = READINGS.lines().filter_map(|line| line.rsplit_once(' '));
    parted.flat_map(|(readings, chars)| chars.chars().map(move |c| (c, readings)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(c: char, expected: &[&str]) {
        assert_eq!(readings(c).collect::<Vec<_>>(), expected, "{c}");
    }

    #[test]
    fn a_character_has_all_its_readings() {
        check('泉', &["quan"]);
        check('重', &["chong", "tong", "zhong"]);
        check('女', &["nv", "ru"]);
        check('略', &["lue", "lve"]);
        check('嗯', &["en"]);
        check('a', &[]);
        check('，', &[]);
    }

    #[test]
    fn the_likeliest_reading_is_the_first_that_is_listed() {
        for (c, expected) in [('重', "zhong"), ('长', "zhang"), ('温', "wen"), ('女', "nv"), ('嗯', "en")] {
            assert_eq!(likeliest(c).map(|syllable| syllables()[syllable.index()]), Some(expected), "{c}");
        }
        assert_eq!(likeliest('，'), None);
    }

    #[test]
    fn traditional_and_simplified_forms_share_their_readings() {
        for (traditional, simplified) in [('溫', '温'), ('長', '长'), ('銀', '银')] {
            assert!(readings(traditional).eq(readings(simplified)), "{traditional}");
        }
        assert!(readings('干').any(|reading| reading == "qian"));
    }

    #[test]
    fn syllables_are_typed_letters_with_a_vowel() {
        for syllable in syllables() {
            assert!(syllable.bytes().all(|b| b.is_ascii_lowercase()), "{syllable}");
            assert!(syllable.contains(['a', 'e', 'i', 'o', 'u', 'v']), "{syllable}");
            assert!(syllable.len() <= 6, "{syllable}");
        }
    }

    #[test]
    fn syllables_and_their_beginnings_are_known() {
        assert!(is_syllable("quan") && is_syllable("lue") && !is_syllable("qua"));
        assert!(begins_syllable("qua") && begins_syllable("quan") && begins_syllable("w"));
        assert!(!begins_syllable("quanz") && !begins_syllable("i"));
    }
}
