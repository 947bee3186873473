//! The JSON Schema of the command's JSON report.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::diagnostic::{Report, Severity};

/// The JSON Schema of what `elblint check --format json` prints, of draft 2020-12. A line of `--format jsonl` is one of
/// its requests, with a `path` more.
///
/// Members may be added without a new version, so it permits those that it does not name.
///
/// ```
/// let schema = elblint::schema::report();
/// assert_eq!(schema["properties"]["version"]["const"], 1);
/// ```
pub fn report() -> Value {
    let mut schema =
        SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Document>();
    schema.insert("title".to_owned(), json!("The JSON report of elblint"));
    schema.to_value()
}

/// The report as a whole, which the command writes piece by piece.
struct Document;

impl JsonSchema for Document {
    fn schema_name() -> Cow<'static, str> {
        "Document".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = json!({ "type": "string" });
        let count = |what: &str| json!({ "type": "integer", "minimum": 0, "description": what });
        json_schema!({
            "type": "object",
            "properties": {
                "version": { "const": 1, "description": "The version of this format." },
                "tool": {
                    "type": "object",
                    "properties": { "name": { "const": "elblint" }, "version": text },
                    "required": ["name", "version"],
                },
                "files": {
                    "type": "array",
                    "description": "The files with requests, in the order of their paths.",
                    "items": {
                        "type": "object",
                        "properties": {
                            "path": text,
                            "requests": { "type": "array", "items": generator.subschema_for::<Report>() },
                        },
                        "required": ["path", "requests"],
                    },
                },
                "summary": {
                    "type": "object",
                    "properties": {
                        "files": count("Files with requests."),
                        "requests": count("Requests that were judged."),
                        "skipped": count("Requests to other services, which were not."),
                        "errors": count("Diagnostics of severity error."),
                        "warnings": count("Diagnostics of severity warning."),
                        "infos": count("Diagnostics of severity info."),
                        "conditional": count("Requests whose verdict is conditional."),
                    },
                    "required": ["files", "requests", "skipped", "errors", "warnings", "infos", "conditional"],
                },
                "statistics": {
                    "type": "array",
                    "description": "With --statistics: how often each rule has found something, the most frequent first.",
                    "items": {
                        "type": "object",
                        "properties": {
                            "rule": text,
                            "severity": generator.subschema_for::<Severity>(),
                            "count": count("How often."),
                        },
                        "required": ["rule", "severity", "count"],
                    },
                },
            },
            "required": ["version", "tool", "files", "summary"],
        })
    }
}
