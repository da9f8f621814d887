//! The search: every string that stands in the texts is found, whatever its length, by its characters or its pinyin.
//!
//! `texts → ScanBuilder → Scan`, or an [`Index`](index::Index) of them; `what is typed → Query`, `Query × Engine →
//! Evaluation` (which documents), `Evaluation × document → Match`es (where in one of them); a [`snippet`] shows a match.
//! There are no words to get wrong, so nothing that is there can be missed: the scan reads everything, and an index
//! answers exactly what the scan answers. Writing is [folded](fold) one character to one, so that an offset into the
//! folded text is an offset into the text itself; what is written in one character or in several (㎡, m2) is [looked for
//! in both ways](alternatives()). docs/search.md describes all of it.
//!
//! Nothing here knows what the texts are or reads files. Threads are started where one query is shared out and waited for,
//! and nowhere else.

mod alternatives;
mod amount;
mod automaton;
mod bonds;
mod cancel;
mod candidates;
mod drafts;
pub mod engine;
mod evaluate;
mod expansion;
pub mod fold;
pub mod index;
mod lengths;
mod lexicon;
mod narrow;
mod near;
pub(crate) mod parallel;
pub mod pinyin;
mod postings;
mod query;
mod rank;
mod restriction;
mod scan;
mod snippet;
mod spelling;
mod strokes;
mod suggest;
#[cfg(test)]
pub(crate) mod testing;
mod vocabulary;
mod walk;
mod written;

pub use alternatives::alternatives;
pub use amount::{Amount, AmountRange, Dimension, Quantity, Unit, amounts};
pub use cancel::{CancelGuard, CancelToken};
pub use candidates::{Candidate, candidates};
pub use evaluate::{Evaluation, Ground, Match, evaluate, evaluate_beginning, evaluate_on};
pub use lexicon::{Lexicon, MOST_TYPED, Offer};
pub use query::{Clause, Pattern, ProblemKind, Query, QueryProblem, Term, WILDCARD_CHARS};
pub use rank::{Zone, relevance};
pub use restriction::{Demand, Restriction, TextKind, last_day};
pub use snippet::{Snippet, snippet};
pub use suggest::{Suggestion, suggestions};
pub use written::Written;
