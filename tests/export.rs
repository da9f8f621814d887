//! Booklets. What other programs say of them needs those programs: `.ci/run` installs qpdf and poppler-utils and runs
//! the tests that are ignored here.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use juanzong::archive::{Archive, Source, load, load_text};
use juanzong::export::Scope;
use juanzong::export::pdf::{Options, Paper, Pdf, PdfError, Progress, write};
use juanzong::text::Language;
use juanzong::typeset::{Flow, FontStack, Sheet};
use serde_json::json;

fn bundled() -> Archive {
    load(Source::Embedded).expect("the bundled archive")
}

fn archive(body: &str) -> Archive {
    let text = json!({"format": 1, "title": "样张", "reports": [{"id": "r", "title": "样张", "sections": [
        {"id": "a", "title": "甲", "body": body}]}]});
    load_text(&text.to_string(), Source::Embedded).expect("an archive")
}

fn options(paper: Paper) -> Options {
    Options { paper, ..Options::new(Language::ZhCn.words()) }
}

fn booklet(archive: &Archive, scope: Scope, paper: Paper) -> Pdf {
    write(archive, scope, &options(paper), &mut |_| ControlFlow::Continue(())).expect("a booklet")
}

/// Everything of CommonMark that is set in a way of its own.
const ALL: &str = "## 二级 Heading\n\n段**重**与*着重*,`码`~~删~~[链](section:a)注[^1]。\n\n- 一\n  - 二\n    1. 三\n\
    - [x] 办\n- [ ] 未\n\n> 引\n>\n> > 深\n\n| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |\n\n```\n代\t码\n```\n\n---\n\n\
    English text, “quoted”.\n\n[^1]: 注文。";

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let archive = bundled();
    let (one, two) = (booklet(&archive, Scope::Archive, Paper::A5), booklet(&archive, Scope::Archive, Paper::A5));
    assert!(one.bytes == two.bytes);
    assert!(one.bytes.starts_with(b"%PDF-") && one.missing.is_empty());
}

#[test]
fn a_section_alone_has_no_cover_and_no_contents() {
    let archive = bundled();
    let section = archive.section_ids().next().expect("a section");
    let (alone, all) =
        (booklet(&archive, Scope::Section(section), Paper::A4), booklet(&archive, Scope::Archive, Paper::A4));
    assert_eq!(alone.pages, 1);
    assert!(all.pages > 8 && booklet(&archive, Scope::Archive, Paper::A5).pages > all.pages);
}

#[test]
fn a_booklet_that_is_no_longer_wanted_is_given_up() {
    let archive = bundled();
    for stop in [0, 5, 12] {
        let mut count = 0;
        let mut watch = |progress: Progress| {
            assert!(progress.done <= progress.all);
            count += 1;
            if count > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let error = write(&archive, Scope::Archive, &options(Paper::A4), &mut watch).expect_err("cancelled");
        assert_eq!((error, count), (PdfError::Cancelled, stop + 1));
    }
}

#[test]
fn whatever_a_text_holds_is_put_on_pages() {
    let table = format!("| 甲 | 乙 |\n|--|--|\n{}", "| 一 | 二 |\n".repeat(300));
    let deep = (0..40).map(|n| format!("{}- 项\n", "  ".repeat(n))).collect::<String>();
    for (name, body, pages) in [
        ("all of it", ALL.to_owned(), 1),
        ("nothing", String::new(), 1),
        ("a table over pages", table, 5),
        ("lists in lists", deep, 1),
        ("quotes in quotes", format!("{} 深", ">".repeat(60)), 1),
        ("one endless word", "a".repeat(5000), 1),
        ("a long paragraph", "温泉小镇。".repeat(4000), 8),
        ("a photo that is not there", "![图](photo:no)\n\n文".to_owned(), 1),
    ] {
        let pdf = booklet(&archive(&body), Scope::Archive, Paper::A5);
        assert!(pdf.pages >= pages + 2, "{name}: {} pages", pdf.pages);
    }
}

#[test]
fn characters_without_a_glyph_are_told_of() {
    let pdf = booklet(&archive("温泉\u{2A6D6}\u{10FFFD}"), Scope::Archive, Paper::A4);
    assert_eq!(pdf.missing, ['\u{2A6D6}', '\u{10FFFD}']);
}

// What other programs say.

struct Saved(tempfile::TempDir);

impl Saved {
    fn new(pdf: &Pdf) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("booklet.pdf"), &pdf.bytes).expect("written");
        Self(folder)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("booklet.pdf")
    }
}

fn run(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; .ci/run installs it"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What the setter shows of all sections, without blanks.
fn shown(archive: &Archive) -> String {
    let sheet = Sheet {
        width: 400.0,
        size: 12.0,
        leading: 1.75,
        paragraph_gap: 0.0,
        face: juanzong::typeset::Face::Serif,
        justify: true,
        indent: true,
        full_width: true,
    };
    let mut all = String::new();
    for section in &archive.sections {
        let shaper = FontStack::embedded();
        let flow = Flow { document: &section.document, sheet, shaper, picture: &|_| None };
        for index in 0..section.document.blocks.len() {
            for text in flow.set(index, f32::INFINITY).texts {
                text.lines.iter().for_each(|line| all.push_str(&line.shown));
            }
        }
    }
    all.retain(|c| !c.is_whitespace());
    all
}

#[track_caller]
fn check_by_others(archive: &Archive, paper: Paper) {
    let pdf = booklet(archive, Scope::Archive, paper);
    let saved = Saved::new(&pdf);
    let file = saved.path();
    assert!(run("qpdf", &["--check"], &file).contains("No syntax or stream encoding errors"));
    let fonts = run("pdffonts", &[], &file);
    let faces: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!faces.is_empty() && faces.iter().all(|face| face.contains(" yes yes yes ")), "{fonts}");
    let info = run("pdfinfo", &[], &file);
    let says = |key: &str, value: &str| info.lines().any(|line| line.starts_with(key) && line.ends_with(value));
    assert!(says("Tagged:", "yes") && says("Pages:", &pdf.pages.to_string()), "{info}");
    assert!(says("Title:", &archive.title), "{info}");

    let text =
        Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(&file).arg("-").output().expect("pdftotext");
    let text = String::from_utf8(text.stdout).expect("UTF-8");
    let mut found = text.chars();
    for (n, wanted) in shown(archive).chars().enumerate() {
        assert!(found.any(|c| c == wanted), "character {n}, {wanted}, is not there in its order");
    }
    let outline = run("qpdf", &["--json", "--json-key=outlines"], &file);
    for section in &archive.sections {
        assert!(outline.contains(section.title.trim()), "{} is not in the outline", section.title);
    }
}

#[test]
#[ignore = "needs qpdf and poppler-utils; .ci/run installs them"]
fn other_programs_read_the_bundled_booklet() {
    for paper in Paper::ALL {
        check_by_others(&bundled(), paper);
    }
}

#[test]
#[ignore = "needs qpdf and poppler-utils; .ci/run installs them"]
fn other_programs_read_all_that_markdown_has() {
    check_by_others(&archive(ALL), Paper::A4);
    let table = format!("| 甲 | 乙 |\n|--|--|\n{}", "| 一 | 二 |\n".repeat(120));
    check_by_others(&archive(&table), Paper::A5);
}
