//! What is found out about a file before it is its turn to be reported on.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::request_files::FileReport;

/// About as much memory as the report of a request takes.
const REPORT: usize = 1 << 10;

/// A file as it was read, and what the rules say of it.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) text: String,
    pub(super) file: FileReport,
    /// It hangs on this text alone, and on no other file.
    pub(super) alone: bool,
}

/// How much may be kept. Files beyond that are read and checked again.
#[derive(Debug)]
pub(super) struct Room(AtomicUsize);

impl Room {
    /// Room for so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self(AtomicUsize::new(bytes))
    }

    /// Gives a file back if there is room to keep it.
    pub(super) fn keep(&self, checked: Checked) -> Option<Box<Checked>> {
        let size = checked.text.len() + REPORT * checked.file.reports.len();
        let taken = |left: usize| left.checked_sub(size);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok().then(|| Box::new(checked))
    }
}
