//! Opening: one archive, or a folder of them.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::archive::folder::{Unread, archives_in, path_order};
use crate::archive::source::FILE_NAME;
use crate::archive::{Archive, ContentHash, LoadError, Problem, Source, load_bytes, read};
use crate::library::{Library, Volume};

/// Reads an archive or a folder of archives. Archives of `before` that have not changed are kept as they are. `watch` is
/// told how many archives of how many are read, and says whether to go on.
///
/// # Errors
/// Nothing could be opened, or the answer was not to go on. What could not be read beside others is in the library.
pub fn open(
    source: Source,
    before: Option<&Library>,
    watch: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Library, LoadError> {
    let volumes = before.map_or(&[][..], Library::volumes);
    let known: Known<'_> = volumes.iter().map(|volume| (volume.archive.source.path(), volume)).collect();
    match source.folder() {
        Some(folder) => open_folder(folder, &known, watch),
        None => {
            let source = source.resolved();
            let volume = read_volume(&source, &known)?;
            Library::of(source, vec![volume], Vec::new()).ok_or(LoadError::NotAnArchive)
        }
    }
}

/// Archives that were read before, by their files.
type Known<'a> = HashMap<Option<&'a Path>, &'a Arc<Volume>>;

fn open_folder(
    folder: PathBuf,
    known: &Known<'_>,
    watch: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Library, LoadError> {
    let listing = archives_in(&folder, &mut || watch(0, 0))?;
    let (all, mut unread) = (listing.files.len(), listing.unread);
    let mut volumes = Vec::with_capacity(all);
    for (done, path) in listing.files.into_iter().enumerate() {
        if watch(done, all).is_break() {
            return Err(LoadError::Cancelled);
        }
        match read_volume(&Source::File(path.clone()), known) {
            Ok(volume) => volumes.push(volume),
            // Other programs keep their own things in such files.
            Err(LoadError::NotAnArchive) if !path.ends_with(FILE_NAME) => {}
            Err(why) => unread.push(Unread { path, why }),
        }
    }
    unread.sort_by(|a, b| path_order(&a.path, &b.path));
    if volumes.is_empty() {
        let count = unread.len();
        return Err(match unread.into_iter().next() {
            Some(Unread { path, why }) => LoadError::NoneReadable { count, path, why: Box::new(why) },
            None => LoadError::NoArchives { folder },
        });
    }
    Library::of(Source::File(folder.clone()), volumes, unread).ok_or(LoadError::NoArchives { folder })
}

fn read_volume(source: &Source, known: &Known<'_>) -> Result<Arc<Volume>, LoadError> {
    let bytes = read(source)?;
    let unchanged = known
        .get(&source.path())
        .filter(|volume| volume.content == ContentHash::of(&bytes) && has_its_photos(&volume.archive));
    match unchanged {
        Some(volume) => Ok(Arc::clone(volume)),
        None => Ok(Arc::new(Volume::new(load_bytes(&bytes, source.clone())?))),
    }
}

/// Whether all photos were there when the archive was read, and are: else there is something new to tell of them.
fn has_its_photos(archive: &Archive) -> bool {
    use Problem::{Changed, PathOutside, PhotoMissing, PhotoUnreadable};
    let told = archive.diagnostics.iter().any(|diagnostic| {
        let of_photos = matches!(diagnostic.problem, PhotoMissing { .. } | PhotoUnreadable { .. } | Changed { .. });
        of_photos || matches!(diagnostic.problem, PathOutside { .. } | Problem::More { .. })
    });
    !told
        && archive.photos.iter().all(|photo| match &photo.file {
            None => true,
            Some(file) => {
                let found = archive.source.probe_photo(file);
                found.is_ok_and(|bytes| photo.bytes.is_none_or(|recorded| recorded == bytes))
            }
        })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn text(title: &str) -> String {
        format!(r#"{{"format": 1, "title": "{title}", "reports": [{{"id": "r", "title": "报道", "photos": []}}]}}"#)
    }

    fn write(folder: &Path, file: &str, text: &str) {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    fn go_on(_: usize, _: usize) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn open_at(path: &Path, before: Option<&Library>) -> Result<Library, LoadError> {
        open(Source::at(path), before, &mut go_on)
    }

    fn titles(library: &Library) -> Vec<&str> {
        library.volumes().iter().map(|volume| volume.archive.title.as_str()).collect()
    }

    #[test]
    fn a_folder_of_archives_is_opened_in_the_order_of_its_names() {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, title) in [("10/archive.json", "十"), ("2/archive.json", "二"), ("单.json", "单")] {
            write(folder.path(), file, &text(title));
        }
        write(folder.path(), "settings.json", r#"{"theme": "dark"}"#);
        let library = open_at(folder.path(), None).expect("a library");
        assert_eq!(titles(&library), ["二", "十", "单"]);
        assert_eq!(library.archive_ids().map(|id| library.name(id)).collect::<Vec<_>>(), ["2", "10", "单.json"]);
        assert!(library.unread.is_empty(), "what is no archive is left alone");
    }

    #[test]
    fn a_folder_with_an_archive_of_its_own_is_that_archive() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "archive.json", &text("自己"));
        write(folder.path(), "2017/archive.json", &text("别的"));
        let library = open_at(folder.path(), None).expect("an archive");
        assert_eq!(titles(&library), ["自己"]);
        assert_eq!(library.source, Source::File(folder.path().join("archive.json")));
    }

    #[test]
    fn what_cannot_be_read_costs_only_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "1/archive.json", &text("一"));
        write(folder.path(), "2/archive.json", "prose");
        write(folder.path(), "3/archive.json", r#"{"format": 1}"#);
        let library = open_at(folder.path(), None).expect("a library");
        assert_eq!(titles(&library), ["一"]);
        let unread: Vec<_> = library.unread.iter().map(|unread| (&unread.path, &unread.why)).collect();
        assert!(
            matches!(unread[..], [(two, LoadError::NotJson { .. }), (three, LoadError::NotAnArchive)]
                if two.ends_with("2/archive.json") && three.ends_with("3/archive.json")),
            "{unread:?}"
        );
    }

    #[test]
    fn a_folder_without_any_archive_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(open_at(folder.path(), None), Err(LoadError::NoArchives { .. })));
        write(folder.path(), "1/archive.json", "prose");
        write(folder.path(), "2/archive.json", "prose");
        assert!(matches!(open_at(folder.path(), None), Err(LoadError::NoneReadable { count: 2, .. })));
        assert!(matches!(open_at(&folder.path().join("no"), None), Err(LoadError::Io { .. })));
    }

    #[test]
    fn what_has_not_changed_is_kept_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["1", "2", "3"] {
            write(folder.path(), &format!("{name}/archive.json"), &text(name));
        }
        let photo = r#"{"format": 1, "title": "4", "reports": [{"id": "r", "title": "报道",
            "photos": [{"id": "p", "file": "p.jpg"}]}]}"#;
        write(folder.path(), "4/archive.json", photo);
        write(folder.path(), "4/p.jpg", "x");
        let before = open_at(folder.path(), None).expect("a library");
        let same = |library: &Library, before: &Library| -> Vec<bool> {
            let pairs = library.volumes().iter().zip(before.volumes());
            pairs.map(|(now, before)| Arc::ptr_eq(now, before)).collect()
        };
        let again = open_at(folder.path(), Some(&before)).expect("a library");
        assert_eq!(same(&again, &before), [true, true, true, true]);
        write(folder.path(), "2/archive.json", &text("二"));
        fs::remove_file(folder.path().join("4/p.jpg")).expect("removed");
        let changed = open_at(folder.path(), Some(&again)).expect("a library");
        assert_eq!(same(&changed, &again), [true, false, true, false]);
        assert_eq!((titles(&changed), changed.problems()), (vec!["1", "二", "3", "4"], 1));
        write(folder.path(), "4/p.jpg", "x");
        let mended = open_at(folder.path(), Some(&changed)).expect("a library");
        assert_eq!((same(&mended, &changed), mended.problems()), (vec![true, true, true, false], 0));
        fs::remove_dir_all(folder.path().join("1")).expect("removed");
        let fewer = open_at(folder.path(), Some(&mended)).expect("a library");
        assert!(Arc::ptr_eq(&fewer.volumes()[0], &mended.volumes()[1]), "known by its path, whatever its number");
    }

    #[test]
    fn reading_tells_how_far_it_is_and_stops_where_it_is_told_to() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["1", "2", "3"] {
            write(folder.path(), &format!("{name}/archive.json"), &text(name));
        }
        let mut told = Vec::new();
        let answer = open(Source::at(folder.path()), None, &mut |done, all| {
            told.push((done, all));
            if done == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(answer, Err(LoadError::Cancelled)));
        told.retain(|(_, all)| *all > 0);
        assert_eq!(told, [(0, 3), (1, 3)]);
    }
}
