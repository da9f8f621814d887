//! The open archives and everything computed from them. Immutable, shared behind one `Arc`.

pub mod attributes;
pub mod dates;
pub mod facets;
pub mod filter;
pub mod fingers;
pub mod order;
mod search;
#[cfg(test)]
pub(crate) mod testing;
mod values;
mod volume;

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::archive::folder::Unread;
use crate::archive::source::FILE_NAME;
use crate::archive::{Archive, ArchiveId, FigureId, PhotoField, PhotoId, ReportField, ReportId, SectionId, Source};
use crate::search::engine::{Engine as _, Joined, Scan, ScanBuilder};
use crate::search::fold::fold_char;
use crate::search::{CancelToken, Lexicon, Query, Written, evaluate};
use attributes::Attributes;

pub use search::{Basis, Candidates, First, Found, GroupHeading, Hit, HitGroup, Request};
pub use volume::Volume;

/// Folded text of a library that is worth an index: a scan of less takes about a millisecond.
const LARGE_BYTES: usize = 16 << 20;
/// Folded text in which is looked first: less is looked through in a few milliseconds.
const FIRST_BYTES: usize = 8 << 20;
/// So many times as much text is worth looking into its beginning first.
const WORTH_BEGINNING: u32 = 2;

/// Archives that are open together, at least one; mostly one.
#[derive(Clone, Debug)]
pub struct Library {
    /// What was opened, and is read again: an archive, or a folder of them.
    pub source: Source,
    /// In natural order of their paths.
    volumes: Arc<[Arc<Volume>]>,
    /// What of the folder was not opened.
    pub unread: Arc<[Unread]>,
    /// What the archives are called: a document each.
    names: Arc<Scan>,
    /// Where each archive lies in the folder: by this a filter knows it.
    called: Arc<[String]>,
    /// The archives in the order of these.
    by_call: Arc<[ArchiveId]>,
    /// The documents of all archives.
    engine: Joined,
    /// The first of them alone, where there are many.
    beginning: Option<Joined>,
    attributes: Arc<Attributes>,
    /// What is likely meant by pinyin: titles, persons, places, keywords.
    favoured: Arc<[String]>,
    /// Made when it is first asked for.
    lexicon: Arc<OnceLock<Lexicon>>,
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

impl From<Archive> for Library {
    fn from(archive: Archive) -> Self {
        Self::new(archive)
    }
}

impl Library {
    /// A library of one archive.
    pub fn new(archive: Archive) -> Self {
        let source = Source::clone(&archive.source);
        Self::with(source, vec![Arc::new(Volume::new(archive))], Vec::new())
    }

    /// The archives of `source`; `None` if there are none.
    pub fn of(source: Source, volumes: Vec<Arc<Volume>>, unread: Vec<Unread>) -> Option<Self> {
        (!volumes.is_empty()).then(|| Self::with(source, volumes, unread))
    }

    fn with(source: Source, volumes: Vec<Arc<Volume>>, unread: Vec<Unread>) -> Self {
        let mut names = ScanBuilder::default();
        for volume in &volumes {
            names.document();
            let years: Vec<String> = volume.years.clone().into_iter().flatten().map(|year| year.to_string()).collect();
            for text in [&volume.archive.title, &name_in(&source, &volume.archive), &years.join(" ")] {
                names.text(text.chars().map(fold_char));
            }
        }
        let called: Vec<String> = volumes.iter().map(|volume| name_in(&source, &volume.archive)).collect();
        let described = called.iter().zip(&volumes).map(|(name, volume)| (name.as_str(), &*volume.archive));
        let attributes = Arc::new(Attributes::new(described));
        let mut by_call: Vec<ArchiveId> = (0..called.len()).map(ArchiveId::new).collect();
        by_call.sort_by_key(|id| &called[id.index()]);
        let favoured = attributes.favoured(volumes.iter().map(|volume| &*volume.archive));
        let engine = joined(&volumes);
        Self {
            names: Arc::new(names.build()),
            beginning: beginning(&engine),
            engine,
            attributes,
            favoured: favoured.into(),
            lexicon: Arc::default(),
            called: called.into(),
            by_call: by_call.into(),
            source,
            volumes: volumes.into(),
            unread: unread.into(),
        }
    }

    /// The same library with other volumes of the same archives in the place of some.
    pub fn with_volumes(&self, others: Vec<(ArchiveId, Arc<Volume>)>) -> Self {
        let mut volumes = self.volumes.to_vec();
        for (id, volume) in others {
            volumes[id.index()] = volume;
        }
        let engine = joined(&volumes);
        Self { beginning: beginning(&engine), engine, volumes: volumes.into(), ..self.clone() }
    }

    /// What `look` finds in the library; `None`, and soon, if the token is cancelled before that is known.
    pub fn unless_cancelled<T>(&self, token: &CancelToken, look: impl FnOnce(&Self) -> T) -> Option<T> {
        let beginning = self.beginning.as_ref().map(|beginning| beginning.until(token));
        let found = look(&Self { engine: self.engine.until(token), beginning, ..self.clone() });
        // What was found before the end of it is not all that there is.
        (!token.is_cancelled()).then_some(found)
    }

    pub fn volumes(&self) -> &[Arc<Volume>] {
        &self.volumes
    }

    pub fn volume(&self, id: ArchiveId) -> &Arc<Volume> {
        &self.volumes[id.index()]
    }

    pub fn archive(&self, id: ArchiveId) -> &Archive {
        &self.volume(id).archive
    }

    pub fn archive_ids(&self) -> impl DoubleEndedIterator<Item = ArchiveId> + use<> {
        (0..self.volumes.len()).map(ArchiveId::new)
    }

    /// The archive that is opened when none is named.
    pub fn first(&self) -> ArchiveId {
        ArchiveId::new(0)
    }

    /// Whether there is anything to choose from.
    pub fn has_several(&self) -> bool {
        self.volumes.len() > 1
    }

    /// The archive whose file is `path`; the embedded one has none.
    pub fn archive_at(&self, path: Option<&Path>) -> Option<ArchiveId> {
        self.volumes.iter().position(|volume| volume.archive.source.path() == path).map(ArchiveId::new)
    }

    /// Where an archive lies in the folder that was opened, with slashes; empty for an archive that was opened itself.
    pub fn name(&self, id: ArchiveId) -> &str {
        &self.called[id.index()]
    }

    /// The archive that lies there.
    pub fn archive_called(&self, name: &str) -> Option<ArchiveId> {
        let place = self.by_call.binary_search_by_key(&name, |id| self.name(*id)).ok()?;
        Some(self.by_call[place])
    }

    /// What the library is called: its folder's name, or its only archive's title.
    pub fn title(&self) -> Cow<'_, str> {
        match self.source.path().and_then(Path::file_name) {
            Some(name) if self.has_several() => name.to_string_lossy(),
            _ => Cow::Borrowed(&self.archive(self.first()).title),
        }
    }

    /// Number of problems: of the archives, and of what could not be opened.
    pub fn problems(&self) -> usize {
        let of_archives: usize = self.volumes.iter().map(|volume| volume.archive.diagnostics.len()).sum();
        of_archives + self.unread.len()
    }

    /// Whether there is so much text that reading through it for each search takes time that is felt, and some of it has
    /// no index yet.
    pub fn wants_indexes(&self) -> bool {
        let bytes: usize = self.volumes.iter().map(|volume| volume.engine.bytes()).sum();
        bytes >= LARGE_BYTES && self.volumes.iter().any(|volume| !volume.indexed)
    }

    /// The archives whose title, place or years `query` finds.
    pub fn called(&self, query: &Query) -> Vec<ArchiveId> {
        let found = evaluate(query, &*self.names);
        found.documents.iter().map(|with| ArchiveId::new(with.document as usize)).collect()
    }

    /// The text that a hit stands in, as it is written.
    pub fn text(&self, hit: &Hit) -> &str {
        volume::text_at(self.archive(hit.archive), hit.place)
    }

    /// What a document of the engine is.
    fn target(&self, document: u32) -> (ArchiveId, Target) {
        let (archive, target) = self.attributes.target(document);
        (ArchiveId::new(archive), target)
    }

    /// What a text of a document is.
    fn place(&self, document: u32, text: usize) -> (ArchiveId, FieldPlace) {
        let (archive, target) = self.target(document);
        let first = self.attributes.document(archive.index(), Target::Archive);
        debug_assert_eq!(self.volume(archive).place(document - first, text).target, target);
        (archive, self.volume(archive).place(document - first, text))
    }
}

impl Written for Library {
    fn written(&self, document: u32, text: usize) -> &str {
        let (archive, place) = self.place(document, text);
        volume::text_at(self.archive(archive), place)
    }
}

fn joined(volumes: &[Arc<Volume>]) -> Joined {
    Joined::new(volumes.iter().map(|volume| Arc::clone(&volume.engine)))
}

fn beginning(engine: &Joined) -> Option<Joined> {
    engine.beginning(FIRST_BYTES).filter(|first| engine.documents() / first.documents().max(1) >= WORTH_BEGINNING)
}

/// Where an archive lies in what was opened.
fn name_in(source: &Source, archive: &Archive) -> String {
    let inside = |folder: &Path, path: &Path| -> Option<String> {
        let inside = path.strip_prefix(folder).ok()?;
        let inside = if inside.ends_with(FILE_NAME) { inside.parent()? } else { inside };
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    };
    source.path().zip(archive.source.path()).and_then(|(folder, path)| inside(folder, path)).unwrap_or_default()
}
