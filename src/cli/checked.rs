//! Files that a first look has read and checked, and found nothing to do to: their texts and what was found, for
//! whoever needs them next.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::input::Input;
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
    /// Texts that files had before they were mended.
    replaced: FxHashSet<String>,
}

impl CheckedFiles {
    /// Keeps a file, if there is room.
    pub(super) fn keep(&self, input: &Input, text: &str, file: FileReport) {
        let mut kept = self.lock();
        if !input.is_stdin && kept.bytes + text.len() <= MOST_KEPT {
            kept.bytes += text.len();
            kept.files.insert(input.path.clone(), Checked { text: text.to_owned(), file });
        }
    }

    /// Tells that a file of this text has been replaced. It may have been kept too, by another name.
    pub(super) fn replaced(&self, text: &str) {
        if text.len() <= MOST_KEPT {
            self.lock().replaced.insert(text.to_owned());
        }
    }

    /// Gives a file away, unless it may not be what it was.
    pub(super) fn take(&self, input: &Input) -> Option<Checked> {
        let mut kept = self.lock();
        let checked = kept.files.remove(&input.path)?;
        (!kept.replaced.contains(&checked.text)).then_some(checked)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
