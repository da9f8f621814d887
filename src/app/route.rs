//! Where the reader is, and the one history of it.

use crate::archive::{Archive, PhotoId, ReportId, SectionId};

/// A place in the viewer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Route {
    Cover,
    Section(SectionId),
    Gallery,
    Photo(PhotoId),
    Figures,
    /// The metadata of a report.
    About(ReportId),
}

/// Longer histories forget their beginning.
const MAX_ENTRIES: usize = 200;

/// Back and forward, as in a browser.
#[derive(Clone, Debug)]
pub struct History {
    entries: Vec<Route>,
    at: usize,
}

impl History {
    pub fn new(start: Route) -> Self {
        Self { entries: vec![start], at: 0 }
    }

    pub fn current(&self) -> Route {
        self.entries[self.at]
    }

    /// Goes somewhere new and forgets what lay ahead. Going where we are changes nothing.
    pub fn go(&mut self, route: Route) {
        if route == self.current() {
            return;
        }
        self.entries.truncate(self.at + 1);
        self.entries.push(route);
        if self.entries.len() > MAX_ENTRIES {
            self.entries.remove(0);
        }
        self.at = self.entries.len() - 1;
    }

    /// Puts another place where we are, without an entry of its own.
    pub fn replace(&mut self, route: Route) {
        self.entries[self.at] = route;
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
    pub fn came_from(&self) -> Option<Route> {
        self.at.checked_sub(1).map(|before| self.entries[before])
    }

    /// The last place before the photo viewer.
    pub fn before_photos(&self) -> Option<Route> {
        self.entries[..self.at].iter().rev().copied().find(|route| !matches!(route, Route::Photo(_)))
    }
}

impl Route {
    /// A name that still means the same place after the archive was edited.
    pub fn to_key(self, archive: &Archive) -> String {
        match self {
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

    #[test]
    fn back_and_forward_as_in_a_browser() {
        let mut history = History::new(Route::Cover);
        history.go(Route::Gallery);
        history.go(Route::Gallery);
        history.go(Route::Figures);
        history.back();
        assert_eq!(history.current(), Route::Gallery);
        assert!(history.can_go_back() && history.can_go_forward());
        history.go(Route::Section(SectionId::new(0)));
        assert!(!history.can_go_forward(), "a new way forgets the old one");
        history.back();
        history.back();
        history.back();
        assert_eq!(history.current(), Route::Cover);
        history.forward();
        assert_eq!(history.current(), Route::Gallery);
    }

    #[test]
    fn an_endless_walk_is_bounded() {
        let mut history = History::new(Route::Cover);
        for i in 0..10_000 {
            history.go(if i % 2 == 0 { Route::Gallery } else { Route::Figures });
        }
        assert_eq!(history.entries.len(), MAX_ENTRIES);
    }

    #[test]
    fn keys_lead_back_to_the_place() {
        let archive = crate::archive::load(crate::archive::Source::Embedded).expect("the bundled archive");
        let section = Route::Section(SectionId::new(2));
        for route in [Route::Cover, Route::Gallery, Route::Figures, section, Route::Photo(PhotoId::new(1))] {
            assert_eq!(Route::from_key(&route.to_key(&archive), &archive), Some(route));
        }
        assert_eq!(Route::from_key("section:gone", &archive), None);
    }
}
