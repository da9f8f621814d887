//! Making an index: documents come in one by one, and whenever there are enough for a segment, it is written.

use std::io::{self, Write};

use super::super::engine::{Posting, SEPARATOR};
use super::amounts;
use super::bytes::{put_u32, put_u64};
use super::postings;
use super::segment::{ENTRY, MOST_CHARACTERS, NO_NEXT, triple};
use super::table::TableWriter;
use super::{Key, MAGIC, PARTS, VERSION, reading_fingerprint};

/// Characters of a segment. What is needed for building grows with it, and the number of segments that a query looks
/// into falls.
const SEGMENT_CHARS: usize = 6 << 20;

/// Writes an index. Peak memory is about 16 bytes a character of a segment, whatever the number of documents; a segment
/// is larger than six million characters only if one document is.
#[derive(Debug)]
pub struct Builder<W> {
    out: W,
    key: Key,
    segments: Vec<Written>,
    segment: Segment,
    segment_chars: usize,
}

/// What is known of a segment that was written: its number of documents, and length and checksum of each part.
#[derive(Debug)]
struct Written {
    documents: u32,
    overflows: bool,
    parts: Vec<(u64, u32)>,
}

/// The documents that come together for the next segment.
#[derive(Debug, Default)]
struct Segment {
    text: String,
    ends: Vec<u32>,
    chars: usize,
}

impl<W: Write> Builder<W> {
    /// Begins an index of the texts that `key` stands for.
    pub fn new(out: W, key: Key) -> io::Result<Self> {
        Self::with_segments_of(SEGMENT_CHARS, out, key)
    }

    pub(super) fn with_segments_of(segment_chars: usize, mut out: W, key: Key) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        Ok(Self { out, key, segments: Vec::new(), segment: Segment::default(), segment_chars })
    }

    /// Adds a document: its folded texts, each followed by a [`SEPARATOR`].
    pub fn document(&mut self, folded: &str) -> io::Result<()> {
        let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, "a segment of 4 GiB");
        let chars = folded.chars().count();
        if self.segment.chars + chars > self.segment_chars && !self.segment.ends.is_empty() {
            self.write_segment()?;
        }
        self.segment.text.push_str(folded);
        self.segment.ends.push(u32::try_from(self.segment.text.len()).map_err(|_| too_large())?);
        self.segment.chars += chars;
        Ok(())
    }

    /// Writes what is left and the table of contents, and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        if !self.segment.ends.is_empty() {
            self.write_segment()?;
        }
        let mut contents = Vec::new();
        put_u32(&mut contents, VERSION);
        put_u32(&mut contents, reading_fingerprint());
        contents.extend_from_slice(&self.key.0);
        put_u32(&mut contents, self.segments.len() as u32);
        for segment in &self.segments {
            put_u32(&mut contents, segment.documents);
            put_u32(&mut contents, u32::from(segment.overflows));
            for (len, checksum) in &segment.parts {
                put_u64(&mut contents, *len);
                put_u32(&mut contents, *checksum);
            }
        }
        let mut trailer = Vec::new();
        put_u32(&mut trailer, contents.len() as u32);
        put_u32(&mut trailer, crc32fast::hash(&contents));
        trailer.extend_from_slice(MAGIC);
        self.out.write_all(&contents)?;
        self.out.write_all(&trailer)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn write_segment(&mut self) -> io::Result<()> {
        let segment = std::mem::take(&mut self.segment);
        let mut written =
            Written { documents: segment.ends.len() as u32, overflows: false, parts: Vec::with_capacity(PARTS) };
        let mut put = |out: &mut W, bytes: &[u8]| {
            written.parts.push((bytes.len() as u64, crc32fast::hash(bytes)));
            out.write_all(bytes)
        };
        put(&mut self.out, segment.text.as_bytes())?;
        let ends: Vec<u8> = segment.ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        put(&mut self.out, &ends)?;
        drop(ends);
        let lists = Lists::of(&segment);
        let overflows = lists.overflows;
        for part in [&lists.alphabet, &lists.pairs, &lists.triples, &lists.lists] {
            put(&mut self.out, part)?;
        }
        drop(lists);
        let mut amounts = Vec::new();
        segment.documents().for_each(|(document, folded)| amounts::put(document, folded, &mut amounts));
        put(&mut self.out, &amounts)?;
        self.segments.push(Written { overflows, ..written });
        Ok(())
    }
}

/// The parts of a segment besides its text.
#[derive(Default)]
struct Lists {
    alphabet: Vec<u8>,
    pairs: Vec<u8>,
    triples: Vec<u8>,
    lists: Vec<u8>,
    overflows: bool,
}

impl Lists {
    fn of(segment: &Segment) -> Self {
        let mut lists = Self::default();
        lists.add_pairs(segment);
        lists.add_triples(segment);
        lists
    }

    /// The lists of characters and of pairs. Each character that has a number is put with its document and its
    /// successor into a bucket of its own, in the order of documents; sorted by successor, the bucket is the lists of
    /// its pairs.
    fn add_pairs(&mut self, segment: &Segment) {
        let last = segment.text.chars().max().unwrap_or_default();
        let mut places = vec![0_u32; last as usize + 1];
        for c in segment.text.chars() {
            places[c as usize] += 1;
        }
        places[SEPARATOR as usize] = 0;
        let used = places.iter().filter(|places| **places > 0).count();
        self.overflows = used > MOST_CHARACTERS;
        let mut numbers = vec![NO_NEXT; places.len()];
        let mut codes = Vec::with_capacity(used.min(MOST_CHARACTERS));
        let mut starts = Vec::with_capacity(codes.capacity() + 1);
        let mut start = 0_usize;
        for (code, places) in places.iter().enumerate().filter(|(_, places)| **places > 0).take(MOST_CHARACTERS) {
            numbers[code] = codes.len() as u16;
            codes.push(code as u32);
            starts.push(start);
            start += *places as usize;
        }
        drop(places);

        let mut pairs = vec![0_u64; start];
        let mut filled = starts.clone();
        starts.push(start);
        for (document, text) in segment.documents() {
            let mut chars = text.chars().map(|c| numbers[c as usize]).peekable();
            while let Some(number) = chars.next() {
                if number != NO_NEXT {
                    // A separator and a character without a number are no successors.
                    let next = chars.peek().copied().unwrap_or(NO_NEXT);
                    let place = &mut filled[usize::from(number)];
                    pairs[*place] = u64::from(next) << 32 | u64::from(document);
                    *place += 1;
                }
            }
        }
        drop((filled, numbers));

        let bytes = |document| segment.bytes(document);
        let (mut table, mut list) = (TableWriter::default(), Vec::new());
        for (number, code) in codes.iter().enumerate() {
            let bucket = &mut pairs[starts[number]..starts[number + 1]];
            let at = self.lists.len();
            collect(bucket.iter().map(|pair| *pair as u32), &mut list);
            let (documents, places) = postings::encode(&list, &mut self.lists, bytes);
            let len = self.lists.len() - at;

            let table_at = self.pairs.len();
            bucket.sort_unstable();
            for run in bucket.chunk_by(|a, b| a >> 32 == b >> 32) {
                let next = (run[0] >> 32) as u16;
                if next != NO_NEXT {
                    collect(run.iter().map(|pair| *pair as u32), &mut list);
                    table.push(next, &list, &mut self.lists, bytes);
                }
            }
            table.finish(&mut self.pairs);
            let table_len = self.pairs.len() - table_at;
            let before = self.alphabet.len();
            for value in [*code, documents, places, at as u32, len as u32, table_at as u32, table_len as u32] {
                put_u32(&mut self.alphabet, value);
            }
            debug_assert_eq!(self.alphabet.len() - before, ENTRY);
        }
    }

    /// The lists of three letters or digits.
    fn add_triples(&mut self, segment: &Segment) {
        let mut starts = vec![0_u32; 36 * 36 * 36 + 1];
        for (_, key) in segment.triples() {
            starts[usize::from(key) + 1] += 1;
        }
        for key in 1..starts.len() {
            starts[key] += starts[key - 1];
        }
        let mut documents = vec![0_u32; starts.last().map_or(0, |all| *all as usize)];
        let mut filled = starts.clone();
        for (document, key) in segment.triples() {
            let place = &mut filled[usize::from(key)];
            documents[*place as usize] = document;
            *place += 1;
        }
        let (mut table, mut list) = (TableWriter::default(), Vec::new());
        for (key, range) in starts.windows(2).enumerate() {
            let run = &documents[range[0] as usize..range[1] as usize];
            if !run.is_empty() {
                collect(run.iter().copied(), &mut list);
                table.push(key as u16, &list, &mut self.lists, |document| segment.bytes(document));
            }
        }
        table.finish(&mut self.triples);
    }
}

impl Segment {
    /// Bytes of a document's texts.
    fn bytes(&self, document: u32) -> usize {
        let end = |document: u32| self.ends.get(document as usize).copied().unwrap_or_default();
        (end(document) - document.checked_sub(1).map_or(0, end)) as usize
    }

    fn documents(&self) -> impl Iterator<Item = (u32, &str)> {
        let mut start = 0;
        self.ends.iter().enumerate().map(move |(document, end)| {
            let text = &self.text[start..*end as usize];
            start = *end as usize;
            (document as u32, text)
        })
    }

    /// Every document with the numbers of three letters or digits in it.
    fn triples(&self) -> impl Iterator<Item = (u32, u16)> {
        self.documents().flat_map(|(document, text)| {
            let bytes = text.as_bytes().windows(3);
            let key = |three: &[u8]| triple([three[0].into(), three[1].into(), three[2].into()]);
            bytes.filter_map(key).map(move |key| (document, key))
        })
    }
}

/// Documents in order, with repetitions, as a list.
fn collect(documents: impl Iterator<Item = u32>, list: &mut Vec<Posting>) {
    list.clear();
    for document in documents {
        match list.last_mut() {
            Some(posting) if posting.document == document => posting.count += 1,
            _ => list.push(Posting { document, count: 1 }),
        }
    }
}
