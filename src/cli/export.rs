//! `jz export`: an archive, or sections of it, as a file for others to read.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::ArgMatches;

use crate::archive::Archive;
use crate::export::pdf::{self, Options, Paper, Progress};
use crate::export::{Scope, markdown, text};
use crate::files::write_whole;
use crate::text::Words;
use crate::typeset::Face;

use super::arguments::{FACE, FORCE, OUTPUT, PAPER, SECTION, SIZE, TO};
use super::{Outcome, open, sources};

pub(super) fn run(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    let complain = |what: &str| writeln!(io::stderr(), "{}: {what}", words.cli.error);
    let Some(output) = matches.get_one::<OsString>(OUTPUT).map(PathBuf::from) else { return Ok(Outcome::Unusable) };
    if output.exists() && !matches.get_flag(FORCE) {
        complain(&(words.cli.exists)(&output))?;
        return Ok(Outcome::Unusable);
    }
    let Some(source) = sources(matches).into_iter().next() else { return Ok(Outcome::Unusable) };
    let Some(archive) = open(words, source)? else { return Ok(Outcome::Unusable) };
    let scope = match matches.get_one::<String>(SECTION) {
        None => Scope::Archive,
        Some(key) => match archive.section_by_key(key) {
            Some(section) => Scope::Section(section),
            None => {
                complain(&(words.cli.no_section)(key))?;
                return Ok(Outcome::Unusable);
            }
        },
    };
    let bytes = match matches.get_one::<String>(TO).map(String::as_str) {
        Some("md") => markdown::write(&archive, words, scope).into_bytes(),
        Some("txt") => text::write(&archive, words, scope).into_bytes(),
        _ if matches.get_one::<f32>(SIZE).is_some_and(|size| !pdf::TEXT_SIZES.contains(size)) => {
            complain(&(words.cli.bad_text_size)(&pdf::TEXT_SIZES))?;
            return Ok(Outcome::Unusable);
        }
        _ => match booklet(&archive, words, scope, matches)? {
            Ok(bytes) => bytes,
            Err(error) => {
                complain(&error.to_string())?;
                return Ok(Outcome::Unusable);
            }
        },
    };
    if let Err(error) = write_whole(&output, &bytes) {
        let said = (words.save_error)(&error);
        complain(&format!("{} {}", said.what, said.remedy))?;
        return Ok(Outcome::Unusable);
    }
    writeln!(io::stdout(), "{}", (words.saved_to)(&output))?;
    Ok(Outcome::Fine)
}

fn booklet(
    archive: &Archive,
    words: &'static Words,
    scope: Scope,
    matches: &ArgMatches,
) -> io::Result<Result<Vec<u8>, pdf::PdfError>> {
    let options = Options {
        paper: if matches.get_one::<String>(PAPER).is_some_and(|paper| paper == "a5") { Paper::A5 } else { Paper::A4 },
        text_size: matches.get_one::<f32>(SIZE).copied(),
        face: if matches.get_one::<String>(FACE).is_some_and(|face| face == "sans") { Face::Sans } else { Face::Serif },
        words,
    };
    let mut told = usize::MAX;
    let terminal = io::stderr().is_terminal();
    let mut watch = |progress: Progress| {
        let percent = progress.done * 100 / progress.all.max(1);
        if terminal && percent != told {
            told = percent;
            // A terminal that is gone needs no progress.
            let _ = write!(io::stderr(), "\r{percent}%");
        }
        ControlFlow::Continue(())
    };
    let made = pdf::write(archive, scope, &options, &mut watch);
    if terminal {
        write!(io::stderr(), "\r    \r")?;
    }
    if let Ok(pdf) = &made
        && !pdf.missing.is_empty()
    {
        writeln!(io::stderr(), "{}: {}", words.cli.warning, (words.cli.missing_characters)(&pdf.missing))?;
    }
    Ok(made.map(|pdf| pdf.bytes))
}
