//! Files for others to read, and handing them to the system.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::app::{ExportError, ExportJob, JobEvent, Replace, ResultsJob, ResultsKind};
use crate::export::pdf::{Options, PdfError, Progress};
use crate::export::results::csv::CsvWriter;
use crate::export::results::list::List;
use crate::export::results::{Head, Origin, Results, chosen};
use crate::export::write;
use crate::files::{SaveError, write_whole};
use crate::library::Request;
use crate::search::snippet;

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

fn results(job: &ResultsJob) -> Result<Vec<u8>, ExportError> {
    let words = job.language.words();
    let request = Request { most: usize::MAX, ..job.request.clone() };
    match job.kind {
        ResultsKind::Table => {
            let mut table = CsvWriter::new(Vec::new(), words).map_err(in_memory)?;
            fill(job, &request, &mut table)?;
            Ok(table.finish().map_err(in_memory)?)
        }
        ResultsKind::List => {
            let found = job.library.search(&Request { most: 0, ..request.clone() });
            let called = |name: &str| {
                let id = job.library.archive_called(name);
                id.map_or_else(|| name.to_owned(), |id| job.library.archive(id).title.clone())
            };
            let head = Head {
                query: &request.words,
                chosen: chosen(&request.filter, words, called),
                hits: found.count as u64,
                documents: found.documents,
            };
            let mut list = List::new(&head, words);
            fill(job, &request, &mut list)?;
            let options = Options { face: job.face, ..Options::new(words) };
            Ok(list.write(&options, &mut |progress| job.monitor.watch(progress))?.bytes)
        }
    }
}

/// Characters of context before and after a match.
const CONTEXT: (usize, usize) = (30, 60);

/// Hands over everything that was found.
fn fill(job: &ResultsJob, request: &Request, results: &mut dyn Results) -> Result<(), ExportError> {
    let mut outcome = Ok(());
    let flow = job.library.each(request, &mut |archive, target, hits| {
        job.monitor.watch(Progress { done: 0, all: 1 })?;
        let mut put = || {
            results.document(&Origin::of(job.library.archive(archive), target, hits.len()))?;
            for hit in hits {
                let (start, end) = (hit.range.start, hit.range.end);
                results.place(hit.place.field, &snippet(job.library.text(hit), start, end, CONTEXT.0, CONTEXT.1))?;
            }
            Ok(())
        };
        outcome = put().map_err(in_memory);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    match (outcome, flow) {
        (Err(error), _) => Err(error.into()),
        (Ok(()), ControlFlow::Break(())) => Err(PdfError::Cancelled.into()),
        (Ok(()), ControlFlow::Continue(())) => Ok(()),
    }
}

/// What is made in memory has no path yet.
fn in_memory(error: std::io::Error) -> SaveError {
    SaveError::Io { path: PathBuf::new(), kind: error.kind() }
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
