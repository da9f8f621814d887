//! Does the text at some place sound like the term? All ways of cutting the letters into syllables at once.
//!
//! A state is how many units of the term are consumed. A character of the text consumes a unit that is the character
//! itself, or as many letters as one of its readings covers; the table of those is made once for each term, so that a
//! long term or an ambiguous one (`xianxianxian`) costs no more than its length.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use super::lengths::{Lengths, begun, each, initials, length, slipped, table, whole};
use super::pinyin::{self, BASIC_PLANE, Syllable};
use super::spelling::{Mode, Spelling};
use super::walk::Memory;

#[derive(Debug)]
pub(super) struct Automaton {
    units: Vec<char>,
    /// For each unit and each syllable what it consumes from there.
    steps: Vec<Lengths>,
    /// The same with one slip of the pen in the syllable; empty if none is forgiven.
    slips: Vec<Lengths>,
    /// The units, each once, in order: characters that may stand for themselves.
    literals: Vec<char>,
    /// For each sound its class: sounds of one class do the same everywhere. The literals have the last classes.
    class_of: Vec<u16>,
    basic_plane: OnceLock<BasicPlane>,
    first_literal: usize,
    /// For each class and each unit what is consumed from there, without and with a slip.
    moves: Vec<[Lengths; 2]>,
    /// For each class whether a match can begin with it.
    begins: Vec<bool>,
    /// What walks that have ended have left.
    pub memories: Mutex<Vec<Memory>>,
}

/// What nearly all characters do that are read, where it is found soonest.
#[derive(Debug)]
struct BasicPlane {
    classes: Vec<u16>,
    /// A bit for each character that a match can begin with.
    begins: Vec<u64>,
}

#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct State {
    /// Units consumed.
    pub at: usize,
    /// Some character was found by its sound.
    pub spelled: bool,
    pub slipped: bool,
}

impl Automaton {
    /// Finds what is read as `spelling`.
    pub fn new(spelling: &Spelling, mode: Mode) -> Self {
        let steps = table(spelling, |at, reach, syllable| match mode {
            Mode::Initials => initials(reach, syllable),
            _ => whole(reach, syllable) | begun(&spelling.units()[at..], reach, syllable, mode),
        });
        Self::with(spelling.units().to_vec(), steps, Vec::new())
    }

    /// Finds what is read as `spelling` would be without one slip: a letter wrong, missing, too many, or two swapped.
    pub fn forgiving(spelling: &Spelling) -> Self {
        let steps = table(spelling, |_, reach, syllable| whole(reach, syllable));
        let slips = table(spelling, |_, reach, syllable| slipped(reach, syllable));
        Self::with(spelling.units().to_vec(), steps, slips)
    }

    /// Finds what sounds like `text`, which is folded, and is as long.
    pub fn homophones(text: &str) -> Self {
        let units: Vec<char> = text.chars().collect();
        let mut steps = vec![0; units.len() * pinyin::syllables().len()];
        for (at, unit) in units.iter().enumerate() {
            for syllable in pinyin::sound(*unit).syllables() {
                steps[at * pinyin::syllables().len() + syllable.index()] = length(1);
            }
        }
        Self::with(units, steps, Vec::new())
    }

    /// Automata of two neighbouring pieces each, in order: wherever this one finds something, each of them does, or its
    /// units stand there as they are. Empty if there are no three pieces, or if slips are forgiven.
    ///
    /// Pieces end where no syllable reaches across.
    pub fn neighbours(&self) -> Vec<Self> {
        if !self.slips.is_empty() {
            return Vec::new();
        }
        let syllables = pinyin::syllables().len();
        let mut is_border = vec![true; self.units.len() + 1];
        for (at, steps) in self.steps.chunks_exact(syllables).enumerate() {
            let lengths = steps.iter().fold(0, |all, lengths| all | lengths);
            if let Some(farthest) = each(lengths).last() {
                is_border[at + 1..at + farthest].fill(false);
            }
        }
        let borders: Vec<usize> = (0..is_border.len()).filter(|at| is_border[*at]).collect();
        if borders.len() < 4 {
            return Vec::new();
        }
        let part = |borders: &[usize]| {
            let (start, end) = (borders[0], borders[2]);
            let steps = self.steps[start * syllables..end * syllables].to_vec();
            Self::with(self.units[start..end].to_vec(), steps, Vec::new())
        };
        borders.windows(3).map(part).collect()
    }

    /// The units as they are.
    pub fn literally(&self) -> String {
        self.units.iter().collect()
    }

    fn with(units: Vec<char>, steps: Vec<Lengths>, slips: Vec<Lengths>) -> Self {
        let mut literals = units.clone();
        literals.sort_unstable();
        literals.dedup();
        let mut automaton = Self {
            units,
            steps,
            slips,
            literals,
            class_of: Vec::with_capacity(pinyin::sounds()),
            basic_plane: OnceLock::new(),
            first_literal: 0,
            moves: Vec::new(),
            begins: Vec::new(),
            memories: Mutex::default(),
        };
        automaton.classify();
        automaton
    }

    fn classify(&mut self) {
        let mut known: HashMap<Vec<[Lengths; 2]>, u16> = HashMap::new();
        let mut class_of = |moves: Vec<[Lengths; 2]>| {
            let class = known.len() as u16;
            *known.entry(moves).or_insert(class)
        };
        let of_syllables: Vec<u16> =
            pinyin::all_syllables().map(|syllable| class_of(self.moves_of(&[syllable]))).collect();
        // Of thousands of sounds most have syllables of the same classes.
        let mut of_sounds: HashMap<Vec<u16>, u16> = HashMap::new();
        let mut classes = Vec::new();
        for sound in pinyin::all_sounds() {
            classes.clear();
            classes.extend(sound.syllables().iter().map(|syllable| of_syllables[syllable.index()]));
            classes.sort_unstable();
            classes.dedup();
            let class = match of_sounds.get(&classes) {
                Some(class) => *class,
                None => {
                    let class = class_of(self.moves_of(sound.syllables()));
                    of_sounds.insert(classes.clone(), class);
                    class
                }
            };
            self.class_of.push(class);
        }
        self.first_literal = known.len();
        let mut moves: Vec<_> = known.into_iter().collect();
        moves.sort_unstable_by_key(|(_, class)| *class);
        self.moves = moves.into_iter().flat_map(|(moves, _)| moves).collect();
        for index in 0..self.literals.len() {
            let moves = self.moves_of(pinyin::sound(self.literals[index]).syllables());
            self.moves.extend(moves);
        }
        self.begins = (0..self.first_literal + self.literals.len())
            .map(|class| !self.after(&[State::default()], class).is_empty())
            .collect();
    }

    fn moves_of(&self, syllables: &[Syllable]) -> Vec<[Lengths; 2]> {
        let all = |table: &[Lengths]| {
            syllables.iter().filter_map(|syllable| table.get(syllable.index())).fold(0, |all, one| all | one)
        };
        let rows = (0..self.units.len()).map(|at| at * pinyin::syllables().len());
        rows.map(|row| [&self.steps, &self.slips].map(|table| all(table.get(row..).unwrap_or_default()))).collect()
    }

    /// False if no match begins with this character.
    #[inline]
    pub fn may_begin(&self, c: char) -> bool {
        match self.basic_plane().begins.get(c as usize / 64) {
            Some(bits) => (bits >> (c as u32 % 64)) & 1 == 1,
            None => self.begins[self.class(c)],
        }
    }

    /// Characters of one class do the same everywhere: a number below [`Self::classes`].
    #[inline]
    pub fn class(&self, c: char) -> usize {
        match self.basic_plane().classes.get(c as usize) {
            Some(class) => usize::from(*class),
            None => match self.literals.binary_search(&c) {
                Ok(literal) => self.first_literal + literal,
                Err(_) => usize::from(self.class_of[pinyin::sound(c).index()]),
            },
        }
    }

    #[inline]
    fn basic_plane(&self) -> &BasicPlane {
        self.basic_plane.get_or_init(|| {
            let mut classes = vec![self.class_of[0]; BASIC_PLANE];
            for (first, sounds) in pinyin::pages() {
                let of_page = classes[first..].iter_mut().zip(sounds);
                of_page.for_each(|(class, sound)| *class = self.class_of[sound.index()]);
            }
            for (number, literal) in (self.first_literal..).zip(&self.literals) {
                if let Some(class) = classes.get_mut(*literal as usize) {
                    *class = number as u16;
                }
            }
            let begins = |class: &u16| u64::from(self.begins[usize::from(*class)]);
            let word = |classes: &[u16]| classes.iter().rev().fold(0, |bits, class| bits << 1 | begins(class));
            let begins = classes.chunks(64).map(word).collect();
            BasicPlane { classes, begins }
        })
    }

    pub fn classes(&self) -> usize {
        self.begins.len()
    }

    /// The states after a character of a class, of which none has ended before it; in order.
    pub fn after(&self, states: &[State], class: usize) -> Vec<State> {
        let mut next = Vec::new();
        states.iter().filter(|state| !self.is_end(**state)).for_each(|state| self.step(*state, class, &mut next));
        next.sort_unstable();
        next
    }

    /// Characters of a match that are not read as they mostly are; of its likeliest reading.
    pub fn unlikely(&self, text: &str) -> usize {
        let mut states = vec![(State::default(), 0)];
        let mut best = usize::MAX;
        for c in text.chars() {
            let likely = pinyin::likeliest(c);
            let mut next: Vec<(State, usize)> = Vec::new();
            for (state, unlikely) in states {
                if self.is_end(state) {
                    best = best.min(unlikely);
                    continue;
                }
                let mut with = |after: State, more: usize| next.push((after, unlikely + more));
                if self.units[state.at] == c {
                    with(State { at: state.at + 1, ..state }, 0);
                }
                for syllable in pinyin::sound(c).syllables() {
                    for len in each(self.lengths(state, *syllable)) {
                        with(
                            State { at: state.at + len, spelled: true, ..state },
                            usize::from(Some(*syllable) != likely),
                        );
                    }
                }
            }
            next.sort_unstable();
            next.dedup_by_key(|(state, _)| *state);
            states = next;
        }
        let ends = states.into_iter().filter(|(state, _)| self.is_end(*state)).map(|(_, unlikely)| unlikely);
        ends.min().unwrap_or(usize::MAX).min(best)
    }

    pub fn is_end(&self, state: State) -> bool {
        state.at >= self.units.len()
    }

    fn step(&self, state: State, class: usize, next: &mut Vec<State>) {
        let literal = class.checked_sub(self.first_literal).map(|literal| &self.literals[literal]);
        if literal == self.units.get(state.at) {
            push(next, State { at: state.at + 1, ..state });
        }
        let [lengths, slips] = self.moves[class * self.units.len() + state.at];
        for len in each(lengths) {
            push(next, State { at: state.at + len, spelled: true, ..state });
        }
        if !state.slipped {
            for len in each(slips) {
                push(next, State { at: state.at + len, spelled: true, slipped: true });
            }
        }
    }

    fn lengths(&self, state: State, syllable: Syllable) -> Lengths {
        self.steps[state.at * pinyin::syllables().len() + syllable.index()]
    }
}

fn push(states: &mut Vec<State>, state: State) {
    if !states.contains(&state) {
        states.push(state);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::walk::Walk;
    use super::*;

    #[track_caller]
    fn check(automaton: &Automaton, text: &str, expected: Option<usize>) {
        let begins = text.chars().next().is_some_and(|c| automaton.may_begin(c));
        let found = Walk::new(automaton).longest(text);
        assert_eq!(found, expected, "{text} in {:?}", automaton.units);
        assert!(begins || found.is_none(), "{text} may not begin a match");
    }

    fn automaton(typed: &str, mode: Mode) -> Automaton {
        Automaton::new(&Spelling::of(typed).expect("has letters"), mode)
    }

    #[test]
    fn a_class_does_what_its_characters_do() {
        let automaton = automaton("温q2", Mode::Initials);
        assert!(automaton.classes() < 20, "{}", automaton.classes());
        for c in '\0'..='\u{33000}' {
            let literal = automaton.literals.contains(&c);
            let moves = automaton.moves_of(pinyin::sound(c).syllables());
            let class = automaton.class(c);
            assert_eq!(automaton.moves[class * automaton.units.len()..][..automaton.units.len()], moves, "{c}");
            assert_eq!(class >= automaton.first_literal, literal, "{c}");
            assert_eq!(automaton.may_begin(c), automaton.begins[class], "{c}");
        }
    }

    #[test]
    fn whole_syllables() {
        let check = |typed, text, expected| check(&automaton(typed, Mode::Whole), text, expected);
        check("wenquan", "温泉镇", Some(2));
        check("wenqua", "温泉镇", None);
        check("wenq", "温泉镇", None);
        check("温quan", "温泉镇", Some(2));
        check("wen泉", "温泉镇", Some(2));
        check("wenquan2", "温泉2号", Some(3));
        check("wenquan", "wenquan", None);
        check("agu", "a股", Some(2));
        check("xian", "先西安", Some(1));
        check("xian", "西安先", Some(2));
        check("xi'an", "先西安", None);
        check("xianxian", "西安西安", Some(4));
        check("xianxian", "先西安", Some(3));
    }

    #[test]
    fn the_last_syllable_may_go_on() {
        let check = |typed, text, expected| check(&automaton(typed, Mode::Extended), text, expected);
        check("wenqu", "温泉", Some(2));
        check("wenq", "温泉", None);
        check("xian", "想", Some(1));
        check("xian", "下年", None);
        check("shi", "时间", Some(1));
    }

    #[test]
    fn the_last_syllable_may_be_begun() {
        let check = |typed, text, expected| check(&automaton(typed, Mode::Begun), text, expected);
        check("wenq", "温泉", Some(2));
        check("w", "温泉", Some(1));
        check("wq", "温泉", None);
        check("xi'a", "西安", Some(2));
        check("xian", "下年", Some(2));
    }

    #[test]
    fn initials() {
        let check = |typed, text, expected| check(&automaton(typed, Mode::Initials), text, expected);
        check("wq", "温泉镇", Some(2));
        check("wqz", "温泉镇", Some(3));
        check("wqzh", "温泉镇", Some(3));
        check("zh", "综合", Some(2));
        check("zh", "镇上", Some(1));
        check("z'h", "镇上", None);
        check("温qz", "温泉镇", Some(3));
        check("wenq", "温泉", None);
    }

    #[test]
    fn one_slip_is_forgiven() {
        let check = |typed: &str, text, expected| {
            check(&Automaton::forgiving(&Spelling::of(typed).expect("has letters")), text, expected);
        };
        check("wenqan", "温泉", Some(2));
        check("wengquan", "温泉", Some(2));
        check("wemquan", "温泉", Some(2));
        check("wnequan", "温泉", Some(2));
        check("wnequna", "温泉", None);
        check("wenquan", "温泉", Some(2));
    }

    #[test]
    fn a_reading_that_a_character_seldom_has_is_unlikely() {
        let check = |typed, text, expected| {
            assert_eq!(automaton(typed, Mode::Whole).unlikely(text), expected, "{typed} in {text}");
        };
        check("wenquan", "温泉", 0);
        check("zhongqing", "重庆", 0);
        check("chongqing", "重庆", 1);
        check("温quan", "温泉", 0);
        check("xian", "先", 0);
    }

    #[test]
    fn homophones() {
        let check = |text: &str, other, expected| check(&Automaton::homophones(text), other, expected);
        check("文泉", "温泉镇", Some(2));
        check("文a泉", "温a泉", Some(3));
        check("文泉", "温水", None);
        check("文泉", "文泉", Some(2));
    }

    /// The longest beginning of `text` that is read as `letters`, by trying all readings one after the other.
    fn naive(text: &[char], letters: &str) -> Option<usize> {
        if letters.is_empty() {
            return Some(0);
        }
        let (first, rest) = text.split_first()?;
        let readings = pinyin::readings(*first).filter_map(|reading| letters.strip_prefix(reading));
        readings.filter_map(|letters| naive(rest, letters)).max().map(|len| len + 1)
    }

    proptest! {
        #[test]
        fn all_ways_of_reading_are_tried_and_no_others(
            text in prop::collection::vec(prop::sample::select("西先安下年县现念阿洗".chars().collect::<Vec<_>>()), 1..8),
            pieces in prop::collection::vec(prop::sample::select(vec!["xi", "an", "xian", "a", "n", "nian", "x", "ia"]), 1..6),
        ) {
            let typed = pieces.concat();
            let expected = naive(&text, &typed);
            let text = String::from_iter(text);
            prop_assert_eq!(Walk::new(&automaton(&typed, Mode::Whole)).longest(&text), expected);
        }
    }
}
