//! How the types that only this crate has appear in a schema.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use crate::api::field::{Field, Text};
use crate::diagnostic::{Place, Pointer, Requirement};

/// Marks a mandatory member until its object lists it.
pub(super) const MANDATORY: &str = "x-mandatory";

impl<T: JsonSchema> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }

    /// What schemars asks for where validator has `required`. It would list the member itself, did serde not have a
    /// default for it.
    fn _schemars_private_non_optional_json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        schema.insert(MANDATORY.to_owned(), json!(true));
        schema
    }
}

impl JsonSchema for Text<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl JsonSchema for Pointer {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Pointer".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl JsonSchema for Requirement {
    fn schema_name() -> Cow<'static, str> {
        "Requirement".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "What a request needs of a target that is not known well enough: a fact with one of these \
                values, or facts that do not have these values all at once.",
            "properties": {
                "fact": { "type": "string", "description": "The fact that must have one of the values." },
                "values": { "type": "array", "items": { "type": ["string", "boolean"] } },
                "not": {
                    "type": "object",
                    "description": "Facts that must not have these values all at once.",
                    "additionalProperties": { "type": ["string", "boolean"] },
                },
                "rules": { "type": "array", "items": { "type": "string" }, "description": "The rules that demand it." },
                "places": { "type": "array", "items": generator.subschema_for::<Place>() },
            },
            "required": ["rules", "places"],
        })
    }
}
