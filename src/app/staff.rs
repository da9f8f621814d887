//! What staff do once their PIN has let them in: leave, bring new content, look at the statistics.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use crate::archive::Archive;
use crate::files::SaveError;
use crate::kiosk::clock::Date;
use crate::kiosk::pin::{Answer, DIGITS};
use crate::kiosk::statistics::{Counts, Event};
use crate::kiosk::update::{Changes, Inspection, Step, UpdateError};
use crate::kiosk::watch::Leave;
use crate::library::Library;
use crate::text::Language;

use super::command::{Effect, Job};
use super::exhibition::Sheet;
use super::state::State;

/// What is asked for on the PIN pad and on the staff's page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum StaffCommand {
    /// A digit of the PIN.
    Digit(char),
    Erase,
    Enter,
    Leave(Leave),
    Show(StaffPage),
    /// Looks for content in the updates folder.
    Look,
    /// Reads and checks the archive there.
    Inspect(PathBuf),
    /// Takes what was checked.
    Install,
    RollBack,
    Cancel,
    SaveStatistics,
}

impl StaffCommand {
    /// Whether it is asked for at the door, before the PIN is known to be right.
    pub fn is_at_the_door(&self) -> bool {
        matches!(self, Self::Digit(_) | Self::Erase | Self::Enter)
    }
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum StaffPage {
    #[default]
    Menu,
    Content,
    Statistics,
}

/// The staff's own state; of each visit a new one.
#[derive(Debug, Default)]
pub struct Staff {
    pub door: DoorState,
    pub page: StaffPage,
    pub content: Content,
    pub can_roll_back: bool,
    pub days: Vec<(Date, Counts)>,
    /// Where the statistics were saved, or why not.
    pub saved: Option<Result<PathBuf, SaveError>>,
    /// Counts the visits of staff: what is answered to an earlier one is void.
    pub serial: u64,
}

/// The PIN pad.
#[derive(Debug, Default)]
pub struct DoorState {
    /// Digits so far.
    pub pin: String,
    /// It is being looked at.
    pub pending: bool,
    pub wrong: bool,
    /// No PIN is taken for so many seconds after the answer.
    pub wait_secs: u64,
    /// Counts the answers.
    pub answers: u64,
    /// The PIN was right.
    pub open: bool,
}

/// New content, step by step.
#[derive(Debug, Default)]
pub enum Content {
    #[default]
    Unknown,
    /// The archives in the updates folder.
    Found(Vec<PathBuf>),
    Working(Arc<UpdateMonitor>),
    Inspected(Arc<Inspected>),
    Failed(UpdateError),
    /// The viewer starts again with it.
    Done,
}

/// An archive that may be taken, and what would change.
#[derive(Debug)]
pub struct Inspected {
    pub inspection: Inspection,
    pub changes: Changes,
}

/// How far an update is, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct UpdateMonitor {
    percent: AtomicU8,
    /// There is no cancelling any more.
    switching: AtomicBool,
    cancelled: AtomicBool,
}

impl UpdateMonitor {
    pub fn percent(&self) -> u8 {
        self.percent.load(Ordering::Relaxed)
    }

    pub fn can_cancel(&self) -> bool {
        !self.switching.load(Ordering::Relaxed)
    }

    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Notes a step, and says whether to go on. Copying is the first half of an installation, reading it back the other.
    pub fn watch(&self, step: Step) -> std::ops::ControlFlow<()> {
        let part = |done: u64, all: u64, of: u64| (done * of).checked_div(all).unwrap_or(of) as u8;
        let percent = match step {
            Step::Inspect { done_files, all_files } => part(done_files as u64, all_files as u64, 100),
            Step::Copy { done_bytes, all_bytes } => part(done_bytes, all_bytes, 50),
            Step::Verify { done_files, all_files } => 50 + part(done_files as u64, all_files as u64, 50),
            Step::Placed | Step::Switch => 100,
        };
        self.percent.store(percent, Ordering::Relaxed);
        self.switching.fetch_or(step == Step::Switch, Ordering::Relaxed);
        match self.cancelled.load(Ordering::Relaxed) {
            true => std::ops::ControlFlow::Break(()),
            false => std::ops::ControlFlow::Continue(()),
        }
    }
}

/// Work for staff.
#[derive(Clone, Debug)]
pub enum StaffJob {
    /// How long no PIN is taken yet.
    Knock {
        hash: String,
    },
    TryPin {
        hash: String,
        pin: String,
    },
    /// Whether there is content to go back to, and what was counted.
    Overview,
    Look {
        folder: Option<PathBuf>,
    },
    Inspect {
        path: PathBuf,
        library: Arc<Library>,
        monitor: Arc<UpdateMonitor>,
    },
    Install {
        inspected: Arc<Inspected>,
        monitor: Arc<UpdateMonitor>,
    },
    RollBack,
    SaveStatistics {
        folder: Option<PathBuf>,
        language: Language,
    },
    /// What happened since the last time.
    Count(Vec<(Date, Event)>),
}

/// What came of it.
#[derive(Debug)]
pub enum StaffEvent {
    Waits(u64),
    Answered(Answer),
    Overview {
        can_roll_back: bool,
        days: Vec<(Date, Counts)>,
    },
    Found(Vec<PathBuf>),
    Inspected(Result<Arc<Inspected>, UpdateError>),
    /// New content is the current one, or the one before is again.
    Switched(Result<(), UpdateError>),
    StatisticsSaved(Result<PathBuf, SaveError>),
}

impl Inspected {
    pub fn new(inspection: Inspection, shown: &Archive) -> Self {
        Self { changes: Changes::between(shown, &inspection.archive), inspection }
    }
}

fn run(state: &State, job: StaffJob) -> Vec<Effect> {
    vec![Effect::Run(Job::Staff { serial: state.staff.serial, job })]
}

/// The PIN pad is shown.
pub(super) fn knock(state: &mut State) -> Vec<Effect> {
    let Some(hash) = pin_hash(state) else { return Vec::new() };
    state.sheet = Sheet::Pin;
    state.staff = Staff { serial: state.staff.serial + 1, ..Staff::default() };
    run(state, StaffJob::Knock { hash })
}

fn pin_hash(state: &State) -> Option<String> {
    state.shell.exhibition.as_ref()?.pin_hash.clone()
}

fn updates_folder(state: &State) -> Option<PathBuf> {
    state.shell.exhibition.as_ref()?.updates_folder.clone()
}

pub(super) fn apply(state: &mut State, command: StaffCommand) -> Vec<Effect> {
    let at_the_door = command.is_at_the_door() && state.sheet == Sheet::Pin;
    if !(state.staff.door.open || at_the_door) {
        return Vec::new();
    }
    let door = &mut state.staff.door;
    match command {
        StaffCommand::Digit(digit) => {
            if digit.is_ascii_digit() && !door.pending && door.pin.len() < *DIGITS.end() {
                door.pin.push(digit);
                door.wrong = false;
            }
            Vec::new()
        }
        StaffCommand::Erase => {
            door.pin.pop();
            Vec::new()
        }
        StaffCommand::Enter => {
            if door.pending || !DIGITS.contains(&door.pin.len()) {
                return Vec::new();
            }
            door.pending = true;
            let pin = std::mem::take(&mut door.pin);
            match pin_hash(state) {
                Some(hash) => run(state, StaffJob::TryPin { hash, pin }),
                None => Vec::new(),
            }
        }
        StaffCommand::Leave(why) => vec![Effect::Leave(why)],
        StaffCommand::Show(page) => {
            cancel(state);
            state.staff.page = page;
            state.staff.saved = None;
            match page {
                StaffPage::Content => run(state, StaffJob::Look { folder: updates_folder(state) }),
                StaffPage::Menu | StaffPage::Statistics => run(state, StaffJob::Overview),
            }
        }
        StaffCommand::Look => run(state, StaffJob::Look { folder: updates_folder(state) }),
        StaffCommand::Inspect(path) => {
            let (library, monitor) = (Arc::clone(&state.library), Arc::new(UpdateMonitor::default()));
            state.staff.content = Content::Working(Arc::clone(&monitor));
            run(state, StaffJob::Inspect { path, library, monitor })
        }
        StaffCommand::Install => {
            let Content::Inspected(inspected) = &state.staff.content else { return Vec::new() };
            let (inspected, monitor) = (Arc::clone(inspected), Arc::new(UpdateMonitor::default()));
            state.staff.content = Content::Working(Arc::clone(&monitor));
            run(state, StaffJob::Install { inspected, monitor })
        }
        StaffCommand::RollBack => {
            state.staff.content = Content::Working(Arc::default());
            run(state, StaffJob::RollBack)
        }
        StaffCommand::Cancel => {
            cancel(state);
            Vec::new()
        }
        StaffCommand::SaveStatistics => {
            let job = StaffJob::SaveStatistics { folder: updates_folder(state), language: state.language() };
            run(state, job)
        }
    }
}

/// What is under way is no longer wanted.
pub(super) fn cancel(state: &State) {
    if let Content::Working(monitor) = &state.staff.content {
        monitor.cancel();
    }
}

pub(super) fn on_event(state: &mut State, serial: u64, event: StaffEvent) -> Vec<Effect> {
    // An archive that was switched is the current one, whoever still waits for it.
    if let StaffEvent::Switched(Ok(())) = event {
        state.staff.content = Content::Done;
        return vec![Effect::Leave(Leave::Restart)];
    }
    let staff = &mut state.staff;
    if serial != staff.serial {
        return Vec::new();
    }
    match event {
        StaffEvent::Waits(secs) => staff.door.answered(secs),
        StaffEvent::Answered(Answer::Right) => {
            if state.sheet == Sheet::Pin {
                staff.door = DoorState { open: true, ..DoorState::default() };
                state.sheet = Sheet::Staff;
                return run(state, StaffJob::Overview);
            }
        }
        StaffEvent::Answered(Answer::Wrong { wait_secs } | Answer::TooEarly { wait_secs }) => {
            staff.door.answered(wait_secs);
            staff.door.wrong = true;
        }
        StaffEvent::Overview { can_roll_back, days } => (staff.can_roll_back, staff.days) = (can_roll_back, days),
        StaffEvent::Found(paths) => staff.content = Content::Found(paths),
        StaffEvent::Inspected(Ok(inspected)) => staff.content = Content::Inspected(inspected),
        StaffEvent::Inspected(Err(error)) | StaffEvent::Switched(Err(error)) => staff.content = Content::Failed(error),
        StaffEvent::Switched(Ok(())) => {}
        StaffEvent::StatisticsSaved(result) => staff.saved = Some(result),
    }
    Vec::new()
}

impl DoorState {
    fn answered(&mut self, wait_secs: u64) {
        self.pending = false;
        self.wait_secs = wait_secs;
        self.answers += 1;
    }
}
