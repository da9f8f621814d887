//! Ways in for fingers: words by letters or by strokes, and topics.

use std::collections::BTreeSet;

use super::attributes::targets;
use super::{Library, Target};
use crate::archive::{Archive, ArchiveId};
use crate::search::engine::Engine as _;
use crate::search::fold::fold;
use crate::search::{CancelToken, Candidate, Lexicon, Offer};

/// Words and topics that are offered at once.
const WORDS: usize = 18;
const TOPICS: usize = 120;
/// Titles that are words whatever their length.
const NAMES: usize = 4_000;
const FULL_STOP: char = '\u{3002}';

/// What is asked by fingers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Touch {
    Letters(String),
    /// How many strokes first characters have.
    Strokes,
    /// First characters of so many strokes.
    Characters(u8),
    /// Words with that first character.
    Beginning(char),
    Topics(TopicKind),
}

/// What is answered.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    Letters(Offer),
    Strokes(BTreeSet<u8>),
    Characters(Vec<char>),
    Words(Vec<Candidate>),
    Topics(Vec<Topic>),
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum TopicKind {
    #[default]
    Sections,
    Photos,
    People,
    Places,
}

impl TopicKind {
    pub const ALL: [Self; 4] = [Self::Sections, Self::Photos, Self::People, Self::Places];
}

/// Something that can be read about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Topic {
    pub text: String,
    pub to: TopicPlace,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TopicPlace {
    /// Itself.
    At(ArchiveId, Target),
    /// Where it is spoken of, at so many places.
    Spoken(u64),
}

impl Library {
    /// The first question makes the list of words, which takes a moment in a large library.
    pub fn by_fingers(&self, touch: &Touch) -> Answer {
        let engine = &self.engine;
        match touch {
            Touch::Letters(typed) => Answer::Letters(self.lexicon().offer(engine, self, typed, WORDS)),
            Touch::Strokes => Answer::Strokes(self.lexicon().stroke_counts()),
            Touch::Characters(count) => Answer::Characters(self.lexicon().with_strokes(*count)),
            Touch::Beginning(first) => Answer::Words(self.lexicon().beginning_with(engine, self, *first, WORDS)),
            Touch::Topics(kind) => Answer::Topics(self.topics(*kind)),
        }
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let archives = self.volumes.iter().map(|volume| &*volume.archive);
            let titles = archives.flat_map(|archive| &archive.sections).map(|section| fold(&section.title));
            let names: Vec<String> = self.favoured.iter().cloned().chain(titles.take(NAMES)).collect();
            // It is kept, so it must be whole.
            Lexicon::new(&self.engine.until(&CancelToken::default()), &names)
        })
    }

    fn topics(&self, kind: TopicKind) -> Vec<Topic> {
        let spoken = |text: &str| {
            let count = self.engine.count(&fold(text)).places;
            (count > 0).then(|| Topic { text: text.to_owned(), to: TopicPlace::Spoken(count) })
        };
        match kind {
            TopicKind::People => self.attributes.all_persons().filter_map(spoken).take(TOPICS).collect(),
            TopicKind::Places => self.attributes.all_places().filter_map(spoken).take(TOPICS).collect(),
            TopicKind::Sections | TopicKind::Photos => {
                let all = self.archive_ids().flat_map(|id| {
                    let archive = self.archive(id);
                    let named = move |target| Some((named(archive, kind, target)?, target));
                    targets(archive).filter_map(named).map(move |(text, target)| (text, id, target))
                });
                let topic = |(text, id, target): (&str, _, _)| Topic {
                    text: text.trim().trim_end_matches(FULL_STOP).to_owned(),
                    to: TopicPlace::At(id, target),
                };
                all.take(TOPICS).map(topic).collect()
            }
        }
    }
}

fn named(archive: &Archive, kind: TopicKind, target: Target) -> Option<&str> {
    let text = match (kind, target) {
        (TopicKind::Sections, Target::Section(id)) => Some(archive.section(id).title.as_str()),
        (TopicKind::Photos, Target::Photo(id)) => archive.photo(id).label(),
        _ => None,
    };
    text.filter(|text| !text.trim().is_empty())
}

/// What finds exactly a word in the search, not what sounds like it.
pub fn exactly(word: &str) -> String {
    format!("\"{}\"", word.replace('"', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load};
    use crate::library::Request;

    fn library() -> Library {
        Library::new(load(Source::Embedded).expect("the bundled archive"))
    }

    fn offer(library: &Library, typed: &str) -> Offer {
        match library.by_fingers(&Touch::Letters(typed.to_owned())) {
            Answer::Letters(offer) => offer,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_word_that_is_offered_is_found_as_often_as_it_says() {
        let library = library();
        for typed in ["", "w", "wq", "wenquan", "rz", "2", "20", "g", "zh", "zhshzhf", "lg"] {
            for word in offer(&library, typed).words {
                let found = library.search(&Request::everything(&exactly(&word.text)));
                assert_eq!(found.count as u64, word.count, "{} for {typed}", word.text);
            }
        }
    }

    #[test]
    fn every_letter_leads_on() {
        let library = library();
        let mut open = vec![String::new()];
        let mut looked_at = 0;
        while let Some(typed) = open.pop() {
            let offered = offer(&library, &typed);
            for letter in &offered.next {
                let further = format!("{typed}{letter}");
                let after = offer(&library, &further);
                assert!(after.typed == further && !after.words.is_empty(), "{further}");
                looked_at += 1;
                // Of the many ways some are followed to their end.
                if further.len() < 2 || looked_at % 29 == 0 {
                    open.push(further);
                }
            }
        }
        assert!(looked_at > 500, "{looked_at}");
    }

    #[test]
    fn topics_are_what_the_archive_has() {
        let library = library();
        for kind in TopicKind::ALL {
            let Answer::Topics(topics) = library.by_fingers(&Touch::Topics(kind)) else { panic!("topics") };
            assert!(!topics.is_empty(), "{kind:?}");
        }
    }

    #[test]
    fn strokes_lead_to_characters_and_words() {
        let library = library();
        let Answer::Strokes(counts) = library.by_fingers(&Touch::Strokes) else { panic!("counts") };
        assert!(counts.len() > 10);
        for count in counts {
            let Answer::Characters(characters) = library.by_fingers(&Touch::Characters(count)) else { panic!("chars") };
            let first = characters[0];
            let Answer::Words(words) = library.by_fingers(&Touch::Beginning(first)) else { panic!("words") };
            assert!(!words.is_empty(), "{first}");
        }
    }

    #[test]
    fn words_for_fingers_are_whole_even_if_a_search_that_makes_them_is_cancelled() {
        let library = library();
        let token = CancelToken::default();
        token.cancel();
        assert!(library.unless_cancelled(&token, |library| library.by_fingers(&Touch::Strokes)).is_none());
        assert!(library.by_fingers(&Touch::Strokes) != Answer::Strokes(BTreeSet::new()));
    }
}
