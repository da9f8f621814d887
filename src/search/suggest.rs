//! What to search instead, for a query that finds nothing: always something that does stand in the texts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use memchr::memmem;

use super::automaton::Automaton;
use super::engine::{Engine, SEPARATOR, Written};
use super::evaluate::evaluate;
use super::fold::fold;
use super::query::{Query, Term};
use super::scan::{Hit, furthest, hits, literal, spelled};
use super::snippet::{byte_of, snippet};
use super::spelling::{Mode, Spelling};

/// Bytes of folded text that are looked through; the matches are counted in all.
const HEAD_BYTES: usize = 4 << 20;
/// Characters of a term up to which its sound, its parts and their order are tried.
const TERM_CHARS: usize = 32;
/// Candidates of a kind that are looked at.
const CANDIDATES: usize = 64;
/// Letters of a part that still says something.
const LEAST_LETTERS: usize = 3;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Suggestion {
    /// To be typed instead of the query.
    pub text: String,
    /// Matches that this finds; never 0.
    pub count: usize,
}

/// How a suggestion came about, the most helpful first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Kind {
    /// The same sound, or pinyin with one slip; the query without what it leaves out.
    Sound,
    /// One character off, or two parts swapped.
    Slip,
    /// A part of a term.
    Part,
    /// A term by itself.
    Alone,
}

#[derive(Debug)]
struct Candidate {
    kind: Kind,
    text: String,
    count: usize,
}

/// At most `limit` suggestions, the best first. Meant for a query that finds nothing.
pub fn suggest(query: &Query, engine: &dyn Engine, written: &dyn Written, limit: usize) -> Vec<Suggestion> {
    Near { engine, written, head: Head::of(engine) }.suggest(query, limit)
}

/// The beginning of all texts, and where each document ends in it.
struct Head {
    folded: String,
    ends: Vec<usize>,
}

impl Head {
    fn of(engine: &dyn Engine) -> Self {
        let mut head = Self { folded: String::new(), ends: Vec::new() };
        for document in 0..engine.documents() {
            if head.folded.len() > HEAD_BYTES {
                break;
            }
            head.folded.push_str(engine.text(document));
            head.ends.push(head.folded.len());
        }
        head
    }
}

struct Near<'a> {
    engine: &'a dyn Engine,
    written: &'a dyn Written,
    head: Head,
}

impl Near<'_> {
    fn suggest(&self, query: &Query, limit: usize) -> Vec<Suggestion> {
        let wanted: Vec<&Term> = query.terms.iter().filter(|term| !term.negative).collect();
        let missing: Vec<&Term> =
            wanted.iter().copied().filter(|term| hits(&self.head.folded, term).is_empty()).collect();
        let mut candidates: Vec<Candidate> = missing.iter().flat_map(|term| self.near(term)).collect();
        if missing.is_empty() {
            if wanted.len() < query.terms.len() {
                let all: Vec<String> = wanted.iter().map(|term| typed(&term.text, term.quoted)).collect();
                candidates.push(Candidate { kind: Kind::Sound, text: all.join(" "), count: 1 });
            }
            let alone = |term: &&Term| Candidate { kind: Kind::Alone, text: typed(&term.text, term.quoted), count: 1 };
            candidates.extend(wanted.iter().map(alone));
        }
        self.best(candidates, limit)
    }

    /// What is near a term that finds nothing.
    fn near(&self, term: &Term) -> Vec<Candidate> {
        let head = self.head.folded.as_str();
        let short = term.folded.chars().count() <= TERM_CHARS;
        let mut near = Vec::new();
        if short {
            near.extend(self.tally(Kind::Sound, spelled(head, &Automaton::homophones(&term.folded))));
        }
        if let Some(spelling) = Spelling::of(&term.text).filter(|spelling| short && spelling.units().len() > 2) {
            near.extend(self.tally(Kind::Sound, spelled(head, &Automaton::forgiving(&spelling))));
        }
        near.extend(self.tally(Kind::Slip, one_off(head, &term.folded)));
        if short {
            let swapped = swapped(&term.folded).into_iter().flat_map(|other| literal(head, &other)).collect();
            near.extend(self.tally(Kind::Slip, swapped));
        }
        if near.is_empty() {
            near.extend(self.tally(Kind::Part, longest_parts(head, &term.folded)));
            near.extend(term.spelling().and_then(|spelling| longest_beginning(head, spelling)));
        }
        near
    }

    /// The texts of the hits as they are written, with how often each stands there.
    fn tally(&self, kind: Kind, hits: Vec<Hit>) -> Vec<Candidate> {
        let mut places: BTreeMap<&str, (Hit, usize)> = BTreeMap::new();
        for hit in hits {
            let rest = &self.head.folded[hit.byte..];
            places.entry(&rest[..byte_of(rest, hit.chars)]).or_insert((hit, 0)).1 += 1;
        }
        let candidate = |(hit, count)| Candidate { kind, text: typed(&self.written_at(hit), false), count };
        let mut places: Vec<(Hit, usize)> = places.into_values().collect();
        // Of what is found as often, the longer says more.
        places.sort_by_key(|(hit, count)| Reverse((*count, hit.chars)));
        places.truncate(CANDIDATES);
        places.into_iter().map(candidate).collect()
    }

    fn written_at(&self, hit: Hit) -> String {
        let document = self.head.ends.partition_point(|end| *end <= hit.byte);
        let begin = document.checked_sub(1).map_or(0, |before| self.head.ends[before]);
        let before = &self.head.folded[begin..hit.byte];
        let text = before.matches(SEPARATOR).count();
        let start = before.rsplit(SEPARATOR).next().unwrap_or_default().chars().count();
        snippet(self.written.written(document as u32, text), start, start + hit.chars, 0, 0).text
    }

    fn best(&self, mut candidates: Vec<Candidate>, limit: usize) -> Vec<Suggestion> {
        candidates.sort_by_key(|candidate| (candidate.kind, Reverse(candidate.count)));
        let mut best: Vec<Candidate> = Vec::new();
        for candidate in candidates {
            if best.len() == limit {
                break;
            }
            if best.iter().any(|known| fold(&known.text) == fold(&candidate.text)) {
                continue;
            }
            let found = evaluate(&Query::parse(&candidate.text), self.engine);
            let count = found.documents.iter().map(|with| with.count as usize).sum();
            if count > 0 {
                best.push(Candidate { count, ..candidate });
            }
        }
        best.sort_by_key(|candidate| (candidate.kind, Reverse(candidate.count)));
        best.into_iter().map(|Candidate { text, count, .. }| Suggestion { text, count }).collect()
    }
}

/// `text` so that, typed, it is searched as one term.
fn typed(text: &str, quoted: bool) -> String {
    let query = Query::parse(text);
    let is_itself = matches!(query.terms.as_slice(), [term] if term.folded == fold(text) && !term.negative);
    if quoted || !is_itself { format!("\"{text}\"") } else { text.to_owned() }
}

/// The places of what differs from `wanted` in one character: another one, one more, or one less.
fn one_off(head: &str, wanted: &str) -> Vec<Hit> {
    let chars = wanted.chars().count();
    // So much must stay the same that it is still the same word.
    let least = if wanted.is_ascii() { 4 } else { 2 };
    if chars < least {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (byte, _) in head.char_indices() {
        let text = &head[byte..];
        let same = text.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
        let (from_here, wanted_from_here) = (&text[same..], &wanted[same..]);
        let (other, after) = split_first(from_here);
        let (_, wanted_after) = split_first(wanted_from_here);
        if other.is_some_and(char::is_alphanumeric) {
            if after.starts_with(wanted_after) {
                hits.push(Hit { byte, chars });
            }
            if same > 0 && after.starts_with(wanted_from_here) {
                hits.push(Hit { byte, chars: chars + 1 });
            }
        }
        // One less at an end is a part.
        if chars > least && same > 0 && !wanted_after.is_empty() && from_here.starts_with(wanted_after) {
            hits.push(Hit { byte, chars: chars - 1 });
        }
    }
    hits
}

fn split_first(text: &str) -> (Option<char>, &str) {
    let mut chars = text.chars();
    (chars.next(), chars.as_str())
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
    others.sort();
    others.dedup();
    others
}

/// The places of the longest parts of `wanted` that stand somewhere: of its first characters if it is long.
fn longest_parts(head: &str, wanted: &str) -> Vec<Hit> {
    let wanted = &wanted[..byte_of(wanted, TERM_CHARS)];
    let bounds: Vec<usize> = wanted.char_indices().map(|(byte, _)| byte).chain([wanted.len()]).collect();
    let least = if wanted.is_ascii() { LEAST_LETTERS } else { 1 };
    let stands = |start: usize, len: usize| {
        let part = &wanted[bounds[start]..*bounds.get(start + len)?];
        let stands = part.contains(char::is_alphanumeric) && memmem::find(head.as_bytes(), part.as_bytes()).is_some();
        stands.then_some(part)
    };
    let (mut len, mut parts) = (least, Vec::new());
    for start in 0..bounds.len() {
        while stands(start, len + 1).is_some() {
            len += 1;
            parts.clear();
        }
        parts.extend(stands(start, len));
    }
    parts.sort_unstable();
    parts.dedup();
    parts.into_iter().flat_map(|part| literal(head, part)).collect()
}

/// The whole syllables that a term begins with, as many as are found.
fn longest_beginning(head: &str, spelling: &Spelling) -> Option<Candidate> {
    let len = furthest(head, &Automaton::new(spelling, Mode::Whole));
    let text: String = spelling.units()[..len].iter().collect();
    (len >= LEAST_LETTERS).then_some(Candidate { kind: Kind::Part, text, count: 1 })
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    /// Suggestions as `text×count`, one text a document.
    #[track_caller]
    fn check(texts: &[&str], typed: &str, expected: &[&str]) {
        let engine = testing::texts(texts);
        let query = Query::parse(typed);
        assert_eq!(evaluate(&query, &engine).documents, [], "{typed} finds nothing");
        let suggestions = suggest(&query, &engine, &testing::AsWritten(texts), 4);
        let shown: Vec<String> =
            suggestions.iter().map(|Suggestion { text, count }| format!("{text}×{count}")).collect();
        assert_eq!(shown, expected, "{typed}");
    }

    #[test]
    fn what_sounds_the_same_comes_first() {
        check(&["温泉镇的温泉", "清泉"], "文泉", &["温泉×2", "清泉×1"]);
        check(&["溫泉鎮"], "文泉", &["溫泉×1"]);
        check(&["温泉镇"], "wenqan", &["温泉×1"]);
        check(&["温泉镇"], "wengquanzhen", &["温泉镇×1"]);
        check(&["温泉镇"], "\"wenquan\"", &["温泉×1"]);
        check(&["温泉镇"], "温qan", &["温泉×1"]);
    }

    #[test]
    fn one_character_off() {
        check(&["温泉旅游规划"], "温泉旅馆", &["温泉旅游×1"]);
        check(&["温泉旅游"], "温旅游", &["温泉旅游×1", "泉旅游×1"]);
        check(&["温泉旅游"], "温泉大旅游", &["温泉旅游×1"]);
        check(&["Annual report"], "repart", &["report×1"]);
        check(&["2024年"], "2023年", &["2024年×1"]);
    }

    #[test]
    fn parts_in_another_order() {
        check(&["规划温泉"], "温泉规划", &["规划温泉×1"]);
        check(&["规划"], "划规", &["规划×1"]);
        check(&["report"], "reprot", &["report×1"]);
    }

    #[test]
    fn parts_of_what_is_missing() {
        check(&["温泉旅游", "矿山整治"], "温泉矿山", &["温泉×1", "矿山×1"]);
        check(&["温泉旅游规划"], "温泉规划", &["温泉×1", "规划×1"]);
        check(&["温水"], "炎热的温室", &["温×1"]);
        check(&["温泉"], "wenquanxyz", &["wenquan×1"]);
        check(&["温泉"], "矿山", &[]);
    }

    #[test]
    fn terms_that_are_never_together_are_offered_alone() {
        check(&["温泉 温泉", "规划"], "温泉 规划", &["温泉×2", "规划×1"]);
        check(&["温泉 甲", "规划"], "\"温泉 甲\" 规划", &["\"温泉 甲\"×1", "规划×1"]);
    }

    #[test]
    fn what_is_left_out_may_be_too_much() {
        check(&["温泉规划"], "温泉 规划 -泉", &["温泉 规划×2", "温泉×1", "规划×1"]);
    }

    #[test]
    fn nothing_is_suggested_for_nothing() {
        check(&["温泉"], "", &[]);
        check(&["温泉"], "-温泉", &[]);
        check(&[], "温泉", &[]);
    }

    #[test]
    fn a_suggestion_can_be_typed() {
        assert_eq!(typed("温泉", false), "温泉");
        assert_eq!(typed("温 泉", false), "\"温 泉\"");
        assert_eq!(typed("-泉", false), "\"-泉\"");
        assert_eq!(typed("温泉", true), "\"温泉\"");
    }
}
