//! `jz kiosk`: what an exhibition is set up with.

use std::ffi::OsString;
use std::io::{self, BufRead as _, Write as _};
use std::path::Path;

use clap::ArgMatches;

use crate::kiosk::{pin, settings};
use crate::text::Words;

use super::Outcome;
use super::arguments::{KIOSK_CHECK, KIOSK_FILE, KIOSK_PIN};

pub(super) fn run(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    match matches.subcommand() {
        Some((KIOSK_PIN, _)) => make_pin(words),
        Some((KIOSK_CHECK, matches)) => check(words, matches),
        _ => Ok(Outcome::Unusable),
    }
}

/// Reads a PIN from a line and prints its hash as a line of settings.
fn make_pin(words: &'static Words) -> io::Result<Outcome> {
    writeln!(io::stderr(), "{}", words.kiosk.ask_pin)?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    match pin::hash(line.trim()) {
        Ok(hash) => {
            writeln!(io::stdout(), "pin_hash = \"{hash}\"")?;
            Ok(Outcome::Fine)
        }
        Err(error) => {
            let said = (words.kiosk.pin_error)(error);
            writeln!(io::stderr(), "{}: {} {}", words.cli.error, said.what, said.remedy)?;
            Ok(Outcome::Unusable)
        }
    }
}

/// Says what is wrong with the settings.
fn check(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    let Some(file) = matches.get_one::<OsString>(KIOSK_FILE).map(Path::new) else { return Ok(Outcome::Unusable) };
    let mut out = io::stdout().lock();
    match settings::read(file) {
        Ok(_) => {
            writeln!(out, "{}", (words.kiosk.settings_fine)(file))?;
            Ok(Outcome::Fine)
        }
        Err(problems) => {
            for problem in &problems {
                let said = (words.kiosk.settings_error)(problem);
                writeln!(out, "{} {}", said.what, said.remedy)?;
            }
            Ok(Outcome::NothingOrProblems)
        }
    }
}
