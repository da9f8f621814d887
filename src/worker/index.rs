//! Indexes for a library that is large: opened if they were made before, else made.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::app::{JobEvent, LoadMonitor};
use crate::archive::ArchiveId;
use crate::index_files::{IndexFiles, key_of};
use crate::library::{Library, Volume};
use crate::search::engine::Engine as _;

/// Archives of so much folded text, or so many, are told of together.
const TOLD_BYTES: usize = 8 << 20;
const TOLD_ARCHIVES: usize = 256;

/// Gives each archive of the library its index, and tells of each as soon as it is there.
pub(super) fn run(
    generation: u64,
    library: &Library,
    monitor: &LoadMonitor,
    files: &IndexFiles,
    tell: &mut dyn FnMut(JobEvent),
) {
    let all: usize = library.volumes().iter().map(|volume| volume.engine.documents() as usize).sum();
    let mut done = 0;
    let mut volumes: Vec<(ArchiveId, Arc<Volume>)> = Vec::new();
    let mut bytes = 0;
    for id in library.archive_ids() {
        let volume = library.volume(id);
        let mut watch = |documents: u32| monitor.watch(done + documents as usize, all);
        if watch(0) == ControlFlow::Break(()) {
            break;
        }
        if !volume.indexed {
            let key = key_of(&*volume.engine);
            if let Some(index) = files.open(key).or_else(|| files.make(key, &*volume.engine, &mut watch)) {
                // The first search by pinyin would wait for what is made of the dictionary.
                index.characters(&mut |_, _| ());
                bytes += volume.engine.bytes();
                volumes.push((id, Arc::new(volume.with_index(index))));
            }
        }
        done += volume.engine.documents() as usize;
        if bytes >= TOLD_BYTES || volumes.len() >= TOLD_ARCHIVES {
            bytes = 0;
            tell(JobEvent::Indexed { generation, volumes: std::mem::take(&mut volumes) });
        }
    }
    if !volumes.is_empty() {
        tell(JobEvent::Indexed { generation, volumes });
    }
    tell(JobEvent::IndexingEnded { generation });
}
