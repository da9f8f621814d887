//! A thread a lane, started when first needed. Each lane does one job at a time; a newer search, archive or set of
//! settings replaces one that has not begun.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::{Job, JobEvent, StaffJob};
use crate::archive::PhotoError;
use crate::photo::Pixels;

use super::job;
use super::pictures::{self, Picture, PictureKey};
use crate::folders::Folders;

/// What comes back from the threads.
#[derive(Debug)]
pub enum Report {
    Job(JobEvent),
    Picture(PictureKey, Result<Pixels, PhotoError>),
}

/// Where jobs run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Executor {
    Threads,
    /// In the caller, at once: for tests, which want the same order every time.
    Inline,
}

/// Called on a worker's thread when a report is ready.
type Wake = Arc<dyn Fn() + Send + Sync>;

/// The lanes and what has come out of them.
pub struct Pool {
    executor: Executor,
    lanes: [Arc<Lane>; LANES],
    reports: Receiver<Report>,
    outbox: Outbox,
}

#[derive(Clone)]
struct Outbox {
    sender: Sender<Report>,
    wake: Wake,
    folders: Arc<Folders>,
}

const LANES: usize = 9;
/// What is written, which must be done before the program ends.
const WRITING: usize = 0;
const SEARCH: usize = 1;
const DIALOGS: usize = 2;
const PICTURES: usize = 3;
const LOADING: usize = 4;
const EXPORTING: usize = 5;
const INDEXING: usize = 6;
const STAFF: usize = 7;
/// What else may be meant by what is searched, which takes longer than to find what is written.
const OFFERS: usize = 8;
const LANE_NAMES: [&str; LANES] =
    ["writing", "search", "dialogs", "pictures", "loading", "exporting", "indexing", "staff", "offers"];
/// A disk that does not answer does not keep the program from ending for longer than this.
const LAST_WRITES: Duration = Duration::from_secs(5);

#[derive(Default)]
struct Lane {
    queue: Mutex<Queue>,
    filled: Condvar,
}

#[derive(Default)]
struct Queue {
    tasks: VecDeque<Task>,
    started: bool,
    closed: bool,
}

enum Task {
    Job(Job),
    Picture(Picture),
}

impl Pool {
    /// `wake` is called when a report is ready.
    pub fn new(executor: Executor, folders: Folders, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, reports) = channel();
        let outbox = Outbox { sender, wake: Arc::new(wake), folders: Arc::new(folders) };
        Self { executor, lanes: std::array::from_fn(|_| Arc::default()), reports, outbox }
    }

    /// Queues a job; a search, archive or set of settings that still waits is dropped for a newer one.
    pub fn run(&self, job: Job) {
        let lane = match job {
            Job::Search { .. } | Job::ByFingers { .. } => SEARCH,
            Job::Offer { .. } => OFFERS,
            Job::PickArchive { .. }
            | Job::PickFolder { .. }
            | Job::PickCopyTarget { .. }
            | Job::PickExportTarget { .. }
            | Job::PickResultsTarget { .. } => DIALOGS,
            Job::Export(_) | Job::WriteResults(_) => EXPORTING,
            Job::Index { .. } => INDEXING,
            Job::Load { .. } => LOADING,
            Job::Staff { job: StaffJob::Count(_), .. } => WRITING,
            Job::Staff { .. } => STAFF,
            Job::SaveCopy { .. } | Job::WriteSettings(_) => WRITING,
        };
        let replaced = |waiting: &Task| {
            matches!(
                (waiting, &job),
                (Task::Job(Job::Search { .. }), Job::Search { .. })
                    | (Task::Job(Job::ByFingers { .. }), Job::ByFingers { .. })
                    | (Task::Job(Job::Offer { .. }), Job::Offer { .. })
                    | (Task::Job(Job::Load { .. }), Job::Load { .. })
                    | (Task::Job(Job::WriteSettings(_)), Job::WriteSettings(_))
            )
        };
        let lane_queue = &self.lanes[lane];
        if self.executor == Executor::Threads {
            lock(&lane_queue.queue).tasks.retain(|waiting| !replaced(waiting));
        }
        self.push(lane, Task::Job(job));
    }

    /// The pictures that are on the screen now, most wanted first. Others that still wait are dropped.
    pub fn want_pictures(&self, pictures: Vec<Picture>) {
        if self.executor == Executor::Threads {
            lock(&self.lanes[PICTURES].queue).tasks.clear();
        }
        for picture in pictures {
            self.push(PICTURES, Task::Picture(picture));
        }
    }

    /// What has come back since the last call.
    pub fn reports(&self) -> impl Iterator<Item = Report> + '_ {
        self.reports.try_iter()
    }

    fn push(&self, lane: usize, task: Task) {
        if self.executor == Executor::Inline {
            return self.outbox.carry_out(task);
        }
        let mut queue = lock(&self.lanes[lane].queue);
        queue.tasks.push_back(task);
        if !queue.started {
            queue.started = true;
            let (lane_queue, outbox) = (Arc::clone(&self.lanes[lane]), self.outbox.clone());
            let spawned = thread::Builder::new()
                .name(format!("juanzong-{}", LANE_NAMES[lane]))
                .spawn(move || lane_queue.work(&outbox));
            queue.started = spawned.is_ok();
        }
        self.lanes[lane].filled.notify_one();
    }

    /// Waits until what was handed in to be written is, and takes no more jobs.
    pub fn finish(&self) {
        for lane in &self.lanes {
            lock(&lane.queue).closed = true;
            lane.filled.notify_all();
        }
        let writing = &self.lanes[WRITING];
        let deadline = Instant::now() + LAST_WRITES;
        let mut queue = lock(&writing.queue);
        while queue.started && Instant::now() < deadline {
            let left = deadline.saturating_duration_since(Instant::now());
            queue = writing.filled.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Lane {
    fn work(&self, outbox: &Outbox) {
        loop {
            let mut queue = lock(&self.queue);
            let task = loop {
                if let Some(task) = queue.tasks.pop_front() {
                    break task;
                }
                if queue.closed {
                    queue.started = false;
                    self.filled.notify_all();
                    return;
                }
                queue = self.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
            };
            drop(queue);
            outbox.carry_out(task);
        }
    }
}

impl Outbox {
    fn carry_out(&self, task: Task) {
        let report = match task {
            Task::Job(job) => {
                let loading = matches!(job, Job::Load { .. });
                let mut tell = |event| self.send(Report::Job(event));
                catch_unwind(AssertUnwindSafe(|| job::run(job, &self.folders, &mut tell)))
                    .unwrap_or(Some(JobEvent::Panicked { loading }))
                    .map(Report::Job)
            }
            Task::Picture(picture) => {
                let made = catch_unwind(AssertUnwindSafe(|| pictures::make(&picture)));
                Some(Report::Picture(picture.key, made.unwrap_or(Err(PhotoError::Damaged))))
            }
        };
        if let Some(report) = report {
            self.send(report);
        }
    }

    fn send(&self, report: Report) {
        // The receiver is gone only while the program ends.
        let _ = self.sender.send(report);
        (self.wake)();
    }
}

fn lock(queue: &Mutex<Queue>) -> std::sync::MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Command, Effect, Settings, State, apply, on_event};
    use crate::archive::{Source, load};
    use crate::library::Library;
    use crate::library::testing::{beginning_with, observed};
    use crate::text::Language;

    fn search(pool: &Pool, state: &mut State, words: &str) {
        for effect in apply(state, Command::Search(words.to_owned())) {
            if let Effect::Run(job) = effect {
                pool.run(job);
            }
        }
    }

    #[test]
    fn a_search_that_takes_its_time_shows_first_what_it_finds_first() {
        let library = Library::new(load(Source::Embedded).expect("the bundled archive"));
        let slow = beginning_with(&observed(&library, || thread::sleep(Duration::from_millis(9))), 10_000);
        let mut state = State::new(Arc::new(slow), Settings::default(), Language::ZhCn);
        let pool = Pool::new(Executor::Inline, Folders::default(), || ());
        search(&pool, &mut state, "温泉");
        let mut found = Vec::new();
        for report in pool.reports() {
            if let Report::Job(event) = report {
                on_event(&mut state, event);
                found.push((state.search.pending, state.search.found.documents));
            }
        }
        let [(true, first), (false, all), ..] = *found else { panic!("{found:?}") };
        assert!(0 < first && first < all);
    }

    #[test]
    fn a_newer_search_takes_the_place_of_the_one_that_runs() {
        let (entered, in_a_question) = channel();
        let (go_on, wait) = channel::<()>();
        let wait = Mutex::new(wait);
        // The first question is answered when the newer search waits.
        let see = move || {
            let _ = entered.send(());
            let _ = wait.lock().unwrap_or_else(PoisonError::into_inner).recv();
        };
        let library = observed(&Library::new(load(Source::Embedded).expect("the bundled archive")), see);
        let mut state = State::new(Arc::new(library), Settings::default(), Language::ZhCn);
        let (woken, wake) = channel();
        let pool = Pool::new(Executor::Threads, Folders::default(), move || {
            let _ = woken.send(());
        });
        search(&pool, &mut state, "温泉");
        in_a_question.recv().expect("it is searched");
        search(&pool, &mut state, "规划");
        drop(go_on);
        wake.recv().expect("an answer");
        let Some(Report::Job(event)) = pool.reports().next() else { panic!("a report") };
        on_event(&mut state, event);
        assert!(!state.search.pending, "the first answer that comes is the newer search's");
        assert!(state.search.found.documents > 0);
    }
}
