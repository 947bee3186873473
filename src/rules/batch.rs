//! The servers of a batch, taken together.

use super::servers::{Server, Servers};
use super::{Words, at, rule};
use crate::api::batch_create_members::BatchCreateMembersOption;
use crate::api::field::Field;
use crate::say::say;
use crate::target::{Fact, Fault, Target};

type Members<'a, 'b> = &'b [Field<BatchCreateMembersOption<'a>>];

rule! {
    /// The same server is added twice.
    ///
    /// Two servers of one group need different pairs of address and port.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}, {"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// ```
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "subnet_cidr_id": "s1"}, {"address": "192.168.0.48", "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"any_port_enable": true}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}, {"address": "192.168.0.48", "protocol_port": 81, "subnet_cidr_id": "s1"}]}
    /// ```
    SAME_MEMBER_TWICE "same-member-twice" Warning Suspicious Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "address"
}

pub(super) fn same_member_twice(
    members: Members<'_, '_>,
    target: &Target<'_>,
    report: &mut dyn FnMut(Fault),
) {
    let server = |index: usize| {
        let member = members.get(index)?.set()?;
        let port = match &member.protocol_port {
            // What is no port is told of already, and may not be held as it is written.
            Field::Set(port) => Some(u16::try_from(*port).ok()?),
            Field::Absent | Field::Null => None,
            Field::Unknown => return None,
        };
        Server::of(member.address.set()?, port, index)
    };
    let servers = Servers::of(members.len(), &server);
    for (index, first) in servers.again() {
        // What is no address is told of already.
        let member = members.get(index).and_then(Field::set);
        let Some(member) = member.filter(|member| member.ip().is_some()) else { continue };
        report(target.refuse(at!["members", index, "address"], || {
            let address = member.address.set().map_or("", |address| address);
            let mut digits = itoa::Buffer::new();
            let port = member.protocol_port.set();
            let (with, port) = port.map_or(("", ""), |port| (" with port ", digits.format(*port)));
            Words::from(say!("{}{}{} is in this batch already", address, with, port))
                .help("remove one of them")
                .related(at!["members", first, "address"], "the same server")
        }));
    }
}

rule! {
    /// All servers of a batch have weight 0.
    ///
    /// A server with weight 0 gets no new requests, so none of them will do any work. Under SOURCE_IP and QUIC_CID weights
    /// have no effect, and nothing is said of this.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1", "weight": 0}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1", "weight": 0}, {"address": "192.168.0.49", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// ```
    ALL_WEIGHTS_ZERO "all-weights-zero" Warning Suspicious Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "weight"
}

pub(super) fn all_weights_zero(members: Members<'_, '_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let zero = |member: &Field<BatchCreateMembersOption<'_>>| {
        member.set().is_some_and(|member| member.weight == Field::Set(0))
    };
    // Of a weight that has no effect more is said elsewhere.
    let heeded = !matches!(target.context().word(Fact::PoolLbAlgorithm), Some("SOURCE_IP" | "QUIC_CID"));
    if heeded && !members.is_empty() && members.iter().all(zero) {
        report(
            target.refuse(
                at!["members"],
                || "every server of the batch has weight 0, so none will get requests",
            ),
        );
    }
}

rule! {
    /// A batch adds no server.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": []}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// ```
    EMPTY_BATCH "empty-batch" Warning Suspicious Structural
    cites BatchCreateMembers "Request body parameters" "members"
}

pub(super) fn empty_batch(members: Members<'_, '_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    if members.is_empty() {
        report(target.refuse(at!["members"], || "the batch adds no server"));
    }
}

rule! {
    /// A server is in the group already.
    ///
    /// The service answers `existed` for it and changes nothing. Seen only where the context has the group's members.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"members": [{"id": "m1", "address": "192.168.0.48", "protocol_port": 80}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 81, "subnet_cidr_id": "s1"}]}
    /// context: {"members": [{"id": "m1", "address": "192.168.0.48", "protocol_port": 80}]}
    /// ```
    MEMBER_EXISTS "member-exists" Info Documented Structural
    cites BatchCreateMembers "BatchMember" "ret_status"
}

pub(super) fn member_exists(members: Members<'_, '_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let known = target.context().all(|known| &known.members);
    if known.is_empty() {
        return;
    }
    let server =
        |address: &str, port: &i64, index| Server::of(address, Some(u16::try_from(*port).ok()?), index);
    let known = Servers::of(known.len(), &|index| {
        let member = known.get(index)?;
        server(member.address.set()?, member.protocol_port.set()?, index)
    });
    for (index, member) in members.iter().enumerate() {
        let exists = |member: &BatchCreateMembersOption<'_>| {
            let server = server(member.address.set()?, member.protocol_port.set()?, index)?;
            Some(known.has(&server) && member.ip().is_some())
        };
        if member.set().and_then(exists) == Some(true) {
            report(target.refuse(
                at!["members", index, "address"],
                || "the group has a server with this address and port already",
            ));
        }
    }
}
