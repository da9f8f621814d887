//! Files that the program writes: beside, then renamed into place, so that a torn one never takes a whole one's place.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::app::{SaveError, Settings};

const SETTINGS_FILE: &str = "settings.json";

/// The folder for settings: beside the program if a file named `portable` lies there, else where the system wants it.
pub fn settings_folder() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
    match beside {
        Some(folder) if folder.join("portable").exists() => Some(folder),
        _ => directories::ProjectDirs::from("", "", "juanzong").map(|dirs| dirs.config_dir().to_owned()),
    }
}

/// The settings of the last run; the defaults where there are none or they cannot be read.
pub fn read_settings(folder: &Path) -> Settings {
    let text = fs::read_to_string(folder.join(SETTINGS_FILE));
    text.map(|text| Settings::from_json(&text)).unwrap_or_default()
}

pub(super) fn write_settings(folder: &Path, settings: &Settings) -> Result<(), SaveError> {
    fs::create_dir_all(folder).map_err(|e| SaveError::Io { path: folder.to_owned(), kind: e.kind() })?;
    write_whole(&folder.join(SETTINGS_FILE), settings.to_json().as_bytes())
}

/// Writes a file completely or not at all.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let io = |e: std::io::Error| SaveError::Io { path: path.to_owned(), kind: e.kind() };
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
