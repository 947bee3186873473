//! `# elblint-ignore[rule, rule]: reason` in a request file: before a request, or before one of its lines.
//!
//! Says of each such comment what is wrong with it: no reason, no such rule, nothing to suppress. One without a
//! reason suppresses nothing.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;

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
    by_number(&mut suppressions, Suppression::number);
    let mut about = [None, None].map(|request| About::of(&suppressions, request));
    for report in &mut *reports {
        about[1] = About::of(&suppressions, report.line);
        let line = |span: Option<Span>| span.map(|span| span.start.line);
        take_out(report, &mut |rule, _, span| cover(&mut about, rule, line(span)));
        report.diagnostics.retain(|found| !cover(&mut about, found.rule, line(found.span)));
        report.requires.retain(|requirement| !cover_requirement(&mut about, requirement));
    }
    for suppression in &suppressions {
        if let Some(report) = suppression.owner(reports) {
            suppression.complain(report, level);
        }
    }
    reports.iter_mut().for_each(Report::settle);
}

/// Suppressions about one request or about all, and what they are known to cover.
struct About<'s, 'c> {
    list: &'s [Suppression<'c>],
    /// By line and rule, in order, so that each is looked at once however much is found.
    known: Vec<(Option<usize>, &'static str, bool)>,
}

impl<'s, 'c> About<'s, 'c> {
    fn of(all: &'s [Suppression<'c>], request: Option<usize>) -> Self {
        Self { list: equal(all, |one| one.comment.request.cmp(&request)), known: Vec::new() }
    }

    /// Those about a line each.
    fn of_lines(&self) -> &'s [Suppression<'c>] {
        let whole = equal(self.list, |one| one.comment.line.cmp(&None)).len();
        self.list.get(whole..).unwrap_or_default()
    }

    /// Whether those about this line, or about a request as a whole, cover what a rule finds.
    fn cover(&mut self, rule: &'static Rule, line: Option<usize>) -> bool {
        if self.list.is_empty() {
            return false;
        }
        let at = match self.known.binary_search_by(|own| (own.0, own.1).cmp(&(line, rule.name))) {
            Ok(at) => return self.known.get(at).is_some_and(|own| own.2),
            Err(at) => at,
        };
        let mut covered = false;
        // Every one that covers it is of use.
        for suppression in equal(self.list, |one| one.comment.line.cmp(&line)) {
            covered |= suppression.names(rule);
        }
        self.known.insert(at, (line, rule.name, covered));
        covered
    }
}

/// The part of a list in order that is neither before nor behind what is wanted.
fn equal<T>(list: &[T], order: impl Fn(&T) -> Ordering) -> &[T] {
    let start = list.partition_point(|one| order(one) == Ordering::Less);
    let end = list.partition_point(|one| order(one) != Ordering::Greater);
    list.get(start..end).unwrap_or_default()
}

/// Whether a comment covers what a rule finds in a line.
fn cover(about: &mut [About<'_, '_>; 2], rule: &str, line: Option<usize>) -> bool {
    let Some(rule) = rules::by_name(rule) else { return false };
    let mut covered = false;
    for about in about {
        covered |= about.cover(rule, None);
        covered |= line.is_some() && about.cover(rule, line);
    }
    covered
}

/// Whether comments before the request cover all that demands this of the target. A comment before a line does
/// not, but is of use if the rule is open.
fn cover_requirement(about: &mut [About<'_, '_>; 2], requirement: &Requirement) -> bool {
    let mut covered = true;
    for rule in &requirement.rules {
        covered &= cover(about, rule, None);
        let rule = rules::by_name(rule);
        for suppression in about.iter().flat_map(About::of_lines) {
            rule.map(|rule| suppression.names(rule));
        }
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

    /// By what comments are put in order: those about all requests, then by the request, and of each those about the
    /// whole of it, then by the line.
    fn number(&self) -> u64 {
        let number = |line: Option<usize>| line.map_or(0, |line| line as u64 + 1);
        number(self.comment.request) << 32 | number(self.comment.line)
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
