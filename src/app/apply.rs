//! One arm a command, one arm an event.

mod files;
mod opening;
mod places;
mod search;
#[cfg(test)]
mod tests;

pub use files::export_name;
pub use opening::{begin, open};
pub use search::results_name;

use std::sync::Arc;

use crate::archive::Source;
use crate::export::clip::clip;
use crate::export::pdf::PdfError;
use crate::export::{Kind, Scope};

use super::command::{Command, DialogPurpose, Effect, ExportError, Job, JobEvent, Replace};
use super::exhibition::Sheet;
use super::fingers;
use super::route::{History, Location, Route};
use super::search::ResultsKind;
use super::settings::{LastPlace, Settings};
use super::shell::Capability;
use super::staff;
use super::state::{Export, Notice, Overlay, State};
use files::{export, save_copy};
use opening::{cancel_loading, opened, stop_indexing};
use places::{go, go_beside, go_to, step};

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
        JobEvent::Searched { token, found } => search::found(state, &token, *found),
        JobEvent::Offered { token, candidates, nearest } => {
            state.search.offer(&token, candidates, nearest);
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
            // Each page that is turned would say it again, and what the program began with is worth more.
            if state.notice.is_none() && !std::mem::replace(&mut state.told_of_settings, true) {
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

fn set(state: &mut State, change: impl FnOnce(&mut Settings)) -> Vec<Effect> {
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
