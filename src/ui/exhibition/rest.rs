//! What the screen shows when nobody is there.

use egui::accesskit::Role;
use egui::{Align2, Sense, Ui, WidgetInfo, pos2};

use crate::ui::ViewContext;
use crate::ui::theme::{self, size};

/// How long the dark screen says when it opens, in seconds.
pub const SHOWN_SECS: f64 = 6.0;

/// Light that wanders, so that nothing stands still for hours. The whole screen is its button.
pub fn attract_ui(cx: &ViewContext<'_>, ui: &mut Ui, secs: f64) {
    let all = ui.max_rect();
    let response = ui.interact(all, ui.scope_id().with("attract"), Sense::click());
    let words = cx.words.exhibition.touch_to_begin;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    ui.painter().rect_filled(all, 0, cx.palette.darkroom);
    let at = wandering(all, secs);
    ui.painter().text(at, Align2::CENTER_CENTER, words, theme::serif_bold(size::HEADING), cx.palette.on_darkroom);
    ui.ctx().request_repaint_after_secs(0.5);
}

/// A black screen, and for a while after a touch when it opens.
pub fn dark_ui(cx: &ViewContext<'_>, ui: &mut Ui, asked: bool, opens_in: Option<u32>) {
    let all = ui.max_rect();
    ui.painter().rect_filled(all, 0, egui::Color32::BLACK);
    ui.ctx().request_repaint_after_secs(1.0);
    if !asked {
        return;
    }
    let words = &cx.words.exhibition;
    let text = opens_in.map_or_else(|| words.closed.to_owned(), words.opens_in);
    let response = ui.interact(all, ui.scope_id().with("dark"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    ui.painter().text(all.center(), Align2::CENTER_CENTER, text, theme::sans(size::LARGE), cx.palette.on_darkroom);
}

/// A place on the screen that never rests.
fn wandering(all: egui::Rect, secs: f64) -> egui::Pos2 {
    let swing = |period: f64| ((secs / period * std::f64::consts::TAU).sin() * 0.5 + 0.5) as f32;
    let inside = all.shrink2(all.size() * 0.2);
    pos2(egui::lerp(inside.x_range(), swing(97.0)), egui::lerp(inside.y_range(), swing(61.0)))
}
