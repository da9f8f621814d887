//! `jz kiosk`: what an exhibition is set up with.

use std::ffi::OsString;
use std::io::{self, BufRead as _, Write as _};
use std::path::Path;

use clap::ArgMatches;

use crate::folders::Folders;
use crate::kiosk::statistics::{self, Statistics};
use crate::kiosk::{own_folder, pin, settings};
use crate::text::Words;

use super::Outcome;
use super::arguments::{CSV, KIOSK_CHECK, KIOSK_FILE, KIOSK_PIN, KIOSK_STATISTICS};

pub(super) fn run(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    match matches.subcommand() {
        Some((KIOSK_PIN, _)) => make_pin(words),
        Some((KIOSK_CHECK, matches)) => check(words, matches),
        Some((KIOSK_STATISTICS, matches)) => print_statistics(words, matches.get_flag(CSV)),
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

/// Every day that was counted on this machine, by this user.
fn print_statistics(words: &'static Words, as_csv: bool) -> io::Result<Outcome> {
    let days = Statistics::new(&own_folder(Folders::of_program().settings.as_deref())).days();
    let headings = words.kiosk.statistics_headings;
    let mut out = io::stdout().lock();
    if as_csv {
        write!(out, "{}", statistics::csv(&days, headings))?;
        return Ok(Outcome::Fine);
    }
    if days.is_empty() {
        writeln!(out, "{}", words.staff.no_statistics)?;
        return Ok(Outcome::NothingOrProblems);
    }
    for (date, counts) in days {
        let columns = counts.columns();
        let said: Vec<String> =
            headings[1..].iter().zip(columns).map(|(heading, count)| format!("{heading} {count}")).collect();
        writeln!(out, "{date}  {}", said.join(" · "))?;
    }
    Ok(Outcome::Fine)
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
