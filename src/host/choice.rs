//! What draws the window, and what came of it the last time.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use crate::app::{Drawing, Settings};
use crate::files::write_whole;

/// What draws the window.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Renderer {
    /// The graphics card, through OpenGL.
    Gl,
    /// The program's own painter.
    Cpu,
}

/// How [`Renderer`]s are named on the command line.
const OPTION: &str = "--renderer";

impl Renderer {
    /// From its name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "gl" => Some(Self::Gl),
            "cpu" => Some(Self::Cpu),
            _ => None,
        }
    }
}

/// What came of the last start with the graphics card, kept in a file: a driver that breaks takes the program with it, so
/// only the next start can tell.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    file: Option<PathBuf>,
    /// The window has not been seen yet. Shared by all who hold the trial, and known where nothing can be kept.
    on: Rc<Cell<bool>>,
}

/// Followed by the process that starts.
const STARTING: &str = "starting";
const WORKED: &str = "worked";
/// Followed by the version of the program: another one may do better.
const FAILED: &str = "failed";
/// As [`FAILED`], and it was said.
const AVOIDED: &str = "avoided";

/// What is known of the graphics card.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Known {
    Nothing,
    /// The last start with it did not come to its second frame, or had an error.
    Failed,
    /// That was said at an earlier start.
    FailedBefore,
}

impl Trial {
    pub fn in_folder(folder: Option<&Path>) -> Self {
        Self { file: folder.map(|folder| folder.join("graphics-card")), on: Rc::default() }
    }

    pub fn begin(&self) {
        self.on.set(true);
        self.note(&format!("{STARTING} {}", std::process::id()));
    }

    pub fn worked(&self) {
        self.on.set(false);
        self.note(WORKED);
    }

    pub fn failed(&self) {
        self.on.set(false);
        self.note(&of_this_version(FAILED));
    }

    /// That the graphics card is not used is said once.
    pub fn said(&self) {
        self.note(&of_this_version(AVOIDED));
    }

    /// The window has not been seen yet.
    pub fn is_on(&self) -> bool {
        self.on.get()
    }

    fn known(&self) -> Known {
        let noted = self.file.as_ref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        match noted.split_once(' ') {
            Some((STARTING, process)) if !is_starting(process) => Known::Failed,
            _ if noted == of_this_version(FAILED) => Known::Failed,
            _ if noted == of_this_version(AVOIDED) => Known::FailedBefore,
            _ => Known::Nothing,
        }
    }

    fn note(&self, what: &str) {
        if let Some(file) = &self.file {
            let _ = file.parent().map(fs::create_dir_all);
            // What cannot be noted costs a chance to learn, nothing else.
            let _ = write_whole(file, what.as_bytes());
        }
    }
}

fn of_this_version(outcome: &str) -> String {
    format!("{outcome} {}", env!("CARGO_PKG_VERSION"))
}

/// Another window of the program may be about to open. Numbers of processes are used again: by other programs, and in a
/// container by the next start itself.
#[cfg(target_os = "linux")]
fn is_starting(process: &str) -> bool {
    let program = |process: &str| fs::read_link(Path::new("/proc").join(process).join("exe")).ok();
    let own = program("self");
    process != std::process::id().to_string() && own.is_some() && program(process) == own
}

#[cfg(not(target_os = "linux"))]
fn is_starting(_process: &str) -> bool {
    false
}

/// What to draw with, and whether it is to be said that the graphics card failed.
///
/// OpenGL, where there is a graphics card: without one it would be computed anyway, by a driver that takes longer to
/// start and more memory than the program's own painter.
pub fn choose(settings: &Settings, trial: &Trial) -> (Renderer, bool) {
    match settings.drawing {
        Drawing::GraphicsCard => (Renderer::Gl, false),
        Drawing::Processor => (Renderer::Cpu, false),
        Drawing::Automatic if !has_graphics_card() => (Renderer::Cpu, false),
        Drawing::Automatic => match trial.known() {
            Known::Nothing => (Renderer::Gl, false),
            Known::Failed => (Renderer::Cpu, true),
            Known::FailedBefore => (Renderer::Cpu, false),
        },
    }
}

#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let cards = fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    let mut names = cards.map(|card| card.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("renderD")) || Path::new("/dev/nvidiactl").exists()
}

#[cfg(not(target_os = "linux"))]
fn has_graphics_card() -> bool {
    true
}

/// A window system is joined once in a program's life, so the painter gets a program of its own. `None` if it could
/// not be started or did not end well.
pub fn start_again_without_gl(path: Option<PathBuf>) -> Option<()> {
    let program = std::env::current_exe().ok()?;
    let status = Command::new(program).args([OPTION, "cpu"]).args(path).status().ok()?;
    status.success().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_that_was_broken_off_is_known_by_the_next() {
        let folder = tempfile::tempdir().expect("folder");
        let next = || Trial::in_folder(Some(&folder.path().join("new")));
        let trial = next();
        assert_eq!(trial.known(), Known::Nothing);
        trial.begin();
        assert!(trial.is_on() && trial.clone().is_on());
        assert_eq!(next().known(), Known::Failed, "a new start has no process but its own");
        #[cfg(target_os = "linux")]
        assert!(!is_starting("1"), "another program has that number now");
        trial.note("starting 4294967295");
        assert_eq!(next().known(), Known::Failed, "that process is gone");
        trial.worked();
        assert_eq!((next().known(), trial.is_on()), (Known::Nothing, false));
        trial.failed();
        assert_eq!(next().known(), Known::Failed);
        trial.said();
        assert_eq!(next().known(), Known::FailedBefore, "it is said once");
        for other in ["failed 0.0.1", "avoided 0.0.1", "failed"] {
            trial.note(other);
            assert_eq!(next().known(), Known::Nothing, "{other}: this version may do better");
        }
        fs::write(folder.path().join("new/graphics-card"), [0xFF, 0xFE]).expect("damage");
        assert_eq!(next().known(), Known::Nothing, "a damaged note is none");
    }

    /// Another window that opens at the same time is no failure.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_another_process_of_the_program_begins_is_waited_for() {
        let mut other = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "host::choice::tests::a_process_that_waits", "--ignored"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("another");
        let process = other.id().to_string();
        assert!(is_starting(&process));
        drop(other.stdin.take());
        other.wait().expect("its end");
        assert!(!is_starting(&process));
    }

    #[cfg(target_os = "linux")]
    #[test]
    #[ignore = "the process that the test above starts"]
    fn a_process_that_waits() {
        let _ = std::io::read_to_string(std::io::stdin());
    }

    #[test]
    fn nothing_is_needed_to_know_that_the_window_was_not_seen() {
        let trial = Trial::default();
        trial.begin();
        assert!(trial.is_on());
        trial.failed();
        assert!(!trial.is_on());
    }

    #[test]
    fn what_was_chosen_is_used() {
        let choose = |drawing| choose(&Settings { drawing, ..Settings::default() }, &Trial::default());
        assert_eq!(choose(Drawing::GraphicsCard), (Renderer::Gl, false));
        assert_eq!(choose(Drawing::Processor), (Renderer::Cpu, false));
    }
}
