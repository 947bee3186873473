//! `.http`, `.rest`: requests as they go over the wire, separated by `###`.
//!
//! `parse` says which line is what, `variables` what `{{name}}` stands for; here the pieces become requests and
//! are judged.

mod parse;
mod slip;
mod variables;

use std::borrow::Cow;
use std::ops::Range;

use super::locate::{Body, Header, Layout, Lines, UNREAD, in_file};
use super::object::tells_syntax;
use super::source_map::Derived;
use super::{FileReport, Load, Problem, without_bom};
use crate::Context;
use crate::check::bare_report;
use crate::diagnostic::{Diagnostic, Related};
use crate::json::LineIndex;
use crate::order::by_number;
use crate::rules::fields;
use crate::rules::head::LITERAL_CREDENTIAL;
use crate::say::say;
use crate::search::contains;
use parse::{BodyFile, RawRequest};
use slip::{Slip, slip};
use variables::Variables;

/// Checks every request of a file.
pub(super) fn check(text: &str, context: &Context, load: &mut Load<'_>, file: &mut FileReport) {
    let lines = Lines::new(text);
    let raw = parse::parse(&lines, without_bom(text));
    file.comments = raw.comments;
    // Prose may have the same ending, and then has no request in it.
    file.foreign = true;
    let variables = Variables::new(&lines, &raw.definitions);
    let mut reader = Reader { lines: &lines, variables, load, contexts: Vec::new(), file };
    let shared = reader.context(context, &raw.contexts);
    for request in &raw.requests {
        let context = reader.context(&shared, &request.contexts);
        reader.check(request, &context);
    }
    by_number(&mut file.problems, |problem| problem.span.map_or(0, |span| span.start.offset as u64 + 1));
}

/// What takes the requests of a file together.
struct Reader<'t, 'l> {
    lines: &'l Lines<'t>,
    variables: Variables<'t>,
    load: &'l mut Load<'l>,
    /// The files that `# @context` names, each read once.
    contexts: Vec<(&'t str, Option<Context>)>,
    file: &'l mut FileReport,
}

impl<'t> Reader<'t, '_> {
    fn check(&mut self, raw: &RawRequest, context: &Context) {
        let lines = self.lines;
        if let Some(slip) = slip(lines.slice(&raw.line)) {
            return self.tell_slip(raw, slip);
        }
        self.file.foreign = false;
        let at = raw.line.start;
        let expand =
            |range: &Range<usize>| self.variables.expand(lines.text, std::slice::from_ref(range), at);
        let mut headers = Vec::with_capacity(raw.headers.len());
        for header in &raw.headers {
            let (name, value) = (expand(&header.name).into_text(), expand(&header.value).into_text());
            headers.push(Header { name, value, range: header.line.clone() });
        }
        let url = self.variables.expand(lines.text, &raw.target, at);
        let (loaded, index);
        let body = match &raw.body_file {
            Some(BodyFile { line, path, variables }) => {
                loaded = self.load("body", path, line);
                let text = loaded.as_deref().unwrap_or(UNREAD);
                let whole = 0..text.len();
                let body = match variables {
                    true => self.variables.expand(text, &[whole], at),
                    false => Derived::verbatim(text, whole),
                };
                index = LineIndex::new(text);
                Body::There { line: line.clone(), name: lines.slice(path), lines: &index, body }
            }
            None => match self.variables.expand(lines.text, &raw.body, at) {
                body if body.text().trim_ascii().is_empty() => Body::Absent,
                body => Body::Here(body),
            },
        };
        let layout = Layout { request: raw.line.clone(), url, headers: Some(headers), body };
        let method = raw.method.as_ref().map_or("GET", |method| lines.slice(method));
        let judged = layout.check(method, context, lines);
        let may_hide = judged.as_ref().is_none_or(|own| own.operation.is_none() || tells_syntax(own));
        let hidden = if may_hide { raw.body.iter().find_map(|body| self.request_in(body)) } else { None };
        let mut judged = match (judged, &hidden) {
            (Some(judged), _) => judged,
            (None, Some(_)) => bare_report(method, Vec::new()),
            (None, None) => {
                self.file.skipped += 1;
                return;
            }
        };
        judged.line = Some(raw.number);
        judged.diagnostics.iter_mut().for_each(|found| self.lead_to_definition(found, raw));
        if let Some(line) = hidden {
            let is_here = |own: &Diagnostic| own.span.is_some_and(|span| span.start.offset == line.start);
            // What is said of the one above takes this for its body.
            let stays = |own: &Diagnostic| {
                own.rule != fields::UNCOVERED_OPERATION.name
                    && (own.rule != fields::SYNTAX.name || !is_here(own))
            };
            judged.diagnostics.retain(stays);
            let message = "a request begins inside the body of the one above".to_owned();
            let help = "put a line that begins with `###` between them";
            judged.diagnostics.push(lines.fault(&fields::SYNTAX, message, Some(help.into()), line));
            judged.settle();
        }
        if let Some(stray) = &raw.stray {
            let is_body = matches!(lines.slice(stray).as_bytes(), [b'{' | b'[' | b'<' | b'>', ..]);
            let help = if is_body {
                "put a blank line between the headers and the body"
            } else {
                "write a header as `Name: value`, and put a blank line above the body"
            };
            let message = "this line is no header, and no blank line is above it".to_owned();
            judged.diagnostics.push(lines.fault(&fields::SYNTAX, message, Some(help.into()), stray.clone()));
            judged.settle();
        }
        self.file.reports.push(judged);
    }

    /// Where in a stretch the line of a request to ELB stands. In a body nobody will send it, for want of a separator.
    fn request_in(&self, stretch: &Range<usize>) -> Option<Range<usize>> {
        let mut start = stretch.start;
        self.lines.slice(stretch).split('\n').find_map(|line| {
            let range = start..start + line.trim_ascii_end().len();
            start += line.len() + 1;
            let rest = ["PUT ", "POST "].iter().find_map(|method| line.strip_prefix(method));
            rest.is_some_and(|url| contains(url, "/elb/")).then_some(range)
        })
    }

    /// A credential in a header that has a placeholder already is in the definition of the variable.
    fn lead_to_definition(&self, found: &mut Diagnostic, raw: &RawRequest) {
        let header = raw.headers.iter().find(|header| {
            found.rule == LITERAL_CREDENTIAL.name
                && found.span.is_some_and(|span| span.start.offset == header.line.start)
        });
        let origin =
            header.and_then(|header| self.variables.origin(self.lines.slice(&header.value), raw.line.start));
        let Some((name, place)) = origin else { return };
        found.help = Some(say!("define `@{}` outside of the file, where the client is set up", name).into());
        found.related.push(Related {
            message: say!("`@{}` is defined here", name),
            place: found.place.clone(),
            span: Some(self.lines.span(place..place + name.len())),
        });
    }

    /// Tells that something stands in the place of a request. What a client would send elsewhere is not for us.
    fn tell_slip(&mut self, raw: &RawRequest, slip: Slip<'_>) {
        let (message, help) = match slip {
            Slip::Command(name) => {
                self.file.foreign = false;
                if !contains(self.lines.slice(&(raw.line.start..raw.end)), "/elb/") {
                    self.file.skipped += 1;
                    return;
                }
                let message = say!("this is a command line of {}, not a request", name);
                let help = "write what it sends: the method and the URL on one line, each header on a line of its own, a blank line, the body";
                (message, help)
            }
            Slip::NoUrl => {
                ("this request line has no URL".to_owned(), "write the method and the URL on one line")
            }
            Slip::Text => {
                // It may stand further down, where it is taken for something else.
                self.file.foreign &= self.request_in(&(raw.line.start..raw.end)).is_none();
                (
                    "this is not a request line".to_owned(),
                    "a request begins with its method and URL, such as `PUT https://…`; a comment begins with `#`",
                )
            }
        };
        let fault = self.lines.fault(&fields::SYNTAX, message, Some(help.into()), raw.line.clone());
        let mut report = bare_report("", vec![fault]);
        report.line = Some(raw.number);
        self.file.reports.push(report);
    }

    /// What is known where these files are named.
    fn context<'c>(&mut self, base: &'c Context, named: &[Range<usize>]) -> Cow<'c, Context> {
        let mut merged = Cow::Borrowed(base);
        for range in named {
            let path = self.lines.slice(range);
            if !self.contexts.iter().any(|(known, _)| *known == path) {
                let context = self.read_context(path, range);
                self.contexts.push((path, context));
            }
            for (_, context) in self.contexts.iter().filter(|(known, _)| *known == path) {
                if let Some(context) = context {
                    merged.to_mut().merge(context.clone());
                }
            }
        }
        merged
    }

    fn read_context(&mut self, path: &str, range: &Range<usize>) -> Option<Context> {
        let read = Context::from_json(&self.load("context", range, range)?);
        read.map_err(|error| {
            let place = in_file(path, error.line(), error.column());
            self.problem(say!("cannot use the context {}: {}", place, error.message()), range);
        })
        .ok()
    }

    /// The text of a file that this one names.
    fn load(&mut self, what: &str, path: &Range<usize>, place: &Range<usize>) -> Option<String> {
        let path = self.lines.slice(path);
        (self.load)(path)
            .map_err(|reason| self.problem(say!("cannot read the {} {}: {}", what, path, reason), place))
            .ok()
    }

    fn problem(&mut self, message: String, place: &Range<usize>) {
        self.file.problems.push(Problem { message, span: Some(self.lines.span(place.clone())) });
    }
}
