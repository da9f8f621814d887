//! What happened, in a file of bounded size.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use crate::kiosk::clock::LocalTime;
use crate::kiosk::settings::SettingsError;

use super::policy::Why;

/// Two files of this size are kept: the one that is written, and the one before.
const MAX_BYTES: u64 = 1 << 20;

/// Longer lines are cut.
const MAX_LINE_CHARS: usize = 500;

/// Something worth knowing afterwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Settings(SettingsError),
    Started {
        process: u32,
    },
    NotStarted {
        kind: std::io::ErrorKind,
    },
    /// By itself, or because it was asked or killed.
    Ended {
        code: Option<i32>,
        ran_secs: u64,
    },
    Asked(Why),
    Killed(Why),
    StartsAgainIn {
        secs: u64,
    },
    /// The last lines that the viewer wrote to its standard error.
    LastWords(String),
    StaffLeft,
}

/// The log's files: `kiosk.log`, and `kiosk.log.1` with what came before.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    max_bytes: u64,
}

impl Log {
    pub fn new(path: PathBuf) -> Self {
        Self { path, max_bytes: MAX_BYTES }
    }

    /// Adds a line. A log that cannot be written stops nothing.
    pub fn note(&self, time: LocalTime, text: &str) {
        let text: String =
            text.trim_end().chars().take(MAX_LINE_CHARS).map(|c| if c == '\n' { '⏎' } else { c }).collect();
        let line = format!("{time} {text}\n");
        let write = || {
            let size = fs::metadata(&self.path).map_or(0, |metadata| metadata.len());
            if size + line.len() as u64 > self.max_bytes {
                let mut before = self.path.clone().into_os_string();
                before.push(".1");
                fs::rename(&self.path, before)?;
            }
            self.path.parent().map_or(Ok(()), fs::create_dir_all)?;
            OpenOptions::new().create(true).append(true).open(&self.path)?.write_all(line.as_bytes())
        };
        let _: std::io::Result<()> = write();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_never_outgrows_two_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = Log { path: folder.path().join("own/kiosk.log"), max_bytes: 2000 };
        let time = LocalTime::parse("2026-11-24 03:30:00").expect("a time");
        for i in 0..500 {
            log.note(time, &format!("{i} 温泉\nsecond line {}", "x".repeat(i)));
        }
        let read = |name: &str| fs::read_to_string(folder.path().join("own").join(name)).expect("a file");
        let (now, before) = (read("kiosk.log"), read("kiosk.log.1"));
        assert!(now.len() <= 2000 && before.len() <= 2000, "{} and {}", now.len(), before.len());
        let last = now.lines().last().expect("a line");
        assert!(last.starts_with("2026-11-24 03:30:00 499 温泉⏎second"), "{last}");
        assert_eq!(fs::read_dir(folder.path().join("own")).expect("a folder").count(), 2);
    }

    #[test]
    fn a_log_that_cannot_be_written_stops_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("own"), "a file where the folder should be").expect("write");
        let time = LocalTime::parse("2026-11-24 03:30:00").expect("a time");
        Log::new(folder.path().join("own/kiosk.log")).note(time, "lost");
        assert!(folder.path().join("own").is_file());
    }
}
