//! Whether two contexts say the same, as a script that names every member a context can have: engines read members by
//! fixed names ten times faster than they go through all that there are.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use elblint::schema;
use serde_json::{Value, json};

use crate::Outcome;

const BEGINNING: &str = "\
// Generated from the Rust sources.

/** Whether a context surely says the same as another, which came from JSON text and says something. */
export const isSameContext = isSameKnown;

function areObjects(value, known) {
  return typeof value === 'object' && value !== null && typeof known === 'object' && known !== null;
}

function isSameList(value, known, isSame) {
  if (!Array.isArray(value) || !Array.isArray(known) || value.length !== known.length) return false;
  return value.toJSON === undefined && known.every((element, index) => value[index] === element || isSame(value[index], element));
}
";

/// Writes `contexts.js`.
pub(crate) fn write(dist: &Path) -> Outcome {
    let mut script = Script { types: schema::types(), written: Vec::new(), text: BEGINNING.to_owned() };
    script.comparison("Known", &json!({ "$ref": "#/$defs/Known" }))?;
    Ok(fs::write(dist.join("contexts.js"), script.text)?)
}

struct Script {
    types: BTreeMap<String, Value>,
    /// The functions that are there.
    written: Vec<String>,
    text: String,
}

impl Script {
    /// The function that compares values of this schema; none where a plain comparison does.
    fn comparison(&mut self, name: &str, schema: &Value) -> Outcome<Option<String>> {
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            let choice = choices.iter().find(|choice| choice.get("$ref").is_some());
            return choice.map_or(Ok(None), |choice| self.comparison(name, choice));
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            let schema = self.types.get(name).cloned().ok_or_else(|| format!("there is no type {name}"))?;
            return self.comparison(name, &schema);
        }
        if let Some(element) = schema.get("items") {
            let element = self.comparison(name, element)?;
            let same = element.as_deref().unwrap_or("Object.is");
            let list = format!("{}List", element.as_deref().unwrap_or("isSameValue"));
            return self.function(list, format!("return isSameList(value, known, {same});")).map(Some);
        }
        let Some(members) = schema.get("properties").and_then(Value::as_object) else { return Ok(None) };
        let mut conditions =
            String::from("value.toJSON === undefined && Object.getPrototypeOf(value) === Object.prototype");
        for (member, schema) in members {
            let same = format!("value.{member} === known.{member}");
            // Most members are in neither, so a call is spared.
            let condition = match self.comparison(&format!("{name}_{member}"), schema)? {
                Some(function) => format!("({same} || {function}(value.{member}, known.{member}))"),
                None => same,
            };
            write!(conditions, " &&\n    {condition}")?;
        }
        let body = format!("return areObjects(value, known) && {conditions};");
        self.function(format!("isSame{name}"), body).map(Some)
    }

    /// Writes a function of two values, unless it is there.
    fn function(&mut self, name: String, body: String) -> Outcome<String> {
        if !self.written.contains(&name) {
            write!(self.text, "\nfunction {name}(value, known) {{\n  {body}\n}}\n")?;
            self.written.push(name.clone());
        }
        Ok(name)
    }
}
