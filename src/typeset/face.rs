//! The embedded faces.

/// A face of the four that are embedded.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Face {
    /// 黑体.
    Sans,
    SansBold,
    /// 宋体.
    Serif,
    SerifBold,
}

impl Face {
    pub const ALL: [Self; 4] = [Self::Sans, Self::SansBold, Self::Serif, Self::SerifBold];

    /// The font file, OpenType with CFF outlines.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Sans => include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf"),
            Self::SansBold => include_bytes!("../../assets/fonts/NotoSansSC-Bold.otf"),
            Self::Serif => include_bytes!("../../assets/fonts/NotoSerifSC-Regular.otf"),
            Self::SerifBold => include_bytes!("../../assets/fonts/NotoSerifSC-Bold.otf"),
        }
    }

    pub fn bold(self) -> Self {
        match self {
            Self::Sans | Self::SansBold => Self::SansBold,
            Self::Serif | Self::SerifBold => Self::SerifBold,
        }
    }
}
