//! `# elblint-ignore[rule, rule]: reason` in a request file: before a request, or before one of its lines.
//!
//! Says of each such comment what is wrong with it: no reason, no such rule, nothing to suppress. One without a
//! reason suppresses nothing.

use std::borrow::Cow;
use std::cell::Cell;

use super::selector::{Selector, UnknownRule};
use crate::check::bare_diagnostic;
use crate::diagnostic::{Diagnostic, Place, Report, Requirement, Severity};
use crate::request_files::Comment;
use crate::rules::{self, Group, RULES, Rule, suppression as faults};

/// How grave a rule is; none where it is off.
pub type Level<'l> = dyn Fn(&Rule) -> Option<Severity> + 'l;

/// Takes out of the reports of a file what its comments suppress, and puts in what is wrong with the comments.
pub fn suppress(reports: &mut [Report], comments: &[Comment], level: &Level<'_>) {
    if comments.is_empty() {
        return;
    }
    let suppressions: Vec<_> = comments.iter().map(Suppression::read).collect();
    for report in &mut *reports {
        let request = report.line;
        report.diagnostics.retain(|diagnostic| !cover(&suppressions, request, diagnostic));
        report.requires.retain(|requirement| !cover_requirement(&suppressions, request, requirement));
        report.settle();
    }
    for suppression in &suppressions {
        if let Some(report) = suppression.owner(reports) {
            suppression.complain(report, level);
            report.settle();
        }
    }
}

/// Whether a comment covers a diagnostic of the request at this line.
fn cover(suppressions: &[Suppression<'_>], request: Option<usize>, diagnostic: &Diagnostic) -> bool {
    let line = diagnostic.span.map(|span| span.start.line);
    let mut covered = false;
    // Every one that covers it is of use.
    for suppression in suppressions {
        let own = suppression.comment.line;
        covered |= suppression.is_about(request)
            && (own.is_none() || own == line)
            && suppression.names(diagnostic.rule);
    }
    covered
}

/// Whether comments before the request cover all that demands this of the target. A comment before a line does
/// not, but is of use if the rule is open.
fn cover_requirement(
    suppressions: &[Suppression<'_>],
    request: Option<usize>,
    requirement: &Requirement,
) -> bool {
    let mut covered = true;
    for rule in &requirement.rules {
        let mut whole = false;
        for suppression in suppressions {
            whole |= suppression.is_about(request)
                && suppression.names(rule)
                && suppression.comment.line.is_none();
        }
        covered &= whole;
    }
    covered
}

struct Suppression<'c> {
    comment: &'c Comment,
    names: Vec<Name<'c>>,
    reason: &'c str,
}

struct Name<'c> {
    text: &'c str,
    selector: Result<Selector, UnknownRule>,
    used: Cell<bool>,
}

impl<'c> Suppression<'c> {
    fn read(comment: &'c Comment) -> Self {
        let rest = comment.text.trim_start();
        let list = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (list, rest) = list.unwrap_or(("", rest));
        let mut names = Vec::new();
        for text in list.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            names.push(Name { text, selector: Selector::parse(text), used: Cell::new(false) });
        }
        let reason = rest.trim_start().strip_prefix(':').unwrap_or_default().trim();
        Self { comment, names, reason }
    }

    fn is_about(&self, request: Option<usize>) -> bool {
        self.comment.request.is_none() || self.comment.request == request
    }

    /// Whether it names a rule, which is then of use.
    fn names(&self, rule: &str) -> bool {
        let Some(rule) = rules::by_name(rule).filter(|rule| rule.group != Group::Suppressions) else {
            return false;
        };
        let mut named = false;
        for name in &self.names {
            if name.selector.as_ref().is_ok_and(|selector| selector.names(rule)) {
                name.used.set(true);
                named = true;
            }
        }
        named && !self.reason.is_empty()
    }

    /// The report of the request that it belongs to.
    fn owner<'r>(&self, reports: &'r mut [Report]) -> Option<&'r mut Report> {
        let line = self.comment.span.start.line;
        let last = reports.len().checked_sub(1)?;
        let at = match self.comment.request {
            // No request follows it before the next separator; it is told at the one after that.
            Some(0) => reports.iter().position(|report| report.line > Some(line)).unwrap_or(last),
            Some(request) => reports.iter().position(|report| report.line == Some(request))?,
            None => 0,
        };
        reports.get_mut(at)
    }

    /// Tells what is wrong with it.
    fn complain(&self, report: &mut Report, level: &Level<'_>) {
        let mut tell = |rule, message: String, help: Option<Cow<'static, str>>| {
            if let Some(severity) = level(rule) {
                let span = Some(self.comment.span);
                let plain = bare_diagnostic(rule, Place::request(), message);
                report.diagnostics.push(Diagnostic { severity, help, span, ..plain });
            }
        };
        if self.names.is_empty() {
            let message = "this suppression names no rule".to_owned();
            let help = "write `elblint-ignore[rule]: reason`";
            return tell(&faults::SUPPRESSION_OF_UNKNOWN_RULE, message, Some(help.into()));
        }
        if self.reason.is_empty() {
            let message = "this suppression has no reason, so it suppresses nothing".to_owned();
            let help = "write the reason behind a colon: `elblint-ignore[rule]: reason`";
            tell(&faults::SUPPRESSION_WITHOUT_REASON, message, Some(help.into()));
        }
        for Name { text, selector, used } in &self.names {
            match selector {
                Ok(selector) => {
                    // Whether a rule that is off would have been broken is not known.
                    let mut on = RULES.iter().filter(|rule| selector.names(rule) && level(rule).is_some());
                    if !used.get() && on.next().is_some() {
                        let message = format!("there is nothing that `{text}` would say here");
                        let help = "remove the suppression";
                        tell(&faults::UNUSED_SUPPRESSION, message, Some(help.into()));
                    }
                }
                Err(unknown) => {
                    let message = format!("there is no rule `{text}`");
                    let help = unknown.near.map(|near| format!("did you mean `{near}`?").into());
                    tell(&faults::SUPPRESSION_OF_UNKNOWN_RULE, message, help);
                }
            }
        }
    }
}
