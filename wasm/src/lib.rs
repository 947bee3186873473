//! The browser's face: texts in, JSON texts out.
//!
//! Judges nothing; it hands what the package around it passes to [`elblint`]. Only numbers cross the border: texts are
//! written into a buffer in here and read from another, which is many times faster than passing strings or objects.
//! What may be wrong with arguments is told by the package; nothing in here panics, whatever it is given.

use std::borrow::Cow;
use std::cell::RefCell;

use elblint::json::Tree;
use elblint::policy::Policy;
use elblint::request_files::{self, Options};
use elblint::{Context, Operation, Report, Request, Verdict};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// What a call takes and gives, beside numbers.
#[derive(Default)]
struct Desk {
    input: Vec<u8>,
    output: Vec<u8>,
    /// What is known of the target whatever the request, and what the request itself tells.
    known: [Context; 2],
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// An answer in one number: no report, a ready one of an operation, or the length of the text in the output.
struct Answer;

impl Answer {
    const NOTHING: usize = 0;
    /// And the place of the operation among all.
    const READY: usize = 1;
    /// And the length.
    const TEXT: usize = 64;
}

const HAS_BODY: u32 = 1;
const HAS_OWN_CONTEXT: u32 = 2;
const WANTS_SPANS: u32 = 4;

/// Makes room for an input of so many bytes, and tells where.
#[wasm_bindgen]
pub fn room(length: usize) -> *const u8 {
    DESK.with_borrow_mut(|desk| {
        if desk.input.len() < length {
            desk.input.resize(length, 0);
        }
        desk.input.as_ptr()
    })
}

/// Where the output is.
#[wasm_bindgen]
pub fn output() -> *const u8 {
    DESK.with_borrow(|desk| desk.output.as_ptr())
}

/// Takes the input for what is known of the target: whatever the request (0), or told by the request itself (1). Says
/// what is wrong with it.
#[wasm_bindgen]
pub fn know(slot: usize, length: usize) -> usize {
    DESK.with_borrow_mut(|desk| {
        let Desk { input, output, known } = desk;
        let Some(known) = known.get_mut(slot) else { return Answer::NOTHING };
        *known = Context::default();
        let text = text(input, 0, length);
        if text.is_empty() {
            return Answer::NOTHING;
        }
        match Context::from_json(text) {
            Ok(context) => {
                *known = context;
                Answer::NOTHING
            }
            Err(fault) => {
                *output = fault.to_string().into_bytes();
                Answer::TEXT + output.len()
            }
        }
    })
}

/// Checks a request. The input begins with its head, a part a line: method, URL, the headers as a JSON list of pairs
/// (nothing where there are none to judge). The body follows.
#[wasm_bindgen]
pub fn check(head: usize, length: usize, flags: u32) -> usize {
    DESK.with_borrow_mut(|desk| {
        let Desk { input, output, known } = desk;
        let mut parts = text(input, 0, head).splitn(3, '\n');
        let (method, url) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let headers = parts.next().filter(|headers| !headers.is_empty()).map(pairs);
        let headers =
            headers.as_ref().map(|headers| headers.iter().map(|(name, value)| (&**name, &**value)).collect());
        let body = (flags & HAS_BODY != 0).then(|| text(input, head, length));
        let [shared, own] = known;
        let mut both = Context::default();
        let context = if flags & HAS_OWN_CONTEXT == 0 {
            &*shared
        } else {
            both.clone_from(shared);
            both.merge(own.clone());
            &both
        };
        let report = elblint::check(&Request { method, url, headers, body }, context);
        report.map_or(Answer::NOTHING, |report| answer(report, flags & WANTS_SPANS != 0, output))
    })
}

/// Checks the body of an operation, which is told by its place among all.
#[wasm_bindgen]
pub fn check_body(operation: usize, length: usize) -> usize {
    DESK.with_borrow_mut(|desk| {
        let Desk { input, output, known: [shared, _] } = desk;
        let Some(operation) = Operation::ALL.get(operation) else { return Answer::NOTHING };
        let report = elblint::check_body(*operation, text(input, 0, length), shared);
        answer(report, false, output)
    })
}

/// Checks a request file, whose name comes first in the input: `{"reports": […], "skipped": 0, "problems": […]}`.
#[wasm_bindgen]
pub fn check_file(name: usize, length: usize) -> usize {
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
    DESK.with_borrow_mut(|desk| {
        let Desk { input, output, known: [shared, _] } = desk;
        let mut load = |_: &str| Err("other files cannot be read from here".to_owned());
        let (name, text) = (text(input, 0, name), text(input, name, length));
        let mut file = request_files::check_text(name, text, &Options::default(), shared, &mut load);
        Policy::default().apply(&mut file.reports, &file.comments);
        let problems = file
            .problems
            .iter()
            .map(|problem| Problem { message: &problem.message, span: problem.span })
            .collect();
        write(&File { reports: &file.reports, skipped: file.skipped, problems }, output)
    })
}

/// The pairs of strings of a JSON list.
fn pairs(text: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let tree = Tree::parse(text);
    let part = |pair, index| tree.string(tree.element(pair, index)?);
    let pairs = tree.elements(tree.root());
    pairs.filter_map(|pair| Some((part(pair, 0)?, part(pair, 1)?))).collect()
}

/// The package writes nothing but UTF-8.
fn text(input: &[u8], start: usize, end: usize) -> &str {
    input.get(start..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

fn answer(mut report: Report, spans: bool, output: &mut Vec<u8>) -> usize {
    let place = Operation::ALL.iter().position(|operation| report.operation == Some(operation.name()));
    if report.verdict == Verdict::Ready
        && report.diagnostics.is_empty()
        && let Some(place) = place
    {
        return Answer::READY + place;
    }
    if !spans {
        forget_spans(&mut report);
    }
    write(&report, output)
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

/// Into the same room as ever, which has grown to what is needed.
fn write(value: &impl Serialize, output: &mut Vec<u8>) -> usize {
    output.clear();
    if serde_json::to_writer(&mut *output, value).is_err() {
        return Answer::NOTHING;
    }
    Answer::TEXT + output.len()
}
