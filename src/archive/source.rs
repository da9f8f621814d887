//! Where an archive's bytes come from: a folder, or the copy embedded in the program. Read-only.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// `archive.json` as bundled.
pub const BUNDLED_JSON: &str = include_str!("../../archive.json");

macro_rules! bundled {
    ($($path:literal),* $(,)?) => {
        const BUNDLED_FILES: &[(&str, &[u8])] = &[$(($path, include_bytes!(concat!("../../", $path)))),*];
    };
}

bundled!(
    "assets/photos/luogu.jpg",
    "assets/photos/zhaozhuang-youyuan.jpg",
    "assets/photos/ruyihu.jpg",
    "assets/photos/xiangmu-jianshe.jpg",
    "assets/photos/guangchengze.jpg",
    "assets/photos/qunzhong-wenhua.jpg",
);

/// The name that an archive's text has in its folder.
pub const FILE_NAME: &str = "archive.json";

/// Larger photo files are refused.
pub const MAX_PHOTO_BYTES: u64 = 256 << 20;

/// Where an archive was read from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Source {
    /// The copy inside the program.
    Embedded,
    /// `archive.json` (whatever its name) and its photos beside it.
    File(PathBuf),
}

/// A path inside the archive's folder: relative, without `..` or drive letters, with forward slashes.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct RelativePath(String);

/// Why a photo cannot be had.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PhotoError {
    #[error("no file")]
    Missing,
    #[error("leaves the archive's folder")]
    Outside,
    #[error("{bytes} bytes")]
    TooLarge { bytes: u64 },
    #[error("{width} × {height} pixels")]
    TooManyPixels { width: u32, height: u32 },
    #[error("no picture in a known format")]
    NotAPicture,
    #[error("damaged picture")]
    Damaged,
    #[error("{0}")]
    Io(std::io::ErrorKind),
}

impl PhotoError {
    /// Nothing is wrong with the picture itself: a share may come back, a stick be put in.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Missing | Self::Io(_))
    }
}

impl RelativePath {
    /// `None` where the path would leave the folder on any system. Backslashes are read as slashes.
    pub fn new(path: &str) -> Option<Self> {
        let path = path.replace('\\', "/");
        let inside = !path.is_empty()
            && !path.contains([':', '\0'])
            && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        inside.then_some(Self(path))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Source {
    /// The file or folder that a person named.
    pub fn at(path: &Path) -> Self {
        Self::File(path.to_owned())
    }

    /// The archive that is opened when none is named: the one beside the program, else the embedded one.
    pub fn default_for_program() -> Self {
        std::env::current_exe()
            .ok()
            .and_then(|program| Some(program.parent()?.join(FILE_NAME)))
            .filter(|path| path.is_file())
            .map_or(Self::Embedded, Self::File)
    }

    /// The same place, whatever the current folder will be; a folder stands for the `archive.json` in it.
    pub fn resolved(self) -> Self {
        let Self::File(path) = self else { return self };
        let path = std::path::absolute(&path).unwrap_or(path);
        Self::File(if path.is_dir() { path.join(FILE_NAME) } else { path })
    }

    /// The folder that was named, if no archive stands in it itself: then it may be one of archives.
    pub fn folder(&self) -> Option<PathBuf> {
        let Self::File(path) = self else { return None };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        (path.is_dir() && !path.join(FILE_NAME).exists()).then_some(path)
    }

    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Embedded => None,
            Self::File(path) => Some(path),
        }
    }

    /// The bytes of a photo.
    pub fn read_photo(&self, file: &RelativePath) -> Result<Cow<'static, [u8]>, PhotoError> {
        match self {
            Self::Embedded => embedded(file).map(Cow::Borrowed).ok_or(PhotoError::Missing),
            Self::File(archive) => {
                let path = resolve(archive, file)?;
                read_at_most(&path, MAX_PHOTO_BYTES).map(Cow::Owned)
            }
        }
    }

    /// Whether the photo's file is there, without reading it.
    pub fn probe_photo(&self, file: &RelativePath) -> Result<u64, PhotoError> {
        match self {
            Self::Embedded => embedded(file).map(|bytes| bytes.len() as u64).ok_or(PhotoError::Missing),
            Self::File(archive) => {
                let found = std::fs::metadata(resolve(archive, file)?).map_err(|e| PhotoError::Io(e.kind()))?;
                if found.is_file() { Ok(found.len()) } else { Err(PhotoError::Missing) }
            }
        }
    }
}

fn embedded(file: &RelativePath) -> Option<&'static [u8]> {
    BUNDLED_FILES.iter().find(|(path, _)| *path == file.as_str()).map(|(_, bytes)| *bytes)
}

/// The real path of a photo, which links may not lead out of the archive's folder.
fn resolve(archive: &Path, file: &RelativePath) -> Result<PathBuf, PhotoError> {
    let io = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => PhotoError::Missing,
        kind => PhotoError::Io(kind),
    };
    let folder = match archive.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = folder.canonicalize().map_err(io)?;
    let path = folder.join(file.as_str()).canonicalize().map_err(io)?;
    if path.starts_with(&folder) { Ok(path) } else { Err(PhotoError::Outside) }
}

fn read_at_most(path: &Path, limit: u64) -> Result<Vec<u8>, PhotoError> {
    let io = |e: std::io::Error| PhotoError::Io(e.kind());
    if !path.is_file() {
        return Err(PhotoError::Missing);
    }
    let file = File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit {
        let bytes = std::fs::metadata(path).map_or(limit, |m| m.len());
        return Err(PhotoError::TooLarge { bytes });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_folder() {
        for bad in
            ["", "/etc/passwd", "../x.jpg", "a/../../x.jpg", "a//b", "./a", "C:\\x.jpg", "c:x.jpg", "a\\..\\b", "a\0b"]
        {
            assert_eq!(RelativePath::new(bad), None, "{bad:?}");
        }
        for good in ["a.jpg", "a\\b.jpg", "照片/一 号.jpg", "a..b/c...jpg"] {
            assert!(RelativePath::new(good).is_some(), "{good:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let outside = tempfile::tempdir().expect("folder");
        std::fs::write(outside.path().join("secret.jpg"), "x").expect("write");
        let folder = tempfile::tempdir().expect("folder");
        std::os::unix::fs::symlink(outside.path().join("secret.jpg"), folder.path().join("a.jpg")).expect("link");
        let source = Source::at(folder.path()).resolved();
        let file = RelativePath::new("a.jpg").expect("inside");
        assert_eq!(source.read_photo(&file), Err(PhotoError::Outside));
        assert_eq!(source.probe_photo(&file), Err(PhotoError::Outside));
    }
}
