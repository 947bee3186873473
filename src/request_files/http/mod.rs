//! `.http`, `.rest`: requests as they go over the wire, separated by `###`.
//!
//! `parse` says which line is what, `variables` what `{{name}}` stands for; here the pieces become requests and
//! are judged.

mod parse;
mod slip;
mod variables;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::locate::{Body, Layout, Lines, fault, locate, refused, sort};
use super::source_map::Derived;
use super::{Comment, FileReport, Load, Problem, without_bom};
use crate::order::by_number;
use crate::search::contains;
use crate::{Context, Request, check as judge};
use parse::{BodyFile, RawRequest};
use slip::{Slip, slip};
use variables::Variables;

/// What stands for a body that could not be read: its value is not known.
const UNREAD: &str = "{{body}}";

/// Checks every request of a file.
pub(super) fn check(text: &str, context: &Context, load: &mut Load<'_>) -> FileReport {
    let (start, _) = without_bom(text);
    let file = parse::parse(text, start);
    let lines = Lines::new(text);
    let variables = Variables::new(text, &file.definitions);
    let mut contexts = Contexts { text, lines: &lines, read: HashMap::new(), problems: Vec::new() };
    let shared = contexts.merge(context, &file.contexts, load);
    let mut report = FileReport::default();
    for raw in &file.requests {
        let context = contexts.merge(&shared, &raw.contexts, load);
        check_request(text, raw, &variables, &context, &lines, load, &mut report);
    }
    report.comments.extend(file.suppressions.iter().map(|found| Comment {
        text: text.get(found.text.clone()).unwrap_or_default().to_owned(),
        span: lines.span(found.text.start - parse::IGNORE.len()..found.text.end),
        request: found.request,
        line: found.line,
    }));
    report.problems.append(&mut contexts.problems);
    by_number(&mut report.problems, |problem| problem.span.map_or(0, |span| span.start.offset as u64 + 1));
    // Prose may have the same ending, and then has no request in it.
    let mere_text = |raw: &RawRequest| matches!(slip_of(text, raw), Some(Slip::Text | Slip::NoUrl));
    report.foreign = file.requests.iter().all(mere_text);
    if file.requests.is_empty() {
        report.problems.push(Problem { message: "there is no request in it".to_owned(), span: None });
    }
    report
}

fn check_request(
    text: &str,
    raw: &RawRequest,
    variables: &Variables<'_>,
    context: &Context,
    lines: &Lines<'_>,
    load: &mut Load<'_>,
    report: &mut FileReport,
) {
    if let Some(slip) = slip_of(text, raw) {
        return tell_slip(text, raw, slip, lines, report);
    }
    let at = raw.line.start;
    let method = raw.method.as_ref().and_then(|method| text.get(method.clone())).unwrap_or("GET");
    let url = variables.expand(&raw.target, at);
    let expand = |range: &Range<usize>| variables.expand(std::slice::from_ref(range), at);
    let headers: Vec<_> =
        raw.headers.iter().map(|header| (expand(&header.name), expand(&header.value))).collect();
    let loaded = raw.body_file.as_ref().map(|file| read_body(text, file, lines, load, report));
    let body = match (&raw.body_file, &loaded) {
        (Some(BodyFile { line, path, variables: replace }), Some(loaded)) => Body::There {
            line: line.clone(),
            name: text.get(path.clone()).unwrap_or_default(),
            file: loaded,
            body: match replace {
                true => variables.expand_other(loaded, at),
                false => Derived::verbatim(loaded, 0..loaded.len()),
            },
        },
        _ => match variables.expand(&raw.body, at) {
            body if body.text().trim_ascii().is_empty() => Body::Absent,
            body => Body::Here(body),
        },
    };
    let pairs = headers.iter().map(|(name, value)| (name.text(), value.text())).collect();
    let request = Request { method, url: url.text(), headers: Some(pairs), body: body.text() };
    let Some(mut judged) = judge(&request, context) else {
        report.skipped += 1;
        return;
    };
    judged.line = Some(raw.number);
    if !judged.diagnostics.is_empty() {
        let named = headers.iter().zip(&raw.headers);
        let headers = named.map(|((name, _), raw)| (Cow::Borrowed(name.text()), raw.line.clone())).collect();
        locate(&mut judged, &Layout { request: raw.line.clone(), url, headers, body }, lines);
    }
    if let Some(stray) = &raw.stray {
        let help = "put a blank line between the headers and the body";
        let message = "this line is no header, and no blank line is above it";
        judged.diagnostics.push(fault("syntax", message, Some(help.into()), lines.span(stray.clone())));
        sort(&mut judged);
        judged.judge();
    }
    report.reports.push(judged);
}

fn slip_of<'t>(text: &'t str, raw: &RawRequest) -> Option<Slip<'t>> {
    slip(text.get(raw.line.clone()).unwrap_or_default())
}

/// Tells that something stands in the place of a request. What a client would send elsewhere is not for us.
fn tell_slip(text: &str, raw: &RawRequest, slip: Slip<'_>, lines: &Lines<'_>, report: &mut FileReport) {
    let all = text.get(raw.line.start..raw.end).unwrap_or_default();
    let (message, help) = match slip {
        Slip::Command(_) if !contains(all, "/elb/") => {
            report.skipped += 1;
            return;
        }
        Slip::Command(name) => (
            format!("this is a command line of {name}, not a request"),
            "write what it sends: the method and the URL on one line, each header on a line of its own, a blank line, the body",
        ),
        Slip::NoUrl => {
            ("this request line has no URL".to_owned(), "write the method and the URL on one line")
        }
        Slip::Text => (
            "this is not a request line".to_owned(),
            "a request begins with its method and URL, such as `PUT https://…`; a comment begins with `#`",
        ),
    };
    let fault = fault("syntax", message, Some(help.into()), lines.span(raw.line.clone()));
    report.reports.push(refused(raw.number, String::new(), vec![fault]));
}

/// The text of the file that holds a body.
fn read_body(
    text: &str,
    file: &BodyFile,
    lines: &Lines<'_>,
    load: &mut Load<'_>,
    report: &mut FileReport,
) -> String {
    let path = text.get(file.path.clone()).unwrap_or_default();
    load(path).unwrap_or_else(|reason| {
        let message = format!("cannot read the body {path}: {reason}");
        report.problems.push(Problem { message, span: Some(lines.span(file.line.clone())) });
        UNREAD.to_owned()
    })
}

/// The files that `# @context` names, each read once.
struct Contexts<'t, 'l> {
    text: &'t str,
    lines: &'l Lines<'t>,
    read: HashMap<&'t str, Option<Context>>,
    problems: Vec<Problem>,
}

impl<'t> Contexts<'t, '_> {
    fn merge<'c>(
        &mut self,
        base: &'c Context,
        named: &[Range<usize>],
        load: &mut Load<'_>,
    ) -> Cow<'c, Context> {
        let mut merged = Cow::Borrowed(base);
        for range in named {
            let path = self.text.get(range.clone()).unwrap_or_default();
            if !self.read.contains_key(path) {
                let context = self.read(path, range, load);
                self.read.insert(path, context);
            }
            if let Some(Some(context)) = self.read.get(path) {
                merged.to_mut().merge(context.clone());
            }
        }
        merged
    }

    fn read(&mut self, path: &str, range: &Range<usize>, load: &mut Load<'_>) -> Option<Context> {
        let read = load(path).map_err(|reason| format!("cannot read the context {path}: {reason}"));
        let context = read.and_then(|text| {
            Context::from_json(&text).map_err(|error| {
                format!("cannot use the context {path}:{}:{}: {error}", error.line(), error.column())
            })
        });
        context
            .map_err(|message| {
                self.problems.push(Problem { message, span: Some(self.lines.span(range.clone())) });
            })
            .ok()
    }
}
