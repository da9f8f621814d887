//! The documents in which a term is written or spelled, without reading all the others.

use std::borrow::Cow;

use super::automaton::Automaton;
use super::engine::{Engine, Posting, Tally};
use super::expansion::{Branch, Expansion, MOST_SETS, Pair};
use super::parallel;
use super::postings;
use super::scan::places;
use super::walk::{Point, Walk};

/// Scanned bytes beyond which the characters of the texts are not counted for a word's sake: an index is on its way.
pub(super) const MOST_SCANNED: u64 = 32 << 20;
/// A string is found by scanning in so small a part of the time that reading the same texts for a sound takes.
const FINDS_FOR_A_READING: u64 = 20;

/// Neighbouring pieces that are narrowed by before it is seen how much is left.
const AT_ONCE: usize = 4;
/// So many times more places may be looked at where it is seen at once whether pairs are chained.
const CHAINED_PLACES: u64 = 8;
/// Lists that are held at once.
const LISTS: usize = 256;

/// How much may be looked up before documents are read.
#[derive(Clone, Copy, Debug)]
struct Effort {
    /// Places so few that reading their documents costs less than looking for longer strings.
    few_places: u64,
    /// Strings of three characters or more that are looked for one by one.
    strings: usize,
    /// The same for pairs.
    pairs: usize,
    /// Places of pairs so few that it is not looked for what can follow them.
    few_to_chain: u64,
    /// Texts so short that they are read sooner than more pairs are looked for.
    few_bytes: usize,
}

const EFFORT: Effort =
    Effort { few_places: 1_000, strings: 1_000, pairs: 100_000, few_to_chain: 4_000, few_bytes: 4 << 20 };

/// The documents that hold a match of the automaton, with the number of places where one begins.
pub(super) fn documents_spelled(engine: &dyn Engine, automaton: &Automaton) -> Vec<Posting> {
    documents_by(engine, automaton, EFFORT)
}

/// The same of some documents, which are read.
pub(super) fn documents_spelled_among(engine: &dyn Engine, automaton: &Automaton, documents: &[u32]) -> Vec<Posting> {
    let count_in = |walk: &mut Walk<'_>, document: &u32| {
        let document = *document;
        let count = places(engine.text(document), automaton, walk).count() as u32;
        (count > 0).then_some(Posting { document, count })
    };
    parallel::filter_map(documents, || Walk::new(automaton), count_in)
}

fn documents_by(engine: &dyn Engine, automaton: &Automaton, effort: Effort) -> Vec<Posting> {
    let read = |documents: &[u32]| documents_spelled_among(engine, automaton, documents);
    let narrowed = narrow(engine, automaton, effort);
    if narrowed.is_none() && engine.scanned_bytes() > 0 {
        return read(&(0..engine.documents()).collect::<Vec<_>>());
    }
    // The first two pieces were narrowed by.
    let known = usize::from(narrowed.is_some());
    let mut narrowed = narrowed.unwrap_or_else(|| Narrowed::everything(engine));
    let neighbours = if narrowed.by_all { Vec::new() } else { automaton.neighbours() };
    for round in neighbours.get(known..).unwrap_or_default().chunks(AT_ONCE) {
        let bytes: usize = narrowed.possible.iter().map(|document| engine.bytes_of(*document)).sum();
        if bytes <= effort.few_bytes {
            break;
        }
        for with in parallel::map(round, |pieces| documents_with(engine, pieces, effort)).into_iter().flatten() {
            narrowed.possible.retain(|document| with.has(*document));
        }
    }
    let rest = narrowed.certain.into_iter().filter(|with| narrowed.possible.binary_search(&with.document).is_err());
    postings::union(vec![rest.collect(), read(&narrowed.possible)])
}

/// Where an automaton can find something.
struct Narrowed {
    /// Documents with the matches that were found in them already, in order.
    certain: Vec<Posting>,
    /// Documents that must be read to know, in order. All their matches must be counted, not those alone that are not
    /// `certain`.
    possible: Vec<u32>,
    /// They are narrowed by all pieces, not by the first two alone.
    by_all: bool,
}

impl Narrowed {
    fn everything(engine: &dyn Engine) -> Self {
        Self { certain: Vec::new(), possible: (0..engine.documents()).collect(), by_all: false }
    }
}

/// The documents that may have what an automaton finds, or have the units of it.
fn documents_with(engine: &dyn Engine, automaton: &Automaton, effort: Effort) -> Option<Tally> {
    let narrowed = narrow(engine, automaton, effort)?;
    let mut with = Tally::of(engine.documents());
    with.add_all(&narrowed.certain);
    with.add_all(&engine.find(&automaton.literally()));
    narrowed.possible.iter().for_each(|document| with.add(*document, 1));
    Some(with)
}

/// `None` if so many documents would have to be read that narrowing them is not worth it.
fn narrow(engine: &dyn Engine, automaton: &Automaton, effort: Effort) -> Option<Narrowed> {
    let scanned = engine.scanned_bytes() as u64;
    if scanned > MOST_SCANNED {
        return None;
    }
    let mut expansion = Expansion::new(engine, automaton);
    let (whole, open) = strings(&mut expansion, effort);
    let chained = open.others.is_empty() && scanned == 0 && open.places() > effort.few_to_chain;
    let most_places = u64::from(engine.documents()) * if chained { CHAINED_PLACES } else { 1 };
    if !open.is_empty() && (open.places() > most_places || open.len() > effort.pairs) {
        return None;
    }
    if scanned > 0 {
        let mut bytes = 0;
        engine.characters(&mut |c, places| bytes += c.len_utf8() as u64 * places);
        if (whole.len() + open.len()) as u64 * scanned > FINDS_FOR_A_READING * bytes {
            return None;
        }
    }
    let (possible, by_all) = if chained {
        let chains = expansion.chains(&open.pairs);
        (engine.chained(&chains), chains.sets.len() < MOST_SETS)
    } else {
        (open.documents(engine).iter().map(|with| with.document).collect(), false)
    };
    Some(Narrowed { certain: whole.documents(engine), possible, by_all })
}

/// Of each match its shortest beginning that is one: where that stands, there is a match. And beginnings that may
/// become one.
fn strings(expansion: &mut Expansion<'_>, effort: Effort) -> (Strings, Strings) {
    let (mut whole, mut open) = (Strings::default(), Strings::default());
    let starts = expansion.starts();
    open.others = undecided(starts, &mut whole.others, expansion, |start| start.point);
    let Some(pairs) = expansion.pairs(&open.others, effort.pairs) else { return (whole, open) };
    open.others.clear();
    open.pairs = undecided(pairs, &mut whole.pairs, expansion, |pair| pair.step.point);
    while open.places() > effort.few_places && open.len() <= effort.strings {
        let Some(longer) = longer(expansion, open.branches(), effort.strings) else { break };
        open.pairs.clear();
        open.others = undecided(longer, &mut whole.others, expansion, |branch| branch.point);
    }
    (whole, open)
}

/// What is one character longer; `None` if that is more than `most`.
fn longer<'a>(
    expansion: &mut Expansion<'_>,
    branches: impl Iterator<Item = Cow<'a, Branch>>,
    most: usize,
) -> Option<Vec<Branch>> {
    let mut longer = Vec::new();
    for branch in branches {
        longer.extend(expansion.longer(&branch));
        if longer.len() > most {
            return None;
        }
    }
    Some(longer)
}

/// Moves those that are matches, and leaves those of the others that can become one.
fn undecided<T>(strings: Vec<T>, whole: &mut Vec<T>, expansion: &Expansion<'_>, point: impl Fn(&T) -> Point) -> Vec<T> {
    let (matches, mut others): (Vec<T>, Vec<T>) =
        strings.into_iter().partition(|string| expansion.is_match(point(string)));
    whole.extend(matches);
    others.retain(|string| expansion.goes_on(point(string)));
    others
}

/// Strings that stand in the texts, or of which each two characters do.
#[derive(Debug, Default)]
struct Strings {
    /// In order.
    pairs: Vec<Pair>,
    others: Vec<Branch>,
}

impl Strings {
    fn len(&self) -> usize {
        self.pairs.len() + self.others.len()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn branches(&self) -> impl Iterator<Item = Cow<'_, Branch>> {
        let pairs = self.pairs.iter().map(|pair| Cow::Owned(Branch::of(pair)));
        pairs.chain(self.others.iter().map(Cow::Borrowed))
    }

    /// Places where they can stand at most.
    fn places(&self) -> u64 {
        let pairs: u64 = self.pairs.iter().map(|pair| pair.step.places).sum();
        pairs + self.others.iter().map(|branch| branch.places).sum::<u64>()
    }

    /// Where any of them stands, with the places of all.
    fn documents(&self, engine: &dyn Engine) -> Vec<Posting> {
        let pairs: Vec<(char, char)> = self.pairs.iter().map(|pair| (pair.first, pair.step.c)).collect();
        let pairs = engine.find_pairs(&pairs);
        if self.others.is_empty() {
            return pairs;
        }
        let mut tally = Tally::of(engine.documents());
        tally.add_all(&pairs);
        // Lists are long: not all of them are held at once.
        for branches in self.others.chunks(LISTS) {
            let lists = parallel::map(branches, |branch| engine.find(&branch.text));
            lists.iter().for_each(|list| tally.add_all(list));
        }
        tally.postings(0).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::spelling::{Mode, Spelling};
    use super::super::testing::{indexed, scan, texts};
    use super::*;

    /// Documents as `document×count`.
    #[track_caller]
    fn check(documents: &[&str], typed: &str, expected: &[&str]) {
        let automaton = Automaton::new(&Spelling::of(typed).expect("letters"), Mode::Whole);
        let found = documents_spelled(&texts(documents), &automaton);
        let shown: Vec<String> = found.iter().map(|found| format!("{}×{}", found.document, found.count)).collect();
        assert_eq!(shown, expected, "{typed}");
    }

    #[test]
    fn documents_are_found_by_sound() {
        check(&["温泉与温泉镇", "矿泉", "文权"], "wenquan", &["0×2", "2×1"]);
        check(&["温泉镇", "温泉", "汝州"], "wenquanzhen", &["0×1"]);
        check(&["温泉", "wenquan"], "wenquan", &["0×1"]);
        check(&["先", "西安", "下年"], "xian", &["0×1", "1×1"]);
        check(&["时候", "是"], "shi", &["0×1", "1×1"]);
        check(&["温泉"], "quanwen", &[]);
        check(&[], "wenquan", &[]);
    }

    #[test]
    fn a_string_of_pairs_that_are_there_need_not_be_there() {
        check(&["广成", "成泽", "广成泽"], "guangchengze", &["2×1"]);
        check(&["广成", "成泽"], "guangchengze", &[]);
    }

    #[test]
    fn many_places_are_found_one_string_after_the_other() {
        let often = "温泉镇".repeat(2_000);
        check(&[&often, "温泉", "温泉镇"], "wenquanzhen", &["0×2000", "2×1"]);
    }

    /// Characters of one reading and of many, letters, digits and marks.
    const CHARS: &str = "温泉镇重庆西安先下年女绿略虐长a行银wqx'5n";

    fn documents() -> impl Strategy<Value = Vec<Vec<String>>> {
        let c = prop::sample::select(CHARS.chars().collect::<Vec<_>>());
        let text = prop::collection::vec(c, 0..12).prop_map(String::from_iter);
        prop::collection::vec(prop::collection::vec(text, 0..3), 0..8)
    }

    fn terms() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "wen", "quan", "zhen", "chong", "zhong", "qing", "xi", "an", "xian", "nian", "nv", "nü", "lue", "lve",
            "lu", "w", "q", "zh", "z", "x", "y", "h", "n", "a", "'", "温", "泉", "西", "安", "5", "chang", "ha", "qu",
            "WQ", "XA",
        ]);
        prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn every_mode_finds_what_its_scan_finds(
            documents in documents(),
            typed in terms(),
            slip in any::<bool>(),
            (few_places, strings, pairs, few_to_chain, few_bytes)
                in (0..4_u64, 0..4_usize, prop::sample::select(vec![0, 2, 1_000]), 0..4_u64, 0..40_usize),
        ) {
            let effort = Effort { few_places, strings, pairs, few_to_chain, few_bytes };
            let engine = scan(&documents);
            let index = indexed(&engine);
            let Some(spelling) = Spelling::of(&typed) else { return Ok(()) };
            let modes = [Mode::Whole, Mode::Extended, Mode::Begun, Mode::Initials];
            let automata = modes.map(|mode| Automaton::new(&spelling, mode)).into_iter();
            for automaton in automata.chain(slip.then(|| Automaton::forgiving(&spelling))) {
                let mut walk = Walk::new(&automaton);
                let counted = (0..documents.len() as u32).map(|document| {
                    let count = places(engine.text(document), &automaton, &mut walk).count() as u32;
                    Posting { document, count }
                });
                let expected: Vec<Posting> = counted.filter(|posting| posting.count > 0).collect();
                for engine in [&engine as &dyn Engine, &index] {
                    let found = documents_by(engine, &automaton, effort);
                    prop_assert_eq!(&found, &expected, "{} {:?} {:?}", typed, automaton, engine);
                }
            }
        }
    }
}
