//! Decoding photos for the screen.

use std::sync::Arc;

use crate::app::ArchiveKey;
use crate::archive::source::RelativePath;
use crate::archive::{PhotoError, PhotoId, Source};
use crate::photo::{Pixels, decode};

/// A picture that a view wants: which photo, and how large at most.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct PictureKey {
    pub archive: ArchiveKey,
    pub photo: PhotoId,
    /// Longest side in pixels.
    pub max_side: u32,
}

/// A wanted picture with all that is needed to make it.
#[derive(Clone, Debug)]
pub struct Picture {
    pub key: PictureKey,
    pub source: Arc<Source>,
    pub file: RelativePath,
}

pub(super) fn make(picture: &Picture) -> Result<Pixels, PhotoError> {
    let bytes = picture.source.read_photo(&picture.file)?;
    decode(&bytes, picture.key.max_side)
}
