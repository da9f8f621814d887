//! The bundled archive, damaged at random.

use juanzong::archive::source::BUNDLED_JSON;
use juanzong::archive::{Source, decode, load_text};
use proptest::prelude::*;

use super::check_sound;

/// One thing that goes wrong with a file.
#[derive(Clone, Debug)]
enum Mutation {
    Flip { at: usize, bit: u8 },
    Delete { at: usize, len: usize },
    Insert { at: usize, what: &'static str },
    Copy { from: usize, to: usize, len: usize },
    Truncate { at: usize },
}

impl Mutation {
    /// Offsets are taken modulo the length, so that every mutation fits every text.
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: usize| at % (bytes.len() + 1);
        match *self {
            Self::Flip { at, bit } => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Delete { at, len } => {
                let at = place(at);
                bytes.drain(at..(at + len).min(bytes.len()));
            }
            Self::Insert { at, what } => {
                let at = place(at);
                bytes.splice(at..at, what.bytes());
            }
            Self::Copy { from, to, len } => {
                let (from, to) = (place(from), place(to));
                let copy = bytes[from..(from + len).min(bytes.len())].to_vec();
                bytes.splice(to..to, copy);
            }
            Self::Truncate { at } => bytes.truncate(place(at)),
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = 0..BUNDLED_JSON.len();
    let what = prop::sample::select(vec![
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\\u",
        "\n",
        "\0",
        "\u{b}",
        "/*",
        "//",
        "null",
        "-",
        "1e9",
        "“",
        "”",
        "，",
        "温",
        "| ",
        "> ",
        "![](photo:luogu)",
        "[x](section:guihua)",
        "[^1]",
        "**",
        "`",
        "\"id\": \"luogu\", ",
        "\u{feff}",
        "\u{10ffff}",
    ]);
    prop_oneof![
        4 => (at.clone(), 0..8u8).prop_map(|(at, bit)| Mutation::Flip { at, bit }),
        2 => (at.clone(), 1..200usize).prop_map(|(at, len)| Mutation::Delete { at, len }),
        4 => (at.clone(), what).prop_map(|(at, what)| Mutation::Insert { at, what }),
        1 => (at.clone(), at.clone(), 1..2_000usize).prop_map(|(from, to, len)| Mutation::Copy { from, to, len }),
        1 => at.prop_map(|at| Mutation::Truncate { at }),
    ]
}

/// The archive that the bundled one becomes, if it is still one; sound in any case.
fn check_mutated(mutations: &[Mutation], read: impl Fn(&[u8]) -> Option<String>) {
    let mut bytes = BUNDLED_JSON.as_bytes().to_vec();
    mutations.iter().for_each(|mutation| mutation.apply(&mut bytes));
    let Some(text) = read(&bytes) else { return };
    if let Ok(archive) = load_text(&text, Source::Embedded) {
        check_sound(&archive);
        let lines = text.matches('\n').count() + 1;
        let places = archive.diagnostics.iter().filter_map(|d| d.place.line);
        places.for_each(|line| assert!((1..=lines).contains(&line), "line {line} of {lines}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_damaged_file_is_refused_or_sound(mutations in prop::collection::vec(mutation(), 1..5)) {
        check_mutated(&mutations, |bytes| decode::decode(bytes).map(|decoded| decoded.text.into_owned()));
    }

    #[test]
    fn a_damaged_text_is_refused_or_sound(mutations in prop::collection::vec(mutation(), 1..5)) {
        check_mutated(&mutations, |bytes| Some(String::from_utf8_lossy(bytes).into_owned()));
    }
}
