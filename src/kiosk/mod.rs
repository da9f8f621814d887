//! Unattended at an exhibition for months: everything about it that is not drawn.
//!
//! Nothing here knows the window. What depends on the time takes it as an argument.

pub mod clock;
pub mod hours;
pub mod pin;
pub mod settings;
mod start;
pub mod statistics;
pub mod update;
pub mod watch;

use std::path::{Path, PathBuf};

pub use start::{VIEWER_OPTION, watch_over};

/// The kiosk's own folder, in which it keeps tries, statistics, its log and copies of archives.
pub fn own_folder(settings_folder: Option<&Path>) -> PathBuf {
    settings_folder.map_or_else(std::env::temp_dir, Path::to_owned).join("kiosk")
}
