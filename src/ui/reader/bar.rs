//! How far a section was read, and how long the rest takes.

use egui::accesskit::Role;
use egui::{Align2, Frame, Margin, Panel, Rect, Sense, Ui, WidgetInfo, pos2};

use crate::archive::SectionId;
use crate::ui::ViewContext;
use crate::ui::theme::{self, size, space};

/// Characters that one reads in a minute. Adults read Chinese silently at some 300 to 500; a guess at the lower end
/// disappoints nobody.
const CHARACTERS_A_MINUTE: usize = 350;

const HEIGHT: f32 = 30.0;

/// `read`: characters of the section's text that were on the screen or above it.
pub fn bar_ui(cx: &ViewContext<'_>, ui: &mut Ui, id: SectionId, read: usize) {
    let all = cx.archive().section(id).document.len();
    if all == 0 {
        return;
    }
    let palette = cx.palette;
    let frame = Frame::NONE.fill(palette.page).inner_margin(Margin::symmetric(space::L as i8, 0));
    Panel::bottom("reading").exact_size(HEIGHT).frame(frame).resizable(false).show(ui, |ui| {
        let rect = ui.max_rect();
        let part = read.min(all) as f32 / all as f32;
        let line = Rect::from_min_max(
            pos2(rect.left() - space::L, rect.top()),
            pos2(rect.right() + space::L, rect.top() + 2.0),
        );
        ui.painter().rect_filled(line, 0, palette.hairline);
        let done = Rect::from_min_size(line.min, egui::vec2(line.width() * part, 2.0));
        ui.painter().rect_filled(done, 0, palette.accent);
        let minutes = all.saturating_sub(read).div_ceil(CHARACTERS_A_MINUTE);
        let words = (cx.words.progress)((part * 100.0).round() as usize, minutes);
        let response = ui.allocate_rect(rect, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &words));
        let font = theme::sans(size::SMALL);
        ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, &words, font, palette.ink_weak);
    });
}
