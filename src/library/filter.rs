//! What is chosen beside the query: which archives, years, sections, kinds, persons and places.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::attributes::{Attributes, Description};
use super::dates::Days;
use super::values::Lists;
use crate::search::fold::fold;
use crate::search::{Demand, Restriction, TextKind};

/// What documents are sorted by to choose from them.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Dimension {
    Archive,
    Year,
    Section,
    Kind,
    Person,
    Place,
}

impl Dimension {
    pub const ALL: [Self; 6] = [Self::Archive, Self::Year, Self::Section, Self::Kind, Self::Person, Self::Place];

    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Set where a document is not of the days that are chosen.
const DAYS: u8 = 1 << 6;
/// Set where a document is not what the query demands.
const DEMANDS: u8 = 1 << 7;

/// A value that is chosen.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
pub enum Choice {
    /// By the name that the archive was given in [`Attributes::new`].
    Archive(String),
    Year(u32),
    /// The title of the section, or of the report for what is in no section.
    Section(String),
    Kind(TextKind),
    Person(String),
    Place(String),
}

impl Choice {
    pub fn dimension(&self) -> Dimension {
        match self {
            Self::Archive(_) => Dimension::Archive,
            Self::Year(_) => Dimension::Year,
            Self::Section(_) => Dimension::Section,
            Self::Kind(_) => Dimension::Kind,
            Self::Person(_) => Dimension::Person,
            Self::Place(_) => Dimension::Place,
        }
    }

    /// Whether both choose the same, however it is written.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Section(a), Self::Section(b))
            | (Self::Person(a), Self::Person(b))
            | (Self::Place(a), Self::Place(b)) => fold(a) == fold(b),
            _ => self == other,
        }
    }
}

/// All that is chosen. A document must have one of the values chosen in each dimension in which any is chosen, and be
/// of the days. A document of several years, or of an uncertain one, is of each year that it may be of.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    pub choices: BTreeSet<Choice>,
    pub days: Option<Days>,
}

impl Filter {
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty() && self.days.is_none()
    }

    /// Takes a choice in, or out if it is there.
    pub fn toggle(&mut self, choice: Choice) {
        let before = self.choices.len();
        self.choices.retain(|chosen| !chosen.is(&choice));
        if self.choices.len() == before {
            self.choices.insert(choice);
        }
    }

    /// Takes out what is chosen in a dimension.
    pub fn clear(&mut self, dimension: Dimension) {
        self.choices.retain(|choice| choice.dimension() != dimension);
    }

    pub fn of(&self, dimension: Dimension) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(move |choice| choice.dimension() == dimension)
    }
}

/// A filter and the demands of a query, ready for many documents.
#[derive(Debug)]
pub struct Sieve<'a> {
    pub(super) attributes: &'a Attributes,
    /// By description: a bit for each dimension, the days, and the demands that it fails.
    fails: Vec<u8>,
    pub(super) chosen: Chosen,
}

/// The chosen values of each dimension, by their numbers; empty where none is chosen.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub archives: Vec<bool>,
    pub years: BTreeSet<u32>,
    pub titles: Vec<bool>,
    pub kinds: Vec<bool>,
    pub persons: Vec<bool>,
    pub places: Vec<bool>,
}

impl<'a> Sieve<'a> {
    pub fn new(attributes: &'a Attributes, filter: &Filter, demands: &[Demand]) -> Self {
        let chosen = Chosen::new(attributes, filter);
        let mut sieve = Self { attributes, fails: vec![0; attributes.descriptions.len()], chosen };
        sieve.choices();
        if let Some(days) = filter.days {
            sieve.test(DAYS, false, &of_days(attributes, days), |d| [d.dates; 2]);
        }
        demands.iter().for_each(|demand| sieve.demand(demand));
        sieve
    }

    /// Whether a document has what was chosen and is what is demanded.
    pub fn accepts(&self, document: u32) -> bool {
        self.fails(self.attributes.description_number(document)) == 0
    }

    pub(super) fn fails(&self, description: usize) -> u8 {
        self.fails[description]
    }

    /// Notes the `bit` for descriptions of which neither value `holds`, or, if `negative`, one does.
    fn test(&mut self, bit: u8, negative: bool, holds: &[bool], values: impl Fn(&Description) -> [u32; 2]) {
        for (fails, description) in self.fails.iter_mut().zip(&self.attributes.descriptions) {
            let [a, b] = values(description);
            if (holds[a as usize] || holds[b as usize]) == negative {
                *fails |= bit;
            }
        }
    }

    fn choices(&mut self) {
        let attributes = self.attributes;
        let chosen = std::mem::take(&mut self.chosen);
        if !chosen.archives.is_empty() {
            self.test(Dimension::Archive.bit(), false, &chosen.archives, |d| [d.volume; 2]);
        }
        if !chosen.years.is_empty() {
            let of_year = |days: Days| chosen.years.iter().any(|year| days.overlaps(Days::of_year(*year)));
            let holds: Vec<bool> = attributes.dates.iter().map(|days| days.is_some_and(of_year)).collect();
            self.test(Dimension::Year.bit(), false, &holds, |d| [d.dates; 2]);
        }
        if !chosen.titles.is_empty() {
            self.test(Dimension::Section.bit(), false, &chosen.titles, |d| [d.title; 2]);
        }
        if !chosen.kinds.is_empty() {
            self.test(Dimension::Kind.bit(), false, &chosen.kinds, |d| [d.kind as u32; 2]);
        }
        if !chosen.persons.is_empty() {
            let holds = any_of(&attributes.person_lists, &chosen.persons);
            self.test(Dimension::Person.bit(), false, &holds, |d| [d.persons; 2]);
        }
        if !chosen.places.is_empty() {
            let holds = any_of(&attributes.place_lists, &chosen.places);
            self.test(Dimension::Place.bit(), false, &holds, |d| [d.places; 2]);
        }
        self.chosen = chosen;
    }

    fn demand(&mut self, demand: &Demand) {
        let attributes = self.attributes;
        let (bit, negative) = (DEMANDS, demand.negative);
        match &demand.restriction {
            Restriction::Archive(text) => {
                let titles = attributes.volumes.iter().map(|volume| fold(&volume.title));
                let holds: Vec<bool> = titles.map(|title| title.contains(text.as_str())).collect();
                self.test(bit, negative, &holds, |d| [d.volume; 2]);
            }
            Restriction::Section(text) => {
                self.test(bit, negative, &attributes.titles.holding(text), |d| [d.title, d.report_title]);
            }
            Restriction::Person(text) => {
                let holds = any_of(&attributes.person_lists, &attributes.persons.holding(text));
                self.test(bit, negative, &holds, |d| [d.persons; 2]);
            }
            Restriction::Place(text) => {
                let holds = any_of(&attributes.place_lists, &attributes.places.holding(text));
                self.test(bit, negative, &holds, |d| [d.places; 2]);
            }
            Restriction::Kind(kind) => {
                self.test(bit, negative, &TextKind::ALL.map(|other| other == *kind), |d| [d.kind as u32; 2]);
            }
            Restriction::Dates(dates) => {
                let days = Days { first: *dates.start(), last: *dates.end() };
                self.test(bit, negative, &of_days(attributes, days), |d| [d.dates; 2]);
            }
        }
    }
}

impl Chosen {
    fn new(attributes: &Attributes, filter: &Filter) -> Self {
        let mut chosen = Self::default();
        for choice in &filter.choices {
            // A value that no document has leaves its table without a true one, and nothing passes.
            let (table, len, numbers): (&mut Vec<bool>, usize, Vec<usize>) = match choice {
                Choice::Year(year) => {
                    chosen.years.insert(*year);
                    continue;
                }
                Choice::Archive(name) => {
                    let named = |(number, _): &(usize, _)| attributes.volumes[*number].name == *name;
                    let numbers = attributes.volumes.iter().enumerate().filter(named).map(|(number, _)| number);
                    (&mut chosen.archives, attributes.volumes.len(), numbers.collect())
                }
                Choice::Kind(kind) => (&mut chosen.kinds, TextKind::ALL.len(), vec![*kind as usize]),
                Choice::Section(text) | Choice::Person(text) | Choice::Place(text) => {
                    let (table, texts) = match choice {
                        Choice::Section(_) => (&mut chosen.titles, &attributes.titles),
                        Choice::Person(_) => (&mut chosen.persons, &attributes.persons),
                        _ => (&mut chosen.places, &attributes.places),
                    };
                    let number = texts.find(text).filter(|number| *number != 0);
                    (table, texts.len(), number.map(|number| number as usize).into_iter().collect())
                }
            };
            table.resize(len, false);
            numbers.into_iter().for_each(|number| table[number] = true);
        }
        chosen
    }
}

/// For each list whether one of its members is among those that hold.
fn any_of(lists: &Lists, holding: &[bool]) -> Vec<bool> {
    lists.iter().map(|list| list.iter().any(|number| holding[*number as usize])).collect()
}

/// For each date whether it may be one of the days.
fn of_days(attributes: &Attributes, wanted: Days) -> Vec<bool> {
    attributes.dates.iter().map(|days| days.is_some_and(|days| days.overlaps(wanted))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Archive;
    use crate::library::testing::archive;
    use serde_json::json;

    fn sample() -> [Archive; 2] {
        let wenquan = archive(json!([
            {"id": "a", "title": "甲報", "date_issued": "2017-09/2017-10", "people": ["刘廷跃"], "places": ["温泉镇", "赵庄"],
             "sections": [{"id": "a1", "title": "经济"}, {"id": "a2", "title": "文化"}],
             "figures": [{"label": "数", "value": 1.0, "unit": "亩", "section": "a2", "quote": "x"}]},
            {"id": "b", "title": "乙报", "date_issued": "199X", "people": ["赵一", "钱二"]},
        ]));
        let undated = archive(json!([{"id": "c", "title": "丙报", "photos": [{"id": "p", "caption": "无"}]}]));
        [wenquan, undated]
    }

    /// The documents that pass, as the marks of `D` (archive), `A`, `1`, `2`, `F` (figure), `B` and of the second
    /// archive `d`, `C`, `P`.
    fn passing(filter: &Filter, demands: &[Demand]) -> String {
        let archives = sample();
        let attributes = Attributes::new([("x", &archives[0]), ("y", &archives[1])]);
        let sieve = Sieve::new(&attributes, filter, demands);
        (0u32..).zip("DAB12FdCP".chars()).filter(|(document, _)| sieve.accepts(*document)).map(|(_, c)| c).collect()
    }

    #[track_caller]
    fn check(choices: &[Choice], expected: &str) {
        let filter = Filter { choices: choices.iter().cloned().collect(), days: None };
        assert_eq!(passing(&filter, &[]), expected, "{choices:?}");
    }

    fn person(name: &str) -> Choice {
        Choice::Person(name.to_owned())
    }

    fn place(name: &str) -> Choice {
        Choice::Place(name.to_owned())
    }

    fn section(title: &str) -> Choice {
        Choice::Section(title.to_owned())
    }

    #[test]
    fn nothing_chosen_keeps_everything() {
        check(&[], "DAB12FdCP");
    }

    #[test]
    fn one_value_of_each_dimension() {
        check(&[Choice::Archive("y".to_owned())], "dCP");
        check(&[Choice::Year(2017)], "A12F");
        check(&[Choice::Year(1995)], "B");
        check(&[section("文化")], "2F");
        check(&[section("丙报")], "CP");
        check(&[Choice::Kind(TextKind::Figure)], "F");
        check(&[person("钱二")], "B");
        check(&[place("赵庄")], "A12F");
    }

    #[test]
    fn values_of_a_dimension_add_up_and_dimensions_narrow() {
        check(&[person("钱二"), person("刘廷跃")], "AB12F");
        check(&[person("钱二"), person("刘廷跃"), section("经济")], "1");
        check(&[Choice::Year(1990), Choice::Year(2017), Choice::Kind(TextKind::Text)], "AB12");
    }

    #[test]
    fn values_are_the_same_however_they_are_written() {
        check(&[section("經濟")], "1");
        check(&[section("甲报")], "A");
    }

    #[test]
    fn what_no_document_has_keeps_nothing() {
        check(&[person("无人")], "");
        check(&[person("无人"), person("赵一")], "B");
        check(&[Choice::Archive("z".to_owned())], "");
        check(&[Choice::Year(1900)], "");
        check(&[section("")], "");
    }

    #[test]
    fn a_choice_is_taken_in_and_out() {
        let mut filter = Filter::default();
        filter.toggle(Choice::Year(2017));
        filter.toggle(person("赵一"));
        filter.toggle(Choice::Year(2017));
        filter.toggle(section("經濟"));
        filter.toggle(section("经济"));
        assert_eq!(filter.of(Dimension::Year).count(), 0);
        assert_eq!(filter.of(Dimension::Person).collect::<Vec<_>>(), [&person("赵一")]);
        filter.clear(Dimension::Person);
        assert!(filter.is_empty());
    }

    #[test]
    fn days_keep_what_may_be_of_them() {
        for (first, last, expected) in [
            (20170930, 20170930, "A12F"),
            (20171101, 20171231, ""),
            (19991231, 20170901, "AB12F"),
            (Days::EARLIEST, 19900101, "B"),
        ] {
            let filter = Filter { days: Some(Days { first, last }), ..Filter::default() };
            assert_eq!(passing(&filter, &[]), expected, "{first}-{last}");
        }
    }

    #[test]
    fn demands_of_the_query() {
        let text = |text: &str| text.to_owned();
        for (restriction, with, without) in [
            (Restriction::Archive(text("t")), "DAB12FdCP", ""),
            (Restriction::Section(text("经")), "1", "DAB2FdCP"),
            (Restriction::Section(text("甲报")), "A12F", "DBdCP"),
            (Restriction::Person(text("廷")), "A12F", "DBdCP"),
            (Restriction::Place(text("庄")), "A12F", "DBdCP"),
            (Restriction::Kind(TextKind::Caption), "P", "DAB12FdC"),
            (Restriction::Dates(19950101..=19951231), "B", "DA12FdCP"),
        ] {
            let demand = |negative| Demand { restriction: restriction.clone(), negative };
            assert_eq!(passing(&Filter::default(), &[demand(false)]), with, "{restriction:?}");
            assert_eq!(passing(&Filter::default(), &[demand(true)]), without, "not {restriction:?}");
        }
    }

    #[test]
    fn demands_narrow_each_other_and_what_is_chosen() {
        let demand = |restriction| Demand { restriction, negative: false };
        let demands = [demand(Restriction::Person("廷".to_owned())), demand(Restriction::Kind(TextKind::Text))];
        assert_eq!(passing(&Filter::default(), &demands), "A12");
        let filter = Filter { choices: BTreeSet::from([section("文化")]), days: None };
        assert_eq!(passing(&filter, &demands), "2");
    }
}
