//! The side panel: the contents, or what the search found.

use egui::accesskit::Role;
use egui::{FontId, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, Route};
use crate::archive::{ReportId, SectionKind};

use super::theme::{self, size, space};
use super::widgets::{focus_ring, line};
use super::{ViewContext, archive_title, heading_text, icons};

pub fn contents_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let salt = ("contents", cx.state.archive_id());
    egui::ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add_space(space::M);
        let words = cx.words;
        let library = &cx.state.library;
        if library.has_several() {
            let label = format!("{} · {}", words.shelf, library.volumes().len());
            entry(cx, ui, Entry::icon(icons::CARET_LEFT, &label), Route::Shelf);
            separator(cx, ui);
            panel_heading(cx, ui, &archive_title(words, cx.archive()));
        }
        entry(cx, ui, Entry::icon(icons::HOUSE, words.cover), Route::Cover);
        let reports: Vec<ReportId> = cx.archive().report_ids().collect();
        for report in reports {
            report_ui(cx, ui, report);
        }
        ui.add_space(space::M);
        separator(cx, ui);
        entry(cx, ui, Entry::icon(icons::IMAGES, words.gallery), Route::Gallery);
        entry(cx, ui, Entry::icon(icons::CHART_BAR, words.figures), Route::Figures);
        if let [_] = cx.archive().reports.as_slice() {
            let report = cx.archive().report_ids().next().unwrap_or_else(|| unreachable!("there is one"));
            entry(cx, ui, Entry::icon(icons::NEWSPAPER, words.about_report), Route::About(report));
        }
        ui.add_space(space::L);
    });
}

fn report_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ReportId) {
    let several = cx.archive().reports.len() > 1;
    if several {
        ui.add_space(space::L);
        let title = cx.archive().report(id).title.clone();
        entry(cx, ui, Entry { icon: None, label: title, font: theme::sans_bold(size::BODY) }, Route::About(id));
    }
    let sections: Vec<_> = cx.archive().report(id).section_ids().collect();
    let mut kind = SectionKind::Article;
    ui.add_space(space::S);
    for section in sections {
        let record = cx.archive().section(section);
        if record.kind != kind {
            kind = record.kind;
            ui.add_space(space::M);
            let words = (cx.words.section_kind)(kind);
            let text = egui::RichText::new(words).size(size::SMALL).color(cx.palette.ink_weak);
            ui.horizontal(|ui| {
                ui.add_space(space::L);
                ui.label(text);
            });
        }
        let label = heading_text(cx.words, cx.archive().section(section));
        entry(cx, ui, Entry { icon: None, label, font: theme::sans(size::BODY) }, Route::Section(section));
    }
}

struct Entry {
    icon: Option<&'static str>,
    label: String,
    font: FontId,
}

impl Entry {
    fn icon(icon: &'static str, label: &str) -> Self {
        Self { icon: Some(icon), label: label.to_owned(), font: theme::sans(size::BODY) }
    }
}

fn entry(cx: &mut ViewContext<'_>, ui: &mut Ui, entry: Entry, route: Route) {
    let palette = cx.palette;
    let chosen = cx.state.route() == route;
    let left = if entry.icon.is_some() { space::XL + size::ICON } else { space::L };
    let ink = if chosen { palette.accent } else { palette.ink };
    let width = ui.available_width() - left - space::L;
    let mut job = egui::text::LayoutJob::simple(entry.label.clone(), entry.font, ink, width);
    job.wrap.max_rows = 2;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let height = (galley.size().y + space::L + 2.0).max(theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &entry.label));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(chosen));
    let row = rect.shrink2(vec2(space::S, 1.0));
    if chosen {
        ui.painter().rect_filled(row, theme::RADIUS, palette.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(row, theme::RADIUS, palette.hover);
    }
    if let Some(icon) = entry.icon {
        let at = rect.left_center() + vec2(space::L + size::ICON / 2.0, 0.0);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icon, theme::sans(size::ICON), ink);
    }
    let at = pos2(rect.left() + left, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    focus_ring(cx, ui, &response, row);
    if super::widgets::chosen(response) {
        cx.push(Command::Go(route));
    }
}

fn separator(cx: &ViewContext<'_>, ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), space::L), Sense::hover());
    let stroke = egui::Stroke::new(1.0, cx.palette.hairline);
    ui.painter().hline(rect.x_range().shrink(space::L), rect.center().y, stroke);
}

/// The heading of a side panel.
pub fn panel_heading(cx: &ViewContext<'_>, ui: &mut Ui, text: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CONTROL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    let at = pos2(rect.left() + space::L, rect.center().y - size::BODY * 0.7);
    line(ui, at, text, theme::sans_bold(size::BODY), cx.palette.ink, rect.width() - 2.0 * space::L);
}
