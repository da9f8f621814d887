//! One picture, upright, no larger than asked for.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits, RgbaImage};

use crate::archive::PhotoError;

use super::scale::{is_scaled_as_it_is, scaled_down};

/// Larger pictures are refused before their pixels are read.
pub const MAX_PIXELS: u64 = 100_000_000;

/// Memory that the pixels of one picture may take, as the file has them and as they are shown.
const MAX_BYTES: u64 = 640 << 20;

/// RGBA, 8 bits a channel, straight alpha, row by row from the top.
#[derive(Clone, Debug)]
pub struct Pixels {
    pub image: RgbaImage,
    /// Width and height of the picture in the file, upright.
    pub original: (u32, u32),
    /// The file says how to turn or mirror what it holds.
    pub turned: bool,
}

/// Decodes a picture and scales it down so that neither side is longer than `max_side` pixels.
pub fn decode(bytes: &[u8], max_side: u32) -> Result<Pixels, PhotoError> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| PhotoError::Io(e.kind()))?;
    let mut decoder = reader.into_decoder().map_err(|e| why(&e))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    let converted = if is_scaled_as_it_is(decoder.color_type()) { 0 } else { 4 * pixels };
    if pixels > MAX_PIXELS || decoder.total_bytes() + converted > MAX_BYTES {
        return Err(PhotoError::TooManyPixels { width, height });
    }
    let mut limits = Limits::default();
    // What a decoder takes besides, where it can be told.
    limits.max_alloc = Some(MAX_BYTES);
    decoder.set_limits(limits).map_err(|e| why(&e))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|e| why(&e))?;
    let mut image = DynamicImage::from(scaled_down(image, max_side));
    image.apply_orientation(orientation);
    let turned = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let original = if turned { (height, width) } else { (width, height) };
    let turned = orientation != Orientation::NoTransforms;
    Ok(Pixels { image: image.into_rgba8(), original, turned })
}

fn why(error: &ImageError) -> PhotoError {
    match error {
        ImageError::Unsupported(_) => PhotoError::NotAPicture,
        ImageError::IoError(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => PhotoError::Io(e.kind()),
        _ => PhotoError::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = RgbaImage::from_fn(width, height, |x, _| image::Rgba([(x % 256) as u8, 0, 0, 255]));
        image.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).expect("encode");
        bytes
    }

    #[test]
    fn pictures_are_scaled_to_the_longer_side() {
        for (size, max_side, expected) in
            [((400, 100), 1000, (400, 100)), ((400, 100), 200, (200, 50)), ((100, 4000), 200, (5, 200))]
        {
            let pixels = decode(&png(size.0, size.1), max_side).expect("a picture");
            assert_eq!(pixels.image.dimensions(), expected);
            assert_eq!(pixels.original, size);
        }
    }

    #[test]
    fn what_is_no_whole_picture_is_refused() {
        assert_eq!(decode(b"hello", 100).expect_err("no picture"), PhotoError::NotAPicture);
        let whole = png(300, 300);
        assert_eq!(decode(&whole[..whole.len() / 2], 100).expect_err("torn"), PhotoError::Damaged);
    }

    /// A PNG that claims to be of another size, and of 16 bits a channel, RGBA, if `deep`.
    fn claiming(width: u32, height: u32, deep: bool) -> Vec<u8> {
        let mut bytes = png(1, 1);
        // Width, height, bits and kind of colour stand in the header from 16 on, its checksum at 29.
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        if deep {
            bytes[24] = 16;
        }
        let mut crc = 0xFFFF_FFFF_u32;
        for byte in &bytes[12..29] {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
            }
        }
        bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
        bytes
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_refused_before_it_is_read() {
        let refused = |width, height, deep| decode(&claiming(width, height, deep), 100).expect_err("no such picture");
        assert_eq!(refused(50_000, 50_000, false), PhotoError::TooManyPixels { width: 50_000, height: 50_000 });
        // 800 MB as the file has it, and 400 more to be shown.
        assert_eq!(refused(10_000, 10_000, true), PhotoError::TooManyPixels { width: 10_000, height: 10_000 });
        assert_eq!(refused(2_000, 2_000, true), PhotoError::Damaged, "that much may be, but is not there");
    }
}
