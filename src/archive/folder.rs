//! A folder of archives (years, villages, departments): which files of it are to be read.
//!
//! They are the `archive.json` of its folders, and other JSON files directly in it. A folder that is an archive is not
//! looked into: what lies below belongs to it.

use std::cmp::Ordering;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::LoadError;
use super::load::MAX_ARCHIVE_BYTES;
use super::source::FILE_NAME;

/// More archives than these are not opened together.
pub const MAX_ARCHIVES: usize = 10_000;
/// Archives that are larger than this together are not opened together.
pub const MAX_BYTES: u64 = MAX_ARCHIVE_BYTES;
/// How far below the folder an archive's own folder may lie.
const MAX_DEPTH: usize = 3;

/// Something of the folder that may be an archive and was not opened.
#[derive(Debug)]
pub struct Unread {
    pub path: PathBuf,
    pub why: LoadError,
}

/// What of a folder is to be read.
#[derive(Debug, Default)]
pub struct Listing {
    /// In natural order of their paths.
    pub files: Vec<PathBuf>,
    pub unread: Vec<Unread>,
}

/// Lists a folder's archives. `go_on` is asked again and again.
///
/// # Errors
/// The folder cannot be listed, or the answer was not to go on.
pub fn archives_in(folder: &Path, go_on: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Listing, LoadError> {
    let io = |e: io::Error| LoadError::Io { path: folder.to_owned(), kind: e.kind() };
    let real = folder.canonicalize().map_err(io)?;
    fs::read_dir(folder).map_err(io)?;
    let mut walk = Walk { top: folder, real, listing: Listing::default(), bytes: 0, full: false, go_on };
    walk.look_into(folder, 0)?;
    Ok(walk.listing)
}

struct Walk<'a> {
    top: &'a Path,
    /// The top without links.
    real: PathBuf,
    listing: Listing,
    bytes: u64,
    full: bool,
    go_on: &'a mut dyn FnMut() -> ControlFlow<()>,
}

impl Walk<'_> {
    /// Lists what is in a folder that lies `depth` below the top.
    fn look_into(&mut self, folder: &Path, depth: usize) -> Result<(), LoadError> {
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(e) => {
                self.leave_out(folder, LoadError::Io { path: folder.to_owned(), kind: e.kind() });
                return Ok(());
            }
        };
        let named = |entry: fs::DirEntry| (entry.file_name().to_string_lossy().into_owned(), entry);
        let mut entries: Vec<_> = entries.into_iter().map(named).collect();
        entries.sort_by(|(a, _), (b, _)| natural_order(a, b));
        for (name, entry) in entries {
            if (self.go_on)().is_break() {
                return Err(LoadError::Cancelled);
            }
            if self.full {
                return Ok(());
            }
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            let is_json = depth == 0 && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
            if name.starts_with('.') {
                continue;
            } else if kind.is_symlink() {
                // What a link inside the folder leads to is met at its own place.
                let archive = path.join(FILE_NAME);
                if archive.is_file() {
                    self.tell_of_link(&archive);
                } else if is_json {
                    self.tell_of_link(&path);
                }
            } else if kind.is_file() && is_json {
                self.add(path);
            } else if kind.is_dir() && depth < MAX_DEPTH {
                let archive = path.join(FILE_NAME);
                match fs::symlink_metadata(&archive).map(|found| found.file_type()) {
                    Ok(found) if found.is_file() => self.add(archive),
                    Ok(found) if found.is_symlink() => self.tell_of_link(&archive),
                    _ => self.look_into(&path, depth + 1)?,
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf) {
        let bytes = fs::metadata(&path).map_or(0, |found| found.len());
        if self.listing.files.len() == MAX_ARCHIVES {
            self.full = true;
            let folder = self.top.to_owned();
            self.leave_out(self.top, LoadError::TooManyArchives { folder, limit: MAX_ARCHIVES });
        } else if self.bytes.saturating_add(bytes) > MAX_BYTES {
            self.leave_out(&path.clone(), LoadError::LibraryTooLarge { path, limit_bytes: MAX_BYTES });
        } else {
            self.bytes += bytes;
            self.listing.files.push(path);
        }
    }

    fn tell_of_link(&mut self, path: &Path) {
        if path.canonicalize().is_ok_and(|real| !real.starts_with(&self.real)) {
            self.leave_out(path, LoadError::LinkOutside { path: path.to_owned() });
        }
    }

    fn leave_out(&mut self, path: &Path, why: LoadError) {
        self.listing.unread.push(Unread { path: path.to_owned(), why });
    }
}

/// The order in which people look for names: numbers by their value, letters whatever their case.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a, b);
    loop {
        match (x.chars().next(), y.chars().next()) {
            // What differs in zeros or case alone still has an order.
            (None, None) => return a.cmp(b),
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(p), Some(q)) if p.is_ascii_digit() && q.is_ascii_digit() => {
                let ((number, rest), (other, other_rest)) = (number(x), number(y));
                match number.len().cmp(&other.len()).then(number.cmp(other)) {
                    Ordering::Equal => (x, y) = (rest, other_rest),
                    unequal => return unequal,
                }
            }
            (Some(p), Some(q)) => match p.to_lowercase().cmp(q.to_lowercase()) {
                Ordering::Equal => (x, y) = (&x[p.len_utf8()..], &y[q.len_utf8()..]),
                unequal => return unequal,
            },
        }
    }
}

/// The digits that a text begins with, without leading zeros, and what follows.
fn number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

/// [`natural_order`], folder by folder.
pub fn path_order(a: &Path, b: &Path) -> Ordering {
    let (mut x, mut y) = (a.components(), b.components());
    loop {
        match (x.next(), y.next()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(p), Some(q)) => {
                let [p, q] = [p, q].map(|part| part.as_os_str().to_string_lossy().into_owned());
                match natural_order(&p, &q) {
                    Ordering::Equal => {}
                    unequal => return unequal,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn listing(folder: &Path) -> Listing {
        archives_in(folder, &mut || ControlFlow::Continue(())).expect("a listing")
    }

    /// The folder with these files, each with a few bytes in it, lists these.
    fn check(files: &[&str], expected: &[&str]) {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, "{}").expect("a file");
        }
        let listing = listing(folder.path());
        let inside = |path: &PathBuf| {
            let parts = path.strip_prefix(folder.path()).expect("inside").components();
            parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        };
        assert_eq!(listing.files.iter().map(inside).collect::<Vec<_>>(), expected);
        assert!(listing.unread.is_empty());
    }

    #[test]
    fn archives_stand_in_folders_and_directly_in_the_folder() {
        check(&["2017/archive.json", "2016/archive.json"], &["2016/archive.json", "2017/archive.json"]);
        check(&["b.json", "a/archive.json", "c.JSON"], &["a/archive.json", "b.json", "c.JSON"]);
        check(&["a/other.json", "a/b/other.json"], &[]);
        check(&[".git/archive.json", ".x.json", "notes.txt"], &[]);
    }

    #[test]
    fn numbers_stand_in_their_order() {
        check(&["10.json", "9.json", "第2期.json", "第10期.json"], &["9.json", "10.json", "第2期.json", "第10期.json"]);
    }

    #[test]
    fn archives_may_lie_three_folders_deep() {
        check(&["1/2/3/archive.json", "1/2/4/5/archive.json"], &["1/2/3/archive.json"]);
    }

    #[test]
    fn an_archives_own_folder_is_not_looked_into() {
        check(&["a/archive.json", "a/b/archive.json", "a/photos/x.jpg"], &["a/archive.json"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_are_told_of_and_links_inside_do_not_double() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().expect("a folder");
        fs::write(outside.path().join("archive.json"), "{}").expect("a file");
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("a")).expect("a folder");
        fs::create_dir(at("d")).expect("a folder");
        fs::write(at("a/archive.json"), "{}").expect("a file");
        symlink(outside.path(), at("b")).expect("a link");
        symlink(at("a"), at("c")).expect("a link");
        symlink(outside.path().join("archive.json"), at("d/archive.json")).expect("a link");
        symlink(outside.path().join("archive.json"), at("e.json")).expect("a link");
        symlink(outside.path().join("nothing"), at("f.json")).expect("a link");
        symlink(folder.path(), at("g")).expect("a link");
        let listing = listing(folder.path());
        assert_eq!(listing.files, [at("a/archive.json")]);
        let told: Vec<_> = listing.unread.iter().map(|unread| unread.path.clone()).collect();
        assert_eq!(told, [at("b/archive.json"), at("d/archive.json"), at("e.json")]);
        assert!(listing.unread.iter().all(|unread| matches!(unread.why, LoadError::LinkOutside { .. })));
    }

    #[test]
    fn whoever_no_longer_waits_is_not_kept_waiting() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.json", "b.json", "c.json"] {
            fs::write(folder.path().join(name), "{}").expect("a file");
        }
        let mut asked = 0;
        let answer = archives_in(folder.path(), &mut || {
            asked += 1;
            if asked == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(answer, Err(LoadError::Cancelled)));
        assert_eq!(asked, 2);
    }

    #[test]
    fn names_are_ordered_as_people_look_for_them() {
        let ordered = ["", "02", "2", "10", "A", "a", "a2b", "a10", "B1", "b2", "村2", "村10", "村10a"];
        for (i, a) in ordered.iter().enumerate() {
            for (j, b) in ordered.iter().enumerate() {
                assert_eq!(natural_order(a, b), i.cmp(&j), "{a:?} {b:?}");
            }
        }
        let [deep, shallow] = ["a/b.json", "a b.json"].map(Path::new);
        assert_eq!(path_order(deep, shallow), Ordering::Less, "folder by folder");
    }

    proptest! {
        #[test]
        fn the_order_is_an_order(a in "[a1B0 2村]{0,6}", b in "[a1B0 2村]{0,6}", c in "[a1B0 2村]{0,6}") {
            let order = natural_order;
            prop_assert_eq!(order(&a, &b), order(&b, &a).reverse());
            prop_assert_eq!(order(&a, &b) == Ordering::Equal, a == b);
            if order(&a, &b).is_le() && order(&b, &c).is_le() {
                prop_assert!(order(&a, &c).is_le());
            }
        }
    }
}
