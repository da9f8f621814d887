//! Pictures made smaller: by a cubic filter (Catmull–Rom), which keeps edges sharp, or, where much becomes little, by the
//! mean of what becomes one pixel.
//!
//! One row of the result at a time: the rows that it lies on are weighed together, and then the pixels of that one row.
//! So nothing but a row is held besides the picture, in whichever of the common forms it was decoded; others are turned
//! into one of them first.

use image::{ColorType, DynamicImage, RgbaImage};

/// Whether a picture with such pixels is scaled without being made into another first.
pub(super) fn is_scaled_as_it_is(pixels: ColorType) -> bool {
    matches!(pixels, ColorType::L8 | ColorType::Rgb8 | ColorType::Rgba8)
}

/// A picture that is no longer than `max_side` pixels on either side.
pub(super) fn scaled_down(image: DynamicImage, max_side: u32) -> RgbaImage {
    let (width, height) = (image.width(), image.height());
    let longest = width.max(height);
    if longest <= max_side {
        return image.into_rgba8();
    }
    let scaled = |side: u32| ((f64::from(side) * f64::from(max_side) / f64::from(longest)).round() as u32).max(1);
    let mut to = RgbaImage::new(scaled(width), scaled(height));
    match image {
        DynamicImage::ImageLuma8(grey) => scale(&grey, height, &mut to, |[grey]| [grey, grey, grey, u8::MAX]),
        DynamicImage::ImageRgb8(opaque) => scale(&opaque, height, &mut to, |[r, g, b]| [r, g, b, u8::MAX]),
        other => {
            let mut from = other.into_rgba8();
            let transparent = from.pixels().any(|pixel| pixel.0[3] < u8::MAX);
            // What cannot be seen must not lend its colour.
            if transparent {
                from.pixels_mut().for_each(|pixel| pixel.0 = premultiplied(pixel.0));
            }
            scale(&from, height, &mut to, |pixel: [u8; 4]| pixel);
            if transparent {
                to.pixels_mut().for_each(|pixel| pixel.0 = straight(pixel.0));
            }
        }
    }
    to
}

/// Scales `from`, `height` rows of pixels of `N` bytes each.
fn scale<const N: usize>(from: &[u8], height: u32, to: &mut RgbaImage, rgba: impl Fn([u8; N]) -> [u8; 4]) {
    let row_len = from.len() / height as usize;
    let columns = windows((row_len / N) as u32, to.width());
    let mut row = vec![0; row_len];
    let mut pixels = vec![[0; 4]; row_len / N];
    let target_len = to.width() as usize * 4;
    for (window, target) in windows(height, to.height()).iter().zip(to.chunks_exact_mut(target_len)) {
        weigh_rows(&from[window.first * row_len..], &window.weights, &mut row);
        for (pixel, bytes) in pixels.iter_mut().zip(row.as_chunks().0) {
            *pixel = rgba(*bytes);
        }
        for (window, target) in columns.iter().zip(target.as_chunks_mut().0) {
            *target = weigh_pixels(&pixels[window.first..], &window.weights);
        }
    }
}

/// The rows or columns that one of the result is made of.
struct Window {
    first: usize,
    /// In parts of [`ONE`], which they add up to.
    weights: Vec<i16>,
}

const BITS: u32 = 14;
const ONE: i16 = 1 << BITS;

/// From this ratio on the mean is taken: a little softer, for a quarter of the work.
const MEAN_FROM: f64 = 4.0;

/// For every one of `to` rows or columns its part of `from`, which are more.
fn windows(from: u32, to: u32) -> Vec<Window> {
    let ratio = f64::from(from) / f64::from(to);
    let (reach, filter): (f64, fn(f64, f64) -> f64) =
        if ratio < MEAN_FROM { (2.0, |x, _| cubic(x)) } else { (0.5, covered) };
    let window = |number: u32| {
        let centre = (f64::from(number) + 0.5) * ratio;
        let first = (centre - reach * ratio).floor().max(0.0) as u32;
        let last = ((centre + reach * ratio).ceil() as u32).min(from);
        let exact: Vec<f64> = (first..last).map(|at| filter((f64::from(at) + 0.5 - centre) / ratio, ratio)).collect();
        let sum: f64 = exact.iter().sum();
        // Each is rounded together with those before it, so that the errors do not add up.
        let mut done = 0.0;
        let mut given = 0;
        let weights = exact.iter().map(|weight| {
            done += weight;
            let weight = (done / sum * f64::from(ONE)).round() as i32 - given;
            given += weight;
            weight as i16
        });
        Window { first: first as usize, weights: weights.collect() }
    };
    (0..to).map(window).collect()
}

/// The Catmull–Rom spline as a filter, `x` from its middle.
fn cubic(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((2.5 - 0.5 * x) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

/// How much of one of `ratio` rows or columns lies in the window.
fn covered(x: f64, ratio: f64) -> f64 {
    ((0.5 - x.abs()) * ratio + 0.5).clamp(0.0, 1.0)
}

fn weigh_rows(rows: &[u8], weights: &[i16], row: &mut [u8]) {
    /// Bytes whose sums stay in registers. A loop of fixed length is also what compilers turn into vectors when they
    /// compile for size.
    const BLOCK: usize = 16;
    let len = row.len();
    let (blocks, rest) = row.as_chunks_mut::<BLOCK>();
    let after = len - rest.len();
    for (number, block) in blocks.iter_mut().enumerate() {
        let mut sums = [HALF; BLOCK];
        for (row, weight) in rows[number * BLOCK..].chunks(len).zip(weights) {
            for (sum, byte) in sums.iter_mut().zip(&row.as_chunks::<BLOCK>().0[0]) {
                *sum += i32::from(*weight) * i32::from(*byte);
            }
        }
        *block = sums.map(rounded);
    }
    for (at, byte) in rest.iter_mut().enumerate() {
        let column = rows[after + at..].iter().step_by(len);
        let sum = column.zip(weights).fold(HALF, |sum, (byte, weight)| sum + i32::from(*weight) * i32::from(*byte));
        *byte = rounded(sum);
    }
}

fn weigh_pixels(pixels: &[[u8; 4]], weights: &[i16]) -> [u8; 4] {
    let mut sums = [HALF; 4];
    for (pixel, weight) in pixels.iter().zip(weights) {
        for (sum, byte) in sums.iter_mut().zip(pixel) {
            *sum += i32::from(*weight) * i32::from(*byte);
        }
    }
    sums.map(rounded)
}

/// What sums begin with, to be rounded and not cut off.
const HALF: i32 = 1 << (BITS - 1);

fn rounded(sum: i32) -> u8 {
    (sum >> BITS).clamp(0, 255) as u8
}

fn premultiplied([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    let times = |c: u8| ((u32::from(c) * u32::from(a) + 127) / 255) as u8;
    [times(r), times(g), times(b), a]
}

fn straight([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    // The filter may give a colour more than its alpha.
    let over = |c: u8| (u32::from(c) * 255 + u32::from(a) / 2).checked_div(u32::from(a)).unwrap_or(0).min(255) as u8;
    [over(r), over(g), over(b), a]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fine check of two colours, scaled down, is their mean, whatever the form in which it was decoded. What cannot
    /// be seen through has no colour of its own to give.
    #[test]
    fn a_scaled_picture_has_the_colours_of_the_whole() {
        let check = |one: [u8; 4], other: [u8; 4]| {
            DynamicImage::from(RgbaImage::from_fn(640, 480, |x, y| {
                image::Rgba(if (x + y) % 2 == 0 { one } else { other })
            }))
        };
        let opaque = check([200, 100, 0, 255], [0, 100, 50, 255]);
        let forms = [
            (DynamicImage::from(opaque.to_rgb8()), [100, 100, 25, 255]),
            (DynamicImage::from(opaque.to_rgb16()), [100, 100, 25, 255]),
            (DynamicImage::from(check([200, 200, 200, 255], [0, 0, 0, 255]).to_luma8()), [100, 100, 100, 255]),
            (check([200, 100, 0, 255], [255, 255, 255, 0]), [200, 100, 0, 128]),
        ];
        for (number, (form, expected)) in forms.into_iter().enumerate() {
            for side in [64, 320] {
                let scaled = scaled_down(form.clone(), side);
                let pixel = scaled.get_pixel(side / 2, side / 3).0;
                let near = pixel.iter().zip(expected).all(|(is, should)| is.abs_diff(should) <= 2);
                assert!(near, "form {number}, {side}: {pixel:?} instead of {expected:?}");
            }
        }
    }

    #[test]
    fn every_part_is_weighed_once() {
        for (from, to) in [(7, 3), (100, 99), (640, 64), (1600, 333), (5, 1)] {
            for window in windows(from, to) {
                assert_eq!(window.weights.iter().map(|weight| i32::from(*weight)).sum::<i32>(), i32::from(ONE));
                assert!(window.first + window.weights.len() <= from as usize, "{from} to {to}");
            }
        }
    }
}
