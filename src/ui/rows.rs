//! Rows one below the other, of which only those near the screen are drawn, however many there are.

use egui::{Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::offsets::Offsets;

/// What is remembered of rows between frames: how high each is, or is guessed to be. `K` is what the heights hold for;
/// with another, they are guessed anew.
pub struct Rows<K> {
    offsets: Offsets,
    made_for: Option<K>,
}

impl<K> Default for Rows<K> {
    fn default() -> Self {
        Self { offsets: Offsets::default(), made_for: None }
    }
}

impl<K: PartialEq> Rows<K> {
    /// Sees to it that there is a height for each row: `guess` has to give them, in points, and should err little.
    pub fn prepare(&mut self, key: K, guess: impl FnOnce() -> Vec<f32>) {
        if self.made_for.as_ref() != Some(&key) {
            self.offsets = Offsets::new(guess());
            self.made_for = Some(key);
        }
    }

    /// From the top of the first row to the top of the `index`-th, in points.
    pub fn top(&self, index: usize) -> f32 {
        self.offsets.top(index) as f32
    }

    pub fn height(&self, index: usize) -> f32 {
        self.offsets.height(index)
    }

    /// Draws the rows that are on the screen, and one more on each side, which the keyboard can go on to. To be called in
    /// a scroll area.
    pub fn show(&mut self, ui: &mut Ui, mut draw: impl FnMut(&mut Ui, usize)) {
        let area = ui.available_rect_before_wrap();
        let clip = ui.clip_rect();
        let first = self.offsets.at(f64::from(clip.top() - area.top())).saturating_sub(1);
        let mut moved = 0.0;
        let mut below = 0;
        for index in first..self.offsets.len() {
            let top = area.top() + self.top(index);
            if top > clip.bottom() {
                below += 1;
                if below > 1 {
                    break;
                }
            }
            let place = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), f32::INFINITY));
            let mut row = ui.new_child(UiBuilder::new().id_salt(index).max_rect(place));
            draw(&mut row, index);
            let (height, before) = (row.min_rect().height(), self.offsets.height(index));
            if height != before {
                self.offsets.set_height(index, height);
                if top < clip.top() {
                    moved += height - before;
                }
            }
        }
        let whole = vec2(area.width(), self.offsets.total() as f32);
        ui.allocate_exact_size(whole, Sense::hover());
        // What is on the screen stays where it is when a guess above it gives way.
        if moved != 0.0 {
            ui.scroll_with_delta_animation(vec2(0.0, -moved), egui::style::ScrollAnimation::none());
            ui.ctx().request_discard("rows above the screen have another height than was guessed");
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::accesskit::Role;
    use egui::{ScrollArea, WidgetInfo};
    use egui_kittest::Harness;

    use super::*;

    struct Desk {
        rows: Rows<()>,
        drawn: Vec<(usize, f32)>,
        offset: Option<f32>,
    }

    /// Ten thousand rows, guessed to be 20 high, of which every third is 35.
    fn harness() -> Harness<'static, Desk> {
        let desk = Desk { rows: Rows::default(), drawn: Vec::new(), offset: None };
        Harness::builder().with_size(vec2(200.0, 300.0)).with_max_steps(200).build_ui_state(
            |ui, desk: &mut Desk| {
                desk.drawn.clear();
                let mut area = ScrollArea::vertical().auto_shrink(false);
                if let Some(offset) = desk.offset.take() {
                    area = area.vertical_scroll_offset(offset);
                }
                area.show(ui, |ui| {
                    desk.rows.prepare((), || vec![20.0; 10_000]);
                    desk.rows.show(ui, |ui, index| {
                        let height = if index % 3 == 0 { 35.0 } else { 20.0 };
                        let (rect, response) = ui.allocate_exact_size(vec2(50.0, height), Sense::click());
                        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, index.to_string()));
                        desk.drawn.push((index, rect.top()));
                    });
                });
            },
            desk,
        )
    }

    #[test]
    fn only_rows_near_the_screen_are_drawn_one_below_the_other() {
        let mut harness = harness();
        for offset in [0.0, 1234.0, 150_000.0, 9e9] {
            harness.state_mut().offset = Some(offset);
            harness.run();
            let drawn = &harness.state().drawn;
            assert!((10..25).contains(&drawn.len()), "{offset}: {}", drawn.len());
            for pair in drawn.windows(2) {
                let ((index, top), (next, below)) = (pair[0], pair[1]);
                let height = if index % 3 == 0 { 35.0 } else { 20.0 };
                assert_eq!(next, index + 1);
                assert!((below - top - height).abs() < 0.1, "{offset}: {index} at {top}, {next} at {below}");
            }
        }
        assert_eq!(harness.state().drawn.last().map(|(index, _)| *index), Some(9_999));
    }

    #[test]
    fn what_is_on_the_screen_stays_when_rows_above_it_turn_out_higher() {
        let mut harness = harness();
        harness.state_mut().offset = Some(100_000.0);
        harness.run();
        let place = |harness: &Harness<'_, Desk>, row| {
            harness.state().drawn.iter().find(|(index, _)| *index == row).map(|(_, top)| *top)
        };
        let (row, before) = harness.state().drawn[5];
        // Up by less than a row at a time, into rows that were never drawn.
        for step in 1..20 {
            harness.input_mut().events.push(egui::Event::PointerMoved(pos2(100.0, 100.0)));
            harness.input_mut().events.push(egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, 7.0),
                source: egui::MouseWheelSource::Wheel,
                phase: egui::TouchPhase::Move,
                modifiers: egui::Modifiers::NONE,
            });
            harness.run();
            let now = place(&harness, row).expect("still on the screen");
            let expected = before + 7.0 * step as f32;
            assert!((now - expected).abs() < 1.5, "step {step}: {now}, not {expected}");
        }
    }
}
