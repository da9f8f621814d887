//! The viewer's side of the pipes.

use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use super::policy::End;
use super::{BEAT, BEAT_LINE, Request, memory};

/// How long the viewer has to end by itself when its parent is gone.
const ORPHAN_GRACE: Duration = Duration::from_secs(5);

/// Why the viewer ends, told to the parent by the exit code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Leave {
    /// Staff left: do not start it again.
    Staff = 86,
    /// Start it again at once.
    Restart = 87,
}

impl Leave {
    /// What an exit code says.
    pub(super) fn end(code: Option<i32>) -> End {
        match code {
            Some(86) => End::Staff,
            Some(87) => End::Restart,
            _ => End::Unasked,
        }
    }
}

impl From<Leave> for ExitCode {
    fn from(leave: Leave) -> Self {
        Self::from(leave as u8)
    }
}

/// The viewer's heart. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Pulse(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    beats: AtomicU64,
    request: AtomicU8,
    leave: AtomicU8,
}

impl Pulse {
    /// Starts listening to the parent and telling it of heartbeats. To be called once, in the child that
    /// [`super::run`] started. When the parent is gone, [`Request::End`] is requested, and the process ends five
    /// seconds later if it has not by itself.
    pub fn connect() -> io::Result<Self> {
        let pulse = Self::default();
        let (talker, listener) = (pulse.clone(), pulse.clone());
        thread::Builder::new().name("pulse".to_owned()).spawn(move || talker.tell())?;
        thread::Builder::new().name("parent".to_owned()).spawn(move || listener.listen())?;
        Ok(pulse)
    }

    /// To be called by the thread that draws, at least every [`BEAT`]: as long as it does, the viewer lives. Cheap.
    pub fn beat(&self) {
        self.0.beats.fetch_add(1, Ordering::Relaxed);
    }

    /// How often the viewer has shown that it lives.
    #[cfg(test)]
    pub(crate) fn beats(&self) -> u64 {
        self.0.beats.load(Ordering::Relaxed)
    }

    /// What the parent asks for; the most urgent, as long as the viewer lives.
    pub fn request(&self) -> Option<Request> {
        let asked = self.0.request.load(Ordering::Relaxed);
        [Request::RestartWhenIdle, Request::RestartNow, Request::End].into_iter().find(|r| *r as u8 == asked)
    }

    /// Notes why the viewer is about to end.
    pub fn leave(&self, why: Leave) {
        self.0.leave.store(why as u8, Ordering::Relaxed);
    }

    /// Whether the viewer is to end by itself.
    pub fn is_leaving(&self) -> bool {
        self.0.leave.load(Ordering::Relaxed) != 0
    }

    /// What the viewer's process should end with.
    pub fn exit_code(&self) -> ExitCode {
        match (self.0.leave.load(Ordering::Relaxed), self.request()) {
            (0, Some(Request::RestartWhenIdle | Request::RestartNow)) => Leave::Restart.into(),
            (code, _) => code.into(),
        }
    }

    fn ask(&self, request: Request) {
        self.0.request.fetch_max(request as u8, Ordering::Relaxed);
    }

    fn tell(&self) {
        let mut told = 0;
        loop {
            let beats = self.0.beats.load(Ordering::Relaxed);
            if beats != told {
                told = beats;
                let bytes = memory::own_bytes().unwrap_or(0);
                let mut out = io::stdout().lock();
                if writeln!(out, "{BEAT_LINE}{bytes}").and_then(|()| out.flush()).is_err() {
                    return;
                }
            }
            thread::sleep(BEAT / 2);
        }
    }

    fn listen(&self) {
        for line in io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            if let Some(request) = Request::SAID.into_iter().find(|request| request.line() == line) {
                self.ask(request);
            }
        }
        self.ask(Request::End);
        thread::sleep(ORPHAN_GRACE);
        std::process::exit(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_request_stands() {
        let pulse = Pulse::default();
        assert_eq!(pulse.request(), None);
        for (asked, stands) in [
            (Request::RestartNow, Request::RestartNow),
            (Request::RestartWhenIdle, Request::RestartNow),
            (Request::End, Request::End),
        ] {
            pulse.ask(asked);
            assert_eq!(pulse.request(), Some(stands));
        }
    }

    #[test]
    fn exit_codes_are_understood_on_the_other_side() {
        for (leave, end) in [(Leave::Staff, End::Staff), (Leave::Restart, End::Restart)] {
            assert_eq!(Leave::end(Some(leave as i32)), end);
        }
        for code in [None, Some(0), Some(1), Some(101), Some(-1_073_741_819)] {
            assert_eq!(Leave::end(code), End::Unasked);
        }
    }
}
