//! From page to page, and from archive to archive.

use std::ops::Range;

use super::remember_place;
use crate::app::command::Effect;
use crate::app::exhibition::Sheet;
use crate::app::route::{History, Location, Route};
use crate::app::state::{Focus, Notice, State};
use crate::archive::{ArchiveId, SectionId};
use crate::export::Scope;
use crate::library::Library;

/// To another page of the archive that is read.
pub(super) fn go(state: &mut State, route: Route) -> Vec<Effect> {
    let location = Location { route, ..state.location() };
    go_to(state, location, None)
}

/// To a page, and to a place in its text.
pub(super) fn go_to(state: &mut State, location: Location, place: Option<(SectionId, Range<usize>)>) -> Vec<Effect> {
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
pub(super) fn step(state: &mut State, step: fn(&mut History)) -> Vec<Effect> {
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
pub(super) fn standing(library: &Library, location: Location) -> Location {
    match location.route {
        Route::Shelf if !library.has_several() => Location { route: Route::Cover, ..location },
        _ => location,
    }
}

pub(super) fn go_beside(state: &mut State, step: isize) -> Vec<Effect> {
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
