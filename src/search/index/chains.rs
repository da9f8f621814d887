//! Documents in which the pairs of a string stand, each in the one that the pair before it has found: such a string is in
//! none of the lists.

use super::super::engine::{Chains, Tally};
use super::Torn;
use super::segment::Segment;
use super::table::List;

/// A segment's work is done in so many shares, each with the strings of some second characters: so that processors have
/// equal parts of few segments.
pub(super) const SHARES: usize = 2;

/// What a character of a segment does in a set: it is [`NOWHERE`], an [`END`], or goes on with a set, from [`FIRST_SET`].
type Next = u16;
const NOWHERE: Next = 0;
const END: Next = 1;
const FIRST_SET: Next = 2;

/// For each set what each character of the segment does.
pub(super) type Sets = Vec<Vec<Next>>;

/// The documents of a segment, counted in it. `Err` where the lists do not tell.
pub(super) fn find(
    first: &[(char, usize)],
    sets: &Sets,
    segment: &Segment<'_>,
    share: usize,
) -> Result<Vec<u32>, Torn> {
    let mut found = Tally::of(segment.documents);
    let mut open = Open::new(sets);
    let mut pairs: Vec<(u16, Next, List)> = Vec::new();
    let border = |share: usize| (open.characters * share / SHARES) as u16;
    let seconds = border(share)..border(share + 1);
    for (first, set) in first {
        let Some(followers) = segment.followers_of(*first)? else { continue };
        let set = sets.get(*set).ok_or(Torn)?;
        followers.each(seconds.clone(), |second| next(set, second), &mut pairs)?;
        for (second, next, list) in pairs.drain(..) {
            match next.checked_sub(FIRST_SET) {
                Some(set) => open.begun(second, set).lists.push(list),
                None => list.each(segment.lists, |with| found.add(with.document, 1)).ok_or(Torn)?,
            }
        }
    }

    // For each document the last beginning, from 1, that it has.
    let mut has = vec![0; segment.documents as usize];
    let mut both = Vec::new();
    while let Some((begun, stamp)) = open.next() {
        let mut see = |document: u32| {
            if let Some(last) = has.get_mut(document as usize) {
                *last = stamp;
            }
        };
        begun.documents.into_iter().for_each(&mut see);
        for list in begun.lists {
            list.each(segment.lists, |with| see(with.document)).ok_or(Torn)?;
        }
        let (followers, set) = segment.followers_by(begun.last).zip(sets.get(usize::from(begun.set))).ok_or(Torn)?;
        followers.each(0..u16::MAX, |last| next(set, last), &mut pairs)?;
        for (last, next, list) in pairs.drain(..) {
            list.each(segment.lists, |with| {
                if has.get(with.document as usize) == Some(&stamp) {
                    both.push(with.document);
                }
            })
            .ok_or(Torn)?;
            match next.checked_sub(FIRST_SET) {
                _ if both.is_empty() => {}
                Some(set) => open.begun(last, set).documents.append(&mut both),
                None => both.drain(..).for_each(|document| found.add(document, 1)),
            }
        }
    }
    Ok(found.postings(0).map(|with| with.document).collect())
}

/// The sets of some chains in a segment. `Err` where it does not tell.
pub(super) fn sets(chains: &Chains, segment: &Segment<'_>) -> Result<Sets, Torn> {
    let next = |set: usize| Next::try_from(set).ok().and_then(|set| set.checked_add(FIRST_SET));
    let of = |set: &Vec<(char, Option<usize>)>| {
        segment.by_number(set.iter().map(|(c, set)| (*c, set.map_or(Some(END), next).unwrap_or(END))))
    };
    chains.sets.iter().map(of).collect()
}

fn next(set: &[Next], character: u16) -> Option<Next> {
    set.get(usize::from(character)).copied().filter(|next| *next != NOWHERE)
}

/// The documents in which what is passed so far stands, with its last character and what may follow.
#[derive(Default)]
struct Begun {
    last: u16,
    set: Next,
    lists: Vec<List>,
    documents: Vec<u32>,
}

struct Open {
    begun: Vec<Begun>,
    /// How many of them were gone on with.
    done: usize,
    /// For each set and each character where it is in `begun`, from 1.
    places: Vec<u32>,
    characters: usize,
}

impl Open {
    fn new(sets: &[Vec<Next>]) -> Self {
        let characters = sets.first().map_or(0, Vec::len);
        Self { begun: Vec::new(), done: 0, places: vec![0; characters * sets.len()], characters }
    }

    /// The one with that end, which is still to be gone on with.
    fn begun(&mut self, last: u16, set: Next) -> &mut Begun {
        let place = &mut self.places[usize::from(set) * self.characters + usize::from(last)];
        if *place as usize <= self.done {
            self.begun.push(Begun { last, set, ..Begun::default() });
            *place = self.begun.len() as u32;
        }
        &mut self.begun[*place as usize - 1]
    }

    /// The next one, and its number from 1.
    fn next(&mut self) -> Option<(Begun, u32)> {
        let begun = std::mem::take(self.begun.get_mut(self.done)?);
        self.done += 1;
        Some((begun, self.done as u32))
    }
}
