//! What draws the window.

use std::path::PathBuf;
use std::process::Command;

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

/// OpenGL, where there is a graphics card: without one it would be computed anyway, by a driver that takes longer to
/// start and more memory than the program's own painter.
pub fn choose() -> Renderer {
    if has_graphics_card() { Renderer::Gl } else { Renderer::Cpu }
}

#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let cards = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    let mut names = cards.map(|card| card.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("renderD")) || std::path::Path::new("/dev/nvidiactl").exists()
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
