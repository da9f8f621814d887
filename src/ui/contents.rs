//! The side panel: the contents, or what the search found.

use egui::accesskit::Role;
use egui::style::ScrollAnimation;
use egui::{FontId, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::{ArchiveKey, Command, Location, Route};
use crate::archive::{Archive, ReportId, SectionId, SectionKind};
use crate::text::Language;

use super::rows::Rows;
use super::theme::{self, size, space};
use super::widgets::{flush, focus_ring, line};
use super::{ViewContext, archive_title, heading_text, icons};
use crate::typeset::full_width;

/// Between rows, in points.
const GAP: f32 = 2.0;

/// The panel's own memory.
#[derive(Default)]
pub struct Contents {
    items: Vec<Item>,
    rows: Rows<(ArchiveKey, Language, u32)>,
    /// The page that was brought into view last.
    shown: Option<Location>,
}

/// A row between the cover and the gallery.
#[derive(Clone, Copy)]
enum Item {
    Report(ReportId),
    /// What the sections below it are, where they are no articles.
    Kind(SectionKind),
    Section(SectionId),
}

pub fn contents_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, contents: &mut Contents) {
    let salt = ("contents", cx.state.archive_id());
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GAP;
        ui.add_space(space::M);
        let words = cx.words;
        let library = &cx.state.library;
        if library.has_several() {
            let label = format!("{}{}{}", words.shelf, words.between, library.volumes().len());
            entry(cx, ui, Entry::icon(icons::CARET_LEFT, &label), Route::Shelf);
            separator(cx, ui);
            panel_heading(cx, ui, &archive_title(words, cx.archive()));
        }
        entry(cx, ui, Entry::icon(icons::HOUSE, words.cover), Route::Cover);
        contents.ui(cx, ui);
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

impl Contents {
    /// Reports and sections.
    fn ui(&mut self, cx: &mut ViewContext<'_>, ui: &mut Ui) {
        let room = ui.available_width() - 2.0 * space::L;
        let archive = cx.archive();
        let key = (cx.state.archive_key(), cx.state.language(), ui.available_width().to_bits());
        self.rows.prepare(key, || {
            self.items = items(archive);
            self.items.iter().map(|item| item.guess(archive, room)).collect()
        });
        let location = cx.state.location();
        if self.shown != Some(location) {
            self.shown = Some(location);
            let at = |item: &Item| matches!(item, Item::Section(id) if Route::Section(*id) == location.route);
            if let Some(index) = self.items.iter().position(at) {
                let top = ui.cursor().top() + self.rows.top(index);
                let row = ui.max_rect().x_range();
                let rect = Rect::from_x_y_ranges(row, top..=top + self.rows.height(index));
                ui.scroll_to_rect_animation(rect.expand2(vec2(0.0, theme::CONTROL)), None, ScrollAnimation::none());
            }
        }
        let items = &self.items;
        self.rows.show(ui, |ui, index| {
            match items[index] {
                Item::Report(id) => {
                    ui.add_space(space::L);
                    let label = full_width(&archive.report(id).title);
                    entry(cx, ui, Entry { icon: None, label, font: theme::serif_bold(size::BODY) }, Route::About(id));
                    ui.add_space(space::S);
                }
                Item::Kind(kind) => {
                    ui.add_space(space::M);
                    let words = (cx.words.section_kind)(kind);
                    let text = egui::RichText::new(words).size(size::SMALL).color(cx.palette.ink_weak);
                    ui.horizontal(|ui| {
                        ui.add_space(space::L);
                        ui.label(text);
                    });
                }
                Item::Section(id) => {
                    let label = heading_text(cx.words, archive.section(id));
                    entry(cx, ui, Entry { icon: None, label, font: theme::sans(size::BODY) }, Route::Section(id));
                }
            }
            ui.add_space(GAP);
        });
    }
}

/// The rows of an archive's contents. A single report is not named again.
fn items(archive: &Archive) -> Vec<Item> {
    let several = archive.reports.len() > 1;
    let mut items = Vec::with_capacity(archive.sections.len());
    for report in archive.report_ids() {
        items.extend(several.then_some(Item::Report(report)));
        let mut kind = SectionKind::Article;
        for section in archive.report(report).section_ids() {
            let of = archive.section(section).kind;
            if of != kind {
                kind = of;
                items.push(Item::Kind(kind));
            }
            items.push(Item::Section(section));
        }
    }
    items
}

impl Item {
    /// How high it is likely to be, in points: titles are set in one line or two.
    fn guess(self, archive: &Archive, room: f32) -> f32 {
        let lines = |title: &str| {
            let ems: f32 = title.chars().map(|c| if c < '\u{2e80}' { 0.55 } else { 1.0 }).sum();
            if ems * size::BODY <= room { 1.0 } else { 2.0 }
        };
        let entry = |title: &str| (lines(title) * size::BODY * 1.45 + space::L + 2.0).max(theme::CONTROL) + GAP;
        match self {
            Self::Report(id) => entry(&archive.report(id).title) + space::L + space::S + 2.0 * GAP,
            Self::Kind(_) => space::M + size::SMALL * 1.45 + 2.0 * GAP,
            Self::Section(id) => entry(&archive.section(id).title),
        }
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
    let mut job = flush(egui::text::LayoutJob::simple(entry.label.clone(), entry.font, ink, width));
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
    line(ui, at, text, theme::serif_bold(size::BODY), cx.palette.ink, rect.width() - 2.0 * space::L);
}
