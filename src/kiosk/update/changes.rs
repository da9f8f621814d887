//! What a new archive adds, takes away and changes.

use std::collections::HashMap;
use std::hash::Hash;

use crate::archive::{Archive, Photo, Report, Section};

/// How many were added, taken away and changed, and the names of those, in the order of the archives.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Change {
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub changed: Vec<String>,
}

/// What is different in a new archive. Items are the same where their ids are.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Changes {
    /// Its own id is another: it takes the place of the old archive as a whole.
    pub another_archive: bool,
    pub reports: Change,
    pub sections: Change,
    pub photos: Change,
}

impl Changes {
    pub fn between(old: &Archive, new: &Archive) -> Self {
        Self {
            another_archive: old.key != new.key,
            reports: compare(&old.reports, &new.reports, |r| (&r.key, &r.title), |a, b| about(a) == about(b)),
            sections: compare(
                &old.sections,
                &new.sections,
                |section| (&section.key, name(section)),
                |a, b| (a.title.as_str(), &a.body, a.kind) == (b.title.as_str(), &b.body, b.kind),
            ),
            photos: compare(&old.photos, &new.photos, |p| (&p.key, p.label().unwrap_or(&p.key)), same_photo),
        }
    }

    /// Nothing that a visitor sees is different.
    pub fn is_empty(&self) -> bool {
        !self.another_archive && [&self.reports, &self.sections, &self.photos].iter().all(|c| **c == Change::default())
    }
}

fn about(report: &Report) -> impl PartialEq + '_ {
    (&report.title, &report.subtitle, &report.kicker, &report.byline, &report.closing, &report.about)
}

fn name(section: &Section) -> &str {
    if section.title.is_empty() { &section.key } else { &section.title }
}

/// Digests stand in the record, so pictures need not be read again.
fn same_photo(old: &Photo, new: &Photo) -> bool {
    let parts = |photo: &Photo| {
        let texts = (photo.title.clone(), photo.caption.clone(), photo.alt.clone(), photo.about.clone());
        (texts, photo.kind, photo.file.clone(), photo.sha256.as_ref().map(|sum| sum.to_ascii_lowercase()))
    };
    parts(old) == parts(new) && old.bytes == new.bytes
}

fn compare<'a, T, K: Eq + Hash + 'a, N: AsRef<str> + ?Sized + 'a>(
    old: &'a [T],
    new: &'a [T],
    named: impl Fn(&'a T) -> (&'a K, &'a N),
    same: impl Fn(&T, &T) -> bool,
) -> Change {
    let known: HashMap<&K, &T> = old.iter().map(|item| (named(item).0, item)).collect();
    let kept: HashMap<&K, &T> = new.iter().map(|item| (named(item).0, item)).collect();
    let name = |item: &'a T| named(item).1.as_ref().to_owned();
    Change {
        added: new.iter().filter(|item| !known.contains_key(named(item).0)).map(name).collect(),
        removed: old.iter().filter(|item| !kept.contains_key(named(item).0)).map(name).collect(),
        changed: new
            .iter()
            .filter(|item| known.get(named(item).0).is_some_and(|before| !same(before, item)))
            .map(name)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load_text};

    fn archive(sections: &str, photos: &str) -> Archive {
        let text = format!(
            r#"{{"format": 1, "id": "a", "title": "T", "reports": [{{"id": "r", "title": "报道", "sections": [{sections}], "photos": [{photos}]}}]}}"#
        );
        load_text(&text, Source::Embedded).expect("an archive")
    }

    const ONE: &str = r#"{"id": "s1", "title": "一", "body": "甲"}"#;
    const ONE_CHANGED: &str = r#"{"id": "s1", "title": "一", "body": "甲乙"}"#;
    const TWO: &str = r#"{"id": "s2", "title": "二", "body": "丙"}"#;
    const PHOTO: &str = r#"{"id": "p", "caption": "桥", "file": "a.jpg", "sha256": "00"}"#;
    const PHOTO_CHANGED: &str = r#"{"id": "p", "caption": "桥", "file": "a.jpg", "sha256": "11"}"#;

    #[track_caller]
    fn check(old: Archive, new: Archive, [added, removed, changed]: [&str; 3]) {
        let changes = Changes::between(&old, &new);
        let joined = |lists: [&Vec<String>; 2]| lists.map(|list| list.join("")).join("");
        let found = [
            joined([&changes.sections.added, &changes.photos.added]),
            joined([&changes.sections.removed, &changes.photos.removed]),
            joined([&changes.sections.changed, &changes.photos.changed]),
        ];
        assert_eq!(found, [added, removed, changed]);
        assert_eq!(changes.is_empty(), found.concat().is_empty());
    }

    #[test]
    fn what_is_different_is_named() {
        check(archive(ONE, ""), archive(ONE, ""), ["", "", ""]);
        check(archive(ONE, ""), archive(&format!("{ONE},{TWO}"), ""), ["二", "", ""]);
        check(archive(&format!("{ONE},{TWO}"), PHOTO), archive(TWO, ""), ["", "一桥", ""]);
        check(archive(ONE, PHOTO), archive(ONE_CHANGED, PHOTO), ["", "", "一"]);
        check(archive(ONE, PHOTO), archive(ONE, PHOTO_CHANGED), ["", "", "桥"]);
        check(archive(&format!("{ONE},{TWO}"), ""), archive(&format!("{TWO},{ONE}"), ""), ["", "", ""]);
    }

    #[test]
    fn another_archive_is_told_as_such() {
        let text = r#"{"format": 1, "id": "b", "title": "T", "reports": []}"#;
        let other = load_text(text, Source::Embedded).expect("an archive");
        let changes = Changes::between(&archive(ONE, ""), &other);
        assert!(changes.another_archive && changes.sections.removed == ["一"]);
    }
}
