//! Where the program writes.

use std::path::PathBuf;

const INDEX_FOLDER: &str = "indexes";

/// Where the program writes. What has no folder is forgotten when it ends.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    pub settings: Option<PathBuf>,
    /// Indexes of the search, which can be made again at any time.
    pub indexes: Option<PathBuf>,
}

impl Folders {
    /// Beside the program if a file named `portable` lies there, else where the system wants them.
    pub fn of_program() -> Self {
        let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
        match beside.filter(|folder| folder.join("portable").exists()) {
            Some(folder) => Self { indexes: Some(folder.join(INDEX_FOLDER)), settings: Some(folder) },
            None => directories::ProjectDirs::from("", "", "juanzong").map_or_else(Self::default, |dirs| Self {
                settings: Some(dirs.config_dir().to_owned()),
                indexes: Some(dirs.cache_dir().join(INDEX_FOLDER)),
            }),
        }
    }
}
