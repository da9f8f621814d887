//! A library is read, and takes the place of the one before.

use std::path::Path;
use std::sync::Arc;

use super::places::standing;
use super::{remember_place_at, search, set};
use crate::app::command::{Effect, Job};
use crate::app::fingers::Fingers;
use crate::app::route::{History, Location, Route};
use crate::app::shell::Capability;
use crate::app::state::{LoadMonitor, Loading, Notice, State, start_of};
use crate::archive::Source;
use crate::export::Scope;
use crate::library::Library;

/// What is to be done when the program begins.
pub fn begin(state: &mut State) -> Vec<Effect> {
    let path = state.library.source.path().map(Path::to_owned).filter(|_| state.shell.can(Capability::Remember));
    let mut effects = path.map_or_else(Vec::new, |path| set(state, |settings| settings.remember_archive(path)));
    effects.extend(index(state));
    effects
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

pub(super) fn stop_indexing(state: &mut State) {
    if let Some(monitor) = state.indexing.take() {
        monitor.cancel();
    }
}

pub(super) fn cancel_loading(state: &mut State) {
    if let Some(loading) = state.loading.take() {
        loading.monitor.cancel();
    }
}

pub(super) fn opened(state: &mut State, library: Library) -> Vec<Effect> {
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
    // There is always a way back to where one begins.
    state.history = History::new(Location { archive: location.archive, ..start_of(&state.library) });
    state.history.go(location);
    // In the same section the reader goes on where it was.
    let here = (state.archive().source.path(), state.route().to_key(state.archive()));
    let before = state.settings.last_place.as_ref();
    let offset = before.filter(|place| (place.archive.as_deref(), place.route.clone()) == here);
    let offset = offset.map_or(0, |place| place.offset);
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
    effects.extend(remember_place_at(state, offset));
    effects
}

/// Where to begin in a library that was opened: where the reader is, if it was read again; where the reader last was,
/// if that is in one of its archives.
fn place_in(library: &Library, state: &State) -> Location {
    let place = if library.source == state.library.source {
        Some((state.archive().source.path(), state.route().to_key(state.archive())))
    } else {
        state.settings.last_place.as_ref().map(|place| (place.archive.as_deref(), place.route.clone()))
    };
    let found = place.and_then(|(path, key)| {
        let archive = library.archive_at(path)?;
        let route = Route::from_key(&key, library.archive(archive)).unwrap_or(Route::Cover);
        Some(standing(library, Location { archive, route }))
    });
    found.unwrap_or_else(|| start_of(library))
}
