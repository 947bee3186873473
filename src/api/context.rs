//! What is known of the target: a context, made of the objects that the API's GET calls return.

mod error;
mod facts;
mod objects;

use std::sync::Arc;

pub use error::ContextError;
pub use objects::*;

use super::field::Field;
use crate::json::fill_until;
use crate::json::model::is_empty;
use crate::lists::{SmallVec, smallvec};
use crate::search::memchr;
use crate::target::fact::{Fact, Space};

/// What is known of the load balancer, backend server group and surroundings that a request will meet.
///
/// It is made of the responses of the API's own GET calls, so a saved response is a context as it is:
///
/// ```
/// let context = elblint::Context::from_json(r#"{"pool": {"id": "36ce7086", "protocol": "HTTP"}, "request_id": "8f40"}"#)?;
/// # Ok::<(), elblint::ContextError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// What was told, the last of which wins. Contexts are merged for many requests, so they share it.
    layers: Vec<Arc<Known>>,
    space: Space,
    waived: Vec<&'static str>,
}

impl From<Known> for Context {
    fn from(known: Known) -> Self {
        let mut context = Self { layers: vec![Arc::new(known)], ..Self::default() };
        context.space = context.narrowed();
        context
    }
}

impl Context {
    /// A context that knows nothing.
    pub const fn new() -> Self {
        Self { layers: Vec::new(), space: Space::ALL, waived: Vec::new() }
    }

    /// Reads a context from JSON: an object of GET responses.
    ///
    /// # Errors
    /// Where the text is not JSON, a member has a type that the API never returns, or no member is known.
    pub fn from_json(text: &str) -> Result<Self, ContextError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut known = Known::default();
        fill_until(text, &mut known).map_err(|offset| ContextError::at(text, offset))?;
        // Only an empty object has no names.
        if is_empty(&known) && memchr(b'"', text.as_bytes()).is_some() {
            return Err(ContextError::Nothing);
        }
        Ok(known.into())
    }

    /// Adds what another context knows; where both know something, the other wins. What either waives is waived.
    pub fn merge(&mut self, other: Self) {
        self.layers.extend(other.layers);
        self.waived.extend(other.waived);
        self.space = self.narrowed();
    }

    /// Takes what a rule demands of the target as met, whatever else is known.
    pub fn waive(&mut self, rule: &'static str) {
        self.waived.push(rule);
    }

    /// Whether what a rule demands is taken as met.
    pub(crate) fn waives(&self, rule: &str) -> bool {
        self.waived.contains(&rule)
    }

    /// What is known last of a member of the load balancer.
    #[cfg_attr(not(target_family = "wasm"), inline)]
    pub(crate) fn balancer<T>(&self, member: fn(&LoadBalancer) -> &Field<T>) -> &Field<T> {
        self.last(|known| Some(member(known.loadbalancer.set()?)))
    }

    /// What is known last of a member of the backend server group.
    #[cfg_attr(not(target_family = "wasm"), inline)]
    pub(crate) fn pool<T>(&self, member: fn(&Pool) -> &Field<T>) -> &Field<T> {
        self.last(|known| Some(member(known.pool.set()?)))
    }

    #[cfg_attr(not(target_family = "wasm"), inline)]
    fn last<'c, T>(&'c self, member: impl Fn(&'c Known) -> Option<&'c Field<T>>) -> &'c Field<T> {
        for known in self.layers.iter().rev() {
            match member(known) {
                None | Some(Field::Absent | Field::Unknown) => {}
                Some(told) => return told,
            }
        }
        &Field::Absent
    }

    /// All that lists hold together.
    pub(crate) fn all<T>(&self, list: fn(&Known) -> &Field<Vec<T>>) -> SmallVec<[&T; 8]> {
        let mut all = smallvec![];
        for known in &self.layers {
            for one in list(known).set().into_iter().flatten() {
                all.push(one);
            }
        }
        all
    }

    /// The id of the backend server.
    pub(crate) fn member_id(&self) -> &Field<String> {
        let mut members = self.layers.iter().rev().filter_map(|known| known.member.set());
        members.next().map_or(&Field::Absent, |member| &member.id)
    }

    /// What each fact may be.
    pub(crate) fn space(&self) -> Space {
        self.space
    }

    /// The API's own word for what is known of a fact that reports only as `other`.
    pub(crate) fn word(&self, fact: Fact) -> Option<&str> {
        self.own_word(fact).filter(|word| !word.is_empty())
    }

    fn own_word(&self, fact: Fact) -> Option<&str> {
        let field = match fact {
            Fact::ProvisioningStatus => self.balancer(|balancer| &balancer.provisioning_status),
            Fact::PoolProtocol => self.pool(|pool| &pool.protocol),
            Fact::PoolLbAlgorithm => self.pool(|pool| &pool.lb_algorithm),
            Fact::PoolType => self.pool(|pool| &pool.r#type),
            _ => return None,
        };
        field.set().map(String::as_str)
    }

    /// The flavor with this id.
    pub(crate) fn flavor(&self, id: &str) -> Option<&Flavor> {
        let is_here = |flavor: &&Flavor| flavor.id.set().is_some_and(|known| known == id);
        self.layers.iter().find_map(|known| known.flavors.set()?.iter().find(is_here))
    }

    /// The subnet with this id, by any of its three ids.
    pub(crate) fn subnet(&self, id: &str) -> Option<&Subnet> {
        let is = |field: &Field<String>| field.set().is_some_and(|known| known == id);
        let known = self.layers.iter().filter_map(|known| known.subnets.set());
        known
            .flatten()
            .find(|subnet| is(&subnet.id) || is(&subnet.neutron_network_id) || is(&subnet.neutron_subnet_id))
    }

    /// The VPC that the load balancer works in.
    pub(crate) fn vpc(&self) -> Option<&str> {
        self.balancer(|balancer| &balancer.vpc_id).set().map(String::as_str)
    }
}
