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

use std::sync::Arc;

pub use baseline::{Baseline, BaselineError, Finding, Ledger};
pub use extra_values::{ExtraValues, UnknownField};
pub use ignores::{Date, Ignore, Ignores};
pub use levels::Levels;
pub use selector::{Selector, UnknownRule};
pub use suppressions::{Level, suppress};

use crate::check::take_out;
use crate::diagnostic::{Place, Report};
use crate::request_files::Comment;

/// What holds for a file.
///
/// ```
/// use elblint::policy::{Policy, Selector};
/// use elblint::{Context, Operation, Verdict, check_body};
///
/// let mut policy = Policy::default();
/// policy.levels.set(&[(Selector::parse("slow-start-*")?, None)]);
/// // What a rule that is off would ask of the target is waived.
/// let mut context = Context::default();
/// policy.levels.waived().for_each(|rule| context.waive(rule));
///
/// let body = r#"{"pool": {"slow_start": {"enable": true, "duration": 20}}}"#;
/// let mut reports = [check_body(Operation::UpdatePool, body, &context)];
/// policy.apply(&mut reports, &[]);
/// assert_eq!(reports[0].verdict, Verdict::Refused);
/// assert_eq!(reports[0].diagnostics[0].rule, "range");
/// # Ok::<(), elblint::policy::UnknownRule>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Which rules are on, and how grave they are.
    pub levels: Levels,
    /// Values that the closed lists lack.
    pub extra_values: ExtraValues,
    /// The suppressions of the configuration that are about this file; those about all files are shared.
    pub ignores: Vec<Arc<Ignores>>,
    /// The day of the check.
    pub today: Date,
}

impl Policy {
    /// Takes out of the reports of a file what is not wanted, and puts in what is wrong with its suppressions.
    /// `comments` are those of the whole file.
    pub fn apply(&self, reports: &mut [Report], comments: &[Comment]) {
        if !self.levels.is_default() || !self.extra_values.is_empty() {
            for report in &mut *reports {
                self.extra_values.admit(report);
                report.diagnostics.retain_mut(|diagnostic| self.levels.admits(diagnostic));
                report.judge();
            }
        }
        suppress(reports, comments, &|rule| self.levels.of(rule));
        if !self.ignores.is_empty() {
            let about = |place: &Place| -> Vec<&Ignore> {
                self.ignores.iter().flat_map(|own| own.about(&place.pointer)).collect()
            };
            let today = self.today;
            for report in reports {
                take_out(report, &mut |rule, place, _| {
                    any(about(place).into_iter().map(|own| own.covers_demand(rule, today)))
                });
                report.diagnostics.retain_mut(|found| {
                    !any(about(&found.place).into_iter().map(|own| own.covers(found, today)))
                });
                report.requires.retain(|found| {
                    let about = found.places.iter().flat_map(about);
                    !any(about.map(|own| own.covers_requirement(found, today)))
                });
                report.settle();
            }
        }
    }
}

/// Whether any covers it. All are asked, since every one that does is of use.
fn any(covers: impl Iterator<Item = bool>) -> bool {
    covers.fold(false, |any, own| any | own)
}
