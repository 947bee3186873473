//! `--format junit`: a test suite a file, a test case a request, which fails where the request is refused.
//!
//! A very long file is several suites of the same name: the counts stand before what they count, and the memory is not
//! for all of it.

use std::borrow::Cow;
use std::io::{self, Write};

use super::words::{dependence, is_command, plural, sentence, start};
use super::{Format, Root, Source, Summary, Total};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::rules::{self, Group};

/// The format of JUnit.
#[derive(Debug)]
pub(crate) struct JUnit {
    pub(crate) root: Root,
}

impl Format for JUnit {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"elblint\">\n")
    }

    fn open_list(&self, path: &str, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let (reports, refused) = (summary.reports, summary.refused);
        let path = self.root.name(path);
        writeln!(out, "<testsuite name=\"{}\" tests=\"{reports}\" failures=\"{refused}\">", escape(&path))
    }

    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        let path = self.root.name(source.path);
        let path = escape(&path);
        let mut last = (0, 1);
        for report in reports {
            let (what, line) = (what(report), report.line.unwrap_or(1));
            last = if last.0 == line { (line, last.1 + 1) } else { (line, 1) };
            // Whoever collects test cases tells them apart by their names.
            let number = if last.1 > 1 { format!(" ({})", last.1) } else { String::new() };
            write!(out, "<testcase name=\"{what} in line {line}{number}\" classname=\"{path}\"")?;
            let (errors, others): (Vec<_>, Vec<_>) =
                report.diagnostics.iter().partition(|diagnostic| diagnostic.severity == Severity::Error);
            let depends_on = dependence(report)?;
            if errors.is_empty() && others.is_empty() && depends_on.is_empty() {
                out.extend_from_slice(b"/>\n");
                continue;
            }
            out.extend_from_slice(b">\n");
            if let Some((first, rest)) = errors.split_first() {
                let message = match rest.len() {
                    0 => Cow::Borrowed(first.message.as_str()),
                    more => Cow::Owned(format!("{} (and {})", first.message, plural(more, "more error"))),
                };
                writeln!(out, "<failure type=\"{}\" message=\"{}\">", first.rule, escape(&message))?;
                list(&path, report, &errors, out)?;
                out.extend_from_slice(b"</failure>\n");
            }
            if !others.is_empty() || !depends_on.is_empty() {
                out.extend_from_slice(b"<system-out>");
                list(&path, report, &others, out)?;
                if !depends_on.is_empty() {
                    writeln!(out, "{what} {}", escape(&depends_on))?;
                }
                out.extend_from_slice(b"</system-out>\n");
            }
            out.extend_from_slice(b"</testcase>\n");
        }
        Ok(())
    }

    fn close_list(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"</testsuite>\n")
    }

    fn counts(&self) -> bool {
        true
    }

    fn end(&self, _: &Total, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"</testsuites>\n")
    }
}

/// What the report is about: a request, or a suppression of a configuration.
fn what(report: &Report) -> &str {
    let about_suppression = |diagnostic: &Diagnostic| {
        rules::by_name(diagnostic.rule).is_some_and(|rule| rule.group == Group::Suppressions)
    };
    let of_configuration = report.method.is_empty() && report.diagnostics.iter().all(about_suppression);
    report.operation.unwrap_or(if of_configuration { "suppression" } else { "request" })
}

fn list(path: &str, report: &Report, diagnostics: &[&Diagnostic], out: &mut Vec<u8>) -> io::Result<()> {
    for diagnostic in diagnostics {
        let (line, column) = start(report, diagnostic);
        let what = sentence(diagnostic);
        writeln!(
            out,
            "{path}:{line}:{column}: {}[{}] {}",
            diagnostic.severity,
            diagnostic.rule,
            escape(&what)
        )?;
    }
    Ok(())
}

/// A text for an element or an attribute of XML, which has no way to write most control characters.
fn escape(text: &str) -> Cow<'_, str> {
    let odd = |character: char| {
        matches!(character, '<' | '>' | '&' | '"' | '\'' | '\u{FFFE}' | '\u{FFFF}') || is_command(character)
    };
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            character if odd(character) => escaped.push('\u{FFFD}'),
            character => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}
