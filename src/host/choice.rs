//! What draws the window, and what came of it the last time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// Where it is kept what came of the last start with the graphics card: a driver that breaks takes the program with it,
/// so only the next start can tell.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    file: Option<PathBuf>,
}

const STARTING: &str = "starting";
const WORKED: &str = "worked";
const FAILED: &str = "failed";

impl Trial {
    pub fn in_folder(folder: Option<&Path>) -> Self {
        Self { file: folder.map(|folder| folder.join("graphics-card")) }
    }

    pub fn begin(&self) {
        self.note(&starting());
    }

    pub fn worked(&self) {
        self.note(WORKED);
    }

    pub fn failed(&self) {
        self.note(FAILED);
    }

    /// The window has not been seen yet.
    pub fn is_on(&self) -> bool {
        self.noted() == starting()
    }

    /// The last start with the graphics card did not come to its second frame, or had an error.
    fn has_failed(&self) -> bool {
        let noted = self.noted();
        match noted.split_once(' ') {
            Some((STARTING, process)) => !is_running(process),
            _ => noted == FAILED,
        }
    }

    fn noted(&self) -> String {
        self.file.as_ref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default()
    }

    fn note(&self, what: &str) {
        if let Some(file) = &self.file {
            let _ = file.parent().map(fs::create_dir_all);
            // What cannot be noted costs a chance to learn, nothing else.
            let _ = write_whole(file, what.as_bytes());
        }
    }
}

fn starting() -> String {
    format!("{STARTING} {}", std::process::id())
}

/// Another window of the program may be about to open.
#[cfg(target_os = "linux")]
fn is_running(process: &str) -> bool {
    Path::new("/proc").join(process).exists()
}

#[cfg(not(target_os = "linux"))]
fn is_running(_process: &str) -> bool {
    false
}

/// What to draw with, and whether that is because the graphics card failed.
///
/// OpenGL, where there is a graphics card: without one it would be computed anyway, by a driver that takes longer to
/// start and more memory than the program's own painter.
pub fn choose(settings: &Settings, trial: &Trial) -> (Renderer, bool) {
    match settings.drawing {
        Drawing::GraphicsCard => (Renderer::Gl, false),
        Drawing::Processor => (Renderer::Cpu, false),
        Drawing::Automatic if !has_graphics_card() => (Renderer::Cpu, false),
        Drawing::Automatic if trial.has_failed() => (Renderer::Cpu, true),
        Drawing::Automatic => (Renderer::Gl, false),
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
        let trial = Trial::in_folder(Some(&folder.path().join("new")));
        assert!(!trial.has_failed(), "nothing is known yet");
        trial.begin();
        assert!(trial.is_on());
        #[cfg(target_os = "linux")]
        assert!(!trial.has_failed(), "it is still starting");
        trial.note("starting 4294967295");
        assert!(trial.has_failed(), "that process is gone");
        trial.worked();
        assert!(!trial.has_failed() && !trial.is_on());
        trial.failed();
        assert!(trial.has_failed());
        fs::write(folder.path().join("new/graphics-card"), [0xFF, 0xFE]).expect("damage");
        assert!(!trial.has_failed(), "a damaged note is none");
    }

    #[test]
    fn what_was_chosen_is_used() {
        let choose = |drawing| choose(&Settings { drawing, ..Settings::default() }, &Trial::default());
        assert_eq!(choose(Drawing::GraphicsCard), (Renderer::Gl, false));
        assert_eq!(choose(Drawing::Processor), (Renderer::Cpu, false));
    }
}
