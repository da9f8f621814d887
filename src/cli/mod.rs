//! `jz`: the archive keeper's commands, in the system's language.
//!
//! Exit codes: 0 found or fine; 1 nothing found or problems; 2 wrong use or unreadable.

mod arguments;
mod check;
mod export;
mod kiosk;
mod search;
mod shot;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;

use crate::archive::folder::{Listing, archives_in};
use crate::archive::source::FILE_NAME;
use crate::archive::{Archive, LoadError, Source, load};
use crate::text::{Language, Words};

/// What a command ends with.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Outcome {
    Fine = 0,
    NothingOrProblems = 1,
    Unusable = 2,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Runs the command that the arguments name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words = Language::of_system().words();
    let outcome = match arguments::command(words).try_get_matches_from(args) {
        Ok(matches) => carry_out(words, &matches),
        Err(error) => misused(words, &error),
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        // Whoever read our output has heard enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Fine.into(),
        Err(_) => Outcome::Unusable.into(),
    }
}

fn carry_out(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    match matches.subcommand() {
        Some((arguments::CHECK, matches)) => check::run(words, matches),
        Some((arguments::SEARCH, matches)) => search::run(words, matches),
        Some((arguments::EXPORT, matches)) => export::run(words, matches),
        Some((arguments::SHOT, matches)) => shot::run(words, matches),
        Some((arguments::KIOSK, matches)) => kiosk::run(words, matches),
        Some((arguments::COMPLETIONS, matches)) => completions(words, matches),
        _ => {
            write!(io::stderr(), "{}", arguments::command(words).render_help())?;
            Ok(Outcome::Unusable)
        }
    }
}

fn completions(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    let Some(shell) = matches.get_one::<clap_complete::Shell>(arguments::SHELL) else { return Ok(Outcome::Unusable) };
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut arguments::command(words), "jz", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Fine)
}

/// Help and version are asked for; anything else is wrong use, said in the system's language.
fn misused(words: &Words, error: &clap::Error) -> io::Result<Outcome> {
    use clap::error::{ContextKind as Context, ContextValue as Value};
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            write!(io::stdout(), "{}", error.render())?;
            return Ok(Outcome::Fine);
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            write!(io::stderr(), "{}", error.render())?;
            return Ok(Outcome::Unusable);
        }
        _ => {}
    }
    let named = |kinds: &[Context]| {
        kinds.iter().find_map(|kind| match error.get(*kind)? {
            Value::String(text) => Some(text.clone()),
            Value::Strings(texts) => Some(texts.join(" ")),
            _ => None,
        })
    };
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument => named(&[Context::InvalidArg]).map(|arg| (words.cli.missing)(&arg)),
        _ => named(&[Context::InvalidValue, Context::InvalidSubcommand, Context::InvalidArg])
            .map(|arg| (words.cli.unknown)(&arg)),
    };
    let what = what.unwrap_or_else(|| words.cli.wrong_use.to_owned());
    writeln!(io::stderr(), "jz: {what}\n{}", words.cli.see_help)?;
    Ok(Outcome::Unusable)
}

/// The archives and folders that were named, or the default archive.
fn sources(matches: &ArgMatches) -> Vec<Source> {
    let named: Vec<Source> = matches
        .get_many::<OsString>(arguments::ARCHIVE)
        .map(|paths| paths.map(|path| Source::at(Path::new(path))).collect())
        .unwrap_or_default();
    if named.is_empty() { vec![Source::default_for_program()] } else { named }
}

/// What a path stands for: an archive, or the archives of a folder.
enum Named {
    Archive(Source),
    Folder(Listing),
    /// A folder that cannot be listed, which was said.
    Nothing,
}

/// Looks what stands at a path; what of a folder cannot be opened is said.
fn look_at(words: &Words, source: Source) -> io::Result<Named> {
    let Some(folder) = source.folder() else { return Ok(Named::Archive(source)) };
    match archives_in(&folder, &mut || ControlFlow::Continue(())) {
        Ok(listing) if listing.files.is_empty() && listing.unread.is_empty() => {
            complain(words, &source, &LoadError::NoArchives { folder })?;
            Ok(Named::Nothing)
        }
        Ok(listing) => {
            for unread in &listing.unread {
                complain(words, &Source::at(&unread.path), &unread.why)?;
            }
            Ok(Named::Folder(listing))
        }
        Err(why) => {
            complain(words, &source, &why)?;
            Ok(Named::Nothing)
        }
    }
}

/// Opens the archives at the named paths, one after the other, and does something with each. Returns whether all
/// could be opened; what could not be was said.
fn each(
    words: &Words,
    matches: &ArgMatches,
    mut with: impl FnMut(Archive, bool) -> io::Result<()>,
) -> io::Result<bool> {
    let sources = sources(matches);
    let several = sources.len() > 1;
    let mut all = true;
    for source in sources {
        match look_at(words, source)? {
            Named::Nothing => all = false,
            Named::Archive(source) => match open(words, source)? {
                Some(archive) => with(archive, several)?,
                None => all = false,
            },
            Named::Folder(listing) => {
                all &= listing.unread.is_empty();
                for path in listing.files {
                    let source = Source::File(path);
                    match load(source.clone()) {
                        Ok(archive) => with(archive, true)?,
                        // Other programs keep their own things in such files.
                        Err(LoadError::NotAnArchive) if source.path().is_some_and(|p| !p.ends_with(FILE_NAME)) => {}
                        Err(why) => {
                            complain(words, &source, &why)?;
                            all = false;
                        }
                    }
                }
            }
        }
    }
    Ok(all)
}

/// Opens an archive, or says why it cannot be.
fn open(words: &Words, source: Source) -> io::Result<Option<Archive>> {
    match load(source.clone()) {
        Ok(archive) => Ok(Some(archive)),
        Err(why) => {
            complain(words, &source, &why)?;
            Ok(None)
        }
    }
}

fn complain(words: &Words, source: &Source, why: &LoadError) -> io::Result<()> {
    let name = name(words, source);
    let said = (words.load_error)(why);
    let place = match why {
        LoadError::NotJson { line, column } => format!("{name}:{line}:{column}: "),
        LoadError::Encoding | LoadError::NotAnArchive => format!("{name}: "),
        // A path that cannot be opened stands in the sentence itself.
        _ => String::new(),
    };
    writeln!(io::stderr(), "{place}{}: {} {}", words.cli.error, said.what, said.remedy)
}

/// How messages name an archive.
fn name(words: &Words, source: &Source) -> String {
    source.path().map_or_else(|| words.cli.bundled.to_owned(), |path| path.display().to_string())
}
