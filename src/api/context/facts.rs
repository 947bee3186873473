//! What the objects of a context say of the facts of the target.

use super::Context;
use super::objects::{Listener, Reference};
use crate::target::fact::{Fact, NO, Values, YES};
use crate::target::space::Space;

impl Context {
    pub(super) fn narrowed(&self) -> Space {
        let mut space = Space::ALL;
        for fact in Fact::ALL {
            if let Some(values) = self.told(*fact) {
                space.set(*fact, values);
            }
        }
        space
    }

    fn told(&self, fact: Fact) -> Option<Values> {
        match fact {
            Fact::LoadBalancerType => flag(self.balancer(|balancer| &balancer.guaranteed)),
            Fact::IpTargetEnable => flag(self.balancer(|balancer| &balancer.ip_target_enable)),
            Fact::HasL4Listener => self.has_listener(Layer::Four),
            Fact::HasL7Listener => self.has_listener(Layer::Seven),
            Fact::PoolAnyPortEnable => flag(self.pool(|pool| &pool.any_port_enable)),
            Fact::PoolAzAffinity => match self.pool_or_null(|pool| &pool.az_affinity)? {
                None => Some(Values::only(NO)),
                Some(affinity) => flag(affinity.enable.set()),
            },
            Fact::PoolSessionPersistenceType => match self.pool_or_null(|pool| &pool.session_persistence)? {
                None => Some(fact.read("none")),
                Some(session) => session.r#type.set().map(|word| fact.read(word)),
            },
            Fact::PoolVpcId => {
                let vpc = self.pool_or_null(|pool| &pool.vpc_id)?;
                Some(fact.read(if vpc.is_none_or(String::is_empty) { "blank" } else { "set" }))
            }
            Fact::PoolType => {
                let own = self.pool_or_null(|pool| &pool.r#type)?;
                Some(fact.read(own.map_or("", String::as_str)))
            }
            Fact::ProvisioningStatus | Fact::PoolProtocol | Fact::PoolLbAlgorithm => {
                self.own_word(fact).map(|word| fact.read(word))
            }
        }
    }

    /// The id of the load balancer that is described: its own, or that of the one that all listeners belong to.
    pub(crate) fn balancer_id(&self) -> Option<&str> {
        let own = self.balancer(|balancer| &balancer.id);
        own.or_else(|| only_owner(&self.all(|known| &known.listeners))).map(String::as_str)
    }

    fn has_listener(&self, layer: Layer) -> Option<Values> {
        let listeners = self.all(|known| &known.listeners);
        let own = self.balancer_id();
        let listed = self.balancer(|balancer| &balancer.listeners);
        // GET returns the listeners of all load balancers of a project.
        let belongs =
            |listener: &Listener| match (own, listener.loadbalancers.set(), listed, listener.id.set()) {
                (Some(own), Some(owners), ..) => Some(has(owners, own)),
                (_, _, Some(listed), Some(id)) => Some(has(listed, id)),
                (_, owners, ..) => owners.is_none().then_some(true),
            };
        let mut open = false;
        for listener in &listeners {
            let found = listener.layer();
            match belongs(listener) {
                Some(false) => {}
                Some(true) if found == layer => return Some(Values::only(YES)),
                None if found == layer => open = true,
                _ => open |= found == Layer::Unknown,
            }
        }
        let is_told = |listed: &Reference| {
            listeners.iter().any(|listener| listener.id.set().is_none() || listener.id == listed.id)
        };
        let all_told = match listed {
            Some(listed) => listed.iter().all(is_told),
            None => self.last(|known| known.listeners.set()).is_some(),
        };
        (all_told && !open).then(|| Values::only(NO))
    }
}

/// The load balancer that all these listeners belong to, if they say so.
fn only_owner<'c>(listeners: &[&'c Listener]) -> Option<&'c String> {
    let mut owners = listeners.iter().filter_map(|listener| listener.loadbalancers.set()).flatten();
    let first = owners.next()?.id.set();
    first.filter(|_| owners.all(|owner| owner.id.set() == first))
}

fn has(list: &[Reference], id: &str) -> bool {
    list.iter().any(|one| one.id.set().is_some_and(|own| own == id))
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

fn flag(told: Option<&bool>) -> Option<Values> {
    told.map(|yes| Values::only(if *yes { YES } else { NO }))
}
