//! What is saved, copied and exported.

use super::*;

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
