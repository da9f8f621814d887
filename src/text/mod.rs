//! Every word that the programs say, in each language. A missing translation does not compile.

mod en;
mod errors;
mod exhibition;
mod fingers;
pub mod kiosk;
mod search;
mod shot;
mod staff;
mod zh;

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::app::{BodyFace, Drawing, ExportError, Leading, LineLength, Theme};
use crate::archive::{Diagnostic, LoadError, PhotoError, PhotoField, PhotoKind, Problem, ReportField, SectionKind};
use crate::export::Kind;
use crate::export::clip::CopyForm;
use crate::files::SaveError;
use crate::library::Field;
use crate::library::filter::Dimension;
use crate::search::TextKind;

pub use search::SearchWords;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    #[serde(rename = "en")]
    En,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The system's language where it is one of ours; English for those who read neither. The environment is asked
    /// first, on systems too that know a language without it.
    pub fn of_system() -> Self {
        let mut told =
            ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
        let locale = told.find(|locale| !locale.is_empty()).or_else(sys_locale::get_locale);
        locale.map_or(Self::ZhCn, |locale| Self::of_locale(&locale))
    }

    fn of_locale(locale: &str) -> Self {
        let primary = locale.split(['-', '_', '.', ':']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            // "C" and "POSIX" say nothing about the reader.
            "zh" | "c" | "posix" | "" => Self::ZhCn,
            _ => Self::En,
        }
    }

    pub fn words(self) -> &'static Words {
        match self {
            Self::ZhCn => &zh::WORDS,
            Self::En => &en::WORDS,
        }
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::ZhCn => "简体中文",
            Self::En => "English",
        }
    }
}

/// What happened, and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub what: String,
    pub remedy: String,
}

fn message(what: impl Into<String>, remedy: impl Into<String>) -> Message {
    Message { what: what.into(), remedy: remedy.into() }
}

/// The words of one language.
pub struct Words {
    pub app_name: &'static str,
    /// Stands between two short texts of one line.
    pub between: &'static str,
    /// Stands where a text was cut.
    pub cut: &'static str,
    /// All archives of the library.
    pub shelf: &'static str,
    pub shelf_filter: &'static str,
    pub clear_filter: &'static str,
    /// Archives, sections and photos of a library.
    pub shelf_size: fn(usize, usize, usize) -> String,
    /// Reports, sections and photos of an archive.
    pub archive_size: fn(usize, usize, usize) -> String,
    /// The first and the last year.
    pub years: fn(u16, u16) -> String,
    pub cover: &'static str,
    pub contents: &'static str,
    pub gallery: &'static str,
    pub figures: &'static str,
    pub about_report: &'static str,
    pub untitled: &'static str,
    pub start_reading: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub back: &'static str,
    pub forward: &'static str,
    pub close: &'static str,
    pub cancel: &'static str,
    pub open: &'static str,
    pub save: &'static str,
    pub open_archive: &'static str,
    pub open_folder: &'static str,
    pub open_other_file: &'static str,
    pub open_other_folder: &'static str,
    pub open_bundled: &'static str,
    pub reload: &'static str,
    pub recents: &'static str,
    pub no_recents: &'static str,
    pub forget_recents: &'static str,
    pub drop_here: &'static str,
    pub settings: &'static str,
    pub text_size: &'static str,
    pub larger: &'static str,
    pub face: &'static str,
    pub face_name: fn(BodyFace) -> &'static str,
    pub leading: &'static str,
    pub leading_name: fn(Leading) -> &'static str,
    pub line_length: &'static str,
    pub line_length_name: fn(LineLength) -> &'static str,
    pub justify: &'static str,
    pub as_stored: &'static str,
    pub as_stored_hint: &'static str,
    pub drawing: &'static str,
    pub drawing_name: fn(Drawing) -> &'static str,
    pub drawing_hint: &'static str,
    pub without_graphics_card: &'static str,
    /// What follows from settings that could not be written.
    pub settings_forgotten: &'static str,
    pub elder: &'static str,
    pub elder_hint: &'static str,
    pub smaller: &'static str,
    pub theme: &'static str,
    pub language: &'static str,
    pub show_contents: &'static str,
    pub hide_contents: &'static str,
    pub shortcuts: &'static str,
    pub menu: &'static str,
    pub quit: &'static str,

    pub search_hint: &'static str,
    pub search_label: &'static str,
    pub clear_search: &'static str,
    pub search_results: &'static str,
    pub searching: &'static str,
    pub next_hit: &'static str,
    pub previous_hit: &'static str,
    pub nearest: &'static str,

    /// Stands on every picture that is no photo of the record: in full, and for small pictures.
    pub photo_kind_badge: fn(PhotoKind) -> Option<[&'static str; 2]>,
    pub photo_missing: &'static str,
    pub photo_loading: &'static str,
    pub no_photos: &'static str,
    pub no_figures: &'static str,
    pub empty_section: &'static str,
    pub empty_archive: &'static str,
    pub zoom_in: &'static str,
    pub zoom_out: &'static str,
    pub fit: &'static str,
    pub details: &'static str,
    pub save_copy: &'static str,
    pub in_section: &'static str,
    pub file: &'static str,
    pub file_size: &'static str,
    pub dimensions: &'static str,
    pub photo_key: &'static str,
    pub caption: &'static str,
    pub alt: &'static str,
    pub kind: &'static str,

    pub figure_hint: &'static str,
    pub about: &'static str,
    pub problems: &'static str,
    pub no_problems: &'static str,
    pub path: &'static str,
    pub path_hint: &'static str,
    pub no_dialog: &'static str,
    /// How many characters, and how.
    pub copied: fn(usize, CopyForm) -> String,
    pub copy_with_citation: &'static str,
    pub copy_markdown: &'static str,
    pub select_by_keys: &'static str,
    pub export: &'static str,
    pub export_menu: &'static str,
    pub export_what: &'static str,
    pub this_section: &'static str,
    pub this_report: &'static str,
    pub whole_archive: &'static str,
    pub export_as: &'static str,
    pub kind_name: fn(Kind) -> &'static str,
    pub paper: &'static str,
    pub save_as: &'static str,
    pub exporting: &'static str,
    pub print: &'static str,
    pub printing: &'static str,
    pub not_made: fn(&str) -> Message,
    pub no_viewer: fn(&Path) -> Message,
    pub address_copied: &'static str,
    pub contents_title: &'static str,
    pub go_to: &'static str,
    pub copy_text: &'static str,
    pub selection_start: &'static str,
    /// From a footnote to its mark.
    pub back_to_note: fn(usize) -> String,
    pub selection_end: &'static str,
    /// Percent that were read, and minutes for the rest.
    pub progress: fn(usize, usize) -> String,
    pub select_all: &'static str,
    pub panicked: &'static str,
    pub loading: &'static str,

    pub search: SearchWords,
    pub key_names: KeyNames,

    pub theme_name: fn(Theme) -> &'static str,
    pub section_kind: fn(SectionKind) -> &'static str,
    pub photo_kind: fn(PhotoKind) -> &'static str,
    pub report_field: fn(ReportField) -> &'static str,
    pub photo_field: fn(PhotoField) -> &'static str,
    /// The name of a found text.
    pub field: fn(Field) -> &'static str,
    pub hits: fn(usize) -> String,
    pub nothing_found: fn(&str) -> String,
    pub photos: fn(usize) -> String,
    pub about_value: fn(&str) -> String,
    /// Its title, the number of archives, and of problems.
    pub opened: fn(&str, usize, usize) -> String,
    pub saved_to: fn(&Path) -> String,
    pub problem_count: fn(usize) -> String,
    pub page_of: fn(usize, usize) -> String,
    pub date: fn(&str) -> String,
    /// The name of a language, by its BCP 47 tag.
    pub language_name: fn(&str) -> &str,
    pub line: fn(usize) -> String,
    pub load_error: fn(&LoadError) -> Message,
    pub photo_error: fn(&PhotoError) -> Message,
    pub save_error: fn(&SaveError) -> Message,
    pub problem: fn(&Problem) -> Message,
    /// What can be typed after `juanzong`.
    pub usage: &'static str,
    pub no_such_option: fn(&str) -> String,
    /// No window could be opened; the argument is the system's word for it.
    pub no_window: fn(&str) -> Message,
    pub no_opengl: fn(&str) -> Message,
    pub cli: CliWords,
    pub results: ResultsWords,
    pub kiosk: kiosk::KioskWords,
    pub exhibition: exhibition::ExhibitionWords,
    pub staff: staff::StaffWords,
    pub fingers: fingers::FingersWords,
    pub shot: shot::ShotWords,
}

/// The names of the actions in the list of shortcuts.
pub struct KeyNames {
    pub reading: &'static str,
    pub searching: &'static str,
    pub photos: &'static str,
    pub program: &'static str,
    pub scroll: &'static str,
    pub page: &'static str,
    pub start_end: &'static str,
    pub tab: &'static str,
    pub pan: &'static str,
    pub leave: &'static str,
    pub first_last: &'static str,
}

/// What `jz` says.
pub struct CliWords {
    pub about: &'static str,
    pub check: &'static str,
    pub search: &'static str,
    pub completions: &'static str,
    pub export: &'static str,
    pub to: &'static str,
    pub section: &'static str,
    pub output: &'static str,
    pub paper: &'static str,
    pub size: &'static str,
    pub bad_text_size: fn(&std::ops::RangeInclusive<f32>) -> String,
    pub face: &'static str,
    pub force: &'static str,
    pub exists: fn(&Path) -> String,
    pub no_section: fn(&str) -> String,
    pub missing_characters: fn(&[char]) -> String,
    pub help: &'static str,
    pub archive: &'static str,
    pub query: &'static str,
    pub json: &'static str,
    pub shell: &'static str,
    pub usage: &'static str,
    pub commands: &'static str,
    pub arguments: &'static str,
    pub options: &'static str,
    pub print_help: &'static str,
    pub print_version: &'static str,
    pub exit_codes: &'static str,
    pub error: &'static str,
    pub warning: &'static str,
    pub remedy: &'static str,
    pub bundled: &'static str,
    pub fine: fn(&str, usize, usize, usize) -> String,
    pub found_problems: fn(usize, usize) -> String,
    pub unknown: fn(&str) -> String,
    pub missing: fn(&str) -> String,
    pub wrong_use: &'static str,
    pub see_help: &'static str,
}

/// What files of search results say.
pub struct ResultsWords {
    /// Of what was typed.
    pub title: fn(&str) -> String,
    pub query: &'static str,
    pub found: &'static str,
    /// Places, and documents that they are in.
    pub counts: fn(u64, usize) -> String,
    pub dimension: fn(Dimension) -> &'static str,
    pub kind: fn(TextKind) -> &'static str,
    pub days: &'static str,
    /// From and to, in words; one of them at least is there.
    pub range: fn(Option<&str>, Option<&str>) -> String,
    /// A name and what it has.
    pub line: fn(&str, &str) -> String,
    /// Several as one.
    pub list: fn(&[String]) -> String,
    /// How many places were not listed.
    pub left_out: fn(u64) -> String,
    /// The headings of a table, in the order of [`crate::export::results::csv`].
    pub columns: [&'static str; 11],
}

impl Words {
    /// Why nothing was exported, and what to do.
    pub fn export_error(&self, error: &ExportError) -> Message {
        match error {
            ExportError::Pdf(error) => (self.not_made)(&error.to_string()),
            ExportError::Save(error) => (self.save_error)(error),
            ExportError::NoViewer { path } => (self.no_viewer)(path),
        }
    }

    /// A diagnostic as one line: where, what, and what to do.
    pub fn diagnostic(&self, file: &str, diagnostic: &Diagnostic) -> String {
        let Message { what, remedy } = (self.problem)(&diagnostic.problem);
        let place = match (diagnostic.place.line, diagnostic.place.path.as_str()) {
            (Some(line), "") => format!("{file}:{line}"),
            (Some(line), path) => format!("{file}:{line} ({path})"),
            (None, "") => file.to_owned(),
            (None, path) => format!("{file} ({path})"),
        };
        format!("{place}: {what} {remedy}")
    }
}

/// A size as people read it: 1.2 MB.
pub fn file_size(bytes: u64) -> String {
    let (divisor, unit) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (1e3, "KB"),
        1_000_000..1_000_000_000 => (1e6, "MB"),
        _ => (1e9, "GB"),
    };
    let value = bytes as f64 / divisor;
    if value < 10.0 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

/// A number with thousands apart: 1,340.87.
pub fn number(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        // Four digits stay together, as in print.
        if i > 0 && digits.len() > 4 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_language_is_recognized() {
        for (locale, expected) in [
            ("zh-CN", Language::ZhCn),
            ("zh_TW.UTF-8", Language::ZhCn),
            ("zh:en", Language::ZhCn),
            ("C", Language::ZhCn),
            ("en-US", Language::En),
            ("de_DE", Language::En),
        ] {
            assert_eq!(Language::of_locale(locale), expected, "{locale}");
        }
    }

    #[test]
    fn numbers_and_sizes_read_well() {
        for (value, expected) in
            [(120.0, "120"), (1340.87, "1340.87"), (12345.5, "12,345.5"), (-1234567.0, "-1,234,567")]
        {
            assert_eq!(number(value), expected);
        }
        for (bytes, expected) in [(0, "0 B"), (1_234, "1.2 KB"), (345_678, "346 KB"), (12_345_678, "12 MB")] {
            assert_eq!(file_size(bytes), expected);
        }
    }

    #[test]
    fn chinese_sentences_hold_no_latin_codes() {
        let problems = [
            Problem::CutShort,
            Problem::NoVersion,
            Problem::QuoteNotFound,
            Problem::NoFile,
            Problem::Missing { key: "title" },
        ];
        for problem in problems {
            for language in Language::ALL {
                let message = (language.words().problem)(&problem);
                assert!(!message.what.is_empty() && !message.remedy.is_empty(), "{problem:?}");
                assert!(!message.what.contains("Problem") && !message.what.contains('{'), "{message:?}");
            }
        }
    }
}
