//! Documents from a file of lines, read as they are needed.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use memmap2::Mmap;
use serde::{Deserialize, Serialize};

/// The first lines of a file.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Corpus {
    path: PathBuf,
    /// Where each line begins, and where the last one ends: 8 bytes each.
    offsets: PathBuf,
    pub documents: u32,
    /// Text with line feeds.
    pub bytes: u64,
}

impl Corpus {
    /// Finds where the first `documents` lines begin; fewer only if `documents` is `u32::MAX`.
    pub fn prepare(path: &Path, documents: u32, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let path = path.canonicalize().with_context(|| format!("no corpus {}", path.display()))?;
        let offsets = folder.canonicalize()?.join("offsets");
        let mut corpus = Self { path, offsets, documents: 0, bytes: 0 };

        let mut out = BufWriter::new(File::create(&corpus.offsets)?);
        let mut lines = BufReader::with_capacity(1 << 20, File::open(&corpus.path)?);
        let mut line = Vec::new();
        while corpus.documents < documents {
            out.write_all(&corpus.bytes.to_le_bytes())?;
            line.clear();
            let read = lines.read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            ensure!(std::str::from_utf8(&line).is_ok(), "line {} is not UTF-8", corpus.documents + 1);
            corpus.bytes += read as u64;
            corpus.documents += 1;
        }
        if corpus.documents == documents {
            out.write_all(&corpus.bytes.to_le_bytes())?;
        }
        out.flush()?;
        ensure!(
            corpus.documents == documents || documents == u32::MAX,
            "the corpus holds {} documents only",
            corpus.documents
        );
        Ok(corpus)
    }

    /// Shows each document with its place in the order, without holding more than one.
    pub fn each(&self, mut see: impl FnMut(u32, &str) -> Result<()>) -> Result<()> {
        let mut lines = BufReader::with_capacity(1 << 20, File::open(&self.path)?);
        let mut line = String::new();
        for document in 0..self.documents {
            line.clear();
            lines.read_line(&mut line)?;
            see(document, line.strip_suffix('\n').unwrap_or(&line))?;
        }
        Ok(())
    }

    pub fn texts(&self) -> Result<Texts> {
        Ok(Texts { corpus: map(&self.path)?, offsets: map(&self.offsets)? })
    }
}

/// Single documents, for a peer that keeps no texts of its own. They are mapped: the program has them in memory too.
pub struct Texts {
    corpus: Mmap,
    offsets: Mmap,
}

impl Texts {
    pub fn read(&self, document: u32) -> Result<&str> {
        let offset = |index: usize| -> Result<usize> {
            let bytes = self.offsets.get(index * 8..index * 8 + 8).context("no such document")?;
            Ok(u64::from_le_bytes(bytes.try_into()?) as usize)
        };
        let (start, end) = (offset(document as usize)?, offset(document as usize + 1)?);
        let line = self.corpus.get(start..end).context("the corpus has changed")?;
        Ok(checked(line.strip_suffix(b"\n").unwrap_or(line)))
    }
}

/// A line that [`Corpus::prepare`] has found to be UTF-8: the program, too, checks a text once, when it is read.
#[expect(unsafe_code, reason = "nothing writes to the corpus while it is measured")]
fn checked(line: &[u8]) -> &str {
    unsafe { std::str::from_utf8_unchecked(line) }
}

#[expect(unsafe_code, reason = "nothing writes to the corpus while it is measured")]
fn map(path: &Path) -> Result<Mmap> {
    Ok(unsafe { Mmap::map(&File::open(path)?)? })
}
