//! Pieces of a report, put together in order with what the format puts around them.

use std::io::{self, Write};

use memchr::{memchr, memchr_iter};
use smallvec::SmallVec;

use super::fingerprint::Counts;
use super::{Format, Source, Summary, Total};
use crate::diagnostic::Report;

/// As much is held back of what should come last. What is beyond that comes earlier, but is not lost.
const MOST_HELD: usize = 1 << 20;

/// As much is held back of requests whose counts come before them. What is beyond that is counted anew.
const MOST_COUNTED: usize = 16 << 20;

/// Requests that stand near each other in a file, rendered in every format of the run.
#[derive(Debug, Default)]
pub(crate) struct Piece(SmallVec<[Vec<u8>; 1]>);

impl Piece {
    /// Renders more requests.
    pub(crate) fn add(
        &mut self,
        formats: &[Box<dyn Format>],
        source: &Source<'_>,
        reports: &[Report],
    ) -> io::Result<()> {
        self.0.resize_with(formats.len(), Vec::new);
        for (format, rendered) in formats.iter().zip(&mut self.0) {
            let before = rendered.len();
            if before > 0 {
                rendered.extend_from_slice(format.separator().as_bytes());
            }
            let after = rendered.len();
            format.requests(source, reports, rendered)?;
            if rendered.len() == after {
                rendered.truncate(before);
            }
        }
        Ok(())
    }

    /// What is rendered in the format of this number.
    pub(crate) fn rendered(&self, format: usize) -> &[u8] {
        self.0.get(format).map(Vec::as_slice).unwrap_or_default()
    }

    /// How much memory it takes.
    pub(crate) fn length(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }
}

/// Writes rendered pieces in order, and what a format puts around them.
pub(crate) struct Stream<'f, W> {
    format: &'f dyn Format,
    out: W,
    files: usize,
    /// Pieces since the last separator of files.
    pieces: usize,
    /// Whether the list of the file's requests has begun.
    listed: bool,
    /// Requests whose counts come before them.
    counted: (Vec<u8>, Summary),
    fingerprints: Counts,
    held: Vec<u8>,
}

impl<'f, W: Write> Stream<'f, W> {
    /// A report that nothing has been written of.
    pub(crate) fn new(format: &'f dyn Format, out: W) -> Self {
        Self {
            format,
            out,
            files: 0,
            pieces: 0,
            listed: false,
            counted: Default::default(),
            fingerprints: Counts::default(),
            held: Vec::new(),
        }
    }

    /// Begins the report.
    pub(crate) fn begin(&mut self) -> io::Result<()> {
        self.format.begin(&mut self.out)
    }

    /// Begins a file.
    pub(crate) fn open_file(&mut self, path: &str) -> io::Result<()> {
        if let Some(separator) = self.format.file_separator() {
            if self.files > 0 {
                self.out.write_all(separator.as_bytes())?;
            }
            self.pieces = 0;
        }
        self.files += 1;
        self.fingerprints = Counts::default();
        self.format.open_file(path, &mut self.out)
    }

    /// Adds rendered requests to the file. The summary is theirs alone.
    pub(crate) fn piece(&mut self, path: &str, rendered: &[u8], summary: &Summary) -> io::Result<()> {
        if rendered.is_empty() {
            return Ok(());
        }
        if self.format.counts() {
            self.counted.0.extend_from_slice(rendered);
            self.counted.1.merge(summary);
            return if self.counted.0.len() > MOST_COUNTED { self.list_counted(path) } else { Ok(()) };
        }
        if self.pieces > 0 {
            self.out.write_all(self.format.separator().as_bytes())?;
        }
        self.pieces += 1;
        if !self.listed {
            self.listed = true;
            self.format.open_list(path, summary, &mut self.out)?;
        }
        match (self.format.last_lines(), self.format.after_fingerprint()) {
            (Some(comes_last), _) => self.lines(rendered, comes_last),
            (None, Some(after)) => self.with_fingerprints(rendered, after),
            (None, None) => self.out.write_all(rendered),
        }
    }

    /// Writes what has been held back until it was counted.
    fn list_counted(&mut self, path: &str) -> io::Result<()> {
        let (rendered, summary) = std::mem::take(&mut self.counted);
        if rendered.is_empty() {
            return Ok(());
        }
        self.format.open_list(path, &summary, &mut self.out)?;
        self.out.write_all(&rendered)?;
        self.format.close_list(&mut self.out)
    }

    /// Writes lines that end with a fingerprint, each with one of its own.
    fn with_fingerprints(&mut self, rendered: &[u8], after: &str) -> io::Result<()> {
        let mut written = 0;
        for end in memchr_iter(b'\n', rendered).chain([rendered.len()]) {
            let lines = rendered.get(..end).unwrap_or_default();
            let line = lines.strip_suffix(b",").unwrap_or(lines);
            let Some(before) = line.strip_suffix(after.as_bytes()) else { continue };
            let Some((before, fingerprint)) = before.split_last_chunk() else { continue };
            if let Some(own) = self.fingerprints.told_apart(fingerprint) {
                self.out.write_all(before.get(written..).unwrap_or_default())?;
                write!(self.out, "{own}")?;
                written = before.len() + fingerprint.len();
            }
        }
        self.out.write_all(rendered.get(written..).unwrap_or_default())
    }

    fn lines(&mut self, mut rendered: &[u8], comes_last: fn(&[u8]) -> bool) -> io::Result<()> {
        while !rendered.is_empty() {
            let (line, rest) =
                rendered.split_at(memchr(b'\n', rendered).map_or(rendered.len(), |end| end + 1));
            if comes_last(line) && self.held.len() + line.len() <= MOST_HELD {
                self.held.extend_from_slice(line);
            } else {
                self.out.write_all(line)?;
            }
            rendered = rest;
        }
        Ok(())
    }

    /// Ends a file.
    pub(crate) fn close_file(&mut self, path: &str) -> io::Result<()> {
        self.list_counted(path)?;
        if std::mem::take(&mut self.listed) {
            self.format.close_list(&mut self.out)?;
        }
        self.format.close_file(&mut self.out)
    }

    /// Where it is written to.
    pub(crate) fn out(&mut self) -> &mut W {
        &mut self.out
    }

    /// What has been written to.
    pub(crate) fn into_out(self) -> W {
        self.out
    }

    /// Ends the report.
    pub(crate) fn end(&mut self, total: &Total) -> io::Result<()> {
        self.out.write_all(&std::mem::take(&mut self.held))?;
        self.format.end(total, &mut self.out)?;
        self.out.flush()
    }
}
