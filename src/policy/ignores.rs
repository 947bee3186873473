//! Suppressions of a configuration, for formats without comments: by pointer and rule, with a reason, and perhaps
//! until a day.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use super::selector::Selector;
use crate::diagnostic::{Diagnostic, Place, Requirement};
use crate::rules::{self, Group};

/// A day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A suppression of a configuration.
#[derive(Debug, Default)]
pub struct Ignore {
    /// What it names.
    pub rules: Vec<Selector>,
    /// The pointer and all below it; `*` stands for any one step. None is everywhere.
    pub pointer: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Where it is written, for people.
    pub place: String,
    /// Whether it has covered anything.
    pub used: AtomicBool,
}

impl Ignore {
    /// Whether its last day is over.
    pub fn is_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// Whether it covers a diagnostic. One that it does not cover any more is told so.
    pub(super) fn covers(&self, diagnostic: &mut Diagnostic, today: Date) -> bool {
        if !self.is_about(diagnostic.rule, &diagnostic.place.pointer.to_string()) {
            return false;
        }
        self.used.store(true, Ordering::Relaxed);
        let Some(until) = self.until.filter(|_| self.is_expired(today)) else { return true };
        let expired = format!("its suppression at {} has expired on {until}", self.place);
        diagnostic.help = Some(Cow::Owned(match &diagnostic.help {
            Some(help) => format!("{help}; {expired}"),
            None => expired,
        }));
        false
    }

    /// Whether it covers what a rule demands of the target at a place.
    pub(super) fn covers_demand(&self, rule: &str, place: &Place, today: Date) -> bool {
        let is_about = self.is_about(rule, &place.pointer.to_string());
        if is_about {
            self.used.store(true, Ordering::Relaxed);
        }
        is_about && !self.is_expired(today)
    }

    /// Whether it covers all that demands this of the target.
    pub(super) fn covers_requirement(&self, requirement: &Requirement, today: Date) -> bool {
        let about = |rule: &&str| {
            let about = |place: &Place| self.is_about(rule, &place.pointer.to_string());
            requirement.places.iter().any(about)
        };
        let count = requirement.rules.iter().filter(|rule| about(rule)).count();
        if count > 0 {
            self.used.store(true, Ordering::Relaxed);
        }
        count == requirement.rules.len() && !self.is_expired(today)
    }

    fn is_about(&self, rule: &str, pointer: &str) -> bool {
        let named = rules::by_name(rule).is_some_and(|rule| {
            rule.group != Group::Suppressions && self.rules.iter().any(|own| own.names(rule))
        });
        named && self.pointer.as_deref().is_none_or(|own| leads_to(own, pointer))
    }
}

/// Whether a pointer is this one, or below it.
fn leads_to(pattern: &str, pointer: &str) -> bool {
    let mut steps = pointer.split('/');
    pattern.split('/').all(|wanted| steps.next().is_some_and(|step| wanted == "*" || wanted == step))
}
