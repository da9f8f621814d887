//! What is counted of visits: never words, times or persons.

use crate::app::{Job, Location, Now, Route, Sheet, StaffJob, State, Turn};
use crate::kiosk::clock::Date;
use crate::kiosk::statistics::Event;

/// Counts are written at the end of a visit, and in a long one after so many seconds.
const WRITTEN_EVERY_SECS: f64 = 300.0;

/// What was seen in the last frame, so that each thing is counted once.
#[derive(Default)]
pub struct Counting {
    visiting: bool,
    location: Option<Location>,
    words: String,
    events: Vec<(Date, Event)>,
    written: f64,
}

impl Counting {
    pub fn frame(&mut self, now: Now, turn: Option<Turn>, state: &State) -> Option<Job> {
        let mut count = |event| self.events.push((now.local.date, event));
        match turn {
            Some(Turn::Begin) => {
                self.visiting = true;
                count(Event::SessionBegan);
            }
            Some(Turn::End { secs }) => {
                if std::mem::take(&mut self.visiting) {
                    count(Event::SessionEnded { secs });
                }
                (self.location, self.words) = (None, String::new());
                return self.take();
            }
            None => {}
        }
        let location = state.location();
        if self.visiting && self.location.replace(location) != Some(location) {
            match location.route {
                Route::Section(_) => count(Event::SectionOpened),
                Route::Photo(_) => count(Event::PhotoOpened),
                _ => {}
            }
        }
        let search = &state.search;
        let answered = state.sheet == Sheet::Find && !search.pending && search.words != self.words;
        if self.visiting && answered {
            self.words.clone_from(&search.words);
            if !search.is_idle() {
                count(Event::Searched { found: search.found.documents > 0 });
            }
        }
        let due = now.secs - self.written >= WRITTEN_EVERY_SECS;
        if due {
            self.written = now.secs;
        }
        if due { self.take() } else { None }
    }

    /// What has not been written yet.
    pub fn take(&mut self) -> Option<Job> {
        let events = std::mem::take(&mut self.events);
        (!events.is_empty()).then_some(Job::Staff { serial: 0, job: StaffJob::Count(events) })
    }
}
