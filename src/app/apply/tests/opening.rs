//! Opening a library, and opening it again.

use super::*;

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
fn what_the_program_begins_with_is_remembered() {
    let mut state = state_of(load_text(TWO, file("/a.json")).expect("an archive"));
    let effects = begin(&mut state);
    assert!(
        matches!(effects.as_slice(), [Effect::Run(Job::WriteSettings(written))] if written.recents == [PathBuf::from("/a.json")])
    );
    assert!(begin(&mut state).is_empty(), "it stands there already");
    assert!(begin(&mut bundled()).is_empty(), "what is in the program is always there");
}

/// A large archive is read once there is a window, which shows another meanwhile.
#[test]
fn an_archive_that_comes_late_begins_where_the_reader_was() {
    let mut before = state_of(load_text(TWO, file("/a.json")).expect("an archive"));
    apply(&mut before, Command::Go(section(2)));
    apply(&mut before, Command::ReadTo { section: SectionId::new(2), offset: 1 });
    let mut state = bundled();
    state.settings.last_place = before.settings.last_place;
    apply(&mut state, Command::Open(file("/a.json")));
    open(&mut state, TWO);
    let offset = state.settings.last_place.as_ref().map(|place| place.offset);
    assert_eq!((state.route(), offset), (section(2), Some(1)));
    apply(&mut state, Command::Back);
    assert_eq!((state.route(), state.history.can_go_back()), (Route::Cover, false));
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
