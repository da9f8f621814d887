//! Documents in which two pairs of characters may meet in a character that both have: a string of three that stands in
//! none of the lists.

use super::super::engine::{Meeting, Tally};
use super::Torn;
use super::segment::Segment;
use super::table::Table;

pub(super) struct Meetings {
    /// Every character that is looked up, in order.
    chars: Vec<char>,
    meetings: Vec<Places>,
}

/// A [`Meeting`], its characters as places in the list of them.
struct Places {
    before: Vec<u32>,
    middle: u32,
    after: Vec<u32>,
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
            before: meeting.before.iter().map(place).collect(),
            middle: place(&meeting.middle),
            after: meeting.after.iter().map(place).collect(),
        };
        let meetings = meetings.iter().map(places).collect();
        Self { chars, meetings }
    }

    /// Documents of a segment, counted in it. `Err` where the lists do not tell.
    pub fn find(&self, segment: &Segment<'_>) -> Result<Tally, Torn> {
        let known = |c: &char| {
            let followers = segment.followers_of(*c)?;
            Ok(segment.number(*c)?.zip(followers).map(|(number, followers)| Known { number, followers }))
        };
        let known: Vec<Option<Known<'_>>> = self.chars.iter().map(known).collect::<Result<_, Torn>>()?;
        let mut found = Tally::of(segment.documents);
        // For each document the last meeting, from 1, of which it has a first pair.
        let mut seen = vec![0_u32; segment.documents as usize];
        for (meeting, stamp) in self.meetings.iter().zip(1..) {
            let Some(middle) = &known[meeting.middle as usize] else { continue };
            for before in meeting.before.iter().filter_map(|before| known[*before as usize].as_ref()) {
                let Some(list) = before.followers.get(middle.number)? else { continue };
                let mut see = |document: u32| {
                    if let Some(last) = seen.get_mut(document as usize) {
                        *last = stamp;
                    }
                };
                list.each(segment.lists, |with| see(with.document)).ok_or(Torn)?;
            }
            for after in meeting.after.iter().filter_map(|after| known[*after as usize].as_ref()) {
                let Some(list) = middle.followers.get(after.number)? else { continue };
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
