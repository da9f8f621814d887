//! The staff's page: leave, new content, statistics.

use egui::{Align2, Rect, RichText, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::keys::row_ui;
use crate::app::{Command, Content, StaffCommand, StaffPage};
use crate::kiosk::clock::Date;
use crate::kiosk::statistics::Counts;
use crate::kiosk::watch::Leave;
use crate::ui::ViewContext;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::{page_ui, text_button};

/// Days of the table and of the chart.
const DAYS: u16 = 30;
const WEEK: usize = 7;
const CHART_HEIGHT: f32 = 130.0;

pub fn staff_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    ui.painter().rect_filled(ui.max_rect(), 0, cx.palette.desk);
    let page = cx.state.staff.page;
    page_ui(ui, ("staff", page as u8), 760.0, |ui, _| {
        let words = &cx.words.staff;
        let title = match page {
            StaffPage::Menu => words.title,
            StaffPage::Content => words.content,
            StaffPage::Statistics => words.statistics,
        };
        ui.add_space(space::L);
        ui.label(RichText::new(title).font(theme::serif_bold(26.0)).color(cx.palette.ink));
        ui.add_space(space::M);
        match page {
            StaffPage::Menu => menu_ui(cx, ui),
            StaffPage::Content => content_ui(cx, ui),
            StaffPage::Statistics => statistics_ui(cx, ui),
        }
        if page != StaffPage::Menu {
            ui.add_space(space::M);
            if row_ui(cx, ui, words.back, "").clicked() {
                push(cx, StaffCommand::Show(StaffPage::Menu));
            }
        }
    });
}

fn push(cx: &mut ViewContext<'_>, command: StaffCommand) {
    cx.push(Command::Staff(command));
}

fn menu_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = &cx.words.staff;
    for (name, command) in [
        (words.content, StaffCommand::Show(StaffPage::Content)),
        (words.statistics, StaffCommand::Show(StaffPage::Statistics)),
        (words.restart, StaffCommand::Leave(Leave::Restart)),
        (words.leave, StaffCommand::Leave(Leave::Staff)),
    ] {
        if row_ui(cx, ui, name, "").clicked() {
            push(cx, command);
        }
    }
}

fn say(cx: &ViewContext<'_>, ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text).size(size::LARGE).color(cx.palette.ink)).wrap());
}

fn content_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let (state, words) = (cx.state, &cx.words.staff);
    let rules = state.shell.exhibition.as_ref();
    match &state.staff.content {
        Content::Unknown => {}
        Content::Found(paths) => {
            let said = match (paths.is_empty(), rules.is_some_and(|rules| rules.updates_folder.is_some())) {
                (_, false) => words.no_updates_folder,
                (true, true) => words.nothing_found,
                (false, true) => words.found_here,
            };
            say(cx, ui, said);
            for path in paths {
                let folder = path.parent().unwrap_or(path);
                if row_ui(cx, ui, &folder.display().to_string(), "").clicked() {
                    push(cx, StaffCommand::Inspect(path.clone()));
                }
            }
            ui.add_space(space::M);
            if row_ui(cx, ui, words.look_again, "").clicked() {
                push(cx, StaffCommand::Look);
            }
            if state.staff.can_roll_back && row_ui(cx, ui, words.roll_back, words.roll_back_explained).clicked() {
                push(cx, StaffCommand::RollBack);
            }
        }
        Content::Working(monitor) => {
            let percent = monitor.percent();
            say(cx, ui, &(words.checking)(percent));
            let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), space::M), Sense::hover());
            ui.painter().rect_filled(bar, 4, cx.palette.hairline);
            let done = vec2(bar.width() * f32::from(percent) / 100.0, bar.height());
            ui.painter().rect_filled(Rect::from_min_size(bar.min, done), 4, cx.palette.accent);
            ui.add_space(space::M);
            if monitor.can_cancel() && text_button(cx, ui, None, words.cancel, false).clicked() {
                push(cx, StaffCommand::Cancel);
            }
            ui.ctx().request_repaint_after_secs(0.2);
        }
        Content::Inspected(inspected) => {
            let changes = &inspected.changes;
            let title = crate::ui::archive_title(cx.words, &inspected.inspection.archive);
            ui.label(RichText::new(title).font(theme::serif_bold(size::LARGE)).color(cx.palette.ink));
            let said = match (changes.is_empty(), changes.another_archive) {
                (true, _) => words.nothing_changes,
                (false, true) => words.another_archive,
                (false, false) => words.would_change,
            };
            say(cx, ui, said);
            if text_button(cx, ui, None, words.install, true).clicked() {
                push(cx, StaffCommand::Install);
            }
            for line in (words.changes)(changes) {
                say(cx, ui, &line);
            }
        }
        Content::Failed(error) => {
            let said = (cx.words.kiosk.update_error)(error);
            say(cx, ui, &said.what);
            if !said.remedy.is_empty() {
                say(cx, ui, &said.remedy);
            }
            ui.add_space(space::M);
            if row_ui(cx, ui, words.look_again, "").clicked() {
                push(cx, StaffCommand::Look);
            }
        }
        Content::Done => say(cx, ui, words.switched),
    }
}

fn statistics_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let (state, words) = (cx.state, &cx.words.staff);
    let days = &state.staff.days;
    let Some((newest, _)) = days.last() else { return say(cx, ui, words.no_statistics) };
    let last = &days[days.partition_point(|(date, _)| newest.days_after(*date) >= i32::from(DAYS))..];
    chart_ui(cx, ui, last, *newest);
    ui.add_space(space::M);
    table_ui(cx, ui, last);
    ui.add_space(space::M);
    if text_button(cx, ui, None, words.save_statistics, true).clicked() {
        push(cx, StaffCommand::SaveStatistics);
    }
    match &state.staff.saved {
        Some(Ok(path)) => say(cx, ui, &(words.saved)(path)),
        Some(Err(error)) => say(cx, ui, &(words.not_saved)(error)),
        None => {}
    }
}

/// A bar a day, up to the newest. Days on which nobody came are empty.
fn chart_ui(cx: &ViewContext<'_>, ui: &mut Ui, days: &[(Date, Counts)], newest: Date) {
    let palette = cx.palette;
    ui.label(RichText::new(cx.words.staff.sessions_a_day).size(size::BODY).color(palette.ink_weak));
    let small = theme::sans(size::SMALL * 0.85);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CHART_HEIGHT), Sense::hover());
    let area = rect.with_max_y(rect.bottom() - size::SMALL * 1.5);
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Image, true, cx.words.staff.sessions_a_day));
    let most = days.iter().map(|(_, counts)| counts.sessions).max().unwrap_or(0).max(1);
    let step = area.width() / f32::from(DAYS);
    let room = area.height() - size::SMALL * 1.5;
    for (date, counts) in days {
        let left = area.right() - (newest.days_after(*date) + 1) as f32 * step;
        let height = room * counts.sessions as f32 / most as f32;
        let top = area.bottom() - height;
        let bar = Rect::from_min_max(pos2(left + 2.0, top), pos2(left + step - 2.0, area.bottom()));
        ui.painter().rect_filled(bar, 1, palette.accent);
        let at = pos2(bar.center().x, top - 2.0);
        ui.painter().text(at, Align2::CENTER_BOTTOM, counts.sessions.to_string(), small.clone(), palette.ink_weak);
    }
    for before in (0..DAYS).step_by(WEEK) {
        let (date, at) = (newest.days_before(before), area.right() - (f32::from(before) + 0.5) * step);
        let day = format!("{}-{:02}", date.month, date.day);
        ui.painter().text(pos2(at, area.bottom() + 2.0), Align2::CENTER_TOP, day, small.clone(), palette.ink_weak);
    }
    ui.painter().hline(area.x_range(), area.bottom(), Stroke::new(1.0, palette.hairline));
}

/// The newest day first: sessions, sections, pictures, searches, and those that found nothing.
fn table_ui(cx: &ViewContext<'_>, ui: &mut Ui, days: &[(Date, Counts)]) {
    const COLUMNS: usize = 6;
    let headings = &cx.words.kiosk.statistics_headings[..COLUMNS];
    let width = ui.available_width() / COLUMNS as f32 - space::S;
    // Days stand left, numbers under the right end of their heading.
    let cell = |ui: &mut Ui, column: usize, text: &str, strong: bool| {
        let (rect, _) = ui.allocate_exact_size(vec2(width, if strong { 40.0 } else { 24.0 }), Sense::hover());
        let ink = if strong { cx.palette.ink_weak } else { cx.palette.ink };
        let font = theme::sans(if strong { size::SMALL } else { size::BODY });
        let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, ink, width);
        job.halign = if column == 0 { egui::Align::LEFT } else { egui::Align::RIGHT };
        let left = if column == 0 { rect.left() } else { rect.right() };
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(left, rect.bottom() - galley.size().y), galley, ink);
    };
    egui::Grid::new("days").spacing(vec2(space::S, space::XS)).show(ui, |ui| {
        headings.iter().enumerate().for_each(|(column, heading)| cell(ui, column, heading, true));
        ui.end_row();
        for (date, counts) in days.iter().rev() {
            cell(ui, 0, &date.to_string(), false);
            let counts = counts.columns();
            let counts = counts.iter().take(COLUMNS - 1).zip(1..);
            counts.for_each(|(count, column)| cell(ui, column, &count.to_string(), false));
            ui.end_row();
        }
    });
}
