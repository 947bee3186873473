//! What neither serde nor validator can say of a model: that a member may be `null` unless it is mandatory, its title,
//! and the values of an enumeration in one place.

use serde_json::{Map, Value, json};

use super::models::MANDATORY;

/// Makes the members of objects nullable unless they are mandatory, gives them titles, and lists the values of an
/// enumeration in one place.
pub(super) fn tidy(schema: &mut Value) {
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
