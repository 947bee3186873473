//! The closed lists of values that request bodies and GET responses share.
//!
//! Each enumeration is both a type of the models and the domain of a fact of the target, so the two cannot drift.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Pointer;
use crate::json::model::{Choice, Gap, Lack, Model, Want};

/// An enumeration whose values a fact of the target can have.
pub(crate) trait Domain: Copy + Sized + 'static {
    /// The values in the document's order.
    const ALL: &'static [Self];
    /// The words the API uses for them, in the same order.
    const WORDS: &'static [&'static str];

    /// The value at this index; the last one for an index past the end.
    fn at(index: u8) -> Self;
}

macro_rules! values {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? } $(or $other:ident = $other_word:literal)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)*
            $(
                /// A value that this version does not know; a GET response may have one, a request may not.
                #[serde(skip_deserializing, rename = $other_word)]
                $other,
            )?
        }

        impl $name {
            /// The API's word for the value.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                    $(Self::$other => $other_word,)?
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl<'a> Model<'a> for $name {
            fn blank() -> Self {
                Self::at(0)
            }

            fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
                Want::OneOf(&[$($word),*], self)
            }

            fn gaps(&self, at: &dyn Fn() -> Pointer, told: &mut dyn FnMut(Pointer, Gap)) {
                const PERMITTED: &[&str] = &[$($word),*];
                let word = self.word();
                if !PERMITTED.contains(&word) {
                    told(at(), Gap::OnlyReturned { word, permitted: PERMITTED });
                }
            }
        }

        impl Choice for $name {
            fn choose(&mut self, number: usize) {
                *self = Self::at(number as u8);
            }
        }

        impl Domain for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)* $(Self::$other)?];
            const WORDS: &'static [&'static str] = &[$($word,)* $($other_word)?];

            fn at(index: u8) -> Self {
                const ALL: &[$name] = <$name as Domain>::ALL;
                const LAST: $name = match ALL.last() { Some(last) => *last, None => unreachable!() };
                ALL.get(index as usize).copied().unwrap_or(LAST)
            }
        }
    };
}

values! {
    /// The two kinds of load balancer. The API says it as `guaranteed`: true for dedicated.
    LoadBalancerType {
        /// Shares its resources with other tenants.
        Shared = "shared",
        /// Has resources of its own.
        Dedicated = "dedicated",
    }
}

values! {
    /// The provisioning status of a load balancer.
    ProvisioningStatus {
        /// Running; the only status in which most updates are accepted.
        Active = "ACTIVE",
        /// Upgraded from shared to dedicated, not yet confirmed.
        Upgraded = "UPGRADED",
        /// The upgrade failed.
        UpgradeFailed = "UPGRADE_FAILED",
        /// The rollback of an upgrade failed.
        RollbackFailed = "ROLLBACK_FAILED",
    } or Other = "other"
}

values! {
    /// The protocol of a backend server group.
    Protocol {
        /// TCP.
        Tcp = "TCP",
        /// UDP.
        Udp = "UDP",
        /// IP, of gateway load balancers.
        Ip = "IP",
        /// TLS.
        Tls = "TLS",
        /// TCP over SSL.
        Tcpssl = "TCPSSL",
        /// HTTP.
        Http = "HTTP",
        /// HTTPS.
        Https = "HTTPS",
        /// gRPC.
        Grpc = "GRPC",
        /// QUIC.
        Quic = "QUIC",
    } or Other = "other"
}

values! {
    /// The algorithm by which a backend server group spreads requests over its servers.
    LbAlgorithm {
        /// Weighted round robin.
        RoundRobin = "ROUND_ROBIN",
        /// Weighted least connections.
        LeastConnections = "LEAST_CONNECTIONS",
        /// Hash of the source IP address.
        SourceIp = "SOURCE_IP",
        /// QUIC connection ID.
        QuicCid = "QUIC_CID",
        /// Hash of source and destination address; newer than the page.
        TwoTupleHash = "2_TUPLE_HASH",
        /// Hash of both addresses and the protocol; newer than the page.
        ThreeTupleHash = "3_TUPLE_HASH",
        /// Hash of both addresses, both ports and the protocol; newer than the page.
        FiveTupleHash = "5_TUPLE_HASH",
    } or Other = "other"
}

values! {
    /// What kinds of backend server a group takes.
    PoolType {
        /// Servers of the group's VPC.
        Instance = "instance",
        /// IP addresses only.
        Ip = "ip",
        /// Any kind; the blank state, in which the type can still be chosen.
        Any = "",
    } or Other = "other"
}

values! {
    /// The way a sticky session knows its client.
    SessionPersistenceType {
        /// By the source IP address.
        SourceIp = "SOURCE_IP",
        /// By a cookie of the load balancer's.
        HttpCookie = "HTTP_COOKIE",
        /// By a cookie of the application's.
        AppCookie = "APP_COOKIE",
    } or Other = "other"
}

values! {
    /// Whether a resource is protected against modification.
    ProtectionStatus {
        /// Not protected.
        NonProtection = "nonProtection",
        /// Protected on the console.
        ConsoleProtection = "consoleProtection",
    }
}

values! {
    /// A step of the upgrade of a load balancer.
    UpgradeAction {
        /// Starts the upgrade.
        Start = "start",
        /// Confirms the upgrade; it cannot be undone.
        Complete = "complete",
        /// Takes the upgrade back.
        Rollback = "rollback",
    }
}

values! {
    /// Whether a stored sticky session exists, and of which type.
    StoredSession {
        /// By the source IP address.
        SourceIp = "SOURCE_IP",
        /// By a cookie of the load balancer's.
        HttpCookie = "HTTP_COOKIE",
        /// By a cookie of the application's.
        AppCookie = "APP_COOKIE",
        /// No sticky session: `session_persistence` is null.
        Off = "none",
    } or Other = "other"
}

impl From<SessionPersistenceType> for StoredSession {
    fn from(kind: SessionPersistenceType) -> Self {
        match kind {
            SessionPersistenceType::SourceIp => Self::SourceIp,
            SessionPersistenceType::HttpCookie => Self::HttpCookie,
            SessionPersistenceType::AppCookie => Self::AppCookie,
            SessionPersistenceType::Other => Self::Other,
        }
    }
}

values! {
    /// Whether an id is blank or set.
    Filled {
        /// Absent, null or "".
        Blank = "blank",
        /// An id.
        Set = "set",
    }
}
