//! The question whether somebody is still there.

use egui::accesskit::Role;
use egui::{Align2, Area, Id, Order, Sense, Ui, WidgetInfo, vec2};

use crate::ui::ViewContext;
use crate::ui::theme::{self, RADIUS, size, space};

/// Any touch is the answer, so the whole screen takes it.
pub fn asking_ui(cx: &ViewContext<'_>, ui: &Ui, secs_left: f64) {
    let ctx = ui.ctx();
    let screen = ctx.content_rect();
    let palette = cx.palette;
    let words = &cx.words.exhibition;
    Area::new(Id::unique("still there")).order(Order::Foreground).fixed_pos(screen.min).show(ctx, |ui| {
        let (all, response) = ui.allocate_exact_size(screen.size(), Sense::CLICK | Sense::DRAG);
        let seconds = secs_left.ceil() as usize;
        response.widget_info(|| WidgetInfo::labeled(Role::AlertDialog, true, (words.back_to_beginning)(seconds)));
        ui.painter().rect_filled(all, 0, palette.darkroom.gamma_multiply(0.72));
        let card = egui::Rect::from_center_size(all.center(), vec2(all.width().min(560.0) - 2.0 * space::L, 220.0));
        ui.painter().rect_filled(card, RADIUS + 4, palette.page);
        let center = card.center();
        let say = |y: f32, text: &str, font, ink| {
            ui.painter().text(center + vec2(0.0, y), Align2::CENTER_CENTER, text, font, ink);
        };
        say(-56.0, words.still_there, theme::serif_bold(30.0), palette.ink);
        say(-4.0, words.touch_to_go_on, theme::sans(size::LARGE), palette.accent);
        say(44.0, &(words.back_to_beginning)(seconds), theme::sans(size::BODY), palette.ink_weak);
    });
    ctx.request_repaint_after_secs((secs_left.fract() as f32).max(0.05));
}
