//! What is wrong with the suppressions of configurations, which only the end of a run can tell.

use std::borrow::Cow;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::build::ConfiguredIgnore;
use super::settings::Settings;
use crate::check::{bare_diagnostic, bare_report};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::json::LineIndex;
use crate::policy::Levels;
use crate::rules::{Rule, suppression};

/// What there is to say about a configuration.
pub(in crate::cli) struct Leftover {
    pub(in crate::cli) name: String,
    pub(in crate::cli) text: String,
    pub(in crate::cli) reports: Vec<Report>,
}

impl Settings {
    /// Tells of suppressions that have expired and, in configurations whose every file has been checked because
    /// their folders lie in those that were walked, of those that nothing needed.
    pub(in crate::cli) fn leftovers(&self, walked: &[&Path]) -> Vec<Leftover> {
        let walked: Vec<_> = walked.iter().map(|folder| self.finder.absolute(folder)).collect();
        let mut leftovers = Vec::new();
        for configuration in self.finder.all() {
            let whole = walked.iter().any(|folder| configuration.folder.starts_with(folder));
            if configuration.ignores.is_empty() {
                continue;
            }
            let effective = configuration.of("", &self.line, self.today);
            let levels = &effective.policy.levels;
            let lines = LineIndex::new(&configuration.source.text);
            let told = |ignore| self.report(ignore, levels, &lines, whole);
            let reports: Vec<_> = configuration.ignores.iter().filter_map(told).collect();
            if !reports.is_empty() {
                self.note(&reports, effective.fail_on);
                let (name, text) = (configuration.source.name.clone(), configuration.source.text.clone());
                leftovers.push(Leftover { name, text, reports });
            }
        }
        leftovers
    }

    fn report(
        &self,
        written: &ConfiguredIgnore,
        levels: &Levels,
        lines: &LineIndex<'_>,
        whole: bool,
    ) -> Option<Report> {
        let ignore = &written.ignore;
        let expired = ignore.until.filter(|_| ignore.is_expired(self.today));
        let used = ignore.used.load(Ordering::Relaxed);
        let on = |rule: &&Rule| ignore.rules.iter().any(|own| own.names(rule)) && levels.of(rule).is_some();
        let (rule, message) = if let Some(until) = expired {
            (&suppression::EXPIRED_SUPPRESSION, format!("this suppression has expired on {until}"))
        } else if whole && !used && crate::rules::RULES.iter().any(on) {
            (&suppression::UNUSED_SUPPRESSION, "there is nothing that this suppresses".to_owned())
        } else {
            return None;
        };
        let severity = levels.of(rule)?;
        let span = lines.span(written.range.clone());
        let diagnostic = Diagnostic {
            severity,
            help: Some(Cow::Borrowed("remove it, or mend what it is there for")),
            span: Some(span),
            ..bare_diagnostic(rule, Place::request(), message)
        };
        let mut report = bare_report("", vec![diagnostic]);
        report.line = Some(span.start.line);
        Some(report)
    }
}
