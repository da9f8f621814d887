//! Arithmetic on pixels, `0xAARRGGBB` with premultiplied alpha.

use egui::Color32;

const ODD: u32 = 0x00FF_00FF;

pub fn packed(color: Color32) -> u32 {
    let [r, g, b, a] = color.to_array();
    u32::from_be_bytes([a, r, g, b])
}

/// All four channels times `factor` / 255, rounded.
#[inline(always)]
pub fn scaled(pixel: u32, factor: u32) -> u32 {
    let divided = |lanes: u32| ((lanes + ((lanes >> 8) & ODD)) >> 8) & ODD;
    let odd = divided((pixel & ODD) * factor + 0x0080_0080);
    let even = divided(((pixel >> 8) & ODD) * factor + 0x0080_0080);
    odd | (even << 8)
}

/// `above` over `below`.
#[inline(always)]
pub fn over(below: u32, above: u32) -> u32 {
    let alpha = above >> 24;
    match alpha {
        255 => above,
        // Colours without alpha add light.
        _ => added(scaled(below, 255 - alpha), above),
    }
}

/// Channel by channel, no more than 255.
#[inline(always)]
fn added(a: u32, b: u32) -> u32 {
    let lanes = |a: u32, b: u32| {
        let sum = (a & ODD) + (b & ODD);
        let full = (sum >> 8) & 0x0001_0001;
        (sum | (full * 255)) & ODD
    };
    lanes(a, b) | (lanes(a >> 8, b >> 8) << 8)
}

/// Channel by channel, times / 255.
#[inline(always)]
pub fn multiplied(a: u32, b: u32) -> u32 {
    if a == u32::MAX {
        return b;
    }
    if b == u32::MAX {
        return a;
    }
    let channel = |shift: u32| {
        let product = ((a >> shift) & 255) * ((b >> shift) & 255) + 128;
        ((product + (product >> 8)) >> 8) << shift
    };
    channel(0) | channel(8) | channel(16) | channel(24)
}

/// Between two pixels; `part` of 256 of the second. Rounded.
#[inline(always)]
pub fn mixed(a: u32, b: u32, part: u32) -> u32 {
    let lanes = |a: u32, b: u32| (((a & ODD) * (256 - part) + (b & ODD) * part + 0x0080_0080) >> 8) & ODD;
    lanes(a, b) | (lanes(a >> 8, b >> 8) << 8)
}

/// How many values are worked out at once.
pub const MANY: usize = 64;

/// Works out values from themselves and what stands at their places in the others, [`MANY`] at once. The others are as
/// long as the values.
///
/// A loop whose length is known becomes vectors in a program that is compiled to be small as well.
#[inline(always)]
pub fn many<T: Copy + Default, const N: usize>(
    values: &mut [T],
    others: [&[T]; N],
    work: impl Fn(&mut [T; MANY], [&[T; MANY]; N]),
) {
    let padded = |rest: &[T]| {
        let mut whole = [T::default(); MANY];
        whole[..rest.len()].copy_from_slice(rest);
        whole
    };
    let (chunks, rest) = values.as_chunks_mut();
    let others = others.map(<[T]>::as_chunks);
    for (i, chunk) in chunks.iter_mut().enumerate() {
        work(chunk, others.map(|(chunks, _)| &chunks[i]));
    }
    let mut last = padded(rest);
    work(&mut last, others.map(|(_, rest)| padded(rest)).each_ref());
    rest.copy_from_slice(&last[..rest.len()]);
}

/// A colour over pixels.
#[inline]
pub fn fill(pixels: &mut [u32], color: u32) {
    match color >> 24 {
        255 => pixels.fill(color),
        0 if color == 0 => {}
        _ => pixels.iter_mut().for_each(|pixel| *pixel = over(*pixel, color)),
    }
}

/// Texels in a colour over pixels. A glyph's texels are white, more or less opaque.
#[inline]
pub fn blend(pixels: &mut [u32], texels: &[u32], color: u32) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_do_not_run_into_each_other() {
        for factor in 0..=255 {
            for value in [0, 1, 127, 128, 200, 254, 255_u32] {
                let pixel = value * 0x0101_0101;
                let expected = ((value * factor) as f32 / 255.0).round() as u32;
                assert_eq!(scaled(pixel, factor), expected * 0x0101_0101, "{value} {factor}");
            }
        }
        assert_eq!(added(0xFF80_40FF, 0x0180_4001), 0xFFFF_80FF);
        assert_eq!(multiplied(0x80FF_0040, 0xFF80_FFFF), 0x8080_0040);
        assert_eq!(mixed(0xFF00_FF00, 0x00FF_00FF, 128), 0x8080_8080);
    }

    #[test]
    fn many_values_are_worked_out_each_from_its_own() {
        for count in [0, 1, MANY - 1, MANY, MANY + 1, 3 * MANY + 5] {
            let mut values: Vec<u32> = (0..count as u32).collect();
            let (tens, ones): (Vec<u32>, Vec<u32>) = (0..count as u32).map(|i| (10 * i, 1)).unzip();
            many(&mut values, [&tens, &ones], |values, [tens, ones]| {
                for i in 0..MANY {
                    values[i] += tens[i] + ones[i];
                }
            });
            assert!(values.iter().zip(0..).all(|(value, i)| *value == 11 * i + 1), "{count}: {values:?}");
            assert_eq!(values.len(), count);
        }
    }

    #[test]
    fn what_covers_hides_and_what_is_clear_does_not() {
        assert_eq!(over(0xFF12_3456, 0xFFAB_CDEF), 0xFFAB_CDEF);
        assert_eq!(over(0xFF12_3456, 0), 0xFF12_3456);
        assert_eq!(over(0xFF00_0000, 0x8080_8080), 0xFF80_8080);
        assert_eq!(over(0xFFFF_0000, 0x0000_FF00), 0xFFFF_FF00, "light is added");
    }
}
