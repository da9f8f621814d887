//! What the screen shows outside the opening hours.

use egui::accesskit::Role;
use egui::{Align2, Sense, Ui, WidgetInfo};

use crate::ui::ViewContext;
use crate::ui::theme::{self, size};

/// How long the dark screen says when it opens, in seconds.
pub const SHOWN_SECS: f64 = 6.0;

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
