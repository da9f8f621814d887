//! How often an automaton finds something in a text.
//!
//! All its states are followed at once, as bits of a number: bit n is set where what follows in the text can stand for
//! all units from n on. A text is therefore read from its end, and where bit 0 is set a match begins.

use super::automaton::Automaton;
use super::pinyin;
use super::scan::places;
use super::walk::Walk;

/// Units that have bits beside the one for the end.
const MOST_UNITS: usize = 63;

#[derive(Debug)]
pub(super) enum Occurrences<'a> {
    InBits(Bits),
    /// A long term, or one with slips.
    Walked(&'a Automaton, Walk<'a>),
}

impl<'a> Occurrences<'a> {
    pub fn of(automaton: &'a Automaton) -> Self {
        match Bits::of(automaton) {
            Some(bits) => Self::InBits(bits),
            None => Self::Walked(automaton, Walk::new(automaton)),
        }
    }

    /// The number of places in a folded text where a match begins.
    pub fn count(&mut self, folded: &str) -> u32 {
        match self {
            Self::InBits(bits) => bits.count(folded),
            Self::Walked(automaton, walk) => places(folded, automaton, walk).count() as u32,
        }
    }
}

#[derive(Debug)]
pub(super) struct Bits {
    /// The bit for the end.
    end: u64,
    /// How many units some syllable consumes.
    lengths: Vec<u32>,
    /// For each sound the units from which it consumes any, and for each of the lengths those from which so many.
    steps: Vec<u64>,
    /// Characters that stand for themselves, with the units that they are.
    literals: Vec<(char, u64)>,
    /// A bit for each literal by its lowest bits: other characters are mostly none.
    sieve: u64,
}

impl Bits {
    fn of(automaton: &Automaton) -> Option<Self> {
        let units = automaton.units();
        if units.len() > MOST_UNITS {
            return None;
        }
        // For each syllable and each length, from 1, the units.
        let mut by_syllable = vec![[0_u64; 8]; pinyin::syllables().len()];
        for (syllable, masks) in pinyin::all_syllables().zip(&mut by_syllable) {
            for at in 0..units.len() {
                automaton.consumed_by(at, syllable)?.for_each(|len| masks[len - 1] |= 1 << at);
            }
        }
        let lengths: Vec<u32> =
            (1..=8).filter(|len| by_syllable.iter().any(|masks| masks[*len as usize - 1] != 0)).collect();
        let steps = pinyin::all_sounds().flat_map(|sound| {
            let mask = |len: &u32| {
                let masks = sound.syllables().iter().map(|syllable| by_syllable[syllable.index()][*len as usize - 1]);
                masks.fold(0, |all, mask| all | mask)
            };
            let masks: Vec<u64> = lengths.iter().map(mask).collect();
            [masks.iter().fold(0, |any, mask| any | mask)].into_iter().chain(masks)
        });
        let steps = steps.collect();
        let mut literals: Vec<(char, u64)> = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            match literals.iter_mut().find(|(c, _)| c == unit) {
                Some((_, mask)) => *mask |= 1 << at,
                None => literals.push((*unit, 1 << at)),
            }
        }
        let sieve = literals.iter().fold(0, |sieve, (c, _)| sieve | 1 << (*c as u32 % 64));
        Some(Self { end: 1 << units.len(), lengths, steps, literals, sieve })
    }

    fn count(&self, folded: &str) -> u32 {
        let (mut all, mut spelled) = (self.end, 0_u64);
        let mut count = 0;
        let size = 1 + self.lengths.len();
        for c in folded.chars().rev() {
            let (sound, literal) = (pinyin::sound(c).index() * size, self.literal(c));
            let written = (all >> 1) & literal;
            spelled = (spelled >> 1) & literal;
            if self.steps[sound] != 0 {
                for (len, mask) in self.lengths.iter().zip(&self.steps[sound + 1..]) {
                    spelled |= (all >> len) & mask;
                }
            }
            all = written | spelled | self.end;
            count += (spelled & 1) as u32;
        }
        count
    }

    /// The units that a character is.
    #[inline]
    fn literal(&self, c: char) -> u64 {
        if (self.sieve >> (c as u32 % 64)) & 1 == 0 {
            return 0;
        }
        self.literals.iter().find(|(literal, _)| *literal == c).map_or(0, |(_, mask)| *mask)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::spelling::{Mode, Spelling};
    use super::*;

    #[track_caller]
    fn check(typed: &str, mode: Mode, text: &str, expected: u32) {
        let automaton = Automaton::new(&Spelling::of(typed).expect("letters"), mode);
        assert_eq!(Occurrences::of(&automaton).count(text), expected, "{typed} in {text}");
    }

    #[test]
    fn every_place_counts_once() {
        check("wenquan", Mode::Whole, "温泉与温泉镇\0文权", 3);
        check("wenquan", Mode::Whole, "温\0泉wenquan", 0);
        check("温quan", Mode::Whole, "温泉温温泉", 2);
        check("xianxian", Mode::Whole, "西安西安先", 2);
        check("zhgc", Mode::Initials, "之后改成\0这个才", 2);
        check("w", Mode::Begun, "温温w", 2);
    }

    #[test]
    fn a_term_may_have_any_length() {
        for times in [9, 10, 30] {
            check(&"wenquan".repeat(times), Mode::Whole, &"温泉".repeat(31), 32 - times as u32);
        }
    }

    proptest! {
        #[test]
        fn as_many_places_are_counted_as_are_walked_to(
            text in "[温泉镇重庆西安先下年女绿略虐长a行银wqx'5n\0]{0,24}",
            pieces in prop::collection::vec(prop::sample::select(
                "wen quan zhen chong qing xi an xian nian nv lue lu w q zh z x y h n a ' 温 西 5 chang".split(' ').collect::<Vec<_>>(),
            ), 1..6),
        ) {
            let Some(spelling) = Spelling::of(&pieces.concat()) else { return Ok(()) };
            let modes = [Mode::Whole, Mode::Extended, Mode::Begun, Mode::Initials];
            let automata = modes.map(|mode| Automaton::new(&spelling, mode)).into_iter();
            for automaton in automata.chain([Automaton::forgiving(&spelling)]) {
                let expected = places(&text, &automaton, &mut Walk::new(&automaton)).count() as u32;
                prop_assert_eq!(Occurrences::of(&automaton).count(&text), expected, "{:?}", automaton);
            }
        }
    }
}
