//! Searching, and going through what is found.

use super::*;

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
