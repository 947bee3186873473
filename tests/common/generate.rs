//! Random bodies and targets, out of the values that matter.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use elblint::target::Fact;
use elblint::{Context, Operation};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

pub(crate) fn operation() -> impl Strategy<Value = Operation> {
    select(Operation::ALL)
}

/// A body of an operation, mostly good.
pub(crate) fn body() -> impl Strategy<Value = (Operation, Value)> {
    prop_oneof![
        pool().prop_map(|pool| (Operation::UpdatePool, json!({ "pool": pool }))),
        member().prop_map(|member| (Operation::UpdateMember, json!({ "member": member }))),
        vec(new_member(), 0..4)
            .prop_map(|members| (Operation::BatchCreateMembers, json!({ "members": members }))),
        upgrade().prop_map(|body| (Operation::UpgradeLoadBalancer, body)),
    ]
}

/// Something that may or may not be a body.
pub(crate) fn mangled() -> impl Strategy<Value = String> {
    let cut = (body(), any::<prop::sample::Index>(), "[\\PC\n]{0,6}").prop_map(|((_, body), at, noise)| {
        let text = serde_json::to_string_pretty(&body).unwrap();
        let mut at = at.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        format!("{}{noise}{}", &text[..at], text[at..].chars().skip(noise.len() % 3).collect::<String>())
    });
    prop_oneof![cut, "[\\[\\]{}\",:0-9a-z$<> \n\\\\é]{0,60}", any::<String>()]
}

fn object(members: Vec<(&'static str, Option<Value>)>) -> Value {
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}

fn one(values: Vec<Value>) -> impl Strategy<Value = Option<Value>> {
    of(select(values))
}

/// All values of a fact; what it calls other is no value of a body.
fn values(fact: Fact) -> Vec<Value> {
    fact.domain().iter().map(|index| json!(fact.value(index))).collect()
}

fn pool() -> impl Strategy<Value = Value> {
    let algorithm = one(values(Fact::PoolLbAlgorithm));
    let session = prop_oneof![
        Just(None),
        Just(Some(Value::Null)),
        (
            one(vec![json!("SOURCE_IP"), json!("HTTP_COOKIE"), json!("APP_COOKIE"), Value::Null]),
            one(vec![json!("id"), json!("my.id"), json!("x".repeat(100))]),
            one(vec![json!(1), json!(60), json!(61), json!(1440), json!(1441)]),
        )
            .prop_map(|(kind, name, minutes)| {
                Some(object(vec![("type", kind), ("cookie_name", name), ("persistence_timeout", minutes)]))
            }),
    ];
    let slow_start = of((one(vec![json!(true), json!(false)]), one(vec![json!(30), json!(1200), json!(29)]))
        .prop_map(|(enable, duration)| object(vec![("enable", enable), ("duration", duration)])));
    let kind = one(vec![json!("instance"), json!("ip"), json!(""), json!("vm")]);
    let vpc = one(vec![json!(""), json!("vpc-1"), Value::Null]);
    let admin = one(vec![json!(true), json!(false), json!("true")]);
    let name = one(vec![json!("web"), json!("é".repeat(255)), json!("é".repeat(256)), json!(7)]);
    (algorithm, session, slow_start, kind, vpc, admin, name).prop_map(
        |(algorithm, session, slow_start, kind, vpc, admin, name)| {
            object(vec![
                ("name", name),
                ("lb_algorithm", algorithm),
                ("session_persistence", session),
                ("slow_start", slow_start),
                ("type", kind),
                ("vpc_id", vpc),
                ("admin_state_up", admin),
            ])
        },
    )
}

fn member() -> impl Strategy<Value = Value> {
    let weight = one(vec![json!(0), json!(100), json!(101), json!("1")]);
    let port = one(vec![json!(1), json!(65535), json!(0)]);
    (weight, port, one(vec![json!("web"), Value::Null])).prop_map(|(weight, port, name)| {
        object(vec![("weight", weight), ("protocol_port", port), ("name", name)])
    })
}

fn new_member() -> impl Strategy<Value = Value> {
    let address = one(vec![json!("192.168.0.48"), json!("2001:db8::1"), json!("120.1.1.1"), json!("1.2.3")]);
    let port = one(vec![json!(80), json!(0), json!(65536)]);
    let subnet = one(vec![json!("s1"), json!(""), json!("s2")]);
    let zone = one(vec![json!("az1"), json!("")]);
    (address, port, subnet, zone, one(vec![json!(1), json!(0)])).prop_map(
        |(address, port, subnet, zone, weight)| {
            object(vec![
                ("address", address),
                ("protocol_port", port),
                ("subnet_cidr_id", subnet),
                ("availability_zone", zone),
                ("weight", weight),
            ])
        },
    )
}

fn upgrade() -> impl Strategy<Value = Value> {
    let action = one(vec![json!("start"), json!("complete"), json!("rollback")]);
    let flavor = || one(vec![json!("f1"), json!(""), Value::Null]);
    let zones = one(vec![json!(["az1"]), json!([]), json!([""]), json!(["", "az1"]), json!(["az1", null])]);
    let address = one(vec![json!("2001:db8::1"), json!("10.0.0.1")]);
    (action, flavor(), flavor(), zones, address, one(vec![json!("s1")])).prop_map(
        |(action, l4, l7, zones, address, subnet)| {
            object(vec![
                ("action", action),
                ("l4_flavor_id", l4),
                ("l7_flavor_id", l7),
                ("availability_zone_list", zones),
                ("ipv6_vip_address", address),
                ("ipv6_vip_virsubnet_id", subnet),
            ])
        },
    )
}

/// A target: all its facts, and which of them are given.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The facts by their names.
    pub(crate) facts: Value,
    given: Vec<bool>,
}

pub(crate) fn context() -> impl Strategy<Value = Target> {
    let values: Vec<_> = Fact::ALL.iter().map(|fact| select(values(*fact))).collect();
    (values, vec(any::<bool>(), Fact::ALL.len())).prop_map(|(values, given)| {
        let facts = Fact::ALL.iter().zip(values).map(|(fact, value)| (fact.name().to_owned(), value));
        Target { facts: Value::Object(facts.collect()), given }
    })
}

impl Target {
    /// The context that tells all of it.
    pub(crate) fn whole(&self) -> Context {
        self.told(|_| true)
    }

    /// The context that tells a part of it.
    pub(crate) fn given(&self) -> Context {
        self.told(|index| self.given[index])
    }

    fn told(&self, tells: impl Fn(usize) -> bool) -> Context {
        let (mut balancer, mut pool, mut listeners) = (Map::new(), Map::new(), Vec::new());
        for (index, fact) in Fact::ALL.iter().enumerate() {
            let value = self.facts[fact.name()].clone();
            let (object, member) = fact.name().split_once('.').unwrap();
            let (member, value) = match fact {
                Fact::LoadBalancerType => ("guaranteed", json!(value == "dedicated")),
                Fact::PoolAzAffinity => (member, json!({ "enable": value })),
                Fact::PoolSessionPersistenceType if value == "none" => ("session_persistence", Value::Null),
                Fact::PoolSessionPersistenceType => ("session_persistence", json!({ "type": value })),
                Fact::PoolVpcId => (member, json!(if value == "set" { "vpc-0" } else { "" })),
                Fact::HasL4Listener | Fact::HasL7Listener => {
                    if value == true {
                        let protocol = if *fact == Fact::HasL4Listener { "TCP" } else { "HTTP" };
                        listeners.push(json!({ "protocol": protocol }));
                    }
                    continue;
                }
                _ => (member, value),
            };
            if tells(index) {
                if object == "pool" { &mut pool } else { &mut balancer }.insert(member.to_owned(), value);
            }
        }
        let mut context = json!({ "loadbalancer": balancer, "pool": pool });
        // The two facts on listeners come together: a list of listeners tells both.
        if tells(Fact::HasL4Listener as usize) {
            context["listeners"] = Value::Array(listeners);
        }
        Context::from_json(&context.to_string()).unwrap()
    }
}
