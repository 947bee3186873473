//! The rules that relate the fields of a body to each other and that JSON Schema can state, each under the name of its
//! rule.
//!
//! Only errors, and only those that are certain whatever the target is. A test proves that schema and rules agree.

use serde_json::{Value, json};

use crate::api::Operation;

/// A rule, the JSON Pointer of the schema of the object that it relates fields of, and what must hold of it.
type Relation = (&'static str, &'static str, Value);

/// Adds the relations of an operation to the schema of its body.
pub(super) fn add(operation: Operation, schema: &mut Value) {
    for (rule, pointer, mut relation) in of(operation) {
        let (Value::Object(members), Some(Value::Object(object))) =
            (&mut relation, schema.pointer_mut(pointer))
        else {
            continue;
        };
        members.insert("$comment".to_owned(), json!(rule));
        if let Value::Array(all) = object.entry("allOf").or_insert_with(|| json!([])) {
            all.push(relation);
        }
    }
}

fn of(operation: Operation) -> Vec<Relation> {
    match operation {
        Operation::UpgradeLoadBalancer => upgrade(),
        Operation::UpdatePool => pool(),
        Operation::UpdateMember => Vec::new(),
        Operation::BatchCreateMembers => members(),
    }
}

fn upgrade() -> Vec<Relation> {
    let starts = json!({ "required": ["action"], "properties": { "action": { "const": "start" } } });
    vec![
        (
            "start-without-zones",
            "",
            json!({
                "if": starts,
                "then": {
                    "required": ["availability_zone_list"],
                    "properties": {
                        "availability_zone_list": {
                            "type": "array",
                            "minItems": 1,
                            "contains": { "not": { "const": "" } },
                        },
                    },
                },
            }),
        ),
        (
            "start-without-flavor",
            "",
            json!({ "if": starts, "then": { "anyOf": [filled("l4_flavor_id"), filled("l7_flavor_id")] } }),
        ),
        (
            "ipv6-address-without-subnet",
            "",
            json!({ "if": filled("ipv6_vip_address"), "then": filled("ipv6_vip_virsubnet_id") }),
        ),
    ]
}

fn pool() -> Vec<Relation> {
    const POOL: &str = "/properties/pool";
    const SESSION: &str = "/properties/pool/properties/session_persistence";
    let of_type = |kind| json!({ "required": ["type"], "properties": { "type": { "const": kind } } });
    vec![
        (
            "admin-state-down",
            POOL,
            json!({ "properties": { "admin_state_up": { "not": { "const": false } } } }),
        ),
        (
            "instance-without-vpc",
            POOL,
            json!({
                "if": of_type("instance"),
                "then": { "properties": { "vpc_id": { "not": { "const": "" } } } },
            }),
        ),
        ("ip-with-vpc", POOL, json!({ "if": of_type("ip"), "then": { "not": filled("vpc_id") } })),
        (
            "cookie-name-without-app-cookie",
            SESSION,
            json!({
                "if": filled("cookie_name"),
                "then": { "properties": { "type": { "enum": ["APP_COOKIE", null] } } },
            }),
        ),
    ]
}

fn members() -> Vec<Relation> {
    const MEMBER: &str = "/properties/members/items";
    vec![
        (
            "ipv6-without-subnet",
            MEMBER,
            json!({
                "if": { "not": filled("subnet_cidr_id") },
                "then": { "properties": { "address": { "pattern": "^[^:]*$" } } },
            }),
        ),
        (
            "zone-with-subnet",
            MEMBER,
            json!({ "not": { "allOf": [filled("availability_zone"), filled("subnet_cidr_id")] } }),
        ),
    ]
}

/// That a member is there, with a text that is not "".
fn filled(name: &str) -> Value {
    json!({ "required": [name], "properties": { name: { "type": "string", "minLength": 1 } } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;
    use crate::rules::by_name;

    #[test]
    fn relations_are_errors_of_objects_that_there_are() {
        for operation in Operation::ALL {
            let schema = crate::schema::operation(*operation);
            for (rule, pointer, _) in of(*operation) {
                assert_eq!(by_name(rule).map(|rule| rule.severity), Some(Severity::Error), "{rule}");
                assert!(
                    schema.pointer(pointer).is_some_and(|object| object.get("allOf").is_some()),
                    "{rule}"
                );
            }
        }
    }
}
