//! The window: a thin host that runs the [`Viewer`] under eframe.

use std::path::PathBuf;

use eframe::{CreationContext, NativeOptions, Renderer};
use egui::{IconData, ViewportBuilder, ViewportCommand};

use crate::app::{Command, Notice, WindowPlace};
use crate::archive::{Archive, Source, load};
use crate::text::Language;
use crate::ui::{Start, Viewer};
use crate::worker::{Executor, store};

/// Stands whole on a screen of 1366 × 768 with a task bar.
const DEFAULT_SIZE: [f32; 2] = [1200.0, 680.0];
const MIN_SIZE: [f32; 2] = [480.0, 400.0];

/// Opens the window on the named archive, or on the default one, and returns when it is closed.
pub fn run(path: Option<PathBuf>) -> eframe::Result {
    let folder = store::settings_folder();
    let settings = folder.as_deref().map(store::read_settings).unwrap_or_default();
    let (archive, notice) = open(path);
    let place = settings.window.unwrap_or_default();
    let size = if place.size[0] >= MIN_SIZE[0] { place.size } else { DEFAULT_SIZE };
    let mut viewport = ViewportBuilder::default()
        .with_app_id("juanzong")
        .with_title(window_title(&archive, settings.language.unwrap_or_else(Language::of_system)))
        .with_icon(icon())
        .with_inner_size(size)
        .with_min_inner_size(MIN_SIZE)
        .with_maximized(place.maximized)
        .with_drag_and_drop(true);
    if let Some(position) = place.position {
        viewport = viewport.with_position(position);
    }
    let options = NativeOptions {
        viewport,
        renderer: Renderer::Glow,
        // The program brings its own faces and asks the system only for what they lack.
        system_font_fallback: false,
        ..NativeOptions::default()
    };
    let create = move |cc: &CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        let start = Start {
            archive,
            settings,
            system_language: Language::of_system(),
            settings_folder: folder.as_deref(),
            executor: Executor::Threads,
        };
        Ok(Box::new(Window::new(cc, start, notice)))
    };
    eframe::run_native("juanzong", options, Box::new(create))
}

/// The archive to show. One that was named but cannot be read leaves the default in its place, and is told of.
fn open(path: Option<PathBuf>) -> (Archive, Option<Notice>) {
    let mut notice = None;
    let mut try_open = |source: Source| match load(source.clone()) {
        Ok(archive) => Some(archive),
        Err(error) => {
            notice.get_or_insert(Notice::NotOpened { source, error });
            None
        }
    };
    let opened = path
        .and_then(|path| try_open(Source::at(&path)))
        .or_else(|| try_open(Source::default_for_program()))
        .or_else(|| try_open(Source::Embedded));
    let archive = opened.unwrap_or_else(|| unreachable!("the embedded archive is read in a test"));
    if notice.is_none() && !archive.diagnostics.is_empty() {
        notice = Some(Notice::Opened { title: archive.title.clone(), problems: archive.diagnostics.len() });
    }
    (archive, notice)
}

/// Says why there is no window: in a dialog where one can be shown, and on the console.
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
pub fn tell(what: &str, remedy: &str) {
    eprintln!("{what}\n{remedy}");
    #[cfg(windows)]
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("卷宗")
        .set_description(format!("{what}\n{remedy}"))
        .show();
}

fn window_title(archive: &Archive, language: Language) -> String {
    let name = language.words().app_name;
    if archive.title.is_empty() { name.to_owned() } else { format!("{} — {name}", archive.title) }
}

fn icon() -> IconData {
    let png = include_bytes!("../assets/icons/juanzong-64.png");
    match image::load_from_memory(png) {
        Ok(image) => {
            let image = image.into_rgba8();
            IconData { width: image.width(), height: image.height(), rgba: image.into_raw() }
        }
        Err(_) => IconData::default(),
    }
}

struct Window {
    viewer: Viewer,
    title: String,
    /// Where the window was when it was last told of.
    place: Option<WindowPlace>,
}

impl Window {
    fn new(cc: &CreationContext<'_>, start: Start<'_>, notice: Option<Notice>) -> Self {
        let place = start.settings.window;
        let title = String::new();
        let mut viewer = Viewer::new(&cc.egui_ctx, start);
        viewer.resume();
        if let Some(notice) = notice {
            viewer.notify(notice);
        }
        Self { viewer, title, place }
    }

    /// Notes where the window is; it is kept when the window closes.
    fn remember_place(&mut self, ctx: &egui::Context) {
        let place = ctx.input(|i| {
            let viewport = i.viewport();
            // Wayland does not tell where a window is.
            let size = viewport.inner_rect.map_or(i.content_rect().size(), |rect| rect.size());
            let maximized = viewport.maximized.unwrap_or(false);
            let position = viewport.outer_rect.map(|rect| [rect.min.x, rect.min.y]);
            (size.x > 0.0).then_some(WindowPlace { size: size.into(), position, maximized })
        });
        let Some(mut place) = place else { return };
        if place.maximized {
            // What the window goes back to is worth more than the size of the screen.
            let before = self.place.unwrap_or_default();
            place = WindowPlace { maximized: true, ..before };
        }
        self.place = Some(place);
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.viewer.ui(ui);
        let ctx = ui.ctx();
        self.remember_place(ctx);
        let state = self.viewer.state();
        let title = window_title(&state.library.archive, state.language());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if self.viewer.wants_to_quit() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        if ctx.input(|i| i.viewport().close_requested())
            && let Some(place) = self.place
        {
            self.viewer.command(ctx, Command::WindowMoved(place));
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.viewer.finish();
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
