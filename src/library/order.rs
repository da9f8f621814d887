//! In which order found documents are listed.

use serde::{Deserialize, Serialize};

use super::attributes::Attributes;
use super::dates::Days;

/// What comes first. Of equal documents that which is read first; documents without a date come after those with one.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize)]
pub enum Order {
    /// As it is read.
    Reading,
    /// The highest score; of equal ones the newest.
    #[default]
    Relevance,
    /// The latest day on which it may have been.
    Newest,
    /// The earliest day on which it may have been.
    Oldest,
}

impl Order {
    pub const ALL: [Self; 4] = [Self::Reading, Self::Relevance, Self::Newest, Self::Oldest];
}

/// A document that was found, and how well it fits: the higher, the better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    pub document: u32,
    pub score: f32,
}

/// The lower, the earlier in the list.
type Key = [u32; 3];

impl Order {
    /// The first `most` of `found`, in order.
    pub fn first(self, attributes: &Attributes, found: impl IntoIterator<Item = Ranked>, most: usize) -> Vec<Ranked> {
        let mut keyed: Vec<(Key, Ranked)> =
            found.into_iter().map(|ranked| (self.key(attributes, ranked), ranked)).collect();
        if most < keyed.len() {
            if most > 0 {
                keyed.select_nth_unstable_by_key(most - 1, |(key, _)| *key);
            }
            keyed.truncate(most);
        }
        keyed.sort_unstable_by_key(|(key, _)| *key);
        keyed.into_iter().map(|(_, ranked)| ranked).collect()
    }

    fn key(self, attributes: &Attributes, ranked: Ranked) -> Key {
        let reading = attributes.reading_place(ranked.document);
        let days = attributes.days(ranked.document);
        // An open end says nothing of when.
        let newest = days.map(|days| if days.last == Days::LATEST { days.first } else { days.last });
        let oldest = days.map(|days| if days.first == Days::EARLIEST { days.last } else { days.first });
        let [newest, oldest] = [newest.map(|day| Days::LATEST - day), oldest].map(|key| key.unwrap_or(u32::MAX));
        match self {
            Self::Reading => [reading, 0, 0],
            Self::Relevance => [!rising(ranked.score), newest, reading],
            Self::Newest => [newest, reading, 0],
            Self::Oldest => [oldest, reading, 0],
        }
    }
}

/// A number in the order of scores; what is no number is the lowest.
fn rising(score: f32) -> u32 {
    if score.is_nan() {
        return 0;
    }
    let bits = (score + 0.0).to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::archive::Archive;
    use crate::library::testing::archive;

    /// Reports with these dates; their documents are numbered from 1.
    fn reports(dates: &[&str]) -> Archive {
        let report = |(i, date)| json!({"id": format!("r{i}"), "title": "题", "date_issued": date});
        archive(dates.iter().enumerate().map(report).collect())
    }

    #[track_caller]
    fn check(order: Order, dates: &[&str], scores: &[f32], expected: &[u32]) {
        let archive = reports(dates);
        let attributes = Attributes::new([("x", &archive)]);
        let found: Vec<Ranked> = (1..).zip(scores).map(|(document, &score)| Ranked { document, score }).collect();
        let listed = |most| -> Vec<u32> {
            let first = order.first(&attributes, found.iter().rev().copied(), most);
            first.into_iter().map(|ranked| ranked.document).collect()
        };
        assert_eq!(listed(usize::MAX), expected, "{order:?} {dates:?}");
        for most in 0..=expected.len() {
            assert_eq!(listed(most), expected[..most], "{order:?} {dates:?}, the first {most}");
        }
    }

    #[test]
    fn by_relevance_then_by_date_then_as_read() {
        check(Order::Relevance, &["2017", "2017", "2017"], &[0.5, 2.0, -1.0], &[2, 1, 3]);
        check(Order::Relevance, &["2016", "2017", "", "2017"], &[1.0; 4], &[2, 4, 1, 3]);
        check(Order::Relevance, &["", "", ""], &[0.0, f32::NAN, -0.0], &[1, 3, 2]);
    }

    #[test]
    fn the_newest_first() {
        check(Order::Newest, &["2016", "2017-05", "", "2017-10-18", "x"], &[9.0, 1.0, 1.0, 1.0, 1.0], &[4, 2, 1, 3, 5]);
        check(Order::Newest, &["2015/..", "2016", "../2014", "2013/2017"], &[0.0; 4], &[4, 2, 1, 3]);
    }

    #[test]
    fn the_oldest_first() {
        check(Order::Oldest, &["2016", "2017-05", "", "2015", "x"], &[9.0, 1.0, 1.0, 1.0, 1.0], &[4, 1, 2, 3, 5]);
        check(Order::Oldest, &["2015/..", "2016", "../2014", "2013/2017"], &[0.0; 4], &[4, 3, 1, 2]);
    }

    proptest! {
        #[test]
        fn numbers_rise_as_scores_do(a in any::<f32>(), b in any::<f32>()) {
            prop_assume!(!a.is_nan() && !b.is_nan());
            prop_assert_eq!(Some(rising(a).cmp(&rising(b))), a.partial_cmp(&b));
        }
    }
}
