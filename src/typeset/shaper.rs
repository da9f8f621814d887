//! Widths of characters, from the faces that draw them.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};

use super::face::Face;

/// Widths of characters as they are drawn.
pub trait Shaper {
    /// Appends the advance of each character of `text` in ems, kerning included; 0 for what is drawn with the character
    /// before it.
    fn advances(&self, text: &str, face: Face, out: &mut Vec<f32>);
}

/// A glyph of an embedded face; lengths are in ems.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShapedGlyph {
    /// Number in the font; 0 if the face lacks the character.
    pub id: u32,
    pub advance: f32,
    pub offset: [f32; 2],
    /// Byte of the text where the characters begin that the glyph draws.
    pub cluster: usize,
}

/// The embedded faces, read once.
pub struct FontStack {
    fonts: [EmbeddedFont; 4],
}

struct EmbeddedFont {
    font: FontRef<'static>,
    data: ShaperData,
    units_per_em: f32,
    /// Advances of single characters; `None` if the face lacks one.
    advances: Mutex<HashMap<char, Option<f32>>>,
}

impl FontStack {
    /// The embedded faces.
    pub fn embedded() -> &'static Self {
        static STACK: OnceLock<FontStack> = OnceLock::new();
        STACK.get_or_init(|| Self { fonts: Face::ALL.map(EmbeddedFont::new) })
    }

    fn font(&self, face: Face) -> &EmbeddedFont {
        &self.fonts[face as usize]
    }

    /// The glyphs of a text that runs from left to right, in its order.
    pub fn shape(&self, text: &str, face: Face) -> Vec<ShapedGlyph> {
        self.font(face).shape(text)
    }

    /// Width of a character that stands alone, in ems; `None` if the face lacks it.
    pub fn advance(&self, c: char, face: Face) -> Option<f32> {
        let font = self.font(face);
        let mut known = font.advances.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(c).or_insert_with(|| {
            let glyphs = font.shape(c.encode_utf8(&mut [0; 4]));
            glyphs.first().filter(|glyph| glyph.id != 0).map(|glyph| glyph.advance)
        })
    }
}

impl EmbeddedFont {
    fn new(face: Face) -> Self {
        // The fonts are part of the program and were looked at by its tests.
        let font = FontRef::from_index(face.bytes(), 0).expect("an embedded font");
        let data = ShaperData::new(&font);
        let units_per_em = data.shaper(&font).build().units_per_em() as f32;
        Self { font, data, units_per_em, advances: Mutex::default() }
    }

    fn shape(&self, text: &str) -> Vec<ShapedGlyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = self.data.shaper(&self.font).build().shape(buffer, ShapeOptions::new());
        let em = |units: i32| units as f32 / self.units_per_em;
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        glyphs
            .map(|(info, position)| ShapedGlyph {
                id: info.glyph_id,
                advance: em(position.x_advance),
                offset: [em(position.x_offset), em(position.y_offset)],
                cluster: info.cluster as usize,
            })
            .collect()
    }
}

impl FontStack {
    /// [`Shaper::advances`], where `missing` gives the width of characters that the face lacks, in ems.
    pub fn advances_or(&self, text: &str, face: Face, missing: &mut dyn FnMut(char) -> f32, out: &mut Vec<f32>) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Letters are kerned; ideographs are not, and most text is ideographs.
            let word = rest.find(|c: char| !is_kerned(c)).unwrap_or(rest.len());
            if word == 0 {
                out.push(self.advance(c, face).unwrap_or_else(|| missing(c)));
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let first = out.len();
            let (word, after) = rest.split_at(word);
            let mut of_byte = HashMap::new();
            for glyph in self.shape(word, face) {
                let c = word[glyph.cluster..].chars().next().unwrap_or_default();
                *of_byte.entry(glyph.cluster).or_insert(0.0) += if glyph.id == 0 { missing(c) } else { glyph.advance };
            }
            out.extend(word.char_indices().map(|(byte, _)| of_byte.get(&byte).copied().unwrap_or(0.0)));
            debug_assert_eq!(out.len() - first, word.chars().count());
            rest = after;
        }
    }
}

impl Shaper for FontStack {
    fn advances(&self, text: &str, face: Face, out: &mut Vec<f32>) {
        self.advances_or(text, face, &mut |c| if is_kerned(c) { 0.5 } else { 1.0 }, out);
    }
}

/// Scripts whose letters have kerning or are drawn together.
fn is_kerned(c: char) -> bool {
    c < '\u{2000}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advances(text: &str) -> Vec<f32> {
        let mut out = Vec::new();
        FontStack::embedded().advances(text, Face::Serif, &mut out);
        out
    }

    #[test]
    fn ideographs_are_an_em_wide() {
        assert_eq!(advances("温泉，“"), [1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn letters_are_kerned() {
        let (pair, alone) = (advances("AV"), [advances("A")[0], advances("V")[0]]);
        assert!(pair[0] < alone[0], "{pair:?} {alone:?}");
        assert_eq!(pair.len(), 2);
    }

    #[test]
    fn every_character_has_an_advance() {
        for text in ["a\u{301}温", "\u{10ffff}", "é\u{300}\u{301}", "👩‍👩‍👧"] {
            assert_eq!(advances(text).len(), text.chars().count(), "{text}");
        }
    }
}
