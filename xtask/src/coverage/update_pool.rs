//! The page on updating a backend server group.

use elblint::Operation;

use super::{BODY, CONSTRAINTS, NEWER, PATH, Page, Sentence, never, rules};

const POOL: &str = "UpdatePoolOption";
const SESSION: &str = "UpdatePoolSessionPersistenceOption";
const SLOW_START: &str = "UpdatePoolSlowStartOption";

pub(super) const PAGE: Page = Page {
    operation: Operation::UpdatePool,
    objects: &[
        ("", BODY),
        ("pool", POOL),
        ("pool.session_persistence", SESSION),
        ("pool.slow_start", SLOW_START),
    ],
    own: SENTENCES,
};

const SENTENCES: &[Sentence] = &[
    rules(
        CONSTRAINTS,
        "provisioning_status",
        "only while the load balancer is ACTIVE",
        &["load-balancer-not-active"],
    ),
    rules(PATH, "pool_id", "mandatory", &["empty-path-parameter", "unfilled-path-parameter"]),
    rules(PATH, "pool_id", "names the group to be updated", &["context-of-another-resource"]),
    rules(
        PATH,
        "project_id",
        "the id of a project, whose characters the newer pages tell",
        &["project-id", "odd-project-id"],
    ),
    rules(
        BODY,
        "",
        "the body is an object with the one member pool",
        &["required", "syntax", "wrong-type", "unknown-field", "duplicate-key"],
    ),
    rules(BODY, "pool", "mandatory", &["required"]),
    rules(BODY, "pool", "an object", &["wrong-type"]),
    rules(BODY, "pool", "tells what is to be updated", &["empty-update"]),
    rules(
        POOL,
        "",
        "these members, and not those that only the response has",
        &["unknown-field", "duplicate-key"],
    ),
    rules(POOL, "admin_state_up", "a boolean", &["wrong-type"]),
    rules(POOL, "admin_state_up", "can be updated to true only", &["admin-state-down"]),
    rules(POOL, "description", "a string", &["wrong-type"]),
    rules(POOL, "description", "0 to 255 characters", &["length"]),
    // lb_algorithm
    rules(POOL, "lb_algorithm", "a string", &["wrong-type"]),
    rules(
        POOL,
        "lb_algorithm",
        "one of four algorithms, to which newer sources add three for groups of protocol IP",
        &["one-of", "tuple-hash-outside-ip"],
    ),
    rules(
        POOL,
        "lb_algorithm",
        "with SOURCE_IP the weights of the servers have no effect (said where weights are sent)",
        &["weight-without-effect"],
    ),
    rules(POOL, "lb_algorithm", "QUIC_CID for groups of protocol QUIC only", &["quic-cid-outside-quic"]),
    rules(POOL, "name", "a string", &["wrong-type"]),
    rules(POOL, "name", "0 to 255 characters", &["length"]),
    // session_persistence, slow_start
    rules(POOL, "session_persistence", "an object", &["wrong-type"]),
    rules(
        POOL,
        "session_persistence",
        "the sticky session; newer sources: none behind gateway load balancers",
        &["sticky-session-on-ip"],
    ),
    never(
        POOL,
        "session_persistence",
        "null, as responses have it, for none",
        "the page does not speak of null in requests; clients send it, and it is taken",
    ),
    rules(POOL, "slow_start", "an object", &["wrong-type"]),
    rules(
        POOL,
        "slow_start",
        "requests to a new server increase slowly, which a sticky session thwarts (newer sources)",
        &["slow-start-with-sticky-session"],
    ),
    rules(
        POOL,
        "slow_start",
        "for groups of protocol HTTP or HTTPS, an error otherwise",
        &["slow-start-on-layer-4", "slow-start-on-grpc"],
    ),
    // member_deletion_protection_enable
    rules(POOL, "member_deletion_protection_enable", "a boolean", &["wrong-type"]),
    never(
        POOL,
        "member_deletion_protection_enable",
        "protects the servers of the group against removal, though the text names the load balancer",
        "both values are permitted",
    ),
    never(
        POOL,
        "member_deletion_protection_enable",
        "off by default",
        "tells what the service does; of an update no source says that an absent member is reset",
    ),
    never(
        POOL,
        "member_deletion_protection_enable",
        "to be off before the account is deleted",
        "it is about another request, at another time",
    ),
    // vpc_id
    rules(POOL, "vpc_id", "a string", &["wrong-type"]),
    rules(POOL, "vpc_id", "can be updated only while blank", &["vpc-already-set"]),
    rules(POOL, "vpc_id", "0 to 36 characters", &["length"]),
    never(POOL, "vpc_id", "names a VPC that exists", "no GET response that a context has lists the VPCs"),
    // type
    rules(POOL, "type", "a string", &["wrong-type"]),
    rules(POOL, "type", "instance, ip or blank", &["one-of"]),
    rules(POOL, "type", "instance: vpc_id is mandatory", &["instance-without-vpc"]),
    never(
        POOL,
        "type",
        "instance or blank: servers of any kind can be added",
        "permits, and forbids nothing",
    ),
    rules(
        POOL,
        "type",
        "ip: only IP as backend servers can be added (said where servers are added)",
        &["subnet-in-ip-pool"],
    ),
    rules(POOL, "type", "ip: vpc_id cannot be given", &["ip-with-vpc", "ip-with-empty-vpc"]),
    rules(POOL, "type", "ip: not for groups of protocol IP (newer sources)", &["type-ip-on-protocol-ip"]),
    rules(POOL, "type", "can be updated only while blank", &["type-already-set"]),
    // protection
    rules(POOL, "protection_status", "a string", &["wrong-type"]),
    rules(POOL, "protection_status", "nonProtection or consoleProtection", &["one-of"]),
    never(
        POOL,
        "protection_status",
        "nonProtection by default",
        "tells what the service does; of an update no source says that an absent member is reset",
    ),
    never(
        POOL,
        "protection_status",
        "nonProtection clears the stored reason (newer sources)",
        "tells what the service does, and forbids nothing",
    ),
    rules(POOL, "protection_reason", "a string", &["wrong-type"]),
    rules(POOL, "protection_reason", "valid only with consoleProtection", &["reason-without-protection"]),
    rules(POOL, "protection_reason", "0 to 255 characters", &["length"]),
    rules(POOL, "protection_reason", "no angle brackets (newer sources)", &["charset"]),
    // UpdatePoolSessionPersistenceOption
    rules(SESSION, "", "these members", &["unknown-field", "duplicate-key"]),
    rules(SESSION, "cookie_name", "a string", &["wrong-type"]),
    rules(
        SESSION,
        "cookie_name",
        "shared: at most 64 characters, out of letters, digits, _ and -",
        &["cookie-name-on-shared", "charset"],
    ),
    rules(
        SESSION,
        "cookie_name",
        "dedicated: at most 255 characters, out of letters, digits, _, - and .",
        &["length", "charset"],
    ),
    rules(
        SESSION,
        "cookie_name",
        "only with type APP_COOKIE, an error otherwise",
        &["cookie-name-without-app-cookie"],
    ),
    rules(
        SESSION,
        "cookie_name",
        "the name of the cookie that APP_COOKIE goes by",
        &["app-cookie-without-name"],
    ),
    rules(SESSION, "type", "a string", &["wrong-type"]),
    rules(SESSION, "type", "SOURCE_IP, HTTP_COOKIE or APP_COOKIE", &["one-of"]),
    rules(
        SESSION,
        "type",
        "the kind of the sticky session (optional in an update)",
        &["sticky-session-without-type"],
    ),
    rules(SESSION, "type", "protocol TCP or UDP: only SOURCE_IP takes effect", &["cookie-on-layer-4"]),
    rules(
        SESSION,
        "type",
        "dedicated, protocol HTTP or HTTPS: HTTP_COOKIE or APP_COOKIE",
        &["source-ip-on-dedicated-http", "source-ip-on-shared-http", "app-cookie-on-dedicated"],
    ),
    rules(
        SESSION,
        "type",
        "protocol QUIC: a sticky session is mandatory, of type SOURCE_IP",
        &["quic-without-source-ip"],
    ),
    rules(SESSION, "persistence_timeout", "an integer", &["wrong-type"]),
    rules(
        SESSION,
        "persistence_timeout",
        "no effect with type APP_COOKIE",
        &["persistence-timeout-without-effect"],
    ),
    rules(
        SESSION,
        "persistence_timeout",
        "protocol TCP, UDP or QUIC: 1 to 60 minutes",
        &["persistence-timeout-on-layer-4", "range"],
    ),
    rules(SESSION, "persistence_timeout", "protocol HTTP or HTTPS: 1 to 1440 minutes", &["range"]),
    never(
        SESSION,
        "persistence_timeout",
        "by default 1 or 1440 minutes",
        "tells what the service does; of an update no source says that an absent member is reset",
    ),
    // UpdatePoolSlowStartOption
    rules(SLOW_START, "", "these members", &["unknown-field", "duplicate-key"]),
    rules(SLOW_START, "enable", "a boolean", &["wrong-type"]),
    rules(SLOW_START, "enable", "tells whether slow start is on (optional)", &["slow-start-without-enable"]),
    rules(SLOW_START, "duration", "an integer", &["wrong-type"]),
    rules(SLOW_START, "duration", "30 to 1200 seconds", &["range"]),
    never(
        SLOW_START,
        "duration",
        "30 seconds by default",
        "tells what the service does; of an update no source says that an absent member is reset",
    ),
    // Response tables, where they constrain a request.
    rules("Pool", "admin_state_up", "unsupported, not to be used", &["pool-admin-state"]),
    rules(
        "Pool",
        "protocol",
        "QUIC: a sticky session is mandatory, of type SOURCE_IP",
        &["quic-without-source-ip"],
    ),
    never(
        "Pool",
        "protocol",
        "goes with certain protocols of the listener",
        "an update cannot change the protocol; sending it is an unknown field",
    ),
    never(
        "Pool",
        "ip_version",
        "follows from the protocol and the kind of load balancer",
        "an update cannot change it; sending it is an unknown field",
    ),
    rules(
        "SessionPersistence",
        "type",
        "dedicated, protocol HTTP or HTTPS: HTTP_COOKIE only, unlike in the request's table",
        &["app-cookie-on-dedicated", "source-ip-on-dedicated-http"],
    ),
    // newer
    rules(NEWER, "pool.any_port_enable", "a boolean", &["newer-field", "wrong-type"]),
    rules(NEWER, "pool.connection_drain", "an object", &["newer-field", "wrong-type"]),
    rules(NEWER, "pool.connection_drain.enable", "a boolean", &["wrong-type"]),
    rules(NEWER, "pool.connection_drain.timeout", "an integer", &["wrong-type"]),
    rules(NEWER, "pool.pool_health", "an object", &["newer-field", "wrong-type"]),
    rules(NEWER, "pool.pool_health.minimum_healthy_member_count", "an integer", &["wrong-type"]),
    rules(NEWER, "pool.quic_cid_hash_strategy", "an object", &["newer-field", "wrong-type"]),
    rules(NEWER, "pool.quic_cid_hash_strategy.len", "an integer", &["wrong-type"]),
    rules(NEWER, "pool.quic_cid_hash_strategy.offset", "an integer", &["wrong-type"]),
    rules(NEWER, "pool.az_affinity", "an object", &["newer-field", "wrong-type"]),
    rules(NEWER, "pool.az_affinity.enable", "a boolean", &["wrong-type"]),
    rules(NEWER, "pool.az_affinity.az_minimum_healthy_member_percentage", "an integer", &["wrong-type"]),
    rules(NEWER, "pool.az_affinity.az_minimum_healthy_member_count", "an integer", &["wrong-type"]),
    rules(NEWER, "pool.az_affinity.az_unhealthy_fallback_strategy", "a string", &["wrong-type"]),
    never(
        NEWER,
        "",
        "bounds of these fields, and what they go with",
        "the page does not have them, so only their types are checked",
    ),
];
