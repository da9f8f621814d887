//! What the attract loop shows, one after the other, from the archives themselves.

use crate::archive::{Archive, ArchiveId, FigureId, PhotoId, ReportId, SectionId};
use crate::library::Library;

/// One thing that is shown for a while.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    Title(ReportId),
    Photo(PhotoId),
    Figure(FigureId),
    Sentence { section: SectionId, text: String },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    pub archive: ArchiveId,
    pub subject: Subject,
}

/// What follows on what.
const CYCLE: [fn(&Archive, usize) -> Option<Subject>; 5] = [title, first_photo, figure, second_photo, sentence];

/// Sentences of that many characters can be read while they are shown.
const READABLE: std::ops::RangeInclusive<usize> = 12..=56;
/// Characters of a section in which a sentence is looked for.
const LOOKED_THROUGH: usize = 1200;

/// The `number`-th scene, without end; none if the library has nothing to show.
pub fn scene(library: &Library, number: u64) -> Option<Scene> {
    let number = number as usize;
    let (round, slot) = (number / CYCLE.len(), number % CYCLE.len());
    let archives: Vec<ArchiveId> = library.archive_ids().collect();
    let turn = |shift: usize| {
        let id = *archives.get((round + shift) % archives.len().max(1))?;
        let archive = library.archive(id);
        let round = round / archives.len();
        let subject = (0..CYCLE.len()).find_map(|other| CYCLE[(slot + other) % CYCLE.len()](archive, round))?;
        Some(Scene { archive: id, subject })
    };
    // A few archives without anything are passed over.
    (0..archives.len().min(8)).find_map(turn)
}

/// The `round`-th of them, over and over.
fn nth<T>(mut all: impl Iterator<Item = T> + Clone, round: usize) -> Option<T> {
    let count = all.clone().count();
    all.nth(round.checked_rem(count)?)
}

fn title(archive: &Archive, round: usize) -> Option<Subject> {
    let titled = |id: &ReportId| !archive.report(*id).title.trim().is_empty();
    nth(archive.report_ids().filter(titled).collect::<Vec<_>>().into_iter(), round).map(Subject::Title)
}

fn first_photo(archive: &Archive, round: usize) -> Option<Subject> {
    photo(archive, round * 2)
}

fn second_photo(archive: &Archive, round: usize) -> Option<Subject> {
    photo(archive, round * 2 + 1)
}

fn photo(archive: &Archive, round: usize) -> Option<Subject> {
    let there = |id: &PhotoId| archive.photo(*id).file.is_some();
    nth(archive.photo_ids().filter(there).collect::<Vec<_>>().into_iter(), round).map(Subject::Photo)
}

fn figure(archive: &Archive, round: usize) -> Option<Subject> {
    nth(archive.figure_ids().collect::<Vec<_>>().into_iter(), round).map(Subject::Figure)
}

fn sentence(archive: &Archive, round: usize) -> Option<Subject> {
    let sections: Vec<SectionId> = archive.section_ids().collect();
    // The next section where this one has no sentence that fits.
    (0..sections.len().min(8)).find_map(|shift| {
        let section = sections[(round + shift) % sections.len()];
        let text = archive.section(section).document.slice(0..LOOKED_THROUGH);
        let sentences: Vec<&str> = sentences(text).collect();
        let chosen = nth(sentences.iter(), round / sections.len())?;
        Some(Subject::Sentence { section, text: (*chosen).to_owned() })
    })
}

/// Whole sentences that can be read in passing.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let whole = |sentence: &&str| {
        let ends = sentence.ends_with(['。', '！', '？', '.', '!', '?']);
        ends && READABLE.contains(&sentence.chars().count())
    };
    let lines = text.lines().flat_map(|line| line.split_inclusive(['。', '！', '？']));
    lines.map(str::trim).filter(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load};

    #[test]
    fn whole_sentences_are_taken() {
        let text = "短句。温泉县文化馆组织了三百二十场演出，观众很多。\n没有完的话，后面还有很多字要写，可是断了\n";
        assert_eq!(sentences(text).collect::<Vec<_>>(), ["温泉县文化馆组织了三百二十场演出，观众很多。"]);
    }

    #[test]
    fn every_photo_and_figure_has_its_turn() {
        let library = Library::new(load(Source::Embedded).expect("the bundled archive"));
        let subjects: Vec<Subject> = (0..400).filter_map(|number| Some(scene(&library, number)?.subject)).collect();
        assert_eq!(subjects.len(), 400, "it never ends");
        let archive = library.archive(library.first());
        for photo in archive.photo_ids().filter(|photo| archive.photo(*photo).file.is_some()) {
            assert!(subjects.contains(&Subject::Photo(photo)), "{photo:?}");
        }
        for figure in archive.figure_ids().take(50) {
            assert!(subjects.contains(&Subject::Figure(figure)), "{figure:?}");
        }
        let sentences = |subject: &&Subject| matches!(subject, Subject::Sentence { .. });
        assert!(subjects.iter().filter(sentences).count() > 50);
    }

    #[test]
    fn an_archive_without_anything_has_no_scene() {
        let empty = r#"{"format": 1, "id": "e", "title": "", "reports": []}"#;
        let archive = crate::archive::load_text(empty, Source::Embedded).expect("an archive");
        assert_eq!(scene(&Library::new(archive), 3), None);
    }
}
