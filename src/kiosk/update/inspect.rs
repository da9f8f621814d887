//! What lies in the updates folder, and whether it is whole.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::archive::source::{FILE_NAME, RelativePath};
use crate::archive::{Archive, Severity, Source, load};
use crate::photo;

use super::{Step, UpdateError, Watch, go_on};

/// So many entries of a folder are looked at.
const MAX_ENTRIES: usize = 1000;

/// Archives in a folder or its subfolders, as paths of their `archive.json`, in the order of their names.
pub fn find(folder: &Path) -> Vec<PathBuf> {
    let subfolders = fs::read_dir(folder).into_iter().flatten().take(MAX_ENTRIES).flatten().map(|entry| entry.path());
    let folders = std::iter::once(folder.to_owned()).chain(subfolders);
    let mut found: Vec<_> = folders.map(|folder| folder.join(FILE_NAME)).filter(|path| path.is_file()).collect();
    found.sort_unstable();
    found
}

/// A file of an archive, as it was when it was checked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct CheckedFile {
    pub name: RelativePath,
    pub bytes: u64,
    pub sha256: [u8; 32],
}

/// An archive that was read and found whole.
#[derive(Debug)]
pub struct Inspection {
    pub archive: Archive,
    /// The folder of its `archive.json`.
    pub(super) folder: PathBuf,
    /// Its text, under the name that it will have, and every photo that it names. Nothing else is ever copied.
    pub(super) files: Vec<CheckedFile>,
    /// The text's name where it lies.
    pub(super) text_name: PathBuf,
}

impl Inspection {
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Where a file lies that is copied as `name`.
    pub(super) fn path_of(&self, index: usize) -> PathBuf {
        match index {
            0 => self.text_name.clone(),
            _ => self.folder.join(self.files[index].name.as_str()),
        }
    }
}

/// Reads an archive's text and every photo, and compares them with what it says of them. One error refuses the whole.
pub fn inspect(path: &Path, watch: Watch<'_>) -> Result<Inspection, UpdateError> {
    let source = Source::at(path).resolved();
    let text_name = source.path().map(Path::to_owned).unwrap_or_default();
    let folder = text_name.parent().map(Path::to_owned).unwrap_or_default();
    let text_file = || RelativePath::new(FILE_NAME).ok_or(UpdateError::Cancelled);
    let before = digest(&text_name, text_file()?)?;
    let archive = load(source)?;
    refuse_errors(&archive)?;
    let mut names: Vec<RelativePath> = Vec::new();
    for file in archive.photos.iter().filter_map(|photo| photo.file.as_ref()) {
        if !names.contains(file) && file.as_str() != FILE_NAME {
            names.push(file.clone());
        }
    }
    let all_files = names.len() + 1;
    let mut files = vec![before];
    for name in names {
        go_on(watch, Step::Inspect { done_files: files.len(), all_files })?;
        files.push(digest(&folder.join(name.as_str()), name)?);
    }
    if digest(&text_name, text_file()?)? != files[0] {
        return Err(UpdateError::Changing { file: FILE_NAME.to_owned() });
    }
    go_on(watch, Step::Inspect { done_files: all_files, all_files })?;
    Ok(Inspection { archive, folder, files, text_name })
}

/// Errors of the text and of the photos' content. Warnings are for the keeper's desk, not for the exhibition.
pub(super) fn refuse_errors(archive: &Archive) -> Result<(), UpdateError> {
    let found = archive.diagnostics.iter().cloned().chain(photo::verify(archive));
    let mut errors = found.filter(|diagnostic| diagnostic.severity == Severity::Error);
    match errors.next() {
        None => Ok(()),
        Some(first) => Err(UpdateError::Damaged { count: 1 + errors.count(), first: Box::new(first) }),
    }
}

/// Size and digest of a file.
pub(super) fn digest(path: &Path, name: RelativePath) -> Result<CheckedFile, UpdateError> {
    let io = |e: std::io::Error| UpdateError::Io { path: path.to_owned(), kind: e.kind() };
    let mut file = File::open(path).map_err(io)?;
    let (mut sum, mut bytes) = (Sha256::new(), 0);
    let mut chunk = vec![0; 1 << 16];
    loop {
        match file.read(&mut chunk).map_err(io)? {
            0 => return Ok(CheckedFile { name, bytes, sha256: sum.finalize().into() }),
            count => {
                sum.update(&chunk[..count]);
                bytes += count as u64;
            }
        }
    }
}
