//! Files that the program writes: beside, then renamed into place, so that a torn one never takes a whole one's place.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Why something could not be written.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SaveError {
    #[error("source: {0}")]
    Source(crate::archive::PhotoError),
    #[error("{path}: {kind}")]
    Io { path: PathBuf, kind: std::io::ErrorKind },
}

/// Writes a file completely or not at all. What is no file, like a device or a pipe, is written to, and not replaced; of a
/// link, what it leads to.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let io = |e: std::io::Error| SaveError::Io { path: path.to_owned(), kind: e.kind() };
    if fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        return fs::write(path, bytes).map_err(io);
    }
    let linked = fs::symlink_metadata(path).is_ok_and(|known| known.is_symlink());
    // One that leads nowhere is replaced.
    let target = linked.then(|| fs::canonicalize(path).ok()).flatten();
    let path = target.as_deref().unwrap_or(path);
    let mut name = path.file_name().ok_or_else(|| io(std::io::ErrorKind::InvalidInput.into()))?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let write = || {
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&part, path)
    };
    write().map_err(|e| {
        // What could not be completed is not left lying about; if that fails too, the first error matters more.
        let _ = fs::remove_file(&part);
        io(e)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_replaced_by_a_file() {
        let folder = tempfile::tempdir().expect("folder");
        let link = folder.path().join("nothing");
        std::os::unix::fs::symlink("/dev/null", &link).expect("link");
        write_whole(&link, b"x").expect("write");
        assert!(fs::symlink_metadata(&link).expect("link").is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed() {
        let folder = tempfile::tempdir().expect("folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("elsewhere")).expect("folder");
        fs::write(at("elsewhere/settings.json"), b"old").expect("file");
        for (link, to) in [("settings.json", "elsewhere/settings.json"), ("dangling", "nowhere")] {
            std::os::unix::fs::symlink(to, at(link)).expect("link");
            write_whole(&at(link), b"new").expect("write");
            assert_eq!(fs::read(at(link)).expect("read"), b"new");
        }
        assert!(fs::symlink_metadata(at("settings.json")).expect("link").is_symlink());
        assert_eq!(fs::read(at("elsewhere/settings.json")).expect("read"), b"new");
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("照片 一.jpg");
        write_whole(&path, b"one").expect("write");
        write_whole(&path, b"two").expect("write over it");
        assert_eq!(fs::read(&path).expect("read"), b"two");
        assert!(write_whole(&folder.path().join("no/such/folder.jpg"), b"x").is_err());
        fs::create_dir(folder.path().join("taken")).expect("folder");
        assert!(write_whole(&folder.path().join("taken"), b"x").is_err());
        let left: Vec<_> = fs::read_dir(folder.path()).expect("list").flatten().map(|e| e.file_name()).collect();
        assert_eq!(left.len(), 2, "no part is left behind: {left:?}");
    }
}
