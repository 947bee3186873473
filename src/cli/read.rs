//! Files, with bounds: a file that is too large, or not text, is a message and not a full memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::str::{self, Utf8Error};

use crate::output::harmless;

/// Files up to this size are read without asking for it first. That is most of them.
const SHORT: u64 = 8 << 10;

/// A buffer that has become larger than this is not kept for the next file.
const MOST_KEPT: usize = 1 << 20;

/// Reads a text file.
pub(super) fn text(path: &Path, shown: &str, most: u64) -> Result<String, String> {
    let mut bytes = Vec::new();
    file(path, shown, most, &mut bytes)?;
    String::from_utf8(bytes).map_err(|error| no_text(shown, error.as_bytes(), error.utf8_error()))
}

/// Reads a text file into a buffer that others were read into before.
pub(super) fn text_into<'b>(
    buffer: &'b mut Vec<u8>,
    path: &Path,
    shown: &str,
    most: u64,
) -> Result<&'b str, String> {
    if buffer.capacity() > MOST_KEPT {
        *buffer = Vec::new();
    }
    buffer.clear();
    file(path, shown, most, buffer)?;
    str::from_utf8(buffer).map_err(|error| no_text(shown, buffer, error))
}

/// Reads all of standard input into a buffer.
pub(super) fn stdin<'b>(buffer: &'b mut Vec<u8>, shown: &str, most: u64) -> Result<&'b str, String> {
    buffer.clear();
    let read = io::stdin().lock().take(most.saturating_add(1)).read_to_end(buffer);
    read.map_err(|error| cannot(shown, &error))?;
    if buffer.len() as u64 > most {
        return Err(too_large(shown, most));
    }
    str::from_utf8(buffer).map_err(|error| no_text(shown, buffer, error))
}

fn file(path: &Path, shown: &str, most: u64, bytes: &mut Vec<u8>) -> Result<(), String> {
    let words = |error| cannot(shown, &error);
    // One byte more tells the file that grows, or has no length, from the one that just fits.
    let limit = most.saturating_add(1);
    let mut reader = File::open(path).map_err(words)?.take(limit.min(SHORT));
    bytes.reserve(SHORT as usize);
    reader.read_to_end(bytes).map_err(words)?;
    if reader.limit() == 0 && limit > SHORT {
        let length = reader.get_ref().metadata().map_err(words)?.len();
        if length > most {
            return Err(too_large(shown, most));
        }
        bytes.reserve_exact(usize::try_from((length + 1).saturating_sub(SHORT)).unwrap_or_default());
        reader.set_limit(limit - SHORT);
        reader.read_to_end(bytes).map_err(words)?;
    }
    if bytes.len() as u64 > most { Err(too_large(shown, most)) } else { Ok(()) }
}

fn cannot(shown: &str, error: &io::Error) -> String {
    let shown = harmless(shown);
    match error.kind() {
        io::ErrorKind::IsADirectory => format!("cannot read {shown}: it is a directory"),
        _ => format!("cannot read {shown}: {error}"),
    }
}

fn no_text(shown: &str, bytes: &[u8], error: Utf8Error) -> String {
    // What `>` writes in PowerShell 5.
    let is_utf_16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let more = if is_utf_16 { ", but UTF-16; save it as UTF-8" } else { "" };
    format!("cannot read {}: it is not UTF-8 at byte {}{more}", harmless(shown), error.valid_up_to())
}

fn too_large(shown: &str, most: u64) -> String {
    format!("cannot read {}: it is larger than {}; --max-size raises the limit", harmless(shown), size(most))
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
