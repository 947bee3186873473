//! `.jsonl`, `.ndjson`: a request a line.
//!
//! [`check_line`] sees one line and knows no other, so that a caller can stream a file of any length.

use super::json::{bare_body, is_request};
use super::locate::Lines;
use super::object::{Outcome, check_object};
use super::{FileReport, Options, Problem, without_bom};
use crate::Context;
use crate::diagnostic::Report;

/// What a line turned out to be.
#[derive(Clone, Debug)]
pub enum Line {
    /// Nothing is on it.
    Blank,
    /// A request, judged.
    Report(Report),
    /// A request to another service.
    Skipped,
    /// JSON that is no request. With it what there is to say if it was meant as one.
    Foreign(Report),
}

/// Checks a line, without the characters that end it. `number` counts lines from 1; `offset` is where in the file
/// the line begins.
pub fn check_line(text: &str, number: usize, offset: usize, options: &Options, context: &Context) -> Line {
    let (bom, line) = if offset == 0 { without_bom(text) } else { (0, text) };
    let content = line.trim_ascii();
    if content.is_empty() {
        return Line::Blank;
    }
    let lines = Lines::from(text, offset, number);
    let start = bom + line.len() - line.trim_ascii_start().len();
    let range = start..start + content.len();
    if let Some(operation) = options.operation.filter(|_| !is_request(content)) {
        return Line::Report(bare_body(text, range, operation, &lines, context));
    }
    let outcome = match check_object(text, range, &lines, context) {
        Ok(outcome) => outcome,
        // Whatever could be guessed from the rest of the line, it is one fault: the line is not JSON.
        Err(piece) if piece.is_broken() => return Line::Report(piece.foreign(&lines)),
        Err(piece) => piece.check(&lines, context),
    };
    match outcome {
        Outcome::Report(report) => Line::Report(report),
        Outcome::Skipped => Line::Skipped,
        Outcome::Foreign(report) => Line::Foreign(report),
    }
}

/// Checks all lines of a text.
pub(super) fn check(text: &str, options: &Options, context: &Context) -> FileReport {
    let mut file = FileReport::default();
    let mut offset = 0;
    for (index, line) in text.split('\n').enumerate() {
        match check_line(line, index + 1, offset, options, context) {
            Line::Blank => {}
            Line::Report(report) => file.reports.push(report),
            Line::Skipped => file.skipped += 1,
            Line::Foreign(report) => {
                // The first line tells whether the file is one of requests.
                file.foreign |= file.reports.is_empty() && file.skipped == 0;
                file.reports.push(report);
            }
        }
        offset += line.len() + 1;
    }
    if file.reports.is_empty() && file.skipped == 0 {
        file.foreign = true;
        file.problems.push(Problem { message: "there is no request in it".to_owned(), span: None });
    }
    file
}
