//! What can be asked of the program, what that sets going, and what comes back.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::{Archive, ArchiveId, LoadError, PhotoId, SectionId, Source};
use crate::export::Monitor;
use crate::export::clip::CopyForm;
use crate::export::pdf::PdfError;
use crate::files::SaveError;
use crate::kiosk::watch::Leave;
use crate::library::filter::Filter;
use crate::library::fingers::{Answer, Touch};
use crate::library::order::Order;
use crate::library::{Candidates, Found, Library, Request, Volume};
use crate::search::{CancelToken, Suggestion};
use crate::text::Language;
use crate::typeset::Face;

use super::exhibition::Sheet;
use super::fingers::FingerCommand;
use super::reading::{TextSize, Typography};
use super::route::{Location, Route};
use super::search::ResultsKind;
use super::settings::{Drawing, Settings, Theme, WindowPlace};
use super::shell::Capability;
use super::staff::{StaffCommand, StaffEvent, StaffJob};
use super::state::{ArchiveKey, Export, LoadMonitor, Overlay};

/// What a person wants. Views push these; [`super::apply`] carries them out.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// To a page of the archive that is read, or to the shelf.
    Go(Route),
    /// To a page of any archive.
    GoTo(Location),
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
    /// What is chosen beside the words.
    SetFilter(Filter),
    SetOrder(Order),
    /// Shows or hides what there is to choose from.
    ToggleChoosing,
    /// Puts the `n`-th candidate in the place of its pinyin.
    ChooseCandidate(usize),
    /// Lists more of what was found.
    ListMore,
    /// Makes no more indexes until a library is opened.
    StopIndexing,
    /// Keeps the search under a name.
    SaveSearch(String),
    /// Searches as the `n`-th search that was kept.
    RecallSearch(usize),
    ForgetSearch(usize),
    /// Asks where to, then writes what was found.
    PickResultsTarget(ResultsKind),
    ResultsTo(ResultsKind, PathBuf, Replace),
    /// Hands a list of what was found to the system's viewer, which prints.
    PrintResults,
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
    /// At an exhibition; [`Sheet::None`] closes what is open.
    ShowSheet(Sheet),
    /// Of staff; but for the PIN, only once it has let them in.
    Staff(StaffCommand),
    Fingers(FingerCommand),

    PickArchive,
    PickFolder,
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
    /// Stop reading what is being read.
    CancelOpen,
    DismissNotice,
    ForgetRecents,
    /// The window was moved or resized.
    WindowMoved(WindowPlace),
    Quit,
}

impl Command {
    /// What a shell must be able to for it.
    pub fn needs(&self) -> Option<Capability> {
        match self {
            Self::PickArchive | Self::PickFolder | Self::Open(_) | Self::Reload => Some(Capability::Open),
            Self::PickResultsTarget(_)
            | Self::ResultsTo(..)
            | Self::PrintResults
            | Self::SaveCopy(_)
            | Self::SaveCopyTo(..)
            | Self::SetExport(_)
            | Self::PickExportTarget
            | Self::ExportTo(..)
            | Self::Print
            | Self::CancelExport => Some(Capability::SaveFiles),
            Self::CopySelection { .. } | Self::CopyAddress(_) => Some(Capability::Copy),
            Self::FocusSearch
            | Self::SetTypography(_)
            | Self::SetElder(_)
            | Self::SetDrawing(_)
            | Self::SetTheme(_)
            | Self::ToggleContents
            | Self::Show(_) => Some(Capability::Arrange),
            Self::SaveSearch(_)
            | Self::RecallSearch(_)
            | Self::ForgetSearch(_)
            | Self::ReadTo { .. }
            | Self::ForgetRecents
            | Self::WindowMoved(_) => Some(Capability::Remember),
            Self::Quit => Some(Capability::Quit),
            Self::ShowSheet(_) | Self::Staff(_) | Self::Fingers(_) => Some(Capability::Sheets),
            Self::Go(_)
            | Self::GoTo(_)
            | Self::GoToText { .. }
            | Self::Back
            | Self::Forward
            | Self::Beside(_)
            | Self::ClosePhoto
            | Self::Search(_)
            | Self::ClearSearch
            | Self::SetFilter(_)
            | Self::SetOrder(_)
            | Self::ToggleChoosing
            | Self::ChooseCandidate(_)
            | Self::ListMore
            | Self::StopIndexing
            | Self::GoToHit(_)
            | Self::BesideHit(_)
            | Self::SetTextSize(_)
            | Self::SetLanguage(_)
            | Self::CloseOverlay
            | Self::CancelOpen
            | Self::DismissNotice => None,
        }
    }

    /// Whether it names something of the archive that is read.
    pub fn is_of_the_archive(&self) -> bool {
        match self {
            Self::Go(route) => matches!(route, Route::Section(_) | Route::Photo(_) | Route::About(_)),
            Self::Show(overlay) => matches!(overlay, Overlay::AskCopyPath(_)),
            Self::GoToText { .. }
            | Self::ReadTo { .. }
            | Self::SaveCopy(_)
            | Self::SaveCopyTo(..)
            | Self::CopySelection { .. }
            | Self::SetExport(_) => true,
            _ => false,
        }
    }
}

/// What `apply` wants done outside the state.
#[derive(Clone, Debug)]
pub enum Effect {
    Run(Job),
    CopyText(String),
    FocusSearch,
    /// The viewer ends, and why.
    Leave(Leave),
    /// Another library is open: what the views keep of the one before is to be forgotten.
    ForgetLibrary,
    Quit,
}

/// Work that takes longer than a frame.
#[derive(Clone, Debug)]
pub enum Job {
    /// Reads an archive or a folder of them; archives of `before` that have not changed are kept.
    Load {
        generation: u64,
        source: Source,
        before: Arc<Library>,
        monitor: Arc<LoadMonitor>,
    },
    Search {
        token: CancelToken,
        library: Arc<Library>,
        request: Request,
        /// What is found first is told before the rest is known.
        show_first: bool,
    },
    /// A question of the search by fingers.
    ByFingers {
        generation: u64,
        library: Arc<Library>,
        touch: Touch,
    },
    /// Looks what else may be meant by what was searched.
    Offer {
        token: CancelToken,
        library: Arc<Library>,
        request: Request,
        /// Nothing was found: also the nearest strings that there are.
        nearest: bool,
    },
    /// Opens the indexes of the library's archives, or makes them.
    Index {
        generation: u64,
        library: Arc<Library>,
        monitor: Arc<LoadMonitor>,
    },
    /// Asks with the system's dialog which archive to open.
    PickArchive {
        title: String,
    },
    /// Asks with the system's dialog which folder of archives to open.
    PickFolder {
        title: String,
    },
    /// Asks with the system's dialog where to save a photo.
    PickCopyTarget {
        archive: ArchiveKey,
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
    Staff {
        serial: u64,
        job: StaffJob,
    },
    /// Asks with the system's dialog where to write an export.
    PickExportTarget {
        archive: ArchiveKey,
        title: String,
        file_name: String,
    },
    Export(Box<ExportJob>),
    /// Asks with the system's dialog where to write what was found.
    PickResultsTarget {
        kind: ResultsKind,
        title: String,
        file_name: String,
    },
    WriteResults(Box<ResultsJob>),
}

/// A list of everything that was found, to be made a file.
#[derive(Clone, Debug)]
pub struct ResultsJob {
    pub library: Arc<Library>,
    pub request: Request,
    pub kind: ResultsKind,
    pub face: Face,
    pub language: Language,
    /// `None`: a file for this occasion, which is opened.
    pub to: Option<(PathBuf, Replace)>,
    pub monitor: Arc<Monitor>,
}

/// A file to be made.
#[derive(Clone, Debug)]
pub struct ExportJob {
    pub archive: Arc<Archive>,
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
        token: CancelToken,
        found: Box<Found>,
    },
    /// Words that may be meant by what was searched.
    Offered {
        token: CancelToken,
        candidates: Option<Candidates>,
        /// Where nothing was found.
        nearest: Vec<Suggestion>,
    },
    /// `None`: cancelled.
    ArchivePicked(Option<PathBuf>),
    CopyTargetPicked {
        archive: ArchiveKey,
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
        archive: ArchiveKey,
        path: Option<PathBuf>,
    },
    ResultsTargetPicked {
        kind: ResultsKind,
        path: Option<PathBuf>,
    },
    /// Archives of the library have an index now.
    Indexed {
        generation: u64,
        volumes: Vec<(ArchiveId, Arc<Volume>)>,
    },
    /// Every archive has its index, or will not have one.
    IndexingEnded {
        generation: u64,
    },
    /// `print`: it was opened as well.
    Exported {
        to: PathBuf,
        print: bool,
        result: Result<(), ExportError>,
    },
    ByFingers {
        generation: u64,
        answer: Answer,
    },
    Staff {
        serial: u64,
        event: StaffEvent,
    },
    /// A job broke; the program goes on.
    Panicked {
        loading: bool,
    },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DialogPurpose {
    OpenArchive,
    SaveCopy { archive: ArchiveKey, photo: PhotoId },
    Export { archive: ArchiveKey },
    Results(ResultsKind),
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
