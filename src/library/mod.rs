//! The open archives and everything computed from them. Immutable, shared behind one `Arc`.

mod volume;

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::archive::folder::Unread;
use crate::archive::source::FILE_NAME;
use crate::archive::{Archive, ArchiveId, FigureId, PhotoField, PhotoId, ReportField, ReportId, SectionId, Source};
use crate::search::{Corpus, CorpusBuilder, FieldIndex, Query, Suggestion};

pub use volume::Volume;

/// Archives that are open together, at least one; mostly one.
#[derive(Debug)]
pub struct Library {
    /// What was opened, and is read again: an archive, or a folder of them.
    pub source: Source,
    /// In natural order of their paths.
    volumes: Vec<Arc<Volume>>,
    /// What of the folder was not opened.
    pub unread: Arc<[Unread]>,
    /// What the archives are called: a document each.
    names: Arc<Corpus>,
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
    pub archive: ArchiveId,
    pub place: FieldPlace,
    /// The text that it stands in.
    pub text: FieldIndex,
    /// Characters of that text.
    pub range: Range<usize>,
}

/// Hits that belong to one section, or to a report as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct HitGroup {
    pub archive: ArchiveId,
    pub heading: GroupHeading,
    pub hits: Vec<Hit>,
}

/// What of its archive a group belongs to.
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
    /// In the order of the archives, and of reading.
    pub groups: Vec<HitGroup>,
    /// Number of hits.
    pub count: usize,
    /// Where nothing was found: the nearest strings that do stand somewhere.
    pub suggestions: Vec<Suggestion>,
}

/// How many suggestions an empty result offers.
const SUGGESTIONS: usize = 6;
/// How many archives are asked for them: each takes about a millisecond, and the next search waits.
const ASKED_FOR_SUGGESTIONS: usize = 200;

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
        let mut names = CorpusBuilder::new();
        for volume in &volumes {
            names.document();
            names.field(&volume.archive.title);
            names.field(&name_in(&source, &volume.archive));
            let years: Vec<String> = volume.years.clone().into_iter().flatten().map(|year| year.to_string()).collect();
            names.field(&years.join(" "));
        }
        Self { names: Arc::new(names.build()), source, volumes, unread: unread.into() }
    }

    /// The same library with another volume in the place of one.
    pub fn with_volume(&self, id: ArchiveId, volume: Arc<Volume>) -> Self {
        let mut volumes = self.volumes.clone();
        volumes[id.index()] = volume;
        let (unread, names) = (Arc::clone(&self.unread), Arc::clone(&self.names));
        Self { source: self.source.clone(), volumes, unread, names }
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
    pub fn name(&self, id: ArchiveId) -> String {
        name_in(&self.source, self.archive(id))
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

    /// The archives whose title, place or years `query` finds.
    pub fn called(&self, query: &Query) -> Vec<ArchiveId> {
        let matches = self.names.search(query);
        let mut ids: Vec<ArchiveId> =
            matches.into_iter().map(|m| ArchiveId::new(self.names.document_of(m.field).index())).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Everything that `query` finds, in reading order.
    pub fn search(&self, query: &Query) -> Found {
        let mut found = Found::default();
        for id in self.archive_ids() {
            let matches = self.volume(id).corpus.search(query);
            found.count += matches.len();
            let mut hits: Vec<(GroupHeading, Hit)> = matches
                .into_iter()
                .map(|m| {
                    let place = self.volume(id).places[m.field.index()];
                    let hit = Hit { archive: id, place, text: m.field, range: m.start..m.end };
                    (heading(self.archive(id), place.target), hit)
                })
                .collect();
            hits.sort_by_key(|(heading, _)| reading_order(self.archive(id), *heading));
            for (heading, hit) in hits {
                match found.groups.last_mut() {
                    Some(group) if (group.archive, group.heading) == (id, heading) => group.hits.push(hit),
                    _ => found.groups.push(HitGroup { archive: id, heading, hits: vec![hit] }),
                }
            }
        }
        if found.count == 0 {
            found.suggestions = self.suggest(query);
        }
        found
    }

    /// The nearest strings of the first archives: what is best in some, most often found first.
    fn suggest(&self, query: &Query) -> Vec<Suggestion> {
        let mut ranked: Vec<(usize, Suggestion)> = Vec::new();
        for volume in self.volumes.iter().take(ASKED_FOR_SUGGESTIONS) {
            for (rank, suggestion) in volume.corpus.suggest(query, SUGGESTIONS).into_iter().enumerate() {
                match ranked.iter_mut().find(|(_, known)| known.text == suggestion.text) {
                    Some((best, known)) => {
                        *best = rank.min(*best);
                        known.count += suggestion.count;
                    }
                    None => ranked.push((rank, suggestion)),
                }
            }
        }
        ranked.sort_by_key(|(rank, suggestion)| (*rank, std::cmp::Reverse(suggestion.count)));
        ranked.into_iter().take(SUGGESTIONS).map(|(_, suggestion)| suggestion).collect()
    }

    /// The text that a hit stands in.
    pub fn text(&self, hit: &Hit) -> &str {
        self.volume(hit.archive).corpus.text(hit.text)
    }
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

fn heading(archive: &Archive, target: Target) -> GroupHeading {
    match target {
        Target::Archive => GroupHeading::Archive,
        Target::Report(id) => GroupHeading::Report(id),
        Target::Section(id) => GroupHeading::Section(id),
        Target::Photo(id) => match archive.photo(id).section {
            Some(section) => GroupHeading::Section(section),
            None => GroupHeading::Report(archive.photo(id).report),
        },
        Target::Figure(id) => GroupHeading::Section(archive.figure(id).section),
    }
}

/// The archive, then each report followed by its sections.
fn reading_order(archive: &Archive, heading: GroupHeading) -> (usize, usize) {
    match heading {
        GroupHeading::Archive => (0, 0),
        GroupHeading::Report(id) => (1 + id.index(), 0),
        GroupHeading::Section(id) => (1 + archive.section(id).report.index(), 1 + id.index()),
    }
}
