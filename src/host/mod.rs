//! The window: what every host has in common, and which of them is chosen.
//!
//! [`gl`] draws with OpenGL through eframe; [`cpu`] with the program's own painter, on machines without a usable
//! graphics card. Both run the same [`Program`]. [`offscreen`] draws the viewer without a window.

mod awake;
mod choice;
mod cpu;
mod gl;
pub mod offscreen;
mod place;
mod program;

use std::any::Any;
use std::fs;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use egui::{IconData, ViewportBuilder};

use crate::app::{Notice, Settings};
use crate::archive::{LoadError, Source};
use crate::folders::Folders;
use crate::library::Library;
use crate::photo::{self, Pixels};
use crate::text::Language;
use crate::typeset::Face;
use crate::ui::{Exhibiting, Start};
use crate::worker::{self, Executor, store};

use choice::Trial;
pub use choice::{Renderer, Wish};
use program::{Program, monitor};

/// Stands whole on a screen of 1366 × 768 with a task bar.
const DEFAULT_SIZE: [f32; 2] = [1200.0, 680.0];
const MIN_SIZE: [f32; 2] = [480.0, 400.0];

/// A folder that takes longer to read than this is read once there is a window, which says so.
const WITHOUT_WINDOW: Duration = Duration::from_millis(400);
/// So is a larger archive, in bytes.
const WITHOUT_WINDOW_BYTES: u64 = 16 << 20;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    #[error("{0}")]
    Gl(#[from] eframe::Error),
    #[error("{0}")]
    EventLoop(#[from] egui_winit::winit::error::EventLoopError),
    #[error("{0}")]
    Window(#[from] egui_winit::winit::error::OsError),
    #[error("{0}")]
    Surface(#[from] softbuffer::SoftBufferError),
    #[error("{0}")]
    Panic(String),
}

impl HostError {
    /// Whether there is a desktop, and OpenGL alone cannot be used on it.
    pub fn is_of_opengl(&self) -> bool {
        matches!(self, Self::Gl(error) if !matches!(error, eframe::Error::AppCreation(_) | eframe::Error::Winit(_)))
    }

    /// What went wrong, without the words of programmers that some libraries put around it: a place in the source, a
    /// search in full, a failed `unwrap`.
    pub fn reason(&self) -> String {
        let whole = match self {
            Self::Gl(eframe::Error::NoGlutinConfigs(_, why)) => why.to_string(),
            Self::Gl(eframe::Error::AppCreation(why)) => why.to_string(),
            _ => self.to_string(),
        };
        let after_place = whole.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": ")).map(|(_, what)| what);
        let after_unwrap = whole.rsplit_once("`Err` value: ").map(|(_, what)| what);
        after_place.or(after_unwrap).unwrap_or(&whole).to_owned()
    }
}

/// Opens the window on the named archive, or on the default one, and returns when it is closed. An `exhibition` fills a
/// screen, and takes nothing from the settings of a desk.
///
/// # Errors
/// There is no desktop, or what was asked for cannot draw on it.
pub fn run(path: Option<PathBuf>, wish: Wish, exhibition: Option<Exhibiting>) -> Result<(), HostError> {
    unpack_faces();
    let folders = Folders::of_program();
    let folder = folders.settings.clone();
    if exhibition.is_some() {
        awake::keep_screen_on();
    }
    let settings = match &exhibition {
        Some(exhibiting) => Settings::for_visit(&exhibiting.settings),
        None => folder.as_deref().map(store::read_settings).unwrap_or_default(),
    };
    let trial = Trial::in_folder(folder.as_deref());
    let (renderer, failed) = match wish {
        Wish::Any => choice::choose(&settings, &trial),
        Wish::Only(renderer) => (renderer, false),
        Wish::InsteadOfGl => (Renderer::Cpu, true),
    };
    let (library, late, mut notice) = open(path.clone());
    if failed && exhibition.is_some() {
        // Nobody there could choose otherwise: its next start tries again. The parent keeps this in its log.
        let _ = writeln!(io::stderr(), "{}", Language::of_system().words().without_graphics_card);
        trial.unlearn();
    } else if failed && !matches!(notice, Some(Notice::NotOpened { .. })) {
        // An archive that did not open is worth more; then the next start tells.
        notice = Some(Notice::WithoutGraphicsCard);
        trial.said();
    }
    let opening = Opening { library, late, settings, notice, folders, exhibition };
    if renderer == Renderer::Cpu {
        let shown = cpu::run(opening);
        if failed && shown.is_err() {
            // Where the painter fails too, it was not the graphics card.
            trial.unlearn();
        }
        return shown;
    }
    // A kiosk's parent starts it again, and keeps watching.
    let again = wish == Wish::Any && opening.exhibition.is_none();
    trial.begin();
    // A library that is not there is a panic.
    let shown = panic::catch_unwind(AssertUnwindSafe(|| gl::run(opening, trial.clone())));
    let shown = shown.unwrap_or_else(|panic| match trial.is_on() {
        true => Err(eframe::Error::AppCreation(said_by(&*panic).into())),
        false => panic::resume_unwind(panic),
    });
    match &shown {
        // It may have been closed before its second frame.
        Ok(()) if trial.is_on() => trial.worked(),
        Err(eframe::Error::WinitEventLoop(_)) => trial.forget(),
        Err(_) if trial.is_on() => trial.failed(),
        _ => {}
    }
    shown.or_else(|error| match error {
        // No desktop is none for the painter either.
        eframe::Error::WinitEventLoop(error) => Err(error.into()),
        _ if again && choice::start_again_without_gl(path) => Ok(()),
        _ => Err(error.into()),
    })
}

/// winit panics where a library is missing that X or Wayland need.
fn without_panic<T>(make: impl FnOnce() -> Result<T, HostError>) -> Result<T, HostError> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let made = panic::catch_unwind(AssertUnwindSafe(make));
    panic::set_hook(hook);
    made.unwrap_or_else(|panic| Err(HostError::Panic(said_by(&*panic))))
}

fn said_by(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

/// Begins to unpack the faces and does not wait for them: on one thread, since with more of them what makes the window
/// would come too late to one of two processors.
fn unpack_faces() {
    // From the last on: who wants them begins with the first, and unpacks what is not begun. Without a thread it unpacks all.
    let _ = thread::Builder::new().name("faces".to_owned()).spawn(|| {
        for face in Face::ALL.into_iter().rev() {
            face.bytes();
        }
    });
}

/// What a host needs to begin with.
struct Opening {
    library: Library,
    /// What is to be opened once there is a window.
    late: Option<Source>,
    settings: Settings,
    notice: Option<Notice>,
    folders: Folders,
    exhibition: Option<Exhibiting>,
}

impl Opening {
    /// The window as it was left; an exhibition's fills its screen.
    fn viewport(&self) -> ViewportBuilder {
        let place = self.settings.window.unwrap_or_default();
        let size = if place.size[0] >= MIN_SIZE[0] { place.size } else { DEFAULT_SIZE };
        let language = self.settings.language.unwrap_or_else(Language::of_system);
        let viewport = ViewportBuilder::default()
            .with_app_id("juanzong")
            .with_title(window_title(&self.library.title(), language))
            .with_icon(icon())
            .with_inner_size(size)
            .with_min_inner_size(MIN_SIZE)
            .with_maximized(place.maximized)
            .with_drag_and_drop(self.exhibition.is_none());
        match (&self.exhibition, place.position) {
            (Some(exhibiting), _) => {
                viewport.with_fullscreen(true).with_monitor(monitor(exhibiting)).with_decorations(false)
            }
            (None, Some(position)) => viewport.with_position(position),
            (None, None) => viewport,
        }
    }

    fn program(self, ctx: &egui::Context) -> Program {
        let start = Start {
            library: self.library,
            settings: self.settings,
            system_language: Language::of_system(),
            folders: self.folders,
            executor: Executor::Threads,
            exhibition: self.exhibition,
        };
        Program::new(ctx, start, self.late, self.notice)
    }
}

/// What to show, and what to open in its place once there is a window. What was named but cannot be read leaves the
/// default in its place, and is told of.
fn open(path: Option<PathBuf>) -> (Library, Option<Source>, Option<Notice>) {
    let (mut late, mut notice) = (None, None);
    let began = Instant::now();
    let mut try_open = |source: Source| {
        if source
            .clone()
            .resolved()
            .path()
            .and_then(|path| fs::metadata(path).ok())
            .is_some_and(|file| file.len() > WITHOUT_WINDOW_BYTES)
        {
            late.get_or_insert(source);
            return None;
        }
        let in_time = |_, _| match began.elapsed() < WITHOUT_WINDOW {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        };
        match worker::open(source.clone(), None, &mut { in_time }) {
            Ok(library) => return Some(library),
            Err(LoadError::Cancelled) => {
                late.get_or_insert(source);
            }
            Err(error) => {
                notice.get_or_insert(Notice::NotOpened { source, error });
            }
        }
        None
    };
    let opened = path
        .and_then(|path| try_open(Source::at(&path)))
        .or_else(|| try_open(Source::default_for_program()))
        .or_else(|| try_open(Source::Embedded));
    let library = opened.unwrap_or_else(|| unreachable!("the embedded archive is read in a test"));
    let problems = library.problems();
    if late.is_none() && notice.is_none() && problems > 0 {
        let (title, archives) = (library.title().into_owned(), library.volumes().len());
        notice = Some(Notice::Opened { title, archives, problems });
    }
    (library, late, notice)
}

/// Says what was asked for instead of a window: on the console, and in a dialog where a program with windows has none.
pub fn answer(text: &str) -> ExitCode {
    let written = writeln!(io::stdout(), "{text}");
    #[cfg(windows)]
    rfd::MessageDialog::new().set_title("卷宗").set_description(text).show();
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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

fn window_title(title: &str, language: Language) -> String {
    let name = language.words().app_name;
    if title.is_empty() { name.to_owned() } else { format!("{title} — {name}") }
}

fn icon() -> IconData {
    let png = include_bytes!("../../assets/icons/juanzong-64.png");
    match photo::decode(png, 64) {
        Ok(Pixels { image, .. }) => IconData { width: image.width(), height: image.height(), rgba: image.into_raw() },
        Err(_) => IconData::default(),
    }
}
