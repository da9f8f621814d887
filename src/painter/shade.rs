//! What a triangle's pixels look like.

use egui::epaint::Vertex;

use super::blend::{fill, multiplied, over, packed};
use super::texture::Texture;

/// Colour and texel of a triangle's pixels, which change evenly over it.
pub struct Shade {
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
    pub fn new(corners: [&Vertex; 3], texture: &Texture, scale: f32) -> Self {
        let [a, b, c] = corners.map(|vertex| [vertex.pos.x * scale, vertex.pos.y * scale]);
        let values = corners.map(|vertex| {
            let [r, g, b, a] = vertex.color.to_array().map(f32::from);
            [r, g, b, a, vertex.uv.x * texture.width() as f32, vertex.uv.y * texture.height() as f32]
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

    /// If it is of one colour and shows a part of an upright picture.
    pub fn upright(&self, texture: &Texture) -> Option<Upright> {
        // What leans by less than this over a whole screen stands upright.
        const LEAN: f32 = 1e-4;
        let color = self.one_color.filter(|_| self.flat.is_none())?;
        let step = [self.across[4], self.down[5]];
        let stands = self.across[5].abs() < LEAN && self.down[4].abs() < LEAN;
        let from = [self.start[4] - step[0] * self.origin[0], self.start[5] - step[1] * self.origin[1]];
        (stands && step[0] != 0.0 && step[1] != 0.0 && texture.can_be_stretched()).then_some(Upright {
            from,
            step,
            color,
        })
    }

    pub fn span(&self, pixels: &mut [u32], x: f32, y: f32, texture: &Texture) {
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

/// A picture that stands upright: the place in texels at the screen's origin, and the way from pixel to pixel.
pub struct Upright {
    pub from: [f32; 2],
    pub step: [f32; 2],
    pub color: u32,
}

impl Upright {
    /// Whether another triangle shows more of the same.
    pub fn goes_on(&self, before: &Self) -> bool {
        let near = |a: f32, b: f32, by: f32| (a - b).abs() < by;
        self.color == before.color
            && (0..2).all(|i| near(self.step[i], before.step[i], 1e-3) && near(self.from[i], before.from[i], 0.5))
    }
    /// The same from the outermost corners of all triangles, which say it most exactly.
    pub fn over_all(&self, triangles: &[[&Vertex; 3]], texture: &Texture, scale: f32) -> Self {
        let corners = triangles.as_flattened();
        let axis = |i: usize, texels: usize| {
            let place = |vertex: &Vertex| vertex.pos[i] * scale;
            let texel = |vertex: &Vertex| [vertex.uv.x, vertex.uv.y][i] * texels as f32;
            let order = |a: &&&Vertex, b: &&&Vertex| place(a).total_cmp(&place(b));
            let (first, last) = (corners.iter().min_by(order)?, corners.iter().max_by(order)?);
            let step = (texel(last) - texel(first)) / (place(last) - place(first));
            Some((texel(first) - place(first) * step, step))
        };
        let [x, y] = [(0, texture.width()), (1, texture.height())]
            .map(|(i, texels)| axis(i, texels).unwrap_or((self.from[i], self.step[i])));
        Self { from: [x.0, y.0], step: [x.1, y.1], color: self.color }
    }
}
