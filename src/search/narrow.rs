//! The documents in which a term is written or spelled, without reading all the others.

use super::automaton::Automaton;
use super::engine::{Engine, Posting};
use super::expansion::{Branch, Expansion};
use super::occurrences::Occurrences;
use super::parallel;

/// Scanned bytes beyond which the characters of the texts are not counted for a word's sake: an index is on its way.
pub(super) const MOST_SCANNED: u64 = 32 << 20;
/// A string is found by scanning in so small a part of the time that reading the same texts for a sound takes.
const FINDS_FOR_A_READING: u64 = 20;

/// Lists that are held at once.
const LISTS: usize = 4_096;

/// How much may be looked up before documents are read.
#[derive(Clone, Copy, Debug)]
struct Effort {
    /// Places so few that reading their documents costs less than looking for longer strings.
    few_places: u64,
    /// Strings of three characters or more that are looked for one by one.
    strings: usize,
    /// The same for pairs.
    pairs: usize,
    /// Documents so few that they are read sooner than more pairs are looked for.
    few_documents: usize,
}

const EFFORT: Effort = Effort { few_places: 1_000, strings: 1_000, pairs: 100_000, few_documents: 2_000 };

/// The documents that hold a match of the automaton, with the number of places where one begins.
pub(super) fn documents_spelled(engine: &dyn Engine, automaton: &Automaton) -> Vec<Posting> {
    documents_by(engine, automaton, EFFORT)
}

fn documents_by(engine: &dyn Engine, automaton: &Automaton, effort: Effort) -> Vec<Posting> {
    let read = |documents: &[u32]| {
        let count_in = |occurrences: &mut Occurrences<'_>, document: &u32| {
            let document = *document;
            let count = occurrences.count(engine.text(document));
            (count > 0).then_some(Posting { document, count })
        };
        parallel::filter_map(documents, || Occurrences::of(automaton), count_in)
    };
    let narrowed = narrow(engine, automaton, effort);
    if narrowed.is_none() && engine.scanned_bytes() > 0 {
        return read(&(0..engine.documents()).collect::<Vec<_>>());
    }
    let known = usize::from(narrowed.is_some());
    let mut narrowed = narrowed.unwrap_or_else(|| Narrowed::everything(engine));
    for neighbours in automaton.neighbours().iter().skip(known) {
        if narrowed.possible.len() <= effort.few_documents {
            break;
        }
        narrowed.keep(engine, neighbours, effort);
    }
    let mut tally = narrowed.certain;
    tally.forget(&narrowed.possible);
    tally.add(&read(&narrowed.possible));
    tally.postings()
}

/// Where an automaton can find something.
struct Narrowed {
    /// Documents with the matches that were found in them already.
    certain: Tally,
    /// Documents that must be read to know, in order. All their matches must be counted, not those alone that are not
    /// `certain`.
    possible: Vec<u32>,
}

impl Narrowed {
    fn everything(engine: &dyn Engine) -> Self {
        Self { certain: Tally::default(), possible: (0..engine.documents()).collect() }
    }

    /// Leaves, of the documents that must be read, those that have what an automaton finds, or the units of it.
    fn keep(&mut self, engine: &dyn Engine, automaton: &Automaton, effort: Effort) {
        let Some(narrowed) = narrow(engine, automaton, effort) else { return };
        let mut with = narrowed.certain;
        with.add(&engine.find(&automaton.literally()));
        self.possible.retain(|document| with.has(*document) || narrowed.possible.binary_search(document).is_ok());
    }
}

/// `None` if so many documents would have to be read that narrowing them is not worth it.
fn narrow(engine: &dyn Engine, automaton: &Automaton, effort: Effort) -> Option<Narrowed> {
    let scanned = engine.scanned_bytes() as u64;
    if scanned > MOST_SCANNED {
        return None;
    }
    let mut expansion = Expansion::new(engine, automaton);
    // Of each match only its shortest beginning that is one: where that stands, there is a match.
    let (mut whole, mut open) = split(expansion.starts(), &expansion);
    for chars in 1.. {
        if open.is_empty() || (chars > 1 && total(&open) <= effort.few_places) {
            break;
        }
        let most = if chars == 1 { effort.pairs } else { effort.strings };
        let longer: Vec<Branch> = open.iter().flat_map(|branch| expansion.longer(branch)).take(most + 1).collect();
        if longer.len() > most {
            break;
        }
        let (more, still_open) = split(longer, &expansion);
        whole.extend(more);
        open = still_open;
    }
    if !open.is_empty() && (total(&open) > u64::from(engine.documents()) || open.len() > effort.pairs) {
        return None;
    }
    if scanned > 0 {
        let mut bytes = 0;
        engine.characters(&mut |c, places| bytes += c.len_utf8() as u64 * places);
        if (whole.len() + open.len()) as u64 * scanned > FINDS_FOR_A_READING * bytes {
            return None;
        }
    }

    let (certain, possible) = (Tally::of(engine, &whole), Tally::of(engine, &open));
    Some(Narrowed { certain, possible: possible.postings().iter().map(|posting| posting.document).collect() })
}

/// Those that are matches, and those of the others that can become one.
fn split(branches: Vec<Branch>, expansion: &Expansion) -> (Vec<Branch>, Vec<Branch>) {
    let (whole, mut others): (Vec<Branch>, Vec<Branch>) =
        branches.into_iter().partition(|branch| expansion.is_match(branch.point));
    others.retain(|branch| expansion.goes_on(branch.point));
    (whole, others)
}

fn total(branches: &[Branch]) -> u64 {
    branches.iter().map(|branch| branch.places).sum()
}

/// Numbers of places by document.
#[derive(Debug, Default)]
struct Tally(Vec<u32>);

impl Tally {
    fn of(engine: &dyn Engine, branches: &[Branch]) -> Self {
        let mut tally = Self::default();
        let find = |(): &mut (), branch: &Branch| Some(engine.find(&branch.text));
        // Lists are long: not all of them are held at once.
        for branches in branches.chunks(LISTS) {
            parallel::filter_map(branches, || (), find).iter().for_each(|postings| tally.add(postings));
        }
        tally
    }

    fn add(&mut self, postings: &[Posting]) {
        if let Some(last) = postings.last() {
            self.reach(last.document);
        }
        for posting in postings {
            let count = &mut self.0[posting.document as usize];
            *count = count.saturating_add(posting.count);
        }
    }

    /// Takes out documents of which all places are counted anew.
    fn forget(&mut self, documents: &[u32]) {
        for document in documents {
            if let Some(count) = self.0.get_mut(*document as usize) {
                *count = 0;
            }
        }
    }

    fn has(&self, document: u32) -> bool {
        self.0.get(document as usize).is_some_and(|count| *count > 0)
    }

    fn reach(&mut self, document: u32) {
        let len = document as usize + 1;
        if self.0.len() < len {
            self.0.resize(len, 0);
        }
    }

    fn postings(&self) -> Vec<Posting> {
        let posting = |(document, count): (usize, &u32)| Posting { document: document as u32, count: *count };
        self.0.iter().enumerate().map(posting).filter(|posting| posting.count > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scan::places;
    use super::super::spelling::{Mode, Spelling};
    use super::super::testing::{scan, texts};
    use super::super::walk::Walk;
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
            (few_places, strings, pairs, few_documents)
                in (0..4_u64, 0..4_usize, prop::sample::select(vec![0, 2, 1_000]), 0..3_usize),
        ) {
            let effort = Effort { few_places, strings, pairs, few_documents };
            let engine = scan(&documents);
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
                let found = documents_by(&engine, &automaton, effort);
                prop_assert_eq!(found, expected, "{} {:?}", typed, automaton);
            }
        }
    }
}
