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
        // Statics stand in the program once; a literal would stand wherever this is inlined.
        static SANS: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf");
        static SANS_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Bold.otf");
        static SERIF: &[u8] = include_bytes!("../../assets/fonts/NotoSerifSC-Regular.otf");
        static SERIF_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSerifSC-Bold.otf");
        match self {
            Self::Sans => SANS,
            Self::SansBold => SANS_BOLD,
            Self::Serif => SERIF,
            Self::SerifBold => SERIF_BOLD,
        }
    }

    pub fn bold(self) -> Self {
        match self {
            Self::Sans | Self::SansBold => Self::SansBold,
            Self::Serif | Self::SerifBold => Self::SerifBold,
        }
    }
}
