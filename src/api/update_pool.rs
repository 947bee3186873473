//! Updating a backend server group.

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::field::{Field, Text};
use super::operation::{Document, Info, Object, template};
use super::texts;
use super::texts::fields::{cookie_name, no_angle_brackets};
use super::values::{LbAlgorithm, PoolType, ProtectionStatus, SessionPersistenceType};
use crate::json::model::model;

pub(crate) static INFO: Info = Info {
    name: "UpdatePool",
    summary: "Updates a backend server group",
    method: "PUT",
    path: template!["v3", "{project_id}", "elb", "pools", "{pool_id}"],
    document: Document { title: "Updating a Backend Server Group", updated: "2024-04-18" },
    objects: &[
        Object { at: &[], table: "Request body parameters", read_only: &["request_id"] },
        Object {
            at: &["pool"],
            table: "UpdatePoolOption",
            read_only: &[
                "healthmonitor_id",
                "id",
                "listeners",
                "loadbalancers",
                "members",
                "project_id",
                "protocol",
                "ip_version",
                "created_at",
                "updated_at",
            ],
        },
        Object {
            at: &["pool", "session_persistence"],
            table: "UpdatePoolSessionPersistenceOption",
            read_only: &[],
        },
        Object { at: &["pool", "slow_start"], table: "UpdatePoolSlowStartOption", read_only: &[] },
    ],
};

model! {
    /// The body of an update of a backend server group.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, deny_unknown_fields)]
    pub struct UpdatePoolRequestBody<'a> {
        /// The backend server group.
        #[serde(borrow)]
        #[validate(required)]
        pub pool: Field<UpdatePoolOption<'a>>,
    }
}

model! {
    /// What of a backend server group is updated.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schema", schemars(extend("minProperties" = 1)))]
    #[serde(default, deny_unknown_fields)]
    pub struct UpdatePoolOption<'a> {
        /// The administrative status. It can only be set to true.
        pub admin_state_up: Field<bool>,
        /// A description, of 0 to 255 characters.
        #[serde(borrow)]
        #[validate(length(min = 0, max = 255))]
        pub description: Field<Text<'a>>,
        /// The load balancing algorithm. QUIC_CID is for QUIC groups only; with SOURCE_IP the weights of the servers
        /// have no effect.
        pub lb_algorithm: Field<LbAlgorithm>,
        /// The name, of 0 to 255 characters.
        #[validate(length(min = 0, max = 255))]
        pub name: Field<Text<'a>>,
        /// The sticky session.
        pub session_persistence: Field<UpdatePoolSessionPersistenceOption<'a>>,
        /// The slow start, of HTTP, HTTPS and GRPC groups only.
        pub slow_start: Field<UpdatePoolSlowStartOption>,
        /// Whether the group's servers are protected against removal.
        pub member_deletion_protection_enable: Field<bool>,
        /// The id of the VPC, of 0 to 36 characters. It can be set only while it is blank.
        #[validate(length(min = 0, max = 36))]
        pub vpc_id: Field<Text<'a>>,
        /// What kinds of backend server the group takes. It can be set only while it is blank.
        pub r#type: Field<PoolType>,
        /// Whether the group is protected against modification.
        pub protection_status: Field<ProtectionStatus>,
        /// Why it is protected, in 0 to 255 characters without angle brackets. Valid only with consoleProtection.
        #[validate(length(min = 0, max = 255), custom(function = no_angle_brackets))]
        #[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[^<>]*$")))]
        pub protection_reason: Field<Text<'a>>,
        /// Whether the servers receive requests on any port. Newer than the page.
        pub any_port_enable: Field<bool>,
        /// How long connections to a removed server live on. Newer than the page.
        pub connection_drain: Field<Box<ConnectionDrain>>,
        /// When the group counts as healthy. Newer than the page.
        pub pool_health: Field<PoolHealth>,
        /// Which bytes of a QUIC connection ID are hashed. Newer than the page.
        pub quic_cid_hash_strategy: Field<Box<QuicCidHashStrategy>>,
        /// Whether requests stay in their availability zone. Newer than the page.
        pub az_affinity: Field<Box<UpdateAzAffinity<'a>>>,
    }
}

model! {
    /// A sticky session.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, deny_unknown_fields)]
    pub struct UpdatePoolSessionPersistenceOption<'a> {
        /// The name of the cookie: on a shared load balancer up to 64 letters, digits, `_` and `-`, on a dedicated one
        /// up to 255, and `.` too. Only with APP_COOKIE.
        #[serde(borrow)]
        #[validate(length(max = 255), custom(function = cookie_name))]
        #[cfg_attr(feature = "schema", schemars(extend("pattern" = r"^[A-Za-z0-9_\-.]*$")))]
        pub cookie_name: Field<Text<'a>>,
        /// How the session knows its client. TCP and UDP groups know SOURCE_IP only, QUIC groups need it.
        pub r#type: Field<SessionPersistenceType>,
        /// How long the session lasts, in minutes: 1 to 60 for TCP, UDP and QUIC, 1 to 1440 for HTTP and HTTPS. Without
        /// effect with APP_COOKIE.
        #[validate(range(min = 1, max = 1440))]
        pub persistence_timeout: Field<i64>,
    }
}

model! {
    /// A slow start.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, deny_unknown_fields)]
    pub struct UpdatePoolSlowStartOption {
        /// Whether it is on.
        pub enable: Field<bool>,
        /// How long a new server is warmed up, in seconds, 30 to 1200.
        #[validate(range(min = 30, max = 1200))]
        #[cfg_attr(feature = "schema", schemars(extend("default" = 30)))]
        pub duration: Field<i64>,
    }
}

model! {
    /// How long connections to a removed server live on. Newer than the page.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default)]
    pub struct ConnectionDrain {
        /// Whether it is on.
        pub enable: Field<bool>,
        /// How long, in seconds.
        pub timeout: Field<i64>,
    }
}

model! {
    /// When the group counts as healthy. Newer than the page.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default)]
    pub struct PoolHealth {
        /// The least number of healthy servers.
        pub minimum_healthy_member_count: Field<i64>,
    }
}

model! {
    /// Which bytes of a QUIC connection ID are hashed. Newer than the page.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default)]
    pub struct QuicCidHashStrategy {
        /// How many bytes.
        pub len: Field<i64>,
        /// From which byte.
        pub offset: Field<i64>,
    }
}

model! {
    /// Whether requests stay in their availability zone. Newer than the page.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default)]
    pub struct UpdateAzAffinity<'a> {
        /// Whether they do.
        pub enable: Field<bool>,
        /// The least share of healthy servers, in percent.
        pub az_minimum_healthy_member_percentage: Field<i64>,
        /// The least number of healthy servers.
        pub az_minimum_healthy_member_count: Field<i64>,
        /// Where requests go when there are fewer.
        #[serde(borrow)]
        pub az_unhealthy_fallback_strategy: Field<Text<'a>>,
    }
}
