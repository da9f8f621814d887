//! What is known of each searched document besides its words: of what, when, of whom, where.
//!
//! Documents of all archives are numbered from 0: archive after archive, in each the archive itself, then its reports,
//! sections, photos and figures ([`targets`]). A section or figure has its report's date, persons and places. A photo
//! has its own, and its report's where it has none of that kind; a date of its own that cannot be read is not replaced.

use std::collections::HashMap;
use std::ops::Range;

use super::Target;
use super::dates::Days;
use super::values::{Lists, ListsBuilder, Texts, TextsBuilder, count};
use crate::archive::{Archive, FigureId, Photo, PhotoField, PhotoId, Report, ReportField, ReportId, SectionId};
use crate::search::TextKind;
use crate::search::fold::fold;

/// Names that candidates are compared with at each key press.
const FAVOURED: usize = 2_000;
/// What joins several persons or places of a record into one text.
const LIST_COMMA: char = '、';

/// The attributes of every document of a library.
#[derive(Debug)]
pub struct Attributes {
    pub(super) volumes: Vec<VolumeAttributes>,
    /// By document: which of `descriptions`.
    documents: Vec<u32>,
    /// By document: its place in reading order.
    reading: Vec<u32>,
    pub(super) descriptions: Vec<Description>,
    /// Different ones; number 0 is none.
    pub(super) dates: Vec<Option<Days>>,
    pub(super) titles: Texts,
    pub(super) persons: Texts,
    pub(super) places: Texts,
    pub(super) person_lists: Lists,
    pub(super) place_lists: Lists,
    /// Years from the first to the last that some date names.
    pub(super) years: Range<u32>,
}

/// What is known of an archive, and which documents are its own.
#[derive(Debug)]
pub(super) struct VolumeAttributes {
    pub name: String,
    pub title: String,
    start: u32,
    reports: usize,
    sections: usize,
    photos: usize,
}

/// What documents have in common; each member is a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Description {
    pub volume: u32,
    pub kind: TextKind,
    /// The title of the section, else of the report.
    pub title: u32,
    pub report_title: u32,
    pub dates: u32,
    pub persons: u32,
    pub places: u32,
}

/// The documents of an archive in the order in which they are numbered.
pub fn targets(archive: &Archive) -> impl Iterator<Item = Target> + use<> {
    let reports = archive.report_ids().map(Target::Report);
    let sections = archive.section_ids().map(Target::Section);
    let photos = archive.photo_ids().map(Target::Photo);
    let figures = archive.figure_ids().map(Target::Figure);
    std::iter::once(Target::Archive).chain(reports).chain(sections).chain(photos).chain(figures)
}

impl Attributes {
    /// The attributes of archives in their order. A filter keeps an archive by its name, which should be the same from
    /// one day to the next.
    pub fn new<'a>(volumes: impl IntoIterator<Item = (&'a str, &'a Archive)>) -> Self {
        let mut builder = Builder::new();
        for (name, archive) in volumes {
            builder.volume(name, archive);
        }
        builder.build()
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The number of a document.
    pub fn document(&self, volume: usize, target: Target) -> u32 {
        let VolumeAttributes { start, reports, sections, photos, .. } = &self.volumes[volume];
        let inside = match target {
            Target::Archive => 0,
            Target::Report(id) => 1 + id.index(),
            Target::Section(id) => 1 + reports + id.index(),
            Target::Photo(id) => 1 + reports + sections + id.index(),
            Target::Figure(id) => 1 + reports + sections + photos + id.index(),
        };
        start + count(inside)
    }

    /// Which archive a document is of, and which of its documents it is.
    pub fn target(&self, document: u32) -> (usize, Target) {
        let volume = self.volumes.partition_point(|volume| volume.start <= document).saturating_sub(1);
        let VolumeAttributes { start, reports, sections, photos, .. } = &self.volumes[volume];
        let Some(mut index) = ((document - start) as usize).checked_sub(1) else { return (volume, Target::Archive) };
        if index < *reports {
            return (volume, Target::Report(ReportId::new(index)));
        }
        index -= reports;
        if index < *sections {
            return (volume, Target::Section(SectionId::new(index)));
        }
        index -= sections;
        if index < *photos {
            return (volume, Target::Photo(PhotoId::new(index)));
        }
        (volume, Target::Figure(FigureId::new(index - photos)))
    }

    /// A document's place in reading order, over all archives: sections stand after their report, what belongs to a
    /// section after it.
    pub fn reading_place(&self, document: u32) -> u32 {
        self.reading[document as usize]
    }

    pub fn kind(&self, document: u32) -> TextKind {
        self.description(document).kind
    }

    /// When it was issued, or taken; `None` if that is not known.
    pub fn days(&self, document: u32) -> Option<Days> {
        self.dates[self.description(document).dates as usize]
    }

    pub fn persons(&self, document: u32) -> impl Iterator<Item = &str> {
        self.person_lists.list(self.description(document).persons).iter().map(|number| self.persons.text(*number))
    }

    pub fn places(&self, document: u32) -> impl Iterator<Item = &str> {
        self.place_lists.list(self.description(document).places).iter().map(|number| self.places.text(*number))
    }

    /// Every person once, as first written.
    pub(super) fn all_persons(&self) -> impl Iterator<Item = &str> {
        (1..count(self.persons.len())).map(|number| self.persons.text(number))
    }

    /// Every place once, as first written.
    pub(super) fn all_places(&self) -> impl Iterator<Item = &str> {
        (1..count(self.places.len())).map(|number| self.places.text(number))
    }

    /// The documents whose section or report has one of these folded texts in its title.
    pub(super) fn titled<'a>(&self, folded: impl Iterator<Item = &'a str>) -> Titled<'_> {
        let mut titles = vec![false; self.titles.len()];
        for text in folded {
            titles.iter_mut().zip(self.titles.holding(text)).for_each(|(titled, holds)| *titled |= holds);
        }
        Titled { attributes: self, titles }
    }

    /// Names that are likely meant, folded: persons, places, keywords.
    pub(super) fn favoured<'a>(&self, archives: impl Iterator<Item = &'a Archive>) -> Vec<String> {
        let reports = archives.flat_map(|archive| &archive.reports);
        let keywords = reports.filter_map(|report| report.about(ReportField::Keywords));
        let keywords: Vec<String> =
            keywords.flat_map(|list| list.split(LIST_COMMA)).map(|word| word.trim().to_owned()).collect();
        let names = [&self.persons, &self.places]
            .into_iter()
            .flat_map(|texts| (1..count(texts.len())).map(|number| texts.text(number).to_owned()));
        let mut favoured: Vec<String> =
            names.chain(keywords).filter(|name| !name.is_empty()).map(|name| fold(&name)).collect();
        favoured.sort_unstable();
        favoured.dedup();
        favoured.truncate(FAVOURED);
        favoured
    }

    /// Which of `descriptions` a document has.
    pub(super) fn description_number(&self, document: u32) -> usize {
        self.documents[document as usize] as usize
    }

    fn description(&self, document: u32) -> &Description {
        &self.descriptions[self.description_number(document)]
    }
}

/// See [`Attributes::titled`].
pub(super) struct Titled<'a> {
    attributes: &'a Attributes,
    titles: Vec<bool>,
}

impl Titled<'_> {
    pub fn contains(&self, document: u32) -> bool {
        self.titles[self.attributes.description(document).title as usize]
    }
}

struct Builder {
    volumes: Vec<VolumeAttributes>,
    documents: Vec<u32>,
    reading: Vec<u32>,
    descriptions: Vec<Description>,
    dates: Vec<Option<Days>>,
    date_numbers: HashMap<Option<Days>, u32>,
    titles: TextsBuilder,
    persons: TextsBuilder,
    places: TextsBuilder,
    person_lists: ListsBuilder,
    place_lists: ListsBuilder,
}

impl Builder {
    fn new() -> Self {
        Self {
            volumes: Vec::new(),
            documents: Vec::new(),
            reading: Vec::new(),
            descriptions: Vec::new(),
            dates: vec![None],
            date_numbers: HashMap::from([(None, 0)]),
            titles: TextsBuilder::new(),
            persons: TextsBuilder::new(),
            places: TextsBuilder::new(),
            person_lists: ListsBuilder::new(),
            place_lists: ListsBuilder::new(),
        }
    }

    fn volume(&mut self, name: &str, archive: &Archive) {
        let volume = count(self.volumes.len());
        let start = count(self.documents.len());
        self.volumes.push(VolumeAttributes {
            name: name.to_owned(),
            title: archive.title.clone(),
            start,
            reports: archive.reports.len(),
            sections: archive.sections.len(),
            photos: archive.photos.len(),
        });
        let nothing =
            Description { volume, kind: TextKind::Text, title: 0, report_title: 0, dates: 0, persons: 0, places: 0 };
        let (mut reports, mut titles) = (Vec::new(), Vec::new());
        for report in &archive.reports {
            reports.push(self.report(nothing, report));
            titles.extend(archive.sections[report.sections.clone()].iter().map(|s| self.titles.number(&s.title)));
        }
        let of_section = |id: SectionId| {
            let report = reports[archive.section(id).report.index()];
            Description { title: titles[id.index()], ..report }
        };
        // What a document is read with: its report and section, counted from 1.
        let mut order: Vec<(usize, usize)> = Vec::new();
        let section_order = |id: SectionId| (1 + archive.section(id).report.index(), 1 + id.index());
        for target in targets(archive) {
            let (description, place) = match target {
                Target::Archive => (nothing, (0, 0)),
                Target::Report(id) => (reports[id.index()], (1 + id.index(), 0)),
                Target::Section(id) => (of_section(id), section_order(id)),
                Target::Photo(id) => {
                    let photo = archive.photo(id);
                    let report = photo.report.index();
                    let (shown, place) = match photo.section {
                        Some(section) => (of_section(section).title, section_order(section)),
                        None => (reports[report].title, (1 + report, 0)),
                    };
                    (self.photo(Description { title: shown, ..reports[report] }, photo), place)
                }
                Target::Figure(id) => {
                    let section = archive.figure(id).section;
                    (Description { kind: TextKind::Figure, ..of_section(section) }, section_order(section))
                }
            };
            self.document(description);
            order.push(place);
        }
        let mut read: Vec<usize> = (0..order.len()).collect();
        read.sort_unstable_by_key(|document| order[*document]);
        self.reading.resize(self.documents.len(), 0);
        for (place, document) in read.into_iter().enumerate() {
            self.reading[start as usize + document] = start + count(place);
        }
    }

    /// Documents that follow each other often have the same description.
    fn document(&mut self, description: Description) {
        if self.descriptions.last() != Some(&description) {
            self.descriptions.push(description);
        }
        self.documents.push(count(self.descriptions.len() - 1));
    }

    fn report(&mut self, nothing: Description, report: &Report) -> Description {
        let title = self.titles.number(&report.title);
        let named = |field| report.about(field).unwrap_or_default();
        let persons = [named(ReportField::Creator), named(ReportField::People)];
        Description {
            title,
            report_title: title,
            dates: self.date(named(ReportField::DateIssued)),
            persons: list(&mut self.persons, &mut self.person_lists, &persons),
            places: list(&mut self.places, &mut self.place_lists, &[named(ReportField::Places)]),
            ..nothing
        }
    }

    fn photo(&mut self, inherited: Description, photo: &Photo) -> Description {
        let own = |wanted| {
            let value = photo.about.iter().find(|(field, _)| *field == wanted).map_or("", |(_, value)| value.trim());
            Some(value).filter(|value| !value.is_empty())
        };
        let mut description = Description { kind: TextKind::Caption, ..inherited };
        if let Some(date) = own(PhotoField::DateTaken) {
            description.dates = self.date(date);
        }
        if let Some(people) = own(PhotoField::People) {
            description.persons = list(&mut self.persons, &mut self.person_lists, &[people]);
        }
        if let Some(place) = own(PhotoField::Place) {
            description.places = list(&mut self.places, &mut self.place_lists, &[place]);
        }
        description
    }

    fn date(&mut self, edtf: &str) -> u32 {
        let days = Days::read(edtf);
        *self.date_numbers.entry(days).or_insert_with(|| {
            self.dates.push(days);
            count(self.dates.len() - 1)
        })
    }

    fn build(self) -> Attributes {
        let dates = self.dates;
        let named = || {
            let years = dates.iter().flatten().map(|days| days.years());
            years.flat_map(|(first, last)| [first, last]).flatten()
        };
        let years = named().min().zip(named().max()).map_or(0..0, |(first, last)| first..last + 1);
        Attributes {
            volumes: self.volumes,
            documents: self.documents,
            reading: self.reading,
            descriptions: self.descriptions,
            dates,
            titles: self.titles.build(),
            persons: self.persons.build(),
            places: self.places.build(),
            person_lists: self.person_lists.build(),
            place_lists: self.place_lists.build(),
            years,
        }
    }
}

/// The number of the list of all names in `joined`, each once.
fn list(names: &mut TextsBuilder, lists: &mut ListsBuilder, joined: &[&str]) -> u32 {
    let mut numbers = Vec::new();
    for name in joined.iter().flat_map(|joined| joined.split(LIST_COMMA)) {
        let number = names.number(name);
        if number != 0 && !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    lists.number(&numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::testing::archive;
    use serde_json::json;

    fn sample() -> Archive {
        archive(json!([
            {"id": "a", "title": "甲", "date_issued": "2017", "creator": ["刘廷跃"], "people": ["赵一", "刘廷跃"],
             "places": ["温泉镇"],
             "sections": [{"id": "a1", "title": "一", "photo_ids": ["p2"]}, {"id": "a2", "title": "二"}],
             "photos": [{"id": "p1", "caption": "无"},
                        {"id": "p2", "caption": "有", "date_taken": "2016-05", "people": ["钱二"], "place": "赵庄"}],
             "figures": [{"label": "数", "value": 1.0, "unit": "亩", "section": "a2", "quote": "x"}]},
            {"id": "b", "title": "乙",
             "sections": [{"id": "b1", "title": "三"}],
             "photos": [{"id": "p3", "date_taken": "秋天", "caption": "某"}]},
        ]))
    }

    /// Kind, days, persons and places of a document as a line.
    fn line(attributes: &Attributes, document: u32) -> String {
        let days = attributes.days(document).map_or(String::new(), |days| format!("{}-{}", days.first, days.last));
        let persons: Vec<&str> = attributes.persons(document).collect();
        let places: Vec<&str> = attributes.places(document).collect();
        format!("{:?} {days} {} {}", attributes.kind(document), persons.join("+"), places.join("+"))
    }

    #[test]
    fn documents_have_what_is_their_own_and_else_what_is_their_reports() {
        let archive = sample();
        let attributes = Attributes::new([("x", &archive)]);
        let lines: Vec<String> = (0..count(attributes.len())).map(|document| line(&attributes, document)).collect();
        let report = "Text 20170101-20171231 刘廷跃+赵一 温泉镇";
        let none = "Text   ";
        let expected = [
            none,
            report,
            none,
            report,
            report,
            none,
            "Caption 20170101-20171231 刘廷跃+赵一 温泉镇",
            "Caption 20160501-20160531 钱二 赵庄",
            "Caption   ",
            "Figure 20170101-20171231 刘廷跃+赵一 温泉镇",
        ];
        assert_eq!(lines, expected);
        assert_eq!(attributes.years, 2016..2018);
    }

    #[test]
    fn numbers_and_targets_are_the_same_thing() {
        let (one, two) = (sample(), sample());
        let attributes = Attributes::new([("x", &one), ("y", &two)]);
        let all = [(0, &one), (1, &two)].map(|(volume, archive)| targets(archive).map(move |target| (volume, target)));
        let mut numbered = 0;
        for (document, (volume, target)) in all.into_iter().flatten().enumerate() {
            let document = count(document);
            assert_eq!(attributes.document(volume, target), document);
            assert_eq!(attributes.target(document), (volume, target));
            numbered += 1;
        }
        assert_eq!(attributes.len(), numbered);
    }

    #[test]
    fn reading_goes_from_the_report_through_its_sections_with_what_belongs_to_them() {
        let archive = sample();
        let attributes = Attributes::new([("x", &archive), ("y", &archive)]);
        let mut read: Vec<u32> = (0..count(attributes.len() / 2)).collect();
        read.sort_unstable_by_key(|document| attributes.reading_place(*document));
        // Archive; 甲, its photo, 一, its photo, 二, its figure; 乙, its photo, 三.
        assert_eq!(read, [0, 1, 6, 3, 7, 4, 9, 2, 8, 5]);
        let second = attributes.document(1, Target::Archive);
        assert_eq!(attributes.reading_place(second), second);
    }

    #[test]
    fn a_library_without_archives_has_no_documents() {
        let attributes = Attributes::new([]);
        assert!(attributes.is_empty() && attributes.years.is_empty());
    }
}
