//! Files, with bounds: a file that is too large, or not text, is a message and not a full memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Reads a text file.
pub(super) fn text(path: &Path, shown: &str, most: u64) -> Result<String, String> {
    let cannot = |error: io::Error| format!("cannot read {shown}: {error}");
    let file = File::open(path).map_err(cannot)?;
    let metadata = file.metadata().map_err(cannot)?;
    if metadata.is_dir() {
        return Err(format!("cannot read {shown}: it is a directory"));
    }
    if metadata.len() > most {
        return Err(too_large(shown, most));
    }
    all(file, metadata.len(), shown, most)
}

/// Reads all of standard input.
pub(super) fn stdin(shown: &str, most: u64) -> Result<String, String> {
    all(io::stdin().lock(), 0, shown, most)
}

fn all(reader: impl Read, expected: u64, shown: &str, most: u64) -> Result<String, String> {
    // One byte more tells the file that grows, or has no length, from the one that just fits.
    let mut bytes = Vec::with_capacity(usize::try_from(expected + 1).unwrap_or_default());
    let read = reader.take(most.saturating_add(1)).read_to_end(&mut bytes);
    let length = read.map_err(|error| format!("cannot read {shown}: {error}"))?;
    if length as u64 > most {
        return Err(too_large(shown, most));
    }
    String::from_utf8(bytes).map_err(|error| {
        format!("cannot read {shown}: it is not UTF-8 at byte {}", error.utf8_error().valid_up_to())
    })
}

fn too_large(shown: &str, most: u64) -> String {
    format!("cannot read {shown}: it is larger than {}; --max-size raises the limit", size(most))
}

/// A number of bytes for people.
pub(super) fn size(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let whole = units.into_iter().find(|(shift, _)| bytes >> shift > 0 && (bytes >> shift) << shift == bytes);
    match whole {
        Some((shift, unit)) => format!("{} {unit}", bytes >> shift),
        None => format!("{bytes} bytes"),
    }
}
