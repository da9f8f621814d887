//! The shelf: all archives of the library, each with its picture, dates and size; a click opens one.

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{
    Align2, CornerRadius, Key, Rect, RichText, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::{Capability, Command, Location, Route};
use crate::archive::{ArchiveId, ReportField};
use crate::library::Volume;
use crate::search::Query;

use super::theme::{self, CONTROL, RADIUS, size, space};
use super::widgets::{chosen, flush, focus_ring, icon_button, line, page_ui, photo_fill_in};
use super::{ViewContext, archive_title, icons};

/// Cards are at least this wide, in points.
const CARD: f32 = 400.0;
const CARD_HEIGHT: f32 = 144.0;
/// A page narrower than this has the filter below the title.
const TITLE_AND_FILTER: f32 = 640.0;

/// The shelf's own memory.
#[derive(Default)]
pub struct Shelf {
    /// What the archives' names must hold to be shown.
    filter: String,
    /// The archives that are shown, and for what.
    shown: Vec<ArchiveId>,
    shown_for: Option<String>,
}

pub fn shelf_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, shelf: &mut Shelf) {
    page_ui(ui, "shelf", 1180.0, |ui, _| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(space::XL);
        heading_ui(cx, ui, shelf);
        ui.add_space(space::XL);
        if shelf.shown(cx).is_empty() {
            let said = (cx.words.nothing_found)(shelf.filter.trim());
            ui.label(RichText::new(said).size(size::LARGE).color(cx.palette.ink_weak));
        } else {
            cards_ui(cx, ui, &shelf.shown);
        }
    });
}

impl Shelf {
    /// The archives that the filter leaves, in their order.
    fn shown(&mut self, cx: &ViewContext<'_>) -> &[ArchiveId] {
        if self.shown_for.as_ref() != Some(&self.filter) {
            let library = &cx.state.library;
            self.shown = match self.filter.trim() {
                "" => library.archive_ids().collect(),
                filter => library.called(&Query::parse(filter)),
            };
            self.shown_for = Some(self.filter.clone());
        }
        &self.shown
    }
}

/// The library's name and size, and the filter.
fn heading_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, shelf: &mut Shelf) {
    let width = ui.available_width();
    // There is none where nothing can be typed.
    let filtered = cx.state.shell.allows(&Command::FocusSearch);
    let beside = filtered && width >= TITLE_AND_FILTER;
    let filter_width = if beside { (width * 0.32).clamp(240.0, 340.0) } else { width };
    let room = if beside { width - filter_width - space::XL } else { width };
    let palette = cx.palette;
    let library = &cx.state.library;
    let title = library.title().into_owned();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 72.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &title));
    line(ui, rect.min, &title, theme::serif_bold(28.0), palette.ink, room);
    let sum = |of: fn(&Volume) -> usize| library.volumes().iter().map(|volume| of(volume)).sum();
    let (sections, photos) = (sum(|v| v.archive.sections.len()), sum(|v| v.archive.photos.len()));
    let said = (cx.words.shelf_size)(library.volumes().len(), sections, photos);
    let at = rect.min + vec2(0.0, 46.0);
    let below = ui.interact(Rect::from_min_max(at, rect.max), ui.scope_id().with("size"), Sense::hover());
    below.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    line(ui, at, &said, theme::sans(size::BODY), palette.ink_weak, room);
    if !filtered {
        return;
    }
    let (at, height) = (rect.right_top(), CONTROL + space::XS);
    let field = if beside {
        Rect::from_min_size(pos2(at.x - filter_width, at.y + space::S), vec2(filter_width, height))
    } else {
        ui.add_space(space::M);
        ui.allocate_exact_size(vec2(width, height), Sense::hover()).0
    };
    filter_ui(cx, ui, shelf, field);
}

fn filter_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, shelf: &mut Shelf, rect: Rect) {
    let palette = cx.palette;
    let id = ui.scope_id().with("shelf filter");
    let focused = ui.ctx().memory(|m| m.has_focus(id));
    let stroke = if focused { Stroke::new(2.0, palette.accent) } else { Stroke::new(1.0, palette.hairline) };
    ui.painter().rect(rect, RADIUS, palette.raised, stroke, StrokeKind::Inside);
    let at = rect.left_center() + vec2(space::L + 2.0, 0.0);
    ui.painter().text(at, Align2::CENTER_CENTER, icons::MAGNIFYING_GLASS, theme::sans(18.0), palette.ink_weak);
    let clear = if shelf.filter.is_empty() { 0.0 } else { CONTROL };
    let mut inner = rect;
    inner.min.x += space::XL + space::M;
    inner.max.x -= space::S + clear;
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut field = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
    let edit = TextEdit::singleline(&mut shelf.filter)
        .id(id)
        .frame(egui::Frame::NONE)
        .font(theme::sans(size::BODY))
        .hint_text(RichText::new(cx.words.shelf_filter).color(palette.ink_weak))
        .align(Align2::LEFT_CENTER)
        .desired_width(inner.width());
    let response = field.add(edit);
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(cx.words.shelf_filter));
    if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
        // Whoever has typed enough need not aim.
        let first = shelf.shown(cx).first().copied();
        first.into_iter().for_each(|id| cx.push(open(id)));
    }
    if clear > 0.0 {
        let center = rect.right_center() - vec2(CONTROL / 2.0 + 2.0, 0.0);
        let at = Rect::from_center_size(center, vec2(CONTROL, CONTROL));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(at));
        if icon_button(cx, &mut child, icons::X, cx.words.clear_filter).clicked() {
            shelf.filter.clear();
        }
    }
}

/// The cards; of thousands, only those near the screen are drawn.
fn cards_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, shown: &[ArchiveId]) {
    let gap = space::L;
    let width = ui.available_width();
    let columns = ((width + gap) / (CARD + gap)).floor().max(1.0) as usize;
    let card = (width - gap * (columns as f32 - 1.0)) / columns as f32;
    let rows = shown.len().div_ceil(columns);
    let pitch = CARD_HEIGHT + gap;
    let top = ui.cursor().min;
    ui.allocate_exact_size(vec2(width, rows as f32 * pitch - gap), Sense::hover());
    // One more on each side, which the keyboard can go on to.
    let row_at = |y: f32| ((y - top.y) / pitch).floor();
    let first = (row_at(ui.clip_rect().top()) - 1.0).max(0.0) as usize;
    let last = ((row_at(ui.clip_rect().bottom()) + 2.0).max(0.0) as usize).min(rows);
    for row in first..last {
        for (column, id) in shown.iter().enumerate().skip(row * columns).take(columns) {
            let x = top.x + (column % columns) as f32 * (card + gap);
            let rect = Rect::from_min_size(pos2(x, top.y + row as f32 * pitch), vec2(card, CARD_HEIGHT));
            card_ui(cx, ui, *id, rect, (column, shown.len()));
        }
    }
}

/// An archive: its picture, title, dates, place and size.
fn card_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ArchiveId, rect: Rect, (index, of): (usize, usize)) {
    let words = cx.words;
    let palette = cx.palette;
    let state = cx.state;
    let volume = state.library.volume(id);
    let archive = &volume.archive;
    let title = archive_title(words, archive);
    let date = date_of(cx, volume);
    let held = (words.archive_size)(archive.reports.len(), archive.sections.len(), archive.photos.len());
    // What is wrong and where the file lies is for those who can open another.
    let keeps = state.shell.can(Capability::Open);
    let problems = archive.diagnostics.len();
    let problems = (keeps && problems > 0).then(|| (words.problem_count)(problems));
    let place = keeps.then(|| state.library.name(id));

    let response = ui.interact(rect, ui.scope_id().with(("archive", id)), Sense::click());
    let parts = [Some(&*title), date.as_deref(), Some(&*held), problems.as_deref(), place];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_position_in_set(index + 1);
        node.set_size_of_set(of);
    });
    let fill = if response.hovered() { palette.hover } else { palette.page };
    ui.painter().rect(rect, RADIUS, fill, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);

    let picture = Rect::from_min_size(rect.min, vec2((rect.height() * 1.2).min(rect.width() * 0.42), rect.height()));
    match volume.picture {
        Some(photo) => photo_fill_in(cx, ui, id, photo, picture),
        None => plate_ui(cx, ui, volume, &title, picture),
    }
    let mut text = Rect::from_min_max(picture.right_top(), rect.max).shrink2(vec2(space::L, space::M));
    if let Some(date) = &date {
        text.min.y += line(ui, text.min, date, theme::sans(size::SMALL), palette.accent, text.width());
        text.min.y += 2.0;
    }
    let mut job = flush(LayoutJob::simple(title, theme::serif_bold(size::LARGE), palette.ink, text.width()));
    job.wrap.max_rows = 2;
    job.wrap.break_anywhere = false;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(text.min, galley, palette.ink);
    let small = theme::sans(size::SMALL);
    let mut bottom = text.bottom() - size::SMALL * 1.45;
    if let Some(place) = place {
        line(ui, pos2(text.left(), bottom), place, small.clone(), palette.ink_weak, text.width());
        bottom -= size::SMALL * 1.6;
    }
    let mut room = text.width();
    if let Some(problems) = problems {
        let at = pos2(text.right(), bottom + size::SMALL * 0.72);
        let said = format!("{} {problems}", icons::WARNING);
        let told = ui.painter().text(at, Align2::RIGHT_CENTER, said, small.clone(), palette.warning);
        room = told.left() - text.left() - space::S;
    }
    line(ui, pos2(text.left(), bottom), &held, small, palette.ink_weak, room);
    focus_ring(cx, ui, &response, rect);
    if chosen(response) {
        cx.push(open(id));
    }
}

/// What stands for an archive without a picture: its last year, or how its title begins.
fn plate_ui(cx: &ViewContext<'_>, ui: &Ui, volume: &Volume, title: &str, rect: Rect) {
    let palette = cx.palette;
    let corners = CornerRadius { nw: RADIUS, sw: RADIUS, ..CornerRadius::ZERO };
    let inside = rect.shrink(1.0);
    ui.painter().rect_filled(inside, corners, palette.accent_soft);
    let (said, points) = match &volume.years {
        Some(years) => (years.end().to_string(), rect.width() * 0.27),
        None => (title.chars().find(|c| c.is_alphanumeric()).into_iter().collect(), rect.width() * 0.4),
    };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, said, theme::serif_bold(points.round()), palette.accent);
    let rule = Rect::from_min_max(pos2(inside.left(), inside.bottom() - 3.0), inside.max);
    ui.painter().rect_filled(rule, CornerRadius { sw: RADIUS, ..CornerRadius::ZERO }, palette.accent);
}

/// The date of a single report, the years of several.
fn date_of(cx: &ViewContext<'_>, volume: &Volume) -> Option<String> {
    match volume.archive.reports.as_slice() {
        [report] => {
            let date = report.about(ReportField::DateIssued).filter(|date| !date.trim().is_empty());
            date.map(cx.words.date)
        }
        _ => volume.years.as_ref().map(|years| (cx.words.years)(*years.start(), *years.end())),
    }
}

fn open(archive: ArchiveId) -> Command {
    Command::GoTo(Location { archive, route: Route::Cover })
}
