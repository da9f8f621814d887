//! What finds strings in folded texts. There are two: a scan, and an index that answers exactly the same.

use std::fmt::Debug;

/// A document with how often something stands in it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Posting {
    /// Place in the order of documents, from 0.
    pub document: u32,
    /// Places, overlapping ones too; never 0.
    pub count: u32,
}

/// What finds strings, and knows which characters stand beside each other.
pub trait Engine: Debug + Send + Sync {
    /// The documents that hold `needle`, in order. The needle is folded; an empty one is nowhere.
    fn find(&self, needle: &str) -> Vec<Posting>;

    /// Every character of the texts with the number of its places, in the order of code points.
    fn characters(&self, see: &mut dyn FnMut(char, u64));

    /// Every character that stands right after `first` in some text, with the number of places, in the order of code
    /// points.
    fn followers(&self, first: char, see: &mut dyn FnMut(char, u64));
}
