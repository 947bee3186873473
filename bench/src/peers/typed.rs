//! The peer "typed + validator": the same types, unknown fields refused, and the checks of single values that
//! `validator` derives. It knows no relations and no target, stops at the first fault of type or syntax, and has no
//! spans.

use std::borrow::Cow;

use elblint::Operation;
use serde::{Deserialize, Deserializer, Serialize};
use validator::{Validate, ValidationError};

/// Reads a string so that it borrows where it has no escapes; serde alone would copy it out of an `Option`.
fn text<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Cow<'a, str>>, D::Error> {
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
    Ok(Option::<Text<'a>>::deserialize(deserializer)?.map(|text| text.0))
}

fn texts<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Cow<'a, str>>>, D::Error> {
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
    let texts = Option::<Vec<Text<'a>>>::deserialize(deserializer)?;
    Ok(texts.map(|texts| texts.into_iter().map(|text| text.0).collect()))
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct Upgrade<'a> {
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(required, custom(function = "known_action"))]
    action: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    l4_flavor_id: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    l7_flavor_id: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "texts")]
    availability_zone_list: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow, default, deserialize_with = "text")]
    ipv6_vip_virsubnet_id: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(custom(function = "ipv6"))]
    ipv6_vip_address: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "texts")]
    elb_virsubnet_ids: Option<Vec<Cow<'a, str>>>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct PoolBody<'a> {
    #[serde(borrow)]
    #[validate(required, nested)]
    pool: Option<Pool<'a>>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct Pool<'a> {
    admin_state_up: Option<bool>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(length(max = 255))]
    description: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(custom(function = "algorithm"))]
    lb_algorithm: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(length(max = 255))]
    name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[validate(nested)]
    session_persistence: Option<Session<'a>>,
    #[validate(nested)]
    slow_start: Option<SlowStart>,
    member_deletion_protection_enable: Option<bool>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(length(max = 36))]
    vpc_id: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(custom(function = "pool_type"))]
    r#type: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(custom(function = "protection"))]
    protection_status: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(length(max = 255))]
    protection_reason: Option<Cow<'a, str>>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct Session<'a> {
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(length(max = 255), custom(function = "cookie"))]
    cookie_name: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(custom(function = "session_type"))]
    r#type: Option<Cow<'a, str>>,
    #[validate(range(min = 1, max = 1440))]
    persistence_timeout: Option<i64>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct SlowStart {
    enable: Option<bool>,
    #[validate(range(min = 30, max = 1200))]
    duration: Option<i64>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct MemberBody<'a> {
    #[serde(borrow)]
    #[validate(required, nested)]
    member: Option<Member<'a>>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct Member<'a> {
    admin_state_up: Option<bool>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(length(max = 255))]
    name: Option<Cow<'a, str>>,
    #[validate(range(min = 0, max = 100))]
    weight: Option<i64>,
    #[validate(range(min = 1, max = 65535))]
    protocol_port: Option<i64>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct Batch<'a> {
    #[serde(borrow)]
    #[validate(required, length(max = 200), nested)]
    members: Option<Vec<NewMember<'a>>>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
struct NewMember<'a> {
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(length(max = 255))]
    name: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    availability_zone: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    #[validate(required, custom(function = "ip"))]
    address: Option<Cow<'a, str>>,
    #[validate(range(min = 0, max = 65535))]
    protocol_port: Option<i64>,
    #[serde(borrow, default, deserialize_with = "text")]
    subnet_cidr_id: Option<Cow<'a, str>>,
    #[validate(range(min = 0, max = 100))]
    weight: Option<i64>,
}

fn one_of(word: &str, permitted: &[&str]) -> Result<(), ValidationError> {
    if permitted.contains(&word) { Ok(()) } else { Err(ValidationError::new("one-of")) }
}

fn known_action(word: &str) -> Result<(), ValidationError> {
    one_of(word, &["start", "complete", "rollback"])
}

fn algorithm(word: &str) -> Result<(), ValidationError> {
    one_of(
        word,
        &[
            "ROUND_ROBIN",
            "LEAST_CONNECTIONS",
            "SOURCE_IP",
            "QUIC_CID",
            "2_TUPLE_HASH",
            "3_TUPLE_HASH",
            "5_TUPLE_HASH",
        ],
    )
}

fn pool_type(word: &str) -> Result<(), ValidationError> {
    one_of(word, &["instance", "ip", ""])
}

fn protection(word: &str) -> Result<(), ValidationError> {
    one_of(word, &["nonProtection", "consoleProtection"])
}

fn session_type(word: &str) -> Result<(), ValidationError> {
    one_of(word, &["SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE"])
}

fn cookie(name: &str) -> Result<(), ValidationError> {
    let permitted = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    if name.bytes().all(permitted) { Ok(()) } else { Err(ValidationError::new("charset")) }
}

fn ip(text: &str) -> Result<(), ValidationError> {
    text.parse::<std::net::IpAddr>().map(drop).map_err(|_| ValidationError::new("ip-address"))
}

fn ipv6(text: &str) -> Result<(), ValidationError> {
    text.parse::<std::net::Ipv6Addr>().map(drop).map_err(|_| ValidationError::new("ip-address"))
}

/// Checks a body; whether it has no fault.
pub(crate) fn check(operation: Operation, text: &str) -> bool {
    fn holds<'a, T: Deserialize<'a> + Validate>(text: &'a str) -> bool {
        serde_json::from_str::<T>(text).is_ok_and(|body| std::hint::black_box(body).validate().is_ok())
    }
    match operation {
        Operation::UpgradeLoadBalancer => holds::<Upgrade<'_>>(text),
        Operation::UpdatePool => holds::<PoolBody<'_>>(text),
        Operation::UpdateMember => holds::<MemberBody<'_>>(text),
        Operation::BatchCreateMembers => holds::<Batch<'_>>(text),
    }
}
