//! What may know of what: read from the source, so that a wrong `use` fails here and not in a review.

use std::path::{Path, PathBuf};

/// A layer, the modules of this crate that it may use besides itself, and what it may not use from outside.
type Rule = (&'static str, Modules, &'static [&'static str]);

enum Modules {
    Only(&'static [&'static str]),
    AllBut(&'static [&'static str]),
}

use Modules::{AllBut, Only};

const WINDOW: &[&str] = &["egui", "eframe", "rfd"];
const WINDOW_AND_THREADS: &[&str] = &["egui", "eframe", "rfd", "std::thread"];
/// Pure computation: no window, threads or files.
const ALL: &[&str] = &["egui", "eframe", "rfd", "std::thread", "std::fs"];

const RULES: &[Rule] = &[
    ("markdown", Only(&[]), ALL),
    ("packed", Only(&[]), ALL),
    ("search", Only(&["packed"]), &["egui", "eframe", "rfd", "std::fs"]),
    ("typeset", Only(&["markdown", "packed"]), ALL),
    ("archive", Only(&["markdown"]), WINDOW_AND_THREADS),
    ("photo", Only(&["archive"]), ALL),
    ("library", Only(&["archive", "markdown", "search"]), ALL),
    ("painter", Only(&[]), &["eframe", "rfd", "std::fs"]),
    ("export", AllBut(&["app", "ui", "worker", "host", "cli", "painter"]), WINDOW_AND_THREADS),
    ("kiosk", AllBut(&["app", "ui", "worker", "host", "cli", "painter"]), WINDOW),
    ("app", AllBut(&["ui", "worker", "host"]), ALL),
    ("text", AllBut(&["ui", "worker", "host"]), WINDOW),
    ("cli", AllBut(&["ui", "worker"]), WINDOW_AND_THREADS),
    ("worker", AllBut(&["ui", "host"]), &["egui", "eframe"]),
    ("ui", AllBut(&["host"]), &["eframe", "rfd", "std::thread", "std::fs"]),
];

/// Where words in Chinese stand outside `src/text`, and why.
const HAN_ELSEWHERE: &[(&str, &str)] = &[
    ("src/host/mod.rs", "the program's name over a message that comes before any window"),
    ("src/search/", "tables of characters that stand for each other"),
    ("src/typeset/", "tables of characters that break lines alike"),
];

/// Packages that open connections; none of them may come in.
const NETWORK: &[&str] = &[
    "attohttpc",
    "curl",
    "curl-sys",
    "h2",
    "h3",
    "http",
    "hyper",
    "hyper-util",
    "isahc",
    "mio",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "schannel",
    "security-framework",
    "self_update",
    "socket2",
    "surf",
    "tungstenite",
    "ureq",
    "webbrowser",
    "webpki",
];

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of `src`: its path from the repository with forward slashes, and its code without test modules.
struct Source {
    path: String,
    /// Without comments; literals are empty.
    code: String,
    /// Text literals with their lines.
    literals: Vec<(usize, String)>,
}

impl Source {
    /// The top module: `archive` for `src/archive/load.rs`, `library` for `src/library.rs`.
    fn layer(&self) -> &str {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inside.split('/').next().unwrap_or(inside)
    }

    /// Every path that the code names, `use` trees spread out, from the crate's root where it lies in the crate.
    fn paths(&self) -> Vec<String> {
        let depth = self.path.matches('/').count() - usize::from(self.path.ends_with("/mod.rs"));
        let mut paths = Vec::new();
        let mut rest = self.code.as_str();
        while let Some(at) = rest.find("use ") {
            let starts_word = rest[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
            rest = &rest[at + 4..];
            if starts_word && let Some(end) = rest.find(';') {
                spread("", &rest[..end], &mut paths);
            }
        }
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        paths.extend(self.code.split(|c| !is_path(c)).filter(|word| word.contains("::")).map(str::to_owned));
        for path in &mut paths {
            let ups = path.split("::").take_while(|part| *part == "super").count();
            if ups > 0 && ups == depth {
                *path = format!("crate::{}", path.split("::").skip(ups).collect::<Vec<_>>().join("::"));
            }
        }
        paths
    }
}

/// The paths of a `use` tree.
fn spread(prefix: &str, tree: &str, paths: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((head, list)) = tree.split_once('{') else {
        return paths.push(format!("{prefix}{}", tree.split(" as ").next().unwrap_or(tree)));
    };
    let prefix = format!("{prefix}{}", head.trim());
    let list = list.trim_end().strip_suffix('}').unwrap_or(list);
    let (mut depth, mut start) = (0, 0);
    for (i, c) in list.char_indices().chain([(list.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !list[start..i].trim().is_empty() {
                    spread(&prefix, &list[start..i], paths);
                }
                start = i + 1;
            }
            _ => {}
        }
    }
}

fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&repository().join("src"), &mut files);
    files.sort();
    files.iter().map(|path| read(path)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of src") {
        let path = entry.expect("an entry").path();
        if path.ends_with("tests") || path.ends_with("tests.rs") {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn read(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    // Test modules that stand in a file close it.
    let text = text.find("#[cfg(test)]\nmod tests {").map_or(text.as_str(), |end| &text[..end]);
    let parts = path.strip_prefix(repository()).expect("inside").components();
    let path = parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let (code, literals) = without_literals(text);
    Source { path, code, literals }
}

/// The code without comments and literals, and the literals with their lines.
fn without_literals(text: &str) -> (String, Vec<(usize, String)>) {
    let (mut code, mut literals) = (String::new(), Vec::new());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let raw_hashes = rest.strip_prefix('r').map(|r| r.len() - r.trim_start_matches('#').len());
        let opens_raw = raw_hashes.is_some_and(|hashes| rest[1 + hashes..].starts_with('"'));
        let in_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !code.ends_with('b');
        let (literal, len) = if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else if let (true, false, Some(hashes)) = (opens_raw, in_word, raw_hashes) {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = &rest[2 + hashes..];
            let end = body.find(&close).expect("a raw text that ends");
            (&body[..end], 2 + hashes + end + close.len())
        } else if c == '"' {
            let end = closing(&rest[1..], '"').expect("a text that ends");
            (&rest[1..=end], end + 2)
        } else if c == '\''
            && let Some(end) = closing(&rest[1..], '\'')
            && is_one_character(&rest[1..=end])
        {
            (&rest[1..=end], end + 2)
        } else {
            code.push(c);
            at += c.len_utf8();
            continue;
        };
        literals.push((1 + text[..at].matches('\n').count(), literal.to_owned()));
        code.push_str("\"\"");
        at += len;
    }
    (code, literals)
}

/// Where the first `mark` without a backslash stands.
fn closing(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    text.find(|c| {
        let closes = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })
}

/// What stands between quotes is a character, not the code between two lifetimes.
fn is_one_character(text: &str) -> bool {
    text.starts_with('\\') && text.len() <= 10 || text.chars().count() == 1
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[test]
fn use_trees_and_literals_are_read_rightly() {
    let (code, literals) = without_literals(
        "use std::{fs::File, thread};\nfn f<'a>(x: &'a str) { g(\"温//泉\", '\\'', r#\"a\"b\"#, 'x'); } // \"注\"\nlet x = 1;",
    );
    let source = Source { path: "src/a/b.rs".to_owned(), code, literals: Vec::new() };
    assert_eq!(source.paths()[..2], ["std::fs::File", "std::thread"]);
    assert!(source.code.ends_with("let x = 1;") && !source.code.contains('注'), "{}", source.code);
    let expected = [(2, "温//泉"), (2, "\\'"), (2, "a\"b"), (2, "x")];
    assert_eq!(literals, expected.map(|(line, text)| (line, text.to_owned())));
    let above = Source { path: "src/a/b.rs".to_owned(), code: "use super::super::{ui, app::X};".to_owned(), literals };
    assert_eq!(above.paths()[..2], ["crate::ui", "crate::app::X"]);
}

#[test]
fn every_layer_uses_only_what_lies_below_it() {
    let sources = sources();
    let layers: Vec<&str> = sources.iter().map(Source::layer).collect();
    for (layer, ..) in RULES {
        assert!(layers.contains(layer), "no layer {layer} any more: mend the rules");
    }
    let mut wrong = Vec::new();
    for source in &sources {
        let Some((layer, modules, outside)) = RULES.iter().find(|(layer, ..)| *layer == source.layer()) else {
            continue;
        };
        for path in source.paths() {
            let own = path.strip_prefix("crate::").and_then(|inside| inside.split("::").next());
            let allowed = own.is_none_or(|module| {
                let module = module.trim();
                module == *layer
                    || match modules {
                        Only(these) => these.contains(&module),
                        AllBut(these) => !these.contains(&module),
                    }
            });
            let reaches = outside.iter().any(|name| path == *name || path.starts_with(&format!("{name}::")));
            if !allowed || reaches {
                wrong.push(format!("{}: {path}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "layers reach up or out:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_window_and_its_host_know_the_toolkit() {
    let knows = |name: &str, layers: &[&str]| {
        let sources = sources();
        let wrong: Vec<&str> = sources
            .iter()
            .filter(|source| source.paths().iter().any(|path| path.split("::").next() == Some(name)))
            .filter(|source| !layers.contains(&source.layer()))
            .map(|source| source.path.as_str())
            .collect();
        assert!(wrong.is_empty(), "{name} is used in {wrong:?}");
    };
    knows("egui", &["painter", "ui", "host"]);
    knows("eframe", &["host"]);
    knows("rfd", &["worker", "host"]);
}

#[test]
fn words_in_chinese_stand_in_text_alone() {
    let mut wrong = Vec::new();
    let mut met = vec![false; HAN_ELSEWHERE.len()];
    for source in sources().iter().filter(|source| !source.path.starts_with("src/text/")) {
        for (line, literal) in source.literals.iter().filter(|(_, literal)| literal.contains(is_han)) {
            match HAN_ELSEWHERE.iter().position(|(path, _)| source.path.starts_with(path)) {
                Some(exception) => met[exception] = true,
                None => wrong.push(format!("{}:{line}: {literal}", source.path)),
            }
        }
    }
    assert!(wrong.is_empty(), "words outside src/text:\n{}", wrong.join("\n"));
    for ((path, reason), met) in HAN_ELSEWHERE.iter().zip(met) {
        assert!(met, "{path} ({reason}) has no Chinese any more: take the exception out");
    }
}

/// The faces are Chinese: they draw these as wide as a character, with a gap beside.
#[test]
fn english_words_have_no_marks_that_are_drawn_wide() {
    let wide = |text: &str| text.contains(['“', '”', '‘', '’', '…', '·', '—']) && !text.contains(is_han);
    // What is put into Chinese sentences has letters in braces alone.
    let letters = |literal: &str| {
        let own = literal.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
        own.collect::<String>().contains(|c: char| c.is_ascii_alphabetic())
    };
    let mut wrong = Vec::new();
    for source in sources() {
        // Views are in both languages, and these files in English alone. Where a selection ends is no word of a view.
        let view = source.path.starts_with("src/ui/") && source.path != "src/ui/reader/selection.rs";
        let english = view || source.path.ends_with("/en.rs");
        let both = source.path.starts_with("src/text/");
        let literals = source.literals.iter().filter(|(_, literal)| wide(literal));
        wrong.extend(
            literals
                .filter(|(_, literal)| english || both && letters(literal))
                .map(|(line, literal)| format!("{}:{line}: {literal}", source.path)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_that_the_program_is_built_from_opens_a_connection() {
    let lock = std::fs::read_to_string(repository().join("Cargo.lock")).expect("Cargo.lock");
    let names: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(names.len() > 100 && names.contains(&"egui"), "Cargo.lock was not read");
    // What is there and may look like network: zbus and wayland-client speak over local sockets; async-io and rustix
    // poll them; tokio comes without `mio`, so without sockets, and web-sys is built for browsers alone.
    let wrong: Vec<&&str> = names.iter().filter(|name| NETWORK.contains(name)).collect();
    assert!(wrong.is_empty(), "in Cargo.lock: {wrong:?}");
}

#[test]
fn no_source_names_a_connection() {
    for source in sources() {
        for path in source.paths() {
            assert!(!path.starts_with("std::net"), "{}: {path}", source.path);
        }
    }
}
