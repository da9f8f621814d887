//! A section's text as a column of blocks, of which only those near the screen are set.
//!
//! Heights of the others are guessed. When a guess gives way to the exact height, what is on the screen stays where it
//! is: [`Column::prepare`] says how far the column moved above it.

use std::ops::Range;

use egui::Context;

use crate::typeset::{Face, Flow, FontStack, Frame, SetBlock, SetText, Shaper};
use crate::ui::offsets::Offsets;
use crate::ui::theme;

/// A document set to a width, as far as it was looked at.
pub struct Column {
    blocks: Vec<Option<SetBlock>>,
    /// Each with the blank before its block.
    offsets: Offsets,
}

/// The embedded faces, and egui's for what they lack.
pub struct ScreenShaper(pub Context);

impl Shaper for ScreenShaper {
    fn advances(&self, text: &str, face: Face, out: &mut Vec<f32>) {
        let font = theme::font(face, 100.0);
        let mut missing = |c: char| self.0.fonts_mut(|fonts| fonts.glyph_width(&font, c)) / 100.0;
        FontStack::embedded().advances_or(text, face, &mut missing, out);
    }
}

impl Column {
    pub fn new(flow: &Flow<'_>) -> Self {
        let count = flow.document.blocks.len();
        let heights = (0..count).map(|i| flow.gap_before(i) + flow.estimate(i)).collect();
        Self { blocks: vec![None; count], offsets: Offsets::new(heights) }
    }

    /// In points; a guess as long as not all is set.
    pub fn height(&self) -> f32 {
        self.offsets.total() as f32
    }

    /// Where a block begins, below the blank before it.
    pub fn top(&self, flow: &Flow<'_>, index: usize) -> f32 {
        self.offsets.top(index) as f32 + flow.gap_before(index)
    }

    /// The block at a place, also for the blank before it.
    pub fn block_at(&self, y: f32) -> usize {
        self.offsets.at(f64::from(y))
    }

    pub fn block(&self, index: usize) -> Option<&SetBlock> {
        self.blocks.get(index)?.as_ref()
    }

    /// Sets what stands between two places. Returns by how much the text on the screen, which begins at `screen`, moved
    /// down because what is above it turned out higher than was guessed.
    pub fn prepare(&mut self, flow: &Flow<'_>, range: Range<f32>, screen: f32) -> f32 {
        if self.blocks.is_empty() {
            return 0.0;
        }
        // What was drawn before holds its place: the first block on the screen that was.
        let first = self.block_at(screen);
        let end = self.block_at(range.end) + 1;
        let anchor = (first..end).find(|index| self.blocks[*index].is_some()).unwrap_or(first);
        let before = self.top(flow, anchor);
        let mut index = self.block_at(range.start);
        let mut moved = 0.0;
        while index < self.blocks.len() && self.top(flow, index) <= range.end + moved {
            let until = range.end + moved - self.top(flow, index);
            self.reach(flow, index, until);
            moved = self.top(flow, anchor) - before;
            index += 1;
        }
        moved
    }

    /// Sets a block at least down to `until` below its top.
    fn reach(&mut self, flow: &Flow<'_>, index: usize, until: f32) {
        let set = match &mut self.blocks[index] {
            Some(set) => {
                if set.is_set_to(until) {
                    return;
                }
                flow.extend(index, set, until);
                set
            }
            slot => slot.insert(flow.set(index, until)),
        };
        self.offsets.set_height(index, flow.gap_before(index) + set.height);
    }

    /// Where characters of the plain text stand, from the column's top. Sets the text as far as them.
    pub fn frame_of(&mut self, flow: &Flow<'_>, range: &Range<usize>) -> Option<Frame> {
        let index = flow.document.block_at(range.start);
        flow.document.blocks.get(index)?;
        let range = range.start..range.end.max(range.start + 1);
        let mut until = 0.0;
        loop {
            self.reach(flow, index, until);
            let set = self.blocks[index].as_ref()?;
            let frames = set.texts.iter().flat_map(|text| text.frames(&range));
            let found = frames.reduce(|a, b| a.union(&b));
            if found.is_some() || set.is_set_to(f32::INFINITY) {
                let top = self.top(flow, index);
                let whole = Frame { x: 0.0, y: 0.0, width: flow.sheet.width, height: set.height };
                return Some(found.unwrap_or(whole).translate(0.0, top));
            }
            until = (until * 2.0).max(set.height.min(4096.0)).max(1024.0);
        }
    }

    /// The character of the plain text nearest to a place in the column, among what is set.
    pub fn offset_at(&self, flow: &Flow<'_>, x: f32, y: f32) -> usize {
        let index = self.block_at(y);
        // Rules and pictures without words have no character: take the nearest block above that has.
        let texts = (0..=index.min(self.blocks.len().saturating_sub(1))).rev().find_map(|index| {
            let set = self.block(index)?;
            let y = y - self.top(flow, index);
            let nearest = set.texts.iter().min_by(|a, b| distance(a, x, y).total_cmp(&distance(b, x, y)))?;
            Some(nearest.offset_at(x, y))
        });
        texts.unwrap_or(0)
    }
}

/// From a text to a place, squared.
fn distance(text: &SetText, x: f32, y: f32) -> f32 {
    let frame = text.frame();
    let dx = (frame.x - x).max(x - frame.right()).max(0.0);
    let dy = (frame.y - y).max(y - frame.bottom()).max(0.0);
    dx * dx + dy * dy
}
