//! The date and time of day where the kiosk stands, as values.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Datelike as _, Local, Timelike as _};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    pub year: u16,
    /// From 1.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

impl Date {
    /// From `2026-11-24`.
    pub fn parse(text: &str) -> Option<Self> {
        let date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        (text.len() == 10).then(|| Self::of(&date))
    }

    /// Days that it is later than another day.
    pub fn days_after(self, other: Self) -> i32 {
        self.naive().num_days_from_ce() - other.naive().num_days_from_ce()
    }

    /// The day so many days before.
    pub fn days_before(self, days: u16) -> Self {
        Self::of(&(self.naive() - chrono::Days::new(days.into())))
    }

    fn naive(self) -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(self.year.into(), self.month.into(), self.day.into()).unwrap_or_default()
    }

    fn of(date: &impl chrono::Datelike) -> Self {
        let year = u16::try_from(date.year()).unwrap_or_default();
        Self { year, month: date.month() as u8, day: date.day() as u8 }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Date and time where the kiosk stands, to the second.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LocalTime {
    pub date: Date,
    /// 0 to 86,399.
    pub second_of_day: u32,
    /// Days since Monday, 0 to 6.
    pub weekday: u8,
}

impl LocalTime {
    pub fn now() -> Self {
        Self::of(&Local::now().naive_local())
    }

    /// From `2026-11-24 09:30:00`.
    pub fn parse(text: &str) -> Option<Self> {
        chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok().map(|time| Self::of(&time))
    }

    fn of(time: &chrono::NaiveDateTime) -> Self {
        let weekday = time.weekday().num_days_from_monday() as u8;
        Self { date: Date::of(time), second_of_day: time.num_seconds_from_midnight(), weekday }
    }

    /// 0 to 1439.
    pub fn minute_of_day(self) -> u16 {
        (self.second_of_day / 60) as u16
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minutes, seconds) = (self.second_of_day / 60, self.second_of_day % 60);
        write!(f, "{} {:02}:{:02}:{seconds:02}", self.date, minutes / 60, minutes % 60)
    }
}

/// Seconds since 1970, by the system's clock, which may be wrong.
pub fn unix_secs() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_years() {
        let date = |text| Date::parse(text).expect("a date");
        for (later, earlier, days) in
            [("2026-11-24", "2026-11-24", 0), ("2024-03-01", "2024-02-28", 2), ("2027-01-01", "2026-11-30", 32)]
        {
            assert_eq!(date(later).days_after(date(earlier)), i32::from(days));
            assert_eq!(date(later).days_before(days), date(earlier));
        }
    }

    #[test]
    fn dates_and_times_are_read_as_they_are_written() {
        for text in ["2026-11-24 09:05:03", "2024-02-29 23:59:59", "2000-01-01 00:00:00"] {
            assert_eq!(LocalTime::parse(text).expect("a time").to_string(), text);
            assert_eq!(Date::parse(&text[..10]).expect("a date").to_string(), text[..10]);
        }
        for text in ["2023-02-29", "2026-1-1", "2026-13-01", "", "2026-11-24x"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        let tuesday = LocalTime::parse("2026-11-24 00:01:00").expect("a time");
        assert_eq!((tuesday.weekday, tuesday.minute_of_day()), (1, 1));
    }
}
