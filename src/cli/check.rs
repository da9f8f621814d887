//! `jz check`: everything that is wrong with archives, photos' content included.

use std::io::{self, Write as _};

use clap::ArgMatches;

use crate::archive::{Archive, Severity};
use crate::photo;
use crate::text::Words;

use super::{Outcome, each, name};

pub(super) fn run(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    let all = each(words, matches, |archive, _| {
        outcome = outcome.max(check(words, &archive)?);
        Ok(())
    })?;
    Ok(if all { outcome } else { Outcome::Unusable })
}

fn check(words: &Words, archive: &Archive) -> io::Result<Outcome> {
    let file = name(words, &archive.source);
    let mut diagnostics = archive.diagnostics.clone();
    diagnostics.extend(photo::verify(archive));
    let mut out = io::stdout().lock();
    if diagnostics.is_empty() {
        let (reports, sections, photos) = (archive.reports.len(), archive.sections.len(), archive.photos.len());
        writeln!(out, "{}", (words.cli.fine)(&file, reports, sections, photos))?;
        return Ok(Outcome::Fine);
    }
    for diagnostic in &diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => words.cli.error,
            Severity::Warning => words.cli.warning,
        };
        writeln!(out, "{severity}: {}", words.diagnostic(&file, diagnostic))?;
    }
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    writeln!(out, "{}", (words.cli.found_problems)(errors, diagnostics.len() - errors))?;
    Ok(Outcome::NothingOrProblems)
}
