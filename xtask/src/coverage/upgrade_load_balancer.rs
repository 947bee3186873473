//! The page on upgrading a load balancer.

use elblint::Operation;

use super::{BODY, FUNCTION, NEWER, PATH, Page, Sentence, never, rules};

pub(super) const PAGE: Page =
    Page { operation: Operation::UpgradeLoadBalancer, objects: &[("", BODY)], own: SENTENCES };

const SENTENCES: &[Sentence] = &[
    rules(FUNCTION, "", "only a shared load balancer can be upgraded", &["upgrade-of-dedicated"]),
    never(
        FUNCTION,
        "",
        "a dedicated load balancer cannot be turned back into a shared one",
        "the API has no operation that would ask for it",
    ),
    rules(
        PATH,
        "project_id",
        "at most 32 characters, out of digits and lowercase letters",
        &["project-id", "odd-project-id"],
    ),
    rules(PATH, "loadbalancer_id", "mandatory", &["empty-path-parameter", "unfilled-path-parameter"]),
    rules(
        PATH,
        "loadbalancer_id",
        "names the load balancer to be upgraded",
        &["context-of-another-resource"],
    ),
    rules(
        BODY,
        "",
        "the body is an object with these members at its root",
        &["required", "syntax", "wrong-type", "unknown-field", "duplicate-key"],
    ),
    // action
    rules(BODY, "action", "mandatory", &["required"]),
    rules(BODY, "action", "a string", &["wrong-type"]),
    rules(BODY, "action", "start, complete or rollback", &["one-of"]),
    rules(BODY, "action", "start: only while the status is ACTIVE", &["upgrade-in-wrong-status"]),
    rules(BODY, "action", "complete: only while the status is UPGRADED", &["upgrade-in-wrong-status"]),
    rules(BODY, "action", "complete: there is no rolling back afterwards", &["complete-cannot-be-undone"]),
    rules(
        BODY,
        "action",
        "rollback: only while the status is UPGRADED, UPGRADE_FAILED or ROLLBACK_FAILED",
        &["upgrade-in-wrong-status"],
    ),
    // l4_flavor_id
    rules(BODY, "l4_flavor_id", "a string", &["wrong-type"]),
    rules(
        BODY,
        "l4_flavor_id",
        "the id of a flavor of layer 4",
        &["flavor-of-wrong-layer", "unknown-flavor"],
    ),
    rules(BODY, "l4_flavor_id", "counts only when the action is start", &["start-only-field"]),
    rules(
        BODY,
        "l4_flavor_id",
        "mandatory where the load balancer has a listener of layer 4",
        &["layer-4-without-flavor"],
    ),
    rules(BODY, "l4_flavor_id", "not blank together with l7_flavor_id", &["start-without-flavor"]),
    // l7_flavor_id
    rules(BODY, "l7_flavor_id", "a string", &["wrong-type"]),
    rules(
        BODY,
        "l7_flavor_id",
        "the id of a flavor of layer 7",
        &["flavor-of-wrong-layer", "unknown-flavor"],
    ),
    rules(BODY, "l7_flavor_id", "counts only when the action is start", &["start-only-field"]),
    rules(
        BODY,
        "l7_flavor_id",
        "mandatory where the load balancer has a listener of layer 7",
        &["layer-7-without-flavor"],
    ),
    rules(BODY, "l7_flavor_id", "not blank together with l4_flavor_id", &["start-without-flavor"]),
    // availability_zone_list
    rules(BODY, "availability_zone_list", "a list of strings", &["wrong-type"]),
    rules(BODY, "availability_zone_list", "zones in which load balancers can be created", &["unknown-zone"]),
    rules(BODY, "availability_zone_list", "counts only when the action is start", &["start-only-field"]),
    rules(BODY, "availability_zone_list", "required when the action is start", &["start-without-zones"]),
    rules(
        BODY,
        "availability_zone_list",
        "one zone or more, all of the same set",
        &["start-without-zones", "zones-of-different-sets"],
    ),
    // ipv6_vip_virsubnet_id
    rules(BODY, "ipv6_vip_virsubnet_id", "a string", &["wrong-type"]),
    rules(
        BODY,
        "ipv6_vip_virsubnet_id",
        "the subnet's id as the VPC service returns it",
        &["neutron-subnet-id"],
    ),
    rules(
        BODY,
        "ipv6_vip_virsubnet_id",
        "not limited to start in the text, unlike the other optional parameters",
        &["ipv6-without-start"],
    ),
    never(
        BODY,
        "ipv6_vip_virsubnet_id",
        "required to distribute IPv6 requests",
        "a request does not say whether IPv6 is wanted",
    ),
    rules(
        BODY,
        "ipv6_vip_virsubnet_id",
        "in the VPC of the shared load balancer",
        &["subnet-in-another-vpc"],
    ),
    rules(BODY, "ipv6_vip_virsubnet_id", "IPv6 is enabled for the subnet", &["subnet-without-ipv6"]),
    // ipv6_vip_address
    rules(BODY, "ipv6_vip_address", "a string", &["wrong-type"]),
    rules(BODY, "ipv6_vip_address", "an IPv6 address", &["ip-address"]),
    rules(BODY, "ipv6_vip_address", "out of the IPv6 subnet", &["ipv6-address-outside-subnet"]),
    never(
        BODY,
        "ipv6_vip_address",
        "not in use elsewhere",
        "no GET response that a context has lists the addresses in use",
    ),
    rules(BODY, "ipv6_vip_address", "needs ipv6_vip_virsubnet_id", &["ipv6-address-without-subnet"]),
    never(
        BODY,
        "ipv6_vip_address",
        "assigned by the service where only the subnet is given",
        "tells what the service does, and forbids nothing",
    ),
    never(
        BODY,
        "ipv6_vip_address",
        "null where neither address nor subnet is given",
        "tells what the service does, and forbids nothing",
    ),
    // elb_virsubnet_ids
    rules(BODY, "elb_virsubnet_ids", "a list of strings", &["wrong-type"]),
    rules(
        BODY,
        "elb_virsubnet_ids",
        "network ids, neutron_network_id of the VPC service",
        &["neutron-subnet-id"],
    ),
    rules(BODY, "elb_virsubnet_ids", "counts only when the action is start", &["start-only-field"]),
    never(
        BODY,
        "elb_virsubnet_ids",
        "by default the subnet of the load balancer's own address",
        "tells what the service does, and forbids nothing",
    ),
    rules(BODY, "elb_virsubnet_ids", "in the VPC of the load balancer", &["subnet-in-another-vpc"]),
    // newer
    rules(NEWER, "prepaid_options", "yearly or monthly billing", &["newer-field"]),
    rules(NEWER, "prepaid_options.period_type", "the unit of the period, a string", &["wrong-type"]),
];
