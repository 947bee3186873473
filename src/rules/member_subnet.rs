//! The subnet of a backend server: what the context knows of it, and whether the group takes servers of subnets.

use super::{Words, at, in_another_vpc, outside_subnet, rule};
use crate::api::batch_create_members::BatchCreateMembersOption;
use crate::api::context::{Entries, Subnet};
use crate::api::values::PoolType;
use crate::say::say;
use crate::target::{Fault, Target};

type Server<'a> = BatchCreateMembersOption<'a>;

rule! {
    /// An address is not in its subnet.
    ///
    /// The address must be in the subnet that `subnet_cidr_id` names. Seen only where the context has the subnet.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.1.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"subnets": [{"neutron_subnet_id": "s1", "cidr": "192.168.0.0/24"}]}
    /// ```
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "2001:db8::48", "protocol_port": 80, "subnet_cidr_id": "n1"}]}
    /// context: {"subnets": [{"neutron_network_id": "n1", "cidr": "192.168.0.0/24", "ipv6_enable": false}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"subnets": [{"neutron_subnet_id": "s1", "cidr": "192.168.0.0/24"}]}
    /// ```
    ADDRESS_OUTSIDE_SUBNET "address-outside-subnet" Error Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "address"
}

pub(super) fn address_outside_subnet(
    member: &Server<'_>,
    subnet: &Entries<'_, Subnet>,
    index: usize,
    target: &Target<'_>,
) -> Option<Fault> {
    let (address, shown) = (member.ip()?, member.address.set()?);
    if address.is_ipv6() && subnet.last(|subnet| &subnet.ipv6_enable) == Some(&false) {
        return Some(target.refuse(at!["members", index, "address"], || {
            Words::from(say!("{} is not in the subnet, which has IPv6 disabled", shown))
                .related(at!["members", index, "subnet_cidr_id"], "this subnet has no IPv6 addresses")
        }));
    }
    let range = if address.is_ipv4() {
        subnet.last(|subnet| &subnet.cidr)
    } else {
        subnet.last(|subnet| &subnet.cidr_v6)
    };
    let net = range?.if_outside(address)?;
    Some(target.refuse(at!["members", index, "address"], || {
        outside_subnet(shown, net, at!["members", index, "subnet_cidr_id"])
    }))
}

rule! {
    /// A server's subnet lies in another VPC than the load balancer.
    ///
    /// Seen only where the context has the subnet and the load balancer's `vpc_id`. To reach a server in another VPC,
    /// add it by its address alone.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"loadbalancer": {"vpc_id": "v1"}, "subnets": [{"neutron_subnet_id": "s1", "vpc_id": "v2"}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"loadbalancer": {"vpc_id": "v1"}, "subnets": [{"neutron_subnet_id": "s1", "vpc_id": "v1"}]}
    /// ```
    MEMBER_IN_ANOTHER_VPC "member-in-another-vpc" Error Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "subnet_cidr_id"
}

pub(super) fn member_in_another_vpc(
    member: &Server<'_>,
    subnet: &Entries<'_, Subnet>,
    index: usize,
    target: &Target<'_>,
) -> Option<Fault> {
    let (vpc, own) = (subnet.vpc()?, target.context().vpc()?);
    (vpc != own).then(|| {
        target.refuse(at!["members", index, "subnet_cidr_id"], || {
            let words = in_another_vpc(vpc, own);
            if member.ip().is_some_and(|address| address.is_ipv6()) {
                return words;
            }
            words.help(
                "to reach a server in another VPC, leave `subnet_cidr_id` out and enable IP as a backend",
            )
        })
    })
}

rule! {
    /// A subnet is named by the id that belongs to the other IP version.
    ///
    /// `neutron_subnet_id` names the IPv4 part of a subnet, `neutron_network_id` its IPv6 part. Seen only where the
    /// context has the subnet.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "net"}]}
    /// context: {"subnets": [{"neutron_subnet_id": "v4", "neutron_network_id": "net"}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "v4"}]}
    /// context: {"subnets": [{"neutron_subnet_id": "v4", "neutron_network_id": "net"}]}
    /// ```
    SUBNET_ID_OF_OTHER_VERSION "subnet-id-of-other-version" Warning Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "subnet_cidr_id"
}

pub(super) fn subnet_id_of_other_version(
    member: &Server<'_>,
    subnet: &Entries<'_, Subnet>,
    index: usize,
    target: &Target<'_>,
) -> Option<Fault> {
    let id = member.subnet_cidr_id.filled()?;
    let network_id = subnet.last(|subnet| &subnet.neutron_network_id);
    let subnet_id = subnet.last(|subnet| &subnet.neutron_subnet_id);
    let (right, other, name, version) = if member.ip()?.is_ipv6() {
        (network_id, subnet_id, "neutron_network_id", "IPv6")
    } else {
        (subnet_id, network_id, "neutron_subnet_id", "IPv4")
    };
    let is = |known: Option<&String>| known.is_some_and(|known| known == id);
    let is_other =
        if right.is_some() { !is(right) } else { is(other) && !is(subnet.last(|subnet| &subnet.id)) };
    is_other.then(|| {
        target.refuse(at!["members", index, "subnet_cidr_id"], || {
            let words = Words::from(say!("an {} subnet goes by its {}, which this is not", version, name));
            match right {
                Some(right) => words.help(say!("use `{}`", right)),
                None => words,
            }
        })
    })
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

pub(super) fn subnet_in_ip_pool(_: &Server<'_>, index: usize, target: &Target<'_>) -> Option<Fault> {
    (target.pool_type() == PoolType::Ip).then(|| {
        target.refuse(at!["members", index, "subnet_cidr_id"], || {
            Words::from("the group is of type `ip`, to which only IP as backend servers can be added")
                .help("remove `subnet_cidr_id`")
                .removable()
        })
    })
}
