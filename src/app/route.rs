//! Where the reader is, and the one history of it.

use crate::archive::{Archive, ArchiveId, PhotoId, ReportId, SectionId};

/// A place in an archive, or the shelf on which it stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Route {
    /// All archives of the library.
    Shelf,
    Cover,
    Section(SectionId),
    Gallery,
    Photo(PhotoId),
    Figures,
    /// The metadata of a report.
    About(ReportId),
}

/// A place in the library.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Location {
    /// On the shelf, the archive that was read last.
    pub archive: ArchiveId,
    pub route: Route,
}

/// Longer histories forget their beginning.
const MAX_ENTRIES: usize = 200;

/// Back and forward, as in a browser, from archive to archive.
#[derive(Clone, Debug)]
pub struct History {
    entries: Vec<Location>,
    at: usize,
}

impl History {
    pub fn new(start: Location) -> Self {
        Self { entries: vec![start], at: 0 }
    }

    pub fn current(&self) -> Location {
        self.entries[self.at]
    }

    /// Goes somewhere new and forgets what lay ahead. Going where we are changes nothing.
    pub fn go(&mut self, location: Location) {
        if location == self.current() {
            return;
        }
        self.entries.truncate(self.at + 1);
        self.entries.push(location);
        if self.entries.len() > MAX_ENTRIES {
            self.entries.remove(0);
        }
        self.at = self.entries.len() - 1;
    }

    /// Puts another place where we are, without an entry of its own.
    pub fn replace(&mut self, location: Location) {
        self.entries[self.at] = location;
    }

    pub fn can_go_back(&self) -> bool {
        self.at > 0
    }

    pub fn can_go_forward(&self) -> bool {
        self.at + 1 < self.entries.len()
    }

    pub fn back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    pub fn forward(&mut self) {
        self.at = (self.at + 1).min(self.entries.len() - 1);
    }

    /// The place that going back leads to.
    pub fn came_from(&self) -> Option<Location> {
        self.at.checked_sub(1).map(|before| self.entries[before])
    }

    /// The last place before the photo viewer.
    pub fn before_photos(&self) -> Option<Location> {
        self.entries[..self.at].iter().rev().copied().find(|location| !matches!(location.route, Route::Photo(_)))
    }
}

impl Route {
    /// A name that still means the same place after the archive was edited.
    pub fn to_key(self, archive: &Archive) -> String {
        match self {
            Self::Shelf => "shelf".to_owned(),
            Self::Cover => "cover".to_owned(),
            Self::Gallery => "gallery".to_owned(),
            Self::Figures => "figures".to_owned(),
            Self::Section(id) => format!("section:{}", archive.section(id).key),
            Self::Photo(id) => format!("photo:{}", archive.photo(id).key),
            Self::About(id) => format!("about:{}", archive.report(id).key),
        }
    }

    /// The place of that name, if the archive still has it.
    pub fn from_key(key: &str, archive: &Archive) -> Option<Self> {
        Some(match key.split_once(':') {
            None if key == "shelf" => Self::Shelf,
            None if key == "cover" => Self::Cover,
            None if key == "gallery" => Self::Gallery,
            None if key == "figures" => Self::Figures,
            Some(("section", key)) => Self::Section(archive.section_by_key(key)?),
            Some(("photo", key)) => Self::Photo(archive.photo_by_key(key)?),
            Some(("about", key)) => Self::About(archive.report_by_key(key)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(archive: usize, route: Route) -> Location {
        Location { archive: ArchiveId::new(archive), route }
    }

    #[test]
    fn back_and_forward_as_in_a_browser() {
        let mut history = History::new(at(0, Route::Cover));
        history.go(at(0, Route::Gallery));
        history.go(at(0, Route::Gallery));
        history.go(at(0, Route::Figures));
        history.back();
        assert_eq!(history.current(), at(0, Route::Gallery));
        assert!(history.can_go_back() && history.can_go_forward());
        history.go(at(0, Route::Section(SectionId::new(0))));
        assert!(!history.can_go_forward(), "a new way forgets the old one");
        history.back();
        history.back();
        history.back();
        assert_eq!(history.current(), at(0, Route::Cover));
        history.forward();
        assert_eq!(history.current(), at(0, Route::Gallery));
    }

    #[test]
    fn the_same_page_of_another_archive_is_another_place() {
        let mut history = History::new(at(0, Route::Shelf));
        history.go(at(1, Route::Cover));
        history.go(at(2, Route::Cover));
        history.back();
        assert_eq!(history.current(), at(1, Route::Cover));
        history.back();
        assert_eq!(history.current(), at(0, Route::Shelf));
    }

    #[test]
    fn an_endless_walk_is_bounded() {
        let mut history = History::new(at(0, Route::Cover));
        for i in 0..10_000 {
            history.go(at(0, if i % 2 == 0 { Route::Gallery } else { Route::Figures }));
        }
        assert_eq!(history.entries.len(), MAX_ENTRIES);
    }

    #[test]
    fn keys_lead_back_to_the_place() {
        let archive = crate::archive::load(crate::archive::Source::Embedded).expect("the bundled archive");
        let section = Route::Section(SectionId::new(2));
        for route in
            [Route::Shelf, Route::Cover, Route::Gallery, Route::Figures, section, Route::Photo(PhotoId::new(1))]
        {
            assert_eq!(Route::from_key(&route.to_key(&archive), &archive), Some(route));
        }
        assert_eq!(Route::from_key("section:gone", &archive), None);
    }
}
