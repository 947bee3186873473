//! `--format github`: workflow commands, which GitHub shows as annotations.
//!
//! GitHub shows ten of each severity a step and fifty a job, so what is graver comes first. The place is in the
//! message too, because logs do not show the properties.

use std::borrow::Cow;
use std::io::{self, Write};

use super::words::{harmless, start};
use super::{Format, Root, Source, Total};
use crate::diagnostic::{Diagnostic, Report, Severity};

/// The format for steps of GitHub Actions.
#[derive(Debug)]
pub(crate) struct GitHub {
    pub(crate) root: Root,
}

impl GitHub {
    fn command(path: &str, report: &Report, diagnostic: &Diagnostic, out: &mut Vec<u8>) -> io::Result<()> {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let (line, column) = start(report, diagnostic);
        write!(out, "::{command} title=elblint%3A {},file={},line={line}", diagnostic.rule, property(path))?;
        if let Some(span) = diagnostic.span {
            write!(out, ",endLine={}", span.end.line)?;
            // GitHub takes columns only for places within one line.
            if span.end.line == line {
                write!(out, ",col={column},endColumn={}", span.end.column)?;
            }
        }
        let (path, message) = (data(path), data(&diagnostic.message));
        write!(out, "::{path}:{line}:{column}: {}: {message}", diagnostic.rule)?;
        if let Some(help) = &diagnostic.help {
            write!(out, "%0Ahelp: {}", data(help))?;
        }
        writeln!(out)
    }
}

impl Format for GitHub {
    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        let path = self.root.name(source.path);
        for report in reports {
            for diagnostic in &report.diagnostics {
                Self::command(&path, report, diagnostic, out)?;
            }
        }
        Ok(())
    }

    fn last_lines(&self) -> Option<fn(&[u8]) -> bool> {
        Some(|line| !line.starts_with(b"::error "))
    }

    fn end(&self, total: &Total, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", total.summary.sentence(""))
    }
}

/// The text of a command. Line ends, which would end it, are escaped with all control characters.
fn data(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if text.contains('%') { Cow::Owned(text.replace('%', "%25")) } else { text }
}

/// The value of a command's property.
fn property(text: &str) -> Cow<'_, str> {
    let text = data(text);
    if !text.contains([':', ',']) {
        return text;
    }
    Cow::Owned(text.replace(':', "%3A").replace(',', "%2C"))
}
