//! The weight of a backend server, and the algorithms that do not heed it.

use super::{Words, at, rule};
use crate::api::update_member::UpdateMemberOption;
use crate::api::values::LbAlgorithm;
use crate::say::say;
use crate::target::{Fault, Target};

rule! {
    /// A weight is set in a group that heeds none.
    ///
    /// With the algorithm SOURCE_IP, weights have no effect.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {"weight": 10}}
    /// context: {"pool": {"lb_algorithm": "SOURCE_IP"}}
    /// ```
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1", "weight": 10}]}
    /// context: {"pool": {"lb_algorithm": "SOURCE_IP"}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 10}}
    /// context: {"pool": {"lb_algorithm": "ROUND_ROBIN"}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 10}}
    /// ```
    WEIGHT_WITHOUT_EFFECT "weight-without-effect" Warning Documented Structural
    cites UpdateMember "UpdateMemberOption" "weight"
    cites BatchCreateMembers "BatchCreateMembersOption" "weight"
}

pub(super) fn weight_without_effect(member: &UpdateMemberOption<'_>, target: &Target<'_>) -> Option<Fault> {
    member.weight.set()?;
    (target.lb_algorithm() == LbAlgorithm::SourceIp)
        .then(|| target.refuse(at!["member", "weight"], || without_effect("SOURCE_IP")))
}

pub(super) fn new_weight_without_effect(index: usize, target: &Target<'_>) -> Option<Fault> {
    (target.lb_algorithm() == LbAlgorithm::SourceIp)
        .then(|| target.refuse(at!["members", index, "weight"], || without_effect("SOURCE_IP")))
}

rule! {
    /// A weight is set in a group with the algorithm QUIC_CID.
    ///
    /// Newer sources say that weights have no effect there, as with SOURCE_IP.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {"weight": 10}}
    /// context: {"pool": {"lb_algorithm": "QUIC_CID"}}
    /// ```
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1", "weight": 10}]}
    /// context: {"pool": {"lb_algorithm": "QUIC_CID"}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 10}}
    /// context: {"pool": {"lb_algorithm": "LEAST_CONNECTIONS"}}
    /// ```
    WEIGHT_UNDER_QUIC_CID "weight-under-quic-cid" Info Documented ClosedList
    cites UpdateMember "UpdateMemberOption" "weight"
    cites BatchCreateMembers "BatchCreateMembersOption" "weight"
}

pub(super) fn weight_under_quic_cid(member: &UpdateMemberOption<'_>, target: &Target<'_>) -> Option<Fault> {
    member.weight.set()?;
    (target.lb_algorithm() == LbAlgorithm::QuicCid)
        .then(|| target.refuse(at!["member", "weight"], || without_effect("QUIC_CID")))
}

pub(super) fn new_weight_under_quic_cid(index: usize, target: &Target<'_>) -> Option<Fault> {
    (target.lb_algorithm() == LbAlgorithm::QuicCid)
        .then(|| target.refuse(at!["members", index, "weight"], || without_effect("QUIC_CID")))
}

fn without_effect(algorithm: &str) -> Words {
    Words::from(say!("the weight has no effect: the group's lb_algorithm is {}", algorithm))
        .help("remove `weight`")
        .removable()
}
