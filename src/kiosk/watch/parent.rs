//! The parent's side of the pipes: processes, pipes and clocks around the [`Policy`].

use std::io::{self, Read, Write as _};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::kiosk::clock::LocalTime;
use crate::kiosk::hours::TimeOfDay;

use super::policy::{Action, Event, Limits, Policy};
use super::{BEAT_LINE, Entry, Leave, Request};

/// The most that is kept of what the viewer writes to its standard error.
const LAST_WORDS_BYTES: usize = 2000;

/// The time of the daily restart, and where to read the clock.
pub struct Schedule<'a> {
    pub daily_restart: Option<TimeOfDay>,
    pub clock: &'a dyn Fn() -> LocalTime,
    /// How often limits and the clock are looked at.
    pub tick: Duration,
}

/// Starts the viewer and watches it until staff leave. `command` makes the command that starts it, from the number of
/// starts in a row that did not go well; `note` is told what happens.
pub fn run(
    limits: Limits,
    schedule: &Schedule<'_>,
    command: &mut dyn FnMut(u32) -> Command,
    note: &mut dyn FnMut(Entry),
) {
    let (sender, receiver) = channel();
    let begin = Instant::now();
    let mut parent = Parent { policy: Policy::new(limits), begin, sender, runs: 0, child: None, command, note };
    let mut last = (schedule.clock)();
    parent.step(Event::Tick);
    loop {
        let waits = parent.policy.waits(begin.elapsed()).unwrap_or(schedule.tick);
        if let Some(told) = wait(&receiver, waits.min(schedule.tick)) {
            parent.told(told);
        }
        let now = (schedule.clock)();
        if schedule.daily_restart.is_some_and(|time| passed(time, last, now)) {
            parent.step(Event::Daily);
        }
        last = now;
        parent.look_at_child();
        if parent.step(Event::Tick) {
            return;
        }
    }
}

/// Whether the clock passed a time of day between two looks at it.
fn passed(time: TimeOfDay, last: LocalTime, now: LocalTime) -> bool {
    let reached = |at: LocalTime| at.minute_of_day() >= time.minute_of_day();
    reached(now) && last < now && (last.date != now.date || !reached(last))
}

fn wait(receiver: &Receiver<Told>, tick: Duration) -> Option<Told> {
    match receiver.recv_timeout(tick) {
        Ok(told) => Some(told),
        Err(RecvTimeoutError::Timeout) => None,
        // The parent itself holds a sender.
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

/// What a reader of a pipe tells, and of which run.
struct Told {
    run: u64,
    what: What,
}

enum What {
    Beat {
        memory_bytes: u64,
    },
    /// The standard output is closed: the viewer has probably ended.
    Closed,
    LastWords(String),
}

struct Running {
    child: Child,
    requests: Option<ChildStdin>,
    since: Instant,
}

struct Parent<'a> {
    policy: Policy,
    begin: Instant,
    sender: Sender<Told>,
    /// Counts the runs, so that what is told late is not taken for news of the next one.
    runs: u64,
    child: Option<Running>,
    command: &'a mut dyn FnMut(u32) -> Command,
    note: &'a mut dyn FnMut(Entry),
}

impl Parent<'_> {
    /// Whether it is over.
    fn step(&mut self, event: Event) -> bool {
        let action = self.policy.step(self.begin.elapsed(), event);
        match action {
            None => false,
            Some(Action::Leave) => true,
            Some(Action::Start { failures }) => {
                let event = match self.start(failures) {
                    Ok(()) => Event::Started,
                    Err(error) => {
                        (self.note)(Entry::NotStarted { kind: error.kind() });
                        Event::NotStarted
                    }
                };
                self.step(event)
            }
            Some(Action::Ask(request, why)) => {
                (self.note)(Entry::Asked(why));
                self.ask(request);
                false
            }
            Some(Action::Kill(why)) => {
                (self.note)(Entry::Killed(why));
                if let Some(running) = &mut self.child {
                    // One that is gone already needs no killing.
                    let _ = running.child.kill();
                }
                false
            }
        }
    }

    fn start(&mut self, failures: u32) -> io::Result<()> {
        let mut command = (self.command)(failures);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (requests, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        (self.note)(Entry::Started { process: child.id() });
        self.child = Some(Running { child, requests, since: Instant::now() });
        self.runs += 1;
        let read = self.read_pipes(output, errors);
        if read.is_err() {
            self.end_child();
        }
        read
    }

    fn read_pipes(&self, output: Option<ChildStdout>, errors: Option<ChildStderr>) -> io::Result<()> {
        let run = self.runs;
        if let Some(output) = output {
            let sender = self.sender.clone();
            spawn("heartbeats", move || read_beats(output, run, &sender))?;
        }
        if let Some(errors) = errors {
            let sender = self.sender.clone();
            spawn("last-words", move || read_last_words(errors, run, &sender))?;
        }
        Ok(())
    }

    fn end_child(&mut self) {
        if let Some(mut running) = self.child.take() {
            // One that is gone already needs no killing.
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }

    fn ask(&mut self, request: Request) {
        if let Some(pipe) = self.child.as_mut().and_then(|running| running.requests.as_mut()) {
            // One that cannot be asked is killed when its time is over.
            let _ = writeln!(pipe, "{}", request.line());
        }
    }

    fn told(&mut self, told: Told) {
        match told.what {
            What::LastWords(words) => (self.note)(Entry::LastWords(words)),
            What::Beat { memory_bytes } if told.run == self.runs => {
                self.step(Event::Beat { memory_bytes });
            }
            What::Closed if told.run == self.runs => {
                // It has closed its end, and is about to be gone; the next look would come a tick later.
                thread::sleep(Duration::from_millis(5));
            }
            What::Beat { .. } | What::Closed => {}
        }
    }

    fn look_at_child(&mut self) {
        let Some(running) = &mut self.child else { return };
        // An error would say that it is not our child any more.
        let code = match running.child.try_wait() {
            Ok(None) => return,
            Ok(Some(status)) => status.code(),
            Err(_) => None,
        };
        (self.note)(Entry::Ended { code, ran_secs: running.since.elapsed().as_secs() });
        self.child = None;
        let left = self.step(Event::Ended(Leave::end(code)));
        if left {
            (self.note)(Entry::StaffLeft);
        } else if let Some(waits) = self.policy.waits(self.begin.elapsed()) {
            (self.note)(Entry::StartsAgainIn { secs: waits.as_secs_f64().round() as u64 });
        }
    }
}

impl Drop for Parent<'_> {
    fn drop(&mut self) {
        self.end_child();
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(|_| ())
}

fn read_beats(mut pipe: impl Read, run: u64, sender: &Sender<Told>) {
    // Longer lines are no heartbeats.
    let (mut line, mut too_long) = (Vec::with_capacity(64), false);
    let mut chunk = [0; 256];
    while let Ok(count) = pipe.read(&mut chunk)
        && count > 0
    {
        for byte in &chunk[..count] {
            if *byte != b'\n' {
                too_long |= line.len() == 64;
                if !too_long {
                    line.push(*byte);
                }
                continue;
            }
            let beat =
                std::str::from_utf8(&line).ok().filter(|_| !too_long).and_then(|line| line.strip_prefix(BEAT_LINE));
            if let Some(memory_bytes) = beat.and_then(|bytes| bytes.trim_end().parse().ok()) {
                let _ = sender.send(Told { run, what: What::Beat { memory_bytes } });
            }
            line.clear();
            too_long = false;
        }
    }
    let _ = sender.send(Told { run, what: What::Closed });
}

fn read_last_words(mut pipe: impl Read, run: u64, sender: &Sender<Told>) {
    let mut words = Vec::new();
    let mut chunk = [0; 512];
    while let Ok(count) = pipe.read(&mut chunk)
        && count > 0
    {
        words.extend_from_slice(&chunk[..count]);
        if words.len() > 2 * LAST_WORDS_BYTES {
            words.drain(..words.len() - LAST_WORDS_BYTES);
        }
    }
    let words = String::from_utf8_lossy(&words[words.len().saturating_sub(LAST_WORDS_BYTES)..]).trim().to_owned();
    if !words.is_empty() {
        let _ = sender.send(Told { run, what: What::LastWords(words) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_daily_restart_comes_once_whatever_the_clock_does() {
        let at = |text: &str| LocalTime::parse(text).expect("a time");
        let half_past_three = TimeOfDay::parse("03:30").expect("a time of day");
        for (last, now, expected) in [
            ("2026-11-24 03:29:59", "2026-11-24 03:30:00", true),
            ("2026-11-24 03:30:00", "2026-11-24 03:30:01", false),
            ("2026-11-24 12:00:00", "2026-11-24 12:00:01", false),
            ("2026-11-24 23:59:59", "2026-11-25 00:00:00", false),
            // The clock was put forward over it, or back before it.
            ("2026-11-24 02:59:59", "2026-11-24 04:00:00", true),
            ("2026-11-24 12:00:00", "2026-11-25 12:00:00", true),
            ("2026-11-24 03:31:00", "2026-11-24 03:00:00", false),
            ("2026-11-24 12:00:00", "2000-01-01 04:00:00", false),
        ] {
            assert_eq!(passed(half_past_three, at(last), at(now)), expected, "{last} → {now}");
        }
        let midnight = TimeOfDay::parse("00:00").expect("a time of day");
        assert!(passed(midnight, at("2026-11-24 23:59:59"), at("2026-11-25 00:00:00")));
        assert!(!passed(midnight, at("2026-11-25 00:00:00"), at("2026-11-25 00:00:01")));
    }

    #[test]
    fn only_whole_lines_of_heartbeats_are_heard() {
        let long = format!("{BEAT_LINE}{}\n", "9".repeat(100));
        let text = format!(
            "running 1 test\n{BEAT_LINE}12\nnoise {BEAT_LINE}5\n{long}{BEAT_LINE}x\n{BEAT_LINE}34\r\n{BEAT_LINE}7"
        );
        let (sender, receiver) = channel();
        read_beats(text.as_bytes(), 1, &sender);
        drop(sender);
        let heard: Vec<u64> = receiver
            .iter()
            .filter_map(|told| match told.what {
                What::Beat { memory_bytes } => Some(memory_bytes),
                _ => None,
            })
            .collect();
        assert_eq!(heard, [12, 34]);
    }
}
