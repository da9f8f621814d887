//! Words and phrases, where they are written and where they are spelled.

use proptest::prelude::*;

use super::evaluate;
use crate::search::engine::{Engine, SEPARATOR};
use crate::search::fold::fold;
use crate::search::query::Query;
use crate::search::testing::{found, places, scan};

#[track_caller]
fn check(documents: &[&[&str]], query: &str, expected: &[&str]) {
    assert_eq!(places(&scan(documents.iter().map(|texts| texts.iter())), query), expected, "{query}");
}

#[test]
fn every_place_is_found() {
    check(&[&["温泉与温泉镇"]], "温泉", &["0:0-2", "0:3-5"]);
    check(&[&["哈哈哈哈"]], "哈哈", &["0:0-2", "0:1-3", "0:2-4"]);
    check(&[&["𠮷𠮷温泉"]], "温泉", &["0:2-4"]);
    check(&[&["a温b"], &["温", "x温"]], "温", &["0:1-2", "1:0-1", "2:1-2"]);
    check(&[&["溫泉 ＰＤＦ"]], "温泉 pdf", &["0:0-2", "0:3-6"]);
    check(&[&["一，二,三"]], "，", &["0:1-2", "0:3-4"]);
    check(&[&["温泉"]], "矿泉", &[]);
}

#[test]
fn no_match_reaches_into_the_next_text() {
    check(&[&["温", "泉"]], "温泉", &[]);
    check(&[&["温", "泉"]], "wenquan", &[]);
    check(&[&["温\0泉"]], "\"温\0泉\"", &["0:0-3"]);
}

#[test]
fn a_document_has_all_terms_in_any_of_its_fields() {
    let documents: &[&[&str]] = &[&["温泉", "规划"], &["温泉"], &["规划"]];
    check(documents, "温泉 规划", &["0:0-2", "1:0-2"]);
    check(documents, "温泉 规划 镇", &[]);
    check(documents, "规划 wenquan", &["0:0-2", "1:0-2"]);
}

#[test]
fn a_negative_term_leaves_documents_out() {
    let documents: &[&[&str]] = &[&["温泉", "规划"], &["温泉镇"], &["规划"]];
    check(documents, "温泉 -规划", &["2:0-2"]);
    check(documents, "温泉 -guihua", &["2:0-2"]);
    check(documents, "温泉 -guih", &["0:0-2", "2:0-2"]);
    check(documents, "温泉 -gh", &["0:0-2", "2:0-2"]);
    check(documents, "温泉 -\"guihua\"", &["0:0-2", "2:0-2"]);
    check(documents, "-规划", &[]);
}

#[test]
fn the_same_place_is_listed_once() {
    check(&[&["温泉镇"]], "温泉 溫泉 温 wenquan", &["0:0-1", "0:0-2"]);
    let engine = scan([["温泉"]]);
    let found = evaluate(&Query::parse("泉 温泉 wenquan"), &engine).locate(&engine, 0);
    assert_eq!(found.iter().map(|found| found.clause).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn a_phrase_is_found_as_it_is_written() {
    check(&[&["温泉 规划", "规划 温泉"]], "\"温泉 规划\"", &["0:0-5"]);
    check(&[&["温泉"]], "\"wenquan\"", &[]);
    check(&[&["温泉 Wenquan"]], "\"wenquan\"", &["0:3-10"]);
}

#[test]
fn words_are_one_word_if_that_is_found() {
    check(&[&["温泉与温水"]], "wen quan", &["0:0-2"]);
    check(&[&["温泉镇"]], "wen quan zhen", &["0:0-3"]);
    check(&[&["温泉镇"]], "wen q", &["0:0-2"]);
    check(&[&["温与泉"]], "wen quan", &["0:0-1", "0:2-3"]);
    check(&[&["广成泽的温泉"]], "guang cheng ze wen quan", &["0:0-3", "0:4-6"]);
    check(&[&["西安"], &["先"]], "xi an", &["0:0-2"]);
}

#[test]
fn words_that_are_written_count_beside_the_joined_one() {
    check(&[&["he can"], &["河参"]], "he can", &["0:0-2", "0:3-6", "1:0-2"]);
    check(&[&["he"], &["河参"]], "he can", &["1:0-2"]);
}

/// Text and the ways of writing a part of it, all of which fold to the same.
fn texts() -> impl Strategy<Value = Vec<Vec<String>>> {
    let c = prop::sample::select("温溫泉广廣aAａÁb1１，,。 \u{3000}\n“\"𠮷é-—".chars().collect::<Vec<_>>());
    let text = prop::collection::vec(c, 0..12).prop_map(String::from_iter);
    prop::collection::vec(prop::collection::vec(text, 0..4), 1..4)
}

fn rewritten(c: char, choice: usize) -> char {
    const GROUPS: [&str; 8] = ["温溫", "广廣", "aAａÁ", "1１", "，,", " \u{3000}\n", "“\"", "-—"];
    let group = GROUPS.iter().find(|group| group.contains(c)).copied().unwrap_or_default();
    group.chars().nth(choice % group.chars().count().max(1)).unwrap_or(c)
}

fn naive(engine: &dyn Engine, wanted: &str) -> Vec<(u32, usize, usize, usize)> {
    let wanted: Vec<char> = fold(wanted).chars().collect();
    let mut places = Vec::new();
    for document in 0..engine.documents() {
        for (text, folded) in engine.text(document).split_terminator(SEPARATOR).enumerate() {
            let folded: Vec<char> = folded.chars().collect();
            for start in 0..folded.len() {
                if folded[start..].starts_with(&wanted) {
                    places.push((document, text, start, start + wanted.len()));
                }
            }
        }
    }
    places
}

proptest! {
    #[test]
    fn what_is_written_is_found_exactly_where_a_naive_scan_finds_it(
        documents in texts(),
        (field, start, len) in any::<(prop::sample::Index, prop::sample::Index, prop::sample::Index)>(),
        choice in 0..4_usize,
        absent in any::<bool>(),
    ) {
        let fields: Vec<&String> = documents.iter().flatten().collect();
        let engine = scan(&documents);
        let chars: Vec<char> = if fields.is_empty() { Vec::new() } else { field.get(&fields).chars().collect() };
        let start = start.index(chars.len() + 1);
        let len = len.index(chars.len() - start + 1);
        let mut wanted: String = chars[start..start + len].iter().map(|c| rewritten(*c, choice)).collect();
        let absent = absent || wanted.is_empty();
        if absent {
            wanted.push('矿');
        }
        let expected = naive(&engine, &wanted);
        prop_assert_eq!(expected.is_empty(), absent);

        let folded = fold(&wanted);
        if !folded.contains('"') {
            let found = found(&engine, &format!("“{wanted}”"));
            prop_assert_eq!(&found, &expected);
        }
        if !folded.contains(['"', ' ', '-', 'a', 'b', 'e']) {
            let found = found(&engine, &wanted);
            prop_assert_eq!(found, expected);
        }
    }
}
