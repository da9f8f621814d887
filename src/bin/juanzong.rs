//! The viewer: `juanzong [--renderer gl|cpu] [ARCHIVE|FOLDER]`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::path::PathBuf;
use std::process::ExitCode;

use juanzong::host::{self, Renderer};

fn main() -> ExitCode {
    let (mut path, mut renderer) = (None, None);
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--renderer" {
            renderer = arguments.next().and_then(|name| Renderer::named(&name.to_string_lossy()));
        } else {
            path = Some(PathBuf::from(argument));
        }
    }
    match host::run(path, renderer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let words = juanzong::text::Language::of_system().words();
            let said = (words.no_window)(&error.to_string());
            host::tell(&said.what, &said.remedy);
            ExitCode::FAILURE
        }
    }
}
