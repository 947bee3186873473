//! From the places that a report names to spans in the file.
//!
//! Places are led to spans last, and only where there is something to say. Knows the parts of a request, but no
//! format: each format says in a [`Layout`] where the parts stand.

use std::borrow::Cow;
use std::ops::Range;

use super::source_map::Derived;
use crate::api::operation::{Route, route};
use crate::check::bare_diagnostic;
use crate::diagnostic::{Diagnostic, Edit, Fix, Part, Place, Report, Span, Step};
use crate::json::LineIndex;
use crate::rules::Rule;
use crate::say::say;
use crate::search::memchr;
use crate::{Context, Request, check};

/// The lines of a file, or of a piece of one.
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    index: LineIndex<'t>,
    /// How much of the file precedes the text.
    offset: usize,
    /// The line that the text begins in, from 1.
    line: usize,
}

impl<'t> Lines<'t> {
    /// The lines of a whole file.
    pub(super) fn new(text: &'t str) -> Self {
        Self::from(text, 0, 1)
    }

    /// The lines of a piece of a file that begins with a line.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn from(text: &'t str, offset: usize, line: usize) -> Self {
        Self { text, index: LineIndex::new(text), offset, line }
    }

    /// A stretch of the text.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn slice(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// A stretch of the text without the blanks around it.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let piece = self.slice(&range);
        let start = range.end - piece.trim_start().len();
        start..start.max(range.start + piece.trim_end().len())
    }

    /// A stretch of the text without the whitespace of JSON around it.
    pub(super) fn trimmed_ascii(&self, range: Range<usize>) -> Range<usize> {
        let piece = self.slice(&range);
        let start = range.end - piece.trim_ascii_start().len();
        start..start.max(range.start + piece.trim_ascii_end().len())
    }

    /// The span in the file of a stretch of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let mut span = self.index.span(range);
        for position in [&mut span.start, &mut span.end] {
            position.offset += self.offset;
            position.line += self.line - 1;
        }
        span
    }

    /// The line of an offset.
    pub(super) fn line(&self, offset: usize) -> usize {
        // Most requests begin where their text does.
        if offset == 0 { self.line } else { self.index.position(offset).line + self.line - 1 }
    }

    /// A diagnostic about a request as it is written.
    pub(super) fn fault(
        &self,
        rule: &'static Rule,
        message: String,
        help: Option<Cow<'static, str>>,
        range: Range<usize>,
    ) -> Diagnostic {
        let span = Some(self.span(range));
        Diagnostic { help, span, ..bare_diagnostic(rule, Place::request(), message) }
    }
}

/// The parts of a request, and where they stand in the text.
pub(super) struct Layout<'t> {
    /// What stands for the request as a whole.
    pub(super) request: Range<usize>,
    /// The URL.
    pub(super) url: Derived<'t>,
    /// The headers, where there are any to judge.
    pub(super) headers: Option<Vec<Header<'t>>>,
    /// The body.
    pub(super) body: Body<'t>,
}

/// A header, and where it stands.
pub(super) struct Header<'t> {
    pub(super) name: Cow<'t, str>,
    pub(super) value: Cow<'t, str>,
    pub(super) range: Range<usize>,
}

impl Header<'_> {
    fn pair(&self) -> (&str, &str) {
        (&self.name, &self.value)
    }
}

/// Where a body stands.
pub(super) enum Body<'t> {
    /// There is none.
    Absent,
    /// It could not be read.
    Unread,
    /// In the text.
    Here(Derived<'t>),
    /// In another file.
    There {
        /// The line that names the file.
        line: Range<usize>,
        /// The name as it is written.
        name: &'t str,
        /// The lines of the file.
        lines: &'t LineIndex<'t>,
        /// The body that it makes.
        body: Derived<'t>,
    },
}

/// What stands for a body that could not be read: its value is not known.
pub(super) const UNREAD: &str = "{{body}}";

impl Body<'_> {
    /// The JSON text.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Absent => None,
            Self::Unread => Some(UNREAD),
            Self::Here(body) | Self::There { body, .. } => Some(body.text()),
        }
    }
}

impl Layout<'_> {
    /// Checks the request that has these parts. None where it goes to another service.
    pub(super) fn check(&self, method: &str, context: &Context, lines: &Lines<'_>) -> Option<Report> {
        let pairs = self.headers.as_ref().map(|headers| headers.iter().map(Header::pair).collect());
        let request = Request { method, url: self.url.text(), headers: pairs, body: self.body.text() };
        let mut report = check(&request, context)?;
        self.locate(&mut report, lines);
        Some(report)
    }

    /// Leads every place of a report to its span, and puts the diagnostics in source order.
    pub(super) fn locate(&self, report: &mut Report, lines: &Lines<'_>) {
        let Report { method, diagnostics, .. } = report;
        for diagnostic in diagnostics {
            self.tell_other_file(diagnostic);
            let range = self.range(method, &diagnostic.place, diagnostic.span);
            diagnostic.span = Some(lines.span(range));
            for related in &mut diagnostic.related {
                let in_body = related.span;
                let span = lines.span(self.range(method, &related.place, in_body));
                if let (Some(in_body), Body::Here(_)) = (in_body, &self.body) {
                    renumber(&mut diagnostic.message, in_body.start.line, span.start.line);
                }
                related.span = Some(span);
            }
            diagnostic.fix = diagnostic.fix.take().and_then(|fix| self.fix(fix, lines));
        }
        report.settle();
    }

    fn range(&self, method: &str, place: &Place, in_body: Option<Span>) -> Range<usize> {
        let name = match place.pointer.steps().first() {
            Some(Step::Name(name)) => name,
            Some(Step::Other(name)) => &**name,
            Some(Step::Index(_)) | None => "",
        };
        let found = match (place.part, &self.body) {
            (Part::Path, _) => Some(self.url.source(parameter(method, self.url.text(), name))),
            (Part::Query, _) => Some(self.url.source(query(self.url.text(), name))),
            (Part::Header, _) => {
                let mut headers = self.headers.iter().flatten();
                headers
                    .rfind(|header| header.name.eq_ignore_ascii_case(name))
                    .map(|header| header.range.clone())
            }
            (Part::Body, Body::Here(body)) if !body.text().is_empty() => {
                Some(body.source(offsets(in_body, body)))
            }
            (Part::Body, Body::There { line, .. }) => Some(line.clone()),
            (Part::Request | Part::Body, _) => None,
        };
        found.unwrap_or_else(|| self.request.clone())
    }

    /// The fix in the file; none where the file does not hold what it would change.
    fn fix(&self, mut fix: Box<Fix>, lines: &Lines<'_>) -> Option<Box<Fix>> {
        let Body::Here(body) = &self.body else { return None };
        for edit in &mut fix.edits {
            let (range, text) = body.edit(edit.span.range(), &edit.text)?;
            *edit = Edit { span: lines.span(range), text };
        }
        Some(fix)
    }

    /// The span can only be the line that names the file, so the help says where in the file to look.
    fn tell_other_file(&self, diagnostic: &mut Diagnostic) {
        let Body::There { name, lines, body, .. } = &self.body else { return };
        if diagnostic.place.part != Part::Body {
            return;
        }
        let start = lines.position(body.source(offsets(diagnostic.span, body)).start);
        let place = in_file(name, start.line, start.column);
        let look = say!("look at {}", place);
        diagnostic.help = Some(Cow::Owned(match &diagnostic.help {
            Some(help) => say!("{}; {}", help, look),
            None => look,
        }));
    }
}

/// A message that ends with a line counts from the body's start. In a file, lines are the file's.
fn renumber(message: &mut String, in_body: usize, in_file: usize) {
    let mut digits = itoa::Buffer::new();
    if let Some(start) =
        message.strip_suffix(digits.format(in_body)).filter(|start| start.ends_with(" on line "))
    {
        message.truncate(start.len());
        message.push_str(digits.format(in_file));
    }
}

/// A place in another file, for a message.
pub(super) fn in_file(name: &str, line: usize, column: usize) -> String {
    let [mut first, mut second] = [itoa::Buffer::new(); 2];
    say!("{}:{}:{}", name, first.format(line), second.format(column))
}

fn offsets(span: Option<Span>, body: &Derived<'_>) -> Range<usize> {
    span.map_or(0..body.text().len(), |span| span.range())
}

/// Where the value of a path parameter is; the whole URL if it has none of that name.
fn parameter(method: &str, url: &str, name: &str) -> Range<usize> {
    if let Route::Operation(_, parameters) = route(method, url) {
        for (own, range) in parameters {
            if own == name {
                return range;
            }
        }
    }
    0..url.len()
}

/// Where the value of a query parameter is; the whole URL if it has none of that name.
fn query(url: &str, name: &str) -> Range<usize> {
    let bytes = url.as_bytes();
    let end_of = |byte, start, end| {
        memchr(byte, bytes.get(start..end).unwrap_or_default()).map_or(end, |at| start + at)
    };
    let mut before = end_of(b'?', 0, url.len());
    while before < url.len() {
        let start = before + 1;
        let end = end_of(b'&', start, url.len());
        let key = end_of(b'=', start, end);
        if url.get(start..key) == Some(name) {
            return (key + 1).min(end)..end;
        }
        before = end;
    }
    0..url.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_parameters_are_found() {
        let url = "/v3?limit=5&marker&x=";
        let value = |name| url.get(query(url, name)).unwrap();
        assert_eq!(value("limit"), "5");
        assert_eq!(value("marker"), "");
        assert_eq!(value("x"), "");
        assert_eq!(value("none"), url);
    }
}
