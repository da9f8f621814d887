//! The first page: headline, a picture, and the ways in.

use egui::accesskit::Role;
use egui::{FontId, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::{ArchiveKey, Command, Route};
use crate::archive::{Archive, FigureId, PhotoId, Report, ReportId};
use crate::library::{Field, FieldPlace, Target};
use crate::typeset::full_width;

use super::gallery::photo_card;
use super::rows::Rows;
use super::theme::{self, size, space};
use super::widgets::{
    chosen, fitted_line, flush, focus_ring, marked_job, page_ui, photo_fill, photo_name, text_button,
};
use super::{ViewContext, icons};

/// How many pictures the cover shows below its first; the gallery shows all.
const STRIP: usize = 10;

/// How many figures the cover shows.
const FIGURES: usize = 4;

/// How much of the page's height a picture above its headline takes at most.
const ABOVE: f32 = 0.45;

/// Titles longer than this are set smaller, in letters; a Chinese character takes the room of two.
const LONG_TITLE: usize = 64;

/// How high a report with a picture is likely to be, in points.
const REPORT: f32 = 640.0;

/// The cover's own memory.
pub type Cover = Rows<(ArchiveKey, u32)>;

pub fn cover_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, cover: &mut Cover) {
    page_ui(ui, "cover", 1120.0, |ui, view| {
        ui.add_space(space::XXL);
        let reports: Vec<ReportId> = cx.archive().report_ids().collect();
        if reports.is_empty() {
            ui.label(egui::RichText::new(cx.words.empty_archive).size(size::LARGE).color(cx.palette.ink_weak));
            return;
        }
        let key = (cx.state.archive_key(), ui.available_width().to_bits());
        cover.prepare(key, || vec![REPORT; reports.len()]);
        cover.show(ui, |ui, index| {
            if index > 0 {
                ui.add_space(space::XXL);
            }
            report_ui(cx, ui, reports[index], view.height() * ABOVE);
        });
        closing_ui(cx, ui);
    });
}

/// A report; a picture above its headline is at most `most` points high.
fn report_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ReportId, most: f32) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let width = ui.available_width();
    let hero = cx.archive().report(id).photo_ids().next();
    let wide = width > 760.0;
    match hero {
        Some(photo) if wide => {
            let top = ui.cursor().min;
            let picture = vec2(width * 0.5, width * 0.375);
            let text_width = width - picture.x - space::XXL;
            let rect = Rect::from_min_size(top, vec2(text_width, f32::INFINITY));
            let mut left = ui.new_child(egui::UiBuilder::new().max_rect(rect));
            left.set_width(text_width);
            headline_ui(cx, &mut left, id);
            let frame = Rect::from_min_size(pos2(top.x + text_width + space::XXL, top.y), picture);
            hero_ui(cx, ui, photo, frame);
            let bottom = left.min_rect().bottom().max(frame.bottom());
            ui.allocate_rect(Rect::from_min_max(top, pos2(top.x + width, bottom)), Sense::hover());
        }
        Some(photo) => {
            let (frame, _) = ui.allocate_exact_size(vec2(width, (width * 0.7).min(most)), Sense::hover());
            hero_ui(cx, ui, photo, frame);
            ui.add_space(space::XL);
            headline_ui(cx, ui, id);
        }
        None => headline_ui(cx, ui, id),
    }
    ui.add_space(space::XXL);
    figures_ui(cx, ui, id);
    strip_ui(cx, ui, id);
}

fn hero_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, photo: PhotoId, frame: Rect) {
    let response = ui.interact(frame, ui.scope_id().with(("hero", photo)), Sense::click());
    let name = photo_name(cx, photo);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    photo_fill(cx, ui, photo, frame);
    focus_ring(cx, ui, &response, frame);
    if chosen(response) {
        cx.push(Command::Go(Route::Photo(photo)));
    }
}

fn headline_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ReportId) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let palette = cx.palette;
    let state = cx.state;
    let report: &Report = state.archive().report(id);
    let scale = (ui.available_width() / 460.0).clamp(0.8, 1.25);
    let say = |ui: &mut Ui, field, text: &str, font: FontId, ink, role| {
        printed_ui(cx, ui, FieldPlace { target: Target::Report(id), field }, text, font, ink, role);
    };
    if let Some(kicker) = &report.kicker {
        say(ui, Field::Kicker, kicker, theme::sans(size::BODY), palette.accent, Role::Label);
        ui.add_space(space::L);
    }
    let length: usize = report.title.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let points = if length > LONG_TITLE { 28.0 } else { 40.0 };
    let title = theme::serif_bold((points * scale).round());
    say(ui, Field::Title, &report.title, title, palette.ink, Role::Heading);
    ui.add_space(space::L);
    if let Some(subtitle) = &report.subtitle {
        say(ui, Field::Subtitle, subtitle, theme::serif((19.0 * scale).round()), palette.ink, Role::Label);
        ui.add_space(space::L);
    }
    if let Some(byline) = &report.byline {
        say(ui, Field::Byline, byline, theme::sans(size::BODY), palette.ink_weak, Role::Label);
    }
    if let Some(date) = report.about(crate::archive::ReportField::DateIssued) {
        ui.add_space(space::XS);
        let date = (state.words().date)(date);
        ui.label(egui::RichText::new(date).size(size::BODY).color(palette.ink_weak));
    }
    ui.add_space(space::XL);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::M, space::M);
        let first = state.archive().report(id).section_ids().next();
        if let Some(section) = first
            && text_button(cx, ui, Some(icons::BOOK_OPEN), cx.words.start_reading, true).clicked()
        {
            cx.push(Command::Go(Route::Section(section)));
        }
        if text_button(cx, ui, Some(icons::NEWSPAPER), cx.words.about_report, false).clicked() {
            cx.push(Command::Go(Route::About(id)));
        }
    });
}

/// A text of the page as printed, with the search's matches marked.
fn printed_ui(
    cx: &ViewContext<'_>,
    ui: &mut Ui,
    place: FieldPlace,
    text: &str,
    font: FontId,
    ink: egui::Color32,
    role: Role,
) {
    let mut format = egui::text::TextFormat::simple(font.clone(), ink);
    format.line_height = Some((font.size * 1.45).round());
    let marked = egui::text::TextFormat { color: cx.palette.ink, background: cx.palette.mark, ..format.clone() };
    let mut job = marked_job(text, cx.state.marks(place), format, marked);
    job.wrap.max_width = ui.available_width();
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, text));
    ui.painter().galley(rect.min, galley, ink);
}

/// Some of the report's key numbers, large.
fn figures_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ReportId) {
    let figures = telling(cx.archive(), id);
    if figures.is_empty() {
        return;
    }
    let columns = if ui.available_width() > 700.0 { FIGURES } else { 2 };
    let width = (ui.available_width() - space::L * (columns as f32 - 1.0)) / columns as f32;
    let rows: Vec<_> = figures.chunks(columns).map(<[_]>::to_vec).collect();
    for row in rows {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for figure in row {
                let (rect, response) = ui.allocate_exact_size(vec2(width, 104.0), Sense::click());
                let record = cx.archive().figure(figure);
                let value = super::figures::value_words(cx.words, record);
                let label = record.label.clone();
                let (section, range) = (record.section, record.quote_range.clone().unwrap_or(0..0));
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label} {value}")));
                let palette = cx.palette;
                let fill = if response.hovered() { palette.hover } else { palette.page };
                let stroke = egui::Stroke::new(1.0, palette.hairline);
                ui.painter().rect(rect, theme::RADIUS, fill, stroke, egui::StrokeKind::Inside);
                let inner = rect.shrink(space::L);
                fitted_line(ui, inner.min, &value, theme::serif_bold(26.0), palette.accent, inner.width());
                let mut job = flush(egui::text::LayoutJob::simple(
                    full_width(&label),
                    theme::sans(size::SMALL),
                    palette.ink_weak,
                    inner.width(),
                ));
                job.wrap.max_rows = 2;
                let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
                ui.painter().galley(pos2(inner.left(), inner.top() + 38.0), galley, palette.ink_weak);
                focus_ring(cx, ui, &response, rect);
                if chosen(response) {
                    cx.push(Command::GoToText { section, range });
                }
            }
        });
        ui.add_space(space::L);
    }
    ui.add_space(space::L);
}

/// The largest number of each unit, in the report's order of units.
fn telling(archive: &Archive, report: ReportId) -> Vec<FigureId> {
    let mut largest: Vec<FigureId> = Vec::new();
    for id in archive.report(report).figure_ids() {
        let figure = archive.figure(id);
        match largest.iter_mut().find(|known| archive.figure(**known).unit == figure.unit) {
            Some(known) if archive.figure(*known).value < figure.value => *known = id,
            Some(_) => {}
            None => largest.push(id),
        }
    }
    largest.truncate(FIGURES);
    largest
}

fn strip_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ReportId) {
    let photos: Vec<PhotoId> = cx.archive().report(id).photo_ids().skip(1).take(STRIP).collect();
    if photos.is_empty() {
        return;
    }
    let columns = if ui.available_width() > 700.0 { photos.len().clamp(3, 5) } else { 2 };
    let gap = space::L;
    let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
    for row in photos.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for photo in row {
                photo_card(cx, ui, *photo, width);
            }
        });
        ui.add_space(gap);
    }
}

fn closing_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let [report] = cx.archive().reports.as_slice() else { return };
    let Some(closing) = report.closing.clone() else { return };
    ui.add_space(space::XL);
    let id = cx.archive().report_ids().next().unwrap_or_else(|| unreachable!("there is one"));
    ui.vertical_centered(|ui| {
        let place = FieldPlace { target: Target::Report(id), field: Field::Closing };
        let closing = closing.replace('\n', "　");
        printed_ui(cx, ui, place, &closing, theme::sans(size::SMALL), cx.palette.ink_weak, Role::Label);
    });
}
