//! The archive's own words for what is typed in pinyin, as an input method would offer them: strings that stand in the
//! texts, the likeliest to be meant first.
//!
//! There is no dictionary. Whether a string is a word is judged by the texts themselves: by how often it stands there,
//! how much its characters [keep to each other](Bonds), and how freely it is used, with this before it and that after.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::bonds::{Bonds, first_penalty, goodness, is_chinese, is_particle, last_penalty};
use super::drafts::{LONGEST, drafts};
use super::engine::{Engine, Posting};
use super::fold::fold;
use super::narrow::MOST_SCANNED;
use super::scan::readings;
use super::spelling::Spelling;
use super::written::{Written, as_written};

/// A word of the texts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Candidate {
    /// As it is written where it stands first.
    pub text: String,
    /// Its places in all texts; never 0.
    pub count: u64,
}

/// Strings of each way of reading that are looked for, and those of them that are looked at where they stand.
const LOOKED_FOR: usize = 100;
const LOOKED_AT: usize = 40;
/// The bytes that may be read for it where strings are found by scanning.
const SCANNED: u64 = 256 << 20;
/// Documents in which the places of a string are looked at, and places.
const DOCUMENTS: usize = 16;
const PLACES: usize = 32;
/// Places so few that how freely a string is used does not show in them.
const FEW_PLACES: usize = 6;
/// Characters that a word may go on with after what was typed.
const AHEAD: usize = 4;

/// What each less likely way of reading costs a word, and what one that goes on.
const READING_PENALTY: f32 = 1.5;
const AHEAD_PENALTY: f32 = 1.0;
/// What it is worth to be among the favoured texts, or a part of one.
const FAVOURED: f32 = 4.0;
const PART_OF_FAVOURED: f32 = 1.0;
/// What it is worth to have no Chinese character on one side, and to have always another one.
const BORDER_WEIGHT: f32 = 0.8;
const PULL_WEIGHT: f32 = 0.4;
const FREEDOM_WEIGHT: f32 = 0.8;

/// At most `limit` words for letters of pinyin, in full, begun, or initials, and characters among them; the best first.
/// Words of the `favoured` texts, which are folded, come before others: titles, persons, places, keywords.
pub fn candidates(
    engine: &dyn Engine,
    written: &dyn Written,
    typed: &str,
    favoured: &[String],
    limit: usize,
) -> Vec<Candidate> {
    let blanks_as_borders: String = fold(typed.trim()).replace(' ', "'");
    let Some(spelling) = Spelling::of(&blanks_as_borders) else { return Vec::new() };
    let scanned = engine.scanned_bytes() as u64;
    if scanned > MOST_SCANNED {
        return Vec::new();
    }
    let looked_for = SCANNED.checked_div(scanned).map_or(LOOKED_FOR, |finds| LOOKED_FOR.min(finds as usize));
    let mut bar = Bar { engine, written, bonds: Bonds::new(engine), favoured, words: HashMap::new() };
    for (less_likely, automaton) in readings(&spelling).enumerate() {
        let mut left = LOOKED_AT;
        for draft in drafts(engine, &bar.bonds, &automaton).into_iter().take(looked_for) {
            left -= usize::from(bar.look_at(&draft.text, draft.penalty + READING_PENALTY * less_likely as f32));
            if left == 0 {
                break;
            }
        }
    }
    bar.best(limit)
}

struct Bar<'a> {
    engine: &'a dyn Engine,
    written: &'a dyn Written,
    bonds: Bonds<'a>,
    favoured: &'a [String],
    words: HashMap<String, Word>,
}

struct Word {
    score: f32,
    /// Where it stands; unknown for what was only seen to go on.
    postings: Option<Vec<Posting>>,
}

/// A place of a string.
struct Surroundings {
    before: Option<char>,
    after: Vec<char>,
}

impl Bar<'_> {
    /// False if the string stands nowhere.
    fn look_at(&mut self, text: &str, penalty: f32) -> bool {
        if self.words.get(text).is_some_and(|word| word.postings.is_some()) {
            return true;
        }
        let postings = self.engine.find(text);
        if postings.is_empty() {
            return false;
        }
        let count = total(&postings);
        let places = self.places(text, &postings);
        let score = self.score(text, count, &places) - penalty;
        self.words.insert(text.to_owned(), Word { score, postings: Some(postings) });
        self.look_ahead(text, count, &places, penalty + AHEAD_PENALTY);
        true
    }

    /// Longer words that begin with `text`.
    fn look_ahead(&mut self, text: &str, count: u64, places: &[Surroundings], penalty: f32) {
        let mut longer: BTreeMap<String, Vec<Surroundings>> = BTreeMap::new();
        let most = AHEAD.min(LONGEST.saturating_sub(text.chars().count()));
        for place in places {
            let mut word = text.to_owned();
            for (len, c) in (1..).zip(place.after.iter().take(most).take_while(|c| is_chinese(**c))) {
                word.push(*c);
                let rest = Surroundings { before: place.before, after: place.after[len..].to_vec() };
                longer.entry(word.clone()).or_default().push(rest);
            }
        }
        let words =
            longer.iter().filter(|(word, some)| some.len() > 1 && !word.ends_with(is_particle) && !goes_on_alike(some));
        for (word, some) in words {
            let count = count * some.len() as u64 / places.len() as u64;
            let score = self.score(word, count, some) - penalty;
            self.words.entry(word.clone()).or_insert(Word { score, postings: None });
        }
    }

    fn places(&self, text: &str, postings: &[Posting]) -> Vec<Surroundings> {
        let mut places = Vec::new();
        for posting in postings.iter().step_by(postings.len().div_ceil(DOCUMENTS)) {
            let document = self.engine.text(posting.document);
            let here = document.match_indices(text).map(|(byte, _)| Surroundings {
                before: document[..byte].chars().next_back(),
                after: document[byte + text.len()..].chars().take(AHEAD + 1).collect(),
            });
            places.extend(here.take(PLACES - places.len()));
        }
        places
    }

    /// How much of a word it is.
    fn score(&mut self, text: &str, count: u64, places: &[Surroundings]) -> f32 {
        let chars: Vec<char> = text.chars().collect();
        let bonds: Vec<f32> = chars.windows(2).map(|pair| self.bonds.bond_of(pair[0], pair[1])).collect();
        let (Some(first), Some(last)) = (chars.first().copied(), chars.last().copied()) else { return 0.0 };
        let weakest = bonds.iter().copied().fold(0.0, f32::min);
        let (before, after): (Vec<_>, Vec<_>) =
            places.iter().map(|place| (place.before, place.after.first().copied())).unzip();
        let left = self.border(&before, bonds.first(), |bonds, other| bonds.bond_of(other, first));
        let right = self.border(&after, bonds.last(), |bonds, other| bonds.bond_of(last, other));
        goodness(weakest, count) + left + right - first_penalty(first) - last_penalty(last) + self.favour(text)
    }

    /// How much the characters on one side speak for a border of words: that there are none, that they are different
    /// ones, or that their bond with the string is weaker than its `own`.
    fn border(&mut self, beside: &[Option<char>], own: Option<&f32>, bond: impl Fn(&mut Bonds, char) -> f32) -> f32 {
        let chinese = |c: &Option<char>| c.filter(|c| is_chinese(*c));
        let places = beside.len().max(1) as f32;
        let distinct = beside.iter().filter_map(chinese).collect::<HashSet<char>>().len();
        let free = distinct + beside.iter().filter(|c| chinese(c).is_none()).count();
        let freedom = if places > 1.0 { (free as f32 / places).ln().max(-2.0) } else { 0.0 };

        let pulls = beside.iter().take(FEW_PLACES).map(|c| match chinese(c).filter(|c| !is_particle(*c)) {
            Some(c) => PULL_WEIGHT * (own.copied().unwrap_or(0.0) - bond(&mut self.bonds, c)).clamp(-3.0, 1.0),
            None => BORDER_WEIGHT,
        });
        pulls.sum::<f32>() / places.min(FEW_PLACES as f32) + FREEDOM_WEIGHT * freedom
    }

    fn favour(&self, text: &str) -> f32 {
        match self.favoured.iter().filter(|known| known.contains(text)).map(String::len).min() {
            Some(len) if len == text.len() => FAVOURED,
            Some(_) => PART_OF_FAVOURED,
            None => 0.0,
        }
    }

    fn best(self, limit: usize) -> Vec<Candidate> {
        let mut words: Vec<(String, Word)> = self.words.into_iter().collect();
        words.sort_unstable_by(|(a, x), (b, y)| y.score.total_cmp(&x.score).then_with(|| a.cmp(b)));
        let candidate = |(text, word): (String, Word)| {
            let postings = word.postings.unwrap_or_else(|| self.engine.find(&text));
            let document = postings.first()?.document;
            let text = as_written(self.engine, self.written, document, &text)?;
            Some(Candidate { text, count: total(&postings) })
        };
        words.into_iter().filter_map(candidate).take(limit).collect()
    }
}

/// Whether nearly always the same character follows: what stands there is a part of a word.
fn goes_on_alike(places: &[Surroundings]) -> bool {
    let mut following: HashMap<char, usize> = HashMap::new();
    for c in places.iter().filter_map(|place| place.after.first()).filter(|c| is_chinese(**c)) {
        *following.entry(*c).or_default() += 1;
    }
    following.into_values().any(|count| count * 5 >= places.len() * 4)
}

fn total(postings: &[Posting]) -> u64 {
    postings.iter().map(|posting| u64::from(posting.count)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::pinyin;
    use super::super::testing::{self, AsWritten};
    use super::*;

    fn offered(texts: &[&str], typed: &str, favoured: &[&str], limit: usize) -> Vec<Candidate> {
        let favoured: Vec<String> = favoured.iter().map(|text| fold(text)).collect();
        candidates(&testing::texts(texts), &AsWritten(texts), typed, &favoured, limit)
    }

    /// Candidates as `text×count`.
    #[track_caller]
    fn check(texts: &[&str], typed: &str, expected: &[&str]) {
        let shown: Vec<String> =
            offered(texts, typed, &[], 5).iter().map(|Candidate { text, count }| format!("{text}×{count}")).collect();
        assert_eq!(shown, expected, "{typed}");
    }

    #[test]
    fn words_are_offered_for_what_is_typed() {
        let texts = ["汝州温泉镇", "温泉,温泉,温权", "温泉镇的水"];
        for typed in ["wenquan", "wen quan", "wen'quan", "温quan", "wenq"] {
            check(&texts, typed, &["温泉×4", "温权×1", "温泉镇×2"]);
        }
        check(&texts, "quanzhen", &["泉镇×2"]);
        check(&texts, "rz", &["汝州×1"]);
        check(&texts, "温泉", &[]);
        check(&texts, "", &[]);
        check(&[], "wenquan", &[]);
    }

    #[test]
    fn a_word_is_offered_as_it_is_written() {
        check(&["溫泉鎮"], "wenquan", &["溫泉×1"]);
    }

    #[test]
    fn a_word_that_was_begun_is_offered_whole() {
        check(&["广成泽,广成泽"], "guangch", &["广成泽×2", "广成×2"]);
    }

    #[test]
    fn a_word_that_is_longer_than_what_is_looked_ahead_is_not_cut() {
        let texts = ["温泉乐华城项目,温泉乐华城项目与温泉小镇,温泉小镇,温泉"];
        let words: Vec<String> = offered(&texts, "wenquan", &[], 9).into_iter().map(|word| word.text).collect();
        assert_eq!(words, ["温泉", "温泉小镇"]);
    }

    #[test]
    fn words_come_before_what_is_cut_out_of_others() {
        check(&["工程师,工程,改革城市,工程", "改革,改革"], "gc", &["工程×3", "革城×1"]);
    }

    #[test]
    fn a_favoured_word_comes_first() {
        let first = |favoured: &[&str]| offered(&["项目,项目,项目,乡民"], "xm", favoured, 1).remove(0).text;
        assert_eq!(first(&[]), "项目");
        assert_eq!(first(&["鄉民"]), "乡民");
    }

    /// Every text of the bundled archive.
    fn archive_texts() -> Vec<String> {
        fn collect(value: &serde_json::Value, key: &str, texts: &mut Vec<String>) {
            const KEYS: &[&str] = &[
                "title",
                "subtitle",
                "kicker",
                "byline",
                "closing",
                "body",
                "caption",
                "alt",
                "label",
                "creator",
                "people",
                "places",
                "keywords",
                "date_note",
                "source_note",
                "notes",
            ];
            match value {
                serde_json::Value::String(text) if KEYS.contains(&key) => texts.push(text.clone()),
                serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, key, texts)),
                serde_json::Value::Object(members) => {
                    members.iter().for_each(|(key, value)| collect(value, key, texts))
                }
                _ => {}
            }
        }
        let archive = serde_json::from_str(include_str!("../../archive.json")).expect("JSON");
        let mut texts = Vec::new();
        collect(&archive, "", &mut texts);
        texts
    }

    #[test]
    fn the_word_that_is_meant_is_among_the_first_five() {
        let texts = archive_texts();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let engine = testing::texts(&texts);
        let list = include_str!("../../tests/data/pinyin-words.txt").lines();
        let words: Vec<Vec<&str>> = list
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        assert!(words.len() >= 120, "{} words", words.len());

        let (mut missed_in_full, mut missed_by_initials) = (Vec::new(), Vec::new());
        for word in &words {
            let [text, full, initials] = word.as_slice() else { panic!("{word:?} has three columns") };
            assert!(texts.iter().any(|whole| whole.contains(text)), "{text} stands in the archive");
            for (typed, missed) in [(full, &mut missed_in_full), (initials, &mut missed_by_initials)] {
                let offered = candidates(&engine, &AsWritten(&texts), typed, &[], 5);
                if offered.iter().all(|candidate| candidate.text != *text) {
                    missed.push(format!("{text} {typed}"));
                }
            }
        }
        let found = |missed: &[String]| 1.0 - missed.len() as f64 / words.len() as f64;
        assert!(found(&missed_in_full) >= 0.95, "{:.3}: {missed_in_full:?}", found(&missed_in_full));
        assert!(found(&missed_by_initials) >= 0.80, "{:.3}: {missed_by_initials:?}", found(&missed_by_initials));
    }

    #[test]
    fn the_words_are_spelled_right() {
        for line in include_str!("../../tests/data/pinyin-words.txt").lines().filter(|line| line.contains('\t')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let spelled = columns[0].chars().try_fold(vec![columns[1]], |rests, c| {
                let after =
                    rests.iter().flat_map(|rest| pinyin::readings(c).filter_map(|read| rest.strip_prefix(read)));
                Some(after.collect::<Vec<_>>()).filter(|rests| !rests.is_empty())
            });
            assert!(spelled.is_some_and(|rests| rests.contains(&"")), "{line}");
            assert_eq!(columns[0].chars().count(), columns[2].len(), "{line}");
        }
    }
}
