//! What every engine is asked.

use std::path::Path;

use anyhow::Result;

use crate::corpus::Corpus;

/// Documents that a query shows at first.
pub const SHOWN: usize = 20;

/// A way to search.
pub trait Peer: Sync {
    fn name(&self) -> &'static str;

    /// Reads the corpus and leaves in `folder`, which is empty, whatever is needed to search it.
    fn build(&self, corpus: &Corpus, folder: &Path) -> Result<()>;

    fn open(&self, corpus: &Corpus, folder: &Path) -> Result<Box<dyn Searcher>>;
}

/// A peer with its index open.
///
/// A document is found if its folded text holds the folded needle.
pub trait Searcher {
    /// What the result list shows.
    fn query(&self, needle: &str) -> Result<Answer>;

    /// Every document found, in order.
    fn all(&self, needle: &str) -> Result<Vec<u32>>;
}

#[derive(Debug)]
pub struct Answer {
    /// Number of documents found.
    pub documents: usize,
    /// The first of them, as the peer ranks them.
    pub first: Vec<u32>,
    /// One for each of the first.
    pub snippets: Vec<String>,
}
