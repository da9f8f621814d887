//! The kiosk's parent and child as real processes. The child is this test program, which behaves as it is told.

#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::hours::TimeOfDay;
use juanzong::kiosk::watch::{Entry, Leave, Limits, Pulse, Request, Schedule, Why, run};

/// Names what the child does.
const ROLE: &str = "JUANZONG_TEST_ROLE";
/// Names the folder in which a child tells its process and is told to leave.
const FOLDER: &str = "JUANZONG_TEST_FOLDER";

/// Long waits, cut short; memory is that of a test program with room to grow.
fn limits() -> Limits {
    Limits {
        first_beat: Duration::from_secs(5),
        hang: Duration::from_secs(2),
        memory_bytes: 100 << 20,
        now_grace: Duration::from_millis(300),
        idle_grace: Duration::from_secs(5),
        first_wait: Duration::from_millis(20),
        longest_wait: Duration::from_millis(80),
        well_after: Duration::from_secs(600),
    }
}

fn this_program(test: &str, role: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(ROLE, role).env(FOLDER, folder);
    command
}

/// Watches children with these roles, one after the other, until one leaves as staff does; returns what was noted.
fn watch(roles: &[&'static str], limits: Limits, schedule: &Schedule<'_>) -> Vec<Entry> {
    let folder = tempfile::tempdir().expect("a folder");
    watch_in(folder.path(), roles, limits, schedule)
}

fn watch_in(folder: &Path, roles: &[&'static str], limits: Limits, schedule: &Schedule<'_>) -> Vec<Entry> {
    let mut roles = roles.iter();
    let mut command = |_| this_program("child", roles.next().expect("a role for every start"), folder);
    let mut entries = Vec::new();
    run(limits, schedule, &mut command, &mut |entry| entries.push(entry));
    entries
}

fn no_schedule() -> Schedule<'static> {
    Schedule { daily_restart: None, clock: &LocalTime::now, tick: Duration::from_millis(20) }
}

fn ended(entries: &[Entry]) -> Vec<Option<i32>> {
    let code = |entry: &Entry| match entry {
        Entry::Ended { code, .. } => Some(*code),
        _ => None,
    };
    entries.iter().filter_map(code).collect()
}

fn killed(entries: &[Entry]) -> Vec<Why> {
    let why = |entry: &Entry| match entry {
        Entry::Killed(why) => Some(*why),
        _ => None,
    };
    entries.iter().filter_map(why).collect()
}

const STAFF: Option<i32> = Some(Leave::Staff as i32);
const RESTART: Option<i32> = Some(Leave::Restart as i32);

/// Not a test: what the parent starts.
#[test]
#[ignore = "a child of the other tests"]
fn child() {
    let role = std::env::var(ROLE).expect("a role");
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("a folder"));
    fs::write(folder.join(format!("process-{}", std::process::id())), "").expect("written");
    let pulse = Pulse::connect().expect("threads");
    let leave = |code: Leave| std::process::exit(code as i32);
    if role == "crash" {
        panic!("a crash on purpose");
    }
    let mut held: Vec<Vec<u8>> = Vec::new();
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(60) {
        match role.as_str() {
            "mute" => {}
            "hang" if begin.elapsed() > Duration::from_millis(500) => {}
            _ => pulse.beat(),
        }
        match role.as_str() {
            "staff" => leave(Leave::Staff),
            "close" => std::process::exit(0),
            "until-told" if folder.join("leave").exists() => leave(Leave::Staff),
            "grow" | "grow-deaf" if held.len() < 15 => held.push(vec![7; 10 << 20]),
            _ => {}
        }
        match pulse.request() {
            Some(Request::End) => std::process::exit(1),
            Some(_) if role != "grow-deaf" => leave(Leave::Restart),
            _ => {}
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Not a test: a parent that can be killed.
#[test]
#[ignore = "a child of another test"]
fn parent() -> ExitCode {
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("a folder"));
    watch_in(&folder, &["well"], limits(), &no_schedule());
    ExitCode::SUCCESS
}

#[test]
fn what_crashes_or_closes_is_started_again_until_staff_leave() {
    let entries = watch(&["crash", "close", "staff"], limits(), &no_schedule());
    assert_eq!(ended(&entries), [Some(101), Some(0), STAFF]);
    assert_eq!(killed(&entries), []);
    assert_eq!(entries.last(), Some(&Entry::StaffLeft));
    let words = entries.iter().any(|e| matches!(e, Entry::LastWords(words) if words.contains("a crash on purpose")));
    assert!(words, "{entries:?}");
}

#[test]
fn what_stops_beating_is_killed() {
    let entries = watch(&["hang", "staff"], limits(), &no_schedule());
    assert_eq!((ended(&entries), killed(&entries)), (vec![None, STAFF], vec![Why::Hang]));
    let impatient = Limits { first_beat: Duration::from_millis(800), ..limits() };
    let entries = watch(&["mute", "staff"], impatient, &no_schedule());
    assert_eq!((ended(&entries), killed(&entries)), (vec![None, STAFF], vec![Why::Hang]), "never came to life");
}

#[test]
fn what_grows_is_asked_to_restart_and_killed_if_it_is_deaf() {
    let entries = watch(&["grow", "grow-deaf", "staff"], limits(), &no_schedule());
    assert_eq!(ended(&entries), [RESTART, None, STAFF]);
    assert!(matches!(killed(&entries)[..], [Why::Memory { bytes }] if bytes > 100 << 20), "{entries:?}");
}

#[test]
fn a_program_that_is_not_there_is_tried_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut starts = 0;
    let mut command = |failures| {
        assert_eq!(failures, starts);
        starts += 1;
        if starts < 3 { Command::new("/no/such/program") } else { this_program("child", "staff", folder.path()) }
    };
    let mut missing = 0;
    let mut note = |entry| missing += u32::from(matches!(entry, Entry::NotStarted { .. }));
    run(limits(), &no_schedule(), &mut command, &mut note);
    assert_eq!(missing, 2);
}

#[test]
fn the_daily_restart_is_asked_for() {
    let begin = Instant::now();
    let clock = || {
        let before = begin.elapsed() < Duration::from_millis(600);
        LocalTime::parse(if before { "2026-11-24 03:29:59" } else { "2026-11-24 03:30:00" }).expect("a time")
    };
    let daily_restart = TimeOfDay::parse("03:30");
    let schedule = Schedule { daily_restart, clock: &clock, tick: Duration::from_millis(20) };
    let soon_well = Limits { well_after: Duration::from_millis(300), ..limits() };
    let entries = watch(&["well", "staff"], soon_well, &schedule);
    assert_eq!((ended(&entries), killed(&entries)), (vec![RESTART, STAFF], Vec::new()));
    assert!(entries.contains(&Entry::Asked(Why::Daily)));
}

/// The processes that children told, in no order.
fn processes(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.file_name());
    names.filter_map(|name| Some(name.to_str()?.strip_prefix("process-")?.to_owned())).collect()
}

/// Waits until `count` children have told their processes; returns the new one.
fn next_process(folder: &Path, known: &[String]) -> String {
    let begin = Instant::now();
    loop {
        if let Some(new) = processes(folder).into_iter().find(|process| !known.contains(process)) {
            return new;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "no new child");
        thread::sleep(Duration::from_millis(10));
    }
}

fn signal(signal: &str, process: &str) {
    // The shell's own: not every system has the program.
    let sent = Command::new("sh").args(["-c", "kill \"$1\" \"$2\"", "sh", signal, process]).status();
    assert!(sent.expect("a shell").success());
}

#[test]
fn what_is_killed_or_stopped_from_outside_is_started_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_owned();
    let watcher = thread::Builder::new()
        .spawn(move || watch_in(&place, &["until-told"; 3], limits(), &no_schedule()))
        .expect("a thread");
    let mut known = Vec::new();
    for sent in ["-KILL", "-STOP"] {
        known.push(next_process(folder.path(), &known));
        // After its first heartbeat.
        thread::sleep(Duration::from_millis(700));
        signal(sent, known.last().expect("a process"));
    }
    next_process(folder.path(), &known);
    fs::write(folder.path().join("leave"), "").expect("written");
    let entries = watcher.join().expect("no panic");
    assert_eq!((ended(&entries), killed(&entries)), (vec![None, None, STAFF], vec![Why::Hang]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_ends_with_its_parent() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut parent = this_program("parent", "", folder.path()).spawn().expect("a parent");
    let child = next_process(folder.path(), &[]);
    thread::sleep(Duration::from_millis(200));
    assert!(Path::new("/proc").join(&child).exists());
    parent.kill().expect("killed");
    parent.wait().expect("gone");
    let begin = Instant::now();
    let alive = || {
        let stat = fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        !stat.is_empty() && !stat.contains(") Z ")
    };
    while alive() {
        assert!(begin.elapsed() < Duration::from_secs(20), "an orphan goes on");
        thread::sleep(Duration::from_millis(10));
    }
}
