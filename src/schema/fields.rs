//! The fields of a body by their JSON Pointers, out of its schema.

use serde_json::{Map, Value, json};

pub(super) fn describe(schema: &Value, pointer: &str, fields: &mut Map<String, Value>) {
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
