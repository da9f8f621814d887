//! Strings that may be words and are read as typed, put together from pairs of characters alone: the likeliest of all
//! those that there can be, without a look into the texts.

use super::automaton::Automaton;
use super::bonds::{Bonds, first_penalty, goodness, is_chinese, last_penalty};
use super::engine::Engine;
use super::expansion::{Branch, Expansion, Step};
use super::walk::Point;

/// Characters of a string.
pub(super) const LONGEST: usize = 8;
/// Strings that are handed over.
const DRAFTS: usize = 160;
/// Beginnings of three characters or more that are followed further, of each length.
const BEAM: usize = 512;
/// The same for those with the same last character, and characters that each is followed by.
const SIBLINGS: usize = 16;
const WAYS: usize = 32;
/// What a string is worth less for a character that was not typed, and for one that is mostly read otherwise.
const BEGUN_PENALTY: f32 = 0.5;
const UNLIKELY_PENALTY: f32 = 1.5;

#[derive(Debug)]
pub(super) struct Draft {
    pub text: String,
    /// What its readings cost it.
    pub penalty: f32,
    score: f32,
}

/// The beginning of a string.
#[derive(Clone, Copy)]
struct Beginning {
    /// The one without the last character, among those that are one shorter.
    parent: usize,
    last: char,
    point: Point,
    /// Most places that it can have.
    places: u64,
    /// The sum of its bonds.
    bonds: f32,
    /// What its first character costs it.
    penalty: f32,
    score: f32,
}

/// The best first.
pub(super) fn drafts(engine: &dyn Engine, bonds: &Bonds, automaton: &Automaton) -> Vec<Draft> {
    let mut expansion = Expansion::new(engine, automaton);
    let starts = expansion.starts();
    let mut strings: Vec<(f32, String)> =
        begun(engine, bonds, starts.iter().filter(|start| expansion.is_match(start.point)));
    let open = starts.iter().filter(|start| expansion.goes_on(start.point));
    let mut levels: Vec<Vec<Beginning>> = vec![open.map(Beginning::of).collect()];
    for chars in 2..=LONGEST {
        let Some(level) = levels.last_mut().filter(|level| !level.is_empty()) else { break };
        let mut longer = longer(&mut expansion, bonds, level, chars);
        let matches = longer.iter().filter(|beginning| expansion.is_match(beginning.point));
        let mut whole: Vec<(f32, Beginning)> =
            matches.map(|beginning| (beginning.score - last_penalty(beginning.last), *beginning)).collect();
        keep_best(&mut whole, DRAFTS, |(score, _)| *score);
        strings.extend(whole.into_iter().map(|(score, beginning)| (score, text_of(beginning, &levels))));
        longer.retain(|beginning| expansion.goes_on(beginning.point));
        if chars > 2 {
            keep_best(&mut longer, BEAM, |beginning| beginning.score);
        }
        levels.push(longer);
    }

    keep_best(&mut strings, DRAFTS, |(score, _)| *score);
    let draft = |(score, text): (f32, String)| {
        let penalty = UNLIKELY_PENALTY * automaton.unlikely(&text) as f32;
        Draft { text, penalty, score: score - penalty }
    };
    let mut drafts: Vec<Draft> = strings.into_iter().map(draft).collect();
    drafts.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    drafts
}

impl Beginning {
    fn of(start: &Branch) -> Self {
        let penalty = first_penalty(start.last);
        Self { parent: 0, last: start.last, point: start.point, places: start.places, bonds: 0.0, penalty, score: 0.0 }
    }

    /// With one more character; the string has so many `chars` then.
    fn with(&self, parent: usize, bond: f32, step: Step, chars: usize) -> Self {
        let places = self.places.min(step.places);
        let bonds = self.bonds + bond;
        let score = goodness(bonds / (chars - 1) as f32, places) - self.penalty;
        Self { parent, last: step.c, point: step.point, places, bonds, score, ..*self }
    }
}

/// The best strings of two characters of which the first is all that was typed.
fn begun<'a>(engine: &dyn Engine, bonds: &Bonds, starts: impl Iterator<Item = &'a Branch>) -> Vec<(f32, String)> {
    let mut pairs: Vec<(f32, (char, char))> = Vec::new();
    for start in starts {
        let first = start.last;
        let penalty = first_penalty(first) + BEGUN_PENALTY;
        engine.followers(first, &mut |c, places| {
            let score = goodness(bonds.bond(first, c, places), places) - penalty;
            pairs.push((score, (first, c)));
        });
        if pairs.len() > 16 * DRAFTS {
            keep_best(&mut pairs, 4 * DRAFTS, |(score, _)| *score);
        }
    }
    pairs.retain(|(_, (_, last))| is_chinese(*last));
    pairs.iter_mut().for_each(|(score, (_, last))| *score -= last_penalty(*last));
    keep_best(&mut pairs, DRAFTS, |(score, _)| *score);
    pairs.into_iter().map(|(score, (first, last))| (score, String::from_iter([first, last]))).collect()
}

/// What `level`, which is sorted, can be followed by: so many `chars`.
fn longer(expansion: &mut Expansion, bonds: &Bonds, level: &mut [Beginning], chars: usize) -> Vec<Beginning> {
    let key = |beginning: &Beginning| (beginning.last, beginning.point);
    level.sort_unstable_by(|a, b| key(a).cmp(&key(b)).then(b.score.total_cmp(&a.score)));
    let mut longer = Vec::new();
    let mut parent = 0;
    for siblings in level.chunk_by(|a, b| key(a) == key(b)) {
        let (last, point) = key(&siblings[0]);
        let steps = expansion.steps(last, point);
        let mut steps: Vec<(f32, Step)> =
            steps.iter().map(|step| (bonds.bond(last, step.c, step.places), *step)).collect();
        if siblings.len() > 1 {
            keep_best(&mut steps, WAYS, |(bond, step)| goodness(*bond, step.places));
        }
        for (i, sibling) in siblings.iter().take(SIBLINGS).enumerate() {
            longer.extend(steps.iter().map(|(bond, step)| sibling.with(parent + i, *bond, *step, chars)));
        }
        parent += siblings.len();
    }
    longer
}

fn text_of(beginning: Beginning, levels: &[Vec<Beginning>]) -> String {
    let mut chars = vec![beginning.last];
    let mut parent = beginning.parent;
    for level in levels.iter().rev() {
        chars.push(level[parent].last);
        parent = level[parent].parent;
    }
    chars.iter().rev().collect()
}

fn keep_best<T>(items: &mut Vec<T>, most: usize, score: impl Fn(&T) -> f32) {
    if items.len() > most {
        items.select_nth_unstable_by(most, |a, b| score(b).total_cmp(&score(a)));
        items.truncate(most);
    }
}
