//! Walks of an automaton over texts. What was passed once is remembered, so that each further character costs a look
//! into a table, whatever the term.

use std::collections::HashMap;

use super::automaton::{Automaton, State};

/// Points remembered beyond which a walk over text begins afresh.
const POINTS: usize = 2_000;
const UNKNOWN: u32 = u32::MAX;

#[derive(Debug)]
pub(super) struct Walk<'a> {
    automaton: &'a Automaton,
    memory: Memory,
}

/// What was passed. A walk leaves it to the next one of its automaton.
#[derive(Debug, Default)]
pub(super) struct Memory {
    points: Vec<PointData>,
    known: HashMap<Vec<State>, Point>,
    /// For each point and each class of characters the next point.
    next: Vec<u32>,
}

/// Where a walk is: all that the characters passed so far can stand for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Point(u32);

impl Point {
    /// Nothing that is looked for begins like this.
    pub const NOWHERE: Self = Self(0);
    const START: Self = Self(1);
}

#[derive(Debug)]
struct PointData {
    states: Vec<State>,
    /// A match ends here.
    is_match: bool,
    /// A match could go on here.
    goes_on: bool,
    /// Most units consumed, if some character was found by its sound.
    consumed: usize,
}

impl<'a> Walk<'a> {
    pub fn new(automaton: &'a Automaton) -> Self {
        let left = automaton.memories.lock().ok().and_then(|mut memories| memories.pop());
        let mut walk = Self { automaton, memory: left.unwrap_or_default() };
        if walk.memory.points.is_empty() {
            walk.begin_afresh();
        }
        walk
    }

    fn begin_afresh(&mut self) {
        self.memory = Memory::default();
        self.point(Vec::new());
        self.point(vec![State::default()]);
    }

    pub fn start(&self) -> Point {
        Point::START
    }

    #[inline]
    pub fn step(&mut self, from: Point, c: char) -> Point {
        self.step_by(from, self.automaton.class(c))
    }

    /// A step by any character of a class.
    #[inline]
    pub fn step_by(&mut self, from: Point, class: usize) -> Point {
        match self.memory.next[from.0 as usize * self.automaton.classes() + class] {
            UNKNOWN => self.first_step(from, class),
            next => Point(next),
        }
    }

    #[cold]
    fn first_step(&mut self, from: Point, class: usize) -> Point {
        let states = self.automaton.after(&self.memory.points[from.0 as usize].states, class);
        let point = match self.memory.known.get(&states) {
            Some(point) => *point,
            None => self.point(states),
        };
        self.memory.next[from.0 as usize * self.automaton.classes() + class] = point.0;
        point
    }

    fn point(&mut self, states: Vec<State>) -> Point {
        let point = Point(self.memory.points.len() as u32);
        let spelled = states.iter().filter(|state| state.spelled);
        self.memory.points.push(PointData {
            is_match: spelled.clone().any(|state| self.automaton.is_end(*state)),
            goes_on: states.iter().any(|state| !self.automaton.is_end(*state)),
            consumed: spelled.map(|state| state.at).max().unwrap_or(0),
            states: states.clone(),
        });
        self.memory.next.resize(self.memory.points.len() * self.automaton.classes(), UNKNOWN);
        self.memory.known.insert(states, point);
        point
    }

    #[inline]
    pub fn is_match(&self, point: Point) -> bool {
        self.memory.points[point.0 as usize].is_match
    }

    #[inline]
    pub fn goes_on(&self, point: Point) -> bool {
        self.memory.points[point.0 as usize].goes_on
    }

    /// Most units of the automaton consumed so far, 0 if no character was found by its sound.
    pub fn consumed(&self, point: Point) -> usize {
        self.memory.points[point.0 as usize].consumed
    }

    /// The length in characters of the longest match that `text` begins with.
    pub fn longest(&mut self, text: &str) -> Option<usize> {
        if self.memory.points.len() > POINTS {
            self.begin_afresh();
        }
        let mut longest = None;
        let mut point = self.start();
        for (i, c) in text.chars().enumerate() {
            point = self.step(point, c);
            if self.is_match(point) {
                longest = Some(i + 1);
            }
            if !self.goes_on(point) {
                break;
            }
        }
        longest
    }
}

impl Drop for Walk<'_> {
    fn drop(&mut self) {
        if let Ok(mut memories) = self.automaton.memories.lock() {
            memories.push(std::mem::take(&mut self.memory));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::spelling::{Mode, Spelling};
    use super::*;

    #[test]
    fn a_point_tells_how_many_units_were_consumed() {
        let check = |text: &str, expected| {
            let automaton = Automaton::new(&Spelling::of("wenquanxyz").expect("has letters"), Mode::Whole);
            let mut walk = Walk::new(&automaton);
            let start = walk.start();
            let point = text.chars().fold(start, |point, c| walk.step(point, c));
            assert_eq!(walk.consumed(point), expected, "{text}");
        };
        check("温", 3);
        check("温泉", 7);
        check("温泉镇", 0);
        check("wen", 0);
    }

    #[test]
    fn a_walk_that_has_seen_too_much_begins_afresh() {
        // Each of 安 and 西 is a piece, 先 two of them at once: many points in a long term.
        let spelling = Spelling::of(&"xian".repeat(200)).expect("has letters");
        let automaton = Automaton::new(&spelling, Mode::Whole);
        let mut walk = Walk::new(&automaton);
        let text = "西安".repeat(200);
        assert_eq!(walk.longest(&text), Some(400));
        for point in 0..=POINTS {
            walk.point(vec![State { at: point, ..State::default() }]);
        }
        assert_eq!(walk.longest(&text), Some(400));
        assert!(walk.memory.points.len() <= POINTS);
    }
}
