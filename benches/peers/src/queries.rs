//! Queries drawn from the corpus itself with a fixed seed: the same corpus gives the same queries.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use juanzong::search::fold::fold;
use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Class {
    /// One Chinese character, from the commonest to the rarest.
    One,
    Two,
    ThreeToSix,
    /// One mark, two side by side, and a mark beside a character.
    Punctuation,
    /// A part of a word, or of two.
    Latin,
    Number,
    /// Two to six characters that stand nowhere like this.
    Absent,
}

impl Class {
    pub const ALL: [Self; 7] =
        [Self::One, Self::Two, Self::ThreeToSix, Self::Punctuation, Self::Latin, Self::Number, Self::Absent];

    pub fn name(self) -> &'static str {
        match self {
            Self::One => "1 character",
            Self::Two => "2 characters",
            Self::ThreeToSix => "3–6 characters",
            Self::Punctuation => "punctuation",
            Self::Latin => "Latin",
            Self::Number => "numbers",
            Self::Absent => "absent",
        }
    }

    fn wanted(self) -> usize {
        match self {
            Self::One | Self::Two => 40,
            Self::ThreeToSix => 50,
            Self::Latin => 25,
            Self::Punctuation | Self::Number => 20,
            Self::Absent => 15,
        }
    }
}

/// What is typed, in the writing of the text that it was taken from.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Query {
    pub class: Class,
    pub needle: String,
}

const SEED: u64 = 2017;
/// Documents that needles are taken from, chosen by chance.
const SAMPLE: usize = 4_000;

pub fn draw(corpus: &Corpus) -> Result<Vec<Query>> {
    let mut random = Random(SEED);
    let mut sample: Vec<Vec<char>> = Vec::new();
    let mut frequencies: HashMap<char, u32> = HashMap::new();
    let mut last_seen: HashMap<char, u32> = HashMap::new();
    corpus.each(|document, text| {
        for c in fold(text).chars() {
            if last_seen.insert(c, document) != Some(document) {
                *frequencies.entry(c).or_default() += 1;
            }
        }
        if sample.len() < SAMPLE {
            sample.push(text.chars().collect());
        } else if let Some(place) = sample.get_mut(random.below(document as usize + 1)) {
            *place = text.chars().collect();
        }
        Ok(())
    })?;

    let mut drawing = Drawing { random, seen: HashSet::new(), queries: Vec::new() };
    for needle in by_rank(&frequencies, is_han, Class::One.wanted()) {
        drawing.keep(Class::One, needle);
    }
    drawing.runs(Class::Two, &sample, is_han, 2..=2);
    drawing.runs(Class::ThreeToSix, &sample, is_han, 3..=6);
    for needle in by_rank(&frequencies, is_mark, 8) {
        drawing.keep(Class::Punctuation, needle);
    }
    drawing.pairs_of_marks(&sample);
    drawing.runs(Class::Latin, &sample, |c| c.is_ascii_alphabetic() || c == ' ', 2..=8);
    drawing.numbers(&sample);
    drawing.absent(corpus, &sample)?;
    Ok(drawing.queries)
}

struct Drawing {
    random: Random,
    /// Folded.
    seen: HashSet<String>,
    queries: Vec<Query>,
}

impl Drawing {
    fn keep(&mut self, class: Class, needle: String) {
        if self.count(class) < class.wanted() && self.seen.insert(fold(&needle)) {
            self.queries.push(Query { class, needle });
        }
    }

    fn count(&self, class: Class) -> usize {
        self.queries.iter().filter(|query| query.class == class).count()
    }

    /// A text of the sample and a place in it.
    fn place<'a>(&mut self, sample: &'a [Vec<char>]) -> &'a [char] {
        let text = &sample[self.random.below(sample.len())];
        &text[self.random.below(text.len().max(1)).min(text.len())..]
    }

    /// Fills a class with runs of characters of a kind, cut anywhere.
    fn runs(
        &mut self,
        class: Class,
        sample: &[Vec<char>],
        of_kind: impl Fn(char) -> bool,
        lengths: std::ops::RangeInclusive<usize>,
    ) {
        for _ in 0..TRIES {
            if self.count(class) == class.wanted() {
                break;
            }
            let text = self.place(sample);
            let length = lengths.start() + self.random.below(lengths.end() - lengths.start() + 1);
            if text.len() >= length && text[..length].iter().all(|c| of_kind(*c)) {
                let needle: String = text[..length].iter().collect();
                // Nobody types a blank at an end.
                if needle.trim() == needle {
                    self.keep(class, needle);
                }
            }
        }
    }

    /// Three in four are two marks, the others a mark and a character.
    fn pairs_of_marks(&mut self, sample: &[Vec<char>]) {
        for _ in 0..TRIES {
            let count = self.count(Class::Punctuation);
            if count == Class::Punctuation.wanted() {
                break;
            }
            if let [first, second, ..] = self.place(sample)
                && is_mark(*first)
                && if count % 4 == 3 { is_han(*second) } else { is_mark(*second) }
            {
                self.keep(Class::Punctuation, String::from_iter([first, second]));
            }
        }
    }

    /// One to four digits, ASCII or wide; every third with the character that follows.
    fn numbers(&mut self, sample: &[Vec<char>]) {
        for _ in 0..TRIES {
            let count = self.count(Class::Number);
            if count == Class::Number.wanted() {
                break;
            }
            let text = self.place(sample);
            let digits = text.iter().take_while(|c| is_digit(**c)).count();
            let length = digits.min(1 + self.random.below(4)) + usize::from(count % 3 == 2);
            if digits > 0 && text.len() >= length && text[length - 1] != ' ' {
                self.keep(Class::Number, text[..length].iter().collect());
            }
        }
    }

    /// Characters of any documents side by side, of which no document has them so.
    fn absent(&mut self, corpus: &Corpus, sample: &[Vec<char>]) -> Result<()> {
        let mut candidates = Vec::new();
        for length in (2..=6).cycle().take(Class::Absent.wanted() * 4) {
            let mut needle = String::new();
            while needle.chars().count() < length {
                needle.extend(self.place(sample).first().filter(|c| is_han(**c)));
            }
            candidates.push((needle.clone(), Finder::new(&fold(&needle)).into_owned()));
        }
        corpus.each(|_, text| {
            let folded = fold(text);
            candidates.retain(|(_, finder)| finder.find(folded.as_bytes()).is_none());
            Ok(())
        })?;
        candidates.into_iter().for_each(|(needle, _)| self.keep(Class::Absent, needle));
        Ok(())
    }
}

/// After which a class stays smaller: a small corpus may hold too little of it.
const TRIES: usize = 2_000_000;

/// Characters of a kind at ranks that grow by a factor, the first the commonest.
fn by_rank(frequencies: &HashMap<char, u32>, of_kind: impl Fn(char) -> bool, wanted: usize) -> Vec<String> {
    let mut ranked: Vec<(u32, char)> =
        frequencies.iter().filter(|(c, _)| of_kind(**c)).map(|(c, count)| (*count, *c)).collect();
    ranked.sort_by_key(|(count, c)| (std::cmp::Reverse(*count), *c));
    let mut chosen: Vec<String> = Vec::new();
    let mut next = 0;
    for step in 0..wanted.min(ranked.len()) {
        let rank = (ranked.len() as f64).powf(step as f64 / (wanted - 1).max(1) as f64) as usize - 1;
        next = rank.max(next).min(ranked.len() - 1);
        chosen.push(ranked[next].1.to_string());
        next += 1;
    }
    chosen
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff20}' | '·')
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}
