//! Reports in, text out: a file a format.
//!
//! Pieces of the output are rendered anywhere, several at once, and written in order by [`Stream`]; so nothing
//! here ever holds the whole output. Reads no files and judges nothing.

mod diff;
mod excerpt;
mod json;
mod mask;
mod text;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Report, Severity, Verdict};

pub(crate) use diff::diff;
pub(crate) use json::Json;
pub(crate) use text::Text;

/// A stretch of a request file, which reports are about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// The file's name, as it is shown.
    pub(crate) path: &'a str,
    /// The stretch; it begins with a line.
    pub(crate) text: &'a str,
    /// Where in the file it begins.
    pub(crate) offset: usize,
}

/// What a run amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    pub(crate) files: usize,
    pub(crate) requests: usize,
    pub(crate) skipped: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) infos: usize,
    pub(crate) conditional: usize,
    /// How many of them a safe fix mends.
    #[serde(skip)]
    pub(crate) fixable: usize,
    /// How many only a fix mends that is not safe.
    #[serde(skip)]
    pub(crate) unsafely_fixable: usize,
}

impl Summary {
    /// Counts a report.
    pub(crate) fn add(&mut self, report: &Report) {
        self.requests += 1;
        self.conditional += usize::from(report.verdict == Verdict::Conditional);
        for diagnostic in &report.diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
            match &diagnostic.fix {
                Some(fix) if fix.safe => self.fixable += 1,
                Some(_) => self.unsafely_fixable += 1,
                None => {}
            }
        }
    }

    /// Counts what another has counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.files += other.files;
        self.requests += other.requests;
        self.skipped += other.skipped;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.conditional += other.conditional;
        self.fixable += other.fixable;
        self.unsafely_fixable += other.unsafely_fixable;
    }

    /// How many diagnostics there are.
    pub(crate) const fn diagnostics(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

/// A format of reports.
pub(crate) trait Format: Sync {
    /// Renders the reports of requests that stand in one stretch of a file, in their order.
    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()>;

    /// What comes before everything.
    fn begin(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What comes before the requests of a file.
    fn open_file(&self, _path: &str, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What comes after the requests of a file.
    fn close_file(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What comes between two files, and between two requests of a file.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What comes after everything.
    fn end(&self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;
}

/// Writes rendered pieces in order, and what a format puts around them.
pub(crate) struct Stream<'f, W> {
    format: &'f dyn Format,
    out: W,
    files: usize,
    pieces: usize,
}

impl<'f, W: Write> Stream<'f, W> {
    /// Begins the output.
    pub(crate) fn begin(format: &'f dyn Format, mut out: W) -> io::Result<Self> {
        format.begin(&mut out)?;
        Ok(Self { format, out, files: 0, pieces: 0 })
    }

    /// Begins a file.
    pub(crate) fn open_file(&mut self, path: &str) -> io::Result<()> {
        if self.files > 0 {
            self.out.write_all(self.format.separator().as_bytes())?;
        }
        self.files += 1;
        self.pieces = 0;
        self.format.open_file(path, &mut self.out)
    }

    /// Adds rendered requests to the file.
    pub(crate) fn piece(&mut self, rendered: &[u8]) -> io::Result<()> {
        if rendered.is_empty() {
            return Ok(());
        }
        if self.pieces > 0 {
            self.out.write_all(self.format.separator().as_bytes())?;
        }
        self.pieces += 1;
        self.out.write_all(rendered)
    }

    /// Ends a file.
    pub(crate) fn close_file(&mut self) -> io::Result<()> {
        self.format.close_file(&mut self.out)
    }

    /// Writes out what is held back, so that messages on another stream come after it.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the output.
    pub(crate) fn end(mut self, summary: &Summary) -> io::Result<()> {
        self.format.end(summary, &mut self.out)?;
        self.out.flush()
    }
}
