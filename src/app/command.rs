//! What can be asked of the program, what that sets going, and what comes back.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::{LoadError, PhotoId, SectionId, Source};
use crate::export::Monitor;
use crate::export::clip::CopyForm;
use crate::export::pdf::PdfError;
use crate::files::SaveError;
use crate::library::{Found, Library};
use crate::text::Language;
use crate::typeset::Face;

use super::reading::{TextSize, Typography};
use super::route::Route;
use super::settings::{Drawing, Settings, Theme, WindowPlace};
use super::state::{Export, Overlay};

/// What a person wants. Views push these; [`super::apply`] carries them out.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Go(Route),
    /// To a place in a section's text, in characters of its plain text.
    GoToText {
        section: SectionId,
        range: Range<usize>,
    },
    Back,
    Forward,
    /// The section or photo after (1) or before (-1) this one.
    Beside(isize),
    ClosePhoto,

    FocusSearch,
    /// The words in the search box have changed.
    Search(String),
    ClearSearch,
    /// To the `n`-th hit.
    GoToHit(usize),
    /// To the next (1) or previous (-1) hit.
    BesideHit(isize),

    SetTextSize(TextSize),
    SetTypography(Typography),
    SetElder(bool),
    SetDrawing(Drawing),
    /// The page was read down to here, in characters of the section's plain text.
    ReadTo {
        section: SectionId,
        offset: usize,
    },
    SetTheme(Theme),
    SetLanguage(Language),
    ToggleContents,
    Show(Overlay),
    CloseOverlay,

    PickArchive,
    Open(Source),
    Reload,
    /// Asks where to, then saves.
    SaveCopy(PhotoId),
    SaveCopyTo(PhotoId, PathBuf, Replace),
    /// Characters of a section's plain text.
    CopySelection {
        section: SectionId,
        range: Range<usize>,
        form: CopyForm,
    },
    /// What is to be written, as chosen so far.
    SetExport(Export),
    /// Asks where to, then writes.
    PickExportTarget,
    ExportTo(PathBuf, Replace),
    /// Makes a booklet of what is shown and hands it to the system's viewer, which prints.
    Print,
    CancelExport,
    /// A link leads out of the archive: its address is copied, never opened.
    CopyAddress(String),
    /// Stop waiting for the archive that is being read.
    CancelOpen,
    DismissNotice,
    ForgetRecents,
    /// The window was moved or resized.
    WindowMoved(WindowPlace),
    Quit,
}

/// What `apply` wants done outside the state.
#[derive(Clone, Debug)]
pub enum Effect {
    Run(Job),
    CopyText(String),
    FocusSearch,
    /// Another archive is open: what the views keep of the one before is to be forgotten.
    ForgetArchive,
    Quit,
}

/// Work that takes longer than a frame.
#[derive(Clone, Debug)]
pub enum Job {
    Load {
        generation: u64,
        source: Source,
    },
    Search {
        generation: u64,
        library: Arc<Library>,
        words: String,
    },
    /// Asks with the system's dialog which archive to open.
    PickArchive {
        title: String,
    },
    /// Asks with the system's dialog where to save a photo of the `archive`-th archive that was opened.
    PickCopyTarget {
        archive: u64,
        photo: PhotoId,
        title: String,
        file_name: String,
    },
    SaveCopy {
        source: Arc<Source>,
        file: crate::archive::source::RelativePath,
        to: PathBuf,
        replace: Replace,
    },
    WriteSettings(Box<Settings>),
    /// Asks with the system's dialog where to write an export of the `archive`-th archive that was opened.
    PickExportTarget {
        archive: u64,
        title: String,
        file_name: String,
    },
    Export(Box<ExportJob>),
}

/// A file to be made.
#[derive(Clone, Debug)]
pub struct ExportJob {
    pub library: Arc<Library>,
    pub export: Export,
    pub face: Face,
    pub language: Language,
    /// `None`: a file for this occasion, which is opened.
    pub to: Option<(PathBuf, Replace)>,
    pub monitor: Arc<Monitor>,
}

/// Whether a file that is there already may be replaced.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Replace {
    /// The system's dialog has asked.
    Confirmed,
    Never,
}

/// What came of a job.
#[derive(Debug)]
pub enum JobEvent {
    Loaded {
        generation: u64,
        source: Source,
        result: Result<Box<Library>, LoadError>,
    },
    Searched {
        generation: u64,
        found: Found,
    },
    /// `None`: cancelled.
    ArchivePicked(Option<PathBuf>),
    CopyTargetPicked {
        archive: u64,
        photo: PhotoId,
        path: Option<PathBuf>,
    },
    /// No dialog of the system could be shown: the program asks by itself.
    NoDialog(DialogPurpose),
    CopySaved {
        to: PathBuf,
        result: Result<(), SaveError>,
    },
    SettingsNotWritten(SaveError),
    ExportTargetPicked {
        archive: u64,
        path: Option<PathBuf>,
    },
    /// `print`: it was opened as well.
    Exported {
        to: PathBuf,
        print: bool,
        result: Result<(), ExportError>,
    },
    /// A job broke; the program goes on.
    Panicked {
        loading: bool,
    },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DialogPurpose {
    OpenArchive,
    SaveCopy { archive: u64, photo: PhotoId },
    Export { archive: u64 },
}

/// Why nothing was exported.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ExportError {
    #[error("{0}")]
    Pdf(#[from] PdfError),
    #[error("{0}")]
    Save(#[from] SaveError),
    /// Made, but no program of the system opens it.
    #[error("{path}: no program opens it")]
    NoViewer { path: PathBuf },
}
