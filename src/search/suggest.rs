//! What to search instead, for a query that finds nothing: always something that does stand in the texts.

use std::cmp::Reverse;

use super::engine::Engine;
use super::evaluate::evaluate;
use super::fold::fold;
use super::near::{Kind, Near, near};
use super::query::{Query, Term};
use super::written::Written;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Suggestion {
    /// To be typed instead of the query.
    pub text: String,
    /// Matches that this finds; never 0.
    pub count: usize,
}

/// At most `limit` suggestions, the best first, for a query that finds nothing.
pub fn suggestions(query: &Query, engine: &dyn Engine, written: &dyn Written, limit: usize) -> Vec<Suggestion> {
    let count = |query: &Query| evaluate(query, engine).documents.iter().map(|with| with.count as usize).sum();
    let wanted: Vec<&Term> = query.terms.iter().filter(|term| !term.negative).collect();
    let alone = |term: &Term| typed(&term.text, term.quoted);
    let missing: Vec<&Term> = match wanted.as_slice() {
        [only] if query.terms.len() == 1 => vec![only],
        _ => wanted.iter().copied().filter(|term| count(&Query::parse(&alone(term))) == 0).collect(),
    };
    let found = missing.iter().flat_map(|term| near(engine, written, term));
    let mut candidates: Vec<Near> = found.map(|near| Near { text: typed(&near.text, false), ..near }).collect();
    if missing.is_empty() {
        let all: Vec<String> = wanted.iter().map(|term| alone(term)).collect();
        if wanted.len() < query.terms.len() {
            candidates.push(Near { kind: Kind::Sound, text: all.join(" "), count: 1 });
        }
        candidates.extend(all.into_iter().map(|text| Near { kind: Kind::Alone, text, count: 1 }));
    }
    best(candidates, limit, &count)
}

fn best(mut candidates: Vec<Near>, limit: usize, count: &dyn Fn(&Query) -> usize) -> Vec<Suggestion> {
    candidates.sort_by_key(|candidate| (candidate.kind, Reverse(candidate.count)));
    let mut best: Vec<(Kind, Suggestion)> = Vec::new();
    for Near { kind, text, .. } in candidates {
        if best.len() == limit {
            break;
        }
        if best.iter().any(|(_, known)| fold(&known.text) == fold(&text)) {
            continue;
        }
        let count = count(&Query::parse(&text));
        if count > 0 {
            best.push((kind, Suggestion { text, count }));
        }
    }
    best.sort_by_key(|(kind, suggestion)| (*kind, Reverse(suggestion.count)));
    best.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// `text` so that, typed, it is searched as one term.
fn typed(text: &str, quoted: bool) -> String {
    let query = Query::parse(text);
    let is_itself = matches!(query.terms.as_slice(), [term] if term.folded == fold(text) && !term.negative);
    if quoted || !is_itself { format!("\"{text}\"") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, AsWritten};
    use super::*;

    /// Suggestions as `text×count`, one text a document.
    #[track_caller]
    fn check(texts: &[&str], typed: &str, expected: &[&str]) {
        let engine = testing::texts(texts);
        let query = Query::parse(typed);
        assert_eq!(evaluate(&query, &engine).documents, [], "{typed} finds nothing");
        let suggestions = suggestions(&query, &engine, &AsWritten(texts), 4);
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
        check(&["温水"], "wenxyz", &["wen×1"]);
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
