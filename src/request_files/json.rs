//! `.json`: a request, a list of requests, or the bare body of an operation that is known from elsewhere.
//!
//! Decides what a document is. What a request in it says is for [`super::object`].

use std::ops::Range;

use super::locate::{Body, Layout, Lines};
use super::object::{Line, Piece, check_object, tells_syntax};
use super::quick;
use super::source_map::Derived;
use super::{FileReport, Options, without_bom};
use crate::api::Operation;
use crate::diagnostic::Report;
use crate::json::{Kind, Tree};
use crate::search::memmem;
use crate::{Context, check_body};

/// Checks a JSON document.
pub(super) fn check(text: &str, options: &Options, context: &Context, file: &mut FileReport) {
    let lines = Lines::new(text);
    let document = without_bom(text)..text.len();
    let range = lines.trimmed_ascii(document.clone());
    match options.operation.filter(|_| !is_request(lines.slice(&range))) {
        Some(operation) => file.reports.push(bare_body(&lines, range, operation, context)),
        None if options.operation.is_none() && lines.slice(&range).starts_with('[') => {
            check_list(&lines, document, context, file);
        }
        None => check_one(&lines, document, context, file),
    }
}

/// Checks a bare body.
pub(super) fn bare_body(
    lines: &Lines<'_>,
    range: Range<usize>,
    operation: Operation,
    context: &Context,
) -> Report {
    // What is behind it tells a number that is whole from one that may be cut off.
    let whole = range.start..lines.text.len();
    let mut report = check_body(operation, lines.slice(&whole), context);
    report.line = Some(lines.line(range.start));
    if !report.diagnostics.is_empty() {
        let body = Body::Here(Derived::verbatim(lines.text, whole));
        let layout = Layout { request: range, url: Derived::default(), headers: None, body };
        layout.locate(&mut report, lines);
    }
    report
}

/// Whether a document has the method and the URL that make it a request.
pub(super) fn is_request(document: &str) -> bool {
    // A document without either word is surely none, and needs no second look.
    let has = |word| memmem::find(document.as_bytes(), word).is_some();
    if !has(b"\"method\"") || !has(b"\"url\"") {
        return false;
    }
    quick::is_request(document).unwrap_or_else(|| {
        let tree = Tree::parse(document);
        tree.member(tree.root(), "method").is_some() && tree.member(tree.root(), "url").is_some()
    })
}

fn check_one(lines: &Lines<'_>, range: Range<usize>, context: &Context, file: &mut FileReport) {
    match check_object(lines, range, context) {
        Line::Foreign(report) if !tells_syntax(&report) => {}
        line => file.add(line),
    }
}

fn check_list(lines: &Lines<'_>, document: Range<usize>, context: &Context, file: &mut FileReport) {
    let mut check = |range: Range<usize>| {
        let range = document.start + range.start..document.start + range.end;
        file.add(check_object(lines, range, context));
    };
    if let Some(elements) = quick::elements(lines.slice(&document)) {
        elements.into_iter().for_each(check);
        return;
    }
    let piece = Piece::new(lines, document.clone());
    for node in piece.tree.elements(piece.tree.root()) {
        // A mere slip between elements makes values that never were requests.
        match piece.tree.kind(node) {
            Kind::Object => check(piece.tree.range(node)),
            Kind::Placeholder => {}
            _ if piece.is_broken() => {}
            _ => check(piece.tree.range(node)),
        }
    }
    if piece.is_broken() && !file.reports.iter().any(tells_syntax) {
        file.foreign |= file.reports.is_empty();
        file.reports.push(piece.foreign());
    }
}
