//! Errors and problems as sentences, in English.

use crate::archive::{Expected, LoadError, PhotoError, Problem, Slip};
use crate::files::SaveError;

use crate::text::{Message, file_size, message};

pub(in crate::text) fn io(kind: std::io::ErrorKind) -> &'static str {
    use std::io::ErrorKind as E;
    match kind {
        E::NotFound => "there is no such file",
        E::PermissionDenied => "permission is missing",
        E::IsADirectory => "this is a folder",
        E::AlreadyExists => "a file of that name is there already",
        E::InvalidInput => "this is no ordinary file",
        E::StorageFull => "the disk is full",
        E::ReadOnlyFilesystem => "this place cannot be written to",
        E::TimedOut => "it took too long",
        _ => "reading or writing failed",
    }
}

pub(in crate::text) fn load_error(error: &LoadError) -> Message {
    match error {
        LoadError::Io { path, kind } => message(
            format!("{} cannot be opened: {}.", path.display(), io(*kind)),
            "Check the path, and that the stick or shared folder is connected.",
        ),
        LoadError::TooLarge { path, bytes } => message(
            format!("{} is too large for an archive ({}).", path.display(), file_size(*bytes)),
            "Make sure that it is an archive.json.",
        ),
        LoadError::Encoding => {
            message("This file is no text.", "Choose an archive.json; if it is text, save it as UTF-8.")
        }
        LoadError::NotJson { line, column } => message(
            format!("This file is no JSON: it cannot be read from line {line}, column {column}."),
            "Look at that line in a text editor; the file should begin with {.",
        ),
        LoadError::NotAnArchive => {
            message("This is JSON, but no archive: the list 'reports' is missing.", "Choose an archive's archive.json.")
        }
        LoadError::NoArchives { folder } => message(
            format!("There is no archive in the folder {}.", folder.display()),
            "An archive is a folder with an archive.json, up to three folders deep. Choose another folder.",
        ),
        LoadError::NoneReadable { count, path, why } => {
            let why = load_error(why);
            let others = if *count > 1 { format!("None of {count} archives can be read. ") } else { String::new() };
            message(format!("{others}{}: {}", path.display(), why.what), why.remedy)
        }
        LoadError::LinkOutside { path } => message(
            format!("{} is a link that leads out of the folder: it was not read.", path.display()),
            "Put the archive itself into the folder, or open it by itself.",
        ),
        LoadError::TooManyArchives { folder, limit } => message(
            format!("{} holds more than {limit} archives: the others were not read.", folder.display()),
            "Divide them among several folders, and open each by itself.",
        ),
        LoadError::LibraryTooLarge { path, limit_bytes } => message(
            format!(
                "{} was not read: together the archives are larger than {}.",
                path.display(),
                file_size(*limit_bytes)
            ),
            "Divide them among several folders, and open each by itself.",
        ),
        LoadError::Cancelled => message("No longer opened.", ""),
    }
}

pub(in crate::text) fn photo_error(error: &PhotoError) -> Message {
    match error {
        PhotoError::Missing => {
            message("The picture's file is missing.", "Put it back into the archive's folder and reload.")
        }
        PhotoError::Outside => message(
            "The picture's path leaves the archive's folder and was not read.",
            "Move the picture into the archive's folder.",
        ),
        PhotoError::TooLarge { bytes } => {
            message(format!("The picture's file is too large ({}).", file_size(*bytes)), "Use a smaller one.")
        }
        PhotoError::TooManyPixels { width, height } => message(
            format!("The picture is too large ({width} × {height})."),
            "Scale it down below 100 megapixels of 8 bits a channel.",
        ),
        PhotoError::NotAPicture => {
            message("This file is no picture that can be shown.", "Use JPEG, PNG, WebP, GIF, BMP or TIFF.")
        }
        PhotoError::Damaged => message("The picture's file is damaged.", "Restore it from a backup."),
        PhotoError::Io(kind) => {
            message(format!("The picture cannot be read: {}.", io(*kind)), "Check permissions and the disk.")
        }
    }
}

pub(in crate::text) fn save_error(error: &SaveError) -> Message {
    match error {
        SaveError::Source(error) => photo_error(error),
        SaveError::Io { path, kind } => {
            message(format!("{} could not be saved: {}.", path.display(), io(*kind)), "Try another place.")
        }
    }
}

pub(in crate::text) fn problem(problem: &Problem) -> Message {
    match problem {
        Problem::Mended(slip) => {
            let (what, remedy) = match slip {
                Slip::TrailingComma => ("A comma too many was passed over.", "Delete it."),
                Slip::MissingComma => ("A missing comma was put in.", "Add a comma here."),
                Slip::Comment => ("JSON has no comments; this one was passed over.", "Delete it."),
                Slip::FullWidthMark => ("A full-width mark was read as its half-width one.", "Use half-width marks."),
                Slip::LineFeedInString => ("A line break or tab inside a text was kept.", "Write line breaks as \\n."),
                Slip::TextAfterEnd => ("Text after the archive's end was not read.", "Delete it."),
                Slip::ControlCharacter => {
                    ("A control character inside a text was kept.", "Delete this invisible character.")
                }
                Slip::BadWord => (
                    "This number or word cannot be read and was left out.",
                    "Write numbers as 120 or 1.5, texts in quotes.",
                ),
                Slip::BadEscape => ("A backslash was read as itself.", "Write \\\\ or use /."),
            };
            message(what, remedy)
        }
        Problem::CutShort => message(
            "The JSON breaks off here; what follows was not read.",
            "Check this line's quotes and brackets, or restore a backup.",
        ),
        Problem::BadBytes => message(
            "Some bytes of the file are damaged and shown as �.",
            "Restore a backup, or save as UTF-8 and correct it.",
        ),
        Problem::TooDeep => message(
            "Brackets are nested too deep; what follows was not read.",
            "An archive needs 6 levels at most: check the brackets here.",
        ),
        Problem::NoVersion => message("The format's version is missing; read as version 1.", "Add \"format\": 1."),
        Problem::NewerVersion { found } => {
            message(format!("Format {found} is newer than this program; only what it knows was read."), "Update it.")
        }
        Problem::UnknownKey { key, nearest: Some(nearest) } => {
            message(format!("There is no member '{key}'; it was not read."), format!("Did you mean '{nearest}'?"))
        }
        Problem::UnknownKey { key, nearest: None } => message(
            format!("There is no member '{key}'; it was not read."),
            "Delete it, or rename it after archive.schema.json.",
        ),
        Problem::WrongValue { expected } => {
            let expected = match expected {
                Expected::Text => "text in quotes".to_owned(),
                Expected::Number => "a number".to_owned(),
                Expected::TrueOrFalse => "true or false".to_owned(),
                Expected::List => "a list in [ ]".to_owned(),
                Expected::Object => "an item in { }".to_owned(),
                Expected::OneOf(words) => words.clone(),
            };
            message("This value does not fit and was not read.", format!("It should be {expected}."))
        }
        Problem::Missing { key } => {
            message(format!("'{key}' is missing; something stands in for it."), format!("Add '{key}'."))
        }
        Problem::ItemLeftOut { missing: Some(key) } => {
            message(format!("'{key}' is missing, so this item was not read."), format!("Add '{key}'."))
        }
        Problem::ItemLeftOut { missing: None } => {
            message("This item cannot be read.", "Compare it with archive.schema.json.")
        }
        Problem::DoubledMember => message(
            "This stands twice in the same place; only the last one was read.",
            "Keep the right one, delete the other.",
        ),
        Problem::DuplicateId { id, renamed } => {
            message(format!("The id '{id}' is used twice; this one became '{renamed}'."), "Give it an id of its own.")
        }
        Problem::Dangling { id } => message(
            format!("There is no '{id}'; this reference leads nowhere."),
            "Correct the id, or add what it means.",
        ),
        Problem::QuoteNotFound => message(
            "The quote does not stand in its section; it leads to the section's start.",
            "Copy the sentence from the text as it is.",
        ),
        Problem::PhotoMissing { file } => {
            message(format!("The picture {file} is missing."), "Put the file back into the archive's folder.")
        }
        Problem::PathOutside { file } => message(
            format!("The path {file} leaves the archive's folder and was not read."),
            "Move the picture into the folder and write a relative path.",
        ),
        Problem::NoFile => message("This picture names no file.", "Add 'file'."),
        Problem::Changed { file } => {
            message(format!("{file} is not of the recorded size or digest: it may have changed."), "Compare a backup.")
        }
        Problem::WrongDimensions { file, width, height } => {
            message(format!("{file} is {width} × {height}, not as recorded."), "Correct width and height.")
        }
        Problem::PhotoUnreadable { file, why } => {
            let why = photo_error(why);
            message(format!("{file}: {}", why.what), why.remedy)
        }
        Problem::More { count } => message(format!("{count} more problems are not listed."), "Mend those above first."),
    }
}
