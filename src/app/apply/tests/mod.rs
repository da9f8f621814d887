//! What commands and finished jobs do, without a window.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::*;
use crate::app::Export;
use crate::app::{ArchiveKey, Replace};
use crate::app::{Settings, TextSize, Theme, WindowPlace};
use crate::archive::{Archive, LoadError, PhotoId, load, load_text};
use crate::export::clip::CopyForm;
use crate::files::SaveError;
use crate::library::{Request, Volume};
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
    JobEvent::Searched { generation: state.search.generation, found: Box::new(found) }
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

#[test]
fn going_somewhere_closes_what_stands_over_the_page_and_is_remembered() {
    let mut state = bundled();
    state.overlay = Some(Overlay::Settings);
    let effects = apply(&mut state, Command::Go(section(3)));
    assert_eq!((state.route(), state.overlay.clone(), state.focus.clone()), (section(3), None, None));
    assert!(writes(&effects));
    let place = LastPlace { archive: None, route: "section:xiangmu".to_owned(), offset: 0 };
    assert_eq!(state.settings.last_place, Some(place));
    assert!(apply(&mut state, Command::Go(section(3))).is_empty(), "nothing new to write");
}

#[test]
fn going_to_the_same_text_again_is_another_focus() {
    let mut state = bundled();
    let there = Command::GoToText { section: SectionId::new(1), range: 3..5 };
    apply(&mut state, there.clone());
    let first = state.focus.clone().expect("a focus");
    assert_eq!((first.section, first.range.clone()), (SectionId::new(1), 3..5));
    apply(&mut state, there);
    let second = state.focus.clone().expect("a focus");
    assert_ne!(first, second);
    apply(&mut state, Command::Back);
    assert_eq!(state.route(), Route::Cover, "one step of the history");
}

#[test]
fn the_message_that_an_archive_was_opened_goes_when_one_reads_on() {
    let mut state = bundled();
    state.tell(Notice::Opened { title: String::new(), archives: 1, problems: 1 });
    apply(&mut state, Command::Go(Route::Gallery));
    assert!(state.notice.is_none());
    state.tell(Notice::Panicked);
    apply(&mut state, Command::Go(Route::Cover));
    assert!(state.notice.is_some());
}

#[test]
fn back_and_forward_write_where_the_reader_is() {
    let mut state = bundled();
    apply(&mut state, Command::Go(Route::Gallery));
    assert!(writes(&apply(&mut state, Command::Back)));
    assert_eq!(state.route(), Route::Cover);
    assert!(apply(&mut state, Command::Back).is_empty(), "there is nothing before");
    assert!(writes(&apply(&mut state, Command::Forward)));
    assert_eq!(state.route(), Route::Gallery);
    assert!(apply(&mut state, Command::Forward).is_empty(), "there is nothing after");
}

#[test]
fn the_neighbour_of_a_place_is_of_its_kind() {
    for (from, step, to) in [
        (Route::Cover, 1, section(0)),
        (Route::Cover, -1, Route::Cover),
        (section(0), -1, section(0)),
        (section(0), 1, section(1)),
        (section(9), 1, section(9)),
        (photo(0), 1, photo(1)),
        (photo(0), -1, photo(0)),
        (photo(5), 1, photo(5)),
        (Route::Gallery, 1, Route::Gallery),
        (Route::Figures, -1, Route::Figures),
    ] {
        let mut state = bundled();
        apply(&mut state, Command::Go(from));
        apply(&mut state, Command::Beside(step));
        assert_eq!(state.route(), to, "{step} from {from:?}");
    }
}

#[test]
fn a_photo_closes_to_where_it_was_opened() {
    for before in [Route::Cover, Route::Gallery, section(4)] {
        let mut state = bundled();
        apply(&mut state, Command::Go(before));
        apply(&mut state, Command::Go(photo(1)));
        apply(&mut state, Command::Beside(1));
        apply(&mut state, Command::ClosePhoto);
        assert_eq!(state.route(), before);
        assert!(state.history.can_go_forward(), "back, not on");
    }
}

#[test]
fn a_photo_that_is_all_there_is_closes_to_the_gallery() {
    let mut state = bundled();
    let archive = state.archive_id();
    state.history = History::new(Location { archive, route: photo(1) });
    apply(&mut state, Command::ClosePhoto);
    assert_eq!(state.route(), Route::Gallery);
}

#[test]
fn the_search_box_does_not_stand_over_a_photo() {
    let mut state = bundled();
    apply(&mut state, Command::Go(Route::Gallery));
    apply(&mut state, Command::Go(photo(1)));
    state.overlay = Some(Overlay::Shortcuts);
    let effects = apply(&mut state, Command::FocusSearch);
    assert_eq!((state.route(), state.overlay.clone()), (Route::Gallery, None));
    assert!(matches!(effects.last(), Some(Effect::FocusSearch)));
}

#[test]
fn words_are_searched_and_blanks_are_not() {
    let mut state = bundled();
    let effects = apply(&mut state, Command::Search("泉".to_owned()));
    assert!(matches!(effects.as_slice(), [Effect::Run(Job::Search { request, .. })] if request.words == "泉"));
    assert!(state.search.pending);
    take_in(&mut state, "泉");
    assert!(!state.search.pending && state.search.found.count > 0);
    assert!(apply(&mut state, Command::Search("  ".to_owned())).is_empty());
    assert!(!state.search.pending && state.search.found.count == 0);
}

#[test]
fn an_answer_to_words_that_were_changed_since_is_dropped() {
    let mut state = bundled();
    apply(&mut state, Command::Search("泉".to_owned()));
    let late = answer(&state, "泉");
    apply(&mut state, Command::Search("无此词".to_owned()));
    on_event(&mut state, late);
    assert!(state.search.pending && state.search.found.count == 0);
    let late = answer(&state, "泉");
    apply(&mut state, Command::ClearSearch);
    on_event(&mut state, late);
    assert!(!state.search.pending && state.search.found.count == 0 && state.search.is_idle());
}

#[test]
fn steps_among_the_hits_go_around() {
    let mut state = bundled();
    let count = found(&mut state, "广成泽");
    assert!(count > 2);
    for (step, expected) in [(1, 0), (1, 1), (-1, 0), (-1, count - 1), (1, 0)] {
        apply(&mut state, Command::BesideHit(step));
        assert_eq!(state.search.current, Some(expected), "{step}");
    }
    found(&mut state, "广成泽");
    apply(&mut state, Command::BesideHit(-1));
    assert_eq!(state.search.current, Some(count - 1), "back from nowhere is the last");
}

#[test]
fn a_step_where_nothing_is_found_goes_nowhere() {
    let mut state = bundled();
    apply(&mut state, Command::BesideHit(1));
    found(&mut state, "无此词");
    apply(&mut state, Command::BesideHit(1));
    apply(&mut state, Command::GoToHit(0));
    assert_eq!((state.route(), state.search.current), (Route::Cover, None));
}

#[test]
fn a_step_that_is_asked_for_before_the_answer_is_made_after_it() {
    let mut state = bundled();
    apply(&mut state, Command::Search("泉".to_owned()));
    assert!(apply(&mut state, Command::BesideHit(1)).is_empty());
    assert_eq!(state.search.current, None);
    take_in(&mut state, "泉");
    assert_eq!(state.search.current, Some(0));
}

#[test]
fn a_hit_is_shown_where_its_text_stands() {
    let mut state = state_of(load_text(TWO, Source::Embedded).expect("an archive"));
    let about = |index| Route::About(crate::archive::ReportId::new(index));
    for (words, route, focus) in [
        ("两篇", Route::Cover, None),
        ("馆", about(0), None),
        ("甲", about(0), None),
        ("眉", about(0), None),
        ("头", about(1), None),
        ("摘", about(0), None),
        ("题", section(0), Some(0..0)),
        ("水", section(1), Some(0..1)),
        ("山", section(2), Some(0..1)),
        ("图", photo(0), None),
        ("数", Route::Figures, None),
    ] {
        assert!(found(&mut state, words) > 0, "{words}");
        apply(&mut state, Command::GoToHit(0));
        assert_eq!(state.route(), route, "{words}");
        assert_eq!(state.focus.as_ref().map(|focus| focus.range.clone()), focus, "{words}");
        assert_eq!(state.search.current, Some(0));
        assert_eq!(state.search.current_hit().map(|hit| hit.range.clone()), Some(0..words.chars().count()));
    }
}

#[test]
fn what_a_single_report_prints_is_found_on_the_cover() {
    let mut state = bundled();
    for (words, route) in [
        ("砥砺奋进", Route::Cover),
        ("风生水起", Route::Cover),
        ("扫一扫", Route::Cover),
        ("报纸未标日期", Route::About(crate::archive::ReportId::new(0))),
    ] {
        assert_eq!(found(&mut state, words), 1, "{words}");
        apply(&mut state, Command::GoToHit(0));
        assert_eq!(state.route(), route, "{words}");
    }
}

#[test]
fn settings_are_written_when_they_change_and_only_then() {
    let size = TextSize::default();
    let place = WindowPlace { size: [800.0, 600.0], ..WindowPlace::default() };
    for (changed, same) in [
        (Command::SetTextSize(size.step(1)), Command::SetTextSize(size.step(1))),
        (Command::SetTheme(Theme::Dark), Command::SetTheme(Theme::Dark)),
        (Command::SetLanguage(Language::En), Command::SetLanguage(Language::En)),
        (Command::WindowMoved(place), Command::WindowMoved(place)),
    ] {
        let mut state = bundled();
        assert!(writes(&apply(&mut state, changed.clone())), "{changed:?}");
        assert!(apply(&mut state, same).is_empty(), "{changed:?} again");
    }
    let mut state = bundled();
    assert!(apply(&mut state, Command::SetTheme(Theme::Light)).is_empty());
    assert!(apply(&mut state, Command::ForgetRecents).is_empty());
    assert!(writes(&apply(&mut state, Command::ToggleContents)));
    assert!(writes(&apply(&mut state, Command::ToggleContents)));
}

#[test]
fn a_language_that_was_chosen_is_kept_whatever_the_systems_is() {
    let mut state = bundled();
    assert!(writes(&apply(&mut state, Command::SetLanguage(Language::ZhCn))), "chosen is not the same as found");
    state.system_language = Language::En;
    assert_eq!(state.language(), Language::ZhCn);
}

#[test]
fn overlays_open_and_close() {
    let mut state = bundled();
    for overlay in [Overlay::Shortcuts, Overlay::Open] {
        apply(&mut state, Command::Show(overlay.clone()));
        assert_eq!(state.overlay, Some(overlay));
    }
    apply(&mut state, Command::CloseOverlay);
    assert_eq!(state.overlay, None);
}

#[test]
fn opening_asks_for_the_archive_and_leaves_the_old_one_until_it_comes() {
    let mut state = bundled();
    apply(&mut state, Command::Show(Overlay::Open));
    let effects = apply(&mut state, Command::Open(file("/a.json")));
    let job = effects.first().expect("a job");
    assert!(matches!(job, Effect::Run(Job::Load { source, .. }) if *source == file("/a.json")));
    assert!(state.loading.is_some() && state.overlay.is_none());
    assert_eq!(state.archive().title, "温泉镇报道档案");
}

#[test]
fn an_archive_that_opens_takes_the_place_of_the_old_one() {
    let mut state = bundled();
    apply(&mut state, Command::Go(section(7)));
    found(&mut state, "泉");
    apply(&mut state, Command::Open(file("/a.json")));
    apply(&mut state, Command::Show(Overlay::AskCopyPath(PhotoId::new(5))));
    let effects = open(&mut state, TWO);
    assert_eq!(state.archive().title, "两篇");
    assert_eq!((state.route(), state.overlay.clone(), state.focus.clone()), (Route::Cover, None, None));
    assert!(!state.history.can_go_back(), "the way through the old one means nothing here");
    assert_eq!((state.library_generation, state.settings.recents.len()), (1, 1));
    assert!(matches!(state.notice, Some(Notice::Opened { problems: 1, .. })));
    assert!(state.loading.is_none());
    let kinds: Vec<_> = effects
        .iter()
        .map(|effect| match effect {
            Effect::ForgetLibrary => "forget",
            Effect::Run(Job::Search { request, .. }) if request.words == "泉" => "search",
            Effect::Run(Job::WriteSettings(_)) => "write",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds, ["forget", "search", "write"]);
}

#[test]
fn opening_the_same_archive_keeps_the_place() {
    let mut state = state_of(load_text(TWO, file("/a.json")).expect("an archive"));
    apply(&mut state, Command::Go(section(2)));
    apply(&mut state, Command::Reload);
    let shorter = TWO.replace(r#", {"id": "a2", "title": "二", "body": "水"}"#, "");
    open(&mut state, &shorter);
    assert_eq!(state.route(), section(1), "the same section, whatever its number is now");
    apply(&mut state, Command::Reload);
    let gone = TWO.replace("b1", "b9");
    open(&mut state, &gone);
    assert_eq!(state.route(), Route::Cover, "what is gone leaves the cover");
}

#[test]
fn an_archive_that_is_no_longer_waited_for_is_dropped() {
    let mut state = bundled();
    apply(&mut state, Command::Open(file("/a.json")));
    let late = loaded(&state, file("/a.json"), TWO);
    apply(&mut state, Command::Open(file("/b.json")));
    assert!(on_event(&mut state, late).is_empty());
    assert!(state.loading.is_some(), "the newer one is still waited for");
    let late = loaded(&state, file("/b.json"), TWO);
    apply(&mut state, Command::CancelOpen);
    assert!(on_event(&mut state, late).is_empty());
    assert_eq!(state.archive().title, "温泉镇报道档案");
}

#[test]
fn an_archive_that_cannot_be_read_is_told_of() {
    let mut state = bundled();
    apply(&mut state, Command::Go(section(2)));
    apply(&mut state, Command::Open(file("/a.json")));
    let (generation, source) = (state.generation, file("/a.json"));
    let result = Err(LoadError::NotAnArchive);
    assert!(on_event(&mut state, JobEvent::Loaded { generation, source, result }).is_empty());
    assert!(matches!(state.notice, Some(Notice::NotOpened { error: LoadError::NotAnArchive, .. })));
    assert_eq!((state.route(), state.loading.is_none()), (section(2), true));
    assert_eq!(state.settings.recents.len(), 0);
}

#[test]
fn reloading_reads_the_same_source_again() {
    let mut state = state_of(load_text(TWO, file("/a.json")).expect("an archive"));
    let effects = apply(&mut state, Command::Reload);
    assert!(matches!(effects.as_slice(), [Effect::Run(Job::Load { source, .. })] if *source == file("/a.json")));
}

#[test]
fn what_the_dialogs_answer_is_done() {
    let mut state = bundled();
    state.overlay = Some(Overlay::Open);
    assert!(matches!(apply(&mut state, Command::PickArchive).as_slice(), [Effect::Run(Job::PickArchive { .. })]));
    assert_eq!(state.overlay, None);
    assert!(on_event(&mut state, JobEvent::ArchivePicked(None)).is_empty(), "cancelled");
    let effects = on_event(&mut state, JobEvent::ArchivePicked(Some("/a.json".into())));
    assert!(matches!(effects.as_slice(), [Effect::Run(Job::Load { .. })]));
    on_event(&mut state, JobEvent::NoDialog(DialogPurpose::OpenArchive));
    assert_eq!(state.overlay, Some(Overlay::AskArchivePath));
}

#[test]
fn a_copy_is_saved_where_the_dialog_says() {
    let mut state = bundled();
    let (id, archive) = (PhotoId::new(0), state.archive_key());
    let effects = apply(&mut state, Command::SaveCopy(id));
    let asked = effects.first().expect("a job");
    assert!(matches!(asked, Effect::Run(Job::PickCopyTarget { file_name, .. }) if file_name == "luogu.jpg"));
    let picked =
        |archive, path: Option<&str>| JobEvent::CopyTargetPicked { archive, photo: id, path: path.map(PathBuf::from) };
    assert!(on_event(&mut state, picked(archive, None)).is_empty(), "cancelled");
    let effects = on_event(&mut state, picked(archive, Some("/copy.jpg")));
    let saved = effects.first().expect("a job");
    assert!(matches!(saved, Effect::Run(Job::SaveCopy { replace: Replace::Confirmed, .. })));
    state.library_generation += 1;
    assert!(on_event(&mut state, picked(archive, Some("/copy.jpg"))).is_empty(), "the photo of another archive");
}

#[test]
fn where_no_dialog_can_be_shown_the_program_asks_by_itself() {
    let mut state = bundled();
    let (photo, archive) = (PhotoId::new(2), state.archive_key());
    let other = ArchiveKey { library: archive.library + 1, ..archive };
    on_event(&mut state, JobEvent::NoDialog(DialogPurpose::SaveCopy { archive: other, photo }));
    assert_eq!(state.overlay, None, "the photo of another archive");
    on_event(&mut state, JobEvent::NoDialog(DialogPurpose::SaveCopy { archive, photo }));
    assert_eq!(state.overlay, Some(Overlay::AskCopyPath(photo)));
    let effects = apply(&mut state, Command::SaveCopyTo(photo, "/copy.jpg".into(), Replace::Never));
    assert_eq!(state.overlay, None);
    assert!(matches!(effects.as_slice(), [Effect::Run(Job::SaveCopy { replace: Replace::Never, .. })]));
}

#[test]
fn a_photo_without_a_file_cannot_be_saved() {
    let mut state = state_of(load_text(TWO, Source::Embedded).expect("an archive"));
    let id = PhotoId::new(0);
    assert!(apply(&mut state, Command::SaveCopy(id)).is_empty());
    assert!(apply(&mut state, Command::SaveCopyTo(id, "/copy.jpg".into(), Replace::Never)).is_empty());
}

#[test]
fn saving_ends_with_a_message() {
    let mut state = bundled();
    on_event(&mut state, JobEvent::CopySaved { to: "/copy.jpg".into(), result: Ok(()) });
    assert!(matches!(state.notice, Some(Notice::CopySaved { .. })));
    let error = SaveError::Io { path: "/copy.jpg".into(), kind: ErrorKind::StorageFull };
    on_event(&mut state, JobEvent::CopySaved { to: "/copy.jpg".into(), result: Err(error) });
    assert!(matches!(state.notice, Some(Notice::CopyNotSaved { .. })));
}

#[test]
fn copying_puts_the_text_on_the_clipboard_and_says_so() {
    let mut state = bundled();
    let Route::Section(section) = section(1) else { unreachable!() };
    let text = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::CopyText(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    let copy = |form| Command::CopySelection { section, range: 0..3, form };
    assert_eq!(text(apply(&mut state, copy(CopyForm::Plain))), "温泉镇");
    assert!(matches!(state.notice, Some(Notice::Copied { characters: 3, form: CopyForm::Plain })));
    let cited = text(apply(&mut state, copy(CopyForm::WithCitation)));
    assert!(cited.starts_with("温泉镇\n\n刘廷跃. ") && cited.ends_with("[N]. [2017]."), "{cited}");
}

#[test]
fn the_export_begins_with_what_is_read() {
    let mut state = bundled();
    apply(&mut state, Command::Go(section(2)));
    apply(&mut state, Command::Show(Overlay::Export));
    assert!(matches!(state.export.scope, Scope::Section(_)));
    assert_eq!(export_name(&state), "二、坚持规划先行,明晰发展定位.pdf");
    let export = Export { scope: Scope::Archive, kind: Kind::Text, ..state.export };
    apply(&mut state, Command::SetExport(export));
    assert_eq!(export_name(&state), "温泉镇报道档案.txt");
    let effects = apply(&mut state, Command::PickExportTarget);
    assert!(matches!(effects.as_slice(), [Effect::Run(Job::PickExportTarget { .. })]) && state.overlay.is_none());
}

#[test]
fn another_archive_is_not_exported_by_the_sections_of_the_one_before() {
    let mut state = bundled();
    apply(&mut state, Command::Go(section(9)));
    apply(&mut state, Command::Show(Overlay::Export));
    apply(&mut state, Command::Open(file("/a.json")));
    open(&mut state, TWO);
    assert_eq!((state.export.scope, export_name(&state).as_str()), (Scope::Archive, "两篇.pdf"));
}

#[test]
fn one_file_is_made_at_a_time_and_can_be_given_up() {
    let mut state = bundled();
    let to = || Command::ExportTo(PathBuf::from("/x.pdf"), Replace::Never);
    let effects = apply(&mut state, to());
    let [Effect::Run(Job::Export(job))] = effects.as_slice() else { panic!("{effects:?}") };
    let monitor = Arc::clone(&job.monitor);
    assert!(apply(&mut state, to()).is_empty(), "one is being made");
    apply(&mut state, Command::CancelExport);
    assert!(state.exporting.is_none());
    assert!(monitor.watch(crate::export::pdf::Progress { done: 1, all: 2 }).is_break());
    let cancelled = Err(ExportError::Pdf(PdfError::Cancelled));
    on_event(&mut state, JobEvent::Exported { to: "/x.pdf".into(), print: false, result: cancelled });
    assert!(state.notice.is_none(), "whoever cancels knows");
    let result = Err(ExportError::NoViewer { path: "/x.pdf".into() });
    on_event(&mut state, JobEvent::Exported { to: "/x.pdf".into(), print: true, result });
    assert!(matches!(state.notice, Some(Notice::NotExported(_))));
    let archive = state.archive_key();
    let other = ArchiveKey { library: archive.library + 1, ..archive };
    on_event(&mut state, JobEvent::ExportTargetPicked { archive: other, path: Some("/y.pdf".into()) });
    assert!(state.exporting.is_none(), "an answer about another archive is dropped");
    on_event(&mut state, JobEvent::NoDialog(DialogPurpose::Export { archive }));
    assert_eq!(state.overlay, Some(Overlay::AskExportPath));
}

#[test]
fn that_settings_cannot_be_written_is_said_once() {
    let mut state = bundled();
    let error = || SaveError::Io { path: "/settings.json".into(), kind: ErrorKind::ReadOnlyFilesystem };
    on_event(&mut state, JobEvent::SettingsNotWritten(error()));
    assert!(matches!(state.notice, Some(Notice::SettingsNotWritten(_))));
    apply(&mut state, Command::DismissNotice);
    on_event(&mut state, JobEvent::SettingsNotWritten(error()));
    assert!(state.notice.is_none());
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
fn where_there_are_several_archives_one_begins_on_the_shelf() {
    let mut state = state_of_years();
    assert_eq!(state.location(), on(0, Route::Shelf));
    assert!(apply(&mut state, Command::Beside(1)).is_empty(), "nothing comes after the shelf");
    apply(&mut state, Command::GoTo(on(1, Route::Cover)));
    assert_eq!((state.location(), state.archive().title.as_str()), (on(1, Route::Cover), "另两篇"));
    let place = LastPlace { archive: Some("/years/2/archive.json".into()), route: "cover".to_owned(), offset: 0 };
    assert_eq!(state.settings.last_place, Some(place));
    apply(&mut state, Command::Beside(1));
    assert_eq!(state.location(), on(1, section(0)), "within the archive");
    apply(&mut state, Command::Go(Route::Shelf));
    assert_eq!(state.location(), on(1, Route::Shelf), "the archive that was read last");
    let mut state = bundled();
    apply(&mut state, Command::Go(Route::Shelf));
    assert_eq!(state.location(), on(0, Route::Cover), "one archive stands on no shelf");
}

#[test]
fn hits_lead_from_archive_to_archive_and_back_leads_back() {
    let mut state = state_of_years();
    assert_eq!(found(&mut state, "泉"), 2);
    let first = state.search.hits().next().expect("a hit").clone();
    for (archive, range) in [(0, 0..1), (1, 1..2), (0, 0..1)] {
        apply(&mut state, Command::BesideHit(1));
        assert_eq!(state.location(), on(archive, section(0)));
        let focus = state.focus_in(SectionId::new(0)).expect("a focus here");
        assert_eq!((focus.archive, focus.range.clone()), (ArchiveId::new(archive), range));
    }
    assert_eq!(state.marks(first.place), std::slice::from_ref(&first.range));
    assert_eq!(state.current_mark(first.place), Some(first.range));
    apply(&mut state, Command::Back);
    assert_eq!(state.location(), on(1, section(0)));
    assert_eq!(state.focus_in(SectionId::new(0)), None, "the focus is in the other archive");
    assert_eq!(state.current_mark(first.place), None);
    assert_eq!(state.marks(first.place), std::slice::from_ref(&(1..2)));
}

#[test]
fn paging_through_photos_of_one_archive_is_one_step_but_another_archive_is_another() {
    let mut state = state_of_years();
    apply(&mut state, Command::GoTo(on(0, photo(0))));
    apply(&mut state, Command::GoTo(on(1, photo(0))));
    apply(&mut state, Command::Back);
    assert_eq!(state.location(), on(0, photo(0)));
    apply(&mut state, Command::Forward);
    apply(&mut state, Command::ClosePhoto);
    assert_eq!(state.location(), on(0, Route::Shelf));
}

#[test]
fn an_archive_is_left_with_all_that_asks_about_it() {
    for leave in [Command::Back, Command::GoTo(on(0, Route::Cover)), Command::GoToHit(0)] {
        let mut state = state_of_years();
        found(&mut state, "泉");
        apply(&mut state, Command::GoTo(on(0, Route::Cover)));
        apply(&mut state, Command::GoTo(on(1, section(2))));
        apply(&mut state, Command::Show(Overlay::Export));
        assert!(matches!(state.export.scope, Scope::Section(_)));
        apply(&mut state, Command::Show(Overlay::AskCopyPath(PhotoId::new(0))));
        apply(&mut state, leave.clone());
        assert_eq!(state.archive_id(), ArchiveId::new(0));
        assert_eq!((state.overlay.clone(), state.export.scope), (None, Scope::Archive), "{leave:?}");
    }
}

#[test]
fn a_dialog_that_asked_about_a_photo_is_answered_wherever_one_has_gone() {
    let text = TWO.replace(r#""id": "p", "#, r#""id": "p", "file": "p.jpg", "#);
    let archive = |path: &str| Arc::new(Volume::new(load_text(&text, file(path)).expect("an archive")));
    let volumes = vec![archive("/years/1.json"), archive("/years/2.json")];
    let library = Library::of(file("/years"), volumes, Vec::new()).expect("two archives");
    let mut state = State::new(Arc::new(library), Settings::default(), Language::ZhCn);
    apply(&mut state, Command::GoTo(on(1, photo(0))));
    let archive = state.archive_key();
    apply(&mut state, Command::GoTo(on(0, Route::Cover)));
    let path = Some(PathBuf::from("/copy.jpg"));
    let effects = on_event(&mut state, JobEvent::CopyTargetPicked { archive, photo: PhotoId::new(0), path });
    let [Effect::Run(Job::SaveCopy { source, .. })] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(**source, file("/years/2.json"));
    on_event(&mut state, JobEvent::NoDialog(DialogPurpose::SaveCopy { archive, photo: PhotoId::new(0) }));
    assert_eq!(state.overlay, None, "a path would be asked for beside another archive");
}

#[test]
fn reading_a_library_again_keeps_the_archive_and_the_place_in_it() {
    let mut state = state_of_years();
    apply(&mut state, Command::GoTo(on(1, section(2))));
    let effects = apply(&mut state, Command::Reload);
    let [Effect::Run(Job::Load { source, before, .. })] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((source, Arc::ptr_eq(before, &state.library)), (&file("/years"), true));
    // The first archive is gone.
    let rest = vec![
        Arc::clone(state.library.volume(ArchiveId::new(1))),
        Arc::new(Volume::new(load_text(TWO, file("/years/9.json")).expect("an archive"))),
    ];
    let library = Library::of(file("/years"), rest, Vec::new()).expect("two archives");
    let (generation, source) = (state.generation, file("/years"));
    on_event(&mut state, JobEvent::Loaded { generation, source, result: Ok(Box::new(library)) });
    assert_eq!((state.location(), state.archive().title.as_str()), (on(0, section(2)), "另两篇"));
    apply(&mut state, Command::Back);
    assert_eq!(state.route(), Route::Shelf);
    assert_eq!(state.settings.recents, [PathBuf::from("/years")]);
}

#[test]
fn reading_that_nobody_waits_for_is_stopped() {
    let monitor = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::Run(Job::Load { monitor, .. })] => Arc::clone(monitor),
        other => panic!("{other:?}"),
    };
    let mut state = bundled();
    let first = monitor(apply(&mut state, Command::Open(file("/a"))));
    assert!(first.watch(1, 9).is_continue());
    assert_eq!(state.loading.as_ref().map(|loading| loading.monitor.progress()), Some((1, 9)));
    let second = monitor(apply(&mut state, Command::Open(file("/b"))));
    assert!(first.watch(2, 9).is_break(), "another is read instead");
    apply(&mut state, Command::CancelOpen);
    assert!(second.watch(0, 0).is_break() && state.loading.is_none());
}

#[test]
fn an_index_takes_the_place_of_the_scan_in_an_open_library() {
    let mut state = State::new(Arc::new(years()), Settings::default(), Language::ZhCn);
    let request = |words: &str| Request { words: words.to_owned(), most: 100, ..Request::default() };
    let before = state.library.search(&request("泉"));
    let id = ArchiveId::new(1);
    let files = crate::index_files::IndexFiles::default();
    let engine = Arc::clone(&state.library.volume(id).engine);
    let key = crate::index_files::key_of(&*engine);
    let index = files.make(key, &*engine, &mut |_| std::ops::ControlFlow::Continue(())).expect("an index");
    let volume: Arc<Volume> = Arc::new(state.library.volume(id).with_index(index));
    let other = JobEvent::Indexed { generation: 9, volumes: vec![(id, Arc::clone(&volume))] };
    on_event(&mut state, other);
    assert!(!state.library.volume(id).indexed, "of another library");
    on_event(&mut state, JobEvent::Indexed { generation: 0, volumes: vec![(id, Arc::clone(&volume))] });
    assert!(Arc::ptr_eq(state.library.volume(id), &volume));
    assert!(before.count > 0 && state.library.search(&request("泉")) == before);
}
