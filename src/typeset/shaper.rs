//! Widths of characters, from the faces that draw them.

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use read_fonts::TableProvider as _;

use super::class::{is_combining, is_invisible};
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
    fonts: [OnceLock<EmbeddedFont>; 3],
}

struct EmbeddedFont {
    font: FontRef<'static>,
    data: ShaperData,
    units_per_em: f32,
    /// Advances of the basic plane's characters in font units, [`MISSING`] where the face lacks one.
    basic: Vec<u16>,
    others: HashMap<char, u16>,
    /// Advances of words in letters, in ems; not a number where the face lacks one.
    words: RwLock<HashMap<Box<str>, Box<[f32]>>>,
}

const MISSING: u16 = u16::MAX;

/// Words are remembered up to this many, and up to this long in bytes.
const MAX_WORDS: usize = 1 << 14;
const MAX_WORD_BYTES: usize = 48;

impl FontStack {
    /// The embedded faces.
    pub fn embedded() -> &'static Self {
        static STACK: FontStack = FontStack { fonts: [const { OnceLock::new() }; 3] };
        &STACK
    }

    fn font(&self, face: Face) -> &EmbeddedFont {
        self.fonts[face as usize].get_or_init(|| EmbeddedFont::new(face))
    }

    /// The glyphs of a text that runs from left to right, in its order.
    pub fn shape(&self, text: &str, face: Face) -> Vec<ShapedGlyph> {
        self.font(face).shape(text)
    }

    /// Width of a character that stands alone, in ems; `None` if the face lacks it.
    pub fn advance(&self, c: char, face: Face) -> Option<f32> {
        self.font(face).advance(c)
    }

    /// [`Shaper::advances`], where `missing` gives the width of characters that the face lacks, in ems.
    pub fn advances_or(&self, text: &str, face: Face, missing: &mut dyn FnMut(char) -> f32, out: &mut Vec<f32>) {
        let font = self.font(face);
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if !is_kerned(c) {
                let hidden = is_invisible(c) || is_combining(c);
                out.push(font.advance(c).unwrap_or_else(|| if hidden { 0.0 } else { missing(c) }));
                continue;
            }
            // Letters are kerned; ideographs are not, and most text is ideographs.
            let mut end = start + c.len_utf8();
            while let Some((i, c)) = chars.next_if(|(_, c)| is_kerned(*c)) {
                end = i + c.len_utf8();
            }
            font.word(&text[start..end], missing, out);
        }
    }
}

impl EmbeddedFont {
    fn new(face: Face) -> Self {
        // The fonts are part of the program and were looked at by its tests.
        let font = FontRef::from_index(face.bytes(), 0).expect("an embedded font");
        let data = ShaperData::new(&font);
        let units_per_em = data.shaper(&font).build().units_per_em() as f32;
        let (mut basic, mut others) = (vec![MISSING; 1 << 16], HashMap::new());
        if let (Ok(cmap), Ok(hmtx)) = (font.cmap(), font.hmtx()) {
            for (c, glyph) in cmap.best_subtable().into_iter().flat_map(|(_, _, table)| table.iter()) {
                let (Some(c), Some(advance)) = (char::from_u32(c), hmtx.advance(glyph)) else { continue };
                match basic.get_mut(c as usize) {
                    Some(place) => *place = advance,
                    None => {
                        others.insert(c, advance);
                    }
                }
            }
        }
        Self { font, data, units_per_em, basic, others, words: RwLock::default() }
    }

    fn advance(&self, c: char) -> Option<f32> {
        if is_invisible(c) {
            return Some(0.0);
        }
        let units = match self.basic.get(c as usize) {
            Some(units) => *units,
            None => *self.others.get(&c)?,
        };
        (units != MISSING).then(|| f32::from(units) / self.units_per_em)
    }

    /// Appends the advances of a word in letters.
    fn word(&self, word: &str, missing: &mut dyn FnMut(char) -> f32, out: &mut Vec<f32>) {
        let mut append = |advances: &[f32]| {
            let pairs = word.chars().zip(advances);
            out.extend(pairs.map(|(c, advance)| if advance.is_nan() { missing(c) } else { *advance }));
        };
        if let Some(known) = self.words.read().unwrap_or_else(PoisonError::into_inner).get(word) {
            return append(known);
        }
        let mut of_byte = vec![0.0; word.len()];
        for glyph in self.shape(word) {
            let visible = glyph.id != 0 || word[glyph.cluster..].starts_with(is_combining);
            of_byte[glyph.cluster] += if visible { glyph.advance } else { f32::NAN };
        }
        let advances: Box<[f32]> = word.char_indices().map(|(byte, _)| of_byte[byte]).collect();
        append(&advances);
        if word.len() <= MAX_WORD_BYTES {
            let mut words = self.words.write().unwrap_or_else(PoisonError::into_inner);
            if words.len() >= MAX_WORDS {
                words.clear();
            }
            words.insert(word.into(), advances);
        }
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

impl Shaper for FontStack {
    fn advances(&self, text: &str, face: Face, out: &mut Vec<f32>) {
        self.advances_or(text, face, &mut |c| if is_kerned(c) { 0.5 } else { 1.0 }, out);
    }
}

/// Letters of scripts that have kerning or are drawn together.
fn is_kerned(c: char) -> bool {
    c < '\u{2000}' && c > ' ' && c != '\u{A0}' && !is_invisible(c)
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
        assert_eq!(advances("温AV泉")[1..3], pair, "the same when remembered");
    }

    #[test]
    fn every_character_has_an_advance() {
        for text in ["a\u{301}温", "\u{10ffff}", "é\u{300}\u{301}", "👩‍👩‍👧", "שלום a", "\u{1}a\r\t"]
        {
            assert_eq!(advances(text).len(), text.chars().count(), "{text}");
        }
    }

    #[test]
    fn what_is_drawn_with_another_or_not_at_all_has_no_width() {
        for text in ["a\u{301}", "葛\u{FE00}", "温\u{200D}", "温\u{301}", "a\u{1}", "か\u{3099}"] {
            let advances = advances(text);
            assert!(advances[0] > 0.0 && advances[1] == 0.0, "{text}: {advances:?}");
        }
    }
}
