//! Files that are broken, wrong or made to do harm: opened as far as they can be read, or refused, and never a panic.

mod bombs;
mod files;
mod mutations;
mod photos;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use juanzong::archive::{Archive, Destination, LoadError, Severity, Source, load};
use juanzong::library::Library;
use juanzong::library::Request;
use juanzong::markdown::{BlockKind, Document};

/// What even a slow machine needs for any of these files without optimisation.
const PATIENCE: Duration = Duration::from_secs(20);

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// `f` comes to an end, soon.
fn soon<T>(what: &str, f: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = f();
    assert!(start.elapsed() < PATIENCE, "{what} took {:?}", start.elapsed());
    result
}

fn check_range(what: &str, range: &Range<usize>, len: usize) {
    assert!(range.start <= range.end && range.end <= len, "{what}: {range:?} of {len}");
}

fn check_document(document: &Document) {
    let len = document.plain.chars().count();
    for block in &document.blocks {
        check_range("block", &block.range, len);
        block.spans.iter().for_each(|span| check_range("span", &span.range, len));
        block.spans.iter().filter_map(|span| span.link).for_each(|link| assert!(link.0 < document.links.len()));
        if let BlockKind::Table(table) = &block.kind {
            table.rows.iter().flatten().for_each(|cell| check_range("cell", &cell.range, len));
        }
    }
    assert!(document.blocks.is_sorted_by_key(|block| block.range.start), "blocks stand in order");
}

/// Everything in the archive that refers to something refers to something that is there.
fn check_sound(archive: &Archive) {
    let unique = |keys: Vec<&str>| keys.iter().collect::<HashSet<_>>().len() == keys.len();
    assert!(unique(archive.reports.iter().map(|r| r.key.as_str()).collect()), "report keys");
    assert!(unique(archive.sections.iter().map(|s| s.key.as_str()).collect()), "section keys");
    assert!(unique(archive.photos.iter().map(|p| p.key.as_str()).collect()), "photo keys");
    for report in &archive.reports {
        check_range("sections", &report.sections, archive.sections.len());
        check_range("photos", &report.photos, archive.photos.len());
        check_range("figures", &report.figures, archive.figures.len());
    }
    for section in &archive.sections {
        assert!(section.report.index() < archive.reports.len());
        section.photos.iter().for_each(|id| assert!(id.index() < archive.photos.len()));
        assert_eq!(section.destinations.len(), section.document.links.len());
        for destination in &section.destinations {
            match destination {
                Destination::Section(id) => assert!(id.index() < archive.sections.len()),
                Destination::Photo(id) => assert!(id.index() < archive.photos.len()),
                Destination::Block(block) => assert!(*block < section.document.blocks.len()),
                Destination::Outside(_) | Destination::Nowhere => {}
            }
        }
        check_document(&section.document);
    }
    archive.photos.iter().for_each(|photo| assert!(photo.report.index() < archive.reports.len()));
    for figure in &archive.figures {
        let plain = &archive.sections[figure.section.index()].document.plain;
        if let Some(range) = &figure.quote_range {
            check_range("quote", range, plain.chars().count());
            assert_eq!(characters(plain, range), figure.quote);
        }
    }
}

fn characters(plain: &str, range: &Range<usize>) -> String {
    plain.chars().skip(range.start).take(range.len()).collect()
}

/// What an archive holds and what was wrong with it, line by line.
fn describe(archive: &Archive) -> String {
    let mut lines = String::new();
    for section in &archive.sections {
        let text = section.document.plain.replace('\n', "/");
        writeln!(lines, "{} {}: {}", section.key, section.title, text.trim_end_matches('/')).expect("written");
    }
    for diagnostic in &archive.diagnostics {
        let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
        let line = diagnostic.place.line.map_or("-".to_owned(), |line| line.to_string());
        let place = format!("{line} {}", diagnostic.place.path);
        writeln!(lines, "{severity} {}: {:?}", place.trim_end(), diagnostic.problem).expect("written");
    }
    lines
}

/// The archive of a library of one.
fn only(library: &Library) -> &Archive {
    library.archive(library.first())
}

/// Loads, checks that nothing dangles, and lets the search loose on it.
fn open(source: Source) -> Result<Library, LoadError> {
    let archive = load(source)?;
    check_sound(&archive);
    let library = Library::new(archive);
    for query in ["温泉", "wenquan", "\"党委\"", "不在此处"] {
        let found = library.search(&Request::everything(query));
        assert_eq!(found.count, found.groups.iter().map(|group| group.hits.len()).sum::<usize>());
    }
    Ok(library)
}
