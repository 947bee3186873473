//! `--format gitlab`: a Code Quality report, which GitLab shows in merge requests.

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::words::sentence;
use super::{Format, Root, Source, Total, write_each};
use crate::diagnostic::{Report, Severity};

/// The format of GitLab's Code Quality.
#[derive(Debug)]
pub(crate) struct GitLab {
    pub(crate) root: Root,
}

#[derive(Serialize)]
struct Finding<'a> {
    description: String,
    check_name: &'a str,
    severity: &'a str,
    location: Location<'a>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
}

impl Format for GitLab {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[\n")
    }

    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        if reports.iter().all(|report| report.diagnostics.is_empty()) {
            return Ok(());
        }
        let path = self.root.name(source.path);
        let fingerprints = Fingerprints::new(*source, &path);
        write_each(reports, self.separator(), out, |report, diagnostic| {
            let span = diagnostic.span;
            Finding {
                description: sentence(diagnostic),
                check_name: diagnostic.rule,
                severity: match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: Location {
                    path: &path,
                    lines: Lines {
                        begin: span.map_or(report.line.unwrap_or(1), |span| span.start.line),
                        end: span.map(|span| span.end.line),
                    },
                },
                fingerprint: fingerprints.of(report, diagnostic).to_string(),
            }
        })
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn after_fingerprint(&self) -> Option<&'static str> {
        Some("\"}")
    }

    fn end(&self, _: &Total, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}
