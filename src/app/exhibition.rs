//! An exhibition by itself: whether somebody is there, and whether it is open. Pure; time comes as an argument.

use crate::kiosk::clock::LocalTime;
use crate::kiosk::hours::Opening;

use super::shell::ExhibitionRules;

/// What stands over the page for fingers.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Sheet {
    #[default]
    None,
    Contents,
    /// Searching without a keyboard.
    Find,
    /// A code for a visitor's phone.
    Code,
    /// Staff type their PIN.
    Pin,
    /// What staff may do.
    Staff,
}

impl Sheet {
    /// Is for staff, not for visitors.
    pub fn is_for_staff(self) -> bool {
        matches!(self, Self::Pin | Self::Staff)
    }
}

/// When it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Now {
    /// Seconds of a clock that never goes back.
    pub secs: f64,
    pub local: LocalTime,
}

/// What the screen is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    /// Nobody is there.
    Attract,
    /// Somebody reads.
    Visit,
    /// Somebody is asked whether they still do, since then.
    Asking { since: f64 },
    /// Closed.
    Dark,
    /// Staff are at it.
    Staff,
}

/// What has just come about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Turn {
    /// A visit begins.
    Begin,
    /// A visit is over: nothing may be left of it. It lasted so many seconds until its last use.
    End { secs: u32 },
}

/// How long staff may stand and think, and how long the PIN pad stays without a touch, in seconds.
const STAFF_SECS: f64 = 300.0;
const PIN_SECS: f64 = 60.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Exhibition {
    rules: ExhibitionRules,
    phase: Phase,
    began: f64,
    used: f64,
}

impl Exhibition {
    pub fn new(rules: ExhibitionRules, now: Now) -> Self {
        let mut exhibition = Self { rules, phase: Phase::Attract, began: now.secs, used: now.secs };
        exhibition.phase = exhibition.empty(now);
        exhibition
    }

    pub fn phase(&self) -> Phase {
        self.phase
    }

    pub fn rules(&self) -> &ExhibitionRules {
        &self.rules
    }

    /// Nobody is there who would be disturbed.
    pub fn is_empty(&self) -> bool {
        matches!(self.phase, Phase::Attract | Phase::Dark)
    }

    /// Seconds until it opens; `None` while it is open, or if it never does.
    pub fn opens_in(&self, now: Now) -> Option<u32> {
        match self.rules.hours.at(now.local) {
            Opening::Closed { for_secs } => for_secs,
            Opening::Open { .. } => None,
        }
    }

    /// Until everything is reset, while that is asked about.
    pub fn secs_left(&self, now: Now) -> Option<f64> {
        match self.phase {
            Phase::Asking { since } => Some((since + self.rules.warning_secs - now.secs).max(0.0)),
            _ => None,
        }
    }

    /// A frame: `used` if somebody touched the screen since the last one, `sheet` is what stands over the page.
    pub fn step(&mut self, now: Now, used: bool, sheet: Sheet) -> Option<Turn> {
        if used {
            self.used = now.secs;
        }
        let idle = now.secs - self.used;
        match self.phase {
            Phase::Attract if !self.is_open(now) => self.phase = Phase::Dark,
            Phase::Attract if used => {
                self.phase = Phase::Visit;
                self.began = now.secs;
                return Some(Turn::Begin);
            }
            Phase::Attract => {}
            Phase::Dark if sheet.is_for_staff() => self.phase = Phase::Staff,
            Phase::Dark if self.is_open(now) => self.phase = Phase::Attract,
            Phase::Dark => {}
            Phase::Visit | Phase::Asking { .. } if sheet.is_for_staff() => self.phase = Phase::Staff,
            Phase::Visit | Phase::Asking { .. } if used => self.phase = Phase::Visit,
            Phase::Visit if idle >= self.rules.idle_secs => self.phase = Phase::Asking { since: now.secs },
            Phase::Visit => {}
            Phase::Asking { since } if now.secs - since >= self.rules.warning_secs => return Some(self.end(now)),
            Phase::Asking { .. } => {}
            Phase::Staff if sheet == Sheet::Pin && idle < PIN_SECS => {}
            Phase::Staff if sheet == Sheet::Staff && idle < STAFF_SECS => {}
            // What staff did is no visitor's business.
            Phase::Staff => return Some(self.end(now)),
        }
        None
    }

    fn end(&mut self, now: Now) -> Turn {
        self.phase = self.empty(now);
        Turn::End { secs: (self.used - self.began).max(0.0) as u32 }
    }

    /// What the screen is for when nobody is there.
    fn empty(&self, now: Now) -> Phase {
        if self.is_open(now) { Phase::Attract } else { Phase::Dark }
    }

    fn is_open(&self, now: Now) -> bool {
        matches!(self.rules.hours.at(now.local), Opening::Open { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Shell;
    use crate::kiosk::hours::{OpeningHours, Span};
    use crate::kiosk::settings::KioskSettings;

    fn at(secs: f64) -> Now {
        let local = LocalTime::parse("2026-11-23 10:00:00").expect("a time");
        let second_of_day = local.second_of_day + secs as u32;
        Now { secs, local: LocalTime { second_of_day, ..local } }
    }

    /// Open from 9:00 to 11:00, an hour after the test's beginning; asks after 90 seconds, resets 20 later.
    fn exhibition() -> Exhibition {
        let every_day = vec![Span::parse("09:00-11:00").expect("a span")];
        let opening_hours = OpeningHours(std::array::from_fn(|_| every_day.clone()));
        let shell = Shell::exhibition(&KioskSettings { opening_hours, ..KioskSettings::default() });
        Exhibition::new(shell.exhibition.expect("rules"), at(0.0))
    }

    #[test]
    fn a_visit_begins_by_a_touch_and_ends_when_nobody_answers() {
        let mut exhibition = exhibition();
        assert_eq!(exhibition.step(at(50.0), false, Sheet::None), None);
        assert_eq!(exhibition.step(at(60.0), true, Sheet::None), Some(Turn::Begin));
        assert_eq!(exhibition.step(at(100.0), true, Sheet::None), None);
        exhibition.step(at(189.0), false, Sheet::None);
        assert_eq!(exhibition.phase(), Phase::Visit);
        exhibition.step(at(190.0), false, Sheet::None);
        assert_eq!(exhibition.phase(), Phase::Asking { since: 190.0 });
        assert_eq!(exhibition.secs_left(at(195.0)), Some(15.0));
        assert_eq!(exhibition.step(at(209.0), false, Sheet::None), None);
        assert_eq!(exhibition.step(at(210.0), false, Sheet::None), Some(Turn::End { secs: 40 }));
        assert_eq!(exhibition.phase(), Phase::Attract);
    }

    #[test]
    fn whoever_answers_goes_on() {
        let mut exhibition = exhibition();
        exhibition.step(at(0.0), true, Sheet::None);
        exhibition.step(at(90.0), false, Sheet::None);
        assert_eq!(exhibition.step(at(100.0), true, Sheet::None), None);
        assert_eq!(exhibition.phase(), Phase::Visit);
        exhibition.step(at(189.0), false, Sheet::None);
        assert_eq!(exhibition.phase(), Phase::Visit, "the time begins anew");
    }

    #[test]
    fn closing_waits_for_the_last_visitor_and_opening_for_nobody() {
        let mut exhibition = exhibition();
        exhibition.step(at(3590.0), true, Sheet::None);
        exhibition.step(at(3610.0), true, Sheet::None);
        assert_eq!(exhibition.phase(), Phase::Visit, "closed, but read");
        exhibition.step(at(3700.0), false, Sheet::None);
        exhibition.step(at(3720.0), false, Sheet::None);
        assert_eq!(exhibition.phase(), Phase::Dark);
        assert_eq!(exhibition.step(at(3730.0), true, Sheet::None), None, "no touch enters");
        assert_eq!(exhibition.phase(), Phase::Dark);
        assert_eq!(exhibition.opens_in(at(3730.0)), Some(22 * 3600 - 130));
        exhibition.step(Now { secs: 90_000.0, ..at(0.0) }, false, Sheet::None);
        assert_eq!(exhibition.phase(), Phase::Attract);
        exhibition.step(Now { secs: 90_001.0, ..at(7200.0) }, false, Sheet::None);
        assert_eq!(exhibition.phase(), Phase::Dark, "it closes when nobody is there");
    }

    #[test]
    fn staff_are_not_hurried_and_nothing_is_left_of_them() {
        let mut exhibition = exhibition();
        exhibition.step(at(0.0), true, Sheet::None);
        exhibition.step(at(10.0), true, Sheet::Pin);
        assert_eq!(exhibition.step(at(200.0), false, Sheet::Staff), None);
        assert_eq!(exhibition.phase(), Phase::Staff);
        assert!(matches!(exhibition.step(at(201.0), true, Sheet::None), Some(Turn::End { .. })));
        exhibition.step(at(202.0), true, Sheet::None);
        exhibition.step(at(203.0), true, Sheet::Pin);
        assert!(matches!(exhibition.step(at(503.0), false, Sheet::Pin), Some(Turn::End { .. })), "they forgot");
        let mut closed = Exhibition { phase: Phase::Dark, ..exhibition };
        closed.step(at(600.0), true, Sheet::Pin);
        assert_eq!(closed.phase(), Phase::Staff, "at night too");
    }
}
