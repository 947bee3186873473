//! Where an offset lies in a text, in lines and columns.
//!
//! Knows only text, so that every format of request files can use it. It must not know JSON.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::diagnostic::{Position, Span};

/// Characters are counted once for each stretch of so many bytes, so that a position deep in a very long line
/// costs no more than one in a short line.
const STRIDE: usize = 4096;

/// How often a text may be read for single positions, before all its lines are counted.
const READINGS: usize = 4;

/// The lines of a text. Few positions, or those asked for in order, are counted from the last one on.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    last: Cell<Position>,
    /// How many bytes may still be read for single positions.
    left: Cell<usize>,
    lines: OnceCell<Lines<'a>>,
}

impl<'a> LineIndex<'a> {
    /// The lines of this text. They end with `\n` or `\r\n`; a lone `\r` ends none.
    pub fn new(text: &'a str) -> Self {
        let left = Cell::new(text.len().saturating_mul(READINGS));
        Self { text, last: Cell::new(START), left, lines: OnceCell::new() }
    }

    /// The line and column of an offset. One past the end counts as the end, one inside a character as the
    /// character's start.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor(self.text, offset);
        let from = Some(self.last.get()).filter(|last| last.offset <= offset).unwrap_or(START);
        let Some(left) = self.left.get().checked_sub(offset - from.offset) else {
            return self.lines.get_or_init(|| Lines::new(self.text)).position(offset);
        };
        let between = self.text.as_bytes().get(from.offset..offset).unwrap_or_default();
        let (line, column) = match crate::search::memrchr(b'\n', between) {
            Some(last) => {
                let (lines, rest) = between.split_at_checked(last + 1).unwrap_or_default();
                (from.line + crate::search::memchr_iter(b'\n', lines).count(), 1 + leading(rest))
            }
            None => (from.line, from.column + leading(between)),
        };
        let position = Position { offset, line, column };
        self.left.set(left);
        self.last.set(position);
        position
    }

    /// The lines and columns of a stretch.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span { start: self.position(range.start), end: self.position(range.end) }
    }
}

const START: Position = Position { offset: 0, line: 1, column: 1 };

/// All lines of a text, for many positions in any order.
#[derive(Debug)]
struct Lines<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters precede each stride. Texts with short lines never need it.
    strides: OnceCell<Vec<usize>>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(crate::search::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1));
        Self { text, starts, strides: OnceCell::new() }
    }

    fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or(0);
        Position { offset, line, column: self.characters(start, offset) + 1 }
    }

    fn characters(&self, start: usize, end: usize) -> usize {
        if end.saturating_sub(start) <= 2 * STRIDE {
            return count(self.text, start, end);
        }
        self.preceding(end).saturating_sub(self.preceding(start))
    }

    fn preceding(&self, offset: usize) -> usize {
        let strides = self.strides.get_or_init(|| {
            let mut total = 0;
            let mut strides = Vec::with_capacity(self.text.len() / STRIDE + 1);
            for chunk in self.text.as_bytes().chunks(STRIDE) {
                strides.push(total);
                total += leading(chunk);
            }
            strides
        });
        let stride = offset / STRIDE;
        match strides.get(stride) {
            Some(before) => before + count(self.text, stride * STRIDE, offset),
            // The text ends where a stride does.
            None => {
                let last = strides.len().saturating_sub(1);
                strides.last().copied().unwrap_or(0) + count(self.text, last * STRIDE, offset)
            }
        }
    }
}

/// The nearest boundary of a character at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn count(text: &str, start: usize, end: usize) -> usize {
    text.as_bytes().get(start..end).map_or(0, leading)
}

/// The number of characters that begin in these bytes. Summed up by the byte, which many can be at a time.
fn leading(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    let sum = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|chunk| usize::from(sum(chunk))).sum()
}
