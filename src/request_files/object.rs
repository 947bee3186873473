//! A request that is written as a JSON object: `{"method": "PUT", "url": "/v3/…", "headers": {…}, "body": …}`.
//!
//! A good one is read in one go, its body straight into the model, and borrows all it can. Only one that the strict
//! reader refuses, or that there is something to say about, is parsed into a tree. Knows nothing of files or lines of files.

use std::borrow::Cow;
use std::ops::Range;

use super::locate::{Body, Layout, Lines, fault, locate, refused, sort};
use super::source_map::Derived;
use super::unescape::unescape;
use crate::api::operation::{Route, route};
use crate::check::{GoodBody, check_routed};
use crate::diagnostic::{Diagnostic, Report};
use crate::json::{Kind, Node, Reader, Refused, SyntaxFault, Tree};
use crate::{Context, Request, check};

/// What a JSON value turned out to be.
pub(super) enum Outcome {
    /// A request, judged.
    Report(Report),
    /// A request to another service.
    Skipped,
    /// Not a request: it has neither a method nor a URL. With it what there is to say if it was meant as one.
    Foreign(Report),
}

/// Checks the request that a stretch of a text holds, if the strict reader takes it. If it does not, the rest is
/// for the tree that this returns.
pub(super) fn check_object<'t>(
    text: &'t str,
    range: Range<usize>,
    lines: &Lines<'_>,
    context: &Context,
) -> Result<Outcome, Piece<'t>> {
    let piece = text.get(range.clone()).unwrap_or_default();
    match quick(piece, context) {
        Some(Quick::Report(mut report)) => {
            let start = range.start + (piece.len() - piece.trim_ascii_start().len());
            report.line = Some(lines.line(start));
            if !report.diagnostics.is_empty() {
                let place = Piece { text, start: range.start, tree: Tree::parse(piece) };
                locate(&mut report, &place.layout(), lines);
            }
            Ok(Outcome::Report(report))
        }
        Some(Quick::Skipped) => Ok(Outcome::Skipped),
        None => {
            let tree = Tree::parse_from(piece, lines.line(range.start));
            Err(Piece { text, start: range.start, tree })
        }
    }
}

enum Quick {
    Report(Report),
    Skipped,
}

/// Checks a request that the strict reader takes; none if it does not.
fn quick(piece: &str, context: &Context) -> Option<Quick> {
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
    let report = check_routed(&request, route, wire.good.as_ref(), own.as_ref().unwrap_or(context));
    Some(report.map_or(Quick::Skipped, Quick::Report))
}

fn with(context: &Context, own: &str) -> Result<Context, crate::ContextError> {
    let mut merged = context.clone();
    merged.merge(Context::from_json(own)?);
    Ok(merged)
}

/// A request as it is written. Members that are not ours may say what they like.
#[derive(Default)]
pub(super) struct Wire<'a> {
    pub(super) method: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    headers: Option<Vec<(&'a str, &'a str)>>,
    body: Option<&'a str>,
    context: Option<&'a str>,
    route: Option<Route>,
    /// The body, if the operation was known when it came.
    good: Option<GoodBody<'a>>,
}

impl<'a> Wire<'a> {
    /// Reads an object; none where the strict reader finds fault with it.
    pub(super) fn read(piece: &'a str) -> Option<Self> {
        let mut wire = Self::default();
        let mut reader = Reader::new(piece);
        reader.object(|reader, name| wire.member(reader, name)).ok()?;
        reader.is_done().then_some(wire)
    }

    fn member(&mut self, reader: &mut Reader<'a>, name: &str) -> Result<(), Refused> {
        match name {
            "method" if self.method.is_none() => self.method = Some(reader.verbatim().ok_or(Refused)?),
            "url" if self.url.is_none() => self.url = Some(reader.verbatim().ok_or(Refused)?),
            "headers" if self.headers.is_none() => {
                if !reader.null() {
                    let mut headers = Vec::new();
                    reader.object(|reader, name| {
                        headers.push((name, reader.verbatim().ok_or(Refused)?));
                        Ok(())
                    })?;
                    self.headers = Some(headers);
                }
            }
            "body" if self.body.is_none() => {
                let (good, body) = reader.text_of(|reader| self.read_body(reader))?;
                (self.good, self.body) = (good, Some(body));
            }
            "context" if self.context.is_none() => {
                if !reader.null() {
                    self.context = Some(reader.text_of(Reader::pass)?.1);
                }
            }
            "method" | "url" | "headers" | "body" | "context" => return Err(Refused),
            _ => reader.pass()?,
        }
        Ok(())
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

/// A JSON value somewhere in a text, as a tree.
pub(super) struct Piece<'t> {
    /// The whole text, which spans are about.
    pub(super) text: &'t str,
    /// Where in it the tree's text begins.
    pub(super) start: usize,
    pub(super) tree: Tree<'t>,
}

/// Whether a member of this name is one of a request.
fn is_own(name: &str) -> bool {
    matches!(name, "method" | "url" | "headers" | "body" | "context")
}

impl<'t> Piece<'t> {
    /// Checks a request that may be at fault in any way.
    pub(super) fn check(&self, lines: &Lines<'_>, context: &Context) -> Outcome {
        let root = self.tree.root();
        let mut faults = self.member_faults(lines);
        let (method, url) = (self.word("method"), self.word("url"));
        if self.tree.kind(root) != Kind::Object || self.value("method").or(self.value("url")).is_none() {
            return Outcome::Foreign(self.foreign(lines));
        }
        let line = lines.line(self.range(root).start);
        let (Some(method), Some(url)) = (&method, &url) else {
            faults.extend(self.syntax_faults(lines));
            let mut report = refused(line, method.unwrap_or_default().into_owned(), faults);
            sort(&mut report);
            return Outcome::Report(report);
        };
        let mut own = Cow::Borrowed(context);
        if let Some(node) = self.value("context").filter(|node| self.tree.kind(*node) != Kind::Null) {
            match with(context, self.tree.raw(node)) {
                Ok(merged) => own = Cow::Owned(merged),
                Err(_) if self.is_told(node) => {}
                Err(error) => faults.push(self.bad_context(node, &error, lines)),
            }
        }
        let layout = self.layout();
        let cut = self.tree.is_open(root);
        let headers = self.headers();
        let pairs =
            headers.as_ref().map(|pairs| pairs.iter().map(|(name, value)| (&**name, &**value)).collect());
        // What is missing may be in what could not be read.
        let unread = cut || self.value("body").is_some();
        let body = layout.body.text().or(unread.then_some("{{body}}"));
        let request = Request { method, url, headers: pairs, body };
        let Some(mut report) = check(&request, &own) else { return Outcome::Skipped };
        report.line = Some(line);
        locate(&mut report, &layout, lines);
        self.add(&mut report, faults, lines);
        Outcome::Report(report)
    }

    /// Whether it is told already that a value is not JSON.
    fn is_told(&self, node: Node) -> bool {
        let range = self.tree.range(node);
        let mut faults = self.tree.syntax_faults().iter();
        self.tree.is_open(node)
            || self.tree.kind(node) == Kind::Broken
            || faults.any(|fault| range.start <= fault.range.start && fault.range.end <= range.end)
    }

    /// Adds what is wrong around the body to what the core says of the request.
    fn add(&self, report: &mut Report, faults: Vec<Diagnostic>, lines: &Lines<'_>) {
        report.diagnostics.extend(faults);
        let body = self.value("body").map(|node| (self.tree.range(node), self.tree.is_open(node)));
        let inside = |fault: &&SyntaxFault| {
            body.as_ref().is_some_and(|(body, open)| {
                body.start <= fault.range.start && (*open || fault.range.end <= body.end)
            })
        };
        let told = |report: &Report| report.diagnostics.iter().any(|diagnostic| diagnostic.rule == "syntax");
        let outside = self.tree.syntax_faults().iter().filter(|fault| !inside(fault));
        report.diagnostics.extend(outside.map(|fault| self.syntax(fault, lines)));
        // The body ends where the text does, and the core may have found it whole.
        if let Some(first) = self.tree.syntax_faults().first().filter(|_| !told(report)) {
            report.diagnostics.push(self.syntax(first, lines));
        }
        sort(report);
        report.judge();
    }

    /// Where the parts of the request stand.
    pub(super) fn layout(&self) -> Layout<'t> {
        let url = match self.value("url") {
            Some(node) if self.tree.kind(node) == Kind::String => unescape(self.text, self.range(node)),
            Some(node) => Derived::verbatim(self.text, self.range(node)),
            None => Derived::default(),
        };
        let headers = self.value("headers").into_iter().flat_map(|headers| self.tree.members(headers));
        let headers = headers
            .map(|header| (header.key, self.shift(header.key_range).start..self.range(header.value).end))
            .collect();
        let body = match self.value("body") {
            Some(node) if self.tree.kind(node) == Kind::String => {
                Body::Here(unescape(self.text, self.range(node)))
            }
            Some(node) if self.tree.kind(node) != Kind::Broken => {
                Body::Here(Derived::verbatim(self.text, self.range(node)))
            }
            _ => Body::Absent,
        };
        Layout { request: self.range(self.tree.root()), url, headers, body }
    }

    /// Whether the text is not JSON, placeholders apart.
    pub(super) fn is_broken(&self) -> bool {
        !self.tree.syntax_faults().is_empty()
    }

    /// What there is to say about a value that is no request, if it was meant as one.
    pub(super) fn foreign(&self, lines: &Lines<'_>) -> Report {
        let root = self.tree.root();
        let line = lines.line(self.range(root).start);
        let diagnostics = match self.tree.syntax_faults().first() {
            Some(first) => vec![self.syntax(first, lines)],
            None if self.tree.is_empty() => {
                vec![fault("syntax", "there is nothing here", None, lines.span(self.range(root)))]
            }
            None => {
                let help = "write it as {\"method\": \"PUT\", \"url\": \"/v3/…\", \"body\": {…}}";
                let message = if self.tree.kind(root) == Kind::Object {
                    "this object is no request: it has neither `method` nor `url`"
                } else {
                    "a request must be an object with `method` and `url`"
                };
                let rule = if self.tree.kind(root) == Kind::Object { "required" } else { "wrong-type" };
                vec![fault(rule, message, Some(help.into()), lines.span(self.range(root)))]
            }
        };
        refused(line, String::new(), diagnostics)
    }

    /// Members of the request itself that are missing, doubled or of a wrong type.
    fn member_faults(&self, lines: &Lines<'_>) -> Vec<Diagnostic> {
        let root = self.tree.root();
        let mut faults = Vec::new();
        for name in ["method", "url"] {
            match self.value(name) {
                None if self.tree.is_open(root) => {}
                None => {
                    let message = format!("the request has no `{name}`");
                    faults.push(fault("required", message, None, lines.span(self.range(root))));
                }
                Some(node) if self.word(name).is_none() && self.tree.kind(node) != Kind::Broken => {
                    faults.push(self.wrong_type(name, node, "a string", lines));
                }
                Some(_) => {}
            }
        }
        if let Some(headers) = self.value("headers") {
            match self.tree.kind(headers) {
                Kind::Object => {
                    let cut = self.tree.is_open(root);
                    let wrong = self.tree.members(headers).filter(|header| {
                        self.spoken(header.value).is_none()
                            && self.tree.kind(header.value) != Kind::Broken
                            && !(cut && is_own(&header.key))
                    });
                    faults.extend(
                        wrong.map(|header| self.wrong_type(&header.key, header.value, "a string", lines)),
                    );
                }
                Kind::Null | Kind::Broken | Kind::Placeholder => {}
                _ => faults.push(self.wrong_type("headers", headers, "an object of strings", lines)),
            }
        }
        for member in self.tree.members(root) {
            if is_own(&member.key) && self.value(&member.key) != Some(member.value) {
                let message = format!("`{}` is here twice; the last one counts", member.key);
                let span = lines.span(self.shift(member.key_range));
                faults.push(fault("duplicate-key", message, Some("remove one of them".into()), span));
            }
        }
        faults
    }

    fn syntax_faults(&self, lines: &Lines<'_>) -> Vec<Diagnostic> {
        self.tree.syntax_faults().iter().map(|fault| self.syntax(fault, lines)).collect()
    }

    fn syntax(&self, own: &SyntaxFault, lines: &Lines<'_>) -> Diagnostic {
        let span = lines.span(self.shift(own.range.clone()));
        fault("syntax", own.message.clone(), own.help.clone(), span)
    }

    fn wrong_type(&self, name: &str, node: Node, wanted: &str, lines: &Lines<'_>) -> Diagnostic {
        let found = self.tree.kind(node).words();
        fault(
            "wrong-type",
            format!("`{name}` must be {wanted}, not {found}"),
            None,
            lines.span(self.range(node)),
        )
    }

    fn bad_context(&self, node: Node, error: &crate::ContextError, lines: &Lines<'_>) -> Diagnostic {
        let help = "a context is an object of GET responses, such as {\"pool\": {\"protocol\": \"HTTP\"}}";
        let message = format!("the request's `context` cannot be used: {error}");
        fault("invalid-context", message, Some(help.into()), lines.span(self.range(node)))
    }

    fn headers(&self) -> Option<Vec<(Cow<'t, str>, Cow<'t, str>)>> {
        let whole = |node: &Node| self.tree.kind(*node) == Kind::Object && !self.tree.is_open(*node);
        let headers = self.value("headers").filter(whole)?;
        // One whose value is told to be at fault is there all the same.
        let said = |header: crate::json::Member<'t>| {
            (header.key, self.spoken(header.value).unwrap_or(Cow::Borrowed("{{value}}")))
        };
        Some(self.tree.members(headers).map(said).collect())
    }

    fn value(&self, name: &str) -> Option<Node> {
        self.tree.member(self.tree.root(), name).map(|member| member.value)
    }

    fn word(&self, name: &str) -> Option<Cow<'t, str>> {
        self.spoken(self.value(name)?)
    }

    /// What a string says, or a placeholder that stands for one.
    fn spoken(&self, node: Node) -> Option<Cow<'t, str>> {
        match self.tree.kind(node) {
            Kind::String => self.tree.string(node),
            Kind::Placeholder => Some(Cow::Borrowed(self.tree.raw(node))),
            _ => None,
        }
    }

    fn range(&self, node: Node) -> Range<usize> {
        self.shift(self.tree.range(node))
    }

    fn shift(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.start..range.end + self.start
    }
}
