//! Small causes, large effects: nesting, sizes and numbers that no archive has.

use juanzong::archive::{Destination, LoadError, Problem, Severity, Source, load_text};
use juanzong::library::Library;
use juanzong::library::Request;
use juanzong::markdown;

use super::{check_document, check_sound, only, soon};

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
        library.search(&Request::everything("温泉"));
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
        let archive = only(&library);
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
    assert_eq!(only(&library).title, title);
    assert_eq!(only(&library).diagnostics, []);
    let found = soon("its search", || library.search(&Request::everything("温泉")));
    assert_eq!(found.count, 5_000_000 / 9);
}

#[test]
fn fifty_thousand_sections_are_fifty_thousand_sections() {
    let sections: Vec<String> =
        (0..50_000).map(|i| format!("{{\"id\":\"s{i}\",\"title\":\"\",\"body\":\"泉\"}}")).collect();
    let library = load_soon("many sections", &with_sections(&sections.join(",\n")));
    assert_eq!(only(&library).sections.len(), 50_000);
    assert_eq!(only(&library).diagnostics, []);
    let found = soon("their search", || library.search(&Request::everything("泉")));
    assert_eq!((found.count, found.groups.len()), (50_000, 50_000));
}

#[test]
fn thousands_of_problems_are_told_of_soon() {
    let sections: Vec<String> =
        (0..50_000).map(|i| format!("{{\"id\":\"s{i}\",\"title\":\"\",\"bodi\":\"泉\"}}")).collect();
    let library = load_soon("many misspelt keys", &with_sections(&sections.join(",\n")));
    assert!(only(&library).diagnostics.len() < 1_000);
    let last = only(&library).diagnostics.last().map(|d| &d.problem);
    assert!(matches!(last, Some(Problem::More { count }) if *count > 49_000), "{last:?}");
}

#[test]
fn thousands_of_equal_ids_are_renamed_soon() {
    let sections = vec!["{\"id\":\"s\",\"title\":\"\"}"; 10_000];
    let library = load_soon("equal ids", &with_sections(&sections.join(",\n")));
    assert_eq!(only(&library).sections.len(), 10_000);
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
    assert_eq!(only(&library).sections.iter().map(|s| s.photos.len()).sum::<usize>(), 10_000);
    let found = soon("their captions", || library.search(&Request::everything("湖")));
    assert_eq!(found.count, 10_000);
}

#[test]
fn a_key_of_a_megabyte_is_unknown_soon() {
    let text = format!("{{\"format\":1,\"title\":\"T\",\"reports\":[],\"{}\":1}}", "k".repeat(1_000_000));
    let library = load_soon("a long key", &text);
    assert!(matches!(only(&library).diagnostics[0].problem, Problem::UnknownKey { nearest: None, .. }));
}

#[test]
fn thousands_of_slips_are_mended_soon() {
    let sections: Vec<String> =
        (0..20_000).map(|i| format!("{{\"id\":\"s{i}\" \"title\":\"甲\n乙\",}} // 注\n")).collect();
    let library = load_soon("many slips", &with_sections(&sections.join("")));
    assert_eq!(only(&library).sections.len(), 20_000);
    assert!(only(&library).diagnostics.iter().all(|d| d.severity == Severity::Warning));
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
        assert_eq!(only(&library).sections[0].body, body, "{name}");
    }
}

#[test]
fn thousands_of_links_to_thousands_of_headings_are_resolved_soon() {
    let headings: String = (0..2_000).map(|i| format!("# h{i}\n")).collect();
    let links: String = (0..2_000).map(|i| format!("[x](#h{i})\n")).collect();
    let section = serde_json::json!({ "id": "s", "title": "S", "body": headings + &links });
    let library = load_soon("links", &with_sections(&section.to_string()));
    let destinations = &only(&library).sections[0].destinations;
    assert!(destinations.iter().all(|d| matches!(d, Destination::Block(_))), "every link leads to its heading");
}
