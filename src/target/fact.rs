//! The facts of a target that rules may ask for: their names, and the values each can have.
//!
//! Knows nothing of rules or requests.

use serde::Serialize;

use crate::api::values::{
    Domain, Filled, LbAlgorithm, LoadBalancerType, PoolType, Protocol, ProvisioningStatus, StoredSession,
};
use crate::search::position;

/// A set of values of one fact, by their index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Values(pub(crate) u16);

impl Values {
    /// The first `count` values.
    pub(crate) const fn first(count: usize) -> Self {
        Self(((1u32 << count) - 1) as u16)
    }

    /// Only this value.
    pub(crate) const fn only(index: u8) -> Self {
        Self(1 << index)
    }

    /// The indices of the values, ascending.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let index = rest.trailing_zeros() as u8;
            let any = rest != 0;
            rest &= rest.wrapping_sub(1);
            any.then_some(index)
        })
    }

    /// How many values there are.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The first value's index; 0 where there is none.
    pub(crate) const fn lowest(self) -> u8 {
        (self.0.trailing_zeros() & 15) as u8
    }

    /// The first value after this one.
    pub(crate) const fn after(self, index: u8) -> Option<u8> {
        let rest = (self.0 as u32 >> index) >> 1;
        if rest == 0 { None } else { Some(index + 1 + rest.trailing_zeros() as u8) }
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[cfg(feature = "cli")]
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn has(self, index: u8) -> bool {
        self.0 >> index & 1 == 1
    }
}

/// A value of a fact, as reports show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum FactValue {
    /// A yes/no fact.
    Flag(bool),
    /// A word of the API, or `other`.
    Word(&'static str),
}

impl FactValue {
    /// The value in a message.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Flag(true) => "true",
            Self::Flag(false) => "false",
            Self::Word("") => "\"\"",
            Self::Word(word) => word,
        }
    }
}

impl std::fmt::Display for FactValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

macro_rules! facts {
    ($(#[doc = $doc:literal] $variant:ident $name:literal $words:expr;)*) => {
        /// A fact of the target that a request will meet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Fact {
            $(#[doc = $doc] $variant,)*
        }

        impl Fact {
            /// Every fact.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in reports, `pool.protocol`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What it is, and where a context has it.
            #[cfg(feature = "docs")]
            pub fn documentation(self) -> &'static str {
                match self { $(Self::$variant => $doc.trim()),* }
            }

            /// The words for its values; empty for a yes/no fact.
            const fn words(self) -> &'static [&'static str] {
                match self { $(Self::$variant => $words),* }
            }
        }
    };
}

const YES_NO: &[&str] = &[];

facts! {
    /// Shared or dedicated, from `loadbalancer.guaranteed`.
    LoadBalancerType "loadbalancer.type" LoadBalancerType::WORDS;
    /// The status of the load balancer, from `loadbalancer.provisioning_status`.
    ProvisioningStatus "loadbalancer.provisioning_status" ProvisioningStatus::WORDS;
    /// Whether IP addresses may be backend servers, from `loadbalancer.ip_target_enable`.
    IpTargetEnable "loadbalancer.ip_target_enable" YES_NO;
    /// Whether the load balancer has a TCP, UDP or TLS listener, from `listeners`.
    HasL4Listener "loadbalancer.has_l4_listener" YES_NO;
    /// Whether the load balancer has an HTTP, HTTPS, TERMINATED_HTTPS or QUIC listener, from `listeners`.
    HasL7Listener "loadbalancer.has_l7_listener" YES_NO;
    /// The protocol of the backend server group, from `pool.protocol`.
    PoolProtocol "pool.protocol" Protocol::WORDS;
    /// The load balancing algorithm of the group, from `pool.lb_algorithm`.
    PoolLbAlgorithm "pool.lb_algorithm" LbAlgorithm::WORDS;
    /// What servers the group takes, from `pool.type`.
    PoolType "pool.type" PoolType::WORDS;
    /// Whether the servers of the group have no ports of their own, from `pool.any_port_enable`.
    PoolAnyPortEnable "pool.any_port_enable" YES_NO;
    /// Whether requests stay in their availability zone, from `pool.az_affinity.enable`.
    PoolAzAffinity "pool.az_affinity" YES_NO;
    /// The type of the sticky session, `none` without one, from `pool.session_persistence`.
    PoolSessionPersistenceType "pool.session_persistence.type" StoredSession::WORDS;
    /// Whether the group has a VPC, from `pool.vpc_id`.
    PoolVpcId "pool.vpc_id" Filled::WORDS;
}

/// How many facts there are.
pub(crate) const FACTS: usize = Fact::ALL.len();

/// The indices of the values of a yes/no fact.
pub(crate) const NO: u8 = 0;
pub(crate) const YES: u8 = 1;

impl Fact {
    /// All values the fact can have.
    pub const fn domain(self) -> Values {
        let words = self.words();
        Values::first(if words.is_empty() { 2 } else { words.len() })
    }

    /// The value at this index.
    pub fn value(self, index: u8) -> FactValue {
        match self.words() {
            [] => FactValue::Flag(index == YES),
            words => FactValue::Word(words.get(usize::from(index)).copied().unwrap_or("other")),
        }
    }

    /// These values in words: `HTTP or HTTPS`, or `not QUIC` where that is shorter and does not leave
    /// the reader to guess what is not `other`.
    pub(crate) fn phrase(self, values: Values) -> String {
        self.phrase_parts(values).collect()
    }

    /// The same, for whoever writes it somewhere.
    pub(crate) fn phrase_parts(self, values: Values) -> impl Iterator<Item = &'static str> {
        let excluded = self.domain().without(values);
        let last = self.domain().len() as u8 - 1;
        let shorter = excluded.len() < values.len() && values.has(last) && !self.words().is_empty();
        let shown = if shorter { excluded } else { values };
        let listed = shown.iter().enumerate().flat_map(move |(index, value)| {
            let before = match index {
                0 => "",
                _ if index + 1 == shown.len() as usize => " or ",
                _ => ", ",
            };
            [before, self.value(value).word()]
        });
        std::iter::once(if shorter { "not " } else { "" }).chain(listed)
    }

    /// The value for a word of the API: its own, or `other`.
    pub(crate) fn read(self, word: &str) -> Values {
        let words = self.words();
        let index = position(words, word.as_bytes()).unwrap_or(words.len().saturating_sub(1));
        Values::only(index as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_as_itself() {
        for fact in Fact::ALL {
            for (index, word) in fact.words().iter().enumerate() {
                assert_eq!(fact.read(word), Values::only(index as u8), "{} {word}", fact.name());
            }
            assert!(fact.domain().len() <= 16);
        }
    }

    #[test]
    fn values_are_walked_in_order() {
        let values = Values(0b1000_0000_0000_0101);
        assert_eq!(values.iter().collect::<Vec<_>>(), [0, 2, 15]);
        assert_eq!(values.after(0), Some(2));
        assert_eq!(values.after(2), Some(15));
        assert_eq!(values.after(15), None);
    }
}
