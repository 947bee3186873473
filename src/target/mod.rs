//! The target of a request: what is known of it, and how rules are tried on what is not.
//!
//! A rule is written as if every fact of the target were known. It asks [`Target`] for the facts it needs, and
//! returns a fault or nothing. [`Target::judge`] owns ignorance: each fact that the rule asks for and that is not
//! known is tried with every value that it can still have. The reads themselves tell which facts to try, so no
//! rule keeps a list of them. Knows nothing of any particular rule.

pub(crate) mod demand;
pub(crate) mod fact;

use std::cell::Cell;

use smallvec::SmallVec;

use crate::api::context::Context;
use crate::api::values::{
    Domain, Filled, LbAlgorithm, LoadBalancerType, PoolType, Protocol, ProvisioningStatus, StoredSession,
};
use crate::diagnostic::{Place, Related};
use fact::{FACTS, Space, YES};
pub use fact::{Fact, FactValue, Values};

/// The target that a rule sees: every fact has one value.
pub struct Target<'c> {
    context: &'c Context,
    trail: Cell<Trail>,
    /// Whether the answer will be shown, so that it is worth its words.
    telling: Cell<bool>,
}

/// The unknown facts that have been read, in order, with the value that each is tried with: an odometer.
#[derive(Clone, Copy, Default)]
struct Trail {
    read: [Option<(Fact, u8)>; FACTS],
    len: usize,
}

impl Trail {
    fn get(&self, fact: Fact) -> Option<u8> {
        self.read.iter().take(self.len).flatten().find(|(read, _)| *read == fact).map(|(_, value)| *value)
    }

    fn push(&mut self, fact: Fact, value: u8) {
        if let Some(slot) = self.read.get_mut(self.len) {
            *slot = Some((fact, value));
            self.len += 1;
        }
    }

    /// Goes to the next combination of values; false after the last.
    fn advance(&mut self, space: &Space) -> bool {
        while self.len > 0 {
            if let Some(Some((fact, value))) = self.read.get_mut(self.len - 1) {
                if let Some(next) = space.get(*fact).after(*value) {
                    *value = next;
                    return true;
                }
            }
            self.len -= 1;
        }
        false
    }

    /// The part of the space that the values tried stand for.
    fn part(&self, space: &Space) -> Space {
        let mut part = *space;
        for (fact, value) in self.read.iter().take(self.len).flatten() {
            part.set(*fact, Values::only(*value));
        }
        part
    }
}

/// What a rule has found.
#[derive(Debug)]
pub struct Fault {
    /// Where.
    pub(crate) place: Place,
    /// In words; none while the rule is only tried.
    pub(crate) words: Option<Words>,
}

/// A fault in words.
#[derive(Debug, Default)]
pub struct Words {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) related: Vec<Related>,
}

impl From<String> for Words {
    fn from(message: String) -> Self {
        Self { message, ..Self::default() }
    }
}

impl From<&str> for Words {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}

impl Words {
    /// Adds what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another party.
    pub(crate) fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { message: message.into(), place, span: None });
        self
    }
}

/// What trying a rule on a target has come to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The rule holds whatever the target.
    Holds,
    /// The rule fails whatever the target.
    Fails(Fault),
    /// The rule fails in these parts of the space, and holds elsewhere.
    Depends(Place, SmallVec<[Space; 1]>),
}

impl<'c> Target<'c> {
    /// The target that a context tells of.
    pub(crate) fn new(context: &'c Context) -> Self {
        Self { context, trail: Cell::default(), telling: Cell::new(false) }
    }

    /// What is known beside the facts: subnets, flavors, zones.
    pub(crate) fn context(&self) -> &'c Context {
        self.context
    }

    /// Whether a rule holds at the first try already: it reads no unknown fact, or only a certain failure counts
    /// and there is none. Nearly every rule of nearly every request ends here.
    #[inline]
    pub(crate) fn holds_at_once(&self, certain_only: bool, check: impl Fn(&Self) -> Option<Fault>) -> bool {
        self.trail.set(Trail::default());
        check(self).is_none() && (certain_only || self.trail.get().len == 0)
    }

    /// Tries a rule with every value that the facts it reads can have.
    pub(crate) fn judge(&self, certain_only: bool, check: &dyn Fn(&Self) -> Option<Fault>) -> Outcome {
        self.telling.set(true);
        self.trail.set(Trail::default());
        let first = check(self);
        self.telling.set(false);
        if self.trail.get().len == 0 {
            return first.map_or(Outcome::Holds, Outcome::Fails);
        }
        self.try_all(certain_only, first, check)
    }

    fn try_all(
        &self,
        certain_only: bool,
        first: Option<Fault>,
        check: &dyn Fn(&Self) -> Option<Fault>,
    ) -> Outcome {
        let space = self.context.space();
        let mut failing: SmallVec<[Space; 1]> = SmallVec::new();
        let mut place = None;
        let mut holds = false;
        let mut answer = first;
        loop {
            let mut trail = self.trail.get();
            match answer {
                Some(fault) => {
                    place.get_or_insert(fault.place);
                    let part = trail.part(space);
                    if !failing.iter_mut().any(|known| known.absorb(&part)) {
                        failing.push(part);
                    }
                }
                None if certain_only => return Outcome::Holds,
                None => holds = true,
            }
            if !trail.advance(space) {
                break;
            }
            self.trail.set(trail);
            answer = check(self);
        }
        let Some(place) = place else { return Outcome::Holds };
        if holds {
            return Outcome::Depends(place, failing);
        }
        self.trail.set(Trail::default());
        self.telling.set(true);
        let told = check(self);
        self.telling.set(false);
        told.map_or(Outcome::Holds, Outcome::Fails)
    }

    /// A fault at this place; the words are asked for only where they will be shown.
    pub(crate) fn refuse<W: Into<Words>>(&self, place: impl Into<Place>, words: impl FnOnce() -> W) -> Fault {
        Fault { place: place.into(), words: self.telling.get().then(|| words().into()) }
    }

    /// Runs a check whose answers will all be shown.
    pub(crate) fn telling(&self, check: impl FnOnce(&Self)) {
        self.telling.set(true);
        check(self);
        self.telling.set(false);
    }

    #[inline]
    fn read(&self, fact: Fact) -> u8 {
        let values = self.context.space().get(fact);
        if values.len() == 1 {
            return values.lowest();
        }
        let mut trail = self.trail.get();
        trail.get(fact).unwrap_or_else(|| {
            let value = values.lowest();
            trail.push(fact, value);
            self.trail.set(trail);
            value
        })
    }

    fn flag(&self, fact: Fact) -> bool {
        self.read(fact) == YES
    }

    /// Whether this fact is known, for the words of a message; a rule must not decide by it.
    pub(crate) fn knows(&self, fact: Fact) -> bool {
        self.context.space().get(fact).len() == 1
    }

    /// `loadbalancer.type`.
    pub(crate) fn load_balancer_type(&self) -> LoadBalancerType {
        LoadBalancerType::at(self.read(Fact::LoadBalancerType))
    }

    /// `loadbalancer.provisioning_status`.
    pub(crate) fn provisioning_status(&self) -> ProvisioningStatus {
        ProvisioningStatus::at(self.read(Fact::ProvisioningStatus))
    }

    /// `loadbalancer.ip_target_enable`.
    pub(crate) fn ip_target_enable(&self) -> bool {
        self.flag(Fact::IpTargetEnable)
    }

    /// `loadbalancer.has_l4_listener`.
    pub(crate) fn has_l4_listener(&self) -> bool {
        self.flag(Fact::HasL4Listener)
    }

    /// `loadbalancer.has_l7_listener`.
    pub(crate) fn has_l7_listener(&self) -> bool {
        self.flag(Fact::HasL7Listener)
    }

    /// `pool.protocol`.
    pub(crate) fn protocol(&self) -> Protocol {
        Protocol::at(self.read(Fact::PoolProtocol))
    }

    /// `pool.lb_algorithm`.
    pub(crate) fn lb_algorithm(&self) -> LbAlgorithm {
        LbAlgorithm::at(self.read(Fact::PoolLbAlgorithm))
    }

    /// `pool.type`.
    pub(crate) fn pool_type(&self) -> PoolType {
        PoolType::at(self.read(Fact::PoolType))
    }

    /// `pool.any_port_enable`.
    pub(crate) fn any_port_enable(&self) -> bool {
        self.flag(Fact::PoolAnyPortEnable)
    }

    /// `pool.az_affinity`.
    pub(crate) fn az_affinity(&self) -> bool {
        self.flag(Fact::PoolAzAffinity)
    }

    /// `pool.session_persistence.type`.
    pub(crate) fn session_persistence_type(&self) -> StoredSession {
        StoredSession::at(self.read(Fact::PoolSessionPersistenceType))
    }

    /// `pool.vpc_id`.
    pub(crate) fn pool_vpc(&self) -> Filled {
        Filled::at(self.read(Fact::PoolVpcId))
    }
}
