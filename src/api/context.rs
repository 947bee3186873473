//! What is known of the target: the objects that the API's GET calls return, as they are.
//!
//! Only the members that a rule reads are kept; the others are ignored. Turns the known members into facts.

pub use super::context_error::ContextError;
use ipnet::IpNet;
use serde::{Deserialize, Deserializer};

use super::field::Field;
use crate::json::read_until;
use crate::target::fact::{Fact, NO, Space, Values, YES};

/// A load balancer, as `GET …/elb/loadbalancers/{id}` returns it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct LoadBalancer {
    /// Its id.
    pub id: Field<String>,
    /// True for a dedicated load balancer, false for a shared one.
    pub guaranteed: Field<bool>,
    /// Its provisioning status.
    pub provisioning_status: Field<String>,
    /// Whether IP addresses may be added as backend servers.
    pub ip_target_enable: Field<bool>,
    /// The VPC it works in.
    pub vpc_id: Field<String>,
    /// Its listeners, by id.
    pub listeners: Field<Vec<Reference>>,
}

/// A resource named by its id.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct Reference {
    /// The id.
    pub id: Field<String>,
}

/// A listener, as `GET …/elb/listeners` returns it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct Listener {
    /// Its protocol.
    pub protocol: Field<String>,
    /// The load balancers it belongs to.
    pub loadbalancers: Field<Vec<Reference>>,
}

/// A backend server group, as `GET …/elb/pools/{id}` returns it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct Pool {
    /// Its id.
    pub id: Field<String>,
    /// The protocol it receives requests with.
    pub protocol: Field<String>,
    /// Its load balancing algorithm.
    pub lb_algorithm: Field<String>,
    /// What kinds of backend server it takes.
    pub r#type: Field<String>,
    /// Whether its servers receive requests on any port.
    pub any_port_enable: Field<bool>,
    /// Whether requests stay in their availability zone.
    pub az_affinity: Field<AzAffinity>,
    /// Its sticky session; null without one.
    pub session_persistence: Field<SessionPersistence>,
    /// Its slow start.
    pub slow_start: Field<SlowStart>,
    /// The VPC it works in.
    pub vpc_id: Field<String>,
    /// Whether it is protected against modification.
    pub protection_status: Field<String>,
}

/// The availability zone affinity of a backend server group.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct AzAffinity {
    /// Whether it is on.
    pub enable: Field<bool>,
}

/// The sticky session of a backend server group.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct SessionPersistence {
    /// Its type.
    pub r#type: Field<String>,
}

/// The slow start of a backend server group.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct SlowStart {
    /// Whether it is on.
    pub enable: Field<bool>,
}

/// A backend server, as `GET …/elb/pools/{id}/members` returns it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct Member {
    /// Its id.
    pub id: Field<String>,
    /// Its IP address.
    pub address: Field<String>,
    /// The port it receives requests on.
    pub protocol_port: Field<i64>,
}

/// A range of addresses, as `192.168.0.0/24`. Whatever is none says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Network(Option<IpNet>);

impl Network {
    /// The range, where it is one.
    pub const fn range(self) -> Option<IpNet> {
        self.0
    }
}

impl From<&str> for Network {
    fn from(text: &str) -> Self {
        Self(text.parse().ok())
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::from(&*text))
    }
}

/// A subnet, as the VPC service's `GET …/subnets` returns it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct Subnet {
    /// Its id in the VPC service.
    pub id: Field<String>,
    /// The id of its IPv4 part.
    pub neutron_subnet_id: Field<String>,
    /// The id of its network; IPv6 addresses go by it.
    pub neutron_network_id: Field<String>,
    /// Its IPv4 addresses, in CIDR notation.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub cidr: Field<Network>,
    /// Its IPv6 addresses, in CIDR notation.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub cidr_v6: Field<Network>,
    /// Whether IPv6 is enabled.
    pub ipv6_enable: Field<bool>,
    /// The VPC it belongs to.
    pub vpc_id: Field<String>,
}

/// A flavor, as `GET …/elb/flavors` returns it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct Flavor {
    /// Its id.
    pub id: Field<String>,
    /// Its layer: `L4`, `L7`, or a longer word that begins with one of them.
    pub r#type: Field<String>,
}

/// An availability zone, as `GET …/elb/availability-zones` returns it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object")]
pub struct AvailabilityZone {
    /// Its code, by which requests name it.
    pub code: Field<String>,
}

/// What is known of the load balancer, backend server group and surroundings that a request will meet.
///
/// It is made of the responses of the API's own GET calls, so a saved response is a context as it is:
///
/// ```
/// let context = elblint::Context::from_json(r#"{"pool": {"id": "36ce7086", "protocol": "HTTP"}, "request_id": "8f40"}"#)?;
/// # Ok::<(), elblint::ContextError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    known: Known,
    space: Space,
    waived: Vec<&'static str>,
}

/// The members of a context. Those that are absent or null say nothing.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, expecting = "an object of responses")]
pub struct Known {
    /// The load balancer that the request goes to, or that its backend server group belongs to.
    pub loadbalancer: Field<LoadBalancer>,
    /// The backend server group.
    pub pool: Field<Pool>,
    /// The listeners of the load balancer.
    pub listeners: Field<Vec<Listener>>,
    /// The backend server.
    pub member: Field<Member>,
    /// The backend servers that the group has.
    pub members: Field<Vec<Member>>,
    /// Subnets that the request may name.
    pub subnets: Field<Vec<Subnet>>,
    /// Flavors that exist.
    pub flavors: Field<Vec<Flavor>>,
    /// Availability zones that exist, in their sets.
    pub availability_zones: Field<Vec<Vec<AvailabilityZone>>>,
}

impl From<Known> for Context {
    fn from(known: Known) -> Self {
        Self { space: known.space(), known, waived: Vec::new() }
    }
}

impl Context {
    /// Reads a context from JSON: an object of GET responses.
    ///
    /// # Errors
    /// Where the text is not JSON, a member has a type that the API never returns, or no member is known.
    pub fn from_json(text: &str) -> Result<Self, ContextError> {
        let text = text.trim_start_matches('\u{feff}');
        let known: Known = read_until(text).map_err(|offset| ContextError::at(text, offset))?;
        if known == Known::default() && !is_empty_object(text) {
            return Err(ContextError::Nothing);
        }
        Ok(known.into())
    }

    /// Adds what another context knows; where both know something, the other wins.
    pub fn merge(&mut self, other: Self) {
        let other = other.known;
        let known = &mut self.known;
        // Of a whole response null says nothing, unlike of a member of one.
        overlay_set(&mut known.loadbalancer, other.loadbalancer, LoadBalancer::overlay);
        overlay_set(&mut known.pool, other.pool, Pool::overlay);
        overlay_set(&mut known.member, other.member, |old, new| *old = new);
        overlay_set(&mut known.listeners, other.listeners, Vec::extend);
        overlay_set(&mut known.members, other.members, Vec::extend);
        overlay_set(&mut known.subnets, other.subnets, Vec::extend);
        overlay_set(&mut known.flavors, other.flavors, Vec::extend);
        overlay_set(&mut known.availability_zones, other.availability_zones, Vec::extend);
        self.space = self.known.space();
    }

    /// Takes what a rule demands of the target as met, whatever else is known.
    pub fn waive(&mut self, rule: &'static str) {
        self.waived.push(rule);
    }

    /// Whether what a rule demands is taken as met.
    pub(crate) fn waives(&self, rule: &str) -> bool {
        self.waived.contains(&rule)
    }

    /// The members.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// What each fact may be.
    pub(crate) fn space(&self) -> Space {
        self.space
    }

    /// The API's own word for what is known of a fact that reports only as `other`.
    pub(crate) fn word(&self, fact: Fact) -> Option<&str> {
        let balancer = self.known.loadbalancer.set();
        let pool = self.known.pool.set();
        let field = match fact {
            Fact::ProvisioningStatus => &balancer?.provisioning_status,
            Fact::PoolProtocol => &pool?.protocol,
            Fact::PoolLbAlgorithm => &pool?.lb_algorithm,
            Fact::PoolType => &pool?.r#type,
            _ => return None,
        };
        field.set().map(String::as_str).filter(|word| !word.is_empty())
    }

    /// The subnet with this id, by any of its three ids.
    pub(crate) fn subnet(&self, id: &str) -> Option<&Subnet> {
        let is = |field: &Field<String>| field.set().is_some_and(|known| known == id);
        self.known
            .subnets
            .set()?
            .iter()
            .find(|subnet| is(&subnet.id) || is(&subnet.neutron_network_id) || is(&subnet.neutron_subnet_id))
    }

    /// The VPC that the load balancer works in.
    pub(crate) fn vpc(&self) -> Option<&str> {
        self.known.loadbalancer.set()?.vpc_id.set().map(String::as_str)
    }
}

fn is_empty_object(text: &str) -> bool {
    text.chars().filter(|char| !char.is_whitespace()).eq(['{', '}'])
}

fn overlay<T>(old: &mut Field<T>, new: Field<T>, both: impl FnOnce(&mut T, T)) {
    match (old, new) {
        (_, Field::Absent | Field::Unknown) => {}
        (Field::Set(old), Field::Set(new)) => both(old, new),
        (old, new) => *old = new,
    }
}

fn overlay_set<T>(old: &mut Field<T>, new: Field<T>, both: impl FnOnce(&mut T, T)) {
    if let Field::Set(_) = new {
        overlay(old, new, both);
    }
}

macro_rules! overlay_members {
    ($type:ident: $($member:ident)*) => {
        impl $type {
            fn overlay(&mut self, other: Self) {
                $(overlay(&mut self.$member, other.$member, |old, new| *old = new);)*
            }
        }
    };
}

overlay_members!(LoadBalancer: id guaranteed provisioning_status ip_target_enable vpc_id listeners);
overlay_members!(Pool: id protocol lb_algorithm r#type any_port_enable az_affinity session_persistence
    slow_start vpc_id protection_status);

impl Default for Space {
    fn default() -> Self {
        Self::ALL
    }
}

impl Known {
    fn space(&self) -> Space {
        let mut space = Space::ALL;
        if let Some(balancer) = self.loadbalancer.set() {
            balancer.narrow(&mut space);
        }
        self.narrow_listeners(&mut space);
        if let Some(pool) = self.pool.set() {
            pool.narrow(&mut space);
        }
        space
    }

    fn narrow_listeners(&self, space: &mut Space) {
        let Some(listeners) = self.listeners.set() else { return };
        let own = self.loadbalancer.set().and_then(|balancer| balancer.id.set());
        let belongs = |listener: &Listener| match (own, listener.loadbalancers.set()) {
            (Some(own), Some(owners)) => owners.iter().any(|owner| owner.id.set() == Some(own)),
            _ => true,
        };
        let layers: Vec<Layer> =
            listeners.iter().filter(|listener| belongs(listener)).map(Listener::layer).collect();
        for (fact, layer) in [(Fact::HasL4Listener, Layer::Four), (Fact::HasL7Listener, Layer::Seven)] {
            if layers.contains(&layer) {
                space.set(fact, Values::only(YES));
            } else if !layers.contains(&Layer::Unknown) {
                space.set(fact, Values::only(NO));
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Layer {
    Four,
    Seven,
    Unknown,
}

impl Listener {
    fn layer(&self) -> Layer {
        match self.protocol.set().map(String::as_str) {
            Some("TCP" | "UDP" | "TLS") => Layer::Four,
            Some("HTTP" | "HTTPS" | "TERMINATED_HTTPS" | "QUIC") => Layer::Seven,
            _ => Layer::Unknown,
        }
    }
}

fn flag(field: &Field<bool>) -> Option<Values> {
    field.set().map(|yes| Values::only(if *yes { YES } else { NO }))
}

impl LoadBalancer {
    fn narrow(&self, space: &mut Space) {
        if let Some(guaranteed) = self.guaranteed.set() {
            space.set(Fact::LoadBalancerType, Values::only(u8::from(*guaranteed)));
        }
        if let Some(status) = self.provisioning_status.set() {
            space.set(Fact::ProvisioningStatus, Fact::ProvisioningStatus.read(status));
        }
        if let Some(values) = flag(&self.ip_target_enable) {
            space.set(Fact::IpTargetEnable, values);
        }
        if self.listeners.set().is_some_and(Vec::is_empty) {
            space.set(Fact::HasL4Listener, Values::only(NO));
            space.set(Fact::HasL7Listener, Values::only(NO));
        }
    }
}

impl Pool {
    fn narrow(&self, space: &mut Space) {
        let mut word = |fact: Fact, field: &Field<String>| {
            if let Some(word) = field.set() {
                space.set(fact, fact.read(word));
            }
        };
        word(Fact::PoolProtocol, &self.protocol);
        word(Fact::PoolLbAlgorithm, &self.lb_algorithm);
        word(Fact::PoolType, &self.r#type);
        if self.r#type.is_null() {
            space.set(Fact::PoolType, Fact::PoolType.read(""));
        }
        if let Some(values) = flag(&self.any_port_enable) {
            space.set(Fact::PoolAnyPortEnable, values);
        }
        let affinity = match &self.az_affinity {
            Field::Null => Some(Values::only(NO)),
            Field::Set(affinity) => flag(&affinity.enable),
            Field::Absent | Field::Unknown => None,
        };
        if let Some(values) = affinity {
            space.set(Fact::PoolAzAffinity, values);
        }
        let session = match &self.session_persistence {
            Field::Null => Some("none"),
            Field::Set(session) => session.r#type.set().map(String::as_str),
            Field::Absent | Field::Unknown => None,
        };
        if let Some(word) = session {
            space.set(Fact::PoolSessionPersistenceType, Fact::PoolSessionPersistenceType.read(word));
        }
        let vpc = match &self.vpc_id {
            Field::Null => Some("blank"),
            Field::Set(id) => Some(if id.is_empty() { "blank" } else { "set" }),
            Field::Absent | Field::Unknown => None,
        };
        if let Some(word) = vpc {
            space.set(Fact::PoolVpcId, Fact::PoolVpcId.read(word));
        }
    }
}
