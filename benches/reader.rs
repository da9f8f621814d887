//! What a section of any length costs: CPU time to open it, to scroll it, and to jump into its middle.
//!
//! `cargo bench --bench reader` prints a table. The peer is egui itself in the same run: the same text as one label a
//! paragraph in a scroll area, of which only those on the screen are laid out a second time.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use cpu_time::ThreadTime;
use egui::{Context, Event, Pos2, RawInput, Rect, Vec2, vec2};
use juanzong::app::{Command, Route, Settings};
use juanzong::archive::{Archive, SectionId, Source, load, load_text};
use juanzong::folders::Folders;
use juanzong::text::Language;
use juanzong::ui::{Start, Viewer};
use juanzong::worker::Executor;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const WINDOW: Vec2 = Vec2::new(1366.0, 768.0);
const FRAMES: usize = 300;

/// Texts of a length in paragraphs, and in one paragraph.
fn texts(length: usize) -> [(&'static str, String); 2] {
    let archive = load(Source::Embedded).expect("the bundled archive");
    let bodies = archive.sections.iter().map(|section| section.document.plain.as_str()).collect::<String>();
    let whole: String = bodies.chars().cycle().take(length).collect();
    [("paragraphs", whole.replace('\n', "\n\n")), ("one paragraph", whole.replace('\n', ""))]
}

fn archive_of(body: &str) -> Archive {
    let report = serde_json::json!({"format": 1, "title": "bench", "reports": [{"id": "r", "title": "bench",
        "sections": [{"id": "a", "title": "a", "body": "a"}, {"id": "b", "title": "b", "body": body}]}]});
    load_text(&report.to_string(), Source::Embedded).expect("an archive")
}

/// Frames without a window, as far as to the triangles.
struct Screen {
    ctx: Context,
    time: f64,
}

impl Screen {
    /// CPU time of a frame in seconds.
    fn frame(&mut self, events: Vec<Event>, mut draw: impl FnMut(&mut egui::Ui)) -> f64 {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, WINDOW)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let before = ThreadTime::now();
        let mut output = self.ctx.run_ui(input, &mut draw);
        let shapes = std::mem::take(&mut output.shapes);
        let primitives = self.ctx.tessellate(shapes, output.pixels_per_point);
        let spent = before.elapsed().as_secs_f64();
        drop(primitives);
        output.textures_delta.clear();
        spent
    }

    fn scroll(&mut self, mut draw: impl FnMut(&mut egui::Ui)) -> Vec<f64> {
        let at = Event::PointerMoved((WINDOW * vec2(0.6, 0.5)).to_pos2());
        (0..FRAMES)
            .map(|_| {
                let wheel = Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Point,
                    delta: vec2(0.0, -120.0),
                    modifiers: egui::Modifiers::NONE,
                    phase: egui::TouchPhase::Move,
                    source: egui::MouseWheelSource::Wheel,
                };
                self.frame(vec![at.clone(), wheel], &mut draw)
            })
            .collect()
    }
}

fn row(name: &str, length: usize, open: f64, scroll: Vec<f64>, jump: Option<f64>) {
    let mut sorted = scroll;
    sorted.sort_by(f64::total_cmp);
    let (median, worst) = (sorted[sorted.len() / 2], sorted[sorted.len() * 99 / 100]);
    let jump = jump.map_or("–".to_owned(), |secs| format!("{:.1}", secs * 1e3));
    println!("| {name} | {length} | {:.1} | {:.2} | {:.2} | {jump} |", open * 1e3, median * 1e3, worst * 1e3);
}

fn viewer(length: usize, name: &str, body: &str) {
    let mut screen = Screen { ctx: Context::default(), time: 0.0 };
    let start = Start {
        library: archive_of(body).into(),
        settings: Settings::default(),
        system_language: Language::ZhCn,
        folders: Folders::default(),
        executor: Executor::Inline,
        exhibition: None,
    };
    let mut viewer = Viewer::new(&screen.ctx, start);
    let ids: Vec<SectionId> = viewer.state().archive().section_ids().collect();
    let section = |index: usize| ids[index];
    viewer.command(&screen.ctx, Command::Go(Route::Section(section(0))));
    for _ in 0..10 {
        screen.frame(Vec::new(), |ui| viewer.ui(ui));
    }
    viewer.command(&screen.ctx, Command::Go(Route::Section(section(1))));
    let open = screen.frame(Vec::new(), |ui| viewer.ui(ui));
    let scroll = screen.scroll(|ui| viewer.ui(ui));
    let middle = length / 2;
    viewer.command(&screen.ctx, Command::GoToText { section: section(1), range: middle..middle + 4 });
    let jump = screen.frame(Vec::new(), |ui| viewer.ui(ui));
    row(&format!("juanzong, {name}"), length, open, scroll, Some(jump));
}

fn labels(length: usize, body: &str) {
    let mut screen = Screen { ctx: Context::default(), time: 0.0 };
    let start = Start {
        library: archive_of("a").into(),
        settings: Settings::default(),
        system_language: Language::ZhCn,
        folders: Folders::default(),
        executor: Executor::Inline,
        exhibition: None,
    };
    // For its fonts.
    drop(Viewer::new(&screen.ctx, start));
    screen.frame(Vec::new(), |ui| {
        ui.label("a");
    });
    let paragraphs: Vec<&str> = body.split("\n\n").collect();
    let mut draw = |ui: &mut egui::Ui| {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(650.0);
            for paragraph in &paragraphs {
                ui.label(egui::RichText::new(*paragraph).size(18.0));
            }
        });
    };
    let open = screen.frame(Vec::new(), &mut draw);
    let scroll = screen.scroll(&mut draw);
    row("egui labels, paragraphs", length, open, scroll, None);
}

fn main() {
    println!("| text | characters | open ms | scroll ms, p50 | p99 | jump ms |");
    println!("|---|---|---|---|---|---|");
    for length in SIZES {
        for (name, body) in texts(length) {
            viewer(length, name, &body);
            if name == "paragraphs" {
                labels(length, &body);
            }
        }
    }
}
