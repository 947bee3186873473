//! `--format concise`: a line a diagnostic, for grep, editors and long lists.

use std::io::{self, Write};

use annotate_snippets::renderer::{
    DEFAULT_EMPHASIS_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_INFO_STYLE, DEFAULT_NONE_STYLE,
    DEFAULT_WARNING_STYLE,
};

use super::words::{harmless, sentence, start};
use super::{Format, Source, Total};
use crate::diagnostic::{Report, Severity};

/// The format of one line each.
#[derive(Debug)]
pub(crate) struct Concise {
    pub(crate) colour: bool,
    pub(crate) statistics: bool,
}

impl Format for Concise {
    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        let path = harmless(source.path);
        for report in reports {
            for diagnostic in &report.diagnostics {
                let (line, column) = start(report, diagnostic);
                let (level, place) = match (self.colour, diagnostic.severity) {
                    (false, _) => (DEFAULT_NONE_STYLE, DEFAULT_NONE_STYLE),
                    (true, Severity::Error) => (DEFAULT_ERROR_STYLE, DEFAULT_EMPHASIS_STYLE),
                    (true, Severity::Warning) => (DEFAULT_WARNING_STYLE, DEFAULT_EMPHASIS_STYLE),
                    (true, Severity::Info) => (DEFAULT_INFO_STYLE, DEFAULT_EMPHASIS_STYLE),
                };
                write!(out, "{place}{path}:{line}:{column}:{place:#} ")?;
                write!(out, "{level}{}[{}]{level:#} ", diagnostic.severity, diagnostic.rule)?;
                writeln!(out, "{}", sentence(diagnostic))?;
            }
        }
        Ok(())
    }

    fn end(&self, total: &Total, out: &mut dyn Write) -> io::Result<()> {
        if self.statistics { total.statistics.lines(out) } else { Ok(()) }
    }
}
