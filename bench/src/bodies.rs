//! The bodies that are measured: the same ones in every run, nine of ten without fault.

use elblint::Operation;

use crate::json::Json;
use crate::random::Random;

/// A body, and what is known of its target where the target is known.
pub(crate) struct Body {
    pub(crate) operation: Operation,
    pub(crate) target: Target,
    pub(crate) text: String,
    /// The body before faults were put into it. A bare parse stops at the first fault of type or syntax, so it is
    /// measured on this one.
    pub(crate) twin: Option<String>,
}

impl Body {
    pub(crate) fn without_fault(&self) -> &str {
        self.twin.as_deref().unwrap_or(&self.text)
    }
}

/// The targets that bodies are made for.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// A shared load balancer that is ACTIVE.
    Shared,
    /// A shared load balancer that has been upgraded.
    Upgraded,
    /// A dedicated load balancer with an HTTP group.
    Dedicated,
}

/// Bodies of one to three servers, and of the other operations.
pub(crate) fn small(count: usize, seed: u64, faulty: bool) -> Vec<Body> {
    let mut random = Random::new(seed);
    let make = |index: usize| {
        let operation = Operation::ALL.iter().copied().cycle().nth(index)?;
        let (target, good) = match operation {
            Operation::UpgradeLoadBalancer => upgrade(&mut random),
            Operation::UpdatePool => (Target::Dedicated, object("pool", pool(&mut random))),
            Operation::UpdateMember => (Target::Dedicated, object("member", member(&mut random))),
            Operation::BatchCreateMembers => {
                let servers = random.from(1, 3) as usize;
                (Target::Dedicated, batch(&mut random, servers))
            }
        };
        let pretty = random.chance(50);
        let text = good.text(pretty);
        if !faulty {
            return Some(Body { operation, target, text, twin: None });
        }
        let bad = if random.chance(12) {
            trailing_comma(&text)
        } else {
            let mut bad = good;
            spoil(&mut random, operation, &mut bad);
            bad.text(pretty)
        };
        Some(Body { operation, target, text: bad, twin: Some(text) })
    };
    (0..count).map_while(make).collect()
}

/// Bodies of 200 servers, with so many faults in each.
pub(crate) fn large(count: usize, seed: u64, faults: usize) -> Vec<Body> {
    let mut random = Random::new(seed);
    (0..count).map(|_| batch_with_faults(&mut random, 200, faults)).collect()
}

/// A body with as many faults as servers.
pub(crate) fn faults(count: usize, seed: u64) -> Body {
    batch_with_faults(&mut Random::new(seed), count, count)
}

fn batch_with_faults(random: &mut Random, servers: usize, faults: usize) -> Body {
    let mut body = batch(random, servers);
    let pretty = random.chance(50);
    let text = body.text(pretty);
    let operation = Operation::BatchCreateMembers;
    if faults == 0 {
        return Body { operation, target: Target::Dedicated, text, twin: None };
    }
    let list = body.member("members").map(Json::elements).unwrap_or_default();
    // Faults of different servers, evenly apart.
    for (index, server) in list.iter_mut().step_by(servers / faults).take(faults).enumerate() {
        spoil_server(index as u64, server);
    }
    Body { operation, target: Target::Dedicated, text: body.text(pretty), twin: Some(text) }
}

fn object(name: &'static str, value: Json) -> Json {
    Json::Object(vec![(name, value)])
}

fn name(random: &mut Random) -> Json {
    let what = random.pick(&["web", "Büro", "api-v2", "checkout", "数据库", "log_sink", "a \"quoted\" name"]);
    format!("{}-{}", what.unwrap_or("web"), random.below(1000)).into()
}

fn pool(random: &mut Random) -> Json {
    let mut pool = Json::Object(vec![("name", name(random))]);
    if random.chance(30) {
        pool.set("description", "Serves the shop's front pages; ask the platform team before changing it.");
    }
    if random.chance(40) {
        let words = ["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"];
        pool.set("lb_algorithm", random.pick(&words).unwrap_or("ROUND_ROBIN"));
    }
    match random.below(8) {
        0 => pool.set("session_persistence", Json::null()),
        1 => pool.set(
            "session_persistence",
            Json::Object(vec![
                ("type", "HTTP_COOKIE".into()),
                ("persistence_timeout", random.from(1, 1440).into()),
            ]),
        ),
        2 => pool.set(
            "session_persistence",
            Json::Object(vec![("type", "APP_COOKIE".into()), ("cookie_name", "SHOP_SESSION".into())]),
        ),
        3 | 4 => pool.set(
            "slow_start",
            Json::Object(vec![("enable", true.into()), ("duration", random.from(30, 1200).into())]),
        ),
        _ => {}
    }
    if random.chance(15) {
        pool.set("member_deletion_protection_enable", random.chance(50));
    }
    if random.chance(10) {
        pool.set("type", "instance");
        pool.set("vpc_id", random.id());
    }
    if random.chance(10) {
        pool.set("protection_status", "consoleProtection");
        pool.set("protection_reason", "in production");
    }
    pool
}

fn member(random: &mut Random) -> Json {
    let mut member = Json::Object(vec![("weight", random.from(0, 100).into())]);
    if random.chance(50) {
        member.set("name", name(random));
    }
    if random.chance(20) {
        member.set("protocol_port", random.from(1, 65535));
    }
    member
}

fn upgrade(random: &mut Random) -> (Target, Json) {
    let later = match random.below(10) {
        0 => "complete",
        1 | 2 => "rollback",
        _ => {
            let zones = random.from(1, 3);
            let mut body = Json::Object(vec![
                ("action", "start".into()),
                ("l4_flavor_id", random.id().into()),
                ("l7_flavor_id", random.id().into()),
                (
                    "availability_zone_list",
                    Json::List((1..=zones).map(|zone| format!("AZ{zone}").into()).collect()),
                ),
            ]);
            if random.chance(50) {
                body.set("elb_virsubnet_ids", Json::List(vec![random.id().into()]));
            }
            if random.chance(20) {
                body.set("ipv6_vip_virsubnet_id", random.id());
                body.set("ipv6_vip_address", format!("2001:db8:a583::{:x}", random.from(1, 0xffff)));
            }
            return (Target::Shared, body);
        }
    };
    (Target::Upgraded, object("action", later.into()))
}

/// The subnets of the known target, with the start of their addresses.
pub(crate) const SUBNETS: [(&str, &str); 3] = [
    ("61da8098-954b-4809-bc5a-b99ccef8a398", "10.1"),
    ("c09f620e-3492-4429-ac15-445d5dd9ca74", "10.2"),
    ("5eddff5a-f45f-46d7-9f2b-70dc669feff9", "10.3"),
];

fn batch(random: &mut Random, servers: usize) -> Json {
    // One batch in five is of IP addresses alone.
    let subnet = if random.chance(20) { None } else { random.pick(&SUBNETS) };
    let server = |index: usize| {
        let start = subnet.map_or("172.16", |(_, start)| start);
        let address = format!("{start}.{}.{}", index / 250, index % 250 + 1);
        let mut server = Json::Object(vec![
            ("name", name(random)),
            ("address", address.into()),
            ("protocol_port", random.pick(&[80u64, 443, 8080, 9090]).unwrap_or(80).into()),
        ]);
        if let Some((id, _)) = subnet {
            server.set("subnet_cidr_id", id);
        }
        if random.chance(70) {
            server.set("weight", random.from(1, 100));
        }
        server
    };
    object("members", Json::List((0..servers).map(server).collect()))
}

/// Puts one fault into a body.
fn spoil(random: &mut Random, operation: Operation, body: &mut Json) {
    let kind = random.below(8);
    match operation {
        Operation::UpgradeLoadBalancer => match kind {
            0 | 1 => body.set("action", "begin"),
            2 | 3 => body.remove("action"),
            4 => body.set("l4_flavour_id", "f1"),
            5 => body.set("l7_flavor_id", 7),
            _ => {
                body.set("action", "start");
                body.set("availability_zone_list", Json::List(Vec::new()));
            }
        },
        Operation::UpdatePool => {
            let Some(pool) = body.member("pool") else { return };
            match kind {
                0 => pool.set("lb_algorithm", "round_robin"),
                1 => pool.set("name", "x".repeat(256)),
                2 => pool.set("slow_start", Json::Object(vec![("duration", 20.into())])),
                3 => pool.add("protocol", "HTTP"),
                4 => pool.set("admin_state_up", false),
                5 => pool.add("name", "another"),
                6 => pool.set("member_deletion_protection_enable", "yes"),
                _ => pool.set(
                    "session_persistence",
                    Json::Object(vec![("type", "HTTP_COOKIE".into()), ("cookie_name", "SHOP".into())]),
                ),
            }
        }
        Operation::UpdateMember => {
            let Some(member) = body.member("member") else { return };
            match kind {
                0 | 1 => member.set("weight", random.from(101, 1000)),
                2 => member.set("weight", "10"),
                3 => *member = Json::Object(Vec::new()),
                4 => member.set("wieght", 10),
                5 => member.set("address", "10.0.0.7"),
                6 => member.set("protocol_port", 0),
                _ => member.set("name", 7),
            }
        }
        Operation::BatchCreateMembers => {
            let servers = body.member("members").map(Json::elements).unwrap_or_default();
            if let Some(server) = servers.first_mut() {
                spoil_server(kind, server);
            }
        }
    }
}

/// Puts one fault into a server of a batch.
fn spoil_server(kind: u64, server: &mut Json) {
    match kind % 7 {
        0 => server.set("weight", 101),
        1 => server.set("weight", "10"),
        2 => {
            server.remove("weight");
            server.set("wieght", 10);
        }
        3 => server.remove("address"),
        4 => server.set("address", "10.1.0.300"),
        5 => server.set("protocol_port", 70000),
        _ => server.add("name", "another"),
    }
}

/// The text with a comma after its last member, as hands that edit JSON leave it.
fn trailing_comma(text: &str) -> String {
    let end = text.trim_end_matches(['}', ']', ' ', '\n']).len();
    let (before, after) = text.split_at(end);
    format!("{before},{after}")
}
