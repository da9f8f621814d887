//! What the viewer remembers while it runs.

use std::ops::{ControlFlow, Range};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::archive::{Archive, ArchiveId, LoadError, PhotoId, SectionId, Source};
use crate::library::{FieldPlace, Hit, Library};
use crate::text::{Language, Words};

use crate::export::clip::CopyForm;
use crate::export::pdf::Paper;

use crate::export::{Kind, Monitor, Scope};
use crate::files::SaveError;

use super::command::ExportError;
use super::exhibition::Sheet;
use super::fingers::Fingers;
use super::route::{History, Location, Route};
use super::search::{ResultsKind, Search};
use super::settings::Settings;
use super::shell::Shell;
use super::staff::Staff;

#[derive(Debug)]
pub struct State {
    pub library: Arc<Library>,
    pub shell: Shell,
    pub settings: Settings,
    pub history: History,
    pub search: Search,
    /// A place in the text to bring into view.
    pub focus: Option<Focus>,
    pub overlay: Option<Overlay>,
    pub sheet: Sheet,
    pub staff: Staff,
    /// The search by fingers.
    pub fingers: Fingers,
    pub notice: Option<Notice>,
    /// Counts the messages, so that each has its time.
    pub notice_serial: u64,
    /// Counts the libraries that were opened: what belongs to an earlier one is void.
    pub library_generation: u64,
    /// What is being read.
    pub loading: Option<Loading>,
    /// How far the indexes of the library are; searches are answered all the same.
    pub indexing: Option<Arc<LoadMonitor>>,
    pub export: Export,
    /// The file that is being made.
    pub exporting: Option<Arc<Monitor>>,
    pub system_language: Language,
    pub(super) generation: u64,
    /// Counts the steps from place to place.
    pub focus_serial: u64,
    /// That settings cannot be written has been said.
    pub(super) told_of_settings: bool,
}

/// An archive of one of the libraries that were opened.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ArchiveKey {
    /// By the order of opening.
    pub library: u64,
    pub archive: ArchiveId,
}

/// An archive or a folder of archives that is waited for.
#[derive(Debug)]
pub struct Loading {
    pub generation: u64,
    pub source: Source,
    pub monitor: Arc<LoadMonitor>,
}

/// How far the reading of archives is, for whoever waits for it, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct LoadMonitor {
    done: AtomicUsize,
    all: AtomicUsize,
    cancelled: AtomicBool,
}

impl LoadMonitor {
    /// Archives that were read, and all there are; none while they are being listed.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Notes how far the reading is, and says whether to go on.
    pub fn watch(&self, done: usize, all: usize) -> ControlFlow<()> {
        self.done.store(done, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
        if self.cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Characters of a section's plain text, in an archive.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Focus {
    pub archive: ArchiveId,
    pub section: SectionId,
    pub range: Range<usize>,
    /// Going to the same place again is another focus.
    pub serial: u64,
}

/// Something that stands over the page until it is closed.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    Shortcuts,
    Settings,
    Diagnostics,
    Open,
    /// Asks for a path, where the system has no file dialog.
    AskArchivePath,
    AskCopyPath(PhotoId),
    Export,
    AskExportPath,
    /// Asks for the name of a search that is to be kept.
    SaveSearch,
    AskResultsPath(ResultsKind),
}

/// What is to be written as a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Export {
    pub scope: Scope,
    pub kind: Kind,
    pub paper: Paper,
}

impl Default for Export {
    fn default() -> Self {
        Self { scope: Scope::Archive, kind: Kind::default(), paper: Paper::default() }
    }
}

/// A message that goes away by itself or by a click.
#[derive(Debug)]
pub enum Notice {
    Opened {
        title: String,
        archives: usize,
        problems: usize,
    },
    NotOpened {
        source: Source,
        error: LoadError,
    },
    /// So many characters of the text.
    Copied {
        characters: usize,
        form: CopyForm,
    },
    Exported {
        to: PathBuf,
    },
    Printing,
    NotExported(ExportError),
    /// The address of a link that leads out, which the program does not follow.
    AddressCopied,
    CopySaved {
        to: PathBuf,
    },
    CopyNotSaved {
        to: PathBuf,
        error: SaveError,
    },
    SettingsNotWritten(SaveError),
    Panicked,
    /// The window could not be drawn with the graphics card the last time.
    WithoutGraphicsCard,
}

/// Where one begins: on the shelf, if there is anything to choose from.
pub(super) fn start_of(library: &Library) -> Location {
    let route = if library.has_several() { Route::Shelf } else { Route::Cover };
    Location { archive: library.first(), route }
}

impl State {
    pub fn new(library: Arc<Library>, settings: Settings, system_language: Language) -> Self {
        Self::in_shell(Shell::office(), library, settings, system_language)
    }

    pub fn in_shell(shell: Shell, library: Arc<Library>, settings: Settings, system_language: Language) -> Self {
        Self {
            shell,
            history: History::new(start_of(&library)),
            library,
            settings,
            search: Search::default(),
            focus: None,
            overlay: None,
            sheet: Sheet::None,
            staff: Staff::default(),
            fingers: Fingers::default(),
            notice: None,
            loading: None,
            indexing: None,
            export: Export::default(),
            exporting: None,
            system_language,
            generation: 0,
            notice_serial: 0,
            library_generation: 0,
            focus_serial: 0,
            told_of_settings: false,
        }
    }

    /// Begins anew with the same library, as if nothing had happened since the start. Only the counters go on, so that
    /// what is still under way means nothing; the search is broken off.
    pub fn begin_anew(&mut self, settings: Settings) {
        let fresh = Self::in_shell(self.shell.clone(), Arc::clone(&self.library), settings, self.system_language);
        let before = std::mem::replace(self, fresh);
        self.fingers = Fingers::after(&before.fingers);
        super::staff::cancel(&before);
        self.staff.serial = before.staff.serial + 1;
        (self.loading, self.indexing) = (before.loading, before.indexing);
        (self.generation, self.library_generation) = (before.generation, before.library_generation);
        (self.notice_serial, self.focus_serial) = (before.notice_serial, before.focus_serial);
    }

    /// Shows a message in place of the one before.
    pub fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
        self.notice_serial += 1;
    }

    pub fn location(&self) -> Location {
        self.history.current()
    }

    pub fn route(&self) -> Route {
        self.location().route
    }

    pub fn archive_id(&self) -> ArchiveId {
        self.location().archive
    }

    /// The archive that is read; on the shelf, the one that was read last.
    pub fn archive(&self) -> &Archive {
        self.library.archive(self.archive_id())
    }

    pub fn archive_key(&self) -> ArchiveKey {
        ArchiveKey { library: self.library_generation, archive: self.archive_id() }
    }

    /// The place in a section of the archive that is read that is to be in view.
    pub fn focus_in(&self, section: SectionId) -> Option<&Focus> {
        self.focus.as_ref().filter(|focus| (focus.archive, focus.section) == (self.archive_id(), section))
    }

    /// Where the words that are searched stand in a text of the archive that is read, in its characters.
    pub fn marks(&self, place: FieldPlace) -> &[Range<usize>] {
        self.search.marks(self.archive_id(), place)
    }

    /// The current hit, if it stands in that text of the archive that is read.
    pub fn current_mark(&self, place: FieldPlace) -> Option<Range<usize>> {
        let here = |hit: &&Hit| (hit.archive, hit.place) == (self.archive_id(), place);
        self.search.current_hit().filter(here).map(|hit| hit.range.clone())
    }

    pub fn language(&self) -> Language {
        self.settings.language.unwrap_or(self.system_language)
    }

    pub fn words(&self) -> &'static Words {
        self.language().words()
    }
}
