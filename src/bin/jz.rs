//! The archive keeper's tool: `jz check`, `jz search`.

use std::process::ExitCode;

fn main() -> ExitCode {
    juanzong::cli::run(std::env::args_os())
}
