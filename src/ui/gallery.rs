//! All photos as a grid with their captions.

use egui::accesskit::Role;
use egui::{Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, Route};
use crate::archive::PhotoId;
use crate::typeset::full_width;

use super::theme::{self, size, space};
use super::widgets::{chosen, focus_ring, page_ui, photo_fill, photo_name};
use super::{ViewContext, page_title};

/// Cards are at least this wide, in points, so that a small window has two of them side by side.
const CARD: f32 = 240.0;

pub fn gallery_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    page_ui(ui, "gallery", 1280.0, |ui, _| {
        let photos: Vec<PhotoId> = cx.archive().photo_ids().collect();
        page_title(cx, ui, cx.words.gallery, &(cx.words.photos)(photos.len()));
        if photos.is_empty() {
            ui.label(egui::RichText::new(cx.words.no_photos).size(size::LARGE).color(cx.palette.ink_weak));
            return;
        }
        let gap = space::XL;
        let width = ui.available_width();
        let columns = ((width + gap) / (CARD + gap)).floor().clamp(1.0, 4.0);
        let card = (width - gap * (columns - 1.0)) / columns;
        for row in photos.chunks(columns as usize) {
            // Rows off the screen are skipped: what is not drawn is not read either.
            let height = card_height(card);
            let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            if ui.is_rect_visible(rect) {
                for (i, photo) in row.iter().enumerate() {
                    let left = rect.left() + i as f32 * (card + gap);
                    let place = Rect::from_min_size(pos2(left, rect.top()), vec2(card, height));
                    card_ui(cx, ui, *photo, place);
                }
            }
            ui.add_space(gap - ui.spacing().item_spacing.y);
        }
    });
}

fn card_height(width: f32) -> f32 {
    width * 0.75 + space::L + size::BODY * 1.5 + space::S
}

/// A photo with its caption; a click opens it.
pub fn photo_card(cx: &mut ViewContext<'_>, ui: &mut Ui, photo: PhotoId, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, card_height(width)), Sense::hover());
    card_ui(cx, ui, photo, rect);
}

fn card_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, photo: PhotoId, rect: Rect) {
    let response = ui.interact(rect, ui.scope_id().with(("card", photo)), Sense::click());
    let caption = cx.archive().photo(photo).label().unwrap_or(cx.words.untitled).to_owned();
    let name = photo_name(cx, photo);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let palette = cx.palette;
    let fill = if response.hovered() { palette.hover } else { palette.page };
    ui.painter().rect(rect, theme::RADIUS, fill, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);
    let frame = Rect::from_min_size(rect.min, vec2(rect.width(), rect.width() * 0.75));
    photo_fill(cx, ui, photo, frame);
    let at = pos2(rect.left() + space::M, frame.bottom() + space::M);
    super::widgets::line(
        ui,
        at,
        &full_width(&caption),
        theme::serif_bold(size::BODY),
        palette.ink,
        rect.width() - 2.0 * space::M,
    );
    focus_ring(cx, ui, &response, rect);
    if chosen(response) {
        cx.push(Command::Go(Route::Photo(photo)));
    }
}
