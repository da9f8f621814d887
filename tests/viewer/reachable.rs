//! Everything can be reached, by its name and by the keyboard.

use egui::Key;
use juanzong::app::{Command, Route, Settings, Theme};
use juanzong::text::Language;

use super::support::{Desk, WINDOW, bundled, routes};
use super::{CTRL, check_names, overlays};

/// Everything that can be clicked, or have the keyboard, has a name, in every view and language.
#[test]
fn every_control_is_named() {
    for language in Language::ALL {
        let settings = Settings { language: Some(language), ..Settings::default() };
        let mut desk = Desk::new(bundled(), settings, WINDOW);
        for route in routes(&bundled()) {
            desk.go(route);
            check_names(&desk, &format!("{language:?} {route:?}"));
        }
        desk.key(Key::I);
        check_names(&desk, &format!("{language:?} details of a photo"));
        desk.go(Route::Cover);
        for words in ["广成泽", "文泉", "zzz"] {
            desk.search(words);
            check_names(&desk, &format!("{language:?} searching {words}"));
        }
        for overlay in overlays() {
            desk.command(Command::Show(overlay.clone()));
            check_names(&desk, &format!("{language:?} {overlay:?}"));
            desk.command(Command::CloseOverlay);
        }
    }
}

#[test]
fn tab_reaches_the_controls_and_enter_presses_them() {
    let mut desk = Desk::open();
    for _ in 0..40 {
        desk.key(Key::Tab);
        if desk.focused().as_deref() == Some("图集") {
            desk.key(Key::Enter);
            assert_eq!(desk.route(), Route::Gallery);
            return;
        }
    }
    panic!("the gallery is not reached by Tab");
}

#[test]
fn tab_comes_to_everything_of_the_cover_and_around() {
    let mut desk = Desk::open();
    let mut reached = Vec::new();
    for _ in 0..80 {
        desk.key(Key::Tab);
        reached.extend(desk.focused());
    }
    for name in ["菜单", "搜索", "封面", "开始阅读", "著录信息", "放大文字"] {
        assert!(reached.iter().any(|focused| focused == name), "{name} in {reached:?}");
    }
    assert!(reached.iter().any(|focused| focused.starts_with("欢乐锣鼓敲起来")), "{reached:?}");
}

#[test]
fn an_overlay_is_operated_by_keyboard_alone() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::Comma);
    for _ in 0..20 {
        desk.key(Key::Tab);
        if desk.focused().as_deref() == Some("高对比度") {
            desk.key(Key::Space);
            assert_eq!(desk.state(|state| state.settings.theme), Theme::HighContrast);
            return;
        }
    }
    panic!("the theme is not reached by Tab");
}
