//! What the search found, grouped by section, each match in its context.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, Overlay, ResultsKind};
use crate::library::{Field, GroupHeading, Hit, HitGroup, Target};
use crate::markdown::char_slice;
use crate::search::{Snippet, snippet};
use crate::typeset::full_width;

use super::choosing::{candidates_ui, choosing_ui, chosen_ui, timeline_ui};
use super::period::Period;
use super::theme::{self, RADIUS, size, space};
use super::widgets::{IconStyle, chosen, flush, focus_ring, icon_button, icon_button_with, menu_item};
use super::{ViewContext, archive_title, heading_text, icons};

/// Characters shown before and after a match.
const CONTEXT: (usize, usize) = (14, 40);

/// The results panel's own memory.
pub struct Results {
    /// The current hit that was brought into view last.
    shown: Option<usize>,
    /// The words that the panel was scrolled for.
    words: String,
    /// What of the list was on the screen in the last frame, in points.
    view: egui::Rangef,
    period: Period,
}

impl Default for Results {
    fn default() -> Self {
        Self { shown: None, words: String::new(), view: egui::Rangef::NOTHING, period: Period::default() }
    }
}

pub fn results_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, results: &mut Results) {
    let state = cx.state;
    let found = &state.search.found;
    ui.add_space(space::S);
    head_ui(cx, ui);
    if found.groups.is_empty() {
        in_panel(ui, f32::INFINITY, |ui| {
            query_ui(cx, ui, &mut results.period);
            if !state.search.pending && !found.choose_candidate {
                nothing_ui(cx, ui);
            }
        });
        return;
    }
    // The list has at least as much room as what stands over it.
    let room = ui.available_height() * 0.5;
    in_panel(ui, room, |ui| query_ui(cx, ui, &mut results.period));
    list_ui(cx, ui, results);
}

/// What scrolls if it is higher than `most` points.
fn in_panel(ui: &mut Ui, most: f32, add: impl FnOnce(&mut Ui)) {
    let margin = egui::Margin { left: space::L as i8, right: space::L as i8, top: 0, bottom: space::S as i8 };
    egui::ScrollArea::vertical().id_salt("query").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            add(ui);
        });
    });
}

/// What is asked: what of it was not understood, what it may mean, what is chosen and what can be.
fn query_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, period: &mut Period) {
    let state = cx.state;
    problems_ui(cx, ui);
    if state.search.found.choose_candidate {
        ui.label(RichText::new(cx.words.search.choose_candidate).size(size::BODY).color(cx.palette.ink));
    }
    candidates_ui(cx, ui);
    chosen_ui(cx, ui);
    if state.search.choosing {
        choosing_ui(cx, ui, period);
    } else if state.library.has_several() {
        timeline_ui(cx, ui);
    }
}

/// How much was found, and what can be done with it.
fn head_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    let search = &cx.state.search;
    let found = &search.found;
    let heading = match found.count {
        _ if search.pending && found.groups.is_empty() => words.searching.to_owned(),
        0 => words.search_results.to_owned(),
        count if found.documents < 2 && !found.unfinished => (words.hits)(count),
        count if found.unfinished => format!("{}{}", (words.search.found)(count, found.documents), words.cut),
        count => (words.search.found)(count, found.documents),
    };
    let any = found.listed > 0;
    let choosing = IconStyle { toggled: Some(search.choosing || !search.filter.is_empty()), ..IconStyle::default() };
    let buttons = if any { 4.0 } else { 1.0 };
    let beside = ui.available_width() - buttons * theme::CONTROL - space::XS;
    let set_text = |text: &str, width: f32| {
        let mut job = LayoutJob::simple(text.to_owned(), theme::sans(size::BODY), cx.palette.ink, width);
        job.wrap.max_rows = 2;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    // What does not stand in one line is broken between places and documents.
    let one_line = set_text(&heading, f32::INFINITY).size().x <= beside - space::L;
    let shown = if one_line { heading.clone() } else { heading.replace(cx.words.between, "\n") };
    let set = |width: f32| set_text(&shown, width);
    let text = set((beside - space::L).max(1.0));
    // In a narrow panel it stands over its buttons.
    let above = text.elided || beside < theme::CONTROL * 2.0;
    let text = if above { set(ui.available_width() - 2.0 * space::L) } else { text };
    let heading_ui = |ui: &mut Ui, size: egui::Vec2| {
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &heading));
        let at = pos2(rect.left() + space::L, rect.center().y - text.size().y / 2.0);
        ui.painter().galley(at, text.clone(), cx.palette.ink);
    };
    if above {
        let height = text.size().y;
        heading_ui(ui, vec2(ui.available_width(), height));
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if above {
            ui.add_space(space::S);
        } else {
            heading_ui(ui, vec2(beside, theme::CONTROL));
        }
        if any {
            for (icon, name, step) in
                [(icons::CARET_UP, words.previous_hit, -1), (icons::CARET_DOWN, words.next_hit, 1)]
            {
                if icon_button(cx, ui, icon, name).clicked() {
                    cx.push(Command::BesideHit(step));
                }
            }
        }
        if icon_button_with(cx, ui, icons::FUNNEL, words.search.filter, choosing).clicked() {
            cx.push(Command::ToggleChoosing);
        }
        if any {
            menu_ui(cx, ui);
        }
    });
    if let Some(monitor) = &cx.state.indexing {
        let (done, all) = monitor.progress();
        let said = (words.search.indexing)(done * 100 / all.max(1));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(space::L);
            let width = ui.available_width() - theme::CONTROL - space::XS;
            ui.allocate_ui(vec2(width, theme::CONTROL), |ui| {
                ui.add(egui::Label::new(RichText::new(said).size(size::SMALL).color(cx.palette.ink_weak)).wrap());
            });
            if icon_button(cx, ui, icons::X, words.search.stop_indexing).clicked() {
                cx.push(Command::StopIndexing);
            }
        });
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(500));
    }
}

fn menu_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    let button = icon_button(cx, ui, icons::DOTS, words.search.results_menu);
    egui::Popup::menu(&button).show(|ui| {
        ui.set_width(240.0);
        let results_as = words.search.results_as;
        for (icon, label, command) in [
            (icons::BOOKMARK, words.search.save_search, Command::Show(Overlay::SaveSearch)),
            (icons::DOWNLOAD, results_as(ResultsKind::Table), Command::PickResultsTarget(ResultsKind::Table)),
            (icons::DOWNLOAD, results_as(ResultsKind::List), Command::PickResultsTarget(ResultsKind::List)),
            (icons::NEWSPAPER, words.search.print_results, Command::PrintResults),
        ] {
            if menu_item(cx, ui, icon, label) {
                cx.push(command);
                ui.close();
            }
        }
    });
}

/// What of the query was not understood.
fn problems_ui(cx: &ViewContext<'_>, ui: &mut Ui) {
    let search = &cx.state.search;
    let say = |ui: &mut Ui, said: &str| {
        ui.label(RichText::new(said).size(size::SMALL).color(cx.palette.warning));
    };
    for problem in search.found.problems.iter().filter(|problem| !problem.unfinished) {
        say(ui, &(cx.words.search.problem)(problem.kind, char_slice(&search.words, problem.typed.clone())));
    }
    if search.found.left_out {
        say(ui, cx.words.search.left_out);
    }
}

fn list_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, results: &mut Results) {
    let found = &cx.state.search.found;
    let current = cx.state.search.current;
    let to_top = results.words != cx.state.search.words;
    if to_top {
        results.words.clone_from(&cx.state.search.words);
    }
    let moved = current != results.shown;
    results.shown = current;
    let mut area = egui::ScrollArea::vertical().id_salt("results").auto_shrink(false);
    if to_top {
        area = area.vertical_scroll_offset(0.0);
    }
    let rows = Rows::new(&found.groups);
    let len = rows.len + usize::from(found.unlisted > 0);
    // All rows are of one height, so that only those on the screen are set, however many there are.
    let height = size::BODY * 3.5 + space::M;
    let mut pushed = Vec::new();
    if let (true, Some(current)) = (moved, current) {
        let top = rows.of_hit(current) as f32 * height;
        if top < results.view.min || top + height > results.view.max {
            area = area.vertical_scroll_offset((top - results.view.span() / 2.0).max(0.0));
        }
    }
    let output = area.show_rows(ui, height - ui.spacing().item_spacing.y, len, |ui, range| {
        for row in range {
            let (rect, response) = ui
                .allocate_exact_size(vec2(ui.available_width(), height - ui.spacing().item_spacing.y), Sense::click());
            match rows.get(row) {
                Some(Row::Heading { group, first }) => {
                    heading_ui(cx, ui, rect, &response, group);
                    if chosen(response) {
                        pushed.push(Command::GoToHit(first));
                    }
                }
                Some(Row::Hit { hit, index }) => {
                    if hit_ui(cx, ui, rect, response, hit, current == Some(index)) {
                        pushed.push(Command::GoToHit(index));
                    }
                }
                None => {
                    // Whoever comes to the end wants more.
                    pushed.push(Command::ListMore);
                    more_ui(cx, ui, rect, &response);
                }
            }
        }
    });
    let top = output.state.clamped_offset().y;
    results.view = egui::Rangef::new(top, top + output.inner_rect.height());
    for command in pushed {
        cx.push(command);
    }
}

/// The list's rows: each group's heading, and its hits.
struct Rows<'a> {
    groups: &'a [HitGroup],
    /// Row and first hit of each group.
    starts: Vec<(usize, usize)>,
    len: usize,
}

enum Row<'a> {
    /// It leads to its first hit.
    Heading {
        group: &'a HitGroup,
        first: usize,
    },
    Hit {
        hit: &'a Hit,
        index: usize,
    },
}

impl<'a> Rows<'a> {
    fn new(groups: &'a [HitGroup]) -> Self {
        let (mut starts, mut len, mut hits) = (Vec::with_capacity(groups.len()), 0, 0);
        for group in groups {
            starts.push((len, hits));
            len += 1 + group.hits.len();
            hits += group.hits.len();
        }
        Self { groups, starts, len }
    }

    /// `None` below the last.
    fn get(&self, row: usize) -> Option<Row<'a>> {
        let number = self.starts.partition_point(|(start, _)| *start <= row).checked_sub(1)?;
        let (group, (start, first)) = (&self.groups[number], self.starts[number]);
        match row - start {
            0 => Some(Row::Heading { group, first }),
            below => group.hits.get(below - 1).map(|hit| Row::Hit { hit, index: first + below - 1 }),
        }
    }

    /// The row of a hit.
    fn of_hit(&self, hit: usize) -> usize {
        let group = self.starts.partition_point(|(_, first)| *first <= hit).saturating_sub(1);
        self.starts.get(group).map_or(0, |(start, first)| start + 1 + hit - first)
    }
}

fn more_ui(cx: &ViewContext<'_>, ui: &Ui, rect: egui::Rect, response: &egui::Response) {
    let found = &cx.state.search.found;
    let said = (cx.words.search.list_more)(found.unlisted);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let at = pos2(rect.left() + space::L, rect.center().y - size::BODY * 0.72);
    super::widgets::line(ui, at, &said, theme::sans(size::BODY), cx.palette.ink_weak, rect.width() - 2.0 * space::L);
}

fn heading_ui(cx: &ViewContext<'_>, ui: &Ui, rect: egui::Rect, response: &egui::Response, group: &HitGroup) {
    let library = &cx.state.library;
    let archive = library.archive(group.archive);
    let title = match group.heading {
        GroupHeading::Archive => archive_title(cx.words, archive),
        GroupHeading::Report(id) => full_width(&archive.report(id).title),
        GroupHeading::Section(id) => heading_text(cx.words, archive.section(id)),
    };
    // Among several archives a heading says whose it is.
    let of = library.has_several().then(|| archive_title(cx.words, archive));
    let count = (cx.words.hits)(group.hits.len());
    let name = match &of {
        Some(archive) => format!("{title} {count} {archive}"),
        None => format!("{title} {count}"),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
    let palette = cx.palette;
    let right = rect.right() - space::L;
    let text = ui.painter().layout_no_wrap(count, theme::sans(size::SMALL), palette.ink_weak);
    let width = rect.width() - space::L * 3.0 - text.size().x;
    let bottom = rect.bottom() - space::M;
    ui.painter().galley(pos2(right - text.size().x, bottom - text.size().y), text, palette.ink_weak);
    let at = pos2(rect.left() + space::L, bottom - size::BODY * 1.45);
    super::widgets::line(ui, at, &title, theme::serif_bold(size::BODY), palette.ink, width);
    if let Some(of) = of {
        let at = pos2(at.x, at.y - size::SMALL * 1.55);
        super::widgets::line(ui, at, &of, theme::sans(size::SMALL), palette.accent, rect.width() - space::L * 2.0);
    }
    let stroke = egui::Stroke::new(1.0, palette.hairline);
    ui.painter().hline(rect.x_range().shrink(space::L), rect.bottom() - 4.0, stroke);
}

fn hit_ui(cx: &ViewContext<'_>, ui: &Ui, rect: egui::Rect, response: egui::Response, hit: &Hit, current: bool) -> bool {
    let palette = cx.palette;
    let text = cx.state.library.text(hit);
    let found = snippet(text, hit.range.start, hit.range.end, CONTEXT.0, CONTEXT.1);
    let plain = found.text.clone();
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &plain));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(current));
    let row = rect.shrink2(vec2(space::S, 1.0));
    if current {
        ui.painter().rect_filled(row, RADIUS, palette.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(row, RADIUS, palette.hover);
    }
    let mut left = rect.left() + space::L;
    let label = (hit.place.field != Field::Body).then(|| (cx.words.field)(hit.place.field));
    if let Target::Photo(_) = hit.place.target {
        let at = pos2(left + 9.0, rect.center().y);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::IMAGE, theme::sans(18.0), palette.ink_weak);
        left += space::XL + 2.0;
    }
    let job = snippet_job(cx, &found, label, rect.right() - space::L - left);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.ink);
    focus_ring(cx, ui, &response, row);
    chosen(response)
}

fn snippet_job(cx: &ViewContext<'_>, found: &Snippet, label: Option<&str>, width: f32) -> LayoutJob {
    let palette = cx.palette;
    let format = |ink| TextFormat { valign: Align::Center, ..TextFormat::simple(theme::sans(14.5), ink) };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    job.wrap.max_rows = 2;
    job.wrap.break_anywhere = false;
    if let Some(label) = label {
        job.append(&format!("{label}　"), 0.0, TextFormat::simple(theme::sans(size::SMALL), palette.ink_weak));
    }
    if found.cut_front {
        job.append(cx.words.cut, 0.0, format(palette.ink_weak));
    }
    // Drawn character for character, so the match is found again by counting.
    let drawn: Vec<char> = full_width(&found.text).chars().collect();
    let count = |text: &str| text.chars().count();
    let start = count(&found.text[..found.highlight.start]);
    let end = start + count(&found.text[found.highlight.clone()]);
    let [before, matched, after] = [&drawn[..start], &drawn[start..end], &drawn[end..]].map(String::from_iter);
    job.append(&before, 0.0, format(palette.ink));
    let marked = TextFormat { background: palette.mark, font_id: theme::sans(14.5), ..format(palette.ink) };
    job.append(&matched, 0.0, marked);
    job.append(&after, 0.0, format(palette.ink));
    if found.cut_back {
        job.append(cx.words.cut, 0.0, format(palette.ink_weak));
    }
    flush(job)
}

/// Nothing was found: says so, offers the nearest, and how to search.
fn nothing_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    let palette = cx.palette;
    ui.spacing_mut().item_spacing.y = space::S;
    let said = (words.nothing_found)(cx.state.search.words.trim());
    ui.label(RichText::new(said).size(size::BODY).color(palette.ink));
    let filtered_out = cx.state.search.found.filtered_out;
    if filtered_out > 0 {
        let said = (words.search.filtered_out)(filtered_out);
        ui.label(RichText::new(said).size(size::BODY).color(palette.ink));
        return;
    }
    let suggestions = cx.state.search.found.suggestions.clone();
    if !suggestions.is_empty() {
        ui.add_space(space::M);
        ui.label(RichText::new(words.nearest).size(size::SMALL).color(palette.ink_weak));
        for suggestion in suggestions {
            let count = (words.hits)(suggestion.count);
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CONTROL), Sense::click());
            let name = format!("{} {count}", suggestion.text);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            let fill = if response.hovered() { palette.hover } else { palette.raised };
            let stroke = egui::Stroke::new(1.0, palette.hairline);
            ui.painter().rect(rect, RADIUS, fill, stroke, egui::StrokeKind::Inside);
            let at = rect.left_center() + vec2(space::M, 0.0);
            let ink = palette.link;
            ui.painter().text(at, egui::Align2::LEFT_CENTER, &suggestion.text, theme::sans(size::BODY), ink);
            let at = rect.right_center() - vec2(space::M, 0.0);
            ui.painter().text(at, egui::Align2::RIGHT_CENTER, count, theme::sans(size::SMALL), palette.ink_weak);
            focus_ring(cx, ui, &response, rect);
            if chosen(response) {
                cx.push(Command::Search(suggestion.text.clone()));
            }
        }
    }
    ui.add_space(space::XL);
    syntax_ui(cx, ui);
}

/// What can be typed, and what it finds.
pub fn syntax_ui(cx: &ViewContext<'_>, ui: &mut Ui) {
    ui.label(RichText::new(cx.words.search.syntax).size(size::SMALL).color(cx.palette.ink_weak));
    for (example, meaning) in cx.words.search.syntax_list {
        let mut job = LayoutJob::default();
        job.wrap.max_width = ui.available_width();
        job.append(example, 0.0, TextFormat::simple(theme::sans(14.0), cx.palette.ink));
        job.append(meaning, space::M, TextFormat::simple(theme::sans(14.0), cx.palette.ink_weak));
        ui.label(job);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{ArchiveId, ReportId};
    use crate::library::FieldPlace;

    #[test]
    fn a_row_is_a_heading_or_a_hit_and_each_hit_has_its_row() {
        let hit = Hit {
            archive: ArchiveId::new(0),
            place: FieldPlace { target: Target::Archive, field: Field::Title },
            range: 0..1,
        };
        for sizes in [&[][..], &[1], &[3, 0, 2], &[0, 0, 1], &[2, 0]] {
            let group = |hits: usize| HitGroup {
                archive: ArchiveId::new(0),
                heading: GroupHeading::Report(ReportId::new(hits)),
                hits: vec![hit.clone(); hits],
            };
            let groups: Vec<HitGroup> = sizes.iter().map(|hits| group(*hits)).collect();
            let rows = Rows::new(&groups);
            let mut expected = Vec::new();
            let mut hits = 0;
            for size in sizes {
                expected.push((true, hits));
                expected.extend((hits..hits + size).map(|hit| (false, hit)));
                hits += size;
            }
            let listed = (0..).map_while(|row| match rows.get(row)? {
                Row::Heading { first, .. } => Some((true, first)),
                Row::Hit { index, .. } => Some((false, index)),
            });
            assert_eq!(listed.collect::<Vec<_>>(), expected);
            assert_eq!(rows.len, expected.len());
            for hit in 0..hits {
                assert_eq!(expected[rows.of_hit(hit)], (false, hit), "{sizes:?}");
            }
        }
    }
}
