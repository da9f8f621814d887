//! Which documents answer a query best.
//!
//! The relevance of a document is computed from the places of the query's clauses in it alone:
//!
//! 1. **Where.** Each clause counts by the most telling text that it stands in: title 8, heading 4, caption 2, body 1;
//!    the mean of all clauses is taken. A word in a title outdoes any number of places in a body.
//! 2. **How often for how much text.** For each clause `n / (n + 1.2 × (0.25 + 0.75 × characters / 1000))` with `n`
//!    places: below 1, rising with every place and falling with the length of the document; the mean again.
//! 3. **How close.** For each two clauses `1 / (1 + gap / 10)`, where `gap` is the least number of characters between
//!    places of both in one text; 0 if they never stand in the same text; the mean of all pairs.
//!
//! The sum of these is compared to four decimals. What comes first of documents where it is the same is not decided here.

use std::collections::BTreeMap;

use super::evaluate::Match;

/// What a text is to its document, the most telling first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Zone {
    Title,
    /// Within a text.
    Heading,
    Caption,
    Body,
}

impl Zone {
    fn weight(self) -> f64 {
        match self {
            Self::Title => 8.0,
            Self::Heading => 4.0,
            Self::Caption => 2.0,
            Self::Body => 1.0,
        }
    }
}

/// Characters of a text of middle length.
const MIDDLE_CHARS: f64 = 1000.0;
/// Characters between two words at which their closeness counts half.
const HALF_GAP: f64 = 10.0;

/// The relevance of a document, the higher the better, by its matches, sorted by text and start, and the length of all its
/// texts; 0 without any match.
pub fn relevance(matches: &[Match], chars: usize, zone: impl Fn(&Match) -> Zone) -> f32 {
    /// The places of one clause.
    struct Places {
        count: f64,
        weight: f64,
    }
    let mut clauses: BTreeMap<usize, Places> = BTreeMap::new();
    for found in matches {
        let places = clauses.entry(found.clause).or_insert(Places { count: 0.0, weight: 0.0 });
        places.count += 1.0;
        places.weight = places.weight.max(zone(found).weight());
    }
    if clauses.is_empty() {
        return 0.0;
    }
    let enough = 1.2 * (0.25 + 0.75 * chars as f64 / MIDDLE_CHARS);
    let sum: f64 = clauses.values().map(|places| places.weight + places.count / (places.count + enough)).sum();
    let score = sum / clauses.len() as f64 + closeness(matches, clauses.len());
    (score * 10_000.0).floor() as f32 / 10_000.0
}

/// From 0 to 1, the mean of all pairs of clauses.
fn closeness(matches: &[Match], clauses: usize) -> f64 {
    let pairs = clauses * (clauses - 1) / 2;
    if pairs == 0 {
        return 0.0;
    }
    let mut gaps: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut last: BTreeMap<usize, &Match> = BTreeMap::new();
    for found in matches {
        for (clause, before) in last.iter().filter(|(clause, _)| **clause != found.clause) {
            if before.text == found.text {
                let pair = (found.clause.min(*clause), found.clause.max(*clause));
                let gap = found.start.saturating_sub(before.end);
                gaps.entry(pair).and_modify(|least| *least = gap.min(*least)).or_insert(gap);
            }
        }
        last.insert(found.clause, found);
    }
    gaps.values().map(|gap| 1.0 / (1.0 + *gap as f64 / HALF_GAP)).sum::<f64>() / pairs as f64
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::super::evaluate::evaluate;
    use super::super::query::Query;
    use super::super::testing::scan;
    use super::*;

    /// A document: texts with `T:`, `H:` or `C:` before them if they are no body, and its date.
    struct Judged {
        texts: Vec<String>,
        date: Option<u32>,
    }

    fn dated(date: u32, text: &str) -> Judged {
        Judged { texts: vec![text.to_owned()], date: Some(date) }
    }

    fn texts(texts: &[&str]) -> Judged {
        Judged { texts: texts.iter().map(|text| (*text).to_owned()).collect(), date: None }
    }

    fn zone_of(text: &str) -> Zone {
        match text.get(..2) {
            Some("T:") => Zone::Title,
            Some("H:") => Zone::Heading,
            Some("C:") => Zone::Caption,
            _ => Zone::Body,
        }
    }

    fn ranked(documents: &[Judged], typed: &str) -> Vec<u32> {
        let engine = scan(documents.iter().map(|document| &document.texts));
        let found = evaluate(&Query::parse(typed), &engine);
        let mut ranked: Vec<u32> = found.documents.iter().map(|with| with.document).collect();
        ranked.sort_by_key(|number| {
            let document = &documents[*number as usize];
            let chars = document.texts.iter().map(|text| text.chars().count()).sum();
            let matches = found.locate(&engine, *number);
            let relevance = relevance(&matches, chars, |found| zone_of(&document.texts[found.text]));
            (Reverse((relevance * 10_000.0) as u32), Reverse(document.date))
        });
        ranked
    }

    /// Documents in the order in which they should come.
    #[track_caller]
    fn check(typed: &str, documents: &[Judged]) {
        let expected: Vec<u32> = (0..documents.len() as u32).collect();
        assert_eq!(ranked(documents, typed), expected, "{typed}");
        // Whatever the order that they stand in, unless that decides.
        let reversed: Vec<Judged> =
            documents.iter().rev().map(|judged| Judged { texts: judged.texts.clone(), date: judged.date }).collect();
        let expected: Vec<u32> = expected.into_iter().rev().collect();
        assert_eq!(ranked(&reversed, typed), expected, "{typed}, reversed");
    }

    fn long(text: &str) -> String {
        format!("{text}{}", "的".repeat(3000))
    }

    #[test]
    fn title_heading_caption_body() {
        check("温泉", &[texts(&["T:温泉"]), texts(&["H:温泉"]), texts(&["C:温泉"]), texts(&["温泉"])]);
    }

    #[test]
    fn a_title_outdoes_many_places_in_a_body() {
        check("温泉", &[texts(&["T:温泉", &long("")]), texts(&["T:规划", &"温泉".repeat(50)])]);
    }

    #[test]
    fn a_caption_outdoes_many_places_in_a_body() {
        check("温泉", &[texts(&[&long("C:温泉")]), texts(&[&"温泉".repeat(50)])]);
    }

    #[test]
    fn a_title_with_more_places_in_the_body_comes_first() {
        check("温泉", &[texts(&["T:温泉", "温泉与温泉"]), texts(&["T:温泉", "规划与规划"])]);
    }

    #[test]
    fn more_places_come_first() {
        check("温泉", &[texts(&["温泉温泉温泉,规划"]), texts(&["温泉温泉规划,规划"]), texts(&["温泉规划规划,规划"])]);
    }

    #[test]
    fn denser_comes_first() {
        check("温泉", &[texts(&["温泉的规划"]), texts(&[&long("温泉")])]);
    }

    #[test]
    fn many_places_in_a_long_text_outdo_one_in_a_middling_one() {
        let middling = format!("温泉{}", "的".repeat(1000));
        check("温泉", &[texts(&[&long(&"温泉".repeat(20))]), texts(&[&middling])]);
    }

    #[test]
    fn closer_words_come_first() {
        check(
            "温泉 规划",
            &[
                texts(&["温泉规划的的的的的的的的的的"]),
                texts(&["温泉的的的的的规划的的的的的"]),
                texts(&["温泉的的的的的的的的的的规划"]),
            ],
        );
    }

    #[test]
    fn words_in_one_text_outdo_words_in_two() {
        check("温泉 规划", &[texts(&["温泉的规划", "镇"]), texts(&["温泉的", "规划镇"])]);
    }

    #[test]
    fn order_does_not_matter_for_closeness() {
        check("温泉 规划", &[texts(&["规划温泉的的的的的"]), texts(&["温泉的的的的的规划"])]);
    }

    #[test]
    fn both_words_in_the_title_outdo_one() {
        check("温泉 规划", &[texts(&["T:温泉规划", "镇"]), texts(&["T:温泉", "规划"]), texts(&["T:镇", "温泉规划"])]);
    }

    #[test]
    fn three_words_are_close_if_each_two_are() {
        check(
            "温泉 规划 旅游",
            &[
                texts(&["温泉旅游规划的的的的的的的的"]),
                texts(&["温泉旅游的的的的的的的的规划"]),
                texts(&["温泉的的的的旅游的的的的规划"]),
            ],
        );
    }

    #[test]
    fn pinyin_ranks_like_characters() {
        check("wenquan", &[texts(&["T:温泉"]), texts(&["温泉温泉规划"]), texts(&["温泉规划规划"])]);
    }

    #[test]
    fn amounts_rank_by_where_they_stand() {
        check(">1亿元", &[texts(&["T:投资5亿元"]), texts(&["C:投资5亿元"]), texts(&["投资5亿元"])]);
    }

    #[test]
    fn the_later_date_breaks_a_tie() {
        check("温泉", &[dated(20180101, "温泉"), dated(20170928, "温泉"), texts(&["温泉"])]);
    }

    #[test]
    fn the_order_of_reading_breaks_the_last_tie() {
        assert_eq!(ranked(&[texts(&["温泉"]), texts(&["规划"]), texts(&["温泉"])], "温泉"), [0, 2]);
    }

    #[test]
    fn no_match_is_no_relevance() {
        assert_eq!(relevance(&[], 0, |_| Zone::Title), 0.0);
    }
}
