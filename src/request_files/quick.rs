//! A good request, read in one go: its body straight into the model, and all borrowed that can be.
//!
//! None where the strict reader finds fault: then the rest is for the tree. A module for the browser is to be small, and
//! has the tree alone, which says the same.

use std::ops::Range;

use super::locate::Lines;
use super::object::{Line, Piece, meant, with};
use super::unescape::unescape;
use crate::api::operation::{Route, route};
use crate::check::{GoodBody, check_routed};
use crate::diagnostic::Report;
use crate::json::{Reader, Refused};
use crate::{Context, Request};

fn reader(text: &str) -> Option<Reader<'_>> {
    (!cfg!(target_family = "wasm")).then(|| Reader::new(text))
}

/// Checks the request that a stretch of a text holds.
pub(super) fn check(lines: &Lines<'_>, range: &Range<usize>, context: &Context) -> Option<Line> {
    let text = lines.slice(range);
    let Some(mut report) = judge(text, context)? else { return Some(Line::Skipped) };
    report.line = Some(lines.line(range.end - text.trim_ascii_start().len()));
    if !report.diagnostics.is_empty() {
        Piece::new(lines, range.clone()).layout().locate(&mut report, lines);
    }
    Some(Line::Report(report))
}

/// Whether a document has the method and the URL that make it a request.
pub(super) fn is_request(document: &str) -> Option<bool> {
    let wire = Wire::read(document)?;
    Some(wire.method.is_some() && wire.url.is_some())
}

/// Where the elements of a list stand.
pub(super) fn elements(document: &str) -> Option<Vec<Range<usize>>> {
    let mut reader = reader(document)?;
    let mut elements = Vec::new();
    let read = reader.list(|reader| {
        elements.push(reader.with_range(Reader::pass)?.1);
        Ok(())
    });
    (read.is_ok() && reader.is_done()).then_some(elements)
}

/// The report of a request; none in it where the request goes to another service.
fn judge(piece: &str, context: &Context) -> Option<Option<Report>> {
    let wire = Wire::read(piece)?;
    let (method, url) = (wire.method?, wire.url?);
    let own = match wire.context {
        Some(own) => Some(with(context, own).ok()?),
        None => None,
    };
    let inner;
    let body = match wire.body {
        Some(raw) if raw.starts_with('"') => {
            inner = unescape(raw, 0..raw.len());
            Some(inner.text())
        }
        raw => raw,
    };
    let request = Request { method, url, headers: wire.headers, body };
    let route = wire.route.unwrap_or_else(|| route(method, url));
    Some(check_routed(&request, route, wire.good.as_ref(), own.as_ref().unwrap_or(context)))
}

/// A request as it is written. Members that are not ours may say what they like.
#[derive(Default)]
struct Wire<'a> {
    method: Option<&'a str>,
    url: Option<&'a str>,
    headers: Option<Vec<(&'a str, &'a str)>>,
    body: Option<&'a str>,
    context: Option<&'a str>,
    route: Option<Route>,
    /// The body, if the operation was known when it came.
    good: Option<GoodBody<'a>>,
}

impl<'a> Wire<'a> {
    /// Reads an object; none where the strict reader finds fault with it.
    fn read(piece: &'a str) -> Option<Self> {
        let mut reader = reader(piece)?;
        let mut wire = Self::default();
        reader.object(|reader, name| wire.member(reader, name)).ok()?;
        reader.is_done().then_some(wire)
    }

    fn member(&mut self, reader: &mut Reader<'a>, name: &str) -> Result<(), Refused> {
        match name {
            "method" => once(&mut self.method, reader.verbatim()),
            "url" => once(&mut self.url, reader.verbatim()),
            "headers" if self.headers.is_none() && reader.null() => Ok(()),
            "headers" => {
                let mut headers = Vec::new();
                reader.object(|reader, name| {
                    headers.push((name, reader.verbatim().ok_or(Refused)?));
                    Ok(())
                })?;
                once(&mut self.headers, Some(headers))
            }
            "body" => {
                let (good, body) = reader.text_of(|reader| self.read_body(reader))?;
                self.good = good;
                once(&mut self.body, Some(body))
            }
            "context" if self.context.is_none() && reader.null() => Ok(()),
            "context" => once(&mut self.context, Some(reader.text_of(Reader::pass)?.1)),
            _ if meant(name).is_some() => Err(Refused),
            _ => reader.pass(),
        }
    }

    /// Reads the body at once, if it is known already what it is for.
    fn read_body(&mut self, reader: &mut Reader<'a>) -> Result<Option<GoodBody<'a>>, Refused> {
        if let (Some(method), Some(url)) = (self.method, self.url) {
            self.route = Some(route(method, url));
        }
        match self.route {
            Some(Route::Operation(operation, _)) if reader.is_at_object() => {
                GoodBody::read(operation, reader).map(Some)
            }
            _ => reader.pass().map(|()| None),
        }
    }
}

/// Takes the value of a member that may be there but once.
fn once<T>(member: &mut Option<T>, value: Option<T>) -> Result<(), Refused> {
    if value.is_none() || member.is_some() {
        return Err(Refused);
    }
    *member = value;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_says_the_same() {
        let pool = r#""method": "PUT", "url": "https://h/v3/p/elb/pools/b8b1c6e0""#;
        let slow = r#"{"pool": {"slow_start": {"enable": true, "duration": 5}}}"#;
        for text in [
            format!("  {{{pool}, \"headers\": {{\"X-Auth-Token\": \"{{{{t}}}}\"}}, \"body\": {slow}}}"),
            format!(
                "{{{pool}, \"headers\": null, \"context\": null, \"body\": {slow}, \"own\": [1e5, {{}}]}}"
            ),
            format!("\n{{\"body\": {slow}, \"context\": {{\"pool\": {{\"protocol\": \"TCP\"}}}}, {pool}}}\n"),
            format!("{{{pool}, \"body\": {slow:?}}}"),
            format!("{{{pool}, \"body\": \"\"}}"),
            format!("{{{pool}}}"),
            r#"{"method": "GET", "url": "/v3/p/elb/pools"}"#.to_owned(),
            r#"{"method": "GET", "url": "/v2/p/servers", "body": []}"#.to_owned(),
        ] {
            let (lines, context) = (Lines::new(&text), Context::default());
            let quick = check(&lines, &(0..text.len()), &context).expect(&text);
            let whole = Piece::new(&lines, 0..text.len()).check(&context);
            assert_eq!(format!("{quick:?}"), format!("{whole:?}"), "{text}");
        }
    }
}
