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
fn slips_of_the_hand_are_mended_and_named_with_their_line() {
    check("trailing-comma.json", &[A, B, "warning 11: Mended(TrailingComma)"]);
    check("missing-comma.json", &[A, B, "warning 9: Mended(MissingComma)", "warning 10: Mended(MissingComma)"]);
    check("comments.json", &[A, B, "warning 4: Mended(Comment)", "warning 5: Mended(Comment)"]);
    check("line-feed.json", &[A, B, "warning 9: Mended(LineFeedInString)"]);
    // Four texts with two quotation marks each, three colons and a comma.
    let full_width = ["warning 9: Mended(FullWidthMark)"; 12];
    check("full-width.json", &[&[A, B], &full_width[..]].concat());
    let misspelt = "warning 9 reports[0].sections[0].tilte: UnknownKey { key: \"tilte\", nearest: Some(\"title\") }";
    check("windows-lines.json", &[A, B, misspelt]);
    let outside = "error 8 reports[0].photos[0].file: PathOutside { file: \"photos\\\\照片.jpg\" }";
    check("windows-path.json", &[A, B, "warning 8: Mended(BadEscape)", outside]);
}

#[test]
fn other_versions_open_as_far_as_they_are_known() {
    check(
        "version-9.json",
        &[
            A,
            B,
            "warning 2 format: NewerVersion { found: 9 }",
            "warning 3 colour: UnknownKey { key: \"colour\", nearest: None }",
        ],
    );
    check("no-version.json", &[A, B, "warning 1 format: NoVersion"]);
}

#[test]
fn what_refers_to_nothing_is_named() {
    check(
        "photo-missing.json",
        &[
            A,
            B,
            "error 9 reports[0].photos[0].file: PhotoMissing { file: \"photos/gone.jpg\" }",
            "warning 10 reports[0].photos[1]: NoFile",
        ],
    );
    check(
        "duplicate-ids.json",
        &[
            A,
            "a-2 乙: 创优环境招引项目,主动服务推进项目。",
            "warning 8 reports[0].photos[0]: NoFile",
            "warning 9 reports[0].photos[1].id: DuplicateId { id: \"p\", renamed: \"p-2\" }",
            "warning 9 reports[0].photos[1]: NoFile",
            "warning 12 reports[0].sections[1].id: DuplicateId { id: \"a\", renamed: \"a-2\" }",
        ],
    );
    check(
        "dangling.json",
        &[
            "a 甲: 见乙和丙。/湖/[^1]和文。",
            "b 乙: 温泉镇",
            "warning 9 reports[0].sections[0].body: Dangling { id: \"c\" }",
            "warning 9 reports[0].sections[0].body: Dangling { id: \"lake\" }",
            "warning 9 reports[0].sections[0].body: Dangling { id: \"无\" }",
            "warning 10 reports[0].sections[0].photo_ids[0]: Dangling { id: \"lake\" }",
            "error 14 reports[0].figures[0].section: Dangling { id: \"gone\" }",
            "warning 15 reports[0].figures[1].quote: QuoteNotFound",
            "error 16 reports[0].figures[2].value: WrongValue { expected: Number }",
            "error 16 reports[0].figures[2]: ItemLeftOut { missing: Some(\"value\") }",
        ],
    );
}

#[test]
fn wrong_values_are_named_and_the_rest_is_read() {
    check(
        "wrong-values.json",
        &[
            "a 甲: 温泉镇",
            "section-2 : ",
            "warning 1: Missing { key: \"title\" }",
            "error 4 rights: WrongValue { expected: Text }",
            "error 6 reports[0]: WrongValue { expected: Object }",
            "warning 10 reports[1].keyword: UnknownKey { key: \"keyword\", nearest: Some(\"keywords\") }",
            "error 12 reports[1].sections[0].kind: \
             WrongValue { expected: OneOf(\"one of article, sidebar, appendix\") }",
            "warning 13 reports[1].sections[1]: Missing { key: \"id\" }",
            "warning 13 reports[1].sections[1]: Missing { key: \"title\" }",
            "error 13 reports[1].sections[1].body: WrongValue { expected: Text }",
            "error 14 reports[1].sections[2]: WrongValue { expected: Object }",
            "error 16 reports[1].photos: WrongValue { expected: List }",
            "error 17 reports[1].figures[0]: ItemLeftOut { missing: Some(\"unit\") }",
        ],
    );
}

#[test]
fn a_torn_file_opens_up_to_the_tear() {
    check("truncated.json", &[A, "b 乙: ", "error 10: CutShort"]);
}

#[test]
fn a_file_torn_inside_a_character_opens_up_to_the_tear() {
    check("truncated-character.json", &[A, "b 乙: ", "error 10: CutShort"]);
}

#[test]
fn one_damaged_byte_costs_one_character_and_not_the_archive() {
    let library = open(Source::at(&fixture("one-bad-byte.json"))).expect("opens");
    let archive = &library.archive;
    assert_eq!(archive.title, "温泉镇档案");
    assert_eq!(archive.sections[1].document.plain, "创优环境招引项目,主动服务推进项目。\n");
    assert!(!archive.diagnostics.is_empty(), "the damage is told of");
}

#[test]
fn control_characters_in_a_text_cost_nothing_but_themselves() {
    check("nul-escaped.json", &["a 甲: 温泉镇党委政府\0广大党员干部。", B]);
    let library = open(Source::at(&fixture("nul.json"))).expect("opens");
    let archive = &library.archive;
    let errors: Vec<_> = archive.diagnostics.iter().map(|d| (d.place.line, &d.problem)).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].0, Some(9));
    let texts: Vec<&str> = archive.sections.iter().map(|section| section.body.as_str()).collect();
    assert_eq!(
        texts.get(1),
        Some(&"创优环境招引项目,主动服务推进项目。"),
        "what stands after the NUL is lost: {texts:?}"
    );
}

#[test]
fn a_number_that_no_computer_holds_costs_only_itself() {
    let text = BUNDLED_JSON.replacen("\"width\": 1600", "\"width\": 1e999", 1);
    let archive = load_text(&text, Source::Embedded).expect("opens");
    check_sound(&archive);
    assert_eq!((archive.photos.len(), archive.figures.is_empty()), (6, false), "{}", describe(&archive));
}

#[test]
fn what_is_no_archive_is_refused_with_the_reason() {
    let refusal = |name: &str| open(Source::at(&fixture(name))).map(|_| ()).expect_err(name).to_string();
    for (name, reason) in [
        ("list.json", "JSON, but no archive: `reports` is missing"),
        ("no-reports.json", "JSON, but no archive: `reports` is missing"),
        ("empty.json", "no JSON: line 1, column 0"),
        ("blank.json", "no JSON: line 3, column 0"),
        ("prose.json", "no JSON: line 1, column 1"),
        ("picture.json", "no text in a known encoding"),
    ] {
        assert_eq!(refusal(name), reason, "{name}");
    }
    let gone = load(Source::at(&fixture("gone.json"))).expect_err("no file");
    assert!(matches!(gone, LoadError::Io { kind: std::io::ErrorKind::NotFound, .. }), "{gone}");
    let folder = tempfile::tempdir().expect("a folder");
    let empty_folder = load(Source::at(folder.path())).expect_err("no archive in it");
    assert!(matches!(empty_folder, LoadError::Io { kind: std::io::ErrorKind::NotFound, .. }), "{empty_folder}");
}

#[test]
fn no_path_in_an_archive_leads_out_of_its_folder() {
    let outer = tempfile::tempdir().expect("a folder");
    let picture = std::fs::read(fixture("../../assets/icons/juanzong-64.png")).expect("a picture");
    let folder = outer.path().join("archive");
    std::fs::create_dir_all(folder.join("photos")).expect("folders");
    std::fs::write(outer.path().join("secret.jpg"), &picture).expect("written");
    std::fs::copy(fixture("outside.json"), folder.join("archive.json")).expect("copied");

    let library = open(Source::at(&folder)).expect("opens");
    let archive = &library.archive;
    let refused: Vec<(Option<usize>, &str)> = archive
        .diagnostics
        .iter()
        .filter(|d| matches!(d.problem, Problem::PathOutside { .. }) && d.severity == Severity::Error)
        .map(|d| (d.place.line, d.place.path.as_str()))
        .collect();
    let paths: Vec<String> = (0..11).map(|i| format!("reports[0].photos[{i}].file")).collect();
    let expected: Vec<(Option<usize>, &str)> =
        paths.iter().enumerate().map(|(i, path)| (Some(9 + i), path.as_str())).collect();
    assert_eq!(refused, expected);
    assert!(archive.photos[..11].iter().all(|photo| photo.file.is_none()), "nothing deeper may see the path");

    let folder_as_photo = archive.photos[11].file.as_ref().expect("a path inside");
    assert_eq!(archive.source.probe_photo(folder_as_photo), Err(PhotoError::Missing));
    assert_eq!(archive.source.read_photo(folder_as_photo), Err(PhotoError::Missing));
    assert_eq!(photo::verify(archive), []);
}

/// An archive of one report with these sections, as text.
fn with_sections(sections: &str) -> String {
    format!("{{\"format\":1,\"title\":\"T\",\"reports\":[{{\"id\":\"r\",\"title\":\"R\",\"sections\":[{sections}]}}]}}")
}

/// Loads a large text and searches it, soon.
fn load_soon(what: &str, text: &str) -> Library {
    soon(what, || {
        let archive = load_text(text, Source::Embedded).unwrap_or_else(|e| panic!("{what}: {e}"));
        check_sound(&archive);
        let library = Library::new(archive);
        library.search(&Query::parse("温泉"));
        library
    })
}

#[test]
fn endless_nesting_is_refused_or_cut() {
    let lists = "[".repeat(100_000);
    let refused = soon("lists", || load_text(&lists, Source::Embedded).expect_err("no archive"));
    assert!(matches!(refused, LoadError::NotAnArchive | LoadError::NotJson { .. }), "{refused}");
    let objects = "{\"a\":".repeat(100_000);
    let refused = soon("objects", || load_text(&objects, Source::Embedded).expect_err("no archive"));
    assert!(matches!(refused, LoadError::NotAnArchive | LoadError::NotJson { .. }), "{refused}");
}

#[test]
fn deep_nesting_in_an_unknown_key_leaves_what_stands_before_it() {
    for (depth, kept_after) in [(100, true), (100_000, false)] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let text = with_sections(&format!(
            "{{\"id\":\"a\",\"title\":\"甲\",\"body\":\"温泉\"}},\n\
             {{\"id\":\"b\",\"title\":\"乙\",\"x\":{nested},\"body\":\"后\"}}"
        ));
        let library = load_soon("nesting", &text);
        let archive = &library.archive;
        assert_eq!(archive.sections[0].body, "温泉");
        assert_eq!(archive.sections[1].title, "乙");
        assert_eq!(archive.sections[1].body == "后", kept_after);
        let told = archive.diagnostics.iter().find(|d| d.problem == Problem::TooDeep).map(|d| d.place.line);
        assert_eq!(told, (!kept_after).then_some(Some(2)), "{:?}", archive.diagnostics);
    }
}

#[test]
fn a_title_of_five_megabytes_is_a_title() {
    let title = "温泉镇".repeat(5_000_000 / 9);
    let text = format!("{{\"format\":1,\"title\":\"{title}\",\"reports\":[]}}");
    let library = load_soon("a long title", &text);
    assert_eq!(library.archive.title, title);
    assert_eq!(library.archive.diagnostics, []);
    let found = soon("its search", || library.search(&Query::parse("温泉")));
    assert_eq!(found.count, 5_000_000 / 9);
}

#[test]
fn fifty_thousand_sections_are_fifty_thousand_sections() {
    let sections: Vec<String> =
        (0..50_000).map(|i| format!("{{\"id\":\"s{i}\",\"title\":\"\",\"body\":\"泉\"}}")).collect();
    let library = load_soon("many sections", &with_sections(&sections.join(",\n")));
    assert_eq!(library.archive.sections.len(), 50_000);
    assert_eq!(library.archive.diagnostics, []);
    let found = soon("their search", || library.search(&Query::parse("泉")));
    assert_eq!((found.count, found.groups.len()), (50_000, 50_000));
}

#[test]
fn thousands_of_problems_are_told_of_soon() {
    let sections: Vec<String> =
        (0..50_000).map(|i| format!("{{\"id\":\"s{i}\",\"title\":\"\",\"bodi\":\"泉\"}}")).collect();
    let library = load_soon("many misspelt keys", &with_sections(&sections.join(",\n")));
    assert!(library.archive.diagnostics.len() < 1_000);
    let last = library.archive.diagnostics.last().map(|d| &d.problem);
    assert!(matches!(last, Some(Problem::More { count }) if *count > 49_000), "{last:?}");
}

#[test]
fn thousands_of_equal_ids_are_renamed_soon() {
    let sections = vec!["{\"id\":\"s\",\"title\":\"\"}"; 10_000];
    let library = load_soon("equal ids", &with_sections(&sections.join(",\n")));
    assert_eq!(library.archive.sections.len(), 10_000);
}

#[test]
fn thousands_of_photos_are_assigned_and_found_soon() {
    let ids: Vec<String> = (0..10_000).map(|i| format!("p{i}")).collect();
    let photos: Vec<String> = ids
        .iter()
        .map(|id| format!("{{\"id\":\"{id}\",\"caption\":\"湖\",\"file\":\"assets/photos/luogu.jpg\"}}"))
        .collect();
    let sections: Vec<String> = ids
        .iter()
        .enumerate()
        .map(|(i, id)| format!("{{\"id\":\"s{i}\",\"title\":\"\",\"photo_ids\":[\"{id}\"]}}"))
        .collect();
    let text = format!(
        "{{\"format\":1,\"title\":\"\",\"reports\":[{{\"id\":\"r\",\"title\":\"\",\"sections\":[{}],\"photos\":[{}]}}]}}",
        sections.join(","),
        photos.join(",")
    );
    let library = load_soon("many photos", &text);
    assert_eq!(library.archive.sections.iter().map(|s| s.photos.len()).sum::<usize>(), 10_000);
    let found = soon("their captions", || library.search(&Query::parse("湖")));
    assert_eq!(found.count, 10_000);
}

#[test]
fn a_key_of_a_megabyte_is_unknown_soon() {
    let text = format!("{{\"format\":1,\"title\":\"T\",\"reports\":[],\"{}\":1}}", "k".repeat(1_000_000));
    let library = load_soon("a long key", &text);
    assert!(matches!(library.archive.diagnostics[0].problem, Problem::UnknownKey { nearest: None, .. }));
}

#[test]
fn thousands_of_slips_are_mended_soon() {
    let sections: Vec<String> =
        (0..20_000).map(|i| format!("{{\"id\":\"s{i}\" \"title\":\"甲\n乙\",}} // 注\n")).collect();
    let library = load_soon("many slips", &with_sections(&sections.join("")));
    assert_eq!(library.archive.sections.len(), 20_000);
    assert!(library.archive.diagnostics.iter().all(|d| d.severity == Severity::Warning));
}

/// A table of two rows and `columns` columns.
fn wide_table(columns: usize) -> String {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
    format!("{}{}{}", row("头"), row("-"), row("温泉"))
}

#[test]
fn markdown_bombs_are_defused_and_keep_their_text() {
    let indented = |levels: usize| (0..levels).map(|i| format!("{}- 泉\n", "  ".repeat(i))).collect::<String>();
    let mark_then = |mark: &str, count: usize| format!("{}温泉", mark.repeat(count));
    for (name, body, text, times) in [
        ("quotes", mark_then(">", 10_000), "温泉", 1),
        ("spaced quotes", mark_then("> ", 10_000), "温泉", 1),
        ("opening brackets", mark_then("[", 10_000), "温泉", 1),
        ("image brackets", mark_then("![", 10_000), "温泉", 1),
        ("brackets in pairs", format!("{}温泉{}", "[".repeat(5_000), "](x)".repeat(5_000)), "温泉", 1),
        ("footnote marks", mark_then("[^a]", 10_000), "温泉", 1),
        ("stars", mark_then("*a **b ", 5_000), "温泉", 1),
        ("emphasis in emphasis", format!("{}温泉{}", "**".repeat(5_000), "**".repeat(5_000)), "温泉", 1),
        ("backticks", (1..400).map(|n| format!("{} ", "`".repeat(n))).collect::<String>() + "温泉", "温泉", 1),
        ("angle brackets", mark_then("<a ", 10_000), "温泉", 1),
        ("comments", mark_then("<!-- ", 10_000), "温泉", 1),
        ("lists on one line", mark_then("- ", 5_000), "温泉", 1),
        ("lists by indentation", indented(1_000), "泉", 1_000),
        ("a wide table", wide_table(2_000), "温泉", 2_000),
        ("a table with short rows", format!("{}{}", wide_table(500), "|泉\n".repeat(500)), "温泉", 500),
        ("headings", "# 泉\n".repeat(10_000), "泉", 10_000),
        ("definitions", mark_then("[a]: b\n", 10_000), "温泉", 1),
    ] {
        let document = soon(name, || markdown::parse(&body));
        check_document(&document);
        assert_eq!(document.plain.matches(text).count(), times, "{name}");
        let section = serde_json::json!({ "id": "s", "title": "S", "body": body });
        let library = load_soon(name, &with_sections(&section.to_string()));
        assert_eq!(library.archive.sections[0].body, body, "{name}");
    }
}

#[test]
fn thousands_of_links_to_thousands_of_headings_are_resolved_soon() {
    let headings: String = (0..2_000).map(|i| format!("# h{i}\n")).collect();
    let links: String = (0..2_000).map(|i| format!("[x](#h{i})\n")).collect();
    let section = serde_json::json!({ "id": "s", "title": "S", "body": headings + &links });
    let library = load_soon("links", &with_sections(&section.to_string()));
    let destinations = &library.archive.sections[0].destinations;
    assert!(destinations.iter().all(|d| matches!(d, Destination::Block(_))), "every link leads to its heading");
}

/// A PNG of one pixel whose header claims another size, with a right checksum.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::fs::read(fixture("picture.json")).expect("a PNG under another name");
    // Width and height stand in the header at 16 and 20, its checksum at 29.
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = u32::MAX;
    for byte in &bytes[12..29] {
        crc = (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)));
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

#[test]
fn photos_that_are_none_are_refused_with_the_reason() {
    let jpeg = std::fs::read(fixture("../../assets/photos/luogu.jpg")).expect("a photo");
    let png = std::fs::read(fixture("picture.json")).expect("a PNG under another name");
    let text = std::fs::read(fixture("text.jpg")).expect("a text");
    let too_many = |width, height| PhotoError::TooManyPixels { width, height };
    for (name, bytes, expected) in [
        ("a text", text, PhotoError::NotAPicture),
        ("nothing", Vec::new(), PhotoError::NotAPicture),
        ("a JPEG cut in its head", jpeg[..100].to_vec(), PhotoError::Damaged),
        ("a PNG cut in half", png[..png.len() / 2].to_vec(), PhotoError::Damaged),
        ("50,000 × 50,000", png_claiming(50_000, 50_000), too_many(50_000, 50_000)),
        ("a line of 100 million", png_claiming(100_000_001, 1), too_many(100_000_001, 1)),
        ("no pixels", png_claiming(0, 0), PhotoError::Damaged),
    ] {
        let refused = soon(name, || photo::decode(&bytes, 256).expect_err(name));
        assert_eq!(refused, expected, "{name}");
    }
}

#[test]
fn photos_that_are_not_what_they_were_are_told_of() {
    let jpeg = std::fs::read(fixture("../../assets/photos/luogu.jpg")).expect("a photo");
    let bundled = load(Source::Embedded).expect("the bundled archive");
    let sha256 = bundled.photos[0].sha256.as_ref().expect("recorded");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("half.jpg"), &jpeg[..jpeg.len() / 2]).expect("written");
    std::fs::copy(fixture("text.jpg"), folder.path().join("text.jpg")).expect("copied");
    let text = format!(
        "{{\"format\":1,\"title\":\"\",\"reports\":[{{\"id\":\"r\",\"title\":\"\",\"photos\":[\n\
         {{\"id\":\"p\",\"file\":\"half.jpg\",\"bytes\":{},\"sha256\":\"{sha256}\"}},\n\
         {{\"id\":\"q\",\"file\":\"text.jpg\"}}]}}]}}",
        jpeg.len()
    );
    std::fs::write(folder.path().join("archive.json"), text).expect("written");
    let library = open(Source::at(folder.path())).expect("opens");
    assert_eq!(describe(&library.archive), "warning 2 reports[0].photos[0].file: Changed { file: \"half.jpg\" }\n");
    let verified = photo::verify(&library.archive);
    let changed = Problem::Changed { file: "half.jpg".to_owned() };
    let unreadable = Problem::PhotoUnreadable { file: "text.jpg".to_owned(), why: PhotoError::NotAPicture };
    assert!(verified.iter().any(|d| d.problem == changed), "{verified:?}");
    assert!(verified.iter().any(|d| d.problem == unreadable), "{verified:?}");
}

#[test]
fn half_a_jpeg_is_shown_in_its_size_or_refused() {
    let jpeg = std::fs::read(fixture("../../assets/photos/luogu.jpg")).expect("a photo");
    for part in [4, 2] {
        match soon("half a JPEG", || photo::decode(&jpeg[..jpeg.len() / part], 256)) {
            Ok(pixels) => assert_eq!(pixels.original, (1600, 1200)),
            Err(why) => assert_eq!(why, PhotoError::Damaged),
        }
    }
}

/// One thing that goes wrong with a file.
#[derive(Clone, Debug)]
enum Mutation {
    Flip { at: usize, bit: u8 },
    Delete { at: usize, len: usize },
    Insert { at: usize, what: &'static str },
    Copy { from: usize, to: usize, len: usize },
    Truncate { at: usize },
}

impl Mutation {
    /// Offsets are taken modulo the length, so that every mutation fits every text.
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: usize| at % (bytes.len() + 1);
        match *self {
            Self::Flip { at, bit } => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Delete { at, len } => {
                let at = place(at);
                bytes.drain(at..(at + len).min(bytes.len()));
            }
            Self::Insert { at, what } => {
                let at = place(at);
                bytes.splice(at..at, what.bytes());
            }
            Self::Copy { from, to, len } => {
                let (from, to) = (place(from), place(to));
                let copy = bytes[from..(from + len).min(bytes.len())].to_vec();
                bytes.splice(to..to, copy);
            }
            Self::Truncate { at } => bytes.truncate(place(at)),
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = 0..BUNDLED_JSON.len();
    let what = prop::sample::select(vec![
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\\u",
        "\n",
        "\0",
        "\u{b}",
        "/*",
        "//",
        "null",
        "-",
        "1e9",
        "“",
        "”",
        "，",
        "温",
        "| ",
        "> ",
        "![](photo:luogu)",
        "[x](section:guihua)",
        "[^1]",
        "**",
        "`",
        "\"id\": \"luogu\", ",
        "\u{feff}",
        "\u{10ffff}",
    ]);
    prop_oneof![
        4 => (at.clone(), 0..8u8).prop_map(|(at, bit)| Mutation::Flip { at, bit }),
        2 => (at.clone(), 1..200usize).prop_map(|(at, len)| Mutation::Delete { at, len }),
        4 => (at.clone(), what).prop_map(|(at, what)| Mutation::Insert { at, what }),
        1 => (at.clone(), at.clone(), 1..2_000usize).prop_map(|(from, to, len)| Mutation::Copy { from, to, len }),
        1 => at.prop_map(|at| Mutation::Truncate { at }),
    ]
}

/// The archive that the bundled one becomes, if it is still one; sound in any case.
fn check_mutated(mutations: &[Mutation], read: impl Fn(&[u8]) -> Option<String>) {
    let mut bytes = BUNDLED_JSON.as_bytes().to_vec();
    mutations.iter().for_each(|mutation| mutation.apply(&mut bytes));
    let Some(text) = read(&bytes) else { return };
    if let Ok(archive) = load_text(&text, Source::Embedded) {
        check_sound(&archive);
        let lines = text.matches('\n').count() + 1;
        let places = archive.diagnostics.iter().filter_map(|d| d.place.line);
        places.for_each(|line| assert!((1..=lines).contains(&line), "line {line} of {lines}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_damaged_file_is_refused_or_sound(mutations in prop::collection::vec(mutation(), 1..5)) {
        check_mutated(&mutations, |bytes| decode::decode(bytes).map(String::from));
    }

    #[test]
    fn a_damaged_text_is_refused_or_sound(mutations in prop::collection::vec(mutation(), 1..5)) {
        check_mutated(&mutations, |bytes| Some(String::from_utf8_lossy(bytes).into_owned()));
    }

    #[test]
    fn a_photo_path_stays_inside_or_is_refused(path in r"(\.\.|/|\\|a|:|\.|C:|照|\x00| ){0,6}") {
        if let Some(path) = RelativePath::new(&path) {
            let joined = std::path::Path::new("folder").join(path.as_str());
            let climbs = joined.components().any(|part| !matches!(part, std::path::Component::Normal(_)));
            prop_assert!(joined.starts_with("folder") && !climbs, "{path}");
        }
    }
}
