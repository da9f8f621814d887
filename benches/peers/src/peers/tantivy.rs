//! tantivy with a token a character and a token a pair of neighbours: what is longer is a phrase of pairs.

use std::path::Path;

use anyhow::{Context, Result};
use juanzong::search::fold::{fold, fold_char};
use memchr::memmem::Finder;
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::query::{PhraseQuery, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{DocAddress, DocId, Index, IndexWriter, Score, SegmentOrdinal, SegmentReader, TantivyDocument, Term};

use crate::corpus::{Corpus, Texts};
use crate::peer::{Answer, Peer, SHOWN, Searcher};
use crate::snippet::snippet;

/// Memory for the writer's two threads together. More makes fewer segments and is not faster.
const BUDGET_BYTES: usize = 200_000_000;
const THREADS: usize = 2;

pub struct Tantivy {
    /// Texts in its own store, as it is commonly used; else snippets come from the corpus.
    pub stored: bool,
}

/// Characters need no positions: where one stands, nothing asks.
struct Fields {
    characters: Field,
    pairs: Field,
    document: Field,
}

fn schema(stored: bool) -> (Schema, Fields) {
    let options = |tokenizer: &str, record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut schema = Schema::builder();
    let characters = schema.add_text_field("characters", options("characters", IndexRecordOption::WithFreqs));
    let pairs = options("pairs", IndexRecordOption::WithFreqsAndPositions);
    let pairs = schema.add_text_field("pairs", if stored { pairs.set_stored() } else { pairs });
    let document = schema.add_u64_field("document", FAST);
    (schema.build(), Fields { characters, pairs, document })
}

fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register("characters", Grams::of(1));
    tokenizers.register("pairs", Grams::of(2));
    tokenizers
}

impl Peer for Tantivy {
    fn name(&self) -> &'static str {
        if self.stored { "tantivy" } else { "tantivy-lean" }
    }

    fn build(&self, corpus: &Corpus, folder: &Path) -> Result<()> {
        let (schema, fields) = schema(self.stored);
        let mut index = Index::create_in_dir(folder, schema)?;
        index.set_tokenizers(tokenizers());
        let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, BUDGET_BYTES)?;
        corpus.each(|number, text| {
            let mut document = TantivyDocument::default();
            document.add_text(fields.characters, text);
            document.add_text(fields.pairs, text);
            document.add_u64(fields.document, u64::from(number));
            writer.add_document(document)?;
            Ok(())
        })?;
        writer.commit()?;
        Ok(writer.wait_merging_threads()?)
    }

    fn open(&self, corpus: &Corpus, folder: &Path) -> Result<Box<dyn Searcher>> {
        let (_, fields) = schema(self.stored);
        let mut index = Index::open_in_dir(folder)?;
        index.set_tokenizers(tokenizers());
        let searcher = index.reader()?.searcher();
        let texts = if self.stored { None } else { Some(corpus.texts()?) };
        let columns = searcher
            .segment_readers()
            .iter()
            .map(|segment| Ok(segment.fast_fields().u64("document")?.first_or_default_col(0)));
        let columns = columns.collect::<Result<_>>()?;
        Ok(Box::new(Opened { fields, searcher, columns, texts }))
    }
}

struct Opened {
    fields: Fields,
    searcher: tantivy::Searcher,
    /// Our number of a document for each segment.
    columns: Vec<std::sync::Arc<dyn tantivy::columnar::ColumnValues<u64>>>,
    texts: Option<Texts>,
}

impl Opened {
    /// Pairs side by side, not overlapping: half as many lists to intersect, and exact all the same.
    fn parse(&self, needle: &str) -> Option<Box<dyn Query>> {
        let chars: Vec<char> = needle.chars().collect();
        let pair = |at: usize| Term::from_field_text(self.fields.pairs, &String::from_iter(&chars[at..at + 2]));
        match chars.len() {
            0 => None,
            1 => {
                let term = Term::from_field_text(self.fields.characters, needle);
                Some(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
            }
            2 => Some(Box::new(TermQuery::new(pair(0), IndexRecordOption::WithFreqs))),
            length => {
                let mut starts: Vec<usize> = (0..length - 1).step_by(2).collect();
                if length % 2 == 1 {
                    starts.push(length - 2);
                }
                let terms = starts.into_iter().map(|at| (at, pair(at))).collect();
                Some(Box::new(PhraseQuery::new_with_offset(terms)))
            }
        }
    }

    fn document(&self, address: DocAddress) -> u32 {
        self.columns[address.segment_ord as usize].get_val(address.doc_id) as u32
    }

    fn text(&self, address: DocAddress) -> Result<String> {
        if let Some(texts) = &self.texts {
            return Ok(texts.read(self.document(address))?.to_owned());
        }
        let document: TantivyDocument = self.searcher.doc(address)?;
        let text = document.get_first(self.fields.pairs).and_then(|value| value.as_str()).map(str::to_owned);
        text.context("a document without its text")
    }
}

impl Searcher for Opened {
    fn query(&self, needle: &str) -> Result<Answer> {
        let needle = fold(needle);
        let Some(query) = self.parse(&needle) else {
            return Ok(Answer { documents: 0, first: Vec::new(), snippets: Vec::new() });
        };
        let top = TopDocs::with_limit(SHOWN).order_by_score();
        let (documents, top) = if query.is::<TermQuery>() {
            // A term knows its number of documents, and its best ones are found without looking at the others.
            (query.count(&self.searcher)?, self.searcher.search(&query, &top)?)
        } else {
            self.searcher.search(&query, &(Count, top))?
        };
        let finder = Finder::new(&needle);
        let snippets = top.iter().map(|(_, address)| Ok(snippet(&self.text(*address)?, &finder)));
        let snippets = snippets.collect::<Result<_>>()?;
        let first = top.iter().map(|(_, address)| self.document(*address)).collect();
        Ok(Answer { documents, first, snippets })
    }

    fn all(&self, needle: &str) -> Result<Vec<u32>> {
        let Some(query) = self.parse(&fold(needle)) else { return Ok(Vec::new()) };
        let segments = self.searcher.search(&query, &Documents)?;
        let mut found: Vec<u32> = Vec::new();
        for (segment, documents) in segments {
            let mut numbers = vec![0; documents.len()];
            self.columns[segment as usize].get_vals(&documents, &mut numbers);
            found.extend(numbers.into_iter().map(|number| number as u32));
        }
        // A merged segment has its parts one after the other: few runs, which this sort merges.
        found.sort();
        Ok(found)
    }
}

/// Every document found, by segment; faster than its set of addresses.
struct Documents;

impl Collector for Documents {
    type Fruit = Vec<(SegmentOrdinal, Vec<DocId>)>;
    type Child = SegmentDocuments;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentDocuments> {
        Ok(SegmentDocuments(segment, Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<(SegmentOrdinal, Vec<DocId>)>) -> tantivy::Result<Self::Fruit> {
        Ok(segments)
    }
}

struct SegmentDocuments(SegmentOrdinal, Vec<DocId>);

impl SegmentCollector for SegmentDocuments {
    type Fruit = (SegmentOrdinal, Vec<DocId>);

    fn collect(&mut self, document: DocId, _: Score) {
        self.1.push(document);
    }

    fn collect_block(&mut self, documents: &[DocId]) {
        self.1.extend_from_slice(documents);
    }

    fn harvest(self) -> Self::Fruit {
        (self.0, self.1)
    }
}

/// Every run of `length` folded characters, at the place of its first.
#[derive(Clone)]
struct Grams {
    length: usize,
    /// Where each character of the text begins in the folded text, and its end.
    starts: Vec<usize>,
    folded: String,
    token: Token,
}

impl Grams {
    fn of(length: usize) -> Self {
        Self { length, starts: Vec::new(), folded: String::new(), token: Token::default() }
    }
}

impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<'a> {
        self.folded.clear();
        self.starts.clear();
        for c in text.chars().map(fold_char) {
            self.starts.push(self.folded.len());
            self.folded.push(c);
        }
        self.starts.push(self.folded.len());
        self.token.reset();
        GramStream { grams: self, next: 0 }
    }
}

struct GramStream<'a> {
    grams: &'a mut Grams,
    next: usize,
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        let Grams { length, starts, folded, token } = &mut *self.grams;
        if self.next + *length >= starts.len() {
            return false;
        }
        let (from, to) = (starts[self.next], starts[self.next + *length]);
        token.text.clear();
        token.text.push_str(&folded[from..to]);
        (token.offset_from, token.offset_to, token.position) = (from, to, self.next);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.grams.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.grams.token
    }
}
