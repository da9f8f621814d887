//! What the viewer remembers while it runs.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::{LoadError, PhotoId, SectionId, Source};
use crate::library::{FieldPlace, Found, Hit, Library};
use crate::text::{Language, Words};

use crate::export::clip::CopyForm;
use crate::export::pdf::Paper;
use crate::export::{Kind, Monitor, Scope};
use crate::files::SaveError;

use super::command::ExportError;
use super::route::{History, Route};
use super::settings::Settings;

#[derive(Debug)]
pub struct State {
    pub library: Arc<Library>,
    pub settings: Settings,
    pub history: History,
    pub search: Search,
    /// A place in the text to bring into view.
    pub focus: Option<Focus>,
    pub overlay: Option<Overlay>,
    pub notice: Option<Notice>,
    /// Counts the messages, so that each has its time.
    pub notice_serial: u64,
    /// Counts the archives that were opened: what belongs to an earlier one is void.
    pub archive_generation: u64,
    /// The archive being read, with its generation.
    pub loading: Option<(u64, Source)>,
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

/// Characters of a section's plain text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Focus {
    pub section: SectionId,
    pub range: Range<usize>,
    /// Going to the same place again is another focus.
    pub serial: u64,
}

/// The search box and what it found.
#[derive(Debug, Default)]
pub struct Search {
    pub words: String,
    /// What was found for `words`, or for what they were while the newest search still runs.
    pub found: Found,
    pub pending: bool,
    /// Index of the current hit, counted over all groups.
    pub current: Option<usize>,
    /// A step among the hits that was asked for before they were known.
    pub(super) pending_step: Option<isize>,
    pub(super) generation: u64,
    marks: HashMap<FieldPlace, Vec<Range<usize>>>,
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

impl State {
    pub fn new(library: Arc<Library>, settings: Settings, system_language: Language) -> Self {
        Self {
            library,
            settings,
            history: History::new(Route::Cover),
            search: Search::default(),
            focus: None,
            overlay: None,
            notice: None,
            loading: None,
            export: Export::default(),
            exporting: None,
            system_language,
            generation: 0,
            notice_serial: 0,
            archive_generation: 0,
            focus_serial: 0,
            told_of_settings: false,
        }
    }

    /// Shows a message in place of the one before.
    pub fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
        self.notice_serial += 1;
    }

    pub fn route(&self) -> Route {
        self.history.current()
    }

    pub fn language(&self) -> Language {
        self.settings.language.unwrap_or(self.system_language)
    }

    pub fn words(&self) -> &'static Words {
        self.language().words()
    }
}

impl Search {
    /// Nothing is typed.
    pub fn is_idle(&self) -> bool {
        self.words.trim().is_empty()
    }

    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.found.groups.iter().flat_map(|group| &group.hits)
    }

    pub fn current_hit(&self) -> Option<&Hit> {
        self.hits().nth(self.current?)
    }

    /// Where the words stand in a text, in its characters.
    pub fn marks(&self, place: FieldPlace) -> &[Range<usize>] {
        self.marks.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The current hit, if it stands in that text.
    pub fn current_mark(&self, place: FieldPlace) -> Option<Range<usize>> {
        self.current_hit().filter(|hit| hit.place == place).map(|hit| hit.range.clone())
    }

    /// Empties the box; answers to what was asked before no longer count.
    pub(super) fn clear(&mut self) {
        *self = Self { generation: self.generation + 1, ..Self::default() };
    }

    pub(super) fn set_found(&mut self, found: Found) {
        self.pending = false;
        self.current = None;
        self.marks.clear();
        for hit in found.groups.iter().flat_map(|group| &group.hits) {
            self.marks.entry(hit.place).or_default().push(hit.range.clone());
        }
        self.found = found;
    }
}
