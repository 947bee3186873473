//! What the users of a repository want to see: selection and severities of rules, values they know better,
//! suppressions with a reason, and a baseline of what was there before. A file each.
//!
//! Turns reports into reports. Reads no file and no clock: the settings, the comments and the date are given. It
//! judges no request; what a rule that is off would have demanded is waived by the [`Context`](crate::Context).

mod baseline;
mod extra_values;
mod ignores;
mod levels;
mod selector;
mod suppressions;

#[cfg(test)]
mod tests;

pub use baseline::{Baseline, BaselineError, Finding, Ledger};
pub use extra_values::{ExtraValues, UnknownField};
pub use ignores::{Date, Ignore};
pub use levels::Levels;
pub use selector::{Selector, UnknownRule};

use crate::diagnostic::{Diagnostic, Report};
use crate::request_files::Comment;
use suppressions::Suppressions;

/// What holds for a file.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Which rules are on, and how grave they are.
    pub levels: Levels,
    /// Values that the closed lists lack.
    pub extra_values: ExtraValues,
    /// The suppressions of the configuration that are about this file.
    pub ignores: Vec<std::sync::Arc<Ignore>>,
    /// The day of the check.
    pub today: Date,
}

impl Policy {
    /// Takes out of the reports of a file what is not wanted, and puts in what is wrong with its suppressions.
    /// `comments` are those of the whole file.
    pub fn apply(&self, reports: &mut [Report], comments: &[Comment]) {
        if self.is_neutral() && comments.is_empty() {
            return;
        }
        let suppressions = Suppressions::new(comments, &self.levels);
        for report in &mut *reports {
            let said = (report.diagnostics.len(), report.requires.len());
            self.extra_values.admit(report);
            report.diagnostics.retain_mut(|diagnostic| self.levels.admits(diagnostic));
            let line = report.line;
            report.diagnostics.retain_mut(|diagnostic| {
                !suppressions.cover(line, diagnostic)
                    && !self.ignores.iter().any(|ignore| ignore.covers(diagnostic, self.today))
            });
            report.requires.retain(|requirement| {
                !suppressions.cover_requirement(line, requirement)
                    && !self.ignores.iter().any(|ignore| ignore.covers_requirement(requirement, self.today))
            });
            if said != (report.diagnostics.len(), report.requires.len()) || !self.levels.is_default() {
                report.judge();
            }
        }
        suppressions.complain(reports);
    }

    /// Whether reports stay as they are.
    fn is_neutral(&self) -> bool {
        self.levels.is_default() && self.extra_values.is_empty() && self.ignores.is_empty()
    }
}

/// Puts a diagnostic where it belongs in a report.
fn insert(report: &mut Report, diagnostic: Diagnostic) {
    let start = |diagnostic: &Diagnostic| diagnostic.span.map(|span| span.start.offset);
    let at = report.diagnostics.partition_point(|other| start(other) <= start(&diagnostic));
    report.diagnostics.insert(at, diagnostic);
    report.judge();
}
