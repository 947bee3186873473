//! What the command is measured against: programs that do the least that it must do, and check nothing.

use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::{WalkBuilder, WalkState};
use serde_json::Value;

use crate::floor;

/// Walks a folder in parallel and parses each file. How many could be parsed.
pub(crate) fn walk(folder: &Path) -> usize {
    let parsed = AtomicUsize::new(0);
    WalkBuilder::new(folder).build_parallel().run(|| {
        Box::new(|entry| {
            let text = entry.ok().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
            let text = text.and_then(|entry| std::fs::read(entry.path()).ok());
            let value = text.and_then(|text| serde_json::from_slice::<Value>(&text).ok());
            parsed.fetch_add(black_box(value).is_some().into(), Ordering::Relaxed);
            WalkState::Continue
        })
    });
    parsed.into_inner()
}

/// Parses each line of a file into the floor's types, on one core. How many could be parsed.
pub(crate) fn lines(path: &Path) -> io::Result<usize> {
    let mut reader = BufReader::with_capacity(1 << 18, File::open(path)?);
    let mut line = String::new();
    let mut parsed = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(parsed);
        }
        parsed += usize::from(floor::parse_request(&line));
    }
}
