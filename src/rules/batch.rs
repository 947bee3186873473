//! The servers of a batch, taken together.

use std::net::IpAddr;

use super::{Words, at, rule};
use crate::api::batch_create_members::BatchCreateMembersOption;
use crate::api::field::Field;
use crate::api::texts::parse_ip;
use crate::lists::{SmallVec, smallvec};
use crate::target::{Fault, Target};

type Servers<'a, 'b> = &'b [Field<BatchCreateMembersOption<'a>>];

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
    members: Servers<'_, '_>,
    target: &Target<'_>,
    report: &mut dyn FnMut(Fault),
) {
    let server = |index: usize| {
        let member = members.get(index)?.set()?;
        let port = match &member.protocol_port {
            Field::Set(port) => Some(*port),
            Field::Absent | Field::Null => None,
            Field::Unknown => return None,
        };
        Server::of(member.address.set()?, port)
    };
    let mut seen = Seen::new(members.len(), &server);
    for (index, member) in members.iter().enumerate() {
        let Some(first) = server(index).and_then(|server| seen.first(&server, index)) else { continue };
        // What is no address is told of already.
        let Some(member) = member.set().filter(|member| member.ip().is_some()) else { continue };
        report(target.refuse(at!["members", index, "address"], || {
            let address = member.address.set().map_or("", |address| address);
            let mut digits = itoa::Buffer::new();
            let port = member.protocol_port.set();
            let (with, port) = port.map_or(("", ""), |port| (" with port ", digits.format(*port)));
            Words::of(&[address, with, port, " is in this batch already"])
                .help("remove one of them")
                .related(at!["members", first, "address"], "the same server")
        }));
    }
}

/// What a list of servers is looked up by.
#[derive(PartialEq)]
struct Server<'a> {
    address: Address<'a>,
    port: Option<i64>,
}

impl<'a> Server<'a> {
    fn of(address: &'a str, port: Option<i64>) -> Option<Self> {
        Some(Self { address: Address::of(address)?, port })
    }

    fn hash(&self) -> u64 {
        let bytes = self.address.bytes();
        let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
            // Both ends together are all of an address.
            (Some(first), Some(last)) => {
                u64::from_be_bytes(*first).rotate_left(29) ^ u64::from_be_bytes(*last)
            }
            _ => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
        };
        (ends ^ self.port.unwrap_or(-1) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32
    }
}

/// The servers of a list that were seen so far. A map of the standard library would be one more for a module for the
/// browser to bring along.
struct Seen<F> {
    server: F,
    /// By a hash of the server: 0 where there is none, else one more than the index of the first of its kind.
    places: SmallVec<[u32; 32]>,
}

impl<'a, F: Fn(usize) -> Option<Server<'a>>> Seen<F> {
    /// None yet of a list of this length, which has this server at an index.
    fn new(length: usize, server: F) -> Self {
        Self { server, places: smallvec![0; (length * 2).next_power_of_two()] }
    }

    /// The index of the first server that is the same; none if this is the first, which then is at an index.
    fn first(&mut self, wanted: &Server<'_>, index: usize) -> Option<usize> {
        let free = match self.find(wanted) {
            Ok(first) => return Some(first),
            Err(free) => self.places.get_mut(free)?,
        };
        *free = index as u32 + 1;
        None
    }

    /// The index of the first server that is the same, or where its place would be.
    fn find(&self, wanted: &Server<'_>) -> Result<usize, usize> {
        let mut at = wanted.hash() as usize;
        loop {
            at &= self.places.len() - 1;
            let place = self.places.get(at).copied().unwrap_or_default() as usize;
            let Some(first) = place.checked_sub(1) else { return Err(at) };
            if (self.server)(first).is_some_and(|known| known == *wanted) {
                return Ok(first);
            }
            at += 1;
        }
    }
}

/// An address, so that it is compared with others: of IPv6 there are many spellings, of IPv4 but one.
#[derive(PartialEq)]
enum Address<'a> {
    V4(&'a str),
    V6([u8; 16]),
}

impl<'a> Address<'a> {
    /// None where this is surely none, which is told of elsewhere.
    fn of(text: &'a str) -> Option<Self> {
        const LONGEST_V4: usize = "255.255.255.255".len();
        // An IPv6 address may end like one of IPv4, but has a colon before.
        if text.bytes().find(|byte| matches!(byte, b'.' | b':')) == Some(b'.') {
            return (text.len() <= LONGEST_V4).then_some(Self::V4(text));
        }
        match parse_ip(text)? {
            IpAddr::V6(address) => Some(Self::V6(address.octets())),
            IpAddr::V4(_) => None,
        }
    }

    /// At most sixteen.
    fn bytes(&self) -> &[u8] {
        match self {
            Self::V4(text) => text.as_bytes(),
            Self::V6(octets) => octets,
        }
    }
}

rule! {
    /// All servers of a batch have weight 0.
    ///
    /// A server with weight 0 gets no new requests, so none of them will do any work.
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

pub(super) fn all_weights_zero(members: Servers<'_, '_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let zero = |member: &Field<BatchCreateMembersOption<'_>>| {
        member.set().is_some_and(|member| member.weight == Field::Set(0))
    };
    if !members.is_empty() && members.iter().all(zero) {
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

pub(super) fn empty_batch(members: Servers<'_, '_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
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

pub(super) fn member_exists(members: Servers<'_, '_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let known = target.context().all(|known| &known.members);
    if known.is_empty() {
        return;
    }
    let server = |index: usize| {
        let member = known.get(index)?;
        Server::of(member.address.set()?, Some(*member.protocol_port.set()?))
    };
    let mut seen = Seen::new(known.len(), &server);
    for index in 0..known.len() {
        server(index).and_then(|server| seen.first(&server, index));
    }
    for (index, member) in members.iter().enumerate() {
        let exists = |member: &BatchCreateMembersOption<'_>| {
            let server = Server::of(member.address.set()?, Some(*member.protocol_port.set()?))?;
            Some(seen.find(&server).is_ok() && member.ip().is_some())
        };
        if member.set().and_then(exists) == Some(true) {
            report(target.refuse(
                at!["members", index, "address"],
                || "the group has a server with this address and port already",
            ));
        }
    }
}

rule! {
    /// A server with a subnet is added to a group that takes IP addresses only.
    ///
    /// To a group of type `ip`, only IP as backend servers can be added. Leave `subnet_cidr_id` out.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"type": "ip"}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"pool": {"type": "instance"}}
    /// ```
    SUBNET_IN_IP_POOL "subnet-in-ip-pool" Warning Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "subnet_cidr_id"
    cites UpdatePool "UpdatePoolOption" "type"
}

pub(super) fn subnet_in_ip_pool(
    member: &BatchCreateMembersOption<'_>,
    index: usize,
    target: &Target<'_>,
) -> Option<Fault> {
    member.subnet_cidr_id.filled()?;
    (target.pool_type() == crate::api::values::PoolType::Ip).then(|| {
        target.refuse(at!["members", index, "subnet_cidr_id"], || {
            Words::from("the group is of type `ip`, to which only IP as backend servers can be added")
                .help("remove `subnet_cidr_id`")
                .removable()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn spellings_of_one_address_are_the_same() {
        for spelling in ["::1.2.3.4", "0::102:304", "::0102:0304"] {
            assert!(Address::of(spelling) == Address::of("::102:304"), "{spelling}");
        }
        assert!(Address::of("1.2.3.4") != Address::of("::1.2.3.4"));
        assert!(Address::of("abc").is_none());
    }
}
