//! Files for others to read, and handing them to the system.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::app::{ExportError, ExportJob, JobEvent, Replace, ResultsJob};
use crate::export::pdf::Options;
use crate::export::write;
use crate::files::{SaveError, write_whole};

pub(super) fn run(job: &ExportJob) -> JobEvent {
    finished(&job.to, job.export.kind.extension(), || {
        let words = job.language.words();
        let options = Options { paper: job.export.paper, face: job.face, ..Options::new(words) };
        let mut watch = |progress| job.monitor.watch(progress);
        Ok(write(&job.archive, words, job.export.scope, job.export.kind, &options, &mut watch)?)
    })
}

pub(super) fn run_results(job: &ResultsJob) -> JobEvent {
    let bytes = || results(job);
    finished(&job.to, job.kind.extension(), bytes)
}

fn results(_job: &ResultsJob) -> Result<Vec<u8>, ExportError> {
    Ok(Vec::new())
}

/// Makes a file; one without a place to go to is opened.
fn finished(
    to: &Option<(PathBuf, Replace)>,
    extension: &str,
    bytes: impl FnOnce() -> Result<Vec<u8>, ExportError>,
) -> JobEvent {
    let path = to.as_ref().map(|(path, _)| path.clone());
    let print = path.is_none();
    match make(to, extension, bytes) {
        Ok(to) => JobEvent::Exported { to, print, result: Ok(()) },
        Err(error) => JobEvent::Exported { to: path.unwrap_or_default(), print, result: Err(error) },
    }
}

/// Returns where the file is.
fn make(
    to: &Option<(PathBuf, Replace)>,
    extension: &str,
    bytes: impl FnOnce() -> Result<Vec<u8>, ExportError>,
) -> Result<PathBuf, ExportError> {
    if let Some((to, Replace::Never)) = to
        && to.exists()
    {
        return Err(SaveError::Io { path: to.clone(), kind: std::io::ErrorKind::AlreadyExists }.into());
    }
    let bytes = bytes()?;
    match to {
        Some((to, _)) => {
            write_whole(to, &bytes)?;
            Ok(to.clone())
        }
        None => {
            let path = occasional(&bytes, extension)?;
            open(&path).map_err(|()| ExportError::NoViewer { path: path.clone() })?;
            Ok(path)
        }
    }
}

/// A file in the system's folder for such, under a name that nobody else has.
fn occasional(bytes: &[u8], extension: &str) -> Result<PathBuf, SaveError> {
    let suffix = format!(".{extension}");
    let folder = std::env::temp_dir();
    let io = |error: std::io::Error| SaveError::Io { path: folder.clone(), kind: error.kind() };
    let mut file = tempfile::Builder::new().prefix("juanzong-").suffix(&suffix).tempfile_in(&folder).map_err(io)?;
    std::io::Write::write_all(&mut file, bytes).map_err(io)?;
    // The viewer reads it after this program may have ended.
    let (_, path) = file.keep().map_err(|error| io(error.error))?;
    Ok(path)
}

/// Hands a file to the program that the system opens such files with.
fn open(path: &Path) -> Result<(), ()> {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let started =
        Command::new(program).arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    // Explorer says 1 whatever happens.
    if cfg!(windows) {
        started.map(|_| ()).map_err(|_| ())
    } else {
        started.is_ok_and(|status| status.success()).then_some(()).ok_or(())
    }
}
