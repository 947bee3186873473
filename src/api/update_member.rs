//! Updating a backend server.

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::field::{Field, Text};
use super::operation::{Document, Info, Object, template};
use crate::json::model::model;

pub(crate) static INFO: Info = Info {
    name: "UpdateMember",
    summary: "Updates a backend server",
    method: "PUT",
    path: template!["v3", "{project_id}", "elb", "pools", "{pool_id}", "members", "{member_id}"],
    document: Document { title: "Updating a Backend Server", updated: "2024-04-19" },
    objects: &[
        Object { at: &[], table: "Request body parameters", read_only: &["request_id"] },
        Object {
            at: &["member"],
            table: "UpdateMemberOption",
            read_only: &[
                "id",
                "project_id",
                "pool_id",
                "subnet_cidr_id",
                "address",
                "ip_version",
                "device_owner",
                "device_id",
                "operating_status",
                "status",
                "loadbalancer_id",
                "loadbalancers",
                "created_at",
                "updated_at",
                "member_type",
                "instance_id",
                "reason",
            ],
        },
    ],
};

model! {
    /// The body of an update of a backend server.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, deny_unknown_fields)]
    pub struct UpdateMemberRequestBody<'a> {
        /// The backend server.
        #[serde(borrow)]
        #[validate(required)]
        pub member: Field<UpdateMemberOption<'a>>,
    }
}

model! {
    /// What of a backend server is updated.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schema", schemars(extend("minProperties" = 1)))]
    #[serde(default, deny_unknown_fields)]
    pub struct UpdateMemberOption<'a> {
        /// The administrative status. Unsupported: the real one follows from whether the cloud server exists.
        pub admin_state_up: Field<bool>,
        /// The name, of 0 to 255 characters.
        #[serde(borrow)]
        #[validate(length(min = 0, max = 255))]
        pub name: Field<Text<'a>>,
        /// The weight, 0 to 100. With 0 the server gets no new requests. Without effect under SOURCE_IP.
        #[validate(range(min = 0, max = 100))]
        pub weight: Field<i64>,
        /// The port that the server receives requests on, 1 to 65535. It cannot be updated in a group with
        /// any_port_enable.
        #[validate(range(min = 1, max = 65535))]
        pub protocol_port: Field<i64>,
        /// The availability zone of an IP as a backend server. Newer than the page.
        pub availability_zone: Field<Text<'a>>,
    }
}
