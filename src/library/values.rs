//! Different values, each kept once and known by a number.

use std::collections::HashMap;
use std::hash::Hash;

use memchr::memmem::{self, Finder};

use crate::search::fold::fold;

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
            None => {
                let number = number as usize;
                &self.folded[self.starts[number]..self.starts[number + 1] - SEPARATOR.len_utf8()]
            }
        }
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
    numbers: HashMap<String, u32>,
}

impl TextsBuilder {
    pub fn new() -> Self {
        let texts = Texts { folded: SEPARATOR.to_string(), starts: vec![1], written: HashMap::new() };
        let mut builder = Self { texts, numbers: HashMap::new() };
        builder.number("");
        builder
    }

    /// The number of a text, blanks at its ends aside.
    pub fn number(&mut self, text: &str) -> u32 {
        let (text, texts) = (text.trim(), &mut self.texts);
        let folded = fold(text);
        if let Some(number) = self.numbers.get(&folded) {
            return *number;
        }
        let number = count(texts.len());
        texts.folded.push_str(&folded);
        texts.folded.push(SEPARATOR);
        texts.starts.push(texts.folded.len());
        if folded != text {
            texts.written.insert(number, text.into());
        }
        self.numbers.insert(folded, number);
        number
    }

    pub fn build(mut self) -> Texts {
        self.texts.folded.shrink_to_fit();
        self.texts.starts.shrink_to_fit();
        self.texts
    }
}

/// Different values in the order in which they were first met.
#[derive(Debug)]
pub(super) struct Interner<T> {
    values: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T: Clone + Eq + Hash> Interner<T> {
    /// `first` has number 0.
    pub fn new(first: T) -> Self {
        let mut interner = Self { values: Vec::new(), numbers: HashMap::new() };
        interner.number(first);
        interner
    }

    pub fn number(&mut self, value: T) -> u32 {
        match self.numbers.get(&value) {
            Some(number) => *number,
            None => {
                let number = count(self.values.len());
                self.values.push(value.clone());
                self.numbers.insert(value, number);
                number
            }
        }
    }

    pub fn build(self) -> Vec<T> {
        self.values
    }
}

/// Different lists of numbers, each known by a number; number 0 is the empty one.
#[derive(Debug)]
pub(super) struct Lists {
    members: Vec<u32>,
    /// Where each begins in `members`; at the end, where one more would.
    starts: Vec<usize>,
}

impl Lists {
    pub fn new(lists: Interner<Box<[u32]>>) -> Self {
        let (mut members, mut starts) = (Vec::new(), vec![0]);
        for list in lists.build() {
            members.extend(list);
            starts.push(members.len());
        }
        Self { members, starts }
    }

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
