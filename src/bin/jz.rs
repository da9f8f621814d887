//! The archive keeper's tool: `jz --help` says what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    juanzong::cli::run(std::env::args_os())
}
