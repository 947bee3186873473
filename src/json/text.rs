//! Where an offset lies in a text, in lines and columns.
//!
//! Knows only text, so that every format of request files can use it. It must not know JSON.

use std::cell::Cell;
use std::ops::Range;

use crate::diagnostic::{Position, Span};

/// Lines and characters are counted once for each stretch of so many bytes, so that a position in a very long text costs
/// no more than one in a short text.
const STRIDE: usize = 4096;

/// The lines of a text. Positions are counted from the last one on, as they are asked for in order, as a rule.
pub(crate) struct LineIndex<'a> {
    text: &'a str,
    last: Cell<Position>,
    /// Where each stretch begins, as far as any was asked for.
    stretches: Cell<Vec<Position>>,
}

impl<'a> LineIndex<'a> {
    /// The lines of this text. They end with `\n` or `\r\n`; a lone `\r` ends none.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, last: Cell::new(START), stretches: Cell::default() }
    }

    /// The line and column of an offset. One past the end counts as the end, one inside a character as the
    /// character's start.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = floor(self.text, offset);
        let last = self.last.get();
        let is_near = offset.checked_sub(last.offset).is_some_and(|distance| distance <= STRIDE);
        let position = self.count(if is_near { last } else { self.stretch(offset / STRIDE) }, offset);
        self.last.set(position);
        position
    }

    /// The lines and columns of a stretch.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span { start: self.position(range.start), end: self.position(range.end) }
    }

    /// Where the stretch of this number begins.
    fn stretch(&self, number: usize) -> Position {
        let mut stretches = self.stretches.take();
        let mut last = stretches.last().copied().unwrap_or(START);
        while stretches.len() <= number {
            last = self.count(last, floor(self.text, stretches.len() * STRIDE));
            stretches.push(last);
        }
        let begin = stretches.get(number).copied().unwrap_or(START);
        self.stretches.set(stretches);
        begin
    }

    /// The position of an offset behind another one.
    fn count(&self, from: Position, offset: usize) -> Position {
        let between = self.text.as_bytes().get(from.offset..offset).unwrap_or_default();
        let (line, column) = match crate::search::memrchr(b'\n', between) {
            Some(last) => {
                let (lines, rest) = between.split_at_checked(last + 1).unwrap_or_default();
                (from.line + crate::search::memchr_iter(b'\n', lines).count(), 1 + leading(rest))
            }
            None => (from.line, from.column + leading(between)),
        };
        Position { offset, line, column }
    }
}

const START: Position = Position { offset: 0, line: 1, column: 1 };

/// The nearest boundary of a character at or before an offset.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The number of characters that begin in these bytes. Summed up by the byte, which many can be at a time.
fn leading(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    let sum = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|chunk| usize::from(sum(chunk))).sum()
}
