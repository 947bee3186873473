//! `elblint rules` and `elblint operations`: what there is.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{ListFormat, OperationsArguments, RulesArguments};
use super::print;
use crate::api::Operation;
use crate::rules::{RULES, Rule};

/// A rule with all that is written of it.
#[derive(Serialize)]
struct Described<'r> {
    #[serde(flatten)]
    rule: &'r Rule,
    documentation: String,
}

/// Lists the rules.
pub(super) fn run(arguments: &RulesArguments) -> io::Result<u8> {
    print(|out| match arguments.format {
        ListFormat::Text => text(out),
        ListFormat::Json => {
            let rules: Vec<_> =
                RULES.iter().map(|rule| Described { rule, documentation: rule.markdown() }).collect();
            serde_json::to_writer_pretty(&mut *out, &rules)?;
            writeln!(out)
        }
        ListFormat::Markdown => markdown(out),
    })
}

/// Lists the operations.
pub(super) fn operations(arguments: &OperationsArguments) -> io::Result<u8> {
    print(|out| match arguments.format {
        ListFormat::Text => {
            let width = Operation::ALL.iter().map(|operation| operation.name().len()).max().unwrap_or(0);
            for operation in Operation::ALL {
                let (name, method, path) = (operation.name(), operation.method(), operation.path());
                writeln!(out, "{name:width$}  {method:4}  {path}")?;
                writeln!(out, "{:width$}        {}", "", operation.summary())?;
            }
            Ok(())
        }
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, Operation::ALL)?;
            writeln!(out)
        }
        ListFormat::Markdown => {
            writeln!(out, "| operation | request | what it does |\n| --- | --- | --- |")?;
            Operation::ALL.iter().try_for_each(|operation| {
                let (name, method, path) = (operation.name(), operation.method(), operation.path());
                writeln!(out, "| {name} | `{method} {path}` | {} |", operation.summary())
            })
        }
    })
}

fn text(out: &mut dyn Write) -> io::Result<()> {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in RULES.iter() {
        writeln!(out, "{:width$}  {:7}  {}", rule.name, rule.severity.name(), rule.summary())?;
    }
    Ok(())
}

fn markdown(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| rule | severity | group | what it says |\n| --- | --- | --- | --- |")?;
    for rule in RULES.iter() {
        let summary = rule.summary().replace('|', "\\|");
        writeln!(out, "| `{}` | {} | {} | {summary} |", rule.name, rule.severity.name(), rule.group.name())?;
    }
    Ok(())
}
