//! Textures as egui hands them over.

use std::sync::OnceLock;

use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, TextureFilter, TextureWrapMode};

use super::blend::{mixed, packed};
use super::stretch::halved;

pub struct Texture {
    texels: Texels,
    /// Each half as large as the one before, the first half as large as the texture; made when they are needed.
    smaller: OnceLock<Vec<Texels>>,
    /// Where it is drawn smaller than it is, smaller ones are mixed.
    mipmapped: bool,
    /// Every texel is.
    opaque: bool,
    smooth: bool,
    wrap: TextureWrapMode,
    /// Counts the changes, over all textures.
    version: u64,
}

/// Rows from above.
pub struct Texels {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u32>,
}

impl Texels {
    pub fn row(&self, y: usize) -> &[u32] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }
}

impl Texture {
    pub fn new(image: &ImageDelta) -> Self {
        let ImageData::Color(data) = &image.image;
        let [width, height] = data.size;
        Self {
            texels: Texels { width, height, pixels: data.pixels.iter().copied().map(packed).collect() },
            smaller: OnceLock::new(),
            mipmapped: image.options.mipmap_mode.is_some(),
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
        let texels = &mut self.texels;
        let columns = width.min(texels.width.saturating_sub(x));
        for row in 0..height.min(texels.height.saturating_sub(y)) {
            let to = (y + row) * texels.width + x;
            let from = &data.pixels[row * width..row * width + columns];
            for (pixel, color) in texels.pixels[to..to + columns].iter_mut().zip(from) {
                *pixel = packed(*color);
            }
        }
        self.opaque &= data.pixels.iter().all(Color32::is_opaque);
        self.smaller = OnceLock::new();
        self.version = next_version();
    }

    pub fn width(&self) -> usize {
        self.texels.width
    }

    pub fn height(&self) -> usize {
        self.texels.height
    }

    pub fn is_opaque(&self) -> bool {
        self.opaque
    }

    /// It is smoothed, and goes on beyond its edges as it ends there.
    pub fn can_be_stretched(&self) -> bool {
        self.smooth && self.wrap == TextureWrapMode::ClampToEdge && self.width() > 0 && self.height() > 0
    }

    pub fn version(&self) -> u64 {
        self.version
    }

    pub fn row(&self, y: usize) -> &[u32] {
        self.texels.row(y)
    }

    /// What is looked at where a pixel of the screen covers so many texels: texels, and if there are smaller ones,
    /// those and how much of 256 there is of them.
    pub fn levels(&self, texels_a_pixel: f32) -> (&Texels, Option<(&Texels, u32)>) {
        if !self.mipmapped || texels_a_pixel <= 1.0 {
            return (&self.texels, None);
        }
        let smaller = self.smaller.get_or_init(|| {
            let mut all: Vec<Texels> = Vec::new();
            while let Some(next) = halved(all.last().unwrap_or(&self.texels)) {
                all.push(next);
            }
            all
        });
        let level = texels_a_pixel.log2().min(smaller.len() as f32);
        let whole = level as usize;
        let of = |level: usize| level.checked_sub(1).map_or(Some(&self.texels), |index| smaller.get(index));
        let part = ((level - whole as f32) * 256.0) as u32;
        (of(whole).unwrap_or(&self.texels), of(whole + 1).map(|next| (next, part)))
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
        let Texels { width, height, pixels } = &self.texels;
        if *width == 0 || *height == 0 {
            return 0;
        }
        pixels[place(y, *height) * width + place(x, *width)]
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
        let above = mixed(self.at(x, y), self.at(x.saturating_add(1), y), across);
        if down == 0 {
            return above;
        }
        let y = y.saturating_add(1);
        mixed(above, mixed(self.at(x, y), self.at(x.saturating_add(1), y), across), down)
    }
}

fn next_version() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
