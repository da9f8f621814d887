//! Whether the photos are still what the archive says: every file read, digested and decoded.

use sha2::{Digest as _, Sha256};

use crate::archive::{Archive, Diagnostic, Photo, PhotoError, Place, Problem, Severity};

use super::decode;

/// Problems of the photos' content, which loading an archive does not read. Missing files are told of there.
pub fn verify(archive: &Archive) -> Vec<Diagnostic> {
    archive.photos.iter().flat_map(|photo| verify_photo(archive, photo)).collect()
}

fn verify_photo(archive: &Archive, photo: &Photo) -> Vec<Diagnostic> {
    let Some(file) = &photo.file else { return Vec::new() };
    let place = Place { line: None, path: photo.key.clone() };
    let mut found = Vec::new();
    let mut tell = |severity, problem| found.push(Diagnostic { severity, place: place.clone(), problem });
    let bytes = match archive.source.read_photo(file) {
        Ok(bytes) => bytes,
        // Loading has told of these.
        Err(PhotoError::Missing | PhotoError::Outside) => return found,
        Err(why) => {
            tell(Severity::Error, Problem::PhotoUnreadable { file: file.to_string(), why });
            return found;
        }
    };
    let digest = hex(&Sha256::digest(&bytes));
    if photo.sha256.as_ref().is_some_and(|recorded| !recorded.trim().eq_ignore_ascii_case(&digest)) {
        tell(Severity::Error, Problem::Changed { file: file.to_string() });
    }
    match decode(&bytes, 16) {
        Ok(pixels) if photo.dimensions.is_some_and(|recorded| recorded != pixels.original) => {
            let (width, height) = pixels.original;
            tell(Severity::Warning, Problem::WrongDimensions { file: file.to_string(), width, height });
        }
        Ok(_) => {}
        Err(why) => tell(Severity::Error, Problem::PhotoUnreadable { file: file.to_string(), why }),
    }
    found
}

/// Lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load};

    #[test]
    fn the_bundled_photos_are_as_recorded() {
        assert_eq!(verify(&load(Source::Embedded).expect("the bundled archive")), []);
    }
}
