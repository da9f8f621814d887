//! The ways to the sections before and after.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Galley, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::Command;
use crate::archive::SectionId;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::{chosen, flush, focus_ring};
use crate::ui::{ViewContext, heading_text, icons};

const HEIGHT: f32 = 72.0;
/// Left and right of a title: the arrow stands in one of them.
const INSET: f32 = space::L * 2.0 + size::ICON * 0.6;

/// A way to the section before or after.
struct Way {
    /// −1 or 1.
    step: isize,
    word: &'static str,
    title: String,
}

/// Beside each other where their titles have room, else below each other.
pub fn neighbours_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: SectionId) {
    let ways = [(-1, cx.words.previous), (1, cx.words.next)].map(|(step, word)| {
        let to = cx.archive().section_beside(id, step)?;
        Some(Way { step, word, title: heading_text(cx.words, cx.archive().section(to)) })
    });
    let half = (ui.available_width() - space::L) / 2.0;
    let wanted = |way: &Way| title_galley(cx, ui, &way.title, f32::INFINITY).size().x;
    if ways.iter().flatten().all(|way| wanted(way) <= half - 2.0 * INSET) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for way in &ways {
                let (rect, _) = ui.allocate_exact_size(vec2(half, HEIGHT), Sense::hover());
                if let Some(way) = way {
                    way_ui(cx, ui, rect, way);
                }
            }
        });
    } else {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            for way in ways.iter().flatten() {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
                way_ui(cx, ui, rect, way);
            }
        });
    }
}

/// A title in one line, cut with … to fit `width`.
fn title_galley(cx: &ViewContext<'_>, ui: &Ui, title: &str, width: f32) -> Arc<Galley> {
    let font = theme::serif_bold(size::LARGE);
    let mut job = flush(LayoutJob::simple_singleline(title.to_owned(), font, cx.palette.ink));
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn way_ui(cx: &mut ViewContext<'_>, ui: &Ui, rect: Rect, way: &Way) {
    let back = way.step < 0;
    let response = ui.interact(rect, ui.scope_id().with(("beside", way.step)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{} {}", way.word, way.title)));
    let palette = cx.palette;
    let fill = if response.hovered() { palette.hover } else { palette.page };
    ui.painter().rect(rect, theme::RADIUS, fill, Stroke::new(1.0, palette.hairline), egui::StrokeKind::Inside);
    let (icon, align, edge) = if back {
        (icons::CARET_LEFT, Align2::LEFT_CENTER, rect.left() + space::L)
    } else {
        (icons::CARET_RIGHT, Align2::RIGHT_CENTER, rect.right() - space::L)
    };
    ui.painter().text(pos2(edge, rect.center().y), align, icon, theme::sans(size::ICON), palette.accent);
    let inner = rect.shrink2(vec2(INSET, space::M));
    let small = ui.painter().layout_no_wrap(way.word.to_owned(), theme::sans(size::SMALL), palette.ink_weak);
    let large = title_galley(cx, ui, &way.title, inner.width());
    let x = |w: f32| if back { inner.left() } else { inner.right() - w };
    let (small_x, large_x) = (x(small.size().x), x(large.size().x));
    ui.painter().galley(pos2(small_x, inner.top()), small, palette.ink_weak);
    ui.painter().galley(pos2(large_x, inner.bottom() - large.size().y), large, palette.ink);
    focus_ring(cx, ui, &response, rect);
    if chosen(response) {
        cx.push(Command::Beside(way.step));
    }
}
