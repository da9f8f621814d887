//! `jz search`: every match in archives, as lines for people or as JSON.

use std::io::{self, Write};
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::folders::Folders;
use crate::index_files::{IndexFiles, key_of};
use crate::library::{GroupHeading, Hit, Library, Request, Target};
use crate::markdown::char_slice;
use crate::search::{Suggestion, snippet};
use crate::text::Words;

use super::arguments::{JSON, QUERY};
use super::{Outcome, each};

/// Characters of context before and after a match.
const CONTEXT: (usize, usize) = (20, 40);

/// Suggestions that are shown where nothing was found.
const NEAREST: usize = 12;

/// What stands for the path of the archive inside the program.
const BUNDLED: &str = "bundled";

pub(super) fn run(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    let typed = matches.get_one::<String>(QUERY).map_or("", String::as_str);
    let json = matches.get_flag(JSON);
    let request = Request::everything(typed);
    let mut found = 0;
    let (mut problems, mut left_out) = (Vec::new(), false);
    let mut nearest: Vec<Suggestion> = Vec::new();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let all = each(words, matches, |archive, several| {
        let file = archive.source.path().map_or_else(|| BUNDLED.to_owned(), |path| path.display().to_string());
        let library = with_known_index(Library::new(archive));
        let results = library.search(&request);
        found += results.count;
        left_out |= results.left_out;
        let near = if results.is_nothing() { library.nearest(&request) } else { Vec::new() };
        problems = results.problems;
        for suggestion in near {
            match nearest.iter().position(|known| known.text == suggestion.text) {
                Some(known) => nearest[known].count += suggestion.count,
                None => nearest.push(suggestion),
            }
        }
        for group in &results.groups {
            for hit in &group.hits {
                if json {
                    writeln!(out, "{}", object(&library, &file, hit))?;
                } else {
                    if several {
                        write!(out, "{file}: ")?;
                    }
                    line(&mut out, words, &library, group.heading, hit)?;
                }
            }
        }
        // Whoever reads along need not wait for the other archives.
        out.flush()
    })?;
    for problem in problems {
        writeln!(io::stderr(), "{}", (words.search.problem)(problem.kind, char_slice(typed, problem.typed)))?;
    }
    if left_out {
        writeln!(io::stderr(), "{}", words.search.left_out)?;
    }
    let unusable = !all;
    if found == 0 && !unusable {
        writeln!(io::stderr(), "{}", (words.nothing_found)(typed))?;
        if !nearest.is_empty() {
            writeln!(
                io::stderr(),
                "{} {}",
                words.nearest,
                nearest
                    .iter()
                    .take(NEAREST)
                    .map(|s| format!("{} ({})", s.text, s.count))
                    .collect::<Vec<_>>()
                    .join("  ")
            )?;
        }
    }
    Ok(match (unusable, found) {
        (true, _) => Outcome::Unusable,
        (false, 0) => Outcome::NothingOrProblems,
        (false, _) => Outcome::Fine,
    })
}

/// The library with the index that the viewer made of it before, if it is so large that it has one.
fn with_known_index(library: Library) -> Library {
    if !library.wants_indexes() {
        return library;
    }
    let (id, files) = (library.first(), IndexFiles::in_folder(Folders::of_program().indexes.as_deref()));
    let volume = library.volume(id);
    match files.open(key_of(&*volume.engine)) {
        Some(index) => library.with_volumes(vec![(id, Arc::new(volume.with_index(index)))]),
        None => library,
    }
}

/// One match: which text it stands in, where, and what stands there.
fn object(library: &Library, file: &str, hit: &Hit) -> Value {
    let archive = library.archive(hit.archive);
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    put("archive", file.into());
    let report = match hit.place.target {
        Target::Archive => None,
        Target::Report(id) => Some(id),
        Target::Section(id) => Some(archive.section(id).report),
        Target::Photo(id) => Some(archive.photo(id).report),
        Target::Figure(id) => Some(archive.section(archive.figure(id).section).report),
    };
    if let Some(report) = report {
        put("report", archive.report(report).key.clone().into());
    }
    match hit.place.target {
        Target::Archive | Target::Report(_) => {}
        Target::Section(id) => put("section", archive.section(id).key.clone().into()),
        Target::Photo(id) => put("photo", archive.photo(id).key.clone().into()),
        Target::Figure(id) => {
            put("section", archive.section(archive.figure(id).section).key.clone().into());
            put("figure", id.index().into());
        }
    }
    let text = library.text(hit);
    put("field", hit.place.field.key().into());
    put("start", hit.range.start.into());
    put("end", hit.range.end.into());
    put("text", char_slice(text, hit.range.clone()).into());
    put("snippet", context(text, hit).into());
    Value::Object(object)
}

fn line(out: &mut impl Write, words: &Words, library: &Library, heading: GroupHeading, hit: &Hit) -> io::Result<()> {
    let archive = library.archive(hit.archive);
    let title = match heading {
        GroupHeading::Archive => &archive.title,
        GroupHeading::Report(id) => &archive.report(id).title,
        GroupHeading::Section(id) => &archive.section(id).title,
    };
    let field = (words.field)(hit.place.field);
    writeln!(out, "{title} · {field}: {}", context(library.text(hit), hit))
}

fn context(text: &str, hit: &Hit) -> String {
    let found = snippet(text, hit.range.start, hit.range.end, CONTEXT.0, CONTEXT.1);
    let mark = |cut| if cut { "…" } else { "" };
    format!("{}{}{}", mark(found.cut_front), found.text, mark(found.cut_back))
}
