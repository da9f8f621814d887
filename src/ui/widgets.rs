//! Small pieces that several views are made of.

use std::ops::Range;

use egui::accesskit::Role;
use egui::containers::scroll_area::ScrollAreaOutput;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align2, Color32, CornerRadius, CursorIcon, Key, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::ViewContext;
use super::pictures::{Look, PictureSize};
use super::theme::{self, CONTROL, RADIUS, size, space};
use crate::archive::{ArchiveId, PhotoId, PhotoKind};
use crate::typeset::{begins_hollow, full_width};

/// A square button with an icon; its name shows when pointed at and is read out.
pub fn icon_button(cx: &ViewContext<'_>, ui: &mut Ui, icon: &str, name: &str) -> Response {
    icon_button_with(cx, ui, icon, name, IconStyle::default())
}

/// How an [`icon_button`] looks.
#[derive(Clone, Copy, Default)]
pub struct IconStyle {
    /// Whether what the button switches is on; `None` for buttons that switch nothing.
    pub toggled: Option<bool>,
    pub disabled: bool,
    /// Instead of the theme's ink, on a dark ground.
    pub ink: Option<Color32>,
}

pub fn icon_button_with(cx: &ViewContext<'_>, ui: &mut Ui, icon: &str, name: &str, style: IconStyle) -> Response {
    let sense = if style.disabled { Sense::hover() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(CONTROL), sense);
    response.widget_info(|| match style.toggled {
        Some(on) => WidgetInfo::selected(Role::Button, !style.disabled, on, name),
        None => WidgetInfo::labeled(Role::Button, !style.disabled, name),
    });
    let palette = cx.palette;
    let on = style.toggled == Some(true);
    let ink = match (style.ink, style.disabled, on) {
        (Some(ink), false, _) => ink,
        (Some(ink), true, _) => ink.gamma_multiply(0.35),
        (None, true, _) => palette.ink_weak.gamma_multiply(0.45),
        (None, false, true) => palette.accent,
        (None, false, false) => palette.ink,
    };
    if !style.disabled && (response.hovered() || on) {
        let fill = if style.ink.is_some() { ink.gamma_multiply(0.15) } else { palette.hover };
        ui.painter().rect_filled(rect, RADIUS, fill);
    }
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, theme::sans(size::ICON), ink);
    focus_ring(cx, ui, &response, rect);
    response.on_hover_text(name)
}

/// A button with words, filled where it is the main one of its view.
pub fn text_button(cx: &ViewContext<'_>, ui: &mut Ui, icon: Option<&str>, label: &str, main: bool) -> Response {
    let palette = cx.palette;
    let ink = if main { palette.on_accent } else { palette.ink };
    let font = theme::sans(size::BODY);
    let text = ui.painter().layout_no_wrap(label.to_owned(), font, ink);
    let icon_width = if icon.is_some() { size::ICON + space::S } else { 0.0 };
    let wanted = vec2(text.size().x + icon_width + space::XL * 1.5, CONTROL + space::XS);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let (fill, stroke) = match (main, response.hovered()) {
        (true, false) => (palette.accent, palette.accent),
        (true, true) => (palette.accent.lerp_to_gamma(palette.ink, 0.15), palette.accent),
        (false, false) => (palette.raised, palette.hairline),
        (false, true) => (palette.hover, palette.ink_weak),
    };
    ui.painter().rect(rect, RADIUS, fill, Stroke::new(1.0, stroke), StrokeKind::Inside);
    let left = rect.center().x - (text.size().x + icon_width) / 2.0;
    if let Some(icon) = icon {
        let at = pos2(left + size::ICON / 2.0, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, icon, theme::sans(size::ICON), ink);
    }
    ui.painter().galley(pos2(left + icon_width, rect.center().y - text.size().y / 2.0), text, ink);
    focus_ring(cx, ui, &response, rect);
    response
}

/// An entry of a menu; true when it is chosen.
pub fn menu_item(cx: &ViewContext<'_>, ui: &mut Ui, icon: &str, label: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, label));
    let palette = cx.palette;
    if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, palette.hover);
    }
    let center = rect.left_center() + vec2(space::L, 0.0);
    ui.painter().text(center, Align2::CENTER_CENTER, icon, theme::sans(size::ICON), palette.ink);
    let at = pos2(rect.left() + space::XXL, rect.center().y - size::BODY * 0.72);
    line(ui, at, label, theme::sans(size::BODY), palette.ink, rect.width() - space::XXL);
    focus_ring(cx, ui, &response, rect);
    response.clicked()
}

/// Whether keys mean the page: nothing on it has the keyboard, and nothing stands over it.
pub fn page_has_keys(ctx: &egui::Context) -> bool {
    ctx.memory(|m| m.focused().is_none() && m.top_modal_layer().is_none()) && !egui::Popup::is_any_open(ctx)
}

/// The ring around what the keyboard is on, which comes into view with it.
pub fn focus_ring(cx: &ViewContext<'_>, ui: &Ui, response: &Response, rect: Rect) {
    if response.gained_focus() {
        ui.scroll_to_rect(rect.expand(space::S), None);
    }
    if response.has_focus() {
        // One of the two is seen on any ground: on a filled button, on what is chosen, on a picture.
        let [outer, inner] = [cx.palette.accent, cx.palette.raised].map(|ink| Stroke::new(2.0, ink));
        ui.painter().rect_stroke(rect, RADIUS, outer, StrokeKind::Inside);
        ui.painter().rect_stroke(rect.shrink(outer.width), RADIUS - 2, inner, StrokeKind::Inside);
    }
}

/// Whether a link-like area was chosen; gives it the pointing hand.
pub fn chosen(response: Response) -> bool {
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

/// Draws a photo into `rect`, cut to fill it, with its kind's label; a placeholder while it is not there.
pub fn photo_fill(cx: &mut ViewContext<'_>, ui: &Ui, photo: PhotoId, rect: Rect) {
    photo_fill_in(cx, ui, cx.state.archive_id(), photo, rect);
}

/// [`photo_fill`] with a photo of any archive.
pub fn photo_fill_in(cx: &mut ViewContext<'_>, ui: &Ui, archive: ArchiveId, photo: PhotoId, rect: Rect) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let size = PictureSize::covering(rect.width().max(rect.height()) * ui.pixels_per_point());
    let corner = CornerRadius::same(RADIUS);
    match cx.look_in(archive, ui, photo, size) {
        Look::Ready { texture, .. } => {
            let uv = cover_uv(texture.size_vec2(), rect.size());
            let mut shape = egui::epaint::RectShape::filled(rect, corner, Color32::WHITE);
            shape.brush = Some(std::sync::Arc::new(egui::epaint::Brush { fill_texture_id: texture.id(), uv }));
            ui.painter().add(shape);
        }
        Look::Loading => placeholder(cx, ui, rect, super::icons::IMAGE, cx.words.photo_loading),
        Look::Failed(error) => {
            let message = (cx.words.photo_error)(&error);
            placeholder(cx, ui, rect, super::icons::WARNING, &message.what);
        }
    }
    badge(cx, ui, cx.state.library.archive(archive).photo(photo).kind, rect);
}

/// What stands where a picture cannot.
pub fn placeholder(cx: &ViewContext<'_>, ui: &Ui, rect: Rect, icon: &str, words: &str) {
    let palette = cx.palette;
    ui.painter().rect(rect, RADIUS, palette.desk, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);
    let center = rect.center();
    let icon_at = center - vec2(0.0, size::ICON);
    ui.painter().text(icon_at, Align2::CENTER_CENTER, icon, theme::sans(size::ICON * 1.6), palette.ink_weak);
    let galley =
        ui.painter().layout(words.to_owned(), theme::sans(size::SMALL), palette.ink_weak, rect.width() - space::L);
    let at = pos2(center.x - galley.size().x / 2.0, center.y + space::S);
    ui.painter_at(rect).galley(at, galley, palette.ink_weak);
}

/// The label that says plainly that a picture is no photo of the record.
pub fn badge(cx: &ViewContext<'_>, ui: &Ui, kind: PhotoKind, rect: Rect) {
    let Some([full, short]) = (cx.words.photo_kind_badge)(kind) else { return };
    let palette = cx.palette;
    let set =
        |words: &str| ui.painter().layout_no_wrap(words.to_owned(), theme::sans(size::SMALL), palette.on_darkroom);
    let text = Some(set(full)).filter(|text| text.size().x < rect.width() - space::XL).unwrap_or_else(|| set(short));
    let box_size = text.size() + vec2(space::M, space::S);
    let box_rect = Rect::from_min_size(rect.left_bottom() + vec2(space::S, -space::S - box_size.y), box_size);
    ui.painter().rect_filled(box_rect, 4, palette.darkroom.gamma_multiply(0.82));
    ui.painter().galley(box_rect.min + vec2(space::M, space::S) / 2.0, text, palette.on_darkroom);
}

/// The part of a picture that fills a frame without distortion.
pub fn cover_uv(picture: Vec2, frame: Vec2) -> Rect {
    let scale = (frame.x / picture.x.max(1.0)).max(frame.y / picture.y.max(1.0));
    let visible = frame / (picture * scale).max(Vec2::splat(1.0));
    Rect::from_center_size(pos2(0.5, 0.5), visible.min(Vec2::splat(1.0)))
}

/// Scrolls the area that `ui` stands in by the keyboard, where nothing else has it.
pub fn scroll_keys(ui: &Ui, page_height: f32) {
    if !page_has_keys(ui.ctx()) {
        return;
    }
    const LINE: f32 = 60.0;
    const ALL: f32 = 1e9;
    let page = page_height - LINE;
    let delta = ui.input(|i| {
        let pressed = |key| i.key_pressed(key) && i.modifiers.is_none();
        if pressed(Key::ArrowDown) {
            -LINE
        } else if pressed(Key::ArrowUp) {
            LINE
        } else if pressed(Key::PageDown) || pressed(Key::Space) {
            -page
        } else if pressed(Key::PageUp) || i.key_pressed(Key::Space) && i.modifiers.shift_only() {
            page
        } else if pressed(Key::Home) {
            ALL
        } else if pressed(Key::End) {
            -ALL
        } else {
            0.0
        }
    });
    if delta != 0.0 {
        ui.scroll_with_delta(vec2(0.0, delta));
    }
}

/// A page: a column of at most `max_width`, centred in what is there, that scrolls.
pub fn page_ui<R>(ui: &mut Ui, id: impl egui::AsIdSalt, max_width: f32, add: impl FnOnce(&mut Ui, Rect) -> R) -> R {
    scrolled_page_ui(ui, id, max_width, None, add).inner
}

/// [`page_ui`], scrolled to `offset` points from its top if there is one.
pub fn scrolled_page_ui<R>(
    ui: &mut Ui,
    id: impl egui::AsIdSalt,
    max_width: f32,
    offset: Option<f32>,
    add: impl FnOnce(&mut Ui, Rect) -> R,
) -> ScrollAreaOutput<R> {
    let view = ui.available_rect_before_wrap();
    let area = egui::ScrollArea::vertical();
    let area = offset.into_iter().fold(area, egui::ScrollArea::vertical_scroll_offset);
    area.id_salt(id).auto_shrink(false).show(ui, |ui| {
        scroll_keys(ui, view.height());
        let width = ui.available_width();
        let column = (width - 2.0 * space::XL).min(max_width).max(120.0);
        let left = ui.max_rect().left() + (width - column) / 2.0;
        let top = ui.cursor().top();
        let rect = Rect::from_min_size(pos2(left, top), vec2(column, f32::INFINITY));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
        child.set_width(column);
        let result = add(&mut child, view);
        let bottom = child.min_rect().bottom() + space::XXL;
        ui.allocate_rect(
            Rect::from_min_max(pos2(ui.max_rect().left(), top), pos2(left + column, bottom)),
            Sense::hover(),
        );
        result
    })
}

/// Draws one line of text cut with … to fit `width`; returns its height.
pub fn line(ui: &Ui, at: Pos2, text: &str, font: egui::FontId, ink: Color32, width: f32) -> f32 {
    let mut job = flush(LayoutJob::simple_singleline(text.to_owned(), font, ink));
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let height = galley.size().y;
    ui.painter().galley(at, galley, ink);
    height
}

/// Moves a mark that opens a text left by its blank half: its ink stands where other texts begin.
pub fn flush(mut job: LayoutJob) -> LayoutJob {
    if begins_hollow(&job.text)
        && let Some(first) = job.sections.first_mut()
    {
        first.leading_space -= first.format.font_id.size / 2.0;
    }
    job
}

/// A text for a label, [`flush`].
pub fn flush_text(text: String, font: egui::FontId, ink: Color32) -> LayoutJob {
    flush(LayoutJob::simple(text, font, ink, f32::INFINITY))
}

/// Draws one line of text, set smaller where `width` is not enough for it; cut only where small type is too wide as well.
pub fn fitted_line(ui: &Ui, at: Pos2, text: &str, mut font: egui::FontId, ink: Color32, width: f32) {
    let whole = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), ink).size();
    let share = (width / whole.x.max(1.0)).min(1.0);
    let points = (font.size * share).floor().clamp(size::SMALL.min(font.size), font.size);
    let lower = whole.y * (1.0 - points / font.size);
    font.size = points;
    line(ui, at + vec2(0.0, lower), text, font, ink, width);
}

/// What is read out of a picture: that it is no photo of the record, if so, and what it shows.
pub fn photo_name(cx: &ViewContext<'_>, photo: PhotoId) -> String {
    let record = cx.archive().photo(photo);
    let shown = record.label().or(record.alt.as_deref()).unwrap_or(cx.words.untitled);
    match (cx.words.photo_kind_badge)(record.kind) {
        Some([badge, _]) => format!("{shown}（{badge}）"),
        None => shown.to_owned(),
    }
}

/// A text as it is drawn, with the search's matches marked; `marks` are in characters of the stored text, in order.
pub fn marked_job(text: &str, marks: &[Range<usize>], plain: TextFormat, marked: TextFormat) -> LayoutJob {
    let mut job = LayoutJob::default();
    let drawn: Vec<char> = full_width(text).chars().collect();
    let mut at = 0;
    for mark in marks.iter().chain([&(drawn.len()..drawn.len())]) {
        let (start, end) = (mark.start.clamp(at, drawn.len()), mark.end.clamp(at, drawn.len()));
        let run = |range: Range<usize>| String::from_iter(&drawn[range]);
        if at < start {
            job.append(&run(at..start), 0.0, plain.clone());
        }
        if start < end {
            job.append(&run(start..end), 0.0, marked.clone());
        }
        at = end.max(at);
    }
    flush(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fills_its_frame_without_distortion() {
        for (picture, frame, expected) in [
            (vec2(400.0, 300.0), vec2(200.0, 150.0), vec2(1.0, 1.0)),
            (vec2(400.0, 200.0), vec2(100.0, 100.0), vec2(0.5, 1.0)),
            (vec2(100.0, 400.0), vec2(100.0, 100.0), vec2(1.0, 0.25)),
        ] {
            let size = cover_uv(picture, frame).size();
            assert!((size - expected).length() < 1e-4, "{picture:?} in {frame:?}: {size:?}");
        }
    }

    #[test]
    fn a_mark_that_opens_a_text_stands_half_a_character_further_left() {
        let format = |points: f32| TextFormat::simple(theme::sans(points), Color32::BLACK);
        for (text, moved) in
            [("《章程》", -10.0), ("（附件）", -10.0), ("“温泉”", -10.0), ("章程", 0.0), ("(a)", 0.0), ("", 0.0)]
        {
            let job = marked_job(text, &[], format(20.0), format(20.0));
            let first = job.sections.first().map_or(0.0, |section| section.leading_space);
            assert!((first - moved).abs() < 1e-4, "{text}: {first}");
        }
    }
}
