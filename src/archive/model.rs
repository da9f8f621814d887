//! The loaded archive. Everything in it is whole: ids exist, paths stay inside, references lead somewhere.

use std::ops::Range;
use std::sync::Arc;

use crate::markdown::Document;

use super::format::{PhotoKind, SectionKind};
use super::source::{RelativePath, Source};
use super::{ContentHash, Diagnostic, FigureId, PhotoId, ReportId, SectionId};

/// An archive, in reading order. Reports, sections, photos and figures each lie in one flat list.
#[derive(Debug)]
pub struct Archive {
    pub source: Arc<Source>,
    /// Of the file's bytes.
    pub content: ContentHash,
    pub key: Option<String>,
    pub title: String,
    pub language: Option<String>,
    pub rights: Option<String>,
    pub holder: Option<String>,
    pub reports: Vec<Report>,
    pub sections: Vec<Section>,
    pub photos: Vec<Photo>,
    pub figures: Vec<Figure>,
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
pub struct Report {
    pub key: String,
    pub title: String,
    pub subtitle: Option<String>,
    pub kicker: Option<String>,
    pub byline: Option<String>,
    pub closing: Option<String>,
    /// The descriptive metadata that the views list and the search reads.
    pub about: Vec<(ReportField, String)>,
    pub sections: Range<usize>,
    pub photos: Range<usize>,
    pub figures: Range<usize>,
}

#[derive(Debug)]
pub struct Section {
    pub report: ReportId,
    pub key: String,
    pub title: String,
    pub title_supplied: bool,
    pub kind: SectionKind,
    /// Markdown, as stored.
    pub body: String,
    /// The body, read.
    pub document: Document,
    /// Where the document's links lead, by their [`crate::markdown::LinkId`].
    pub destinations: Vec<Destination>,
    pub photos: Vec<PhotoId>,
}

/// Where a link of a section's text leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Destination {
    Section(SectionId),
    Photo(PhotoId),
    /// A block of the same document: a heading or a footnote.
    Block(usize),
    /// Out of the archive: shown, never opened.
    Outside(String),
    /// To something that is not there.
    Nowhere,
}

#[derive(Debug)]
pub struct Photo {
    pub report: ReportId,
    /// The first section that shows the photo beside its text.
    pub section: Option<SectionId>,
    pub key: String,
    pub kind: PhotoKind,
    pub title: Option<String>,
    pub caption: Option<String>,
    pub alt: Option<String>,
    /// Absent where the archive names no file, or one outside its folder.
    pub file: Option<RelativePath>,
    pub media_type: Option<String>,
    pub dimensions: Option<(u32, u32)>,
    pub bytes: Option<u64>,
    pub sha256: Option<String>,
    /// The descriptive metadata that the views list and the search reads.
    pub about: Vec<(PhotoField, String)>,
}

#[derive(Debug)]
pub struct Figure {
    pub label: String,
    pub value: f64,
    pub unit: String,
    pub approximate: bool,
    pub section: SectionId,
    pub quote: String,
    /// Characters of the section's plain text in which the quote stands.
    pub quote_range: Option<Range<usize>>,
}

macro_rules! fields {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum $name { $($variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the file.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }
        }
    };
}

fields! {
    /// Descriptive metadata of a report, in the order in which it is listed.
    pub enum ReportField {
        Creator = "creator",
        DateIssued = "date_issued",
        DateNote = "date_note",
        Newspaper = "newspaper",
        Issue = "issue",
        Page = "page",
        ReferenceCode = "reference_code",
        Summary = "summary",
        People = "people",
        Places = "places",
        Keywords = "keywords",
        AccessStatus = "access_status",
        SecurityLevel = "security_level",
        RetentionPeriod = "retention_period",
        Language = "language",
        Rights = "rights",
        Holder = "holder",
        SourceNote = "source_note",
    }
}

fields! {
    /// Descriptive metadata of a photo, in the order in which it is listed.
    pub enum PhotoField {
        Event = "event",
        DateTaken = "date_taken",
        Place = "place",
        People = "people",
        Background = "background",
        Photographer = "photographer",
        ReferenceCode = "reference_code",
        Subject = "subject",
        Group = "group_id",
        SeeAlso = "see_also",
        Rights = "rights",
        Consent = "consent",
        Notes = "notes",
    }
}

impl Archive {
    pub fn report(&self, id: ReportId) -> &Report {
        &self.reports[id.index()]
    }

    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.index()]
    }

    pub fn photo(&self, id: PhotoId) -> &Photo {
        &self.photos[id.index()]
    }

    pub fn figure(&self, id: FigureId) -> &Figure {
        &self.figures[id.index()]
    }

    pub fn report_ids(&self) -> impl Iterator<Item = ReportId> + use<> {
        (0..self.reports.len()).map(ReportId::new)
    }

    pub fn section_ids(&self) -> impl Iterator<Item = SectionId> + use<> {
        (0..self.sections.len()).map(SectionId::new)
    }

    pub fn photo_ids(&self) -> impl Iterator<Item = PhotoId> + use<> {
        (0..self.photos.len()).map(PhotoId::new)
    }

    pub fn figure_ids(&self) -> impl Iterator<Item = FigureId> + use<> {
        (0..self.figures.len()).map(FigureId::new)
    }

    /// The section after (`step` 1) or before (`step` -1) `id` in reading order.
    pub fn section_beside(&self, id: SectionId, step: isize) -> Option<SectionId> {
        let index = id.index().checked_add_signed(step)?;
        (index < self.sections.len()).then(|| SectionId::new(index))
    }

    /// The photo after or before `id` in the gallery's order.
    pub fn photo_beside(&self, id: PhotoId, step: isize) -> Option<PhotoId> {
        let index = id.index().checked_add_signed(step)?;
        (index < self.photos.len()).then(|| PhotoId::new(index))
    }

    pub fn section_by_key(&self, key: &str) -> Option<SectionId> {
        self.sections.iter().position(|section| section.key == key).map(SectionId::new)
    }

    pub fn photo_by_key(&self, key: &str) -> Option<PhotoId> {
        self.photos.iter().position(|photo| photo.key == key).map(PhotoId::new)
    }

    pub fn report_by_key(&self, key: &str) -> Option<ReportId> {
        self.reports.iter().position(|report| report.key == key).map(ReportId::new)
    }
}

impl Report {
    pub fn section_ids(&self) -> impl Iterator<Item = SectionId> + use<> {
        self.sections.clone().map(SectionId::new)
    }

    pub fn photo_ids(&self) -> impl Iterator<Item = PhotoId> + use<> {
        self.photos.clone().map(PhotoId::new)
    }

    pub fn figure_ids(&self) -> impl Iterator<Item = FigureId> + use<> {
        self.figures.clone().map(FigureId::new)
    }

    pub fn about(&self, field: ReportField) -> Option<&str> {
        self.about.iter().find(|(f, _)| *f == field).map(|(_, value)| value.as_str())
    }
}

impl Photo {
    /// What stands under the picture: its caption, else its title.
    pub fn label(&self) -> Option<&str> {
        self.caption.as_deref().or(self.title.as_deref())
    }
}
