//! JSON Schemas, out of the very types that read the requests and say the reports.
//!
//! `schemars` reads what serde and validator say of a type; this room adds what neither can say: that a member may be
//! `null` unless it is mandatory, and a title. What needs more than one value, or the target, no schema says; the
//! rules do.

mod report;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::api::Operation;
use crate::api::batch_create_members::BatchCreateMembersRequestBody;
use crate::api::context::Known;
use crate::api::field::{Field, Text};
use crate::api::update_member::UpdateMemberRequestBody;
use crate::api::update_pool::UpdatePoolRequestBody;
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::diagnostic::{Place, Pointer, Report, Requirement};

pub use report::report;

/// Marks a mandatory member until its object lists it.
const MANDATORY: &str = "x-mandatory";

/// The JSON Schema of an operation's body, of draft 2020-12. It has no references, so that of draft 07 differs only
/// in the `$schema` that it names.
///
/// ```
/// let schema = elblint::schema::operation(elblint::Operation::UpdateMember);
/// assert_eq!(schema["properties"]["member"]["properties"]["weight"]["maximum"], 100);
/// ```
pub fn operation(operation: Operation) -> Value {
    let schema = match operation {
        Operation::UpgradeLoadBalancer => body::<UpgradeLoadBalancerRequestBody<'_>>(),
        Operation::UpdatePool => body::<UpdatePoolRequestBody<'_>>(),
        Operation::UpdateMember => body::<UpdateMemberRequestBody<'_>>(),
        Operation::BatchCreateMembers => body::<BatchCreateMembersRequestBody<'_>>(),
    };
    let mut schema = schema.to_value();
    tidy(&mut schema);
    if let Value::Object(members) = &mut schema {
        members.insert("title".to_owned(), json!(operation.name()));
        let document = operation.document();
        members.insert(
            "$comment".to_owned(),
            json!(format!("{}, updated {}", document.title, document.updated)),
        );
    }
    schema
}

/// The schemas of what a check takes and gives beside the body, by their names: for the types of other languages.
pub fn types() -> BTreeMap<String, Value> {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    generator.subschema_for::<Known>();
    let mut types: BTreeMap<_, _> = generator.take_definitions(true).into_iter().collect();
    types.values_mut().for_each(tidy);
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.subschema_for::<Report>();
    types.extend(generator.take_definitions(true));
    types
}

/// What there is to say about each field of an operation's body, by its JSON Pointer; `*` is every element of a list.
pub fn fields(operation: Operation) -> Map<String, Value> {
    let mut fields = Map::new();
    describe(&self::operation(operation), "", &mut fields);
    fields
}

fn body<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
        .into_root_schema_for::<T>()
}

/// Makes the members of objects nullable unless they are mandatory, gives them titles, and lists the values of an
/// enumeration in one place.
fn tidy(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    list_values(members);
    if let Some(Value::String(description)) = members.get_mut("description") {
        *description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    members.retain(|name, value| {
        name != "format" || !value.as_str().is_some_and(|format| format.starts_with("int"))
    });
    let mut required = Vec::new();
    for (name, property) in members.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
    {
        tidy(property);
        let Value::Object(property) = property else { continue };
        property.insert("title".to_owned(), json!(title(name)));
        if property.get("default").is_some_and(Value::is_null) {
            property.remove("default");
        }
        if property.remove(MANDATORY).is_some() {
            required.push(json!(name));
        } else {
            permit_null(property);
        }
    }
    if !required.is_empty() {
        members.insert("required".to_owned(), Value::Array(required));
    }
    if let Some(items) = members.get_mut("items") {
        tidy(items);
    }
}

/// `oneOf` constants, each with its description, as one `enum`.
fn list_values(members: &mut Map<String, Value>) {
    let Some(Value::Array(variants)) = members.get("oneOf") else { return };
    let part = |name: &str| -> Option<Vec<Value>> {
        variants.iter().map(|variant| variant.get(name).cloned()).collect()
    };
    let (Some(values), descriptions) = (part("const"), part("description")) else { return };
    members.remove("oneOf");
    members.insert("type".to_owned(), json!("string"));
    members.insert("enum".to_owned(), Value::Array(values));
    if let Some(descriptions) = descriptions {
        members.insert("enumDescriptions".to_owned(), Value::Array(descriptions));
    }
}

fn permit_null(property: &mut Map<String, Value>) {
    if let Some(kind) = property.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    for (list, null) in [("enum", Value::Null), ("anyOf", json!({ "type": "null" }))] {
        if let Some(Value::Array(choices)) = property.get_mut(list) {
            choices.push(null);
        }
    }
    if let Some(Value::Array(descriptions)) = property.get_mut("enumDescriptions") {
        descriptions.push(json!("As if it were not there."));
    }
}

/// A name for people: `subnet_cidr_id` is "Subnet CIDR ID".
fn title(name: &str) -> String {
    const ACRONYMS: &[&str] =
        &["id", "ids", "ip", "vpc", "lb", "az", "cidr", "quic", "cid", "vip", "elb", "l4", "l7"];
    let words = name.split('_').enumerate().map(|(index, word)| {
        if word == "ipv6" {
            return "IPv6".to_owned();
        }
        if ACRONYMS.contains(&word) {
            return word.to_ascii_uppercase().replace("IDS", "IDs");
        }
        let mut letters = word.chars();
        match letters.next().filter(|_| index == 0) {
            Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
            None => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn describe(schema: &Value, pointer: &str, fields: &mut Map<String, Value>) {
    const KEPT: &[&str] = &[
        "title",
        "description",
        "type",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "maxItems",
        "minProperties",
        "enum",
        "enumDescriptions",
        "pattern",
        "default",
    ];
    let required = schema.get("required").and_then(Value::as_array);
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let pointer = format!("{pointer}/{name}");
        let mut field: Map<String, Value> = Map::new();
        field.insert(
            "required".to_owned(),
            json!(required.is_some_and(|names| names.iter().any(|own| own == name))),
        );
        for kept in KEPT {
            if let Some(value) = property.get(kept) {
                field.insert((*kept).to_owned(), without_null(value));
            }
        }
        if let Some(Value::Array(values)) = field.get("enum") {
            let count = values.len();
            if let Some(Value::Array(descriptions)) = field.get_mut("enumDescriptions") {
                descriptions.truncate(count);
            }
        }
        fields.insert(pointer.clone(), Value::Object(field));
        describe(property, &pointer, fields);
        if let Some(items) = property.get("items") {
            let pointer = format!("{pointer}/*");
            let kind = items.get("type").cloned().unwrap_or_default();
            fields.insert(pointer.clone(), json!({ "required": true, "type": without_null(&kind) }));
            describe(items, &pointer, fields);
        }
    }
}

/// A type or a list of values, without the null that stands for "not there".
fn without_null(value: &Value) -> Value {
    let Value::Array(values) = value else { return value.clone() };
    let mut values: Vec<Value> =
        values.iter().filter(|value| !value.is_null() && *value != "null").cloned().collect();
    match values.pop() {
        Some(only)
            if values.is_empty() && value.as_array().is_some_and(|all| all.contains(&json!("null"))) =>
        {
            only
        }
        last => {
            values.extend(last);
            Value::Array(values)
        }
    }
}

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
