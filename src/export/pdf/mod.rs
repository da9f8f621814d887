//! A booklet as PDF: cover, contents, running heads, text, photos, figures, what is known of the record.
//!
//! [`layout`] puts everything on pages with the setter that the screen has; [`write`] draws them. The same input gives
//! the same bytes: no time of making stands in the file.

mod layout;
mod page;
mod picture;
mod write;

use std::ops::ControlFlow;

use crate::archive::Archive;
use crate::text::Words;
use crate::typeset::Face;

use super::Scope;

/// Sheets of ISO 216.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Paper {
    #[default]
    A4,
    A5,
}

impl Paper {
    pub const ALL: [Self; 2] = [Self::A4, Self::A5];

    /// Width and height in points of 1/72 inch.
    fn size(self) -> [f32; 2] {
        match self {
            Self::A4 => [595.28, 841.89],
            Self::A5 => [419.53, 595.28],
        }
    }

    /// Blank at the sides, above and below, in points.
    fn margins(self) -> [f32; 3] {
        match self {
            Self::A4 => [80.0, 92.0, 84.0],
            Self::A5 => [50.0, 62.0, 56.0],
        }
    }

    /// Size of the text that suits the sheet, in points: 小四 and 五号.
    fn text_size(self) -> f32 {
        match self {
            Self::A4 => 12.0,
            Self::A5 => 10.5,
        }
    }
}

/// Sizes that a booklet's text may have, in points.
pub const TEXT_SIZES: std::ops::RangeInclusive<f32> = 6.0..=40.0;

/// How a booklet is made.
#[derive(Clone, Copy)]
pub struct Options {
    pub paper: Paper,
    /// Of the text, in points; `None`: what suits the paper.
    pub text_size: Option<f32>,
    /// Of running text.
    pub face: Face,
    /// The words that the booklet itself says.
    pub words: &'static Words,
}

impl Options {
    pub fn new(words: &'static Words) -> Self {
        Self { paper: Paper::default(), text_size: None, face: Face::Serif, words }
    }

    fn size(&self) -> f32 {
        self.text_size.unwrap_or_else(|| self.paper.text_size()).clamp(*TEXT_SIZES.start(), *TEXT_SIZES.end())
    }
}

/// How far the work is: parts done, of all. A part is a section or a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Progress {
    pub done: usize,
    pub all: usize,
}

/// What is told of the progress, and says whether to go on.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// A booklet.
#[derive(Debug)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// Characters that the embedded faces lack, and which stand there as boxes.
    pub missing: Vec<char>,
}

/// Why there is no booklet.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PdfError {
    #[error("cancelled")]
    Cancelled,
    #[error("{0}")]
    Writer(String),
}

/// Makes a booklet. Photos are read one by one; those that cannot be read say so in their place.
pub fn write(archive: &Archive, scope: Scope, options: &Options, watch: Watch<'_>) -> Result<Pdf, PdfError> {
    let book = layout::Book::lay_out(archive, scope, options, watch)?;
    write::draw(archive, book, options, watch)
}
