//! Decoded photos as textures: what is on the screen, and as much else as the budget allows.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::app::ArchiveKey;
use crate::archive::source::RelativePath;
use crate::archive::{Archive, PhotoError, PhotoId};
use crate::photo::Pixels;
use crate::worker::{Picture, PictureKey};

/// Textures beyond this are let go, the longest unseen first.
const BUDGET_BYTES: usize = 192 << 20;
/// What could not be read, but may be later, is read again after so long.
const AGAIN_SECS: f64 = 20.0;

/// How large a picture a view wants, as its longest side in pixels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PictureSize {
    Small = 400,
    Medium = 800,
    Large = 1600,
    /// For looking at the picture itself.
    Full = 4096,
}

impl PictureSize {
    /// The smallest that is sharp when drawn `pixels` wide or high.
    pub fn covering(pixels: f32) -> Self {
        let sizes = [Self::Small, Self::Medium, Self::Large];
        sizes.into_iter().find(|size| *size as u32 as f32 * 1.05 >= pixels).unwrap_or(Self::Full)
    }
}

/// What can be shown of a picture now.
pub enum Look {
    Ready {
        texture: TextureHandle,
        /// Pixels of the picture in its file.
        original: egui::Vec2,
    },
    Loading,
    Failed(PhotoError),
}

#[derive(Default)]
pub struct Pictures {
    /// Which library the textures belong to, by the order of opening.
    library: u64,
    entries: HashMap<PictureKey, Entry>,
    /// Asked for in this frame and not there yet.
    wanted: Vec<Picture>,
    /// What was wanted in the last frame.
    asked: Vec<PictureKey>,
    frame: u64,
}

enum Entry {
    Ready {
        texture: TextureHandle,
        original: egui::Vec2,
        last_frame: u64,
    },
    Failed {
        error: PhotoError,
        /// When it was read, in seconds of the program.
        time: f64,
    },
}

impl Pictures {
    /// The photo at that size, or at another one while it is being read.
    pub fn look(
        &mut self,
        ctx: &Context,
        of: ArchiveKey,
        archive: &Archive,
        photo: PhotoId,
        size: PictureSize,
    ) -> Look {
        let Some(file) = archive.photo(photo).file.clone() else { return Look::Failed(PhotoError::Missing) };
        let key = PictureKey { archive: of, photo, max_side: max_side(ctx, size) };
        let frame = self.frame;
        match self.entries.get_mut(&key) {
            Some(Entry::Ready { texture, original, last_frame }) => {
                *last_frame = frame;
                return Look::Ready { texture: texture.clone(), original: *original };
            }
            Some(Entry::Failed { error, time }) => {
                let look = Look::Failed(error.clone());
                if error.may_pass() {
                    let left = *time + AGAIN_SECS - ctx.input(|i| i.time);
                    if left <= 0.0 {
                        self.want(key, archive, file);
                    }
                    ctx.request_repaint_after(Duration::from_secs_f64(left.clamp(1.0, AGAIN_SECS)));
                }
                return look;
            }
            None => {}
        }
        self.want(key, archive, file);
        let other = self.entries.iter().find_map(|(other, entry)| match entry {
            Entry::Ready { texture, original, .. } if (other.archive, other.photo) == (of, photo) => {
                Some(Look::Ready { texture: texture.clone(), original: *original })
            }
            _ => None,
        });
        other.unwrap_or(Look::Loading)
    }

    fn want(&mut self, key: PictureKey, archive: &Archive, file: RelativePath) {
        if !self.wanted.iter().any(|picture| picture.key == key) {
            self.wanted.push(Picture { key, source: Arc::clone(&archive.source), file });
        }
    }

    /// Ends a frame: what is to be read now, if that has changed.
    pub fn end_frame(&mut self) -> Option<Vec<Picture>> {
        self.frame += 1;
        self.evict();
        let wanted = std::mem::take(&mut self.wanted);
        let keys: Vec<PictureKey> = wanted.iter().map(|picture| picture.key).collect();
        if keys == self.asked {
            return None;
        }
        self.asked = keys;
        Some(wanted)
    }

    pub fn receive(&mut self, ctx: &Context, key: PictureKey, result: Result<Pixels, PhotoError>) {
        if key.archive.library != self.library {
            return;
        }
        let entry = match result {
            Ok(pixels) => {
                let size = [pixels.image.width() as usize, pixels.image.height() as usize];
                let image = ColorImage::from_rgba_unmultiplied(size, pixels.image.as_raw());
                let name = format!("photo-{}-{}-{}", key.archive.archive.index(), key.photo.index(), key.max_side);
                // Only what is looked at closely is drawn at sizes far from its own.
                let mipmap_mode = (key.max_side > PictureSize::Large as u32).then_some(egui::TextureFilter::Linear);
                let options = TextureOptions { mipmap_mode, ..TextureOptions::LINEAR };
                let original = egui::vec2(pixels.original.0 as f32, pixels.original.1 as f32);
                Entry::Ready { texture: ctx.load_texture(name, image, options), original, last_frame: self.frame }
            }
            Err(error) => Entry::Failed { error, time: ctx.input(|i| i.time) },
        };
        self.entries.insert(key, entry);
        self.asked.retain(|asked| *asked != key);
    }

    /// Another library is open, the `library`-th: all pictures are of the one before.
    pub fn forget(&mut self, library: u64) {
        *self = Self { library, ..Self::default() };
    }

    /// Memory that the textures take.
    pub fn bytes(&self) -> usize {
        self.entries.values().map(Entry::bytes).sum()
    }

    fn evict(&mut self) {
        while self.bytes() > BUDGET_BYTES {
            let oldest = self.entries.iter().filter_map(|(key, entry)| match entry {
                // What was drawn in the last frame stays, whatever it takes.
                Entry::Ready { last_frame, .. } if last_frame + 1 < self.frame => Some((*last_frame, *key)),
                _ => None,
            });
            let Some((_, key)) = oldest.min_by_key(|(last_frame, _)| *last_frame) else { break };
            self.entries.remove(&key);
        }
    }
}

impl Entry {
    fn bytes(&self) -> usize {
        match self {
            Self::Ready { texture, .. } => texture.byte_size(),
            Self::Failed { .. } => 0,
        }
    }
}

fn max_side(ctx: &Context, size: PictureSize) -> u32 {
    let limit = ctx.input(|i| i.max_texture_side);
    u32::try_from(limit).unwrap_or(u32::MAX).min(size as u32)
}

#[cfg(test)]
mod tests {
    use egui::RawInput;

    use super::*;
    use crate::archive::{ArchiveId, Source, load};

    #[test]
    fn what_could_not_be_read_is_read_again_later_if_that_may_help() {
        let archive = load(Source::Embedded).expect("the bundled archive");
        let photo = archive.photo_ids().find(|id| archive.photo(*id).file.is_some()).expect("a picture");
        let of = ArchiveKey { library: 0, archive: ArchiveId::new(0) };
        let check = |error: PhotoError, again: bool| {
            let (ctx, mut pictures) = (Context::default(), Pictures::default());
            let mut look = |secs: f64, answer: Option<PhotoError>| {
                let input = RawInput { time: Some(secs), ..RawInput::default() };
                let (mut failed, mut asked) = (false, Vec::new());
                let mut output = ctx.run_ui(input, |ui| {
                    let look = pictures.look(ui.ctx(), of, &archive, photo, PictureSize::Small);
                    failed = matches!(look, Look::Failed(_));
                    asked = pictures.end_frame().unwrap_or_default();
                    if let Some(error) = &answer {
                        asked.iter().for_each(|asked| pictures.receive(ui.ctx(), asked.key, Err(error.clone())));
                    }
                });
                output.textures_delta.clear();
                (failed, asked.len())
            };
            assert_eq!(look(0.0, Some(error.clone())), (false, 1));
            assert_eq!(look(AGAIN_SECS / 2.0, None), (true, 0), "{error}");
            assert_eq!(look(AGAIN_SECS * 1.5, Some(error.clone())), (true, usize::from(again)), "{error}");
            assert_eq!(look(AGAIN_SECS * 1.6, None), (true, 0), "{error}");
            assert_eq!(look(AGAIN_SECS * 2.6, None), (true, usize::from(again)), "{error}");
        };
        check(PhotoError::Io(std::io::ErrorKind::TimedOut), true);
        check(PhotoError::Missing, true);
        check(PhotoError::Damaged, false);
        check(PhotoError::NotAPicture, false);
    }

    #[test]
    fn the_smallest_sharp_size_is_taken() {
        for (pixels, expected) in [
            (10.0, PictureSize::Small),
            (410.0, PictureSize::Small),
            (430.0, PictureSize::Medium),
            (1600.0, PictureSize::Large),
            (3000.0, PictureSize::Full),
        ] {
            assert_eq!(PictureSize::covering(pixels), expected, "{pixels}");
        }
    }
}
