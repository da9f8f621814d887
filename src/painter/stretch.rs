//! Pictures that stand upright and are drawn larger or smaller than they are.
//!
//! A row of the picture is stretched once and kept while rows of the screen lie between it and the next; what is left
//! for each pixel is arithmetic on bytes, many at a time.

use super::blend::{MANY, many, mixed, multiplied, over};
use super::texture::{Texels, Texture};

/// Rows of a texture, stretched over columns of the screen.
pub struct Stretch<'a> {
    lines: Lines<'a>,
    /// Where the texture is drawn smaller than it is.
    smaller: Option<Smaller<'a>>,
    opaque: bool,
    color: u32,
    /// The colour, as often as there are columns.
    tint: Vec<u32>,
}

/// The same, half as large.
struct Smaller<'a> {
    lines: Lines<'a>,
    /// How much of 256 there is of it.
    part: u32,
    /// What stands at a height, larger and smaller.
    mixed: [Vec<u32>; 2],
}

struct Lines<'a> {
    texels: &'a Texels,
    /// Its height in that of the texture.
    scale: f32,
    columns: Vec<Column>,
    /// Rows with even and with odd numbers.
    kept: [Row; 2],
}

/// Between which two texels a column lies, and how much of 256 it has of the second.
struct Column {
    left: u32,
    right: u32,
    part: u32,
}

#[derive(Default)]
struct Row {
    number: Option<usize>,
    pixels: Vec<u32>,
}

/// Two rows, and how much of 256 there is of the second.
#[derive(Clone, Copy)]
struct Pair<'a> {
    above: &'a [u32],
    below: &'a [u32],
    part: u32,
}

/// What stands at a height.
pub struct Line<'a> {
    rows: Pair<'a>,
    opaque: bool,
    color: u32,
    tint: &'a [u32],
}

impl<'a> Stretch<'a> {
    /// `u` is the place of the first column's centre in texels, `step` the way to the next, and to the next row.
    pub fn new(texture: &'a Texture, u: f32, step: [f32; 2], columns: usize, color: u32) -> Self {
        let [across, down] = step;
        let (texels, smaller) = texture.levels(across.abs().max(down.abs()));
        let lines = |texels: &'a Texels| {
            let scale = |part: usize, whole: usize| part as f32 / whole as f32;
            let by = scale(texels.width, texture.width());
            Lines::new(texels, u * by, across * by, columns, scale(texels.height, texture.height()))
        };
        let smaller = smaller.map(|(texels, part)| Smaller { lines: lines(texels), part, mixed: Default::default() });
        Self { lines: lines(texels), smaller, opaque: texture.is_opaque(), color, tint: vec![color; columns] }
    }

    /// What stands at a height in texels.
    pub fn at(&mut self, v: f32) -> Line<'_> {
        let rows = self.lines.at(v);
        let rows = match &mut self.smaller {
            None => rows,
            Some(Smaller { lines, part, mixed: [larger, smaller] }) => {
                rows.mix_to(larger);
                lines.at(v).mix_to(smaller);
                Pair { above: larger, below: smaller, part: *part }
            }
        };
        Line { rows, opaque: self.opaque, color: self.color, tint: &self.tint }
    }
}

impl<'a> Lines<'a> {
    fn new(texels: &'a Texels, u: f32, step: f32, columns: usize, scale: f32) -> Self {
        let column = |i: usize| {
            let [left, right, part] = between(u + i as f32 * step, texels.width).map(|value| value as u32);
            Column { left, right, part }
        };
        Self { texels, scale, columns: (0..columns).map(column).collect(), kept: Default::default() }
    }

    fn at(&mut self, v: f32) -> Pair<'_> {
        let [above, below, part] = between(v * self.scale, self.texels.height);
        self.keep(above);
        self.keep(below);
        let [even, odd] = &self.kept;
        let row = |number: usize| if number.is_multiple_of(2) { &even.pixels[..] } else { &odd.pixels[..] };
        Pair { above: row(above), below: row(below), part: part as u32 }
    }

    fn keep(&mut self, number: usize) {
        let kept = &mut self.kept[number % 2];
        if kept.number == Some(number) {
            return;
        }
        kept.number = Some(number);
        let texels = self.texels.row(number);
        let pixel = |column: &Column| mixed(texels[column.left as usize], texels[column.right as usize], column.part);
        kept.pixels.clear();
        kept.pixels.extend(self.columns.iter().map(pixel));
    }
}

/// Half as wide and high, as long as there is more than one texel.
pub fn halved(texels: &Texels) -> Option<Texels> {
    let half = |len: usize| (len / 2).max(1);
    let (width, height) = (half(texels.width), half(texels.height));
    if texels.pixels.len() <= 1 {
        return None;
    }
    let step = |from: usize, to: usize| from as f32 / to as f32;
    let (across, down) = (step(texels.width, width), step(texels.height, height));
    let mut lines = Lines::new(texels, across / 2.0, across, width, 1.0);
    let mut row = Vec::new();
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        lines.at((y as f32 + 0.5) * down).mix_to(&mut row);
        pixels.extend_from_slice(&row);
    }
    Some(Texels { width, height, pixels })
}

/// The texels on both sides of a place, and how much of 256 there is of the second.
fn between(place: f32, len: usize) -> [usize; 3] {
    let place = place - 0.5;
    let floor = place.floor();
    let clamped = |at: f32| (at.max(0.0) as usize).min(len.saturating_sub(1));
    [clamped(floor), clamped(floor + 1.0), ((place - floor) * 256.0 + 0.5) as usize]
}

impl Pair<'_> {
    fn columns(&self, start: usize, count: usize) -> Self {
        let columns = start..start + count;
        Self { above: &self.above[columns.clone()], below: &self.below[columns], part: self.part }
    }

    fn mix_to(&self, row: &mut Vec<u32>) {
        row.resize(self.above.len(), 0);
        self.mix(row);
    }

    fn mix(&self, pixels: &mut [u32]) {
        let (upper, lower) = (256 - self.part as u16, self.part as u16);
        many(bytes_mut(pixels), [bytes(self.above), bytes(self.below)], |values, [above, below]| {
            for i in 0..MANY {
                values[i] = ((u16::from(above[i]) * upper + u16::from(below[i]) * lower + 128) >> 8) as u8;
            }
        });
    }

    /// Opaque texels, tinted, over what is there.
    fn mix_over(&self, pixels: &mut [u32], tint: &[u32], alpha: u8) {
        let (upper, lower) = (256 - self.part as u16, self.part as u16);
        let kept = 255 - u16::from(alpha);
        many(bytes_mut(pixels), [bytes(self.above), bytes(self.below), bytes(tint)], |values, [above, below, tint]| {
            for i in 0..MANY {
                let texel = (u16::from(above[i]) * upper + u16::from(below[i]) * lower + 128) >> 8;
                // No more than 255 × alpha + 255 × (255 − alpha), and what rounds.
                let sum = texel * u16::from(tint[i]) + u16::from(values[i]) * kept + 128;
                values[i] = ((sum + (sum >> 8)) >> 8) as u8;
            }
        });
    }
}

impl Line<'_> {
    /// Draws the columns from `start` on over pixels.
    pub fn put(&self, pixels: &mut [u32], start: usize) {
        let color = self.color;
        let alpha = (color >> 24) as u8;
        let rows = self.rows.columns(start, pixels.len());
        if self.opaque && color == u32::MAX {
            rows.mix(pixels);
        } else if self.opaque && color.to_ne_bytes().iter().all(|channel| *channel <= alpha) {
            rows.mix_over(pixels, &self.tint[start..start + pixels.len()], alpha);
        } else {
            many(pixels, [rows.above, rows.below], |pixels, [above, below]| {
                for i in 0..MANY {
                    pixels[i] = over(pixels[i], multiplied(color, mixed(above[i], below[i], rows.part)));
                }
            });
        }
    }
}

fn bytes(pixels: &[u32]) -> &[u8] {
    bytemuck::cast_slice(pixels)
}

fn bytes_mut(pixels: &mut [u32]) -> &mut [u8] {
    bytemuck::cast_slice_mut(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOVE: [u32; 7] = [0xFF00_40FF, 0xFFFF_FFFF, 0xFF00_0000, 0xFF12_3456, 0xFF80_8080, 0xFF01_0203, 0xFFFE_FDFC];
    const BELOW: [u32; 7] = [0xFFFF_FFFF, 0xFF00_0000, 0xFF00_0000, 0xFF65_4321, 0xFF80_8080, 0xFF30_2010, 0xFF00_FF00];

    #[test]
    fn many_at_a_time_give_what_one_after_the_other_does() {
        for color in [u32::MAX, 0x8080_8080, 0xFFC0_FF20, 0x1004_0810, 0] {
            let ground: Vec<u32> = (0..6).map(|i| 0xFF00_0000 | (i * 0x0023_1107)).collect();
            let [fast, slow] = [true, false].map(|opaque| {
                let mut pixels = ground.clone();
                let rows = Pair { above: &ABOVE, below: &BELOW, part: 100 };
                Line { rows, opaque, color, tint: &[color; 7] }.put(&mut pixels, 1);
                pixels
            });
            for (fast, slow) in bytes(&fast).iter().zip(bytes(&slow)) {
                assert!(fast.abs_diff(*slow) <= 1, "{color:08x}: {fast} {slow}");
            }
        }
    }

    #[test]
    fn half_a_picture_has_the_middle_of_every_four_texels() {
        let rows = [0xFF00_0000, 0xFF00_0004, 0xFF40_0000, 0xFF40_0000, 0xFF00_0008, 0xFF00_000C, 0, 0];
        let whole = Texels { width: 4, height: 2, pixels: rows.to_vec() };
        let half = halved(&whole).expect("two texels");
        assert_eq!((half.width, half.height, &half.pixels[..]), (2, 1, &[0xFF00_0006, 0x8020_0000][..]));
        let last = halved(&half).expect("one texel");
        assert_eq!((last.width, last.height, halved(&last).is_none()), (1, 1, true));
        assert!(halved(&Texels { width: 0, height: 0, pixels: Vec::new() }).is_none());
    }
}
