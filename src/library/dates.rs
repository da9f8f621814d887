//! Dates as they are recorded: ISO 8601 and EDTF level 1.

use serde::{Deserialize, Serialize};

use crate::search::last_day;

/// A day as `year * 10_000 + month * 100 + day`, so that days compare as numbers.
pub type Day = u32;

/// The days on which something may have happened: from the first to the last.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Days {
    pub first: Day,
    pub last: Day,
}

impl Days {
    /// The first day of a time whose beginning is open.
    pub const EARLIEST: Day = 0;
    /// The last day of a time whose end is open.
    pub const LATEST: Day = 99_991_231;

    /// Reads a date or an interval. `None` for what is no date, and for one that says nothing (`XXXX`, `../..`).
    ///
    /// | written | days |
    /// |---|---|
    /// | `2017-10-18`, `2017-10`, `2017` | the day, the month, the year |
    /// | `20171018`, `20171000` | as in DA/T 18, zeros for what is not known |
    /// | `2017-10-18T08:00` | the day |
    /// | `1998~`, `1998?`, `1998%` | the year: how sure it is does not widen it |
    /// | `199X`, `19XX`, `2017-XX`, `2017-10-XX` | all that it may be |
    /// | `2017-21` to `2017-24` | spring from March, summer, autumn, winter to the next February |
    /// | `2017-09/2017-10` | from the first day to the last |
    /// | `../2017`, `/2017`, `2017/..`, `2017/` | open, or not known, at one end |
    pub fn read(edtf: &str) -> Option<Self> {
        let edtf = edtf.trim();
        let Some((first, last)) = edtf.split_once('/') else { return one(edtf) };
        let open = |end: &str| end.is_empty() || end == "..";
        let days = match (open(first), open(last)) {
            (true, true) => return None,
            (true, false) => Self { first: Self::EARLIEST, last: one(last)?.last },
            (false, true) => Self { first: one(first)?.first, last: Self::LATEST },
            (false, false) => Self { first: one(first)?.first, last: one(last)?.last },
        };
        (days.first <= days.last).then_some(days)
    }

    /// The first day and the last, as `2017-09-30`; `None` for an open end.
    pub fn ends(self) -> [Option<String>; 2] {
        let written = |day: Day| format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100);
        [(self.first, Self::EARLIEST), (self.last, Self::LATEST)].map(|(day, open)| (day != open).then(|| written(day)))
    }

    pub fn of_year(year: u32) -> Self {
        Self { first: year * 10_000 + 101, last: year * 10_000 + 1231 }
    }

    /// Whether a day is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The first year and the last; of an open end none.
    pub fn years(self) -> (Option<u32>, Option<u32>) {
        let first = (self.first != Self::EARLIEST).then_some(self.first / 10_000);
        let last = (self.last != Self::LATEST).then_some(self.last / 10_000);
        (first, last)
    }
}

/// A date that is no interval.
fn one(date: &str) -> Option<Days> {
    let date = date.split_once('T').map_or(date, |(date, _)| date);
    let date = date.strip_suffix(['~', '?', '%']).unwrap_or(date);
    if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) {
        let known = |digits| if digits == "00" { "XX" } else { digits };
        return parts(&date[..4], Some(known(&date[4..6])), Some(known(&date[6..])));
    }
    let mut rest = date.split('-');
    let (year, month, day) = (rest.next()?, rest.next(), rest.next());
    if rest.next().is_some() { None } else { parts(year, month, day) }
}

fn parts(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Days> {
    let (first_year, last_year) = digits(year, 4)?;
    let Some(month) = month.filter(|month| *month != "XX") else {
        let says_something = day.is_none_or(|day| day == "XX") && year != "XXXX";
        let (first, last) = (Days::of_year(first_year).first, Days::of_year(last_year).last);
        return says_something.then_some(Days { first, last });
    };
    if first_year != last_year {
        // Level 1 leaves digits open from the right alone.
        return None;
    }
    let (month, same) = digits(month, 2)?;
    if month != same {
        return None;
    }
    let year = first_year * 10_000;
    match (month, day) {
        (1..=12, None | Some("XX")) => {
            let first = year + month * 100;
            Some(Days { first: first + 1, last: first + last_day(first_year, month) })
        }
        (1..=12, Some(day)) => {
            let (day, same) = digits(day, 2)?;
            let real = day == same && (1..=last_day(first_year, month)).contains(&day);
            let day = year + month * 100 + day;
            real.then_some(Days { first: day, last: day })
        }
        (21..=23, None) => {
            let first = (month - 20) * 3;
            let last = first + 2;
            Some(Days { first: year + first * 100 + 1, last: year + last * 100 + last_day(first_year, last) })
        }
        (24, None) => {
            let next = first_year + 1;
            Some(Days { first: year + 1201, last: (next * 10_000 + 200 + last_day(next, 2)).min(Days::LATEST) })
        }
        _ => None,
    }
}

/// The least and the greatest number that digits with open ones (`X`) at their end stand for.
fn digits(text: &str, len: usize) -> Option<(u32, u32)> {
    let known = text.trim_end_matches('X');
    let right = text.len() == len && known.bytes().all(|b| b.is_ascii_digit());
    let open = 10u32.pow(u32::try_from(text.len() - known.len()).ok().filter(|_| right)?);
    let known: u32 = if known.is_empty() { 0 } else { known.parse().ok()? };
    Some((known * open, known * open + open - 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(edtf: &str, expected: (Day, Day)) {
        assert_eq!(Days::read(edtf), Some(Days { first: expected.0, last: expected.1 }), "{edtf}");
    }

    #[test]
    fn a_date_is_as_long_as_what_is_known_of_it() {
        check("2017-10-18", (20171018, 20171018));
        check(" 2017-02 ", (20170201, 20170228));
        check("2016-02", (20160201, 20160229));
        check("1900-02", (19000201, 19000228));
        check("2000-02-29", (20000229, 20000229));
        check("2017", (20170101, 20171231));
        check("2017-10-18T08:00:00+08:00", (20171018, 20171018));
    }

    #[test]
    fn records_write_dates_in_eight_digits() {
        check("20171018", (20171018, 20171018));
        check("20171000", (20171001, 20171031));
        check("20170000", (20170101, 20171231));
    }

    #[test]
    fn doubt_does_not_widen_a_date() {
        check("1998~", (19980101, 19981231));
        check("1998-05?", (19980501, 19980531));
        check("1998-05-04%", (19980504, 19980504));
    }

    #[test]
    fn open_digits_stand_for_all_that_they_may_be() {
        check("199X", (19900101, 19991231));
        check("19XX", (19000101, 19991231));
        check("2017-XX", (20170101, 20171231));
        check("2017-XX-XX", (20170101, 20171231));
        check("2017-10-XX", (20171001, 20171031));
    }

    #[test]
    fn seasons() {
        check("2017-21", (20170301, 20170531));
        check("2017-22", (20170601, 20170831));
        check("2017-23~", (20170901, 20171130));
        check("2019-24", (20191201, 20200229));
    }

    #[test]
    fn intervals() {
        check("2017-09/2017-10", (20170901, 20171031));
        check("1998~/2001-02-03", (19980101, 20010203));
        check("2017/2017", (20170101, 20171231));
        check("../2017", (Days::EARLIEST, 20171231));
        check("/2017", (Days::EARLIEST, 20171231));
        check("2017-05/..", (20170501, Days::LATEST));
        check("2017-05/", (20170501, Days::LATEST));
    }

    #[test]
    fn what_is_no_date_is_not_known() {
        let none = "|autumn|17|201|20170|2017-|2017-1|2017-13|2017-00|2017-02-29|2017-10-32|2017-10-00|2017-10-18-01|\
                    2017-25|2017-21-01|20171301|201710180|2018/2017|../..|/|..|2017/x|XXXX|XXXX-10|XXXX-XX-XX|1X9X|199X-10|\
                    2017-1X|2017-XX-05|Y17000|-0044|２０１７|2017~~|+017";
        for text in none.split('|') {
            assert_eq!(Days::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_not_and_an_interval_spans_its_ends(a in "[0-9X]{0,4}(-[0-9X]{0,2}){0,3}[~?%]?", b in any::<String>()) {
            for text in [a.clone(), b, format!("{a}/{a}"), format!("{a}/..")] {
                if let Some(days) = Days::read(&text) {
                    prop_assert!(days.first <= days.last, "{text}");
                }
            }
            prop_assert_eq!(Days::read(&a), Days::read(&format!("{a}/{a}")).filter(|_| !a.is_empty()));
        }
    }
}
