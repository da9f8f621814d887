//! The exhibition, without a display: what visitors see, and what is left of them.

#[allow(dead_code, reason = "a part of it serves other tests")]
mod support;

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, TouchDeviceId, TouchId, TouchPhase, Vec2, pos2};
use egui_kittest::kittest::Queryable as _;
use juanzong::app::{Command, Route, Sheet, State, TextSize};
use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::hours::{OpeningHours, Span};
use juanzong::kiosk::settings::KioskSettings;
use juanzong::kiosk::watch::Pulse;
use juanzong::text::Language;
use juanzong::ui::Exhibiting;
use support::{Desk, bundled, section};

/// 1920 × 1080, where everything is one and a half times as large.
const LANDSCAPE: Vec2 = Vec2::new(1280.0, 720.0);

struct Hall {
    desk: Desk,
    time: Rc<Cell<LocalTime>>,
}

fn time(text: &str) -> LocalTime {
    LocalTime::parse(text).expect("a time")
}

impl Hall {
    fn new(settings: KioskSettings, size: Vec2) -> Self {
        let time = Rc::new(Cell::new(time("2026-11-23 10:00:00")));
        let clock = Rc::clone(&time);
        let exhibiting = Exhibiting { settings, pulse: Pulse::default(), clock: Box::new(move || clock.get()) };
        Self { desk: Desk::exhibition(bundled(), exhibiting, size), time }
    }

    fn open() -> Self {
        Self::new(KioskSettings::default(), LANDSCAPE)
    }

    /// A finger on the middle of the screen, and off again.
    fn touch(&mut self) {
        let pos = (LANDSCAPE / 2.0).to_pos2();
        let (device_id, id) = (TouchDeviceId(1), TouchId(1));
        for (phase, pressed) in [(TouchPhase::Start, true), (TouchPhase::End, false)] {
            self.desk.harness.event(Event::Touch { device_id, id, phase, pos, force: None });
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            self.desk.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
            self.desk.steps();
        }
    }

    /// Lets seconds go by.
    fn wait(&mut self, secs: f64) {
        self.desk.wait(secs);
    }

    fn visit() -> Self {
        let mut hall = Self::open();
        hall.touch();
        assert!(hall.desk.shows("首页"), "a visit begins");
        assert_eq!(hall.desk.route(), Route::Cover, "and what was touched is nothing on the page");
        hall
    }
}

#[test]
fn any_touch_enters_and_nobody_there_brings_the_beginning_back() {
    let mut hall = Hall::open();
    assert!(hall.desk.shows("轻触屏幕开始"));
    hall.touch();
    assert!(hall.desk.shows("首页") && !hall.desk.shows("轻触屏幕开始"));
    hall.wait(85.0);
    assert!(!hall.desk.shows("秒后回到开头"));
    hall.wait(10.0);
    assert!(hall.desk.shows("秒后回到开头"));
    hall.touch();
    assert!(!hall.desk.shows("秒后回到开头") && hall.desk.shows("首页"), "a touch is the answer");
    hall.wait(95.0);
    hall.wait(25.0);
    assert!(hall.desk.shows("轻触屏幕开始"));
}

#[test]
fn nothing_of_a_visitor_is_left_for_the_next() {
    let seen = |state: &State| {
        let State { search, .. } = state;
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            state.settings,
            state.history,
            (&search.words, &search.filter, &search.order, search.current, search.choosing),
            state.focus,
            state.overlay,
            state.sheet,
            state.notice,
            state.export,
        )
    };
    let mut hall = Hall::visit();
    let fresh = hall.desk.state(seen);
    let fresh_screen = hall.desk.picture_of_screen();
    for command in [
        Command::SetLanguage(Language::En),
        Command::SetTextSize(TextSize::from_index(9)),
        Command::Search("温泉".to_owned()),
        Command::GoToHit(2),
        Command::Go(Route::Section(section(3))),
        Command::ShowSheet(Sheet::Find),
    ] {
        hall.desk.command(command);
        hall.desk.drag(pos2(600.0, 500.0), pos2(600.0, 100.0));
    }
    assert_ne!(hall.desk.state(seen), fresh);
    hall.wait(95.0);
    hall.wait(25.0);
    assert_eq!(hall.desk.state(seen), fresh);
    hall.touch();
    assert!(hall.desk.picture_of_screen() == fresh_screen, "the next visit begins as the first did");
}

#[test]
fn no_key_drop_or_second_button_does_anything() {
    let mut hall = Hall::visit();
    hall.desk.go(Route::Section(section(1)));
    let before = hall.desk.route();
    let ctrl = Modifiers::COMMAND;
    for (modifiers, key) in [
        (ctrl, Key::Q),
        (ctrl, Key::W),
        (ctrl, Key::O),
        (ctrl, Key::P),
        (ctrl, Key::E),
        (ctrl, Key::S),
        (Modifiers::ALT, Key::F4),
        (Modifiers::NONE, Key::Escape),
        (Modifiers::NONE, Key::F11),
        (Modifiers::NONE, Key::F1),
        (Modifiers::NONE, Key::Backspace),
    ] {
        hall.desk.press(modifiers, key);
    }
    hall.desk.drop_file(PathBuf::from("/etc/passwd"));
    hall.desk.event(Event::Paste("温泉".to_owned()));
    hall.desk.mouse(PointerButton::Secondary, pos2(600.0, 300.0));
    assert_eq!((hall.desk.route(), hall.desk.words()), (before, String::new()));
    hall.desk.state(|state| assert!(state.overlay.is_none() && state.loading.is_none()));
    assert!(!hall.desk.wants_to_quit() && !hall.desk.may_close());
    assert_eq!(hall.desk.names(Role::MenuItem), Vec::<String>::new());
    hall.desk.event(Event::Copy);
    assert_eq!(hall.desk.copied(), None);
}

#[test]
fn it_is_dark_when_closed_and_says_when_it_opens() {
    let every_day = vec![Span::parse("09:00-17:00").expect("a span")];
    let opening_hours = OpeningHours(std::array::from_fn(|_| every_day.clone()));
    let mut hall = Hall::new(KioskSettings { opening_hours, ..KioskSettings::default() }, LANDSCAPE);
    hall.time.set(time("2026-11-23 20:30:00"));
    hall.wait(2.0);
    assert!(!hall.desk.shows("轻触屏幕开始"));
    hall.touch();
    assert!(hall.desk.shows("12 小时 30 分钟后开放"));
    hall.wait(10.0);
    assert!(!hall.desk.shows("开放"));
    hall.time.set(time("2026-11-24 09:00:00"));
    hall.wait(2.0);
    assert!(hall.desk.shows("轻触屏幕开始"));
}

#[test]
fn every_place_has_a_way_home_and_back() {
    let mut hall = Hall::visit();
    for route in support::routes(&bundled()) {
        hall.desk.go(route);
        hall.desk.harness.get_by_role_and_label(Role::Button, "首页");
        hall.desk.click_one(Role::Button, "首页");
        assert_eq!(hall.desk.route(), Route::Cover, "{route:?}");
    }
    hall.desk.go(Route::Gallery);
    hall.desk.click_one(Role::Button, "返回");
    assert_eq!(hall.desk.route(), Route::Cover);
}

#[test]
fn the_contents_are_dragged_by_a_finger_as_far_as_it_goes() {
    let mut hall = Hall::visit();
    hall.desk.click_one(Role::Button, "目录");
    for (from, to) in [(600.0, 100.0), (100.0, 700.0), (700.0, -3000.0), (10.0, 4000.0)] {
        hall.desk.drag(pos2(600.0, from), pos2(600.0, to));
    }
    assert!(hall.desk.shows("首页"));
}
