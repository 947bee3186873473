//! The subnets of an upgraded load balancer, and its IPv6 address.

use std::net::IpAddr;

use super::{Words, at, in_another_vpc, outside_subnet, rule};
use crate::api::context::{Entries, Subnet};
use crate::api::texts::parse_ip;
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::api::values::UpgradeAction;
use crate::say::say;
use crate::target::{At, Fault, Target};

type Body<'a> = UpgradeLoadBalancerRequestBody<'a>;

rule! {
    /// An IPv6 address is given without its subnet.
    ///
    /// `ipv6_vip_virsubnet_id` is also required where `ipv6_vip_address` is given.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "ipv6_vip_address": "2001:db8::5"}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "ipv6_vip_address": "2001:db8::5", "ipv6_vip_virsubnet_id": "s1"}
    /// ```
    IPV6_ADDRESS_WITHOUT_SUBNET "ipv6-address-without-subnet" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "ipv6_vip_address"
}

pub(super) fn ipv6_address_without_subnet(body: &Body<'_>, target: &Target<'_>) -> Option<Fault> {
    (!body.ipv6_vip_address.is_blank() && body.ipv6_vip_virsubnet_id.is_blank()).then(|| {
        target.refuse(at!["ipv6_vip_virsubnet_id"], || {
            Words::from("`ipv6_vip_address` needs `ipv6_vip_virsubnet_id`, which is blank")
                .help("name the subnet that the address is from, or leave the address out")
                .related(at!["ipv6_vip_address"], "needs its subnet")
        })
    })
}

rule! {
    /// The IPv6 address is not from its subnet.
    ///
    /// Seen only where the context has the subnet with its `cidr_v6`.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "ipv6_vip_address": "2001:db9::5", "ipv6_vip_virsubnet_id": "s1"}
    /// context: {"subnets": [{"id": "s1", "cidr_v6": "2001:db8::/64"}]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "ipv6_vip_address": "2001:db8::5", "ipv6_vip_virsubnet_id": "s1"}
    /// context: {"subnets": [{"id": "s1", "cidr_v6": "2001:db8::/64"}]}
    /// ```
    IPV6_ADDRESS_OUTSIDE_SUBNET "ipv6-address-outside-subnet" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "ipv6_vip_address"
}

pub(super) fn ipv6_address_outside_subnet(
    body: &Body<'_>,
    target: &Target<'_>,
    report: &mut dyn FnMut(Fault),
) {
    let outside = || {
        let address = body.ipv6_vip_address.filled()?;
        let subnet = target.context().subnet(body.ipv6_vip_virsubnet_id.filled()?)?;
        let net =
            subnet.last(|subnet| &subnet.cidr_v6)?.if_outside(parse_ip(address).filter(IpAddr::is_ipv6)?)?;
        Some((address, net))
    };
    if let Some((address, net)) = outside() {
        report(
            target.refuse(at!["ipv6_vip_address"], || {
                outside_subnet(address, net, at!["ipv6_vip_virsubnet_id"])
            }),
        );
    }
}

rule! {
    /// The IPv6 subnet has IPv6 disabled.
    ///
    /// IPv6 must be enabled for the subnet that `ipv6_vip_virsubnet_id` names. Seen only where the context has the
    /// subnet.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "ipv6_vip_virsubnet_id": "s1"}
    /// context: {"subnets": [{"id": "s1", "ipv6_enable": false}]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "ipv6_vip_virsubnet_id": "s1"}
    /// context: {"subnets": [{"id": "s1", "ipv6_enable": true}]}
    /// ```
    SUBNET_WITHOUT_IPV6 "subnet-without-ipv6" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "ipv6_vip_virsubnet_id"
}

pub(super) fn subnet_without_ipv6(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let subnet = body.ipv6_vip_virsubnet_id.filled().and_then(|id| target.context().subnet(id));
    if subnet.is_some_and(|subnet| subnet.last(|subnet| &subnet.ipv6_enable) == Some(&false)) {
        report(target.refuse(at!["ipv6_vip_virsubnet_id"], || {
            Words::from("the subnet has IPv6 disabled")
                .help("enable IPv6 for the subnet, or name another one")
        }));
    }
}

rule! {
    /// A subnet lies in another VPC than the load balancer.
    ///
    /// The IPv6 subnet and the downstream subnets of an upgraded load balancer must lie in its VPC. Seen only where
    /// the context has the subnet and the load balancer's `vpc_id`.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "elb_virsubnet_ids": ["s1"]}
    /// context: {"loadbalancer": {"vpc_id": "v1"}, "subnets": [{"neutron_network_id": "s1", "vpc_id": "v2"}]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "elb_virsubnet_ids": ["s1"]}
    /// context: {"loadbalancer": {"vpc_id": "v1"}, "subnets": [{"neutron_network_id": "s1", "vpc_id": "v1"}]}
    /// ```
    SUBNET_IN_ANOTHER_VPC "subnet-in-another-vpc" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "elb_virsubnet_ids"
    cites UpgradeLoadBalancer "Request body parameters" "ipv6_vip_virsubnet_id"
}

pub(super) fn subnet_in_another_vpc(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    each_subnet(body, target, &mut |at, subnet, _| {
        if let (Some(vpc), Some(own)) = (subnet.vpc(), target.context().vpc())
            && vpc != own
        {
            report(target.refuse(at, || in_another_vpc(vpc, own)));
        }
    });
}

/// Goes through the subnets of which something is known, with the ids that the request has for them. Without a start,
/// downstream subnets have no effect.
fn each_subnet(body: &Body<'_>, target: &Target<'_>, seen: &mut dyn FnMut(At, &Entries<'_, Subnet>, &str)) {
    let mut look = |at, id: Option<&str>| {
        if let Some(id) = id
            && let Some(subnet) = target.context().subnet(id)
        {
            seen(at, &subnet, id);
        }
    };
    look(at!["ipv6_vip_virsubnet_id"], body.ipv6_vip_virsubnet_id.filled());
    if body.action.set() == Some(&UpgradeAction::Start) {
        for (index, id) in body.elb_virsubnet_ids.set().into_iter().flatten().enumerate() {
            look(at!["elb_virsubnet_ids", index], id.filled());
        }
    }
}

rule! {
    /// A subnet is named by the wrong one of its ids.
    ///
    /// A subnet has three ids. Downstream subnets go by `neutron_network_id`, the IPv6 subnet by `id`; the
    /// `neutron_subnet_id` names the IPv4 part of a subnet and fits neither. Seen only where the context has the
    /// subnet.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "elb_virsubnet_ids": ["n4"]}
    /// context: {"subnets": [{"id": "s1", "neutron_network_id": "s1", "neutron_subnet_id": "n4"}]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"], "elb_virsubnet_ids": ["s1"]}
    /// context: {"subnets": [{"id": "s1", "neutron_network_id": "s1", "neutron_subnet_id": "n4"}]}
    /// ```
    NEUTRON_SUBNET_ID "neutron-subnet-id" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "elb_virsubnet_ids"
    cites UpgradeLoadBalancer "Request body parameters" "ipv6_vip_virsubnet_id"
}

pub(super) fn neutron_subnet_id(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    each_subnet(body, target, &mut |at, subnet, id| {
        let own_id = subnet.last(|subnet| &subnet.id);
        let network_id = subnet.last(|subnet| &subnet.neutron_network_id);
        let is = |own: Option<&String>| own.is_some_and(|own| own == id);
        if is(subnet.last(|subnet| &subnet.neutron_subnet_id)) && !is(own_id) && !is(network_id) {
            report(target.refuse(at, || {
                let words = Words::from("this is the subnet's `neutron_subnet_id`, which is not taken here");
                // The network of a subnet has the subnet's own id.
                match own_id.or(network_id) {
                    Some(right) => words.help(say!("use `{}`", right)),
                    None => words,
                }
            }));
        }
    });
}
