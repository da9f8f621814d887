//! Photos as a PDF holds them.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, RgbImage};
use krilla::image::Image;

use crate::photo::decode;

/// Pixels of a photo in an inch of paper.
const DPI: f32 = 300.0;
/// JPEG files no larger than this are embedded as they are.
const MAX_AS_IS: usize = 3 << 20;
/// Of what is packed anew, as JPEG.
const QUALITY: u8 = 90;

/// The photo of a file for a place whose longer side has so many points, no finer than paper shows. `dimensions` are
/// those that the archive records.
pub(super) fn image(bytes: &[u8], dimensions: Option<(u32, u32)>, longer_side: f32) -> Option<Image> {
    let side = (longer_side / 72.0 * DPI).ceil() as u32;
    let fits = dimensions.is_some_and(|(width, height)| width.max(height) <= side * 2);
    let format = image::guess_format(bytes);
    if fits && bytes.len() <= MAX_AS_IS && matches!(format, Ok(ImageFormat::Jpeg)) {
        // Whatever is wrong with the file is found here and not when the document is finished.
        let turned = decode(bytes, 16).ok()?.turned;
        if !turned && let Ok(image) = Image::from_jpeg(bytes.to_vec().into(), false) {
            return Some(image);
        }
    }
    let pixels = decode(bytes, side.max(16)).ok()?.image;
    let opaque = pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    // A JPEG, and most WebP, was packed with loss, and would take many times its file without.
    if opaque && matches!(format, Ok(ImageFormat::Jpeg | ImageFormat::WebP)) {
        return Image::from_jpeg(jpeg(&DynamicImage::from(pixels).into_rgb8())?.into(), false).ok();
    }
    let (width, height) = pixels.dimensions();
    Some(Image::from_rgba8(pixels.into_raw(), width, height))
}

fn jpeg(pixels: &RgbImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(pixels).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load};

    fn pdf_of(image: Image) -> Vec<u8> {
        let mut document = krilla::Document::new();
        let mut page = document.start_page();
        page.surface().draw_image(image, krilla::geom::Size::from_wh(400.0, 300.0).expect("a size"));
        page.finish();
        document.finish().expect("a document")
    }

    #[test]
    fn a_photo_that_was_packed_with_loss_is_not_unpacked_into_a_pdf() {
        let archive = load(Source::Embedded).expect("the bundled archive");
        let photo = &archive.photos[0];
        let bytes = archive.source.read_photo(photo.file.as_ref().expect("a file")).expect("bundled");
        let as_it_is = pdf_of(image(&bytes, photo.dimensions, 400.0).expect("a photo"));
        assert!(as_it_is.windows(bytes.len()).any(|part| part == &*bytes), "it stands in the PDF as in its file");
        // A place for which the file is too fine.
        let smaller = image(&bytes, photo.dimensions, 150.0).expect("a photo");
        assert_eq!(smaller.size(), (625, 469));
        assert!(pdf_of(smaller).len() < bytes.len());
    }
}
