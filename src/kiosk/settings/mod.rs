//! `kiosk.toml`: what those who set an exhibition up may choose. `docs/kiosk.md` lists every key.

mod read;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::decode;
use crate::files::write_whole;
use crate::text::Language;

use super::hours::{OpeningHours, TimeOfDay};

pub use read::KEYS;

/// The name of the settings' file.
pub const FILE_NAME: &str = "kiosk.toml";

/// The settings of the last start without a problem, in the kiosk's own folder.
const LAST_GOOD: &str = "kiosk-last-good.toml";

/// What the program may be set to.
#[derive(Clone, Debug, PartialEq)]
pub struct KioskSettings {
    /// With which every visit begins.
    pub language: Language,
    /// `None`: the one beside the program, else the bundled one.
    pub archive: Option<PathBuf>,
    /// From 1, as the system counts them.
    pub monitor: u32,
    /// With which every visit begins.
    pub text_size_points: u32,
    pub renderer: Renderer,
    /// Without a touch, until a visitor is asked whether they are still there.
    pub idle_secs: u32,
    /// From that question until everything is reset.
    pub warning_secs: u32,
    pub attract_secs_per_scene: u32,
    pub opening_hours: OpeningHours,
    pub daily_restart: Option<TimeOfDay>,
    /// Of memory that only this program holds.
    pub memory_limit_mib: u32,
    /// Without a sign of life, until the viewer is restarted.
    pub hang_secs: u32,
    /// A PHC text with Argon2id, as `jz kiosk pin` makes it. Without one, staff cannot leave by the gesture.
    pub pin_hash: Option<String>,
    /// How long the hidden corner is held for the PIN pad.
    pub staff_hold_secs: u32,
    /// Where new content is looked for: a stick's mount point or a shared folder.
    pub updates_folder: Option<PathBuf>,
    pub statistics: bool,
    pub qr_codes: bool,
}

/// What draws the window.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Renderer {
    #[default]
    Automatic,
    Gl,
    Cpu,
}

impl Default for KioskSettings {
    fn default() -> Self {
        Self {
            language: Language::ZhCn,
            archive: None,
            monitor: 1,
            text_size_points: 24,
            renderer: Renderer::Automatic,
            idle_secs: 90,
            warning_secs: 20,
            attract_secs_per_scene: 12,
            opening_hours: OpeningHours::default(),
            daily_restart: TimeOfDay::parse("03:30"),
            memory_limit_mib: 1024,
            hang_secs: 20,
            pin_hash: None,
            staff_hold_secs: 5,
            updates_folder: None,
            statistics: true,
            qr_codes: true,
        }
    }
}

/// Something that is wrong with the settings, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettingsError {
    pub file: PathBuf,
    /// From 1.
    pub line: Option<usize>,
    pub problem: SettingsProblem,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SettingsProblem {
    Unreadable(std::io::ErrorKind),
    /// No text in a known encoding, or larger than any settings are.
    NotText,
    /// No TOML here.
    Syntax,
    UnknownKey {
        key: String,
        nearest: Option<&'static str>,
    },
    NotAllowed {
        key: String,
        /// As it is written in the file.
        found: String,
        allowed: Allowed,
    },
}

/// What a key takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Allowed {
    /// A whole number, both ends included.
    Number {
        least: u32,
        most: u32,
    },
    TrueOrFalse,
    OneOf(&'static [&'static str]),
    Path,
    /// `03:30`, or `off`.
    TimeOfDay,
    /// `09:00-17:30`, a list of such, or `closed`.
    Hours,
    /// What `jz kiosk pin` prints.
    PinHash,
}

/// Where the settings came from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Used {
    File,
    /// The file has problems; these are the settings of the last start that had none.
    LastGood,
    /// There is no file, or it has problems and there was no good start before.
    Defaults,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub settings: KioskSettings,
    pub used: Used,
    /// All that is wrong with the file, in its order.
    pub problems: Vec<SettingsError>,
}

/// Whether an argument names a settings' file, and not an archive.
pub fn is_file_name(argument: &OsStr) -> bool {
    Path::new(argument).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// The settings' file: the named one, else the one beside the program, else the one in the settings' folder.
pub fn find(named: Option<&Path>, program: Option<&Path>, settings_folder: Option<&Path>) -> Option<PathBuf> {
    let beside = program.and_then(Path::parent);
    let usual = [beside, settings_folder].into_iter().flatten().map(|folder| folder.join(FILE_NAME));
    named.map(Path::to_owned).or_else(|| usual.into_iter().find(|path| path.is_file()))
}

/// The settings in `file`, from which relative paths are counted.
///
/// An exhibition comes up again by itself, so a file that was damaged since the last start does not stop it: then the
/// settings of that start, kept in `folder`, are used, and the problems are told of.
pub fn load(file: Option<&Path>, folder: &Path) -> Loaded {
    let Some(file) = file else {
        return Loaded { settings: KioskSettings::default(), used: Used::Defaults, problems: Vec::new() };
    };
    let kept = folder.join(LAST_GOOD);
    let (settings, text) = match read(file) {
        Ok(read) => read,
        Err(problems) => return last_good(file, &kept, problems),
    };
    if fs::read(&kept).ok().as_deref() != Some(text.as_bytes()) {
        // Without a copy the next damage will show itself; nothing else is lost.
        let _ = fs::create_dir_all(folder).is_ok_and(|()| write_whole(&kept, text.as_bytes()).is_ok());
    }
    Loaded { settings, used: Used::File, problems: Vec::new() }
}

/// The settings in `file` and its text, or all that is wrong with it.
pub fn read(file: &Path) -> Result<(KioskSettings, String), Vec<SettingsError>> {
    let text = read_text(file).map_err(|problem| vec![SettingsError { file: file.to_owned(), line: None, problem }])?;
    let (settings, problems) = KioskSettings::parse(&text, file);
    if problems.is_empty() { Ok((settings, text)) } else { Err(problems) }
}

fn last_good(file: &Path, kept: &Path, problems: Vec<SettingsError>) -> Loaded {
    // Relative paths are counted from where the file stood.
    let good = read_text(kept).ok().map(|text| KioskSettings::parse(&text, file));
    match good {
        Some((settings, wrong)) if wrong.is_empty() => Loaded { settings, used: Used::LastGood, problems },
        _ => Loaded { settings: KioskSettings::default(), used: Used::Defaults, problems },
    }
}

/// Larger files are no settings.
const MAX_BYTES: u64 = 1 << 20;

fn read_text(path: &Path) -> Result<String, SettingsProblem> {
    let io = |e: std::io::Error| SettingsProblem::Unreadable(e.kind());
    let metadata = fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        return Err(SettingsProblem::Unreadable(std::io::ErrorKind::InvalidInput));
    }
    if metadata.len() > MAX_BYTES {
        return Err(SettingsProblem::NotText);
    }
    let bytes = fs::read(path).map_err(io)?;
    let text = decode::decode(&bytes).map(|decoded| decoded.text.into_owned());
    // A power cut leaves files empty: that is damage, not a wish for the defaults.
    text.filter(|text| !text.trim().is_empty()).ok_or(SettingsProblem::NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_damaged_is_answered_with_the_last_good_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, own) = (folder.path().join("kiosk.toml"), folder.path().join("own"));
        let idle = |expected: Used| {
            let loaded = load(Some(&file), &own);
            assert_eq!(loaded.used, expected, "{:?}", loaded.problems);
            (loaded.settings.idle_secs, loaded.problems.len())
        };
        fs::write(&file, "idle_secs = 5").expect("write");
        assert_eq!(idle(Used::Defaults), (90, 1), "no good start before");
        fs::write(&file, "idle_secs = 50").expect("write");
        assert_eq!(idle(Used::File), (50, 0));
        for damage in [&b"idle_secs = "[..], b"", b"\0\0\0\0", b"idle_sec = 50", b"\xFF\xFF\xFF"] {
            fs::write(&file, damage).expect("write");
            assert_eq!(idle(Used::LastGood).0, 50, "{damage:?}");
        }
        fs::remove_file(&file).expect("remove");
        assert_eq!(idle(Used::LastGood), (50, 1), "the file is gone");
        fs::write(own.join(LAST_GOOD), "idle_secs = ").expect("write");
        assert_eq!(idle(Used::Defaults), (90, 1), "and the copy is damaged");
    }

    #[test]
    fn a_file_from_an_editor_of_windows_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("kiosk.toml");
        let text = "# 设置\r\nidle_secs = 50\r\n";
        let utf16: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let gb = [b"# \xC9\xE8\xD6\xC3\r\nidle_secs = 50\r\n".to_vec()];
        for bytes in gb.into_iter().chain([utf16, format!("\u{FEFF}{text}").into_bytes()]) {
            fs::write(&file, bytes).expect("write");
            assert_eq!(load(Some(&file), &folder.path().join("own")).settings.idle_secs, 50);
        }
    }

    #[test]
    fn a_named_file_comes_before_the_usual_places() {
        let folder = tempfile::tempdir().expect("a folder");
        let (program, own) = (folder.path().join("bin/juanzong"), folder.path().join("settings"));
        let found = |named: Option<&str>| find(named.map(Path::new), Some(&program), Some(&own));
        assert_eq!(found(None), None);
        fs::create_dir_all(&own).expect("folder");
        fs::write(own.join(FILE_NAME), "").expect("write");
        assert_eq!(found(None), Some(own.join(FILE_NAME)));
        fs::create_dir_all(folder.path().join("bin")).expect("folder");
        fs::write(folder.path().join("bin").join(FILE_NAME), "").expect("write");
        assert_eq!(found(None), Some(folder.path().join("bin").join(FILE_NAME)));
        assert_eq!(found(Some("x.toml")), Some("x.toml".into()), "also where it is not there: that must be told");
    }
}
