//! When the exhibition is open.

use super::clock::LocalTime;

const DAY: u16 = 24 * 60;
const WEEK: u32 = 7 * DAY as u32;

/// A time of day in minutes after midnight, 0 to 1439.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// From `03:30`.
    pub fn parse(text: &str) -> Option<Self> {
        minutes(text).filter(|minutes| *minutes < DAY).map(Self)
    }

    pub fn minute_of_day(self) -> u16 {
        self.0
    }
}

/// Minutes of `09:00`; 1440 of `24:00`.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number = |digits: &str, most: u16| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<u16>().ok().filter(|number| plain && *number <= most)
    };
    let all = number(hours, 24)? * 60 + number(minutes, 59).filter(|_| minutes.len() == 2)?;
    (all <= DAY).then_some(all)
}

/// From when to when, in minutes after the midnight that begins the day; over 1440 is the next day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Span {
    from: u16,
    to: u16,
}

impl Span {
    pub const WHOLE_DAY: Self = Self { from: 0, to: DAY };

    /// From `09:00-17:30`. A span that ends at or before its beginning goes over midnight.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(['-', '–', '—', '~'])?;
        let (from, to) = (TimeOfDay::parse(from)?.0, minutes(to)?);
        Some(Self { from, to: if to <= from { to + DAY } else { to } })
    }
}

/// The spans of each day, Monday first. A span over midnight belongs to the day on which it begins.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OpeningHours(pub [Vec<Span>; 7]);

impl Default for OpeningHours {
    /// Always open.
    fn default() -> Self {
        Self(std::array::from_fn(|_| vec![Span::WHOLE_DAY]))
    }
}

/// Whether the exhibition is open, and for how many seconds that will be so; `None`: for the whole week.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Opening {
    Open { for_secs: Option<u32> },
    Closed { for_secs: Option<u32> },
}

impl OpeningHours {
    pub fn at(&self, now: LocalTime) -> Opening {
        let minute = u32::from(now.weekday) * u32::from(DAY) + u32::from(now.minute_of_day());
        let open = self.is_open(minute);
        let change = (1..=WEEK).find(|ahead| self.is_open(minute + ahead) != open);
        let for_secs = change.map(|minutes| minutes * 60 - now.second_of_day % 60);
        if open { Opening::Open { for_secs } } else { Opening::Closed { for_secs } }
    }

    /// In a minute of the week, from Monday 0:00.
    fn is_open(&self, minute: u32) -> bool {
        let minute = minute % WEEK;
        let (day, minute) = ((minute / u32::from(DAY)) as usize, (minute % u32::from(DAY)) as u16);
        let within = |day: usize, minute: u16| self.0[day].iter().any(|span| (span.from..span.to).contains(&minute));
        within(day, minute) || within((day + 6) % 7, minute + DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_times_are_read_or_refused() {
        for (text, expected) in [
            ("09:00-17:30", Some((540, 1050))),
            (" 9:00 - 17:30 ", Some((540, 1050))),
            ("00:00-24:00", Some((0, 1440))),
            ("18:00-02:00", Some((1080, 1560))),
            ("08:00-08:00", Some((480, 1920))),
            ("9-17", None),
            ("09:00-24:01", None),
            ("24:00-09:00", None),
            ("09:60-10:00", None),
            ("09:5-10:00", None),
            ("+9:00-10:00", None),
            ("", None),
        ] {
            assert_eq!(Span::parse(text), expected.map(|(from, to)| Span { from, to }), "{text}");
        }
        assert_eq!(TimeOfDay::parse("03:30").map(TimeOfDay::minute_of_day), Some(210));
        assert_eq!(TimeOfDay::parse("24:00"), None);
    }

    /// Monday 10:00 to 12:00 and 14:00 to 18:00, Friday 20:00 to 02:00.
    #[track_caller]
    fn check(time: &str, expected: Opening) {
        let span = |text| Span::parse(text).expect("a span");
        let mut hours = OpeningHours(Default::default());
        hours.0[0] = vec![span("10:00-12:00"), span("14:00-18:00")];
        hours.0[4] = vec![span("20:00-02:00")];
        assert_eq!(hours.at(LocalTime::parse(time).expect("a time")), expected, "{time}");
    }

    #[test]
    fn the_next_change_is_known() {
        let open = |secs| Opening::Open { for_secs: Some(secs) };
        let closed = |secs| Opening::Closed { for_secs: Some(secs) };
        // 2026-11-23 is a Monday.
        check("2026-11-23 09:59:30", closed(30));
        check("2026-11-23 10:00:00", open(7200));
        check("2026-11-23 12:00:00", closed(7200));
        check("2026-11-23 17:59:59", open(1));
        check("2026-11-27 23:30:00", open(9000));
        check("2026-11-28 01:59:00", open(60));
        check("2026-11-28 02:00:00", closed(2 * 86_400 + 8 * 3600));
        let always = OpeningHours::default().at(LocalTime::parse("2026-11-23 00:00:00").expect("a time"));
        assert_eq!(always, Opening::Open { for_secs: None });
        let never = OpeningHours(Default::default()).at(LocalTime::parse("2026-11-23 00:00:00").expect("a time"));
        assert_eq!(never, Opening::Closed { for_secs: None });
    }

    #[test]
    fn a_span_over_sunday_midnight_reaches_into_monday() {
        let mut hours = OpeningHours(Default::default());
        hours.0[6] = vec![Span::parse("22:00-01:00").expect("a span")];
        let monday = LocalTime::parse("2026-11-23 00:30:00").expect("a time");
        assert_eq!(hours.at(monday), Opening::Open { for_secs: Some(1800) });
    }
}
