//! The embedded faces.

use std::sync::LazyLock;

use crate::packed::unpack;

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

    /// The font file, OpenType with CFF outlines; unpacked, which takes some 20 ms, when it is first asked for.
    pub fn bytes(self) -> &'static [u8] {
        static SANS: LazyLock<Vec<u8>> =
            LazyLock::new(|| unpack(include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf.br")));
        static SERIF: LazyLock<Vec<u8>> =
            LazyLock::new(|| unpack(include_bytes!("../../assets/fonts/NotoSerifSC-Regular.otf.br")));
        static SERIF_BOLD: LazyLock<Vec<u8>> =
            LazyLock::new(|| unpack(include_bytes!("../../assets/fonts/NotoSerifSC-Bold.otf.br")));
        match self {
            Self::Sans => &SANS,
            Self::Serif => &SERIF,
            Self::SerifBold => &SERIF_BOLD,
        }
    }
}
