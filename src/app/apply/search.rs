//! What is typed, chosen, kept and gone through.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::{apply, go_to, set};
use crate::app::command::{Command, Effect, Job, Replace, ResultsJob};
use crate::app::route::{Location, Route};
use crate::app::search::{ResultsKind, SavedSearch, save as keep};
use crate::app::state::State;
use crate::archive::{Archive, SectionId};
use crate::export::Monitor;
use crate::library::filter::Filter;
use crate::library::order::Order;
use crate::library::{Field, FieldPlace, Found, Target};

pub(super) fn type_words(state: &mut State, words: String) -> Vec<Effect> {
    state.search.words = words;
    state.search.begin();
    search(state)
}

pub(super) fn set_filter(state: &mut State, filter: Filter) -> Vec<Effect> {
    state.search.filter = filter;
    state.search.begin();
    search(state)
}

pub(super) fn set_order(state: &mut State, order: Order) -> Vec<Effect> {
    state.search.order = Some(order);
    state.search.begin();
    search(state)
}

pub(super) fn choose_candidate(state: &mut State, index: usize) -> Vec<Effect> {
    let candidates = state.search.found.candidates.as_ref();
    match candidates.and_then(|candidates| candidates.chosen(&state.search.words, index)) {
        // What stands there was offered for other words.
        _ if state.search.pending => Vec::new(),
        Some(words) => type_words(state, words),
        None => Vec::new(),
    }
}

pub(super) fn list_more(state: &mut State) -> Vec<Effect> {
    if state.search.pending || state.search.found.unlisted == 0 {
        return Vec::new();
    }
    state.search.go_on();
    ask(state)
}

/// Asks anew; what is pointed at belongs to what was asked before.
pub(super) fn search(state: &mut State) -> Vec<Effect> {
    state.focus = None;
    if state.search.is_idle() {
        state.search.generation += 1;
        state.search.set_found(Found::default());
        return Vec::new();
    }
    ask(state)
}

fn ask(state: &mut State) -> Vec<Effect> {
    state.search.generation += 1;
    state.search.pending = true;
    let request = state.search.request(&state.library);
    let library = Arc::clone(&state.library);
    vec![Effect::Run(Job::Search { generation: state.search.generation, library, request })]
}

pub(super) fn found(state: &mut State, generation: u64, found: Found) -> Vec<Effect> {
    if generation != state.search.generation {
        return Vec::new();
    }
    state.search.set_found(found);
    match state.search.pending_step.take() {
        Some(step) => apply(state, Command::BesideHit(step)),
        None => Vec::new(),
    }
}

pub(super) fn go_beside_hit(state: &mut State, step: isize) -> Vec<Effect> {
    let search = &mut state.search;
    // What is found for the words as they are now is not known yet.
    if search.pending {
        search.pending_step = Some(step);
        return Vec::new();
    }
    if search.found.choose_candidate {
        return choose_candidate(state, 0);
    }
    match (search.found.listed, search.current) {
        (0, _) => Vec::new(),
        (listed, None) => go_to_hit(state, if step < 0 { listed - 1 } else { 0 }),
        (listed, Some(current)) if current + 1 == listed && step > 0 && search.found.unlisted > 0 => {
            search.pending_step = Some(step);
            search.go_on();
            ask(state)
        }
        (listed, Some(current)) => {
            let next = (current + listed).saturating_add_signed(step) % listed;
            go_to_hit(state, next)
        }
    }
}

pub(super) fn save(state: &mut State, name: &str) -> Vec<Effect> {
    state.overlay = None;
    let name = name.trim().to_owned();
    if name.is_empty() || state.search.is_idle() {
        return Vec::new();
    }
    let search = &state.search;
    let saved = SavedSearch { name, words: search.words.clone(), filter: search.filter.clone(), order: search.order };
    set(state, |settings| keep(&mut settings.searches, saved))
}

pub(super) fn recall(state: &mut State, index: usize) -> Vec<Effect> {
    let Some(saved) = state.settings.searches.get(index).cloned() else { return Vec::new() };
    state.overlay = None;
    state.search.clear();
    state.search.filter = saved.filter;
    state.search.order = saved.order;
    type_words(state, saved.words)
}

pub(super) fn pick_results_target(state: &mut State, kind: ResultsKind) -> Vec<Effect> {
    state.overlay = None;
    let title = state.words().export.to_owned();
    vec![Effect::Run(Job::PickResultsTarget { kind, title, file_name: results_name(state, kind) })]
}

/// A name for the file, from what was searched.
pub fn results_name(state: &State, kind: ResultsKind) -> String {
    super::file_name(&state.search.words, state.words().search_results, kind.extension())
}

pub(super) fn write_results(state: &mut State, kind: ResultsKind, to: Option<(PathBuf, Replace)>) -> Vec<Effect> {
    state.overlay = None;
    if state.exporting.is_some() || state.search.found.documents == 0 {
        return Vec::new();
    }
    let monitor = Arc::new(Monitor::default());
    state.exporting = Some(Arc::clone(&monitor));
    let job = ResultsJob {
        library: Arc::clone(&state.library),
        request: state.search.request(&state.library),
        kind,
        face: state.settings.sheet(0.0).face,
        language: state.language(),
        to,
        monitor,
    };
    vec![Effect::Run(Job::WriteResults(Box::new(job)))]
}

pub(super) fn go_to_hit(state: &mut State, index: usize) -> Vec<Effect> {
    let Some(hit) = state.search.hits().nth(index).cloned() else { return Vec::new() };
    state.search.current = Some(index);
    let (route, focus) = place_of(state.library.archive(hit.archive), hit.place, hit.range);
    go_to(state, Location { archive: hit.archive, route }, focus)
}

/// Where a found text is shown.
fn place_of(archive: &Archive, place: FieldPlace, range: Range<usize>) -> (Route, Option<(SectionId, Range<usize>)>) {
    let top = |section: SectionId| Some((section, 0..0));
    match (place.target, place.field) {
        (Target::Section(section), Field::Body) => (Route::Section(section), Some((section, range))),
        (Target::Section(section), _) => (Route::Section(section), top(section)),
        (Target::Photo(photo), _) => (Route::Photo(photo), None),
        (Target::Figure(_), _) => (Route::Figures, None),
        (Target::Report(report), Field::Report(_)) => (Route::About(report), None),
        (Target::Report(_), _) if archive.reports.len() <= 1 => (Route::Cover, None),
        (Target::Report(report), _) => (Route::About(report), None),
        (Target::Archive, Field::Title) => (Route::Cover, None),
        (Target::Archive, _) => (archive.report_ids().next().map_or(Route::Cover, Route::About), None),
    }
}
