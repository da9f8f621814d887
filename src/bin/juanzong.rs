//! The viewer: `juanzong [--renderer gl|cpu] [--kiosk [SETTINGS.toml]] [ARCHIVE|FOLDER]`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use juanzong::folders::Folders;
use juanzong::host::{self, Renderer};
use juanzong::kiosk;
use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::settings::{self, Loaded};
use juanzong::kiosk::update::Store;
use juanzong::kiosk::watch::Pulse;
use juanzong::ui::Exhibiting;

#[derive(Default)]
struct Arguments {
    archive: Option<PathBuf>,
    renderer: Option<Renderer>,
    kiosk: bool,
    kiosk_settings: Option<PathBuf>,
    /// The program is the viewer that a kiosk's parent watches.
    watched: bool,
}

impl Arguments {
    fn parse(arguments: &[OsString]) -> Self {
        let mut parsed = Self::default();
        let mut rest = arguments.iter().peekable();
        while let Some(argument) = rest.next() {
            if argument == "--renderer" {
                parsed.renderer = rest.next().and_then(|name| Renderer::named(&name.to_string_lossy()));
            } else if argument == "--kiosk" {
                parsed.kiosk = true;
                parsed.kiosk_settings = rest.next_if(|next| settings::is_file_name(next)).map(PathBuf::from);
            } else if argument == kiosk::VIEWER_OPTION {
                parsed.watched = true;
                rest.next();
            } else {
                parsed.archive = Some(PathBuf::from(argument));
            }
        }
        parsed
    }
}

fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().skip(1).collect();
    let arguments = Arguments::parse(&given);
    if !arguments.kiosk {
        return match host::run(arguments.archive, arguments.renderer, None) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let words = juanzong::text::Language::of_system().words();
                let said = (words.no_window)(&error.reason());
                host::tell(&said.what, &said.remedy);
                ExitCode::FAILURE
            }
        };
    }
    let folder = Folders::of_program().settings;
    let own_folder = kiosk::own_folder(folder.as_deref());
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("juanzong"));
    let file = settings::find(arguments.kiosk_settings.as_deref(), Some(&program), folder.as_deref());
    let loaded = settings::load(file.as_deref(), &own_folder);
    if !arguments.watched {
        return kiosk::watch_over(&program, &given, &loaded, &own_folder, host::tell);
    }
    let copies = Store::new(&own_folder).sources();
    let copy = copies.iter().find_map(|source| source.path()).map(Path::to_owned);
    show(arguments, &loaded, copy)
}

/// The watched viewer. `copy` is the archive that was last brought on a stick.
fn show(arguments: Arguments, loaded: &Loaded, copy: Option<PathBuf>) -> ExitCode {
    // Without threads it would be taken for dead anyway.
    let Ok(pulse) = Pulse::connect() else { return ExitCode::FAILURE };
    let settings = &loaded.settings;
    let renderer = match settings.renderer {
        settings::Renderer::Automatic => None,
        settings::Renderer::Gl => Some(Renderer::Gl),
        settings::Renderer::Cpu => Some(Renderer::Cpu),
    };
    let archive = copy.or(arguments.archive).or_else(|| settings.archive.clone());
    let exhibition = Exhibiting { settings: settings.clone(), pulse: pulse.clone(), clock: Box::new(LocalTime::now) };
    match host::run(archive, arguments.renderer.or(renderer), Some(exhibition)) {
        Ok(()) => pulse.exit_code(),
        Err(error) => {
            // The parent keeps it in its log.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
