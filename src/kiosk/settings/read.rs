//! TOML to settings, key by key. A key that is wrong costs only itself.

use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::archive::nearest_key;
use crate::kiosk::hours::{OpeningHours, Span, TimeOfDay};
use crate::kiosk::pin;
use crate::text::Language;

use super::{Allowed, KioskSettings, Renderer, SettingsError, SettingsProblem};

/// Every key that the file may have.
pub const KEYS: &[&str] = &[
    "language",
    "archive",
    "monitor",
    "text_size_points",
    "renderer",
    "idle_secs",
    "warning_secs",
    "attract_secs_per_scene",
    "opening_hours",
    "daily_restart",
    "memory_limit_mib",
    "hang_secs",
    "pin_hash",
    "staff_hold_secs",
    "updates_folder",
    "statistics",
    "qr_codes",
];

/// The keys of the table `opening_hours`: the days, and what holds for those that are not named.
const DAY_KEYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "every_day"];

const RENDERERS: &[&str] = &["auto", "gl", "cpu"];
const LANGUAGES: &[&str] = &["zh-CN", "en"];

impl KioskSettings {
    /// The settings in `text`, and all that is wrong with it. Relative paths are counted from the folder of `file`.
    pub fn parse(text: &str, file: &Path) -> (Self, Vec<SettingsError>) {
        let (table, wrong) = DeTable::parse_recoverable(text);
        let mut reader = Reader { text, file, table: table.get_ref(), problems: Vec::new() };
        for error in wrong {
            reader.tell(error.span().as_ref(), SettingsProblem::Syntax);
        }
        if !reader.problems.is_empty() {
            // What could be read between the slips would only be guessed.
            reader.problems.dedup_by_key(|error| error.line);
            return (Self::default(), reader.problems);
        }
        let settings = reader.settings();
        reader.unknown_keys(reader.table, KEYS, "");
        reader.problems.sort_by_key(|error| error.line);
        (settings, reader.problems)
    }
}

struct Reader<'t> {
    text: &'t str,
    file: &'t Path,
    table: &'t DeTable<'t>,
    problems: Vec<SettingsError>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl<'t> Reader<'t> {
    fn settings(&mut self) -> KioskSettings {
        let defaults = KioskSettings::default();
        KioskSettings {
            language: self.word("language", LANGUAGES).map_or(defaults.language, |index| Language::ALL[index]),
            archive: self.path("archive"),
            monitor: self.number("monitor", 1..=16, defaults.monitor),
            text_size_points: self.number("text_size_points", 14..=60, defaults.text_size_points),
            renderer: match self.word("renderer", RENDERERS) {
                Some(1) => Renderer::Gl,
                Some(2) => Renderer::Cpu,
                _ => Renderer::Automatic,
            },
            idle_secs: self.number("idle_secs", 10..=3600, defaults.idle_secs),
            warning_secs: self.number("warning_secs", 5..=120, defaults.warning_secs),
            attract_secs_per_scene: self.number("attract_secs_per_scene", 4..=300, defaults.attract_secs_per_scene),
            opening_hours: self.opening_hours(),
            daily_restart: self.daily_restart(defaults.daily_restart),
            memory_limit_mib: self.number("memory_limit_mib", 128..=65_536, defaults.memory_limit_mib),
            hang_secs: self.number("hang_secs", 5..=600, defaults.hang_secs),
            pin_hash: self.text_that("pin_hash", Allowed::PinHash, |hash| pin::is_hash(hash).then(|| hash.to_owned())),
            staff_hold_secs: self.number("staff_hold_secs", 2..=30, defaults.staff_hold_secs),
            updates_folder: self.path("updates_folder"),
            statistics: self.truth("statistics", defaults.statistics),
            qr_codes: self.truth("qr_codes", defaults.qr_codes),
        }
    }

    fn tell(&mut self, at: Option<&Range<usize>>, problem: SettingsProblem) {
        let before = at.and_then(|span| self.text.as_bytes().get(..span.start));
        let line = before.map(|before| 1 + before.iter().filter(|byte| **byte == b'\n').count());
        self.problems.push(SettingsError { file: self.file.to_owned(), line, problem });
    }

    fn refuse(&mut self, key: &str, value: &Value<'_>, allowed: Allowed) {
        let span = value.span();
        let found = self.text.get(span.clone()).unwrap_or_default().chars().take(60).collect();
        self.tell(Some(&span), SettingsProblem::NotAllowed { key: key.to_owned(), found, allowed });
    }

    fn unknown_keys(&mut self, table: &DeTable<'_>, known: &[&'static str], prefix: &str) {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let nearest = nearest_key(name, known);
                let problem = SettingsProblem::UnknownKey { key: format!("{prefix}{name}"), nearest };
                self.tell(Some(&key.span()), problem);
            }
        }
    }

    /// What `read` makes of a key's value; `None` where there is none, or it is refused.
    fn value<T>(&mut self, key: &str, allowed: Allowed, read: impl FnOnce(&DeValue<'_>) -> Option<T>) -> Option<T> {
        let value = self.table.get(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            self.refuse(key, value, allowed);
        }
        read
    }

    fn text_that<T>(&mut self, key: &str, allowed: Allowed, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        self.value(key, allowed, |value| read(value.as_str()?))
    }

    fn number(&mut self, key: &str, range: RangeInclusive<u32>, default: u32) -> u32 {
        let allowed = Allowed::Number { least: *range.start(), most: *range.end() };
        let number = self.value(key, allowed, |value| {
            let integer = value.as_integer()?;
            u32::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|number| range.contains(number))
        });
        number.unwrap_or(default)
    }

    fn truth(&mut self, key: &str, default: bool) -> bool {
        self.value(key, Allowed::TrueOrFalse, |value| value.as_bool()).unwrap_or(default)
    }

    /// The index of one of `words`.
    fn word(&mut self, key: &str, words: &'static [&'static str]) -> Option<usize> {
        self.text_that(key, Allowed::OneOf(words), |text| words.iter().position(|word| *word == text))
    }

    fn path(&mut self, key: &str) -> Option<PathBuf> {
        let path = self.text_that(key, Allowed::Path, |text| {
            (!text.trim().is_empty() && !text.contains('\0')).then(|| PathBuf::from(text))
        })?;
        let joined = self.file.parent().map_or_else(|| path.clone(), |folder| folder.join(&path));
        Some(std::path::absolute(&joined).unwrap_or(joined))
    }

    fn daily_restart(&mut self, default: Option<TimeOfDay>) -> Option<TimeOfDay> {
        let time = self.text_that("daily_restart", Allowed::TimeOfDay, |text| match text {
            "off" => Some(None),
            _ => TimeOfDay::parse(text).map(Some),
        });
        time.unwrap_or(default)
    }

    /// One value for every day, or a table of days.
    fn opening_hours(&mut self) -> OpeningHours {
        let always = OpeningHours::default();
        let Some(value) = self.table.get("opening_hours") else { return always };
        let Some(days) = value.get_ref().as_table() else {
            let every = spans(value.get_ref());
            if every.is_none() {
                self.refuse("opening_hours", value, Allowed::Hours);
            }
            return every.map_or(always, |every| OpeningHours(std::array::from_fn(|_| every.clone())));
        };
        self.unknown_keys(days, DAY_KEYS, "opening_hours.");
        let mut read = |name: &str| {
            let value = days.get(name)?;
            let read = spans(value.get_ref());
            if read.is_none() {
                self.refuse(&format!("opening_hours.{name}"), value, Allowed::Hours);
            }
            read
        };
        let every = read("every_day").unwrap_or_else(|| vec![Span::WHOLE_DAY]);
        OpeningHours(std::array::from_fn(|day| read(DAY_KEYS[day]).unwrap_or_else(|| every.clone())))
    }
}

/// `"09:00-17:30"`, a list of such, or `"closed"`.
fn spans(value: &DeValue<'_>) -> Option<Vec<Span>> {
    match (value.as_str(), value.as_array()) {
        (Some("closed"), _) => Some(Vec::new()),
        (Some(text), _) => Some(vec![Span::parse(text)?]),
        (None, Some(list)) => list.iter().map(|item| Span::parse(item.get_ref().as_str()?)).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (KioskSettings, Vec<(Option<usize>, SettingsProblem)>) {
        let (settings, problems) = KioskSettings::parse(text, Path::new("/k/kiosk.toml"));
        (settings, problems.into_iter().map(|error| (error.line, error.problem)).collect())
    }

    #[track_caller]
    fn refused(text: &str, line: usize, key: &str, allowed: Allowed) {
        let (settings, problems) = read(text);
        assert_eq!(settings, KioskSettings::default(), "{text}");
        let [(at, SettingsProblem::NotAllowed { key: found, allowed: takes, .. })] = &problems[..] else {
            panic!("{text}: {problems:?}");
        };
        assert_eq!((*at, found.as_str(), *takes), (Some(line), key, allowed), "{text}");
    }

    #[test]
    fn an_empty_file_is_the_defaults() {
        assert_eq!(read(""), (KioskSettings::default(), Vec::new()));
        assert_eq!(read("# nothing\n"), (KioskSettings::default(), Vec::new()));
    }

    #[test]
    fn the_example_file_shows_every_key_with_its_default() {
        let example = include_str!("../../../assets/kiosk/kiosk.toml");
        assert_eq!(read(example), (KioskSettings::default(), Vec::new()));
        let shown = |key: &&&str| example.contains(&format!("\n#{key} = ")) || example.contains(&format!("\n#[{key}]"));
        let missing: Vec<_> = KEYS.iter().filter(|key| !shown(key)).collect();
        assert!(missing.is_empty(), "not in the example: {missing:?}");
        // With its comment marks taken off, it is valid.
        let on: String = example
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with([' ', '#'])).unwrap_or(line))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(read(&on).1, Vec::new(), "{on}");
    }

    #[test]
    fn every_key_is_in_the_documentation() {
        let documentation = include_str!("../../../docs/kiosk.md");
        for key in KEYS.iter().chain(DAY_KEYS) {
            assert!(documentation.contains(&format!("`{key}`")), "{key}");
        }
    }

    #[test]
    fn values_are_taken_as_they_are_written() {
        let (settings, problems) = read(
            "language = \"en\"\narchive = 'archives/温泉'\nmonitor = 2\nrenderer = \"cpu\"\nidle_secs = 1_20\n\
             daily_restart = \"off\"\nstatistics = false\nupdates_folder = '/media/kiosk'\n\
             [opening_hours]\nmonday = \"closed\"\nevery_day = [\"09:00-12:00\", \"14:00-17:30\"]\n",
        );
        assert_eq!(problems, Vec::new());
        assert_eq!((settings.language, settings.monitor, settings.idle_secs), (Language::En, 2, 120));
        assert_eq!(settings.archive.as_deref(), std::path::absolute("/k/archives/温泉").ok().as_deref());
        assert_eq!(settings.updates_folder.as_deref(), std::path::absolute("/media/kiosk").ok().as_deref());
        assert_eq!((settings.renderer, settings.daily_restart), (Renderer::Cpu, None));
        assert!(!settings.statistics && settings.qr_codes);
        let lengths = settings.opening_hours.0.map(|day| day.len());
        assert_eq!(lengths, [0, 2, 2, 2, 2, 2, 2]);
    }

    #[test]
    fn what_is_not_allowed_is_told_with_line_and_key() {
        let idle = Allowed::Number { least: 10, most: 3600 };
        refused("idle_secs = 5", 1, "idle_secs", idle);
        refused("\n\nidle_secs = \"90\"", 3, "idle_secs", idle);
        refused("idle_secs = -90", 1, "idle_secs", idle);
        refused("idle_secs = 90.0", 1, "idle_secs", idle);
        refused("idle_secs = 99999999999999999999", 1, "idle_secs", idle);
        refused("language = \"zh\"", 1, "language", Allowed::OneOf(LANGUAGES));
        refused("archive = \" \"", 1, "archive", Allowed::Path);
        refused("archive = 3", 1, "archive", Allowed::Path);
        refused("statistics = \"yes\"", 1, "statistics", Allowed::TrueOrFalse);
        refused("daily_restart = \"25:00\"", 1, "daily_restart", Allowed::TimeOfDay);
        refused("daily_restart = 03:30:00", 1, "daily_restart", Allowed::TimeOfDay);
        refused("opening_hours = \"nine to five\"", 1, "opening_hours", Allowed::Hours);
        refused("[opening_hours]\nmonday = [\"09:00-10:00\", 3]", 2, "opening_hours.monday", Allowed::Hours);
        refused("pin_hash = \"123456\"", 1, "pin_hash", Allowed::PinHash);
    }

    #[test]
    fn an_unknown_key_is_told_with_the_nearest_one() {
        let unknown = |key: &str, nearest| SettingsProblem::UnknownKey { key: key.to_owned(), nearest };
        let (_, problems) = read("idle_sec = 90\ncolour = 1\n[opening_hours]\nmunday = \"closed\"\n");
        let expected = [
            (Some(1), unknown("idle_sec", Some("idle_secs"))),
            (Some(2), unknown("colour", None)),
            (Some(4), unknown("opening_hours.munday", Some("monday"))),
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn one_wrong_key_costs_only_itself() {
        let (settings, problems) = read("idle_secs = 5\nmonitor = 3\n");
        assert_eq!((settings.idle_secs, settings.monitor, problems.len()), (90, 3, 1));
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_lines() {
        let (settings, problems) = read("idle_secs = 90\nmonitor = \narchive = \"D:\\卷宗\"\nmonitor = 2\n");
        assert_eq!(settings, KioskSettings::default());
        assert!(problems.iter().all(|(_, problem)| *problem == SettingsProblem::Syntax), "{problems:?}");
        let lines: Vec<_> = problems.iter().map(|(line, _)| line.expect("a line")).collect();
        assert!(lines.starts_with(&[2, 3]), "{lines:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_text_brings_it_down(text in "[a-z_\\[\\]=\"'0-9.:#\n 温{},-]{0,80}") {
            read(&text);
        }
    }
}
