//! A code that a visitor's phone reads from the screen: citation and a short excerpt, as text, without any network.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::archive::{Archive, PhotoId, SectionId};

use super::citation::{Subject, cite};

/// More text makes a code that a phone does not read from a screen at arm's length.
pub const MAX_BYTES: usize = 300;

/// 69 × 69 modules, which hold 331 bytes at level M.
const LARGEST: u8 = 13;

/// Light modules that must be left around the code.
pub const QUIET_ZONE: usize = 4;

/// Stands for what was cut off.
const ELLIPSIS: &str = "……";

/// A square of dark and light modules, without the quiet zone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Matrix {
    /// Modules along a side.
    pub size: usize,
    /// Row by row; true is dark.
    dark: Vec<bool>,
}

impl Matrix {
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.dark[y * self.size + x]
    }
}

/// The code of a section: its citation, and how it begins.
pub fn section(archive: &Archive, id: SectionId) -> Option<Matrix> {
    let document = &archive.section(id).document;
    code(&text(&cite(archive, Subject::Section(id)), &document.plain))
}

/// The code of a photo: its citation, and its caption where the citation does not have it.
pub fn photo(archive: &Archive, id: PhotoId) -> Option<Matrix> {
    let citation = cite(archive, Subject::Photo(id));
    let photo = archive.photo(id);
    let about = [photo.caption.as_deref(), photo.title.as_deref(), photo.alt.as_deref()];
    let excerpt = about.into_iter().flatten().find(|text| !citation.contains(text.trim())).unwrap_or_default();
    code(&text(&citation, excerpt))
}

/// Citation and excerpt, at most [`MAX_BYTES`].
pub fn text(citation: &str, excerpt: &str) -> String {
    let citation = cut(citation, MAX_BYTES);
    let room = MAX_BYTES - citation.len();
    // Of a long text only the beginning can fit.
    let excerpt: Vec<&str> = excerpt[..excerpt.floor_char_boundary(4 * MAX_BYTES)].split_whitespace().collect();
    let excerpt = excerpt.join(" ");
    // A few characters say nothing.
    if room < 40 || excerpt.is_empty() {
        return citation;
    }
    format!("{citation}\n{}", cut(&excerpt, room - 1))
}

/// The text up to its last whole sentence that fits; else up to its last clause, or character, with an ellipsis.
fn cut(text: &str, max_bytes: usize) -> String {
    if text.len() <= max_bytes {
        return text.to_owned();
    }
    let ends_with = |marks: &str, room: usize| {
        let mut end = None;
        for (at, c) in text.char_indices() {
            let after = at + c.len_utf8();
            if after > room {
                break;
            }
            if marks.contains(c) {
                end = Some(after);
            }
        }
        // Less than a third of the room is too little of a sentence.
        end.filter(|end| *end * 3 >= room)
    };
    if let Some(end) = ends_with("。！？!?", max_bytes) {
        return text[..end].to_owned();
    }
    let room = max_bytes - ELLIPSIS.len();
    let end = ends_with("，；：、,;:", room).unwrap_or_else(|| text.floor_char_boundary(room));
    format!("{}{ELLIPSIS}", text[..end].trim_end_matches(['，', '；', '：', '、', ',', ';', ':', ' ']))
}

/// UTF-8 in one segment of bytes. No segment says that it is UTF-8: phones recognize it, and some scanners show such a
/// segment as digits before the text.
fn code(text: &str) -> Option<Matrix> {
    let segments = [QrSegment::make_bytes(text.as_bytes())];
    let code =
        QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, Version::MIN, Version::new(LARGEST), None, true)
            .ok()?;
    let size = usize::try_from(code.size()).ok()?;
    let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    Some(Matrix { size, dark: dark.map(|(x, y)| code.get_module(x, y)).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load};

    /// What a reader of codes sees on a screen with three pixels a module.
    fn read(matrix: &Matrix) -> String {
        let side = (matrix.size + 2 * QUIET_ZONE) * 3;
        let pixel = |x: usize, y: usize| {
            let inside = |at: usize| (at / 3).checked_sub(QUIET_ZONE);
            let dark = inside(x).zip(inside(y)).is_some_and(|(x, y)| matrix.is_dark(x, y));
            if dark { 0 } else { 255 }
        };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, pixel);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "a code is seen");
        let mut bytes = Vec::new();
        grids[0].decode_to(&mut bytes).expect("it is read");
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn every_section_and_photo_has_a_code_that_is_read_back() {
        let archive = load(Source::Embedded).expect("the bundled archive");
        for id in archive.section_ids() {
            let matrix = section(&archive, id).expect("a code");
            let said = read(&matrix);
            assert!(said.len() <= MAX_BYTES && matrix.size <= 69, "{said}");
            assert!(said.starts_with(&cite(&archive, Subject::Section(id))), "{said}");
            let excerpt = said.split_once('\n').expect("an excerpt").1;
            assert!(excerpt.ends_with(['。', '！', '？', '…']), "{said}");
        }
        for id in archive.photo_ids() {
            let said = read(&photo(&archive, id).expect("a code"));
            assert!(said.starts_with(&cite(&archive, Subject::Photo(id))), "{said}");
        }
    }

    #[test]
    fn texts_of_any_length_have_a_code() {
        for length in [0, 1, 50, 99, 100, 101, 5000] {
            for unit in ["温", "泉。", "a", "𠀀，", "\n"] {
                let said = text(&unit.repeat(length), &unit.repeat(length));
                assert!(said.len() <= MAX_BYTES, "{} bytes", said.len());
                assert_eq!(read(&code(&said).expect("a code")), said);
            }
        }
    }

    #[test]
    fn an_excerpt_ends_with_a_sentence_or_clause() {
        for (given, max_bytes, expected) in [
            ("一句。两句。", 30, "一句。两句。"),
            ("一句。两句。", 17, "一句。"),
            ("一句话，还没有说完", 24, "一句话……"),
            ("一句话，还没有说完就不说了", 30, "一句话……"),
            ("没有标点的一长串文字", 24, "没有标点的一……"),
            ("一。后面是很长很长很长很长的一句话", 40, "一。后面是很长很长很长……"),
            ("Mr. Li came. He", 12, "Mr. Li……"),
        ] {
            let said = cut(given, max_bytes);
            assert_eq!(said, expected);
            assert!(said.len() <= max_bytes, "{said}");
        }
    }
}
