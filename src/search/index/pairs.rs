//! Many pairs of characters looked up at once: what a sound may stand for are thousands of them.

use super::super::engine::{Posting, Tally};
use super::Torn;
use super::segment::{Needle, Segment};

pub(super) struct Pairs {
    /// The first character with the place of the second in `seconds`, sorted.
    pairs: Vec<(char, u32)>,
    /// Each character that stands second, in order.
    seconds: Vec<char>,
}

impl Pairs {
    /// Of sorted pairs.
    pub fn of(pairs: &[(char, char)]) -> Self {
        let mut seconds: Vec<char> = pairs.iter().map(|(_, second)| *second).collect();
        seconds.sort_unstable();
        seconds.dedup();
        let place = |second: char| seconds.partition_point(|c| *c < second) as u32;
        Self { pairs: pairs.iter().map(|(first, second)| (*first, place(*second))).collect(), seconds }
    }

    /// The documents of a segment that hold any, in order, with the places of all.
    pub fn find(&self, segment: &Segment<'_>) -> Vec<Posting> {
        let mut tally = Tally::of(segment.documents);
        if self.add(segment, &mut tally).is_err() {
            tally = Tally::of(segment.documents);
            self.add_one_by_one(segment, &mut tally);
        }
        tally.postings(segment.first).collect()
    }

    /// Goes once through the followers of each first character. `Err` where only scanning tells.
    fn add(&self, segment: &Segment<'_>, tally: &mut Tally) -> Result<(), Torn> {
        let numbers: Vec<Option<u16>> = self.seconds.iter().map(|c| segment.number(*c)).collect::<Result<_, _>>()?;
        for pairs in self.pairs.chunk_by(|a, b| a.0 == b.0) {
            let Some(followers) = segment.followers_of(pairs[0].0)? else { continue };
            let mut at = 0;
            for second in pairs.iter().filter_map(|(_, second)| numbers[*second as usize]) {
                let list;
                (at, list) = followers.get_from(at, second)?;
                if let Some(list) = list {
                    list.each(segment.lists, |found| tally.add(found.document, found.count)).ok_or(Torn)?;
                }
            }
        }
        Ok(())
    }

    fn add_one_by_one(&self, segment: &Segment<'_>, tally: &mut Tally) {
        let mut found = Vec::new();
        for (first, second) in &self.pairs {
            found.clear();
            let pair = String::from_iter([*first, self.seconds[*second as usize]]);
            segment.find(&Needle::new(&pair), &mut found);
            found.iter().for_each(|found| tally.add(found.document - segment.first, found.count));
        }
    }
}
