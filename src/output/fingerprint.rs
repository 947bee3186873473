//! Names for findings that stay the same when lines move.
//!
//! A fingerprint is of the rule, the file, the place in the request, what stands there, and the request line. The same
//! finding once more in a file is told apart by counting, once all that comes before it is known.

use std::collections::hash_map::Entry;
use std::fmt;
use std::hash::Hasher;

use memchr::memchr_iter;
use rustc_hash::FxHashMap;
use siphasher::sip128::{Hasher128, SipHasher24};

use super::Source;
use super::mask::Secrets;
use crate::diagnostic::{Diagnostic, Report};
use crate::json::{floor, plainly};

/// More of what stands at a place does not tell findings apart any better.
const MOST_CONTENT: usize = 256;

/// A request line may be the whole of a request, and that be very long.
const MOST_LINE: usize = 4096;

/// How many times as long as a character its spelling may be.
const LONGEST_SPELLING: usize = "\\u0061".len();

/// As many different findings of a file are remembered to count them.
const MOST_COUNTED: usize = 1 << 18;

/// How long a fingerprint is when written.
pub(super) const LENGTH: usize = 32;

/// A finding's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint(u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The fingerprints of findings in one stretch of a file.
#[derive(Debug)]
pub(super) struct Fingerprints<'s> {
    source: Source<'s>,
    path: &'s str,
    /// Credentials are no part of a fingerprint: they change with every login.
    secrets: Secrets,
    /// Where lines begin; none where the text is one line, whichever of the file that is.
    lines: Option<Vec<usize>>,
}

impl<'s> Fingerprints<'s> {
    /// Of findings in a stretch of the file of this name.
    pub(super) fn new(source: Source<'s>, path: &'s str) -> Self {
        let starts: Vec<_> = memchr_iter(b'\n', source.text.as_bytes()).map(|end| end + 1).collect();
        Self {
            source,
            path,
            secrets: Secrets::find(source.text),
            lines: Some(starts).filter(|starts| !starts.is_empty()),
        }
    }

    /// The fingerprint of a finding, which others like it have too.
    pub(super) fn of(&self, report: &Report, diagnostic: &Diagnostic) -> Fingerprint {
        let mut hasher = SipHasher24::new();
        let mut add = |part: &str| {
            hasher.write(part.as_bytes());
            hasher.write(&[0xFF]);
        };
        add(diagnostic.rule);
        add(self.path);
        add(diagnostic.place.part.name());
        add(&diagnostic.place.pointer.to_string());
        add(&self.content(diagnostic));
        add(&self.request_line(report));
        Fingerprint(hasher.finish128().as_u128())
    }

    /// What stands at the place; of several lines the first, since the others have findings of their own.
    fn content(&self, diagnostic: &Diagnostic) -> String {
        let Some(span) = diagnostic.span else { return String::new() };
        let [start, end] =
            [span.start, span.end].map(|position| position.offset.saturating_sub(self.source.offset));
        self.line(start, end, MOST_CONTENT)
    }

    /// So much of a line that begins here, however it is spelt.
    fn line(&self, start: usize, end: usize, most: usize) -> String {
        let text = self.source.text;
        let beginning = |length: usize| {
            let end = floor(text, end.min(start.saturating_add(length)));
            text.get(start..end).and_then(|rest| rest.lines().next()).unwrap_or_default()
        };
        let mut line = beginning(most);
        if line.contains('\\') {
            line = beginning(most * LONGEST_SPELLING);
        }
        let mut line = plainly(&self.secrets.cover(text, start..start + line.len())).into_owned();
        line.truncate(floor(&line, most));
        line
    }

    fn request_line(&self, report: &Report) -> String {
        let text = self.source.text;
        let start_of = |line: usize| match (&self.lines, line) {
            (None, _) | (_, 0 | 1) => Some(0),
            (Some(starts), line) => starts.get(line - 2).copied(),
        };
        let start = report.line.and_then(start_of).unwrap_or(text.len());
        self.line(start, text.len(), MOST_LINE)
    }
}

/// Tells apart the findings of a file that have the same fingerprint.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// How often each has been met, by a half of it.
    met: FxHashMap<u64, u64>,
    findings: u64,
}

impl Counts {
    /// The fingerprint that the next finding has instead of this one; none where this one is its own.
    pub(super) fn told_apart(&mut self, written: &[u8; LENGTH]) -> Option<Fingerprint> {
        self.findings += 1;
        let fingerprint = u128::from_str_radix(std::str::from_utf8(written).ok()?, 16).ok()?;
        let full = self.met.len() >= MOST_COUNTED;
        let count = match self.met.entry(fingerprint as u64) {
            Entry::Occupied(mut met) => {
                *met.get_mut() += 1;
                *met.get()
            }
            // In a file that has more to mend than anybody will, the number among all is the count.
            Entry::Vacant(_) if full => self.findings,
            Entry::Vacant(new) => {
                new.insert(0);
                return None;
            }
        };
        let mut hasher = SipHasher24::new();
        hasher.write(&fingerprint.to_le_bytes());
        hasher.write(&count.to_le_bytes());
        Some(Fingerprint(hasher.finish128().as_u128()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_counted_any_more_is_told_apart_all_the_same() {
        let mut counts = Counts::default();
        let mut own = std::collections::HashSet::new();
        let written =
            |number: usize| Fingerprint(number as u128).to_string().into_bytes().try_into().unwrap();
        for number in (0..=MOST_COUNTED).chain([0, MOST_COUNTED, MOST_COUNTED, 0]) {
            let fingerprint = counts.told_apart(&written(number)).unwrap_or(Fingerprint(number as u128));
            assert!(own.insert(fingerprint), "{number}");
        }
        assert_eq!(counts.met.len(), MOST_COUNTED);
    }
}
