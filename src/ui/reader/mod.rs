//! The page that a section is read on.

mod bar;
mod column;
mod line;
mod neighbours;
mod photos;
mod selection;
mod text;

use std::collections::HashMap;
use std::ops::Range;

use egui::accesskit::Role;
use egui::{CursorIcon, Id, Pos2, Rect, Response, RichText, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::app::{ArchiveKey, Capability, Command, Focus, Route};
use crate::archive::{ArchiveId, Destination, SectionId};
use crate::export::clip::CopyForm;
use crate::library::{Field, FieldPlace, Target};
use crate::markdown::{Document, LinkId};
use crate::text::Words;
use crate::typeset::{Flow, Measure, Picture, SetText};

use super::theme::{self, size, space};
use super::widgets::scrolled_page_ui;
use super::{ViewContext, heading_text};
use bar::bar_ui;
use column::{Column, ScreenShaper};
use line::draw_text;
use neighbours::neighbours_ui;
use photos::{aspect, photos_ui};
use selection::{Caret, Selection, moved_by_keys, moved_by_pointer, touched};
use text::{Shown, block_ui, paint_marks};

/// What the reader keeps between frames: the set text, and what is selected in it.
#[derive(Default)]
pub struct Reader {
    /// The archive that is read.
    archive: Option<ArchiveId>,
    set: Option<(ColumnKey, Column)>,
    selection: Option<Selection>,
    /// The focus that was brought into view last, so that it is done once.
    focused: Option<Focus>,
    /// What stood at the top of the screen when a section was last shown.
    places: HashMap<(ArchiveId, SectionId), Place>,
    /// How much of the section was on the screen or above it, in characters.
    read: usize,
    /// The pointer is a finger.
    touched: bool,
    /// Where the page is to be scrolled to, in points from its top.
    scroll_to: Option<f32>,
    /// The place that is not told of yet, and since when it stands there, in seconds.
    untold: Option<(usize, f64)>,
}

/// A line of the text and where it stands: kept when the text is set anew.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Place {
    /// The line's first character, of the plain text.
    offset: usize,
    /// From the line's top down to the top of the screen, in the text's size.
    below: f32,
}

/// Everything that the set text depends on.
#[derive(Clone, PartialEq)]
struct ColumnKey {
    archive: ArchiveKey,
    section: SectionId,
    sheet: crate::typeset::Sheet,
}

/// The reading place is remembered when it has not moved for this long, in seconds.
const SETTLED_SECS: f64 = 0.8;

impl Reader {
    /// The selection, if it is on the page that is shown.
    pub fn selection(&self, cx: &ViewContext<'_>) -> Option<(SectionId, Range<usize>)> {
        let selection = self.selection.filter(|selection| !selection.is_empty())?;
        (cx.state.route() == Route::Section(selection.section)).then(|| (selection.section, selection.range()))
    }

    pub fn clear_selection(&mut self) {
        self.selection = None;
    }

    pub fn select_all(&mut self, cx: &ViewContext<'_>) {
        if let Route::Section(section) = cx.state.route() {
            let head = cx.archive().section(section).document.len();
            self.selection = Some(Selection { section, anchor: 0, head, by_touch: false });
        }
    }

    /// Shows a section from a character on, when it is shown for the first time.
    pub fn begin_at(&mut self, archive: ArchiveId, section: SectionId, offset: usize) {
        self.places.insert((archive, section), Place { offset, below: 0.0 });
    }

    /// To be told in each frame which archive is read: what was selected in another is no longer.
    pub fn turn_to(&mut self, archive: ArchiveId) {
        if self.archive != Some(archive) {
            (self.archive, self.selection, self.untold) = (Some(archive), None, None);
        }
    }

    /// Tells where the reader is, once the page has come to rest.
    fn tell_place(&mut self, cx: &mut ViewContext<'_>, ui: &Ui, section: SectionId, offset: usize) {
        let remembered = cx.state.settings.last_place.as_ref().map(|place| place.offset);
        if remembered.is_none_or(|known| known == offset) {
            self.untold = None;
            return;
        }
        let now = ui.input(|i| i.time);
        let since = match self.untold {
            Some((place, since)) if place == offset => since,
            _ => now,
        };
        self.untold = Some((offset, since));
        if now - since < SETTLED_SECS {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(SETTLED_SECS - (now - since)));
        } else {
            cx.push(Command::ReadTo { section, offset });
        }
    }
}

/// The page of a section: title, text, photos, and the ways to its neighbours; below it how far it was read.
pub fn reader_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, reader: &mut Reader, id: SectionId) {
    bar_ui(cx, ui, id, reader.read);
    let text_size = cx.state.settings.text_points();
    let key = (cx.archive().section(id).key.clone(), "reader");
    let margin = text_size * 2.2;
    let measure = cx.state.settings.typography.measure.characters() * text_size;
    let offset = reader.scroll_to.take();
    let scrolled = scrolled_page_ui(ui, key, measure + 2.0 * margin, offset, |ui, view| {
        let top_of_all = ui.max_rect().top();
        ui.add_space(space::XL);
        let page_shape = ui.painter().add(egui::Shape::Noop);
        let top = ui.cursor().top();
        let (left, width) = (ui.max_rect().left(), ui.max_rect().width());
        let margin = margin.min(width * 0.08);
        let column = Rect::from_min_size(pos2(left + margin, top + margin), vec2(width - 2.0 * margin, f32::INFINITY));
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(column));
        inner.spacing_mut().item_spacing.y = 0.0;
        inner.set_width(column.width());
        title_ui(cx, &mut inner, id);
        let shift = match text_ui(cx, &mut inner, reader, id, view) {
            (origin, Shift::To(y)) => Shift::To(origin - top_of_all + y),
            (_, shift) => shift,
        };
        photos_ui(cx, &mut inner, id, text_size);
        let bottom = inner.min_rect().bottom() + margin;
        let page = Rect::from_min_max(pos2(left, top), pos2(left + width, bottom));
        let shape = egui::epaint::RectShape::new(
            page,
            4,
            cx.palette.page,
            Stroke::new(1.0, cx.palette.hairline),
            egui::StrokeKind::Inside,
        );
        ui.painter().set(page_shape, shape);
        ui.allocate_rect(page, Sense::hover());
        ui.add_space(space::L);
        neighbours_ui(cx, ui, id);
        shift
    });
    reader.scroll_to = match scrolled.inner {
        Shift::None => return,
        Shift::By(moved) => Some((scrolled.state.unclamped_offset().y + moved).max(0.0)),
        Shift::To(offset) => Some(offset.max(0.0)),
    };
    // Drawn once more, from the place where it belongs.
    ui.ctx().request_discard("the text was set or gone through");
}

fn title_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: SectionId) {
    let palette = cx.palette;
    let text_size = cx.state.settings.text_points();
    let archive = cx.archive();
    let section = archive.section(id);
    let report = archive.report(section.report);
    let eyebrow = format!("{} · {}", report.title, (cx.words.section_kind)(section.kind));
    ui.label(RichText::new(eyebrow).font(theme::sans(size::SMALL)).color(palette.ink_weak));
    ui.add_space(space::S);
    let title = heading_text(cx.words, section);
    let width = ui.available_width();
    let measure = Measure { full_width: false, ..Measure::ragged(width) };
    let face = cx.state.settings.sheet(width).face.bold();
    // A title that is a paragraph is not shouted.
    let larger = match title.chars().count() {
        0..=40 => 1.55,
        41..=100 => 1.25,
        _ => 1.0,
    };
    let text =
        SetText::plain(&title, face, (text_size * larger).round(), 1.4, measure, &ScreenShaper(ui.ctx().clone()));
    let (rect, response) = ui.allocate_exact_size(vec2(width, text.height()), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &title));
    // A supplied title is drawn in brackets, so its characters stand one further on.
    let shift = usize::from(section.title_supplied);
    paint_marks(cx, ui, &text, rect.min, FieldPlace { target: Target::Section(id), field: Field::Title }, shift);
    draw_text(ui, &text, rect.min, &|_| palette.ink);
    ui.add_space(text_size * 0.5);
    let rule = Rect::from_min_size(pos2(rect.left(), ui.cursor().top()), vec2(text_size * 2.5, 3.0));
    ui.painter().rect_filled(rule, 0, palette.accent);
    ui.add_space(text_size * 1.4);
}

/// How the page is to be scrolled.
enum Shift {
    None,
    /// By so many points down: the text above the screen turned out higher than was guessed.
    By(f32),
    /// So that this place of the text, in points from its top, is at the top of the screen.
    To(f32),
}

/// The text of a section. Returns where it begins on the screen, and how the page is to be scrolled.
fn text_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, reader: &mut Reader, id: SectionId, view: Rect) -> (f32, Shift) {
    let archive = cx.archive();
    let section = archive.section(id);
    if section.document.blocks.is_empty() {
        ui.label(RichText::new(cx.words.empty_section).color(cx.palette.ink_weak));
        return (0.0, Shift::None);
    }
    let picture = |link: LinkId| match section.destinations[link.0] {
        Destination::Photo(photo) => {
            let record = archive.photo(photo);
            Some(Picture { aspect: aspect(record), label: record.label().map(str::to_owned) })
        }
        _ => None,
    };
    let shaper = ScreenShaper(ui.ctx().clone());
    let sheet = cx.state.settings.sheet(ui.available_width());
    let flow = Flow { document: &section.document, sheet, shaper: &shaper, picture: &picture };
    let key = ColumnKey { archive: cx.state.archive_key(), section: id, sheet };
    let kept = reader.set.take().filter(|(set, _)| *set == key);
    let fresh = kept.is_none();
    let mut column = kept.map_or_else(|| Column::new(&flow), |(_, column)| column);

    let origin = ui.cursor().min;
    let screen = view.top() - origin.y;
    let mut page = Page { cx, reader, flow: &flow, column: &mut column, id, origin, view };
    let asked = page.asked_for(screen);
    let place = page.reader.places.get(&(page.cx.state.archive_id(), id)).copied().filter(|_| fresh);
    let shift = match asked.or_else(|| place.map(|place| page.top_for(place))) {
        Some(top) => Shift::To(page.settle(top)),
        None => match page.column.prepare(&flow, page.around(screen), screen) {
            moved if moved.abs() < 0.01 => Shift::None,
            moved => Shift::By(moved),
        },
    };
    let now = match shift {
        Shift::None => screen,
        Shift::By(moved) => screen + moved,
        Shift::To(top) => top.max(-view.height()),
    };
    page.origin.y = view.top() - now;
    page.ui(ui);
    page.remember(ui, now);
    let height = column.height();
    reader.set = Some((key, column));
    ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    (origin.y, shift)
}

/// The set text on the screen.
struct Page<'a, 'b> {
    cx: &'a mut ViewContext<'b>,
    reader: &'a mut Reader,
    flow: &'a Flow<'a>,
    column: &'a mut Column,
    id: SectionId,
    /// Where the column begins on the screen.
    origin: Pos2,
    view: Rect,
}

impl Page<'_, '_> {
    fn document(&self) -> &'_ Document {
        self.flow.document
    }

    /// The part of the column that is on the screen, and half a screen more on both sides.
    fn around(&self, screen: f32) -> Range<f32> {
        let height = self.view.height();
        screen - height * 0.5..screen + height * 1.5
    }

    /// What is to be at the top of the screen so that a line stands where it stood.
    fn top_for(&mut self, place: Place) -> f32 {
        let frame = self.column.frame_of(self.flow, &(place.offset..place.offset + 1));
        frame.map_or(0.0, |frame| frame.y) + place.below * self.flow.sheet.size
    }

    /// Sets the text around a place that is to be at the top of the screen; returns where it is then.
    fn settle(&mut self, top: f32) -> f32 {
        top + self.column.prepare(self.flow, self.around(top), top)
    }

    /// What is to be at the top of the screen so that what was asked for is seen; once.
    fn asked_for(&mut self, screen: f32) -> Option<f32> {
        if self.reader.focused == self.cx.state.focus {
            return None;
        }
        self.reader.focused.clone_from(&self.cx.state.focus);
        let focus = self.cx.state.focus_in(self.id)?;
        if focus.range == (0..0) {
            // The title, above the text.
            return Some(f32::NEG_INFINITY);
        }
        let frame = self.column.frame_of(self.flow, &focus.range)?;
        let height = self.view.height();
        let seen = screen + frame.height <= frame.y && frame.bottom() + frame.height <= screen + height;
        (!seen).then(|| frame.y + frame.height / 2.0 - height / 2.0)
    }

    /// Keeps in mind what is read.
    fn remember(&mut self, ui: &Ui, screen: f32) {
        let x = 0.0;
        let em = self.flow.sheet.size;
        let at_top = self.column.offset_at(self.flow, x, screen.max(0.0) + em * 0.5);
        let place = match self.column.frame_of(self.flow, &(at_top..at_top + 1)) {
            Some(frame) if screen > 0.0 => Place { offset: at_top, below: (screen - frame.y) / em },
            _ => Place::default(),
        };
        let key = (self.cx.state.archive_id(), self.id);
        if screen > 0.0 {
            self.reader.places.insert(key, place);
        } else {
            self.reader.places.remove(&key);
        }
        let bottom = screen + self.view.height();
        let all = self.document().len();
        self.reader.read = if bottom >= self.column.height() {
            all
        } else {
            self.column.offset_at(self.flow, self.flow.sheet.width, bottom)
        };
        self.reader.tell_place(self.cx, ui, self.id, place.offset);
    }

    /// The character nearest to a place on the screen.
    fn offset_at(&self, pos: Pos2) -> usize {
        self.column.offset_at(self.flow, pos.x - self.origin.x, pos.y - self.origin.y)
    }

    /// Where the caret before a character stands on the screen.
    fn caret(&mut self, offset: usize) -> Option<Rect> {
        let frame = self.column.frame_of(self.flow, &(offset..offset + 1))?;
        let at = self.origin + Vec2::new(frame.x, frame.y);
        Some(Rect::from_min_size(at, vec2(1.0, frame.height)))
    }

    fn ui(&mut self, ui: &mut Ui) {
        // What cannot be copied need not be selected.
        if self.cx.state.shell.can(Capability::Copy) {
            let response = self.ground(ui);
            self.select(ui, &response);
            self.menu(&response);
        }
        self.blocks(ui);
    }

    /// What is pressed and dragged to select text.
    fn ground(&mut self, ui: &Ui) -> Response {
        let width = self.flow.sheet.width;
        let area = Rect::from_min_size(self.origin, vec2(width, self.column.height()));
        // The whole page between the margins can be selected from.
        let sense = area.intersect(ui.clip_rect()).expand2(vec2(theme::CONTROL, 0.0));
        let id = ui.scope_id().with(("selection", self.id));
        // What a finger drags is the page.
        self.reader.touched = touched(ui, self.reader.touched);
        let drag = if self.reader.touched { Sense::hover() } else { Sense::DRAG };
        let response = ui.interact(sense, id, Sense::CLICK | drag);
        if response.hovered() && !ui.input(|i| i.any_touches()) {
            ui.set_cursor_icon(CursorIcon::Text);
        }
        response
    }

    fn blocks(&mut self, ui: &mut Ui) {
        let width = self.flow.sheet.width;
        let selected = self.reader.selection.filter(|selection| selection.section == self.id);
        let range = selected.map_or(0..0, |selection| selection.range());
        let clip = ui.clip_rect();
        let mut index = self.column.block_at(clip.top() - self.origin.y);
        while let Some(block) = self.column.block(index) {
            let at = pos2(self.origin.x, self.origin.y + self.column.top(self.flow, index));
            if at.y > clip.bottom() {
                break;
            }
            block_ui(self.cx, ui, Shown { section: self.id, index, block, at, width, selected: &range });
            index += 1;
        }
        if let Some(selection) = selected.filter(|selection| selection.by_touch && !selection.is_empty()) {
            self.handles(ui, selection);
        }
    }

    /// Takes in what mouse, fingers and keys do to the selection.
    fn select(&mut self, ui: &mut Ui, response: &Response) {
        let selection = self.reader.selection.filter(|selection| selection.section == self.id);
        let at = |pos| self.offset_at(pos);
        let moved = moved_by_pointer(ui, selection, self.id, self.document(), response, &at);
        if moved.is_some() {
            self.reader.selection = moved;
        } else if response.clicked() {
            self.reader.selection = None;
        }
        if ui.ctx().text_edit_focused() || self.cx.state.overlay.is_some() {
            return;
        }
        let selection = self.reader.selection.filter(|selection| selection.section == self.id);
        let first_visible = self.offset_at(self.view.left_top().max(self.origin));
        let (document, origin, flow) = (self.flow.document, self.origin, self.flow);
        let column = &mut *self.column;
        let mut beside_line = |offset: usize, step: f32| {
            let Some(frame) = column.frame_of(flow, &(offset..offset + 1)) else { return offset };
            let y = frame.y + frame.height * (0.5 + step);
            column.prepare(flow, y..y, y);
            column.offset_at(flow, frame.x, y)
        };
        let caret = Caret { document, beside_line: &mut beside_line, first_visible };
        if let Some(moved) = moved_by_keys(ui, selection, self.id, caret) {
            self.reader.selection = Some(moved);
            if let Some(frame) = column.frame_of(flow, &(moved.head..moved.head + 1)) {
                let rect = Rect::from_min_size(origin + vec2(frame.x, frame.y), vec2(1.0, frame.height));
                ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
            }
        }
    }

    fn menu(&mut self, response: &Response) {
        response.context_menu(|ui| {
            let words = self.cx.words;
            let selected = self.reader.selection(self.cx);
            for (form, name) in copy_forms(words) {
                if ui.add_enabled(selected.is_some(), egui::Button::new(name)).clicked() {
                    copy_selection(self.cx, self.reader, form);
                    ui.close();
                }
            }
            if ui.button(words.select_all).clicked() {
                self.reader.select_all(self.cx);
                ui.close();
            }
        });
    }

    /// What fingers move the ends of the selection with, and what they copy it with.
    fn handles(&mut self, ui: &mut Ui, selection: Selection) {
        let range = selection.range();
        let (start, end) = (self.caret(range.start), self.caret(range.end.saturating_sub(1)));
        let (Some(start), Some(end)) = (start, end) else { return };
        let end_x = self.column.frame_of(self.flow, &(range.end - 1..range.end)).map_or(0.0, |frame| frame.right());
        let end = Rect::from_min_size(pos2(self.origin.x + end_x, end.top()), end.size());
        for (at_start, caret) in [(true, start), (false, end)] {
            let rect = selection::handle_rect(caret, theme::CONTROL);
            let response = ui.interact(rect, ui.scope_id().with(("handle", at_start)), Sense::DRAG);
            let name = if at_start { self.cx.words.selection_start } else { self.cx.words.selection_end };
            response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, name));
            let accent = self.cx.palette.accent;
            ui.painter().vline(caret.center().x, caret.y_range(), Stroke::new(2.0, accent));
            ui.painter().circle_filled(caret.center_bottom() + vec2(0.0, 9.0), 9.0, accent);
            if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
                selection::follow_pointer(ui, pointer);
                // The finger covers what it points at: what counts is the line above it.
                let offset = self.offset_at(pointer - vec2(0.0, rect.height() * 0.5));
                let (anchor, head) = if at_start { (range.end, offset) } else { (range.start, offset) };
                self.reader.selection = Some(Selection { anchor, head, ..selection });
            }
        }
        let above = pos2(start.left().min(end.left()), start.top() - theme::CONTROL - space::S);
        let at = above.max(self.view.min + vec2(space::S, space::S));
        egui::Area::new(Id::unique("selection buttons")).order(egui::Order::Middle).fixed_pos(at).show(
            ui.ctx(),
            |ui| {
                egui::Frame::popup(ui.style()).show(ui, |ui| {
                    ui.horizontal(|ui| {
                        let words = self.cx.words;
                        for (form, name) in copy_forms(words).into_iter().take(2) {
                            if ui.button(name).clicked() {
                                copy_selection(self.cx, self.reader, form);
                            }
                        }
                        if ui.button(words.select_all).clicked() {
                            self.reader.select_all(self.cx);
                        }
                        if ui.button(words.close).clicked() {
                            self.reader.clear_selection();
                        }
                    });
                });
            },
        );
    }
}

/// The ways to copy, the ones that are wanted most first.
fn copy_forms(words: &Words) -> [(CopyForm, &'static str); 3] {
    [
        (CopyForm::Plain, words.copy_text),
        (CopyForm::WithCitation, words.copy_with_citation),
        (CopyForm::Markdown, words.copy_markdown),
    ]
}

/// Copies what is selected, as it is stored.
pub fn copy_selection(cx: &mut ViewContext<'_>, reader: &Reader, form: CopyForm) {
    if let Some((section, range)) = reader.selection(cx) {
        cx.push(Command::CopySelection { section, range, form });
    }
}
