//! The search: every string that stands in the texts is found, whatever its length, by its characters or its pinyin.
//!
//! `texts → CorpusBuilder → Corpus`, `what is typed → Query`, `Corpus × Query → Match`es; a [`snippet`] shows one of
//! them. Texts are scanned, not indexed: there are no words to get wrong, so nothing that is there can be missed. Ten
//! megabytes take about a millisecond, by pinyin about thirty. Writing is [folded](fold) one character to one, so that
//! an offset into the folded text is an offset into the text itself.
//!
//! Nothing here knows what the texts are, reads files, or starts threads.

mod automaton;
mod bonds;
mod candidates;
mod corpus;
mod corpus_engine;
mod drafts;
pub mod engine;
mod expansion;
pub mod fold;
mod matches;
mod narrow;
mod near;
pub mod pinyin;
mod query;
mod restriction;
mod scan;
mod snippet;
mod spelling;
mod suggest;
mod texts;
mod vocabulary;
mod walk;

pub use candidates::{Candidate, candidates};
pub use corpus::{Corpus, CorpusBuilder, DocumentIndex, FieldIndex};
pub use matches::Match;
pub use narrow::documents_with;
pub use query::{Query, Term};
pub use restriction::{Demand, Restriction, TextKind};
pub use snippet::{Snippet, snippet};
pub use suggest::{Suggestion, suggestions};
pub use texts::Texts;
pub use vocabulary::Vocabulary;
