//! The days that a restriction by date means.

use std::ops::RangeInclusive;

use crate::search::restriction::last_day;

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Dates {
    /// As `year * 10_000 + month * 100 + day`.
    Days(RangeInclusive<u32>),
    /// No date, but perhaps the beginning of one: `20`, `2017-0`.
    Begun,
    None,
}

const FIRST: u32 = 0;
const LAST: u32 = 9999 * 10_000 + 1231;

/// `2017`, `2015-2017`, `2017-09`, `2017年9月28日`, `2017-09..2017-10`, `2017-09..`, folded.
pub(super) fn dates(value: &str) -> Dates {
    let between = ["..", "~", "--", "至", "到"].iter().find_map(|separator| value.split_once(separator));
    let days = match between.or_else(|| years(value)) {
        Some(("", "")) => None,
        Some((from, "")) => days(from).map(|days| *days.start()..=LAST),
        Some(("", to)) => days(to).map(|days| FIRST..=*days.end()),
        Some((from, to)) => days(from).zip(days(to)).map(|(a, b)| {
            let (first, last) = if a.start() <= b.start() { (a, b) } else { (b, a) };
            *first.start()..=*last.end()
        }),
        None => days(value),
    };
    match days {
        Some(days) => Dates::Days(days),
        None if value.chars().all(|c| c.is_ascii_digit() || "-./~年月日号至到".contains(c)) => Dates::Begun,
        None => Dates::None,
    }
}

/// `2015-2017`: a month has no four figures.
fn years(value: &str) -> Option<(&str, &str)> {
    let (from, to) = value.split_once('-')?;
    let is_year = |text: &str| {
        let figures = text.strip_suffix('年').unwrap_or(text);
        figures.len() == 4 && figures.bytes().all(|b| b.is_ascii_digit())
    };
    (is_year(from) && is_year(to)).then_some((from, to))
}

/// The days of a year, a month, or the day itself.
fn days(value: &str) -> Option<RangeInclusive<u32>> {
    let value = value.trim();
    let value = value.strip_suffix(['年', '月', '日', '号']).unwrap_or(value);
    let parts: Vec<&str> = value.split(['-', '.', '/', '年', '月']).collect();
    let number = |text: &str, most: usize| {
        let figures = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        figures.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = parts.first().filter(|year| year.len() == 4).and_then(|year| number(year, 4))?;
    let month = parts.get(1).map(|month| number(month, 2).filter(|month| (1..=12).contains(month)));
    let day = parts.get(2).map(|day| number(day, 2));
    match (month, day) {
        (None, None) => Some(year * 10_000 + 101..=year * 10_000 + 1231),
        (Some(Some(month)), None) => {
            let first = year * 10_000 + month * 100;
            Some(first + 1..=first + last_day(year, month))
        }
        (Some(Some(month)), Some(Some(day))) if parts.len() == 3 && (1..=last_day(year, month)).contains(&day) => {
            let day = year * 10_000 + month * 100 + day;
            Some(day..=day)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: RangeInclusive<u32>) {
        assert_eq!(dates(value), Dates::Days(expected), "{value}");
    }

    #[test]
    fn a_year_a_month_a_day() {
        check("2017", 20170101..=20171231);
        check("2017年", 20170101..=20171231);
        for month in ["2017-09", "2017-9", "2017.9", "2017/09", "2017年9月"] {
            check(month, 20170901..=20170930);
        }
        check("2017年9月28日", 20170928..=20170928);
        check("2020-02-29", 20200229..=20200229);
        check("2016-02", 20160201..=20160229);
    }

    #[test]
    fn from_one_to_another() {
        for years in ["2015-2017", "2015..2017", "2015~2017", "2015--2017", "2015至2017", "2015年-2017年", "2017-2015"]
        {
            check(years, 20150101..=20171231);
        }
        check("2017-09..2017-10", 20170901..=20171031);
        check("2017-09-28..2018", 20170928..=20181231);
        check("2017..", 20170101..=LAST);
        check("..2017-09", FIRST..=20170930);
    }

    #[test]
    fn what_may_become_a_date_is_begun() {
        for value in ["2", "201", "2017-", "2017-0", "2017-13", "2017-09-31", "2017年9月31日", "..", "2017-09-28-1"]
        {
            assert_eq!(dates(value), Dates::Begun, "{value}");
        }
        for value in ["去年", "abc", "2017-九月"] {
            assert_eq!(dates(value), Dates::None, "{value}");
        }
    }
}
