//! Triangles and rectangles to pixels.
//!
//! A pixel belongs to a shape if its centre does; a centre on an edge belongs to the shape on its right or below, so
//! that triangles that share an edge paint each pixel once.

use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Rect};

use super::Area;
use super::blend::{multiplied, over, packed, scaled};
use super::texture::Texture;

/// Rows of the canvas that one thread paints.
pub struct Band<'a> {
    pub pixels: &'a mut [u32],
    pub width: usize,
    /// The first row's number.
    pub top: usize,
}

/// The first pixel whose centre is not before a place.
#[inline(always)]
fn first_pixel(place: f32) -> i32 {
    (place - 0.5).ceil() as i32
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
            } else {
                self.triangle(corners, texture, &clip, scale);
            }
        }
    }

    /// A rectangle of one colour, with a part of the texture that stands upright in it.
    fn rect(&mut self, first: &Vertex, last: &Vertex, texture: &Texture, clip: &Area, scale: f32) {
        let rect = Rect::from_min_max((first.pos.to_vec2() * scale).to_pos2(), (last.pos.to_vec2() * scale).to_pos2());
        let Some((x, y)) = pixels_of(rect, clip) else { return };
        let color = packed(first.color);
        let texels = |uv: Pos2| [uv.x * texture.width as f32, uv.y * texture.height as f32];
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
            && column as usize + x.len() <= texture.width
            && line as usize + y.len() <= texture.height;
        if whole(step[0], u) && whole(step[1], v) && inside {
            for (i, y) in y.enumerate() {
                let texels = &texture.row(line as usize + i)[column as usize..];
                blend(&mut self.row(y)[x.clone()], &texels[..x.len()], color);
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

    fn triangle(&mut self, corners: [&Vertex; 3], texture: &Texture, clip: &Area, scale: f32) {
        let place = |vertex: &Vertex| [vertex.pos.x * scale, vertex.pos.y * scale];
        let mut points = corners.map(place);
        points.sort_by(|a, b| a[1].total_cmp(&b[1]));
        let [top, middle, bottom] = points;
        let rows = first_pixel(top[1]).max(clip.y.start as i32)..first_pixel(bottom[1]).min(clip.y.end as i32);
        if rows.is_empty() {
            return;
        }
        let shade = Shade::new(corners, texture, scale);
        // Both triangles at an edge compute it from the same end, so they agree.
        let edge = |a: [f32; 2], b: [f32; 2], y: f32| a[0] + (b[0] - a[0]) * ((y - a[1]) / (b[1] - a[1]));
        for y in rows {
            let centre = y as f32 + 0.5;
            let long = edge(top, bottom, centre);
            let short = if centre < middle[1] { edge(top, middle, centre) } else { edge(middle, bottom, centre) };
            let (left, right) = (long.min(short), long.max(short));
            let start = first_pixel(left).max(clip.x.start as i32);
            let end = first_pixel(right).min(clip.x.end as i32);
            if start < end {
                let row = self.row(y as usize);
                shade.span(&mut row[start as usize..end as usize], start as f32 + 0.5, centre, texture);
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

fn pixels_of(rect: Rect, clip: &Area) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let range = |from: f32, to: f32, clip: &std::ops::Range<usize>| {
        let start = first_pixel(from).max(clip.start as i32);
        let end = first_pixel(to).min(clip.end as i32);
        (start < end).then_some(start as usize..end as usize)
    };
    Some((range(rect.left(), rect.right(), &clip.x)?, range(rect.top(), rect.bottom(), &clip.y)?))
}

#[inline]
fn fill(pixels: &mut [u32], color: u32) {
    match color >> 24 {
        255 => pixels.fill(color),
        0 if color == 0 => {}
        _ => pixels.iter_mut().for_each(|pixel| *pixel = over(*pixel, color)),
    }
}

/// Texels in a colour over pixels. A glyph's texels are white, more or less opaque.
#[inline]
fn blend(pixels: &mut [u32], texels: &[u32], color: u32) {
    for (pixel, texel) in pixels.iter_mut().zip(texels) {
        let coverage = texel & 255;
        *pixel = match *texel {
            0 => continue,
            u32::MAX => over(*pixel, color),
            _ if *texel == coverage * 0x0101_0101 => over(*pixel, scaled(color, coverage)),
            _ => over(*pixel, multiplied(color, *texel)),
        };
    }
}

/// Colour and texel of a triangle's pixels, which change evenly over it.
struct Shade {
    origin: [f32; 2],
    /// Red, green, blue, alpha, and the place in texels: at the origin, by column, by row.
    start: [f32; 6],
    across: [f32; 6],
    down: [f32; 6],
    /// The colour, if it is the same all over.
    flat: Option<u32>,
    one_color: Option<u32>,
}

impl Shade {
    fn new(corners: [&Vertex; 3], texture: &Texture, scale: f32) -> Self {
        let [a, b, c] = corners.map(|vertex| [vertex.pos.x * scale, vertex.pos.y * scale]);
        let values = corners.map(|vertex| {
            let [r, g, b, a] = vertex.color.to_array().map(f32::from);
            [r, g, b, a, vertex.uv.x * texture.width as f32, vertex.uv.y * texture.height as f32]
        });
        let one_color = values.iter().all(|value| value[..4] == values[0][..4]).then(|| packed(corners[0].color));
        let one_texel = values.iter().all(|value| value[4..] == values[0][4..]);
        let [ax, ay] = [b[0] - a[0], b[1] - a[1]];
        let [bx, by] = [c[0] - a[0], c[1] - a[1]];
        let twice = ax * by - bx * ay;
        let inverse = if twice.abs() < 1e-12 { 0.0 } else { 1.0 / twice };
        let (mut across, mut down) = ([0.0; 6], [0.0; 6]);
        for i in 0..6 {
            let (p, q) = (values[1][i] - values[0][i], values[2][i] - values[0][i]);
            across[i] = (p * by - q * ay) * inverse;
            down[i] = (q * ax - p * bx) * inverse;
        }
        let flat =
            one_color.filter(|_| one_texel).map(|color| multiplied(color, texture.sample(values[0][4], values[0][5])));
        Self { origin: a, start: values[0], across, down, flat, one_color }
    }

    fn span(&self, pixels: &mut [u32], x: f32, y: f32, texture: &Texture) {
        if let Some(color) = self.flat {
            fill(pixels, color);
            return;
        }
        let (dx, dy) = (x - self.origin[0], y - self.origin[1]);
        let mut value: [f32; 6] = std::array::from_fn(|i| self.start[i] + self.across[i] * dx + self.down[i] * dy);
        let textured = self.across[4] != 0.0 || self.across[5] != 0.0 || self.down[4] != 0.0 || self.down[5] != 0.0;
        let same = texture.sample(value[4], value[5]);
        for pixel in pixels {
            let color = self.one_color.unwrap_or_else(|| {
                let channel = |i: usize| (value[i] + 0.5).clamp(0.0, 255.0) as u32;
                channel(3) << 24 | channel(0) << 16 | channel(1) << 8 | channel(2)
            });
            let texel = if textured { texture.sample(value[4], value[5]) } else { same };
            *pixel = over(*pixel, multiplied(color, texel));
            for (value, step) in value.iter_mut().zip(&self.across) {
                *value += step;
            }
        }
    }
}
