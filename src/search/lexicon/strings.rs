//! Strings of the texts that may be words: every one of a few characters, longer ones where they are repeated.

use std::collections::{HashMap, HashSet};

use super::super::bonds::is_chinese;
use super::super::engine::{Engine, SEPARATOR};

/// Characters of the texts that are looked at.
const LOOKED_AT: usize = 1 << 19;
/// In so many characters, strings that stand there once are words too.
const FEW: usize = 1 << 17;
/// Characters of a word, of one whose parts are repeated, and of a name.
pub(super) const USUAL: usize = 4;
const LONGEST: usize = 10;
const LONGEST_NAME: usize = 16;

/// The names in a text: what stands between its punctuation.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let chinese = runs(text).filter(|run| (2..=LONGEST_NAME).contains(&run.chars().count()));
    chinese.filter(|run| run.starts_with(is_chinese))
}

/// Strings of nothing but Chinese characters, or of nothing but letters and digits.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| kind(c).is_none());
        let first = kind(rest.chars().next()?);
        let end = rest.find(|c: char| kind(c) != first).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// Whether it is Chinese, or a letter or digit that has a key.
fn kind(c: char) -> Option<bool> {
    if is_chinese(c) { Some(true) } else { c.is_ascii_alphanumeric().then_some(false) }
}

/// Strings of the texts.
pub(super) struct Strings<'a> {
    /// With how often each stands there.
    pub counts: HashMap<&'a str, u32>,
    /// Those that are always a part of the same longer one.
    pub parts: HashSet<&'a str>,
}

impl<'a> Strings<'a> {
    pub fn of(engine: &'a dyn Engine) -> Self {
        let (runs, characters) = looked_at(engine);
        let few = characters <= FEW;
        let mut all: HashMap<&str, u32> = HashMap::new();
        let mut parts = HashSet::new();
        for run in runs.iter().filter(|run| !run.starts_with(is_chinese) && run.len() <= LONGEST_NAME) {
            *all.entry(run).or_default() += 1;
        }
        let mut shorter: HashMap<&str, u32> = HashMap::new();
        for len in 2..=LONGEST {
            let mut strings: HashMap<&str, u32> = HashMap::new();
            for run in runs.iter().filter(|run| run.starts_with(is_chinese)) {
                let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
                for window in starts.windows(len + 1) {
                    let text = &run[window[0]..window[len]];
                    let repeated = |part: &str| shorter.get(part).is_some_and(|count| *count > 1);
                    let long = len <= USUAL
                        || repeated(&run[window[0]..window[len - 1]]) && repeated(&run[window[1]..window[len]]);
                    if long {
                        *strings.entry(text).or_default() += 1;
                    }
                }
            }
            strings.retain(|_, count| *count > 1 || few && len <= USUAL);
            for (text, count) in &strings {
                let first = text.chars().next().map_or(0, char::len_utf8);
                let last = text.chars().next_back().map_or(0, char::len_utf8);
                for part in [&text[first..], &text[..text.len() - last]] {
                    if *count > 1 && shorter.get(part) == Some(count) {
                        parts.insert(part);
                    }
                }
            }
            all.extend(std::mem::replace(&mut shorter, strings));
        }
        all.extend(shorter);
        Self { counts: all, parts }
    }
}

/// The runs of documents from everywhere, and how many characters they have.
fn looked_at(engine: &dyn Engine) -> (Vec<&str>, usize) {
    let bytes: usize = (0..engine.documents()).map(|document| engine.text(document).len()).sum();
    // Most characters have three bytes.
    let step = (bytes / 3).div_ceil(LOOKED_AT).max(1);
    let (mut found, mut characters) = (Vec::new(), 0);
    for document in (0..engine.documents()).step_by(step) {
        for run in engine.text(document).split(SEPARATOR).flat_map(runs) {
            if characters >= 2 * LOOKED_AT {
                return (found, characters);
            }
            characters += run.chars().count();
            found.push(run);
        }
    }
    (found, characters)
}
