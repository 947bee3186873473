//! `.jsonl`, `.ndjson`: a request a line.
//!
//! [`check_line`] sees one line and knows no other, so that a caller can stream a file of any length.

use super::json::{bare_body, is_request};
use super::locate::Lines;
use super::object::{Line, Piece};
use super::{FileReport, Options, quick, without_bom};
use crate::Context;
use crate::search::memchr;

/// Checks a line, without the characters that end it. `number` counts lines from 1; `offset` is where in the file
/// the line begins.
pub fn check_line(text: &str, number: usize, offset: usize, options: &Options, context: &Context) -> Line {
    let lines = Lines::from(text, offset, number);
    let start = if offset == 0 { without_bom(text) } else { 0 };
    let range = lines.trimmed_ascii(start..text.len());
    if range.is_empty() {
        return Line::Blank;
    }
    if let Some(operation) = options.operation.filter(|_| !is_request(lines.slice(&range))) {
        return Line::Report(bare_body(&lines, range, operation, context));
    }
    quick::check(&lines, &range, context).unwrap_or_else(|| {
        let piece = Piece::new(&lines, range);
        // Whatever could be guessed from the rest of the line, it is one fault: the line is not JSON.
        if piece.is_broken() { Line::Report(piece.foreign()) } else { piece.check(context) }
    })
}

/// Checks all lines of a text.
pub(super) fn check(text: &str, options: &Options, context: &Context, file: &mut FileReport) {
    let (mut offset, mut number) = (0, 1);
    while let Some(rest) = text.get(offset..) {
        let line = rest.get(..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())).unwrap_or_default();
        file.add(check_line(line, number, offset, options, context));
        offset += line.len() + 1;
        number += 1;
    }
}
