//! What every report must be like, whatever the text. For the property tests and for the fuzz targets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use elblint::diagnostic::{Report, Span};

/// What a report says, without where in the text.
pub(crate) fn said(report: &Report) -> Vec<String> {
    let diagnostics = report.diagnostics.iter();
    let mut said: Vec<String> = diagnostics
        .map(|it| format!("{} {} {} {:?}", it.rule, it.place.pointer, it.message, it.help))
        .collect();
    said.extend(report.requires.iter().map(|need| serde_json::to_string(need).unwrap()));
    said.extend(report.unchecked.iter().map(|place| format!("unchecked {}", place.pointer)));
    said
}

/// Every span lies inside the text and between its characters.
pub(crate) fn spans_lie_inside(report: &Report, text: &str) {
    let spans = report.diagnostics.iter().filter_map(|it| it.span);
    let related = report.diagnostics.iter().flat_map(|it| &it.related).filter_map(|it| it.span);
    let edits = report.diagnostics.iter().flat_map(|it| &it.fix).flat_map(|fix| &fix.edits);
    for Span { start, end } in spans.chain(related).chain(edits.map(|edit| edit.span)) {
        assert!(text.get(start.offset..end.offset).is_some(), "{start:?} to {end:?} in {text:?}");
        let before = text.get(..start.offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        assert_eq!(start.line, before.matches('\n').count() + 1, "{start:?} in {text:?}");
        assert_eq!(start.column, line.chars().count() + 1, "{start:?} in {text:?}");
    }
}

/// The diagnostics are in source order.
pub(crate) fn source_order(report: &Report) {
    let starts = report.diagnostics.iter().map(|it| (it.place.part, it.span.map(|span| span.start)));
    let starts: Vec<_> = starts.collect();
    assert!(starts.is_sorted(), "not in source order: {starts:?}");
}
