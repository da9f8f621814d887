//! What is typed, chosen, kept and gone through.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::files::file_name;
use super::places::go_to;
use super::{apply, set};
use crate::app::command::{Command, Effect, Job, Replace, ResultsJob};
use crate::app::route::{Location, Route};
use crate::app::search::{ResultsKind, SavedSearch, save as keep};
use crate::app::state::State;
use crate::archive::{Archive, SectionId};
use crate::export::Monitor;
use crate::library::filter::Filter;
use crate::library::order::Order;
use crate::library::{Field, FieldPlace, Found, Target};
use crate::search::CancelToken;

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
    match state.search.with_candidate(index) {
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
        state.search.renew();
        state.search.set_found(Found::default());
        return Vec::new();
    }
    ask(state)
}

fn ask(state: &mut State) -> Vec<Effect> {
    state.search.renew();
    state.search.pending = true;
    let request = state.search.request(&state.library);
    let library = Arc::clone(&state.library);
    let (token, show_first) = (state.search.token(), !state.search.is_going_on());
    vec![Effect::Run(Job::Search { token, library, request, show_first })]
}

pub(super) fn found(state: &mut State, token: &CancelToken, found: Found) -> Vec<Effect> {
    if token.is_cancelled() {
        return Vec::new();
    }
    let (nearest, unfinished) = (found.is_nothing(), found.unfinished);
    state.search.set_found(found);
    if unfinished {
        return Vec::new();
    }
    let (library, request) = (Arc::clone(&state.library), state.search.request(&state.library));
    let mut effects = vec![Effect::Run(Job::Offer { token: token.clone(), library, request, nearest })];
    if let Some(step) = state.search.pending_step.take() {
        effects.extend(apply(state, Command::BesideHit(step)));
    }
    effects
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
    file_name(&state.search.words, state.words().search_results, kind.extension())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::apply::on_event;
    use crate::app::command::JobEvent;
    use crate::app::settings::Settings;
    use crate::archive::{Source, load_text};
    use crate::library::filter::Choice;
    use crate::library::{Candidates, Library};
    use crate::search::Candidate;
    use crate::text::Language;
    use serde_json::json;

    /// So many sections, in each of which 温泉 stands.
    fn state(sections: usize) -> State {
        let section = |index| json!({"id": format!("s{index}"), "title": "篇", "body": "温泉。"});
        let sections: Vec<_> = (0..sections).map(section).collect();
        let report = json!({"id": "r", "title": "报", "date_issued": "2017", "sections": sections});
        let text = json!({"format": 1, "title": "卷", "reports": [report]}).to_string();
        let library = Library::new(load_text(&text, Source::Embedded).expect("an archive"));
        State::new(Arc::new(library), Settings::default(), Language::ZhCn)
    }

    /// Carries out a command, and takes in what the search that it asks for finds.
    fn done(state: &mut State, command: Command) {
        for effect in apply(state, command) {
            if let Effect::Run(Job::Search { token, library, request, .. }) = effect {
                let found = Box::new(library.search(&request));
                on_event(state, JobEvent::Searched { token, found });
            }
        }
    }

    fn type_in(state: &mut State, words: &str) {
        done(state, Command::Search(words.to_owned()));
    }

    fn candidates(typed: Range<usize>, words: &[&str]) -> Option<Candidates> {
        let words = words.iter().map(|text| Candidate { text: (*text).to_owned(), count: 1 }).collect();
        Some(Candidates { typed, words })
    }

    #[test]
    fn where_a_word_is_to_be_chosen_enter_chooses_the_first() {
        let mut state = state(1);
        type_in(&mut state, "水库 wq");
        state.search.found = Found { choose_candidate: true, ..Found::default() };
        state.search.offer(&state.search.token(), candidates(3..5, &["温泉", "文庆"]), Vec::new());
        done(&mut state, Command::BesideHit(1));
        assert_eq!(state.search.words, "水库 温泉");
    }

    #[test]
    fn a_word_that_was_offered_for_other_words_is_not_chosen() {
        let mut state = state(1);
        type_in(&mut state, "wenquan");
        let before = state.search.token();
        state.search.offer(&before, candidates(0..7, &["温泉"]), Vec::new());
        type_in(&mut state, "wenqua");
        assert!(state.search.found.candidates.is_some(), "they stand there until others are known");
        done(&mut state, Command::ChooseCandidate(0));
        assert_eq!(state.search.words, "wenqua");
        state.search.offer(&before, candidates(0..7, &["文泉"]), Vec::new());
        done(&mut state, Command::ChooseCandidate(0));
        assert_eq!(state.search.words, "wenqua", "an answer that comes late");
    }

    #[test]
    fn the_list_goes_on_with_the_place_among_the_hits_and_begins_anew_for_other_words() {
        let mut state = state(1201);
        type_in(&mut state, "温泉");
        let listed = |state: &State| (state.search.found.listed, state.search.found.unlisted, state.search.current);
        done(&mut state, Command::GoToHit(7));
        assert_eq!(listed(&state), (200, 1001, Some(7)));
        done(&mut state, Command::ListMore);
        assert_eq!(listed(&state), (1000, 201, Some(7)));
        done(&mut state, Command::ListMore);
        assert_eq!(listed(&state), (1201, 0, Some(7)));
        assert!(apply(&mut state, Command::ListMore).is_empty(), "there is no more");
        for command in [
            Command::Search("泉".to_owned()),
            Command::SetOrder(Order::Newest),
            Command::SetFilter(Filter { choices: [Choice::Year(2017)].into(), days: None }),
        ] {
            done(&mut state, Command::ListMore);
            done(&mut state, command);
            assert_eq!(listed(&state), (200, 1001, None));
        }
    }

    #[test]
    fn the_last_hit_that_is_listed_leads_on_to_the_next() {
        let mut state = state(201);
        type_in(&mut state, "温泉");
        done(&mut state, Command::GoToHit(199));
        done(&mut state, Command::BesideHit(1));
        assert_eq!((state.search.current, state.search.found.listed), (Some(200), 201));
        done(&mut state, Command::BesideHit(1));
        assert_eq!(state.search.current, Some(0), "after the last of all comes the first");
    }

    #[test]
    fn a_search_comes_back_with_its_filter_and_order_and_one_without_a_name_is_not_kept() {
        let mut state = state(3);
        type_in(&mut state, "温泉");
        let filter = Filter { choices: [Choice::Year(2017)].into(), days: None };
        done(&mut state, Command::SetFilter(filter.clone()));
        done(&mut state, Command::SetOrder(Order::Oldest));
        done(&mut state, Command::SaveSearch("  ".to_owned()));
        done(&mut state, Command::SaveSearch(" 泉 ".to_owned()));
        assert_eq!(state.settings.searches.iter().map(|saved| &*saved.name).collect::<Vec<_>>(), ["泉"]);
        done(&mut state, Command::ClearSearch);
        done(&mut state, Command::SaveSearch("空".to_owned()));
        done(&mut state, Command::SetOrder(Order::Newest));
        done(&mut state, Command::RecallSearch(0));
        let search = &state.search;
        assert_eq!((&*search.words, &search.filter, search.order), ("温泉", &filter, Some(Order::Oldest)));
        assert_eq!(search.found.documents, 3);
        for index in [9, 0] {
            done(&mut state, Command::ForgetSearch(index));
        }
        assert!(state.settings.searches.is_empty());
    }

    /// The token of the search that a command begins.
    #[track_caller]
    fn begun(state: &mut State, command: Command) -> CancelToken {
        let effects = apply(state, command);
        let [Effect::Run(Job::Search { token, .. })] = effects.as_slice() else { panic!("{effects:?}") };
        assert!(!token.is_cancelled());
        token.clone()
    }

    #[test]
    fn what_is_found_first_stands_there_until_the_rest_is_known() {
        let mut state = state(9);
        let token = begun(&mut state, Command::Search("温泉".to_owned()));
        let all = state.library.search(&state.search.request(&state.library));
        let first =
            Found { groups: all.groups[4..6].to_vec(), listed: 2, documents: 2, unfinished: true, ..all.clone() };
        assert!(on_event(&mut state, JobEvent::Searched { token: token.clone(), found: Box::new(first) }).is_empty());
        assert_eq!((state.search.pending, state.search.found.documents), (true, 2));
        apply(&mut state, Command::GoToHit(1));
        apply(&mut state, Command::BesideHit(1));
        let effects = on_event(&mut state, JobEvent::Searched { token, found: Box::new(all) });
        assert!(matches!(&effects[..], [Effect::Run(Job::Offer { .. }), ..]));
        assert_eq!((state.search.pending, state.search.found.documents), (false, 9));
        assert_eq!(state.search.current, Some(6), "the one after that which was gone to");
    }

    #[test]
    fn what_asks_for_something_else_breaks_off_what_is_searched_and_offered() {
        let typed = |words: &str| Command::Search(words.to_owned());
        for command in [
            typed("温泉镇"),
            typed(""),
            Command::SetOrder(Order::Newest),
            Command::SetFilter(Filter { choices: [Choice::Year(2017)].into(), days: None }),
            Command::ClearSearch,
        ] {
            let mut state = state(1);
            let token = begun(&mut state, typed("温泉"));
            let found = Box::new(Found { documents: 9, ..Found::default() });
            apply(&mut state, command);
            assert!(token.is_cancelled());
            assert!(on_event(&mut state, JobEvent::Searched { token, found }).is_empty());
            assert_eq!(state.search.found.documents, 0, "an answer that comes all the same");
        }
        let mut state = state(201);
        let token = begun(&mut state, typed("温泉"));
        let found = Box::new(state.library.search(&state.search.request(&state.library)));
        let effects = on_event(&mut state, JobEvent::Searched { token, found });
        let [Effect::Run(Job::Offer { token: offered, .. })] = effects.as_slice() else { panic!("{effects:?}") };
        apply(&mut state, Command::GoToHit(0));
        assert!(!offered.is_cancelled(), "the same is still asked for");
        let more = begun(&mut state, Command::ListMore);
        assert!(offered.is_cancelled() && !more.is_cancelled());
        state.begin_anew(Settings::default());
        assert!(more.is_cancelled(), "whoever asked has gone");
    }

    #[test]
    fn only_what_was_found_is_written_one_file_at_a_time() {
        let mut state = state(1);
        let writes = |effects: Vec<Effect>| matches!(effects.as_slice(), [Effect::Run(Job::WriteResults(_))]);
        let to = || Command::ResultsTo(ResultsKind::Table, PathBuf::from("a.csv"), Replace::Never);
        type_in(&mut state, "水库");
        assert!(!writes(apply(&mut state, to())));
        type_in(&mut state, "温泉");
        assert!(writes(apply(&mut state, to())));
        assert!(!writes(apply(&mut state, Command::PrintResults)), "the first is not done yet");
    }
}
