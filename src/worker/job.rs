//! Carrying out a job.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::app::{DialogPurpose, Job, JobEvent, Replace};
use crate::archive::Source;
use crate::archive::source::RelativePath;
use crate::files::{SaveError, write_whole};
use crate::index_files::IndexFiles;
use crate::kiosk;

use super::open::open;
use super::{export, index, staff, store};
use crate::folders::Folders;

/// A search that takes no longer shows what it finds all at once.
pub const AT_ONCE: Duration = Duration::from_millis(8);

/// Runs a job to its end. `None`: there is nothing to tell but what was told meanwhile.
pub(super) fn run(job: Job, folders: &Folders, tell: &mut dyn FnMut(JobEvent)) -> Option<JobEvent> {
    Some(match job {
        Job::Load { generation, source, before, monitor } => {
            let mut watch = |done, all| monitor.watch(done, all);
            let result = open(source.clone(), Some(&before), &mut watch).map(Box::new);
            JobEvent::Loaded { generation, source, result }
        }
        Job::Search { token, library, request, show_first } => {
            let found = library.unless_cancelled(&token, |library| {
                let start = Instant::now();
                if show_first
                    && let Some(first) = library.search_beginning(&request)
                    && start.elapsed().mul_f64(first.times) > AT_ONCE
                {
                    tell(JobEvent::Searched { token: token.clone(), found: Box::new(first.found) });
                }
                library.search(&request)
            })?;
            JobEvent::Searched { token, found: Box::new(found) }
        }
        Job::Offer { token, library, request, nearest } => {
            let (candidates, nearest) = library.unless_cancelled(&token, |library| {
                let candidates = library.candidates(&request);
                (candidates, if nearest { library.nearest(&request) } else { Vec::new() })
            })?;
            JobEvent::Offered { token, candidates, nearest }
        }
        Job::PickArchive { title } => {
            let dialog = rfd::FileDialog::new().set_title(title).add_filter("archive.json", &["json"]);
            match ask(|| dialog.pick_file()) {
                Ok(path) => JobEvent::ArchivePicked(path),
                Err(NoDialog) => JobEvent::NoDialog(DialogPurpose::OpenArchive),
            }
        }
        Job::PickFolder { title } => {
            let dialog = rfd::FileDialog::new().set_title(title);
            match ask(|| dialog.pick_folder()) {
                Ok(path) => JobEvent::ArchivePicked(path),
                Err(NoDialog) => JobEvent::NoDialog(DialogPurpose::OpenArchive),
            }
        }
        Job::PickCopyTarget { archive, photo, title, file_name } => {
            let dialog = rfd::FileDialog::new().set_title(title).set_file_name(file_name);
            match ask(|| dialog.save_file()) {
                Ok(path) => JobEvent::CopyTargetPicked { archive, photo, path },
                Err(NoDialog) => JobEvent::NoDialog(DialogPurpose::SaveCopy { archive, photo }),
            }
        }
        Job::SaveCopy { source, file, to, replace } => {
            let result = save_copy(&source, &file, &to, replace);
            JobEvent::CopySaved { to, result }
        }
        Job::PickExportTarget { archive, title, file_name } => {
            let dialog = rfd::FileDialog::new().set_title(title).set_file_name(file_name);
            match ask(|| dialog.save_file()) {
                Ok(path) => JobEvent::ExportTargetPicked { archive, path },
                Err(NoDialog) => JobEvent::NoDialog(DialogPurpose::Export { archive }),
            }
        }
        Job::Export(job) => export::run(&job),
        Job::PickResultsTarget { kind, title, file_name } => {
            let dialog = rfd::FileDialog::new().set_title(title).set_file_name(file_name);
            match ask(|| dialog.save_file()) {
                Ok(path) => JobEvent::ResultsTargetPicked { kind, path },
                Err(NoDialog) => JobEvent::NoDialog(DialogPurpose::Results(kind)),
            }
        }
        Job::WriteResults(job) => export::run_results(&job),
        Job::Index { generation, library, monitor } => {
            let files = IndexFiles::in_folder(folders.indexes.as_deref());
            index::run(generation, &library, &monitor, &files, tell);
            return None;
        }
        Job::ByFingers { generation, library, touch } => {
            JobEvent::ByFingers { generation, answer: library.by_fingers(&touch) }
        }
        Job::Staff { serial, job } => {
            let own_folder = kiosk::own_folder(folders.settings.as_deref());
            JobEvent::Staff { serial, event: staff::run(job, &own_folder)? }
        }
        Job::WriteSettings(settings) => {
            let error = store::write_settings(folders.settings.as_deref()?, &settings).err()?;
            JobEvent::SettingsNotWritten(error)
        }
    })
}

fn save_copy(source: &Source, file: &RelativePath, to: &Path, replace: Replace) -> Result<(), SaveError> {
    if replace == Replace::Never && to.exists() {
        return Err(SaveError::Io { path: to.to_owned(), kind: std::io::ErrorKind::AlreadyExists });
    }
    let bytes = source.read_photo(file).map_err(SaveError::Source)?;
    write_whole(to, &bytes)
}

struct NoDialog;

/// Shows a dialog of the system. On Linux one that cannot be shown looks like a cancel: it only comes back faster
/// than a person could press a button.
fn ask(show: impl FnOnce() -> Option<PathBuf>) -> Result<Option<PathBuf>, NoDialog> {
    const FASTER_THAN_A_PERSON_MS: u128 = 120;
    let start = Instant::now();
    let picked = show();
    let unseen = picked.is_none() && start.elapsed().as_millis() < FASTER_THAN_A_PERSON_MS;
    if cfg!(target_os = "linux") && unseen { Err(NoDialog) } else { Ok(picked) }
}
