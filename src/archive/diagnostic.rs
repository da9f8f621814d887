//! What was wrong with an archive that could still be opened, as data.

/// How much a problem matters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Nothing of the record is missing.
    Warning,
    /// Something of the record cannot be shown.
    Error,
}

/// Where in the file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Place {
    /// Line in the file, from 1.
    pub line: Option<usize>,
    /// The member, such as `reports[0].photos[2].file`; empty for the file as a whole.
    pub path: String,
}

/// One problem, its place, and (in the problem itself) what was done instead.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub place: Place,
    pub problem: Problem,
}

/// What was wrong. Each variant's comment says what was done instead.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Problem {
    /// A slip in the JSON that could be mended without loss (a comma too many or missing, a comment, …).
    Mended(Slip),
    /// The JSON is broken here: what stands before was read, the rest was not.
    CutShort,
    /// Bytes that are no text in the file's encoding: shown as �.
    BadBytes,
    /// Nested deeper than any archive is: what stands before was read, the rest was not.
    TooDeep,
    /// `format` is missing or no whole number: read as version 1.
    NoVersion,
    /// A newer format: read as far as known.
    NewerVersion { found: u64 },
    /// A key that the format does not have: not read.
    UnknownKey { key: String, nearest: Option<&'static str> },
    /// A value of the wrong kind: not read.
    WrongValue { expected: Expected },
    /// A needed member is missing: an empty or made-up one stands in.
    Missing { key: &'static str },
    /// A whole item that is no object, or lacks what nothing can stand in for: left out.
    ItemLeftOut { missing: Option<String> },
    /// A member stands twice in its object: the last one is read.
    DoubledMember,
    /// An id that was used before: renamed.
    DuplicateId { id: String, renamed: String },
    /// Refers to a section or photo that is not there: shown as plain text or left out.
    Dangling { id: String },
    /// The quote does not stand in its section: the figure leads to the section alone.
    QuoteNotFound,
    /// The photo's file is not there: its caption is shown without it.
    PhotoMissing { file: String },
    /// The photo's path leaves the archive's folder: not read.
    PathOutside { file: String },
    /// The photo names no file: its caption is shown without it.
    NoFile,
    /// The file's size or SHA-256 is not what the archive says: shown all the same.
    Changed { file: String },
    /// The picture's size in pixels is not what the archive says: shown all the same.
    WrongDimensions { file: String, width: u32, height: u32 },
    /// The file cannot be shown as a picture.
    PhotoUnreadable { file: String, why: super::PhotoError },
    /// More problems than are listed.
    More { count: usize },
}

/// What kind of value a member wants.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Expected {
    Text,
    Number,
    TrueOrFalse,
    List,
    Object,
    /// One of these words, as serde lists them.
    OneOf(String),
}

/// A slip that [`Problem::Mended`] tells of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Slip {
    TrailingComma,
    MissingComma,
    Comment,
    FullWidthMark,
    LineFeedInString,
    TextAfterEnd,
    BadEscape,
    ControlCharacter,
    /// A number that is too large, or a word that JSON does not have: read as if it were not there.
    BadWord,
}
