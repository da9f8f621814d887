//! SQLite's full-text search in the two ways that find a part of a Chinese text.

use std::path::Path;

use anyhow::Result;
use juanzong::search::fold::fold;
use memchr::memmem::Finder;
use rusqlite::{Connection, params};

use crate::corpus::{Corpus, Texts};
use crate::peer::{Answer, Peer, SHOWN, Searcher};
use crate::snippet::snippet;

const FILE: &str = "fts5.db";

#[derive(Clone, Copy)]
pub enum Fts5 {
    /// Its trigram tokenizer over folded texts; below three characters it needs `LIKE`.
    Trigram,
    /// Every character a token, without the texts; what is longer is a phrase.
    Characters,
}

impl Fts5 {
    fn table(self) -> &'static str {
        match self {
            Self::Trigram => "CREATE VIRTUAL TABLE texts USING fts5(folded, tokenize = 'trigram case_sensitive 1')",
            Self::Characters => "CREATE VIRTUAL TABLE texts USING fts5(folded, content = '', tokenize = 'ascii')",
        }
    }

    /// What is put into the table for a folded text.
    fn row(self, folded: String) -> String {
        match self {
            Self::Trigram => folded,
            Self::Characters => folded.chars().flat_map(|c| [as_letter(c), ' ']).collect(),
        }
    }
}

/// Not ASCII if it is no letter: the `ascii` tokenizer takes whatever else there is for a letter.
fn as_letter(c: char) -> char {
    if c.is_ascii() && !c.is_ascii_alphanumeric() { char::from_u32(0x10_0000 + c as u32).unwrap_or(c) } else { c }
}

impl Peer for Fts5 {
    fn name(&self) -> &'static str {
        match self {
            Self::Trigram => "fts5-trigram",
            Self::Characters => "fts5-characters",
        }
    }

    fn build(&self, corpus: &Corpus, folder: &Path) -> Result<()> {
        let mut connection = Connection::open(folder.join(FILE))?;
        connection.pragma_update(None, "journal_mode", "OFF")?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        let transaction = connection.transaction()?;
        transaction.execute(self.table(), [])?;
        {
            let mut insert = transaction.prepare("INSERT INTO texts(rowid, folded) VALUES (?, ?)")?;
            corpus.each(|document, text| {
                insert.execute(params![document, self.row(fold(text))])?;
                Ok(())
            })?;
        }
        // One segment, as its manual advises for a table that does not change.
        transaction.execute("INSERT INTO texts(texts) VALUES ('optimize')", [])?;
        Ok(transaction.commit()?)
    }

    fn open(&self, corpus: &Corpus, folder: &Path) -> Result<Box<dyn Searcher>> {
        let connection = Connection::open(folder.join(FILE))?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        connection.pragma_update(None, "mmap_size", 4_i64 << 30)?;
        Ok(Box::new(Opened { peer: *self, connection, texts: corpus.texts()? }))
    }
}

struct Opened {
    peer: Fts5,
    connection: Connection,
    texts: Texts,
}

/// What stands after WHERE, and its parameter.
enum Condition {
    Match(String),
    Like(String),
}

impl Opened {
    fn condition(&self, needle: &str) -> Condition {
        match self.peer {
            Fts5::Trigram if needle.chars().count() < 3 => {
                let mut pattern = String::from("%");
                for c in needle.chars() {
                    if matches!(c, '%' | '_' | '\\') {
                        pattern.push('\\');
                    }
                    pattern.push(c);
                }
                Condition::Like(pattern + "%")
            }
            Fts5::Trigram => Condition::Match(format!("\"{}\"", needle.replace('"', "\"\""))),
            Fts5::Characters => Condition::Match(format!("\"{}\"", self.peer.row(needle.to_owned()))),
        }
    }

    fn rows(&self, statement: &str, parameter: &str) -> Result<Vec<u32>> {
        let mut statement = self.connection.prepare_cached(statement)?;
        let rows = statement.query_map([parameter], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Searcher for Opened {
    fn query(&self, needle: &str) -> Result<Answer> {
        let needle = fold(needle);
        let (documents, first) = match self.condition(&needle) {
            Condition::Match(phrase) => {
                let count = "SELECT count(*) FROM texts WHERE texts MATCH ?";
                let documents: i64 = self.connection.prepare_cached(count)?.query_row([&phrase], |row| row.get(0))?;
                let ranked = format!("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {SHOWN}");
                (documents as usize, self.rows(&ranked, &phrase)?)
            }
            // There is no rank; the scan for the count has the first ones too.
            Condition::Like(_) => {
                let mut found = self.all(&needle)?;
                let documents = found.len();
                found.truncate(SHOWN);
                (documents, found)
            }
        };
        let finder = Finder::new(&needle);
        let snippets = first.iter().map(|document| Ok(snippet(self.texts.read(*document)?, &finder)));
        let snippets = snippets.collect::<Result<_>>()?;
        Ok(Answer { documents, first, snippets })
    }

    fn all(&self, needle: &str) -> Result<Vec<u32>> {
        match self.condition(&fold(needle)) {
            Condition::Match(phrase) => {
                self.rows("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", &phrase)
            }
            Condition::Like(pattern) => {
                let like = r"SELECT rowid FROM texts WHERE folded LIKE ? ESCAPE '\' ORDER BY rowid";
                self.rows(like, &pattern)
            }
        }
    }
}
