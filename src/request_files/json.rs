//! `.json`: a request, a list of requests, or the bare body of an operation that is known from elsewhere.
//!
//! Decides what a document is. What a request in it says is for [`super::object`].

use std::ops::Range;

use super::locate::{Body, Layout, Lines, locate};
use super::object::{Outcome, Piece, Wire, check_object};
use super::source_map::Derived;
use super::{FileReport, Options, Problem, without_bom};
use crate::api::Operation;
use crate::diagnostic::Report;
use crate::json::{Kind, Reader, Tree};
use crate::{Context, check_body};

/// Checks a JSON document.
pub(super) fn check(text: &str, options: &Options, context: &Context) -> FileReport {
    let lines = Lines::new(text);
    let (start, document) = without_bom(text);
    match (document.trim_ascii_start().as_bytes().first(), options.operation) {
        (Some(b'['), None) => check_list(text, start, &lines, context),
        (_, Some(operation)) if !is_request(document) => {
            let range = trimmed(text, start..text.len());
            let report = bare_body(text, range, operation, &lines, context);
            FileReport { reports: vec![report], ..FileReport::default() }
        }
        _ => check_one(text, start, &lines, context),
    }
}

/// Checks a bare body.
pub(super) fn bare_body(
    text: &str,
    range: Range<usize>,
    operation: Operation,
    lines: &Lines<'_>,
    context: &Context,
) -> Report {
    let body = Derived::verbatim(text, range.clone());
    let mut report = check_body(operation, body.text(), context);
    report.line = Some(lines.line(range.start));
    if !report.diagnostics.is_empty() {
        let url = Derived::verbatim(text, range.clone());
        let layout = Layout { request: range, url, headers: Vec::new(), body: Body::Here(body) };
        locate(&mut report, &layout, lines);
    }
    report
}

/// Whether a document has the method and the URL that make it a request.
pub(super) fn is_request(document: &str) -> bool {
    // A document without either word is surely none, and needs no second look.
    let bytes = document.as_bytes();
    if crate::search::memmem::find(bytes, b"\"method\"").is_none()
        || crate::search::memmem::find(bytes, b"\"url\"").is_none()
    {
        return false;
    }
    if let Some(wire) = Wire::read(document) {
        return wire.method.is_some() && wire.url.is_some();
    }
    let tree = Tree::parse(document);
    tree.member(tree.root(), "method").is_some() && tree.member(tree.root(), "url").is_some()
}

fn check_one(text: &str, start: usize, lines: &Lines<'_>, context: &Context) -> FileReport {
    let mut file = FileReport::default();
    let outcome = check_object(text, start..text.len(), lines, context);
    match outcome.unwrap_or_else(|piece| piece.check(lines, context)) {
        Outcome::Report(report) => file.reports.push(report),
        Outcome::Skipped => file.skipped += 1,
        Outcome::Foreign(report) => {
            file.foreign = true;
            if report.diagnostics.iter().any(|diagnostic| diagnostic.rule == "syntax") {
                file.reports.push(report);
            } else {
                file.problems.push(neither());
            }
        }
    }
    file
}

fn neither() -> Problem {
    let message = "this is neither a request (an object with `method` and `url`) nor the body of an operation \
                   that is known; name the operation with --operation, or in the file's name as in UpdatePool.json";
    Problem { message: message.to_owned(), span: None }
}

fn check_list(text: &str, start: usize, lines: &Lines<'_>, context: &Context) -> FileReport {
    let document = text.get(start..).unwrap_or_default();
    let mut file = FileReport::default();
    lines.prepare();
    if let Some(elements) = elements(document) {
        for range in elements {
            add_element(&mut file, text, start + range.start..start + range.end, lines, context);
        }
    } else {
        let piece = Piece { text, start, tree: Tree::parse(document) };
        for node in piece.tree.elements(piece.tree.root()) {
            let range = piece.tree.range(node);
            // A mere slip between elements makes values that never were requests.
            if piece.tree.kind(node) == Kind::Object {
                add_element(&mut file, text, start + range.start..start + range.end, lines, context);
            }
        }
        let told = |report: &Report| report.diagnostics.iter().any(|found| found.rule == "syntax");
        if !file.reports.iter().any(told) && piece.is_broken() {
            file.foreign |= file.reports.is_empty();
            file.reports.push(piece.foreign(lines));
        }
    }
    if file.reports.is_empty() && file.skipped == 0 && file.problems.is_empty() {
        file.foreign = true;
        file.problems.push(neither());
    }
    file
}

/// Where the elements of a list stand, if the strict reader takes it.
fn elements(document: &str) -> Option<Vec<Range<usize>>> {
    let mut reader = Reader::new(document);
    let mut elements = Vec::new();
    let read = reader.list(|reader| {
        elements.push(reader.with_range(Reader::pass)?.1);
        Ok(())
    });
    (read.is_ok() && reader.is_done()).then_some(elements)
}

fn add_element(file: &mut FileReport, text: &str, range: Range<usize>, lines: &Lines<'_>, context: &Context) {
    let outcome = check_object(text, range, lines, context);
    match outcome.unwrap_or_else(|piece| piece.check(lines, context)) {
        Outcome::Report(report) => file.reports.push(report),
        Outcome::Skipped => file.skipped += 1,
        Outcome::Foreign(report) => {
            // The first element tells whether the list is one of requests.
            file.foreign |= file.reports.is_empty() && file.skipped == 0;
            file.reports.push(report);
        }
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = text.get(range.clone()).unwrap_or_default();
    let start = range.end - piece.trim_ascii_start().len();
    start..start.max(range.start + piece.trim_ascii_end().len())
}
