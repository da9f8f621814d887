//! What leaves the program: an archive, a report or a section as a file for others to read.

pub mod citation;
pub mod clip;
pub mod markdown;
pub mod pdf;
pub mod qr;
pub mod results;
pub mod text;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::archive::{Archive, ReportId, SectionId};
use crate::text::Words;

/// How much of an archive is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scope {
    Archive,
    Report(ReportId),
    Section(SectionId),
}

impl Scope {
    /// The reports that are written, whole or in part.
    pub fn reports(self, archive: &Archive) -> Vec<ReportId> {
        match self {
            Self::Archive => archive.report_ids().collect(),
            Self::Report(report) => vec![report],
            Self::Section(section) => vec![archive.section(section).report],
        }
    }

    /// The sections of a report that are written, in reading order.
    pub fn sections(self, archive: &Archive, report: ReportId) -> Vec<SectionId> {
        match self {
            Self::Archive | Self::Report(_) => archive.report(report).section_ids().collect(),
            Self::Section(section) => vec![section],
        }
    }
}

/// What a file is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Kind {
    #[default]
    Pdf,
    Markdown,
    Text,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Markdown, Self::Text];

    /// How its files' names end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }
}

/// The bytes of a file. Plain text begins with a byte order mark, or Windows would guess its encoding.
pub fn write(
    archive: &Archive,
    words: &'static Words,
    scope: Scope,
    kind: Kind,
    options: &pdf::Options,
    watch: pdf::Watch<'_>,
) -> Result<Vec<u8>, pdf::PdfError> {
    match kind {
        Kind::Pdf => pdf::write(archive, scope, options, watch).map(|pdf| pdf.bytes),
        Kind::Markdown => Ok(markdown::write(archive, words, scope).into_bytes()),
        Kind::Text => Ok(format!("\u{FEFF}{}", text::write(archive, words, scope)).into_bytes()),
    }
}

/// How far a file is, for whoever waits for it on another thread, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct Monitor {
    percent: AtomicUsize,
    cancelled: AtomicBool,
}

impl Monitor {
    pub fn percent(&self) -> usize {
        self.percent.load(Ordering::Relaxed)
    }

    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Notes how far the work is, and says whether to go on.
    pub fn watch(&self, progress: pdf::Progress) -> ControlFlow<()> {
        self.percent.store(progress.done * 100 / progress.all.max(1), Ordering::Relaxed);
        if self.cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
