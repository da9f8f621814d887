//! The strings of the texts that are nearest to a term that is nowhere: of the same sound, one character off, its parts.
//!
//! However large the texts are, the work is bounded: strings are put together of pairs of characters that there are and
//! looked for, and only documents that are few are read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::automaton::Automaton;
use super::engine::{Engine, Posting};
use super::expansion::{Branch, Expansion};
use super::narrow::MOST_SCANNED;
use super::query::Term;
use super::snippet::byte_of;
use super::spelling::{Mode, Spelling};
use super::written::{Written, as_written};

/// Characters of a term up to which its sound, its parts and their order are tried.
const TERM_CHARS: usize = 32;
/// Strings of a kind that are handed over.
const STRINGS: usize = 64;
/// Strings that are looked for one by one, of a kind and a length, and those that are followed further.
const TRIES: usize = 128;
const BEAM: usize = 48;
/// The bytes that may be read for them where strings are found by scanning.
const SCANNED: u64 = 4 << 30;
/// Documents so few that they are read.
const FEW_DOCUMENTS: usize = 1_000;
/// Letters of a part that still says something.
const LEAST_LETTERS: usize = 3;

/// A string that does stand in the texts.
#[derive(Debug)]
pub(super) struct Near {
    pub kind: Kind,
    /// As it is written where it stands first, or pinyin.
    pub text: String,
    /// Its places.
    pub count: u64,
}

/// How a string is near, the most helpful first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    /// The same sound, or pinyin with one slip; the query without what it leaves out.
    Sound,
    /// One character off, or two parts swapped.
    Slip,
    /// A part of a term.
    Part,
    /// A term by itself.
    Alone,
}

/// What is near a term that is nowhere.
pub(super) fn near(engine: &dyn Engine, written: &dyn Written, term: &Term) -> Vec<Near> {
    let wanted = &term.folded;
    let short = wanted.chars().count() <= TERM_CHARS;
    let scanned = engine.scanned_bytes() as u64;
    if scanned > MOST_SCANNED {
        return Vec::new();
    }
    let finds = SCANNED.checked_div(scanned).map_or(usize::MAX, |finds| finds as usize);
    let mut finder =
        Finder { engine, written, found: HashMap::new(), before: None, finds, tries: TRIES.min(finds / 8) };
    let mut near = Vec::new();
    if short {
        let strings = finder.spelled(&Automaton::homophones(wanted));
        near.extend(finder.shown(Kind::Sound, strings));
    }
    if let Some(spelling) = Spelling::of(&term.text).filter(|spelling| short && spelling.units().len() > 2) {
        let strings = finder.spelled(&Automaton::forgiving(&spelling));
        near.extend(finder.shown(Kind::Sound, strings));
    }
    let strings = finder.one_off(wanted);
    near.extend(finder.shown(Kind::Slip, strings));
    if short {
        let strings = swapped(wanted).into_iter().filter_map(|other| finder.string(other)).collect();
        near.extend(finder.shown(Kind::Slip, strings));
    }
    if near.is_empty() {
        let strings = finder.longest_parts(wanted);
        near.extend(finder.shown(Kind::Part, strings));
        near.extend(term.spelling().and_then(|spelling| finder.longest_beginning(spelling)));
    }
    near
}

/// Places of a string.
#[derive(Clone, Copy, Debug)]
struct Places {
    count: u64,
    first_document: u32,
}

type Strings = BTreeMap<String, Places>;

/// A string that a match begins with.
struct Passed {
    text: String,
    is_match: bool,
    /// Units of the automaton, if some character was found by its sound.
    consumed: usize,
}

struct Finder<'a> {
    engine: &'a dyn Engine,
    written: &'a dyn Written,
    found: HashMap<String, Rc<[Posting]>>,
    /// For the characters of the term what stands right before them.
    before: Option<HashMap<char, HashMap<char, u64>>>,
    /// Strings that may yet be looked for, and how many of a kind and a length.
    finds: usize,
    tries: usize,
}

impl Finder<'_> {
    fn find(&mut self, text: &str) -> Rc<[Posting]> {
        if let Some(postings) = self.found.get(text) {
            return Rc::clone(postings);
        }
        let Some(left) = self.finds.checked_sub(1) else { return Rc::new([]) };
        self.finds = left;
        let postings: Rc<[Posting]> = self.engine.find(text).into();
        self.found.insert(text.to_owned(), Rc::clone(&postings));
        postings
    }

    fn stands(&mut self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    fn string(&mut self, text: String) -> Option<(String, Places)> {
        let postings = self.find(&text);
        let first_document = postings.first()?.document;
        let count = postings.iter().map(|posting| u64::from(posting.count)).sum();
        Some((text, Places { count, first_document }))
    }

    /// The strings that an automaton matches: the most frequent of them, where they are many.
    fn spelled(&mut self, automaton: &Automaton) -> Strings {
        let matches = self.passed(automaton).into_iter().filter(|passed| passed.is_match);
        matches.filter_map(|passed| self.string(passed.text)).collect()
    }

    /// The strings of the texts that an automaton passes: of each length the most frequent.
    fn passed(&mut self, automaton: &Automaton) -> Vec<Passed> {
        let mut expansion = Expansion::new(self.engine, automaton);
        let mut passed = Vec::new();
        // Single characters stand there, all of them.
        let mut standing = expansion.starts();
        while !standing.is_empty() {
            passed.extend(standing.iter().map(|branch| Passed {
                text: branch.text.clone(),
                is_match: expansion.is_match(branch.point),
                consumed: expansion.consumed(branch.point),
            }));
            let open = standing.iter().filter(|branch| expansion.goes_on(branch.point)).cloned().collect::<Vec<_>>();
            let mut longer: Vec<Branch> = open.iter().flat_map(|branch| expansion.longer(branch)).collect();
            longer.sort_unstable_by(|a, b| b.places.cmp(&a.places).then_with(|| a.text.cmp(&b.text)));
            let tries = longer.into_iter().take(self.tries);
            standing = tries.filter(|branch| self.stands(&branch.text)).take(BEAM).collect();
        }
        passed
    }

    /// What differs from `wanted` in one character: another one, one more, or one less.
    fn one_off(&mut self, wanted: &str) -> Strings {
        let bounds: Vec<usize> = wanted.char_indices().map(|(byte, _)| byte).chain([wanted.len()]).collect();
        let chars = bounds.len() - 1;
        // So much must stay the same that it is still the same word.
        let least = if wanted.is_ascii() { 4 } else { 2 };
        let mut strings = Strings::new();
        if chars < least {
            return strings;
        }
        for (at, byte) in bounds.iter().enumerate() {
            let (front, back) = wanted.split_at(*byte);
            if at > 0 && !self.stands(front) {
                break;
            }
            if at > 0 && at < chars {
                self.between(wanted, front, back, &mut strings);
            }
            if let Some(next) = bounds.get(at + 1) {
                let after = &wanted[*next..];
                self.between(wanted, front, after, &mut strings);
                // One less at an end is a part.
                if chars > least && at > 0 && at + 1 < chars {
                    strings.extend(self.string(format!("{front}{after}")));
                }
            }
        }
        strings
    }

    /// What is `front`, any letter or digit, and `back`, of which one may be empty.
    fn between(&mut self, wanted: &str, front: &str, back: &str, strings: &mut Strings) {
        let (fronts, backs) = (self.find(front), self.find(back));
        let documents: Vec<u32> = match (front.is_empty(), back.is_empty()) {
            (true, _) => backs.iter().map(|posting| posting.document).collect(),
            (_, true) => fronts.iter().map(|posting| posting.document).collect(),
            _ => in_both(&fronts, &backs),
        };
        if documents.len() <= FEW_DOCUMENTS {
            for document in documents {
                self.read_between(document, front, back, strings);
            }
            return;
        }
        let mut likely: Vec<(u64, char)> = self.neighbours(wanted, front.chars().next_back(), back.chars().next());
        likely.retain(|(_, c)| c.is_alphanumeric());
        likely.sort_unstable_by_key(|(places, c)| (Reverse(*places), *c));
        for (_, c) in likely.into_iter().take(BEAM) {
            strings.extend(self.string(format!("{front}{c}{back}")));
        }
    }

    /// Adds what a document has of them.
    fn read_between(&self, document: u32, front: &str, back: &str, strings: &mut Strings) {
        let text = self.engine.text(document);
        let mut see = |start: usize, end: usize, c: char| {
            if c.is_alphanumeric() {
                let none = Places { count: 0, first_document: document };
                strings.entry(text[start..end].to_owned()).or_insert(none).count += 1;
            }
        };
        if front.is_empty() {
            for (byte, _) in text.match_indices(back) {
                if let Some(c) = text[..byte].chars().next_back() {
                    see(byte - c.len_utf8(), byte + back.len(), c);
                }
            }
            return;
        }
        for (byte, _) in text.match_indices(front) {
            let mut after = text[byte + front.len()..].chars();
            let Some(c) = after.next() else { continue };
            if after.as_str().starts_with(back) {
                see(byte, byte + front.len() + c.len_utf8() + back.len(), c);
            }
        }
    }

    /// The characters that stand after one and before another, of which one may be any, with most places.
    fn neighbours(&mut self, wanted: &str, left: Option<char>, right: Option<char>) -> Vec<(u64, char)> {
        let mut after: Vec<(u64, char)> = Vec::new();
        if let Some(left) = left {
            self.engine.followers(left, &mut |c, places| after.push((places, c)));
        }
        let Some(right) = right else { return after };
        let engine = self.engine;
        let before = self.before.get_or_insert_with(|| before_all(engine, wanted));
        let before = before.get(&right);
        match left {
            None => before.into_iter().flatten().map(|(c, places)| (*places, *c)).collect(),
            Some(_) => after.into_iter().filter_map(|(places, c)| Some(((*before?.get(&c)?).min(places), c))).collect(),
        }
    }

    /// The longest parts of `wanted` that stand somewhere: of its first characters if it is long.
    fn longest_parts(&mut self, wanted: &str) -> Strings {
        let wanted = &wanted[..byte_of(wanted, TERM_CHARS)];
        let bounds: Vec<usize> = wanted.char_indices().map(|(byte, _)| byte).chain([wanted.len()]).collect();
        let least = if wanted.is_ascii() { LEAST_LETTERS } else { 1 };
        let mut part = |start: usize, len: usize| {
            let part = &wanted[bounds[start]..*bounds.get(start + len)?];
            if part.contains(char::is_alphanumeric) { self.string(part.to_owned()) } else { None }
        };
        let (mut len, mut parts) = (least, Strings::new());
        for start in 0..bounds.len() {
            while part(start, len + 1).is_some() {
                len += 1;
                parts.clear();
            }
            parts.extend(part(start, len));
        }
        parts
    }

    /// The whole syllables that a term begins with, as many as are found.
    fn longest_beginning(&mut self, spelling: &Spelling) -> Option<Near> {
        let passed = self.passed(&Automaton::new(spelling, Mode::Whole));
        let len = passed.iter().map(|passed| passed.consumed).max().unwrap_or(0);
        let text: String = spelling.units()[..len].iter().collect();
        (len >= LEAST_LETTERS).then_some(Near { kind: Kind::Part, text, count: 1 })
    }

    /// Strings as they are written, the most frequent first.
    fn shown(&self, kind: Kind, strings: Strings) -> Vec<Near> {
        let mut strings: Vec<(String, Places)> = strings.into_iter().collect();
        // Of what is found as often, the longer says more.
        strings.sort_by_key(|(text, places)| Reverse((places.count, text.chars().count())));
        strings.truncate(STRINGS);
        let written = |(text, places): (String, Places)| {
            let text = as_written(self.engine, self.written, places.first_document, &text)?;
            Some(Near { kind, text, count: places.count })
        };
        strings.into_iter().filter_map(written).collect()
    }
}

/// What stands right before each character of `wanted`.
fn before_all(engine: &dyn Engine, wanted: &str) -> HashMap<char, HashMap<char, u64>> {
    let chars: BTreeSet<char> = wanted.chars().collect();
    let mut all = Vec::new();
    engine.characters(&mut |c, _| all.push(c));
    let mut before: HashMap<char, HashMap<char, u64>> = HashMap::new();
    for first in all {
        engine.followers(first, &mut |c, places| {
            if chars.contains(&c) {
                before.entry(c).or_default().insert(first, places);
            }
        });
    }
    before
}

fn in_both(a: &[Posting], b: &[Posting]) -> Vec<u32> {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let both = few.iter().filter(|one| many.binary_search_by_key(&one.document, |other| other.document).is_ok());
    both.map(|posting| posting.document).collect()
}

/// `wanted` with two neighbours swapped, or its end before its beginning.
fn swapped(wanted: &str) -> Vec<String> {
    let chars: Vec<char> = wanted.chars().collect();
    let mut others = Vec::new();
    for i in 1..chars.len() {
        let mut other = chars.clone();
        other.swap(i - 1, i);
        others.push(other.iter().collect());
        if !wanted.is_ascii() {
            other.clone_from(&chars);
            other.rotate_left(i);
            others.push(other.iter().collect());
        }
    }
    others.sort_unstable();
    others.dedup();
    others
}
