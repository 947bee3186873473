//! Slips that are got over: what was read is taken back, or no longer counts.
//!
//! Tells of each once. What follows it is read as if it had not been made.

use super::{Kind, NAME_EXPECTED, Parser, State, Stop, small};
use crate::json::scan::FAR;
use crate::search::rsplit_once;

impl Parser<'_> {
    /// What is open has a member whose name is not clear.
    pub(super) fn obscure(&mut self) {
        if let Some(frame) = self.stack.last_mut() {
            frame.open = true;
        }
    }

    /// The last value, unless it has others in it, is hardly what was meant.
    pub(super) fn spoil(&mut self) {
        if self.after_scalar()
            && let Some(last) = self.entries.get_mut(self.last.0 as usize)
        {
            last.kind = Kind::Broken;
        }
    }

    /// Passes over words that stand on a line of their own where a member is expected.
    pub(super) fn stray(&mut self) -> Option<State> {
        let bytes = self.scan.rest().as_bytes();
        // Bounded, since this is asked of every member that is not plain.
        let words = bytes.iter().take(FAR).take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_' | b'.' | b'!' | b'?')
        });
        let length = words.count();
        let line = self.scan.slice(self.scan.pos..self.scan.pos + length).trim_ascii_end();
        let ends = matches!(bytes.get(length), None | Some(b'\n' | b'\r'));
        let is_word = |word: &str| word.bytes().next().is_some_and(|first| first.is_ascii_alphabetic());
        let (_, last) = rsplit_once(line, b' ').filter(|(_, last)| is_word(last))?;
        if !ends || !is_word(line) || matches!(last, "true" | "false" | "null") {
            return None;
        }
        let range = self.scan.pos..self.scan.pos + line.len();
        self.pass(line.len());
        self.scan.fault(range, NAME_EXPECTED, "remove it");
        self.obscure();
        Some(State::Item(None))
    }

    /// Where the last string was meant to end, if it ran on to the quote where the next one begins: `"x, "y"`.
    pub(super) fn ran_on(&mut self) -> Option<usize> {
        let last = self.entries.get_mut(self.last.0 as usize)?;
        let start = last.start as usize;
        let inner = self.scan.slice(start..last.end as usize).strip_suffix('"')?;
        let inner = inner.trim_end().strip_suffix(',')?.trim_end_matches([' ', '}', ']']);
        let end = start + inner.len();
        if last.kind != Kind::String || inner.is_empty() {
            return None;
        }
        (last.kind, last.end) = (Kind::Broken, small(end));
        self.scan.fault(start..end, "this string is not closed", "add a double quote where it ends");
        Some(end)
    }

    /// Whatever follows a value without a comma, and is no member: quotes inside a string, a unit after a number.
    pub(super) fn surplus(&mut self, start: usize) -> Result<State, Stop> {
        self.spoil();
        while let Some(first) = self.scan.peek() {
            match first {
                b',' | b'}' | b']' | b'\n' => break,
                b'"' => {
                    let line = crate::search::memchr2(
                        b'"',
                        b'\n',
                        self.scan.rest().as_bytes().get(1..).unwrap_or_default(),
                    );
                    self.scan.pos += line.map_or(1, |length| length + 1);
                    if self.scan.peek() == Some(b'"') {
                        self.scan.pos += 1;
                    }
                }
                b'[' | b'{' | b':' => return Err(self.unexpected_after()),
                _ => self.scan.pos = self.scan.here().end,
            }
        }
        let length = self.scan.slice(start..self.scan.pos).trim_end().len().max(1);
        let surplus = start..start + length;
        self.end = surplus.end;
        let message = "{} after the value, where a comma is expected";
        self.scan.fault(surplus, message, "remove it, or write quotes inside a string as \\\"");
        Ok(State::After)
    }
}
