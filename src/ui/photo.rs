//! One photo, as large as the window: zoom, pan, its neighbours, its details, a copy of it.

use std::ops::Range;

use egui::accesskit::Role;
use egui::{
    Align, Color32, Event, Key, Layout, Pos2, Rect, Response, Sense, TouchPhase, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::app::{Capability, Command, Route};
use crate::archive::{ArchiveId, PhotoId};
use crate::library::{Field, FieldPlace, Target};
use crate::text;

use super::about::row_ui;
use super::pictures::{Look, PictureSize};
use super::theme::{self, size, space};
use super::widgets::{
    IconStyle, badge, flush_text, icon_button_with, marked_job, page_has_keys, photo_name, placeholder,
};
use super::{ViewContext, heading_text, icons};

const TOOLBAR: f32 = 56.0;
const DETAILS_WIDTH: f32 = 320.0;
/// One step of the zoom buttons.
const STEP: f32 = 1.25;
/// How far a finger passes over a picture to come to the next, in points.
const SWIPE: f32 = 60.0;
/// Screen points a picture's pixel may become.
const MAX_ZOOM: f32 = 8.0;

/// How the photo that is looked at is zoomed and moved.
#[derive(Default)]
pub struct PhotoView {
    photo: Option<(ArchiveId, PhotoId)>,
    /// Screen points for a pixel of the original; `None` fits the window.
    zoom: Option<f32>,
    /// Place of the picture's centre from the view's, in points.
    pan: Vec2,
    details: bool,
    /// The hit for which the details were opened last.
    shown_hit: Option<usize>,
}

/// Where a picture stands in the view.
#[derive(Clone, Copy)]
struct Placing {
    view: Rect,
    /// Pixels of the original.
    picture: Vec2,
}

impl Placing {
    fn fit(&self) -> f32 {
        let room = (self.view.size() - Vec2::splat(space::XL * 2.0)).max(Vec2::splat(1.0));
        (room.x / self.picture.x).min(room.y / self.picture.y).min(2.0)
    }
}

impl PhotoView {
    fn look_at(&mut self, photo: (ArchiveId, PhotoId)) {
        if self.photo != Some(photo) {
            *self = Self { photo: Some(photo), details: self.details, shown_hit: self.shown_hit, ..Self::default() };
        }
    }

    /// Opens the details for a hit that stands in them.
    fn show_hit(&mut self, cx: &ViewContext<'_>, photo: PhotoId) {
        let search = &cx.state.search;
        if self.shown_hit == search.current {
            return;
        }
        self.shown_hit = search.current;
        self.details |= search.current_hit().is_some_and(|hit| {
            let here = hit.archive == cx.state.archive_id() && hit.place.target == Target::Photo(photo);
            here && hit.place.field != Field::Caption
        });
    }

    fn scale(&self, placing: Placing) -> f32 {
        self.zoom.unwrap_or_else(|| placing.fit())
    }

    fn rect(&self, placing: Placing) -> Rect {
        Rect::from_center_size(placing.view.center() + self.pan, placing.picture * self.scale(placing))
    }

    /// Zooms by a factor; what is under `anchor` stays there.
    fn zoom_by(&mut self, placing: Placing, factor: f32, anchor: Pos2) {
        let fit = placing.fit();
        let old = self.scale(placing);
        let new = (old * factor).clamp(fit.min(1.0) * 0.5, MAX_ZOOM.max(fit));
        let from_center = anchor - placing.view.center() - self.pan;
        self.pan += from_center * (1.0 - new / old);
        self.zoom = Some(new);
        self.keep_in_view(placing);
    }

    fn pan_by(&mut self, placing: Placing, delta: Vec2) {
        self.pan += delta;
        self.keep_in_view(placing);
    }

    fn fit(&mut self) {
        self.zoom = None;
        self.pan = Vec2::ZERO;
    }

    /// A picture larger than the view covers it; a smaller one stays whole in it.
    fn keep_in_view(&mut self, placing: Placing) {
        let slack = (placing.picture * self.scale(placing) - placing.view.size()).abs() / 2.0;
        self.pan = self.pan.clamp(-slack, slack);
    }
}

pub fn photo_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, view: &mut PhotoView, photo: PhotoId) {
    view.look_at((cx.state.archive_id(), photo));
    view.show_hit(cx, photo);
    let all = ui.max_rect();
    let palette = cx.palette;
    ui.painter().rect_filled(all, 0, palette.darkroom);
    let toolbar = Rect::from_min_size(all.min, vec2(all.width(), TOOLBAR));
    let caption_height = 64.0;
    let details = view.details;
    let details_width = if details { DETAILS_WIDTH.min(all.width() * 0.5) } else { 0.0 };
    let stage = Rect::from_min_max(
        pos2(all.left(), toolbar.bottom()),
        pos2(all.right() - details_width, all.bottom() - caption_height),
    );
    let look = cx.look(ui, photo, PictureSize::Full);
    let picture = match &look {
        Look::Ready { original, .. } => *original,
        _ => {
            cx.archive().photo(photo).dimensions.map_or(vec2(3.0, 2.0), |(w, h)| vec2(w.max(1) as f32, h.max(1) as f32))
        }
    };
    let placing = Placing { view: stage, picture };
    stage_ui(cx, ui, view, photo, placing, &look);
    toolbar_ui(cx, ui, view, photo, placing, toolbar);
    caption_ui(cx, ui, photo, Rect::from_min_max(pos2(all.left(), stage.bottom()), pos2(stage.right(), all.bottom())));
    if details {
        details_ui(cx, ui, photo, Rect::from_min_max(pos2(stage.right(), toolbar.bottom()), all.max));
    }
    keys(cx, ui, view, photo, placing);
}

fn stage_ui(
    cx: &mut ViewContext<'_>,
    ui: &mut Ui,
    view: &mut PhotoView,
    photo: PhotoId,
    placing: Placing,
    look: &Look,
) {
    let stage = placing.view;
    let response = ui.interact(stage, ui.scope_id().with("stage"), Sense::CLICK | Sense::DRAG);
    let alt = photo_name(cx, photo);
    let percent = (view.scale(placing) * 100.0).round();
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("{alt} {percent}%")));
    match look {
        Look::Ready { texture, .. } => {
            let rect = view.rect(placing);
            let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            ui.painter_at(stage).image(texture.id(), rect, uv, Color32::WHITE);
            badge(cx, ui, cx.archive().photo(photo).kind, rect.intersect(stage));
        }
        Look::Loading => {
            let center = Rect::from_center_size(stage.center(), Vec2::splat(40.0));
            ui.put(center, egui::Spinner::new().size(32.0).color(cx.palette.on_darkroom));
        }
        Look::Failed(error) => {
            let message = (cx.words.photo_error)(error);
            let frame = Rect::from_center_size(stage.center(), (stage.size() * 0.7).min(vec2(520.0, 320.0)));
            placeholder(cx, ui, frame, icons::WARNING, &format!("{} {}", message.what, message.remedy));
        }
    }
    if response.dragged() {
        view.pan_by(placing, response.drag_delta());
    }
    if let Some(step) = swiped(ui, &response).filter(|_| view.zoom.is_none()) {
        cx.push(Command::Beside(step));
    }
    if response.double_clicked() {
        match view.zoom {
            None => {
                let at = response.interact_pointer_pos().unwrap_or(stage.center());
                view.zoom_by(placing, (1.0 / placing.fit()).max(2.0), at);
            }
            Some(_) => view.fit(),
        }
    }
    if response.contains_pointer() {
        let (pinch, wheel, pointer) = ui.input(|i| (i.zoom_delta(), i.smooth_scroll_delta().y, i.pointer.hover_pos()));
        let factor = pinch * (wheel / 240.0).exp();
        if factor != 1.0 {
            view.zoom_by(placing, factor, pointer.unwrap_or(stage.center()));
        }
    }
}

/// A finger has passed over a picture: to the next (1), or to the one before (-1).
fn swiped(ui: &Ui, response: &Response) -> Option<isize> {
    let lifted = |event: &Event| matches!(event, Event::Touch { phase: TouchPhase::End, .. });
    let way = response.total_drag_delta().filter(|way| way.x.abs() > SWIPE && way.x.abs() > 2.0 * way.y.abs())?;
    let swiped = response.drag_stopped() && ui.input(|i| i.events.iter().any(lifted));
    swiped.then_some(if way.x < 0.0 { 1 } else { -1 })
}

fn toolbar_ui(
    cx: &mut ViewContext<'_>,
    ui: &mut Ui,
    view: &mut PhotoView,
    photo: PhotoId,
    placing: Placing,
    rect: Rect,
) {
    let words = cx.words;
    let ink = Some(cx.palette.on_darkroom);
    let style = |disabled| IconStyle { ink, disabled, ..Default::default() };
    let mut bar = ui.new_child(
        egui::UiBuilder::new().max_rect(rect.shrink2(vec2(space::M, 0.0))).layout(Layout::left_to_right(Align::Center)),
    );
    bar.spacing_mut().item_spacing.x = space::XS;
    if icon_button_with(cx, &mut bar, icons::X, words.close, style(false)).clicked() {
        cx.push(Command::ClosePhoto);
    }
    let archive = cx.archive();
    let (previous, next) = (archive.photo_beside(photo, -1), archive.photo_beside(photo, 1));
    let place = (words.page_of)(photo.index() + 1, archive.photos.len());
    if icon_button_with(cx, &mut bar, icons::CARET_LEFT, words.previous, style(previous.is_none())).clicked() {
        cx.push(Command::Beside(-1));
    }
    bar.label(egui::RichText::new(place).size(size::BODY).color(cx.palette.on_darkroom));
    if icon_button_with(cx, &mut bar, icons::CARET_RIGHT, words.next, style(next.is_none())).clicked() {
        cx.push(Command::Beside(1));
    }
    let search = &cx.state.search;
    if let (false, Some(current)) = (search.is_idle(), search.current) {
        bar.add_space(space::XL);
        let hits = (words.page_of)(current + 1, search.found.count);
        let text = format!("{}  {hits}", icons::MAGNIFYING_GLASS);
        bar.label(egui::RichText::new(text).size(size::BODY).color(cx.palette.on_darkroom));
        for (icon, name, step) in [(icons::CARET_UP, words.previous_hit, -1), (icons::CARET_DOWN, words.next_hit, 1)] {
            if icon_button_with(cx, &mut bar, icon, name, style(false)).clicked() {
                cx.push(Command::BesideHit(step));
            }
        }
    }
    bar.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let details = IconStyle { toggled: Some(view.details), ink, ..Default::default() };
        if icon_button_with(cx, ui, icons::INFO, words.details, details).clicked() {
            view.details = !view.details;
        }
        let no_file = cx.archive().photo(photo).file.is_none();
        if cx.state.shell.can(Capability::SaveFiles)
            && icon_button_with(cx, ui, icons::DOWNLOAD, words.save_copy, style(no_file)).clicked()
        {
            cx.push(Command::SaveCopy(photo));
        }
        if icon_button_with(cx, ui, icons::CORNERS_OUT, words.fit, style(view.zoom.is_none())).clicked() {
            view.fit();
        }
        let center = placing.view.center();
        if icon_button_with(cx, ui, icons::PLUS, words.zoom_in, style(false)).clicked() {
            view.zoom_by(placing, STEP, center);
        }
        let percent = format!("{:.0}%", view.scale(placing) * 100.0);
        let text = egui::RichText::new(percent).size(size::BODY).color(cx.palette.on_darkroom);
        ui.add_sized(vec2(52.0, TOOLBAR), egui::Label::new(text));
        if icon_button_with(cx, ui, icons::MINUS, words.zoom_out, style(false)).clicked() {
            view.zoom_by(placing, 1.0 / STEP, center);
        }
    });
}

fn caption_ui(cx: &ViewContext<'_>, ui: &Ui, photo: PhotoId, rect: Rect) {
    let palette = cx.palette;
    let record = cx.archive().photo(photo);
    let caption = record.label().unwrap_or(cx.words.untitled);
    let field = if record.caption.is_some() { Field::Caption } else { Field::Title };
    let marks = cx.state.marks(FieldPlace { target: Target::Photo(photo), field });
    let font = theme::serif_bold(size::LARGE + 2.0);
    let plain = egui::text::TextFormat::simple(font, palette.on_darkroom);
    let marked = egui::text::TextFormat { color: palette.ink, background: palette.mark, ..plain.clone() };
    let mut job = marked_job(caption, marks, plain, marked);
    job.wrap.max_width = rect.width() - space::XXL;
    job.wrap.max_rows = 2;
    job.halign = Align::Center;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let response = ui.interact(rect, ui.scope_id().with("caption"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Caption, true, caption));
    ui.painter().galley(rect.center() - vec2(0.0, galley.size().y / 2.0), galley, palette.on_darkroom);
}

fn details_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, photo: PhotoId, rect: Rect) {
    let words = cx.words;
    ui.painter().rect_filled(rect, 0, cx.palette.page);
    let mut panel = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink(space::L)));
    egui::ScrollArea::vertical().id_salt("details").auto_shrink(false).show(&mut panel, |ui| {
        // Room for the scroll bar.
        ui.set_width(ui.available_width() - space::M);
        let record = cx.archive().photo(photo);
        let marks = |field| cx.state.marks(FieldPlace { target: Target::Photo(photo), field });
        let found = |name, value: &Option<String>, field| value.clone().map(|value| (name, value, marks(field)));
        let mut rows: Vec<(&str, String, &[Range<usize>])> = Vec::new();
        rows.extend(found((words.field)(Field::Title), &record.title, Field::Title));
        rows.extend(found(words.caption, &record.caption, Field::Caption));
        rows.push((words.kind, (words.photo_kind)(record.kind).to_owned(), &[]));
        rows.extend(
            record
                .about
                .iter()
                .map(|(field, value)| ((words.photo_field)(*field), value.clone(), marks(Field::Photo(*field)))),
        );
        rows.extend(found(words.alt, &record.alt, Field::Alt));
        rows.push((words.photo_key, record.key.clone(), &[]));
        rows.extend(record.file.as_ref().map(|file| (words.file, file.file_name().to_owned(), &[][..])));
        let dimensions = record.dimensions.map(|(width, height)| format!("{width} × {height}"));
        rows.extend(dimensions.map(|size| (words.dimensions, size, &[][..])));
        rows.extend(record.bytes.map(|bytes| (words.file_size, text::file_size(bytes), &[][..])));
        for (name, value, marks) in rows {
            row_ui(cx, ui, name, &value, marks);
        }
        let Some(section) = cx.archive().photo(photo).section else { return };
        ui.add_space(space::S);
        let title = heading_text(words, cx.archive().section(section));
        ui.label(egui::RichText::new(words.in_section).size(14.0).color(cx.palette.ink_weak));
        if ui.link(flush_text(title, theme::serif(size::BODY + 1.0), cx.palette.link)).clicked() {
            cx.push(Command::Go(Route::Section(section)));
        }
    });
}

fn keys(cx: &mut ViewContext<'_>, ui: &Ui, view: &mut PhotoView, photo: PhotoId, placing: Placing) {
    if cx.state.overlay.is_some() {
        return;
    }
    if ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, Key::S)) {
        cx.push(Command::SaveCopy(photo));
    }
    if !page_has_keys(ui.ctx()) {
        return;
    }
    let center = placing.view.center();
    // Shift is allowed: on many keyboards + is Shift and =.
    let pressed = |key| ui.input(|i| !i.modifiers.command && !i.modifiers.alt && i.key_pressed(key));
    if pressed(Key::Plus) || pressed(Key::Equals) {
        view.zoom_by(placing, STEP, center);
    }
    if pressed(Key::Minus) {
        view.zoom_by(placing, 1.0 / STEP, center);
    }
    if pressed(Key::Num0) {
        view.fit();
    }
    if pressed(Key::I) {
        view.details = !view.details;
    }
    for (key, delta) in
        [(Key::W, vec2(0.0, 80.0)), (Key::S, vec2(0.0, -80.0)), (Key::A, vec2(80.0, 0.0)), (Key::D, vec2(-80.0, 0.0))]
    {
        if pressed(key) {
            view.pan_by(placing, delta);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACING: Placing =
        Placing { view: Rect::from_min_max(Pos2::ZERO, pos2(1000.0, 800.0)), picture: vec2(4000.0, 3000.0) };

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let mut view = PhotoView::default();
        view.zoom_by(PLACING, 4.0, pos2(500.0, 400.0));
        let anchor = pos2(700.0, 300.0);
        let at = |view: &PhotoView| (anchor - view.rect(PLACING).min) / view.scale(PLACING);
        let before = at(&view);
        view.zoom_by(PLACING, 1.5, anchor);
        assert!((at(&view) - before).length() < 0.1);
    }

    #[test]
    fn a_picture_cannot_be_lost() {
        let mut view = PhotoView::default();
        view.zoom_by(PLACING, 4.0, pos2(0.0, 0.0));
        view.pan_by(PLACING, vec2(1e6, -1e6));
        assert!(view.rect(PLACING).contains_rect(PLACING.view));
        for _ in 0..100 {
            view.zoom_by(PLACING, 0.5, pos2(0.0, 0.0));
        }
        assert!(PLACING.view.contains_rect(view.rect(PLACING)));
        view.fit();
        assert!((view.scale(PLACING) - PLACING.fit()).abs() < 1e-6);
    }

    #[test]
    fn another_photo_starts_fitted() {
        let mut view = PhotoView::default();
        let archive = crate::archive::load(crate::archive::Source::Embedded).expect("bundled");
        let photo = archive.photo_ids().next().expect("a photo");
        view.look_at((ArchiveId::new(0), photo));
        view.zoom_by(PLACING, 2.0, Pos2::ZERO);
        view.look_at((ArchiveId::new(0), photo));
        assert!(view.zoom.is_some(), "the same photo stays as it is");
        view.look_at((ArchiveId::new(1), photo));
        assert!(view.zoom.is_none(), "the same number in another archive is another photo");
    }
}
