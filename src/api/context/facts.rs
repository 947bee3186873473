//! What the objects of a context say of the facts of the target.

use super::objects::{Known, Listener, LoadBalancer, Pool};
use crate::api::field::Field;
use crate::target::fact::{Fact, NO, Space, Values, YES};

impl Default for Space {
    fn default() -> Self {
        Self::ALL
    }
}

impl Known {
    pub(super) fn space(&self) -> Space {
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
