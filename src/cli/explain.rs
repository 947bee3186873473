//! `elblint explain`: what a rule demands and why, what an operation is and which rules it meets, what a field may be,
//! and what a fact of the target is.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::Value;

use super::args::ExplainArguments;
use super::{FAILED, complain, print};
use crate::api::Operation;
use crate::json::near;
use crate::rules::{Example, RULES, Rule, by_name};
use crate::schema;
use crate::target::Fact;

/// Explains what the name means.
pub(super) fn run(arguments: &ExplainArguments) -> io::Result<u8> {
    let name = arguments.name.trim();
    if let Some(rule) = by_name(name) {
        return print(|out| explain_rule(rule, out));
    }
    if let Some(operation) = Operation::from_name(name) {
        return print(|out| explain_operation(operation, out));
    }
    let found = fields(name);
    let fact = Fact::ALL.iter().find(|fact| fact.name() == name);
    if !found.is_empty() || fact.is_some() {
        return print(|out| {
            let mut between = "";
            for field in &found {
                out.write_all(between.as_bytes())?;
                between = "\n";
                field.explain(out)?;
            }
            out.write_all(if fact.is_some() { between.as_bytes() } else { b"" })?;
            fact.map_or(Ok(()), |fact| explain_fact(*fact, out))
        });
    }
    let rules = RULES.iter().map(|rule| rule.name);
    let operations = Operation::ALL.iter().map(|operation| operation.name());
    let facts = Fact::ALL.iter().map(|fact| fact.name());
    // A field may be in several bodies.
    let fields: BTreeSet<String> = Operation::ALL
        .iter()
        .flat_map(|operation| schema::fields(*operation))
        .map(|(pointer, _)| pointer.replace("/*", "").trim_start_matches('/').replace('/', "."))
        .collect();
    let fields = fields.iter().map(String::as_str);
    let unknown = format!("error: there is no rule, operation, field or fact `{name}`");
    complain(&match near(name, rules.chain(operations).chain(facts).chain(fields)) {
        Some(meant) => format!("{unknown}; did you mean `{meant}`?"),
        None => format!("{unknown}; `elblint rules` and `elblint operations` list some"),
    });
    Ok(FAILED)
}

fn explain_fact(fact: Fact, out: &mut dyn Write) -> io::Result<()> {
    let values: Vec<_> = fact.domain().iter().map(|value| fact.value(value).to_string()).collect();
    writeln!(out, "{} (a fact of the target)\n\n{}", fact.name(), fact.documentation())?;
    writeln!(out, "  one of: {}\n", values.join(", "))?;
    writeln!(
        out,
        "It is known where a context has the response of the API's GET: `--context FILE`, `context` in a"
    )?;
    writeln!(out, "request or in elblint.toml, or `# @context FILE` in a .http file.")
}

fn explain_rule(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}, {}, {})\n", rule.name, rule.severity, rule.group.name(), rule.ages.name())?;
    writeln!(out, "{}", rule.prose())?;
    for Example { operation, shows, body, context } in rule.examples() {
        writeln!(out, "\n{} ({}):", shows.heading(), operation.name())?;
        body.lines().try_for_each(|line| writeln!(out, "  {line}"))?;
        if let Some(context) = context {
            writeln!(out, "where this is known of the target:\n  {context}")?;
        }
    }
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
        writeln!(out, "  {:7}  {}: {}", rule.severity.name(), rule.name, rule.summary())?;
    }
    Ok(())
}

/// A field of a request body.
struct Field {
    operation: Operation,
    /// Its JSON Pointer; `*` is every element of a list.
    pointer: String,
    about: Value,
}

/// The fields of this name: `pool.slow_start.duration`, or the end of it, or as a JSON Pointer. Indices stand for every
/// element.
fn fields(name: &str) -> Vec<Field> {
    let steps = |path: &str| -> Vec<String> {
        let steps = path.split(['.', '/']).filter(|step| !step.is_empty());
        steps.filter(|step| *step != "*" && step.parse::<usize>().is_err()).map(str::to_owned).collect()
    };
    let wanted = steps(&name.replace("[]", ""));
    let mut found = Vec::new();
    for operation in Operation::ALL {
        for (pointer, about) in schema::fields(*operation) {
            if !wanted.is_empty() && steps(&pointer).ends_with(&wanted) {
                found.push(Field { operation: *operation, pointer, about });
            }
        }
    }
    found
}

impl Field {
    fn explain(&self, out: &mut dyn Write) -> io::Result<()> {
        let text = |name: &str| self.about.get(name).and_then(Value::as_str);
        let required = if self.about.get("required") == Some(&Value::Bool(true)) { ", required" } else { "" };
        writeln!(
            out,
            "{} of {} ({}{required})\n",
            self.pointer,
            self.operation.name(),
            text("type").unwrap_or("any")
        )?;
        for line in text("description").unwrap_or_default().lines() {
            writeln!(out, "{line}")?;
        }
        for (name, words) in BOUNDS {
            if let Some(value) = self.about.get(*name) {
                writeln!(out, "  {words}: {}", shown(value))?;
            }
        }
        let document = self.operation.document();
        writeln!(out, "\n{} (updated {})", document.title, document.updated)?;
        let (object, parameter) = self.pointer.rsplit_once('/').unwrap_or_default();
        let outer = object.split('/').skip(1).map(|step| if step == "*" { "" } else { step });
        let table =
            self.operation.info().objects.iter().find(|object| outer.clone().eq(object.at.iter().copied()));
        let own = |rule: &&&Rule| {
            rule.cites.iter().any(|cite| {
                cite.operation == self.operation
                    && cite.parameter == parameter
                    && table.is_some_and(|object| object.table == cite.table)
            })
        };
        let mut heading = "\nRules that speak of it:\n";
        for rule in RULES.iter().filter(own) {
            writeln!(out, "{heading}  {:7}  {}: {}", rule.severity.name(), rule.name, rule.summary())?;
            heading = "";
        }
        Ok(())
    }
}

/// A value for people: a list without its brackets, and words without quotes.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::String(word) if !word.is_empty() => word.clone(),
        value => value.to_string(),
    }
}

/// What a schema says of a value, and how it is read.
const BOUNDS: &[(&str, &str)] = &[
    ("enum", "one of"),
    ("minimum", "at least"),
    ("maximum", "at most"),
    ("minLength", "characters, at least"),
    ("maxLength", "characters, at most"),
    ("maxItems", "elements, at most"),
    ("pattern", "pattern"),
    ("default", "by default"),
];
