//! One arm a command, one arm an event.

mod search;

pub use search::results_name;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::{ArchiveId, PhotoId, SectionId, Source};
use crate::export::clip::clip;
use crate::export::pdf::PdfError;
use crate::export::{Kind, Monitor, Scope};
use crate::library::Library;

use super::command::{Command, DialogPurpose, Effect, ExportError, ExportJob, Job, JobEvent, Replace};
use super::exhibition::Sheet;
use super::fingers::{self, Fingers};
use super::route::{History, Location, Route};
use super::search::ResultsKind;
use super::settings::LastPlace;
use super::shell::Capability;
use super::staff;
use super::state::{Export, Focus, LoadMonitor, Loading, Notice, Overlay, State, start_of};

/// What is to be done when the program begins.
pub fn begin(state: &mut State) -> Vec<Effect> {
    index(state)
}

/// Begins to read another library, which the program may also do by itself.
pub fn open(state: &mut State, source: Source) -> Vec<Effect> {
    state.overlay = None;
    cancel_loading(state);
    state.generation += 1;
    let (generation, monitor) = (state.generation, Arc::new(LoadMonitor::default()));
    state.loading = Some(Loading { generation, source: source.clone(), monitor: Arc::clone(&monitor) });
    let before = Arc::clone(&state.library);
    vec![Effect::Run(Job::Load { generation, source, before, monitor })]
}

/// Has the library indexed if it is so large that reading through it takes time that is felt.
fn index(state: &mut State) -> Vec<Effect> {
    stop_indexing(state);
    if !state.library.wants_indexes() {
        return Vec::new();
    }
    let monitor = Arc::new(LoadMonitor::default());
    state.indexing = Some(Arc::clone(&monitor));
    let library = Arc::clone(&state.library);
    vec![Effect::Run(Job::Index { generation: state.library_generation, library, monitor })]
}

fn stop_indexing(state: &mut State) {
    if let Some(monitor) = state.indexing.take() {
        monitor.cancel();
    }
}

/// Carries out a command, if the shell allows it.
pub fn apply(state: &mut State, command: Command) -> Vec<Effect> {
    if !state.shell.allows(&command) {
        return Vec::new();
    }
    match command {
        Command::Go(route) => go(state, route),
        Command::GoTo(location) => go_to(state, location, None),
        Command::GoToText { section, range } => {
            let location = Location { route: Route::Section(section), ..state.location() };
            go_to(state, location, Some((section, range)))
        }
        Command::Back => step(state, History::back),
        Command::Forward => step(state, History::forward),
        Command::Beside(step) => go_beside(state, step),
        Command::ClosePhoto => {
            if state.history.came_from() == state.history.before_photos() && state.history.can_go_back() {
                return apply(state, Command::Back);
            }
            let gallery = Location { route: Route::Gallery, ..state.location() };
            let location = state.history.before_photos().unwrap_or(gallery);
            go_to(state, location, None)
        }

        Command::FocusSearch => {
            // The search box does not stand over a photo.
            let mut effects = match state.route() {
                Route::Photo(_) => apply(state, Command::ClosePhoto),
                _ => Vec::new(),
            };
            state.overlay = None;
            effects.push(Effect::FocusSearch);
            effects
        }
        Command::Search(words) => search::type_words(state, words),
        Command::ClearSearch => {
            state.search.clear();
            Vec::new()
        }
        Command::GoToHit(index) => search::go_to_hit(state, index),
        Command::BesideHit(step) => search::go_beside_hit(state, step),
        Command::SetFilter(filter) => search::set_filter(state, filter),
        Command::SetOrder(order) => search::set_order(state, order),
        Command::ToggleChoosing => {
            state.search.choosing = !state.search.choosing;
            Vec::new()
        }
        Command::ChooseCandidate(index) => search::choose_candidate(state, index),
        Command::ListMore => search::list_more(state),
        Command::StopIndexing => {
            stop_indexing(state);
            Vec::new()
        }
        Command::SaveSearch(name) => search::save(state, &name),
        Command::RecallSearch(index) => search::recall(state, index),
        Command::ForgetSearch(index) => set(state, |settings| {
            if index < settings.searches.len() {
                settings.searches.remove(index);
            }
        }),
        Command::PickResultsTarget(kind) => search::pick_results_target(state, kind),
        Command::ResultsTo(kind, to, replace) => search::write_results(state, kind, Some((to, replace))),
        Command::PrintResults => search::write_results(state, ResultsKind::List, None),

        Command::SetTextSize(size) => set(state, |settings| settings.text_size = size),
        Command::SetTypography(typography) => set(state, |settings| settings.typography = typography),
        Command::SetDrawing(drawing) => set(state, |settings| settings.drawing = drawing),
        Command::SetElder(elder) => set(state, |settings| settings.elder = elder),
        Command::ReadTo { section, offset } if state.route() == Route::Section(section) => {
            remember_place_at(state, offset)
        }
        Command::ReadTo { .. } => Vec::new(),
        Command::SetTheme(theme) => set(state, |settings| settings.theme = theme),
        Command::SetLanguage(language) => set(state, |settings| settings.language = Some(language)),
        Command::ToggleContents => set(state, |settings| settings.contents_hidden = !settings.contents_hidden),
        Command::WindowMoved(place) => set(state, |settings| settings.window = Some(place)),
        Command::ForgetRecents => set(state, |settings| settings.recents.clear()),
        // There is no archive to export on the shelf.
        Command::Show(Overlay::Export) | Command::Print if state.route() == Route::Shelf => Vec::new(),
        Command::Show(Overlay::Export) => {
            if let Route::Section(section) = state.route() {
                state.export.scope = Scope::Section(section);
            }
            state.overlay = Some(Overlay::Export);
            Vec::new()
        }
        Command::Show(overlay) => {
            state.overlay = Some(overlay);
            Vec::new()
        }
        Command::CloseOverlay => {
            state.overlay = None;
            Vec::new()
        }
        Command::ShowSheet(Sheet::Pin) => staff::knock(state),
        Command::ShowSheet(Sheet::Staff) => Vec::new(),
        Command::ShowSheet(Sheet::Find) => {
            state.sheet = Sheet::Find;
            fingers::begin(state)
        }
        Command::Fingers(command) => fingers::apply(state, command),
        Command::Staff(command) => staff::apply(state, command),
        Command::ShowSheet(sheet) => {
            state.sheet = sheet;
            Vec::new()
        }

        Command::PickArchive => {
            state.overlay = None;
            vec![Effect::Run(Job::PickArchive { title: state.words().open_archive.to_owned() })]
        }
        Command::PickFolder => {
            state.overlay = None;
            vec![Effect::Run(Job::PickFolder { title: state.words().open_folder.to_owned() })]
        }
        Command::Open(source) => open(state, source),
        Command::Reload => {
            let source = state.library.source.clone();
            apply(state, Command::Open(source))
        }
        Command::SaveCopy(photo) => match &state.archive().photo(photo).file {
            None => Vec::new(),
            Some(file) => {
                let file_name = file.file_name().to_owned();
                let title = state.words().save_copy.to_owned();
                let archive = state.archive_key();
                vec![Effect::Run(Job::PickCopyTarget { archive, photo, title, file_name })]
            }
        },
        Command::SaveCopyTo(photo, to, replace) => save_copy(state, state.archive_id(), photo, (to, replace)),
        Command::CopySelection { section, range, form } => {
            let text = clip(state.archive(), section, range.clone(), form);
            state.tell(Notice::Copied { characters: range.len(), form });
            vec![Effect::CopyText(text)]
        }
        Command::SetExport(export) => {
            state.export = export;
            Vec::new()
        }
        Command::PickExportTarget => {
            state.overlay = None;
            let title = state.words().export.to_owned();
            let file_name = export_name(state);
            vec![Effect::Run(Job::PickExportTarget { archive: state.archive_key(), title, file_name })]
        }
        Command::ExportTo(to, replace) => export(state, Some((to, replace))),
        Command::Print => {
            let scope = match state.route() {
                Route::Section(section) => Scope::Section(section),
                Route::About(report) => Scope::Report(report),
                _ => Scope::Archive,
            };
            state.export = Export { scope, kind: Kind::Pdf, ..state.export };
            export(state, None)
        }
        Command::CancelExport => {
            if let Some(monitor) = state.exporting.take() {
                monitor.cancel();
            }
            Vec::new()
        }
        Command::CopyAddress(address) => {
            state.tell(Notice::AddressCopied);
            vec![Effect::CopyText(address)]
        }
        Command::CancelOpen => {
            cancel_loading(state);
            Vec::new()
        }
        Command::DismissNotice => {
            state.notice = None;
            Vec::new()
        }
        Command::Quit => vec![Effect::Quit],
    }
}

/// Takes in what came of a job. Answers to questions that are no longer asked are dropped.
pub fn on_event(state: &mut State, event: JobEvent) -> Vec<Effect> {
    match event {
        JobEvent::Loaded { generation, source, result } => {
            if state.loading.as_ref().is_none_or(|loading| loading.generation != generation) {
                return Vec::new();
            }
            state.loading = None;
            match result {
                Ok(library) => opened(state, *library),
                Err(error) => {
                    state.tell(Notice::NotOpened { source, error });
                    Vec::new()
                }
            }
        }
        JobEvent::Searched { generation, found } => search::found(state, generation, *found),
        JobEvent::Offered { generation, candidates, nearest } => {
            state.search.offer(generation, candidates, nearest);
            Vec::new()
        }
        JobEvent::Indexed { generation, volumes } => {
            if generation == state.library_generation {
                state.library = Arc::new(state.library.with_volumes(volumes));
            }
            Vec::new()
        }
        JobEvent::IndexingEnded { generation } => {
            if generation == state.library_generation {
                state.indexing = None;
            }
            Vec::new()
        }
        JobEvent::ArchivePicked(Some(path)) => apply(state, Command::Open(Source::at(&path))),
        JobEvent::CopyTargetPicked { archive, photo, path: Some(path) }
            if archive.library == state.library_generation =>
        {
            save_copy(state, archive.archive, photo, (path, Replace::Confirmed))
        }
        JobEvent::ArchivePicked(None) | JobEvent::CopyTargetPicked { .. } => Vec::new(),
        JobEvent::NoDialog(DialogPurpose::OpenArchive) => apply(state, Command::Show(Overlay::AskArchivePath)),
        JobEvent::NoDialog(DialogPurpose::SaveCopy { archive, photo }) => {
            if archive == state.archive_key() {
                state.overlay = Some(Overlay::AskCopyPath(photo));
            }
            Vec::new()
        }
        JobEvent::CopySaved { to, result } => {
            state.tell(match result {
                Ok(()) => Notice::CopySaved { to },
                Err(error) => Notice::CopyNotSaved { to, error },
            });
            Vec::new()
        }
        JobEvent::SettingsNotWritten(error) => {
            // Each page that is turned would say it again.
            if !std::mem::replace(&mut state.told_of_settings, true) {
                state.tell(Notice::SettingsNotWritten(error));
            }
            Vec::new()
        }
        JobEvent::ExportTargetPicked { archive, path: Some(path) } if archive == state.archive_key() => {
            apply(state, Command::ExportTo(path, Replace::Confirmed))
        }
        JobEvent::ExportTargetPicked { .. } => Vec::new(),
        JobEvent::ResultsTargetPicked { kind, path: Some(path) } => {
            apply(state, Command::ResultsTo(kind, path, Replace::Confirmed))
        }
        JobEvent::ResultsTargetPicked { path: None, .. } => Vec::new(),
        JobEvent::NoDialog(DialogPurpose::Results(kind)) => {
            state.overlay = Some(Overlay::AskResultsPath(kind));
            Vec::new()
        }
        JobEvent::NoDialog(DialogPurpose::Export { archive }) => {
            if archive == state.archive_key() {
                state.overlay = Some(Overlay::AskExportPath);
            }
            Vec::new()
        }
        JobEvent::Exported { to, print, result } => {
            state.exporting = None;
            match result {
                // Whoever cancels knows.
                Err(ExportError::Pdf(PdfError::Cancelled)) => {}
                Err(error) => state.tell(Notice::NotExported(error)),
                Ok(()) if print => state.tell(Notice::Printing),
                Ok(()) => state.tell(Notice::Exported { to }),
            }
            Vec::new()
        }
        JobEvent::ByFingers { generation, answer } => {
            fingers::on_answer(state, generation, answer);
            Vec::new()
        }
        JobEvent::Staff { serial, event } => staff::on_event(state, serial, event),
        JobEvent::Panicked { loading } => {
            state.exporting = None;
            if loading {
                state.loading = None;
            }
            state.search.pending = false;
            state.tell(Notice::Panicked);
            Vec::new()
        }
    }
}

/// Begins to make a file; one at a time.
fn export(state: &mut State, to: Option<(PathBuf, Replace)>) -> Vec<Effect> {
    state.overlay = None;
    if state.exporting.is_some() {
        return Vec::new();
    }
    let monitor = Arc::new(Monitor::default());
    state.exporting = Some(Arc::clone(&monitor));
    let job = ExportJob {
        archive: Arc::clone(&state.library.volume(state.archive_id()).archive),
        export: state.export,
        face: state.settings.sheet(0.0).face,
        language: state.language(),
        to,
        monitor,
    };
    vec![Effect::Run(Job::Export(Box::new(job)))]
}

/// A name for the file, from the title of what stands in it.
pub fn export_name(state: &State) -> String {
    let archive = state.archive();
    let title = match state.export.scope {
        Scope::Archive => &archive.title,
        Scope::Report(report) => &archive.report(report).title,
        Scope::Section(section) => &archive.section(section).title,
    };
    file_name(title.trim().trim_end_matches('。'), state.words().untitled, state.export.kind.extension())
}

/// A name for a file that every system allows.
fn file_name(title: &str, otherwise: &str, extension: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !"/\\:*?\"<>|".contains(*c);
    let title: String = title.trim().chars().filter(allowed).take(60).collect();
    let title = if title.is_empty() { otherwise } else { &title };
    format!("{title}.{extension}")
}

/// A copy of a photo of the library.
fn save_copy(state: &mut State, id: ArchiveId, photo: PhotoId, (to, replace): (PathBuf, Replace)) -> Vec<Effect> {
    state.overlay = None;
    let archive = state.library.archive(id);
    let Some(file) = archive.photo(photo).file.clone() else { return Vec::new() };
    vec![Effect::Run(Job::SaveCopy { source: Arc::clone(&archive.source), file, to, replace })]
}

fn cancel_loading(state: &mut State) {
    if let Some(loading) = state.loading.take() {
        loading.monitor.cancel();
    }
}

/// To another page of the archive that is read.
fn go(state: &mut State, route: Route) -> Vec<Effect> {
    let location = Location { route, ..state.location() };
    go_to(state, location, None)
}

/// To a page, and to a place in its text.
fn go_to(state: &mut State, location: Location, place: Option<(SectionId, Range<usize>)>) -> Vec<Effect> {
    let before = state.location();
    let location = standing(&state.library, location);
    state.overlay = None;
    state.sheet = Sheet::None;
    state.focus_serial += 1;
    let serial = state.focus_serial;
    state.focus = place.map(|(section, range)| Focus { archive: location.archive, section, range, serial });
    // Whoever reads on has seen it.
    if matches!(state.notice, Some(Notice::Opened { .. })) {
        state.notice = None;
    }
    // Paging through photos is one step of the history, not one a photo.
    match (before.route, location.route) {
        (Route::Photo(_), Route::Photo(_)) if before.archive == location.archive => state.history.replace(location),
        _ => state.history.go(location),
    }
    leave(state, before.archive);
    remember_place(state)
}

/// A step of the history.
fn step(state: &mut State, step: fn(&mut History)) -> Vec<Effect> {
    let before = state.archive_id();
    step(&mut state.history);
    leave(state, before);
    remember_place(state)
}

/// What asks about one archive means nothing in another.
fn leave(state: &mut State, before: ArchiveId) {
    if state.archive_id() != before {
        state.overlay = None;
        state.export.scope = Scope::Archive;
    }
}

/// Where there is nothing to choose from, there is no shelf.
fn standing(library: &Library, location: Location) -> Location {
    match location.route {
        Route::Shelf if !library.has_several() => Location { route: Route::Cover, ..location },
        _ => location,
    }
}

fn go_beside(state: &mut State, step: isize) -> Vec<Effect> {
    let archive = state.archive();
    let route = match state.route() {
        Route::Section(id) => archive.section_beside(id, step).map(Route::Section),
        Route::Photo(id) => archive.photo_beside(id, step).map(Route::Photo),
        Route::Cover if step > 0 => archive.section_ids().next().map(Route::Section),
        Route::Shelf | Route::Cover | Route::Gallery | Route::Figures | Route::About(_) => None,
    };
    match route {
        Some(route) => go(state, route),
        None => Vec::new(),
    }
}

fn opened(state: &mut State, library: Library) -> Vec<Effect> {
    let location = place_in(&library, state);
    if let Some(path) = library.source.path() {
        state.settings.remember_archive(path.to_owned());
    }
    let (archives, problems) = (library.volumes().len(), library.problems());
    let title = library.title().into_owned();
    state.library = Arc::new(library);
    state.library_generation += 1;
    // Its section may be another's, or nobody's, here.
    state.export.scope = Scope::Archive;
    state.history = match state.library.has_several() {
        // There is always a way back to the shelf.
        true => History::new(Location { archive: location.archive, route: Route::Shelf }),
        false => History::new(location),
    };
    state.history.go(location);
    state.focus = None;
    state.fingers = Fingers::after(&state.fingers);
    // What asks about, or was found in, the library before means nothing in this one.
    state.overlay = None;
    let words = std::mem::take(&mut state.search.words);
    state.search.clear();
    state.tell(Notice::Opened { title, archives, problems });
    let mut effects = vec![Effect::ForgetLibrary];
    effects.extend(search::type_words(state, words));
    effects.extend(index(state));
    effects.extend(remember_place(state));
    effects
}

/// Where to begin in a library that was opened: where the reader is, if it was read again; where the reader last was,
/// if that is in one of its archives.
fn place_in(library: &Library, state: &State) -> Location {
    let again = library.source == state.library.source;
    let place = match &state.settings.last_place {
        _ if again => Some((state.archive().source.path(), state.route().to_key(state.archive()))),
        Some(place) if library.has_several() => Some((place.archive.as_deref(), place.route.clone())),
        _ => None,
    };
    let found = place.and_then(|(path, key)| {
        let archive = library.archive_at(path)?;
        let route = Route::from_key(&key, library.archive(archive)).unwrap_or(Route::Cover);
        Some(standing(library, Location { archive, route }))
    });
    found.unwrap_or_else(|| start_of(library))
}

fn set(state: &mut State, change: impl FnOnce(&mut super::Settings)) -> Vec<Effect> {
    let before = state.settings.clone();
    change(&mut state.settings);
    if state.settings == before { Vec::new() } else { write_settings(state) }
}

fn remember_place(state: &mut State) -> Vec<Effect> {
    remember_place_at(state, 0)
}

fn remember_place_at(state: &mut State, offset: usize) -> Vec<Effect> {
    if !state.shell.can(Capability::Remember) {
        return Vec::new();
    }
    let archive = state.archive();
    let place = LastPlace {
        archive: archive.source.path().map(std::path::Path::to_owned),
        route: state.route().to_key(archive),
        offset,
    };
    set(state, |settings| settings.last_place = Some(place))
}

fn write_settings(state: &State) -> Vec<Effect> {
    if !state.shell.can(Capability::Remember) {
        return Vec::new();
    }
    vec![Effect::Run(Job::WriteSettings(Box::new(state.settings.clone())))]
}

#[cfg(test)]
mod tests;
