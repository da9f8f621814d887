//! The keys of the search by fingers. Those that lead to nothing are grey.

use egui::{Align2, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::find::{push, words_ui};
use super::keys::key_ui;
use crate::app::FingerCommand;
use crate::ui::theme::{self, RADIUS, size, space};
use crate::ui::{ViewContext, icons};

const KEYS: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// The rows begin so many keys from the left.
const INDENTS: [f32; 4] = [0.0, 0.0, 0.5, 1.0];
const HEIGHT: f32 = 44.0;
const WIDEST: f32 = 92.0;
const GAP: f32 = 6.0;

pub fn keyboard_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let (state, words) = (cx.state, &cx.words.fingers);
    let fingers = &state.fingers;
    typed_ui(cx, ui);
    let keys = KEYS.len() as f32 * (HEIGHT + GAP);
    let room = (ui.available_height() - keys - space::S).max(HEIGHT);
    ScrollArea::vertical()
        .id_salt("words")
        .max_height(room)
        .min_scrolled_height(room)
        .auto_shrink(false)
        .show(ui, |ui| words_ui(cx, ui));
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), keys), Sense::hover());
    let width = ((area.width() + GAP) / 10.0 - GAP).min(WIDEST);
    let left = area.center().x - (10.0 * (width + GAP) - GAP) / 2.0;
    let place = |row: usize, column: f32, keys: f32| {
        let at = pos2(left + column * (width + GAP), area.top() + row as f32 * (HEIGHT + GAP));
        Rect::from_min_size(at, vec2(keys * (width + GAP) - GAP, HEIGHT))
    };
    for (row, (letters, indent)) in KEYS.iter().zip(INDENTS).enumerate() {
        for (column, letter) in letters.chars().enumerate() {
            let leads = fingers.next.as_ref().is_some_and(|next| next.contains(&letter));
            let rect = place(row, column as f32 + indent, 1.0);
            let name = letter.to_ascii_uppercase().to_string();
            if key_ui(cx, ui, rect, &name, &name, leads, false).clicked() {
                push(cx, FingerCommand::Letter(letter));
            }
        }
    }
    let any = !fingers.typed.is_empty();
    if key_ui(cx, ui, place(3, 8.0, 1.0), icons::ARROW_LEFT, words.erase, any, false).clicked() {
        push(cx, FingerCommand::Erase);
    }
    if key_ui(cx, ui, place(3, 9.0, 1.0), words.clear, words.clear, any, false).clicked() {
        push(cx, FingerCommand::Clear);
    }
}

/// What was typed, or what to do.
fn typed_ui(cx: &ViewContext<'_>, ui: &mut Ui) {
    let (palette, words, typed) = (cx.palette, &cx.words.fingers, &cx.state.fingers.typed);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    ui.painter().rect(rect, RADIUS, palette.raised, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);
    let (text, font, ink) = match typed.is_empty() {
        true => (words.type_here, theme::sans(size::LARGE), palette.ink_weak),
        false => (typed.as_str(), theme::sans(size::HEADING), palette.ink),
    };
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Label, true, text));
    let at = rect.left_center() + vec2(space::L, 0.0);
    ui.painter().text(at, Align2::LEFT_CENTER, text, font, ink);
}
