//! Strings and lists as JSON, JSON inside of JSON, and their kin write them, whole or broken.

use std::ops::Range;

use memchr::{memchr2, memmem};

use super::Search;

/// As many backslashes stand before an escape, in strings inside of strings.
const MOST_ESCAPES: usize = 8;

/// The longest placeholder that is taken for one.
const LONGEST_PLACEHOLDER: usize = 256;

/// What a string begins and ends with.
#[derive(Clone, Copy)]
pub(super) struct Quote {
    mark: u8,
    /// How many backslashes are before it, as in JSON that is itself in a string.
    depth: usize,
}

/// The quote that a text ends with.
pub(super) fn opening(text: &str) -> Option<Quote> {
    match text.as_bytes() {
        [before @ .., mark @ (b'"' | b'\'')] => Some(Quote { mark: *mark, depth: backslashes(before) }),
        _ => None,
    }
}

/// The character that an escape such as `\u0065` stands for, and how long it is.
pub(super) fn escaped(text: &[u8]) -> Option<(u8, usize)> {
    let start = text.iter().take(MOST_ESCAPES).take_while(|byte| **byte == b'\\').count();
    let [b'u', b'0', b'0', digits @ ..] = text.get(start..)? else { return None };
    let digits = std::str::from_utf8(digits.get(..2)?).ok()?;
    Some((u8::from_str_radix(digits, 16).ok()?, start + 5))
}

/// How many of them a text ends with.
fn backslashes(text: &[u8]) -> usize {
    text.iter().rev().take_while(|byte| **byte == b'\\').count()
}

impl Search<'_> {
    /// Where the string ends that is open: before its last quote, or where the string does that it is in, or the line.
    pub(super) fn closing(&self, from: usize, quote: Quote) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(next) = memchr2(quote.mark, b'\n', bytes.get(at..).unwrap_or_default()) {
            let end = at + next;
            let escapes = backslashes(bytes.get(from..end).unwrap_or_default());
            if self.byte(end) == Some(b'\n') {
                return end;
            }
            // Inside of the string, a backslash of its own is written as twice as many as are before its quotes, and
            // one more pair.
            if escapes < quote.depth || escapes % (2 * (quote.depth + 1)) == quote.depth {
                return end - escapes.min(quote.depth);
            }
            at = end + 1;
        }
        bytes.len()
    }

    /// A string that is the name of a credential: either it names a value, or the value is near.
    pub(super) fn whole_string(&mut self, string: Range<usize>, quote: Quote) {
        let after = self.skip(string.end + quote.depth + 1);
        if let Some(b':' | b'=') = self.byte(after) {
            let start = self.skip(after + 1);
            if self.opens_group(start) {
                self.group(start + 1..self.text.len(), quote.depth);
            } else {
                let (value, end) = self.single(start, quote.depth, b",]}\"\n");
                self.cover(value);
                self.done = end;
            }
            return;
        }
        let before = self.done..string.start.saturating_sub(quote.depth + 1);
        if let Some(open) = self.slice(before.clone()).rfind(['{', '[']) {
            self.group(before.start + open + 1..before.end, quote.depth);
        }
        self.group(after..self.text.len(), quote.depth);
    }

    /// Covers all values up to the end of a list or object.
    fn group(&mut self, range: Range<usize>, depth: usize) {
        let (mut at, mut open) = (self.skip(range.start), 0_usize);
        while let Some(byte) = self.byte(at).filter(|_| at < range.end) {
            if self.opens_group(at) {
                open += 1;
                at += 1;
            } else if let b']' | b'}' = byte {
                let Some(left) = open.checked_sub(1) else { break };
                open = left;
                at += 1;
            } else if let b',' | b':' = byte {
                at += 1;
            } else {
                let (value, end) = self.single(at, depth, b",:]}\"\n");
                if value.is_empty() && end == at {
                    // The string that all of it is in ends here.
                    break;
                }
                if self.byte(self.skip(end)) != Some(b':') {
                    self.cover(value);
                }
                at = end;
            }
            at = self.skip(at);
        }
        self.done = self.done.max(at.min(range.end));
    }

    fn opens_group(&self, at: usize) -> bool {
        match self.byte(at) {
            Some(b'[') => true,
            Some(b'{') => self.byte(at + 1) != Some(b'{') && self.byte(at.wrapping_sub(1)) != Some(b'$'),
            _ => false,
        }
    }

    /// A value that is neither a list nor an object, and where what follows it begins.
    fn single(&self, start: usize, depth: usize, ends: &[u8]) -> (Range<usize>, usize) {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        if let Some(mark @ (b'"' | b'\'')) = rest.get(depth)
            && backslashes(rest.get(..depth).unwrap_or_default()) == depth
        {
            let from = start + depth + 1;
            let end = self.closing(from, Quote { mark: *mark, depth });
            return (from..end, (end + depth + 1).min(self.text.len()));
        }
        let close = match rest {
            [b'{', b'{', ..] => Some(b"}}".as_slice()),
            [b'$', b'{', ..] => Some(b"}".as_slice()),
            _ => None,
        };
        let near = rest.get(..LONGEST_PLACEHOLDER).unwrap_or(rest);
        if let Some(end) = close.and_then(|close| Some(memmem::find(near, close)? + close.len())) {
            return (start..start + end, start + end);
        }
        let end = rest.iter().position(|byte| ends.contains(byte)).unwrap_or(rest.len());
        (start..start + end, start + end)
    }

    /// Passes over blanks, and over those that are escaped.
    fn skip(&self, mut at: usize) -> usize {
        while let Some(byte) = self.byte(at) {
            let rest = self.text.as_bytes().get(at..).unwrap_or_default();
            let escapes = rest.iter().take_while(|byte| **byte == b'\\').count();
            at += match (byte, rest.get(escapes)) {
                (b' ' | b'\t' | b'\r' | b'\n', _) => 1,
                (b'\\', Some(b'n' | b'r' | b't')) => escapes + 1,
                _ => break,
            };
        }
        at
    }
}
