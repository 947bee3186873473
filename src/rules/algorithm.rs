//! The load balancing algorithm, and the protocols that know it.

use super::{Words, at, rule, told};
use crate::api::update_pool::UpdatePoolOption;
use crate::api::values::{LbAlgorithm, Protocol};
use crate::say::say;
use crate::target::{Fact, Fault, Target};

rule! {
    /// The QUIC_CID algorithm is set on a group of another protocol.
    ///
    /// Only requests over QUIC have the connection ID that the algorithm goes by.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"lb_algorithm": "QUIC_CID"}}
    /// context: {"pool": {"protocol": "TCP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"lb_algorithm": "QUIC_CID"}}
    /// context: {"pool": {"protocol": "QUIC"}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"lb_algorithm": "QUIC_CID"}}
    /// ```
    QUIC_CID_OUTSIDE_QUIC "quic-cid-outside-quic" Error Documented Structural
    cites UpdatePool "UpdatePoolOption" "lb_algorithm"
}

pub(super) fn quic_cid_outside_quic(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    if *pool.lb_algorithm.set()? != LbAlgorithm::QuicCid || target.protocol() == Protocol::Quic {
        return None;
    }
    Some(target.refuse(at!["pool", "lb_algorithm"], || {
        Words::from(say!("QUIC_CID is only for QUIC groups, but {}", told(target, Fact::PoolProtocol)))
            .help("use ROUND_ROBIN, LEAST_CONNECTIONS or SOURCE_IP")
    }))
}

rule! {
    /// A tuple hash is set on a group of another protocol than IP.
    ///
    /// 2_TUPLE_HASH, 3_TUPLE_HASH and 5_TUPLE_HASH are for groups of protocol IP, behind gateway load balancers.
    /// They are newer than the page; its successors and the SDKs have them.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"lb_algorithm": "5_TUPLE_HASH"}}
    /// context: {"pool": {"protocol": "TCP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"lb_algorithm": "5_TUPLE_HASH"}}
    /// context: {"pool": {"protocol": "IP"}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"lb_algorithm": "2_TUPLE_HASH"}}
    /// ```
    TUPLE_HASH_OUTSIDE_IP "tuple-hash-outside-ip" Error Documented ClosedList
    cites UpdatePool "UpdatePoolOption" "lb_algorithm"
}

pub(super) fn tuple_hash_outside_ip(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    use LbAlgorithm::{FiveTupleHash, ThreeTupleHash, TwoTupleHash};
    let algorithm = *pool.lb_algorithm.set()?;
    let tuple_hash = matches!(algorithm, TwoTupleHash | ThreeTupleHash | FiveTupleHash);
    if !tuple_hash || target.protocol() == Protocol::Ip {
        return None;
    }
    Some(target.refuse(at!["pool", "lb_algorithm"], || {
        say!(
            "{} is only for groups of protocol IP, but {}",
            algorithm.word(),
            told(target, Fact::PoolProtocol)
        )
    }))
}
