//! The viewer: `juanzong [--renderer gl|cpu] [--kiosk [SETTINGS.toml]] [ARCHIVE|FOLDER]`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use juanzong::folders::Folders;
use juanzong::host::{self, Renderer, Wish};
use juanzong::kiosk;
use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::settings::{self, Loaded};
use juanzong::kiosk::update::Store;
use juanzong::kiosk::watch::Pulse;
use juanzong::text::Language;
use juanzong::ui::Exhibiting;

#[derive(Debug, Default, Eq, PartialEq)]
struct Arguments {
    archive: Option<PathBuf>,
    wish: Wish,
    kiosk: bool,
    kiosk_settings: Option<PathBuf>,
    /// The program is the viewer that a kiosk's parent watches, which failed so many times in a row.
    watched: Option<u32>,
}

/// What is to be done.
#[derive(Debug, Eq, PartialEq)]
enum Task {
    Show(Arguments),
    Usage,
    Version,
    /// This option, or what stands after it, is none.
    Refuse(String),
}

impl Task {
    fn parse(arguments: &[OsString]) -> Self {
        let mut parsed = Arguments::default();
        let mut rest = arguments.iter().peekable();
        while let Some(argument) = rest.next() {
            match argument.to_string_lossy().as_ref() {
                "--help" | "-h" => return Self::Usage,
                "--version" | "-V" => return Self::Version,
                "--renderer" => {
                    let name = rest.next().map(|name| name.to_string_lossy()).unwrap_or_default();
                    let Some(wish) = Wish::named(&name) else {
                        return Self::Refuse(format!("--renderer {name}"));
                    };
                    parsed.wish = wish;
                }
                "--kiosk" => {
                    parsed.kiosk = true;
                    parsed.kiosk_settings = rest.next_if(|next| settings::is_file_name(next)).map(PathBuf::from);
                }
                kiosk::VIEWER_OPTION => {
                    let failures = rest.next().and_then(|number| number.to_str()?.parse().ok());
                    parsed.watched = Some(failures.unwrap_or_default());
                }
                // A folder may have such a name.
                option if option.starts_with("--") && !Path::new(argument).exists() => {
                    return Self::Refuse(option.to_owned());
                }
                _ => parsed.archive = Some(PathBuf::from(argument)),
            }
        }
        Self::Show(parsed)
    }
}

fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().skip(1).collect();
    let words = Language::of_system().words();
    let arguments = match Task::parse(&given) {
        Task::Show(arguments) => arguments,
        Task::Usage => return host::answer(words.usage),
        Task::Version => return host::answer(concat!("juanzong ", env!("CARGO_PKG_VERSION"))),
        Task::Refuse(option) => {
            host::tell(&(words.no_such_option)(&option), words.usage);
            return ExitCode::from(2);
        }
    };
    if !arguments.kiosk {
        return match host::run(arguments.archive, arguments.wish, None) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let say = if error.is_of_opengl() { words.no_opengl } else { words.no_window };
                let said = say(&error.reason());
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
    let Some(failures) = arguments.watched else {
        return kiosk::watch_over(&program, &given, &loaded, &own_folder, host::tell);
    };
    let copies = Store::new(&own_folder).sources();
    let copy = copies.iter().find_map(|source| source.path()).map(Path::to_owned);
    show(arguments, &loaded, copy, failures)
}

/// The watched viewer, after so many starts in a row that failed. `copy` is the archive that was last brought on a stick.
fn show(arguments: Arguments, loaded: &Loaded, copy: Option<PathBuf>, failures: u32) -> ExitCode {
    // Without threads it would be taken for dead anyway.
    let Ok(pulse) = Pulse::connect() else { return ExitCode::FAILURE };
    let settings = &loaded.settings;
    let wish = match (arguments.wish, settings.renderer) {
        // What a start learns of the graphics card may not be kept: an exhibition's folder is often read-only.
        (Wish::Any, settings::Renderer::Automatic) if failures >= 2 => Wish::Only(Renderer::Cpu),
        (Wish::Any, settings::Renderer::Gl) => Wish::Only(Renderer::Gl),
        (Wish::Any, settings::Renderer::Cpu) => Wish::Only(Renderer::Cpu),
        (wish, _) => wish,
    };
    let archive = copy.or(arguments.archive).or_else(|| settings.archive.clone());
    let exhibition = Exhibiting { settings: settings.clone(), pulse: pulse.clone(), clock: Box::new(LocalTime::now) };
    match host::run(archive, wish, Some(exhibition)) {
        Ok(()) => pulse.exit_code(),
        Err(error) => {
            // The parent keeps it in its log.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], expected: Task) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        assert_eq!(Task::parse(&arguments), expected, "{arguments:?}");
    }

    #[test]
    fn arguments_are_understood_or_refused() {
        let archive = Some(PathBuf::from("温泉镇.json"));
        check(&[], Task::Show(Arguments::default()));
        check(&["温泉镇.json"], Task::Show(Arguments { archive: archive.clone(), ..Arguments::default() }));
        let wish = Wish::Only(Renderer::Cpu);
        check(&["--renderer", "cpu", "温泉镇.json"], Task::Show(Arguments { archive, wish, ..Arguments::default() }));
        let kiosk_settings = Some(PathBuf::from("kiosk.toml"));
        check(
            &["--kiosk", "kiosk.toml"],
            Task::Show(Arguments { kiosk: true, kiosk_settings, ..Arguments::default() }),
        );
        let watched = |given, watched| {
            check(&[kiosk::VIEWER_OPTION, given], Task::Show(Arguments { watched, ..Arguments::default() }));
        };
        watched("3", Some(3));
        watched("x", Some(0));
        check(&["--help"], Task::Usage);
        check(&["--kiosk", "--version"], Task::Version);
        check(&["--renderer", "opengl"], Task::Refuse("--renderer opengl".to_owned()));
        check(&["--renderer"], Task::Refuse("--renderer ".to_owned()));
        check(&["--fullscreen"], Task::Refuse("--fullscreen".to_owned()));
    }
}
