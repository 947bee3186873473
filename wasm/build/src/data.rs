//! The tables that cost the module nothing: operations, rules, their documentation, fields and JSON Schemas.

use std::fs;
use std::path::Path;

use elblint::rules::RULES;
use elblint::{Operation, schema};
use serde_json::{Map, Value, json};

use crate::Outcome;

const DRAFT_2020_12: &str = "https://json-schema.org/draft/2020-12/schema";
const DRAFT_07: &str = "http://json-schema.org/draft-07/schema#";

/// Writes `operations.js`, `rules.js`, `documentation.js`, `fields.js`, `json-schemas.js` and `schemas/*.json`.
pub(crate) fn write(dist: &Path) -> Outcome {
    script(dist, "operations", "operations", &json!(Operation::ALL))?;
    script(dist, "rules", "rules", &json!(RULES))?;
    let documentation: Map<String, Value> =
        RULES.iter().map(|rule| (rule.name.to_owned(), json!(rule.markdown()))).collect();
    script(dist, "documentation", "documentation", &Value::Object(documentation))?;
    let of_each = |make: &dyn Fn(Operation) -> Value| -> Value {
        Operation::ALL
            .iter()
            .map(|operation| (operation.name().to_owned(), make(*operation)))
            .collect::<Map<_, _>>()
            .into()
    };
    script(dist, "fields", "allFields", &of_each(&|operation| schema::fields(operation).into()))?;
    script(dist, "json-schemas", "jsonSchemas", &of_each(&schema::operation))?;
    for (folder, draft) in [("schemas", DRAFT_2020_12), ("schemas/draft-07", DRAFT_07)] {
        fs::create_dir_all(dist.join(folder))?;
        for operation in Operation::ALL {
            let mut schema = schema::operation(*operation);
            if let Value::Object(members) = &mut schema {
                members.insert("$schema".to_owned(), json!(draft));
            }
            let path = dist.join(folder).join(format!("{}.json", operation.name()));
            fs::write(path, format!("{}\n", serde_json::to_string_pretty(&schema)?))?;
        }
    }
    Ok(())
}

fn script(dist: &Path, file: &str, name: &str, value: &Value) -> Outcome {
    let text = serde_json::to_string_pretty(value)?;
    fs::write(
        dist.join(format!("{file}.js")),
        format!("// Generated from the Rust sources.\nexport const {name} = {text};\n"),
    )?;
    Ok(())
}
