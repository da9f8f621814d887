//! The words that stand in the texts, for fingers without a keyboard or input method: which letters may follow those
//! that were typed, so that each leads to something, and which words they stand for.
//!
//! A word is any string of a few Chinese characters within a sentence, a number or a Latin word; names may be longer.
//! In libraries so large that looking at everything would take long, the strings of a part of the documents are words.

mod strings;

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::bonds::{Bonds, first_penalty, goodness, is_chinese, last_penalty};
use super::candidates::Candidate;
use super::engine::Engine;
use super::pinyin;
use super::strokes::strokes;
use super::written::{Written, as_written};
use strings::{Strings, USUAL, pieces};

const MOST_WORDS: usize = 200_000;
/// Ways of reading a word.
const READINGS: usize = 8;
/// Letters that are typed at most.
pub const MOST_TYPED: usize = 24;

/// What it is worth to be a name, and what each unlikely reading, each character that was not typed, and being always
/// a part of the same longer string costs.
const NAME: f32 = 4.0;
const UNLIKELY: f32 = 1.5;
const AHEAD: f32 = 1.0;
const PART: f32 = 2.0;
/// What it costs to be a word of another script, and each letter that such a word is shorter than most that say something.
const LATIN: f32 = 1.0;
const SHORT: f32 = 2.0;
const LETTERS: usize = 4;
/// Stands between the syllables of a key.
const BORDER: u8 = b'\'';

/// All words, by how they are typed.
#[derive(Debug)]
pub struct Lexicon {
    /// In the order of their spelling.
    keys: Vec<Key>,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Key {
    /// `wen'quan`; of numbers and Latin words each character is a syllable.
    spelled: Box<str>,
    word: u32,
    /// Characters that are not read as they mostly are.
    unlikely: u8,
}

#[derive(Debug)]
struct Word {
    /// Folded.
    text: Box<str>,
    score: f32,
}

/// What may be typed next, and what is meant so far.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Offer {
    /// As much of what was typed as stands for something.
    pub typed: String,
    /// Each of them leads to a word.
    pub next: BTreeSet<char>,
    /// The likeliest first; each stands somewhere.
    pub words: Vec<Candidate>,
}

/// Keys that agree with what was typed so far.
#[derive(Clone, Debug, Eq, PartialEq)]
struct State {
    keys: Range<usize>,
    /// Bytes of the keys that are consumed, and those of them that are of the last syllable.
    at: usize,
    of_syllable: usize,
}

impl Lexicon {
    /// Of the texts of `engine`; `names`, which are folded, are words whatever their length.
    pub fn new(engine: &dyn Engine, names: &[String]) -> Self {
        let strings = Strings::of(engine);
        let mut bonds = Bonds::new(engine);
        let mut scored: HashMap<&str, f32> = HashMap::with_capacity(strings.counts.len());
        for (text, count) in &strings.counts {
            let part = if strings.parts.contains(text) { PART } else { 0.0 };
            scored.insert(text, score(&mut bonds, text, u64::from(*count)) - part);
        }
        for name in names.iter().flat_map(|name| pieces(name)) {
            let known = scored.get(name).copied();
            if known.is_some() || engine.count(name).places > 0 {
                let usual = known.unwrap_or_else(|| score(&mut bonds, name, 1));
                scored.insert(name, usual.max(0.0) + NAME);
            }
        }
        let mut words: Vec<Word> = scored.into_iter().map(|(text, score)| Word { text: text.into(), score }).collect();
        words.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
        words.truncate(MOST_WORDS);
        let mut keys: Vec<Key> = (0_u32..).zip(&words).flat_map(|(word, known)| spellings(&known.text, word)).collect();
        keys.sort_unstable_by(|a, b| a.spelled.cmp(&b.spelled).then(a.word.cmp(&b.word)));
        Self { keys, words }
    }

    /// What the letters stand for, at most `limit` words.
    pub fn offer(&self, engine: &dyn Engine, written: &dyn Written, typed: &str, limit: usize) -> Offer {
        let mut kept = String::new();
        let mut states = vec![State { keys: 0..self.keys.len(), at: 0, of_syllable: 0 }];
        for letter in typed.chars().take(MOST_TYPED).map(|c| c.to_ascii_lowercase()) {
            let next = u8::try_from(letter).map(|letter| self.step(&states, letter)).unwrap_or_default();
            if next.is_empty() {
                break;
            }
            states = next;
            kept.push(letter);
        }
        let mut next = BTreeSet::new();
        if kept.len() < MOST_TYPED {
            for state in &states {
                let borders = self.borders(state);
                for place in std::iter::once(state).chain(&borders) {
                    self.each_next(place, |byte, _| {
                        if byte != BORDER {
                            next.insert(char::from(byte));
                        }
                    });
                }
            }
        }
        let best = self.best(&states, limit);
        Offer { typed: kept, next, words: best.filter_map(|word| self.candidate(engine, written, word)).collect() }
    }

    /// How many strokes the first characters of words have.
    pub fn stroke_counts(&self) -> BTreeSet<u8> {
        self.words.iter().filter_map(|word| strokes(word.text.chars().next()?)).collect()
    }

    /// The first characters of words that have so many strokes; those of the likeliest words first.
    pub fn with_strokes(&self, count: u8) -> Vec<char> {
        let firsts = self.words.iter().filter_map(|word| word.text.chars().next());
        let mut known = BTreeSet::new();
        firsts.filter(|c| strokes(*c) == Some(count) && known.insert(*c)).collect()
    }

    /// At most `limit` words that begin with a character.
    pub fn beginning_with(
        &self,
        engine: &dyn Engine,
        written: &dyn Written,
        first: char,
        limit: usize,
    ) -> Vec<Candidate> {
        let words = self.words.iter().filter(|word| word.text.starts_with(first));
        words.filter_map(|word| self.candidate(engine, written, word)).take(limit).collect()
    }

    fn candidate(&self, engine: &dyn Engine, written: &dyn Written, word: &Word) -> Option<Candidate> {
        let (count, documents) = engine.densest(&word.text, 1);
        let text = as_written(engine, written, documents.first()?.document, &word.text)?;
        Some(Candidate { text, count: count.places })
    }

    /// The best words of all keys that agree, each once.
    fn best(&self, states: &[State], limit: usize) -> impl Iterator<Item = &Word> {
        let mut scores: HashMap<u32, f32> = HashMap::new();
        for state in states {
            for key in &self.keys[state.keys.clone()] {
                let rest = &key.spelled.as_bytes()[state.at..];
                let ahead = rest.iter().filter(|byte| **byte == BORDER).count().min(USUAL);
                let penalty = UNLIKELY * f32::from(key.unlikely) + AHEAD * ahead as f32;
                let score = self.words[key.word as usize].score - penalty;
                let best = scores.entry(key.word).or_insert(score);
                *best = best.max(score);
            }
        }
        let order = |a: &(u32, f32), b: &(u32, f32)| -> Ordering { b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)) };
        let mut best: Vec<(u32, f32)> = scores.into_iter().collect();
        if limit < best.len() {
            best.select_nth_unstable_by(limit, order);
            best.truncate(limit);
        }
        best.sort_by(order);
        best.into_iter().map(|(word, _)| &self.words[word as usize])
    }

    /// The states after one more letter: it goes on in its syllable, or begins the next one.
    fn step(&self, states: &[State], letter: u8) -> Vec<State> {
        let mut next = Vec::new();
        for state in states {
            let borders = self.borders(state);
            for place in std::iter::once(state).chain(&borders) {
                let keys = self.narrowed(place, letter);
                let after = State { keys, at: place.at + 1, of_syllable: place.of_syllable + 1 };
                if !after.keys.is_empty() && !next.contains(&after) {
                    next.push(after);
                }
            }
        }
        next
    }

    /// Where the next syllable may begin: after a whole one, or after its initial.
    fn borders(&self, state: &State) -> Vec<State> {
        if state.of_syllable == 0 {
            return Vec::new();
        }
        let typed = &self.keys[state.keys.start].spelled.as_bytes()[state.at - state.of_syllable..state.at];
        let initial = typed.len() == 1 || matches!(typed, b"zh" | b"ch" | b"sh");
        let (mut open, mut found) = (vec![state.clone()], Vec::new());
        while let Some(place) = open.pop() {
            self.each_next(&place, |byte, keys| {
                let after = State { keys, at: place.at + 1, of_syllable: 0 };
                if byte == BORDER {
                    found.push(after);
                } else if initial {
                    open.push(after);
                }
            });
        }
        found
    }

    /// The bytes that follow in the keys of a state, each with those keys.
    fn each_next(&self, state: &State, mut see: impl FnMut(u8, Range<usize>)) {
        let mut start = state.keys.start;
        while start < state.keys.end {
            let byte = self.byte(start, state.at);
            let rest = &self.keys[start..state.keys.end];
            let end = start + rest.partition_point(|key| key.spelled.as_bytes().get(state.at).copied() <= byte);
            if let Some(byte) = byte {
                see(byte, start..end);
            }
            start = end;
        }
    }

    fn narrowed(&self, state: &State, letter: u8) -> Range<usize> {
        let keys = &self.keys[state.keys.clone()];
        let before = |key: &Key| key.spelled.as_bytes().get(state.at).copied();
        let start = keys.partition_point(|key| before(key) < Some(letter));
        let end = keys.partition_point(|key| before(key) <= Some(letter));
        state.keys.start + start..state.keys.start + end
    }

    fn byte(&self, key: usize, at: usize) -> Option<u8> {
        self.keys[key].spelled.as_bytes().get(at).copied()
    }
}

/// The ways in which a word is typed.
fn spellings(text: &str, word: u32) -> Vec<Key> {
    let mut ways = vec![(String::new(), 0_u8)];
    for c in text.chars() {
        let likely = pinyin::likeliest(c);
        let mut syllables: Vec<(String, u8)> = pinyin::sound(c)
            .syllables()
            .iter()
            .map(|syllable| {
                let unlikely = u8::from(Some(*syllable) != likely);
                (pinyin::syllables()[syllable.index()].to_owned(), unlikely)
            })
            .collect();
        if syllables.is_empty() {
            syllables.push((c.to_string(), 0));
        }
        syllables.sort_by_key(|(_, unlikely)| *unlikely);
        let longer = |(spelled, unlikely): &(String, u8)| -> Vec<(String, u8)> {
            let border = if spelled.is_empty() { "" } else { "'" };
            let with = |(syllable, more): &(String, u8)| (format!("{spelled}{border}{syllable}"), unlikely + more);
            syllables.iter().map(with).collect()
        };
        ways = ways.iter().flat_map(longer).collect();
        ways.sort_by_key(|(_, unlikely)| *unlikely);
        ways.truncate(READINGS);
    }
    ways.into_iter().map(|(spelled, unlikely)| Key { spelled: spelled.into(), word, unlikely }).collect()
}

/// How much of a word it is, by itself.
fn score(bonds: &mut Bonds<'_>, text: &str, count: u64) -> f32 {
    let chars: Vec<char> = text.chars().collect();
    let weakest = chars.windows(2).map(|pair| bonds.bond_of(pair[0], pair[1])).fold(0.0, f32::min);
    let ends = chars.first().map_or(0.0, |c| first_penalty(*c)) + chars.last().map_or(0.0, |c| last_penalty(*c));
    if chars.first().is_some_and(|c| is_chinese(*c)) {
        return goodness(weakest, count) - ends;
    }
    let letters = chars.iter().filter(|c| c.is_ascii_alphabetic()).count();
    let short = if letters == chars.len() { LETTERS.saturating_sub(letters) } else { 0 };
    goodness(0.0, count) - LATIN - SHORT * short as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{AsWritten, texts};
    use super::*;

    const TEXTS: &[&str] =
        &["汝州温泉镇，2016年的温泉；GDP", "温泉、重庆、温权", "广成泽国家湿地公园，广成泽国家湿地公园", "長江"];

    fn offer(typed: &str) -> Offer {
        let engine = texts(TEXTS);
        Lexicon::new(&engine, &["汝州温泉镇".to_owned()]).offer(&engine, &AsWritten(TEXTS), typed, 12)
    }

    fn words(typed: &str) -> Vec<String> {
        offer(typed).words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_found_in_full_by_initials_and_mixed() {
        for typed in ["wenquan", "wenq", "wq", "wquan", "WQ"] {
            assert_eq!(words(typed)[0], "温泉", "{typed}");
            assert!(words(typed).contains(&"温权".to_owned()), "{typed}");
        }
        assert_eq!(words("rzwqz"), ["汝州温泉镇"]);
        assert_eq!(words("gczgjsdgy"), ["广成泽国家湿地公园"]);
        assert_eq!(words("2016"), ["2016"]);
        assert_eq!(words("gdp"), ["GDP"]);
        assert_eq!(words("cq")[0], "重庆");
        assert_eq!(words("cj")[0], "長江", "as it is written");
    }

    #[test]
    fn short_words_of_latin_letters_come_last() {
        let written =
            ["The hall of the village, a hall of the 19th century", "The water of a well, in 1987 and of the hall"];
        let engine = texts(&written);
        let offer = Lexicon::new(&engine, &[]).offer(&engine, &AsWritten(&written), "", 99);
        let place =
            |word: &str| offer.words.iter().position(|offered| offered.text.eq_ignore_ascii_case(word)).expect(word);
        for word in ["hall", "village", "well", "1987"] {
            for short in ["a", "of", "in"] {
                assert!(place(word) < place(short), "{word} {short}");
            }
        }
        assert!(place("hall") < place("the"));
    }

    #[test]
    fn what_leads_nowhere_is_cut_off() {
        let offer = offer("wenqx");
        assert_eq!(offer.typed, "wenq");
        assert!(offer.next.contains(&'u') && offer.next.contains(&'z') && !offer.next.contains(&'x'));
        assert!(!offer.words.is_empty());
    }

    #[test]
    fn words_are_found_by_the_strokes_of_their_first_character() {
        let engine = texts(TEXTS);
        let lexicon = Lexicon::new(&engine, &[]);
        assert!(lexicon.stroke_counts().contains(&12));
        assert!(lexicon.with_strokes(12).contains(&'温'));
        let words = lexicon.beginning_with(&engine, &AsWritten(TEXTS), '温', 3);
        assert_eq!((words[0].text.as_str(), words[0].count), ("温泉", 3));
    }

    #[test]
    fn there_may_be_no_text() {
        let engine = texts(&[]);
        let lexicon = Lexicon::new(&engine, &["温泉".to_owned()]);
        assert_eq!(lexicon.offer(&engine, &AsWritten(&[]), "wen", 9), Offer::default());
    }

    proptest! {
        /// A finger that presses any of the letters that are offered always finds something, and only what is there.
        #[test]
        fn every_letter_that_is_offered_leads_to_words_that_stand_there(
            texts in prop::collection::vec("[温泉镇重庆西安先长江乐音a2的，]{0,9}", 1..5),
            presses in prop::collection::vec(0_usize..40, 1..9),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let engine = super::super::testing::texts(&texts);
            let lexicon = Lexicon::new(&engine, &[]);
            let mut typed = String::new();
            for press in presses {
                let offer = lexicon.offer(&engine, &AsWritten(&texts), &typed, 12);
                prop_assert_eq!(&offer.typed, &typed);
                prop_assert_eq!(offer.words.is_empty(), lexicon.keys.is_empty());
                for word in &offer.words {
                    prop_assert_eq!(word.count, engine.count(&super::super::fold::fold(&word.text)).places);
                }
                for letter in "abcdefghijklmnopqrstuvwxyz0123456789".chars() {
                    let further = lexicon.offer(&engine, &AsWritten(&texts), &format!("{typed}{letter}"), 1);
                    let leads = further.typed.len() > typed.len();
                    prop_assert_eq!(leads, offer.next.contains(&letter), "{} then {}", typed, letter);
                    prop_assert!(!leads || !further.words.is_empty());
                }
                let Some(letter) = offer.next.iter().nth(press % offer.next.len().max(1)) else { break };
                typed.push(*letter);
            }
        }
    }
}
