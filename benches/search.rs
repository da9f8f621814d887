//! What a key press costs in a large library: from the letter typed to the results drawn.
//!
//! `cargo bench --bench search -- CORPUS [DOCUMENTS [WORDS…]]` reads a corpus of `scripts/make-corpus.py`, one document a line,
//! as the sections of an archive, gives it its index, and prints a table: the search as the worker does it, for a word that
//! is there at once and for one that is typed letter by letter, and the frame that draws what was found. What else may be
//! meant (candidates, the nearest strings) is shown when it is known. The peer in the same run is the scan, which is what
//! answers while there is no index.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::io::{BufRead as _, BufReader};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use egui::{Context, Pos2, RawInput, Rect, Vec2};
use juanzong::app::{Command, Route, Search, Settings};
use juanzong::archive::{Source, load_text};
use juanzong::folders::Folders;
use juanzong::index_files::{IndexFiles, key_of};
use juanzong::library::{Library, Request};
use juanzong::text::Language;
use juanzong::ui::{Start, Viewer};
use juanzong::worker::{AT_ONCE, Executor};
use serde_json::json;

const WINDOW: Vec2 = Vec2::new(1366.0, 768.0);
const RUNS: usize = 15;
/// One character, two, more, punctuation, Latin, numbers, pinyin in full, begun, initials, mixed, several words, a
/// phrase with a gap, an amount, what stands nowhere.
const TYPED: &[&str] = &[
    "的",
    "春",
    "人民",
    "中华人民共和国",
    "，",
    "the",
    "2017",
    "renmin",
    "jing",
    "zhongguorenmin",
    "zg",
    "gmkf",
    "gcz",
    "zhgc",
    "人min",
    "经济 发展",
    "人民 -中国",
    "改革*开放",
    ">100亿元",
    ">5000",
    "10..20公里",
    "经济 ~5 改革",
    "火星基地",
    "huoxingjidi",
];

fn library(path: &str, documents: usize) -> Library {
    let lines = BufReader::new(std::fs::File::open(path).expect("a corpus")).lines().take(documents);
    let sections: Vec<_> = lines
        .enumerate()
        .map(|(i, line)| json!({"id": format!("s{i}"), "title": format!("第{i}篇"), "body": line.expect("UTF-8")}))
        .collect();
    let reports: Vec<_> = sections
        .chunks(100)
        .enumerate()
        .map(|(i, sections)| {
            let date = format!("{}-{:02}", 1978 + i % 47, 1 + i % 12);
            json!({"id": format!("r{i}"), "title": format!("第{i}辑"), "date_issued": date, "sections": sections})
        })
        .collect();
    let archive = json!({"format": 1, "title": "bench", "reports": reports}).to_string();
    Library::new(load_text(&archive, Source::Embedded).expect("an archive"))
}

fn indexed(library: &Library) -> Library {
    let id = library.first();
    let volume = library.volume(id);
    let folder = tempfile::tempdir().expect("a folder");
    let files = IndexFiles::in_folder(Some(folder.path()));
    let start = Instant::now();
    let index = files.make(key_of(&*volume.engine), &*volume.engine, &mut |_| ControlFlow::Continue(()));
    println!("index made in {:.1} s\n", start.elapsed().as_secs_f64());
    library.with_volumes(vec![(id, Arc::new(volume.with_index(index.expect("an index"))))])
}

/// A viewer that searches where it is asked to, and the time of its frames.
struct Screen {
    ctx: Context,
    viewer: Viewer,
}

impl Screen {
    fn new(library: Library) -> Self {
        let ctx = Context::default();
        let start = Start {
            library,
            // The contents of so many sections, and the cover of so many reports, are not what is measured.
            settings: Settings { contents_hidden: true, ..Settings::default() },
            system_language: Language::ZhCn,
            folders: Folders::default(),
            executor: Executor::Inline,
            exhibition: None,
        };
        let mut viewer = Viewer::new(&ctx, start);
        viewer.command(&ctx, Command::Go(Route::Figures));
        Self { ctx, viewer }
    }

    fn frame(&mut self) -> f64 {
        let input = RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, WINDOW)), ..RawInput::default() };
        let start = Instant::now();
        let viewer = &mut self.viewer;
        let mut output = self.ctx.run_ui(input, |ui| viewer.ui(ui));
        let shapes = std::mem::take(&mut output.shapes);
        let primitives = self.ctx.tessellate(shapes, output.pixels_per_point);
        let spent = start.elapsed().as_secs_f64();
        drop(primitives);
        output.textures_delta.clear();
        spent * 1e3
    }

    /// Median milliseconds of the frame after a search.
    fn frame_after(&mut self, words: &str) -> f64 {
        let ctx = self.ctx.clone();
        let frame = |_| {
            self.viewer.command(&ctx, Command::ClearSearch);
            self.frame();
            self.viewer.command(&ctx, Command::Search(words.to_owned()));
            // Where threads search, the offers would come after this frame.
            self.frame();
            self.frame()
        };
        median((0..RUNS).map(frame).collect())
    }

    fn library(&self) -> Arc<Library> {
        Arc::clone(&self.viewer.state().library)
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Median milliseconds.
fn time<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut once = || {
        let start = Instant::now();
        let made = work();
        let spent = start.elapsed().as_secs_f64() * 1e3;
        drop(made);
        spent
    };
    let first = once();
    let runs = if first > 100.0 { 3 } else { RUNS };
    median((0..runs).map(|_| once()).collect())
}

fn without_last(typed: &str) -> String {
    let mut chars = typed.chars();
    chars.next_back();
    chars.as_str().to_owned()
}

/// Median milliseconds until the first results are known, and until all are, as the worker searches.
fn timed(library: &Library, request: &Request) -> (f64, f64) {
    let whole = time(|| library.search(request));
    let first = time(|| library.search_beginning(request));
    let long = |times: f64| first * times > AT_ONCE.as_secs_f64() * 1e3;
    let shown = library.search_beginning(request).is_some_and(|found| long(found.times));
    (if shown { first } else { first + whole }, first + whole)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(path) = arguments.first() else {
        println!("cargo bench --bench search -- CORPUS [DOCUMENTS [WORDS…]]");
        return;
    };
    let documents = arguments.get(1).and_then(|number| number.parse().ok()).unwrap_or(300_000);
    let scanned = library(path, documents);
    let mut screen = Screen::new(indexed(&scanned));
    println!(
        "| typed | matches | at once, ms | by letters, ms | all, ms | frame, ms | offers, ms | scan, ms | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let named: Vec<&str> = arguments.iter().skip(2).map(String::as_str).collect();
    for typed in if named.is_empty() { TYPED } else { &named } {
        let library = screen.library();
        let request = Request { words: (*typed).to_owned(), ..Search::default().request(&library) };
        let scan = time(|| scanned.search(&request));
        let (at_once, all) = timed(&library, &request);
        let before = Request { words: without_last(typed), ..request.clone() };
        let (by_letters, _) = timed(&library, &Request { basis: library.search(&before).basis, ..request.clone() });
        let found = library.search(&request);
        let offers = time(|| (library.candidates(&request), found.is_nothing().then(|| library.nearest(&request))));
        let frame = screen.frame_after(typed);
        println!(
            "| `{typed}` | {} | {at_once:.1} | {by_letters:.1} | {all:.1} | {frame:.1} | {offers:.1} | {scan:.1} | {:.1} |",
            found.count,
            scan / all
        );
    }
}
