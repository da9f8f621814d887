//! A parent that watches the viewer and starts it again: after a crash, a hang, or too much memory.
//!
//! The viewer is a child process of the same program. It writes a line for every heartbeat to its standard output, with
//! the memory that it holds; the parent writes requests to the child's standard input. The pipes need no network and no
//! unsafe code, work alike on Linux and Windows, and close by themselves when either side dies.

mod log;
mod memory;
mod parent;
mod policy;
mod pulse;

use std::time::Duration;

pub use log::{Entry, Log};
pub use memory::own_bytes;
pub use parent::{Schedule, run};
pub use policy::{End, Limits, Policy, Why};
pub use pulse::{Leave, Pulse};

/// How often the viewer beats.
pub const BEAT: Duration = Duration::from_secs(1);

/// What the parent asks of the viewer.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Request {
    /// Restart when no visitor is there.
    RestartWhenIdle = 1,
    /// Restart, whoever is there.
    RestartNow = 2,
    /// The parent is gone: end.
    End = 3,
}

impl Request {
    const SAID: [Self; 2] = [Self::RestartWhenIdle, Self::RestartNow];

    /// As a line on the pipe.
    fn line(self) -> &'static str {
        match self {
            Self::RestartWhenIdle => "restart-when-idle",
            Self::RestartNow => "restart-now",
            Self::End => "end",
        }
    }
}

/// What a heartbeat's line begins with; the bytes of memory follow.
const BEAT_LINE: &str = "juanzong-beat ";
