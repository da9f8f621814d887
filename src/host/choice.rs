//! What draws the window, and what came of it the last time.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions, TryLockError};
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

/// What is to draw, as it was asked for when the program was started.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Wish {
    /// It is chosen.
    #[default]
    Any,
    Only(Renderer),
    /// The painter, since OpenGL has failed just now.
    InsteadOfGl,
}

/// How a [`Wish`] is named on the command line.
const OPTION: &str = "--renderer";
/// Not for people.
const INSTEAD_OF_GL: &str = "cpu-instead-of-gl";

impl Wish {
    /// From its name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "gl" => Some(Self::Only(Renderer::Gl)),
            "cpu" => Some(Self::Only(Renderer::Cpu)),
            INSTEAD_OF_GL => Some(Self::InsteadOfGl),
            _ => None,
        }
    }
}

/// What came of the last start with the graphics card, kept in the settings' folder: a driver that breaks takes the program
/// with it, so only the next start can tell.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    folder: Option<PathBuf>,
    /// Until the window has been seen. Shared by all who hold the trial, and known where nothing can be kept.
    start: Rc<RefCell<Option<Start>>>,
}

/// A start with the graphics card.
#[derive(Debug)]
struct Start {
    /// Locked as long as it lasts; the system sees to that, whatever the program comes to.
    _locked: Option<File>,
}

/// The file that starts hold while they last. What nobody holds was broken off.
const STARTING: &str = "graphics-card.starting";
/// What came of the last start that was not broken off.
const OUTCOME: &str = "graphics-card";
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
        Self { folder: folder.map(Path::to_owned), start: Rc::default() }
    }

    // What cannot be noted, here and below, costs a chance to learn, nothing else.

    pub fn begin(&self) {
        let hold = |folder: &PathBuf| {
            fs::create_dir_all(folder).ok()?;
            // Network shares lock only what can be read as well.
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let file = options.open(folder.join(STARTING)).ok()?;
            // Several windows may open at the same time.
            let _ = file.try_lock_shared();
            Some(file)
        };
        *self.start.borrow_mut() = Some(Start { _locked: self.folder.as_ref().and_then(hold) });
    }

    pub fn worked(&self) {
        self.end(WORKED);
    }

    pub fn failed(&self) {
        self.end(&of_this_version(FAILED));
    }

    /// That the graphics card is not used is said once.
    pub fn said(&self) {
        self.end(&of_this_version(AVOIDED));
    }

    /// What is known of the graphics card does not count.
    pub fn unlearn(&self) {
        self.forget();
        if let Some(folder) = &self.folder {
            let _ = fs::remove_file(folder.join(OUTCOME));
        }
    }

    /// The window has not been seen yet.
    pub fn is_on(&self) -> bool {
        self.start.borrow().is_some()
    }

    /// Nothing was learnt from this start.
    pub fn forget(&self) {
        self.start.take();
        if let Some(folder) = &self.folder {
            let _ = fs::remove_file(folder.join(STARTING));
        }
    }

    fn end(&self, outcome: &str) {
        self.forget();
        if let Some(folder) = &self.folder {
            let _ = fs::create_dir_all(folder);
            let _ = write_whole(&folder.join(OUTCOME), outcome.as_bytes());
        }
    }

    fn known(&self) -> Known {
        let Some(folder) = &self.folder else { return Known::Nothing };
        let outcome = fs::read_to_string(folder.join(OUTCOME)).unwrap_or_default();
        if was_broken_off(&folder.join(STARTING)) || outcome == of_this_version(FAILED) {
            Known::Failed
        } else if outcome == of_this_version(AVOIDED) {
            Known::FailedBefore
        } else {
            Known::Nothing
        }
    }
}

fn of_this_version(outcome: &str) -> String {
    format!("{outcome} {}", env!("CARGO_PKG_VERSION"))
}

fn was_broken_off(starting: &Path) -> bool {
    let file = OpenOptions::new().read(true).write(true).open(starting);
    file.is_ok_and(|file| !matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// What to draw with, and whether it is to be said that the graphics card failed.
///
/// OpenGL, where there is a graphics card: without one it would be computed anyway, by a driver that takes longer to
/// start and more memory than the program's own painter.
pub fn choose(settings: &Settings, trial: &Trial) -> (Renderer, bool) {
    match (settings.drawing, trial.known()) {
        (Drawing::Processor, _) => (Renderer::Cpu, false),
        (Drawing::Automatic, _) if !has_graphics_card() => (Renderer::Cpu, false),
        (_, Known::Failed) => (Renderer::Cpu, true),
        (Drawing::Automatic, Known::FailedBefore) => (Renderer::Cpu, false),
        // Whoever wants the graphics card has it tried again, after a start in which that can be changed.
        (Drawing::Automatic, Known::Nothing) | (Drawing::GraphicsCard, _) => (Renderer::Gl, false),
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

/// A window system is joined once in a program's life, so the painter gets a program of its own, in the place of this one
/// where the system can do that. Returns whether it begins.
pub fn start_again_without_gl(path: Option<PathBuf>) -> bool {
    let Ok(program) = std::env::current_exe() else { return false };
    let mut command = Command::new(program);
    command.args([OPTION, INSTEAD_OF_GL]).args(path);
    #[cfg(unix)]
    let begins = {
        // It comes back only where it failed.
        let _ = std::os::unix::process::CommandExt::exec(&mut command);
        false
    };
    #[cfg(not(unix))]
    let begins = command.spawn().is_ok();
    begins
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
        let other = next();
        assert_eq!(other.known(), Known::Nothing, "it is still starting");
        other.begin();
        drop(trial);
        assert_eq!(next().known(), Known::Nothing, "the other one is");
        drop(other);
        assert_eq!(next().known(), Known::Failed, "the program is gone, and nothing was seen");
        next().worked();
        assert_eq!(next().known(), Known::Nothing);
        next().failed();
        assert_eq!(next().known(), Known::Failed);
        next().said();
        assert_eq!(next().known(), Known::FailedBefore, "it is said once");
        next().unlearn();
        assert_eq!(next().known(), Known::Nothing);
        next().said();
        let trial = next();
        trial.begin();
        trial.forget();
        assert_eq!((next().known(), trial.is_on()), (Known::FailedBefore, false), "nothing was learnt");
        for other in ["failed 0.0.1", "avoided 0.0.1", "failed"] {
            fs::write(folder.path().join("new").join(OUTCOME), other).expect("note");
            assert_eq!(next().known(), Known::Nothing, "{other}: this version may do better");
        }
        fs::write(folder.path().join("new").join(OUTCOME), [0xFF, 0xFE]).expect("damage");
        assert_eq!(next().known(), Known::Nothing, "a damaged note is none");
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
    fn what_was_chosen_is_used_unless_it_has_just_failed() {
        let folder = tempfile::tempdir().expect("folder");
        let trial = Trial::in_folder(Some(folder.path()));
        let choose = |drawing| choose(&Settings { drawing, ..Settings::default() }, &trial);
        assert_eq!(choose(Drawing::GraphicsCard), (Renderer::Gl, false));
        trial.failed();
        assert_eq!(choose(Drawing::GraphicsCard), (Renderer::Cpu, true), "so that it can be changed");
        assert_eq!(choose(Drawing::Processor), (Renderer::Cpu, false));
        trial.said();
        assert_eq!(choose(Drawing::GraphicsCard), (Renderer::Gl, false));
    }
}
