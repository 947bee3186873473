//! The target of a request: what is known of it, and how rules are tried on what is not.
//!
//! A rule is written as if every fact of the target were known. It asks `Target` for the facts it needs, and
//! returns a fault or nothing. The engine owns ignorance: each fact that the rule asks for and that is not
//! known is tried with every value that it can still have. The reads themselves tell which facts to try, so no
//! rule keeps a list of them. Knows nothing of any particular rule.

pub(crate) mod demand;
pub(crate) mod fact;
pub(crate) mod space;
mod words;

use std::cell::Cell;

use crate::lists::{SmallVec, smallvec};

use crate::api::context::Context;
use crate::api::values::{
    Domain, Filled, LbAlgorithm, LoadBalancerType, PoolType, Protocol, ProvisioningStatus, StoredSession,
};
use crate::diagnostic::Place;
use fact::{FACTS, YES};
pub use fact::{Fact, FactValue, Values};
use space::Space;
pub(crate) use words::{At, Words};

/// The target that a rule sees: every fact has one value.
pub(crate) struct Target<'c> {
    context: &'c Context,
    /// What each fact may be.
    space: Space,
    /// The same, with every fact that has been read narrowed to the value it is tried with. So this is also the
    /// part of the space that the answer holds for.
    tried: Cell<Space>,
    /// The unknown facts that have been read.
    reads: Cell<Reads>,
    telling: Cell<Telling>,
    /// The fault that has been told last.
    told: Cell<Option<Told>>,
}

/// Facts in the order in which they were read, packed into a word: the wheels of an odometer.
#[derive(Clone, Copy, Default, PartialEq)]
struct Reads(u64);

impl Reads {
    const BITS: u32 = {
        assert!(FACTS < 32 && FACTS * 5 <= u64::BITS as usize);
        5
    };

    const fn push(self, fact: Fact) -> Self {
        Self(self.0 << Self::BITS | (fact as u64 + 1))
    }

    fn last(self) -> Option<Fact> {
        let number = self.0 & ((1 << Self::BITS) - 1);
        Fact::ALL.get((number as usize).wrapping_sub(1)).copied()
    }

    const fn pop(self) -> Self {
        Self(self.0 >> Self::BITS)
    }
}

/// That a rule has found something. What it is, the target has been told, unless the rule is only tried.
#[derive(Debug)]
pub(crate) struct Fault(());

/// A fault that will be shown.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) place: Place,
    pub(crate) words: Words,
}

/// How much of an answer is wanted.
#[derive(Clone, Copy, PartialEq)]
enum Telling {
    /// Whether there is a fault.
    Nothing,
    /// Where it is.
    Place,
    /// All of it.
    Words,
}

/// What trying a rule on a target has come to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The rule holds whatever the target.
    Holds,
    /// The rule fails whatever the target.
    Fails(Told),
    /// The rule fails in these parts of the space, and holds elsewhere.
    Depends(Place, SmallVec<[Space; 2]>),
}

impl<'c> Target<'c> {
    /// The target that a context tells of.
    pub(crate) fn new(context: &'c Context) -> Self {
        Self {
            context,
            space: context.space(),
            tried: Cell::new(context.space()),
            reads: Cell::default(),
            telling: Cell::new(Telling::Nothing),
            told: Cell::default(),
        }
    }

    /// What is known beside the facts: subnets, flavors, zones.
    pub(crate) fn context(&self) -> &'c Context {
        self.context
    }

    /// What each fact may be.
    pub(crate) fn space(&self) -> Space {
        self.space
    }

    /// Tries a rule for the first time. Whether it fails, if that is not all there is to say: it holds where it
    /// reads no unknown fact, or where only a certain failure counts. Nearly every rule of nearly every request does.
    #[inline]
    pub(crate) fn first_try(
        &self,
        certain_only: bool,
        check: impl Fn(&Self) -> Option<Fault>,
    ) -> Option<bool> {
        self.tried.set(self.space);
        self.reads.set(Reads::default());
        let fails = check(self).is_some();
        (fails || !certain_only && self.reads.get() != Reads::default()).then_some(fails)
    }

    /// Tries a rule with every other value that the facts it reads can have. `fails` says how the first try went.
    pub(crate) fn judge(
        &self,
        certain_only: bool,
        mut fails: bool,
        check: &dyn Fn(&Self) -> Option<Fault>,
    ) -> Outcome {
        let mut failing: SmallVec<[Space; 2]> = smallvec![];
        let mut first_failing = None;
        let mut holds = false;
        loop {
            if fails {
                let part = self.tried.get();
                first_failing.get_or_insert(part);
                if !failing.iter_mut().any(|known| known.absorb(part)) {
                    failing.push(part);
                }
            } else if certain_only {
                return Outcome::Holds;
            } else {
                holds = true;
            }
            if !self.advance() {
                break;
            }
            fails = check(self).is_some();
        }
        let Some(first_failing) = first_failing else { return Outcome::Holds };
        if !holds {
            return self.tell(Telling::Words, check).map_or(Outcome::Holds, Outcome::Fails);
        }
        self.tried.set(first_failing);
        let told = self.tell(Telling::Place, check);
        told.map_or(Outcome::Holds, |told| Outcome::Depends(told.place, failing))
    }

    /// The same answer once more, to be shown.
    fn tell(&self, telling: Telling, check: &dyn Fn(&Self) -> Option<Fault>) -> Option<Told> {
        self.telling.set(telling);
        let fault = check(self);
        self.telling.set(Telling::Nothing);
        self.told(fault?)
    }

    /// What a fault is, if it has been told.
    pub(crate) fn told(&self, _: Fault) -> Option<Told> {
        self.told.take()
    }

    /// Goes to the next combination of values; false after the last.
    fn advance(&self) -> bool {
        while let Some(fact) = self.reads.get().last() {
            let tried = self.tried.get();
            if let Some(next) = self.space.get(fact).after(tried.get(fact).lowest()) {
                self.tried.set(tried.with(fact, Values::only(next)));
                return true;
            }
            self.tried.set(tried.with(fact, self.space.get(fact)));
            self.reads.set(self.reads.get().pop());
        }
        false
    }

    /// A fault at this place. Place and words are made only where they will be shown.
    #[inline]
    pub(crate) fn refuse<W: Into<Words>>(&self, at: At, words: impl Fn() -> W) -> Fault {
        self.fault(at.names, at.index, &|| words().into())
    }

    #[cfg_attr(not(target_family = "wasm"), inline)]
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn fault(&self, names: &'static [&'static str], index: usize, words: &dyn Fn() -> Words) -> Fault {
        if self.telling.get() != Telling::Nothing {
            self.show(At::element(names, index), words);
        }
        Fault(())
    }

    #[cold]
    #[inline(never)]
    fn show(&self, at: At, words: &dyn Fn() -> Words) {
        let words = if self.telling.get() == Telling::Words { words() } else { Words::from(String::new()) };
        self.told.set(Some(Told { place: at.place(), words }));
    }

    /// Runs a check that reads no fact, and whose answers will all be shown.
    pub(crate) fn telling(&self, check: impl FnOnce(&Self)) {
        self.tried.set(self.space);
        self.telling.set(Telling::Words);
        check(self);
        self.telling.set(Telling::Nothing);
        debug_assert!(
            self.tried.get() == self.space,
            "what this rule says rests on a fact that is not known"
        );
    }

    #[cfg_attr(not(target_family = "wasm"), inline)]
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn read(&self, fact: Fact) -> u8 {
        let tried = self.tried.get();
        let values = tried.get(fact);
        if values.len() > 1 {
            self.tried.set(tried.with(fact, Values::only(values.lowest())));
            self.reads.set(self.reads.get().push(fact));
        }
        values.lowest()
    }

    fn flag(&self, fact: Fact) -> bool {
        self.read(fact) == YES
    }

    /// The value of a fact.
    pub(crate) fn value(&self, fact: Fact) -> FactValue {
        fact.value(self.read(fact))
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
