//! When the viewer is started, asked, killed and left alone: decisions without processes or clocks.

use std::time::Duration;

use super::Request;

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// From the start to the first heartbeat.
    pub first_beat: Duration,
    /// Between two heartbeats.
    pub hang: Duration,
    pub memory_bytes: u64,
    /// From [`Request::RestartNow`] until the viewer is killed.
    pub now_grace: Duration,
    /// From [`Request::RestartWhenIdle`] until the viewer is killed.
    pub idle_grace: Duration,
    /// Before the first new start; doubled after each start that did not go well.
    pub first_wait: Duration,
    pub longest_wait: Duration,
    /// Who ran so long ran well.
    pub well_after: Duration,
}

impl Limits {
    pub fn new(hang_secs: u32, memory_limit_mib: u32) -> Self {
        Self {
            first_beat: Duration::from_secs(60.max(hang_secs.into())),
            hang: Duration::from_secs(hang_secs.into()),
            memory_bytes: u64::from(memory_limit_mib) << 20,
            now_grace: Duration::from_secs(5),
            idle_grace: Duration::from_secs(30 * 60),
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            well_after: Duration::from_secs(600),
        }
    }
}

/// What the parent is told of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Event {
    Started,
    /// The system could not start it.
    NotStarted,
    Beat {
        memory_bytes: u64,
    },
    /// It is time for the daily restart.
    Daily,
    Ended(End),
    /// Time has passed.
    Tick,
}

/// How the viewer ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
    /// Staff left: it is not started again.
    Staff,
    /// It wants to be started again.
    Restart,
    /// Crashed, was killed, or its window was closed.
    Unasked,
}

/// What the parent does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// The argument: how many starts in a row did not go well.
    Start {
        failures: u32,
    },
    Ask(Request, Why),
    Kill(Why),
    Leave,
}

/// Why the viewer is asked or killed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Why {
    Hang,
    Memory { bytes: u64 },
    Daily,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Waiting {
        until: Duration,
    },
    Starting,
    Running {
        since: Duration,
        last_beat: Option<Duration>,
        asked: Option<(Why, Duration)>,
    },
    /// Killed, but not yet known to have ended.
    Dying {
        since: Duration,
        why: Why,
    },
    Left,
}

/// Times are since any moment, and never go back.
#[derive(Debug)]
pub struct Policy {
    limits: Limits,
    state: State,
    /// Starts in a row that did not go well.
    failures: u32,
    last_step: Duration,
}

impl Policy {
    pub fn new(limits: Limits) -> Self {
        Self { limits, state: State::Waiting { until: Duration::ZERO }, failures: 0, last_step: Duration::ZERO }
    }

    /// How long until the next start, where one is waited for.
    pub fn waits(&self, now: Duration) -> Option<Duration> {
        match self.state {
            State::Waiting { until } => Some(until.saturating_sub(now)),
            _ => None,
        }
    }

    pub fn step(&mut self, now: Duration, event: Event) -> Option<Action> {
        let asleep = now.saturating_sub(self.last_step) > self.limits.hang / 2;
        self.last_step = now;
        match (&mut self.state, event) {
            (State::Left, _) => Some(Action::Leave),
            (State::Waiting { until }, Event::Tick) if *until <= now => {
                self.state = State::Starting;
                Some(Action::Start { failures: self.failures })
            }
            (State::Starting, Event::Started) => {
                self.state = State::Running { since: now, last_beat: None, asked: None };
                None
            }
            (State::Starting, Event::NotStarted) => {
                self.fail(now);
                None
            }
            (State::Running { since, asked, .. }, Event::Ended(end)) => {
                let (since, why) = (*since, asked.map(|(why, _)| why));
                self.end(now, since, end, why)
            }
            (State::Dying { since, why }, Event::Ended(end)) => {
                let (since, why) = (*since, *why);
                self.end(now, since, end, Some(why))
            }
            (State::Running { last_beat, asked, .. }, Event::Beat { memory_bytes }) => {
                *last_beat = Some(now);
                let urgent = matches!(asked, Some((Why::Memory { .. }, _)));
                if memory_bytes <= self.limits.memory_bytes || urgent {
                    return None;
                }
                let why = Why::Memory { bytes: memory_bytes };
                *asked = Some((why, now + self.limits.now_grace));
                Some(Action::Ask(Request::RestartNow, why))
            }
            (State::Running { since, asked, .. }, Event::Daily) => {
                if asked.is_some() || now - *since < self.limits.well_after {
                    return None;
                }
                *asked = Some((Why::Daily, now + self.limits.idle_grace));
                Some(Action::Ask(Request::RestartWhenIdle, Why::Daily))
            }
            (State::Running { since, last_beat, asked }, Event::Tick) => {
                if asleep {
                    // The parent slept too, with the whole machine: silence says nothing.
                    *since = last_beat.map_or(now, |_| *since);
                    *last_beat = last_beat.map(|_| now);
                }
                let silent = match last_beat {
                    Some(last) => now - *last > self.limits.hang,
                    None => now - *since > self.limits.first_beat,
                };
                let late = asked.filter(|(_, deadline)| *deadline < now).map(|(why, _)| why);
                let why = if silent { Some(Why::Hang) } else { late }?;
                self.state = State::Dying { since: *since, why };
                Some(Action::Kill(why))
            }
            _ => None,
        }
    }

    /// `why` it was asked or killed, if it was.
    fn end(&mut self, now: Duration, since: Duration, end: End, why: Option<Why>) -> Option<Action> {
        let ran = now - since;
        if ran >= self.limits.well_after {
            self.failures = 0;
        }
        match (end, why) {
            (End::Staff, _) => {
                self.state = State::Left;
                return Some(Action::Leave);
            }
            // One that wants to restart as soon as it is started is no better than one that crashes.
            (End::Restart, None) if ran > 5 * self.limits.first_wait => self.state = State::Waiting { until: now },
            (_, Some(Why::Daily)) => self.state = State::Waiting { until: now },
            _ => self.fail(now),
        }
        None
    }

    fn fail(&mut self, now: Duration) {
        let wait = self.limits.first_wait.saturating_mul(1 << self.failures.min(20)).min(self.limits.longest_wait);
        self.failures = self.failures.saturating_add(1);
        self.state = State::Waiting { until: now + wait };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    /// A policy with the usual limits (20 s, 100 MiB), and a clock in seconds.
    struct Table {
        policy: Policy,
        now: u64,
    }

    impl Table {
        fn new() -> Self {
            Self { policy: Policy::new(Limits::new(20, 100)), now: 0 }
        }

        /// Started, with its first heartbeat.
        fn running() -> Self {
            let mut table = Self::new();
            assert_eq!(table.tick(0), Some(Action::Start { failures: 0 }));
            assert_eq!(table.at(0, Event::Started), None);
            assert_eq!(table.beat(1), None);
            table
        }

        /// Ticks every second until `secs` later, and then the event.
        fn at(&mut self, secs: u64, event: Event) -> Option<Action> {
            self.quiet(secs);
            self.policy.step(Duration::from_secs(self.now), event)
        }

        fn quiet(&mut self, secs: u64) {
            for _ in 0..secs {
                self.now += 1;
                let action = self.policy.step(Duration::from_secs(self.now), Event::Tick);
                assert_eq!(action, None, "at {} s", self.now);
            }
        }

        /// Ticks every second; returns what comes of the last tick.
        fn tick(&mut self, secs: u64) -> Option<Action> {
            self.quiet(secs.saturating_sub(1));
            self.now += u64::from(secs > 0);
            self.policy.step(Duration::from_secs(self.now), Event::Tick)
        }

        fn beat(&mut self, secs: u64) -> Option<Action> {
            self.at(secs, Event::Beat { memory_bytes: 10 * MIB })
        }

        /// Beats every second for `secs`.
        fn live(&mut self, secs: u64) {
            for _ in 0..secs {
                assert_eq!(self.beat(1), None);
            }
        }

        fn crash(&mut self) -> u64 {
            assert_eq!(self.at(0, Event::Ended(End::Unasked)), None);
            self.policy.waits(Duration::from_secs(self.now)).expect("a wait").as_secs()
        }
    }

    #[test]
    fn crashes_are_waited_for_twice_as_long_each_time() {
        let mut table = Table::new();
        let mut waits = Vec::new();
        for failures in 0..9 {
            let wait = waits.last().copied().unwrap_or(0);
            assert_eq!(table.tick(wait), Some(Action::Start { failures }));
            table.at(0, Event::Started);
            waits.push(table.crash());
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(table.tick(60), Some(Action::Start { failures: 9 }));
        table.at(0, Event::Started);
        table.live(600);
        assert_eq!(table.crash(), 1, "ten good minutes are forgiving");
    }

    #[test]
    fn what_the_system_cannot_start_is_tried_again() {
        let mut table = Table::new();
        for wait in [1, 2, 4] {
            assert!(matches!(table.tick(wait / 2), Some(Action::Start { .. })));
            assert_eq!(table.at(0, Event::NotStarted), None);
            assert_eq!(table.policy.waits(Duration::from_secs(table.now)), Some(Duration::from_secs(wait)));
        }
    }

    #[test]
    fn silence_is_a_hang() {
        let mut table = Table::running();
        table.live(30);
        assert_eq!(table.tick(20), None, "twenty seconds are allowed");
        assert_eq!(table.tick(1), Some(Action::Kill(Why::Hang)));
        assert_eq!(table.tick(30), None, "it is killed once");
        assert_eq!(table.crash(), 1);
    }

    #[test]
    fn the_first_heartbeat_may_take_longer() {
        let mut table = Table::new();
        table.tick(0);
        table.at(0, Event::Started);
        assert_eq!(table.tick(60), None);
        assert_eq!(table.tick(1), Some(Action::Kill(Why::Hang)));
    }

    #[test]
    fn a_machine_that_slept_is_no_hang() {
        let mut table = Table::running();
        table.live(5);
        table.now += 8 * 3600;
        assert_eq!(table.tick(0), None);
        assert_eq!(table.tick(20), None);
        assert_eq!(table.tick(1), Some(Action::Kill(Why::Hang)));
    }

    #[test]
    fn too_much_memory_is_asked_to_restart_and_killed_if_it_does_not() {
        let why = Why::Memory { bytes: 101 * MIB };
        let grown = Event::Beat { memory_bytes: 101 * MIB };
        let mut table = Table::running();
        assert_eq!(table.at(1, Event::Beat { memory_bytes: 100 * MIB }), None);
        assert_eq!(table.at(1, grown), Some(Action::Ask(Request::RestartNow, why)));
        assert_eq!(table.at(1, grown), None, "asked once");
        assert_eq!(table.tick(4), None);
        assert_eq!(table.tick(1), Some(Action::Kill(why)));
        assert_eq!(table.crash(), 1);

        table.tick(1);
        table.at(0, Event::Started);
        table.live(60);
        assert_eq!(table.at(1, grown), Some(Action::Ask(Request::RestartNow, why)));
        assert_eq!(table.at(1, Event::Ended(End::Restart)), None);
        assert_eq!(table.tick(2), Some(Action::Start { failures: 2 }), "a limit that is too low is no busy loop");
    }

    #[test]
    fn the_daily_restart_is_asked_for_and_costs_no_wait() {
        let ask = Some(Action::Ask(Request::RestartWhenIdle, Why::Daily));
        let mut table = Table::running();
        assert_eq!(table.at(0, Event::Daily), None, "it has just started");
        table.live(600);
        assert_eq!(table.at(0, Event::Daily), ask);
        assert_eq!(table.at(0, Event::Daily), None);
        assert_eq!(table.at(0, Event::Ended(End::Restart)), None);
        assert_eq!(table.tick(0), Some(Action::Start { failures: 0 }));

        table.at(0, Event::Started);
        table.live(600);
        assert_eq!(table.at(0, Event::Daily), ask);
        table.live(1800);
        assert_eq!(table.tick(1), Some(Action::Kill(Why::Daily)), "someone is there all night");
        assert_eq!(table.at(0, Event::Ended(End::Unasked)), None);
        assert_eq!(table.tick(0), Some(Action::Start { failures: 0 }));
    }

    #[test]
    fn one_that_wants_to_restart_at_once_is_slowed() {
        let mut table = Table::running();
        assert_eq!(table.at(0, Event::Ended(End::Restart)), None);
        assert_eq!(table.tick(1), Some(Action::Start { failures: 1 }));
        table.at(0, Event::Started);
        table.live(60);
        table.at(0, Event::Ended(End::Restart));
        assert_eq!(table.tick(0), Some(Action::Start { failures: 1 }));
    }

    #[test]
    fn what_staff_left_stays_closed() {
        let mut table = Table::running();
        assert_eq!(table.at(5, Event::Ended(End::Staff)), Some(Action::Leave));
        assert_eq!(table.policy.step(Duration::from_secs(999), Event::Tick), Some(Action::Leave));
    }

    #[test]
    fn staff_who_leave_while_it_is_being_killed_have_left() {
        let mut table = Table::running();
        assert_eq!(table.tick(21), Some(Action::Kill(Why::Hang)));
        assert_eq!(table.at(0, Event::Ended(End::Staff)), Some(Action::Leave));
    }
}
