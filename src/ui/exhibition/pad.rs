//! The PIN pad.

use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::keys::key_ui;
use crate::app::{Command, StaffCommand};
use crate::kiosk::pin::DIGITS;
use crate::ui::theme::{self, RADIUS, size, space};
use crate::ui::{ViewContext, icons};

const KEY: Vec2 = vec2(84.0, 56.0);

/// Until when no PIN is taken, after which answer.
#[derive(Default)]
pub struct Pad {
    answers: u64,
    until: f64,
}

pub fn pad_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, pad: &mut Pad) {
    let (palette, words, door) = (cx.palette, &cx.words.staff, &cx.state.staff.door);
    let now = ui.input(|i| i.time);
    if pad.answers != door.answers {
        *pad = Pad { answers: door.answers, until: now + door.wait_secs as f64 };
    }
    let left = (pad.until - now).max(0.0).ceil() as u64;
    let all = ui.max_rect();
    ui.painter().rect_filled(all, 0, palette.desk);
    let gap = space::S;
    let keys = vec2(3.0 * KEY.x + 2.0 * gap, 4.0 * KEY.y + 3.0 * gap);
    let whole = vec2(keys.x, keys.y + 120.0);
    let top = all.center().y - whole.y / 2.0;
    let middle = all.center().x;
    let heading = ui.painter().text(
        pos2(middle, top + 14.0),
        Align2::CENTER_CENTER,
        words.enter_pin,
        theme::serif_bold(size::HEADING),
        palette.ink,
    );
    ui.interact(heading, ui.scope_id().with("pin heading"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Heading, true, words.enter_pin));
    let box_rect = Rect::from_center_size(pos2(middle, top + 60.0), vec2(keys.x, 36.0));
    ui.painter().rect(box_rect, RADIUS, palette.raised, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);
    let dots = ui.interact(box_rect, ui.scope_id().with("pin dots"), Sense::hover());
    dots.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Label, true, (words.digits)(door.pin.len())));
    for index in 0..door.pin.len() {
        let x = middle + (index as f32 - (door.pin.len() as f32 - 1.0) / 2.0) * 18.0;
        ui.painter().circle_filled(pos2(x, box_rect.center().y), 5.0, palette.ink);
    }
    let said = match (left, door.pending, door.wrong) {
        (1.., ..) => (words.wait)(left),
        (0, true, _) => words.looking.to_owned(),
        (0, false, true) => words.wrong_pin.to_owned(),
        (0, false, false) => String::new(),
    };
    if !said.is_empty() {
        let at = pos2(middle, top + 96.0);
        let drawn = ui.painter().text(at, Align2::CENTER_CENTER, &said, theme::sans(size::BODY), palette.accent);
        ui.interact(drawn, ui.scope_id().with("pin said"), Sense::hover())
            .widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Alert, true, &said));
    }
    let (typing, enough) = (left == 0 && !door.pending, DIGITS.contains(&door.pin.len()));
    let corner = pos2(middle - keys.x / 2.0, top + 120.0);
    let place = |index: usize| {
        let (row, column) = (index / 3, index % 3);
        let at = corner + vec2(column as f32 * (KEY.x + gap), row as f32 * (KEY.y + gap));
        Rect::from_min_size(at, KEY)
    };
    for (index, digit) in "123456789".chars().enumerate() {
        if key_ui(cx, ui, place(index), &digit.to_string(), &digit.to_string(), typing, false).clicked() {
            cx.push(Command::Staff(StaffCommand::Digit(digit)));
        }
    }
    if key_ui(cx, ui, place(9), icons::ARROW_LEFT, words.erase, typing, false).clicked() {
        cx.push(Command::Staff(StaffCommand::Erase));
    }
    if key_ui(cx, ui, place(10), "0", "0", typing, false).clicked() {
        cx.push(Command::Staff(StaffCommand::Digit('0')));
    }
    if key_ui(cx, ui, place(11), words.enter, words.enter, typing && enough, true).clicked() {
        cx.push(Command::Staff(StaffCommand::Enter));
    }
    if left > 0 {
        ui.ctx().request_repaint_after_secs(0.5);
    }
}
