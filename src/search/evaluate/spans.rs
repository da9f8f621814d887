//! Where patterns are in one text. Places are ranges of characters, sorted and all different.

use std::ops::Range;

use memchr::memmem;

use crate::search::amount::AmountRange;
use crate::search::automaton::Automaton;
use crate::search::query::WILDCARD_CHARS;
use crate::search::scan::{Hit, literal, spelled};

/// A pattern of which it is known how it is written, and by which reading it is spelled, in this corpus.
#[derive(Debug)]
pub(super) enum Finder {
    /// Any of the needles, or what the automaton finds.
    Word {
        needles: Vec<memmem::Finder<'static>>,
        sound: Option<Box<Automaton>>,
    },
    Near {
        left: Box<Finder>,
        right: Box<Finder>,
        within: usize,
    },
    Wildcard(Vec<Finder>),
    Amount(AmountRange),
}

impl Finder {
    pub fn spans(&self, folded: &str) -> Vec<Range<usize>> {
        match self {
            Self::Word { needles, sound } => {
                let mut hits: Vec<Hit> = needles.iter().flat_map(|needle| literal(folded, needle)).collect();
                if let Some(automaton) = sound {
                    hits.extend(spelled(folded, automaton));
                }
                hits.sort_unstable();
                hits.dedup();
                in_characters(folded, &hits)
            }
            Self::Near { left, right, within } => {
                let left = left.spans(folded);
                if left.is_empty() { left } else { near(&left, &right.spans(folded), *within) }
            }
            Self::Wildcard(parts) => {
                let mut spans = Vec::with_capacity(parts.len());
                for part in parts {
                    let found = part.spans(folded);
                    if found.is_empty() {
                        return Vec::new();
                    }
                    spans.push(found);
                }
                in_order(&spans)
            }
            Self::Amount(range) => range.places(folded),
        }
    }
}

/// Hits, in order, in characters.
fn in_characters(folded: &str, hits: &[Hit]) -> Vec<Range<usize>> {
    let (mut byte, mut start) = (0, 0);
    let span = |hit: &Hit| {
        start += folded[byte..hit.byte].chars().count();
        byte = hit.byte;
        start..start + hit.chars
    };
    hits.iter().map(span).collect()
}

/// Those of `left` and of `right` that have one of the other before or after, with at most `within` characters between.
fn near(left: &[Range<usize>], right: &[Range<usize>], within: usize) -> Vec<Range<usize>> {
    let beside = |some: &[Range<usize>], others: &[Range<usize>]| -> Vec<Range<usize>> {
        let starts: Vec<usize> = others.iter().map(|span| span.start).collect();
        let mut ends: Vec<usize> = others.iter().map(|span| span.end).collect();
        ends.sort_unstable();
        let has = |sorted: &[usize], from: usize, to: usize| {
            sorted.get(sorted.partition_point(|at| *at < from)).is_some_and(|at| *at <= to)
        };
        let stands = |span: &&Range<usize>| {
            has(&starts, span.end, span.end.saturating_add(within))
                || has(&ends, span.start.saturating_sub(within), span.start)
        };
        some.iter().filter(stands).cloned().collect()
    };
    let mut spans = beside(left, right);
    spans.extend(beside(right, left));
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup();
    spans
}

/// The shortest ranges that hold one of each list, one after the other with at most [`WILDCARD_CHARS`] between two:
/// none of them holds another.
fn in_order(parts: &[Vec<Range<usize>>]) -> Vec<Range<usize>> {
    let Some((first, rest)) = parts.split_first() else { return Vec::new() };
    // By their ends, each with its latest start: a shorter way to the same end.
    let mut so_far: Vec<Range<usize>> = first.clone();
    for part in rest {
        so_far.sort_unstable_by_key(|span| (span.end, span.start));
        let mut longer = Vec::new();
        for span in part {
            let from = so_far.partition_point(|before| before.end + WILDCARD_CHARS < span.start);
            let before = so_far[from..].iter().take_while(|before| before.end <= span.start);
            if let Some(start) = before.map(|before| before.start).max() {
                longer.push(start..span.end);
            }
        }
        so_far = longer;
    }
    so_far.sort_unstable_by_key(|span| (span.end, std::cmp::Reverse(span.start)));
    let mut shortest: Vec<Range<usize>> = Vec::new();
    for span in so_far {
        if shortest.last().is_none_or(|last| last.start < span.start) {
            shortest.push(span);
        }
    }
    shortest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(needle: &str) -> Finder {
        Finder::Word { needles: vec![memmem::Finder::new(needle).into_owned()], sound: None }
    }

    fn places(finder: &Finder, text: &str) -> Vec<(usize, usize)> {
        finder.spans(text).into_iter().map(|span| (span.start, span.end)).collect()
    }

    #[track_caller]
    fn check_near(text: &str, within: usize, expected: &[(usize, usize)]) {
        let finder = Finder::Near { left: Box::new(word("温泉")), right: Box::new(word("镇")), within };
        assert_eq!(places(&finder, text), expected, "{text}");
    }

    #[track_caller]
    fn check_wildcard(text: &str, parts: &[&str], expected: &[(usize, usize)]) {
        let finder = Finder::Wildcard(parts.iter().map(|part| word(part)).collect());
        assert_eq!(places(&finder, text), expected, "{text}");
    }

    #[test]
    fn near_is_in_both_orders_and_up_to_the_distance() {
        check_near("温泉与镇", 1, &[(0, 2), (3, 4)]);
        check_near("镇与温泉", 1, &[(0, 1), (2, 4)]);
        check_near("温泉镇", 0, &[(0, 2), (2, 3)]);
        check_near("温泉与和镇", 1, &[]);
        check_near("温泉与镇,以及另一镇", 2, &[(0, 2), (3, 4)]);
        check_near("温泉", 9, &[]);
    }

    #[test]
    fn the_same_word_twice_is_near_itself_only_if_it_stands_twice() {
        let twice = |text: &str| {
            let finder = Finder::Near { left: Box::new(word("泉")), right: Box::new(word("泉")), within: 3 };
            places(&finder, text)
        };
        assert!(twice("泉").is_empty());
        assert_eq!(twice("泉与泉"), [(0, 1), (2, 3)]);
    }

    #[test]
    fn wildcards_are_as_short_as_possible() {
        check_wildcard("温泉特色小镇", &["温泉", "小镇"], &[(0, 6)]);
        check_wildcard("温泉温泉小镇", &["温泉", "小镇"], &[(2, 6)]);
        check_wildcard("温泉小镇小镇", &["温泉", "小镇"], &[(0, 4)]);
        check_wildcard("小镇温泉", &["温泉", "小镇"], &[]);
        check_wildcard("甲乙丙甲丙", &["甲", "丙"], &[(0, 3), (3, 5)]);
        check_wildcard("甲一乙二丙", &["甲", "乙", "丙"], &[(0, 5)]);
        check_wildcard("甲乙", &["甲乙", "乙"], &[]);
    }

    #[test]
    fn a_wildcard_stands_for_so_many_characters() {
        let text = |gap: usize| format!("甲{}乙", "的".repeat(gap));
        check_wildcard(&text(WILDCARD_CHARS), &["甲", "乙"], &[(0, WILDCARD_CHARS + 2)]);
        check_wildcard(&text(WILDCARD_CHARS + 1), &["甲", "乙"], &[]);
    }

    #[test]
    fn amounts_are_places() {
        let range = AmountRange::parse(">15万元").expect("it is one");
        assert_eq!(places(&Finder::Amount(range), "10-20万元,5万元和30万元"), [(0, 7), (12, 16)]);
    }

    fn naive_near(a: &[Range<usize>], b: &[Range<usize>], within: usize) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for x in a {
            for y in b {
                let (first, second) = if x.end <= y.start { (x, y) } else { (y, x) };
                if first.end <= second.start && second.start - first.end <= within {
                    found.extend([x.clone(), y.clone()]);
                }
            }
        }
        found.sort_by_key(|span| (span.start, span.end));
        found.dedup();
        found
    }

    fn naive_in_order(parts: &[Vec<Range<usize>>]) -> Vec<Range<usize>> {
        let mut all: Vec<Range<usize>> = parts[0].clone();
        for part in &parts[1..] {
            let pairs = all.iter().flat_map(|before| part.iter().map(move |span| (before, span)));
            let fits = |(before, span): &(&Range<usize>, &Range<usize>)| {
                before.end <= span.start && span.start - before.end <= WILDCARD_CHARS
            };
            all = pairs.filter(fits).map(|(before, span)| before.start..span.end).collect();
        }
        let holds = |a: &Range<usize>, b: &Range<usize>| a != b && a.start <= b.start && b.end <= a.end;
        let mut shortest: Vec<Range<usize>> =
            all.iter().filter(|span| !all.iter().any(|other| holds(span, other))).cloned().collect();
        shortest.sort_by_key(|span| (span.start, span.end));
        shortest.dedup();
        shortest
    }

    fn spans() -> impl Strategy<Value = Vec<Range<usize>>> {
        prop::collection::btree_set((0..80_usize, 1..4_usize), 0..8)
            .prop_map(|spans| spans.into_iter().map(|(start, len)| start..start + len).collect())
    }

    proptest! {
        #[test]
        fn near_and_wildcard_find_what_trying_every_pair_finds(
            a in spans(), b in spans(), c in spans(), within in 0..30_usize,
        ) {
            prop_assert_eq!(near(&a, &b, within), naive_near(&a, &b, within));
            let parts = [a, b, c];
            prop_assert_eq!(in_order(&parts[..2]), naive_in_order(&parts[..2]));
            prop_assert_eq!(in_order(&parts), naive_in_order(&parts));
        }
    }
}
