//! Going from page to page and back.

use super::*;

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
