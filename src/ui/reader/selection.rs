//! Selected text: by mouse, by touch and by keys.

use std::ops::Range;

use egui::{Event, Key, Modifiers, Pos2, Rect, Response, Ui, vec2};

use crate::archive::SectionId;
use crate::markdown::Document;

/// Selected characters of a section's plain text; `anchor` is where it began.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Selection {
    pub section: SectionId,
    pub anchor: usize,
    pub head: usize,
    /// Made with a finger: it has handles to drag and buttons to tap.
    pub by_touch: bool,
}

impl Selection {
    pub fn range(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    pub fn is_empty(&self) -> bool {
        self.anchor == self.head
    }
}

/// What a double click selects: a word of letters or digits, or else the text between two marks of punctuation, which
/// in Chinese is what one most often wants and needs no dictionary. Without the blanks at its ends.
pub fn clause_at(document: &Document, offset: usize) -> Range<usize> {
    let block = paragraph_at(document, offset);
    let chars: Vec<char> = document.slice(block.clone()).chars().collect();
    let at = offset.saturating_sub(block.start).min(chars.len().saturating_sub(1));
    let Some(&here) = chars.get(at) else { return block.start..block.start };
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\'' | '’' | '-' | '_');
    let inside: &dyn Fn(char) -> bool = if word(here) { &word } else { &|c| !is_stop(c) };
    if !inside(here) {
        return block.start + at..block.start + at + 1;
    }
    let start = chars[..at].iter().rposition(|c| !inside(*c)).map_or(0, |stop| stop + 1);
    let end = chars[at..].iter().position(|c| !inside(*c)).map_or(chars.len(), |stop| at + stop);
    let blank = |i: &usize| chars[*i].is_whitespace();
    let start = (start..end).find(|i| !blank(i)).unwrap_or(start);
    let end = (start..end).rev().find(|i| !blank(i)).map_or(end, |last| last + 1);
    block.start + start..block.start + end
}

/// What a triple click selects. A line feed parts paragraphs, a tab a table's cells.
pub fn paragraph_at(document: &Document, offset: usize) -> Range<usize> {
    let index = document.block_at(offset);
    document.blocks.get(index).map_or(0..0, |block| block.range.clone())
}

fn is_stop(c: char) -> bool {
    matches!(c, '\n' | '\t' | '—' | '…')
        || "，。、；：！？“”‘’《》〈〉（）【】「」『』〔〕［］".contains(c)
        || ",.;:!?\"()[]".contains(c)
}

/// Where a selection goes with the keys; the page knows where lines stand.
pub struct Caret<'a> {
    pub document: &'a Document,
    /// The character a line above (-1) or below (1) another.
    pub beside_line: &'a mut dyn FnMut(usize, f32) -> usize,
    /// Where a selection begins if there is none: the first character on the screen.
    pub first_visible: usize,
}

/// Shift and the arrows, Home and End move the selection's end. Returns the new selection if a key was pressed.
pub fn moved_by_keys(ui: &Ui, selection: Option<Selection>, section: SectionId, caret: Caret<'_>) -> Option<Selection> {
    let len = caret.document.len();
    let start = Selection { section, anchor: caret.first_visible, head: caret.first_visible, by_touch: false };
    let old = selection.unwrap_or(start);
    let mut new = old;
    ui.input_mut(|input| {
        let mut pressed = |modifiers: Modifiers, key| input.count_and_consume_key(modifiers, key);
        let (shift, ctrl) = (Modifiers::SHIFT, Modifiers::SHIFT | Modifiers::COMMAND);
        let mut paragraphs = pressed(ctrl, Key::ArrowDown) as isize - pressed(ctrl, Key::ArrowUp) as isize;
        while paragraphs != 0 {
            let here = paragraph_at(caret.document, new.head);
            new.head = if paragraphs > 0 { (here.end + 1).min(len) } else { here.start.saturating_sub(1) };
            if paragraphs < 0 {
                new.head = paragraph_at(caret.document, new.head).start;
            }
            paragraphs -= paragraphs.signum();
        }
        if pressed(ctrl, Key::Home) > 0 {
            new.head = 0;
        }
        if pressed(ctrl, Key::End) > 0 {
            new.head = len;
        }
        let characters = pressed(shift, Key::ArrowRight) as isize - pressed(shift, Key::ArrowLeft) as isize;
        new.head = new.head.saturating_add_signed(characters).min(len);
        let lines = pressed(shift, Key::ArrowDown) as isize - pressed(shift, Key::ArrowUp) as isize;
        for _ in 0..lines.abs() {
            new.head = (caret.beside_line)(new.head, lines.signum() as f32);
        }
        if pressed(shift, Key::Home) > 0 {
            new.head = paragraph_at(caret.document, new.head).start;
        }
        if pressed(shift, Key::End) > 0 {
            new.head = paragraph_at(caret.document, new.head).end;
        }
    });
    (new != old).then_some(Selection { by_touch: false, ..new })
}

/// What the pointer did to the selection.
pub fn moved_by_pointer(
    ui: &Ui,
    selection: Option<Selection>,
    section: SectionId,
    document: &Document,
    response: &Response,
    offset_at: &dyn Fn(Pos2) -> usize,
) -> Option<Selection> {
    let selecting = selection.filter(|selection| selection.section == section);
    let pointer = response.interact_pointer_pos()?;
    let at = offset_at(pointer);
    let of = |range: Range<usize>, by_touch| Selection { section, anchor: range.start, head: range.end, by_touch };
    let by_touch = ui.input(|i| i.any_touches());
    if response.long_touched() {
        return Some(of(clause_at(document, at), true));
    }
    if response.triple_clicked() {
        return Some(of(paragraph_at(document, at), by_touch));
    }
    if response.double_clicked() {
        return Some(of(clause_at(document, at), by_touch));
    }
    if by_touch {
        if response.dragged() {
            // The first touch meets a page that was made for a mouse.
            let animation = egui::style::ScrollAnimation::none();
            ui.scroll_with_delta_animation(vec2(0.0, response.drag_delta().y), animation);
        }
        return None;
    }
    if let Some(selection) = selecting
        && ui.input(|i| i.modifiers.shift)
        && (response.clicked() || response.drag_started())
    {
        return Some(Selection { head: at, ..selection });
    }
    if response.drag_started() {
        // The drag is recognized some pixels after the press: the selection begins where the press was.
        let press = ui.input(|i| i.pointer.press_origin()).unwrap_or(pointer);
        return Some(Selection { section, anchor: offset_at(press), head: at, by_touch: false });
    }
    if response.dragged()
        && let Some(selection) = selecting
    {
        follow_pointer(ui, pointer);
        return Some(Selection { head: at, ..selection });
    }
    None
}

/// Whether the pointer is a finger, if it was one `before`.
pub fn touched(ui: &Ui, before: bool) -> bool {
    let touches = |event: &Event| matches!(event, Event::Touch { .. });
    let moves = |event: &Event| matches!(event, Event::PointerMoved(_));
    ui.input(|i| i.any_touches() || i.events.iter().any(touches) || before && !i.events.iter().any(moves))
}

/// Near the edge the page follows.
pub fn follow_pointer(ui: &Ui, pointer: Pos2) {
    let clip = ui.clip_rect();
    let beyond = (clip.top() + 20.0 - pointer.y).max(0.0) - (pointer.y - clip.bottom() + 20.0).max(0.0);
    if beyond != 0.0 {
        ui.scroll_with_delta(vec2(0.0, beyond.clamp(-30.0, 30.0)));
        ui.ctx().request_repaint();
    }
}

/// Where a handle is drawn and grasped, below the caret it belongs to.
pub fn handle_rect(caret: Rect, size: f32) -> Rect {
    Rect::from_center_size(caret.center_bottom() + vec2(0.0, size * 0.3), vec2(size, size))
}
