//! Who is measured: the floor, elblint with a known and an unknown target, and the peers.

use std::hint::black_box;

use elblint::{Context, Severity, check_body};

use crate::bodies::{Body, SUBNETS, Target};
use crate::floor;
use crate::peers::schema::Schemas;
use crate::peers::typed;

/// One way to check a body. What it returns is only to keep the work from being optimised away.
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    pub(crate) check: Box<dyn Fn(&Body) -> usize>,
}

impl Contestant {
    fn new(name: &'static str, check: impl Fn(&Body) -> usize + 'static) -> Self {
        Self { name, check: Box::new(check) }
    }
}

pub(crate) const FLOOR: &str = "floor";
pub(crate) const KNOWN: &str = "elblint, target known";
pub(crate) const UNKNOWN: &str = "elblint, target unknown";
pub(crate) const TYPED: &str = "typed + validator";
pub(crate) const SCHEMA: &str = "jsonschema";

/// Every contestant. The floor is the first.
pub(crate) fn all() -> Result<Vec<Contestant>, String> {
    let contexts = Contexts::new()?;
    let schemas = Schemas::new()?;
    let unknown = Context::default();
    Ok(vec![
        Contestant::new(FLOOR, |body| floor::parse(body.operation, body.without_fault()).into()),
        Contestant::new(KNOWN, move |body| faults(body, contexts.of(body.target))),
        Contestant::new(UNKNOWN, move |body| faults(body, &unknown)),
        Contestant::new(TYPED, |body| typed::check(body.operation, &body.text).into()),
        Contestant::new(SCHEMA, move |body| schemas.check(body.operation, &body.text)),
    ])
}

fn faults(body: &Body, context: &Context) -> usize {
    black_box(check_body(body.operation, &body.text, context)).count(Severity::Error)
}

/// What is known of the targets, as saved responses tell it.
struct Contexts {
    shared: Context,
    upgraded: Context,
    dedicated: Context,
}

impl Contexts {
    fn new() -> Result<Self, String> {
        let read = |text: &str| Context::from_json(text).map_err(|error| error.to_string());
        let shared = |status: &str| {
            read(&format!(
                r#"{{"loadbalancer": {{"guaranteed": false, "provisioning_status": "{status}", "vpc_id": "v1"}},
                    "listeners": [{{"protocol": "TCP"}}, {{"protocol": "HTTP"}}],
                    "availability_zones": [[{{"code": "AZ1"}}, {{"code": "AZ2"}}, {{"code": "AZ3"}}]]}}"#
            ))
        };
        let subnets: Vec<String> = SUBNETS
            .iter()
            .map(|(id, start)| {
                format!(r#"{{"id": "{id}", "neutron_subnet_id": "{id}", "cidr": "{start}.0.0/16", "vpc_id": "v1"}}"#)
            })
            .collect();
        Ok(Self {
            shared: shared("ACTIVE")?,
            upgraded: shared("UPGRADED")?,
            dedicated: read(&format!(
                r#"{{"loadbalancer": {{"guaranteed": true, "provisioning_status": "ACTIVE",
                    "ip_target_enable": true, "vpc_id": "v1"}},
                    "pool": {{"protocol": "HTTP", "lb_algorithm": "ROUND_ROBIN", "type": "", "vpc_id": "",
                    "any_port_enable": false, "az_affinity": {{"enable": false}}, "session_persistence": null,
                    "slow_start": {{"enable": false, "duration": 30}}, "protection_status": "nonProtection"}},
                    "subnets": [{}]}}"#,
                subnets.join(", ")
            ))?,
        })
    }

    fn of(&self, target: Target) -> &Context {
        match target {
            Target::Shared => &self.shared,
            Target::Upgraded => &self.upgraded,
            Target::Dedicated => &self.dedicated,
        }
    }
}
