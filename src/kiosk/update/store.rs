//! The copies of archives on this machine, and which of them is shown.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::archive::source::FILE_NAME;
use crate::archive::{Archive, LoadError, Source, load};
use crate::files::write_whole;

use super::inspect::{Inspection, digest, refuse_errors};
use super::{Step, UpdateError, Watch, go_on};

/// Left free on the disk, for the system and the kiosk's own files.
const SPARE_BYTES: u64 = 256 << 20;

/// A folder that is still being copied.
const PART: &str = ".part";

/// `current`'s text: which copies are shown and kept, `3` or `3 2`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Pointer {
    current: Option<u32>,
    before: Option<u32>,
}

impl Pointer {
    fn from_text(text: &str) -> Self {
        let mut numbers = text.split_whitespace().map(|word| word.parse().ok());
        Self { current: numbers.next().flatten(), before: numbers.next().flatten() }
    }

    fn to_text(self) -> String {
        let numbers: Vec<String> = [self.current, self.before].into_iter().flatten().map(|n| n.to_string()).collect();
        format!("{}\n", numbers.join(" "))
    }
}

/// The copies that this machine holds.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// `own_folder` is the kiosk's.
    pub fn new(own_folder: &Path) -> Self {
        Self { folder: own_folder.join("archives") }
    }

    /// What to show, best first: the current copy, the one before. Each may turn out to be damaged.
    pub fn sources(&self) -> Vec<Source> {
        let Pointer { current, before } = self.pointer();
        let files = [current, before].into_iter().flatten().map(|number| self.copy(number).join(FILE_NAME));
        files.filter(|path| path.is_file()).map(Source::File).collect()
    }

    /// Whether [`Store::roll_back`] has somewhere to go.
    pub fn can_roll_back(&self) -> bool {
        self.pointer().before.is_some_and(|number| self.copy(number).join(FILE_NAME).is_file())
    }

    /// Copies what was inspected, checks the copy, and makes it the current archive. An error changes nothing, and nor
    /// does a machine that is switched off at any moment.
    pub fn install(&self, inspection: &Inspection, watch: Watch<'_>) -> Result<Archive, UpdateError> {
        self.install_with(inspection, watch, &|folder| fs4::available_space(folder))
    }

    fn install_with(
        &self,
        inspection: &Inspection,
        watch: Watch<'_>,
        available: &dyn Fn(&Path) -> std::io::Result<u64>,
    ) -> Result<Archive, UpdateError> {
        fs::create_dir_all(&self.folder).map_err(|e| io(&self.folder, &e))?;
        let pointer = self.pointer();
        // What a broken-off copy left is room for this one.
        self.clean(pointer);
        let available_bytes = available(&self.folder).map_err(|e| io(&self.folder, &e))?;
        let needed_bytes = inspection.bytes() + SPARE_BYTES;
        if needed_bytes > available_bytes {
            return Err(UpdateError::NoSpace { needed_bytes, available_bytes });
        }
        let number = self.numbers().into_iter().max().unwrap_or(0).wrapping_add(1);
        let part = self.folder.join(format!("{number}{PART}"));
        let placed = self.copy(number);
        let made = (|| {
            copy(inspection, &part, watch)?;
            verify(inspection, &part, watch)?;
            rename(&part, &placed)?;
            go_on(watch, Step::Placed)?;
            let archive = load(Source::File(placed.join(FILE_NAME)))?;
            go_on(watch, Step::Switch)?;
            self.point(Pointer { current: Some(number), before: pointer.current })?;
            Ok(archive)
        })();
        if made.is_err() {
            // What is left here is removed by the next update, or the one after it.
            let _ = fs::remove_dir_all(&part);
            let _ = fs::remove_dir_all(&placed);
        } else {
            self.clean(self.pointer());
        }
        made
    }

    /// Shows the archive before the current one again. The current one is kept: rolling back twice undoes itself.
    pub fn roll_back(&self) -> Result<Archive, UpdateError> {
        let Pointer { current, before } = self.pointer();
        let before = before.ok_or(UpdateError::NothingBefore)?;
        let path = self.copy(before).join(FILE_NAME);
        let archive = load(Source::File(path)).map_err(|error| match error {
            LoadError::Io { kind: std::io::ErrorKind::NotFound, .. } => UpdateError::NothingBefore,
            error => error.into(),
        })?;
        refuse_errors(&archive)?;
        self.point(Pointer { current: Some(before), before: current })?;
        Ok(archive)
    }

    fn pointer(&self) -> Pointer {
        Pointer::from_text(&fs::read_to_string(self.folder.join("current")).unwrap_or_default())
    }

    fn point(&self, pointer: Pointer) -> Result<(), UpdateError> {
        Ok(write_whole(&self.folder.join("current"), pointer.to_text().as_bytes())?)
    }

    fn copy(&self, number: u32) -> PathBuf {
        self.folder.join(number.to_string())
    }

    /// The copies that stand here.
    fn numbers(&self) -> Vec<u32> {
        let names = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        names.filter_map(|name| name.to_str()?.parse().ok()).collect()
    }

    /// Removes copies that are neither current nor the one before, and those that were broken off.
    fn clean(&self, pointer: Pointer) {
        if pointer.current.is_none() && self.folder.join("current").exists() {
            // A damaged pointer does not say what may go.
            return;
        }
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let number = name.strip_suffix(PART).unwrap_or(name).parse::<u32>().ok();
            let kept = [pointer.current, pointer.before].contains(&number) && !name.ends_with(PART);
            if number.is_some() && !kept {
                // It is tried again with the next update.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// Copies every file, and notices where one is not what was inspected.
fn copy(inspection: &Inspection, to: &Path, watch: Watch<'_>) -> Result<(), UpdateError> {
    let all_bytes = inspection.bytes();
    let mut done_bytes = 0;
    let mut chunk = vec![0; 1 << 18];
    for (index, checked) in inspection.files.iter().enumerate() {
        let (from, to) = (inspection.path_of(index), to.join(checked.name.as_str()));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(|e| io(folder, &e))?;
        }
        let mut source = File::open(&from).map_err(|e| io(&from, &e))?;
        let mut target = File::create(&to).map_err(|e| io(&to, &e))?;
        let (mut sum, mut bytes) = (Sha256::new(), 0);
        loop {
            go_on(watch, Step::Copy { done_bytes: done_bytes + bytes, all_bytes })?;
            let count = source.read(&mut chunk).map_err(|e| io(&from, &e))?;
            bytes += count as u64;
            // A file that grows could fill the disk.
            if count == 0 || bytes > checked.bytes {
                break;
            }
            sum.update(&chunk[..count]);
            target.write_all(&chunk[..count]).map_err(|e| io(&to, &e))?;
        }
        if bytes != checked.bytes || <[u8; 32]>::from(sum.finalize()) != checked.sha256 {
            return Err(UpdateError::Changing { file: checked.name.to_string() });
        }
        target.sync_all().map_err(|e| io(&to, &e))?;
        done_bytes += bytes;
    }
    Ok(())
}

/// Reads the copy back: digests first, then as an archive.
fn verify(inspection: &Inspection, copy: &Path, watch: Watch<'_>) -> Result<(), UpdateError> {
    let all_files = inspection.files.len();
    for (done_files, checked) in inspection.files.iter().enumerate() {
        go_on(watch, Step::Verify { done_files, all_files })?;
        if digest(&copy.join(checked.name.as_str()), checked.name.clone())? != *checked {
            return Err(UpdateError::BadCopy { file: checked.name.to_string() });
        }
    }
    refuse_errors(&load(Source::File(copy.join(FILE_NAME)))?)
}

/// Virus scanners on Windows hold new files open for a moment.
fn rename(from: &Path, to: &Path) -> Result<(), UpdateError> {
    let mut tries = 0;
    loop {
        match fs::rename(from, to) {
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied && tries < 20 => {
                tries += 1;
                std::thread::sleep(std::time::Duration::from_millis(100));
            }
            done => return done.map_err(|e| io(to, &e)),
        }
    }
}

fn io(path: &Path, error: &std::io::Error) -> UpdateError {
    UpdateError::Io { path: path.to_owned(), kind: error.kind() }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
