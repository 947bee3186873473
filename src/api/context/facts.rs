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
        if !self.is_blank() {
            self.narrow_balancer(&mut space);
            self.narrow_listeners(&mut space);
            self.narrow_pool(&mut space);
        }
        space
    }

    fn narrow_listeners(&self, space: &mut Space) {
        if self.layers.iter().all(|known| known.listeners.set().is_none()) {
            return;
        }
        let own = self.balancer(|balancer| &balancer.id).set();
        let belongs = |listener: &Listener| match (own, listener.loadbalancers.set()) {
            (Some(own), Some(owners)) => owners.iter().any(|owner| owner.id.set() == Some(own)),
            _ => true,
        };
        let mut layers = Vec::new();
        for listener in self.all(|known| &known.listeners) {
            if belongs(listener) {
                layers.push(listener.layer());
            }
        }
        for (fact, layer) in [(Fact::HasL4Listener, Layer::Four), (Fact::HasL7Listener, Layer::Seven)] {
            if layers.contains(&layer) {
                space.set(fact, Values::only(YES));
            } else if !layers.contains(&Layer::Unknown) {
                space.set(fact, Values::only(NO));
            }
        }
    }

    fn narrow_balancer(&self, space: &mut Space) {
        if let Some(guaranteed) = self.balancer(|balancer| &balancer.guaranteed).set() {
            space.set(Fact::LoadBalancerType, Values::only(u8::from(*guaranteed)));
        }
        if let Some(status) = self.balancer(|balancer| &balancer.provisioning_status).set() {
            space.set(Fact::ProvisioningStatus, Fact::ProvisioningStatus.read(status));
        }
        if let Some(values) = flag(self.balancer(|balancer| &balancer.ip_target_enable)) {
            space.set(Fact::IpTargetEnable, values);
        }
        if self.balancer(|balancer| &balancer.listeners).set().is_some_and(Vec::is_empty) {
            space.set(Fact::HasL4Listener, Values::only(NO));
            space.set(Fact::HasL7Listener, Values::only(NO));
        }
    }

    fn narrow_pool(&self, space: &mut Space) {
        let r#type = self.pool(|pool| &pool.r#type);
        let session = match self.pool(|pool| &pool.session_persistence) {
            Field::Null => Some("none"),
            Field::Set(session) => session.r#type.set().map(String::as_str),
            Field::Absent | Field::Unknown => None,
        };
        let vpc = match self.pool(|pool| &pool.vpc_id) {
            Field::Null => Some("blank"),
            Field::Set(id) => Some(if id.is_empty() { "blank" } else { "set" }),
            Field::Absent | Field::Unknown => None,
        };
        for (fact, word) in [
            (Fact::PoolProtocol, self.pool(|pool| &pool.protocol).set().map(String::as_str)),
            (Fact::PoolLbAlgorithm, self.pool(|pool| &pool.lb_algorithm).set().map(String::as_str)),
            (Fact::PoolType, if r#type.is_null() { Some("") } else { r#type.set().map(String::as_str) }),
            (Fact::PoolSessionPersistenceType, session),
            (Fact::PoolVpcId, vpc),
        ] {
            if let Some(word) = word {
                space.set(fact, fact.read(word));
            }
        }
        if let Some(values) = flag(self.pool(|pool| &pool.any_port_enable)) {
            space.set(Fact::PoolAnyPortEnable, values);
        }
        let affinity = match self.pool(|pool| &pool.az_affinity) {
            Field::Null => Some(Values::only(NO)),
            Field::Set(affinity) => flag(&affinity.enable),
            Field::Absent | Field::Unknown => None,
        };
        if let Some(values) = affinity {
            space.set(Fact::PoolAzAffinity, values);
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
