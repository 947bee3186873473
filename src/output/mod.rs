//! Reports in, text out: a file a format.
//!
//! Pieces of the output are rendered anywhere, several at once, and written in order by [`Stream`]; so nothing
//! here ever holds the whole output. Reads no files and judges nothing.

mod columns;
mod concise;
mod diff;
mod excerpt;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod mask;
mod plain;
mod rdjson;
mod root;
mod sarif;
mod stream;
mod text;
mod total;
mod words;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Report};

pub(crate) use concise::Concise;
pub(crate) use diff::diff;
pub(crate) use github::GitHub;
pub(crate) use gitlab::GitLab;
pub(crate) use json::Json;
pub(crate) use jsonl::JsonLines;
pub(crate) use junit::JUnit;
pub(crate) use markdown::Markdown;
pub(crate) use mask::cover_words;
pub(crate) use rdjson::RdJson;
pub(crate) use root::Root;
pub(crate) use sarif::Sarif;
pub(crate) use stream::{Piece, Stream};
pub(crate) use text::{Text, Told, Width};
pub(crate) use total::{Statistics, Summary, Total};
pub(crate) use words::{harmless, plural};

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

/// A format of reports.
///
/// A report is: its beginning; its files, each with its pieces; its end. The bytes of a piece come from [`requests`],
/// which any thread calls; all others are called in order while the report is written.
///
/// [`requests`]: Format::requests
pub(crate) trait Format: Send + Sync {
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

    /// What comes before the requests of a file if they are rendered to something. Where it [`counts`] them, the
    /// summary is theirs.
    ///
    /// [`counts`]: Format::counts
    fn open_list(&self, _path: &str, _summary: &Summary, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What comes after them.
    fn close_list(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Whether what comes before requests counts them.
    fn counts(&self) -> bool {
        false
    }

    /// What comes after the requests of a file.
    fn close_file(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What comes between two rendered things: of a file or, where files are not set apart, of the run.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What comes between two files, where they are set apart.
    fn file_separator(&self) -> Option<&'static str> {
        None
    }

    /// What follows the fingerprint that each rendered line ends with, where they have one.
    fn after_fingerprint(&self) -> Option<&'static str> {
        None
    }

    /// Tells of a rendered line whether it comes only after the others. None where all come as they are.
    fn last_lines(&self) -> Option<fn(&[u8]) -> bool> {
        None
    }

    /// What comes after everything.
    fn end(&self, total: &Total, out: &mut dyn Write) -> io::Result<()>;
}

/// Writes what each diagnostic is in a list of JSON, with this between any two.
fn write_each<'r, T: Serialize>(
    reports: &'r [Report],
    separator: &str,
    out: &mut Vec<u8>,
    mut finding: impl FnMut(&'r Report, &'r Diagnostic) -> T,
) -> io::Result<()> {
    let mut before = "";
    for report in reports {
        for diagnostic in &report.diagnostics {
            out.extend_from_slice(before.as_bytes());
            before = separator;
            serde_json::to_writer(&mut *out, &finding(report, diagnostic))?;
        }
    }
    Ok(())
}
