//! Lines of a source text, found again without going through it from its beginning each time.

use memchr::{memchr, memrchr};

use super::Source;
use crate::diagnostic::Position;

/// Tells where lines begin. What is asked for in the order of the text costs one pass over it.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    source: Source<'a>,
    /// A line by its number, and where in the text it begins.
    known: Option<(usize, usize)>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: Source<'a>) -> Self {
        Self { source, known: None }
    }

    /// The column of a position in bytes of UTF-8, from 1.
    pub(super) fn byte_column(&mut self, position: Position) -> usize {
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

    /// The line that a position is in, without its end.
    pub(super) fn line(&mut self, position: Position) -> &'a str {
        let at = position.offset.saturating_sub(self.source.offset);
        let start = (at + 1).saturating_sub(self.byte_column(position));
        let rest = self.source.text.get(start..).unwrap_or_default();
        rest.get(..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())).unwrap_or_default()
    }
}
