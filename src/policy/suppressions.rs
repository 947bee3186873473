//! `# elblint-ignore[rule, rule]: reason` in a request file: before a request, or before one of its lines.
//!
//! Says of each such comment what is wrong with it: no reason, no such rule, nothing to suppress. One without a
//! reason suppresses nothing.

use std::borrow::Cow;
use std::cell::Cell;

use super::selector::{Selector, UnknownRule};
use crate::check::{bare_diagnostic, take_out};
use crate::diagnostic::{Diagnostic, Place, Report, Requirement, Severity, Span};
use crate::order::by_number;
use crate::request_files::Comment;
use crate::rules::{self, Group, RULES, Rule, suppression as faults};
use crate::say::say;
use crate::search::split_once;

/// How grave a rule is; none where it is off.
pub type Level<'l> = dyn Fn(&Rule) -> Option<Severity> + 'l;

/// Takes out of the reports of a file what its comments suppress, and puts in what is wrong with the comments.
pub fn suppress(reports: &mut [Report], comments: &[Comment], level: &Level<'_>) {
    if comments.is_empty() {
        return;
    }
    let mut suppressions: Vec<_> = comments.iter().map(Suppression::read).collect();
    by_number(&mut suppressions, |suppression| number(suppression.comment.request));
    for report in &mut *reports {
        let about = [number(None), number(report.line)].map(|about| with_number(&suppressions, about));
        let line = |span: Option<Span>| span.map(|span| span.start.line);
        take_out(report, &mut |rule, _, span| cover(about, rule, line(span)));
        report.diagnostics.retain(|found| !cover(about, found.rule, line(found.span)));
        report.requires.retain(|requirement| !cover_requirement(about, requirement));
    }
    for suppression in &suppressions {
        if let Some(report) = suppression.owner(reports) {
            suppression.complain(report, level);
        }
    }
    reports.iter_mut().for_each(Report::settle);
}

/// By what comments are put in order: the request that they are about, after those that are about all of them.
fn number(request: Option<usize>) -> u64 {
    request.map_or(0, |line| line as u64 + 1)
}

fn with_number<'s, 'c>(suppressions: &'s [Suppression<'c>], wanted: u64) -> &'s [Suppression<'c>] {
    let start = |wanted| suppressions.partition_point(|one| number(one.comment.request) < wanted);
    suppressions.get(start(wanted)..start(wanted + 1)).unwrap_or_default()
}

/// Those about all requests, and those about one.
type About<'s, 'c> = [&'s [Suppression<'c>]; 2];

/// Whether a comment covers what a rule finds in a line.
fn cover(about: About<'_, '_>, rule: &str, line: Option<usize>) -> bool {
    let Some(rule) = rules::by_name(rule) else { return false };
    let mut covered = false;
    // Every one that covers it is of use.
    for suppression in about.into_iter().flatten() {
        let own = suppression.comment.line;
        covered |= (own.is_none() || own == line) && suppression.names(rule);
    }
    covered
}

/// Whether comments before the request cover all that demands this of the target. A comment before a line does
/// not, but is of use if the rule is open.
fn cover_requirement(about: About<'_, '_>, requirement: &Requirement) -> bool {
    let mut covered = true;
    for rule in &requirement.rules {
        let mut whole = false;
        for suppression in about.into_iter().flatten() {
            let names = rules::by_name(rule).is_some_and(|rule| suppression.names(rule));
            whole |= names && suppression.comment.line.is_none();
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
        let list = rest.strip_prefix('[').and_then(|rest| split_once(rest, b']'));
        let (mut list, rest) = list.unwrap_or(("", rest));
        let mut names = Vec::new();
        while !list.is_empty() {
            let (text, others) = split_once(list, b',').unwrap_or((list, ""));
            list = others;
            let text = text.trim();
            if !text.is_empty() {
                names.push(Name { text, selector: Selector::parse(text), used: Cell::new(false) });
            }
        }
        let reason = rest.trim_start().strip_prefix(':').unwrap_or_default().trim();
        Self { comment, names, reason }
    }

    /// Whether it names a rule, and then is of use.
    fn names(&self, rule: &Rule) -> bool {
        if rule.group == Group::Suppressions {
            return false;
        }
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
        let before = |line| reports.partition_point(|report| report.line < Some(line));
        match self.comment.request {
            // No request follows it before the next separator; it is told at the one after that.
            Some(0) => reports.get_mut(before(line).min(reports.len().checked_sub(1)?)),
            Some(request) => reports.get_mut(before(request)).filter(|report| report.line == Some(request)),
            None => reports.first_mut(),
        }
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
                        let message = say!("there is nothing that `{}` would say here", text);
                        let help = "remove the suppression";
                        tell(&faults::UNUSED_SUPPRESSION, message, Some(help.into()));
                    }
                }
                Err(unknown) => {
                    let message = say!("there is no rule `{}`", text);
                    let help = unknown.near.map(|near| say!("did you mean `{}`?", near).into());
                    tell(&faults::SUPPRESSION_OF_UNKNOWN_RULE, message, help);
                }
            }
        }
    }
}
