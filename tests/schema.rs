//! The JSON Schemas say of single values, and of fields that hang together, what the core says: over generated bodies.
#![cfg(feature = "schema")]

#[path = "common/generate.rs"]
#[allow(dead_code)]
mod generate;

use elblint::{Context, Operation, check_body, schema};
use generate::body;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The rules that the schemas express: of one value, and of fields of the body among each other.
const EXPRESSIBLE: &[&str] = &[
    "wrong-type",
    "unknown-field",
    "required",
    "range",
    "length",
    "one-of",
    "charset",
    "ip-address",
    "empty-update",
    "admin-state-down",
    "instance-without-vpc",
    "ip-with-vpc",
    "cookie-name-without-app-cookie",
    "start-without-zones",
    "start-without-flavor",
    "ipv6-address-without-subnet",
    "ipv6-without-subnet",
    "zone-with-subnet",
];

#[allow(clippy::unwrap_used)]
fn validator(operation: Operation) -> Validator {
    let schema = schema::operation(operation);
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn agree(operation: Operation, body: &Value) -> Result<(), String> {
    let report = check_body(operation, &body.to_string(), &Context::default());
    let faults: Vec<_> = report.diagnostics.iter().filter(|it| EXPRESSIBLE.contains(&it.rule)).collect();
    let errors: Vec<_> = validator(operation).iter_errors(body).map(|error| error.to_string()).collect();
    if faults.is_empty() == errors.is_empty() {
        return Ok(());
    }
    Err(format!("{} {body}\ncore: {faults:#?}\nschema: {errors:#?}", operation.name()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schema_and_core_agree((operation, body) in body()) {
        agree(operation, &body).map_err(TestCaseError::fail)?;
    }
}

#[test]
fn they_agree_on_each_kind_of_fault() {
    let cases = [
        (Operation::UpdatePool, json!({})),
        (Operation::UpdatePool, json!({"pool": null})),
        (Operation::UpdatePool, json!({"pool": {}})),
        (Operation::UpdatePool, json!({"pool": {"name": null}})),
        (Operation::UpdatePool, json!({"pool": {"nmae": "x"}})),
        (Operation::UpdatePool, json!({"pool": {"lb_algorithm": "round_robin"}})),
        (Operation::UpdatePool, json!({"pool": {"lb_algorithm": null, "slow_start": null, "type": ""}})),
        (Operation::UpdatePool, json!({"pool": {"protection_reason": "a<b"}})),
        (
            Operation::UpdatePool,
            json!({"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "a b"}}}),
        ),
        (Operation::UpdatePool, json!({"pool": {"any_port_enable": "yes", "pool_health": {"unheard": 1}}})),
        (Operation::UpdatePool, json!({"pool": {"vpc_id": "😀".repeat(36)}})),
        (Operation::UpdatePool, json!({"pool": {"vpc_id": "😀".repeat(37)}})),
        (Operation::UpdatePool, json!({"pool": {"admin_state_up": false}})),
        (Operation::UpdatePool, json!({"pool": {"type": "instance"}})),
        (Operation::UpdatePool, json!({"pool": {"type": "instance", "vpc_id": null}})),
        (Operation::UpdatePool, json!({"pool": {"type": "instance", "vpc_id": ""}})),
        (Operation::UpdatePool, json!({"pool": {"type": "ip", "vpc_id": "v"}})),
        (Operation::UpdatePool, json!({"pool": {"type": "ip", "vpc_id": ""}})),
        (Operation::UpdatePool, json!({"pool": {"type": "", "vpc_id": "v"}})),
        (Operation::UpdatePool, json!({"pool": {"session_persistence": {"cookie_name": "id"}}})),
        (
            Operation::UpdatePool,
            json!({"pool": {"session_persistence": {"cookie_name": "id", "type": null}}}),
        ),
        (
            Operation::UpdatePool,
            json!({"pool": {"session_persistence": {"cookie_name": "id", "type": "HTTP_COOKIE"}}}),
        ),
        (
            Operation::UpdatePool,
            json!({"pool": {"session_persistence": {"cookie_name": "", "type": "HTTP_COOKIE"}}}),
        ),
        (Operation::UpdateMember, json!({"member": {"weight": 100}})),
        (Operation::UpdateMember, json!({"member": {"weight": -1}})),
        (Operation::UpdateMember, json!({"member": {"weight": 1.5}})),
        (Operation::UpdateMember, json!([{"member": {}}])),
        (Operation::BatchCreateMembers, json!({"members": [null]})),
        (Operation::BatchCreateMembers, json!({"members": [{}]})),
        (
            Operation::BatchCreateMembers,
            json!({"members": vec![json!({"address": "10.0.0.1", "protocol_port": 1}); 201]}),
        ),
        (Operation::BatchCreateMembers, json!({"members": [{"address": "::1"}, {"address": "1.2.3.4/8"}]})),
        (
            Operation::BatchCreateMembers,
            json!({"members": [{"address": "2001:db8::1", "protocol_port": 1, "subnet_cidr_id": null}]}),
        ),
        (
            Operation::BatchCreateMembers,
            json!({"members": [{"address": "2001:db8::1", "protocol_port": 1, "subnet_cidr_id": "s"}]}),
        ),
        (
            Operation::BatchCreateMembers,
            json!({"members": [{"address": "10.0.0.1", "protocol_port": 1, "subnet_cidr_id": "s",
                "availability_zone": "az1"}]}),
        ),
        (Operation::UpgradeLoadBalancer, json!({"action": "start"})),
        (Operation::UpgradeLoadBalancer, json!({"action": "start", "l7_flavor_id": "f"})),
        (
            Operation::UpgradeLoadBalancer,
            json!({"action": "start", "l7_flavor_id": "f", "availability_zone_list": []}),
        ),
        (
            Operation::UpgradeLoadBalancer,
            json!({"action": "start", "l7_flavor_id": "f", "availability_zone_list": ["", ""]}),
        ),
        (
            Operation::UpgradeLoadBalancer,
            json!({"action": "start", "l7_flavor_id": "f", "availability_zone_list": ["", "a"]}),
        ),
        (
            Operation::UpgradeLoadBalancer,
            json!({"action": "start", "l4_flavor_id": "f", "availability_zone_list": ["a"]}),
        ),
        (Operation::UpgradeLoadBalancer, json!({"action": "rollback", "ipv6_vip_address": "2001:db8::1"})),
        (
            Operation::UpgradeLoadBalancer,
            json!({"action": "rollback", "ipv6_vip_address": "2001:db8::1", "ipv6_vip_virsubnet_id": "s"}),
        ),
        (Operation::UpgradeLoadBalancer, json!({"action": "begin"})),
        (Operation::UpgradeLoadBalancer, json!({"action": "rollback", "ipv6_vip_address": ""})),
        (Operation::UpgradeLoadBalancer, json!({"action": "rollback", "ipv6_vip_address": "10.0.0.1"})),
        (Operation::UpgradeLoadBalancer, json!({"action": "start", "availability_zone_list": ["a", null]})),
    ];
    let differing: Vec<_> =
        cases.iter().filter_map(|(operation, body)| agree(*operation, body).err()).collect();
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}

#[test]
fn every_field_is_described() {
    for operation in Operation::ALL {
        for (pointer, field) in schema::fields(*operation) {
            assert!(field.get("type").is_some(), "{} {pointer}: {field}", operation.name());
            assert!(
                pointer.ends_with('*') || field["description"].is_string(),
                "{} {pointer}",
                operation.name()
            );
        }
    }
}
