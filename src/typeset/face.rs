//! The embedded faces.

/// A face of the three that are embedded.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Face {
    /// 黑体.
    Sans,
    /// 宋体.
    Serif,
    /// 粗宋: titles and whatever is strong, in text of either face.
    SerifBold,
}

impl Face {
    pub const ALL: [Self; 3] = [Self::Sans, Self::Serif, Self::SerifBold];

    /// The font file, OpenType with CFF outlines.
    pub fn bytes(self) -> &'static [u8] {
        // Statics stand in the program once; a literal would stand wherever this is inlined.
        static SANS: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf");
        static SERIF: &[u8] = include_bytes!("../../assets/fonts/NotoSerifSC-Regular.otf");
        static SERIF_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSerifSC-Bold.otf");
        match self {
            Self::Sans => SANS,
            Self::Serif => SERIF,
            Self::SerifBold => SERIF_BOLD,
        }
    }
}
