//! `memmem` over one buffer of all folded texts: what is right by construction, the oracle of the others.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Result, ensure};
use juanzong::search::fold::fold;
use memchr::memmem::Finder;

use super::most_first;
use crate::corpus::{Corpus, Texts};
use crate::peer::{Answer, Peer, SHOWN, Searcher};
use crate::snippet::snippet_by_folded;

const FILE: &str = "folded.txt";

pub struct Scan {
    /// One or two.
    pub threads: usize,
}

impl Peer for Scan {
    fn name(&self) -> &'static str {
        if self.threads == 1 { "scan" } else { "scan-2" }
    }

    fn build(&self, corpus: &Corpus, folder: &Path) -> Result<()> {
        let mut out = BufWriter::new(File::create(folder.join(FILE))?);
        corpus.each(|_, text| {
            out.write_all(fold(text).as_bytes())?;
            Ok(out.write_all(b"\n")?)
        })?;
        Ok(out.flush()?)
    }

    fn open(&self, corpus: &Corpus, folder: &Path) -> Result<Box<dyn Searcher>> {
        let folded = fs::read_to_string(folder.join(FILE))?;
        let mut offsets = vec![0];
        offsets.extend(memchr::memchr_iter(b'\n', folded.as_bytes()).map(|end| end + 1));
        ensure!(offsets.len() == corpus.documents as usize + 1, "a folded text holds a line feed");
        Ok(Box::new(Buffer { folded, offsets, texts: corpus.texts()?, threads: self.threads }))
    }
}

struct Buffer {
    folded: String,
    /// Where each document begins, and the end.
    offsets: Vec<usize>,
    texts: Texts,
    threads: usize,
}

impl Buffer {
    /// Documents of `range` with their numbers of places, overlapping ones too.
    fn scan(&self, needle: &str, range: std::ops::Range<usize>) -> Vec<(u32, u32)> {
        let finder = Finder::new(needle);
        let end = self.offsets[range.end];
        let mut found: Vec<(u32, u32)> = Vec::new();
        let (mut document, mut from) = (range.start, self.offsets[range.start]);
        while let Some(place) = finder.find(&self.folded.as_bytes()[from..end]) {
            let place = from + place;
            if place >= self.offsets[document + 1] {
                document += self.offsets[document + 1..=range.end].partition_point(|offset| *offset <= place);
            }
            match found.last_mut() {
                Some((last, count)) if *last == document as u32 => *count += 1,
                _ => found.push((document as u32, 1)),
            }
            from = place + 1;
        }
        found
    }

    fn find(&self, needle: &str) -> Vec<(u32, u32)> {
        let documents = self.offsets.len() - 1;
        if needle.is_empty() {
            return Vec::new();
        }
        if self.threads == 1 {
            return self.scan(needle, 0..documents);
        }
        let middle = self.offsets.partition_point(|offset| *offset < self.folded.len() / 2).min(documents);
        std::thread::scope(|scope| {
            let first = scope.spawn(|| self.scan(needle, 0..middle));
            let second = self.scan(needle, middle..documents);
            let mut found = first.join().expect("a scan that does not panic");
            found.extend(second);
            found
        })
    }
}

impl Searcher for Buffer {
    fn query(&self, needle: &str) -> Result<Answer> {
        let needle = fold(needle);
        let found = self.find(&needle);
        let documents = found.len();
        let first = most_first(found, SHOWN);
        let finder = Finder::new(&needle);
        let snippets = first.iter().map(|document| {
            let ends = &self.offsets[*document as usize..];
            Ok(snippet_by_folded(self.texts.read(*document)?, &self.folded[ends[0]..ends[1]], &finder))
        });
        let snippets = snippets.collect::<Result<_>>()?;
        Ok(Answer { documents, first, snippets })
    }

    fn all(&self, needle: &str) -> Result<Vec<u32>> {
        Ok(self.find(&fold(needle)).into_iter().map(|(document, _)| document).collect())
    }
}
