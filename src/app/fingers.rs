//! Searching without a keyboard: what fingers have typed or chosen so far.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::library::fingers::{Answer, Topic, TopicKind, Touch, exactly};
use crate::search::{Candidate, MOST_TYPED};

use super::command::{Command, Effect, Job};
use super::state::State;

/// What is pressed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FingerCommand {
    Show(Way),
    Letter(char),
    Erase,
    Clear,
    Strokes(u8),
    First(char),
    Topics(TopicKind),
    /// Searches a word that was offered.
    Word(String),
    /// From what was found to the keys.
    Another,
}

/// How one gets to a word.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Way {
    #[default]
    Letters,
    Strokes,
    Topics,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::Letters, Self::Strokes, Self::Topics];
}

#[derive(Debug, Default)]
pub struct Fingers {
    pub way: Way,
    pub typed: String,
    /// Each of them leads to a word; `None` until that is known.
    pub next: Option<BTreeSet<char>>,
    pub words: Vec<Candidate>,
    pub stroke_counts: BTreeSet<u8>,
    pub strokes: Option<u8>,
    pub characters: Vec<char>,
    pub first: Option<char>,
    pub topic: TopicKind,
    pub topics: Vec<Topic>,
    /// The word that is searched.
    pub chosen: Option<String>,
    generation: u64,
}

impl Fingers {
    /// Empty; answers to what was asked before are none of its.
    pub(super) fn after(before: &Self) -> Self {
        Self { generation: before.generation + 1, ..Self::default() }
    }
}

/// The page for searching is shown: the keys must know which of them lead to something.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    match state.fingers.next {
        None => ask(state, Touch::Letters(state.fingers.typed.clone())),
        Some(_) => Vec::new(),
    }
}

fn ask(state: &mut State, touch: Touch) -> Vec<Effect> {
    state.fingers.generation += 1;
    let library = Arc::clone(&state.library);
    vec![Effect::Run(Job::ByFingers { generation: state.fingers.generation, library, touch })]
}

pub(super) fn apply(state: &mut State, command: FingerCommand) -> Vec<Effect> {
    let fingers = &mut state.fingers;
    match command {
        FingerCommand::Show(way) => {
            fingers.way = way;
            fingers.words.clear();
            (fingers.strokes, fingers.first) = (None, None);
            let touch = match way {
                Way::Letters => Touch::Letters(fingers.typed.clone()),
                Way::Strokes => Touch::Strokes,
                Way::Topics => Touch::Topics(fingers.topic),
            };
            ask(state, touch)
        }
        FingerCommand::Letter(letter) => {
            if fingers.typed.len() >= MOST_TYPED || !letter.is_ascii_alphanumeric() {
                return Vec::new();
            }
            fingers.typed.push(letter);
            let typed = fingers.typed.clone();
            ask(state, Touch::Letters(typed))
        }
        FingerCommand::Erase => {
            fingers.typed.pop();
            let typed = fingers.typed.clone();
            ask(state, Touch::Letters(typed))
        }
        FingerCommand::Clear => {
            fingers.typed.clear();
            ask(state, Touch::Letters(String::new()))
        }
        FingerCommand::Strokes(count) => {
            (fingers.strokes, fingers.first) = (Some(count), None);
            fingers.words.clear();
            ask(state, Touch::Characters(count))
        }
        FingerCommand::First(first) => {
            fingers.first = Some(first);
            ask(state, Touch::Beginning(first))
        }
        FingerCommand::Topics(kind) => {
            fingers.topic = kind;
            fingers.topics.clear();
            ask(state, Touch::Topics(kind))
        }
        FingerCommand::Word(word) => {
            let words = exactly(&word);
            fingers.chosen = Some(word);
            super::apply(state, Command::Search(words))
        }
        FingerCommand::Another => {
            fingers.chosen = None;
            super::apply(state, Command::ClearSearch)
        }
    }
}

pub(super) fn on_answer(state: &mut State, generation: u64, answer: Answer) {
    let fingers = &mut state.fingers;
    if generation != fingers.generation {
        return;
    }
    match answer {
        Answer::Letters(offer) => {
            (fingers.typed, fingers.next, fingers.words) = (offer.typed, Some(offer.next), offer.words);
        }
        Answer::Strokes(counts) => fingers.stroke_counts = counts,
        Answer::Characters(characters) => fingers.characters = characters,
        Answer::Words(words) => fingers.words = words,
        Answer::Topics(topics) => fingers.topics = topics,
    }
}
