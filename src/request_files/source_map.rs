//! From a place in a derived text back to the place in the file that it comes from.
//!
//! A body is rarely a plain stretch of its file: variables are replaced, comment lines dropped, escapes undone.
//! [`Derived`] is such a text together with its way back. Knows nothing of JSON or of any format.

use std::borrow::Cow;
use std::ops::Range;

use crate::json::quote;
use crate::lists::{SmallVec, smallvec};

/// A stretch of the derived text, and where in the file it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    /// Where the stretch begins in the derived text; it ends where the next one begins.
    start: usize,
    source: Range<usize>,
    /// Byte for byte the same as its source. Any other stretch stands for its source as a whole.
    verbatim: bool,
}

/// A text that stretches of a file make up, perhaps not as they stand there.
#[derive(Clone, Debug, Default)]
pub(super) struct Derived<'t> {
    text: Cow<'t, str>,
    // Almost every text is one stretch of its file.
    segments: SmallVec<[Segment; 1]>,
    /// The file has the text inside of a JSON string.
    in_string: bool,
}

impl<'t> Derived<'t> {
    /// A stretch of the file as it stands.
    pub(super) fn verbatim(file: &'t str, source: Range<usize>) -> Self {
        let text = Cow::Borrowed(file.get(source.clone()).unwrap_or_default());
        Self { text, segments: smallvec![Segment { start: 0, source, verbatim: true }], in_string: false }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text without its way back.
    pub(super) fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// Where in the file a stretch of the text comes from.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start, range.start, |segment| segment.source.start);
        if range.is_empty() {
            return start..start;
        }
        // The last byte decides: the stretch may end where a segment does.
        start..self.place(range.end, range.end.saturating_sub(1), |segment| segment.source.end).max(start)
    }

    /// Where in the file an offset comes from, by the segment that has a byte; `whole` says what is taken of one that is
    /// not verbatim.
    fn place(&self, offset: usize, byte: usize, whole: fn(&Segment) -> usize) -> usize {
        match self.segment(byte) {
            // One past the end of the text is a place too.
            Some(Segment { start, source, verbatim: true }) => {
                (source.start + offset - start).min(source.end)
            }
            Some(segment) => whole(segment),
            None => 0,
        }
    }

    /// Whether a stretch is byte for byte in one place of the file.
    fn is_verbatim(&self, range: &Range<usize>) -> bool {
        self.segment(range.start)
            .is_some_and(|segment| segment.verbatim && range.end <= segment.start + segment.source.len())
    }

    /// Whether an offset is between two characters of the file.
    fn is_edge(&self, offset: usize) -> bool {
        self.segment(offset).is_some_and(|segment| segment.verbatim || segment.start == offset)
    }

    fn segment(&self, offset: usize) -> Option<&Segment> {
        let after = self.segments.partition_point(|segment| segment.start <= offset);
        self.segments.get(after.saturating_sub(1))
    }

    /// Says that the file has the text inside of a JSON string, so that what is replaced are its escapes.
    #[must_use]
    pub(super) fn in_string(mut self) -> Self {
        self.in_string = true;
        self
    }

    /// What to write where in the file, so that a stretch of the text becomes another. None where the file does not
    /// have that stretch, and it alone, in one place: a value of a variable is used in others too.
    pub(super) fn edit(&self, range: Range<usize>, text: &str) -> Option<(Range<usize>, String)> {
        if self.in_string {
            let whole = self.is_edge(range.start) && self.is_edge(range.end);
            let mut quoted = String::new();
            quote(text, &mut quoted);
            let inner = quoted.strip_prefix('"')?.strip_suffix('"')?.to_owned();
            return whole.then(|| (self.source(range), inner));
        }
        self.is_verbatim(&range).then(|| (self.source(range), text.to_owned()))
    }

    /// Adds a stretch of the file as it stands.
    pub(super) fn push_verbatim(&mut self, file: &'t str, range: Range<usize>) {
        let Some(piece) = file.get(range.clone()).filter(|piece| !piece.is_empty()) else { return };
        let adjacent = |last: &&mut Segment| last.verbatim && last.source.end == range.start;
        if let Some(last) = self.segments.last_mut().filter(adjacent) {
            last.source.end = range.end;
            // A text that is still one stretch of the file need not be copied.
            let one = last.source.clone();
            match (&mut self.text, self.segments.len()) {
                (Cow::Borrowed(text), 1) => *text = file.get(one).unwrap_or_default(),
                (text, _) => text.to_mut().push_str(piece),
            }
            return;
        }
        if self.text.is_empty() {
            *self = Self::verbatim(file, range);
        } else {
            self.push(piece, range, true);
        }
    }

    /// Adds a text that stands for a stretch of the file.
    pub(super) fn push_replaced(&mut self, replacement: &str, range: Range<usize>) {
        if !replacement.is_empty() {
            self.push(replacement, range, false);
        }
    }

    fn push(&mut self, piece: &str, source: Range<usize>, verbatim: bool) {
        let start = self.text.len();
        self.text.to_mut().push_str(piece);
        self.segments.push(Segment { start, source, verbatim });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "ab{{x}}cd\n# no\nef";

    fn derived() -> Derived<'static> {
        let mut derived = Derived::default();
        derived.push_verbatim(FILE, 0..2);
        derived.push_replaced("1234", 2..7);
        derived.push_verbatim(FILE, 7..9);
        derived.push_verbatim(FILE, 9..10);
        derived.push_verbatim(FILE, 15..17);
        derived
    }

    #[test]
    fn places_lead_back() {
        let derived = derived();
        assert_eq!(derived.text(), "ab1234cd\nef");
        assert_eq!(derived.source(0..2), 0..2);
        assert_eq!(derived.source(2..6), 2..7, "a replaced value is its whole use");
        assert_eq!(derived.source(3..4), 2..7);
        assert_eq!(derived.source(1..7), 1..8);
        assert_eq!(derived.source(6..8), 7..9);
        assert_eq!(derived.source(9..11), 15..17);
        assert_eq!(derived.source(11..11), 17..17, "the end of the text");
        assert_eq!(derived.source(0..99), 0..17, "never outside of the file");
        assert_eq!(Derived::default().source(3..4), 0..0);
    }

    #[test]
    fn one_stretch_is_not_copied() {
        let mut derived = Derived::default();
        for at in 0..10 {
            derived.push_verbatim(FILE, at..at + 1);
        }
        assert!(matches!(derived.text, Cow::Borrowed("ab{{x}}cd\n")));
        assert_eq!(derived.source(3..5), 3..5);
    }
}
