//! What commands and finished jobs do, without a window.

mod files;
mod opening;
mod places;
mod searching;
mod settings;

use std::io::ErrorKind;
use std::path::PathBuf;

use super::*;
use crate::app::{ArchiveKey, TextSize, Theme, WindowPlace};
use crate::archive::{Archive, ArchiveId, LoadError, PhotoId, SectionId, load, load_text};
use crate::export::clip::CopyForm;
use crate::files::SaveError;
use crate::library::{Library, Request, Volume};
use crate::text::Language;

fn state_of(archive: Archive) -> State {
    State::new(Arc::new(Library::new(archive)), Settings::default(), Language::ZhCn)
}

fn bundled() -> State {
    state_of(load(Source::Embedded).expect("the bundled archive"))
}

fn loaded(state: &State, source: Source, text: &str) -> JobEvent {
    let library = Library::new(load_text(text, source.clone()).expect("an archive"));
    JobEvent::Loaded { generation: state.generation, source, result: Ok(Box::new(library)) }
}

/// Takes in `/a.json` as the archive that is waited for.
fn open(state: &mut State, text: &str) -> Vec<Effect> {
    let event = loaded(state, file("/a.json"), text);
    on_event(state, event)
}

fn file(path: &str) -> Source {
    Source::File(PathBuf::from(path))
}

fn section(index: usize) -> Route {
    Route::Section(SectionId::new(index))
}

fn photo(index: usize) -> Route {
    Route::Photo(PhotoId::new(index))
}

/// Searches, and takes the answer in.
fn found(state: &mut State, words: &str) -> usize {
    apply(state, Command::Search(words.to_owned()));
    take_in(state, words);
    state.search.found.count
}

/// Takes in what is found for `words` as the answer to the newest search.
fn take_in(state: &mut State, words: &str) {
    let event = answer(state, words);
    on_event(state, event);
}

fn answer(state: &State, words: &str) -> JobEvent {
    let request = Request { words: words.to_owned(), ..state.search.request(&state.library) };
    let found = state.library.search(&request);
    JobEvent::Searched { token: state.search.token(), found: Box::new(found) }
}

fn writes(effects: &[Effect]) -> bool {
    matches!(effects, [Effect::Run(Job::WriteSettings(_))])
}

const TWO: &str = r#"{"format": 1, "title": "两篇", "holder": "馆", "reports": [
    {"id": "a", "title": "甲", "kicker": "眉", "summary": "摘", "sections": [
        {"id": "a1", "title": "题", "body": "泉"}, {"id": "a2", "title": "二", "body": "水"}],
     "photos": [{"id": "p", "caption": "图"}],
     "figures": [{"label": "数", "value": 1, "unit": "个", "section": "a1", "quote": "泉"}]},
    {"id": "b", "title": "乙", "kicker": "头", "sections": [{"id": "b1", "title": "三", "body": "山"}]}]}"#;

/// Two archives in the folder `/years`.
fn years() -> Library {
    let volume = |name: &str, text: &str| {
        let archive = load_text(text, file(&format!("/years/{name}/archive.json"))).expect("an archive");
        Arc::new(Volume::new(archive))
    };
    let one = TWO.replace("两篇", "另两篇").replace("泉", "山泉");
    Library::of(file("/years"), vec![volume("1", TWO), volume("2", &one)], Vec::new()).expect("two archives")
}

fn state_of_years() -> State {
    State::new(Arc::new(years()), Settings::default(), Language::ZhCn)
}

fn on(archive: usize, route: Route) -> Location {
    Location { archive: ArchiveId::new(archive), route }
}

#[test]
fn a_job_that_broke_is_no_longer_waited_for() {
    for loading in [true, false] {
        let mut state = bundled();
        apply(&mut state, Command::Open(file("/a.json")));
        apply(&mut state, Command::Search("泉".to_owned()));
        on_event(&mut state, JobEvent::Panicked { loading });
        assert_eq!((state.loading.is_none(), state.search.pending), (loading, false));
        assert!(matches!(state.notice, Some(Notice::Panicked)));
    }
}

#[test]
fn quitting_is_left_to_the_window() {
    assert!(matches!(apply(&mut bundled(), Command::Quit).as_slice(), [Effect::Quit]));
}
