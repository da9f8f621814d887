//! English.

use crate::kiosk::pin::PinError;
use crate::kiosk::settings::{Allowed, SettingsError, SettingsProblem};
use crate::kiosk::update::UpdateError;
use crate::kiosk::watch::{Entry, Why};
use crate::text::errors::en::{io, load_error, problem, save_error};
use crate::text::{Message, file_size, message};

use super::{KioskWords, place};

pub const WORDS: KioskWords = KioskWords {
    settings_error,
    settings_fine: |file| format!("{}: no problems.", file.display()),
    last_good_used: "The settings of the last start without problems are used.",
    not_started: "The exhibition was not started: correct the settings first.",
    no_settings_file: "There is no kiosk.toml; everything is at its default.",
    pin_error: |error| match error {
        PinError::NotDigits => message("A PIN has 6 to 12 digits.", "Choose another."),
        PinError::TooSimple => message("This PIN is easily guessed.", "Use no equal or consecutive digits."),
        PinError::NoRandomness => message("The system gave no random numbers.", "Try again, or on another computer."),
    },
    log_entry,
    statistics_headings: &[
        "Date",
        "Sessions",
        "Sections opened",
        "Pictures opened",
        "Searches",
        "Searches that found nothing",
        "Under 30 s",
        "30 s to 2 min",
        "2 to 5 min",
        "5 to 15 min",
        "15 min and more",
    ],
    update_error,
    about: "What an exhibition is set up with",
    make_pin: "Make the line pin_hash of kiosk.toml from a PIN",
    ask_pin: "Type the staff's PIN (6 to 12 digits, shown as you type) and press Enter:",
    print_statistics: "Print what was counted, day by day",
    as_csv: "As a table in CSV",
    check_settings: "Check a kiosk.toml",
    settings_file: "Path of the kiosk.toml",
};

fn settings_error(error: &SettingsError) -> Message {
    let place = place(error);
    match &error.problem {
        SettingsProblem::Unreadable(kind) => {
            message(format!("{place}: cannot be opened: {}.", io(*kind)), "Check the path and permissions.")
        }
        SettingsProblem::NotText => {
            message(format!("{place}: these are no settings."), "Choose a kiosk.toml; save it as UTF-8.")
        }
        SettingsProblem::Syntax => message(
            format!("{place}: this line cannot be read."),
            "Write 'name = value', each name once, texts in quotes; Windows paths in single quotes.",
        ),
        SettingsProblem::UnknownKey { key, nearest: Some(nearest) } => {
            message(format!("{place}: there is no '{key}'."), format!("Did you mean '{nearest}'?"))
        }
        SettingsProblem::UnknownKey { key, nearest: None } => {
            message(format!("{place}: there is no '{key}'."), "Delete it, or correct it after docs/kiosk.md.")
        }
        SettingsProblem::NotAllowed { key, found, allowed } => {
            message(format!("{place}: '{key}' cannot be {found}."), format!("It takes {}.", self::allowed(*allowed)))
        }
    }
}

fn allowed(allowed: Allowed) -> String {
    match allowed {
        Allowed::Number { least, most } => format!("a whole number from {least} to {most}, without quotes"),
        Allowed::TrueOrFalse => "true or false, without quotes".to_owned(),
        Allowed::OneOf(words) => {
            let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
            words.join(" or ")
        }
        Allowed::Path => "the path of a file or folder, in single quotes".to_owned(),
        Allowed::TimeOfDay => "a time such as \"03:30\", or \"off\"".to_owned(),
        Allowed::Hours => {
            "\"09:00-17:30\", a list such as [\"09:00-12:00\", \"14:00-17:30\"], or \"closed\"".to_owned()
        }
        Allowed::PinHash => "the line that jz kiosk pin prints".to_owned(),
    }
}

fn log_entry(entry: &Entry) -> String {
    match entry {
        Entry::Settings(error) => {
            let said = settings_error(error);
            format!("settings: {} {}", said.what, said.remedy)
        }
        Entry::Started { process } => format!("started (process {process})"),
        Entry::NotStarted { kind } => format!("could not be started: {}", io(*kind)),
        Entry::Ended { code: Some(code), ran_secs } => format!("ended with code {code} after {ran_secs} s"),
        Entry::Ended { code: None, ran_secs } => format!("killed by the system after {ran_secs} s"),
        Entry::Asked(why) => format!("asked to restart: {}", self::why(*why)),
        Entry::Killed(why) => format!("killed: {}", self::why(*why)),
        Entry::StartsAgainIn { secs } => format!("starts again in {secs} s"),
        Entry::LastWords(words) => format!("its last words: {words}"),
        Entry::StaffLeft => "staff left; not started again".to_owned(),
    }
}

fn why(why: Why) -> String {
    match why {
        Why::Hang => "no sign of life".to_owned(),
        Why::Memory { bytes } => format!("it holds {} of memory, above the limit", file_size(bytes)),
        Why::Daily => "the daily restart".to_owned(),
    }
}

fn update_error(error: &UpdateError) -> Message {
    match error {
        UpdateError::Load(error) => load_error(error),
        UpdateError::Damaged { count, first } => message(
            format!(
                "The new content has errors ({count}); nothing was changed. The first: {}",
                problem(&first.problem).what
            ),
            "Check it with jz check on an office computer, and copy it again.",
        ),
        UpdateError::Changing { file } => message(
            format!("{file} changed while it was read; nothing was changed here."),
            "Wait until everything is copied onto the stick, and try again.",
        ),
        UpdateError::NoSpace { needed_bytes, available_bytes } => message(
            format!(
                "There is too little room: {} are needed, {} are free. Nothing was changed.",
                file_size(*needed_bytes),
                file_size(*available_bytes)
            ),
            "Make room first.",
        ),
        UpdateError::Io { path, kind } => message(
            format!("{}: {}; nothing was changed.", path.display(), io(*kind)),
            "See whether the stick is plugged in.",
        ),
        UpdateError::Save(error) => save_error(error),
        UpdateError::BadCopy { file } => message(
            format!("The copy of {file} differs from the original; nothing was changed."),
            "Try again; if it happens again, check this computer's disk.",
        ),
        UpdateError::NothingBefore => message("There is no earlier content to go back to.", "Bring new content."),
        UpdateError::Cancelled => message("Cancelled; nothing was changed.", ""),
    }
}
