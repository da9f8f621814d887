//! The index of this program. To wire it: fill in what is marked, and add it to `ALL`.
#![expect(dead_code, unused_variables, reason = "not in the list yet")]

use std::path::Path;

use anyhow::{Result, bail};
use juanzong::search::engine::{Engine, Posting};
use juanzong::search::fold::fold;

use super::most_first;
use crate::corpus::{Corpus, Texts};
use crate::peer::{Answer, Peer, SHOWN, Searcher};
use crate::snippet::snippet;

const FILE: &str = "index";

pub struct Ours;

impl Peer for Ours {
    fn name(&self) -> &'static str {
        "ours"
    }

    fn build(&self, corpus: &Corpus, folder: &Path) -> Result<()> {
        // HERE: the builder.
        corpus.each(|document, text| {
            let folded = fold(text);
            bail!("HERE: add it")
        })?;
        // HERE: finish to folder.join(FILE), the folded text beside or inside.
        Ok(())
    }

    fn open(&self, corpus: &Corpus, folder: &Path) -> Result<Box<dyn Searcher>> {
        // HERE: map folder.join(FILE).
        let engine: Option<Box<dyn Engine>> = None;
        match engine {
            Some(engine) => Ok(Box::new(Opened { engine, texts: corpus.texts()? })),
            None => bail!("HERE: the engine"),
        }
    }
}

struct Opened {
    engine: Box<dyn Engine>,
    texts: Texts,
}

impl Searcher for Opened {
    fn query(&self, needle: &str) -> Result<Answer> {
        let needle = fold(needle);
        let found = self.engine.find(&needle);
        let documents = found.len();
        let first = most_first(found.iter().map(|posting| (posting.document, posting.count)).collect(), SHOWN);
        // `snippet_by_folded` is faster for long documents if their folded text is at hand.
        let snippets = first.iter().map(|document| Ok(snippet(self.texts.read(*document)?, &needle)));
        let snippets = snippets.collect::<Result<_>>()?;
        Ok(Answer { documents, first, snippets })
    }

    fn all(&self, needle: &str) -> Result<Vec<u32>> {
        Ok(self.engine.find(&fold(needle)).into_iter().map(|Posting { document, .. }| document).collect())
    }
}
