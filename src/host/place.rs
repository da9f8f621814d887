//! Where a window stands on the monitors.

use egui::{Pos2, Rect, Vec2, ViewportBuilder, pos2, vec2};
use egui_winit::winit::dpi::{PhysicalPosition, PhysicalSize};
use egui_winit::winit::monitor::MonitorHandle;
use egui_winit::winit::window::{Fullscreen, Window};

/// A window whose size differs from its monitor's by no more fills it, in pixels: sizes of scaled screens are rounded.
const SLACK: u32 = 2;

/// As much of a window's upper edge must be seen that it can be taken hold of, in pixels.
const GRIP: Vec2 = vec2(80.0, 20.0);

/// What brings a window into sight, in pixels.
#[derive(Debug, PartialEq)]
enum Mend {
    Move(Pos2),
    /// It is larger than what there is: the system knows best what of a screen is free.
    Maximize,
}

/// A window no larger than the largest monitor, before it is made; eframe sees to that itself.
pub(super) fn within_screen(
    builder: ViewportBuilder,
    monitors: impl Iterator<Item = MonitorHandle>,
) -> ViewportBuilder {
    let points = monitors.map(|monitor| {
        let size = monitor.size().to_logical::<f32>(monitor.scale_factor());
        vec2(size.width, size.height)
    });
    let Some(most) = points.reduce(Vec2::max).filter(|most| most.min_elem() > 0.0) else { return builder };
    let within = |size: Option<Vec2>| size.unwrap_or(most).min(most);
    let (size, least) = (within(builder.inner_size), builder.min_inner_size.map(|least| within(Some(least))));
    ViewportBuilder { min_inner_size: least, ..builder.with_inner_size(size) }
}

/// Brings back a window that was left on a monitor which is gone, or which is larger than those of today, and makes it
/// large if it is to be: some systems do not do that to a window which is not seen yet.
pub(super) fn bring_into_sight(window: &Window, maximized: bool) {
    if maximized {
        window.set_maximized(true);
        return;
    }
    let held = window.is_maximized() || window.is_minimized() == Some(true) || window.fullscreen().is_some();
    // Wayland tells no place: it puts windows itself, where they are seen.
    let Ok(at) = window.outer_position() else { return };
    if held {
        return;
    }
    let primary = window.primary_monitor();
    let monitors: Vec<Rect> = primary.into_iter().chain(window.available_monitors()).map(|m| rect_of(&m)).collect();
    match mend(rect(at, window.outer_size()), &monitors) {
        Some(Mend::Move(to)) => window.set_outer_position(PhysicalPosition::new(to.x as i32, to.y as i32)),
        Some(Mend::Maximize) => window.set_maximized(true),
        None => {}
    }
}

fn rect_of(monitor: &MonitorHandle) -> Rect {
    rect(monitor.position(), monitor.size())
}

fn rect(at: PhysicalPosition<i32>, size: PhysicalSize<u32>) -> Rect {
    Rect::from_min_size(pos2(at.x as f32, at.y as f32), vec2(size.width as f32, size.height as f32))
}

/// What is to be done with a window. The first of the monitors is where it goes if none shows anything of it.
fn mend(window: Rect, monitors: &[Rect]) -> Option<Mend> {
    let all = monitors.iter().copied().reduce(Rect::union)?;
    if window.width() > all.width() || window.height() > all.height() {
        return Some(Mend::Maximize);
    }
    let edge = window.with_max_y(window.top() + GRIP.y);
    let is_held = |monitor: &Rect| {
        let seen = monitor.intersect(edge);
        seen.width() >= GRIP.x && seen.height() >= GRIP.y
    };
    if monitors.iter().any(is_held) {
        return None;
    }
    let shown =
        |monitor: &Rect| Some(monitor.intersect(window)).filter(Rect::is_positive).map_or(0.0, |seen| seen.area());
    let home =
        monitors.iter().copied().reduce(|most, other| if shown(&other) > shown(&most) { other } else { most })?;
    let last = (home.max - window.size()).max(home.min);
    Some(Mend::Move(window.min.clamp(home.min, last)))
}

/// Some window managers take a window off the whole screen, or put it away; where there is none, nobody makes it large.
/// `monitor` counts from 0; where there are not so many, the window stays where it is,
/// and goes there when it comes, except on Wayland.
pub(super) fn keep_full_screen(window: &Window, monitor: usize) {
    let now = window.current_monitor();
    let Some(monitor) = window.available_monitors().nth(monitor).or_else(|| now.clone()) else { return };
    if window.is_minimized() == Some(true) {
        window.set_minimized(false);
    }
    // Wayland puts a window itself and gives it the size of its screen, but tells that of a monitor neither turned nor
    // scaled. To ask it for another would be answered with another frame, for ever.
    let can_be_put = window.outer_position().is_ok();
    let elsewhere = can_be_put && now.is_some_and(|now| now.position() != monitor.position());
    if elsewhere || window.fullscreen().is_none() {
        window.set_fullscreen(Some(Fullscreen::Borderless(Some(monitor.clone()))));
    }
    if !can_be_put {
        return;
    }
    let (wanted, size) = (monitor.size(), window.inner_size());
    if elsewhere || wanted.width.abs_diff(size.width).max(wanted.height.abs_diff(size.height)) > SLACK {
        window.set_outer_position(monitor.position());
        // The answer comes as an event.
        let _ = window.request_inner_size(wanted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(width, height))
    }

    #[test]
    fn a_window_that_no_monitor_shows_comes_back() {
        let laptop = at(0.0, 0.0, 1366.0, 768.0);
        let beside = at(1366.0, 0.0, 1920.0, 1080.0);
        for (window, monitors, expected) in [
            (at(100.0, 50.0, 1200.0, 680.0), &[laptop][..], None),
            // Its upper edge is seen.
            (at(1200.0, 700.0, 1200.0, 680.0), &[laptop], None),
            (at(-1000.0, 50.0, 1200.0, 680.0), &[laptop], None),
            // The other monitor is gone.
            (at(2500.0, 50.0, 1200.0, 680.0), &[laptop, beside], None),
            (at(2500.0, 50.0, 1200.0, 680.0), &[laptop], Some(Mend::Move(pos2(166.0, 50.0)))),
            (at(-4000.0, -4000.0, 1200.0, 680.0), &[laptop], Some(Mend::Move(Pos2::ZERO))),
            // Its title bar lies above the screen.
            (at(100.0, -30.0, 1200.0, 680.0), &[laptop], Some(Mend::Move(pos2(100.0, 0.0)))),
            // It goes where most of it is.
            (at(1300.0, -30.0, 1000.0, 680.0), &[laptop, beside], Some(Mend::Move(pos2(1366.0, 0.0)))),
            // A screen that was exchanged for a smaller one, or that shows everything larger.
            (at(10.0, 10.0, 2100.0, 1190.0), &[laptop], Some(Mend::Maximize)),
            (at(10.0, 10.0, 2100.0, 700.0), &[laptop, beside], None),
            (at(0.0, 0.0, 800.0, 600.0), &[], None),
        ] {
            assert_eq!(mend(window, monitors), expected, "{window:?} on {monitors:?}");
        }
    }
}
