//! The set text on the screen, and what mouse, fingers and keys do to it.

use std::ops::Range;

use egui::accesskit::Role;
use egui::{CursorIcon, Id, Pos2, Rect, Response, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::app::{Capability, Command};
use crate::archive::SectionId;
use crate::export::clip::CopyForm;
use crate::markdown::Document;
use crate::text::Words;
use crate::typeset::Flow;

use super::column::Column;
use super::selection::{self, Caret, Selection, moved_by_keys, moved_by_pointer, touched};
use super::text::{Shown, block_ui};
use super::{Place, Reader};
use crate::ui::ViewContext;
use crate::ui::theme::{self, space};

/// The set text on the screen.
pub(super) struct Page<'a, 'b> {
    pub cx: &'a mut ViewContext<'b>,
    pub reader: &'a mut Reader,
    pub flow: &'a Flow<'a>,
    pub column: &'a mut Column,
    pub id: SectionId,
    /// Where the column begins on the screen.
    pub origin: Pos2,
    pub view: Rect,
}

impl Page<'_, '_> {
    fn document(&self) -> &'_ Document {
        self.flow.document
    }

    /// The part of the column that is on the screen, and half a screen more on both sides.
    pub fn around(&self, screen: f32) -> Range<f32> {
        let height = self.view.height();
        screen - height * 0.5..screen + height * 1.5
    }

    /// What is to be at the top of the screen so that a line stands where it stood.
    pub fn top_for(&mut self, place: Place) -> f32 {
        let frame = self.column.frame_of(self.flow, &(place.offset..place.offset + 1));
        frame.map_or(0.0, |frame| frame.y) + place.below * self.flow.sheet.size
    }

    /// Sets the text around a place that is to be at the top of the screen; returns where it is then.
    pub fn settle(&mut self, top: f32) -> f32 {
        top + self.column.prepare(self.flow, self.around(top), top)
    }

    /// What is to be at the top of the screen so that what was asked for is seen; once.
    pub fn asked_for(&mut self, screen: f32) -> Option<f32> {
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
    pub fn remember(&mut self, ui: &Ui, screen: f32) {
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

    pub fn ui(&mut self, ui: &mut Ui) {
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
