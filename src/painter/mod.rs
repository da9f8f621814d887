//! egui's triangles to pixels, on the CPU: for machines without a usable graphics card, for tests, and for pictures.
//!
//! Colours are multiplied and blended as they are stored, like egui's shaders do. Of a frame that resembles the one
//! before, only the part that changed is painted.

mod blend;
mod damage;
mod edges;
mod raster;
mod shade;
mod stretch;
#[cfg(test)]
mod tests;
mod texture;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use egui::epaint::Primitive;
use egui::{ClippedPrimitive, Color32, Rect, TextureId, TexturesDelta};

use damage::Fingerprint;
use raster::Band;
use texture::Texture;

/// A picture of egui's output, and what it takes to change it.
pub struct Canvas {
    width: usize,
    height: usize,
    /// Rows from above, `0xAARRGGBB`; opaque.
    pixels: Vec<u32>,
    textures: HashMap<TextureId, Texture>,
    /// Textures that the frame after the one being painted does without.
    unused: Vec<TextureId>,
    /// What the pixels show.
    shown: Vec<Fingerprint>,
    background: Option<Color32>,
    threads: usize,
}

/// Whole pixels: columns and rows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Area {
    pub x: Range<usize>,
    pub y: Range<usize>,
}

impl Area {
    pub fn is_empty(&self) -> bool {
        self.x.is_empty() || self.y.is_empty()
    }

    fn intersect(&self, other: &Self) -> Self {
        let cut = |a: &Range<usize>, b: &Range<usize>| a.start.max(b.start)..a.end.min(b.end);
        Self { x: cut(&self.x, &other.x), y: cut(&self.y, &other.y) }
    }

    fn union(&self, other: &Self) -> Self {
        match (self.is_empty(), other.is_empty()) {
            (true, _) => other.clone(),
            (_, true) => self.clone(),
            _ => {
                let join = |a: &Range<usize>, b: &Range<usize>| a.start.min(b.start)..a.end.max(b.end);
                Self { x: join(&self.x, &other.x), y: join(&self.y, &other.y) }
            }
        }
    }
}

/// Columns or rows of a texture. The painter has no limit of its own; larger ones are no better to look at.
pub const MAX_TEXTURE_SIDE: usize = 4096;

/// Areas smaller than this are painted by one thread: starting others takes longer.
const WORTH_A_THREAD: usize = 64 * 1024;
const BANDS_A_THREAD: usize = 4;

impl Canvas {
    /// A black one. `threads` paint at the same time.
    pub fn new(width: usize, height: usize, threads: usize) -> Self {
        let mut canvas = Self {
            width,
            height,
            pixels: Vec::new(),
            textures: HashMap::new(),
            unused: Vec::new(),
            shown: Vec::new(),
            background: None,
            threads: threads.max(1),
        };
        canvas.resize(width, height);
        canvas
    }

    /// Loses what was painted.
    pub fn resize(&mut self, width: usize, height: usize) {
        (self.width, self.height) = (width, height);
        self.pixels.clear();
        self.pixels.resize(width * height, 0xFF00_0000);
        self.shown.clear();
        self.background = None;
    }

    /// Columns and rows.
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    /// Rows from above, `0xAARRGGBB`.
    pub fn pixels(&self) -> &[u32] {
        &self.pixels
    }

    /// Rows from above, red, green and blue bytes.
    pub fn rgb(&self) -> Vec<u8> {
        self.pixels.iter().flat_map(|pixel| [(pixel >> 16) as u8, (pixel >> 8) as u8, *pixel as u8]).collect()
    }

    /// Takes in what changed of the textures; to be called before the frame that needs it is painted.
    pub fn update_textures(&mut self, delta: &mut TexturesDelta) {
        for id in self.unused.drain(..) {
            self.textures.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                match change.pos {
                    None => {
                        self.textures.insert(id, Texture::new(&change));
                    }
                    Some(pos) => {
                        if let Some(texture) = self.textures.get_mut(&id) {
                            texture.patch(pos, &change);
                        }
                    }
                }
            }
        }
        self.unused.extend(delta.free.drain());
    }

    /// Paints a frame; `scale` is pixels in a point. Returns the area that changed.
    pub fn paint(&mut self, primitives: &[ClippedPrimitive], scale: f32, background: Color32) -> Area {
        let all = Area { x: 0..self.width, y: 0..self.height };
        let now: Vec<Fingerprint> = primitives
            .iter()
            .map(|primitive| Fingerprint::of(primitive, self.texture_version(primitive), scale, &all))
            .collect();
        let same_ground = self.background == Some(background);
        let changed = if same_ground { damage::between(&self.shown, &now) } else { all.clone() };
        let changed = changed.intersect(&all);
        self.shown = now;
        self.background = Some(background);
        if changed.is_empty() {
            return changed;
        }
        let clips: Vec<Area> = self.shown.iter().map(|shown| shown.bounds.intersect(&changed)).collect();
        let (width, textures) = (self.width, &self.textures);
        let rows = &mut self.pixels[changed.y.start * width..changed.y.end * width];
        let area = changed.x.len() * changed.y.len();
        let threads = if area < WORTH_A_THREAD { 1 } else { self.threads };
        // More bands than threads: some have more to paint than others.
        let bands = if threads == 1 { 1 } else { threads * BANDS_A_THREAD };
        let rows_a_band = changed.y.len().div_ceil(bands);
        let paint = |top: usize, pixels: &mut [u32]| {
            let mut band = Band { pixels, width, top };
            band.clear(&changed, background);
            for (primitive, clip) in primitives.iter().zip(&clips) {
                if let Primitive::Mesh(mesh) = &primitive.primitive
                    && let Some(texture) = textures.get(&mesh.texture_id)
                {
                    band.mesh(mesh, texture, clip, scale);
                }
            }
        };
        let waiting = Mutex::new(rows.chunks_mut(rows_a_band * width).enumerate());
        let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            while let Some((i, pixels)) = next() {
                paint(changed.y.start + i * rows_a_band, pixels);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                // Where no thread can be had, the others paint its bands.
                let _ = std::thread::Builder::new().spawn_scoped(scope, work);
            }
            work();
        });
        changed
    }

    fn texture_version(&self, primitive: &ClippedPrimitive) -> u64 {
        match &primitive.primitive {
            Primitive::Mesh(mesh) => self.textures.get(&mesh.texture_id).map_or(0, Texture::version),
            Primitive::Callback(_) => 0,
        }
    }
}

/// The pixels whose centres lie in a rectangle of points.
fn area_of(rect: Rect, scale: f32, all: &Area) -> Area {
    let pixels = |from: f32, to: f32, end: usize| {
        let at = |place: f32| (place * scale).round().clamp(0.0, end as f32) as usize;
        at(from)..at(to)
    };
    Area { x: pixels(rect.left(), rect.right(), all.x.end), y: pixels(rect.top(), rect.bottom(), all.y.end) }
}
