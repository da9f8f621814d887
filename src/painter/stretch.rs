//! Pictures that stand upright and are drawn larger or smaller than they are.
//!
//! A row of the picture is stretched once and kept while rows of the screen lie between it and the next; what is left
//! for each pixel is arithmetic on bytes, many at a time.

use super::blend::{mixed, multiplied, over};
use super::texture::Texture;

/// Rows of a texture, stretched over columns of the screen.
pub struct Stretch<'a> {
    texture: &'a Texture,
    columns: Vec<Column>,
    /// Rows with even and with odd numbers.
    kept: [Row; 2],
    color: u32,
    tint: Vec<u32>,
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
pub struct Between<'a> {
    above: &'a [u32],
    below: &'a [u32],
    part: u32,
    opaque: bool,
    color: u32,
    /// The colour, as often as there are columns.
    tint: &'a [u32],
}

impl<'a> Stretch<'a> {
    /// `u` is the place of the first column's centre in texels, `step` the way to the next.
    pub fn new(texture: &'a Texture, u: f32, step: f32, columns: usize, color: u32) -> Self {
        let column = |i: usize| {
            let [left, right, part] = between(u + i as f32 * step, texture.width).map(|value| value as u32);
            Column { left, right, part }
        };
        let tint = vec![color; columns];
        Self { texture, columns: (0..columns).map(column).collect(), kept: Default::default(), color, tint }
    }

    /// What stands at a height in texels.
    pub fn at(&mut self, v: f32) -> Between<'_> {
        let [above, below, part] = between(v, self.texture.height);
        self.keep(above);
        self.keep(below);
        let [even, odd] = &self.kept;
        let row = |number: usize| if number.is_multiple_of(2) { &even.pixels[..] } else { &odd.pixels[..] };
        let (above, below, opaque) = (row(above), row(below), self.texture.is_opaque());
        Between { above, below, part: part as u32, opaque, color: self.color, tint: &self.tint }
    }

    fn keep(&mut self, number: usize) {
        let kept = &mut self.kept[number % 2];
        if kept.number == Some(number) {
            return;
        }
        kept.number = Some(number);
        let texels = self.texture.row(number);
        let pixel = |column: &Column| mixed(texels[column.left as usize], texels[column.right as usize], column.part);
        kept.pixels.clear();
        kept.pixels.extend(self.columns.iter().map(pixel));
    }
}

/// The texels on both sides of a place, and how much of 256 there is of the second.
fn between(place: f32, len: usize) -> [usize; 3] {
    let place = place - 0.5;
    let floor = place.floor();
    let clamped = |at: f32| (at.max(0.0) as usize).min(len.saturating_sub(1));
    [clamped(floor), clamped(floor + 1.0), ((place - floor) * 256.0 + 0.5) as usize]
}

impl Between<'_> {
    /// Draws the columns from `start` on over pixels.
    pub fn put(&self, pixels: &mut [u32], start: usize) {
        let color = self.color;
        let columns = start..start + pixels.len();
        let (above, below) = (&self.above[columns.clone()], &self.below[columns.clone()]);
        let channels = color.to_ne_bytes();
        let alpha = (color >> 24) as u8;
        if self.opaque && color == u32::MAX {
            self.mix(bytes_mut(pixels), bytes(above), bytes(below));
        } else if self.opaque && channels.iter().all(|channel| *channel <= alpha) {
            self.mix_in(bytes_mut(pixels), bytes(above), bytes(below), bytes(&self.tint[columns]), alpha);
        } else {
            for ((pixel, above), below) in pixels.iter_mut().zip(above).zip(below) {
                *pixel = over(*pixel, multiplied(color, mixed(*above, *below, self.part)));
            }
        }
    }

    fn mix(&self, pixels: &mut [u8], above: &[u8], below: &[u8]) {
        let (upper, lower) = (256 - self.part as u16, self.part as u16);
        for ((pixel, above), below) in pixels.iter_mut().zip(above).zip(below) {
            *pixel = ((u16::from(*above) * upper + u16::from(*below) * lower + 128) >> 8) as u8;
        }
    }

    /// Tinted, over what is there.
    fn mix_in(&self, pixels: &mut [u8], above: &[u8], below: &[u8], tint: &[u8], alpha: u8) {
        let (upper, lower) = (256 - self.part as u16, self.part as u16);
        let kept = 255 - u16::from(alpha);
        for (((pixel, above), below), tint) in pixels.iter_mut().zip(above).zip(below).zip(tint) {
            let texel = (u16::from(*above) * upper + u16::from(*below) * lower + 128) >> 8;
            // No more than 255 × alpha + 255 × (255 − alpha), and what rounds.
            let sum = texel * u16::from(*tint) + u16::from(*pixel) * kept + 128;
            *pixel = ((sum + (sum >> 8)) >> 8) as u8;
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

    fn between(opaque: bool, tint: &[u32]) -> Between<'_> {
        const ABOVE: [u32; 7] =
            [0xFF00_40FF, 0xFFFF_FFFF, 0xFF00_0000, 0xFF12_3456, 0xFF80_8080, 0xFF01_0203, 0xFFFE_FDFC];
        const BELOW: [u32; 7] =
            [0xFFFF_FFFF, 0xFF00_0000, 0xFF00_0000, 0xFF65_4321, 0xFF80_8080, 0xFF30_2010, 0xFF00_FF00];
        Between { above: &ABOVE, below: &BELOW, part: 100, opaque, color: tint[0], tint }
    }

    #[test]
    fn many_at_a_time_give_what_one_after_the_other_does() {
        for color in [u32::MAX, 0x8080_8080, 0xFFC0_FF20, 0x1004_0810, 0] {
            let ground: Vec<u32> = (0..6).map(|i| 0xFF00_0000 | (i * 0x0023_1107)).collect();
            let [mut fast, mut slow] = [ground.clone(), ground];
            between(true, &[color; 7]).put(&mut fast, 1);
            between(false, &[color; 7]).put(&mut slow, 1);
            for (fast, slow) in bytes(&fast).iter().zip(bytes(&slow)) {
                assert!(fast.abs_diff(*slow) <= 1, "{color:08x}: {fast} {slow}");
            }
        }
    }
}
