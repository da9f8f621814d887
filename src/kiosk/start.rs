//! How an exhibition begins: settings, then the parent that watches over the viewer.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use crate::text::Language;

use super::clock::LocalTime;
use super::settings::{Loaded, Used};
use super::watch::{self, Entry, Limits, Log, Schedule};

/// The hidden option that makes the program the watched viewer. The number of starts in a row that did not go well
/// follows: a viewer that keeps failing draws without the graphics card.
pub const VIEWER_OPTION: &str = "--kiosk-viewer";

/// Starts the viewer, `program` with `arguments` and [`VIEWER_OPTION`], and watches over it until staff leave. Settings
/// with problems are told of by `tell`; where none were good before, nothing is started and the exit code is 2.
pub fn watch_over(
    program: &Path,
    arguments: &[OsString],
    loaded: &Loaded,
    own_folder: &Path,
    tell: impl Fn(&str, &str),
) -> ExitCode {
    let words = Language::of_system().words();
    let log = Log::new(own_folder.join("kiosk.log"));
    let mut note = |entry: Entry| log.note(LocalTime::now(), &(words.kiosk.log_entry)(&entry));
    if !loaded.problems.is_empty() {
        let said: Vec<String> = loaded
            .problems
            .iter()
            .map(|problem| (words.kiosk.settings_error)(problem))
            .map(|said| format!("{} {}", said.what, said.remedy))
            .collect();
        loaded.problems.iter().for_each(|problem| note(Entry::Settings(problem.clone())));
        match loaded.used {
            // An exhibition that comes up by itself must not wait for somebody to close a dialog.
            Used::LastGood => {}
            Used::File | Used::Defaults => {
                tell(&said.join("\n"), words.kiosk.not_started);
                return ExitCode::from(2);
            }
        }
    }
    let settings = &loaded.settings;
    let limits = Limits::new(settings.hang_secs, settings.memory_limit_mib);
    let schedule =
        Schedule { daily_restart: settings.daily_restart, clock: &LocalTime::now, tick: Duration::from_secs(1) };
    let mut command = |failures: u32| {
        let mut command = Command::new(program);
        command.args(arguments).arg(VIEWER_OPTION).arg(failures.to_string());
        command
    };
    watch::run(limits, &schedule, &mut command, &mut note);
    ExitCode::SUCCESS
}
