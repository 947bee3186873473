//! A request that is written as a JSON object: `{"method": "PUT", "url": "/v3/…", "headers": {…}, "body": …}`.
//!
//! By its tree, so that all that is wrong with it is told. A good one is read in one go, which is for [`super::quick`].
//! Knows nothing of files or lines of files.

use std::borrow::Cow;
use std::ops::Range;

use super::locate::{Body, Header, Layout, Lines};
use super::quick;
use super::source_map::Derived;
use super::unescape::unescape;
use crate::check::bare_report;
use crate::diagnostic::{Diagnostic, Report};
use crate::json::{Kind, Member, Node, SyntaxFault, Tree, near};
use crate::rules::{Rule, fields};
use crate::say::say;
use crate::search::{memmem, memrchr};
use crate::{Context, ContextError};

/// What a line, or an element of a list, turned out to be.
#[derive(Clone, Debug)]
pub enum Line {
    /// Nothing is on it.
    Blank,
    /// A request, judged.
    Report(Report),
    /// A request to another service.
    Skipped,
    /// JSON that is no request: it has neither a method nor a URL. With it what there is to say if it was meant as one.
    Foreign(Report),
}

/// Checks the request that a stretch of a text holds.
pub(super) fn check_object(lines: &Lines<'_>, range: Range<usize>, context: &Context) -> Line {
    quick::check(lines, &range, context).unwrap_or_else(|| Piece::new(lines, range).check(context))
}

/// What is known where a request tells more.
pub(super) fn with(context: &Context, own: &str) -> Result<Context, ContextError> {
    let mut merged = context.clone();
    merged.merge(Context::from_json(own)?);
    Ok(merged)
}

/// A JSON value somewhere in a text, as a tree.
pub(super) struct Piece<'l, 't> {
    lines: &'l Lines<'t>,
    /// Where in the text the tree's text begins.
    start: usize,
    pub(super) tree: Tree<'t>,
}

/// The members whose absence is a fault.
const MANDATORY: [&str; 3] = ["method", "url", "body"];

/// The members of a request.
const OWN: [&str; 5] = ["method", "url", "headers", "body", "context"];

/// The member of a request that was surely meant by this one, which is none. Others may be anybody's, and what begins
/// with a sign may have been put aside.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    match name {
        // Words of other programs.
        "content" | "contents" => None,
        // Clients that take what is sent as an object call it so.
        "json" => Some("body"),
        _ if OWN.contains(&name) || !name.starts_with(|first: char| first.is_ascii_alphabetic()) => None,
        _ => near(name, OWN),
    }
}

impl<'l, 't> Piece<'l, 't> {
    /// The value that a stretch of the text holds.
    pub(super) fn new(lines: &'l Lines<'t>, range: Range<usize>) -> Self {
        let tree = Tree::parse_from(lines.slice(&range), lines.line(range.start));
        Self { lines, start: range.start, tree }
    }

    /// Checks a request that may be at fault in any way.
    pub(super) fn check(&self, context: &Context) -> Line {
        if self.own("method").or(self.own("url")).is_none() {
            return Line::Foreign(self.foreign());
        }
        let mut faults = self.member_faults();
        let (Some(method), Some(_)) = (self.word("method"), self.word("url")) else {
            for fault in self.tree.syntax_faults() {
                faults.push(self.syntax(fault));
            }
            let method = self.word("method").unwrap_or_default();
            return Line::Report(self.report(&method, faults));
        };
        let mut own = Cow::Borrowed(context);
        if let Some(node) = self.value("context").filter(|node| self.tree.kind(*node) != Kind::Null) {
            match with(context, self.tree.raw(node)) {
                Ok(merged) => own = Cow::Owned(merged),
                Err(_) if self.is_told(node) => {}
                Err(error) => {
                    let help = "a context is an object of GET responses, such as {\"pool\": {\"protocol\": \"HTTP\"}}";
                    let message = say!("the request's `context` cannot be used: {}", error.message());
                    faults.push(self.fault(&fields::INVALID_CONTEXT, message, Some(help), self.range(node)));
                }
            }
        }
        let Some(mut report) = self.layout().check(&method, &own, self.lines) else { return Line::Skipped };
        report.line = Some(self.line());
        self.add(&mut report, faults);
        Line::Report(report)
    }

    /// Whether it is told already that a value is not JSON.
    fn is_told(&self, node: Node) -> bool {
        self.tree.is_open(node)
            || self.tree.kind(node) == Kind::Broken
            || self.tree.syntax_faults().iter().any(|fault| self.is_inside(fault, node))
    }

    fn is_inside(&self, fault: &SyntaxFault, node: Node) -> bool {
        let range = self.tree.range(node);
        range.start <= fault.range.start && (self.tree.is_open(node) || fault.range.end <= range.end)
    }

    /// Adds what is wrong around the body to what the core says of the request.
    fn add(&self, report: &mut Report, faults: Vec<Diagnostic>) {
        report.diagnostics.extend(faults);
        let body = self.value("body");
        for fault in self.tree.syntax_faults() {
            if !body.is_some_and(|body| self.is_inside(fault, body)) {
                report.diagnostics.push(self.syntax(fault));
            }
        }
        // The body ends where the text does, and the core may have found it whole.
        if let Some(first) = self.tree.syntax_faults().first().filter(|_| !tells_syntax(report)) {
            report.diagnostics.push(self.syntax(first));
        }
        report.settle();
    }

    /// Where the parts of the request stand.
    pub(super) fn layout(&self) -> Layout<'t> {
        let root = self.tree.root();
        let url = self.value("url").map_or_else(Derived::default, |node| self.text(node));
        let body = match self.value("body") {
            Some(node) if self.tree.kind(node) != Kind::Broken => Body::Here(self.text(node)),
            // What is missing may be in what could not be read.
            None if !self.tree.is_open(root) => Body::Absent,
            _ => Body::Unread,
        };
        Layout { request: self.range(root), url, headers: self.headers(), body }
    }

    /// What a string says, or any other value as it is written.
    fn text(&self, node: Node) -> Derived<'t> {
        let (text, range) = (self.lines.text, self.range(node));
        if self.tree.kind(node) == Kind::String {
            unescape(text, range)
        } else {
            Derived::verbatim(text, range)
        }
    }

    /// Whether the text is not JSON, placeholders apart.
    pub(super) fn is_broken(&self) -> bool {
        !self.tree.syntax_faults().is_empty()
    }

    /// What there is to say about a value that is no request, if it was meant as one.
    pub(super) fn foreign(&self) -> Report {
        let root = self.tree.root();
        let fault = |rule, message: &str, help| self.fault(rule, message.to_owned(), help, self.range(root));
        let help = Some("write it as {\"method\": \"PUT\", \"url\": \"/v3/…\", \"body\": {…}}");
        let fault = match self.tree.syntax_faults().first() {
            Some(first) => self.syntax(first),
            None if self.tree.is_empty() => fault(&fields::SYNTAX, "there is nothing here", None),
            None if self.tree.kind(root) == Kind::Object => {
                fault(&fields::REQUIRED, "this object is no request: it has neither `method` nor `url`", help)
            }
            None => fault(&fields::WRONG_TYPE, "a request must be an object with `method` and `url`", help),
        };
        self.report("", vec![fault])
    }

    /// The report of something that is no request that could be judged.
    fn report(&self, method: &str, faults: Vec<Diagnostic>) -> Report {
        let mut report = bare_report(method, faults);
        report.line = Some(self.line());
        report.settle();
        report
    }

    /// Members of the request itself that are missing, doubled or of a wrong type.
    fn member_faults(&self) -> Vec<Diagnostic> {
        let root = self.tree.root();
        let cut = self.tree.is_open(root);
        let mut faults = Vec::new();
        for name in ["method", "url"] {
            match self.value(name) {
                Some(node) => faults.extend(self.no_string(name, node)),
                None if cut => {}
                None => {
                    let message = say!("the request has no `{}`", name);
                    faults.push(self.fault(&fields::REQUIRED, message, None, self.range(root)));
                }
            }
        }
        if let Some(headers) = self.value("headers") {
            for header in self.tree.members(headers) {
                if !(cut && OWN.contains(&&*header.key)) {
                    faults.extend(self.no_string(&header.key, header.value));
                }
            }
            let kind = self.tree.kind(headers);
            if !matches!(kind, Kind::Object | Kind::Null | Kind::Broken | Kind::Placeholder) {
                faults.push(self.wrong_type("headers", headers, "an object of strings"));
            }
        }
        for member in self.tree.members(root) {
            if let Some(meant) = meant(&member.key).filter(|meant| self.own(meant).is_none()) {
                let message = say!("`{}` is no member of a request", member.key);
                let help = say!("did you mean `{}`?", meant);
                let range = self.shift(member.key_range.clone());
                faults.push(self.lines.fault(&fields::UNKNOWN_FIELD, message, Some(help.into()), range));
            }
            if OWN.contains(&&*member.key) && self.value(&member.key) != Some(member.value) {
                let message = say!("`{}` is here twice; the last one counts", member.key);
                let range = self.shift(member.key_range);
                faults.push(self.fault(&fields::DUPLICATE_KEY, message, Some("remove one of them"), range));
            }
        }
        faults
    }

    fn syntax(&self, own: &SyntaxFault) -> Diagnostic {
        let mut message = own.message.clone().into_owned();
        // What is written there may be a credential.
        let in_headers = self.value("headers").is_some_and(|headers| self.is_inside(own, headers));
        if in_headers && message.starts_with('`') {
            let bytes = message.as_bytes();
            // What is expected in its place stands between such marks too.
            let end = memmem::find(bytes, b"` where ").or_else(|| memrchr(b'`', bytes));
            message = say!("this{}", end.and_then(|end| message.get(end + 1..)).unwrap_or_default());
        }
        self.lines.fault(&fields::SYNTAX, message, own.help.clone(), self.shift(own.range.clone()))
    }

    /// What is wrong with a value that must be a string.
    fn no_string(&self, name: &str, node: Node) -> Option<Diagnostic> {
        let is_wrong = self.spoken(node).is_none() && self.tree.kind(node) != Kind::Broken;
        is_wrong.then(|| self.wrong_type(name, node, "a string"))
    }

    fn wrong_type(&self, name: &str, node: Node, wanted: &str) -> Diagnostic {
        let found = self.tree.kind(node).words();
        let message = say!("`{}` must be {}, not {}", name, wanted, found);
        self.fault(&fields::WRONG_TYPE, message, None, self.range(node))
    }

    fn fault(
        &self,
        rule: &'static Rule,
        message: String,
        help: Option<&'static str>,
        range: Range<usize>,
    ) -> Diagnostic {
        self.lines.fault(rule, message, help.map(Cow::Borrowed), range)
    }

    fn headers(&self) -> Option<Vec<Header<'t>>> {
        let whole = |node: &Node| self.tree.kind(*node) == Kind::Object && !self.tree.is_open(*node);
        let mut headers = Vec::new();
        for header in self.tree.members(self.value("headers").filter(whole)?) {
            headers.push(Header {
                name: header.key,
                // One whose value is told to be at fault is there all the same.
                value: self.spoken(header.value).unwrap_or(Cow::Borrowed("{{value}}")),
                range: self.shift(header.key_range.start..self.tree.range(header.value).end),
            });
        }
        Some(headers)
    }

    fn own(&self, name: &str) -> Option<Node> {
        self.tree.member(self.tree.root(), name).map(|member| member.value)
    }

    /// The value of a member, or of the one that was meant for it, so that nothing else is said of its absence.
    fn value(&self, name: &str) -> Option<Node> {
        let is_meant = |member: &Member<'_>| meant(&member.key) == Some(name);
        self.own(name).or_else(|| {
            let missed = MANDATORY.contains(&name).then(|| self.tree.members(self.tree.root()));
            Some(missed?.find(is_meant)?.value)
        })
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

    /// The line that the value begins in.
    fn line(&self) -> usize {
        self.lines.line(self.range(self.tree.root()).start)
    }

    fn range(&self, node: Node) -> Range<usize> {
        self.shift(self.tree.range(node))
    }

    fn shift(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.start..range.end + self.start
    }
}

/// Whether a report says already that something is not JSON.
pub(super) fn tells_syntax(report: &Report) -> bool {
    report.diagnostics.iter().any(|diagnostic| diagnostic.rule == fields::SYNTAX.name)
}
