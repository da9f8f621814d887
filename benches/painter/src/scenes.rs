//! What is painted: frames of the real viewer, as far as to the triangles.

use anyhow::{Context as _, Result};
use egui::epaint::ImageDelta;
use egui::{ClippedPrimitive, Color32, Context, Event, Pos2, RawInput, Rect, TextureHandle, TextureId, Vec2, vec2};
use egui::{ViewportId, ViewportInfo};
use juanzong::app::{Command, Overlay, Route, Settings, Theme};
use juanzong::archive::{Archive, Source, load, load_text};
use juanzong::folders::Folders;
use juanzong::painter::MAX_TEXTURE_SIDE;
use juanzong::photo::decode;
use juanzong::text::Language;
use juanzong::ui::{Exhibiting, Start, Viewer};
use juanzong::worker::Executor;

use crate::hall;

/// A frame, and what changed of the textures before it.
pub struct Frame {
    pub primitives: Vec<ClippedPrimitive>,
    pub textures: Vec<(TextureId, ImageDelta)>,
    pub scale: f32,
    pub background: Color32,
}

/// A screen of so many pixels.
pub struct Screen {
    ctx: Context,
    size: [usize; 2],
    scale: f32,
    secs: f64,
    pub secs_a_frame: f64,
}

impl Screen {
    fn new(size: [usize; 2], scale: f32) -> Self {
        Self { ctx: Context::default(), size, scale, secs: 0.0, secs_a_frame: 1.0 / 60.0 }
    }

    pub fn points(&self) -> Vec2 {
        vec2(self.size[0] as f32, self.size[1] as f32) / (self.scale * self.ctx.zoom_factor())
    }

    fn frame(&mut self, events: Vec<Event>, draw: impl FnMut(&mut egui::Ui)) -> Frame {
        let viewport = ViewportInfo { native_pixels_per_point: Some(self.scale), ..ViewportInfo::default() };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.points())),
            max_texture_side: Some(MAX_TEXTURE_SIDE),
            time: Some(self.secs),
            viewports: std::iter::once((ViewportId::ROOT, viewport)).collect(),
            events,
            ..RawInput::default()
        };
        self.secs += self.secs_a_frame;
        let mut output = self.ctx.run_ui(input, draw);
        let changes = std::mem::take(&mut output.textures_delta.set);
        output.textures_delta.clear();
        let scale = output.pixels_per_point;
        Frame {
            primitives: self.ctx.tessellate(output.shapes, scale),
            textures: changes
                .into_iter()
                .flat_map(|(id, all)| all.into_iter().map(move |change| (id, change)))
                .collect(),
            scale,
            background: self.ctx.global_style().visuals.panel_fill,
        }
    }
}

/// The bundled archive, its text repeated until it is long and its pictures until there are many.
fn long_archive() -> Result<Archive> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../archive.json"))?;
    let mut archive: serde_json::Value = serde_json::from_str(&text)?;
    let report = &mut archive["reports"][0];
    let photos = report["photos"].as_array().context("photos")?.clone();
    let many = (0..20).flat_map(|i| {
        photos.iter().map(move |photo| {
            let mut photo = photo.clone();
            if i > 0 {
                photo["id"] = format!("{}-{i}", photo["id"].as_str().unwrap_or_default()).into();
            }
            photo
        })
    });
    report["photos"] = many.collect();
    for section in report["sections"].as_array_mut().context("sections")? {
        let body = section["body"].as_str().unwrap_or_default().to_owned();
        section["body"] = vec![body; 12].join("\n\n").into();
    }
    Ok(load_text(&archive.to_string(), Source::Embedded)?)
}

pub struct Desk {
    pub screen: Screen,
    viewer: Viewer,
}

impl Desk {
    pub fn new(
        archive: Archive,
        settings: Settings,
        exhibition: Option<Exhibiting>,
        size: [usize; 2],
        scale: f32,
    ) -> Self {
        let screen = Screen::new(size, scale);
        let start = Start {
            library: archive.into(),
            settings,
            system_language: Language::ZhCn,
            folders: Folders::default(),
            executor: Executor::Inline,
            exhibition,
        };
        let viewer = Viewer::new(&screen.ctx, start);
        Self { screen, viewer }
    }

    pub fn frame(&mut self, events: Vec<Event>) -> Frame {
        self.screen.frame(events, |ui| self.viewer.ui(ui))
    }

    /// A command, and the frames until everything has come to rest.
    pub fn command(&mut self, command: Command) -> Vec<Frame> {
        self.viewer.command(&self.screen.ctx, command);
        (0..40).map(|_| self.frame(Vec::new())).collect()
    }

    fn at(&self, x: f32, y: f32) -> Event {
        Event::PointerMoved((self.screen.points() * vec2(x, y)).to_pos2())
    }

    fn wheel(&mut self, amount: f32) -> Frame {
        let wheel = Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -amount),
            modifiers: egui::Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        };
        self.frame(vec![self.at(0.6, 0.5), wheel])
    }
}

/// Frames to be painted one after the other, of which the first only prepare.
pub struct Scene {
    pub name: &'static str,
    pub prepare: Vec<Frame>,
    pub frames: Vec<Frame>,
}

pub fn moving(size: [usize; 2], scale: f32, count: usize) -> Result<Vec<Scene>> {
    let mut desk = Desk::new(long_archive()?, Settings::default(), None, size, scale);
    let section = desk.viewer.state().archive().section_ids().nth(2).context("a section")?;
    let prepare = desk.command(Command::Go(Route::Section(section)));
    let frames = (0..count).map(|_| desk.wheel(24.0)).collect();
    let reader = Scene { name: "reader, scrolled", prepare, frames };

    let mut desk = Desk::new(long_archive()?, Settings::default(), None, size, scale);
    let mut prepare = desk.command(Command::Go(Route::Gallery));
    // Everything is seen once, so that no picture comes in while time is taken.
    for amount in [24.0, -24.0] {
        prepare.extend((0..count + 60).map(|_| desk.wheel(amount)));
        prepare.extend((0..40).map(|_| desk.wheel(0.0)));
    }
    let frames = (0..count).map(|_| desk.wheel(24.0)).collect();
    let gallery = Scene { name: "gallery, scrolled", prepare, frames };

    let mut desk = Desk::new(long_archive()?, Settings::default(), None, size, scale);
    let prepare = desk.command(Command::Go(Route::Cover));
    let pointer = |i: usize| 0.15 + 0.5 * i as f32 / count as f32;
    let frames = (0..count).map(|i| desk.frame(vec![desk.at(0.1, pointer(i))])).collect();
    let hover = Scene { name: "pointer over the contents", prepare, frames };
    let mut desk = Desk::new(long_archive()?, Settings::default(), None, size, scale);
    let photo = desk.viewer.state().archive().photo_ids().next().context("a photo")?;
    let prepare = desk.command(Command::Go(Route::Photo(photo)));
    let frames = (0..count).map(|i| desk.wheel(if i < count / 2 { 4.0 } else { -4.0 })).collect();
    let zoom = Scene { name: "photo, zoomed", prepare, frames };

    Ok(vec![reader, gallery, zoom, hover, hall::attract(size, scale, count)?, cross_fade(size, scale, count)?])
}

/// A picture that fills the screen, moves slowly, and gives way to the next.
fn cross_fade(size: [usize; 2], scale: f32, count: usize) -> Result<Scene> {
    let mut screen = Screen::new(size, scale);
    let archive = load(Source::Embedded)?;
    let picture = |index: usize| -> Result<TextureHandle> {
        let file = archive.photos[index].file.clone().context("a file")?;
        let pixels = decode(&archive.source.read_photo(&file)?, MAX_TEXTURE_SIDE as u32)?.image;
        let size = [pixels.width() as usize, pixels.height() as usize];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, pixels.as_raw());
        Ok(screen.ctx.load_texture(format!("{index}"), image, egui::TextureOptions::LINEAR))
    };
    let (old, new) = (picture(0)?, picture(1)?);
    let draw = |ui: &mut egui::Ui, part: f32| {
        let all = ui.ctx().content_rect();
        let painter = ui.ctx().layer_painter(egui::LayerId::background());
        let crop = |part: f32| {
            let width = 0.7 + 0.1 * part;
            // The pictures are 4:3.
            let height = width * (4.0 / 3.0) / all.aspect_ratio();
            Rect::from_min_size(Pos2::new(0.1 + 0.1 * part, 0.15), vec2(width, height))
        };
        painter.rect_filled(all, 0, Color32::BLACK);
        painter.image(old.id(), all, crop(part), Color32::WHITE);
        painter.image(new.id(), all, crop(1.0 - part), Color32::WHITE.gamma_multiply(part));
    };
    let prepare = vec![screen.frame(Vec::new(), |ui| draw(ui, 0.0))];
    let frames = (0..count).map(|i| screen.frame(Vec::new(), |ui| draw(ui, i as f32 / count as f32))).collect();
    Ok(Scene { name: "pictures, cross-faded", prepare, frames })
}

/// Every view, at rest.
pub fn still(size: [usize; 2], scale: f32, theme: Theme) -> Result<Vec<(String, Vec<Frame>)>> {
    let settings = Settings { theme, ..Settings::default() };
    let archive = load(Source::Embedded)?;
    let (section, photo, report) = (
        archive.section_ids().nth(2).context("a section")?,
        archive.photo_ids().nth(3).context("a photo")?,
        archive.report_ids().next().context("a report")?,
    );
    let go = Command::Go;
    let views: Vec<(&str, Vec<Command>)> = vec![
        ("cover", vec![go(Route::Cover)]),
        ("reader", vec![go(Route::Section(section))]),
        ("reader and results", vec![Command::Search("wenquan".to_owned()), go(Route::Section(section))]),
        ("gallery", vec![go(Route::Gallery)]),
        ("photo", vec![go(Route::Photo(photo))]),
        ("figures", vec![go(Route::Figures)]),
        ("about", vec![go(Route::About(report))]),
        ("empty search", vec![Command::FocusSearch]),
        ("settings", vec![Command::Show(Overlay::Settings)]),
        ("shortcuts", vec![Command::Show(Overlay::Shortcuts)]),
        ("export", vec![Command::Show(Overlay::Export)]),
    ];
    let mut shown = Vec::new();
    for (name, commands) in views {
        let mut desk = Desk::new(load(Source::Embedded)?, settings.clone(), None, size, scale);
        let frames = commands.into_iter().flat_map(|command| desk.command(command)).collect();
        shown.push((name.to_owned(), frames));
    }
    shown.extend(hall::still(size, scale)?);
    Ok(shown)
}
