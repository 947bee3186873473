//! Names for findings that stay the same when lines move.
//!
//! A fingerprint is of the rule, the file, the place in the request, what stands there, and the request line. The same
//! finding once more in a file is told apart by counting.

use std::fmt;
use std::hash::Hasher;

use memchr::memchr_iter;
use rustc_hash::FxHashMap;
use siphasher::sip128::{Hasher128, SipHasher24};

use super::Source;
use super::excerpt::floor;
use super::mask::Secrets;
use crate::diagnostic::{Diagnostic, Report};

/// More of what stands at a place does not tell findings apart any better.
const MOST_CONTENT: usize = 256;

/// A request line may be the whole of a request, and that be very long.
const MOST_LINE: usize = 4096;

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
    seen: FxHashMap<u128, u64>,
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
            seen: FxHashMap::default(),
        }
    }

    /// The fingerprint of the next finding.
    pub(super) fn next(&mut self, report: &Report, diagnostic: &Diagnostic) -> Fingerprint {
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
        let first = hasher.finish128().as_u128();
        let count = self.seen.entry(first).or_default();
        *count += 1;
        if *count > 1 {
            hasher.write(&count.to_le_bytes());
        }
        Fingerprint(hasher.finish128().as_u128())
    }

    /// What stands at the place; of several lines the first, since the others have findings of their own.
    fn content(&self, diagnostic: &Diagnostic) -> String {
        let Some(span) = diagnostic.span else { return String::new() };
        let [start, end] =
            [span.start, span.end].map(|position| position.offset.saturating_sub(self.source.offset));
        self.line(start, end.min(start.saturating_add(MOST_CONTENT)))
    }

    /// The beginning of a line that begins here.
    fn line(&self, start: usize, end: usize) -> String {
        let text = self.source.text;
        let end = floor(text, end);
        let line = text.get(start..end).and_then(|rest| rest.lines().next()).unwrap_or_default();
        self.secrets.cover(text, start..start + line.len())
    }

    fn request_line(&self, report: &Report) -> String {
        let text = self.source.text;
        let start_of = |line: usize| match (&self.lines, line) {
            (None, _) | (_, 0 | 1) => Some(0),
            (Some(starts), line) => starts.get(line - 2).copied(),
        };
        let start = report.line.and_then(start_of).unwrap_or(text.len());
        self.line(start, start.saturating_add(MOST_LINE))
    }
}
