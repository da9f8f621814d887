//! What a document must be, besides what must stand in it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// Which texts of an archive are looked through.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
pub enum TextKind {
    /// The texts of sections and reports.
    Text,
    /// Pictures: captions, alternative texts, and what is recorded about them.
    Caption,
    /// Key figures.
    Figure,
}

impl TextKind {
    pub const ALL: [Self; 3] = [Self::Text, Self::Caption, Self::Figure];
}

/// One demand on a document. Texts are folded, and are looked for anywhere in what they are compared with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Restriction {
    /// The title of its archive.
    Archive(String),
    /// The title of its section, or of its report.
    Section(String),
    /// One of its persons.
    Person(String),
    /// One of its places.
    Place(String),
    Kind(TextKind),
    /// Issued, or taken, on a day of these; days as `year * 10_000 + month * 100 + day`.
    Dates(RangeInclusive<u32>),
}

/// A [`Restriction`], or its contrary.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Demand {
    pub restriction: Restriction,
    /// Documents that are so are left out.
    pub negative: bool,
}

/// The last day of a month, which is from 1 to 12.
pub fn last_day(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
