//! The blocks of a section's text on the screen.

use std::ops::Range;

use egui::accesskit::Role;
use egui::{Color32, CursorIcon, Pos2, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, Route};
use crate::archive::{Destination, SectionId};
use crate::library::{Field, FieldPlace, Target};
use crate::markdown::{BlockKind, LinkId};
use crate::typeset::{Frame, Run, SetBlock, SetText};
use crate::ui::theme::RADIUS;
use crate::ui::widgets::{chosen, focus_ring};
use crate::ui::{ViewContext, theme};

use super::line::{draw_text, visible_lines};
use super::photos::photo_ui;

/// A block on the screen.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    pub section: SectionId,
    pub index: usize,
    pub block: &'a SetBlock,
    /// Its top left corner.
    pub at: Pos2,
    /// Of the column.
    pub width: f32,
    /// Selected characters of the plain text.
    pub selected: &'a Range<usize>,
}

/// Longer texts are read out as far as they are on the screen.
const READ_OUT_WHOLE: usize = 4000;

pub fn block_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, shown: Shown<'_>) {
    let Shown { block, at, width, .. } = shown;
    let palette = cx.palette;
    let rect = Rect::from_min_size(at, vec2(width, block.height));
    for x in &block.bars {
        let bar = Rect::from_min_max(pos2(at.x + x, rect.top()), pos2(at.x + x + 3.0, rect.bottom()));
        ui.painter().rect_filled(bar, 1, palette.hairline);
    }
    if let Some(label) = &block.marker {
        let font = theme::font(label.face, label.size);
        let mut job = egui::text::LayoutJob::simple_singleline(label.text.clone(), font, Color32::PLACEHOLDER);
        let line_height = block.texts.first().map(|text| text.line_height);
        job.sections.iter_mut().for_each(|section| section.format.line_height = line_height);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let rect = Rect::from_min_size(at + vec2(label.x, label.y), galley.size());
        let way_back = back_to_mark(cx, ui, shown, rect);
        ui.painter().galley(rect.min, galley, if way_back { palette.link } else { palette.ink_weak });
    }
    if block.boxed {
        ui.painter().rect_filled(rect, RADIUS, palette.desk);
    }
    for (i, y) in block.rules.iter().enumerate() {
        let y = at.y + y;
        if ui.clip_rect().y_range().contains(y) {
            let edge = block.rules.len() > 1 && (i == 0 || i + 1 == block.rules.len());
            ui.painter().hline(rect.x_range(), y, Stroke::new(if edge { 1.5 } else { 0.75 }, palette.hairline));
        }
    }
    if let Some(picture) = &block.picture
        && let Destination::Photo(photo) = cx.archive().section(shown.section).destinations[picture.link.0]
    {
        photo_ui(cx, ui, photo, on_screen(&picture.frame, at));
        if let Some(label) = &picture.label {
            paint_marks(cx, ui, label, at, FieldPlace { target: Target::Photo(photo), field: Field::Caption }, 0);
            draw_text(ui, label, at, &|_| palette.ink_weak);
        }
    }
    // A long table is one block: only its cells on the screen are drawn.
    let clip = ui.clip_rect();
    let first = block.texts.partition_point(|text| at.y + text.frame().bottom() < clip.top() - clip.height());
    let texts = block.texts[first..].iter().take_while(|text| at.y + text.y < clip.bottom());
    for text in texts.filter(|text| on_screen(&text.frame(), at).intersects(clip)) {
        text_ui(cx, ui, shown, text);
    }
}

/// The number of a footnote leads back to its mark in the text. False if the block is none.
fn back_to_mark(cx: &mut ViewContext<'_>, ui: &Ui, shown: Shown<'_>, rect: Rect) -> bool {
    let section = shown.section;
    let document = &cx.archive().section(section).document;
    let BlockKind::Footnote { number } = document.blocks[shown.index].kind else { return false };
    let response = ui.interact(rect, ui.scope_id().with(("footnote", section, shown.index)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, (cx.words.back_to_note)(number)));
    focus_ring(cx, ui, &response, rect);
    if response.hovered() {
        ui.set_cursor_icon(CursorIcon::PointingHand);
    }
    if chosen(response)
        && let Some(range) = document.footnote_mark(number)
    {
        cx.push(Command::GoToText { section, range });
    }
    true
}

pub fn on_screen(frame: &Frame, at: Pos2) -> Rect {
    Rect::from_min_size(at + vec2(frame.x, frame.y), vec2(frame.width, frame.height))
}

fn text_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, shown: Shown<'_>, text: &SetText) {
    let Shown { section, index, at, .. } = shown;
    let rect = on_screen(&text.frame(), at).expand2(vec2(2.0, 0.0));
    let id = ui.scope_id().with(("text", section, text.start, index));
    let response = ui.interact(rect, id, Sense::hover());
    let record = cx.archive().section(section);
    let clip = ui.clip_rect();
    response.widget_info(|| {
        let whole = text.range();
        let mut lines = visible_lines(text, at.y + text.y, clip.top(), clip.bottom()).map(|(_, line)| &line.range);
        let read = match (whole.len() > READ_OUT_WHOLE, lines.next(), lines.last()) {
            (true, Some(first), last) => text.start + first.start..text.start + last.unwrap_or(first).end,
            _ => whole,
        };
        let role = match record.document.blocks[index].kind {
            BlockKind::Heading(_) => Role::Heading,
            BlockKind::Table(_) => Role::Cell,
            _ if !record.document.blocks[index].lists.is_empty() => Role::ListItem,
            _ => Role::Label,
        };
        WidgetInfo::labeled(role, true, record.document.slice(read))
    });
    paint_frames(ui, text, at, shown.selected, |rect| (rect, cx.palette.selection));
    paint_marks(cx, ui, text, at, FieldPlace { target: Target::Section(section), field: Field::Body }, 0);
    paint_decorations(cx, ui, text, at, section);
    let leads = |run: &Run| run.link.is_some_and(|link| record.destinations[link.0] != Destination::Nowhere);
    let palette = cx.palette;
    draw_text(ui, text, at, &|run| if leads(run) { palette.link } else { palette.ink });
    links_ui(cx, ui, text, at, section);
}

/// Lines of the text that are on the screen, in characters of the plain text.
fn visible_range(ui: &Ui, text: &SetText, at: Pos2) -> Range<usize> {
    let clip = ui.clip_rect();
    let mut lines = visible_lines(text, at.y + text.y, clip.top(), clip.bottom()).map(|(_, line)| &line.range);
    let Some(first) = lines.next() else { return text.start..text.start };
    let end = lines.last().unwrap_or(first).end;
    text.start + first.start..text.start + end
}

/// The runs on the screen that have something to show beside their letters, with their characters of the plain text.
fn marked_runs<'a>(ui: &Ui, text: &'a SetText, at: Pos2) -> Vec<(&'a Run, Range<usize>)> {
    let clip = ui.clip_rect();
    let mut runs: Vec<(&Run, Range<usize>)> = Vec::new();
    for (_, line) in visible_lines(text, at.y + text.y, clip.top(), clip.bottom()) {
        for (run, range) in text.runs_of(line) {
            if run.link.is_none() && !run.style.code && !run.style.strikethrough {
                continue;
            }
            let range = text.start + range.start..text.start + range.end;
            match runs.last_mut() {
                Some((last, known)) if std::ptr::eq(*last, run) => known.end = range.end,
                _ => runs.push((run, range)),
            }
        }
    }
    runs
}

/// Each link can be clicked, and reached with Tab and followed with Enter.
fn links_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, text: &SetText, at: Pos2, section: SectionId) {
    for (run, range) in marked_runs(ui, text, at) {
        let Some(link) = run.link else { continue };
        let Some(command) = target(cx, section, link).filter(|command| cx.state.shell.allows(command)) else {
            continue;
        };
        let words = cx.archive().section(section).document.slice(range.clone()).to_owned();
        for (i, frame) in text.frames(&range).iter().enumerate() {
            let rect = on_screen(frame, at);
            let id = ui.scope_id().with(("link", section, range.start, i));
            // A link that goes on in the next line is one stop of the Tab key.
            let sense = if i == 0 { Sense::click() } else { Sense::CLICK };
            let response = ui.interact(rect, id, sense);
            if i == 0 {
                response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
            }
            focus_ring(cx, ui, &response, rect);
            if response.hovered() {
                ui.set_cursor_icon(CursorIcon::PointingHand);
            }
            if chosen(response) {
                cx.push(command.clone());
            }
        }
    }
}

/// Where a link leads.
fn target(cx: &ViewContext<'_>, id: SectionId, link: LinkId) -> Option<Command> {
    let section = cx.archive().section(id);
    match &section.destinations[link.0] {
        Destination::Section(to) => Some(Command::Go(Route::Section(*to))),
        Destination::Photo(photo) => Some(Command::Go(Route::Photo(*photo))),
        Destination::Block(block) => {
            let start = section.document.blocks[*block].range.start;
            Some(Command::GoToText { section: id, range: start..start })
        }
        Destination::Outside(url) => Some(Command::CopyAddress(url.clone())),
        Destination::Nowhere => None,
    }
}

/// What was found in a text. What is drawn may have `shift` more characters before those that are searched.
pub fn paint_marks(cx: &ViewContext<'_>, ui: &Ui, text: &SetText, at: Pos2, place: FieldPlace, shift: usize) {
    let range = text.range();
    let shifted = |mark: &Range<usize>| mark.start + shift..mark.end + shift;
    let marks = cx.state.marks(place);
    let first = marks.partition_point(|mark| mark.end + shift <= range.start);
    let visible = visible_range(ui, text, at);
    let seen = marks[first..].iter().map(shifted).take_while(|mark| mark.start < range.end);
    for mark in seen.skip_while(|mark| mark.end <= visible.start).take_while(|mark| mark.start < visible.end) {
        paint_frames(ui, text, at, &mark, |rect| (mark_rect(rect), cx.palette.mark));
    }
    let focus = match (place.target, place.field) {
        (Target::Section(section), Field::Body) => cx.state.focus_in(section).map(|focus| focus.range.clone()),
        _ => None,
    };
    if let Some(mark) = cx.state.current_mark(place).map(|mark| shifted(&mark)).or(focus) {
        paint_frames(ui, text, at, &mark, |rect| (mark_rect(rect), cx.palette.mark_current));
    }
}

/// A ground behind characters of the plain text.
fn paint_frames(ui: &Ui, text: &SetText, at: Pos2, range: &Range<usize>, ground: impl Fn(Rect) -> (Rect, Color32)) {
    let visible = visible_range(ui, text, at);
    let range = range.start.max(visible.start)..range.end.min(visible.end);
    if range.is_empty() {
        return;
    }
    for frame in text.frames(&range) {
        let (rect, ink) = ground(on_screen(&frame, at));
        ui.painter().rect_filled(rect, 2, ink);
    }
}

/// Lines under links and through what was struck out, and the ground of code.
fn paint_decorations(cx: &ViewContext<'_>, ui: &Ui, text: &SetText, at: Pos2, section: SectionId) {
    let palette = cx.palette;
    let destinations = &cx.archive().section(section).destinations;
    for (run, range) in marked_runs(ui, text, at) {
        let leads = run.link.is_some_and(|link| destinations[link.0] != Destination::Nowhere);
        for frame in text.frames(&range) {
            let rect = on_screen(&frame, at);
            let line = mark_rect(rect);
            if run.style.code {
                ui.painter().rect_filled(line, 3, palette.desk);
            }
            if leads && !run.style.footnote_mark {
                let stroke = Stroke::new(1.0, palette.link.gamma_multiply(0.5));
                ui.painter().hline(line.x_range(), line.bottom(), stroke);
            }
            if run.style.strikethrough {
                ui.painter().hline(line.x_range(), rect.center().y, Stroke::new(1.0, palette.ink));
            }
        }
    }
}

/// As high as the characters, not as the line.
fn mark_rect(line: Rect) -> Rect {
    line.shrink2(vec2(0.0, line.height() * 0.14))
}
