//! What a search found, as a file: a table ([`csv`]), or a printed list ([`list`]).
//!
//! Each takes the places as they are found, document by document, so that a hundred thousand of them need no memory.

pub mod csv;
pub mod list;

use std::io;

use crate::archive::{Archive, PhotoField, ReportField};
use crate::library::filter::{Choice, Dimension, Filter};
use crate::library::{Field, Target};
use crate::search::{Snippet, TextKind};
use crate::text::Words;

use super::citation::{Subject, cite};

/// Takes what was found, in the order of the list.
pub trait Results {
    /// The places that follow are this document's.
    fn document(&mut self, origin: &Origin<'_>) -> io::Result<()>;
    fn place(&mut self, field: Field, snippet: &Snippet) -> io::Result<()>;
}

/// What was searched for, and how much was found.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    pub query: &'a str,
    /// What was chosen, a line each: see [`chosen`].
    pub chosen: Vec<String>,
    pub hits: u64,
    pub documents: usize,
}

impl Head<'_> {
    fn title(&self, words: &Words) -> String {
        (words.results.title)(self.query.trim())
    }

    fn lines(&self, words: &Words) -> Vec<String> {
        let say = &words.results;
        let query = (say.line)(say.query, self.query.trim());
        let found = (say.line)(say.found, &(say.counts)(self.hits, self.documents));
        [query].into_iter().chain(self.chosen.iter().cloned()).chain([found]).collect()
    }
}

/// A filter in words, a line a dimension. `archive_title` says what an archive is called that a choice has the name of.
pub fn chosen(filter: &Filter, words: &Words, archive_title: impl Fn(&str) -> String) -> Vec<String> {
    let say = &words.results;
    let value = |choice: &Choice| match choice {
        Choice::Archive(name) => archive_title(name),
        Choice::Year(year) => year.to_string(),
        Choice::Kind(kind) => (say.kind)(*kind).to_owned(),
        Choice::Section(text) | Choice::Person(text) | Choice::Place(text) => text.clone(),
    };
    let mut lines: Vec<String> = Vec::new();
    for dimension in Dimension::ALL {
        let values: Vec<String> = filter.of(dimension).map(value).collect();
        if !values.is_empty() {
            lines.push((say.line)((say.dimension)(dimension), &(say.list)(&values)));
        }
    }
    if let Some(days) = filter.days {
        let [first, last] = days.ends().map(|day| day.map(|day| (words.date)(&day)));
        if first.is_some() || last.is_some() {
            lines.push((say.line)(say.days, &(say.range)(first.as_deref(), last.as_deref())));
        }
    }
    lines
}

/// Where a found document comes from.
#[derive(Clone, Debug)]
pub struct Origin<'a> {
    /// The title of its archive.
    pub archive: &'a str,
    /// The title of its report; empty for the archive itself.
    pub report: &'a str,
    /// When it was issued, or taken, as recorded.
    pub date: &'a str,
    /// The title of its section; empty where it has none.
    pub section: &'a str,
    pub kind: TextKind,
    /// How it is cited; for the archive itself its title.
    pub citation: String,
    /// Places in it.
    pub hits: usize,
}

impl<'a> Origin<'a> {
    pub fn of(archive: &'a Archive, target: Target, hits: usize) -> Self {
        let title = archive.title.as_str();
        let (report, section, kind, subject) = match target {
            Target::Archive => {
                let citation = title.to_owned();
                let (report, date, section) = ("", "", "");
                return Self { archive: title, report, date, section, kind: TextKind::Text, citation, hits };
            }
            Target::Report(id) => (id, None, TextKind::Text, Subject::Report(id)),
            Target::Section(id) => (archive.section(id).report, Some(id), TextKind::Text, Subject::Section(id)),
            Target::Photo(id) => {
                let photo = archive.photo(id);
                (photo.report, photo.section, TextKind::Caption, Subject::Photo(id))
            }
            Target::Figure(id) => {
                let section = archive.figure(id).section;
                (archive.section(section).report, Some(section), TextKind::Figure, Subject::Section(section))
            }
        };
        let report = archive.report(report);
        let taken = match target {
            Target::Photo(id) => archive.photo(id).about.iter().find(|(field, _)| *field == PhotoField::DateTaken),
            _ => None,
        };
        let issued = report.about(ReportField::DateIssued).unwrap_or_default();
        Self {
            archive: title,
            report: &report.title,
            date: taken.map_or(issued, |(_, date)| date),
            section: section.map_or("", |id| &archive.section(id).title),
            kind,
            citation: cite(archive, subject),
            hits,
        }
    }

    /// What heads its places in a list.
    fn heading(&self, words: &Words) -> String {
        let title = [self.section, self.report, self.archive].into_iter().find(|title| !title.trim().is_empty());
        let title =
            title.unwrap_or(words.untitled).trim_end_matches('。').split_whitespace().collect::<Vec<_>>().join(" ");
        match self.kind {
            TextKind::Text => title,
            kind => format!("{title} · {}", (words.results.kind)(kind)),
        }
    }
}

/// What stands before the match, the match, and what stands after it.
fn parts(snippet: &Snippet) -> [String; 3] {
    let Snippet { text, highlight, cut_front, cut_back } = snippet;
    let mark = |cut: bool| if cut { "…" } else { "" };
    let (before, after) = (&text[..highlight.start], &text[highlight.end..]);
    [mark(*cut_front).to_owned() + before, text[highlight.clone()].to_owned(), after.to_owned() + mark(*cut_back)]
}

/// What is said before a place that is not of the running text.
fn field_name(field: Field, words: &Words) -> String {
    match field {
        Field::Body => String::new(),
        field => (words.results.line)((words.field)(field), ""),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::archive::{Source, load_text};
    use crate::library::dates::Days;
    use crate::search::snippet;
    use crate::text::Language;
    use serde_json::json;

    /// Two documents with three places of 温泉.
    pub fn found(results: &mut impl Results) {
        let archive = sample();
        let section = archive.section_ids().next().expect("a section");
        let photo = archive.photo_ids().next().expect("a photo");
        results.document(&Origin::of(&archive, Target::Section(section), 2)).expect("memory");
        let body = "规划了温泉镇,“温泉”=好。";
        for start in [3, 8] {
            results.place(Field::Body, &snippet(body, start, start + 2, 4, 4)).expect("memory");
        }
        results.document(&Origin::of(&archive, Target::Photo(photo), 1)).expect("memory");
        results.place(Field::Caption, &snippet("温泉", 0, 2, 9, 9)).expect("memory");
    }

    pub fn head() -> Head<'static> {
        let choices = [Choice::Year(2017), Choice::Year(2018), Choice::Archive("w".to_owned())];
        let filter =
            Filter { choices: BTreeSet::from(choices), days: Some(Days { first: 20170901, last: Days::LATEST }) };
        let chosen = chosen(&filter, Language::ZhCn.words(), |name| format!("《{name}》"));
        Head { query: "温泉", chosen, hits: 3, documents: 2 }
    }

    fn sample() -> Archive {
        let text = json!({"format": 1, "title": "卷", "reports": [{"id": "r", "title": "报\n道", "creator": ["甲"],
            "date_issued": "2017-10", "sections": [{"id": "a", "title": "=一,“二”", "photo_ids": ["p"]}],
            "photos": [{"id": "p", "caption": "温泉", "date_taken": "2016"}],
            "figures": [{"label": "数", "value": 1.0, "unit": "亩", "section": "a", "quote": "x"}]}]});
        load_text(&text.to_string(), Source::Embedded).expect("an archive")
    }

    #[test]
    fn a_document_is_told_by_its_own_date_and_its_reports() {
        let archive = sample();
        let line = |target| {
            let Origin { archive, report, date, section, kind, citation, .. } = Origin::of(&archive, target, 1);
            format!("{archive}|{report}|{date}|{section}|{kind:?}|{citation}").replace('\n', "/")
        };
        let [report, section, photo, figure] =
            [1, 2, 3, 4].map(|n| crate::library::attributes::targets(&archive).nth(n).expect("a document"));
        assert_eq!(line(Target::Archive), "卷||||Text|卷");
        assert_eq!(line(report), "卷|报/道|2017-10||Text|甲. 报 道[N]. 2017-10.");
        assert_eq!(line(section), "卷|报/道|2017-10|=一,“二”|Text|甲. 报 道: =一,“二”[N]. 2017-10.");
        assert_eq!(line(photo), "卷|报/道|2016|=一,“二”|Caption|温泉[Z]. 2017-10.");
        assert_eq!(line(figure), "卷|报/道|2017-10|=一,“二”|Figure|甲. 报 道: =一,“二”[N]. 2017-10.");
    }

    #[test]
    fn what_was_chosen_is_said_a_line_a_dimension() {
        assert_eq!(head().chosen, ["卷宗：《w》", "年份：2017、2018", "日期：2017年9月1日以后"]);
        let days = |first, last| Filter { days: Some(Days { first, last }), ..Filter::default() };
        let said = |filter: &Filter| chosen(filter, Language::En.words(), str::to_owned).join("; ");
        assert_eq!(said(&days(Days::EARLIEST, Days::LATEST)), "");
        assert!(said(&days(Days::EARLIEST, 20170901)).starts_with("Dates: until "));
        assert_eq!(said(&Filter::default()), "");
    }
}
