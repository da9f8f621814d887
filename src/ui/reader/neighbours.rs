//! The ways to the sections before and after.

use egui::accesskit::Role;
use egui::{Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::Command;
use crate::archive::SectionId;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::{chosen, focus_ring};
use crate::ui::{ViewContext, heading_text, icons};

pub fn neighbours_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: SectionId) {
    let width = (ui.available_width() - space::L) / 2.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for (step, icon, word) in [(-1, icons::CARET_LEFT, cx.words.previous), (1, icons::CARET_RIGHT, cx.words.next)] {
            let (rect, _) = ui.allocate_exact_size(vec2(width, 72.0), Sense::hover());
            let Some(to) = cx.archive().section_beside(id, step) else { continue };
            let title = heading_text(cx.words, cx.archive().section(to));
            let response = ui.interact(rect, ui.scope_id().with(("beside", step)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{word} {title}")));
            let palette = cx.palette;
            let fill = if response.hovered() { palette.hover } else { palette.page };
            ui.painter().rect(rect, theme::RADIUS, fill, Stroke::new(1.0, palette.hairline), egui::StrokeKind::Inside);
            let align = if step < 0 { egui::Align2::LEFT_CENTER } else { egui::Align2::RIGHT_CENTER };
            let edge = if step < 0 { rect.left() + space::L } else { rect.right() - space::L };
            ui.painter().text(pos2(edge, rect.center().y), align, icon, theme::sans(size::ICON), palette.accent);
            let inner = rect.shrink2(vec2(space::L * 2.0 + size::ICON * 0.6, space::M));
            let small = ui.painter().layout_no_wrap(word.to_owned(), theme::sans(size::SMALL), palette.ink_weak);
            let mut job = egui::text::LayoutJob::simple_singleline(title, theme::serif_bold(size::LARGE), palette.ink);
            job.wrap = egui::text::TextWrapping::truncate_at_width(inner.width());
            let large = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let x = |w: f32| if step < 0 { inner.left() } else { inner.right() - w };
            let (small_x, large_x) = (x(small.size().x), x(large.size().x));
            ui.painter().galley(pos2(small_x, inner.top()), small, palette.ink_weak);
            ui.painter().galley(pos2(large_x, inner.bottom() - large.size().y), large, palette.ink);
            focus_ring(cx, ui, &response, rect);
            if chosen(response) {
                cx.push(Command::Beside(step));
            }
        }
    });
}
