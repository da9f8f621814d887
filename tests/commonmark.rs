//! The examples of the CommonMark spec, and tables and footnotes of our own, through the parser and the setter: nothing
//! is lost, nothing is doubled, nothing is run.

use juanzong::markdown::{BlockKind, Document, Link, parse};
use juanzong::typeset::{Face, Flow, FontStack, Sheet};

#[derive(serde::Deserialize)]
struct Example {
    example: usize,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    serde_json::from_str(include_str!("data/commonmark/examples.json")).expect("the examples")
}

impl Example {
    /// The text of the HTML: without its tags, but with those that stood in the Markdown, with pictures' alternative
    /// texts, and with the four characters that are escaped.
    fn text(&self) -> String {
        let unescape =
            |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        let mut text = String::new();
        let mut rest = self.html.as_str();
        while let Some(start) = rest.find('<') {
            text += &unescape(&rest[..start]);
            let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
            let tag = &rest[start..end];
            if self.markdown.contains(tag) {
                text += tag;
            } else if let Some((_, alt)) = tag.split_once("alt=\"") {
                text += &unescape(alt.split('"').next().unwrap_or_default());
            }
            rest = &rest[end..];
        }
        text + &unescape(rest)
    }
}

/// Blanks of whatever kind and number are one.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sheet(width: f32, full_width: bool) -> Sheet {
    let face = Face::Serif;
    Sheet { width, size: 18.0, leading: 1.6, paragraph_gap: 0.5, face, justify: true, indent: true, full_width }
}

/// Sets all blocks; every character stands in one line, but for the line feeds and tabs between lines and cells.
fn check_set(document: &Document, width: f32) {
    let shaper = FontStack::embedded();
    let chars: Vec<char> = document.plain.chars().collect();
    let flow = Flow { document, sheet: sheet(width, false), shaper, picture: &|_| None };
    let mut times = vec![0; chars.len()];
    for index in 0..document.blocks.len() {
        for text in &flow.set(index, f32::INFINITY).texts {
            for line in &text.lines {
                assert_eq!(line.range.len(), line.x.len());
                let drawn = line.range.clone().map(|i| text.start + i).zip(line.shown.chars());
                for (i, drawn) in drawn {
                    let blank = chars[i].is_whitespace() && drawn.is_whitespace();
                    assert!(drawn == chars[i] || blank || chars[i].is_control(), "{drawn:?} for {:?}", chars[i]);
                    times[i] += 1;
                }
            }
        }
    }
    for (i, (c, times)) in chars.iter().zip(times).enumerate() {
        let expected = if matches!(c, '\n' | '\t') { 0..=1 } else { 1..=1 };
        assert!(expected.contains(&times), "{c:?} at {i} is set {times} times: {:?}", document.plain);
    }
}

#[test]
fn the_text_of_every_example_is_kept() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    for example in &examples {
        let Example { example: number, markdown, .. } = example;
        assert_eq!(words(&parse(markdown).plain), words(&example.text()), "example {number}: {markdown}");
    }
}

#[test]
fn every_character_of_every_example_is_set_once() {
    for example in examples() {
        let document = parse(&example.markdown);
        for width in [90.0, 400.0] {
            check_set(&document, width);
        }
    }
}

#[test]
fn tables_and_footnotes_are_kept_and_set() {
    for (why, markdown, plain) in [
        ("a table", "| 年 | 户 |\n|:--|--:|\n| 2016 | **796** |", "年\t户\t\n2016\t796\t\n"),
        ("an escaped bar", "| a |\n|---|\n| b \\| c |", "a\t\nb | c\t\n"),
        ("missing and superfluous cells", "| a | b |\n|---|---|\n| c |\n| d | e | f |", "a\tb\t\nc\t\t\nd\te\t\n"),
        ("code in a cell", "| a |\n|---|\n| `x y` |", "a\t\nx y\t\n"),
        ("a picture in a cell", "| a |\n|---|\n| ![湖](photo:x) |", "a\t\n湖\t\n"),
        ("a table in a quote", "> | a |\n> |---|\n> | b |", "a\t\nb\t\n"),
        ("a footnote", "甲[^1]乙\n\n[^1]: 丙", "甲[1]乙\n丙\n"),
        ("a footnote of two paragraphs", "甲[^a]\n\n[^a]: 一\n\n    二\n", "甲[1]\n一\n二\n"),
        ("a footnote in a table", "| a[^n] |\n|---|\n| b |\n\n[^n]: c", "a[1]\t\nb\t\nc\n"),
        ("one note named twice", "甲[^a]乙[^a]\n\n[^a]: 丙", "甲[1]乙[1]\n丙\n"),
        ("a note that is not there", "甲[^b]", "甲[^b]\n"),
        ("a note that nobody names", "甲\n\n[^a]: 丙", "甲\n丙\n"),
        ("a note in a note", "甲[^a]\n\n[^a]: 丙[^b]\n\n[^b]: 丁", "甲[1]\n丙[2]\n丁\n"),
    ] {
        let document = parse(markdown);
        assert_eq!(document.plain.trim_end_matches('\n'), plain.trim_end_matches('\n'), "{why}");
        for width in [60.0, 400.0] {
            check_set(&document, width);
        }
    }
}

#[test]
fn nothing_is_run_and_nothing_is_loaded() {
    let hostile = [
        "<script>alert(1)</script>",
        "<img src=\"https://a.cn/x.png\" onerror=\"x()\">",
        "甲<iframe src=\"https://a.cn\"></iframe>",
        "![湖](https://a.cn/x.png)",
        "![湖](file:///etc/passwd)",
        "[点](javascript:alert(1))",
        "<https://a.cn>",
        "[![湖](https://a.cn/x.png)](https://a.cn)",
    ];
    let examples = examples();
    for markdown in examples.iter().map(|example| example.markdown.as_str()).chain(hostile) {
        let document = parse(markdown);
        // A block is text, a rule or a photo of the archive; a link leads nowhere but to what it names as written.
        for block in &document.blocks {
            if let BlockKind::Photo { link } = block.kind {
                assert!(matches!(document.links[link.0], Link::Photo(_)), "{markdown}");
            }
        }
        assert!(!document.links.iter().any(|link| matches!(link, Link::Photo(_) | Link::Section(_))), "{markdown}");
    }
    for markdown in &hostile[..3] {
        assert_eq!(parse(markdown).plain.trim_end(), *markdown, "raw HTML is text");
    }
    for markdown in &hostile[3..5] {
        assert_eq!(parse(markdown).plain, "湖\n", "a picture from outside is its alternative text");
    }
}
