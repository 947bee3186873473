//! `--format sarif`: SARIF 2.1.0, which code scanning reads.
//!
//! The types are those parts of the standard that elblint has something to say in. What is suppressed is left out as
//! in every format: the standard has `suppressions`, but code scanning passes over them and would open an alert.

mod fixes;
mod rules;

use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::root::is_absolute;
use super::{Format, Root, Source, Total, write_each};
use crate::diagnostic::{Diagnostic, Place, Related, Report, Severity, Span};
use crate::rules::RULES;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The folder that URIs are relative to, which whoever reads the report knows.
const ROOT: &str = "%SRCROOT%";

/// What a segment of a URI's path writes as it is.
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b'@');

/// The format of code scanning.
#[derive(Debug)]
pub(crate) struct Sarif {
    root: Root,
    /// The places of the rules in the list of them.
    indices: FxHashMap<&'static str, usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[fixes::Fix<'a>; 1]>,
    properties: Properties<'a>,
    partial_fingerprints: PartialFingerprints,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: Artifact<'a>,
    region: Region,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact<'a> {
    uri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct PartialFingerprints {
    #[serde(rename = "elblint/v1")]
    own: String,
}

#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'a str>,
    method: &'a str,
}

impl Sarif {
    /// A report whose URIs begin at this folder.
    pub(crate) fn new(root: Root) -> Self {
        let indices = RULES.iter().enumerate().map(|(index, rule)| (rule.name, index)).collect();
        Self { root, indices }
    }

    fn finding<'a>(
        &self,
        artifact: Artifact<'a>,
        report: &'a Report,
        diagnostic: &'a Diagnostic,
        fingerprint: String,
    ) -> Finding<'a> {
        let location = |id, place: &Place, span, message| Location {
            id,
            physical_location: PhysicalLocation { artifact_location: artifact, region: region(report, span) },
            logical_locations: logical(place).into_iter().collect(),
            message,
        };
        let related = diagnostic.related.iter().enumerate().map(|(index, related)| {
            let Related { message, place, span } = related;
            location(Some(index + 1), place, *span, Some(Message { text: escape(message) }))
        });
        Finding {
            rule_id: diagnostic.rule,
            rule_index: self.indices.get(diagnostic.rule).copied(),
            level: level(diagnostic.severity),
            message: message(diagnostic),
            locations: [location(None, &diagnostic.place, diagnostic.span, None)],
            related_locations: related.collect(),
            fixes: diagnostic.fix.as_deref().map(|fix| [fixes::Fix::new(fix, artifact, report)]),
            properties: Properties { operation: report.operation, method: &report.method },
            partial_fingerprints: PartialFingerprints { own: fingerprint },
        }
    }
}

impl Format for Sarif {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":")?;
        serde_json::to_writer(&mut *out, &rules::tool())?;
        out.write_all(b",\"columnKind\":\"unicodeCodePoints\",\"automationDetails\":{\"id\":\"elblint/\"}")?;
        let about = "The root of the repository, or where elblint was run.";
        write!(out, ",\"originalUriBaseIds\":{{\"{ROOT}\":{{\"description\":{{\"text\":\"{about}\"}}}}}}")?;
        out.write_all(b",\"results\":[\n")
    }

    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        if reports.iter().all(|report| report.diagnostics.is_empty()) {
            return Ok(());
        }
        let path = self.root.name(source.path);
        let uri = uri(&path);
        let base = (!is_absolute(&path)).then_some(ROOT);
        let artifact = Artifact { uri: &uri, uri_base_id: base };
        let fingerprints = Fingerprints::new(*source, &path);
        write_each(reports, self.separator(), out, |report, diagnostic| {
            let fingerprint = fingerprints.of(report, diagnostic).to_string();
            self.finding(artifact, report, diagnostic, fingerprint)
        })
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn after_fingerprint(&self) -> Option<&'static str> {
        Some("\"}}")
    }

    fn end(&self, total: &Total, out: &mut dyn Write) -> io::Result<()> {
        let complete = total.complete;
        writeln!(out, "\n],\"invocations\":[{{\"executionSuccessful\":{complete}}}]}}]}}")
    }
}

/// The word for a severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn message(diagnostic: &Diagnostic) -> Message {
    let mut text = escape(&diagnostic.message);
    if let Some(help) = &diagnostic.help {
        text.push_str("; ");
        text.push_str(&escape(help));
    }
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    Message { text }
}

/// Brackets and braces mean links and arguments in messages.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        match character {
            '{' | '}' => escaped.extend([character, character]),
            '[' | ']' => escaped.extend(['\\', character]),
            character => escaped.push(character),
        }
    }
    escaped
}

fn region(report: &Report, span: Option<Span>) -> Region {
    match span {
        Some(Span { start, end }) => Region {
            start_line: start.line,
            start_column: Some(start.column),
            end_line: Some(end.line),
            end_column: Some(end.column),
        },
        None => Region {
            start_line: report.line.unwrap_or(1),
            start_column: None,
            end_line: None,
            end_column: None,
        },
    }
}

/// The place in the request. The request as a whole has no name in it.
fn logical(place: &Place) -> Option<LogicalLocation> {
    use crate::diagnostic::Part;
    let kind = match place.part {
        Part::Request => return None,
        Part::Path | Part::Query => "parameter",
        Part::Header => "member",
        Part::Body => match place.pointer.steps() {
            [] => return None,
            [.., crate::diagnostic::Step::Index(_)] => "element",
            _ => "member",
        },
    };
    Some(LogicalLocation { fully_qualified_name: format!("{}{}", place.part.name(), place.pointer), kind })
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, SEGMENT);
    match is_absolute(path) {
        true if path.starts_with('/') => format!("file://{encoded}"),
        true => format!("file:///{encoded}"),
        false => encoded.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a b/ü#1.http"), "a%20b/%C3%BC%231.http");
        assert_eq!(uri("/r/a:b.http"), "file:///r/a%3Ab.http");
        assert_eq!(uri("a:b.http"), "a%3Ab.http");
    }

    #[test]
    fn messages_have_no_links_or_arguments() {
        assert_eq!(escape("`{{weight}}` of [a](b)"), "`{{{{weight}}}}` of \\[a\\](b)");
    }
}
