//! How an exhibition is used: counts a day, nothing about persons.
//!
//! Searches are counted, and those that found nothing; their words are not kept, since people search for names, their
//! own among them. Times are not kept either, only how many sessions were how long.
//!
//! A file a month, `2026-11.txt`, with a line a day. It is written beside and renamed. Every line carries its own check
//! sum, so that damage costs the days that it hit.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{SaveError, write_whole};

use super::clock::Date;

/// Older months are deleted.
const MONTHS_KEPT: u32 = 60;

/// Larger files are not ours.
const MAX_BYTES: u64 = 64 << 10;

/// The upper bounds of the classes of session lengths, in seconds; the last class has none.
pub const LENGTH_BOUNDS_SECS: [u32; 4] = [30, 120, 300, 900];

/// Something that is counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Event {
    /// The first touch after the attract loop.
    SessionBegan,
    /// Everything was reset. From the first touch to the last.
    SessionEnded {
        secs: u32,
    },
    SectionOpened,
    PhotoOpened,
    /// A search whose results were looked at, not every letter that was typed.
    Searched {
        found: bool,
    },
}

/// What happened on a day.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    pub sessions: u32,
    pub sections: u32,
    pub photos: u32,
    pub searches: u32,
    pub found_nothing: u32,
    /// Sessions by length; see [`LENGTH_BOUNDS_SECS`].
    pub lengths: [u32; 5],
}

impl Counts {
    fn add(&mut self, event: Event) {
        let count = match event {
            Event::SessionBegan => &mut self.sessions,
            Event::SessionEnded { secs } => {
                let class = LENGTH_BOUNDS_SECS.iter().position(|bound| secs < *bound);
                &mut self.lengths[class.unwrap_or(LENGTH_BOUNDS_SECS.len())]
            }
            Event::SectionOpened => &mut self.sections,
            Event::PhotoOpened => &mut self.photos,
            Event::Searched { found } => {
                if !found {
                    self.found_nothing = self.found_nothing.saturating_add(1);
                }
                &mut self.searches
            }
        };
        *count = count.saturating_add(1);
    }

    /// In the order of the CSV's columns.
    pub fn columns(&self) -> [u32; 10] {
        let Self { sessions, sections, photos, searches, found_nothing, lengths: [a, b, c, d, e] } = *self;
        [sessions, sections, photos, searches, found_nothing, a, b, c, d, e]
    }

    fn from_columns([sessions, sections, photos, searches, found_nothing, a, b, c, d, e]: [u32; 10]) -> Self {
        Self { sessions, sections, photos, searches, found_nothing, lengths: [a, b, c, d, e] }
    }
}

/// `2026-11-24 3 12 5 2 1 0 1 1 1 0 crc`.
fn to_line(date: Date, counts: &Counts) -> String {
    let mut line = date.to_string();
    for count in counts.columns() {
        // Writing to a text cannot fail.
        let _ = write!(line, " {count}");
    }
    let sum = crc32fast::hash(line.as_bytes());
    format!("{line} {sum:08x}\n")
}

/// `None`: damaged.
fn from_line(line: &str) -> Option<(Date, Counts)> {
    let (line, sum) = line.rsplit_once(' ')?;
    let sum = (sum.len() == 8).then(|| u32::from_str_radix(sum, 16).ok()).flatten()?;
    if sum != crc32fast::hash(line.as_bytes()) {
        return None;
    }
    let mut words = line.split(' ');
    let date = Date::parse(words.next()?)?;
    let columns: Vec<u32> = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
    Some((date, Counts::from_columns(columns.try_into().ok()?)))
}

/// Every day of a file that is whole, in order. Two lines of one day are both kept: they are added up when read.
fn read_days(path: &Path) -> Vec<(Date, Counts)> {
    let small = fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_BYTES);
    let bytes = if small { fs::read(path).unwrap_or_default() } else { Vec::new() };
    let mut days: Vec<_> = String::from_utf8_lossy(&bytes).lines().filter_map(from_line).collect();
    days.sort_unstable_by_key(|(date, _)| *date);
    days.dedup_by(|(later, more), (earlier, counts)| {
        let same = later == earlier;
        if same {
            let sum: Vec<u32> = counts.columns().iter().zip(more.columns()).map(|(a, b)| a.saturating_add(b)).collect();
            *counts = sum.try_into().map(Counts::from_columns).unwrap_or(*counts);
        }
        same
    });
    days
}

/// Counts, and keeps the counts in a folder.
#[derive(Debug)]
pub struct Statistics {
    folder: PathBuf,
    today: Option<(Date, Counts)>,
    unsaved: bool,
}

impl Statistics {
    /// `own_folder` is the kiosk's.
    pub fn new(own_folder: &Path) -> Self {
        Self { folder: own_folder.join("statistics"), today: None, unsaved: false }
    }

    /// Counts an event of `date`. On a new day what was counted before is saved first.
    pub fn count(&mut self, date: Date, event: Event) -> Result<(), SaveError> {
        let mut saved = Ok(());
        if self.today.is_none_or(|(day, _)| day != date) {
            saved = self.save();
            let known = read_days(&self.file(date)).into_iter().find(|(day, _)| *day == date);
            self.today = Some(known.unwrap_or((date, Counts::default())));
        }
        if let Some((_, counts)) = &mut self.today {
            counts.add(event);
            self.unsaved = true;
        }
        saved
    }

    /// To be called at the end of every session, and before the program ends. Cheap where nothing was counted.
    pub fn save(&mut self) -> Result<(), SaveError> {
        let Some((date, counts)) = self.today.filter(|_| self.unsaved) else { return Ok(()) };
        let file = self.file(date);
        let mut days = read_days(&file);
        days.retain(|(day, _)| *day != date);
        days.push((date, counts));
        days.sort_unstable_by_key(|(day, _)| *day);
        let text: String = days.iter().map(|(day, counts)| to_line(*day, counts)).collect();
        let new_month = !file.exists();
        let io = |e: std::io::Error| SaveError::Io { path: self.folder.clone(), kind: e.kind() };
        fs::create_dir_all(&self.folder).map_err(io)?;
        write_whole(&file, text.as_bytes())?;
        self.unsaved = false;
        if new_month {
            self.delete_old();
        }
        Ok(())
    }

    /// Every day that is kept, in order, with what has not been saved yet.
    pub fn days(&self) -> Vec<(Date, Counts)> {
        let mut days: Vec<_> = self.months().iter().flat_map(|path| read_days(path)).collect();
        if let Some((date, counts)) = self.today {
            days.retain(|(day, _)| *day != date);
            days.push((date, counts));
        }
        days.sort_unstable_by_key(|(date, _)| *date);
        days
    }

    fn file(&self, date: Date) -> PathBuf {
        self.folder.join(format!("{:04}-{:02}.txt", date.year, date.month))
    }

    /// The files, oldest first.
    fn months(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut months: Vec<_> = entries.map(|entry| entry.path()).filter(|path| month(path).is_some()).collect();
        months.sort_unstable();
        months
    }

    /// The newest files are kept by their number, not by the clock: one that is wrong deletes nothing.
    fn delete_old(&self) {
        let months = self.months();
        for path in months.iter().take(months.len().saturating_sub(MONTHS_KEPT as usize)) {
            // It is tried again next month.
            let _ = fs::remove_file(path);
        }
    }
}

/// The month of a file's name.
fn month(path: &Path) -> Option<Date> {
    let name = path.file_name()?.to_str()?.strip_suffix(".txt")?;
    Date::parse(&format!("{name}-01"))
}

/// The days as CSV with the given headings, for Excel and WPS: with a byte order mark.
pub fn csv(days: &[(Date, Counts)], headings: &[&str; 11]) -> String {
    let mut csv = format!("\u{FEFF}{}\r\n", headings.join(","));
    for (date, counts) in days {
        let cells: Vec<String> = counts.columns().iter().map(u32::to_string).collect();
        let _ = write!(csv, "{date},{}\r\n", cells.join(","));
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    /// A day with so many sections.
    fn day(statistics: &mut Statistics, text: &str, sections: u32) {
        for _ in 0..sections {
            statistics.count(date(text), Event::SectionOpened).expect("counted");
        }
        statistics.save().expect("saved");
    }

    fn sections(statistics: &Statistics) -> Vec<(String, u32)> {
        statistics.days().iter().map(|(date, counts)| (date.to_string(), counts.sections)).collect()
    }

    #[test]
    fn events_are_counted_by_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut statistics = Statistics::new(folder.path());
        let today = date("2026-11-24");
        let events = [
            Event::SessionBegan,
            Event::SectionOpened,
            Event::PhotoOpened,
            Event::Searched { found: true },
            Event::Searched { found: false },
        ];
        let lengths = [0, 29, 30, 299, 300, 899, 900, 86_400].map(|secs| Event::SessionEnded { secs });
        for event in events.into_iter().chain(lengths) {
            statistics.count(today, event).expect("counted");
        }
        let expected =
            Counts { sessions: 1, sections: 1, photos: 1, searches: 2, found_nothing: 1, lengths: [2, 1, 1, 2, 2] };
        assert_eq!(statistics.days(), [(today, expected)], "before it is saved");
        statistics.save().expect("saved");
        assert_eq!(Statistics::new(folder.path()).days(), [(today, expected)], "after a restart");
    }

    #[test]
    fn a_restart_goes_on_counting_the_same_day() {
        let folder = tempfile::tempdir().expect("a folder");
        for _ in 0..3 {
            day(&mut Statistics::new(folder.path()), "2026-11-24", 2);
        }
        assert_eq!(sections(&Statistics::new(folder.path())), [("2026-11-24".to_owned(), 6)]);
    }

    #[test]
    fn a_new_day_saves_the_one_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut statistics = Statistics::new(folder.path());
        for text in ["2026-11-30", "2026-12-01", "2026-11-30"] {
            statistics.count(date(text), Event::SectionOpened).expect("counted");
        }
        assert_eq!(sections(&Statistics::new(folder.path())), [("2026-11-30".into(), 1), ("2026-12-01".into(), 1)]);
        statistics.save().expect("saved");
        assert_eq!(sections(&statistics)[0].1, 2, "the clock was set back");
    }

    #[test]
    fn damage_costs_only_the_damaged_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut statistics = Statistics::new(folder.path());
        for (text, count) in [("2026-11-01", 1), ("2026-11-02", 2), ("2026-11-03", 3)] {
            day(&mut statistics, text, count);
        }
        let file = folder.path().join("statistics/2026-11.txt");
        let whole = fs::read(&file).expect("a file");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x11;
            fs::write(&file, &damaged).expect("written");
            let left = sections(&Statistics::new(folder.path()));
            let lost = if whole[at] == b'\n' { 1..=2 } else { 1..=1 };
            assert!(lost.contains(&(3 - left.len())), "byte {at}: {left:?}");
            let right = |(date, count): &(String, u32)| date.ends_with(&format!("0{count}"));
            assert!(left.iter().all(right), "byte {at}: {left:?}");
        }
        fs::write(&file, &whole[..whole.len() / 2]).expect("written");
        day(&mut Statistics::new(folder.path()), "2026-11-04", 4);
        assert_eq!(sections(&Statistics::new(folder.path())).last(), Some(&("2026-11-04".to_owned(), 4)));
    }

    #[test]
    fn five_years_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut statistics = Statistics::new(folder.path());
        for index in 0..70 {
            day(&mut statistics, &format!("{}-{:02}-01", 2020 + index / 12, 1 + index % 12), 1);
        }
        let days = statistics.days();
        assert_eq!((days.len(), days[0].0), (60, date("2020-11-01")));
    }

    #[test]
    fn what_cannot_be_saved_is_kept_and_told() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("statistics"), "a file where the folder should be").expect("written");
        let mut statistics = Statistics::new(folder.path());
        statistics.count(date("2026-11-24"), Event::PhotoOpened).expect("counted");
        assert!(statistics.save().is_err());
        fs::remove_file(folder.path().join("statistics")).expect("removed");
        statistics.save().expect("saved now");
        assert_eq!(Statistics::new(folder.path()).days()[0].1.photos, 1);
    }

    #[test]
    fn the_table_opens_in_office_programs() {
        let headings = crate::text::Language::ZhCn.words().kiosk.statistics_headings;
        let counts = Counts { sessions: 3, lengths: [1, 1, 1, 0, 0], ..Counts::default() };
        let csv = csv(&[(date("2026-11-24"), counts)], headings);
        assert!(csv.starts_with("\u{FEFF}日期,"), "{csv}");
        assert!(csv.ends_with("\r\n2026-11-24,3,0,0,0,0,1,1,1,0,0\r\n"), "{csv}");
    }
}
