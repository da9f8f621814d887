//! How running text is set: what the reader chooses, and the sheet that comes of it.

use serde::{Deserialize, Deserializer, Serialize};

use crate::typeset::{Face, Sheet};

use super::settings::{Settings, or_default};

/// Sizes of the text in points, smallest first. The elder-friendly guide asks for at least 30.
pub const TEXT_SIZES: &[f32] = &[14.0, 16.0, 18.0, 20.0, 22.0, 25.0, 28.0, 32.0, 38.0, 44.0, 52.0, 60.0];

/// How much larger everything is in the elder view: controls of 40 points become 60, words of 13 points 19.5.
pub const ELDER_ZOOM: f32 = 1.5;

/// The smallest text of the elder view, before [`ELDER_ZOOM`], which makes 30 of it.
const ELDER_TEXT: f32 = 20.0;

/// Between paragraphs, in the text's size: with the line height, the distance is more than 1.3 line heights.
const PARAGRAPH_GAP: f32 = 0.7;

/// An index into [`TEXT_SIZES`] that always exists.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct TextSize(usize);

impl Default for TextSize {
    fn default() -> Self {
        Self(2)
    }
}

impl<'de> Deserialize<'de> for TextSize {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        usize::deserialize(d).map(Self::from_index)
    }
}

impl TextSize {
    pub fn points(self) -> f32 {
        TEXT_SIZES[self.0]
    }

    /// The next larger (`step` 1) or smaller (`step` -1) one, as far as there is one.
    pub fn step(self, step: isize) -> Self {
        Self::from_index(self.0.saturating_add_signed(step))
    }

    pub fn index(self) -> usize {
        self.0
    }

    pub fn from_index(index: usize) -> Self {
        Self(index.min(TEXT_SIZES.len() - 1))
    }
}

/// Choices beside the text's size. Each has its default if it cannot be read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typography {
    #[serde(deserialize_with = "or_default")]
    pub face: BodyFace,
    #[serde(deserialize_with = "or_default")]
    pub leading: Leading,
    #[serde(deserialize_with = "or_default")]
    pub measure: LineLength,
    /// The right edge is not straight.
    #[serde(deserialize_with = "or_default")]
    pub ragged: bool,
    /// Punctuation is drawn as it is stored, half-width where it is.
    #[serde(deserialize_with = "or_default")]
    pub as_stored: bool,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyFace {
    #[default]
    Serif,
    Sans,
}

impl BodyFace {
    pub const ALL: [Self; 2] = [Self::Serif, Self::Sans];
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leading {
    Close,
    #[default]
    Normal,
    Wide,
}

impl Leading {
    pub const ALL: [Self; 3] = [Self::Close, Self::Normal, Self::Wide];

    /// Line height in the text's size.
    pub fn em(self) -> f32 {
        match self {
            Self::Close => 1.5,
            Self::Normal => 1.8,
            Self::Wide => 2.2,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineLength {
    Short,
    #[default]
    Normal,
    Long,
}

impl LineLength {
    pub const ALL: [Self; 3] = [Self::Short, Self::Normal, Self::Long];

    /// Characters of a full line.
    pub fn characters(self) -> f32 {
        match self {
            Self::Short => 26.0,
            Self::Normal => 36.0,
            Self::Long => 48.0,
        }
    }
}

impl Settings {
    /// Size of running text in points.
    pub fn text_points(&self) -> f32 {
        let chosen = self.text_size.points();
        if self.elder { chosen.max(ELDER_TEXT) } else { chosen }
    }

    /// By how much everything is larger than usual.
    pub fn zoom(&self) -> f32 {
        if self.elder { ELDER_ZOOM } else { 1.0 }
    }

    /// How running text is set in a column of that width, in points.
    pub fn sheet(&self, width: f32) -> Sheet {
        let chosen = self.typography;
        Sheet {
            width,
            size: self.text_points(),
            leading: chosen.leading.em(),
            paragraph_gap: PARAGRAPH_GAP,
            face: match chosen.face {
                BodyFace::Serif => Face::Serif,
                BodyFace::Sans => Face::Sans,
            },
            justify: !chosen.ragged,
            indent: true,
            full_width: !chosen.as_stored,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_elder_view_keeps_to_the_guide() {
        let smallest = TextSize::from_index(0);
        let settings = Settings { elder: true, text_size: smallest, ..Settings::default() };
        assert!(settings.text_points() * settings.zoom() >= 30.0);
        for leading in Leading::ALL {
            assert!(leading.em() >= 1.3);
            assert!(leading.em() + PARAGRAPH_GAP >= leading.em() * 1.3, "between the paragraphs' lines");
        }
    }

    #[test]
    fn sizes_end_where_they_end() {
        assert_eq!((TEXT_SIZES[0], TEXT_SIZES[TEXT_SIZES.len() - 1]), (14.0, 60.0));
        assert_eq!(TextSize::from_index(0).step(-1).points(), 14.0);
        assert_eq!(TextSize::from_index(99).step(1).points(), 60.0);
    }
}
