//! The page on updating a backend server.

use elblint::Operation;

use super::{BODY, CONSTRAINTS, NEWER, PATH, Page, Sentence, never, rules};

const MEMBER: &str = "UpdateMemberOption";

pub(super) const PAGE: Page =
    Page { operation: Operation::UpdateMember, objects: &[("", BODY), ("member", MEMBER)], own: SENTENCES };

const SENTENCES: &[Sentence] = &[
    rules(
        CONSTRAINTS,
        "provisioning_status",
        "only while the load balancer is ACTIVE",
        &["load-balancer-not-active"],
    ),
    rules(
        CONSTRAINTS,
        "provisioning_status",
        "likely so for adding servers too, whose page names no status",
        &["batch-while-not-active"],
    ),
    rules(PATH, "member_id", "mandatory", &["empty-path-parameter", "unfilled-path-parameter"]),
    rules(
        PATH,
        "member_id",
        "the id that the group has for the server, not the server's own",
        &["context-of-another-resource"],
    ),
    rules(PATH, "pool_id", "mandatory", &["empty-path-parameter", "unfilled-path-parameter"]),
    rules(PATH, "pool_id", "names the server's group", &["context-of-another-resource"]),
    rules(
        PATH,
        "project_id",
        "the id of a project, whose characters the newer pages tell",
        &["project-id", "odd-project-id"],
    ),
    rules(
        BODY,
        "",
        "the body is an object with the one member member",
        &["required", "syntax", "wrong-type", "unknown-field", "duplicate-key"],
    ),
    rules(BODY, "member", "mandatory", &["required"]),
    rules(BODY, "member", "an object", &["wrong-type"]),
    rules(BODY, "member", "tells what is to be updated", &["empty-update"]),
    rules(
        MEMBER,
        "",
        "these members, and not those that only the response has",
        &["unknown-field", "duplicate-key"],
    ),
    rules(MEMBER, "admin_state_up", "a boolean", &["wrong-type"]),
    rules(
        MEMBER,
        "admin_state_up",
        "its real value follows from whether the cloud server exists",
        &["member-admin-state"],
    ),
    rules(MEMBER, "admin_state_up", "unsupported, not to be used", &["member-admin-state"]),
    rules(MEMBER, "name", "a string", &["wrong-type"]),
    rules(MEMBER, "name", "0 to 255 characters", &["length"]),
    // weight
    rules(MEMBER, "weight", "an integer", &["wrong-type"]),
    rules(MEMBER, "weight", "0 to 100", &["range"]),
    never(
        MEMBER,
        "weight",
        "1 by default",
        "tells what the service does; of an update no source says that an absent member is reset",
    ),
    never(
        MEMBER,
        "weight",
        "the larger, the more requests; with 0 no new ones",
        "every weight of the range is permitted, and 0 is how a server is taken out of service",
    ),
    rules(
        MEMBER,
        "weight",
        "no effect under SOURCE_IP; newer sources: nor under QUIC_CID",
        &["weight-without-effect", "weight-under-quic-cid"],
    ),
    // protocol_port
    rules(MEMBER, "protocol_port", "an integer", &["wrong-type"]),
    rules(
        MEMBER,
        "protocol_port",
        "cannot be updated in a group with any_port_enable",
        &["port-under-any-port"],
    ),
    rules(MEMBER, "protocol_port", "1 to 65535", &["range"]),
    never(
        MEMBER,
        "protocol_port",
        "newer sources: 0 in groups of protocol IP",
        "known from the SDKs alone; the page's range is kept",
    ),
    // Response tables, where they constrain a request.
    never("Member", "name", "not the name of the cloud server", "a name is free text"),
    rules(
        "Member",
        "address",
        "is returned, as is subnet_cidr_id, but is no parameter of the request: it cannot be changed",
        &["unknown-field"],
    ),
    never(
        "Member",
        "address",
        "bound to the primary network interface of the server",
        "no response tells which interface an address is bound to",
    ),
    rules(
        "Member",
        "subnet_cidr_id",
        "blank: IP as a backend, by IPv4, in groups of protocol TCP, HTTP or HTTPS; held against the batch that adds it",
        &["ip-backend-protocol", "ip-backend-on-newer-protocol", "ipv6-without-subnet"],
    ),
    rules(
        "Member",
        "pool_id",
        "unsupported, as are device_owner, device_id, loadbalancer_id and loadbalancers: returned at most",
        &["unknown-field"],
    ),
    // newer
    rules(NEWER, "member.availability_zone", "a string", &["newer-field", "wrong-type"]),
    never(
        NEWER,
        "member.availability_zone",
        "only for IP as backend servers, and mandatory for them under AZ affinity",
        "the page does not have the field, so only its type is checked",
    ),
];
