//! How many of the documents that a query found have each value, to choose from.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::attributes::Description;
use super::filter::{Choice, Dimension, Sieve};
use super::values::{Lists, Texts};
use crate::search::TextKind;
use crate::search::engine::Posting;

/// What there is to choose among found documents. What is chosen in a dimension does not narrow its own values, so that
/// others can be chosen beside them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// Documents that were found and pass.
    pub documents: usize,
    /// Places in them.
    pub hits: u64,
    pub archives: Facet,
    pub sections: Facet,
    pub kinds: Facet,
    pub persons: Facet,
    pub places: Facet,
    pub timeline: Timeline,
}

/// The values of a dimension: those of most documents first, of equally many those that are read first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facet {
    pub values: Vec<Counted>,
    /// How many more values there are.
    pub more: usize,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Counted {
    pub choice: Choice,
    pub documents: u32,
    /// It is chosen; it is listed then even if no document has it.
    pub chosen: bool,
}

/// Found documents year by year. A document that may be of several years counts in each: so many are found when the
/// year is chosen.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Timeline {
    /// In order; years without documents are left out unless they are chosen.
    pub bars: Vec<Bar>,
    /// Documents whose date is not known, or only open at both ends.
    pub undated: u32,
    pub undated_hits: u64,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Bar {
    pub year: u32,
    pub documents: u32,
    /// Places in them.
    pub hits: u64,
    /// How many of the documents may be of another year as well.
    pub shared: u32,
    pub chosen: bool,
}

/// Documents by the numbers of their values.
struct Counts {
    archives: Vec<u32>,
    titles: Vec<u32>,
    kinds: Vec<u32>,
    person_lists: Vec<u32>,
    place_lists: Vec<u32>,
    dates: Vec<u32>,
    /// Places by the numbers of dates.
    hits: Vec<u64>,
}

impl Sieve<'_> {
    /// Counts what was `found`, with at most so many values of a dimension besides those that are chosen.
    pub fn facets(&self, found: impl IntoIterator<Item = Posting>, most: usize) -> Facets {
        let attributes = self.attributes;
        let mut counts = Counts {
            archives: vec![0; attributes.volumes.len()],
            titles: vec![0; attributes.titles.len()],
            kinds: vec![0; TextKind::ALL.len()],
            person_lists: vec![0; attributes.person_lists.len()],
            place_lists: vec![0; attributes.place_lists.len()],
            dates: vec![0; attributes.dates.len()],
            hits: vec![0; attributes.dates.len()],
        };
        let mut facets = Facets::default();
        for posting in found {
            let number = attributes.description_number(posting.document);
            let fails = self.fails(number);
            let description = &attributes.descriptions[number];
            if fails == 0 {
                facets.documents += 1;
                facets.hits += u64::from(posting.count);
                Dimension::ALL.into_iter().for_each(|dimension| counts.add(dimension, description, posting.count));
            } else if fails.is_power_of_two()
                && let Some(dimension) = Dimension::ALL.get(fails.trailing_zeros() as usize)
            {
                counts.add(*dimension, description, posting.count);
            }
        }
        let chosen = &self.chosen;
        let by_text = |counts: &[u32], chosen: &[bool], texts: &Texts, choice: fn(String) -> Choice| {
            // Number 0 is no text.
            facet(counts, chosen, 1, most, |number| choice(texts.text(number).to_owned()))
        };
        let name = |number: u32| Choice::Archive(attributes.volumes[number as usize].name.clone());
        facets.archives = facet(&counts.archives, &chosen.archives, 0, most, name);
        facets.kinds =
            facet(&counts.kinds, &chosen.kinds, 0, most, |number| Choice::Kind(TextKind::ALL[number as usize]));
        facets.sections = by_text(&counts.titles, &chosen.titles, &attributes.titles, Choice::Section);
        let persons = of_members(&counts.person_lists, &attributes.person_lists, attributes.persons.len());
        facets.persons = by_text(&persons, &chosen.persons, &attributes.persons, Choice::Person);
        let places = of_members(&counts.place_lists, &attributes.place_lists, attributes.places.len());
        facets.places = by_text(&places, &chosen.places, &attributes.places, Choice::Place);
        facets.timeline = self.timeline(&counts);
        facets
    }

    fn timeline(&self, counts: &Counts) -> Timeline {
        let (years, chosen) = (&self.attributes.years, &self.chosen.years);
        let first = chosen.first().map_or(years.start, |year| years.start.min(*year));
        let last = chosen.last().map_or(years.end, |year| years.end.max(*year + 1));
        let len = last.saturating_sub(first) as usize;
        // Differences from year to year; sums of them are the bars.
        let (mut documents, mut hits, mut shared) = (vec![0; len + 1], vec![0; len + 1], vec![0; len + 1]);
        let mut timeline = Timeline::default();
        let all = self.attributes.dates.iter().zip(counts.dates.iter().zip(&counts.hits));
        for (days, (with, places)) in all.filter(|(_, (with, _))| **with > 0) {
            let Some(days) = days else {
                timeline.undated += with;
                timeline.undated_hits += places;
                continue;
            };
            let (from, to) = days.years();
            let from = from.map_or(0, |year| year.saturating_sub(first) as usize).min(len);
            let to = to.map_or(len, |year| (year + 1).saturating_sub(first) as usize).clamp(from, len);
            let (with, places) = (i64::from(*with), i64::try_from(*places).unwrap_or(i64::MAX));
            let many = if days.years().0.is_some() && days.years().0 == days.years().1 { 0 } else { with };
            for (differences, step) in [(&mut documents, with), (&mut hits, places), (&mut shared, many)] {
                differences[from] += step;
                differences[to] -= step;
            }
        }
        let (mut sums, mut bars) = ([0i64; 3], Vec::new());
        for (year, i) in (first..last).zip(0..) {
            sums = [sums[0] + documents[i], sums[1] + hits[i], sums[2] + shared[i]];
            let chosen = chosen.contains(&year);
            if chosen || (sums[0] > 0 && years.contains(&year)) {
                let [documents, hits, shared] = sums.map(i64::unsigned_abs);
                bars.push(Bar { year, documents: documents as u32, hits, shared: shared as u32, chosen });
            }
        }
        timeline.bars = bars;
        timeline
    }
}

impl Counts {
    #[inline(always)]
    fn add(&mut self, dimension: Dimension, description: &Description, places: u32) {
        let counter = match dimension {
            Dimension::Archive => &mut self.archives[description.volume as usize],
            Dimension::Section => &mut self.titles[description.title as usize],
            Dimension::Kind => &mut self.kinds[description.kind as usize],
            Dimension::Person => &mut self.person_lists[description.persons as usize],
            Dimension::Place => &mut self.place_lists[description.places as usize],
            Dimension::Year => {
                self.hits[description.dates as usize] += u64::from(places);
                &mut self.dates[description.dates as usize]
            }
        };
        *counter += 1;
    }
}

/// Documents by the members of the lists that they have.
fn of_members(counts: &[u32], lists: &Lists, members: usize) -> Vec<u32> {
    let mut by_member = vec![0; members];
    for (documents, list) in counts.iter().zip(lists.iter()).filter(|(documents, _)| **documents > 0) {
        list.iter().for_each(|member| by_member[*member as usize] += documents);
    }
    by_member
}

/// The values from number `first` on that have documents or are chosen.
fn facet(counts: &[u32], chosen: &[bool], first: u32, most: usize, choice: impl Fn(u32) -> Choice) -> Facet {
    // The least of the listed ones on top.
    let mut listed: BinaryHeap<Reverse<(u32, Reverse<u32>)>> = BinaryHeap::new();
    let mut all = 0;
    for (number, documents) in (0..).zip(counts).skip(first as usize).filter(|(_, documents)| **documents > 0) {
        all += 1;
        if listed.len() < most {
            listed.push(Reverse((*documents, Reverse(number))));
        } else if let Some(mut least) = listed.peek_mut()
            && least.0.0 < *documents
        {
            *least = Reverse((*documents, Reverse(number)));
        }
    }
    let mut values: Vec<(Reverse<u32>, u32)> =
        listed.into_iter().map(|Reverse((documents, Reverse(number)))| (Reverse(documents), number)).collect();
    for (number, _) in (0..).zip(chosen).filter(|(_, chosen)| **chosen) {
        let documents = counts[number as usize];
        all += usize::from(documents == 0);
        if !values.contains(&(Reverse(documents), number)) {
            values.push((Reverse(documents), number));
        }
    }
    values.sort_unstable();
    let more = all - values.len();
    let counted = |(Reverse(documents), number): (Reverse<u32>, u32)| {
        let chosen = chosen.get(number as usize).is_some_and(|chosen| *chosen);
        Counted { choice: choice(number), documents, chosen }
    };
    Facet { values: values.into_iter().map(counted).collect(), more }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::library::attributes::Attributes;
    use crate::library::dates::Days;
    use crate::library::filter::Filter;
    use crate::library::testing::archive;
    use crate::library::values::count;

    /// A facet as `value:documents`, chosen ones with a star, `+n` for those that are not listed.
    fn line(facet: &Facet) -> String {
        let value = |choice: &Choice| match choice {
            Choice::Archive(text) | Choice::Section(text) | Choice::Person(text) | Choice::Place(text) => text.clone(),
            Choice::Kind(kind) => format!("{kind:?}"),
            Choice::Year(year) => year.to_string(),
        };
        let counted = facet.values.iter().map(|counted| {
            format!("{}:{}{}", value(&counted.choice), counted.documents, if counted.chosen { "*" } else { "" })
        });
        let more = (facet.more > 0).then(|| format!("+{}", facet.more));
        counted.chain(more).collect::<Vec<_>>().join(" ")
    }

    /// A timeline as `year:documents/places(shared)`, and what has no date.
    fn bars(timeline: &Timeline) -> String {
        let bars = timeline.bars.iter().map(|bar| {
            let star = if bar.chosen { "*" } else { "" };
            format!("{}:{}/{}({}){star}", bar.year, bar.documents, bar.hits, bar.shared)
        });
        let undated = format!("-:{}/{}", timeline.undated, timeline.undated_hits);
        bars.chain([undated]).collect::<Vec<_>>().join(" ")
    }

    fn sample() -> Value {
        json!([
            {"id": "a", "title": "甲", "date_issued": "2017-05", "people": ["刘廷跃", "赵一"], "places": ["温泉镇"],
             "sections": [{"id": "a1", "title": "经济"}, {"id": "a2", "title": "文化"}]},
            {"id": "b", "title": "乙", "date_issued": "2018/2019", "people": ["赵一"],
             "sections": [{"id": "b1", "title": "经济"}],
             "photos": [{"id": "p", "caption": "景", "date_taken": "2012", "place": "赵庄"}]},
            {"id": "c", "title": "丙"},
        ])
    }

    fn facets(choices: &[Choice], most: usize) -> Facets {
        let archive = archive(sample());
        let attributes = Attributes::new([("卷", &archive)]);
        let filter = Filter { choices: choices.iter().cloned().collect(), days: None };
        // Each document as many places as its number says.
        let found = (1..count(attributes.len())).map(|document| Posting { document, count: document });
        Sieve::new(&attributes, &filter, &[]).facets(found, most)
    }

    #[test]
    fn values_stand_with_those_of_most_documents_first() {
        let facets = facets(&[], 9);
        assert_eq!((facets.documents, facets.hits), (7, 28));
        assert_eq!(line(&facets.archives), "卷:7");
        assert_eq!(line(&facets.sections), "经济:2 乙:2 甲:1 文化:1 丙:1");
        assert_eq!(line(&facets.kinds), "Text:6 Caption:1");
        assert_eq!(line(&facets.persons), "赵一:6 刘廷跃:3");
        assert_eq!(line(&facets.places), "温泉镇:3 赵庄:1");
    }

    #[test]
    fn a_document_of_several_years_counts_in_each_and_one_without_a_date_apart() {
        assert_eq!(bars(&facets(&[], 9).timeline), "2012:1/7(0) 2017:3/10(0) 2018:2/8(2) 2019:2/8(2) -:1/3");
    }

    #[test]
    fn what_is_chosen_narrows_the_other_dimensions_alone() {
        let facets = facets(&[Choice::Person("刘廷跃".to_owned()), Choice::Year(2019)], 9);
        assert_eq!((facets.documents, facets.hits), (0, 0));
        assert_eq!(line(&facets.persons), "赵一:2 刘廷跃:0*");
        assert_eq!(bars(&facets.timeline), "2017:3/10(0) 2019:0/0(0)* -:0/0");
        assert_eq!(line(&facets.sections), "");
    }

    #[test]
    fn what_is_chosen_is_listed_though_only_a_few_values_are() {
        let wenhua = Choice::Section("文化".to_owned());
        assert_eq!(line(&facets(std::slice::from_ref(&wenhua), 1).sections), "经济:2 文化:1* +3");
        assert_eq!(line(&facets(std::slice::from_ref(&wenhua), 0).sections), "文化:1* +4");
        assert_eq!(bars(&facets(&[wenhua, Choice::Year(1990)], 1).timeline), "1990:0/0(0)* 2017:1/5(0) -:0/0");
    }

    #[test]
    fn times_open_at_one_end_count_in_the_years_that_some_date_names() {
        let reports = ["../2016", "2018/..", "2015", "2019"].iter().enumerate();
        let reports = reports.map(|(i, date)| json!({"id": format!("r{i}"), "title": "题", "date_issued": date}));
        let archive = archive(reports.collect());
        let attributes = Attributes::new([("x", &archive)]);
        let sieve = Sieve::new(&attributes, &Filter::default(), &[]);
        let found = (1..5).map(|document| Posting { document, count: 1 });
        assert_eq!(bars(&sieve.facets(found, 9).timeline), "2015:2/2(1) 2016:1/1(1) 2018:1/1(1) 2019:2/2(1) -:0/0");
    }

    fn any_reports() -> impl Strategy<Value = Value> {
        let date = prop::sample::select(vec!["", "2016", "2017-05", "2016/2018", "201X", "../2017", "2017/..", "?"]);
        let names = prop::collection::vec(prop::sample::select(vec!["赵一", "钱二", "孙三"]), 0..3);
        let places = prop::collection::vec(prop::sample::select(vec!["温泉镇", "赵庄"]), 0..2);
        let titles = prop::collection::vec(prop::sample::select(vec!["经济", "文化", "經濟", ""]), 0..3);
        let report = (date.clone(), names.clone(), places, titles, names, date);
        prop::collection::vec(report, 0..4).prop_map(|reports| {
            let report = |(i, (issued, people, places, titles, shown, taken)): (usize, _)| {
                let titles: Vec<&str> = titles;
                let sections = titles.iter().enumerate();
                let sections: Value =
                    sections.map(|(s, title)| json!({"id": format!("s{i}-{s}"), "title": title})).collect();
                json!({"id": format!("r{i}"), "title": "报", "date_issued": issued, "people": people, "places": places,
                    "sections": sections,
                    "photos": [{"id": format!("p{i}"), "caption": "图", "people": shown, "date_taken": taken}]})
            };
            reports.into_iter().enumerate().map(report).collect()
        })
    }

    fn any_choices() -> impl Strategy<Value = BTreeSet<Choice>> {
        let text =
            |choice: fn(String) -> Choice, texts: &[&str]| texts.iter().map(|t| choice((*t).to_owned())).collect();
        let all: [Vec<Choice>; 6] = [
            text(Choice::Archive, &["x", "y"]),
            [2016, 2017, 1999].map(Choice::Year).to_vec(),
            text(Choice::Section, &["经济", "文化", "报"]),
            TextKind::ALL.map(Choice::Kind).to_vec(),
            text(Choice::Person, &["赵一", "钱二"]),
            text(Choice::Place, &["温泉镇"]),
        ];
        prop::collection::btree_set(prop::sample::select(all.concat()), 0..4)
    }

    proptest! {
        /// A value counts as many documents as are found if it alone is chosen in its dimension.
        #[test]
        fn a_value_counts_what_choosing_it_finds(
            reports in [any_reports(), any_reports()],
            choices in any_choices(),
            days in proptest::option::of(Just(Days { first: 20170401, last: 20180101 })),
            every in 1usize..3,
        ) {
            let archives = reports.map(archive);
            let attributes = Attributes::new([("x", &archives[0]), ("y", &archives[1])]);
            let filter = Filter { choices, days };
            let found: Vec<Posting> = (0..count(attributes.len()))
                .step_by(every)
                .map(|document| Posting { document, count: document % 3 + 1 })
                .collect();
            let passing = |filter: &Filter| {
                let sieve = Sieve::new(&attributes, filter, &[]);
                let passing = found.iter().filter(|posting| sieve.accepts(posting.document));
                passing.fold((0, 0), |(documents, hits), posting| (documents + 1, hits + u64::from(posting.count)))
            };
            let alone = |choice: &Choice| {
                let mut filter = filter.clone();
                filter.clear(choice.dimension());
                filter.toggle(choice.clone());
                passing(&filter)
            };
            let facets = Sieve::new(&attributes, &filter, &[]).facets(found.iter().copied(), usize::MAX);
            prop_assert_eq!((facets.documents as u32, facets.hits), passing(&filter));
            let mut listed = BTreeSet::new();
            for facet in [&facets.archives, &facets.sections, &facets.kinds, &facets.persons, &facets.places] {
                for counted in &facet.values {
                    prop_assert_eq!(counted.documents, alone(&counted.choice).0, "{:?}", counted.choice);
                    prop_assert_eq!(counted.chosen, filter.choices.iter().any(|choice| choice.is(&counted.choice)));
                    listed.insert(counted.choice.clone());
                }
            }
            for bar in &facets.timeline.bars {
                let choice = Choice::Year(bar.year);
                prop_assert_eq!((bar.documents, bar.hits), alone(&choice), "{}", bar.year);
                prop_assert!(bar.shared <= bar.documents);
                prop_assert_eq!(bar.chosen, filter.choices.contains(&choice));
                listed.insert(choice);
            }
            // Nothing that could be chosen is left out.
            let persons = (0..count(attributes.len())).flat_map(|document| attributes.persons(document));
            let persons = persons.map(|name| Choice::Person(name.to_owned()));
            for choice in persons.chain((2010..2020).filter(|year| attributes.years.contains(year)).map(Choice::Year)) {
                prop_assert!(listed.contains(&choice) || alone(&choice).0 == 0, "{choice:?}");
            }
        }
    }
}
