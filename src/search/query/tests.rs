use proptest::prelude::*;

use super::*;
use crate::search::restriction::{Restriction, TextKind};

/// A word as it was typed, a phrase in brackets.
fn shown(query: &Query, pattern: &Pattern) -> String {
    let term = |index: &usize| {
        let term = &query.terms[*index];
        if term.quoted { format!("[{}]", term.text) } else { term.text.clone() }
    };
    match pattern {
        Pattern::Word(index) => term(index),
        Pattern::Near { left, right, within } => {
            format!("({} ~{within} {})", shown(query, left), shown(query, right))
        }
        Pattern::Wildcard(parts) => parts.iter().map(term).collect::<Vec<_>>().join("*"),
        Pattern::Amount(range) => {
            let bound = |bound: &Option<crate::search::amount::Bound>| {
                bound
                    .map_or(String::new(), |bound| format!("{}{}", bound.value, if bound.inclusive { "=" } else { "" }))
            };
            format!("{{{}..{}}}", bound(&range.low), bound(&range.high))
        }
    }
}

/// Clauses, each with its minus.
#[track_caller]
fn check(typed: &str, expected: &[&str]) {
    let query = Query::parse(typed);
    let clause =
        |clause: &Clause| format!("{}{}", if clause.negative { "-" } else { "" }, shown(&query, &clause.pattern));
    let clauses: Vec<String> = query.clauses.iter().map(clause).collect();
    assert_eq!(clauses, expected, "{typed}");
}

/// Demands, each with its minus.
#[track_caller]
fn check_demands(typed: &str, expected: &[&str]) {
    let demand = |demand: &Demand| {
        let shown = match &demand.restriction {
            Restriction::Archive(value) => format!("archive {value}"),
            Restriction::Section(value) => format!("section {value}"),
            Restriction::Person(value) => format!("person {value}"),
            Restriction::Place(value) => format!("place {value}"),
            Restriction::Kind(TextKind::Text) => "text".to_owned(),
            Restriction::Kind(TextKind::Caption) => "caption".to_owned(),
            Restriction::Kind(TextKind::Figure) => "figure".to_owned(),
            Restriction::Dates(days) => format!("{}-{}", days.start(), days.end()),
        };
        format!("{}{shown}", if demand.negative { "-" } else { "" })
    };
    let demands: Vec<String> = Query::parse(typed).demands.iter().map(demand).collect();
    assert_eq!(demands, expected, "{typed}");
}

/// Problems, with the characters that each is about.
#[track_caller]
fn check_problems(typed: &str, expected: &[(ProblemKind, &str)]) {
    let chars: Vec<char> = typed.chars().collect();
    let query = Query::parse(typed);
    let problems: Vec<(ProblemKind, String)> =
        query.problems.iter().map(|problem| (problem.kind, chars[problem.typed.clone()].iter().collect())).collect();
    let expected: Vec<(ProblemKind, String)> =
        expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
    assert_eq!(problems, expected, "{typed}");
}

#[test]
fn words_stand_between_blanks() {
    check("温泉", &["温泉"]);
    check(" 温泉\u{3000}规划\t镇 ", &["温泉", "规划", "镇"]);
    check("温泉\0镇", &["温泉", "镇"]);
    check("", &[]);
    check(" \u{3000} ", &[]);
}

#[test]
fn quotes_hold_a_phrase_together() {
    check("\"温泉 规划\"", &["[温泉 规划]"]);
    check("“温泉 规划” 镇", &["[温泉 规划]", "镇"]);
    check("＂温泉＂镇", &["[温泉]", "镇"]);
    check("\" 温泉 \"", &["[ 温泉 ]"]);
    check("镇 \"温泉 规划 ", &["镇", "[温泉 规划]"]);
    check("\"-温泉\"", &["[-温泉]"]);
}

#[test]
fn a_quote_within_a_word_is_a_character() {
    check("关于“温泉”的报告", &["关于“温泉”的报告"]);
    check("15\"", &["15\""]);
}

#[test]
fn quotes_around_nothing_are_searched_only_if_they_are_all() {
    check("温泉 \"", &["温泉"]);
    check("温泉 \"\" 镇", &["温泉", "镇"]);
    check("\"", &["[\"]"]);
    check("“”", &["[“”]"]);
    check("-\"", &["[-\"]"]);
}

#[test]
fn a_minus_leaves_out() {
    check("温泉 -镇", &["温泉", "-镇"]);
    check("温泉 －镇", &["温泉", "-镇"]);
    check("温泉 -\"温泉 镇\"", &["温泉", "-[温泉 镇]"]);
    check("温泉 - 镇", &["温泉", "-", "镇"]);
    check("温泉 -", &["温泉", "-"]);
    check("2019-2024 —镇", &["2019-2024", "—镇"]);
    assert_eq!(Query::parse("--镇").terms[0].folded, "-镇");
}

#[test]
fn a_query_without_a_positive_term_is_empty() {
    let check = |typed: &str, expected| assert_eq!(Query::parse(typed).is_empty(), expected, "{typed}");
    check("", true);
    check("-温泉", true);
    check("图:", true);
    check("-", false);
    check("温泉 -镇", false);
}

#[test]
fn terms_are_folded() {
    let check = |typed: &str, expected: &str| assert_eq!(Query::parse(typed).terms[0].folded, expected);
    check("ＰＤＦ", "pdf");
    check("溫泉，", "温泉,");
    check("xi’an", "xi'an");
}

#[test]
fn neighbouring_syllables_may_be_one_word() {
    let check = |typed: &str, expected: &[(usize, usize)]| {
        let runs: Vec<_> = Query::parse(typed).runs.iter().map(|run| (run.start, run.end)).collect();
        assert_eq!(runs, expected, "{typed}");
    };
    check("wen quan", &[(0, 2)]);
    check("wen quan zhen", &[(0, 3)]);
    check("wen quan 镇 guang cheng", &[(0, 2), (3, 5)]);
    check("wen q", &[(0, 2)]);
    check("wen q ", &[]);
    check("w quan", &[]);
    check("wen \"quan\"", &[]);
    check("wen -quan", &[]);
    check("report wen quan", &[(1, 3)]);
    check("wenquan", &[]);
}

#[test]
fn words_may_have_to_stand_near_each_other() {
    check("温泉 ~10 规划", &["(温泉 ~10 规划)"]);
    check("温泉 ～１０ 规划 镇", &["(温泉 ~10 规划)", "镇"]);
    check("镇 \"温泉 a\" ~3 规划", &["镇", "([温泉 a] ~3 规划)"]);
    check("甲 ~1 乙 ~2 丙", &["(甲 ~1 乙)", "(乙 ~2 丙)"]);
    check("-甲 ~1 乙", &["-(甲 ~1 乙)"]);
    check("甲*乙 ~5 >3亩", &["(甲*乙 ~5 {2000..})"]);
    check("甲~5乙", &["甲~5乙"]);
    check("甲 ~ 乙", &["甲", "~", "乙"]);
    check("甲 \"~5\" 乙", &["甲", "[~5]", "乙"]);
}

#[test]
fn a_distance_without_two_words_is_a_problem() {
    check("~10 温泉", &["~10", "温泉"]);
    check_problems("~10 温泉", &[(ProblemKind::Near, "~10")]);
    check("温泉 ~10 -镇", &["温泉", "~10", "-镇"]);
    check_problems("温泉 ~10 图:", &[(ProblemKind::Near, "~10")]);
    check("温泉 ~10", &["温泉"]);
    check_problems("温泉 ~10", &[(ProblemKind::Near, "~10")]);
    check("温泉 ~10 ", &["温泉", "~10"]);
    check("~10", &["~10"]);
}

#[test]
fn a_star_stands_for_characters_within_a_word() {
    check("温泉*小镇", &["温泉*小镇"]);
    check("温泉＊小镇**规划", &["温泉*小镇*规划"]);
    check("\"温泉 * 小镇\"", &["[温泉]*[小镇]"]);
    check("-温泉*小镇", &["-温泉*小镇"]);
    check("*温泉*", &["温泉"]);
    check("温泉 * 镇", &["温泉", "*", "镇"]);
    check("**", &["**"]);
    check("\"*\"", &["[*]"]);
}

#[test]
fn amounts_are_compared() {
    check(">100亿元", &["{10000000000..}"]);
    check("≥３万", &["{30000=..}"]);
    check("温泉 <=30%", &["温泉", "{..30=}"]);
    check("100..200亿元", &["{10000000000=..20000000000=}"]);
    check("->5万", &["-{50000..}"]);
    check("> 100亿元 温泉", &["{10000000000..}", "温泉"]);
    check("\">5\"", &["[>5]"]);
    check(">", &[">"]);
    check("甲>乙", &["甲>乙"]);
}

#[test]
fn a_comparison_without_an_amount_is_a_problem_and_searched() {
    check(">多少", &[">多少"]);
    check_problems("温泉 >多少", &[(ProblemKind::Amount, ">多少")]);
    check("1亩..2元", &["1亩..2元"]);
    check_problems("1亩..2元", &[(ProblemKind::Amount, "1亩..2元")]);
}

#[test]
fn restrictions_are_demands() {
    check_demands("年:2017", &["20170101-20171231"]);
    check_demands("温泉 年：2015-2017", &["20150101-20171231"]);
    check_demands("日期:2017-09..2017-10", &["20170901-20171031"]);
    check_demands("篇:经济 卷:年报 人:张三 地:汝州", &["section 经济", "archive 年报", "person 张三", "place 汝州"]);
    check_demands("year:2017 date:2017-09-28", &["20170101-20171231", "20170928-20170928"]);
    check_demands("Section:a ARCHIVE:B person:c place:d", &["section a", "archive b", "person c", "place d"]);
    check_demands("篇:“经济 發展”", &["section 经济 发展"]);
    check_demands("-篇:经济 -年:2017", &["-section 经济", "-20170101-20171231"]);
    check_demands("篇: 经济 年: 2017", &["section 经济", "20170101-20171231"]);
    check("温泉 篇:经济 规划", &["温泉", "规划"]);
    check("篇: 经济", &[]);
}

#[test]
fn kinds_are_demands_with_or_without_a_word() {
    check_demands("图:", &["caption"]);
    check_demands("圖：广成泽", &["caption"]);
    check("图:广成泽", &["广成泽"]);
    check("图:\"广成 泽\"", &["[广成 泽]"]);
    check("图:温泉*镇", &["温泉*镇"]);
    check_demands("文: 温泉 -数:", &["text", "-figure"]);
    check_demands("-图:温泉", &["-caption"]);
    check("-图:温泉", &["温泉"]);
    check_demands("photo: text: figure:", &["caption", "text", "figure"]);
}

#[test]
fn what_looks_like_a_restriction_and_is_none_is_a_word() {
    for typed in ["\"年:2017\"", "主持人:张三", "http://a", "12:30", ":", "：温泉"] {
        check_demands(typed, &[]);
        check_problems(typed, &[]);
    }
    check("主持人:张三", &["主持人:张三"]);
}

#[test]
fn a_restriction_without_a_right_value_is_a_problem_and_searched() {
    check_problems("年:去年", &[(ProblemKind::Date, "年:去年")]);
    check("年:去年", &["年:去年"]);
    check("温泉 年:2017-13 镇", &["温泉", "年:2017-13", "镇"]);
    check_problems("温泉 日期: 多久 镇", &[(ProblemKind::Date, "日期: 多久")]);
    check("温泉 -年:去年", &["温泉", "-年:去年"]);
    check_problems("温泉 篇: -镇", &[(ProblemKind::MissingValue, "篇:")]);
    check("温泉 篇: -镇", &["温泉", "篇:", "-镇"]);
}

#[test]
fn what_may_become_right_is_not_searched_yet() {
    for typed in ["温泉 年:", "温泉 年:20", "温泉 日期:2017-", "温泉 篇:"] {
        check(typed, &["温泉"]);
        assert!(Query::parse(typed).problems.iter().all(|problem| problem.unfinished), "{typed}");
        assert_eq!(Query::parse(typed).problems.len(), 1, "{typed}");
    }
    check("年:20", &["年:20"]);
    check("篇:", &["篇:"]);
    assert!(!Query::parse("年:20").problems[0].unfinished);
}

#[test]
fn other_problems_are_only_said() {
    check_problems("温泉 \"镇", &[(ProblemKind::OpenQuote, "\"镇")]);
    check_problems("-温泉", &[(ProblemKind::OnlyNegative, "-温泉")]);
    check_problems("-温泉 年:2017", &[]);
    check_problems("温泉 \"镇\"", &[]);
    check_problems("\"", &[]);
    check_problems("", &[]);
}

#[test]
fn clauses_know_where_they_were_typed() {
    let typed = |text: &str| Query::parse(text).clauses.iter().map(|clause| clause.typed.clone()).collect::<Vec<_>>();
    assert_eq!(typed("温泉 -\"镇\""), [0..2, 3..7]);
    assert_eq!(typed("甲 ~1 乙 ~2 丙"), [0..6, 7..11]);
    assert_eq!(typed("> 5亩 甲"), [0..4, 5..6]);
}

proptest! {
    #[test]
    fn any_text_is_a_query_and_every_place_is_in_it(
        typed in "[温泉a0-9 *~\"“:：.<>=≥亿元%年图篇人date\\-]{0,24}", any in any::<String>(),
    ) {
        for typed in [typed, any] {
            let query = Query::parse(&typed);
            let chars = typed.chars().count();
            for range in query.clauses.iter().map(|c| &c.typed).chain(query.problems.iter().map(|p| &p.typed)) {
                prop_assert!(range.start < range.end && range.end <= chars, "{range:?} of {typed:?}");
            }
            prop_assert!(query.terms.iter().all(|term| !term.folded.is_empty()), "{typed:?}");
            let blank = typed.chars().all(|c| super::super::fold::fold_char(c) == ' ');
            let says_something = !query.clauses.is_empty() || !query.demands.is_empty();
            prop_assert_eq!(says_something, !blank, "{:?}", typed);
        }
    }
}
