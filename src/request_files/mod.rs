//! Request files: the text of a file in, the reports of its requests out, every diagnostic with its place.
//!
//! A file a format. Reads no file: whoever calls hands over the text, and a way to get the files that it names.
//! Judges nothing about ELB; it takes a text apart, lets [`crate::check`] judge the pieces, and leads the places
//! back to the file.

mod http;
mod json;
mod jsonl;
mod locate;
mod object;
mod quick;
mod source_map;
mod unescape;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::Context;
use crate::api::Operation;
use crate::diagnostic::{Report, Span};
use crate::search::rsplit_once;

pub use jsonl::check_line;
pub use object::Line;

/// A format of request files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Requests as they go over the wire, separated by `###`.
    Http,
    /// One request, one body, or a list of requests.
    Json,
    /// A request a line.
    JsonLines,
}

impl Format {
    /// The format that a file's name tells.
    pub fn of(name: &str) -> Option<Self> {
        let (_, extension) = rsplit_once(name, b'.')?;
        const KNOWN: [(&str, Format); 5] = [
            ("json", Format::Json),
            ("http", Format::Http),
            ("rest", Format::Http),
            ("jsonl", Format::JsonLines),
            ("ndjson", Format::JsonLines),
        ];
        KNOWN.iter().find(|(own, _)| own.eq_ignore_ascii_case(extension)).map(|(_, format)| *format)
    }
}

/// How to read what a file does not say itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The operation that a bare body is for.
    pub operation: Option<Operation>,
}

impl Options {
    /// These options for a file of this name, which may tell the operation: `UpdatePool.json`,
    /// `blue.UpdatePool.json`, `ELB_UpdatePool.json`.
    #[must_use]
    pub fn for_file(self, name: &str) -> Self {
        Self { operation: self.operation.or_else(|| operation_of(name)) }
    }
}

/// What there is to say about a file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FileReport {
    /// The requests, in file order.
    pub reports: Vec<Report>,
    /// How many requests go to other services.
    pub skipped: usize,
    /// What kept the file, or a part of it, from being judged.
    pub problems: Vec<Problem>,
    /// The suppressions that its comments ask for.
    #[serde(skip)]
    pub comments: Vec<Comment>,
    /// Nothing in the text says that it is meant for us. A caller that was told to check the file shows the rest
    /// of this report; one that only came across the file passes it over.
    #[serde(skip)]
    pub foreign: bool,
}

impl FileReport {
    /// Adds what a line, or an element of a list, turned out to be.
    fn add(&mut self, line: Line) {
        match line {
            Line::Blank => {}
            Line::Report(report) => {
                // Whatever is before it, there is a request for us.
                self.foreign &= report.operation.is_none();
                self.reports.push(report);
            }
            Line::Skipped => self.skipped += 1,
            Line::Foreign(report) => {
                // The first one tells whether all are requests.
                self.foreign |= self.reports.is_empty() && self.skipped == 0;
                self.reports.push(report);
            }
        }
    }
}

/// A comment that asks for something to be suppressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What follows `elblint-ignore`.
    pub text: String,
    /// Where it is, from that word on.
    pub span: Span,
    /// The line of the request that it is about, 0 if there is none; none is every request of the file.
    pub request: Option<usize>,
    /// The one line that it is about; none is the whole request.
    pub line: Option<usize>,
}

/// Something that kept a file, or a part of it, from being judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What it is.
    pub message: String,
    /// Where in the file, if it is about a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// Gets the text of a file that a request file names, by the path that is written there.
pub type Load<'l> = dyn FnMut(&str) -> Result<String, String> + 'l;

/// Checks every request of a file. `name` tells the format, and perhaps the operation of a bare body; `load` gets
/// the files that `< ./body.json` and `# @context FILE` name.
///
/// A file of an unknown format is read as JSON.
///
/// ```
/// use elblint::Context;
/// use elblint::request_files::{Options, check_text};
///
/// let body = r#"{"pool": {"slow_start": {"enable": true, "duration": 20}}}"#;
/// let load = &mut |path: &str| Err(format!("{path} is not read here"));
/// let file = check_text("web.UpdatePool.json", body, &Options::default(), &Context::default(), load);
/// let found = &file.reports[0].diagnostics[0];
/// assert_eq!((found.rule, found.span.map(|span| span.start.line)), ("range", Some(1)));
/// ```
pub fn check_text(
    name: &str,
    text: &str,
    options: &Options,
    context: &Context,
    load: &mut Load<'_>,
) -> FileReport {
    let options = options.for_file(name);
    let mut file = FileReport::default();
    let nothing = match Format::of(name) {
        Some(Format::Http) => {
            http::check(text, context, load, &mut file);
            NO_REQUEST
        }
        Some(Format::JsonLines) => {
            jsonl::check(text, &options, context, &mut file);
            NO_REQUEST
        }
        Some(Format::Json) | None => {
            json::check(text, &options, context, &mut file);
            NEITHER
        }
    };
    if file.reports.is_empty() && file.skipped == 0 {
        file.foreign = true;
        file.problems.push(Problem { message: nothing.to_owned(), span: None });
    }
    file
}

const NO_REQUEST: &str = "there is no request in it";

/// What is said of JSON that could be the body of an operation, if only that were known.
pub(crate) const NEITHER: &str = "this is neither a request (an object with `method` and `url`) nor the body of an operation that is known";

fn operation_of(name: &str) -> Option<Operation> {
    let after = |text, byte| rsplit_once(text, byte).map_or(text, |(_, after)| after);
    let file = after(after(name, b'/'), b'\\');
    let (stem, _) = rsplit_once(file, b'.')?;
    let last = after(stem, b'.');
    Operation::from_name(last.strip_prefix("ELB_").unwrap_or(last))
}

/// Where a text begins, after a byte order mark.
fn without_bom(text: &str) -> usize {
    const MARK: char = '\u{FEFF}';
    if text.starts_with(MARK) { MARK.len_utf8() } else { 0 }
}
