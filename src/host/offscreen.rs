//! The viewer without a window: a view of an archive as a picture. Needs no display.

use std::time::Duration;

use egui::{Context, Pos2, RawInput, Rect, ViewportId, ViewportInfo, vec2};

use crate::app::{Command, Overlay, Route, Settings};
use crate::archive::{LoadError, Source};
use crate::folders::Folders;
use crate::library::Library;
use crate::painter::{Canvas, MAX_TEXTURE_SIDE};
use crate::text::Language;
pub use crate::ui::LEAST;
use crate::ui::{Start, Viewer};
use crate::worker::{self, Executor};

/// Frames in a second of the picture's own time.
const FRAMES_A_SECOND: f64 = 60.0;
/// What moves on and on is taken as it stands after so many.
const MOST_FRAMES: usize = 600;
/// Who wants the next frame later than this waits for nothing: a blinking cursor, a message that goes away.
const AT_REST: Duration = Duration::from_millis(100);

/// What a picture can be taken of.
#[derive(Clone, Debug, PartialEq)]
pub enum View {
    Page(Route),
    /// The search box, ready to be typed in.
    Search,
    /// Something over the page where one begins.
    Over(Overlay),
}

/// The viewer, and the screen that it draws on.
pub struct Offscreen {
    ctx: Context,
    viewer: Viewer,
    canvas: Canvas,
    /// Pixels in one of the system's points.
    scale: f32,
    /// Counts the frames.
    frame: usize,
}

impl Offscreen {
    /// On a screen of so many columns and rows of pixels; `scale` of them make one of the system's points.
    ///
    /// # Errors
    /// The archive or folder cannot be read.
    pub fn open(source: Source, settings: Settings, size: [usize; 2], scale: f32) -> Result<Self, LoadError> {
        super::unpack_faces();
        let library = worker::open(source, None, &mut |_, _| std::ops::ControlFlow::Continue(()))?;
        Ok(Self::new(library, settings, size, scale))
    }

    pub fn new(library: Library, settings: Settings, size: [usize; 2], scale: f32) -> Self {
        let ctx = Context::default();
        let start = Start {
            library,
            settings,
            system_language: Language::of_system(),
            folders: Folders::default(),
            // Pictures and answers are there in the frame after the one that asks for them.
            executor: Executor::Inline,
            exhibition: None,
        };
        let viewer = Viewer::new(&ctx, start);
        Self { ctx, viewer, canvas: Canvas::new(size[0], size[1], threads()), scale, frame: 0 }
    }

    /// The view of a name: a [`Route`]'s key, or one of `search`, `settings`, `shortcuts`, `problems`, `open`, `export`.
    pub fn view(&self, name: &str) -> Option<View> {
        let state = self.viewer.state();
        Some(match name {
            "search" => View::Search,
            "settings" => View::Over(Overlay::Settings),
            "shortcuts" => View::Over(Overlay::Shortcuts),
            "problems" => View::Over(Overlay::Diagnostics),
            "open" => View::Over(Overlay::Open),
            "export" => View::Over(Overlay::Export),
            key => match Route::from_key(key, state.archive())? {
                Route::Shelf if !state.library.has_several() => return None,
                route => View::Page(route),
            },
        })
    }

    /// Goes to a view, with words in the search box if there are any, and draws until nothing changes any more.
    pub fn show(&mut self, view: View, query: Option<&str>) {
        self.settle();
        let commands = match view {
            View::Page(route) => vec![Command::Go(route)],
            View::Search => vec![Command::FocusSearch],
            View::Over(overlay) => vec![Command::Show(overlay)],
        };
        for command in query.map(|words| Command::Search(words.to_owned())).into_iter().chain(commands) {
            self.viewer.command(&self.ctx, command);
        }
        self.settle();
    }

    /// Columns, rows, and red, green and blue bytes of what is shown.
    pub fn picture(&self) -> ([usize; 2], Vec<u8>) {
        (self.canvas.size(), self.canvas.rgb())
    }

    /// Draws until pictures are there, answers have come, and nothing moves.
    fn settle(&mut self) {
        for _ in 0..MOST_FRAMES {
            if self.frame() > AT_REST {
                break;
            }
        }
    }

    /// Draws a frame. Returns after what time the next one is wanted.
    fn frame(&mut self) -> Duration {
        let [width, height] = self.canvas.size();
        let size = vec2(width as f32, height as f32) / (self.scale * self.ctx.zoom_factor());
        let viewport = ViewportInfo {
            native_pixels_per_point: Some(self.scale),
            monitor_size: Some(size),
            focused: Some(true),
            ..ViewportInfo::default()
        };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            max_texture_side: Some(MAX_TEXTURE_SIDE),
            time: Some(self.frame as f64 / FRAMES_A_SECOND),
            predicted_dt: 1.0 / FRAMES_A_SECOND as f32,
            viewports: std::iter::once((ViewportId::ROOT, viewport)).collect(),
            ..RawInput::default()
        };
        self.frame += 1;
        let mut output = self.ctx.run_ui(input, |ui| self.viewer.ui(ui));
        self.canvas.update_textures(&mut output.textures_delta);
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        self.canvas.paint(&primitives, output.pixels_per_point, self.ctx.global_style().visuals.panel_fill);
        output.viewport_output.get(&ViewportId::ROOT).map_or(Duration::MAX, |viewport| viewport.repaint_delay)
    }
}

/// How many threads paint at the same time.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(8))
}
