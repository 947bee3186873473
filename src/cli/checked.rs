//! Files that a first look has read and checked, and found nothing to do to: their texts and what was found, for
//! whoever needs them next.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::jobs::Task;
use crate::request_files::FileReport;

/// As much text is kept. Files beyond that are read again.
const MOST_KEPT: usize = 16 << 20;

/// A file as it was read.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) text: String,
    pub(super) file: FileReport,
}

/// Checked files by their paths.
#[derive(Debug, Default)]
pub(super) struct CheckedFiles(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    files: FxHashMap<PathBuf, Checked>,
    bytes: usize,
}

impl CheckedFiles {
    /// Keeps a file, if there is room.
    pub(super) fn keep(&self, task: &Task, text: String, file: FileReport) {
        let Some(path) = &task.input.path else { return };
        let mut kept = self.lock();
        if kept.bytes + text.len() <= MOST_KEPT {
            kept.bytes += text.len();
            kept.files.insert(path.clone(), Checked { text, file });
        }
    }

    /// Gives a file away.
    pub(super) fn take(&self, task: &Task) -> Option<Checked> {
        self.lock().files.remove(task.input.path.as_ref()?)
    }

    /// Forgets what leads to one of these files, whose paths are whole and without links.
    pub(super) fn forget(&self, changed: &HashSet<PathBuf>) {
        if changed.is_empty() {
            return;
        }
        let mut folders: FxHashMap<PathBuf, Option<PathBuf>> = FxHashMap::default();
        self.lock().files.retain(|path, _| {
            let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            if !folders.contains_key(folder) {
                folders.insert(folder.to_owned(), fs::canonicalize(folder).ok());
            }
            let Some(Some(folder)) = folders.get(folder) else { return false };
            !changed.contains(&folder.join(name)) && !path.is_symlink()
        });
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
