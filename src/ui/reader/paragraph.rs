//! [`typeset`](crate::typeset)'s lines as a [`Galley`], which egui draws and finds its way in like one of its own.

use std::sync::Arc;

use egui::epaint::text::{PlacedRow, Row, RowVisuals};
use egui::text::LayoutJob;
use egui::{Galley, Mesh, Rect, Ui, pos2, vec2};

use crate::typeset::{Glyph, Line, Measure, set_lines};

/// Sets a paragraph. `em` is the size of its text in points.
pub fn set_paragraph(ui: &Ui, mut job: LayoutJob, em: f32, measure: Measure) -> Arc<Galley> {
    // egui shapes the glyphs in one endless line; where they stand is decided here.
    job.wrap.max_width = f32::INFINITY;
    let shaped = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let pixel = 1.0 / shaped.pixels_per_point;
    let mut rows = Vec::new();
    let mut y = 0.0;
    for (n, source) in shaped.rows.iter().enumerate() {
        let glyphs: Vec<Glyph> =
            source.glyphs.iter().map(|g| Glyph { c: g.chr, advance: g.advance_width, em }).collect();
        let indent = if n == 0 { measure.indent } else { 0.0 };
        let lines = set_lines(&glyphs, Measure { indent, ..measure });
        // A row without its glyphs, to make the lines from: the source may be very long.
        let blank = blank_row(source);
        let count = lines.len();
        for (i, line) in lines.iter().enumerate() {
            let row = row_of(source, &blank, line, pixel);
            let height = row.size.y;
            let ends_with_newline = source.ends_with_newline && i + 1 == count;
            rows.push(PlacedRow { pos: pos2(0.0, y), row: Arc::new(row), ends_with_newline });
            y += height;
        }
    }
    let mut galley = Galley::clone(&shaped);
    let meshes = || rows.iter().map(|row| &row.visuals.mesh);
    galley.num_vertices = meshes().map(|mesh| mesh.vertices.len()).sum();
    galley.num_indices = meshes().map(|mesh| mesh.indices.len()).sum();
    let bounds = rows.iter().map(|row| row.visuals.mesh_bounds.translate(row.pos.to_vec2()));
    galley.mesh_bounds = bounds.fold(Rect::NOTHING, Rect::union);
    let widest = rows.iter().map(|row| row.size.x).fold(0.0, f32::max);
    galley.rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(widest, y));
    galley.rows = rows;
    Arc::new(galley)
}

fn blank_row(source: &PlacedRow) -> Row {
    let mut row = Row::clone(&source.row);
    row.glyphs = Vec::new();
    row.visuals = RowVisuals::default();
    row
}

/// The glyphs of a line, moved to their places by whole pixels, so that they stay as sharp as they were drawn.
fn row_of(source: &PlacedRow, blank: &Row, line: &Line, pixel: f32) -> Row {
    let mut row = blank.clone();
    row.glyphs = source.glyphs[line.range.clone()].to_vec();
    let mut mesh = Mesh::default();
    mesh.texture_id = source.visuals.mesh.texture_id;
    for (i, (glyph, x)) in row.glyphs.iter_mut().zip(&line.x).enumerate() {
        let moved = ((x - glyph.pos.x) / pixel).round() * pixel;
        let from = glyph.first_vertex as usize;
        let to = mesh.vertices.len() as u32;
        if !glyph.uv_rect.is_nothing()
            && let Some(corners) = source.visuals.mesh.vertices.get(from..from + 4)
        {
            mesh.vertices.extend(corners.iter().map(|corner| {
                let mut corner = *corner;
                corner.pos.x += moved;
                corner
            }));
            mesh.add_triangle(to, to + 1, to + 2);
            mesh.add_triangle(to + 2, to + 1, to + 3);
        }
        glyph.first_vertex = to;
        glyph.pos.x += moved;
        // Marks and selections leave no gaps between characters.
        glyph.advance_width = line.x.get(i + 1).copied().unwrap_or(line.width) - x;
    }
    row.size.x = line.width;
    let vertices = mesh.vertices.len();
    let mesh_bounds = mesh.calc_bounds();
    row.visuals = RowVisuals { mesh, mesh_bounds, glyph_index_start: 0, glyph_vertex_range: 0..vertices };
    row
}
