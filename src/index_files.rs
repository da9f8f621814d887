//! Indexes of the search as files: mapped, made when they are missing, and thrown away when they are wrong.
//!
//! A file is named after the texts that it was made from, so an index can be stale only by not being found. It is
//! written beside and renamed, and never changed afterwards: two programs that run at once share it, or make it twice.

use std::fs::{self, File};
use std::io::{BufWriter, Seek as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use memmap2::Mmap;
use sha2::{Digest as _, Sha256};

use crate::search::engine::Engine;
use crate::search::index::{Builder, Index, Key, Storage};

/// All indexes together; those that were not used for longest make room.
const MOST_BYTES: u64 = 8 << 30;
/// Where nothing can be written, an index of more text than this is not made: scanning costs time, but no memory.
const MOST_BYTES_IN_MEMORY: u64 = 256 << 20;
const EXTENSION: &str = "index";
const PART: &str = "part";
/// A part that is older was left by a program that ended in the middle.
const PART_AGE: Duration = Duration::from_hours(24);

/// A folder of indexes.
#[derive(Clone, Debug, Default)]
pub struct IndexFiles {
    /// `None`: there is no place to write to.
    folder: Option<PathBuf>,
}

/// Told of how many documents are done, says whether to go on.
pub type Watch<'a> = &'a mut dyn FnMut(u32) -> ControlFlow<()>;

/// The key of the texts of an engine: their SHA-256.
pub fn key_of(texts: &dyn Engine) -> Key {
    let mut digest = Sha256::new();
    for document in 0..texts.documents() {
        let text = texts.text(document);
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text);
    }
    Key(digest.finalize().into())
}

impl IndexFiles {
    pub fn in_folder(folder: Option<&Path>) -> Self {
        Self { folder: folder.map(Path::to_owned) }
    }

    /// The index of these texts, if there is one. One that is wrong is deleted.
    pub fn open(&self, key: Key) -> Option<Index> {
        let path = self.path(key)?;
        let file = File::open(&path).ok()?;
        // When it was used last; where that cannot be noted, it makes room sooner.
        let _ = file.set_modified(SystemTime::now());
        match map(&file).map(|storage| Index::open(storage, key)) {
            Ok(Ok(index)) => Some(index),
            Ok(Err(_)) => {
                // On some systems not while another program has it open; then it is replaced by the next one.
                let _ = fs::remove_file(&path);
                None
            }
            Err(_) => None,
        }
    }

    /// Makes the index of these texts: as a file, or in memory where none can be written. `None` if that was given up,
    /// or if there is too much text for memory.
    pub fn make(&self, key: Key, texts: &dyn Engine, watch: Watch<'_>) -> Option<Index> {
        if let ControlFlow::Break(made) = self.make_file(key, texts, watch) {
            return made;
        }
        let bytes: u64 = (0..texts.documents()).map(|document| texts.text(document).len() as u64).sum();
        if bytes > MOST_BYTES_IN_MEMORY {
            return None;
        }
        let memory = build(Vec::new(), key, texts, watch).ok()?.continue_value()?;
        Index::open(Arc::new(memory), key).ok()
    }

    /// `Break` with what came of it, `Continue` where no file can be written.
    fn make_file(&self, key: Key, texts: &dyn Engine, watch: Watch<'_>) -> ControlFlow<Option<Index>> {
        const NOT_HERE: ControlFlow<Option<Index>> = ControlFlow::Continue(());
        let Some((folder, path)) = self.folder.as_deref().zip(self.path(key)) else { return NOT_HERE };
        let _ = fs::create_dir_all(folder);
        let Ok(part) = tempfile::Builder::new().prefix(".").suffix(&format!(".{PART}")).tempfile_in(folder) else {
            return NOT_HERE;
        };
        let written = build(BufWriter::new(part), key, texts, watch);
        let Ok(written) = written else { return NOT_HERE };
        let ControlFlow::Continue(part) = written else { return ControlFlow::Break(None) };
        let Ok(mut part) = part.into_inner() else { return NOT_HERE };
        if part.rewind().is_err() || part.as_file().sync_all().is_err() {
            return NOT_HERE;
        }
        // Not mapped before it has its name: Windows may not rename it then, and replaces none that is mapped. Where it
        // cannot be renamed, what is there serves if another program has just made it, or else this one until the
        // program ends.
        let opened = match part.persist(&path) {
            Ok(file) => open_mapped(&file, key),
            Err(error) => self.open(key).or_else(|| open_mapped(error.file.as_file(), key)),
        };
        self.make_room(&path);
        match opened {
            Some(index) => ControlFlow::Break(Some(index)),
            None => NOT_HERE,
        }
    }

    fn path(&self, key: Key) -> Option<PathBuf> {
        let name: String = key.0.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(self.folder.as_ref()?.join(name).with_extension(EXTENSION))
    }

    /// Deletes parts that were left over, and what was not used for longest until the rest is small enough.
    fn make_room(&self, newest: &Path) {
        let entries = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok());
        let mut indexes: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for entry in entries.into_iter().flatten().flatten() {
            let path = entry.path();
            let Some((about, modified)) =
                entry.metadata().ok().and_then(|about| Some((about.len(), about.modified().ok()?)))
            else {
                continue;
            };
            match path.extension().and_then(|extension| extension.to_str()) {
                Some(EXTENSION) => indexes.push((modified, about, path)),
                Some(PART) if modified.elapsed().is_ok_and(|age| age > PART_AGE) => {
                    let _ = fs::remove_file(path);
                }
                _ => {}
            }
        }
        indexes.sort_unstable();
        let mut bytes: u64 = indexes.iter().map(|(_, len, _)| len).sum();
        for (_, len, path) in indexes {
            if bytes <= MOST_BYTES {
                break;
            }
            if path != newest && fs::remove_file(&path).is_ok() {
                bytes -= len;
            }
        }
    }
}

/// Writes the index of these texts; `Break` if that was given up.
fn build<W: std::io::Write>(
    out: W,
    key: Key,
    texts: &dyn Engine,
    watch: Watch<'_>,
) -> std::io::Result<ControlFlow<(), W>> {
    let mut builder = Builder::new(out, key)?;
    for document in 0..texts.documents() {
        if document % 1024 == 0 && watch(document).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        builder.document(texts.text(document))?;
    }
    let mut out = builder.finish()?;
    out.flush()?;
    Ok(ControlFlow::Continue(out))
}

fn open_mapped(file: &File, key: Key) -> Option<Index> {
    Index::open(map(file).ok()?, key).ok()
}

/// The bytes of a file, read when they are looked at.
#[expect(unsafe_code, reason = "the one way to map a file; nobody writes to an index once it has its name")]
pub fn map(file: &File) -> std::io::Result<Storage> {
    // SAFETY: the program never changes a file that it maps. Should something else do so, what is read was checked
    // before and is checked again against the end of each part; text is checked each time that it is read.
    let map = unsafe { Mmap::map(file)? };
    Ok(Arc::new(map))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::engine::{Scan, ScanBuilder};

    fn texts() -> Scan {
        let mut builder = ScanBuilder::default();
        for text in ["温泉镇", "汝州市温泉"] {
            builder.document();
            builder.text(text.chars());
        }
        builder.build()
    }

    fn go_on(_: u32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn only_file(folder: &Path) -> PathBuf {
        let files: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }

    #[track_caller]
    fn check_finds(index: Option<Index>) {
        assert_eq!(index.expect("an index").find("温泉"), texts().find("温泉"));
    }

    #[test]
    fn an_index_is_made_once_and_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = IndexFiles::in_folder(Some(&folder.path().join("索引 一")));
        let key = key_of(&texts());
        assert!(files.open(key).is_none());
        check_finds(files.make(key, &texts(), &mut go_on));
        check_finds(files.open(key));
        check_finds(files.make(key, &texts(), &mut go_on));
        only_file(&folder.path().join("索引 一"));
    }

    #[test]
    fn a_damaged_index_is_thrown_away_and_made_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = IndexFiles::in_folder(Some(folder.path()));
        let key = key_of(&texts());
        files.make(key, &texts(), &mut go_on).expect("an index");
        let path = only_file(folder.path());
        let whole = fs::read(&path).expect("bytes");
        let mut flipped = whole.clone();
        flipped[20] ^= 1;
        for wrong in [&whole[..whole.len() / 2], &flipped, b""] {
            fs::write(&path, wrong).expect("written");
            assert!(files.open(key).is_none());
            assert!(!path.exists());
            check_finds(files.make(key, &texts(), &mut go_on));
            check_finds(files.open(key));
        }
    }

    #[test]
    fn where_nothing_can_be_written_the_index_is_kept_in_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        let taken = folder.path().join("a file");
        fs::write(&taken, "").expect("written");
        for files in [IndexFiles::default(), IndexFiles::in_folder(Some(&taken))] {
            check_finds(files.make(key_of(&texts()), &texts(), &mut go_on));
        }
    }

    #[test]
    fn what_is_given_up_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = IndexFiles::in_folder(Some(folder.path()));
        let made = files.make(key_of(&texts()), &texts(), &mut |_| ControlFlow::Break(()));
        assert!(made.is_none());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn several_programs_at_once_come_to_the_same_index() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = IndexFiles::in_folder(Some(folder.path()));
        let key = key_of(&texts());
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let index = files.open(key).or_else(|| files.make(key, &texts(), &mut go_on));
                    check_finds(index);
                });
            }
        });
        only_file(folder.path());
        check_finds(files.open(key));
    }

    #[test]
    fn other_texts_have_another_key() {
        let mut builder = ScanBuilder::default();
        builder.text("温泉镇".chars());
        builder.document();
        assert_ne!(key_of(&texts()), key_of(&builder.build()));
        assert_eq!(key_of(&texts()), key_of(&texts()));
    }
}
