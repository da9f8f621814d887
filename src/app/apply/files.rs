//! Files are made: exports, and copies of photos.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::command::{Effect, ExportJob, Job, Replace};
use crate::app::state::State;
use crate::archive::{ArchiveId, PhotoId};
use crate::export::{Monitor, Scope};

/// Begins to make a file; one at a time.
pub(super) fn export(state: &mut State, to: Option<(PathBuf, Replace)>) -> Vec<Effect> {
    state.overlay = None;
    if state.exporting.is_some() {
        return Vec::new();
    }
    let monitor = Arc::new(Monitor::default());
    state.exporting = Some(Arc::clone(&monitor));
    let job = ExportJob {
        archive: Arc::clone(&state.library.volume(state.archive_id()).archive),
        export: state.export,
        face: state.settings.sheet(0.0).face,
        language: state.language(),
        to,
        monitor,
    };
    vec![Effect::Run(Job::Export(Box::new(job)))]
}

/// A name for the file, from the title of what stands in it.
pub fn export_name(state: &State) -> String {
    let archive = state.archive();
    let title = match state.export.scope {
        Scope::Archive => &archive.title,
        Scope::Report(report) => &archive.report(report).title,
        Scope::Section(section) => &archive.section(section).title,
    };
    file_name(title.trim().trim_end_matches('。'), state.words().untitled, state.export.kind.extension())
}

/// A name for a file that every system allows.
pub(super) fn file_name(title: &str, otherwise: &str, extension: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !"/\\:*?\"<>|".contains(*c);
    let title: String = title.trim().chars().filter(allowed).take(60).collect();
    let title = if title.is_empty() { otherwise } else { &title };
    format!("{title}.{extension}")
}

/// A copy of a photo of the library.
pub(super) fn save_copy(
    state: &mut State,
    id: ArchiveId,
    photo: PhotoId,
    (to, replace): (PathBuf, Replace),
) -> Vec<Effect> {
    state.overlay = None;
    let archive = state.library.archive(id);
    let Some(file) = archive.photo(photo).file.clone() else { return Vec::new() };
    vec![Effect::Run(Job::SaveCopy { source: Arc::clone(&archive.source), file, to, replace })]
}
