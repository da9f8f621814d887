//! The viewer: `juanzong [ARCHIVE]`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = std::env::args_os().nth(1).map(PathBuf::from);
    match juanzong::host::run(path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let words = juanzong::text::Language::of_system().words();
            let said = (words.no_window)(&error.to_string());
            juanzong::host::tell(&said.what, &said.remedy);
            ExitCode::FAILURE
        }
    }
}
