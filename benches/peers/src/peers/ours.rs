//! The index of this program.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, Result};
use juanzong::index_files::map;
use juanzong::search::engine::{Engine, SEPARATOR};
use juanzong::search::fold::fold;
use juanzong::search::index::{Builder, Index, Key};
use memchr::memmem::Finder;

use crate::corpus::{Corpus, Texts};
use crate::peer::{Answer, Peer, SHOWN, Searcher};
use crate::snippet::around;

const FILE: &str = "index";
/// The program names an index after the texts; here each has a folder of its own.
const KEY: Key = Key([0; 32]);

pub struct Ours;

impl Peer for Ours {
    fn name(&self) -> &'static str {
        "ours"
    }

    fn build(&self, corpus: &Corpus, folder: &Path) -> Result<()> {
        let mut builder = Builder::new(BufWriter::new(File::create(folder.join(FILE))?), KEY)?;
        let mut document = String::new();
        corpus.each(|_, text| {
            document.clear();
            document.push_str(&fold(text));
            document.push(SEPARATOR);
            Ok(builder.document(&document)?)
        })?;
        builder.finish()?;
        Ok(())
    }

    fn open(&self, corpus: &Corpus, folder: &Path) -> Result<Box<dyn Searcher>> {
        let index = Index::open(map(&File::open(folder.join(FILE))?)?, KEY)?;
        Ok(Box::new(Opened { index, texts: corpus.texts()? }))
    }
}

struct Opened {
    index: Index,
    texts: Texts,
}

impl Searcher for Opened {
    fn query(&self, needle: &str) -> Result<Answer> {
        let needle = fold(needle);
        let (count, densest) = self.index.densest(&needle, SHOWN);
        let (documents, first) =
            (count.documents as usize, densest.iter().map(|with| with.document).collect::<Vec<_>>());
        let finder = Finder::new(&needle);
        let snippets = first.iter().map(|document| {
            let place = self.index.first_place(*document, &finder).context("a document without the needle")?;
            Ok(around(self.texts.read(*document)?, place.start, &finder))
        });
        let snippets = snippets.collect::<Result<_>>()?;
        Ok(Answer { documents, first, snippets })
    }

    fn all(&self, needle: &str) -> Result<Vec<u32>> {
        Ok(self.index.find(&fold(needle)).into_iter().map(|posting| posting.document).collect())
    }
}
