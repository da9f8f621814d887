//! Strings that an automaton passes, put together of characters that do stand beside each other in the texts: what
//! finds by sound without reading the texts.

use std::collections::HashMap;
use std::rc::Rc;

use super::automaton::Automaton;
use super::engine::{Chains, Engine};
use super::walk::{Point, Walk};

/// Sets of characters that may follow, beyond which a chain ends.
pub(super) const MOST_SETS: usize = 64;

#[derive(Debug)]
pub(super) struct Expansion<'a> {
    engine: &'a dyn Engine,
    automaton: &'a Automaton,
    walk: Walk<'a>,
    /// What can follow a character at a point of the walk.
    steps: HashMap<(char, Point), Rc<[Step]>>,
}

/// One more character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub c: char,
    /// Places of the pair that it makes with the character before it.
    pub places: u64,
    pub point: Point,
}

/// Two characters that stand beside each other in the texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub first: char,
    pub step: Step,
}

/// A string whose pairs all stand in the texts.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub text: String,
    pub last: char,
    pub point: Point,
    /// Places where it can stand at most: those of its rarest pair. Exact up to two characters.
    pub places: u64,
}

impl<'a> Expansion<'a> {
    pub fn new(engine: &'a dyn Engine, automaton: &'a Automaton) -> Self {
        Self { engine, automaton, walk: Walk::new(automaton), steps: HashMap::new() }
    }

    pub fn is_match(&self, point: Point) -> bool {
        self.walk.is_match(point)
    }

    pub fn goes_on(&self, point: Point) -> bool {
        self.walk.goes_on(point)
    }

    pub fn consumed(&self, point: Point) -> usize {
        self.walk.consumed(point)
    }

    /// The characters that begin what is looked for.
    pub fn starts(&mut self) -> Vec<Branch> {
        let (automaton, walk) = (self.automaton, &mut self.walk);
        let mut starts = Vec::new();
        self.engine.characters(&mut |c, places| {
            if automaton.may_begin(c) {
                let point = walk.step(walk.start(), c);
                if point != Point::NOWHERE {
                    starts.push(Branch { text: c.into(), last: c, point, places });
                }
            }
        });
        starts
    }

    /// The pairs that begin with one of `starts`, sorted as these are; `None` if there are more than `most`.
    pub fn pairs(&mut self, starts: &[Branch], most: usize) -> Option<Vec<Pair>> {
        let mut pairs = Vec::new();
        for start in starts {
            let first = start.last;
            self.each_step(first, start.point, |step| pairs.push(Pair { first, step }));
            if pairs.len() > most {
                return None;
            }
        }
        Some(pairs)
    }

    /// The matches, and what may become one, that begin with the first characters of `pairs`, and are longer than these.
    pub fn chains(&mut self, pairs: &[Pair]) -> Chains {
        let mut chars = Vec::new();
        self.engine.characters(&mut |c, _| chars.push(c));
        let classes: Vec<usize> = chars.iter().map(|c| self.automaton.class(*c)).collect();
        // The points of which there are sets, and whether these are the second characters.
        let mut points: Vec<(Point, bool)> = Vec::new();
        let mut chains = Chains::default();
        for pair in pairs.chunk_by(|a, b| a.first == b.first) {
            let first = pair[0].first;
            let point = self.walk.step(self.walk.start(), first);
            chains.first.push((first, place_of((point, true), &mut points)));
        }
        while let Some((point, is_second)) = points.get(chains.sets.len()).copied() {
            // Whether each class may follow, and with which set.
            let mut follows = Vec::with_capacity(self.automaton.classes());
            for class in 0..self.automaton.classes() {
                let next = self.walk.step_by(point, class);
                let goes_on = self.goes_on(next) && !self.is_match(next);
                follows.push(if goes_on && points.len() < MOST_SETS {
                    Some(Some(place_of((next, false), &mut points)))
                } else if goes_on || self.is_match(next) && !is_second {
                    Some(None)
                } else {
                    None
                });
            }
            let set = chars.iter().zip(&classes).filter_map(|(c, class)| Some((*c, follows[*class]?)));
            chains.sets.push(set.collect());
        }
        chains
    }

    /// What can follow `last` at `point`, in the order of code points.
    pub fn steps(&mut self, last: char, point: Point) -> Rc<[Step]> {
        if let Some(steps) = self.steps.get(&(last, point)) {
            return Rc::clone(steps);
        }
        let mut steps = Vec::new();
        self.each_step(last, point, |step| steps.push(step));
        let steps: Rc<[Step]> = steps.into();
        self.steps.insert((last, point), Rc::clone(&steps));
        steps
    }

    fn each_step(&mut self, last: char, from: Point, mut see: impl FnMut(Step)) {
        let walk = &mut self.walk;
        self.engine.followers(last, &mut |c, places| {
            let point = walk.step(from, c);
            if point != Point::NOWHERE {
                see(Step { c, places, point });
            }
        });
    }

    /// The branches that are one character longer.
    pub fn longer<'b>(&mut self, branch: &'b Branch) -> impl Iterator<Item = Branch> + use<'b> {
        let steps = self.steps(branch.last, branch.point);
        (0..steps.len()).map(move |index| branch.with(steps[index]))
    }
}

/// The place in a list, to which it is added if it is not there.
fn place_of<T: PartialEq>(wanted: T, list: &mut Vec<T>) -> usize {
    list.iter().position(|other| *other == wanted).unwrap_or_else(|| {
        list.push(wanted);
        list.len() - 1
    })
}

impl Branch {
    pub fn of(pair: &Pair) -> Self {
        let Pair { first, step: Step { c, places, point } } = *pair;
        Self { text: String::from_iter([first, c]), last: c, point, places }
    }

    pub fn with(&self, step: Step) -> Self {
        let mut text = String::with_capacity(self.text.len() + step.c.len_utf8());
        text.push_str(&self.text);
        text.push(step.c);
        Self { text, last: step.c, point: step.point, places: self.places.min(step.places) }
    }
}
