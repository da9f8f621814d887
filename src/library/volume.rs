//! One archive of a library, with its search text.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::archive::{Archive, ContentHash, PhotoId, ReportField};
use crate::search::engine::{Engine, ScanBuilder};
use crate::search::fold::fold_char;
use crate::search::index::Index;

use super::attributes::targets;
use super::{Field, FieldPlace, Target};

/// An archive with what finds strings in it. It does not change: one with another engine takes its place.
#[derive(Clone, Debug)]
pub struct Volume {
    pub archive: Arc<Archive>,
    /// Of the archive's file, by which it is known again.
    pub content: ContentHash,
    /// Holds the archive's texts, folded: a document for each of [`targets`](super::attributes::targets).
    pub engine: Arc<dyn Engine>,
    /// The engine is an index; another one need not be made.
    pub indexed: bool,
    places: Arc<Places>,
    /// From the first to the last year in which its reports were issued, as far as they say.
    pub years: Option<RangeInclusive<u16>>,
    /// The first photo that has a file: what the archive is shown by.
    pub picture: Option<PhotoId>,
}

/// What the texts of each document are.
#[derive(Debug, Default)]
struct Places {
    /// By document: where its places begin.
    starts: Vec<u32>,
    places: Vec<FieldPlace>,
}

impl Volume {
    pub fn new(archive: Archive) -> Self {
        let mut indexer = Indexer { texts: ScanBuilder::default(), places: Places::default() };
        indexer.archive(&archive);
        let texts = indexer.texts.build();
        Self {
            content: archive.content,
            indexed: false,
            engine: Arc::new(texts),
            places: Arc::new(indexer.places),
            years: years(&archive),
            picture: archive.photo_ids().find(|id| archive.photo(*id).file.is_some()),
            archive: Arc::new(archive),
        }
    }

    /// The same archive with an index of the same texts.
    pub fn with_index(&self, index: Index) -> Self {
        Self { indexed: true, ..self.with_engine(Arc::new(index)) }
    }

    /// The same archive with another engine of the same texts.
    pub(super) fn with_engine(&self, engine: Arc<dyn Engine>) -> Self {
        Self { engine, ..self.clone() }
    }

    /// What a text of a document is.
    pub fn place(&self, document: u32, text: usize) -> FieldPlace {
        self.places.places[self.places.starts[document as usize] as usize + text]
    }
}

fn years(archive: &Archive) -> Option<RangeInclusive<u16>> {
    let dates = archive.reports.iter().filter_map(|report| report.about(ReportField::DateIssued));
    let years = dates.flat_map(|date| date.split('/')).filter_map(year);
    years.fold(None, |span: Option<RangeInclusive<u16>>, year| {
        Some(span.map_or(year..=year, |span| year.min(*span.start())..=year.max(*span.end())))
    })
}

/// The year that an EDTF date begins with.
fn year(date: &str) -> Option<u16> {
    let digits = date.get(..4)?;
    let whole = !date[4..].starts_with(|c: char| c.is_ascii_alphanumeric());
    digits.parse().ok().filter(|_| whole && digits.bytes().all(|b| b.is_ascii_digit()))
}

struct Indexer {
    texts: ScanBuilder,
    places: Places,
}

impl Indexer {
    fn archive(&mut self, archive: &Archive) {
        for target in targets(archive) {
            self.texts.document();
            self.places.starts.push(self.places.places.len() as u32);
            for (field, text) in texts(archive, target) {
                self.texts.text(text.chars().map(fold_char));
                self.places.places.push(FieldPlace { target, field });
            }
        }
    }
}

/// The texts of a document that are searched, as they are written.
fn texts(archive: &Archive, target: Target) -> impl Iterator<Item = (Field, &str)> {
    let mut texts: Vec<(Field, Option<&str>)> = Vec::new();
    match target {
        Target::Archive => texts.extend([
            (Field::Title, Some(archive.title.as_str())),
            (Field::Holder, archive.holder.as_deref()),
            (Field::Rights, archive.rights.as_deref()),
        ]),
        Target::Report(id) => {
            let report = archive.report(id);
            texts.extend([
                (Field::Kicker, report.kicker.as_deref()),
                (Field::Title, Some(&report.title)),
                (Field::Subtitle, report.subtitle.as_deref()),
                (Field::Byline, report.byline.as_deref()),
                (Field::Closing, report.closing.as_deref()),
            ]);
            texts.extend(report.about.iter().map(|(field, value)| (Field::Report(*field), Some(value.as_str()))));
        }
        Target::Section(id) => {
            let section = archive.section(id);
            texts.extend([(Field::Title, Some(section.title.as_str())), (Field::Body, Some(&section.document.plain))]);
        }
        Target::Photo(id) => {
            let photo = archive.photo(id);
            texts.extend([
                (Field::Title, photo.title.as_deref()),
                (Field::Caption, photo.caption.as_deref()),
                (Field::Alt, photo.alt.as_deref()),
            ]);
            texts.extend(photo.about.iter().map(|(field, value)| (Field::Photo(*field), Some(value.as_str()))));
        }
        Target::Figure(id) => texts.push((Field::Label, Some(&archive.figure(id).label))),
    }
    texts.into_iter().filter_map(|(field, text)| Some((field, text.filter(|text| !text.is_empty())?)))
}

/// The text of a place as it is written; empty if there is none.
pub(super) fn text_at(archive: &Archive, place: FieldPlace) -> &str {
    texts(archive, place.target).find(|(field, _)| *field == place.field).map_or("", |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_begins_with_a_year_or_says_none() {
        for (date, expected) in [
            ("2017", Some(2017)),
            ("2017-09-01", Some(2017)),
            ("1998~", Some(1998)),
            ("201", None),
            ("20170", None),
            ("2017年9月", Some(2017)),
            ("-017", None),
            ("民国二十年", None),
        ] {
            assert_eq!(year(date), expected, "{date}");
        }
    }
}
