//! The page on adding backend servers in batches.

use elblint::Operation;

use super::{BODY, FUNCTION, PATH, Page, Sentence, never, rules};

const MEMBER: &str = "BatchCreateMembersOption";

pub(super) const PAGE: Page = Page {
    operation: Operation::BatchCreateMembers,
    objects: &[("", BODY), ("members[]", MEMBER)],
    own: SENTENCES,
};

const SENTENCES: &[Sentence] = &[
    rules(FUNCTION, "", "at most 200 servers at a time", &["length"]),
    rules(
        FUNCTION,
        "",
        "names no status of the load balancer, unlike the other pages on servers",
        &["batch-while-not-active"],
    ),
    rules(PATH, "pool_id", "mandatory", &["empty-path-parameter", "unfilled-path-parameter"]),
    rules(PATH, "pool_id", "names the group", &["context-of-another-resource"]),
    rules(
        PATH,
        "project_id",
        "at most 32 characters, out of digits and lowercase letters",
        &["project-id", "odd-project-id"],
    ),
    rules(
        BODY,
        "",
        "the body is an object with the one member members",
        &["required", "syntax", "wrong-type", "unknown-field", "duplicate-key"],
    ),
    rules(BODY, "members", "mandatory", &["required"]),
    rules(BODY, "members", "a list of objects", &["wrong-type"]),
    rules(BODY, "members", "the servers to be added", &["empty-batch"]),
    rules(MEMBER, "", "these members", &["unknown-field", "duplicate-key"]),
    rules(MEMBER, "name", "a string", &["wrong-type"]),
    rules(
        MEMBER,
        "name",
        "no range here; 0 to 255 characters on the older page and the other pages",
        &["length"],
    ),
    // availability_zone
    rules(MEMBER, "availability_zone", "a string", &["wrong-type"]),
    rules(MEMBER, "availability_zone", "only for IP as backend servers", &["zone-with-subnet"]),
    rules(
        MEMBER,
        "availability_zone",
        "mandatory for IP as backend servers in a group with AZ affinity",
        &["affinity-without-zone"],
    ),
    never(
        MEMBER,
        "availability_zone",
        "a zone of the region that cloud servers can be in",
        "the zones that a context has are those of load balancers",
    ),
    // address
    rules(MEMBER, "address", "mandatory", &["required"]),
    rules(MEMBER, "address", "a string", &["wrong-type"]),
    rules(MEMBER, "address", "an IP address", &["ip-address"]),
    rules(
        MEMBER,
        "address",
        "tells servers apart, together with the port (newer sources)",
        &["same-member-twice"],
    ),
    rules(MEMBER, "address", "in the subnet that subnet_cidr_id names", &["address-outside-subnet"]),
    rules(MEMBER, "address", "an IPv4 address where subnet_cidr_id is blank", &["ipv6-without-subnet"]),
    // protocol_port
    rules(MEMBER, "protocol_port", "mandatory", &["member-without-port"]),
    rules(MEMBER, "protocol_port", "an integer", &["wrong-type"]),
    rules(
        MEMBER,
        "protocol_port",
        "no range here; 1 to 65535 on the older page",
        &["range", "port-zero-outside-ip"],
    ),
    never(
        MEMBER,
        "protocol_port",
        "newer sources: only 0 in groups of protocol IP",
        "known from the SDKs alone; 0 is taken there, and another port is not refused",
    ),
    rules(
        MEMBER,
        "protocol_port",
        "can be left out of a group with any_port_enable, where it has no effect",
        &["member-without-port", "port-without-effect"],
    ),
    // subnet_cidr_id
    rules(MEMBER, "subnet_cidr_id", "a string", &["wrong-type"]),
    rules(
        MEMBER,
        "subnet_cidr_id",
        "an id: neutron_subnet_id for IPv4, neutron_network_id for IPv6",
        &["subnet-id-of-other-version", "charset"],
    ),
    rules(
        MEMBER,
        "subnet_cidr_id",
        "in the VPC of the load balancer's own subnet",
        &["member-in-another-vpc"],
    ),
    rules(
        MEMBER,
        "subnet_cidr_id",
        "can be left blank if ip_target_enable is true: an IP as a backend server",
        &["ip-backend-not-enabled", "empty-subnet", "subnet-in-ip-pool"],
    ),
    rules(
        MEMBER,
        "subnet_cidr_id",
        "blank: a private IPv4 address",
        &["public-ip-backend", "ipv6-without-subnet"],
    ),
    rules(
        MEMBER,
        "subnet_cidr_id",
        "blank: a group of protocol TCP, UDP, TLS, HTTP, HTTPS, QUIC or GRPC",
        &["ip-backend-protocol", "ip-backend-on-newer-protocol"],
    ),
    rules(MEMBER, "subnet_cidr_id", "mandatory if ip_target_enable is false", &["ip-backend-not-enabled"]),
    rules(
        MEMBER,
        "subnet_cidr_id",
        "newer sources: mandatory in groups of protocol IP",
        &["ip-backend-protocol"],
    ),
    never(
        MEMBER,
        "subnet_cidr_id",
        "newer sources: in groups of protocol IP not the load balancer's own subnet, on some sites no IPv6 subnet",
        "known from the SDKs alone",
    ),
    // weight
    rules(MEMBER, "weight", "an integer", &["wrong-type"]),
    rules(MEMBER, "weight", "0 to 100", &["range"]),
    rules(MEMBER, "weight", "the larger, the more requests; with 0 no new ones", &["all-weights-zero"]),
    rules(
        MEMBER,
        "weight",
        "invalid under SOURCE_IP; newer sources: under QUIC_CID too",
        &["weight-without-effect", "weight-under-quic-cid"],
    ),
    never(MEMBER, "weight", "1 by default", "tells what the service does, and forbids nothing"),
    // Response tables, where they constrain a request.
    rules(
        "BatchMember",
        "ret_status",
        "a server that the group has already is answered with existed",
        &["member-exists"],
    ),
];
