//! The browser's face: texts in, JSON texts out.
//!
//! Judges nothing; it hands what the package around it passes to [`elblint`]. Only numbers cross the border: texts are
//! written into a buffer in here and read from another, which is many times faster than passing strings or objects.
//! What may be wrong with arguments is told by the package; nothing in here panics, whatever it is given.

#![cfg(target_family = "wasm")]

mod arena;
mod json;

use std::cell::RefCell;
use std::mem::{self, ManuallyDrop};

use elblint::diagnostic::Requirement;
use elblint::policy::suppress;
use elblint::request_files::{self, Options};
use elblint::{Context, Operation, Report, Request, Verdict};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use arena::Mark;

/// What a call takes and gives, beside numbers. It was taken in this order, and nothing else lives longer than a call.
struct Desk {
    /// Before anything was taken.
    start: Mark,
    input: Vec<u8>,
    /// When there was room for the input.
    roomy: Mark,
    /// What is known of the target.
    known: Context,
    /// When it was told what is known.
    told: Mark,
    /// The last report that was written, if nothing was wrong, and when it was there: it is mostly the same again.
    last: Option<(ManuallyDrop<Report>, Mark)>,
    output: String,
}

thread_local! {
    // It is never dropped, so no call has to ask whether it is there still.
    static DESK: ManuallyDrop<RefCell<Desk>> = const { ManuallyDrop::new(RefCell::new(Desk::new())) };
}

/// Does something at the desk.
fn at_desk<T>(work: impl FnOnce(&mut Desk) -> T) -> T {
    DESK.with(|desk| work(&mut desk.borrow_mut()))
}

impl Desk {
    const fn new() -> Self {
        let start = Mark::START;
        Self {
            start,
            input: Vec::new(),
            roomy: start,
            known: Context::new(),
            told: start,
            last: None,
            output: String::new(),
        }
    }

    /// When all was there that the next call will need.
    fn kept(&self) -> Mark {
        self.last.as_ref().map_or(self.told, |(_, until)| *until)
    }

    /// Forgets all that was taken since a point in time.
    #[inline(never)]
    fn clear(&mut self, to: Mark) {
        if to == Mark::START {
            return;
        }
        mem::forget(mem::take(&mut self.output));
        if to < self.kept() {
            self.last = None;
        }
        if to < self.told {
            mem::forget(mem::take(&mut self.known));
        }
        if to < self.roomy {
            mem::forget(mem::take(&mut self.input));
        }
        // SAFETY: what was taken since then has just been forgotten, and the rest with the call that took it.
        #[allow(unsafe_code)]
        unsafe {
            arena::rewind(to);
        }
    }

    /// The report of the operation that has this place among all.
    fn answer(&mut self, report: Report, place: Option<usize>, spans: bool) -> usize {
        // The calls to come take it all back.
        let mut report = ManuallyDrop::new(report);
        if !report.diagnostics.is_empty() {
            if !spans {
                forget_spans(&mut report);
            }
            return write(&*report, &mut self.output);
        }
        match (place, &self.last) {
            (Some(place), _) if report.verdict == Verdict::Ready => Answer::READY + place,
            (_, Some((last, _))) if is_same(last, &report) => Answer::AGAIN,
            _ => {
                let until = arena::mark();
                let length = write(&*report, &mut self.output);
                // What there is of another one is in the way of this one.
                self.last = if self.last.is_none() { Some((report, until)) } else { None };
                length
            }
        }
    }
}

/// An answer in one number: no report, a ready one of an operation, or the length of the text in the output.
struct Answer;

impl Answer {
    const NOTHING: usize = 0;
    /// And the place of the operation among all.
    const READY: usize = 1;
    /// The last report that was written and found nothing wrong, once more.
    const AGAIN: usize = 63;
    /// And the length.
    const TEXT: usize = 64;
}

/// Makes room for an input of so many bytes, and tells where. What is known has to be told anew.
#[wasm_bindgen]
pub fn room(length: usize) -> *const u8 {
    at_desk(|desk| {
        if desk.start == Mark::START {
            desk.start = arena::mark();
        }
        desk.clear(desk.start);
        desk.input = vec![0; length];
        desk.roomy = arena::mark();
        desk.told = desk.roomy;
        desk.input.as_ptr()
    })
}

/// Where the output is.
#[wasm_bindgen]
pub fn output() -> *const u8 {
    at_desk(|desk| desk.output.as_ptr())
}

/// Takes the input for what is known of the target: first whatever the request, then what the request itself tells.
/// Either may be empty. Says what is wrong with it.
#[wasm_bindgen]
pub fn know(shared: usize, length: usize) -> usize {
    at_desk(|desk| {
        desk.clear(desk.roomy);
        let texts = [text(&desk.input, 0, shared), text(&desk.input, shared, length)];
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            match Context::from_json(text) {
                Ok(known) => desk.known.merge(known),
                Err(fault) => {
                    desk.known = Context::default();
                    fault.message().clone_into(&mut desk.output);
                    break;
                }
            }
        }
        desk.told = arena::mark();
        if desk.output.is_empty() { Answer::NOTHING } else { Answer::TEXT + desk.output.len() }
    })
}

/// Checks a request. The input begins with its head, a part a line: method, URL, then the name and the value of each
/// header, each with an end, unless there are none to judge. The body follows, if it has one.
#[wasm_bindgen]
pub fn check(head: usize, length: usize, has_body: bool, wants_spans: bool) -> usize {
    at_desk(|desk| {
        desk.clear(desk.kept());
        let Desk { input, known, .. } = &*desk;
        let mut rest = Some(text(input, 0, head));
        let (method, url) = (line(&mut rest).unwrap_or_default(), line(&mut rest).unwrap_or_default());
        let headers = rest.is_some().then(|| {
            let mut headers = Vec::new();
            while let (Some(name), Some(value)) = (line(&mut rest), line(&mut rest)) {
                headers.push((name, value));
            }
            headers
        });
        let body = has_body.then(|| text(input, head, length));
        let report = elblint::check(&Request { method, url, headers, body }, known);
        let Some(report) = report else { return Answer::NOTHING };
        let operation = Operation::ALL.iter().position(|known| report.operation == Some(known.name()));
        desk.answer(report, operation, wants_spans)
    })
}

/// Checks the body of an operation, which is told by its place among all.
#[wasm_bindgen]
pub fn check_body(operation: usize, length: usize, wants_spans: bool) -> usize {
    at_desk(|desk| {
        desk.clear(desk.kept());
        let Some(asked) = Operation::ALL.get(operation) else { return Answer::NOTHING };
        let report = elblint::check_body(*asked, text(&desk.input, 0, length), &desk.known);
        desk.answer(report, Some(operation), wants_spans)
    })
}

/// Checks a request file, whose name comes first in the input: `{"reports": […], "skipped": 0, "problems": […]}`.
#[wasm_bindgen]
pub fn check_file(name: usize, length: usize) -> usize {
    at_desk(|desk| {
        desk.clear(desk.told);
        let Desk { input, output, known, .. } = desk;
        let mut load = |_: &str| Err("other files cannot be read from here".to_owned());
        let (name, text) = (text(input, 0, name), text(input, name, length));
        let mut file = request_files::check_text(name, text, &Options::default(), known, &mut load);
        suppress(&mut file.reports, &file.comments, &|rule| Some(rule.severity));
        write(&*ManuallyDrop::new(file), output)
    })
}

/// The next line, and what is left behind it.
fn line<'t>(rest: &mut Option<&'t str>) -> Option<&'t str> {
    let text = (*rest)?;
    let end = text.bytes().position(|byte| byte == b'\n');
    *rest = end.and_then(|end| text.get(end + 1..));
    text.get(..end.unwrap_or(text.len()))
}

/// The package writes nothing but UTF-8.
fn text(input: &[u8], start: usize, end: usize) -> &str {
    input.get(start..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Whether reports that found nothing wrong are the same. Names are, if they stand in the same place.
fn is_same(one: &Report, other: &Report) -> bool {
    let is_same_need = |(one, other): (&Requirement, &Requirement)| {
        one.need == other.need
            && one.places == other.places
            && one.rules.iter().map(|rule| rule.as_ptr()).eq(other.rules.iter().map(|rule| rule.as_ptr()))
    };
    one.operation.map(str::as_ptr) == other.operation.map(str::as_ptr)
        && one.requires.len() == other.requires.len()
        && one.requires.iter().zip(&other.requires).all(is_same_need)
        && one.unchecked == other.unchecked
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
fn write(value: &impl Serialize, output: &mut String) -> usize {
    output.clear();
    if json::write(value, output) { Answer::TEXT + output.len() } else { Answer::NOTHING }
}
