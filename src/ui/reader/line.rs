//! A set line as egui draws it.

use std::sync::Arc;

use egui::epaint::text::{PlacedRow, Row};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Galley, Pos2, Ui, pos2, vec2};

use crate::typeset::{Line, Run, SetText};
use crate::ui::theme;

/// Draws the lines of a text that stand between `top` and `bottom` on the screen. `at` is where its block begins.
pub fn draw_text(ui: &Ui, text: &SetText, at: Pos2, ink: &dyn Fn(&Run) -> Color32) {
    let clip = ui.clip_rect();
    let origin = at + vec2(text.x, text.y);
    for (i, line) in visible_lines(text, origin.y, clip.top(), clip.bottom()) {
        let galley = galley(ui, text, line, ink);
        let at = pos2(origin.x, origin.y + i as f32 * text.line_height);
        ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    }
}

/// The lines that touch a part of the screen, with their numbers.
pub fn visible_lines(text: &SetText, origin: f32, top: f32, bottom: f32) -> impl Iterator<Item = (usize, &Line)> {
    let number = |y: f32| ((y - origin) / text.line_height).max(0.0) as usize;
    let (first, end) = (number(top), if bottom < origin { 0 } else { number(bottom) + 1 });
    text.lines.iter().enumerate().take(end).skip(first)
}

fn galley(ui: &Ui, text: &SetText, line: &Line, ink: &dyn Fn(&Run) -> Color32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    let mut shown = line.shown.chars();
    for (run, range) in text.runs_of(line) {
        let part: String = shown.by_ref().take(range.len()).collect();
        let mut format = TextFormat::simple(theme::font(run.face, run.size), ink(run));
        format.line_height = Some(text.line_height);
        if run.style.footnote_mark {
            format.valign = Align::TOP;
        }
        job.append(&part, 0.0, format);
    }
    let shaped = ui.fonts_mut(|fonts| fonts.layout_job(job));
    place(&shaped, line).map_or(shaped, Arc::new)
}

/// The glyphs of a line, moved to their places by whole pixels, so that they stay as sharp as they were drawn. `None`
/// if egui draws other characters than were set.
fn place(shaped: &Galley, line: &Line) -> Option<Galley> {
    let [source] = shaped.rows.as_slice() else { return None };
    if source.glyphs.len() != line.x.len() {
        return None;
    }
    let pixel = 1.0 / shaped.pixels_per_point;
    let mut row = Row::clone(&source.row);
    for (i, (glyph, x)) in row.glyphs.iter_mut().zip(&line.x).enumerate() {
        let moved = ((x - glyph.pos.x) / pixel).round() * pixel;
        let vertices = glyph.first_vertex as usize..glyph.first_vertex as usize + 4;
        if !glyph.uv_rect.is_nothing()
            && let Some(corners) = row.visuals.mesh.vertices.get_mut(vertices)
        {
            corners.iter_mut().for_each(|corner| corner.pos.x += moved);
        }
        glyph.pos.x += moved;
        glyph.advance_width = line.x.get(i + 1).copied().unwrap_or(line.width) - x;
    }
    row.size.x = line.width;
    row.visuals.mesh_bounds = row.visuals.mesh.calc_bounds();
    let mut galley = shaped.clone();
    galley.mesh_bounds = row.visuals.mesh_bounds.translate(source.pos.to_vec2());
    galley.rect.set_width(line.width);
    galley.rows = vec![PlacedRow { row: Arc::new(row), ..source.clone() }];
    Some(galley)
}
