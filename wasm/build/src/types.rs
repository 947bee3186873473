//! The TypeScript types, out of the same schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use elblint::rules::{Group, RULES};
use elblint::target::Fact;
use elblint::{Operation, schema};
use serde_json::{Map, Value, json};

use crate::Outcome;

/// What the package exports, for every way to load the module.
const FUNCTIONS: &str = include_str!("functions.d.ts");

/// How the module is loaded where it is a file of its own.
const INIT: &str = include_str!("init.d.ts");

/// Where a text is one of the names above, which its schema does not tell: the type and the member.
const NAMES: &[(&str, &str, &str)] =
    &[("Diagnostic", "rule", "RuleName"), ("Report", "operation", "OperationName")];

/// Either of two types in TypeScript, which is among the functions: its schema tells of one with all of their members.
const EITHER: &str = "Requirement";

/// Writes `index.d.ts` and `init.d.ts`.
pub(crate) fn write(dist: &Path) -> Outcome {
    let mut out = String::from("// Generated from the Rust sources.\n\n");
    let names = Operation::ALL.iter().map(|operation| operation.name());
    writeln!(out, "/** An operation of the API. */\nexport type OperationName = {};\n", union(names))?;
    writeln!(
        out,
        "/** A rule. */\nexport type RuleName =\n  | {};\n",
        literals(RULES.iter().map(|rule| rule.name)).join("\n  | ")
    )?;
    let groups = Group::ALL.iter().map(|group| group.name());
    writeln!(out, "/** What a rule rests on. */\nexport type RuleGroup = {};\n", union(groups))?;
    let ages = RULES.iter().map(|rule| rule.ages.name()).collect::<BTreeSet<_>>().into_iter();
    writeln!(
        out,
        "/** How a rule may come to be out of date. */\nexport type RuleAges = {};\n",
        union(ages)
    )?;
    let facts = literals(Fact::ALL.iter().map(|fact| fact.name())).join("\n  | ");
    writeln!(out, "/** What may be known of a target. */\nexport type FactName =\n  | {facts};\n")?;
    let mut types = schema::types();
    types.remove(EITHER).ok_or("there are no requirements")?;
    for (name, member, names) in NAMES {
        let property =
            types.get_mut(*name).and_then(|schema| schema.pointer_mut(&format!("/properties/{member}")));
        name_from(property.ok_or_else(|| format!("there is no {member} in {name}"))?, names);
    }
    let of_context = known(&types);
    types.iter_mut().filter(|(name, _)| of_context.contains(*name)).for_each(|(_, schema)| open(schema));
    for (name, schema) in types {
        let name = if name == "Known" { "Context" } else { &name };
        declare(&mut out, name, &schema)?;
    }
    let mut bodies = String::new();
    for operation in Operation::ALL {
        declare(&mut out, &format!("{}Body", operation.name()), &schema::operation(*operation))?;
        let (name, summary) = (operation.name(), operation.summary());
        writeln!(bodies, "  /** {summary}. */\n  {name}: {name}Body;")?;
    }
    writeln!(out, "/** The body of each operation. */\nexport interface Bodies {{\n{bodies}}}\n")?;
    out.push_str(FUNCTIONS);
    fs::write(dist.join("index.d.ts"), &out)?;
    fs::write(dist.join("init.d.ts"), INIT)?;
    Ok(())
}

/// The names of the types that a context is made of.
fn known(types: &BTreeMap<String, Value>) -> BTreeSet<String> {
    fn follow(schema: &Value, types: &BTreeMap<String, Value>, names: &mut BTreeSet<String>) {
        match schema {
            Value::Object(members) => members.values().for_each(|inner| follow(inner, types, names)),
            Value::Array(all) => all.iter().for_each(|inner| follow(inner, types, names)),
            Value::String(text) => {
                let name = text.strip_prefix("#/$defs/");
                if let Some((name, schema)) = name.and_then(|name| types.get_key_value(name))
                    && names.insert(name.clone())
                {
                    follow(schema, types, names);
                }
            }
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    follow(&json!("#/$defs/Known"), types, &mut names);
    names
}

/// Permits further members in all objects of a schema: what GET returns has more of them than a context is read for.
fn open(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(open);
            if members.contains_key("properties") {
                members.insert("additionalProperties".to_owned(), true.into());
            }
        }
        Value::Array(all) => all.iter_mut().for_each(open),
        _ => {}
    }
}

/// Makes the texts of a schema names of a type.
fn name_from(property: &mut Value, names: &str) {
    let Value::Object(members) = property else { return };
    let mut choices = vec![json!({ "$ref": names })];
    if members.remove("type").is_some_and(|kind| kinds(&kind).contains(&"null")) {
        choices.push(json!({ "type": "null" }));
    }
    members.insert("anyOf".to_owned(), choices.into());
}

fn declare(out: &mut String, name: &str, schema: &Value) -> Outcome {
    comment(out, schema, "")?;
    if schema.get("properties").is_some() {
        writeln!(out, "export interface {name} {}\n", type_of(schema, "")?)?;
    } else {
        writeln!(out, "export type {name} = {};\n", type_of(schema, "")?)?;
    }
    Ok(())
}

fn comment(out: &mut String, schema: &Value, indent: &str) -> Outcome {
    if let Some(text) = schema.get("description").and_then(Value::as_str) {
        let text: Vec<_> = text.split("\n```").next().unwrap_or_default().split_whitespace().collect();
        writeln!(out, "{indent}/** {} */", text.join(" ").replace("*/", "*\\/"))?;
    }
    Ok(())
}

/// The type that a schema stands for.
fn type_of(schema: &Value, indent: &str) -> Outcome<String> {
    let Value::Object(members) = schema else { return Ok("unknown".to_owned()) };
    if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
        return Ok(reference.rsplit('/').next().unwrap_or_default().to_owned());
    }
    if let Some(constant) = members.get("const") {
        return Ok(constant.to_string());
    }
    if let Some(Value::Array(values)) = members.get("enum") {
        return Ok(values.iter().map(Value::to_string).collect::<Vec<_>>().join(" | "));
    }
    for choice in ["oneOf", "anyOf"] {
        if let (Some(Value::Array(choices)), None) = (members.get(choice), members.get("type")) {
            let choices: Outcome<Vec<_>> = choices.iter().map(|choice| type_of(choice, indent)).collect();
            return Ok(choices?.join(" | "));
        }
    }
    let kinds = members.get("type").map(kinds).unwrap_or_default();
    let types: Outcome<Vec<_>> = kinds.iter().map(|kind| plain(kind, members, indent)).collect();
    let types = types?;
    Ok(if types.is_empty() { "unknown".to_owned() } else { types.join(" | ") })
}

/// The names of the types that a schema permits.
fn kinds(kind: &Value) -> Vec<&str> {
    match kind {
        Value::String(kind) => vec![kind],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn plain(kind: &str, members: &Map<String, Value>, indent: &str) -> Outcome<String> {
    Ok(match kind {
        "integer" | "number" => "number".to_owned(),
        "array" => {
            let item = type_of(members.get("items").unwrap_or(&Value::Null), indent)?;
            if item.contains(' ') { format!("Array<{item}>") } else { format!("{item}[]") }
        }
        "object" => object(members, indent)?,
        other => other.to_owned(),
    })
}

fn object(members: &Map<String, Value>, indent: &str) -> Outcome<String> {
    let Some(Value::Object(properties)) = members.get("properties") else {
        let values = members.get("additionalProperties").filter(|value| value.is_object());
        return Ok(format!("Record<string, {}>", type_of(values.unwrap_or(&Value::Null), indent)?));
    };
    let required = members.get("required").and_then(Value::as_array);
    let inner = format!("{indent}  ");
    let mut out = String::from("{\n");
    for (name, property) in properties {
        comment(&mut out, property, &inner)?;
        let must = required.is_some_and(|names| names.iter().any(|own| own == name));
        writeln!(out, "{inner}{name}{}: {};", if must { "" } else { "?" }, type_of(property, &inner)?)?;
    }
    if members.get("additionalProperties") == Some(&Value::Bool(true)) {
        // To `unknown` no interface that others declare could be assigned.
        writeln!(out, "{inner}[name: string]: any;")?;
    }
    write!(out, "{indent}}}")?;
    Ok(out)
}

fn literals<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    names.map(|name| format!("'{name}'")).collect()
}

fn union<'n>(names: impl Iterator<Item = &'n str>) -> String {
    literals(names).join(" | ")
}
