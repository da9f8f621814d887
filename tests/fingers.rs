//! The search by fingers, without a display: nothing but presses on the screen.

#[allow(dead_code, reason = "a part of it serves other tests")]
mod support;

use egui::accesskit::Role;
use egui::{PointerButton, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use juanzong::app::{Command, Route, Sheet};
use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::settings::KioskSettings;
use juanzong::kiosk::watch::Pulse;
use juanzong::text::Language;
use juanzong::ui::Exhibiting;
use support::{Desk, bundled, keep, photo, section};

/// 1920 × 1080, 1080 × 1920 and 1366 × 768, where everything is one and a half times as large.
const SCREENS: [(&str, Vec2); 3] =
    [("wide", Vec2::new(1280.0, 720.0)), ("tall", Vec2::new(720.0, 1280.0)), ("low", Vec2::new(911.0, 512.0))];

fn visit(settings: KioskSettings, size: Vec2) -> Desk {
    let clock = Box::new(|| LocalTime::parse("2026-11-23 10:00:00").expect("a time"));
    let mut desk = Desk::exhibition(bundled(), Exhibiting { settings, pulse: Pulse::default(), clock }, size);
    desk.mouse(PointerButton::Primary, (size / 2.0).to_pos2());
    desk
}

/// Presses the middle of the only button of that name.
fn press(desk: &mut Desk, name: &str) {
    let at = desk.harness.get_by_role_and_label(Role::Button, name).rect().center();
    desk.mouse(PointerButton::Primary, at);
}

/// Presses the first button whose name begins so.
fn press_first(desk: &mut Desk, name: &str) {
    let named =
        |node: &egui_kittest::Node<'_>| node.accesskit_node().label().is_some_and(|label| label.starts_with(name));
    let at = desk.nodes(Role::Button).find(named).expect("a button").rect().center();
    desk.mouse(PointerButton::Primary, at);
}

fn open() -> Desk {
    let mut desk = visit(KioskSettings::default(), SCREENS[0].1);
    press(&mut desk, "查找");
    desk
}

#[test]
fn a_word_is_found_by_its_initials_and_read_where_it_stands() {
    let mut desk = open();
    press(&mut desk, "W");
    press(&mut desk, "Q");
    press_first(&mut desk, "温泉 ");
    assert!(desk.shows("“温泉”共"));
    let places = desk.state(|state| state.search.found.count);
    assert!(places > 0);
    desk.mouse(PointerButton::Primary, Vec2::new(640.0, 200.0).to_pos2());
    desk.state(|state| {
        assert_eq!(state.sheet, Sheet::None, "what is read is shown");
        assert!(state.search.current.is_some());
    });
    press(&mut desk, "查找");
    press(&mut desk, "换一个词");
    assert!(desk.shows("请按拼音") || desk.state(|state| state.fingers.typed == "wq"));
}

#[test]
fn a_grey_key_does_nothing() {
    let mut desk = open();
    press(&mut desk, "W");
    let grey = desk.state(|state| {
        let next = state.fingers.next.clone().expect("known");
        "abcdefghijklmnopqrstuvwxyz".chars().find(|letter| !next.contains(letter)).expect("some lead nowhere")
    });
    press(&mut desk, &grey.to_ascii_uppercase().to_string());
    assert_eq!(desk.state(|state| state.fingers.typed.clone()), "w");
    press(&mut desk, "删除");
    assert_eq!(desk.state(|state| state.fingers.typed.clone()), "");
}

#[test]
fn those_who_know_no_pinyin_count_strokes_or_choose_a_topic() {
    let mut desk = open();
    press(&mut desk, "笔画");
    press(&mut desk, "12 画");
    press(&mut desk, "温");
    press_first(&mut desk, "温泉");
    assert!(desk.shows("“温泉"));
    press(&mut desk, "换一个词");
    press(&mut desk, "主题");
    press(&mut desk, "地点");
    assert!(desk.state(|state| !state.fingers.topics.is_empty()));
    press(&mut desk, "篇目");
    let first = desk.state(|state| state.fingers.topics[0].text.clone());
    press(&mut desk, &format!("［{first}］"));
    assert!(matches!(desk.route(), Route::Section(_)));
}

#[test]
fn nothing_that_was_typed_is_left_for_the_next() {
    let mut desk = open();
    press(&mut desk, "W");
    desk.wait(95.0);
    desk.wait(25.0);
    desk.mouse(PointerButton::Primary, Vec2::new(640.0, 300.0).to_pos2());
    press(&mut desk, "查找");
    assert_eq!(desk.state(|state| state.fingers.typed.clone()), "");
}

#[test]
fn sections_and_photos_have_a_code_unless_that_is_switched_off() {
    let mut desk = visit(KioskSettings::default(), SCREENS[0].1);
    assert!(!desk.shows("扫码带走"), "the cover has none");
    for route in [Route::Section(section(2)), Route::Photo(photo(0))] {
        desk.go(route);
        press(&mut desk, "扫码带走");
        assert!(desk.shows("不需要网络"));
        let (width, height, rgb) = desk.picture_of_screen();
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| rgb[3 * (y * width + x)]);
        let grids = image.detect_grids();
        let (_, said) = grids.first().expect("a code is seen on the screen").decode().expect("it is read");
        assert!(said.contains('\n') || said.contains('。'), "{said}");
    }
    let mut desk = visit(KioskSettings { qr_codes: false, ..KioskSettings::default() }, SCREENS[0].1);
    desk.go(Route::Section(section(2)));
    assert!(!desk.shows("扫码带走"));
}

#[test]
fn every_target_is_large_and_on_the_screen() {
    for (name, size) in SCREENS {
        for language in [Language::ZhCn, Language::En] {
            let mut desk = visit(KioskSettings { language, ..KioskSettings::default() }, size);
            desk.command(Command::ShowSheet(Sheet::Find));
            let screen = desk.harness.ctx.content_rect();
            let mut keys = 0;
            for key in desk.nodes(Role::Button) {
                let rect = key.rect();
                if key.accesskit_node().label().is_some_and(|label| label.chars().count() == 1) {
                    assert!(rect.width() >= 39.9 && rect.height() >= 39.9, "{name} {rect:?}");
                    assert!(screen.contains_rect(rect), "{name} {rect:?}");
                    keys += 1;
                }
            }
            assert!(keys >= 36, "{keys} keys");
            keep(&format!("find-{name}-{language:?}.png"), &desk.picture_of_screen());
            press(&mut desk, "W");
            keep(&format!("find-w-{name}-{language:?}.png"), &desk.picture_of_screen());
            press_first(&mut desk, "温泉");
            keep(&format!("found-{name}-{language:?}.png"), &desk.picture_of_screen());
            for (way, label) in [("strokes", ["笔画", "Strokes"]), ("topics", ["主题", "Topics"])] {
                desk.command(Command::Fingers(juanzong::app::FingerCommand::Another));
                press(&mut desk, label[usize::from(language == Language::En)]);
                keep(&format!("find-{way}-{name}-{language:?}.png"), &desk.picture_of_screen());
            }
            desk.go(Route::Section(section(1)));
            desk.command(Command::ShowSheet(Sheet::Code));
            keep(&format!("code-{name}-{language:?}.png"), &desk.picture_of_screen());
        }
    }
}
