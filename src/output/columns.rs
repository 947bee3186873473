//! Columns in bytes, found without going back to the beginning of a long line each time.

use memchr::memrchr;

use super::Source;
use crate::diagnostic::Position;

/// Tells where lines begin. The line that was asked for last is known.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    source: Source<'a>,
    /// A line by its number, and where in the text it begins.
    known: Option<(usize, usize)>,
}

impl<'a> Columns<'a> {
    pub(super) fn new(source: Source<'a>) -> Self {
        Self { source, known: None }
    }

    /// The column of a position in bytes of UTF-8, from 1.
    pub(super) fn of(&mut self, position: Position) -> usize {
        let at = position.offset.saturating_sub(self.source.offset);
        let start = match self.known {
            Some((line, start)) if line == position.line => start,
            _ => {
                let before = self.source.text.as_bytes().get(..at).unwrap_or_default();
                memrchr(b'\n', before).map_or(0, |end| end + 1)
            }
        };
        self.known = Some((position.line, start));
        at.saturating_sub(start) + 1
    }
}
