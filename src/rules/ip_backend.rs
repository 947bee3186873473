//! IP as a backend: servers that are added by their address alone, without a subnet.

use std::net::IpAddr;

use super::{Words, at, rule, told};
use crate::api::batch_create_members::BatchCreateMembersOption;
use crate::api::field::Field;
use crate::api::values::Protocol;
use crate::say::say;
use crate::target::{Fact, Fault, Target};

type Server<'a> = BatchCreateMembersOption<'a>;

rule! {
    /// A server is added by its IP address to a load balancer that does not permit it.
    ///
    /// Without `subnet_cidr_id`, a server is an IP as a backend, and the load balancer's `ip_target_enable` must be
    /// true; otherwise the service answers ELB.8939. Name the subnet, or enable IP as a backend.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": false}, "pool": {"protocol": "TCP"}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}, "pool": {"protocol": "TCP"}}
    /// ```
    /// ```json BatchCreateMembers open
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"pool": {"protocol": "TCP"}}
    /// ```
    IP_BACKEND_NOT_ENABLED "ip-backend-not-enabled" Error Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "subnet_cidr_id"
}

pub(super) fn ip_backend_not_enabled(_: &Server<'_>, index: usize, target: &Target<'_>) -> Option<Fault> {
    (!target.ip_target_enable()).then(|| {
        target.refuse(at!["members", index, "subnet_cidr_id"], || {
            Words::from("`subnet_cidr_id` is blank, but the load balancer's ip_target_enable is false")
                .help("name the server's subnet, or enable IP as a backend for the load balancer")
        })
    })
}

rule! {
    /// A server is added by its IP address to a group whose protocol does not permit it.
    ///
    /// IP as a backend needs a group of protocol TCP, UDP, TLS, HTTP, HTTPS, QUIC or GRPC; otherwise the service
    /// answers ELB.8938.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}, "pool": {"protocol": "TCPSSL"}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}, "pool": {"protocol": "HTTP"}}
    /// ```
    /// ```json BatchCreateMembers open
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}}
    /// ```
    IP_BACKEND_PROTOCOL "ip-backend-protocol" Error Documented ClosedList
    cites BatchCreateMembers "BatchCreateMembersOption" "subnet_cidr_id"
}

pub(super) fn ip_backend_protocol(_: &Server<'_>, index: usize, target: &Target<'_>) -> Option<Fault> {
    use Protocol::{Ip, Other, Tcpssl};
    matches!(target.protocol(), Ip | Tcpssl | Other).then(|| {
        target.refuse(at!["members", index, "subnet_cidr_id"], || {
            Words::from(say!(
                "`subnet_cidr_id` is blank, but {}, which does not take IP as a backend",
                told(target, Fact::PoolProtocol)
            ))
            .help("name the server's subnet")
        })
    })
}

rule! {
    /// A server is added by its IP address to a group of protocol UDP, TLS, QUIC or GRPC.
    ///
    /// The newer pages permit it; older ones and some sites permit only TCP, HTTP and HTTPS.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}, "pool": {"protocol": "UDP"}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}, "pool": {"protocol": "TCP"}}
    /// ```
    IP_BACKEND_ON_NEWER_PROTOCOL "ip-backend-on-newer-protocol" Info Documented ClosedList
    cites BatchCreateMembers "BatchCreateMembersOption" "subnet_cidr_id"
}

pub(super) fn ip_backend_on_newer_protocol(
    _: &Server<'_>,
    index: usize,
    target: &Target<'_>,
) -> Option<Fault> {
    use Protocol::{Grpc, Quic, Tls, Udp};
    matches!(target.protocol(), Udp | Tls | Quic | Grpc).then(|| {
        target.refuse(at!["members", index, "subnet_cidr_id"], || {
            say!(
                "older sites take IP as a backend only in TCP, HTTP and HTTPS groups, not in {}",
                target.protocol().word()
            )
        })
    })
}

rule! {
    /// A server is added by an IPv6 address alone.
    ///
    /// Without `subnet_cidr_id`, the address must be IPv4. Name the IPv6 subnet by its `neutron_network_id`.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "2001:db8::48", "protocol_port": 80}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "2001:db8::48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// ```
    IPV6_WITHOUT_SUBNET "ipv6-without-subnet" Error Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "address"
}

pub(super) fn ipv6_without_subnet(member: &Server<'_>, index: usize, target: &Target<'_>) -> Option<Fault> {
    member.ip()?.is_ipv6().then(|| {
        target.refuse(at!["members", index, "address"], || {
            Words::from("without `subnet_cidr_id` the address must be IPv4")
                .help("name the IPv6 subnet by its neutron_network_id, or use an IPv4 address")
        })
    })
}

rule! {
    /// A server is added by a public IP address alone.
    ///
    /// IP as a backend must use private IPv4 addresses: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16. The page says
    /// so in one place and leaves it out in another.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "120.10.10.16", "protocol_port": 80}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "172.31.255.255", "protocol_port": 80}]}
    /// ```
    PUBLIC_IP_BACKEND "public-ip-backend" Warning Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "subnet_cidr_id"
}

pub(super) fn public_ip_backend(member: &Server<'_>, index: usize, target: &Target<'_>) -> Option<Fault> {
    let (IpAddr::V4(address), shown) = (member.ip()?, member.address.set()?) else { return None };
    (!address.is_private()).then(|| {
        target.refuse(at!["members", index, "address"], || {
            say!("{} is not a private address, as IP as a backend must use", shown)
        })
    })
}

rule! {
    /// An availability zone is set for a server that has a subnet.
    ///
    /// `availability_zone` can be set only for IP as a backend; other servers are where their subnet is.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1", "availability_zone": "az1"}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "availability_zone": "az1"}]}
    /// ```
    ZONE_WITH_SUBNET "zone-with-subnet" Error Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "availability_zone"
}

pub(super) fn zone_with_subnet(member: &Server<'_>, index: usize, target: &Target<'_>) -> Option<Fault> {
    (!member.availability_zone.is_blank()).then(|| {
        target.refuse(at!["members", index, "availability_zone"], || {
            Words::from("`availability_zone` is only for servers that are added by their address alone")
                .help("remove `availability_zone`")
                .related(at!["members", index, "subnet_cidr_id"], "this server has a subnet")
        })
    })
}

rule! {
    /// A server that is added by its address alone names no availability zone, in a group with AZ affinity.
    ///
    /// If AZ affinity is enabled for the backend server group, every IP as a backend must have a valid
    /// `availability_zone`.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}, "pool": {"protocol": "TCP", "az_affinity": {"enable": true}}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "availability_zone": "az1"}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}, "pool": {"protocol": "TCP", "az_affinity": {"enable": true}}}
    /// ```
    /// ```json BatchCreateMembers open
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// context: {"loadbalancer": {"ip_target_enable": true}, "pool": {"protocol": "TCP"}}
    /// ```
    AFFINITY_WITHOUT_ZONE "affinity-without-zone" Error Documented Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "availability_zone"
}

pub(super) fn affinity_without_zone(member: &Server<'_>, index: usize, target: &Target<'_>) -> Option<Fault> {
    (member.availability_zone.is_blank() && target.az_affinity()).then(|| {
        target.refuse(at!["members", index, "availability_zone"], || {
            Words::from("`availability_zone` is blank, but the group has AZ affinity")
                .help("name the availability zone of the server")
        })
    })
}

rule! {
    /// A subnet is given as "".
    ///
    /// Nothing says whether "" is taken for a blank subnet. To add a server by its address alone, leave
    /// `subnet_cidr_id` out.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": ""}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80}]}
    /// ```
    EMPTY_SUBNET "empty-subnet" Warning Suspicious Structural
    cites BatchCreateMembers "BatchCreateMembersOption" "subnet_cidr_id"
}

pub(super) fn empty_subnet(member: &Server<'_>, index: usize, target: &Target<'_>) -> Option<Fault> {
    let Field::Set(subnet) = &member.subnet_cidr_id else { return None };
    subnet.is_empty().then(|| {
        target.refuse(at!["members", index, "subnet_cidr_id"], || {
            Words::from("nothing says whether \"\" is taken for a blank subnet")
                .help("leave `subnet_cidr_id` out to add the server by its address alone")
        })
    })
}
