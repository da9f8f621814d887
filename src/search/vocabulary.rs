//! Which characters stand in folded texts, and which stand beside each other: what an index has in its dictionary, for
//! texts that have no index.

use std::ops::Range;

/// Characters and neighbouring pairs with the numbers of their places, in the order of code points.
#[derive(Debug, Default)]
pub struct Vocabulary {
    chars: Vec<char>,
    counts: Vec<u32>,
    /// For each character where its followers end in the list of them; they begin where those of the last one end.
    ends: Vec<u32>,
    followers: Vec<Follower>,
}

#[derive(Clone, Copy, Debug)]
struct Follower {
    /// Index into the characters.
    index: u32,
    count: u32,
}

/// Stands between texts, not in them.
const SEPARATOR: char = '\0';

impl Vocabulary {
    /// Of texts, or of one in which U+0000 stands between them. Counts up to `u32::MAX`.
    ///
    /// Takes 4 bytes a character of the texts while it works.
    pub fn of<'a>(folded: impl IntoIterator<Item = &'a str, IntoIter: Clone>) -> Self {
        let texts = folded.into_iter();
        let (chars, counts) = characters(texts.clone());
        let indexes = Indexes::new(&chars);

        // A counting sort: each character has room for the followers of all its places.
        let mut starts: Vec<usize> = Vec::with_capacity(chars.len());
        let mut total = 0;
        for count in &counts {
            starts.push(total);
            total += *count as usize;
        }
        let mut seconds = vec![0_u32; total];
        let mut free = starts.clone();
        for text in texts {
            let mut first: Option<usize> = None;
            for c in text.chars() {
                let here = (c != SEPARATOR).then(|| indexes.of(c));
                if let (Some(first), Some(here)) = (first, here) {
                    seconds[free[first]] = here as u32;
                    free[first] += 1;
                }
                first = here;
            }
        }

        let mut vocabulary = Self { ends: Vec::with_capacity(chars.len()), followers: Vec::new(), chars, counts };
        let mut tally = vec![0_u32; vocabulary.chars.len()];
        for (start, end) in starts.into_iter().zip(free) {
            vocabulary.push_followers(&seconds[start..end], &mut tally);
        }
        vocabulary.followers.shrink_to_fit();
        vocabulary
    }

    /// Of several parts, each of which shows its characters, and the followers of one, in the order of code points.
    pub fn merged<P>(
        parts: &[P],
        characters: impl Fn(&P, &mut dyn FnMut(char, u64)),
        followers: impl Fn(&P, char, &mut dyn FnMut(char, u64)),
    ) -> Self {
        let mut all: Vec<(char, u64)> = Vec::new();
        parts.iter().for_each(|part| characters(part, &mut |c, places| all.push((c, places))));
        let (chars, counts): (Vec<char>, Vec<u32>) = summed(&mut all).unzip();
        let indexes = Indexes::new(&chars);
        let mut vocabulary = Self { ends: Vec::with_capacity(chars.len()), followers: Vec::new(), chars, counts };
        for first in &vocabulary.chars {
            all.clear();
            parts.iter().for_each(|part| followers(part, *first, &mut |c, places| all.push((c, places))));
            let follower = |(c, count)| Follower { index: indexes.of(c) as u32, count };
            vocabulary.followers.extend(summed(&mut all).map(follower));
            vocabulary.ends.push(vocabulary.followers.len() as u32);
        }
        vocabulary.followers.shrink_to_fit();
        vocabulary
    }

    /// Adds the next character's followers, in any order; `tally` is all zero before and after.
    fn push_followers(&mut self, seconds: &[u32], tally: &mut [u32]) {
        let start = self.followers.len();
        for second in seconds {
            let count = &mut tally[*second as usize];
            if *count == 0 {
                self.followers.push(Follower { index: *second, count: 0 });
            }
            *count = count.saturating_add(1);
        }
        self.followers[start..].sort_unstable_by_key(|follower| follower.index);
        for follower in &mut self.followers[start..] {
            follower.count = std::mem::take(&mut tally[follower.index as usize]);
        }
        self.ends.push(self.followers.len() as u32);
    }

    /// Every character with the number of its places, in the order of code points.
    pub fn characters(&self, see: &mut dyn FnMut(char, u64)) {
        self.chars.iter().zip(&self.counts).for_each(|(c, count)| see(*c, u64::from(*count)));
    }

    /// Every character that stands right after `first`, with the number of places, in the order of code points.
    pub fn followers(&self, first: char, see: &mut dyn FnMut(char, u64)) {
        let Ok(index) = self.chars.binary_search(&first) else { return };
        for follower in &self.followers[self.range(index)] {
            see(self.chars[follower.index as usize], u64::from(follower.count));
        }
    }

    fn range(&self, index: usize) -> Range<usize> {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends[index] as usize
    }
}

/// Each character once, in order, with all its places.
fn summed(all: &mut [(char, u64)]) -> impl Iterator<Item = (char, u32)> {
    all.sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0).map(|run| {
        let places: u64 = run.iter().map(|(_, places)| places).sum();
        (run[0].0, u32::try_from(places).unwrap_or(u32::MAX))
    })
}

const PAGE: usize = 256;
const PAGES: usize = (char::MAX as usize + 1) / PAGE;

/// The characters in the order of code points, and how often each stands there.
fn characters<'a>(texts: impl Iterator<Item = &'a str>) -> (Vec<char>, Vec<u32>) {
    let mut pages: Vec<Option<Box<[u32; PAGE]>>> = vec![None; PAGES];
    for c in texts.flat_map(str::chars).filter(|c| *c != SEPARATOR) {
        let page = pages[c as usize / PAGE].get_or_insert_with(|| Box::new([0; PAGE]));
        let count = &mut page[c as usize % PAGE];
        *count = count.saturating_add(1);
    }
    let counts = pages.iter().enumerate().filter_map(|(number, page)| Some((number, page.as_ref()?)));
    let counted = counts.flat_map(|(number, page)| {
        let place = move |(at, count): (usize, &u32)| (char::from_u32((number * PAGE + at) as u32), *count);
        page.iter().enumerate().map(place)
    });
    counted.filter(|(_, count)| *count > 0).filter_map(|(c, count)| Some((c?, count))).unzip()
}

/// The place of each character in the list of them, by code point in pages.
struct Indexes {
    pages: Vec<Option<Box<[u32; PAGE]>>>,
}

impl Indexes {
    fn new(chars: &[char]) -> Self {
        let mut pages: Vec<Option<Box<[u32; PAGE]>>> = vec![None; PAGES];
        for (index, c) in chars.iter().enumerate() {
            let page = pages[*c as usize / PAGE].get_or_insert_with(|| Box::new([0; PAGE]));
            page[*c as usize % PAGE] = index as u32;
        }
        Self { pages }
    }

    #[inline]
    fn of(&self, c: char) -> usize {
        self.pages[c as usize / PAGE].as_ref().map_or(0, |page| page[c as usize % PAGE] as usize)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn characters_of(vocabulary: &Vocabulary) -> Vec<(char, u64)> {
        let mut seen = Vec::new();
        vocabulary.characters(&mut |c, count| seen.push((c, count)));
        seen
    }

    fn followers_of(vocabulary: &Vocabulary, first: char) -> Vec<(char, u64)> {
        let mut seen = Vec::new();
        vocabulary.followers(first, &mut |c, count| seen.push((c, count)));
        seen
    }

    #[test]
    fn characters_and_pairs_are_counted() {
        let vocabulary = Vocabulary::of(["温泉温泉镇", "泉a"]);
        assert_eq!(characters_of(&vocabulary), [('a', 1), ('泉', 3), ('温', 2), ('镇', 1)]);
        assert_eq!(followers_of(&vocabulary, '温'), [('泉', 2)]);
        assert_eq!(followers_of(&vocabulary, '泉'), [('a', 1), ('温', 1), ('镇', 1)]);
        assert_eq!(followers_of(&vocabulary, '镇'), []);
        assert_eq!(followers_of(&vocabulary, '矿'), []);
    }

    #[test]
    fn no_pair_reaches_from_one_text_into_the_next() {
        for texts in [vec!["温", "泉"], vec!["温\0泉\0"]] {
            let vocabulary = Vocabulary::of(texts);
            assert_eq!(characters_of(&vocabulary), [('泉', 1), ('温', 1)]);
            assert_eq!(followers_of(&vocabulary, '温'), []);
        }
    }

    #[test]
    fn there_may_be_no_text() {
        assert_eq!(characters_of(&Vocabulary::of([])), []);
    }

    proptest! {
        #[test]
        fn counts_are_those_of_a_map(texts in prop::collection::vec("[\0a温泉镇😀\u{10ffff}]{0,12}", 0..4)) {
            let mut singles: BTreeMap<char, u64> = BTreeMap::new();
            let mut pairs: BTreeMap<char, BTreeMap<char, u64>> = BTreeMap::new();
            for text in texts.iter().flat_map(|text| text.split('\0')) {
                let chars: Vec<char> = text.chars().collect();
                chars.iter().for_each(|c| *singles.entry(*c).or_default() += 1);
                for pair in chars.windows(2) {
                    *pairs.entry(pair[0]).or_default().entry(pair[1]).or_default() += 1;
                }
            }
            let vocabulary = Vocabulary::of(texts.iter().map(String::as_str));
            prop_assert_eq!(characters_of(&vocabulary), singles.clone().into_iter().collect::<Vec<_>>());
            for first in singles.into_keys() {
                let expected = pairs.remove(&first).unwrap_or_default().into_iter().collect::<Vec<_>>();
                prop_assert_eq!(followers_of(&vocabulary, first), expected);
            }
        }
    }
}
