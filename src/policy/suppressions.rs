//! `# elblint-ignore[rule, rule]: reason` in a request file: before a request, or before one of its lines.
//!
//! Says of each such comment what is wrong with it: no reason, no such rule, nothing to suppress. One without a
//! reason suppresses nothing.

use std::cell::Cell;

use super::insert;
use super::levels::Levels;
use super::selector::Selector;
use crate::diagnostic::{Diagnostic, Place, Report, Requirement, Severity};
use crate::request_files::Comment;
use crate::rules::{self, Group, RULES, Rule, suppression as faults};

/// The suppressions of a file.
pub(super) struct Suppressions<'c> {
    list: Vec<Suppression<'c>>,
    levels: &'c Levels,
}

struct Suppression<'c> {
    comment: &'c Comment,
    names: Vec<Name<'c>>,
    reason: &'c str,
}

struct Name<'c> {
    text: &'c str,
    selector: Option<Selector>,
    near: Option<&'static str>,
    used: Cell<bool>,
}

impl<'c> Suppressions<'c> {
    pub(super) fn new(comments: &'c [Comment], levels: &'c Levels) -> Self {
        Self { list: comments.iter().map(Suppression::read).collect(), levels }
    }

    /// Whether a comment covers a diagnostic of the request at this line.
    pub(super) fn cover(&self, request: Option<usize>, diagnostic: &Diagnostic) -> bool {
        let line = diagnostic.span.map(|span| span.start.line);
        let covering = |suppression: &Suppression<'_>| {
            suppression.is_about(request, line) && suppression.name(diagnostic.rule)
        };
        // Every one that covers it is of use.
        self.list.iter().filter(|suppression| covering(suppression)).count() > 0
    }

    /// Whether comments before the request cover all that demands this of the target. A comment before a line does
    /// not, but is of use if the rule is open.
    pub(super) fn cover_requirement(&self, request: Option<usize>, requirement: &Requirement) -> bool {
        let mut covered = !self.list.is_empty();
        for rule in &requirement.rules {
            let mut whole = false;
            for suppression in &self.list {
                let about = suppression.comment.request.is_none() || suppression.comment.request == request;
                if about && suppression.name(rule) {
                    whole |= suppression.comment.line.is_none();
                }
            }
            covered &= whole;
        }
        covered
    }

    /// Tells what is wrong with the comments, in the report of the request that each belongs to.
    pub(super) fn complain(&self, reports: &mut [Report]) {
        for suppression in &self.list {
            let line = suppression.comment.span.start.line;
            let owner = match suppression.comment.request {
                // No request follows it before the next separator; it is told at the one after that.
                Some(0) => {
                    let next = reports.iter().position(|report| report.line > Some(line));
                    reports.get_mut(next.unwrap_or(reports.len().saturating_sub(1)))
                }
                Some(request) => reports.iter_mut().find(|report| report.line == Some(request)),
                None => reports.first_mut(),
            };
            let Some(report) = owner else { continue };
            for (rule, message, help) in suppression.faults(self.levels) {
                if let Some(severity) = self.levels.of(rule) {
                    insert(report, diagnostic(rule, severity, message, help, suppression.comment));
                }
            }
        }
    }
}

impl<'c> Suppression<'c> {
    fn read(comment: &'c Comment) -> Self {
        let rest = comment.text.trim_start();
        let list = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (names, rest) = list.unwrap_or(("", rest));
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(Name::read);
        let reason = rest.trim_start().strip_prefix(':').unwrap_or_default().trim();
        Self { comment, names: names.collect(), reason }
    }

    fn is_about(&self, request: Option<usize>, line: Option<usize>) -> bool {
        let Comment { request: own, line: own_line, .. } = self.comment;
        (own.is_none() || *own == request) && (own_line.is_none() || *own_line == line)
    }

    /// Whether it names a rule, which is then of use.
    fn name(&self, rule: &str) -> bool {
        let Some(rule) = rules::by_name(rule).filter(|rule| rule.group != Group::Suppressions) else {
            return false;
        };
        let named = self.names.iter().filter(|name| {
            let named = name.selector.as_ref().is_some_and(|selector| selector.names(rule));
            name.used.set(name.used.get() || named);
            named
        });
        named.count() > 0 && !self.reason.is_empty()
    }

    fn faults(&self, levels: &Levels) -> Vec<(&'static Rule, String, Option<String>)> {
        let mut faults = Vec::new();
        if self.names.is_empty() {
            let help = "write `elblint-ignore[rule]: reason`".to_owned();
            let message = "this suppression names no rule".to_owned();
            faults.push((&faults::SUPPRESSION_OF_UNKNOWN_RULE, message, Some(help)));
            return faults;
        }
        if self.reason.is_empty() {
            let message = "this suppression has no reason, so it suppresses nothing".to_owned();
            let help = Some("write the reason behind a colon: `elblint-ignore[rule]: reason`".to_owned());
            faults.push((&faults::SUPPRESSION_WITHOUT_REASON, message, help));
        }
        for name in &self.names {
            if let Some(selector) = &name.selector {
                // Whether a rule that is off would have been broken is not known.
                let mut on = RULES.iter().filter(|rule| selector.names(rule) && levels.of(rule).is_some());
                if !name.used.get() && on.next().is_some() {
                    let message = format!("there is nothing that `{}` would say here", name.text);
                    let help = Some("remove the suppression".to_owned());
                    faults.push((&faults::UNUSED_SUPPRESSION, message, help));
                }
            } else {
                let message = format!("there is no rule `{}`", name.text);
                let help = name.near.map(|near| format!("did you mean `{near}`?"));
                faults.push((&faults::SUPPRESSION_OF_UNKNOWN_RULE, message, help));
            }
        }
        faults
    }
}

impl<'c> Name<'c> {
    fn read(text: &'c str) -> Self {
        let (selector, near) = match Selector::parse(text) {
            Ok(selector) => (Some(selector), None),
            Err(unknown) => (None, unknown.near),
        };
        Self { text, selector, near, used: Cell::new(false) }
    }
}

fn diagnostic(
    rule: &'static Rule,
    severity: Severity,
    message: String,
    help: Option<String>,
    comment: &Comment,
) -> Diagnostic {
    Diagnostic {
        severity,
        help: help.map(Into::into),
        span: Some(comment.span),
        ..crate::check::bare_diagnostic(rule, Place::request(), message)
    }
}
