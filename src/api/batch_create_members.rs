//! Adding backend servers in batches.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::field::{Field, Text};
use super::operation::{Document, Info, Object, template};
use super::texts::fields::{ip_address, subnet_id};
use super::texts::{self, parse_ip};
use crate::json::model::model;

pub(crate) static INFO: Info = Info {
    name: "BatchCreateMembers",
    summary: "Adds backend servers to a backend server group in batches",
    method: "POST",
    path: template!["v3", "{project_id}", "elb", "pools", "{pool_id}", "members", "batch-add"],
    document: Document { title: "Batch Adding Backend Servers", updated: "2025-09-22" },
    objects: &[
        Object { at: &[], table: "Request body parameters", read_only: &["request_id"] },
        Object {
            at: &["members", ""],
            table: "BatchCreateMembersOption",
            read_only: &[
                "id",
                "project_id",
                "admin_state_up",
                "operating_status",
                "reason",
                "status",
                "member_type",
                "instance_id",
                "port_id",
                "ret_status",
                "created_at",
                "updated_at",
                "ip_version",
                "pool_id",
                "device_owner",
                "device_id",
                "loadbalancer_id",
                "loadbalancers",
            ],
        },
    ],
};

model! {
    /// The body of a batch.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, deny_unknown_fields)]
    pub struct BatchCreateMembersRequestBody<'a> {
        /// The backend servers, 200 at most.
        #[serde(borrow)]
        #[validate(required, length(max = 200))]
        pub members: Field<Vec<Field<BatchCreateMembersOption<'a>>>>,
    }
}

model! {
    /// A backend server to add.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, deny_unknown_fields)]
    pub struct BatchCreateMembersOption<'a> {
        /// The name, of 0 to 255 characters.
        #[serde(borrow)]
        #[validate(length(min = 0, max = 255))]
        pub name: Field<Text<'a>>,
        /// The availability zone. Only for an IP as a backend server, and required for one in a group with AZ
        /// affinity.
        pub availability_zone: Field<Text<'a>>,
        /// The IP address: in the subnet, or, without a subnet, a private IPv4 address.
        #[validate(required, custom(function = ip_address))]
        #[cfg_attr(feature = "schema", schemars(extend("anyOf" = [{"format": "ipv4"}, {"format": "ipv6"}])))]
        pub address: Field<Text<'a>>,
        /// The port that the server receives requests on, 1 to 65535; 0 in groups of protocol IP. It may be left out
        /// only in a group with any_port_enable.
        #[validate(range(min = 0, max = 65535))]
        pub protocol_port: Field<i64>,
        /// The id of the subnet: neutron_subnet_id for IPv4, neutron_network_id for IPv6. Blank for an IP as a backend
        /// server.
        #[validate(custom(function = subnet_id))]
        #[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[^\\/]*$")))]
        pub subnet_cidr_id: Field<Text<'a>>,
        /// The weight, 0 to 100, by default 1. With 0 the server gets no new requests. Without effect under SOURCE_IP.
        #[validate(range(min = 0, max = 100))]
        #[cfg_attr(feature = "schema", schemars(extend("default" = 1)))]
        pub weight: Field<i64>,
    }
}

impl BatchCreateMembersOption<'_> {
    /// The address, where it is one.
    pub(crate) fn ip(&self) -> Option<IpAddr> {
        parse_ip(self.address.set()?)
    }
}
