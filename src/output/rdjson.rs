//! `--format rdjson`: the Reviewdog Diagnostic Format. Its columns count bytes of UTF-8.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::columns::Columns;
use super::{Format, Root, Source, Total, write_each};
use crate::diagnostic::{Position, Report, Severity, Span};

/// The format of reviewdog.
#[derive(Debug)]
pub(crate) struct RdJson {
    pub(crate) root: Root,
}

#[derive(Serialize)]
struct Finding<'a> {
    message: Cow<'a, str>,
    location: Location<'a>,
    severity: &'a str,
    code: Code<'a>,
    #[serde(rename = "relatedLocations", skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Point>,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

impl Format for RdJson {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"source\":{\"name\":\"elblint\"},\"diagnostics\":[\n")
    }

    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        let path = self.root.name(source.path);
        let mut columns = Columns::new(*source);
        let mut range = |span: Span| {
            let mut point =
                |position: Position| Point { line: position.line, column: Some(columns.of(position)) };
            Range { start: point(span.start), end: Some(point(span.end)) }
        };
        write_each(reports, self.separator(), out, |report, diagnostic| {
            let line = report.line.map(|line| Range { start: Point { line, column: None }, end: None });
            let related = diagnostic.related.iter().map(|related| Related {
                message: &related.message,
                location: Location { path: &path, range: related.span.map(&mut range) },
            });
            Finding {
                message: match &diagnostic.help {
                    Some(help) => Cow::Owned(format!("{}\nhelp: {help}", diagnostic.message)),
                    None => Cow::Borrowed(&diagnostic.message),
                },
                related: related.collect(),
                location: Location { path: &path, range: diagnostic.span.map(&mut range).or(line) },
                severity: match diagnostic.severity {
                    Severity::Error => "ERROR",
                    Severity::Warning => "WARNING",
                    Severity::Info => "INFO",
                },
                code: Code { value: diagnostic.rule },
                suggestions: diagnostic
                    .fix
                    .iter()
                    .flat_map(|fix| &fix.edits)
                    .map(|edit| Suggestion { range: range(edit.span), text: &edit.text })
                    .collect(),
            }
        })
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _: &Total, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}
