//! Textures as egui hands them over.

use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, TextureFilter, TextureWrapMode};

use super::blend::{mixed, packed};

pub struct Texture {
    pub width: usize,
    pub height: usize,
    pixels: Vec<u32>,
    /// Every texel is.
    opaque: bool,
    smooth: bool,
    wrap: TextureWrapMode,
    /// Counts the changes, over all textures.
    version: u64,
}

impl Texture {
    pub fn new(image: &ImageDelta) -> Self {
        let ImageData::Color(data) = &image.image;
        let [width, height] = data.size;
        Self {
            width,
            height,
            pixels: data.pixels.iter().copied().map(packed).collect(),
            opaque: data.pixels.iter().all(Color32::is_opaque),
            smooth: image.options.magnification == TextureFilter::Linear,
            wrap: image.options.wrap_mode,
            version: next_version(),
        }
    }

    /// Replaces a part; what lies outside is left out.
    pub fn patch(&mut self, [x, y]: [usize; 2], image: &ImageDelta) {
        let ImageData::Color(data) = &image.image;
        let [width, height] = data.size;
        let columns = width.min(self.width.saturating_sub(x));
        for row in 0..height.min(self.height.saturating_sub(y)) {
            let to = (y + row) * self.width + x;
            let from = &data.pixels[row * width..row * width + columns];
            for (pixel, color) in self.pixels[to..to + columns].iter_mut().zip(from) {
                *pixel = packed(*color);
            }
        }
        self.opaque &= data.pixels.iter().all(Color32::is_opaque);
        self.version = next_version();
    }

    pub fn is_opaque(&self) -> bool {
        self.opaque
    }

    /// It is smoothed, and goes on beyond its edges as it ends there.
    pub fn can_be_stretched(&self) -> bool {
        self.smooth && self.wrap == TextureWrapMode::ClampToEdge && self.width > 0 && self.height > 0
    }

    pub fn version(&self) -> u64 {
        self.version
    }

    pub fn row(&self, y: usize) -> &[u32] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    #[inline]
    fn at(&self, x: i32, y: i32) -> u32 {
        let place = |at: i32, len: usize| {
            let len = len as i32;
            let at = match self.wrap {
                TextureWrapMode::ClampToEdge => at.clamp(0, len - 1),
                TextureWrapMode::Repeat => at.rem_euclid(len),
                TextureWrapMode::MirroredRepeat => {
                    let at = at.rem_euclid(2 * len);
                    at.min(2 * len - 1 - at)
                }
            };
            at as usize
        };
        if self.width == 0 || self.height == 0 {
            return 0;
        }
        self.pixels[place(y, self.height) * self.width + place(x, self.width)]
    }

    /// The colour at a place in texels, where (0.5, 0.5) is the middle of the first.
    #[inline]
    pub fn sample(&self, u: f32, v: f32) -> u32 {
        if !self.smooth {
            return self.at(u.floor() as i32, v.floor() as i32);
        }
        let (u, v) = (u - 0.5, v - 0.5);
        let (x, y) = (u.floor(), v.floor());
        let part = |place: f32, floor: f32| ((place - floor) * 256.0 + 0.5) as u32;
        let (across, down) = (part(u, x), part(v, y));
        let (x, y) = (x as i32, y as i32);
        let above = mixed(self.at(x, y), self.at(x + 1, y), across);
        if down == 0 {
            return above;
        }
        mixed(above, mixed(self.at(x, y + 1), self.at(x + 1, y + 1), across), down)
    }
}

fn next_version() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
