//! The archive's own words for what is typed in pinyin, as an input method would offer them: strings that stand in the
//! texts, the likeliest to be meant first.
//!
//! There is no dictionary. Whether a string is a word is judged by the texts themselves: by how often it stands there,
//! how much its characters keep to each other, and how freely it is used, with this before it and that after it.

use std::collections::{HashMap, HashSet};

use super::automaton::Automaton;
use super::engine::{Engine, Posting};
use super::expansion::{Branch, Expansion, Step};
use super::fold::fold;
use super::scan::readings;
use super::spelling::Spelling;
use super::texts::Texts;
use super::walk::Point;

/// A word of the texts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Candidate {
    /// As it is written where it stands first.
    pub text: String,
    /// Its places in all texts; never 0.
    pub count: u64,
}

/// Characters of a word.
const LONGEST: usize = 8;
/// Beginnings of each length that are followed further.
const BEAM: usize = 512;
/// Of the beginnings with the same last character, those that are followed, and how many ways each.
const SIBLINGS: usize = 16;
const WAYS: usize = 48;
/// Strings of each way of reading whose likeliest readings are looked at, and whose places.
const READ: usize = 160;
const LOOKED_AT: usize = 40;
/// Documents in which the places of a string are looked at, and places.
const DOCUMENTS: usize = 16;
const PLACES: usize = 48;
/// Characters after a string by which it may go on to be a longer word.
const AHEAD: usize = 4;

/// Characters that no word, or hardly any, begins or ends with.
const PARTICLES: &str = "的了和在是与及等为以对把被将从向由于而但也都又就还很更最这那其之个并或着过们到地得里上下中不有要";

/// At most `limit` words for letters of pinyin, in full, begun, or initials, and characters among them; the best first.
/// Words of the `favoured` texts come before others: titles, persons, places, keywords.
pub fn candidates(
    engine: &dyn Engine,
    texts: &dyn Texts,
    typed: &str,
    favoured: &[&str],
    limit: usize,
) -> Vec<Candidate> {
    let blanks_as_borders: String = fold(typed.trim()).replace(' ', "'");
    let Some(spelling) = Spelling::of(&blanks_as_borders) else { return Vec::new() };
    let favoured: Vec<String> = favoured.iter().map(|text| fold(text)).collect();
    let mut bar = Bar { sense: Sense::new(engine), texts, favoured: &favoured, words: HashMap::new() };
    for (likeliness, automaton) in readings(&spelling).enumerate() {
        bar.read(&automaton, likeliness as f32);
    }
    bar.best(limit)
}

/// What is known of the characters of the texts.
struct Sense<'a> {
    engine: &'a dyn Engine,
    /// Logarithms of the numbers of places, by code point.
    counts: Vec<f32>,
    followers: HashMap<char, Vec<(char, u64)>>,
}

impl<'a> Sense<'a> {
    fn new(engine: &'a dyn Engine) -> Self {
        let mut counts = Vec::new();
        engine.characters(&mut |c, count| {
            counts.resize(c as usize + 1, 0.0);
            counts[c as usize] = logarithm(count + 1);
        });
        Self { engine, counts, followers: HashMap::new() }
    }

    fn pair(&mut self, first: char, second: char) -> u64 {
        let followers = self.followers.entry(first).or_insert_with(|| {
            let mut followers = Vec::new();
            self.engine.followers(first, &mut |c, count| followers.push((c, count)));
            followers
        });
        followers.binary_search_by_key(&second, |(c, _)| *c).map_or(0, |index| followers[index].1)
    }

    /// How much two neighbours keep to each other: 0 if they are always together, less if not.
    fn bond(&self, first: char, second: char, places: u64) -> f32 {
        let count = |c: char| self.counts.get(c as usize).copied().unwrap_or(0.0);
        if places == 0 { -20.0 } else { 2.0 * logarithm(places) - count(first) - count(second) }
    }

    fn bond_of(&mut self, first: char, second: char) -> f32 {
        let places = self.pair(first, second);
        self.bond(first, second, places)
    }
}

fn logarithm(count: u64) -> f32 {
    (count as f32).ln()
}

struct Word {
    score: f32,
    count: u64,
    first: u32,
}

struct Bar<'a> {
    sense: Sense<'a>,
    texts: &'a dyn Texts,
    favoured: &'a [String],
    words: HashMap<String, Word>,
}

/// A string that may be a word, before its places are looked at.
struct Draft {
    text: String,
    score: f32,
}

/// The beginning of a string.
#[derive(Clone, Copy)]
struct Beginning {
    /// Without its last character; an index into the beginnings that are one shorter.
    parent: usize,
    last: char,
    point: Point,
    places: u64,
    /// All bonds together.
    bonds: f32,
    score: f32,
}

impl Bar<'_> {
    fn read(&mut self, automaton: &Automaton, likeliness: f32) {
        let mut drafts = self.drafts(automaton);
        drafts.sort_by(|a, b| b.score.total_cmp(&a.score));
        drafts.truncate(READ);
        for draft in &mut drafts {
            draft.score -= 1.5 * automaton.unlikely(&draft.text) as f32;
        }
        drafts.sort_by(|a, b| b.score.total_cmp(&a.score));
        drafts.truncate(LOOKED_AT);
        for draft in drafts {
            let unlikely = automaton.unlikely(&draft.text) as f32;
            self.look_at(&draft.text, 1.5 * likeliness + 1.5 * unlikely);
        }
    }

    fn drafts(&mut self, automaton: &Automaton) -> Vec<Draft> {
        let mut expansion = Expansion::new(self.sense.engine, automaton);
        let mut drafts = Vec::new();
        for start in expansion.starts() {
            if expansion.is_match(&start) {
                self.begun(&start, &mut drafts);
            }
        }
        let starts = expansion.starts().into_iter().filter(|start| expansion.goes_on(start));
        let mut levels: Vec<Vec<Beginning>> = vec![starts.map(|start| Beginning { parent: 0, last: start.last, point: start.point, places: start.places, bonds: 0.0, score: 0.0 }).collect()];
        for chars in 2..=LONGEST {
            let level = &mut levels[chars - 2];
            level.sort_unstable_by(|a, b| (a.last, a.point).cmp(&(b.last, b.point)).then(b.score.total_cmp(&a.score)));
            let mut longer: Vec<Beginning> = Vec::new();
            let mut index = 0;
            for siblings in level.chunk_by(|a, b| (a.last, a.point) == (b.last, b.point)) {
                let (last, point) = (siblings[0].last, siblings[0].point);
                let steps = expansion.steps(last, point);
                let mut steps: Vec<(f32, Step)> = steps.iter().map(|step| (self.sense.bond(last, step.c, step.places), *step)).collect();
                let siblings_len = siblings.len();
                let siblings = if chars > 2 {
                    if steps.len() > WAYS {
                        steps.select_nth_unstable_by(WAYS, |a, b| goodness(b.0, b.1.places).total_cmp(&goodness(a.0, a.1.places)));
                        steps.truncate(WAYS);
                    }
                    &siblings[..siblings_len.min(SIBLINGS)]
                } else { siblings };
                for (i, parent) in siblings.iter().enumerate() {
                    for (bond, step) in &steps {
                        let places = parent.places.min(step.places);
                        let bonds = parent.bonds + bond;
                        let score = goodness(bonds / (chars - 1) as f32, places) - if chars == 2 { particle(last) } else { 0.0 };
                        longer.push(Beginning { parent: index + i, last: step.c, point: step.point, places, bonds, score });
                    }
                }
                index += siblings_len;
            }
            let mut whole: Vec<(f32, usize)> = longer.iter().enumerate()
                .filter(|(_, b)| expansion.is_match_at(b.point)).map(|(i, b)| (b.score - particle(b.last), i)).collect();
            if whole.len() > READ {
                whole.select_nth_unstable_by(READ, |a, b| b.0.total_cmp(&a.0));
                whole.truncate(READ);
            }
            for (score, i) in whole {
                let mut text = vec![longer[i].last];
                let mut parent = longer[i].parent;
                for level in levels.iter().rev() {
                    text.push(level[parent].last);
                    parent = level[parent].parent;
                }
                drafts.push(Draft { text: text.into_iter().rev().collect(), score });
            }
            longer.retain(|b| expansion.goes_on_at(b.point));
            if chars > 2 && longer.len() > BEAM {
                longer.select_nth_unstable_by(BEAM, |a, b| b.score.total_cmp(&a.score));
                longer.truncate(BEAM);
            }
            if longer.is_empty() {
                break;
            }
            levels.push(longer);
        }
        drafts
    }

    /// Words that begin with a character that is all that is typed.
    fn begun(&mut self, start: &Branch, drafts: &mut Vec<Draft>) {
        let mut followers = Vec::new();
        self.sense.engine.followers(start.last, &mut |c, places| followers.push((c, places)));
        for (c, places) in followers.into_iter().filter(|(c, _)| is_han(*c)) {
            let text = format!("{}{c}", start.text);
            let bond = self.sense.bond(start.last, c, places);
            drafts.push(Draft { score: goodness(bond, places) - particle(start.last) - particle(c) - 0.5, text });
        }
    }

    fn look_at(&mut self, text: &str, penalty: f32) {
        if self.words.contains_key(text) {
            return;
        }
        let postings = self.sense.engine.find(text);
        let count: u64 = postings.iter().map(|posting| u64::from(posting.count)).sum();
        let Some(first) = postings.first().map(|posting| posting.document) else { return };
        let surroundings = self.surroundings(text, &postings);
        let score = self.score(text, count, &surroundings) - penalty;
        self.words.insert(text.to_owned(), Word { score, count, first });
        self.look_ahead(text, count, first, &surroundings, penalty);
    }

    /// Longer words that begin with `text`.
    fn look_ahead(&mut self, text: &str, count: u64, first: u32, around: &[Around], penalty: f32) {
        let mut ahead: HashMap<String, Vec<Around>> = HashMap::new();
        for place in around {
            for len in 1..=place.after.len() {
                if !is_han(place.after[len - 1]) {
                    break;
                }
                let longer: String = text.chars().chain(place.after[..len].iter().copied()).collect();
                if longer.chars().count() > LONGEST { break; }
                ahead.entry(longer).or_default().push(Around { before: place.before, after: place.after[len..].to_vec() });
            }
        }
        for (longer, places) in ahead {
            if places.len() < 2 || self.words.contains_key(&longer) {
                continue;
            }
            let share = places.len() as f64 / around.len() as f64;
            let count = ((count as f64 * share).round() as u64).max(1);
            let score = self.score(&longer, count, &places) - penalty - 1.0;
            self.words.insert(longer, Word { score, count: 0, first });
        }
    }

    fn surroundings(&self, text: &str, postings: &[Posting]) -> Vec<Around> {
        let stride = postings.len().div_ceil(DOCUMENTS).max(1);
        let mut around = Vec::new();
        for posting in postings.iter().step_by(stride) {
            let document = self.texts.folded(posting.document);
            for (byte, _) in document.match_indices(text) {
                let before = document[..byte].chars().next_back().filter(|c| is_han(*c));
                let after = document[byte + text.len()..].chars().take(AHEAD + 1).collect();
                around.push(Around { before, after });
                if around.len() == PLACES {
                    return around;
                }
            }
        }
        around
    }

    fn score(&mut self, text: &str, count: u64, around: &[Around]) -> f32 {
        let chars: Vec<char> = text.chars().collect();
        let bonds: Vec<f32> = chars.windows(2).map(|pair| self.sense.bond_of(pair[0], pair[1])).collect();
        let (first, last) = (chars[0], chars[chars.len() - 1]);
        let weakest = bonds.iter().copied().fold(0.0, f32::min);
        let mut left = 0.0;
        let mut right = 0.0;
        for place in around {
            left += match place.before {
                Some(before) if !PARTICLES.contains(before) => {
                    -(self.sense.bond_of(before, first) - bonds[0]).clamp(-1.0, 3.0)
                }
                _ => 2.0,
            };
            right += match place.after.first() {
                Some(after) if is_han(*after) && !PARTICLES.contains(*after) => {
                    -(self.sense.bond_of(last, *after) - bonds[bonds.len() - 1]).clamp(-1.0, 3.0)
                }
                _ => 2.0,
            };
        }
        let places = around.len().max(1) as f32;
        let (left, right) = (left / places, right / places);
        let free = |neighbours: Vec<Option<char>>| {
            let total = neighbours.len() as f32;
            let borders = neighbours.iter().filter(|c| c.is_none()).count() as f32;
            let distinct = neighbours.iter().flatten().collect::<HashSet<_>>().len() as f32 + borders;
            if total < 2.0 { 0.0 } else { (distinct / total).ln().max(-2.0) }
        };
        let left_free = free(around.iter().map(|place| place.before).collect());
        let right_free = free(around.iter().map(|place| place.after.first().copied().filter(|c| is_han(*c))).collect());
        let favour = if self.favoured.iter().any(|known| known == text) {
            4.0
        } else if self.favoured.iter().any(|known| known.contains(text)) {
            1.0
        } else {
            0.0
        };
        goodness(weakest, count) + 0.4 * (left + right) + 0.8 * (left_free + right_free)
            - particle(first)
            - particle(last)
            + favour
    }

    fn best(mut self, limit: usize) -> Vec<Candidate> {
        let mut words: Vec<(String, Word)> = std::mem::take(&mut self.words).into_iter().collect();
        words.sort_by(|(a, x), (b, y)| y.score.total_cmp(&x.score).then_with(|| a.cmp(b)));
        if std::env::var("SHOW").is_ok() {
            for (t, w) in words.iter().take(12) { eprintln!("   {t} {:.2} ×{}", w.score, w.count); }
        }
        let mut best = Vec::new();
        for (text, mut word) in words {
            if best.len() == limit { break; }
            if word.count == 0 {
                let postings = self.sense.engine.find(&text);
                word.count = postings.iter().map(|posting| u64::from(posting.count)).sum();
                word.first = postings.first().map_or(0, |posting| posting.document);
            }
            let document = self.texts.folded(word.first);
            let Some(byte) = document.find(&text) else { continue };
            let start = document[..byte].chars().count();
            best.push(Candidate { text: self.texts.written(word.first, start..start + text.chars().count()), count: word.count });
        }
        best
    }
}

struct Around {
    before: Option<char>,
    after: Vec<char>,
}

fn goodness(bond: f32, places: u64) -> f32 {
    logarithm(places + 1) + 0.35 * bond
}

fn particle(c: char) -> f32 {
    if PARTICLES.contains(c) { 2.0 } else { 0.0 }
}

fn is_han(c: char) -> bool {
    !super::pinyin::sound(c).syllables().is_empty()
}
