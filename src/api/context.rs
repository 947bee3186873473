//! What is known of the target: a context, made of the objects that the API's GET calls return.

mod error;
mod facts;
mod objects;

pub use error::ContextError;
pub use objects::*;

use super::field::Field;
use crate::json::fill_until;
use crate::json::model::is_empty;
use crate::target::fact::{Fact, Space};

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
        let mut known = Known::default();
        fill_until(text, &mut known).map_err(|offset| ContextError::at(text, offset))?;
        if is_empty(&known) && !is_empty_object(text) {
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
