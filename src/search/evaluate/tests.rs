use proptest::prelude::*;

use super::*;
use crate::search::engine::Scan;
use crate::search::fold::fold;
use crate::search::testing::{found, places, scan, texts as documents_of};

/// Matches as `text:start-end`, with one document a text.
#[track_caller]
fn check(texts: &[&str], typed: &str, expected: &[&str]) {
    assert_eq!(places(&documents_of(texts), typed), expected, "{typed}");
}

#[test]
fn near_words_are_both_marked() {
    let texts = ["温泉与镇", "温泉离这个镇很远", "镇", "wen"];
    check(&texts, "温泉 ~1 镇", &["0:0-2", "0:3-4"]);
    check(&texts, "温泉 ~5 镇", &["0:0-2", "0:3-4", "1:0-2", "1:5-6"]);
    check(&texts, "wenquan ~1 镇", &["0:0-2", "0:3-4"]);
    check(&texts, "镇 -温泉 ~1 镇", &["1:5-6", "2:0-1"]);
    check(&["温泉", "镇"], "温泉 ~9 镇", &[]);
    check(&["温泉投资5亿元,镇投资20亿元"], "镇 ~2 >10亿元", &["0:8-9", "0:11-15"]);
}

#[test]
fn wildcards_are_one_place() {
    check(&["温泉特色小镇", "小镇温泉"], "温泉*小镇", &["0:0-6"]);
    check(&["温泉特色小镇"], "wenquan*xiaozhen", &["0:0-6"]);
    check(&["温泉特色小镇"], "\"wenquan*xiaozhen\"", &[]);
    check(&["温泉特色小镇", "温泉"], "温泉 -温泉*镇", &["1:0-2"]);
    check(&["温*泉", "温泉"], "*", &["0:1-2"]);
}

#[test]
fn amounts_are_found_by_their_value() {
    let texts = ["投资120亿元", "投资80亿元", "20亩", "2017年"];
    check(&texts, ">100亿元", &["0:2-7"]);
    check(&texts, "投资 <100亿元", &["1:0-2", "1:2-6"]);
    check(&texts, ">1公顷", &["2:0-3"]);
    check(&texts, "投资 ->100亿元", &["1:0-2"]);
    check(&texts, ">10", &["0:2-7", "1:2-6", "2:0-3"]);
    check(&["10-20万元"], "5..30万元", &["0:0-7"]);
}

#[test]
fn what_is_written_otherwise_is_found() {
    check(&["250㎡", "250平方米", "250m2", "250m²"], "㎡", &["0:3-4", "1:3-6", "2:3-5", "3:3-5"]);
    check(&["250㎡", "250平方米", "250m2"], "平方米", &["0:3-4", "1:3-6"]);
    check(&["250㎡", "250平方米", "250m2"], "m2", &["0:3-4", "2:3-5"]);
    check(&["第⑩条", "第10条"], "第10条", &["0:0-3", "1:0-4"]);
    check(&["第①条"], "第1条", &["0:0-3"]);
    check(&["ofﬁce"], "office", &["0:0-5"]);
    check(&["250㎡的房"], "\"平方米的\"", &["0:3-5"]);
}

#[test]
fn what_is_misunderstood_is_left_out_where_nothing_has_its_letters_as_well() {
    let engine = scan([vec!["温泉"], vec!["温泉 年:17"], vec!["镇"]]);
    let found = |typed: &str| {
        let found = evaluate(&Query::parse(typed), &engine);
        (found.documents.iter().map(|posting| posting.document).collect::<Vec<_>>(), found.left_out)
    };
    assert_eq!(found("年:17 温泉"), (vec![1], false));
    assert_eq!(found("年:18 温泉"), (vec![0, 1], true));
    assert_eq!(found(">多 温泉"), (vec![0, 1], true));
    assert_eq!(found("年:18 人:刘"), (vec![0, 1, 2], true), "what is chosen is for the caller to see");
    assert_eq!(found("年:18 "), (vec![], false), "nothing else is asked for");
    assert_eq!(found("年:18 -镇"), (vec![], false));
    assert_eq!(found("年:18 矿"), (vec![], false));
}

#[test]
fn what_may_be_read_otherwise_in_the_whole_is_not_found_in_its_beginning() {
    let check = |documents: &[&str], typed: &str, expected: Option<usize>| {
        let whole = documents_of(documents);
        let beginning = whole.beginning(1).expect("more than one document");
        let found = evaluate_beginning(&Query::parse(typed), &*beginning, &whole);
        assert_eq!(found.map(|found| found.documents.len()), expected, "{typed} in {documents:?}");
    };
    check(&["温泉", "温泉"], "温泉", Some(1));
    check(&["温泉", "温泉"], "wenquan", Some(1));
    check(&["温泉", "温泉"], "wq", Some(1));
    check(&["镇", "温泉"], "wenquan", None);
    check(&["温全", "温"], "wenq", Some(1));
    check(&["拉你", "兰"], "lan", None);
    check(&["温泉镇", "温泉"], "wen quan", Some(1));
    check(&["温与泉", "温泉"], "wen quan", None);
    check(&["国电平", "GDP"], "GDP", None);
    check(&["国电平", "水"], "GDP", Some(1));
    check(&["温泉", "年:17温泉"], "年:17 温泉", None);
    // Letters that are written stand for themselves where there are many documents.
    let mut many = vec!["水"; 2_000];
    many[0] = "温泉镇";
    check(&many, "wqz", Some(1));
    many.push("wqz");
    check(&many, "wqz", None);
}

#[test]
fn only_what_is_found_by_initials_is_ground() {
    let engine = documents_of(&["温泉镇", "温泉", "文权"]);
    let check = |typed: &str, expected: &[u32]| {
        let query = Query::parse(typed);
        let ground = evaluate(&query, &engine).ground(&query);
        assert_eq!(ground.map(|ground| ground.documents).unwrap_or_default(), expected, "{typed}");
    };
    check("wq", &[0, 1, 2]);
    check("温q", &[0, 1]);
    check("wqz", &[0]);
    for typed in ["wenquan", "wenq", "温泉", "\"wq\"", "-wq", "wq 温", "xx"] {
        check(typed, &[]);
    }
}

#[test]
fn demands_alone_ask_for_every_document() {
    let engine = scan([vec!["温泉"], vec!["镇"], vec![]]);
    let documents = |typed: &str| {
        let found = evaluate(&Query::parse(typed), &engine);
        assert!((0..3).all(|document| found.locate(&engine, document).is_empty()), "{typed}");
        found.documents.iter().map(|posting| posting.document).collect::<Vec<_>>()
    };
    assert_eq!(documents("年:2017"), [0, 1, 2]);
    assert_eq!(documents("年:2017 -温泉"), [1, 2]);
    assert!(documents("-温泉").is_empty());
    assert!(documents("").is_empty());
}

#[test]
fn only_documents_that_match_are_located() {
    let engine = scan([vec!["温泉", "规划"], vec!["温泉"]]);
    let found = evaluate(&Query::parse("温泉 规划"), &engine);
    assert_eq!(found.documents, [Posting { document: 0, count: 2 }]);
    assert_eq!(found.locate(&engine, 0).len(), 2);
    assert_eq!(found.locate(&engine, 1), []);
    assert_eq!(found.locate(&engine, 9), []);
}

const TEXT: &str = "[温泉文全镇安西先干ab1 gdp,]{0,12}";

fn texts() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(TEXT, 0..4), 1..6)
}

/// A word, a phrase, or pinyin.
fn word() -> impl Strategy<Value = String> {
    let written = "[温溫泉镇先1A]{1,2}".boxed();
    let phrase = "\"[温泉镇 ab,]{1,3}\"".boxed();
    let spelled = prop::sample::select(vec![
        "wen", "quan", "wenquan", "wq", "xi", "an", "xian", "xi'an", "zh", "w", "温q", "GDP", "gdp", "wenq", "zhen",
        "gan",
    ]);
    prop_oneof![3 => written, 1 => phrase, 3 => spelled.prop_map(str::to_owned)]
}

type Place = (u32, usize, usize, usize);

fn naive(engine: &Scan, find: impl Fn(&[char]) -> Vec<(usize, usize)>) -> Vec<Place> {
    let mut places = Vec::new();
    for document in 0..engine.documents() {
        for (text, folded) in super::texts(engine, document) {
            let folded: Vec<char> = folded.chars().collect();
            places.extend(find(&folded).into_iter().map(|(start, end)| (document, text, start, end)));
        }
    }
    places
}

fn places_of(text: &[char], word: &str) -> Vec<(usize, usize)> {
    let word: Vec<char> = fold(word).chars().collect();
    (0..text.len()).filter(|at| text[*at..].starts_with(&word)).map(|at| (at, at + word.len())).collect()
}

proptest! {
    #[test]
    fn words_are_found_as_by_reading_everything(
        documents in texts(),
        words in prop::collection::vec((word(), prop::bool::weighted(0.2)), 1..4),
        blank in any::<bool>(),
    ) {
        let engine = scan(&documents);
        let mut typed = words.iter()
            .map(|(word, negative)| format!("{}{word}", if *negative { "-" } else { "" })).collect::<Vec<_>>().join(" ");
        if blank {
            typed.push(' ');
        }
        let query = Query::parse(&typed);
        prop_assume!(query.clauses.iter().all(|clause| matches!(clause.pattern, crate::search::Pattern::Word(_))));
        let evaluation = evaluate(&query, &engine);
        let located: Vec<Match> =
            evaluation.documents.iter().flat_map(|with| evaluation.locate(&engine, with.document)).collect();
        prop_assert_eq!(located, oracle::read_through(&engine, &query), "{}", typed);
        for posting in &evaluation.documents {
            prop_assert!(!evaluation.locate(&engine, posting.document).is_empty(), "{}", typed);
        }
    }

    #[test]
    fn more_letters_of_a_word_are_found_on_the_ground_of_it(
        documents in texts(), typed in "[wqzhcxsa温泉WQ]{2,3}", more in "[wqzhcxsa泉]{0,3}", other in "( 温)?",
    ) {
        let engine = scan(&documents);
        let query = Query::parse(&typed);
        let ground = evaluate(&query, &engine).ground(&query);
        let longer = Query::parse(&format!("{typed}{more}{other}"));
        let (expected, found) = (evaluate(&longer, &engine), evaluate_on(&longer, &engine, ground.as_ref()));
        prop_assert_eq!(&found.documents, &expected.documents, "{} {} {:?}", typed, more, ground);
        for with in &found.documents {
            prop_assert_eq!(found.locate(&engine, with.document), expected.locate(&engine, with.document));
        }
    }

    #[test]
    fn what_a_beginning_finds_the_whole_finds_there(
        documents in texts(),
        words in prop::collection::vec((word(), prop::sample::select(vec!["", "", "", "-", "\"", "温*", ">1"])), 1..4),
        bytes in 0..60_usize,
        gap in prop::bool::weighted(0.1),
    ) {
        let engine = scan(&documents);
        let Some(beginning) = engine.beginning(bytes) else { return Ok(()) };
        let typed = words.iter().map(|(word, before)| format!("{before}{word}")).collect::<Vec<_>>();
        let typed = typed.join(if gap { " ~3 " } else { " " });
        let query = Query::parse(&typed);
        if let Some(first) = evaluate_beginning(&query, &*beginning, &engine) {
            prop_assert!(!first.documents.is_empty());
            let all = evaluate(&query, &engine);
            let there = all.documents.iter().filter(|with| with.document < beginning.documents());
            prop_assert_eq!(&first.documents, &there.copied().collect::<Vec<_>>(), "{}", typed);
            for with in &first.documents {
                let located = first.locate(&*beginning, with.document);
                prop_assert_eq!(located, all.locate(&engine, with.document), "{}", typed);
            }
        }
    }

    #[test]
    fn near_words_are_those_of_which_some_pair_is_near(
        documents in texts(), a in "[温泉镇a]{1,2}", b in "[温泉镇1]{1,2}", within in 0..6_usize,
    ) {
        let engine = scan(&documents);
        let expected = naive(&engine, |text| {
            let (a, b) = (places_of(text, &a), places_of(text, &b));
            let near = |x: &(usize, usize), y: &(usize, usize)| {
                (x.1 <= y.0 && y.0 - x.1 <= within) || (y.1 <= x.0 && x.0 - y.1 <= within)
            };
            let mut both: Vec<_> = a.iter().filter(|x| b.iter().any(|y| near(x, y)))
                .chain(b.iter().filter(|y| a.iter().any(|x| near(x, y)))).copied().collect();
            both.sort_unstable();
            both.dedup();
            both
        });
        prop_assert_eq!(found(&engine, &format!("\"{a}\" ~{within} \"{b}\"")), expected);
    }

    #[test]
    fn a_wildcard_finds_what_some_pair_of_its_parts_spans(
        documents in texts(), a in "[温泉镇a]{1,2}", b in "[温泉镇1]{1,2}",
    ) {
        let engine = scan(&documents);
        let expected = naive(&engine, |text| {
            let (a, b) = (places_of(text, &a), places_of(text, &b));
            let all: Vec<(usize, usize)> =
                a.iter().flat_map(|x| b.iter().filter(|y| x.1 <= y.0).map(|y| (x.0, y.1))).collect();
            let is_shortest = |x: &&(usize, usize)| !all.iter().any(|y| y != *x && x.0 <= y.0 && y.1 <= x.1);
            let mut shortest: Vec<_> = all.iter().filter(is_shortest).copied().collect();
            shortest.sort_unstable();
            shortest.dedup();
            shortest
        });
        prop_assert_eq!(found(&engine, &format!("\"{a}*{b}\"")), expected);
    }

    #[test]
    fn amounts_are_found_wherever_reading_finds_them(
        texts in prop::collection::vec("[1-9]{1,2}(万|亿)?(元|亩|公顷|年|户)[,至]", 1..6), limit in 1..99_u32,
    ) {
        let engine = scan(texts.iter().map(|text| [text]));
        for unit in ["亩", "公顷", "万元", ""] {
            let range = crate::search::AmountRange::parse(&format!(">{limit}{unit}")).expect("an amount");
            let expected = naive(&engine, |text| {
                crate::search::amounts(&text.iter().collect::<String>())
                    .filter(|amount| range.contains(&amount.quantity))
                    .map(|amount| (amount.range.start, amount.range.end))
                    .collect()
            });
            prop_assert_eq!(found(&engine, &format!(">{limit}{unit}")), expected);
        }
    }
}
