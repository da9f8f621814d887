//! The report's key numbers as bars, those of one unit together; each leads to its sentence.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::Command;
use crate::archive::{Archive, Figure, FigureId};
use crate::library::{Field, FieldPlace, Target};
use crate::text::{self, Words};

use super::theme::{self, RADIUS, size, space};
use super::widgets::{chosen, fitted_line, focus_ring, line, marked_job, page_ui};
use super::{ViewContext, page_title};

/// Fewer numbers of one unit than this are no chart.
const CHART: usize = 3;
/// Type size of the values beside the bars, in points.
const VALUE: f32 = 14.0;

pub fn figures_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    page_ui(ui, "figures", 960.0, |ui, _| {
        page_title(cx, ui, cx.words.figures, cx.words.figure_hint);
        let groups = groups(cx.archive());
        if groups.is_empty() {
            ui.label(egui::RichText::new(cx.words.no_figures).size(size::LARGE).color(cx.palette.ink_weak));
            return;
        }
        let (charts, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.figures.len() >= CHART);
        for group in charts {
            chart_ui(cx, ui, &group);
            ui.add_space(space::XL);
        }
        cards_ui(cx, ui, &others.into_iter().flat_map(|group| group.figures).collect::<Vec<_>>());
    });
}

/// Numbers of one unit, largest first.
struct Group {
    unit: String,
    figures: Vec<FigureId>,
}

fn groups(archive: &Archive) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for id in archive.figure_ids() {
        let unit = &archive.figure(id).unit;
        match groups.iter_mut().find(|group| group.unit == *unit) {
            Some(group) => group.figures.push(id),
            None => groups.push(Group { unit: unit.clone(), figures: vec![id] }),
        }
    }
    for group in &mut groups {
        group.figures.sort_by(|a, b| archive.figure(*b).value.total_cmp(&archive.figure(*a).value));
    }
    groups
}

/// The number in its unit, with "about" where its sentence says so.
pub fn value_words(words: &Words, figure: &Figure) -> String {
    let value = format!("{} {}", text::number(figure.value), figure.unit);
    if figure.approximate { (words.about_value)(&value) } else { value }
}

/// Brings the current hit into view, once.
fn show_hit(cx: &ViewContext<'_>, ui: &Ui, id: FigureId, rect: Rect) {
    let place = FieldPlace { target: Target::Figure(id), field: Field::Label };
    if cx.state.current_mark(place).is_none() {
        return;
    }
    let (memory, step) = (egui::Id::unique("figure shown"), cx.state.focus_serial);
    if ui.data_mut(|data| data.get_temp(memory)) != Some(step) {
        ui.data_mut(|data| data.insert_temp(memory, step));
        ui.scroll_to_rect(rect, Some(egui::Align::Center));
    }
}

fn go_to_sentence(cx: &ViewContext<'_>, id: FigureId) -> Command {
    let figure = cx.archive().figure(id);
    Command::GoToText { section: figure.section, range: figure.quote_range.clone().unwrap_or(0..0) }
}

/// A figure's label with the search's matches marked.
fn label_job(cx: &ViewContext<'_>, id: FigureId, plain: TextFormat) -> LayoutJob {
    let marks = cx.state.marks(FieldPlace { target: Target::Figure(id), field: Field::Label });
    let marked = TextFormat { color: cx.palette.ink, background: cx.palette.mark, ..plain.clone() };
    marked_job(&cx.archive().figure(id).label, marks, plain, marked)
}

/// How wide the widest value of a chart is, and at least what most are.
fn value_width(cx: &ViewContext<'_>, ui: &Ui, group: &Group) -> f32 {
    let width = |id: &FigureId| {
        let words = value_words(cx.words, cx.archive().figure(*id));
        ui.painter().layout_no_wrap(words, theme::sans(VALUE), cx.palette.ink).size().x
    };
    group.figures.iter().map(width).fold(110.0, f32::max)
}

fn chart_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, group: &Group) {
    let palette = cx.palette;
    let width = ui.available_width();
    let row = 44.0;
    let height = space::L * 2.0 + size::HEADING + space::M + row * group.figures.len() as f32;
    let (card, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let stroke = Stroke::new(1.0, palette.hairline);
    ui.painter().rect(card, RADIUS, palette.page, stroke, StrokeKind::Inside);
    let inner = card.shrink2(vec2(space::XL, space::L));
    line(ui, inner.min, &group.unit, theme::serif_bold(size::LARGE), palette.ink, inner.width());
    let most = group.figures.first().map_or(1.0, |id| cx.archive().figure(*id).value).max(f64::MIN_POSITIVE);
    let label_width = (inner.width() * 0.42).min(340.0);
    let value_width = value_width(cx, ui, group).min(inner.width() * 0.4);
    let bar_width = (inner.width() - label_width - value_width - space::L * 2.0).max(20.0);
    let mut y = inner.top() + size::HEADING + space::M;
    for id in &group.figures {
        let rect = Rect::from_min_size(pos2(inner.left() - space::S, y), vec2(inner.width() + space::L, row));
        y += row;
        let response = ui.interact(rect, ui.scope_id().with(("bar", *id)), Sense::click());
        let figure = cx.archive().figure(*id);
        let (label, value) = (figure.label.clone(), value_words(cx.words, cx.archive().figure(*id)));
        let share = (figure.value / most).clamp(0.0, 1.0) as f32;
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label} {value}")));
        if response.hovered() {
            ui.painter().rect_filled(rect, RADIUS, palette.hover);
        }
        let plain = TextFormat::simple(theme::sans(14.0), palette.ink);
        let mut job = label_job(cx, *id, plain);
        job.wrap.max_width = label_width;
        job.wrap.max_rows = 2;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let at = pos2(inner.left(), rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, palette.ink);
        let bar_left = inner.left() + label_width + space::L;
        let ground = Rect::from_min_size(pos2(bar_left, rect.center().y - 7.0), vec2(bar_width, 14.0));
        ui.painter().rect_filled(ground, 3, palette.desk);
        let bar = Rect::from_min_size(ground.min, vec2((bar_width * share).max(2.0), 14.0));
        ui.painter().rect_filled(bar, 3, palette.accent);
        let at = pos2(inner.right(), rect.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, value, theme::sans(VALUE), palette.ink);
        show_hit(cx, ui, *id, rect);
        focus_ring(cx, ui, &response, rect);
        if chosen(response) {
            cx.push(go_to_sentence(cx, *id));
        }
    }
}

fn cards_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, figures: &[FigureId]) {
    let gap = space::L;
    let width = ui.available_width();
    let columns = ((width + gap) / (210.0 + gap)).floor().max(1.0);
    let card = (width - gap * (columns - 1.0)) / columns;
    for row in figures.chunks(columns as usize) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for id in row {
                let (rect, response) = ui.allocate_exact_size(vec2(card, 100.0), Sense::click());
                let (label, value) =
                    (cx.archive().figure(*id).label.clone(), value_words(cx.words, cx.archive().figure(*id)));
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label} {value}")));
                let palette = cx.palette;
                let fill = if response.hovered() { palette.hover } else { palette.page };
                let stroke = Stroke::new(1.0, palette.hairline);
                ui.painter().rect(rect, RADIUS, fill, stroke, StrokeKind::Inside);
                let inner = rect.shrink(space::L);
                fitted_line(ui, inner.min, &value, theme::serif_bold(size::HEADING), palette.accent, inner.width());
                let font = theme::sans(size::SMALL + 1.0);
                let mut job = label_job(cx, *id, TextFormat::simple(font, palette.ink_weak));
                job.wrap.max_width = inner.width();
                job.wrap.max_rows = 2;
                let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
                ui.painter().galley(pos2(inner.left(), inner.top() + 34.0), galley, palette.ink_weak);
                show_hit(cx, ui, *id, rect);
                focus_ring(cx, ui, &response, rect);
                if chosen(response) {
                    cx.push(go_to_sentence(cx, *id));
                }
            }
        });
        ui.add_space(gap - ui.spacing().item_spacing.y);
    }
}
