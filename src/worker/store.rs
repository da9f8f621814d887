//! Where settings are kept.

use std::fs;
use std::path::Path;

use crate::app::Settings;

use crate::files::{SaveError, write_whole};

const SETTINGS_FILE: &str = "settings.json";

/// The settings of the last run; the defaults where there are none or they cannot be read.
pub fn read_settings(folder: &Path) -> Settings {
    let text = fs::read_to_string(folder.join(SETTINGS_FILE));
    text.map(|text| Settings::from_json(&text)).unwrap_or_default()
}

pub(super) fn write_settings(folder: &Path, settings: &Settings) -> Result<(), SaveError> {
    fs::create_dir_all(folder).map_err(|e| SaveError::Io { path: folder.to_owned(), kind: e.kind() })?;
    write_whole(&folder.join(SETTINGS_FILE), settings.to_json().as_bytes())
}
