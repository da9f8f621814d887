//! A day and a night of visitors at many times their speed: what an exhibition holds of memory, files and threads.
//!
//! `cargo bench --bench soak -- PLOT.svg` prints a table, a line an hour, and draws it. Every frame is drawn by the
//! program's own painter; pictures are read by the program's own threads; time is handed in. The visitors tap and drag
//! anywhere, with a fixed seed. Linux only: elsewhere the system is not asked what the program holds.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::rc::Rc;
use std::time::Instant;

use egui::{Color32, Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2, pos2};
use juanzong::app::{Settings, Sheet};
use juanzong::archive::{Source, load};
use juanzong::folders::Folders;
use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::settings::KioskSettings;
use juanzong::kiosk::watch::{Pulse, own_bytes};
use juanzong::painter::Canvas;
use juanzong::text::Language;
use juanzong::ui::{Exhibiting, Start, Viewer};
use juanzong::worker::Executor;

const SCREEN: Vec2 = Vec2::new(1366.0, 768.0);
const ZOOM: f32 = 1.5;
const HOUR: f64 = 3600.0;

struct Soak {
    ctx: Context,
    viewer: Viewer,
    canvas: Canvas,
    secs: f64,
    local: Rc<Cell<LocalTime>>,
    frames: u64,
    dice: u64,
}

impl Soak {
    fn new() -> Self {
        let ctx = Context::default();
        let local = Rc::new(Cell::new(LocalTime::parse("2026-11-23 00:00:00").expect("a time")));
        let clock = Rc::clone(&local);
        let settings = KioskSettings::default();
        let start = Start {
            library: load(Source::Embedded).expect("the bundled archive").into(),
            settings: Settings::for_visit(&settings),
            system_language: Language::ZhCn,
            folders: Folders::default(),
            executor: Executor::Threads,
            exhibition: Some(Exhibiting { settings, pulse: Pulse::default(), clock: Box::new(move || clock.get()) }),
        };
        let viewer = Viewer::new(&ctx, start);
        let canvas = Canvas::new(SCREEN.x as usize, SCREEN.y as usize, 2);
        Self { ctx, viewer, canvas, secs: 0.0, local, frames: 0, dice: 0x2545_F491_4F6C_DD1D }
    }

    /// A number below `most`.
    fn roll(&mut self, most: u64) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % most
    }

    fn place(&mut self) -> Pos2 {
        let (width, height) = ((SCREEN.x / ZOOM) as u64, (SCREEN.y / ZOOM) as u64);
        // The bar below is where one goes on from.
        let y = if self.roll(4) == 0 { height - 20 } else { self.roll(height) };
        pos2(self.roll(width) as f32, y as f32)
    }

    /// Lets so many seconds go by, and draws.
    fn frame(&mut self, secs: f64, events: Vec<Event>) {
        self.secs += secs;
        let local = self.local.get();
        self.local.set(LocalTime { second_of_day: self.secs as u32 % 86_400, ..local });
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SCREEN / ZOOM)),
            time: Some(self.secs),
            events,
            ..RawInput::default()
        };
        let viewer = &mut self.viewer;
        let mut output = self.ctx.run_ui(input, |ui| viewer.ui(ui));
        self.canvas.update_textures(&mut output.textures_delta);
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        self.canvas.paint(&primitives, output.pixels_per_point, Color32::BLACK);
        self.frames += 1;
    }

    fn button(pos: Pos2, pressed: bool) -> Vec<Event> {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        vec![Event::PointerMoved(pos), Event::PointerButton { pos, button, pressed, modifiers }]
    }

    fn touch(&mut self) {
        let (from, to) = (self.place(), self.place());
        let drags = self.roll(3) == 0;
        self.frame(0.02, Self::button(from, true));
        if drags {
            for part in 1..=3 {
                self.frame(0.02, vec![Event::PointerMoved(from + (to - from) * (part as f32 / 3.0))]);
            }
        }
        self.frame(0.02, Self::button(if drags { to } else { from }, false));
        self.frame(0.05, Vec::new());
        // Until they have read some lines.
        let reads = self.roll(9) as f64;
        self.frame(1.0 + reads, Vec::new());
    }

    /// Somebody comes, looks around and goes; a while later somebody else may come.
    fn visit(&mut self) {
        for _ in 0..8 + self.roll(32) {
            self.touch();
        }
        for _ in 0..30 {
            self.frame(4.0, Vec::new());
        }
        let state = self.viewer.state();
        let anew = state.search.words.is_empty() && state.sheet == Sheet::None && !state.history.can_go_back();
        assert!(anew, "something is left of a visitor");
        for _ in 0..20 + self.roll(60) {
            self.frame(1.0, Vec::new());
        }
    }
}

/// What the program holds: MiB of memory, open files, threads.
fn held() -> [f64; 3] {
    let count = |folder: &str| fs::read_dir(folder).map_or(0, Iterator::count) as f64;
    [own_bytes().unwrap_or(0) as f64 / f64::from(1 << 20), count("/proc/self/fd"), count("/proc/self/task")]
}

fn main() {
    let plot = std::env::args().skip(1).find(|argument| argument.ends_with(".svg"));
    let (began, mut soak, mut visits) = (Instant::now(), Soak::new(), 0);
    let mut hours: Vec<[f64; 4]> = Vec::new();
    println!("| hour | visits | frames | MiB | open files | threads |\n|---|---|---|---|---|---|");
    let mut next = 0.0;
    while soak.secs < 24.0 * HOUR {
        soak.visit();
        visits += 1;
        if soak.secs >= next {
            let [memory, files, threads] = held();
            let hour = soak.secs / HOUR;
            println!("| {hour:.1} | {visits} | {} | {memory:.0} | {files} | {threads} |", soak.frames);
            hours.push([hour, memory, files, threads]);
            next += HOUR / 2.0;
        }
    }
    println!("\n24 hours in {:.0} s", began.elapsed().as_secs_f64());
    if let Some(path) = plot {
        fs::write(&path, draw(&hours, visits)).expect("the plot");
    }
    // Of a column, the most in the first half, when everything was seen once, and in the second.
    let half = hours.len() / 2;
    let most =
        |column: usize, from: usize, to: usize| hours[from..to].iter().map(|held| held[column]).fold(0.0, f64::max);
    let grew = |column: usize| most(column, half, hours.len()) - most(column, 4, half);
    assert!(grew(1) < most(1, 4, half) * 0.1 + 8.0, "its memory grew");
    assert!(grew(2) <= 0.0 && grew(3) <= 0.0, "it holds more files or threads");
}

/// Three lines over a day.
fn draw(hours: &[[f64; 4]], visits: u32) -> String {
    const LINES: [(usize, f64, &str, &str); 3] =
        [(1, 300.0, "#a52a1c", "memory in MiB"), (2, 60.0, "#1c5a6b", "open files"), (3, 60.0, "#8a5400", "threads")];
    let (left, width, height, gap) = (70.0, 760.0, 150.0, 44.0);
    let mut svg = String::from(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 860 620' font-family='sans-serif' font-size='13'>\n\
         <rect width='860' height='620' fill='#fbf8f1'/>\n",
    );
    for (index, (value, top_value, ink, name)) in LINES.into_iter().enumerate() {
        let top = 34.0 + index as f64 * (height + gap);
        let y = |of: f64| top + height - (of / top_value).min(1.0) * height;
        let _ = writeln!(svg, "<text x='{left}' y='{}' fill='{ink}'>{name}</text>", top - 8.0);
        for part in 0..=3 {
            let of = top_value * f64::from(part) / 3.0;
            let _ = writeln!(
                svg,
                "<path d='M{left} {0:.1}h{width}' stroke='#ddd3c2'/><text x='{1}' y='{2:.1}' text-anchor='end'>{of:.0}</text>",
                y(of),
                left - 8.0,
                y(of) + 4.0
            );
        }
        let points: Vec<String> = hours
            .iter()
            .map(|held| format!("{:.1},{:.1}", left + held[0].min(24.0) / 24.0 * width, y(held[value])))
            .collect();
        let _ = writeln!(svg, "<polyline points='{}' fill='none' stroke='{ink}' stroke-width='2'/>", points.join(" "));
    }
    for hour in (0..=24).step_by(4) {
        let x = left + f64::from(hour) / 24.0 * width;
        let _ = writeln!(svg, "<text x='{x:.1}' y='590' text-anchor='middle'>{hour} h</text>");
    }
    let _ = writeln!(svg, "<text x='{left}' y='610' fill='#6a5f54'>{visits} visits</text></svg>");
    svg
}
