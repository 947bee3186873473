//! Pieces of a report, put together in order with what the format puts around them.

use std::io::{self, Write};

use memchr::memchr;
use smallvec::SmallVec;

use super::{Format, Source, Summary, Total};
use crate::diagnostic::Report;

/// As much is held back of what should come last. What is beyond that comes earlier, but is not lost.
const MOST_HELD: usize = 1 << 20;

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
    held: Vec<u8>,
}

impl<'f, W: Write> Stream<'f, W> {
    /// A report that nothing has been written of.
    pub(crate) fn new(format: &'f dyn Format, out: W) -> Self {
        Self { format, out, files: 0, pieces: 0, held: Vec::new() }
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
        self.format.open_file(path, &mut self.out)
    }

    /// Adds rendered requests to the file. The summary is theirs alone.
    pub(crate) fn piece(&mut self, path: &str, rendered: &[u8], summary: &Summary) -> io::Result<()> {
        if rendered.is_empty() {
            return Ok(());
        }
        if self.pieces > 0 {
            self.out.write_all(self.format.separator().as_bytes())?;
        }
        self.pieces += 1;
        self.format.open_piece(path, summary, &mut self.out)?;
        match self.format.last_lines() {
            Some(comes_last) => self.lines(rendered, comes_last)?,
            None => self.out.write_all(rendered)?,
        }
        self.format.close_piece(&mut self.out)
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
    pub(crate) fn close_file(&mut self) -> io::Result<()> {
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
