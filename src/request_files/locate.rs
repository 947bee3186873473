//! From the places that a report names to spans in the file.
//!
//! Places are led to spans last, and only where there is something to say. Knows the parts of a request, but no
//! format: each format says in a [`Layout`] where the parts stand.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::source_map::Derived;
use crate::api::operation::{Route, route};
use crate::diagnostic::{Diagnostic, Edit, Fix, Part, Place, Report, Severity, Span, Step, Verdict};
use crate::json::LineIndex;
use crate::order::by_number;

/// The lines of a file, or of a piece of one. They are counted only if someone asks.
pub(super) struct Lines<'t> {
    text: &'t str,
    index: OnceCell<LineIndex<'t>>,
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
    pub(super) fn from(text: &'t str, offset: usize, line: usize) -> Self {
        Self { text, index: OnceCell::new(), offset, line }
    }

    /// The span in the file of a stretch of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let mut span = self.index().span(range);
        for position in [&mut span.start, &mut span.end] {
            position.offset += self.offset;
            position.line += self.line - 1;
        }
        span
    }

    /// Counts the lines now, for a text that many will ask about.
    pub(super) fn prepare(&self) {
        self.index();
    }

    fn index(&self) -> &LineIndex<'t> {
        self.index.get_or_init(|| LineIndex::new(self.text))
    }

    /// The line of an offset.
    pub(super) fn line(&self, offset: usize) -> usize {
        if let Some(index) = self.index.get() {
            return index.position(offset).line + self.line - 1;
        }
        // Most requests begin where their file does, and are not worth an index.
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        self.line + crate::search::memchr_iter(b'\n', before).count()
    }
}

/// Where the parts of a request stand in the text.
pub(super) struct Layout<'t> {
    /// What stands for the request as a whole.
    pub(super) request: Range<usize>,
    /// The URL.
    pub(super) url: Derived<'t>,
    /// The names of the headers, and where each stands with its value.
    pub(super) headers: Vec<(Cow<'t, str>, Range<usize>)>,
    /// The body.
    pub(super) body: Body<'t>,
}

/// Where a body stands.
pub(super) enum Body<'t> {
    /// There is none.
    Absent,
    /// In the text.
    Here(Derived<'t>),
    /// In another file.
    There {
        /// The line that names the file.
        line: Range<usize>,
        /// The name as it is written.
        name: &'t str,
        /// What the file holds.
        file: &'t str,
        /// The body that it makes.
        body: Derived<'t>,
    },
}

impl Body<'_> {
    /// The JSON text.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Absent => None,
            Self::Here(body) | Self::There { body, .. } => Some(body.text()),
        }
    }
}

/// Leads every place of a report to its span, and puts the diagnostics in source order.
pub(super) fn locate(report: &mut Report, layout: &Layout<'_>, lines: &Lines<'_>) {
    let places = Places { layout, lines, method: &report.method, there: OnceCell::new() };
    for diagnostic in &mut report.diagnostics {
        places.tell_other_file(diagnostic);
        diagnostic.span = Some(places.span(&diagnostic.place, diagnostic.span));
        for related in &mut diagnostic.related {
            let in_body = related.span;
            let span = places.span(&related.place, in_body);
            if let (Some(in_body), Body::Here(_)) = (in_body, &layout.body) {
                renumber(&mut diagnostic.message, in_body.start.line, span.start.line);
            }
            related.span = Some(span);
        }
        diagnostic.fix = diagnostic.fix.take().and_then(|fix| places.fix(fix));
    }
    sort(report);
}

/// A message that ends with a line counts from the body's start. In a file, lines are the file's.
fn renumber(message: &mut String, in_body: usize, in_file: usize) {
    if let Some(start) = message.strip_suffix(&format!(" on line {in_body}")) {
        *message = format!("{start} on line {in_file}");
    }
}

/// Puts the diagnostics in source order.
pub(super) fn sort(report: &mut Report) {
    by_number(&mut report.diagnostics, |diagnostic| {
        diagnostic.span.map_or(0, |span| span.start.offset as u64 + 1)
    });
}

struct Places<'l, 'b, 't> {
    layout: &'l Layout<'b>,
    lines: &'l Lines<'t>,
    method: &'l str,
    there: OnceCell<LineIndex<'b>>,
}

impl Places<'_, '_, '_> {
    fn span(&self, place: &Place, in_body: Option<Span>) -> Span {
        self.lines.span(self.range(place, in_body))
    }

    fn range(&self, place: &Place, in_body: Option<Span>) -> Range<usize> {
        let layout = self.layout;
        let name = match place.pointer.steps().first() {
            Some(Step::Name(name)) => name,
            Some(Step::Other(name)) => &**name,
            Some(Step::Index(_)) | None => "",
        };
        let found = match place.part {
            Part::Request => None,
            Part::Path => Some(self.path(name)),
            Part::Query => Some(layout.url.source(query(layout.url.text(), name))),
            Part::Header => layout
                .headers
                .iter()
                .rev()
                .find(|(own, _)| own.eq_ignore_ascii_case(name))
                .map(|(_, range)| range.clone()),
            Part::Body => match &layout.body {
                Body::Absent => None,
                Body::Here(body) => Some(body.source(offsets(in_body, body))),
                Body::There { line, .. } => Some(line.clone()),
            },
        };
        found.unwrap_or_else(|| layout.request.clone())
    }

    /// The fix in the file; none where the file does not hold what it would change.
    fn fix(&self, mut fix: Box<Fix>) -> Option<Box<Fix>> {
        let Body::Here(body) = &self.layout.body else { return None };
        for edit in &mut fix.edits {
            let range = edit.span.start.offset..edit.span.end.offset;
            let (range, text) = body.edit(range, &edit.text)?;
            *edit = Edit { span: self.lines.span(range), text };
        }
        Some(fix)
    }

    fn path(&self, name: &str) -> Range<usize> {
        let url = self.layout.url.text();
        let found = match route(self.method, url) {
            Route::Operation(_, parameters) => parameters.into_iter().find(|(own, _)| *own == name),
            Route::Uncovered | Route::Elsewhere => None,
        };
        self.layout.url.source(found.map_or(0..url.len(), |(_, range)| range))
    }

    /// The span can only be the line that names the file, so the help says where in the file to look.
    fn tell_other_file(&self, diagnostic: &mut Diagnostic) {
        let Body::There { name, file, body, .. } = &self.layout.body else { return };
        if diagnostic.place.part != Part::Body {
            return;
        }
        let index = self.there.get_or_init(|| LineIndex::new(file));
        let start = index.position(body.source(offsets(diagnostic.span, body)).start);
        let look = format!("look at {name}:{}:{}", start.line, start.column);
        diagnostic.help = Some(Cow::Owned(match &diagnostic.help {
            Some(help) => format!("{help}; {look}"),
            None => look,
        }));
    }
}

fn offsets(span: Option<Span>, body: &Derived<'_>) -> Range<usize> {
    span.map_or(0..body.text().len(), |span| span.start.offset..span.end.offset)
}

/// Where the value of a query parameter is; the whole URL if it has none of that name.
fn query(url: &str, name: &str) -> Range<usize> {
    let Some(mark) = url.find('?') else { return 0..url.len() };
    let mut start = mark + 1;
    for pair in url.get(start..).unwrap_or_default().split('&') {
        let key = pair.split_once('=').map_or(pair, |(key, _)| key);
        if key == name {
            let value = (start + key.len() + 1).min(start + pair.len());
            return value..start + pair.len();
        }
        start += pair.len() + 1;
    }
    0..url.len()
}

/// The report of something that is no request that could be judged.
pub(super) fn refused(line: usize, method: String, diagnostics: Vec<Diagnostic>) -> Report {
    Report {
        line: Some(line),
        operation: None,
        method: Cow::Owned(method),
        verdict: Verdict::Refused,
        diagnostics,
        requires: Vec::new(),
        unchecked: Vec::new(),
    }
}

/// An error about the request as a whole.
pub(super) fn fault(
    rule: &'static str,
    message: impl Into<String>,
    help: Option<Cow<'static, str>>,
    span: Span,
) -> Diagnostic {
    Diagnostic {
        rule,
        severity: Severity::Error,
        message: message.into(),
        help,
        place: Place::request(),
        span: Some(span),
        source: None,
        related: Vec::new(),
        fix: None,
    }
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
