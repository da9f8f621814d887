//! The search box, and what is found.

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::NodeT as _;
use juanzong::app::{Route, Settings};
use juanzong::library::Target;
use serde_json::json;

use super::support::{Desk, WINDOW, archive, photo, section};
use super::{CTRL, NONE, one_report};

#[test]
fn the_search_finds_as_one_types() {
    let mut desk = Desk::open();
    for (words, found) in [
        ("温泉", 33),
        ("溫泉", 33),
        ("wenquan", 33),
        ("wen quan", 33),
        ("温quan", 33),
        ("WQ", 43),
        ("wq", 43),
        ("１２０亿", 4),
        ("120亿", 4),
        ("１２０", 4),
        ("120", 4),
        ("\"温泉小镇\"", 4),
    ] {
        desk.search(words);
        assert_eq!(desk.words(), words);
        assert_eq!(desk.state(|state| state.search.found.count), found, "{words}");
        assert!(desk.shows(&format!("{found} 处 · ")), "{words}");
    }
}

#[test]
fn every_letter_typed_is_a_search_of_its_own() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::F);
    let mut counts = Vec::new();
    for letter in ["党", "建", "统", "领"] {
        desk.type_text(letter);
        counts.push(desk.state(|state| state.search.found.count));
    }
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[3] > 0 && counts[0] > counts[3], "{counts:?}");
    desk.key(Key::Backspace);
    assert_eq!(desk.words(), "党建统", "in the box, Backspace is a letter's end and not the history's");
    assert_eq!(desk.route(), Route::Cover);
}

#[test]
fn every_way_into_the_search_box_works() {
    for (modifiers, key) in [(CTRL, Key::F), (CTRL, Key::K), (NONE, Key::Slash)] {
        for route in [Route::Cover, Route::Section(section(1)), Route::Photo(photo(1))] {
            let mut desk = Desk::open();
            desk.go(route);
            desk.press(modifiers, key);
            desk.type_text("泉");
            assert_eq!(desk.words(), "泉", "{key:?} in {route:?}");
        }
    }
}

#[test]
fn the_shortcut_selects_what_was_searched_before() {
    let mut desk = Desk::open();
    desk.search("温泉");
    desk.key(Key::Tab);
    desk.search("规划");
    assert_eq!(desk.words(), "规划");
}

#[test]
fn enter_goes_from_match_to_match_and_around() {
    let mut desk = Desk::open();
    desk.search("广成泽");
    let count = desk.state(|state| state.search.found.count);
    let mut routes = Vec::new();
    for index in 0..count {
        desk.key(Key::Enter);
        assert_eq!(desk.state(|state| state.search.current), Some(index));
        routes.push(desk.route());
    }
    assert!(routes.contains(&Route::Section(section(2))), "{routes:?}");
    assert!(routes.contains(&Route::Photo(photo(4))), "{routes:?}");
    for (modifiers, key, expected, why) in [
        (NONE, Key::F3, 0, "around to the first"),
        (Modifiers::SHIFT, Key::F3, count - 1, "around to the last"),
        (CTRL, Key::G, 0, "Ctrl and G"),
        (CTRL | Modifiers::SHIFT, Key::G, count - 1, "with Shift"),
        (Modifiers::SHIFT, Key::Enter, count - 2, "Shift and Enter"),
        (NONE, Key::Enter, count - 1, "Enter"),
    ] {
        desk.press(modifiers, key);
        assert_eq!(desk.state(|state| state.search.current), Some(expected), "{why}");
    }
}

#[test]
fn shift_and_enter_in_the_box_goes_back_from_the_last() {
    let mut desk = Desk::open();
    desk.search("规划馆");
    let count = desk.state(|state| state.search.found.count);
    desk.press(Modifiers::SHIFT, Key::Enter);
    assert_eq!(desk.state(|state| state.search.current), Some(count - 1));
    desk.press(Modifiers::SHIFT, Key::Enter);
    assert_eq!(desk.state(|state| state.search.current), Some(count - 2));
    assert_eq!(desk.typed(), "规划馆", "the keyboard stays in the box");
}

#[test]
fn a_result_that_is_clicked_opens_the_place_where_it_stands() {
    let mut desk = Desk::tall();
    desk.search("广成泽");
    let hits = desk.state(|state| state.search.hits().cloned().collect::<Vec<_>>());
    assert!(hits.iter().any(|hit| matches!(hit.place.target, Target::Section(_))));
    assert!(hits.iter().any(|hit| matches!(hit.place.target, Target::Photo(_))));
    for (index, hit) in hits.into_iter().enumerate() {
        desk.go(Route::Cover);
        desk.nodes(Role::ListItem).nth(index).expect("a row").click();
        desk.steps();
        assert_eq!(desk.state(|state| state.search.current), Some(index));
        match hit.place.target {
            Target::Section(section) => {
                assert_eq!(desk.route(), Route::Section(section));
                let focus = desk.state(|state| state.focus.clone()).expect("a place in the text");
                assert_eq!((focus.section, focus.range), (section, hit.range));
                let row = desk.nodes(Role::ListItem).nth(index).expect("the row");
                assert_eq!(row.accesskit_node().is_selected(), Some(true), "the row is marked");
            }
            Target::Photo(photo) => {
                assert_eq!(desk.route(), Route::Photo(photo));
                desk.key(Key::Escape);
            }
            _ => {}
        }
    }
}

#[test]
fn a_match_far_down_is_brought_into_view_and_each_time_anew() {
    let body = format!("{0}针在这里。\n\n{0}", "一行。\n\n".repeat(1_000));
    let text = one_report(&json!([{"id": "a", "title": "甲", "body": body}]));
    let mut desk = Desk::new(archive(&text), Settings::default(), WINDOW);
    desk.search("针在");
    let seen = |desk: &Desk| {
        let mut blocks = desk.nodes(Role::Label);
        let block = blocks.find(|node| node.value().is_some_and(|text| text.starts_with("针在这里")));
        block.is_some_and(|node| node.rect().top() > 56.0 && node.rect().bottom() < WINDOW.y)
    };
    desk.key(Key::Enter);
    assert!(seen(&desk));
    desk.press(NONE, Key::Tab);
    for _ in 0..5 {
        desk.event(Event::PointerMoved(Pos2::new(800.0, 400.0)));
        let delta = vec2(0.0, -2_000.0);
        let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
        let source = egui::MouseWheelSource::Wheel;
        desk.event(Event::MouseWheel { unit, delta, phase, source, modifiers: NONE });
    }
    assert!(!seen(&desk), "scrolled away");
    desk.key(Key::F3);
    assert!(seen(&desk), "the only match is gone to again");
}

#[test]
fn what_is_not_found_leads_to_the_nearest_that_is() {
    let mut desk = Desk::open();
    desk.search("文泉");
    assert!(desk.shows("没有找到“文泉”"));
    desk.click("温泉 ");
    assert_eq!(desk.words(), "温泉");
    assert_eq!(desk.typed(), "温泉", "the box shows it, too");
    assert!(desk.state(|state| state.search.found.count) > 0);
}

#[test]
fn the_search_is_cleared_by_escape_and_by_its_button() {
    let clear: [fn(&mut Desk); 2] = [|desk| desk.key(Key::Escape), |desk| desk.click_one(Role::Button, "清除搜索")];
    for clear in clear {
        let mut desk = Desk::open();
        desk.search("温泉");
        assert!(!desk.shows("目录") || desk.shows("搜索结果"));
        clear(&mut desk);
        assert_eq!((desk.words(), desk.typed()), (String::new(), String::new()));
        assert_eq!(desk.state(|state| state.search.found.count), 0);
        assert!(!desk.shows("搜索结果"), "the contents are back");
    }
}

#[test]
fn results_stand_in_the_place_of_hidden_contents() {
    let mut desk = Desk::open();
    desk.key(Key::F9);
    assert!(!desk.shows("［引言］"));
    desk.search("温泉");
    assert!(desk.shows("33 处 ·"));
    desk.key(Key::Escape);
    assert!(!desk.shows("33 处 ·") && !desk.shows("［引言］"));
}

#[test]
fn a_half_typed_syllable_is_shown_and_not_searched() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::F);
    for text in ["w", "wen", "wen'q"] {
        desk.event(Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None }));
        assert_eq!((desk.typed().as_str(), desk.words().as_str()), (text, ""));
    }
    desk.event(Event::Ime(ImeEvent::Commit("温泉".to_owned())));
    assert_eq!((desk.typed().as_str(), desk.words().as_str()), ("温泉", "温泉"));
    desk.event(Event::Ime(ImeEvent::Preedit { text: "z".to_owned(), active_range_chars: None }));
    assert_eq!(desk.words(), "温泉", "what was searched stays while the next is typed");
    desk.event(Event::Ime(ImeEvent::Commit("镇".to_owned())));
    assert_eq!(desk.words(), "温泉镇");
}

#[test]
fn a_syllable_that_is_given_up_leaves_nothing_behind() {
    let mut desk = Desk::open();
    desk.search("温");
    desk.event(Event::Ime(ImeEvent::Preedit { text: "quan".to_owned(), active_range_chars: None }));
    desk.event(Event::Ime(ImeEvent::Preedit { text: String::new(), active_range_chars: None }));
    assert_eq!((desk.typed().as_str(), desk.words().as_str()), ("温", "温"));
}
