//! Different values, each kept once and known by a number.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash, RandomState};

use memchr::memmem::{self, Finder};

use crate::search::fold::{fold, fold_char};

/// Stands before and after each text; no folded text holds it.
const SEPARATOR: char = '\0';

/// Different texts in the order in which they were first met. Such as [fold](fold) alike are one; number 0 is the empty
/// one.
#[derive(Debug)]
pub(super) struct Texts {
    /// Folded, each between separators.
    folded: String,
    /// Where each begins in `folded`; at the end, where one more would.
    starts: Vec<usize>,
    /// As first written, where that is not the folded form.
    written: HashMap<u32, Box<str>>,
}

impl Texts {
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// As it was first written.
    pub fn text(&self, number: u32) -> &str {
        match self.written.get(&number) {
            Some(written) => written,
            None => self.folded(number),
        }
    }

    fn folded(&self, number: u32) -> &str {
        let number = number as usize;
        &self.folded[self.starts[number]..self.starts[number + 1] - SEPARATOR.len_utf8()]
    }

    /// The number of a text, which is folded here.
    pub fn find(&self, text: &str) -> Option<u32> {
        let needle = format!("{SEPARATOR}{}{SEPARATOR}", fold(text));
        let start = memmem::find(self.folded.as_bytes(), needle.as_bytes())? + SEPARATOR.len_utf8();
        self.starts.binary_search(&start).ok().map(count)
    }

    /// For each text whether `folded` stands somewhere in it.
    pub fn holding(&self, folded: &str) -> Vec<bool> {
        let mut holding = vec![folded.is_empty(); self.len()];
        if !folded.is_empty() {
            let mut number = 0;
            for at in Finder::new(folded).find_iter(self.folded.as_bytes()) {
                while self.starts[number + 1] <= at {
                    number += 1;
                }
                holding[number] = true;
            }
        }
        holding
    }
}

/// Collects [`Texts`].
#[derive(Debug)]
pub(super) struct TextsBuilder {
    texts: Texts,
    numbers: Numbers,
    folded: String,
}

impl TextsBuilder {
    pub fn new() -> Self {
        let texts = Texts { folded: SEPARATOR.to_string(), starts: vec![1], written: HashMap::new() };
        let mut builder = Self { texts, numbers: Numbers::default(), folded: String::new() };
        builder.number("");
        builder
    }

    /// The number of a text, blanks at its ends aside.
    pub fn number(&mut self, text: &str) -> u32 {
        let Self { texts, numbers, folded } = self;
        let text = text.trim();
        folded.clear();
        folded.extend(text.chars().map(fold_char));
        let new = texts.len();
        let number = numbers.number(folded.as_str(), new, |number| texts.folded(number) == folded.as_str());
        if number as usize == new {
            texts.folded.push_str(folded);
            texts.folded.push(SEPARATOR);
            texts.starts.push(texts.folded.len());
            if folded != text {
                texts.written.insert(number, text.into());
            }
        }
        number
    }

    pub fn build(mut self) -> Texts {
        self.texts.folded.shrink_to_fit();
        self.texts.starts.shrink_to_fit();
        self.texts
    }
}

/// Different lists of numbers in the order in which they were first met; number 0 is the empty one.
#[derive(Debug)]
pub(super) struct Lists {
    members: Vec<u32>,
    /// Where each begins in `members`; at the end, where one more would.
    starts: Vec<usize>,
}

impl Lists {
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn list(&self, number: u32) -> &[u32] {
        let number = number as usize;
        &self.members[self.starts[number]..self.starts[number + 1]]
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|ends| &self.members[ends[0]..ends[1]])
    }
}

/// Collects [`Lists`].
#[derive(Debug)]
pub(super) struct ListsBuilder {
    lists: Lists,
    numbers: Numbers,
}

impl ListsBuilder {
    pub fn new() -> Self {
        let mut builder = Self { lists: Lists { members: Vec::new(), starts: vec![0] }, numbers: Numbers::default() };
        builder.number(&[]);
        builder
    }

    pub fn number(&mut self, list: &[u32]) -> u32 {
        let Self { lists, numbers } = self;
        let new = lists.len();
        let number = numbers.number(list, new, |number| lists.list(number) == list);
        if number as usize == new {
            lists.members.extend(list);
            lists.starts.push(lists.members.len());
        }
        number
    }

    pub fn build(self) -> Lists {
        self.lists
    }
}

/// The numbers of values that are kept elsewhere, by their hashes.
#[derive(Debug, Default)]
struct Numbers {
    numbers: HashMap<u64, u32>,
    state: RandomState,
}

impl Numbers {
    /// The number of a value: that for which it `is` the value, or `new` from now on.
    fn number(&mut self, value: impl Hash, new: usize, is: impl Fn(u32) -> bool) -> u32 {
        let mut hash = self.state.hash_one(value);
        loop {
            match self.numbers.entry(hash) {
                Entry::Occupied(entry) if is(*entry.get()) => return *entry.get(),
                // Another value has the same hash.
                Entry::Occupied(_) => hash = hash.wrapping_add(1),
                Entry::Vacant(entry) => return *entry.insert(count(new)),
            }
        }
    }
}

/// A number that is less than 2^32: there are no more documents, nor values of them.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 2^32 in a library")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_that_fold_alike_are_one_and_keep_how_they_were_first_written() {
        let mut builder = TextsBuilder::new();
        let numbers = ["溫泉鎮", "赵庄", " 温泉镇 ", "", "ＡＢ", "ab"].map(|text| builder.number(text));
        assert_eq!(numbers, [1, 2, 1, 0, 3, 3]);
        let texts = builder.build();
        assert_eq!([0, 1, 2, 3].map(|number| texts.text(number)), ["", "溫泉鎮", "赵庄", "ＡＢ"]);
        let found = ["温泉镇", "溫泉鎮", "温泉", "泉镇", "", "赵庄"].map(|text| texts.find(text));
        assert_eq!(found, [Some(1), Some(1), None, None, Some(0), Some(2)]);
        assert_eq!(texts.holding("泉"), [false, true, false, false]);
        assert_eq!(texts.holding("镇赵"), [false; 4]);
        assert_eq!(texts.holding(""), [true; 4]);
    }

    #[test]
    fn values_of_one_hash_have_numbers_of_their_own() {
        #[derive(Clone, Copy, PartialEq)]
        struct Alike(char);
        impl Hash for Alike {
            fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
        }
        let (mut numbers, mut met) = (Numbers::default(), Vec::new());
        for (value, expected) in [('a', 0), ('b', 1), ('a', 0), ('c', 2), ('b', 1), ('c', 2)] {
            let number = numbers.number(Alike(value), met.len(), |number| met[number as usize] == Alike(value));
            assert_eq!(number, expected, "{value}");
            if number as usize == met.len() {
                met.push(Alike(value));
            }
        }
    }

    proptest! {
        #[test]
        fn what_holds_a_text_is_what_holds_it_folded(
            written in proptest::collection::vec("[甲乙a１]{0,4}", 0..20),
            needle in "[甲乙a1]{0,2}",
        ) {
            let mut builder = TextsBuilder::new();
            let numbers: Vec<u32> = written.iter().map(|text| builder.number(text)).collect();
            let texts = builder.build();
            let holding = texts.holding(&needle);
            for (text, number) in written.iter().zip(numbers) {
                prop_assert_eq!(fold(texts.text(number)), fold(text));
                prop_assert_eq!(texts.find(text), Some(number));
                prop_assert_eq!(holding[number as usize], fold(text).contains(&needle));
            }
        }
    }
}
