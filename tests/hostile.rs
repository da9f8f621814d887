//! Files that are broken, wrong or made to do harm: opened as far as they can be read, or refused, and never a panic.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use juanzong::archive::source::{BUNDLED_JSON, RelativePath};
use juanzong::archive::{
    Archive, Destination, LoadError, PhotoError, Problem, Severity, Source, decode, load, load_text,
};
use juanzong::library::Library;
use juanzong::markdown::{self, BlockKind, Document};
use juanzong::photo;
use juanzong::search::Query;
use proptest::prelude::*;

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
            assert_eq!(markdown_slice(plain, range), figure.quote);
        }
    }
}

fn markdown_slice(plain: &str, range: &Range<usize>) -> String {
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

/// Loads, checks that nothing dangles, and lets the search loose on it.
fn open(source: Source) -> Result<Library, LoadError> {
    let archive = load(source)?;
    check_sound(&archive);
    let library = Library::new(archive);
    for query in ["温泉", "wenquan", "\"党委\"", "不在此处"] {
        let found = library.search(&Query::parse(query));
        assert_eq!(found.count, found.groups.iter().map(|group| group.hits.len()).sum::<usize>());
    }
    Ok(library)
}

/// The fixture opens and is described as expected.
fn check(name: &str, expected: &[&str]) {
    let library = open(Source::at(&fixture(name))).unwrap_or_else(|e| panic!("{name}: {e}"));
    let expected: String = expected.iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(describe(&library.archive), expected, "{name}");
}

const A: &str = "a 甲: 温泉镇党委政府和全镇广大党员干部。";
const B: &str = "b 乙: 创优环境招引项目,主动服务推进项目。";

#[test]
fn a_whole_file_has_no_problems() {
    check("whole.json", &[A, B]);
}

#[test]
fn every_encoding_opens_without_a_word() {
    for name in ["bom.json", "utf-16le.json", "gb-18030.json"] {
        check(name, &[A, B]);
    }
}

#[test]
fn slips_of_the_hand_are_named_with_their_line() {
    check("trailing-comma.json", &[A, B, "?"]);
    check("missing-comma.json", &[A, B, "?"]);
    check("full-width.json", &[A, B, "?"]);
    check("comments.json", &[A, B, "?"]);
    check("line-feed.json", &["?"]);
    check("windows-path.json", &[A, B, "?"]);
    check("windows-lines.json", &[A, B, "?"]);
}
#[test]
fn zz1() {
    check("truncated.json", &["?"]);
}
#[test]
fn zz2() {
    check("version-9.json", &["?"]);
}
#[test]
fn zz3() {
    check("no-version.json", &["?"]);
}
#[test]
fn zz4() {
    check("photo-missing.json", &["?"]);
}
#[test]
fn zz5() {
    check("duplicate-ids.json", &["?"]);
}
#[test]
fn zz6() {
    check("dangling.json", &["?"]);
}
#[test]
fn zz7() {
    check("outside.json", &["?"]);
}
#[test]
fn zz8() {
    check("wrong-values.json", &["?"]);
}
#[test]
fn zz9() {
    check("nul.json", &["?"]);
}
#[test]
fn zza() {
    check("nul-escaped.json", &["?"]);
}
#[test]
fn zzb() {
    check("truncated-character.json", &["?"]);
}
#[test]
fn zzc() {
    check("one-bad-byte.json", &["?"]);
}
#[test]
fn zzd() {
    for n in ["list.json", "no-reports.json", "empty.json", "blank.json", "prose.json", "picture.json", "gone.json"] {
        println!("ZZ {n} {:?}", load(Source::at(&fixture(n))).map(|a| describe(&a)));
    }
    panic!()
}
