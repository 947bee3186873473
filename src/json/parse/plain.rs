//! The hot path of parsing: plain JSON, which is most of any text.
//!
//! Knows no fault. Whatever is not plain it leaves as it is, for `parse` to look at.

use std::ops::Range;

use super::{Parser, State, small};
use crate::json::eight;
use crate::json::tree::{Child, Kind};

impl Parser<'_> {
    /// Goes on while the text is plain. An item that is not is left whole.
    pub(super) fn plain(&mut self, mut state: State) -> State {
        let bytes = self.scan.text.as_bytes();
        let mut array = self.in_array();
        loop {
            let Some((at, first)) = word(bytes, self.scan.pos) else { return state };
            let end = match (&state, first) {
                (State::After, b',') => {
                    self.scan.pos = at;
                    self.pass(1);
                    state = State::Item(Some(at));
                    continue;
                }
                (State::After | State::Item(None), b']' | b'}') if array == (first == b']') => {
                    self.scan.pos = at;
                    self.pass(1);
                    self.shut(false);
                    if self.stack.is_empty() {
                        return State::After;
                    }
                    array = self.in_array();
                    state = State::After;
                    continue;
                }
                (State::After, _) => return state,
                (State::Item(_), _) if array => self.plain_value(bytes, 0..0, at, first),
                (State::Item(_), b'"') => self.plain_member(bytes, at),
                (State::Item(_), _) => return state,
            };
            let Some(end) = end else { return state };
            self.scan.pos = end;
            self.end = end;
            state = match bytes.get(end - 1) {
                Some(opener @ (b'[' | b'{')) => {
                    array = *opener == b'[';
                    State::Item(None)
                }
                _ => State::After,
            };
        }
    }

    #[inline]
    fn plain_member(&mut self, bytes: &[u8], start: usize) -> Option<usize> {
        let end = string(bytes, start)?;
        let (colon, b':') = word(bytes, end)? else { return None };
        let (at, first) = word(bytes, colon + 1)?;
        self.plain_value(bytes, start..end, at, first)
    }

    /// Adds the value that begins here, if it is plain, and tells where it ends: a list or an object, as far as
    /// this is concerned, behind its bracket.
    #[inline]
    fn plain_value(&mut self, bytes: &[u8], key: Range<usize>, at: usize, first: u8) -> Option<usize> {
        let (kind, end) = match first {
            b'"' => (Kind::String, string(bytes, at)?),
            b'-' | b'0'..=b'9' => (Kind::Number, integer(bytes, at)?),
            b'{' if bytes.get(at + 1) != Some(&b'{') => (Kind::Object, at + 1),
            b'[' => (Kind::Array, at + 1),
            b't' => (Kind::Bool(true), constant(bytes, at, b"true")?),
            b'f' => (Kind::Bool(false), constant(bytes, at, b"false")?),
            b'n' => (Kind::Null, constant(bytes, at, b"null")?),
            _ => return None,
        };
        let value = self.push(kind, at..end);
        self.waiting.push(Child { key_start: small(key.start), key_end: small(key.end), value });
        match kind {
            Kind::Array | Kind::Object => self.open(value, kind == Kind::Array),
            Kind::String => {
                if let Some(entry) = self.entries.last_mut() {
                    entry.plain = true;
                }
            }
            _ => {}
        }
        Some(end)
    }
}

/// The next byte that is not space.
#[inline]
fn word(bytes: &[u8], mut at: usize) -> Option<(usize, u8)> {
    loop {
        match bytes.get(at)? {
            b' ' | b'\n' | b'\t' | b'\r' => at += 1,
            first => return Some((at, *first)),
        }
    }
}

/// The end of the string that begins here, unless it has an escape or a fault.
#[inline]
fn string(bytes: &[u8], at: usize) -> Option<usize> {
    let end = eight::plain(bytes, at + 1);
    (bytes.get(end) == Some(&b'"')).then_some(end + 1)
}

/// The end of the integer that begins here, if it is one.
#[inline]
fn integer(bytes: &[u8], at: usize) -> Option<usize> {
    let start = at + usize::from(bytes.get(at) == Some(&b'-'));
    let mut end = start;
    while bytes.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    let zeros = end - start > 1 && bytes.get(start) == Some(&b'0');
    (end > start && !zeros && ends(bytes, end)).then_some(end)
}

#[inline]
fn constant(bytes: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    let end = at + word.len();
    (bytes.get(at..end) == Some(word) && ends(bytes, end)).then_some(end)
}

/// Whether a word that ends here is over. The text may be cut off inside of one that ends it.
#[inline]
fn ends(bytes: &[u8], end: usize) -> bool {
    matches!(bytes.get(end), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\t' | b'\r'))
}
