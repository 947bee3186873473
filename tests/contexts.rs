//! What contexts tell of the target: several together, lists of things, and what is left open.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use elblint::{Context, Operation, Report, Request, Verdict, check, check_body};

/// The report on a body under contexts, of which the last wins.
fn judge(operation: Operation, body: &str, contexts: &[&str]) -> Report {
    let mut known = Context::new();
    for context in contexts {
        known.merge(Context::from_json(context).unwrap());
    }
    check_body(operation, body, &known)
}

#[track_caller]
fn assert_finds(report: &Report, rules: &[&str]) {
    let found: Vec<_> = report.diagnostics.iter().map(|diagnostic| diagnostic.rule).collect();
    assert_eq!(found, rules, "{report:#?}");
}

/// The facts that a report requires something of.
fn requires(report: &Report) -> Vec<String> {
    let requires = serde_json::to_value(&report.requires).unwrap();
    let fact = |it: &serde_json::Value| it["fact"].as_str().map(str::to_owned);
    requires.as_array().unwrap().iter().filter_map(fact).collect()
}

fn upgrade(more: &str, contexts: &[&str]) -> Report {
    let body =
        format!(r#"{{"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"]{more}}}"#);
    let known = r#"{"loadbalancer": {"guaranteed": false, "provisioning_status": "ACTIVE"}}"#;
    judge(Operation::UpgradeLoadBalancer, &body, &[&[known], contexts].concat())
}

fn pool(body: &str, context: &str) -> Report {
    let active = r#"{"loadbalancer": {"provisioning_status": "ACTIVE"}}"#;
    judge(Operation::UpdatePool, &format!(r#"{{"pool": {body}}}"#), &[active, context])
}

const NO_LISTENERS: &str = r#"{"listeners": []}"#;

#[test]
fn what_is_listed_twice_is_known_together_and_the_last_wins() {
    let vip = r#", "ipv6_vip_virsubnet_id": "s1""#;
    let disabled = r#"{"subnets": [{"id": "s1", "ipv6_enable": false}]}"#;
    let named = r#"{"subnets": [{"id": "s1", "vpc_id": "v1"}]}"#;
    for contexts in [[NO_LISTENERS, disabled, named], [NO_LISTENERS, named, disabled]] {
        assert_finds(&upgrade(vip, &contexts), &["subnet-without-ipv6"]);
    }
    let enabled = r#"{"subnets": [{"id": "s1", "ipv6_enable": true}]}"#;
    assert_finds(&upgrade(vip, &[NO_LISTENERS, disabled, enabled]), &[]);
    let flavor = r#"{"flavors": [{"id": "f4", "type": "L7"}, {"id": "f4"}]}"#;
    assert_finds(&upgrade("", &[NO_LISTENERS, flavor]), &["flavor-of-wrong-layer"]);
}

#[test]
fn null_says_nothing_of_what_everything_has() {
    let body = r#"{"slow_start": {"enable": true}}"#;
    let known = r#"{"pool": {"protocol": "TCP"}}"#;
    let report = judge(
        Operation::UpdatePool,
        &format!(r#"{{"pool": {body}}}"#),
        &[known, r#"{"pool": {"protocol": null}}"#],
    );
    assert_finds(&report, &["slow-start-on-layer-4"]);
}

#[test]
fn listeners_of_other_load_balancers_say_nothing() {
    let listeners = |list: &str| format!(r#"{{"listeners": {list}}}"#);
    let own = r#"{"loadbalancer": {"id": "own"}}"#;
    let http_of =
        |id: &str| format!(r#"{{"id": "a", "protocol": "HTTP", "loadbalancers": [{{"id": "{id}"}}]}}"#);
    // Those of the load balancer count.
    let both = listeners(&format!("[{}, {}]", http_of("own"), http_of("other")));
    assert_finds(&upgrade("", &[own, &both]), &["layer-7-without-flavor"]);
    let others = listeners(&format!("[{}]", http_of("other")));
    assert_eq!(upgrade("", &[own, &others]).verdict, Verdict::Ready);
    // Whose they are is not known.
    assert_eq!(requires(&upgrade("", &[&both])), ["loadbalancer.has_l7_listener"]);
    // They all belong to one load balancer, so that is the one.
    assert_finds(&upgrade("", &[&others]), &["layer-7-without-flavor"]);
}

#[test]
fn listeners_that_the_load_balancer_lists_must_all_be_known() {
    let lists = |ids: &str| format!(r#"{{"loadbalancer": {{"listeners": {ids}}}}}"#);
    let tcp = r#"{"listeners": [{"id": "a", "protocol": "TCP"}]}"#;
    let report = upgrade("", &[&lists(r#"[{"id": "a"}, {"id": "b"}]"#), tcp]);
    assert_eq!(requires(&report), ["loadbalancer.has_l7_listener"]);
    assert_eq!(upgrade("", &[&lists(r#"[{"id": "a"}]"#), tcp]).verdict, Verdict::Ready);
    let http = r#"{"listeners": [{"id": "b", "protocol": "HTTP"}, {"id": "a", "protocol": "TCP"}]}"#;
    assert_eq!(upgrade("", &[&lists(r#"[{"id": "a"}]"#), http]).verdict, Verdict::Ready);
    // Listeners without ids are all that there are.
    let written = r#"{"listeners": [{"protocol": "TCP"}]}"#;
    assert_eq!(upgrade("", &[&lists(r#"[{"id": "a"}]"#), written]).verdict, Verdict::Ready);
}

#[test]
fn downstream_subnets_count_only_for_a_start() {
    let context = r#"{"loadbalancer": {"guaranteed": false, "provisioning_status": "UPGRADED", "vpc_id": "v1"}, "subnets": [{"id": "s1", "neutron_subnet_id": "n4", "vpc_id": "v2"}]}"#;
    for id in ["s1", "n4"] {
        let body = format!(r#"{{"action": "complete", "elb_virsubnet_ids": ["{id}"]}}"#);
        let report = judge(Operation::UpgradeLoadBalancer, &body, &[context]);
        assert_eq!(report.verdict, Verdict::Ready, "{report:#?}");
    }
}

#[test]
fn a_blank_vpc_is_none() {
    let member = r#"{"members": [{"address": "10.0.0.1", "protocol_port": 80, "subnet_cidr_id": "s1"}]}"#;
    for (own, other) in [("", "v2"), ("v1", "")] {
        let context = format!(
            r#"{{"loadbalancer": {{"provisioning_status": "ACTIVE", "vpc_id": "{own}"}}, "subnets": [{{"neutron_subnet_id": "s1", "vpc_id": "{other}"}}]}}"#
        );
        assert_finds(&judge(Operation::BatchCreateMembers, member, &[&context]), &[]);
    }
}

#[test]
fn zones_without_names_are_none() {
    let body = r#"{"action": "start", "l4_flavor_id": "f4", "availability_zone_list": [""]}"#;
    let report = judge(Operation::UpgradeLoadBalancer, body, &[]);
    assert_finds(&report, &["start-without-zones"]);
}

#[test]
fn an_ipv4_subnet_id_does_not_fit_an_ipv6_address() {
    let member = r#"{"members": [{"address": "2001:db8::1", "protocol_port": 80, "subnet_cidr_id": "s1"}]}"#;
    let context = r#"{"subnets": [{"neutron_subnet_id": "s1"}]}"#;
    let report = judge(Operation::BatchCreateMembers, member, &[context]);
    assert_finds(&report, &["subnet-id-of-other-version"]);
    let same = r#"{"subnets": [{"id": "s1", "vpc_id": "v1"}]}"#;
    assert_finds(&judge(Operation::BatchCreateMembers, member, &[same]), &[]);
}

#[test]
fn stored_values_count_where_the_request_sets_none() {
    let timeout = r#"{"session_persistence": {"persistence_timeout": 100}}"#;
    let stored = |kind: &str| {
        format!(r#"{{"pool": {{"protocol": "TCP", "session_persistence": {{"type": "{kind}"}}}}}}"#)
    };
    let report = pool(timeout, &stored("APP_COOKIE"));
    assert_finds(&report, &["persistence-timeout-without-effect"]);
    assert_finds(&pool(timeout, &stored("SOURCE_IP")), &["persistence-timeout-on-layer-4"]);
    let unknown = pool(timeout, r#"{"pool": {"protocol": "TCP"}}"#);
    assert_eq!(requires(&unknown), ["pool.session_persistence.type"]);

    let sticky = r#"{"slow_start": {"duration": 60}, "session_persistence": {"type": "HTTP_COOKIE"}}"#;
    let on = r#"{"pool": {"protocol": "HTTP", "slow_start": {"enable": true}}}"#;
    let report = pool(sticky, on);
    assert!(report.diagnostics.iter().any(|it| it.rule == "slow-start-with-sticky-session"), "{report:#?}");
}

#[test]
fn null_leaves_type_and_vpc_as_they_are() {
    let set = r#"{"pool": {"protocol": "TCP", "type": "", "vpc_id": "v1"}}"#;
    assert_finds(&pool(r#"{"type": "instance", "vpc_id": null}"#, set), &[]);
    let ip = r#"{"pool": {"protocol": "TCP", "type": "ip", "vpc_id": ""}}"#;
    assert_finds(&pool(r#"{"type": null, "vpc_id": "v1"}"#, ip), &["ip-with-vpc"]);
    let report = pool(r#"{"type": "instance", "vpc_id": ""}"#, set);
    let helps = report.diagnostics.iter().filter_map(|it| it.help.as_deref());
    assert!(
        helps.clone().count() > 0 && helps.clone().all(|help| help.starts_with("remove `vpc_id`")),
        "{report:#?}"
    );
}

#[test]
fn placeholders_in_a_context_are_unknown() {
    let body = r#"{"pool": {"slow_start": {"enable": true}}}"#;
    for protocol in ["\"{{protocol}}\"", "{{protocol}}", "\"${PROTOCOL}\""] {
        let context = format!(
            r#"{{"pool": {{"id": "{{{{pool_id}}}}", "protocol": {protocol}}}, "loadbalancer": {{"provisioning_status": "${{STATUS}}"}}}}"#
        );
        let report = judge(Operation::UpdatePool, body, &[&context]);
        assert_eq!(report.verdict, Verdict::Conditional, "{report:#?}");
        assert_finds(&report, &[]);
    }
    for wrong in
        [r#"{"pool": {"id": "{{x}}", "protocol": 5}}"#, r#"{"pool": {"id": {{x}}, }}"#, "{{context}}"]
    {
        assert!(Context::from_json(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn listeners_of_one_other_load_balancer_are_told_of() {
    let context = r#"{"listeners": [{"id": "a", "protocol": "TCP", "loadbalancers": [{"id": "other"}]}]}"#;
    let request = Request {
        method: "POST",
        url: "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/loadbalancers/own/upgrade",
        body: Some(r#"{"action": "start", "l7_flavor_id": "f7", "availability_zone_list": ["az1"]}"#),
        ..Request::default()
    };
    let report = check(&request, &Context::from_json(context).unwrap()).unwrap();
    assert_finds(&report, &["context-of-another-resource", "layer-4-without-flavor"]);
    let own = Request { url: &request.url.replace("own", "other"), ..request };
    let report = check(&own, &Context::from_json(context).unwrap()).unwrap();
    assert_finds(&report, &["layer-4-without-flavor"]);
}

#[test]
fn the_order_of_sets_does_not_decide_which_zone_is_at_fault() {
    let one = r#"{"code": "az1"}"#;
    let other = r#"{"code": "az3"}"#;
    for sets in [[one, other], [other, one]] {
        let sets = format!(r#"{{"availability_zones": [[{}], [{}]]}}"#, sets[0], sets[1]);
        let body = r#"{"action": "start", "l4_flavor_id": "f4", "l7_flavor_id": "f7", "availability_zone_list": ["az1", "az3"]}"#;
        let report = judge(Operation::UpgradeLoadBalancer, body, &[&sets]);
        assert_finds(&report, &["zones-of-different-sets"]);
        assert_eq!(report.diagnostics[0].place.pointer.to_string(), "/availability_zone_list/1");
    }
}

#[test]
fn many_subnets_are_found_as_few_are() {
    let id = |number: usize| ["i", "n", "s"][number % 3].to_owned() + &(number / 3).to_string();
    let subnets = |first: u8| {
        let subnet = |number: usize| {
            let ids = format!(
                r#""id": "i{number}", "neutron_network_id": "n{number}", "neutron_subnet_id": "s{number}""#
            );
            format!(r#"{{{ids}, "cidr": "192.168.{first}.0/{}"}}"#, 20 + number % 9)
        };
        format!(r#"{{"subnets": [{}]}}"#, (0..30).map(subnet).collect::<Vec<_>>().join(", "))
    };
    // The last that is known of each decides. Ids may be the same.
    let same =
        r#"{"subnets": [{"id": "i7", "neutron_network_id": "i7"}, {"id": "i7", "cidr": "10.0.0.0/8"}]}"#;
    let contexts = [subnets(0), subnets(1), same.to_owned()];
    let contexts = [contexts[0].as_str(), contexts[1].as_str(), contexts[2].as_str()];
    let member = |number: usize| {
        let address = format!("192.168.{}.{number}", number % 5);
        format!(r#"{{"address": "{address}", "protocol_port": 80, "subnet_cidr_id": "{}"}}"#, id(number))
    };
    let found = |members: &[String]| -> Vec<String> {
        let body = format!(r#"{{"members": [{}]}}"#, members.join(", "));
        let report = judge(Operation::BatchCreateMembers, &body, &contexts);
        report.diagnostics.iter().map(|it| format!("{} {} {:?}", it.rule, it.message, it.help)).collect()
    };
    let members: Vec<_> = (0..100).map(member).collect();
    let each: Vec<_> = members.iter().flat_map(|member| found(std::slice::from_ref(member))).collect();
    assert!(each.len() > 100, "{each:#?}");
    assert_eq!(found(&members), each);
}

#[test]
fn a_long_word_of_a_context_is_told_in_short() {
    let context = format!(r#"{{"loadbalancer": {{"provisioning_status": "{}"}}}}"#, "X".repeat(300));
    let report = judge(Operation::UpdatePool, r#"{"pool": {"name": "x"}}"#, &[&context]);
    assert_finds(&report, &["load-balancer-not-active"]);
    let message = &report.diagnostics[0].message;
    assert!(message.contains(&format!("{}…", "X".repeat(60))) && message.len() < 200, "{message}");
}
