//! What leaves the program: an archive, a report or a section as a file for others to read.

pub mod citation;
pub mod clip;
pub mod pdf;

use crate::archive::{Archive, ReportId, SectionId};

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
