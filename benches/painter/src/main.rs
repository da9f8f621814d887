//! `painter frames`: the time of a frame by the program's painter and by OpenGL on llvmpipe, on the same triangles in
//! the same run. `painter closeness [FOLDER]`: by how much their pixels differ; the folder gets both and the difference.

mod glow_painter;
mod hall;
mod scenes;

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use cpu_time::ProcessTime;
use egui::TexturesDelta;
use juanzong::app::Theme;
use juanzong::painter::Canvas;

use glow_painter::Glow;
use scenes::{Frame, moving, still};

const FRAMES: usize = 60;
const SCREENS: [(&str, [usize; 2], f32); 2] = [("1920×1080", [1920, 1080], 1.0), ("3840×2160", [3840, 2160], 2.0)];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map_or("frames", String::as_str) {
        "frames" => frames(),
        "closeness" => closeness(arguments.get(1).map(Path::new)),
        other => bail!("painter frames | painter closeness [FOLDER], not {other}"),
    }
}

fn canvas(size: [usize; 2]) -> Canvas {
    Canvas::new(size[0], size[1], std::thread::available_parallelism().map_or(1, |count| count.get().min(8)))
}

fn take_textures(canvas: &mut Canvas, frame: &Frame) {
    let mut changes = TexturesDelta::default();
    for (id, change) in &frame.textures {
        changes.push(*id, change.clone());
    }
    canvas.update_textures(&mut changes);
}

/// What frames took, in milliseconds: by the clock, and of all threads together.
#[derive(Default)]
struct Times {
    clock: Vec<f64>,
    cpu: Vec<f64>,
}

impl Times {
    fn take(&mut self, work: impl FnOnce()) {
        let (clock, cpu) = (Instant::now(), ProcessTime::now());
        work();
        self.clock.push(clock.elapsed().as_secs_f64() * 1e3);
        self.cpu.push(cpu.elapsed().as_secs_f64() * 1e3);
    }

    /// By the clock the quickest tenth, which other programs disturbed least; of the CPU the middle. The first frame
    /// is left out: it paints everything and compiles shaders.
    fn of_a_frame(&self) -> (f64, f64) {
        let sorted = |times: &[f64]| {
            let mut times = times[1..].to_vec();
            times.sort_by(f64::total_cmp);
            times
        };
        let (clock, cpu) = (sorted(&self.clock), sorted(&self.cpu));
        (clock[clock.len() / 10], cpu[cpu.len() / 2])
    }
}

fn frames() -> Result<()> {
    println!("| what | screen | juanzong, ms | llvmpipe, ms | ratio | juanzong, CPU ms | llvmpipe, CPU ms | ratio |");
    println!("|---|---|---|---|---|---|---|---|");
    for (screen, size, scale) in SCREENS {
        for scene in moving(size, scale, FRAMES)? {
            let (mut ours, mut theirs) = (canvas(size), Glow::new(size)?);
            let (mut our_times, mut their_times) = (Times::default(), Times::default());
            for frame in &scene.prepare {
                take_textures(&mut ours, frame);
                theirs.take_textures(frame);
            }
            for frame in &scene.frames {
                take_textures(&mut ours, frame);
                theirs.take_textures(frame);
                our_times.take(|| {
                    ours.paint(&frame.primitives, frame.scale, frame.background);
                });
                their_times.take(|| theirs.paint(frame));
            }
            let ((our, our_cpu), (their, their_cpu)) = (our_times.of_a_frame(), their_times.of_a_frame());
            let (name, ratio, cpu_ratio) = (scene.name, their / our, their_cpu / our_cpu);
            println!(
                "| {name} | {screen} | {our:.2} | {their:.2} | {ratio:.1} | {our_cpu:.2} | {their_cpu:.2} | {cpu_ratio:.1} |"
            );
        }
    }
    eprintln!("{}", Glow::new([64, 64])?.name());
    Ok(())
}

/// How far two paintings are from each other.
struct Apart {
    /// Of a channel, on average, of 255.
    mean: f64,
    /// Pixels that differ by more than 16 in a channel, in percent.
    far: f64,
    largest: u8,
}

impl Apart {
    fn of(differences: &[u8]) -> Self {
        let mean = differences.iter().map(|&d| f64::from(d)).sum::<f64>() / differences.len() as f64;
        let pixels = differences.as_chunks::<3>().0;
        let far = pixels.iter().filter(|pixel| pixel.iter().any(|&d| d > 16)).count();
        let far = far as f64 * 100.0 / pixels.len() as f64;
        Self { mean, far, largest: differences.iter().max().copied().unwrap_or_default() }
    }
}

fn closeness(folder: Option<&Path>) -> Result<()> {
    const SCREENS: [(&str, Theme, [usize; 2], f32); 4] = [
        ("light, 1920×1080", Theme::Light, [1920, 1080], 1.0),
        ("dark, 1920×1080", Theme::Dark, [1920, 1080], 1.0),
        ("light, 1920×1080 at 1.5", Theme::Light, [1920, 1080], 1.5),
        ("high contrast, 1080×1920", Theme::HighContrast, [1080, 1920], 1.0),
    ];
    let mut rows: Vec<(String, Vec<Apart>)> = Vec::new();
    for (_, theme, size, scale) in SCREENS {
        for (row, (name, frames)) in still(size, scale, theme)?.into_iter().enumerate() {
            let (mut ours, mut theirs) = (canvas(size), Glow::new(size)?);
            for frame in &frames {
                take_textures(&mut ours, frame);
                theirs.take_textures(frame);
            }
            let Some(frame) = frames.last() else { continue };
            ours.paint(&frame.primitives, frame.scale, frame.background);
            theirs.paint(frame);
            let (ours, theirs) = (ours.rgb(), theirs.rgb());
            let differences: Vec<u8> = ours.iter().zip(&theirs).map(|(a, b)| a.abs_diff(*b)).collect();
            if let Some(folder) = folder {
                let strong: Vec<u8> = differences.iter().map(|d| d.saturating_mul(16)).collect();
                let beginning = format!("{name} {theme:?} {scale}");
                for (kind, rgb) in [("ours", &ours), ("glow", &theirs), ("apart", &strong)] {
                    let path = folder.join(format!("{beginning} {kind}.png"));
                    image::save_buffer(path, rgb, size[0] as u32, size[1] as u32, image::ColorType::Rgb8)?;
                }
            }
            if row == rows.len() {
                rows.push((name, Vec::new()));
            }
            rows[row].1.push(Apart::of(&differences));
        }
    }
    let headings: String = SCREENS.iter().map(|(name, ..)| format!(" {name} |")).collect();
    println!("| view |{headings}\n|---|{}", "---|".repeat(SCREENS.len()));
    for (name, cells) in &rows {
        let cell = |apart: &Apart| format!(" {:.3} / {:.3} / {} |", apart.mean, apart.far, apart.largest);
        println!("| {name} |{}", cells.iter().map(cell).collect::<String>());
    }
    Ok(())
}
