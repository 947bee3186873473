//! What the objects of a context say of the facts of the target.

use super::Context;
use super::objects::Listener;
use crate::api::field::Field;
use crate::target::fact::{Fact, NO, Space, Values, YES};

impl Default for Space {
    fn default() -> Self {
        Self::ALL
    }
}

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
            Fact::PoolAzAffinity => match self.pool(|pool| &pool.az_affinity) {
                Field::Null => Some(Values::only(NO)),
                Field::Set(affinity) => flag(&affinity.enable),
                Field::Absent | Field::Unknown => None,
            },
            Fact::PoolSessionPersistenceType => match self.pool(|pool| &pool.session_persistence) {
                Field::Null => Some(fact.read("none")),
                Field::Set(session) => session.r#type.set().map(|word| fact.read(word)),
                Field::Absent | Field::Unknown => None,
            },
            Fact::PoolVpcId => match self.pool(|pool| &pool.vpc_id) {
                Field::Null => Some(fact.read("blank")),
                Field::Set(id) => Some(fact.read(if id.is_empty() { "blank" } else { "set" })),
                Field::Absent | Field::Unknown => None,
            },
            Fact::PoolType if self.pool(|pool| &pool.r#type).is_null() => Some(fact.read("")),
            Fact::ProvisioningStatus | Fact::PoolProtocol | Fact::PoolLbAlgorithm | Fact::PoolType => {
                self.own_word(fact).map(|word| fact.read(word))
            }
        }
    }

    fn has_listener(&self, layer: Layer) -> Option<Values> {
        let own = self.balancer(|balancer| &balancer.id).set();
        let belongs = |listener: &Listener| match (own, listener.loadbalancers.set()) {
            (Some(own), Some(owners)) => owners.iter().any(|owner| owner.id.set() == Some(own)),
            _ => true,
        };
        let mut all_known = self.layers.iter().any(|known| known.listeners.set().is_some());
        for listener in self.all(|known| &known.listeners) {
            if belongs(listener) {
                match listener.layer() {
                    Layer::Unknown => all_known = false,
                    other if other == layer => return Some(Values::only(YES)),
                    _ => {}
                }
            }
        }
        let none =
            all_known || self.balancer(|balancer| &balancer.listeners).set().is_some_and(Vec::is_empty);
        none.then(|| Values::only(NO))
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
