//! Documents in which two pairs of characters may meet in a character that both have: a string of three that stands in
//! none of the lists.

use super::super::engine::{Meeting, Tally};
use super::Torn;
use super::segment::Segment;
use super::table::{List, Table};

pub(super) struct Meetings {
    /// Every character that is looked up, in order.
    chars: Vec<char>,
    meetings: Vec<Places>,
    /// The first pairs, sorted, so that each table of followers is gone through once.
    firsts: Vec<First>,
}

/// The end of a [`Meeting`], its characters as places in the list of them.
struct Places {
    middle: u32,
    after: Vec<u32>,
}

#[derive(Eq, Ord, PartialEq, PartialOrd)]
struct First {
    before: u32,
    middle: u32,
    /// Which meeting, from 0.
    meeting: u32,
}

/// A character of a segment.
struct Known<'a> {
    number: u16,
    followers: Table<'a>,
}

impl Meetings {
    pub fn of(meetings: &[Meeting]) -> Self {
        let all =
            meetings.iter().flat_map(|meeting| meeting.before.iter().chain([&meeting.middle]).chain(&meeting.after));
        let mut chars: Vec<char> = all.copied().collect();
        chars.sort_unstable();
        chars.dedup();
        let place = |c: &char| chars.partition_point(|other| other < c) as u32;
        let places = |meeting: &Meeting| Places {
            middle: place(&meeting.middle),
            after: meeting.after.iter().map(place).collect(),
        };
        let mut firsts = Vec::new();
        for (number, meeting) in (0..).zip(meetings) {
            let middle = place(&meeting.middle);
            firsts.extend(meeting.before.iter().map(|c| First { before: place(c), middle, meeting: number }));
        }
        firsts.sort_unstable();
        let meetings = meetings.iter().map(places).collect();
        Self { chars, meetings, firsts }
    }

    /// Documents of a segment, counted in it. `Err` where the lists do not tell.
    pub fn find(&self, segment: &Segment<'_>) -> Result<Tally, Torn> {
        let known = |c: &char| {
            let followers = segment.followers_of(*c)?;
            Ok(segment.number(*c)?.zip(followers).map(|(number, followers)| Known { number, followers }))
        };
        let known: Vec<Option<Known<'_>>> = self.chars.iter().map(known).collect::<Result<_, Torn>>()?;
        let mut first_lists: Vec<Vec<List>> = vec![Vec::new(); self.meetings.len()];
        for firsts in self.firsts.chunk_by(|a, b| a.before == b.before) {
            let Some(before) = &known[firsts[0].before as usize] else { continue };
            let mut at = 0;
            for first in firsts {
                let Some(middle) = &known[first.middle as usize] else { continue };
                let list;
                (at, list) = before.followers.get_from(at, middle.number)?;
                first_lists[first.meeting as usize].extend(list);
            }
        }

        let mut found = Tally::of(segment.documents);
        // For each document the last meeting, from 1, of which it has a first pair.
        let mut seen = vec![0_u32; segment.documents as usize];
        for ((meeting, lists), stamp) in self.meetings.iter().zip(first_lists).zip(1..) {
            let Some(middle) = known[meeting.middle as usize].as_ref().filter(|_| !lists.is_empty()) else { continue };
            for list in lists {
                let mut see = |document: u32| {
                    if let Some(last) = seen.get_mut(document as usize) {
                        *last = stamp;
                    }
                };
                list.each(segment.lists, |with| see(with.document)).ok_or(Torn)?;
            }
            let mut at = 0;
            for after in meeting.after.iter().filter_map(|after| known[*after as usize].as_ref()) {
                let list;
                (at, list) = middle.followers.get_from(at, after.number)?;
                let Some(list) = list else { continue };
                let meets = |document: u32| seen.get(document as usize) == Some(&stamp);
                list.each(segment.lists, |with| {
                    if meets(with.document) {
                        found.add(with.document, 1)
                    }
                })
                .ok_or(Torn)?;
            }
        }
        Ok(found)
    }
}
