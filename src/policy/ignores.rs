//! Suppressions of a configuration, for formats without comments: by pointer and rule, with a reason, and perhaps
//! until a day.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::selector::Selector;
use crate::diagnostic::{Diagnostic, Pointer, Requirement};
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

    /// Whether it covers a diagnostic that it is about. One that it does not cover any more is told so.
    pub(super) fn covers(&self, diagnostic: &mut Diagnostic, today: Date) -> bool {
        if !self.names(diagnostic.rule) {
            return false;
        }
        let Some(until) = self.until.filter(|_| self.is_expired(today)) else { return true };
        let expired = format!("its suppression at {} has expired on {until}", self.place);
        diagnostic.help = Some(Cow::Owned(match &diagnostic.help {
            Some(help) => format!("{help}; {expired}"),
            None => expired,
        }));
        false
    }

    /// Whether it covers what a rule demands of the target at a place that it is about.
    pub(super) fn covers_demand(&self, rule: &str, today: Date) -> bool {
        self.names(rule) && !self.is_expired(today)
    }

    /// Whether it covers all that demands this of the target, at places one of which it is about.
    pub(super) fn covers_requirement(&self, requirement: &Requirement, today: Date) -> bool {
        let count = requirement.rules.iter().filter(|rule| self.names(rule)).count();
        count == requirement.rules.len() && !self.is_expired(today)
    }

    /// Whether it names a rule, and then is of use.
    fn names(&self, rule: &str) -> bool {
        let named = rules::by_name(rule).is_some_and(|rule| {
            rule.group != Group::Suppressions && self.rules.iter().any(|own| own.names(rule))
        });
        if named {
            self.used.store(true, Ordering::Relaxed);
        }
        named
    }
}

/// Suppressions, found by the pointers that they are about.
#[derive(Debug, Default)]
pub struct Ignores(Vec<Node>);

/// Those of one pointer.
#[derive(Debug, Default)]
struct Node {
    own: Vec<Arc<Ignore>>,
    /// The nodes of the pointers that are one step longer.
    below: BTreeMap<Box<str>, usize>,
}

impl FromIterator<Arc<Ignore>> for Ignores {
    fn from_iter<I: IntoIterator<Item = Arc<Ignore>>>(ignores: I) -> Self {
        let mut nodes = vec![Node::default()];
        for ignore in ignores {
            let mut at = 0;
            for step in ignore.pointer.iter().flat_map(|pointer| pointer.split('/')) {
                let new = nodes.len();
                let known = nodes.get_mut(at).map(|node| *node.below.entry(step.into()).or_insert(new));
                at = known.unwrap_or(new);
                if at == new {
                    nodes.push(Node::default());
                }
            }
            nodes.get_mut(at).into_iter().for_each(|node| node.own.push(Arc::clone(&ignore)));
        }
        Self(nodes)
    }
}

impl Ignores {
    /// Those that are about a pointer: it is theirs, or below it.
    pub(super) fn about(&self, pointer: &Pointer) -> Vec<&Ignore> {
        let pointer = pointer.to_string();
        let mut steps = pointer.split('/');
        let mut about = Vec::new();
        let mut nodes: Vec<&Node> = self.0.first().into_iter().collect();
        while !nodes.is_empty() {
            about.extend(nodes.iter().flat_map(|node| &node.own).map(|own| &**own));
            let Some(step) = steps.next() else { break };
            let mut below = Vec::new();
            for name in ["*"].into_iter().chain((step != "*").then_some(step)) {
                let numbers = nodes.iter().filter_map(|node| node.below.get(name));
                below.extend(numbers.filter_map(|number| self.0.get(*number)));
            }
            nodes = below;
        }
        about
    }
}
