//! The floor: serde_json into plain structs that borrow their strings. Nothing is checked.
#![allow(dead_code, reason = "to fill the structs is all that is measured")]

use std::borrow::Cow;

use elblint::Operation;
use serde::Deserialize;

/// A string that borrows where it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct Upgrade<'a> {
    #[serde(borrow)]
    action: Option<Text<'a>>,
    l4_flavor_id: Option<Text<'a>>,
    l7_flavor_id: Option<Text<'a>>,
    availability_zone_list: Option<Vec<Text<'a>>>,
    ipv6_vip_virsubnet_id: Option<Text<'a>>,
    ipv6_vip_address: Option<Text<'a>>,
    elb_virsubnet_ids: Option<Vec<Text<'a>>>,
}

#[derive(Deserialize)]
struct PoolBody<'a> {
    #[serde(borrow)]
    pool: Option<Pool<'a>>,
}

#[derive(Deserialize)]
struct Pool<'a> {
    admin_state_up: Option<bool>,
    #[serde(borrow)]
    description: Option<Text<'a>>,
    lb_algorithm: Option<Text<'a>>,
    name: Option<Text<'a>>,
    session_persistence: Option<Session<'a>>,
    slow_start: Option<SlowStart>,
    member_deletion_protection_enable: Option<bool>,
    vpc_id: Option<Text<'a>>,
    r#type: Option<Text<'a>>,
    protection_status: Option<Text<'a>>,
    protection_reason: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Session<'a> {
    #[serde(borrow)]
    cookie_name: Option<Text<'a>>,
    r#type: Option<Text<'a>>,
    persistence_timeout: Option<i64>,
}

#[derive(Deserialize)]
struct SlowStart {
    enable: Option<bool>,
    duration: Option<i64>,
}

#[derive(Deserialize)]
struct MemberBody<'a> {
    #[serde(borrow)]
    member: Option<Member<'a>>,
}

#[derive(Deserialize)]
struct Member<'a> {
    admin_state_up: Option<bool>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    weight: Option<i64>,
    protocol_port: Option<i64>,
}

#[derive(Deserialize)]
struct Batch<'a> {
    #[serde(borrow)]
    members: Option<Vec<NewMember<'a>>>,
}

#[derive(Deserialize)]
struct NewMember<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    availability_zone: Option<Text<'a>>,
    address: Option<Text<'a>>,
    protocol_port: Option<i64>,
    subnet_cidr_id: Option<Text<'a>>,
    weight: Option<i64>,
}

/// Parses a body; whether it could.
pub(crate) fn parse(operation: Operation, text: &str) -> bool {
    fn filled<'a, T: Deserialize<'a>>(text: &'a str) -> bool {
        std::hint::black_box(serde_json::from_str::<T>(text)).is_ok()
    }
    match operation {
        Operation::UpgradeLoadBalancer => filled::<Upgrade<'_>>(text),
        Operation::UpdatePool => filled::<PoolBody<'_>>(text),
        Operation::UpdateMember => filled::<MemberBody<'_>>(text),
        Operation::BatchCreateMembers => filled::<Batch<'_>>(text),
    }
}

/// A request as a line has it. The bodies of the four operations have no name in common, so one type is for all.
#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    url: Option<Text<'a>>,
    body: Option<AnyBody<'a>>,
}

#[derive(Deserialize)]
struct AnyBody<'a> {
    #[serde(borrow)]
    pool: Option<Pool<'a>>,
    member: Option<Member<'a>>,
    members: Option<Vec<NewMember<'a>>>,
    action: Option<Text<'a>>,
    l4_flavor_id: Option<Text<'a>>,
    l7_flavor_id: Option<Text<'a>>,
    availability_zone_list: Option<Vec<Text<'a>>>,
    ipv6_vip_virsubnet_id: Option<Text<'a>>,
    ipv6_vip_address: Option<Text<'a>>,
    elb_virsubnet_ids: Option<Vec<Text<'a>>>,
}

/// Parses a request with its body; whether it could.
pub(crate) fn parse_request(text: &str) -> bool {
    std::hint::black_box(serde_json::from_str::<Request<'_>>(text)).is_ok()
}
