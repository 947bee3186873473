//! The edges of the rules: of each fact that they read, the values that break them; of each bound, the last value that
//! holds and the first that does not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use elblint::target::{Fact, FactValue};
use elblint::{Context, Operation, Report, Request, check, check_body};
use serde_json::json;

use Operation::{BatchCreateMembers, UpdateMember, UpdatePool, UpgradeLoadBalancer};

fn judge(operation: Operation, body: &str, contexts: &[String]) -> Report {
    let mut known = Context::new();
    for context in contexts {
        known.merge(Context::from_json(context).unwrap());
    }
    check_body(operation, body, &known)
}

fn breaks(report: &Report, rule: &str) -> bool {
    report.diagnostics.iter().any(|found| found.rule == rule)
}

/// The context that tells this value of a fact.
fn telling(fact: Fact, value: FactValue) -> String {
    let value = match value {
        FactValue::Flag(yes) => json!(yes),
        // No word of the API is called so.
        FactValue::Word(word) => json!(if word == "other" { "UNHEARD_OF" } else { word }),
    };
    let known = match fact {
        Fact::LoadBalancerType => json!({"loadbalancer": {"guaranteed": value == "dedicated"}}),
        Fact::ProvisioningStatus => json!({"loadbalancer": {"provisioning_status": value}}),
        Fact::PoolProtocol => json!({"pool": {"protocol": value}}),
        Fact::PoolLbAlgorithm => json!({"pool": {"lb_algorithm": value}}),
        Fact::PoolType => json!({"pool": {"type": value}}),
        Fact::PoolSessionPersistenceType if value == "none" => json!({"pool": {"session_persistence": null}}),
        Fact::PoolSessionPersistenceType => json!({"pool": {"session_persistence": {"type": value}}}),
        _ => unreachable!("no case is about {}", fact.name()),
    };
    known.to_string()
}

/// A rule, a body, what else is known, a fact, and the values of it with which the body breaks the rule.
type Case = (&'static str, Operation, &'static str, &'static str, Fact, &'static str);

const SERVER: &str = r#"{"members": [{"address": "10.0.0.1", "protocol_port": 80, "subnet_cidr_id": "s"}]}"#;
const ALONE: &str = r#"{"members": [{"address": "10.0.0.1", "protocol_port": 80}]}"#;
const WEIGHT: &str =
    r#"{"members": [{"address": "10.0.0.1", "protocol_port": 80, "subnet_cidr_id": "s", "weight": 0}]}"#;
const PORT_0: &str = r#"{"members": [{"address": "10.0.0.1", "protocol_port": 0, "subnet_cidr_id": "s"}]}"#;
const START: &str = r#"{"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"]}"#;
const SOURCE_IP: &str = r#"{"pool": {"session_persistence": {"type": "SOURCE_IP"}}}"#;
const HTTP_COOKIE: &str = r#"{"pool": {"session_persistence": {"type": "HTTP_COOKIE"}}}"#;
const APP_COOKIE: &str = r#"{"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id"}}}"#;
const HOUR: &str = r#"{"pool": {"session_persistence": {"type": "SOURCE_IP", "persistence_timeout": 61}}}"#;
const SLOW: &str = r#"{"pool": {"slow_start": {"enable": true}}}"#;
const SHARED: &str = r#"{"loadbalancer": {"guaranteed": false}}"#;
const DEDICATED: &str = r#"{"loadbalancer": {"guaranteed": true}}"#;
const ENABLED: &str = r#"{"loadbalancer": {"ip_target_enable": true}}"#;
const BLANK: &str = r#"{"pool": {"type": "", "vpc_id": ""}}"#;

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("quic-cid-outside-quic", UpdatePool, r#"{"pool": {"lb_algorithm": "QUIC_CID"}}"#, "{}", Fact::PoolProtocol, "TCP UDP IP TLS TCPSSL HTTP HTTPS GRPC other"),
    ("tuple-hash-outside-ip", UpdatePool, r#"{"pool": {"lb_algorithm": "2_TUPLE_HASH"}}"#, "{}", Fact::PoolProtocol, "TCP UDP TLS TCPSSL HTTP HTTPS GRPC QUIC other"),
    ("tuple-hash-outside-ip", UpdatePool, r#"{"pool": {"lb_algorithm": "3_TUPLE_HASH"}}"#, "{}", Fact::PoolProtocol, "TCP UDP TLS TCPSSL HTTP HTTPS GRPC QUIC other"),
    ("tuple-hash-outside-ip", UpdatePool, r#"{"pool": {"lb_algorithm": "5_TUPLE_HASH"}}"#, "{}", Fact::PoolProtocol, "TCP UDP TLS TCPSSL HTTP HTTPS GRPC QUIC other"),
    ("slow-start-on-layer-4", UpdatePool, SLOW, "{}", Fact::PoolProtocol, "TCP UDP IP TLS TCPSSL QUIC other"),
    ("slow-start-on-grpc", UpdatePool, SLOW, "{}", Fact::PoolProtocol, "GRPC"),
    ("persistence-timeout-on-layer-4", UpdatePool, HOUR, "{}", Fact::PoolProtocol, "TCP UDP QUIC"),
    ("cookie-on-layer-4", UpdatePool, HTTP_COOKIE, "{}", Fact::PoolProtocol, "TCP UDP"),
    ("cookie-on-layer-4", UpdatePool, APP_COOKIE, "{}", Fact::PoolProtocol, "TCP UDP"),
    ("cookie-on-layer-4", UpdatePool, SOURCE_IP, "{}", Fact::PoolProtocol, ""),
    ("quic-without-source-ip", UpdatePool, HTTP_COOKIE, "{}", Fact::PoolProtocol, "QUIC"),
    ("source-ip-on-dedicated-http", UpdatePool, SOURCE_IP, DEDICATED, Fact::PoolProtocol, "HTTP HTTPS"),
    ("source-ip-on-dedicated-http", UpdatePool, SOURCE_IP, SHARED, Fact::PoolProtocol, ""),
    ("source-ip-on-shared-http", UpdatePool, SOURCE_IP, SHARED, Fact::PoolProtocol, "HTTP HTTPS"),
    ("app-cookie-on-dedicated", UpdatePool, APP_COOKIE, DEDICATED, Fact::PoolProtocol, "HTTP HTTPS"),
    ("app-cookie-on-dedicated", UpdatePool, APP_COOKIE, SHARED, Fact::PoolProtocol, ""),
    ("sticky-session-on-ip", UpdatePool, SOURCE_IP, "{}", Fact::PoolProtocol, "IP"),
    ("type-ip-on-protocol-ip", UpdatePool, r#"{"pool": {"type": "ip"}}"#, BLANK, Fact::PoolProtocol, "IP"),
    ("ip-backend-protocol", BatchCreateMembers, ALONE, ENABLED, Fact::PoolProtocol, "IP TCPSSL other"),
    ("ip-backend-on-newer-protocol", BatchCreateMembers, ALONE, ENABLED, Fact::PoolProtocol, "UDP TLS GRPC QUIC"),
    ("port-zero-outside-ip", BatchCreateMembers, PORT_0, "{}", Fact::PoolProtocol, "TCP UDP TLS TCPSSL HTTP HTTPS GRPC QUIC other"),
    ("weight-without-effect", UpdateMember, r#"{"member": {"weight": 0}}"#, "{}", Fact::PoolLbAlgorithm, "SOURCE_IP"),
    ("weight-without-effect", BatchCreateMembers, WEIGHT, "{}", Fact::PoolLbAlgorithm, "SOURCE_IP"),
    ("weight-under-quic-cid", UpdateMember, r#"{"member": {"weight": 0}}"#, "{}", Fact::PoolLbAlgorithm, "QUIC_CID"),
    ("weight-under-quic-cid", BatchCreateMembers, WEIGHT, "{}", Fact::PoolLbAlgorithm, "QUIC_CID"),
    ("all-weights-zero", BatchCreateMembers, WEIGHT, "{}", Fact::PoolLbAlgorithm, "ROUND_ROBIN LEAST_CONNECTIONS 2_TUPLE_HASH 3_TUPLE_HASH 5_TUPLE_HASH other"),
    ("type-already-set", UpdatePool, r#"{"pool": {"type": ""}}"#, "{}", Fact::PoolType, "instance ip other"),
    ("subnet-in-ip-pool", BatchCreateMembers, SERVER, "{}", Fact::PoolType, "ip"),
    ("upgrade-of-dedicated", UpgradeLoadBalancer, START, "{}", Fact::LoadBalancerType, "dedicated"),
    ("upgrade-in-wrong-status", UpgradeLoadBalancer, START, "{}", Fact::ProvisioningStatus, "UPGRADED UPGRADE_FAILED ROLLBACK_FAILED other"),
    ("upgrade-in-wrong-status", UpgradeLoadBalancer, r#"{"action": "complete"}"#, "{}", Fact::ProvisioningStatus, "ACTIVE UPGRADE_FAILED ROLLBACK_FAILED other"),
    ("upgrade-in-wrong-status", UpgradeLoadBalancer, r#"{"action": "rollback"}"#, "{}", Fact::ProvisioningStatus, "ACTIVE other"),
    ("load-balancer-not-active", UpdatePool, SLOW, "{}", Fact::ProvisioningStatus, "UPGRADED UPGRADE_FAILED ROLLBACK_FAILED other"),
    ("load-balancer-not-active", UpdateMember, r#"{"member": {"weight": 0}}"#, "{}", Fact::ProvisioningStatus, "UPGRADED UPGRADE_FAILED ROLLBACK_FAILED other"),
    ("batch-while-not-active", BatchCreateMembers, SERVER, "{}", Fact::ProvisioningStatus, "UPGRADED UPGRADE_FAILED ROLLBACK_FAILED other"),
    ("cookie-name-without-app-cookie", UpdatePool, r#"{"pool": {"session_persistence": {"cookie_name": "id"}}}"#, "{}", Fact::PoolSessionPersistenceType, "SOURCE_IP HTTP_COOKIE none other"),
    ("persistence-timeout-without-effect", UpdatePool, r#"{"pool": {"session_persistence": {"persistence_timeout": 5}}}"#, "{}", Fact::PoolSessionPersistenceType, "APP_COOKIE"),
    ("app-cookie-without-name", UpdatePool, r#"{"pool": {"session_persistence": {"type": "APP_COOKIE"}}}"#, "{}", Fact::PoolSessionPersistenceType, "SOURCE_IP HTTP_COOKIE none other"),
    ("slow-start-with-sticky-session", UpdatePool, SLOW, "{}", Fact::PoolSessionPersistenceType, "SOURCE_IP HTTP_COOKIE APP_COOKIE other"),
];

#[test]
fn a_rule_is_broken_with_just_these_values_of_a_fact() {
    let mut wrong = Vec::new();
    for (rule, operation, body, more, fact, expected) in CASES {
        let with = |value: FactValue| judge(*operation, body, &[(*more).to_owned(), telling(*fact, value)]);
        let values = fact.domain().iter().map(|index| fact.value(index));
        let broken: Vec<_> =
            values.filter(|value| breaks(&with(*value), rule)).map(|value| value.to_string()).collect();
        if broken.join(" ") != *expected {
            wrong.push(format!("{rule}, {body}: {}, not {expected}", broken.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_protocol_of_a_listener_belongs_to_a_layer() {
    let needing = |rule: &str, body: &str| {
        let protocols = ["TCP", "UDP", "TLS", "HTTP", "HTTPS", "TERMINATED_HTTPS", "QUIC", "UNHEARD_OF"];
        let needs = |protocol: &&str| {
            let context = json!({"listeners": [{"protocol": protocol}]}).to_string();
            breaks(&judge(UpgradeLoadBalancer, body, &[context]), rule)
        };
        protocols.into_iter().filter(needs).collect::<Vec<_>>().join(" ")
    };
    let start = START.replace("l4_", "l7_");
    assert_eq!(needing("layer-4-without-flavor", &start), "TCP UDP TLS");
    assert_eq!(needing("layer-7-without-flavor", START), "HTTP HTTPS TERMINATED_HTTPS QUIC");
}

/// A rule, a body with `…` for a value, what is known, the last value that holds, and the next, which does not.
type Bound<T> = (&'static str, Operation, &'static str, &'static str, T, T);

/// The bounds that are not where they should be.
fn misplaced<T: Copy>(bounds: &[Bound<T>], written: impl Fn(T) -> String) -> Vec<String> {
    let is_misplaced = |(rule, operation, body, known, holds, refused): &&Bound<T>| {
        let breaks = |value: T| {
            breaks(&judge(*operation, &body.replace('…', &written(value)), &[(*known).to_owned()]), rule)
        };
        breaks(*holds) || !breaks(*refused)
    };
    bounds.iter().filter(is_misplaced).map(|(rule, _, body, ..)| format!("{rule}, {body}")).collect()
}

const TCP: &str = r#"{"pool": {"protocol": "TCP"}}"#;
const NEW_WEIGHT: &str = r#"{"members": [{"address": "10.0.0.1", "weight": …}]}"#;
const NEW_PORT: &str = r#"{"members": [{"address": "10.0.0.1", "protocol_port": …}]}"#;
const MINUTES: &str = r#"{"pool": {"session_persistence": {"type": "SOURCE_IP", "persistence_timeout": …}}}"#;
const SECONDS: &str = r#"{"pool": {"slow_start": {"enable": true, "duration": …}}}"#;

#[rustfmt::skip]
const NUMBERS: &[Bound<i64>] = &[
    ("range", UpdateMember, r#"{"member": {"weight": …}}"#, "{}", 0, -1),
    ("range", UpdateMember, r#"{"member": {"weight": …}}"#, "{}", 100, 101),
    ("range", UpdateMember, r#"{"member": {"protocol_port": …}}"#, "{}", 1, 0),
    ("range", UpdateMember, r#"{"member": {"protocol_port": …}}"#, "{}", 65535, 65536),
    ("range", BatchCreateMembers, NEW_WEIGHT, "{}", 0, -1),
    ("range", BatchCreateMembers, NEW_WEIGHT, "{}", 100, 101),
    ("range", BatchCreateMembers, NEW_PORT, "{}", 0, -1),
    ("range", BatchCreateMembers, NEW_PORT, "{}", 65535, 65536),
    ("range", UpdatePool, MINUTES, "{}", 1, 0),
    ("range", UpdatePool, MINUTES, "{}", 1440, 1441),
    ("persistence-timeout-on-layer-4", UpdatePool, MINUTES, TCP, 60, 61),
    // What is out of every range is told once.
    ("persistence-timeout-on-layer-4", UpdatePool, MINUTES, TCP, 1441, 1440),
    ("range", UpdatePool, SECONDS, "{}", 30, 29),
    ("range", UpdatePool, SECONDS, "{}", 1200, 1201),
];

#[test]
fn numbers_are_bounded_on_both_sides() {
    assert_eq!(misplaced(NUMBERS, |number| number.to_string()), [""; 0]);
}

const COOKIE: &str = r#"{"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "…"}}}"#;
const REASON: &str = r#"{"pool": {"protection_status": "consoleProtection", "protection_reason": "…"}}"#;

#[rustfmt::skip]
const LENGTHS: &[Bound<usize>] = &[
    ("length", UpdatePool, r#"{"pool": {"name": "…"}}"#, "{}", 255, 256),
    ("length", UpdatePool, r#"{"pool": {"description": "…"}}"#, "{}", 255, 256),
    ("length", UpdatePool, r#"{"pool": {"vpc_id": "…"}}"#, "{}", 36, 37),
    ("length", UpdatePool, REASON, "{}", 255, 256),
    ("length", UpdateMember, r#"{"member": {"name": "…"}}"#, "{}", 255, 256),
    ("length", BatchCreateMembers, r#"{"members": [{"address": "10.0.0.1", "name": "…"}]}"#, "{}", 255, 256),
];

#[rustfmt::skip]
const COOKIES: &[Bound<usize>] = &[
    ("length", UpdatePool, COOKIE, DEDICATED, 255, 256),
    ("cookie-name-on-shared", UpdatePool, COOKIE, SHARED, 64, 65),
    // What no load balancer takes is told once.
    ("cookie-name-on-shared", UpdatePool, COOKIE, SHARED, 256, 255),
];

const SERVERS: &[Bound<usize>] = &[(
    "length",
    BatchCreateMembers,
    r#"{"members": […]}"#,
    r#"{"pool": {"any_port_enable": true}}"#,
    200,
    201,
)];

#[test]
fn lengths_are_bounded_in_characters() {
    assert_eq!(misplaced(LENGTHS, |length| "é".repeat(length)), [""; 0]);
    assert_eq!(misplaced(COOKIES, |length| "a".repeat(length)), [""; 0]);
    assert_eq!(misplaced(SERVERS, |length| vec!["{\"address\": \"10.0.0.1\"}"; length].join(",")), [""; 0]);
}

/// A rule, a body, what is known, and whether the body breaks the rule.
type Condition = (&'static str, Operation, &'static str, &'static str, bool);

const SLOW_HTTP: &str = r#"{"pool": {"protocol": "HTTP", "slow_start": {"enable": true}}}"#;

#[rustfmt::skip]
const CONDITIONS: &[Condition] = &[
    // A placeholder is there, but what it stands for is not known.
    ("member-admin-state", UpdateMember, r#"{"member": {"admin_state_up": "{{x}}"}}"#, "{}", false),
    ("member-without-port", BatchCreateMembers, r#"{"members": [{"address": "10.0.0.1", "protocol_port": "{{x}}"}]}"#, r#"{"pool": {"any_port_enable": false}}"#, false),
    ("port-without-effect", BatchCreateMembers, r#"{"members": [{"address": "10.0.0.1", "protocol_port": "{{x}}"}]}"#, r#"{"pool": {"any_port_enable": true}}"#, false),
    ("weight-without-effect", BatchCreateMembers, r#"{"members": [{"address": "10.0.0.1", "weight": "{{x}}"}]}"#, r#"{"pool": {"lb_algorithm": "SOURCE_IP"}}"#, false),
    ("same-member-twice", BatchCreateMembers, r#"{"members": [{"address": "10.0.0.1", "protocol_port": "{{x}}"}, {"address": "10.0.0.1"}]}"#, "{}", false),
    ("reason-without-protection", UpdatePool, r#"{"pool": {"protection_status": "{{x}}", "protection_reason": "y"}}"#, "{}", false),
    ("slow-start-without-enable", UpdatePool, r#"{"pool": {"slow_start": {"enable": "{{x}}", "duration": 60}}}"#, "{}", false),
    ("sticky-session-without-type", UpdatePool, r#"{"pool": {"session_persistence": {"type": "{{x}}"}}}"#, "{}", false),
    ("ipv6-address-without-subnet", UpgradeLoadBalancer, r#"{"action": "start", "ipv6_vip_address": "{{x}}"}"#, "{}", true),
    ("start-only-field", UpgradeLoadBalancer, r#"{"action": "complete", "availability_zone_list": "{{x}}"}"#, "{}", true),
    // What is blank is not there, and null is like what is absent.
    ("zone-with-subnet", BatchCreateMembers, r#"{"members": [{"address": "10.0.0.1", "subnet_cidr_id": "s", "availability_zone": ""}]}"#, "{}", false),
    ("affinity-without-zone", BatchCreateMembers, r#"{"members": [{"address": "10.0.0.1", "availability_zone": ""}]}"#, r#"{"pool": {"az_affinity": {"enable": true}}}"#, true),
    ("ip-address", UpgradeLoadBalancer, r#"{"action": "start", "ipv6_vip_address": ""}"#, "{}", false),
    ("instance-without-vpc", UpdatePool, r#"{"pool": {"type": "instance", "vpc_id": ""}}"#, r#"{"pool": {"vpc_id": "v"}}"#, true),
    ("ip-with-vpc", UpdatePool, r#"{"pool": {"type": "ip", "vpc_id": ""}}"#, r#"{"pool": {"vpc_id": "v"}}"#, false),
    ("reason-without-protection", UpdatePool, r#"{"pool": {"protection_status": null, "protection_reason": "y"}}"#, "{}", true),
    ("reason-without-protection", UpdatePool, r#"{"pool": {"protection_reason": ""}}"#, "{}", false),
    ("cookie-name-without-app-cookie", UpdatePool, r#"{"pool": {"session_persistence": {"type": null, "cookie_name": "id"}}}"#, r#"{"pool": {"session_persistence": {"type": "HTTP_COOKIE"}}}"#, true),
    ("start-without-zones", UpgradeLoadBalancer, r#"{"action": "start", "availability_zone_list": null}"#, "{}", true),
    ("start-without-zones", UpgradeLoadBalancer, r#"{"action": "start", "availability_zone_list": ["", "az1"]}"#, "{}", false),
    // What a group has stored counts where an update leaves it.
    ("slow-start-with-sticky-session", UpdatePool, HTTP_COOKIE, SLOW_HTTP, true),
    ("slow-start-with-sticky-session", UpdatePool, HTTP_COOKIE, TCP, false),
    ("sticky-session-without-type", UpdatePool, r#"{"pool": {"session_persistence": {"cookie_name": "id"}}}"#, r#"{"pool": {"session_persistence": {"type": "APP_COOKIE"}}}"#, false),
    // What is known says nothing of something else.
    ("member-exists", BatchCreateMembers, r#"{"members": [{"address": "10.0.0.999", "protocol_port": 80}]}"#, r#"{"members": [{"address": "10.0.0.999", "protocol_port": 80}]}"#, false),
    ("flavor-of-wrong-layer", UpgradeLoadBalancer, START, r#"{"flavors": [{"id": "f4", "type": "L4_elastic_max"}]}"#, false),
    ("flavor-of-wrong-layer", UpgradeLoadBalancer, r#"{"action": "complete", "l4_flavor_id": "f7"}"#, r#"{"flavors": [{"id": "f7", "type": "L7"}]}"#, false),
    ("unknown-flavor", UpgradeLoadBalancer, r#"{"action": "complete", "l4_flavor_id": "f9"}"#, r#"{"flavors": [{"id": "f4", "type": "L4"}]}"#, false),
    ("neutron-subnet-id", UpgradeLoadBalancer, r#"{"action": "start", "elb_virsubnet_ids": ["s"]}"#, r#"{"subnets": [{"id": "s", "neutron_subnet_id": "s"}]}"#, false),
    ("neutron-subnet-id", UpgradeLoadBalancer, r#"{"action": "start", "elb_virsubnet_ids": ["s"]}"#, r#"{"subnets": [{"neutron_network_id": "s", "neutron_subnet_id": "s"}]}"#, false),
    ("address-outside-subnet", BatchCreateMembers, SERVER, r#"{"subnets": [{"id": "s", "cidr": "10.0.0.0/24", "ipv6_enable": false}]}"#, false),
    ("subnet-id-of-other-version", BatchCreateMembers, SERVER, r#"{"subnets": [{"id": "s", "neutron_network_id": "s"}]}"#, false),
    ("subnet-id-of-other-version", BatchCreateMembers, SERVER, r#"{"subnets": [{"id": "n", "neutron_network_id": "s"}]}"#, true),
    // Addresses of this machine and of this link are not private ones.
    ("public-ip-backend", BatchCreateMembers, r#"{"members": [{"address": "127.0.0.1"}]}"#, "{}", true),
    ("public-ip-backend", BatchCreateMembers, r#"{"members": [{"address": "169.254.0.1"}]}"#, "{}", true),
    ("unknown-field", UpdatePool, r#"{"pool": {"name": "x"}, "description": "y"}"#, "{}", true),
];

#[test]
fn a_rule_hangs_on_just_this() {
    let is_wrong = |(rule, operation, body, known, broken): &&Condition| {
        breaks(&judge(*operation, body, &[(*known).to_owned()]), rule) != *broken
    };
    let wrong: Vec<_> = CONDITIONS.iter().filter(is_wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_listener_of_an_unknown_protocol_leaves_both_layers_open() {
    let report =
        judge(UpgradeLoadBalancer, START, &[json!({"listeners": [{"protocol": "UNHEARD_OF"}]}).to_string()]);
    assert!(report.requires.iter().any(|need| need.rules.contains(&"layer-7-without-flavor")), "{report:#?}");
}

#[test]
fn help_names_what_there_is() {
    let help = |rule: &str, operation: Operation, body: &str, known: &str| {
        let report = judge(operation, body, &[known.to_owned()]);
        let found = report.diagnostics.into_iter().find(|found| found.rule == rule);
        found.map(|found| (found.message, found.help.unwrap_or_default().into_owned())).unwrap()
    };
    let named = r#"{"action": "start", "elb_virsubnet_ids": ["n4"]}"#;
    for id in ["id", "neutron_network_id"] {
        let known = json!({"subnets": [{id: "s1", "neutron_subnet_id": "n4"}]}).to_string();
        assert_eq!(help("neutron-subnet-id", UpgradeLoadBalancer, named, &known).1, "use `s1`");
    }
    // A server of IPv6 cannot be added by its address alone.
    let apart = r#"{"loadbalancer": {"vpc_id": "v1"}, "subnets": [{"id": "s", "vpc_id": "v2"}]}"#;
    let other = SERVER.replace("10.0.0.1", "2001:db8::1");
    assert!(
        help("member-in-another-vpc", BatchCreateMembers, SERVER, apart)
            .1
            .contains("leave `subnet_cidr_id` out")
    );
    assert_eq!(help("member-in-another-vpc", BatchCreateMembers, &other, apart).1, "");
    let zones =
        |count: usize| (1..=count).map(|zone| json!({"code": format!("z{zone}")})).collect::<Vec<_>>();
    let message = |count| {
        help(
            "unknown-zone",
            UpgradeLoadBalancer,
            START,
            &json!({"availability_zones": [zones(count)]}).to_string(),
        )
        .0
    };
    assert!(message(5).ends_with("the context has z1, z2, z3, z4, z5"));
    assert!(message(7).ends_with("the context has z1, z2, z3, z4, z5 and 2 more"));
}

/// The rules that the head of a request breaks.
fn of_head(method: &str, url: &str, headers: &[(&str, &str)]) -> Option<Vec<&'static str>> {
    let request = Request { method, url, headers: Some(headers.to_vec()), body: None };
    let report = check(&request, &Context::default())?;
    Some(report.diagnostics.iter().map(|found| found.rule).filter(|rule| *rule != "required").collect())
}

#[test]
fn a_project_has_an_id_of_its_own_kind() {
    let token = [("X-Auth-Token", "{{token}}")];
    for (id, rules) in [
        ("0123456789abcdef0123456789abcdef".to_owned(), [].as_slice()),
        ("z".repeat(32), &[]),
        ("a".repeat(31), &["odd-project-id"]),
        ("a".repeat(33), &["project-id"]),
        ("A".repeat(32), &["odd-project-id"]),
        ("Z".repeat(32), &["project-id"]),
        ("eu-west-1".to_owned(), &["project-id"]),
        (":project_id".to_owned(), &[]),
        ("%7Bproject_id%7D".to_owned(), &["unfilled-path-parameter"]),
        ("%20".to_owned(), &["project-id"]),
        (" ".to_owned(), &["empty-path-parameter"]),
    ] {
        assert_eq!(of_head("PUT", &format!("/v3/{id}/elb/pools/x"), &token).unwrap(), rules, "{id}");
    }
    assert_eq!(of_head("PUT", "/v3/p/{{service}}/pools/x", &token), None);
    assert_eq!(of_head("GET", "/{{version}}/p/elb/listeners", &token).unwrap(), ["uncovered-operation"]);
}

#[test]
fn a_request_is_signed_or_has_a_token_that_nobody_can_read() {
    let url = "/v3/0123456789abcdef0123456789abcdef/elb/pools/x";
    let signature = ("Authorization", "SDK-HMAC-SHA256 Access=x, Signature=y");
    for (headers, rules) in [
        ([("Accept", "x")].as_slice(), ["without-token"].as_slice()),
        (&[("X-Auth-Token", "")], &["without-token"]),
        (&[signature], &["without-token", "literal-credential"]),
        (&[signature, ("X-Sdk-Date", "20260101T000000Z")], &["literal-credential"]),
        (&[("x-auth-token", "***")], &[]),
        (&[("X-Auth-Token", "MII***end")], &[]),
        (&[("X-Auth-Token", "…")], &[]),
        (&[("X-Auth-Token", "${TOKEN}"), ("X-Subject-Token", "secret")], &["literal-credential"]),
        (&[("X-Auth-Token", "${TOKEN}"), ("X-Security-Token", "secret")], &["literal-credential"]),
    ] {
        assert_eq!(of_head("PUT", url, headers).unwrap(), rules, "{headers:?}");
    }
}

#[test]
fn a_context_may_begin_with_a_byte_order_mark() {
    let report = judge(UpdatePool, SLOW, &[format!("\u{feff}{TCP}")]);
    assert!(breaks(&report, "slow-start-on-layer-4"));
}

#[test]
fn a_number_in_quotes_is_taken_out_of_them_only_as_it_is() {
    let fixes = |body: &str| {
        judge(UpdateMember, body, &[]).diagnostics.iter().filter(|found| found.fix.is_some()).count()
    };
    assert_eq!(fixes(r#"{"member": {"weight": "10"}}"#), 1);
    for other in [" 10", "10 ", "010", "1e1", "ten"] {
        assert_eq!(fixes(&json!({"member": {"weight": other}}).to_string()), 0, "{other}");
    }
}
