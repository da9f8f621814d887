//! Files in `tests/fixtures`, each with one thing wrong.

use juanzong::archive::source::BUNDLED_JSON;
use juanzong::archive::{LoadError, Source, decode, load, load_text};

use super::{check_sound, describe, fixture, only, open};

/// The fixture opens and is described as expected.
fn check(name: &str, expected: &[&str]) {
    let library = open(Source::at(&fixture(name))).unwrap_or_else(|e| panic!("{name}: {e}"));
    let expected: String = expected.iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(describe(only(&library)), expected, "{name}");
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
    check("trailing-comma.json", &[A, B, "warning 10: Mended(TrailingComma)"]);
    check("missing-comma.json", &[A, B, "warning 9: Mended(MissingComma)", "warning 10: Mended(MissingComma)"]);
    check("comments.json", &[A, B, "warning 4: Mended(Comment)", "warning 5: Mended(Comment)"]);
    check("line-feed.json", &[A, B, "warning 9: Mended(LineFeedInString)"]);
    // Four texts with two quotation marks each, three colons and a comma.
    let full_width = ["warning 9: Mended(FullWidthMark)"];
    check("full-width.json", &[&[A, B], &full_width[..]].concat());
    let misspelt = "warning 9 reports[0].sections[0].tilte: UnknownKey { key: \"tilte\", nearest: Some(\"title\") }";
    check("windows-lines.json", &[A, B, misspelt]);
    let outside = "error 8 reports[0].photos[0].file: PhotoMissing { file: \"photos\\\\照片.jpg\" }";
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
    check("truncated.json", &[A, "b 乙: 创优环境招引项目,主动", "error 10: CutShort"]);
}

#[test]
fn a_file_torn_inside_a_character_opens_up_to_the_tear() {
    let torn = "b 乙: 创优环境招引项目,主\u{fffd}";
    check("truncated-character.json", &[A, torn, "error 10: BadBytes", "error 10: CutShort"]);
}

#[test]
fn wherever_a_file_is_torn_what_was_read_is_what_was_written() {
    let whole = std::fs::read(fixture("whole.json")).expect("a fixture");
    let reports_open = 1 + whole.iter().position(|byte| *byte == b'[').expect("a list of reports");
    let mut wrong = Vec::new();
    for end in 0..whole.len() {
        let opened = decode::decode(&whole[..end]).and_then(|decoded| load_text(&decoded.text, Source::Embedded).ok());
        let as_written = opened.as_ref().map(|archive| {
            let titles = archive.sections.iter().map(|section| section.title.as_str());
            let bodies = archive.sections.iter().map(|section| section.body.as_str());
            // A text may end early, and its last character may be torn.
            let begins = |written: &str, read: &str| written.starts_with(read.trim_end_matches('\u{fffd}'));
            let written = |line: &'static str| line.split_once(": ").map_or("", |(_, body)| body);
            archive.title == "温泉镇档案"
                && titles.zip(["甲", "乙"]).all(|(title, written)| begins(written, title))
                && bodies.zip([A, B]).all(|(body, line)| begins(written(line), body))
        });
        if as_written != (end >= reports_open).then_some(true) {
            let read = opened.map(|archive| describe(&archive));
            wrong.push(format!("{end} bytes: {}", read.as_deref().unwrap_or("refused")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} tears:\n{}", wrong.len(), whole.len(), wrong.join("\n"));
}

#[test]
fn a_torn_file_is_not_taken_for_another_encoding() {
    let bytes = "{\"format\":1,\"title\":\"温泉\",\"reports\":[],\"id\":\"镇".as_bytes();
    for end in bytes.len() - 3..=bytes.len() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("archive.json"), &bytes[..end]).expect("written");
        let archive = load(Source::at(folder.path())).unwrap_or_else(|e| panic!("{end} bytes: {e}"));
        assert_eq!(archive.title, "温泉", "{end} bytes");
    }
}

#[test]
fn one_damaged_byte_costs_one_character_and_not_the_archive() {
    let library = open(Source::at(&fixture("one-bad-byte.json"))).expect("opens");
    let archive = only(&library);
    assert_eq!(archive.title, "温泉镇档案");
    assert_eq!(archive.sections[1].document.plain, "创优环境招引项目,主动服务推进项目。\n");
    assert!(!archive.diagnostics.is_empty(), "the damage is told of");
}

#[test]
fn control_characters_in_a_text_cost_nothing_but_themselves() {
    check("nul-escaped.json", &["a 甲: 温泉镇党委政府\0广大党员干部。", B]);
    let library = open(Source::at(&fixture("null-byte.json"))).expect("opens");
    let archive = only(&library);
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
