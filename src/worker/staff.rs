//! What staff ask for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::{Inspected, StaffEvent, StaffJob};
use crate::files::{SaveError, write_whole};
use crate::kiosk::clock::{LocalTime, unix_secs};
use crate::kiosk::pin::Door;
use crate::kiosk::statistics::{Statistics, csv};
use crate::kiosk::update::{Store, find, inspect};
use crate::text::Language;

/// `own_folder` is the kiosk's.
pub(super) fn run(job: StaffJob, own_folder: &Path) -> Option<StaffEvent> {
    let store = Store::new(own_folder);
    Some(match job {
        StaffJob::Knock { hash } => StaffEvent::Waits(door(hash, own_folder).wait_secs(unix_secs())),
        StaffJob::TryPin { hash, pin } => StaffEvent::Answered(door(hash, own_folder).try_pin(&pin, unix_secs())),
        StaffJob::Overview => {
            let days = Statistics::new(own_folder).days();
            StaffEvent::Overview { can_roll_back: store.can_roll_back(), days }
        }
        StaffJob::Look { folder } => StaffEvent::Found(folder.as_deref().map(find).unwrap_or_default()),
        StaffJob::Inspect { path, library, monitor } => {
            let inspection = inspect(&path, &mut |step| monitor.watch(step));
            let shown = library.archive(library.first());
            StaffEvent::Inspected(inspection.map(|inspection| Arc::new(Inspected::new(inspection, shown))))
        }
        StaffJob::Install { inspected, monitor } => {
            let installed = store.install(&inspected.inspection, &mut |step| monitor.watch(step));
            StaffEvent::Switched(installed.map(|_| ()))
        }
        StaffJob::RollBack => StaffEvent::Switched(store.roll_back().map(|_| ())),
        StaffJob::SaveStatistics { folder, language } => {
            StaffEvent::StatisticsSaved(save_statistics(folder.as_deref(), own_folder, language))
        }
        StaffJob::Count(events) => {
            let mut statistics = Statistics::new(own_folder);
            for (date, event) in events {
                // A disk that is full costs the counts, not the exhibition.
                let _ = statistics.count(date, event);
            }
            let _ = statistics.save();
            return None;
        }
    })
}

fn door(hash: String, own_folder: &Path) -> Door {
    Door::new(hash, own_folder, unix_secs())
}

/// On the stick if one is there, else in the kiosk's own folder.
fn save_statistics(stick: Option<&Path>, own_folder: &Path, language: Language) -> Result<PathBuf, SaveError> {
    let folder = stick.filter(|folder| folder.is_dir()).unwrap_or(own_folder);
    let to = folder.join(format!("juanzong-statistics-{}.csv", LocalTime::now().date));
    let days = Statistics::new(own_folder).days();
    write_whole(&to, csv(&days, language.words().kiosk.statistics_headings).as_bytes())?;
    Ok(to)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::kiosk::clock::Date;
    use crate::kiosk::pin::{Answer, hash};
    use crate::kiosk::statistics::Event;

    #[test]
    fn a_right_pin_opens_and_wrong_ones_are_slowed() {
        let own = tempfile::tempdir().expect("a folder");
        let hash = hash("135790").expect("a hash");
        let tried = |pin: &str| run(StaffJob::TryPin { hash: hash.clone(), pin: pin.to_owned() }, own.path());
        assert!(matches!(tried("135790"), Some(StaffEvent::Answered(Answer::Right))));
        for _ in 0..3 {
            tried("135791");
        }
        assert!(matches!(tried("135790"), Some(StaffEvent::Answered(Answer::TooEarly { .. }))));
        let waits = run(StaffJob::Knock { hash: hash.clone() }, own.path());
        assert!(matches!(waits, Some(StaffEvent::Waits(secs)) if secs > 20), "{waits:?}");
    }

    #[test]
    fn what_was_counted_is_saved_onto_the_stick() {
        let (own, stick) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let date = Date::parse("2026-11-24").expect("a date");
        run(StaffJob::Count(vec![(date, Event::SessionBegan), (date, Event::SectionOpened)]), own.path());
        run(StaffJob::Count(vec![(date, Event::SectionOpened)]), own.path());
        let job = StaffJob::SaveStatistics { folder: Some(stick.path().to_owned()), language: Language::En };
        let Some(StaffEvent::StatisticsSaved(Ok(path))) = run(job, own.path()) else { panic!("saved") };
        assert!(path.starts_with(stick.path()));
        let text = fs::read_to_string(path).expect("a file");
        assert!(text.contains("\r\n2026-11-24,1,2,0,0,0,"), "{text}");
    }
}
