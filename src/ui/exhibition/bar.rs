//! The ways that are always there: home, back, contents, search, text size, language.

use egui::accesskit::Role;
use egui::{Align, Align2, Layout, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, Route, Sheet};
use crate::text::Language;
use crate::ui::theme::{self, CONTROL, RADIUS, size, space};
use crate::ui::widgets::focus_ring;
use crate::ui::{ViewContext, icons};

pub const HEIGHT: f32 = CONTROL + 2.0 * space::S;

/// Bars narrower than this have no words beside some icons.
const WIDE: f32 = 780.0;

pub fn bar_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let all = ui.max_rect();
    ui.painter().hline(all.x_range(), all.top(), egui::Stroke::new(1.0, cx.palette.hairline));
    let wide = all.width() >= WIDE;
    let (words, state) = (cx.words, cx.state);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(space::M);
        if tool(cx, ui, icons::HOUSE, words.exhibition.home, true, true).clicked() {
            cx.push(Command::Go(Route::Shelf));
        }
        let way_back = state.history.can_go_back() || state.sheet != Sheet::None;
        if tool(cx, ui, icons::ARROW_LEFT, words.exhibition.back, wide, way_back).clicked() {
            cx.push(if state.sheet == Sheet::None { Command::Back } else { Command::ShowSheet(Sheet::None) });
        }
        if tool(cx, ui, icons::SIDEBAR, words.contents, wide, state.route() != Route::Shelf).clicked() {
            cx.push(Command::ShowSheet(toggled(state.sheet, Sheet::Contents)));
        }
        if tool(cx, ui, icons::MAGNIFYING_GLASS, words.exhibition.find, true, true).clicked() {
            cx.push(Command::ShowSheet(toggled(state.sheet, Sheet::Find)));
        }
        if super::code::has_code(cx) && tool(cx, ui, "", cx.words.fingers.take_along, true, true).clicked() {
            cx.push(Command::ShowSheet(toggled(state.sheet, Sheet::Code)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space::M);
            let other = match state.language() {
                Language::ZhCn => Language::En,
                Language::En => Language::ZhCn,
            };
            if tool(cx, ui, "", other.name(), true, true).clicked() {
                cx.push(Command::SetLanguage(other));
            }
            let text_size = state.settings.text_size;
            for (icon, name, step) in [(icons::PLUS, words.larger, 1), (icons::MINUS, words.smaller, -1)] {
                let next = text_size.step(step);
                if tool(cx, ui, icon, name, false, next != text_size).clicked() {
                    cx.push(Command::SetTextSize(next));
                }
            }
        });
    });
}

fn toggled(open: Sheet, sheet: Sheet) -> Sheet {
    if open == sheet { Sheet::None } else { sheet }
}

/// A button of the bar, with its name beside its icon if `named`.
fn tool(cx: &ViewContext<'_>, ui: &mut Ui, icon: &str, name: &str, named: bool, enabled: bool) -> Response {
    let palette = cx.palette;
    let ink = if enabled { palette.ink } else { palette.ink_weak.gamma_multiply(0.45) };
    let font = theme::sans(size::LARGE);
    let label = named.then(|| ui.painter().layout_no_wrap(name.to_owned(), font, ink));
    let icon_width = if icon.is_empty() { 0.0 } else { size::ICON };
    let gap = if named && !icon.is_empty() { space::S } else { 0.0 };
    let inner = icon_width + gap + label.as_ref().map_or(0.0, |label| label.size().x);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2((inner + 2.0 * space::M).max(CONTROL), CONTROL), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let pressed = response.is_pointer_button_down_on();
    ui.painter().rect_filled(rect, RADIUS, if pressed { palette.accent_soft } else { palette.raised });
    let left = rect.center().x - inner / 2.0;
    if !icon.is_empty() {
        let at = pos2(left + icon_width / 2.0, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, icon, theme::sans(size::ICON), ink);
    }
    if let Some(label) = label {
        ui.painter().galley(pos2(left + icon_width + gap, rect.center().y - label.size().y / 2.0), label, ink);
    }
    focus_ring(cx, ui, &response, rect);
    response
}
