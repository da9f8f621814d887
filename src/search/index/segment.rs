//! Some of the documents of an index: their texts, and the lists by character, by pair of neighbours, and by three
//! letters or digits.

use memchr::memmem::Finder;

use super::super::engine::{Posting, count, count_in_documents};
use super::Torn;
use super::bytes::u32_at;
use super::table::{List, Table};

/// The key of a character that ends a text.
pub(super) const NO_NEXT: u16 = u16::MAX;
/// How many characters of a segment have numbers: one that had more would be searched for the others by scanning.
pub(super) const MOST_CHARACTERS: usize = u16::MAX as usize - 1;
/// Bytes of a character's entry in the alphabet.
pub(super) const ENTRY: usize = 28;
/// Pairs and triples of a long needle that are looked up.
const MOST_GRAMS: usize = 64;
/// So few documents are looked into rather than compared with a further list.
const FEW: usize = 48;
/// A list that is so many times longer than what is left costs more to read than it saves.
const TOO_LONG: usize = 24;

/// The parts of a segment as bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    /// Its first document, counted over the whole index.
    pub first: u32,
    pub documents: u32,
    /// Has characters without a number.
    pub overflows: bool,
    /// Folded documents, one after the other.
    pub text: &'a [u8],
    /// Where each document ends in them.
    pub ends: &'a [u8],
    /// Code point, list of documents, and table of followers, by code point.
    pub alphabet: &'a [u8],
    /// Tables of the characters that follow each character.
    pub pairs: &'a [u8],
    /// One table, by [`triple`].
    pub triples: &'a [u8],
    pub lists: &'a [u8],
    /// See [`super::amounts`].
    pub amounts: &'a [u8],
}

/// A character of the alphabet.
struct Character<'a> {
    code: u32,
    list: List,
    followers: Table<'a>,
}

/// What is looked for.
pub(super) struct Needle<'a> {
    pub chars: Vec<char>,
    pub finder: Finder<'a>,
}

impl<'a> Needle<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { chars: text.chars().collect(), finder: Finder::new(text) }
    }
}

/// The number of three letters or digits, folded. `None` for anything else.
pub(super) fn triple(chars: [char; 3]) -> Option<u16> {
    chars.into_iter().try_fold(0_u16, |key, c| Some(key * 36 + u16::try_from(c.to_digit(36)?).ok()?))
}

impl<'a> Segment<'a> {
    /// The text of a document of this segment; empty if there is none.
    pub fn text_of(&self, document: u32) -> &'a [u8] {
        let local = document.checked_sub(self.first);
        local.map_or(&[], |local| text_between(self.text, self.ends, local))
    }

    /// Bytes of a document's texts.
    pub fn bytes_of(&self, document: u32) -> usize {
        self.text_of(document).len()
    }

    fn end(&self, local: u32) -> usize {
        end(self.ends, local)
    }

    /// Appends the documents that hold the needle.
    pub fn find(&self, needle: &Needle<'_>, out: &mut Vec<Posting>) {
        let before = out.len();
        if self.find_by_lists(needle, out).is_err() {
            out.truncate(before);
            self.scan(needle, out);
        }
    }

    fn scan(&self, needle: &Needle<'_>, out: &mut Vec<Posting>) {
        count_in_documents(self.text, self.documents, |local| self.end(local), &needle.finder, self.first, out);
    }

    /// The list that is all that there is to find; `None` where only looking into documents tells.
    fn exact(&self, needle: &Needle<'_>) -> Option<List> {
        match *needle.chars.as_slice() {
            [c] => self.character(c).ok()?.map(|character| character.list),
            [a, b] => self.pair(a, b).ok()?,
            [a, b, c] => self.table_of_triples().ok()?.get(triple([a, b, c])?).ok()?,
            _ => None,
        }
    }

    /// How many documents and places a needle has, without reading its list; `None` where only reading tells.
    pub fn count(&self, needle: &Needle<'_>) -> Option<(u32, u32)> {
        self.exact(needle).map(|list| (list.documents, list.places))
    }

    /// The same, with the densest documents appended, as many as are kept of a list.
    pub fn densest(&self, needle: &Needle<'_>, out: &mut Vec<Posting>) -> Option<(u32, u32)> {
        let list = self.exact(needle)?;
        let before = out.len();
        if list.decode_densest(self.lists, self.first, out).is_none() {
            out.truncate(before);
            return None;
        }
        Some((list.documents, list.places))
    }

    /// `Err` where only scanning tells.
    fn find_by_lists(&self, needle: &Needle<'_>, out: &mut Vec<Posting>) -> Result<(), Torn> {
        let Some(mut grams) = self.grams(needle)? else { return Ok(()) };
        grams.sort_by_key(|list| list.documents);
        let Some((rarest, others)) = grams.split_first() else { return Ok(()) };
        let exact = match *needle.chars.as_slice() {
            [_] | [_, _] => true,
            [a, b, c] => triple([a, b, c]).is_some(),
            _ => false,
        };
        if exact {
            return rarest.decode(self.lists, self.first, out).ok_or(Torn);
        }
        let mut documents = Vec::new();
        rarest.decode(self.lists, self.first, &mut documents).ok_or(Torn)?;
        let mut other = Vec::new();
        for list in others {
            if documents.len() <= FEW || list.documents as usize > documents.len() * TOO_LONG {
                break;
            }
            other.clear();
            list.decode(self.lists, self.first, &mut other).ok_or(Torn)?;
            keep_common(&mut documents, &other);
        }
        out.extend(documents.into_iter().filter_map(|Posting { document, .. }| {
            let count = count(self.text_of(document), &needle.finder);
            (count > 0).then_some(Posting { document, count })
        }));
        Ok(())
    }

    /// The lists of all that the needle is made of: for what is exact, its own alone. `None` if some part stands
    /// nowhere.
    fn grams(&self, needle: &Needle<'_>) -> Result<Option<Vec<List>>, Torn> {
        let chars = &needle.chars[..needle.chars.len().min(MOST_GRAMS)];
        match *chars {
            [] => return Ok(None),
            [c] => return Ok(self.character(c)?.map(|character| vec![character.list])),
            [a, b] => return Ok(self.pair(a, b)?.map(|list| vec![list])),
            _ => {}
        }
        let triples = self.table_of_triples()?;
        let mut grams = Vec::with_capacity(chars.len());
        // Whether the pair that begins here is part of a triple that was looked up.
        let mut covered = false;
        for (at, pair) in chars.windows(2).enumerate() {
            let key = chars.get(at..at + 3).and_then(|three| triple([three[0], three[1], three[2]]));
            let list = match key {
                Some(key) => triples.get(key)?,
                None if covered => {
                    covered = false;
                    continue;
                }
                None => self.pair(pair[0], pair[1])?,
            };
            covered = key.is_some();
            let Some(list) = list else { return Ok(None) };
            grams.push(list);
        }
        Ok(Some(grams))
    }

    fn table_of_triples(&self) -> Result<Table<'a>, Torn> {
        Table::read(self.triples).ok_or(Torn)
    }

    fn pair(&self, first: char, second: char) -> Result<Option<List>, Torn> {
        let (Some(first), Some(second)) = (self.character(first)?, self.number(second)?) else { return Ok(None) };
        first.followers.get(second)
    }

    /// The lists of the pairs that begin with a character, by the number of the other; `None` if it does not stand here.
    pub fn followers_of(&self, first: char) -> Result<Option<Table<'a>>, Torn> {
        Ok(self.character(first)?.map(|character| character.followers))
    }

    /// The same of the character with that number; `None` if there is none.
    pub fn followers_by(&self, number: u16) -> Option<Table<'a>> {
        self.entry(number).map(|character| character.followers)
    }

    /// The number of a character; `None` if it does not stand here.
    pub fn number(&self, c: char) -> Result<Option<u16>, Torn> {
        let code = c as u32;
        let (mut low, mut high) = (0, self.alphabet.len() / ENTRY);
        while low < high {
            let middle = low + (high - low) / 2;
            match u32_at(self.alphabet, middle * ENTRY) {
                Some(found) if found < code => low = middle + 1,
                _ => high = middle,
            }
        }
        if u32_at(self.alphabet, low * ENTRY) == Some(code) {
            return u16::try_from(low).map(Some).map_err(|_| Torn);
        }
        if self.overflows { Err(Torn) } else { Ok(None) }
    }

    /// By the number of a character what was said of it, for characters in order. `Err` where that is not known of one.
    pub fn by_number<T: Clone + Default>(&self, said: impl Iterator<Item = (char, T)>) -> Result<Vec<T>, Torn> {
        let codes = self.alphabet.chunks_exact(ENTRY).map(|entry| u32_at(entry, 0).unwrap_or(u32::MAX));
        let mut codes = codes.enumerate().peekable();
        let mut by_number = vec![T::default(); self.alphabet.len() / ENTRY];
        for (c, what) in said {
            while codes.next_if(|(_, code)| *code < c as u32).is_some() {}
            match codes.next_if(|(_, code)| *code == c as u32) {
                Some((number, _)) => by_number[number] = what,
                None if self.overflows => return Err(Torn),
                None => {}
            }
        }
        Ok(by_number)
    }

    fn character(&self, c: char) -> Result<Option<Character<'a>>, Torn> {
        let Some(number) = self.number(c)? else { return Ok(None) };
        self.entry(number).map(Some).ok_or(Torn)
    }

    fn entry(&self, number: u16) -> Option<Character<'a>> {
        let at = usize::from(number) * ENTRY;
        let field = |index: usize| u32_at(self.alphabet, at + index * 4);
        let list = List::stored(field(1)?, field(2)?, field(3)?, field(4)?);
        let table = self.pairs.get(field(5)? as usize..)?.get(..field(6)? as usize)?;
        Some(Character { code: field(0)?, list, followers: Table::read(table)? })
    }

    /// Every character with the number of its places.
    pub fn characters(&self, see: &mut dyn FnMut(char, u64)) {
        for entry in self.alphabet.chunks_exact(ENTRY) {
            let (Some(code), Some(places)) = (u32_at(entry, 0), u32_at(entry, 8)) else { return };
            if let Some(c) = char::from_u32(code) {
                see(c, u64::from(places));
            }
        }
    }

    /// Every character that follows `first`, with the number of places.
    pub fn followers(&self, first: char, see: &mut dyn FnMut(char, u64)) {
        let Ok(Some(first)) = self.character(first) else { return };
        debug_assert!(char::from_u32(first.code).is_some());
        for (number, list) in first.followers.iter() {
            let code = u32_at(self.alphabet, usize::from(number) * ENTRY);
            if let Some(c) = code.and_then(char::from_u32) {
                see(c, u64::from(list.places));
            }
        }
    }
}

fn end(ends: &[u8], local: u32) -> usize {
    u32_at(ends, local as usize * 4).unwrap_or_default() as usize
}

/// The text of a document, counted in its segment; empty if there is none.
pub(super) fn text_between<'a>(text: &'a [u8], ends: &[u8], local: u32) -> &'a [u8] {
    let start = local.checked_sub(1).map_or(0, |before| end(ends, before));
    text.get(start..end(ends, local)).unwrap_or_default()
}

/// Keeps of `documents` those that are in `other` too; both are in order.
fn keep_common(documents: &mut Vec<Posting>, other: &[Posting]) {
    let mut at = 0;
    documents.retain(|posting| {
        while other.get(at).is_some_and(|other| other.document < posting.document) {
            at += 1;
        }
        other.get(at).is_some_and(|other| other.document == posting.document)
    });
}

/// True if the numbers in order, as bytes, can be the ends of so many documents in a text of `len` bytes.
pub(super) fn are_ends(ends: &[u8], documents: u32, len: usize) -> bool {
    let mut before = 0;
    ends.len() == documents as usize * 4
        && ends.chunks_exact(4).filter_map(|end| u32_at(end, 0)).all(|end| {
            let in_order = end >= before;
            before = end;
            in_order
        })
        && before as usize == len
}
