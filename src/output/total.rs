//! What a run amounts to: counts of requests, of diagnostics, and of the diagnostics of each rule.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::words::plural;
use crate::diagnostic::{Report, Severity, Verdict};

/// How many there are of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    pub(crate) files: usize,
    pub(crate) requests: usize,
    pub(crate) skipped: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) infos: usize,
    pub(crate) conditional: usize,
    /// Requests with an error, which the contract of the JSON report does not have.
    #[serde(skip)]
    pub(crate) refused: usize,
    /// Reports: those of requests, and those of files that have none, such as a configuration.
    #[serde(skip)]
    pub(crate) reports: usize,
    /// How many of the diagnostics a safe fix mends.
    #[serde(skip)]
    pub(crate) fixable: usize,
    /// How many a safe fix would mend that was not made, as it brings another error to light.
    #[serde(skip)]
    pub(crate) unmade: usize,
    /// How many only a fix mends that is not safe.
    #[serde(skip)]
    pub(crate) unsafely_fixable: usize,
}

impl Summary {
    /// Counts a report.
    pub(crate) fn add(&mut self, report: &Report) {
        self.requests += 1;
        self.reports += 1;
        self.conditional += usize::from(report.verdict == Verdict::Conditional);
        self.refused += usize::from(report.verdict == Verdict::Refused);
        for diagnostic in &report.diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
            match &diagnostic.fix {
                Some(fix) if fix.safe => self.fixable += 1,
                Some(_) => self.unsafely_fixable += 1,
                None => {}
            }
        }
    }

    /// Counts what another has counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.files += other.files;
        self.requests += other.requests;
        self.skipped += other.skipped;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.conditional += other.conditional;
        self.refused += other.refused;
        self.reports += other.reports;
        self.fixable += other.fixable;
        self.unmade += other.unmade;
        self.unsafely_fixable += other.unsafely_fixable;
    }

    /// How many diagnostics there are.
    pub(crate) const fn diagnostics(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// The summary as a sentence without its end. `hint` follows the number of conditional requests.
    pub(super) fn sentence(&self, hint: &str) -> String {
        let mut found: Vec<_> = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| plural(count, word))
            .collect();
        if found.is_empty() {
            found.push(
                if self.requests == 0 { "nothing for the ELB API v3" } else { "nothing to mend" }.to_owned(),
            );
        }
        let requests = plural(self.requests + self.skipped, "request");
        let mut line = format!("{requests} in {}: {}", plural(self.files, "file"), found.join(", "));
        if self.fixable > 0 {
            line += &format!("; {} fixable with --fix", self.fixable);
        }
        if self.conditional > 0 {
            line += &format!("; {} conditional{hint}", self.conditional);
        }
        if self.skipped > 0 {
            line += &format!("; {} to other services skipped", self.skipped);
        }
        line
    }
}

/// How often each rule has found something.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statistics(FxHashMap<(&'static str, Severity), usize>);

/// The count of one rule.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct RuleCount {
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    pub(crate) count: usize,
}

impl Statistics {
    /// Counts the diagnostics of a report.
    pub(crate) fn add(&mut self, report: &Report) {
        for diagnostic in &report.diagnostics {
            *self.0.entry((diagnostic.rule, diagnostic.severity)).or_default() += 1;
        }
    }

    /// Counts what another has counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (rule, count) in &other.0 {
            *self.0.entry(*rule).or_default() += count;
        }
    }

    /// The most frequent first; of the same frequency, by name.
    pub(crate) fn counts(&self) -> Vec<RuleCount> {
        let mut counts: Vec<_> =
            self.0.iter().map(|(&(rule, severity), &count)| RuleCount { rule, severity, count }).collect();
        counts.sort_unstable_by(|one, other| {
            other.count.cmp(&one.count).then(one.rule.cmp(other.rule)).then(other.severity.cmp(&one.severity))
        });
        counts
    }

    /// A line a rule.
    pub(super) fn lines(&self, out: &mut dyn Write) -> io::Result<()> {
        let counts = self.counts();
        let width = counts.first().map_or(1, |most| most.count.to_string().len());
        for RuleCount { rule, severity, count } in counts {
            writeln!(out, "{count:>width$}  {:7}  {rule}", severity.name())?;
        }
        Ok(())
    }
}

/// A run as a whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Total {
    pub(crate) summary: Summary,
    pub(crate) statistics: Statistics,
    /// Everything could be read.
    pub(crate) complete: bool,
}
