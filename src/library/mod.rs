//! The open archive and everything computed from it. Immutable, shared behind one `Arc`.

pub mod attributes;
pub mod dates;
pub mod facets;
pub mod filter;
pub mod order;
#[cfg(test)]
mod testing;
mod values;

use std::ops::Range;

use crate::archive::{Archive, FigureId, PhotoField, PhotoId, ReportField, ReportId, SectionId};
use crate::search::{Corpus, CorpusBuilder, FieldIndex, Query, Suggestion};

/// An archive with its search text.
#[derive(Debug)]
pub struct Library {
    pub archive: Archive,
    corpus: Corpus,
    /// What each field of the corpus is.
    places: Vec<FieldPlace>,
}

/// What a text belongs to.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Target {
    Archive,
    Report(ReportId),
    Section(SectionId),
    Photo(PhotoId),
    Figure(FigureId),
}

/// Which text of its target.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Field {
    Title,
    Subtitle,
    Kicker,
    Byline,
    Closing,
    Body,
    Caption,
    Alt,
    Label,
    Rights,
    Holder,
    Report(ReportField),
    Photo(PhotoField),
}

impl Field {
    /// Its name in the archive's file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Kicker => "kicker",
            Self::Byline => "byline",
            Self::Closing => "closing",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Alt => "alt",
            Self::Label => "label",
            Self::Rights => "rights",
            Self::Holder => "holder",
            Self::Report(field) => field.key(),
            Self::Photo(field) => field.key(),
        }
    }
}

/// A searched text: whose, and which.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct FieldPlace {
    pub target: Target,
    pub field: Field,
}

/// One place where a word of the query stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hit {
    pub place: FieldPlace,
    /// The text that it stands in.
    pub text: FieldIndex,
    /// Characters of that text.
    pub range: Range<usize>,
}

/// Hits that belong to one section, or to a report as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct HitGroup {
    pub heading: GroupHeading,
    pub hits: Vec<Hit>,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum GroupHeading {
    Archive,
    /// A report's own title, kicker, metadata, and photos that stand with no section.
    Report(ReportId),
    Section(SectionId),
}

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// In reading order.
    pub groups: Vec<HitGroup>,
    /// Number of hits.
    pub count: usize,
    /// Where nothing was found: the nearest strings that stand in the archive.
    pub suggestions: Vec<Suggestion>,
}

/// How many suggestions an empty result offers.
const SUGGESTIONS: usize = 6;

impl Library {
    pub fn new(archive: Archive) -> Self {
        let mut indexer = Indexer { corpus: CorpusBuilder::new(), places: Vec::new() };
        indexer.archive(&archive);
        let Indexer { corpus, places } = indexer;
        Self { corpus: corpus.build(), places, archive }
    }

    /// Everything that `query` finds, in reading order.
    pub fn search(&self, query: &Query) -> Found {
        let matches = self.corpus.search(query);
        let count = matches.len();
        let mut hits: Vec<(GroupHeading, Hit)> = matches
            .into_iter()
            .map(|m| {
                let place = self.places[m.field.index()];
                (self.heading(place.target), Hit { place, text: m.field, range: m.start..m.end })
            })
            .collect();
        hits.sort_by_key(|(heading, _)| self.reading_order(*heading));
        let mut groups: Vec<HitGroup> = Vec::new();
        for (heading, hit) in hits {
            match groups.last_mut() {
                Some(group) if group.heading == heading => group.hits.push(hit),
                _ => groups.push(HitGroup { heading, hits: vec![hit] }),
            }
        }
        let suggestions = if count == 0 { self.corpus.suggest(query, SUGGESTIONS) } else { Vec::new() };
        Found { groups, count, suggestions }
    }

    /// The text that a hit stands in.
    pub fn text(&self, field: FieldIndex) -> &str {
        self.corpus.text(field)
    }

    fn heading(&self, target: Target) -> GroupHeading {
        match target {
            Target::Archive => GroupHeading::Archive,
            Target::Report(id) => GroupHeading::Report(id),
            Target::Section(id) => GroupHeading::Section(id),
            Target::Photo(id) => match self.archive.photo(id).section {
                Some(section) => GroupHeading::Section(section),
                None => GroupHeading::Report(self.archive.photo(id).report),
            },
            Target::Figure(id) => GroupHeading::Section(self.archive.figure(id).section),
        }
    }

    /// The archive, then each report followed by its sections.
    fn reading_order(&self, heading: GroupHeading) -> (usize, usize) {
        match heading {
            GroupHeading::Archive => (0, 0),
            GroupHeading::Report(id) => (1 + id.index(), 0),
            GroupHeading::Section(id) => (1 + self.archive.section(id).report.index(), 1 + id.index()),
        }
    }
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
