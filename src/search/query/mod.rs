//! What is typed, taken apart. Everything typed is searched: what has the form of a restriction or an amount and is
//! none is a [problem](QueryProblem), and its letters are looked for.
//!
//! | typed | finds documents |
//! |---|---|
//! | `温泉 规划` | with both, anywhere |
//! | `"温泉 规划"` | with exactly this |
//! | `温泉 -镇`, `温泉 -"温泉 镇"` | with the first and without the second |
//! | `wenquan`, `wen quan`, `xi'an`, `wq`, `温quan` | with what is read like this, or written so |
//! | `温泉 ~10 规划` | with both, and at most ten characters between |
//! | `温泉*规划` | with both in this order, and at most twenty characters between |
//! | `>100亿元`, `10..20亩`, `<=30%` | with such an amount |
//! | `年:2017`, `日期:2017-09..2017-10`, `卷:` `篇:` `人:` `地:` | of these dates, archives, sections, with these people, places |
//! | `图:`, `文:`, `数:` | that are captions, texts, figures |

mod dates;
mod parse;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::amount::AmountRange;
use super::fold::fold;
use super::restriction::Demand;
use super::spelling::Spelling;

/// Characters that `*` stands for at most.
pub const WILDCARD_CHARS: usize = 20;

/// What to search for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What must stand in a document, or must not, in the order typed.
    pub clauses: Vec<Clause>,
    /// The words and phrases of all clauses, in the order typed.
    pub terms: Vec<Term>,
    /// What a document must be.
    pub demands: Vec<Demand>,
    /// What was not understood, in the order typed.
    pub problems: Vec<QueryProblem>,
    /// Neighbouring clauses that are words and may be the syllables of one, two at least in each range.
    runs: Vec<Range<usize>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub pattern: Pattern,
    /// Documents with it are left out.
    pub negative: bool,
    /// The letters of what has the form of a restriction or an amount and is none. Where nothing has them as well, the
    /// rest is searched without them.
    pub misunderstood: bool,
    /// Characters of what was typed.
    pub typed: Range<usize>,
}

/// What is looked for in a text. Words are indexes into [`Query::terms`].
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    Word(usize),
    /// Both in one text, in any order, with at most so many characters between them. Neither is a `Near`.
    Near {
        left: Box<Pattern>,
        right: Box<Pattern>,
        within: usize,
    },
    /// One after the other in one text, with at most [`WILDCARD_CHARS`] between them; two at least.
    Wildcard(Vec<usize>),
    Amount(AmountRange),
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

/// What was not understood. Its letters are searched all the same, unless it is [unfinished](Self::unfinished).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct QueryProblem {
    pub kind: ProblemKind,
    /// Characters of what was typed.
    pub typed: Range<usize>,
    /// It is the last thing typed, may become right when typing goes on, and is not searched.
    pub unfinished: bool,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ProblemKind {
    /// A restriction without a value: `篇:`.
    MissingValue,
    /// No date, or one that no calendar has: `年:17`, `日期:2017-13`.
    Date,
    /// A comparison with no amount: `>多`.
    Amount,
    /// A distance that does not stand between two words: `~10 温泉`.
    Near,
    /// A quote that nothing ends; it ends with what was typed.
    OpenQuote,
    /// Nothing is asked for but what to leave out, so nothing is found.
    OnlyNegative,
}

impl Query {
    /// True if the query finds nothing in any text: it has no clause, or only such as leave documents out. Documents
    /// may still be asked for by [`Self::demands`].
    pub fn is_empty(&self) -> bool {
        self.clauses.iter().all(|clause| clause.negative)
    }

    /// The characters of what was typed that are the last word, if it has letters to spell with: several words if they
    /// may be one.
    pub fn last_spelled(&self) -> Option<Range<usize>> {
        let last = self.clauses.len().checked_sub(1)?;
        let spelled = self.word(last)?.pinyin().is_some() && !self.clauses[last].negative;
        let first = self.runs.iter().find(|run| run.contains(&last)).map_or(last, |run| run.start);
        spelled.then(|| self.clauses[first].typed.start..self.clauses[last].typed.end)
    }

    /// True if letters that were not understood can be left out and something is still asked for.
    pub(super) fn has_dispensable(&self) -> bool {
        let wanted = |clause: &&Clause| !clause.negative;
        let mut wanted_clauses = self.clauses.iter().filter(wanted);
        let understood = wanted_clauses.clone().any(|clause| !clause.misunderstood) || !self.demands.is_empty();
        understood && wanted_clauses.any(|clause| clause.misunderstood)
    }

    /// True if all that is asked for is two letters that can only be initials.
    pub fn is_two_initials(&self) -> bool {
        let [clause] = self.clauses.as_slice() else { return false };
        let Pattern::Word(term) = clause.pattern else { return false };
        let initials =
            |spelling: &Spelling| spelling.all_letters() && spelling.units().len() == 2 && spelling.is_initials();
        self.terms.get(term).and_then(Term::spelling).is_some_and(initials)
    }

    /// Where the clauses end that may be one word together with clause `index`: the next one if there are none.
    pub(super) fn run_end(&self, index: usize) -> usize {
        self.runs.iter().find(|run| run.contains(&index)).map_or(index + 1, |run| run.end)
    }

    /// The word of a clause that is one.
    pub(super) fn word(&self, clause: usize) -> Option<&Term> {
        match self.clauses.get(clause)?.pattern {
            Pattern::Word(term) => self.terms.get(term),
            _ => None,
        }
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
