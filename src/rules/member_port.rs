//! The port of a backend server.

use super::{Words, at, rule};
use crate::api::batch_create_members::BatchCreateMembersOption;
use crate::api::update_member::UpdateMemberOption;
use crate::api::values::Protocol;
use crate::target::{Fault, Target};

rule! {
    /// A port is updated in a group that receives requests on any port.
    ///
    /// `protocol_port` cannot be updated if `any_port_enable` is true for the backend server group.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {"protocol_port": 80}}
    /// context: {"pool": {"any_port_enable": true}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"protocol_port": 80}}
    /// context: {"pool": {"any_port_enable": false}}
    /// ```
    /// ```json UpdateMember open
    /// {"member": {"protocol_port": 65535}}
    /// ```
    PORT_UNDER_ANY_PORT "port-under-any-port" Error Documented Structural
    cites UpdateMember "UpdateMemberOption" "protocol_port"
}

pub(super) fn port_under_any_port(member: &UpdateMemberOption<'_>, target: &Target<'_>) -> Option<Fault> {
    member.protocol_port.given()?;
    target.any_port_enable().then(|| {
        target.refuse(at!["member", "protocol_port"], || {
            Words::from("`protocol_port` cannot be updated: the group has any_port_enable")
                .help("remove `protocol_port`")
        })
    })
}

rule! {
    /// A port is missing in a group that does not receive requests on any port.
    ///
    /// `protocol_port` can be left blank only if `any_port_enable` is true for the backend server group.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"any_port_enable": false}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"any_port_enable": true}}
    /// ```
    /// ```json BatchCreateMembers open
    /// {"members": [{"address": "192.168.0.48", "subnet_cidr_id": "s1"}]}
    /// ```
    MEMBER_WITHOUT_PORT "member-without-port" Error Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "protocol_port"
}

pub(super) fn member_without_port(
    member: &BatchCreateMembersOption<'_>,
    index: usize,
    target: &Target<'_>,
) -> Option<Fault> {
    (member.protocol_port.given().is_none() && !target.any_port_enable()).then(|| {
        target.refuse(at!["members", index, "protocol_port"], || {
            Words::from("`protocol_port` is missing, and the group does not have any_port_enable")
                .help("set the port that the server receives requests on")
        })
    })
}

rule! {
    /// A port is set in a group that receives requests on any port.
    ///
    /// It does not take effect if `any_port_enable` is true for the backend server group.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"any_port_enable": true}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"any_port_enable": false}}
    /// ```
    PORT_WITHOUT_EFFECT "port-without-effect" Info Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "protocol_port"
}

pub(super) fn port_without_effect(
    member: &BatchCreateMembersOption<'_>,
    index: usize,
    target: &Target<'_>,
) -> Option<Fault> {
    member.protocol_port.set()?;
    target.any_port_enable().then(|| {
        target.refuse(at!["members", index, "protocol_port"], || {
            Words::from("the port has no effect: the group has any_port_enable").removable()
        })
    })
}

rule! {
    /// The port is 0, in a group of another protocol than IP.
    ///
    /// A port ranges from 1 to 65535. Only behind gateway load balancers, in groups of protocol IP, is it 0.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 0, "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"protocol": "TCP"}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 1, "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"protocol": "TCP"}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 0, "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"protocol": "IP"}}
    /// ```
    /// ```json BatchCreateMembers open
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 0, "subnet_cidr_id": "s1"}]}
    /// ```
    PORT_ZERO_OUTSIDE_IP "port-zero-outside-ip" Error Documented Bound
    cites BatchCreateMembers "BatchCreateMembersOption" "protocol_port"
}

pub(super) fn port_zero_outside_ip(
    member: &BatchCreateMembersOption<'_>,
    index: usize,
    target: &Target<'_>,
) -> Option<Fault> {
    (*member.protocol_port.set()? == 0 && target.protocol() != Protocol::Ip).then(|| {
        target.refuse(at!["members", index, "protocol_port"], || {
            Words::from("port 0 is only for groups of protocol IP").help("use a port from 1 to 65535")
        })
    })
}
