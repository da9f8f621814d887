//! The lists of an archive, from the members of its file.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use crate::markdown::{self, Link, slug};

use super::about::{about_photo, about_report};
use super::format::{FigureFile, PhotoFile, ReportFile, SectionFile};
use super::locate::Path;
use super::model::{Destination, Figure, Photo, Report, Section};
use super::reader::Reader;
use super::source::{PhotoError, RelativePath, Source};
use super::{PhotoId, Problem, ReportId, SectionId, Severity};

#[derive(Default)]
pub(super) struct ArchiveLists {
    pub reports: Vec<Report>,
    pub sections: Vec<Section>,
    pub photos: Vec<Photo>,
    pub figures: Vec<Figure>,
}

#[derive(Default)]
struct Keys {
    reports: UsedKeys,
    sections: UsedKeys,
    photos: UsedKeys,
}

/// Keys that were used, each with the number that its next double is given.
type UsedKeys = HashMap<String, usize>;

pub(super) struct Builder {
    pub source: Arc<Source>,
    pub reader: Reader,
    pub archive: ArchiveLists,
    keys: Keys,
    /// Where each section stands in the file.
    section_paths: Vec<Path>,
}

impl Builder {
    pub(super) fn new(source: Source, reader: Reader) -> Self {
        Self {
            source: Arc::new(source),
            reader,
            archive: ArchiveLists::default(),
            keys: Keys::default(),
            section_paths: Vec::new(),
        }
    }

    pub(super) fn reports(&mut self, reports: Vec<Value>, path: &Path) {
        for (mut object, path) in self.reader.objects(Some(Value::Array(reports)), path) {
            let [sections, photos, figures] =
                ["sections", "photos", "figures"].map(|key| (object.remove(key), path.key(key)));
            self.reader.stand_in(&mut object, "id", &format!("report-{}", self.archive.reports.len() + 1), &path);
            self.reader.stand_in(&mut object, "title", "", &path);
            let Some(file) = self.reader.object::<ReportFile>(object, &path) else { continue };
            let id = ReportId::new(self.archive.reports.len());
            let starts = (self.archive.sections.len(), self.archive.photos.len(), self.archive.figures.len());
            // Sections refer to photos, figures to sections: read in that order.
            self.photos(photos.0, &photos.1, id);
            self.sections(sections.0, &sections.1, id);
            self.figures(figures.0, &figures.1, starts.0);
            let key = unique(&mut self.keys.reports, file.id.clone(), &mut self.reader, &path);
            let about = about_report(&file);
            self.archive.reports.push(Report {
                key,
                title: file.title,
                subtitle: file.subtitle,
                kicker: file.kicker,
                byline: file.byline,
                closing: file.closing,
                about,
                sections: starts.0..self.archive.sections.len(),
                photos: starts.1..self.archive.photos.len(),
                figures: starts.2..self.archive.figures.len(),
            });
        }
    }

    fn photos(&mut self, list: Option<Value>, path: &Path, report: ReportId) {
        for (mut object, path) in self.reader.objects(list, path) {
            self.reader.stand_in(&mut object, "id", &format!("photo-{}", self.archive.photos.len() + 1), &path);
            let Some(photo) = self.reader.object::<PhotoFile>(object, &path) else { continue };
            let key = unique(&mut self.keys.photos, photo.id.clone(), &mut self.reader, &path);
            let file = self.photo_file(&photo, &path);
            self.archive.photos.push(Photo {
                report,
                section: None,
                key,
                kind: photo.kind,
                about: about_photo(&photo),
                title: photo.title,
                caption: photo.caption,
                alt: photo.alt,
                file,
                media_type: photo.media_type,
                dimensions: photo.width.zip(photo.height),
                bytes: photo.bytes,
                sha256: photo.sha256,
            });
        }
    }

    /// The photo's path, if it stays in the folder; says where the file is missing or of another size.
    fn photo_file(&mut self, photo: &PhotoFile, path: &Path) -> Option<RelativePath> {
        let Some(name) = photo.file.clone() else {
            self.reader.tell(path, Severity::Warning, Problem::NoFile);
            return None;
        };
        let path = path.key("file");
        let Some(file) = RelativePath::new(&name) else {
            self.reader.tell(&path, Severity::Error, Problem::PathOutside { file: name });
            return None;
        };
        match self.source.probe_photo(&file) {
            Ok(bytes) if photo.bytes.is_some_and(|recorded| recorded != bytes) => {
                self.reader.tell(&path, Severity::Warning, Problem::Changed { file: name });
            }
            Ok(_) => {}
            Err(PhotoError::Outside) => {
                self.reader.tell(&path, Severity::Error, Problem::PathOutside { file: name });
                return None;
            }
            Err(PhotoError::Missing) => {
                self.reader.tell(&path, Severity::Error, Problem::PhotoMissing { file: name });
            }
            Err(why) => self.reader.tell(&path, Severity::Error, Problem::PhotoUnreadable { file: name, why }),
        }
        Some(file)
    }

    fn sections(&mut self, list: Option<Value>, path: &Path, report: ReportId) {
        let photo_keys: HashMap<String, usize> =
            self.archive.photos.iter().enumerate().map(|(i, photo)| (photo.key.clone(), i)).collect();
        for (mut object, path) in self.reader.objects(list, path) {
            self.reader.stand_in(&mut object, "id", &format!("section-{}", self.archive.sections.len() + 1), &path);
            self.reader.stand_in(&mut object, "title", "", &path);
            let Some(section) = self.reader.object::<SectionFile>(object, &path) else { continue };
            let key = unique(&mut self.keys.sections, section.id.clone(), &mut self.reader, &path);
            let mut photos = Vec::new();
            for (i, id) in section.photo_ids.into_iter().enumerate() {
                match photo_keys.get(&id).map(|index| PhotoId::new(*index)) {
                    Some(photo) if photos.contains(&photo) => {}
                    Some(photo) => photos.push(photo),
                    // What could not be read has been told of.
                    None if id.is_empty() => {}
                    None => {
                        let path = path.key("photo_ids").index(i);
                        self.reader.tell(&path, Severity::Warning, Problem::Dangling { id });
                    }
                }
            }
            let id = SectionId::new(self.archive.sections.len());
            for photo in &photos {
                self.archive.photos[photo.index()].section.get_or_insert(id);
            }
            self.archive.sections.push(Section {
                report,
                key,
                title: section.title,
                title_supplied: section.title_supplied,
                kind: section.kind,
                document: markdown::parse(&section.body),
                body: section.body,
                destinations: Vec::new(),
                photos,
            });
            self.section_paths.push(path);
        }
    }

    /// Figures refer to the sections of their own report, which start at `first_section`.
    fn figures(&mut self, list: Option<Value>, path: &Path, first_section: usize) {
        for (object, path) in self.reader.objects(list, path) {
            let Some(figure) = self.reader.object::<FigureFile>(object, &path) else { continue };
            let sections = &self.archive.sections[first_section..];
            let Some(index) = sections.iter().position(|section| section.key == figure.section) else {
                let path = path.key("section");
                self.reader.tell(&path, Severity::Error, Problem::Dangling { id: figure.section });
                continue;
            };
            let section = SectionId::new(first_section + index);
            let quote_range = find_chars(&self.archive.sections[section.index()].document.plain, &figure.quote);
            if quote_range.is_none() {
                self.reader.tell(&path.key("quote"), Severity::Warning, Problem::QuoteNotFound);
            }
            self.archive.figures.push(Figure {
                label: figure.label,
                value: figure.value,
                unit: figure.unit,
                approximate: figure.approximate,
                section,
                quote: figure.quote,
                quote_range,
            });
        }
    }

    /// Resolves the links of all texts, which may lead to any report's sections and photos.
    pub(super) fn links(&mut self) {
        let by_key = |keys: Vec<&str>| -> HashMap<String, usize> {
            keys.into_iter().enumerate().map(|(i, key)| (key.to_owned(), i)).collect()
        };
        let sections = by_key(self.archive.sections.iter().map(|s| s.key.as_str()).collect());
        let photos = by_key(self.archive.photos.iter().map(|p| p.key.as_str()).collect());
        for (section, path) in self.archive.sections.iter_mut().zip(&self.section_paths) {
            let document = &section.document;
            let headings = document.heading_slugs();
            let footnotes = document.footnote_blocks();
            section.destinations = document
                .links
                .iter()
                .map(|link| {
                    let (found, written) = match link {
                        Link::Section(key) => {
                            (sections.get(key).map(|i| Destination::Section(SectionId::new(*i))), key)
                        }
                        Link::Photo(key) => (photos.get(key).map(|i| Destination::Photo(PhotoId::new(*i))), key),
                        Link::Heading(text) => (headings.get(&slug(text)).copied().map(Destination::Block), text),
                        Link::Footnote(number) => {
                            return footnotes.get(number).copied().map_or(Destination::Nowhere, Destination::Block);
                        }
                        Link::Outside(url) => return Destination::Outside(url.clone()),
                    };
                    found.unwrap_or_else(|| {
                        let problem = Problem::Dangling { id: written.clone() };
                        self.reader.tell(&path.key("body"), Severity::Warning, problem);
                        Destination::Nowhere
                    })
                })
                .collect();
        }
    }
}

/// Where `quote` stands in `text`, in characters.
fn find_chars(text: &str, quote: &str) -> Option<Range<usize>> {
    let start = text[..text.find(quote)?].chars().count();
    Some(start..start + quote.chars().count())
}

/// `key`, or where it was used before, a new one made from it.
fn unique(used: &mut UsedKeys, key: String, reader: &mut Reader, path: &Path) -> String {
    let Some(next) = used.get_mut(&key) else {
        used.insert(key.clone(), 2);
        return key;
    };
    let mut number = *next;
    while used.contains_key(&format!("{key}-{number}")) {
        number += 1;
    }
    let renamed = format!("{key}-{number}");
    used.insert(key.clone(), number + 1);
    used.insert(renamed.clone(), 2);
    let problem = Problem::DuplicateId { id: key, renamed: renamed.clone() };
    reader.tell(&path.key("id"), Severity::Warning, problem);
    renamed
}
