//! Documents from a file of lines, read as they are needed.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
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
        Ok(Texts { corpus: File::open(&self.path)?, offsets: File::open(&self.offsets)? })
    }
}

/// Single documents, for a peer that keeps no texts of its own.
pub struct Texts {
    corpus: File,
    offsets: File,
}

impl Texts {
    pub fn read(&self, document: u32) -> Result<String> {
        let mut ends = [0; 16];
        self.offsets.read_exact_at(&mut ends, u64::from(document) * 8)?;
        let (start, end) = ends.split_at(8);
        let (start, end) = (u64::from_le_bytes(start.try_into()?), u64::from_le_bytes(end.try_into()?));
        let mut text = vec![0; (end - start) as usize];
        self.corpus.read_exact_at(&mut text, start)?;
        if text.last() == Some(&b'\n') {
            text.pop();
        }
        Ok(String::from_utf8(text)?)
    }
}
