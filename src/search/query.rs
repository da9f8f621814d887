//! What is typed, taken apart. Everything typed is searched: there is no mistake to make in it.
//!
//! | typed | finds documents |
//! |---|---|
//! | `温泉 规划` | with both, anywhere |
//! | `"温泉 规划"` | with exactly this |
//! | `温泉 -镇`, `温泉 -"温泉 镇"` | with the first and without the second |
//! | `wenquan`, `wen quan`, `xi'an`, `wq`, `温quan` | with what is read like this, or written so |

use std::ops::Range;

use super::fold::{fold, fold_char};
use super::spelling::Spelling;

/// Terms to search for, in the order typed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Query {
    pub terms: Vec<Term>,
    /// Neighbouring terms that may be the syllables of one, two at least in each range.
    runs: Vec<Range<usize>>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Term {
    /// As typed, without its quotes and its minus.
    pub text: String,
    /// What the folded text must hold; never empty.
    pub folded: String,
    /// Searched as it is written, not by its sound.
    pub quoted: bool,
    /// Documents with it are left out.
    pub negative: bool,
    spelling: Option<Spelling>,
}

impl Query {
    pub fn parse(typed: &str) -> Self {
        let mut terms = Vec::new();
        let mut rest = typed.trim_start_matches(is_blank);
        while !rest.is_empty() {
            let (term, after) = next_term(rest);
            terms.extend(term);
            rest = after.trim_start_matches(is_blank);
        }
        if terms.is_empty() && !typed.trim_matches(is_blank).is_empty() {
            // Nothing but quotes.
            terms.push(Term::new(typed.trim_matches(is_blank), true, false));
        }
        let still_typing = !typed.ends_with(is_blank);
        let runs = runs(&terms, still_typing);
        Self { terms, runs }
    }

    /// True if the query finds nothing in any text: it has no term, or only such as leave documents out.
    pub fn is_empty(&self) -> bool {
        self.terms.iter().all(|term| term.negative)
    }

    /// Where the terms end that may be one word together with term `index`: the next one if there are none.
    pub(super) fn run_end(&self, index: usize) -> usize {
        self.runs.iter().find(|run| run.contains(&index)).map_or(index + 1, |run| run.end)
    }
}

impl Term {
    fn new(text: &str, quoted: bool, negative: bool) -> Self {
        let spelling = if quoted { None } else { Spelling::of(text) };
        Self { text: text.to_owned(), folded: fold(text), quoted, negative, spelling }
    }

    /// How the term is spelled, if it has letters and is not quoted.
    pub(super) fn spelling(&self) -> Option<&Spelling> {
        self.spelling.as_ref()
    }

    /// The spelling, if it is searched by itself: one letter is a letter.
    pub(super) fn pinyin(&self) -> Option<&Spelling> {
        self.spelling().filter(|spelling| spelling.units().len() > 1)
    }

    /// True if the term is pinyin alone, in whole syllables, or in the beginning of such if it may still be `begun`.
    fn is_syllables(&self, begun: bool) -> bool {
        self.spelling.as_ref().is_some_and(|spelling| {
            let possible = if begun { spelling.begins_complete() } else { spelling.is_complete() };
            !self.negative && possible && spelling.all_letters()
        })
    }
}

/// The term at the start of `text`, which is not blank, and what follows it.
fn next_term(text: &str) -> (Option<Term>, &str) {
    let minus = text.strip_prefix(['-', '－']).filter(|after| !after.is_empty() && !after.starts_with(is_blank));
    let (body, negative) = (minus.unwrap_or(text), minus.is_some());
    match body.strip_prefix(is_quote) {
        Some(quoted) => {
            let (phrase, after) = match quoted.split_once(is_quote) {
                Some((phrase, after)) => (phrase, after),
                None => (quoted.trim_end_matches(is_blank), ""),
            };
            ((!phrase.is_empty()).then(|| Term::new(phrase, true, negative)), after)
        }
        None => {
            let (word, after) = body.split_at(body.find(is_blank).unwrap_or(body.len()));
            (Some(Term::new(word, false, negative)), after)
        }
    }
}

/// The longest ranges of terms that are syllables; the very last word may be `still_typing`.
fn runs(terms: &[Term], still_typing: bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for end in 1..=terms.len() {
        let goes_on = terms.get(end).is_some_and(|term| {
            terms[end - 1].is_syllables(false) && term.is_syllables(still_typing && end + 1 == terms.len())
        });
        if !goes_on {
            if end - start > 1 {
                runs.push(start..end);
            }
            start = end;
        }
    }
    runs
}

fn is_blank(c: char) -> bool {
    fold_char(c) == ' '
}

fn is_quote(c: char) -> bool {
    fold_char(c) == '"'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Terms as `[-]text`, quoted ones in brackets.
    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let shown = |term: &Term| {
            let minus = if term.negative { "-" } else { "" };
            if term.quoted { format!("{minus}[{}]", term.text) } else { format!("{minus}{}", term.text) }
        };
        let terms: Vec<String> = Query::parse(typed).terms.iter().map(shown).collect();
        assert_eq!(terms, expected, "{typed}");
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
}
