//! An archive's text to an [`Archive`]: whatever can be read is read, and each problem becomes a [`Diagnostic`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use crate::markdown::{self, Link, slug};

use super::doubles::doubled_members;
use super::format::{ArchiveFile, FigureFile, PhotoFile, ReportFile, SectionFile};
use super::locate::{Path, line_of};
use super::model::{Archive, Destination, Figure, Photo, PhotoField, Report, ReportField, Section};
use super::reader::Reader;
use super::repair::repair;
use super::source::{BUNDLED_JSON, PhotoError, RelativePath, Source};
use super::{ContentHash, Diagnostic, PhotoId, Place, Problem, ReportId, SectionId, Severity, decode};

/// Larger archive texts are refused: a county's whole record is about a tenth of it.
pub const MAX_ARCHIVE_BYTES: u64 = 1 << 30;

/// Why nothing could be opened.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{path}: {kind}")]
    Io { path: PathBuf, kind: std::io::ErrorKind },
    #[error("{path}: {bytes} bytes")]
    TooLarge { path: PathBuf, bytes: u64 },
    #[error("no text in a known encoding")]
    Encoding,
    #[error("no JSON: line {line}, column {column}")]
    NotJson { line: usize, column: usize },
    #[error("JSON, but no archive: `reports` is missing")]
    NotAnArchive,
    #[error("{folder}: no archive in it")]
    NoArchives { folder: PathBuf },
    /// Of a folder's archives none could be read; the first, and why not.
    #[error("{path}: {why}; so it is with all {count}")]
    NoneReadable { count: usize, path: PathBuf, why: Box<LoadError> },
    #[error("{path}: a link out of the folder")]
    LinkOutside { path: PathBuf },
    /// The folder has more archives than are opened together; the others were not read.
    #[error("{folder}: more than {limit} archives")]
    TooManyArchives { folder: PathBuf, limit: usize },
    /// With it, the archives of the folder would be larger than what is opened together.
    #[error("{path}: more than {limit_bytes} bytes together")]
    LibraryTooLarge { path: PathBuf, limit_bytes: u64 },
    /// Nobody waits for it any more.
    #[error("cancelled")]
    Cancelled,
}

/// Reads the archive at `source`.
pub fn load(source: Source) -> Result<Archive, LoadError> {
    let source = source.resolved();
    let bytes = read(&source)?;
    load_bytes(&bytes, source)
}

/// The bytes of an archive's file.
pub fn read(source: &Source) -> Result<Cow<'static, [u8]>, LoadError> {
    match source {
        Source::Embedded => Ok(Cow::Borrowed(BUNDLED_JSON.as_bytes())),
        Source::File(path) => read_archive(path).map(Cow::Owned),
    }
}

/// Reads an archive from its file's bytes; photos are looked for where `source` says.
pub fn load_bytes(bytes: &[u8], source: Source) -> Result<Archive, LoadError> {
    let decoded = decode::decode(bytes).ok_or(LoadError::Encoding)?;
    let mut archive = load_decoded(&decoded.text, ContentHash::of(bytes), source)?;
    if decoded.damaged {
        let at = decoded.text.find(char::REPLACEMENT_CHARACTER).map(|at| line_of(&decoded.text, at));
        let place = Place { line: at, path: String::new() };
        let problem = Problem::BadBytes;
        archive.diagnostics.insert(0, Diagnostic { severity: Severity::Error, place, problem });
    }
    Ok(archive)
}

fn read_archive(path: &std::path::Path) -> Result<Vec<u8>, LoadError> {
    let io = |e: std::io::Error| LoadError::Io { path: path.to_owned(), kind: e.kind() };
    let metadata = std::fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        // A pipe or device would never end.
        return Err(io(std::io::ErrorKind::InvalidInput.into()));
    }
    let too_large = |bytes| LoadError::TooLarge { path: path.to_owned(), bytes };
    if metadata.len() > MAX_ARCHIVE_BYTES {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(io)?.take(MAX_ARCHIVE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_ARCHIVE_BYTES { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// Reads an archive's text; photos are looked for where `source` says.
pub fn load_text(text: &str, source: Source) -> Result<Archive, LoadError> {
    load_decoded(text, ContentHash::of(text.as_bytes()), source)
}

fn load_decoded(text: &str, content: ContentHash, source: Source) -> Result<Archive, LoadError> {
    let not_json = |e: &serde_json::Error| LoadError::NotJson { line: e.line(), column: e.column() };
    let (root, repaired) = match serde_json::from_str::<Value>(text) {
        Ok(root) => (root, None),
        Err(error) => {
            let repaired = repair(text).ok_or_else(|| not_json(&error))?;
            (serde_json::from_str(&repaired.json).map_err(|_| not_json(&error))?, Some(repaired))
        }
    };
    let Value::Object(mut root) = root else { return Err(LoadError::NotAnArchive) };
    let Some(Value::Array(reports)) = root.remove("reports") else { return Err(LoadError::NotAnArchive) };

    let mut reader = Reader::default();
    let top = Path::default();
    let json = repaired.as_ref().map_or(text, |repaired| &repaired.json);
    for path in doubled_members(json).unwrap_or_default() {
        reader.tell(&path, Severity::Error, Problem::DoubledMember);
    }
    reader.version(&mut root, &top);
    reader.stand_in(&mut root, "title", "", &top);
    root.insert("reports".to_owned(), Value::Array(Vec::new()));
    let file: ArchiveFile = reader.object(root, &top).unwrap_or_default();

    let mut builder = Builder {
        source: Arc::new(source),
        reader,
        archive: ArchiveLists::default(),
        keys: Keys::default(),
        section_paths: Vec::new(),
    };
    builder.reports(reports, &top.key("reports"));
    builder.links();
    let Builder { source, reader, archive, .. } = builder;
    Ok(Archive {
        source,
        content,
        key: file.id,
        title: file.title,
        language: file.language,
        rights: file.rights,
        holder: file.holder,
        reports: archive.reports,
        sections: archive.sections,
        photos: archive.photos,
        figures: archive.figures,
        diagnostics: reader.into_diagnostics(text, repaired.as_ref()),
    })
}

#[derive(Default)]
struct ArchiveLists {
    reports: Vec<Report>,
    sections: Vec<Section>,
    photos: Vec<Photo>,
    figures: Vec<Figure>,
}

#[derive(Default)]
struct Keys {
    reports: UsedKeys,
    sections: UsedKeys,
    photos: UsedKeys,
}

/// Keys that were used, each with the number that its next double is given.
type UsedKeys = HashMap<String, usize>;

struct Builder {
    source: Arc<Source>,
    reader: Reader,
    archive: ArchiveLists,
    keys: Keys,
    /// Where each section stands in the file.
    section_paths: Vec<Path>,
}

impl Builder {
    fn reports(&mut self, reports: Vec<Value>, path: &Path) {
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
    fn links(&mut self) {
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

/// The members that are there, lists joined.
fn present<F: Copy + PartialEq>(
    fields: &[(F, &Option<String>)],
    lists: &[(F, &Vec<String>)],
    order: &[F],
) -> Vec<(F, String)> {
    let single = fields.iter().filter_map(|(field, value)| Some((*field, (*value).clone()?)));
    let joined = lists.iter().filter_map(|(field, list)| {
        let items: Vec<&str> = list.iter().map(String::as_str).filter(|item| !item.is_empty()).collect();
        (!items.is_empty()).then(|| (*field, items.join("、")))
    });
    let mut all: Vec<(F, String)> = single.chain(joined).collect();
    all.sort_by_key(|(field, _)| order.iter().position(|f| f == field));
    all
}

fn about_report(file: &ReportFile) -> Vec<(ReportField, String)> {
    use ReportField as F;
    present(
        &[
            (F::DateIssued, &file.date_issued),
            (F::DateNote, &file.date_note),
            (F::Newspaper, &file.newspaper),
            (F::Issue, &file.issue),
            (F::Page, &file.page),
            (F::ReferenceCode, &file.reference_code),
            (F::Summary, &file.summary),
            (F::AccessStatus, &file.access_status),
            (F::SecurityLevel, &file.security_level),
            (F::RetentionPeriod, &file.retention_period),
            (F::Language, &file.language),
            (F::Rights, &file.rights),
            (F::Holder, &file.holder),
            (F::SourceNote, &file.source_note),
        ],
        &[
            (F::Creator, &file.creator),
            (F::People, &file.people),
            (F::Places, &file.places),
            (F::Keywords, &file.keywords),
        ],
        ReportField::ALL,
    )
}

fn about_photo(file: &PhotoFile) -> Vec<(PhotoField, String)> {
    use PhotoField as F;
    present(
        &[
            (F::Event, &file.event),
            (F::DateTaken, &file.date_taken),
            (F::Place, &file.place),
            (F::Background, &file.background),
            (F::Photographer, &file.photographer),
            (F::ReferenceCode, &file.reference_code),
            (F::Subject, &file.subject),
            (F::Group, &file.group_id),
            (F::Rights, &file.rights),
            (F::Consent, &file.consent),
            (F::Notes, &file.notes),
        ],
        &[(F::People, &file.people), (F::SeeAlso, &file.see_also)],
        PhotoField::ALL,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Expected;
    use crate::archive::reader::MAX_DIAGNOSTICS;

    fn archive(text: &str) -> Archive {
        load_text(text, Source::Embedded).expect("an archive")
    }

    /// The archive of `text` has exactly these problems, each with its line and path.
    fn check(text: &str, expected: &[(usize, &str, Problem)]) -> Archive {
        let archive = archive(text);
        let found: Vec<_> = archive
            .diagnostics
            .iter()
            .map(|d| (d.place.line.unwrap_or(0), d.place.path.as_str(), d.problem.clone()))
            .collect();
        assert_eq!(found, expected, "{text}");
        archive
    }

    #[test]
    fn a_small_archive_is_read() {
        let archive = check(
            r#"{"$schema": "x", "format": 1, "title": "T", "reports": [{"id": "r", "title": "R", "creator": ["甲", "乙"],
               "sections": [{"id": "s", "title": "S", "body": "B"}],
               "figures": [{"label": "L", "value": 2.5, "unit": "亿元", "section": "s", "quote": "B"}]}]}"#,
            &[],
        );
        assert_eq!(archive.reports[0].about, [(ReportField::Creator, "甲、乙".to_owned())]);
        assert_eq!(archive.figures[0].section, SectionId::new(0));
    }

    #[test]
    fn a_member_that_stands_twice_is_told_of() {
        check(
            "{\"format\": 1, \"title\": \"T\", \"reports\": [{\"id\": \"r\", \"title\": \"R\", \"sections\": [\n\
             {\"id\": \"s\", \"title\": \"S\", \"body\": \"甲\",\n\"body\": \"乙\"}]}]}",
            &[(3, "reports[0].sections[0].body", Problem::DoubledMember)],
        );
    }

    #[test]
    fn wrong_members_are_named_with_their_line_and_the_rest_is_read() {
        let archive = check(
            "{\"format\": 1, \"title\": \"T\", \"reports\": [\n{\"id\": \"r\", \"title\": \"R\",\n\"titel\": 1,\n\
             \"creator\": \"甲\",\n\"sections\": [\n{\"id\": \"s\", \"title\": \"S\", \"kind\": \"box\"},\n7,\n\
             {\"title\": \"S2\"}]}]}",
            &[
                (3, "reports[0].titel", Problem::UnknownKey { key: "titel".into(), nearest: Some("title") }),
                (4, "reports[0].creator", Problem::WrongValue { expected: Expected::List }),
                (
                    6,
                    "reports[0].sections[0].kind",
                    Problem::WrongValue { expected: Expected::OneOf("one of article, sidebar, appendix".into()) },
                ),
                (7, "reports[0].sections[1]", Problem::WrongValue { expected: Expected::Object }),
                (8, "reports[0].sections[2]", Problem::Missing { key: "id" }),
            ],
        );
        assert_eq!(archive.sections.len(), 2);
        assert_eq!(archive.sections[1].key, "section-2");
    }

    #[test]
    fn every_kind_of_value_is_named_rightly() {
        let photo = |member: &str| {
            format!(
                r#"{{"format": 1, "title": "", "reports": [{{"id": "r", "title": "", "photos": [{{"id": "p", {member}, "file": "assets/photos/luogu.jpg"}}]}}]}}"#
            )
        };
        for (member, path, expected) in [
            (r#""caption": 5"#, "caption", Expected::Text),
            (r#""width": "wide""#, "width", Expected::Number),
            (r#""width": -1"#, "width", Expected::Number),
            (r#""people": {}"#, "people", Expected::List),
        ] {
            check(&photo(member), &[(1, &format!("reports[0].photos[0].{path}"), Problem::WrongValue { expected })]);
        }
    }

    #[test]
    fn references_and_ids_are_checked() {
        let text = r#"{"format": 1, "title": "T", "reports": [{"id": "r", "title": "R",
            "sections": [{"id": "s", "title": "S", "photo_ids": ["gone"]}, {"id": "s", "title": "again"}],
            "photos": [{"id": "p", "file": "../../etc/passwd"}, {"id": "q", "file": "not/here.jpg"}, {"id": "n"}],
            "figures": [{"label": "L", "value": 1, "unit": "户", "section": "nowhere", "quote": "q"}, {"label": "L"}]}]}"#;
        let archive = check(
            text,
            &[
                (2, "reports[0].sections[0].photo_ids[0]", Problem::Dangling { id: "gone".into() }),
                (2, "reports[0].sections[1].id", Problem::DuplicateId { id: "s".into(), renamed: "s-2".into() }),
                (3, "reports[0].photos[0].file", Problem::PathOutside { file: "../../etc/passwd".into() }),
                (3, "reports[0].photos[1].file", Problem::PhotoMissing { file: "not/here.jpg".into() }),
                (3, "reports[0].photos[2]", Problem::NoFile),
                (4, "reports[0].figures[0].section", Problem::Dangling { id: "nowhere".into() }),
                (4, "reports[0].figures[1]", Problem::ItemLeftOut { missing: Some("value".into()) }),
            ],
        );
        assert_eq!(archive.photos.len(), 3);
        assert!(archive.figures.is_empty());
    }

    #[test]
    fn versions_other_than_ours_open() {
        check(r#"{"format": 9, "title": "T", "reports": []}"#, &[(1, "format", Problem::NewerVersion { found: 9 })]);
        for odd in [r#""title": "T""#, r#""format": "1", "title": "T""#, r#""format": 0, "title": "T""#] {
            check(&format!("{{{odd}, \"reports\": []}}"), &[(1, "format", Problem::NoVersion)]);
        }
    }

    #[test]
    fn a_torn_file_opens_as_far_as_it_goes() {
        let whole = BUNDLED_JSON;
        let cut = &whole[..whole.find("\"guihua\"").expect("the third section")];
        let archive = archive(cut);
        assert_eq!(archive.sections.iter().filter(|s| !s.body.is_empty()).count(), 2);
        assert!(archive.diagnostics.iter().any(|d| d.problem == Problem::CutShort));
        assert_eq!(archive.diagnostics.iter().filter(|d| d.severity == Severity::Error).count(), 1);
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        let error = |text: &str| load_text(text, Source::Embedded).expect_err("no archive");
        assert!(matches!(error("hello"), LoadError::NotJson { line: 1, .. }));
        assert!(matches!(error("[1, 2]"), LoadError::NotAnArchive));
        assert!(matches!(error("{\"reports\": 5}"), LoadError::NotAnArchive));
    }

    #[test]
    fn thousands_of_problems_are_counted() {
        let sections = vec!["5"; 10_000].join(",");
        let archive = archive(&format!(
            "{{\"format\":1,\"title\":\"\",\"reports\":[{{\"id\":\"\",\"title\":\"\",\"sections\":[{sections}]}}]}}"
        ));
        assert_eq!(archive.diagnostics.len(), MAX_DIAGNOSTICS + 1);
        assert_eq!(archive.diagnostics.last().map(|d| d.problem.clone()), Some(Problem::More { count: 9_800 }));
    }
}
