//! What there is to choose from what was found: words for pinyin, years, archives, persons, places; and the order.

use egui::accesskit::Role;
use egui::{Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::Command;
use crate::library::facets::{Counted, Facet, Timeline};
use crate::library::filter::{Choice, Dimension, Filter};
use crate::library::order::Order;
use crate::typeset::full_width;

use super::period::{Period, days_text, period_ui};
use super::theme::{self, RADIUS, size, space};
use super::widgets::{chosen, focus_ring, line};
use super::{ViewContext, archive_title, icons};

const CHIP_HEIGHT: f32 = 32.0;
const CHART_HEIGHT: f32 = 44.0;
/// Bars are at most so wide, in points.
const BAR: f32 = 28.0;

/// Words of the archives for what is typed in pinyin.
pub fn candidates_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let state = cx.state;
    let Some(candidates) = &state.search.found.candidates else { return };
    wrapped(ui, |ui| {
        for (index, candidate) in candidates.words.iter().enumerate() {
            let count = crate::text::number(candidate.count as f64);
            let number = (index + 1).to_string();
            let response = chip(cx, ui, Some(&number), &candidate.text, &count, false);
            let keys = format!("Alt + {number}");
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(keys.as_str()));
            if response.on_hover_text(keys).clicked() {
                cx.push(Command::ChooseCandidate(index));
            }
        }
    });
}

/// What is chosen; a click takes it back.
pub fn chosen_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let state = cx.state;
    let filter = &state.search.filter;
    if filter.is_empty() {
        return;
    }
    wrapped(ui, |ui| {
        for choice in &filter.choices {
            if taken_back(cx, ui, &full_name(cx, choice)) {
                toggle(cx, choice);
            }
        }
        if let Some(days) = filter.days
            && taken_back(cx, ui, &days_text(cx.words, days))
        {
            cx.push(Command::SetFilter(Filter { days: None, ..filter.clone() }));
        }
        if chip(cx, ui, None, cx.words.search.clear_filter, "", false).clicked() {
            cx.push(Command::SetFilter(Filter::default()));
        }
    });
}

/// The chip of what is chosen; whether it is taken back.
fn taken_back(cx: &ViewContext<'_>, ui: &mut Ui, name: &str) -> bool {
    let response = chip(cx, ui, Some(icons::X), name, "", true);
    let label = (cx.words.search.without)(name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    response.clicked()
}

/// The order, and the values of each dimension with their numbers of documents.
pub fn choosing_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, period: &mut Period) {
    let state = cx.state;
    let words = cx.words;
    heading(cx, ui, words.search.order);
    let order = state.search.order_in(&state.library);
    wrapped(ui, |ui| {
        for other in Order::ALL {
            if chip(cx, ui, None, (words.search.order_name)(other), "", other == order).clicked() {
                cx.push(Command::SetOrder(other));
            }
        }
    });
    let facets = &state.search.found.facets;
    timeline_ui(cx, ui);
    years_ui(cx, ui, &facets.timeline);
    heading(cx, ui, words.results.days);
    period_ui(cx, ui, period);
    if state.library.has_several() {
        facet_ui(cx, ui, Dimension::Archive, &facets.archives);
    }
    facet_ui(cx, ui, Dimension::Kind, &facets.kinds);
    facet_ui(cx, ui, Dimension::Person, &facets.persons);
    facet_ui(cx, ui, Dimension::Place, &facets.places);
    facet_ui(cx, ui, Dimension::Section, &facets.sections);
    ui.add_space(space::S);
}

fn facet_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, dimension: Dimension, facet: &Facet) {
    // A single value says nothing, unless it can be taken back.
    if facet.values.len() < 2 && !facet.values.iter().any(|value| value.chosen) {
        return;
    }
    heading(cx, ui, (cx.words.results.dimension)(dimension));
    wrapped(ui, |ui| {
        for Counted { choice, documents, chosen } in &facet.values {
            let count = crate::text::number(f64::from(*documents));
            let name = choice_name(cx, choice);
            if chip(cx, ui, None, &name, &count, *chosen).clicked() {
                toggle(cx, choice);
            }
        }
        if facet.more > 0 {
            let more = (cx.words.search.more_values)(facet.more);
            ui.label(RichText::new(more).size(size::SMALL).color(cx.palette.ink_weak));
        }
    });
}

fn years_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, timeline: &Timeline) {
    if timeline.bars.len() < 2 && !timeline.bars.iter().any(|bar| bar.chosen) {
        return;
    }
    heading(cx, ui, (cx.words.results.dimension)(Dimension::Year));
    wrapped(ui, |ui| {
        for bar in &timeline.bars {
            let count = crate::text::number(f64::from(bar.documents));
            if chip(cx, ui, None, &(cx.words.search.year)(bar.year), &count, bar.chosen).clicked() {
                toggle(cx, &Choice::Year(bar.year));
            }
        }
    });
}

/// Places year by year; a bar leads to those of its year.
pub fn timeline_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let state = cx.state;
    let timeline = &state.search.found.facets.timeline;
    let (Some(first), Some(last)) = (timeline.bars.first(), timeline.bars.last()) else { return };
    if timeline.bars.len() < 2 {
        return;
    }
    let palette = cx.palette;
    heading(cx, ui, cx.words.search.timeline);
    let years = (last.year - first.year + 1) as f32;
    let width = ui.available_width();
    let step = (width / years).min(BAR);
    let (area, _) = ui.allocate_exact_size(vec2(width, CHART_HEIGHT + size::SMALL * 1.6), Sense::hover());
    let base = area.top() + CHART_HEIGHT;
    let most = timeline.bars.iter().map(|bar| bar.hits).max().unwrap_or(1).max(1) as f32;
    let any_chosen = timeline.bars.iter().any(|bar| bar.chosen);
    for bar in &timeline.bars {
        let left = area.left() + (bar.year - first.year) as f32 * step;
        let height = (bar.hits as f32 / most * (CHART_HEIGHT - 4.0)).max(2.0);
        // The whole height is pressed: a low bar is as easy to reach as a high one.
        let column = Rect::from_min_max(pos2(left, area.top()), pos2(left + step, base));
        // The keyboard goes to the years' chips: a hundred bars would be a hundred steps.
        let response = ui.interact(column, ui.scope_id().with(("year", bar.year)), Sense::CLICK);
        let name = format!("{} {}", (cx.words.search.year)(bar.year), (cx.words.hits)(bar.hits as usize));
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, bar.chosen, &name));
        if response.hovered() {
            ui.painter().rect_filled(column, 0, palette.hover);
        }
        let gap = if step > 6.0 { 1.5 } else { 0.5 };
        let shown = Rect::from_min_max(pos2(left + gap, base - height), pos2(left + step - gap, base));
        let ink = if bar.chosen || !any_chosen { palette.accent } else { palette.ink_weak };
        ui.painter().rect_filled(shown, 1, ink);
        if chosen(response.on_hover_text(&name)) {
            toggle(cx, &Choice::Year(bar.year));
        }
    }
    ui.painter().hline(area.x_range(), base, Stroke::new(1.0, palette.hairline));
    let year = |year: u32| year.to_string();
    let at = pos2(area.left(), base + 2.0);
    line(ui, at, &year(first.year), theme::sans(size::SMALL), palette.ink_weak, width / 2.0);
    let right = (area.left() + years * step).min(area.right());
    let text = ui.painter().layout_no_wrap(year(last.year), theme::sans(size::SMALL), palette.ink_weak);
    // Under few bars there is no room for both.
    let left = (right - text.size().x).max(area.left() + text.size().x + space::S);
    ui.painter().galley(pos2(left, base + 2.0), text, palette.ink_weak);
    if timeline.undated > 0 {
        let undated = (cx.words.search.undated)(timeline.undated as usize);
        ui.label(RichText::new(undated).size(size::SMALL).color(palette.ink_weak));
    }
}

/// What a choice is called.
fn choice_name(cx: &ViewContext<'_>, choice: &Choice) -> String {
    match choice {
        Choice::Archive(name) => match cx.state.library.archive_called(name) {
            Some(id) => archive_title(cx.words, cx.state.library.archive(id)),
            None => name.clone(),
        },
        Choice::Year(year) => (cx.words.search.year)(*year),
        Choice::Kind(kind) => (cx.words.results.kind)(*kind).to_owned(),
        Choice::Section(text) | Choice::Person(text) | Choice::Place(text) => {
            full_width(text.trim().trim_end_matches('。'))
        }
    }
}

/// What a choice is called where its dimension is not told from where it stands: an archive and a section may have one
/// name.
fn full_name(cx: &ViewContext<'_>, choice: &Choice) -> String {
    let name = choice_name(cx, choice);
    match choice {
        Choice::Year(_) | Choice::Kind(_) => name,
        _ => (cx.words.search.of_dimension)((cx.words.results.dimension)(choice.dimension()), &name),
    }
}

fn toggle(cx: &mut ViewContext<'_>, choice: &Choice) {
    let mut filter = cx.state.search.filter.clone();
    filter.toggle(choice.clone());
    cx.push(Command::SetFilter(filter));
}

fn heading(cx: &ViewContext<'_>, ui: &mut Ui, text: &str) {
    ui.add_space(space::S);
    ui.label(RichText::new(text).size(size::SMALL).color(cx.palette.ink_weak));
}

fn wrapped<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    ui.scope(|ui| {
        // Rows are as high as their chips.
        ui.spacing_mut().interact_size.y = CHIP_HEIGHT;
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        ui.horizontal_wrapped(add)
    });
}

/// A small button with a name and a number, cut to the width that there is; before them an icon, or a key's number.
fn chip(cx: &ViewContext<'_>, ui: &mut Ui, before: Option<&str>, name: &str, count: &str, on: bool) -> Response {
    let palette = cx.palette;
    let ink = if on { palette.accent } else { palette.ink };
    let painter = ui.painter();
    let count_galley = painter.layout_no_wrap(count.to_owned(), theme::sans(size::SMALL), palette.ink_weak);
    let icon_width = if before.is_some() { size::SMALL + space::XS } else { 0.0 };
    let count_width = if count.is_empty() { 0.0 } else { count_galley.size().x + 6.0 };
    let most = ui.max_rect().width() - 2.0 * space::S - icon_width - count_width;
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), theme::sans(14.0), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(most);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let width = galley.size().x + icon_width + count_width + 2.0 * space::S;
    let (rect, response) = ui.allocate_exact_size(vec2(width, CHIP_HEIGHT), Sense::click());
    let label = if count.is_empty() { name.to_owned() } else { format!("{name} {count}") };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &label));
    let fill = match (on, response.hovered()) {
        (_, true) => palette.hover,
        (true, false) => palette.accent_soft,
        (false, false) => palette.raised,
    };
    let stroke = Stroke::new(1.0, if on { palette.accent } else { palette.hairline });
    ui.painter().rect(rect, RADIUS, fill, stroke, StrokeKind::Inside);
    let mut left = rect.left() + space::S;
    if let Some(before) = before {
        let at = pos2(left + size::SMALL / 2.0, rect.center().y);
        let ink = if on { ink } else { palette.accent };
        ui.painter().text(at, egui::Align2::CENTER_CENTER, before, theme::sans(size::SMALL), ink);
        left += icon_width;
    }
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    left += galley.size().x + 6.0;
    let cut = galley.elided;
    ui.painter().galley(at, galley, ink);
    let at = pos2(left, rect.center().y - count_galley.size().y / 2.0);
    ui.painter().galley(at, count_galley, palette.ink_weak);
    focus_ring(cx, ui, &response, rect);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if cut { response.on_hover_text(name) } else { response }
}
