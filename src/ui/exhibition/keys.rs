//! Keys and chips for fingers.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use crate::ui::ViewContext;
use crate::ui::theme::{self, CONTROL, RADIUS, size, space};
use crate::ui::widgets::{focus_ring, line};

/// A key with a letter, word or icon, read out as `name`.
pub fn key_ui(
    cx: &ViewContext<'_>,
    ui: &mut Ui,
    rect: Rect,
    shown: &str,
    name: &str,
    enabled: bool,
    main: bool,
) -> Response {
    let palette = cx.palette;
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, ui.scope_id().with(("key", name)), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let pressed = response.is_pointer_button_down_on();
    let (fill, ink) = match (enabled, main, pressed) {
        (false, ..) => (palette.desk, palette.ink_weak.gamma_multiply(0.4)),
        (true, true, _) => (palette.accent, palette.on_accent),
        (true, false, true) => (palette.accent_soft, palette.accent),
        (true, false, false) => (palette.raised, palette.ink),
    };
    ui.painter().rect(rect, RADIUS, fill, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);
    let font = theme::sans(if shown.chars().count() > 1 { size::LARGE } else { size::HEADING });
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, shown, font, ink);
    focus_ring(cx, ui, &response, rect);
    response
}

/// The height of a row or chip.
pub const ROW: f32 = 48.0;

/// What of a row is left for the words at its end, however long those at its beginning are.
const LEAST_BESIDE: f32 = 0.4;

/// A row with words, and weaker words at its end.
pub fn row_ui(cx: &ViewContext<'_>, ui: &mut Ui, text: &str, beside: &str) -> Response {
    let palette = cx.palette;
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), Sense::click());
    let label = if beside.is_empty() { text.to_owned() } else { format!("{text} {beside}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let fill = if response.is_pointer_button_down_on() { palette.accent_soft } else { palette.raised };
    ui.painter().rect(rect, RADIUS, fill, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);
    let inner = rect.width() - 2.0 * space::L;
    let wanted = ui.painter().layout_no_wrap(text.to_owned(), theme::sans(size::LARGE), palette.ink).size().x;
    let most = (inner - wanted - space::M).max(inner * LEAST_BESIDE);
    let mut job = LayoutJob::simple_singleline(beside.to_owned(), theme::sans(size::BODY), palette.ink_weak);
    job.wrap = TextWrapping::truncate_at_width(most);
    let weak = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let width = inner - weak.size().x - space::M;
    let at = egui::pos2(rect.left() + space::L, rect.center().y - size::LARGE * 0.72);
    line(ui, at, text, theme::sans(size::LARGE), palette.ink, width);
    let at = egui::pos2(rect.right() - space::L - weak.size().x, rect.center().y - weak.size().y / 2.0);
    ui.painter().galley(at, weak, palette.ink_weak);
    focus_ring(cx, ui, &response, rect);
    response
}

/// A chip with a word and something weaker beside it; `on` if it is what is shown.
pub fn chip_ui(cx: &ViewContext<'_>, ui: &mut Ui, text: &str, beside: &str, on: bool) -> Response {
    let palette = cx.palette;
    let (fill, ink) = if on { (palette.accent, palette.on_accent) } else { (palette.raised, palette.ink) };
    let weak = ui.painter().layout_no_wrap(beside.to_owned(), theme::sans(size::BODY), palette.ink_weak);
    let gap = if beside.is_empty() { 0.0 } else { space::S };
    let most = (ui.max_rect().width() - 2.0 * space::L - weak.size().x - gap).max(CONTROL);
    let mut job = LayoutJob::simple_singleline(text.to_owned(), theme::sans(size::LARGE), ink);
    job.wrap = TextWrapping::truncate_at_width(most);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let width = (galley.size().x + gap + weak.size().x + 2.0 * space::L).max(CONTROL);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, ROW), Sense::click());
    let label = if beside.is_empty() { text.to_owned() } else { format!("{text} {beside}") };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &label));
    let fill = if response.is_pointer_button_down_on() && !on { palette.accent_soft } else { fill };
    ui.painter().rect(rect, RADIUS, fill, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);
    let at = egui::pos2(rect.left() + space::L, rect.center().y - galley.size().y / 2.0);
    let right = at.x + galley.size().x + gap;
    ui.painter().galley(at, galley, ink);
    ui.painter().galley(egui::pos2(right, rect.center().y - weak.size().y / 2.0), weak, palette.ink_weak);
    focus_ring(cx, ui, &response, rect);
    response
}
