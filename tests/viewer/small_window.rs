//! What an old screen shows in the larger view: 1366 × 768 pixels, where everything is one and a half times as large.

use egui::{Vec2, vec2};
use juanzong::app::{Route, Settings};

use super::support::{Desk, bundled};

const SMALL: Vec2 = vec2(910.0, 512.0);

#[test]
fn the_headline_is_seen_at_once() {
    let desk = Desk::new(bundled(), Settings::default(), SMALL);
    let title = desk.place_of("奋力谱写温泉发展新篇章");
    assert!(title.bottom() < SMALL.y, "{title:?}");
}

#[test]
fn two_pictures_stand_side_by_side() {
    let mut desk = Desk::new(bundled(), Settings::default(), SMALL);
    desk.go(Route::Gallery);
    let [first, second] = ["欢乐锣鼓敲起来", "赵庄游园"].map(|name| desk.place_of(name));
    assert!(first.top() == second.top() && first.right() < second.left(), "{first:?} {second:?}");
    assert!(first.bottom() < SMALL.y, "with its caption: {first:?}");
}
