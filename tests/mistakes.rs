//! One mistake gives one diagnostic: what a fault has made unknown is not complained of a second time, and what is
//! required names just the demands that narrow it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use elblint::diagnostic::Report;
use elblint::{Context, Operation, Request, check, check_body};

fn report(operation: &str, body: &str, context: &str) -> Report {
    check_body(Operation::from_name(operation).unwrap(), body, &Context::from_json(context).unwrap())
}

/// The diagnostics of a body, a line each.
fn said(operation: &str, body: &str, context: &str) -> String {
    let report = report(operation, body, context);
    let line = |it: &elblint::diagnostic::Diagnostic| {
        let help = it.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{} {} {}{help}", it.severity, it.rule, it.place.pointer)
    };
    report.diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is required beside the load balancer's status, a line each.
fn required(operation: &str, body: &str, context: &str) -> String {
    let line = |need| serde_json::to_string(need).unwrap();
    let lines = report(operation, body, context).requires.iter().map(line).collect::<Vec<_>>();
    lines.into_iter().filter(|line| !line.contains("provisioning_status")).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_cut_off_is_one_mistake() {
    insta::assert_snapshot!(said("UpdatePool", r#"{"pool": {"name": "x""#, "{}"), @"error syntax  (add what is missing, or close what is open)");
    insta::assert_snapshot!(said("UpgradeLoadBalancer", r#"{"action": "complete""#, "{}"), @r"
    info complete-cannot-be-undone /action
    error syntax  (add what is missing, or close what is open)
    ");
}

#[test]
fn a_slip_in_the_text_is_one_mistake() {
    let good =
        r#"{"members": [{"name": "n", "address": "10.0.0.1", "subnet_cidr_id": "s", "protocol_port": 80}]}"#;
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(good).unwrap()).unwrap();
    for good in [good, &pretty] {
        for (place, _) in good.match_indices(['"', '{', '}', ']', ',', ':']) {
            let mut text = good.to_owned();
            text.remove(place);
            insta::allow_duplicates! {
                insta::assert_snapshot!(said("BatchCreateMembers", &text, "{}").split(' ').take(2).collect::<Vec<_>>().join(" "), @"error syntax");
            }
            assert_eq!(report("BatchCreateMembers", &text, "{}").diagnostics.len(), 1, "{text}");
        }
    }
    for value in ["True", "None", "undefined", "+80", "080", "NaN", "eighty", "eighty\"", "\"eighty"] {
        let text = good.replace("80", value);
        assert_eq!(said("BatchCreateMembers", &text, "{}").matches("error syntax").count(), 1, "{text}");
        assert_eq!(report("BatchCreateMembers", &text, "{}").diagnostics.len(), 1, "{text}");
    }
}

#[test]
fn words_between_members_are_one_mistake() {
    let text = "{\"member\": {\n  some words here\n  \"weight\": 101\n}}";
    insta::assert_snapshot!(said("UpdateMember", text, "{}"), @r"
    error syntax  (remove it)
    error range /member/weight
    ");
    insta::assert_snapshot!(said("UpdateMember", r#"{"member": {"weight": 5, word}}"#, "{}"), @"error syntax  (put it in double quotes)");
}

#[test]
fn what_belongs_outside_of_an_object_without_an_end_is_no_mistake() {
    let text = r#"{"pool": {"session_persistence": {"type": "HTTP_COOKIE", "name": "x", "type": "ip", "vpc_id": 5}}"#;
    insta::assert_snapshot!(said("UpdatePool", text, "{}"), @"error syntax  (add what is missing, or close what is open)");
    let text = r#"{"pool": {"session_persistence": {"type": "FOO", "tipe": "x"}, "nam": "x"}"#;
    insta::assert_snapshot!(said("UpdatePool", text, "{}"), @r"
    error one-of /pool/session_persistence/type
    error unknown-field /pool/session_persistence/tipe (the known fields are cookie_name, type, persistence_timeout)
    error unknown-field /pool/nam (did you mean `name`?)
    error syntax  (add what is missing, or close what is open)
    ");
}

#[test]
fn a_name_that_is_not_known_is_one_mistake() {
    insta::assert_snapshot!(said("UpgradeLoadBalancer", r#"{"upgrade": {"action": "rollback"}}"#, "{}"), @"error unknown-field /upgrade (move its fields one level higher)");
    insta::assert_snapshot!(said("UpdatePool", r#"{"pool": {"pool": {"name": "x"}}}"#, "{}"), @"error unknown-field /pool/pool (move its fields one level higher)");
    insta::assert_snapshot!(said("UpgradeLoadBalancer", r#"{"action": "rollback", "upgrade": {"l4_flavor_id": "x"}}"#, "{}"), @"error unknown-field /upgrade (the known fields are action, l4_flavor_id, l7_flavor_id, availability_zone_list, ipv6_vip_virsubnet_id, ipv6_vip_address, elb_virsubnet_ids, prepaid_options)");
    insta::assert_snapshot!(said("UpdatePool", r#"{"pool": {"az_afinity": {"enable": true}}}"#, "{}"), @"error unknown-field /pool/az_afinity (did you mean `az_affinity`?)");
    insta::assert_snapshot!(said("UpgradeLoadBalancer", r#"{"action": "rollback", "l4_flavour_id": "f"}"#, "{}"), @"error unknown-field /l4_flavour_id (did you mean `l4_flavor_id`?)");
}

#[test]
fn a_shortened_name_is_one_mistake() {
    let member = r#"{"members": [{"address": "192.168.0.1", "port": 80, "subnet_id": "s"}]}"#;
    insta::assert_snapshot!(said("BatchCreateMembers", member, "{}"), @r"
    error unknown-field /members/0/port (did you mean `protocol_port`?)
    error unknown-field /members/0/subnet_id (did you mean `subnet_cidr_id`?)
    ");
    insta::assert_snapshot!(required("BatchCreateMembers", member, "{}"), @"");
    // It is no slip of the keyboard, so it is not mended without being asked.
    assert!(report("BatchCreateMembers", member, "{}").diagnostics.iter().all(|it| it.fix.is_none()));
    // What a GET returns is no shortening.
    insta::assert_snapshot!(said("UpdatePool", r#"{"pool": {"id": "x"}}"#, "{}"), @"error unknown-field /pool/id (remove `id`)");
}

#[test]
fn a_name_from_elsewhere_is_one_mistake() {
    let meant = |operation: &str, body: &str| {
        let report = report(operation, body, "{}");
        let [only] = &*report.diagnostics else { panic!("{body}: {:?}", report.diagnostics) };
        assert!(only.fix.is_none(), "{body}");
        only.help.clone().unwrap_or_default().into_owned()
    };
    for (name, field) in [
        ("lb_method", "lb_algorithm"),
        ("load_balancing_algorithm", "lb_algorithm"),
        ("sticky_session", "session_persistence"),
        ("stickiness", "session_persistence"),
        ("slow_start_duration", "slow_start"),
        ("deletion_protection_enable", "member_deletion_protection_enable"),
        ("adminState", "admin_state_up"),
        ("desc", "description"),
        ("vpc", "vpc_id"),
    ] {
        let body = format!(r#"{{"pool": {{"{name}": {{"type": "HTTP_COOKIE"}}}}}}"#);
        assert_eq!(meant("UpdatePool", &body), format!("did you mean `{field}`?"), "{name}");
    }
    let server = r#"{"members": [{"address": "10.0.0.1", "protocol_port": 80, "subnet_cidr_id": "s"}]}"#;
    for (field, name) in [
        ("address", "ip"),
        ("address", "ip_address"),
        ("protocol_port", "Port"),
        ("protocol_port", "backendPort"),
        ("subnet_cidr_id", "subnetId"),
        ("subnet_cidr_id", "neutron_subnet_id"),
        ("members", "backends"),
    ] {
        let body = server.replace(&format!("\"{field}\""), &format!("\"{name}\""));
        assert_eq!(meant("BatchCreateMembers", &body), format!("did you mean `{field}`?"), "{name}");
    }
    let start = r#"{"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "f"}"#;
    for (field, name) in [
        ("availability_zone_list", "availability_zones"),
        ("availability_zone_list", "az"),
        ("l4_flavor_id", "l4_flavor"),
    ] {
        let body = start.replace(&format!("\"{field}\""), &format!("\"{name}\""));
        assert_eq!(meant("UpgradeLoadBalancer", &body), format!("did you mean `{field}`?"), "{name}");
    }
    // What a field of the group and one of something else have in common proves nothing.
    for body in [
        r#"{"pool": {"health_monitor": {"type": "HTTP", "name": "x"}}}"#,
        r#"{"pool": {"cookie_name": "x"}}"#,
        r#"{"pool": {"tags": [{"name": "x"}]}}"#,
    ] {
        assert!(meant("UpdatePool", body).starts_with("the known fields are "), "{body}");
    }
    // It is nearer to what is there already.
    let body = start.replace('}', r#", "l4_flavor_ids": ["f"]}"#);
    assert!(meant("UpgradeLoadBalancer", &body).starts_with("the known fields are "));
}

#[test]
fn letters_that_cannot_be_seen_are_one_mistake() {
    insta::assert_snapshot!(said("UpdatePool", "{\"po\u{200b}ol\": {\"name\": \"x\"}}", "{}"), @"error unknown-field /po\u{200b}ol (did you mean `pool`?)");
}

#[test]
fn the_body_of_another_operation_is_one_mistake() {
    insta::assert_snapshot!(said("UpdateMember", r#"{"pool": {"name": "x"}}"#, "{}"), @"error unknown-field /pool (this is the body of UpdatePool; mend the body, or the method and URL)");
    insta::assert_snapshot!(said("UpgradeLoadBalancer", r#"{"member": {"weight": 5}}"#, "{}"), @"error unknown-field /member (this is the body of UpdateMember; mend the body, or the method and URL)");
    insta::assert_snapshot!(said("UpdatePool", r#"{"members": [{"address": "10.0.0.1"}]}"#, "{}"), @"error unknown-field /members (this is the body of BatchCreateMembers; mend the body, or the method and URL)");
    // A list cannot become the object by another name.
    let body = r#"{"members": [{"weight": 5}]}"#;
    insta::assert_snapshot!(said("UpdateMember", body, "{}"), @"error unknown-field /members (did you mean `member`?)");
    assert_eq!(report("UpdateMember", body, "{}").diagnostics[0].fix, None);
    let body = r#"{"members": {"weight": 5}}"#;
    assert!(report("UpdateMember", body, "{}").diagnostics[0].fix.is_some());
    // Beside its own it is but a field too many.
    insta::assert_snapshot!(said("UpdateMember", r#"{"member": {"weight": 500}, "pool": {}}"#, "{}"), @r"
    error range /member/weight
    error unknown-field /pool (this is the body of UpdatePool; mend the body, or the method and URL)
    ");
}

#[test]
fn an_address_with_more_around_it_is_told_what_to_take_off() {
    let help = |address: &str| {
        let body = format!(
            r#"{{"members": [{{"address": "{address}", "protocol_port": 80, "subnet_cidr_id": "s"}}]}}"#
        );
        let report = report("BatchCreateMembers", &body, "{}");
        report.diagnostics[0].help.clone().unwrap_or_default().into_owned()
    };
    for address in ["192.168.0.0/24", "2001:db8::/64"] {
        assert_eq!(help(address), "remove the prefix length", "{address}");
    }
    let alone = "write the address alone, without scheme, port, brackets, zone or blanks";
    for address in ["http://10.0.0.1", "10.0.0.1:80", "[fe80::1]", "fe80::1%eth0", " 10.0.0.1", "10.0.0.1/"] {
        assert_eq!(help(address), alone, "{address}");
    }
    for address in ["", "web1", "10.0.0.256", "2001:db8::1::2"] {
        assert_eq!(help(address), "", "{address}");
    }
}

#[test]
fn members_outside_of_their_object_are_one_mistake() {
    insta::assert_snapshot!(said("UpdatePool", r#"{"name": "x", "lb_algorithm": "FOO", "foo": 1}"#, "{}"), @r"
    error required /pool (put the fields of the body into `pool`)
    error unknown-field /foo (the known fields are pool)
    ");
    insta::assert_snapshot!(said("UpdateMember", r#"{"weight": 5}"#, "{}"), @"error required /member (put the fields of the body into `member`)");
    insta::assert_snapshot!(said("BatchCreateMembers", r#"{"address": "10.0.0.1"}"#, "{}"), @"error required /members (put the fields of the body into an object of the list `members`)");
    insta::assert_snapshot!(said("UpdatePool", r#"{"pol": {}, "name": "x"}"#, "{}"), @r"
    error unknown-field /pol (did you mean `pool`?)
    error unknown-field /name (the known fields are pool)
    ");
}

#[test]
fn a_value_at_fault_is_one_mistake() {
    insta::assert_snapshot!(said("UpdatePool", r#"{"pool": {"any_port_enable": "yes"}}"#, "{}"), @"error wrong-type /pool/any_port_enable (write true or false)");
    insta::assert_snapshot!(said("UpgradeLoadBalancer", r#"{"action": "rollback", "availability_zone_list": "AZ1"}"#, "{}"), @"error wrong-type /availability_zone_list");
    insta::assert_snapshot!(said("UpdateMember", r#"{"member": {"protocol_port": "80"}}"#, r#"{"pool": {"any_port_enable": true}}"#), @"error wrong-type /member/protocol_port (write the number without quotes)");
    insta::assert_snapshot!(said("UpdatePool", r#"{"pool": {"type": "x"}}"#, r#"{"pool": {"type": "ip"}}"#), @"error one-of /pool/type");
}

#[test]
fn what_is_told_of_a_string_helps() {
    let message = |body: &str| {
        let report = report("UpdateMember", body, "{}");
        let told = &report.diagnostics[0];
        format!("{} ({})", told.message, told.help.as_deref().unwrap_or_default())
    };
    insta::assert_snapshot!(message(r#"{"member": {"weight": "80"}}"#), @"`weight` must be an integer, but is a string (write the number without quotes)");
    for (written, shown) in
        [("", ""), ("abc", "abc"), ("-", "-"), ("1,000", "1,000"), ("caf\\u00e9", "caf\\u00e9")]
    {
        let told = message(&format!(r#"{{"member": {{"weight": "{written}"}}}}"#));
        assert_eq!(told, format!("`weight` must be an integer, but is the string \"{shown}\" ()"));
    }
}

#[test]
fn a_stray_sign_before_an_object_is_no_placeholder() {
    let told = said("UpdatePool", r#"{"pool": ${"name": 80}}"#, "{}");
    assert!(told.contains("error syntax"), "{told}");
    assert_eq!(said("UpdatePool", r#"{"pool": {"name": ${NAME:-web}}}"#, "{}"), "");
}

#[test]
fn a_requirement_names_just_the_demands_that_narrow_it() {
    let long = r#"{"pool": {"session_persistence": {"type": "SOURCE_IP", "persistence_timeout": 61}}}"#;
    insta::assert_snapshot!(required("UpdatePool", long, "{}"), @r#"
    {"fact":"pool.protocol","values":["IP","TLS","TCPSSL","HTTP","HTTPS","GRPC","other"],"rules":["persistence-timeout-on-layer-4"],"places":[{"in":"body","pointer":"/pool/session_persistence/persistence_timeout"}]}
    {"not":{"loadbalancer.type":"dedicated","pool.protocol":"HTTP"},"rules":["source-ip-on-dedicated-http"],"places":[{"in":"body","pointer":"/pool/session_persistence/type"}]}
    {"not":{"loadbalancer.type":"dedicated","pool.protocol":"HTTPS"},"rules":["source-ip-on-dedicated-http"],"places":[{"in":"body","pointer":"/pool/session_persistence/type"}]}
    "#);
    // The protocol is bounded by both, the type by the name alone.
    let named = r#"{"pool": {"session_persistence": {"cookie_name": "id"}}}"#;
    insta::assert_snapshot!(required("UpdatePool", named, "{}"), @r#"
    {"fact":"pool.protocol","values":["TCP","UDP","IP","TLS","TCPSSL","HTTP","HTTPS","GRPC","other"],"rules":["quic-without-source-ip","cookie-name-without-app-cookie"],"places":[{"in":"body","pointer":"/pool/session_persistence"},{"in":"body","pointer":"/pool/session_persistence/cookie_name"}]}
    {"fact":"pool.session_persistence.type","values":["APP_COOKIE"],"rules":["cookie-name-without-app-cookie"],"places":[{"in":"body","pointer":"/pool/session_persistence/cookie_name"}]}
    "#);
}

#[test]
fn only_a_request_with_a_body_may_have_been_meant_for_an_update() {
    let help = |method, body| {
        let request = Request { method, url: "/v3/p/elb/pools/x", body, ..Request::default() };
        let report = check(&request, &Context::default()).unwrap();
        assert_eq!(report.diagnostics[0].rule, "uncovered-operation");
        report.diagnostics[0].help.as_deref().map(str::to_owned)
    };
    let body = Some(r#"{"pool": {"name": "web"}}"#);
    assert_eq!(help("PATCH", body).unwrap(), "UpdatePool is PUT on this path");
    assert_eq!(help("GET", body).unwrap(), "UpdatePool is PUT on this path");
    assert_eq!(help("GET", None), None);
    assert_eq!(help("DELETE", Some("")), None);
}

#[test]
fn an_operation_on_many_is_not_taken_for_one_on_something_of_that_name() {
    let help = |method, path: &str| {
        let body = Some(r#"{"members": [{"id": "m1"}]}"#);
        let url = format!("/v3/p/elb/pools/{path}");
        let report =
            check(&Request { method, url: &url, body, ..Request::default() }, &Context::default()).unwrap();
        assert_eq!(report.diagnostics[0].rule, "uncovered-operation");
        report.diagnostics[0].help.as_deref().map(str::to_owned)
    };
    assert_eq!(help("POST", "batch-delete"), None);
    assert_eq!(help("POST", "x/members/batch-delete"), None);
    assert_eq!(help("POST", "x/members/batch-update"), None);
    assert_eq!(help("PATCH", "x/members/batch-add").unwrap(), "BatchCreateMembers is POST on this path");
}

#[test]
fn a_placeholder_is_there_whatever_it_stands_for() {
    let any_port = r#"{"pool": {"any_port_enable": true}}"#;
    let stored = r#"{"pool": {"type": "ip", "vpc_id": "v1"}}"#;
    insta::assert_snapshot!(said("UpdateMember", r#"{"member": {"protocol_port": "{{port}}"}}"#, any_port), @"error port-under-any-port /member/protocol_port (remove `protocol_port`)");
    insta::assert_snapshot!(said("UpdatePool", r#"{"pool": {"type": "{{type}}"}}"#, stored), @"error type-already-set /pool/type (remove `type`)");
    insta::assert_snapshot!(said("UpdatePool", r#"{"pool": {"vpc_id": "{{vpc}}"}}"#, stored), @"error vpc-already-set /pool/vpc_id (remove `vpc_id`)");
    insta::assert_snapshot!(required("UpdateMember", r#"{"member": {"protocol_port": {{port}}}}"#, "{}"), @r#"{"fact":"pool.any_port_enable","values":[false],"rules":["port-under-any-port"],"places":[{"in":"body","pointer":"/member/protocol_port"}]}"#);
    // Its value may be wrong; that is told already, and not what else would be said of one.
    insta::assert_snapshot!(said("UpdateMember", r#"{"member": {"protocol_port": "80"}}"#, any_port), @"error wrong-type /member/protocol_port (write the number without quotes)");
    insta::assert_snapshot!(said("UpdateMember", r#"{"member": {"protocol_prot": 80}}"#, any_port), @"error unknown-field /member/protocol_prot (did you mean `protocol_port`?)");
    // What only warns of a value has nothing to say of one that is not known.
    insta::assert_snapshot!(said("UpdateMember", r#"{"member": {"admin_state_up": "{{up}}", "weight": "{{weight}}"}}"#, r#"{"pool": {"lb_algorithm": "SOURCE_IP"}}"#), @"");
}

#[test]
fn null_inside_an_object_is_like_an_absent_member() {
    let quic = r#"{"pool": {"protocol": "QUIC", "session_persistence": {"type": "SOURCE_IP"}}}"#;
    let cookie = r#"{"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id"}}}"#;
    for [null, absent, context] in [
        [r#"{"session_persistence": {"type": null}}"#, r#"{"session_persistence": {}}"#, "{}"],
        [r#"{"session_persistence": {"type": null}}"#, r#"{"session_persistence": {}}"#, quic],
        [
            r#"{"session_persistence": {"type": null, "cookie_name": "a"}}"#,
            r#"{"session_persistence": {"cookie_name": "a"}}"#,
            cookie,
        ],
        [
            r#"{"slow_start": {"enable": null, "duration": 60}}"#,
            r#"{"slow_start": {"duration": 60}}"#,
            r#"{"pool": {"protocol": "HTTP"}}"#,
        ],
    ] {
        let body = |pool: &str| format!("{{\"pool\": {pool}}}");
        // What is there can be pointed at.
        let where_it_belongs = |told: String| told.replace("session_persistence/type", "session_persistence");
        let told = |pool| where_it_belongs(said("UpdatePool", &body(pool), context));
        assert_eq!(told(null), told(absent));
        let required = |pool| where_it_belongs(required("UpdatePool", &body(pool), context));
        assert_eq!(required(null), required(absent));
    }
}

#[test]
fn one_fault_is_told_by_one_rule() {
    let zones = r#"{"availability_zones": [[{"code": "az1"}]]}"#;
    let start =
        r#"{"action": "start", "l4_flavor_id": "f4", "l7_flavor_id": "f7", "availability_zone_list": [""]}"#;
    insta::assert_snapshot!(said("UpgradeLoadBalancer", start, zones), @"error start-without-zones /availability_zone_list (name one or more availability zones of the same set)");
    let idle =
        r#"{"members": [{"address": "10.0.0.1", "protocol_port": 80, "subnet_cidr_id": "s", "weight": 0}]}"#;
    insta::assert_snapshot!(said("BatchCreateMembers", idle, r#"{"pool": {"lb_algorithm": "SOURCE_IP"}}"#), @"warning weight-without-effect /members/0/weight (remove `weight`)");
    insta::assert_snapshot!(said("BatchCreateMembers", idle, r#"{"pool": {"lb_algorithm": "ROUND_ROBIN"}}"#), @"warning all-weights-zero /members");
    let server =
        |port| format!(r#"{{"address": "10.0.0.1", "protocol_port": {port}, "subnet_cidr_id": "s"}}"#);
    let far = [server("99999999999999999998"), server("99999999999999999999")].join(", ");
    insta::assert_snapshot!(said("BatchCreateMembers", &format!(r#"{{"members": [{far}]}}"#), "{}"), @r"
    error range /members/0/protocol_port
    error range /members/1/protocol_port
    ");
}

#[test]
fn what_is_newer_than_the_page_may_have_any_members_in_every_reader() {
    for body in [
        r#"{"pool": {"name": "web", "az_affinity": {"enabel": true}}}"#,
        r#"{"pool": {"name": "{{name}}", "az_affinity": {"enabel": true}}}"#,
        r#"{"pool": {"name": 3, "connection_drain": {"other": true}}}"#,
    ] {
        assert!(!said("UpdatePool", body, "{}").contains("unknown-field"), "{body}");
    }
    let upgrade = r#"{"action": "rollback", "prepaid_options": {"foo": 1}, "l4_flavour": "x"}"#;
    assert_eq!(said("UpgradeLoadBalancer", upgrade, "{}").matches("unknown-field").count(), 1);
}
