//! An archive's text to an [`Archive`]: whatever can be read is read, and each problem becomes a [`Diagnostic`].

use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use serde_json::Value;

use super::build::Builder;
use super::doubles::doubled_members;
use super::format::ArchiveFile;
use super::locate::{Path, line_of};
use super::model::Archive;
use super::reader::Reader;
use super::repair::repair;
use super::source::{BUNDLED_JSON, Source};
use super::{ContentHash, Diagnostic, Place, Problem, Severity, decode};

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

    let mut builder = Builder::new(source, reader);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Expected;
    use crate::archive::reader::MAX_DIAGNOSTICS;
    use crate::archive::{ReportField, SectionId};

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
