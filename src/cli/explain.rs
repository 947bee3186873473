//! `elblint explain`: what a rule demands and why, what an operation is, and which rules it meets.

use std::io::{self, Write};

use super::args::ExplainArguments;
use super::rules::documentation;
use super::{FAILED, complain, print};
use crate::api::Operation;
use crate::json::near;
use crate::rules::{RULES, Rule, by_name};

/// Explains what the name means.
pub(super) fn run(arguments: &ExplainArguments) -> io::Result<u8> {
    let name = arguments.name.trim();
    if let Some(rule) = by_name(name) {
        return print(|out| explain_rule(rule, out));
    }
    if let Some(operation) = Operation::from_name(name) {
        return print(|out| explain_operation(operation, out));
    }
    let known =
        RULES.iter().map(|rule| rule.name).chain(Operation::ALL.iter().map(|operation| operation.name()));
    match near(name, known) {
        Some(meant) => {
            complain(&format!("error: there is no rule or operation `{name}`; did you mean `{meant}`?"))
        }
        None => complain(&format!(
            "error: there is no rule or operation `{name}`; `elblint rules` and `elblint operations` list them"
        )),
    }
    Ok(FAILED)
}

fn explain_rule(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}, {}, {})\n", rule.name, rule.severity, rule.group.name(), rule.ages.name())?;
    writeln!(out, "{}", documentation(rule))?;
    let mut heading = "\nIt rests on:";
    for source in rule.sources() {
        writeln!(out, "{heading}")?;
        heading = "";
        write!(out, "  {} (updated {})", source.document, source.updated)?;
        for part in [source.table, source.parameter].into_iter().filter(|part| !part.is_empty()) {
            write!(out, ", {part}")?;
        }
    }
    if heading.is_empty() { writeln!(out) } else { Ok(()) }
}

fn explain_operation(operation: Operation, out: &mut dyn Write) -> io::Result<()> {
    let document = operation.document();
    writeln!(out, "{}: {}\n", operation.name(), operation.summary())?;
    writeln!(out, "  {} {}", operation.method(), operation.path())?;
    writeln!(out, "  {} (updated {})\n", document.title, document.updated)?;
    writeln!(out, "Rules that rest on this page:")?;
    for rule in RULES.iter().filter(|rule| rule.operations().any(|own| own == operation)) {
        let summary: Vec<_> = rule.summary().split_whitespace().collect();
        writeln!(out, "  {:7}  {}: {}", rule.severity.name(), rule.name, summary.join(" "))?;
    }
    Ok(())
}
