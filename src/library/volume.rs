//! One archive of a library, with its search text.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::archive::{Archive, ContentHash, PhotoId, ReportField};
use crate::search::{Corpus, CorpusBuilder};

use super::{Field, FieldPlace, Target};

/// An archive with its search text. It does not change: one with another corpus takes its place.
#[derive(Debug)]
pub struct Volume {
    pub archive: Arc<Archive>,
    /// Of the archive's file, by which it is known again.
    pub content: ContentHash,
    pub corpus: Arc<Corpus>,
    /// What each field of the corpus is.
    pub places: Arc<[FieldPlace]>,
    /// From the first to the last year in which its reports were issued, as far as they say.
    pub years: Option<RangeInclusive<u16>>,
    /// The first photo that has a file: what the archive is shown by.
    pub picture: Option<PhotoId>,
}

impl Volume {
    pub fn new(archive: Archive) -> Self {
        let mut indexer = Indexer { corpus: CorpusBuilder::new(), places: Vec::new() };
        indexer.archive(&archive);
        Self {
            content: archive.content,
            corpus: Arc::new(indexer.corpus.build()),
            places: indexer.places.into(),
            years: years(&archive),
            picture: archive.photo_ids().find(|id| archive.photo(*id).file.is_some()),
            archive: Arc::new(archive),
        }
    }

    /// The same archive, searched with another corpus of the same texts.
    pub fn with_corpus(&self, corpus: Arc<Corpus>) -> Self {
        let (archive, places) = (Arc::clone(&self.archive), Arc::clone(&self.places));
        Self { archive, content: self.content, corpus, places, years: self.years.clone(), picture: self.picture }
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
    corpus: CorpusBuilder,
    places: Vec<FieldPlace>,
}

impl Indexer {
    fn archive(&mut self, archive: &Archive) {
        self.document(
            Target::Archive,
            [
                (Field::Title, Some(archive.title.as_str())),
                (Field::Holder, archive.holder.as_deref()),
                (Field::Rights, archive.rights.as_deref()),
            ],
        );
        for id in archive.report_ids() {
            let report = archive.report(id);
            let about = report.about.iter().map(|(field, value)| (Field::Report(*field), Some(value.as_str())));
            let printed = [
                (Field::Kicker, report.kicker.as_deref()),
                (Field::Title, Some(report.title.as_str())),
                (Field::Subtitle, report.subtitle.as_deref()),
                (Field::Byline, report.byline.as_deref()),
                (Field::Closing, report.closing.as_deref()),
            ];
            self.document(Target::Report(id), printed.into_iter().chain(about));
        }
        for id in archive.section_ids() {
            let section = archive.section(id);
            let fields = [(Field::Title, Some(section.title.as_str())), (Field::Body, Some(&section.document.plain))];
            self.document(Target::Section(id), fields);
        }
        for id in archive.photo_ids() {
            let photo = archive.photo(id);
            let about = photo.about.iter().map(|(field, value)| (Field::Photo(*field), Some(value.as_str())));
            let own = [
                (Field::Title, photo.title.as_deref()),
                (Field::Caption, photo.caption.as_deref()),
                (Field::Alt, photo.alt.as_deref()),
            ];
            self.document(Target::Photo(id), own.into_iter().chain(about));
        }
        for id in archive.figure_ids() {
            self.document(Target::Figure(id), [(Field::Label, Some(archive.figure(id).label.as_str()))]);
        }
    }

    fn document<'a>(&mut self, target: Target, fields: impl IntoIterator<Item = (Field, Option<&'a str>)>) {
        self.corpus.document();
        for (field, text) in fields {
            let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
            let index = self.corpus.field(text);
            debug_assert_eq!(index.index(), self.places.len());
            self.places.push(FieldPlace { target, field });
        }
    }
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
