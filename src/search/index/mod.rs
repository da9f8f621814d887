//! An index of folded documents: it answers what a scan answers, from lists of documents by character, by pair of
//! neighbours, and by three letters or digits, and from a list of amounts.
//!
//! One and two characters are answered by their list alone; of longer strings the rarest parts are looked up, and what
//! is left is looked into. There are no words to get wrong, so nothing that stands in the texts can be missed.
//!
//! An index is one run of bytes, in memory or in a file (docs/search.md has its layout). It carries a version, the key
//! of the texts that it was made from, and a checksum for every part; whatever is wrong with it is found when it is
//! opened, and every read is checked against the end all the same.

mod amounts;
mod build;
mod bytes;
mod chains;
mod pairs;
mod postings;
mod segment;
mod table;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

pub use build::Builder;
use bytes::{u32_at, u64_at};
use chains::{SHARES, Sets};
use memchr::memmem::Finder;
use pairs::Pairs;
use segment::{Needle, Segment};

use super::amount::{self, AmountRange};
use super::engine::{Chains, Count, Densest, Engine, Posting, SEPARATOR, TextPlace};
use super::fold::fold_char;
use super::parallel;
use super::vocabulary::Vocabulary;

/// What stands at both ends.
const MAGIC: &[u8; 8] = b"JZINDEX\n";
/// Changed with the layout, with what the lists mean, and with how amounts are read.
const VERSION: u32 = 2;
/// Parts of a segment: text, ends, alphabet, pairs, triples, lists, amounts.
const PARTS: usize = 7;
/// So few pairs are looked up sooner than a thread is started.
const FEW_PAIRS: usize = 256;
/// Bytes after the table of contents.
const TRAILER: usize = 16;

/// Which texts an index was made from: a digest of them.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Key(pub [u8; 32]);

/// Bytes that do not change: a mapped file, or memory.
pub type Storage = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Why bytes are no index of the wanted texts.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IndexError {
    #[error("not an index, or one that was not written to its end")]
    NotAnIndex,
    #[error("made by another version")]
    OtherVersion,
    #[error("made from other texts")]
    OtherTexts,
    #[error("damaged")]
    Damaged,
}

/// What a list or table says makes no sense.
#[derive(Clone, Copy, Debug)]
struct Torn;

/// An open index.
#[derive(Clone)]
pub struct Index {
    storage: Storage,
    segments: Vec<Place>,
    documents: u32,
    /// Of all segments, made when it is first asked for.
    vocabulary: Arc<OnceLock<Vocabulary>>,
}

/// Where a segment stands in the bytes.
#[derive(Clone, Debug)]
struct Place {
    first: u32,
    documents: u32,
    overflows: bool,
    parts: [Range<usize>; PARTS],
}

impl Place {
    /// Of its texts.
    fn bytes(&self) -> usize {
        self.parts[0].len()
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("documents", &self.documents).field("segments", &self.segments.len()).finish()
    }
}

impl Index {
    /// Opens an index of the texts of `key`. Every byte is read once, to see that none has changed.
    pub fn open(storage: Storage, key: Key) -> Result<Self, IndexError> {
        let bytes = (*storage).as_ref();
        let body = bytes.len().checked_sub(TRAILER).ok_or(IndexError::NotAnIndex)?;
        let trailer = &bytes[body..];
        if !bytes.starts_with(MAGIC) || !trailer.ends_with(MAGIC) {
            return Err(IndexError::NotAnIndex);
        }
        let number = |at| u32_at(trailer, at).ok_or(IndexError::NotAnIndex);
        let (len, checksum) = (number(0)? as usize, number(4)?);
        let start = body.checked_sub(len).ok_or(IndexError::NotAnIndex)?;
        let contents = &bytes[start..body];
        if crc32fast::hash(contents) != checksum {
            return Err(IndexError::Damaged);
        }
        if u32_at(contents, 0) != Some(VERSION) || u32_at(contents, 4) != Some(reading_fingerprint()) {
            return Err(IndexError::OtherVersion);
        }
        if contents.get(8..40) != Some(&key.0) {
            return Err(IndexError::OtherTexts);
        }
        let segments = places(bytes, &contents[40..], start).ok_or(IndexError::Damaged)?;
        Ok(Self::of(storage, segments))
    }

    fn of(storage: Storage, segments: Vec<Place>) -> Self {
        let documents = segments.last().map_or(0, |last| last.first + last.documents);
        Self { segments, documents, storage, vocabulary: Arc::default() }
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| {
            let segments: Vec<Segment<'_>> = self.segments().collect();
            Vocabulary::merged(
                &segments,
                |part, see| part.characters(see),
                |part, first, see| part.followers(first, see),
            )
        })
    }

    fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        self.segments.iter().map(|place| self.segment(place))
    }

    /// The texts of a document as bytes: none of its segment's other parts is looked at.
    fn text_of(&self, document: u32) -> &[u8] {
        let segment = self.segments.partition_point(|place| place.first + place.documents <= document);
        let Some(place) = self.segments.get(segment) else { return &[] };
        let bytes = (*self.storage).as_ref();
        let [text, ends] = [0, 1].map(|part| bytes.get(place.parts[part].clone()).unwrap_or_default());
        segment::text_between(text, ends, document - place.first)
    }

    fn segment(&self, place: &Place) -> Segment<'_> {
        let bytes = (*self.storage).as_ref();
        let part = |part: usize| bytes.get(place.parts[part].clone()).unwrap_or_default();
        Segment {
            first: place.first,
            documents: place.documents,
            overflows: place.overflows,
            text: part(0),
            ends: part(1),
            alphabet: part(2),
            pairs: part(3),
            triples: part(4),
            lists: part(5),
            amounts: part(6),
        }
    }
}

/// Where the segments stand, by the table of contents; `None` if it or a part is wrong.
fn places(bytes: &[u8], contents: &[u8], end: usize) -> Option<Vec<Place>> {
    const SEGMENT: usize = 8 + PARTS * 12;
    let count = u32_at(contents, 0)? as usize;
    let contents = contents.get(4..)?;
    if contents.len() != count.checked_mul(SEGMENT)? {
        return None;
    }
    let (mut at, mut first) = (MAGIC.len(), 0_u32);
    let mut places = Vec::with_capacity(count);
    for entry in contents.chunks_exact(SEGMENT) {
        let mut parts: [Range<usize>; PARTS] = Default::default();
        for (index, part) in parts.iter_mut().enumerate() {
            let len = usize::try_from(u64_at(entry, 8 + index * 12)?).ok()?;
            *part = at..at.checked_add(len)?;
            at = part.end;
            let bytes = bytes[..end].get(part.clone())?;
            if crc32fast::hash(bytes) != u32_at(entry, 16 + index * 12)? {
                return None;
            }
        }
        let documents = u32_at(entry, 0)?;
        let [text, ends] = [&bytes[parts[0].clone()], &bytes[parts[1].clone()]];
        if !segment::are_ends(ends, documents, text.len()) {
            return None;
        }
        places.push(Place { first, documents, overflows: u32_at(entry, 4)? != 0, parts });
        first = first.checked_add(documents)?;
    }
    (at == end).then_some(places)
}

impl Engine for Index {
    fn documents(&self) -> u32 {
        self.documents
    }

    fn bytes(&self) -> usize {
        self.segments.iter().map(Place::bytes).sum()
    }

    fn text(&self, document: u32) -> &str {
        simdutf8::basic::from_utf8(self.text_of(document)).unwrap_or_default()
    }

    fn bytes_of(&self, document: u32) -> usize {
        self.text_of(document).len()
    }

    fn find(&self, needle: &str) -> Vec<Posting> {
        let mut found = Vec::new();
        if !needle.contains(SEPARATOR) {
            let needle = Needle::new(needle);
            self.segments().for_each(|segment| segment.find(&needle, &mut found));
        }
        found
    }

    fn find_pairs(&self, pairs: &[(char, char)]) -> Vec<Posting> {
        let wanted = Pairs::of(pairs);
        let find = |place: &Place| wanted.find(&self.segment(place));
        let few = pairs.len() < FEW_PAIRS;
        if few { self.segments.iter().map(find).collect() } else { parallel::map(&self.segments, find) }.concat()
    }

    fn chained(&self, chains: &Chains) -> Vec<u32> {
        let of_segment = |segment: Segment<'_>| chains::sets(chains, &segment);
        let sets: Vec<Result<Sets, Torn>> = self.segments().map(of_segment).collect();
        let shares = |known| (0..SHARES).map(move |share| (known, share));
        let work: Vec<_> = self.segments.iter().zip(&sets).flat_map(shares).collect();
        let found = parallel::map(&work, |((place, sets), share)| {
            chains::find(&chains.first, sets.as_ref().ok()?, &self.segment(place), *share).ok()
        });
        let mut all = Vec::new();
        for (place, shares) in self.segments.iter().zip(found.chunks(SHARES)) {
            let shares: Option<Vec<&[u32]>> = shares.iter().map(Option::as_deref).collect();
            // What the lists do not tell, the texts will.
            let mut documents = shares.map_or_else(|| (0..place.documents).collect(), |shares| shares.concat());
            documents.sort_unstable();
            documents.dedup();
            all.extend(documents.into_iter().map(|document| place.first + document));
        }
        all
    }

    fn amounts(&self, range: &AmountRange) -> Vec<Posting> {
        let mut found = Vec::new();
        self.segments().for_each(|segment| amounts::find(segment.amounts, range, segment.first, &mut found));
        found
    }

    fn densest(&self, needle: &str, limit: usize) -> (Count, Vec<Posting>) {
        let (mut count, mut densest) = (Count::default(), Densest::new(limit));
        if needle.contains(SEPARATOR) {
            return (count, Vec::new());
        }
        let needle = Needle::new(needle);
        let mut found = Vec::new();
        for segment in self.segments() {
            found.clear();
            let known = if limit > postings::DENSEST { None } else { segment.densest(&needle, &mut found) };
            let (documents, places) = known.unwrap_or_else(|| {
                segment.find(&needle, &mut found);
                (found.len() as u32, found.iter().fold(0, |places, posting| places + posting.count))
            });
            count.documents += u64::from(documents);
            count.places += u64::from(places);
            found.iter().for_each(|found| densest.offer(*found, segment.bytes_of(found.document)));
        }
        (count, densest.finish())
    }

    fn count(&self, needle: &str) -> Count {
        if needle.contains(SEPARATOR) {
            return Count::default();
        }
        let needle = Needle::new(needle);
        let mut found = Vec::new();
        let counts = self.segments().map(|segment| {
            segment.count(&needle).unwrap_or_else(|| {
                found.clear();
                segment.find(&needle, &mut found);
                (found.len() as u32, found.iter().fold(0, |places, posting| places + posting.count))
            })
        });
        counts.fold(Count::default(), |all, (documents, places)| Count {
            documents: all.documents + u64::from(documents),
            places: all.places + u64::from(places),
        })
    }

    fn first_place(&self, document: u32, needle: &Finder<'_>) -> Option<TextPlace> {
        TextPlace::first(self.text_of(document), needle)
    }

    fn beginning(&self, bytes: usize) -> Option<Arc<dyn Engine>> {
        let ends = self.segments.iter().scan(0, |end, place| {
            *end += place.bytes();
            Some(*end)
        });
        let segments = ends.take_while(|end| *end < bytes).count() + 1;
        (segments < self.segments.len()).then(|| {
            let segments = self.segments[..segments].to_vec();
            Arc::new(Self::of(Arc::clone(&self.storage), segments)) as Arc<dyn Engine>
        })
    }

    fn characters(&self, see: &mut dyn FnMut(char, u64)) {
        self.vocabulary().characters(see);
    }

    fn followers(&self, first: char, see: &mut dyn FnMut(char, u64)) {
        self.vocabulary().followers(first, see);
    }
}

/// Changes when any character is folded to another one, or a unit is another one.
fn reading_fingerprint() -> u32 {
    static FINGERPRINT: LazyLock<u32> = LazyLock::new(|| {
        let mut hasher = crc32fast::Hasher::new();
        for c in '\0'..=char::MAX {
            let form = fold_char(c);
            if form != c {
                hasher.update(&(c as u32).to_le_bytes());
                hasher.update(&(form as u32).to_le_bytes());
            }
        }
        hasher.update(&amount::fingerprint().to_le_bytes());
        hasher.finalize()
    });
    *FINGERPRINT
}

#[cfg(test)]
mod tests;
