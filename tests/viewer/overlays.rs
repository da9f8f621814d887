//! Settings, and what stands over the page.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use juanzong::app::{Command, Overlay, Route, TEXT_SIZES, Theme};

use super::support::{Desk, section};
use super::{CTRL, NONE, overlays};

#[test]
fn the_text_size_has_steps_and_ends() {
    let mut desk = Desk::open();
    let index = |desk: &Desk| desk.state(|state| state.settings.text_size.index());
    let usual = index(&desk);
    for (key, expected) in [(Key::Plus, usual + 1), (Key::Minus, usual), (Key::Equals, usual + 1), (Key::Num0, usual)] {
        desk.press(CTRL, key);
        assert_eq!(index(&desk), expected, "{key:?}");
    }
    for _ in 0..20 {
        desk.press(CTRL, Key::Minus);
    }
    assert_eq!(index(&desk), 0);
    desk.click_one(Role::Button, "放大文字");
    assert_eq!(index(&desk), 1);
    for _ in 0..20 {
        desk.press(CTRL, Key::Plus);
    }
    assert_eq!(index(&desk), TEXT_SIZES.len() - 1);
    desk.click_one(Role::Button, "缩小文字");
    assert_eq!(index(&desk), TEXT_SIZES.len() - 2);
    desk.press(CTRL, Key::Comma);
    desk.harness.get_by_role(Role::Slider).decrement_accesskit();
    desk.steps();
    assert_eq!(index(&desk), TEXT_SIZES.len() - 3, "by the slider");
}

#[test]
fn each_theme_is_chosen_by_its_name() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::Comma);
    for (name, theme) in
        [("深色", Theme::Dark), ("高对比度", Theme::HighContrast), ("浅色", Theme::Light), ("浅色", Theme::Light)]
    {
        desk.click_one(Role::RadioButton, name);
        assert_eq!(desk.state(|state| state.settings.theme), theme);
        let chosen = desk.harness.get_by_role_and_label(Role::RadioButton, name);
        assert_eq!(chosen.accesskit_node().toggled(), Some(Toggled::True), "{name}");
    }
}

#[test]
fn the_language_changes_at_once() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::Comma);
    desk.click_one(Role::RadioButton, "English");
    assert!(desk.shows("Text size") && !desk.shows("字号"));
    desk.key(Key::Escape);
    assert!(desk.shows("Start reading") && !desk.shows("开始阅读"));
    desk.press(CTRL, Key::Comma);
    desk.click_one(Role::RadioButton, "简体中文");
    desk.key(Key::Escape);
    assert!(!desk.shows("Start reading") && desk.shows("开始阅读"));
}

#[test]
fn the_contents_are_hidden_and_shown_again() {
    let mut desk = Desk::open();
    for toggle in [(|desk: &mut Desk| desk.key(Key::F9)) as fn(&mut Desk), |desk| desk.click("隐藏目录")] {
        assert!(desk.shows("［引言］"));
        toggle(&mut desk);
        assert!(desk.state(|state| state.settings.contents_hidden));
        assert!(!desk.shows("［引言］"));
        desk.click("显示目录");
    }
}

#[test]
fn keys_open_what_stands_over_the_page() {
    for (modifiers, key, overlay, shown) in [
        (NONE, Key::F1, Overlay::Shortcuts, "后退: Alt + ←"),
        (NONE, Key::Questionmark, Overlay::Shortcuts, "搜索: Ctrl + F"),
        (Modifiers::SHIFT, Key::Slash, Overlay::Shortcuts, "退出: Ctrl + Q"),
        (CTRL, Key::Comma, Overlay::Settings, "界面语言"),
        (CTRL, Key::O, Overlay::Open, "随程序附带的卷宗"),
    ] {
        let mut desk = Desk::open();
        desk.press(modifiers, key);
        assert_eq!(desk.state(|state| state.overlay.clone()), Some(overlay), "{key:?}");
        assert!(desk.shows(shown), "{key:?}: {shown}");
    }
}

#[test]
fn every_overlay_closes_with_escape_and_with_its_button() {
    let mut desk = Desk::open();
    for overlay in overlays() {
        desk.command(Command::Show(overlay.clone()));
        desk.key(Key::Escape);
        assert_eq!(desk.state(|state| state.overlay.clone()), None, "{overlay:?} by Escape");
        desk.command(Command::Show(overlay.clone()));
        desk.click_one(Role::Button, "关闭");
        assert_eq!(desk.state(|state| state.overlay.clone()), None, "{overlay:?} by its button");
        desk.command(Command::Show(overlay.clone()));
        desk.mouse(PointerButton::Primary, Pos2::new(5.0, 760.0));
        assert_eq!(desk.state(|state| state.overlay.clone()), None, "{overlay:?} by a click beside it");
    }
}

#[test]
fn what_stands_over_the_page_keeps_the_keys_from_it() {
    let mut desk = Desk::open();
    desk.go(Route::Section(section(3)));
    desk.press(CTRL, Key::Comma);
    for key in [Key::ArrowRight, Key::ArrowLeft, Key::Num2, Key::Backspace] {
        desk.key(key);
        assert_eq!(desk.route(), Route::Section(section(3)), "{key:?}");
    }
}

#[test]
fn the_menu_leads_to_everything_that_has_no_button() {
    for (item, overlay) in [
        ("打开卷宗", Overlay::Open),
        ("显示设置", Overlay::Settings),
        ("卷宗检查", Overlay::Diagnostics),
        ("键盘快捷键", Overlay::Shortcuts),
    ] {
        let mut desk = Desk::open();
        desk.click_one(Role::Button, "菜单");
        desk.click_one(Role::MenuItem, item);
        assert_eq!(desk.state(|state| state.overlay.clone()), Some(overlay));
    }
    let mut desk = Desk::open();
    desk.click_one(Role::Button, "菜单");
    desk.key(Key::Escape);
    assert_eq!(desk.names(Role::MenuItem), [""; 0], "Escape closes the menu");
    desk.click_one(Role::Button, "菜单");
    desk.click_one(Role::MenuItem, "退出");
    assert!(desk.wants_to_quit());
}

#[test]
fn the_quit_key_quits() {
    let mut desk = Desk::open();
    assert!(!desk.wants_to_quit());
    desk.press(CTRL, Key::Q);
    assert!(desk.wants_to_quit());
}
