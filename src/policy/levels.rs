//! Which rules are on, and how grave each is.
//!
//! Of several names for a rule the closest decides: `ignore = ["slow-start-*"]` takes rules out of
//! `select = ["documented"]`, and `select = ["range"]` brings one back that `ignore = ["documented"]` took out.

use super::selector::{Selector, closest};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{RULES, Rule};

/// The level of every rule: its severity, or none where it is off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Those that are not what the rule says itself, by its name and in the order of names.
    changed: Vec<(&'static str, Option<Severity>)>,
}

impl Levels {
    /// Whether every rule is as it says itself.
    pub fn is_default(&self) -> bool {
        self.changed.is_empty()
    }

    /// The level of a rule.
    pub fn of(&self, rule: &Rule) -> Option<Severity> {
        self.changed(rule.name).unwrap_or(Some(rule.severity))
    }

    /// Sets the level of what is named. Of several entries for one rule the closest decides, then the last.
    pub fn set(&mut self, levels: &[(Selector, Option<Severity>)]) {
        for rule in RULES.iter() {
            let named = levels.iter().filter(|(selector, _)| selector.names(rule));
            if let Some((_, level)) = named.max_by_key(|(selector, _)| selector.closeness()) {
                self.change(rule, *level);
            }
        }
    }

    /// Turns off all that is not selected, and what is ignored.
    pub fn restrict(&mut self, select: Option<&[Selector]>, ignore: &[Selector]) {
        for rule in RULES.iter().filter(|rule| !is_on(rule, select, ignore)) {
            self.change(rule, None);
        }
    }

    /// The same, and turns on what is selected although it was off.
    pub fn select(&mut self, select: &[Selector], ignore: &[Selector]) {
        for rule in RULES.iter() {
            if !is_on(rule, Some(select), ignore) {
                self.change(rule, None);
            } else if self.of(rule).is_none() {
                self.change(rule, Some(rule.severity));
            }
        }
    }

    /// The rules that are off.
    pub(super) fn off(&self) -> impl Iterator<Item = &'static str> {
        self.changed.iter().filter(|(_, level)| level.is_none()).map(|(rule, _)| *rule)
    }

    /// The rules that are errors by themselves, and are not any more: nothing is demanded for them.
    pub fn waived(&self) -> impl Iterator<Item = &'static str> {
        let lowered = |rule: &&&'static Rule| {
            rule.severity == Severity::Error && self.of(rule) != Some(Severity::Error)
        };
        RULES.iter().filter(lowered).map(|rule| rule.name)
    }

    /// Gives a diagnostic its level; false if its rule is off.
    pub(super) fn admits(&self, diagnostic: &mut Diagnostic) -> bool {
        match self.changed(diagnostic.rule) {
            None => true,
            Some(None) => false,
            Some(Some(severity)) => {
                diagnostic.severity = severity;
                true
            }
        }
    }

    fn place(&self, rule: &str) -> Result<usize, usize> {
        self.changed.binary_search_by_key(&rule, |(name, _)| name)
    }

    fn changed(&self, rule: &str) -> Option<Option<Severity>> {
        let at = self.place(rule).ok()?;
        self.changed.get(at).map(|(_, level)| *level)
    }

    fn change(&mut self, rule: &Rule, level: Option<Severity>) {
        let place = self.place(rule.name);
        if let Ok(at) = place {
            self.changed.remove(at);
        }
        if level != Some(rule.severity) {
            self.changed.insert(place.unwrap_or_else(|at| at), (rule.name, level));
        }
    }
}

fn is_on(rule: &Rule, select: Option<&[Selector]>, ignore: &[Selector]) -> bool {
    let selected = select.map_or(Some(0), |select| closest(select, rule));
    selected.is_some_and(|selected| closest(ignore, rule).is_none_or(|ignored| ignored < selected))
}
