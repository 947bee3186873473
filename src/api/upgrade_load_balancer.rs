//! Upgrading a load balancer: from shared to dedicated.

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::field::{Field, Text};
use super::operation::{Document, Info, Object, template};
use super::texts;
use super::texts::fields::ipv6_address;
use super::values::UpgradeAction;
use crate::json::model::model;

pub(crate) static INFO: Info = Info {
    name: "UpgradeLoadBalancer",
    summary: "Upgrades a shared load balancer to a dedicated one",
    method: "POST",
    path: template!["v3", "{project_id}", "elb", "loadbalancers", "{loadbalancer_id}", "upgrade"],
    document: Document { title: "Upgrading a Load Balancer", updated: "2025-09-22" },
    objects: &[Object { at: &[], table: "Request body parameters", read_only: &[] }],
};

model! {
    /// The body of an upgrade.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, deny_unknown_fields)]
    pub struct UpgradeLoadBalancerRequestBody<'a> {
        /// The step of the upgrade. A start needs a load balancer that is ACTIVE, a confirmation one that is UPGRADED,
        /// a rollback one that is UPGRADED, UPGRADE_FAILED or ROLLBACK_FAILED.
        #[validate(required)]
        pub action: Field<UpgradeAction>,
        /// The id of the flavor at layer 4. Valid only on start; mandatory there with a layer-4 listener.
        #[serde(borrow)]
        pub l4_flavor_id: Field<Text<'a>>,
        /// The id of the flavor at layer 7. Valid only on start; mandatory there with a layer-7 listener.
        pub l7_flavor_id: Field<Text<'a>>,
        /// The availability zones of the dedicated load balancer, all of one set. Valid only on start, and required
        /// there.
        pub availability_zone_list: Field<Vec<Field<Text<'a>>>>,
        /// The id of the IPv6 subnet, which must lie in the load balancer's VPC and have IPv6 enabled. Needed to serve
        /// IPv6.
        pub ipv6_vip_virsubnet_id: Field<Text<'a>>,
        /// The private IPv6 address, out of the IPv6 subnet. Assigned by the service where only the subnet is given.
        #[validate(custom(function = ipv6_address))]
        #[cfg_attr(feature = "schema", schemars(extend("anyOf" = [{"maxLength": 0}, {"format": "ipv6"}])))]
        pub ipv6_vip_address: Field<Text<'a>>,
        /// The network ids of the downstream subnets, in the load balancer's VPC. Valid only on start; by default the
        /// subnet of the load balancer's own address.
        pub elb_virsubnet_ids: Field<Vec<Field<Text<'a>>>>,
        /// The billing of the dedicated load balancer. Newer than the page.
        pub prepaid_options: Field<Box<PrepaidOptions<'a>>>,
    }
}

model! {
    /// The yearly or monthly billing of a load balancer. Newer than the page.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default)]
    pub struct PrepaidOptions<'a> {
        /// The unit of the period.
        #[serde(borrow)]
        pub period_type: Field<Text<'a>>,
    }
}
