//! What is remembered from one start to the next. Unknown or wrong values fall back to the defaults, one by one.

use std::path::PathBuf;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::text::Language;

use super::reading::{TextSize, Typography};
use super::search::SavedSearch;

/// How many archives the recent list holds.
const MAX_RECENTS: usize = 10;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `None`: the system's.
    #[serde(deserialize_with = "or_default")]
    pub language: Option<Language>,
    #[serde(deserialize_with = "or_default")]
    pub theme: Theme,
    #[serde(deserialize_with = "or_default")]
    pub text_size: TextSize,
    #[serde(deserialize_with = "or_default")]
    pub typography: Typography,
    /// Everything larger, for those who see less.
    #[serde(deserialize_with = "or_default")]
    pub elder: bool,
    #[serde(deserialize_with = "or_default")]
    pub drawing: Drawing,
    #[serde(deserialize_with = "or_default")]
    pub contents_hidden: bool,
    #[serde(deserialize_with = "or_default")]
    pub window: Option<WindowPlace>,
    /// Archives, and folders of them, opened last, newest first.
    #[serde(deserialize_with = "or_default")]
    pub recents: Vec<PathBuf>,
    #[serde(deserialize_with = "or_default")]
    pub last_place: Option<LastPlace>,
    /// Searches that are kept by name, in the order in which they were first kept.
    #[serde(deserialize_with = "or_default")]
    pub searches: Vec<SavedSearch>,
}

pub(super) fn or_default<'de, D: Deserializer<'de>, T: Default + serde::de::DeserializeOwned>(
    d: D,
) -> Result<T, D::Error> {
    let value = Value::deserialize(d)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    #[default]
    Light,
    Dark,
    HighContrast,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];
}

/// What the window is drawn with, from the next start on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// The graphics card where there is one that works.
    #[default]
    Automatic,
    GraphicsCard,
    Processor,
}

impl Drawing {
    pub const ALL: [Self; 3] = [Self::Automatic, Self::GraphicsCard, Self::Processor];
}

/// Size and place of the window, in points before everything is made larger ([`Settings::elder`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    pub size: [f32; 2],
    pub position: Option<[f32; 2]>,
    pub maximized: bool,
}

/// Where the reader was.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub struct LastPlace {
    /// The archive's file; `None`: the embedded archive.
    pub archive: Option<PathBuf>,
    /// A [`super::Route`] as a key.
    pub route: String,
    /// The character of a section's text that stood at the top of the page.
    #[serde(default)]
    pub offset: usize,
}

impl Settings {
    /// Settings from their file's text; what cannot be read is the default.
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The settings as text. Paths that are no Unicode cannot stand in it and are not remembered.
    pub fn to_json(&self) -> String {
        let mut settings = self.clone();
        settings.recents.retain(|path| path.to_str().is_some());
        let place = settings.last_place.take();
        settings.last_place = place.filter(|place| place.archive.as_ref().is_none_or(|path| path.to_str().is_some()));
        serde_json::to_string_pretty(&settings).unwrap_or_else(|_| "{}".to_owned())
    }

    /// Puts an archive at the head of the recent list.
    pub fn remember_archive(&mut self, path: PathBuf) {
        self.recents.retain(|known| *known != path);
        self.recents.insert(0, path);
        self.recents.truncate(MAX_RECENTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_a_round_trip() {
        let mut settings = Settings { language: Some(Language::En), theme: Theme::Dark, ..Settings::default() };
        settings.text_size = settings.text_size.step(1);
        settings.window = Some(WindowPlace { size: [800.0, 600.0], position: Some([1.0, 2.0]), maximized: true });
        settings.remember_archive("/a/档案.json".into());
        assert_eq!(Settings::from_json(&settings.to_json()), settings);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_unicode_costs_only_itself() {
        use std::os::unix::ffi::OsStringExt as _;
        let odd = PathBuf::from(std::ffi::OsString::from_vec(b"/a/\xCE\xC2\xC8\xAA.json".to_vec()));
        let mut settings = Settings { theme: Theme::Dark, ..Settings::default() };
        settings.last_place = Some(LastPlace { archive: Some(odd.clone()), route: "cover".to_owned(), offset: 0 });
        settings.remember_archive("/b.json".into());
        settings.remember_archive(odd);
        let read = Settings::from_json(&settings.to_json());
        assert_eq!((read.theme, read.recents, read.last_place), (Theme::Dark, vec!["/b.json".into()], None));
    }

    #[test]
    fn a_damaged_file_costs_only_what_is_damaged() {
        assert_eq!(Settings::from_json("{ torn"), Settings::default());
        let settings = Settings::from_json(r#"{"theme": "dark", "text_size": "big", "recents": 5, "new": 1}"#);
        assert_eq!(settings, Settings { theme: Theme::Dark, ..Settings::default() });
        assert_eq!(Settings::from_json(r#"{"text_size": 99}"#).text_size.points(), 60.0);
    }

    #[test]
    fn the_recent_list_is_short_and_has_no_doubles() {
        let mut settings = Settings::default();
        for i in 0..30 {
            settings.remember_archive(PathBuf::from(format!("{}", i % 12)));
        }
        assert_eq!(settings.recents.len(), MAX_RECENTS);
        assert_eq!(settings.recents[0], PathBuf::from("5"));
    }
}
