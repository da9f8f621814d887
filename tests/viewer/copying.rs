//! What is copied, and where links lead.

use egui::accesskit::Role;
use egui::{Event, Key, vec2};
use egui_kittest::kittest::Queryable as _;
use juanzong::app::{Route, Settings};
use serde_json::json;

use super::support::{Desk, WINDOW, archive, bundled, photo, routes, section};
use super::{CTRL, one_report};

#[test]
fn what_is_copied_is_the_text_as_stored() {
    let mut desk = Desk::open();
    desk.go(Route::Section(section(6)));
    desk.press(CTRL, Key::A);
    desk.harness.event(Event::Copy);
    let stored = bundled().section(section(6)).document.plain.trim_end().to_owned();
    assert!(stored.contains("办法,加强"), "half-width, as in the record");
    assert_eq!(desk.copied(), Some(stored));
    desk.steps();
    assert!(desk.shows("已复制"));
    desk.harness.run_steps(30);
    assert!(!desk.shows("已复制"), "the message goes away");
}

#[test]
fn what_the_pointer_passes_over_is_copied() {
    let mut desk = Desk::open();
    desk.go(Route::Section(section(0)));
    let text = desk.place_of("党的十八大以来");
    let middle = vec2(0.0, 16.0);
    desk.drag(text.left_top() + middle, text.left_top() + middle + vec2(130.0, 0.0));
    desk.harness.event(Event::Copy);
    let copied = desk.copied().expect("a selection");
    assert!("党的十八大以来".starts_with(&copied) && copied.chars().count() >= 4, "{copied}");
    desk.harness.run_steps(30);
    desk.key(Key::Escape);
    desk.harness.event(Event::Copy);
    assert_eq!(desk.copied(), None, "once the message is gone, Escape gives the selection up");
}

#[test]
fn nothing_is_copied_where_nothing_is_selected() {
    let mut desk = Desk::open();
    for route in routes(&bundled()) {
        desk.go(route);
        desk.harness.event(Event::Copy);
        assert_eq!(desk.copied(), None, "{route:?}");
    }
}

#[test]
fn a_link_leads_where_it_says() {
    let body = "[那一节](section:b)，[那张图](photo:p)，[外面](https://example.org/)，[没有](section:no)，注[^1]。\n\n\
                [^1]: 注。";
    let text = one_report(&json!([{"id": "a", "title": "甲", "body": body}, {"id": "b", "title": "乙", "body": "泉"}]));
    for (name, route) in
        [("那一节", Some(Route::Section(section(1)))), ("那张图", Some(Route::Photo(photo(0)))), ("外面", None)]
    {
        let mut desk = Desk::new(archive(&text), Settings::default(), WINDOW);
        desk.go(Route::Section(section(0)));
        desk.harness.get_by_role_and_label(Role::Link, name).click();
        let mut copied = None;
        for _ in 0..3 {
            copied = copied.or(desk.copied());
        }
        desk.steps();
        assert_eq!(desk.route(), route.unwrap_or(Route::Section(section(0))), "{name}");
        assert_eq!(copied.as_deref(), route.is_none().then_some("https://example.org/"), "{name}");
        assert_eq!(desk.shows("本程序不联网"), route.is_none(), "{name}");
        assert!(!desk.names(Role::Link).iter().any(|name| name == "没有"), "a link that leads nowhere is none");
    }
}
