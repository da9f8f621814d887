//! What is drawn, pixel by pixel, by the program's own painter: the same on every machine.

#[allow(dead_code, reason = "a part of it serves other tests")]
mod support;

use egui::accesskit::Role;
use egui::{Vec2, vec2};
use egui_kittest::kittest::Queryable as _;
use juanzong::app::{Command, Overlay, Route, Settings, TextSize, Theme};

use support::{Desk, bundled, keep, section};

/// Pixels that differ by more than rounding, in percent.
fn difference(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let pixels = a.as_chunks::<3>().0.iter().zip(b.as_chunks::<3>().0);
    let differ = pixels.filter(|(a, b)| a.iter().zip(b.iter()).any(|(a, b)| a.abs_diff(*b) > 2)).count();
    differ as f64 * 300.0 / a.len() as f64
}

fn at(size: Vec2) -> Desk {
    Desk::new(bundled(), Settings::default(), size)
}

#[test]
fn a_theme_that_comes_back_draws_the_same_glyphs() {
    let mut desk = at(vec2(1000.0, 700.0));
    desk.go(Route::Section(section(1)));
    desk.steps();
    let before = desk.picture_of_screen();
    keep("reader.png", &before);
    for theme in [Theme::Dark, Theme::HighContrast, Theme::Light] {
        desk.command(Command::SetTheme(theme));
        let now = desk.picture_of_screen();
        assert!((theme == Theme::Light) == (difference(&before.2, &now.2) < 0.1), "{theme:?}");
    }
}

#[test]
fn many_sizes_of_text_do_not_mix_the_glyphs_up() {
    let mut desk = at(vec2(1000.0, 700.0));
    desk.go(Route::Section(section(3)));
    let before = desk.picture_of_screen();
    for index in (0..12).chain([2]) {
        desk.command(Command::SetTextSize(TextSize::from_index(index)));
    }
    desk.steps();
    assert!(difference(&before.2, &desk.picture_of_screen().2) < 0.1);
}

#[test]
fn a_page_is_paper_with_ink_on_it() {
    let mut desk = at(vec2(1000.0, 700.0));
    desk.go(Route::Section(section(0)));
    let (_, _, rgb) = desk.picture_of_screen();
    let count = |test: &dyn Fn(&[u8; 3]) -> bool| rgb.as_chunks::<3>().0.iter().filter(|pixel| test(pixel)).count();
    assert!(count(&|p| p.iter().all(|c| *c > 230)) > 100_000, "light ground");
    assert!((2_000..100_000).contains(&count(&|p| p.iter().all(|c| *c < 80))), "dark letters");
}

#[test]
fn what_stands_over_the_page_can_be_looked_at() {
    for (name, overlay) in [("export.png", Overlay::Export), ("settings.png", Overlay::Settings)] {
        let mut desk = at(vec2(1366.0, 768.0));
        desk.go(Route::Section(section(1)));
        let page = desk.picture_of_screen();
        desk.command(Command::Show(overlay));
        let over = desk.picture_of_screen();
        keep(name, &over);
        assert!(difference(&page.2, &over.2) > 20.0, "the page is dimmed, the dialog is seen");
    }
}

#[test]
fn the_keyboard_is_seen_on_a_filled_button() {
    let mut desk = at(vec2(1366.0, 768.0));
    let before = desk.picture_of_screen();
    desk.harness.get_by_role_and_label(Role::Button, "开始阅读").focus();
    desk.steps();
    let focused = desk.picture_of_screen();
    keep("focused.png", &focused);
    let seen = difference(&before.2, &focused.2);
    assert!((0.05..1.0).contains(&seen), "the button alone has changed: {seen}");
}
