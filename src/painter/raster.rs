//! Triangles and rectangles to pixels.
//!
//! A pixel belongs to a shape if its centre does; a centre on an edge belongs to the shape on its right or below, so
//! that triangles that share an edge paint each pixel once.

use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Rect};

use super::Area;
use super::blend::{blend, fill, multiplied, over, packed};
use super::edges::{Edges, pixels_of};
use super::shade::{Shade, Upright};
use super::stretch::Stretch;
use super::texture::Texture;

/// Rows of the canvas that one thread paints.
pub struct Band<'a> {
    pub pixels: &'a mut [u32],
    pub width: usize,
    /// The first row's number.
    pub top: usize,
}

impl Band<'_> {
    fn bottom(&self) -> usize {
        self.top + self.pixels.len() / self.width.max(1)
    }

    #[inline(always)]
    fn row(&mut self, y: usize) -> &mut [u32] {
        let start = (y - self.top) * self.width;
        &mut self.pixels[start..start + self.width]
    }

    pub fn clear(&mut self, area: &Area, color: Color32) {
        let color = packed(color) | 0xFF00_0000;
        for y in area.y.start.max(self.top)..area.y.end.min(self.bottom()) {
            self.row(y)[area.x.clone()].fill(color);
        }
    }

    pub fn mesh(&mut self, mesh: &Mesh, texture: &Texture, clip: &Area, scale: f32) {
        let rows = clip.y.start.max(self.top)..clip.y.end.min(self.bottom());
        let clip = Area { x: clip.x.clone(), y: rows };
        if clip.is_empty() {
            return;
        }
        let mut triangles = mesh.indices.as_chunks::<3>().0.iter();
        while let Some(indices) = triangles.next() {
            let Some(corners) = corners(mesh, indices) else { continue };
            if let Some(next) = triangles.as_slice().first()
                && let Some(last) = corners_of_rect(mesh, indices, next)
            {
                triangles.next();
                self.rect(corners[0], last, texture, &clip, scale);
                continue;
            }
            let shade = Shade::new(corners, texture, scale);
            let Some(upright) = shade.upright(texture) else {
                self.triangle(&Edges::of(corners, scale), &shade, texture, &clip);
                continue;
            };
            let mut run = vec![corners];
            // A picture with round corners is a fan of triangles.
            while let Some(corners) = triangles.as_slice().first().and_then(|next| self::corners(mesh, next))
                && Shade::new(corners, texture, scale).upright(texture).is_some_and(|next| next.goes_on(&upright))
            {
                run.push(corners);
                triangles.next();
            }
            let upright = upright.over_all(&run, texture, scale);
            let run: Vec<Edges> = run.iter().map(|corners| Edges::of(*corners, scale)).collect();
            self.picture(&run, &upright, texture, &clip);
        }
    }

    /// A rectangle of one colour, with a part of the texture that stands upright in it.
    fn rect(&mut self, first: &Vertex, last: &Vertex, texture: &Texture, clip: &Area, scale: f32) {
        let rect = Rect::from_min_max((first.pos.to_vec2() * scale).to_pos2(), (last.pos.to_vec2() * scale).to_pos2());
        let Some((x, y)) = pixels_of(rect, clip) else { return };
        let color = packed(first.color);
        let texels = |uv: Pos2| [uv.x * texture.width() as f32, uv.y * texture.height() as f32];
        let (from, to) = (texels(first.uv), texels(last.uv));
        if from == to {
            let color = multiplied(color, texture.sample(from[0], from[1]));
            for y in y {
                fill(&mut self.row(y)[x.clone()], color);
            }
            return;
        }
        let step = [(to[0] - from[0]) / rect.width(), (to[1] - from[1]) / rect.height()];
        let at = |pixel: usize, start: f32, axis: usize| from[axis] + (pixel as f32 + 0.5 - start) * step[axis];
        let (u, v) = (at(x.start, rect.left(), 0), at(y.start, rect.top(), 1));
        // Glyphs stand on whole pixels, one texel each.
        let whole =
            |step: f32, place: f32| (step - 1.0).abs() < 1e-3 && (place - 0.5 - (place - 0.5).round()).abs() < 0.02;
        let (column, line) = ((u - 0.5).round(), (v - 0.5).round());
        let inside = column >= 0.0
            && line >= 0.0
            && column as usize + x.len() <= texture.width()
            && line as usize + y.len() <= texture.height();
        let covers = texture.is_opaque() && color == u32::MAX;
        if whole(step[0], u) && whole(step[1], v) && inside && (covers || !texture.is_opaque()) {
            for (i, y) in y.enumerate() {
                let texels = &texture.row(line as usize + i)[column as usize..][..x.len()];
                let pixels = &mut self.row(y)[x.clone()];
                if covers {
                    pixels.copy_from_slice(texels);
                } else {
                    blend(pixels, texels, color);
                }
            }
            return;
        }
        if texture.can_be_stretched() {
            let mut stretch = Stretch::new(texture, u, step, x.len(), color);
            for y in y {
                stretch.at(at(y, rect.top(), 1)).put(&mut self.row(y)[x.clone()], 0);
            }
            return;
        }
        for y in y {
            let v = at(y, rect.top(), 1);
            let start = x.start;
            for (i, pixel) in self.row(y)[x.clone()].iter_mut().enumerate() {
                let texel = texture.sample(at(start + i, rect.left(), 0), v);
                *pixel = over(*pixel, multiplied(color, texel));
            }
        }
    }

    fn triangle(&mut self, edges: &Edges, shade: &Shade, texture: &Texture, clip: &Area) {
        for y in edges.rows(clip) {
            let columns = edges.columns(y, clip);
            if !columns.is_empty() {
                let (x, y_centre) = (columns.start as f32 + 0.5, y as f32 + 0.5);
                shade.span(&mut self.row(y)[columns], x, y_centre, texture);
            }
        }
    }

    /// Triangles that show parts of one picture.
    fn picture(&mut self, run: &[Edges], upright: &Upright, texture: &Texture, clip: &Area) {
        let columns = run.iter().map(Edges::width).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let rows = run.iter().map(|edges| edges.rows(clip)).filter(|rows| !rows.is_empty());
        let rows = rows.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let (Some(columns), Some(rows)) = (columns, rows) else { return };
        let (left, right) = (columns.start.max(clip.x.start), columns.end.min(clip.x.end));
        if left >= right {
            return;
        }
        let clip = Area { x: left..right, y: clip.y.clone() };
        let at = |pixel: usize, axis: usize| upright.from[axis] + (pixel as f32 + 0.5) * upright.step[axis];
        let mut stretch = Stretch::new(texture, at(left, 0), upright.step, right - left, upright.color);
        for y in rows {
            let line = stretch.at(at(y, 1));
            for edges in run.iter().filter(|edges| edges.rows(&clip).contains(&y)) {
                let columns = edges.columns(y, &clip);
                if !columns.is_empty() {
                    line.put(&mut self.row(y)[columns.clone()], columns.start - left);
                }
            }
        }
    }
}

fn corners<'a>(mesh: &'a Mesh, indices: &[u32; 3]) -> Option<[&'a Vertex; 3]> {
    let corner = |index: u32| mesh.vertices.get(index as usize);
    Some([corner(indices[0])?, corner(indices[1])?, corner(indices[2])?])
}

/// The last corner, if two triangles are the halves of an upright rectangle of one colour, as egui makes them.
fn corners_of_rect<'a>(mesh: &'a Mesh, first: &[u32; 3], second: &[u32; 3]) -> Option<&'a Vertex> {
    if second[0] != first[2] || second[1] != first[1] {
        return None;
    }
    let [a, b, c] = corners(mesh, first)?;
    let d = mesh.vertices.get(second[2] as usize)?;
    let one_color = a.color == b.color && a.color == c.color && a.color == d.color;
    let upright = |at: fn(&Vertex) -> Pos2| {
        let [a, b, c, d] = [a, b, c, d].map(at);
        a.y == b.y && c.y == d.y && a.x == c.x && b.x == d.x
    };
    let ordered = a.pos.x <= d.pos.x && a.pos.y <= d.pos.y;
    (one_color && ordered && upright(|vertex| vertex.pos) && upright(|vertex| vertex.uv)).then_some(d)
}
