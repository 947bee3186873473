//! The browser's face: texts in, JSON texts out.
//!
//! Judges nothing; it hands what the package around it passes to [`elblint`]. Only strings cross the border, because
//! walking JavaScript objects from here is several times slower. What may be wrong with arguments is told apart by
//! the package; nothing in here panics, whatever it is given.

use elblint::policy::Policy;
use elblint::request_files::{self, Options};
use elblint::{Context, ContextError, Report, Request};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// Checks a request. `headers` is a JSON list of pairs; `own` is the context that the request itself carries, which
/// must have passed [`context_fault`]. Returns a report, or `null` where the request goes to another service.
#[wasm_bindgen]
pub fn check(
    method: &str,
    url: &str,
    headers: Option<String>,
    body: Option<String>,
    context: Option<String>,
    own: Option<String>,
    spans: bool,
) -> String {
    let mut context = known(context.as_deref());
    if own.is_some() {
        context.merge(known(own.as_deref()));
    }
    let headers: Option<Vec<(String, String)>> =
        headers.map(|headers| serde_json::from_str(&headers).unwrap_or_default());
    let headers = headers
        .as_ref()
        .map(|headers| headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect());
    let request = Request { method, url, headers, body: body.as_deref() };
    let mut report = elblint::check(&request, &context);
    if let Some(report) = report.as_mut().filter(|_| !spans) {
        forget_spans(report);
    }
    json(&report)
}

/// Checks the body of an operation, without the request around it. Returns a report; `null` for no such operation.
#[wasm_bindgen]
pub fn check_body(operation: &str, body: &str, context: Option<String>) -> String {
    let report = elblint::Operation::from_name(operation).map(|operation| {
        let mut report = elblint::check_body(operation, body, &known(context.as_deref()));
        forget_spans(&mut report);
        report
    });
    json(&report)
}

/// Checks a request file: `{"reports": […], "skipped": 0, "problems": […]}`.
#[wasm_bindgen]
pub fn check_file(name: &str, text: &str, context: Option<String>) -> String {
    #[derive(Serialize)]
    struct File<'f> {
        reports: &'f [Report],
        skipped: usize,
        problems: Vec<Problem<'f>>,
    }
    #[derive(Serialize)]
    struct Problem<'f> {
        message: &'f str,
        #[serde(skip_serializing_if = "Option::is_none")]
        span: Option<elblint::diagnostic::Span>,
    }
    let context = known(context.as_deref());
    let mut load = |_: &str| Err("other files cannot be read from here".to_owned());
    let mut file = request_files::check_text(name, text, &Options::default(), &context, &mut load);
    Policy::default().apply(&mut file.reports, &file.comments);
    let problems = file
        .problems
        .iter()
        .map(|problem| Problem { message: &problem.message, span: problem.span })
        .collect();
    json(&File { reports: &file.reports, skipped: file.skipped, problems })
}

/// What is wrong with a context; nothing where it can be used.
#[wasm_bindgen]
pub fn context_fault(text: &str) -> Option<String> {
    Context::from_json(text).err().as_ref().map(ContextError::to_string)
}

fn known(context: Option<&str>) -> Context {
    context.and_then(|text| Context::from_json(text).ok()).unwrap_or_default()
}

/// Spans lead into a text that the caller has never seen, and so do the edits of fixes.
fn forget_spans(report: &mut Report) {
    for diagnostic in &mut report.diagnostics {
        diagnostic.span = None;
        diagnostic.fix = None;
        for related in &mut diagnostic.related {
            related.span = None;
        }
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
