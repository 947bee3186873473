//! What the command line says about rules, which goes before every configuration.

use super::args::Choice;
use crate::Context;
use crate::api::Operation;
use crate::diagnostic::Severity;
use crate::policy::{Levels, Selector, UnknownRule};

/// What goes before every configuration.
#[derive(Debug, Default)]
pub(in crate::cli) struct CommandLine {
    pub(in crate::cli) operation: Option<Operation>,
    pub(in crate::cli) context: Context,
    pub(in crate::cli) fail_on: Option<Severity>,
    select: Vec<Selector>,
    ignore: Vec<Selector>,
}

impl CommandLine {
    pub(in crate::cli) fn new(
        choice: &Choice,
        operation: Option<Operation>,
        context: Context,
        fail_on: Option<Severity>,
    ) -> Result<Self, String> {
        let parse = |option: &str, names: &[String]| -> Result<Vec<Selector>, String> {
            let told = |unknown: UnknownRule| format!("{option}: {unknown}; {}", help(&unknown));
            names.iter().map(|name| Selector::parse(name.trim()).map_err(told)).collect()
        };
        let select = parse("--select", &choice.select)?;
        let ignore = parse("--ignore", &choice.ignore)?;
        Ok(Self { operation, context, fail_on, select, ignore })
    }

    /// Chooses the rules. What is selected here is on, even if the configuration turns it off.
    pub(super) fn choose(&self, levels: &mut Levels) {
        if !self.select.is_empty() {
            levels.select(&self.select, &self.ignore);
        } else if !self.ignore.is_empty() {
            levels.restrict(None, &self.ignore);
        }
    }
}

/// What to do about a rule that there is not.
pub(super) fn help(unknown: &UnknownRule) -> String {
    match unknown.near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`elblint rules` lists them".to_owned(),
    }
}
