//! The hidden corner, top right, that staff hold for the PIN pad.

use egui::{Context, Rect, vec2};

use crate::ui::theme::{CONTROL, space};

/// Since when the corner is held without a break, in seconds.
#[derive(Default)]
pub struct Corner {
    since: Option<f64>,
}

impl Corner {
    /// True once it has been held for `hold_secs`. A finger that is lifted, however briefly, begins anew.
    pub fn is_held(&mut self, ctx: &Context, hold_secs: f64) -> bool {
        let screen = ctx.content_rect();
        let side = CONTROL + 2.0 * space::L;
        let corner = Rect::from_min_size(screen.right_top() - vec2(side, 0.0), vec2(side, side));
        let (held, pressed, now) = ctx.input(|i| {
            let inside = |pos: Option<egui::Pos2>| pos.is_some_and(|pos| corner.contains(pos));
            let pointer = &i.pointer;
            let held = pointer.primary_down() && inside(pointer.press_origin()) && inside(pointer.interact_pos());
            (held, pointer.any_pressed(), i.time)
        });
        if held {
            ctx.request_repaint_after_secs(0.1);
        }
        self.step(held, pressed, now, hold_secs)
    }

    fn step(&mut self, held: bool, pressed: bool, now: f64, hold_secs: f64) -> bool {
        self.since = match self.since {
            _ if !held => None,
            Some(since) if !pressed => Some(since),
            _ => Some(now),
        };
        let done = self.since.is_some_and(|since| now - since >= hold_secs);
        if done {
            self.since = None;
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn holding_opens_and_letting_go_begins_anew() {
        let mut corner = Corner::default();
        assert!(!corner.step(true, true, 0.0, 5.0));
        assert!(!corner.step(true, false, 4.9, 5.0));
        assert!(!corner.step(false, false, 4.95, 5.0));
        assert!(!corner.step(true, true, 5.0, 5.0));
        assert!(!corner.step(true, true, 9.0, 5.0), "lifted and pressed between two frames");
        assert!(!corner.step(true, false, 13.9, 5.0));
        assert!(corner.step(true, false, 14.0, 5.0));
        assert!(!corner.step(true, false, 14.1, 5.0), "once");
    }

    proptest! {
        #[test]
        fn fast_taps_never_open(taps in prop::collection::vec((0.01_f64..1.9, 0.0_f64..0.5), 1..200)) {
            let (mut corner, mut now) = (Corner::default(), 0.0);
            for (down, up) in taps {
                prop_assert!(!corner.step(true, true, now, 2.0));
                now += down;
                prop_assert!(!corner.step(true, false, now, 2.0));
                now += up;
                // Without a frame while it is up, the next press says that it was.
                if up > 0.25 {
                    prop_assert!(!corner.step(false, false, now, 2.0));
                }
            }
        }
    }
}
