//! The objects that the API's GET calls return, as they are.
//!
//! Only the members that a rule reads are there; the others are ignored. Draws no conclusions.

use std::borrow::Cow;
use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Deserializer};

use crate::api::field::Field;
use crate::api::texts::parse_ip;
use crate::json::model::{Lack, Model, Want, Words, model};
use crate::search::split_once;

model! {
    /// A load balancer, as `GET …/elb/loadbalancers/{id}` returns it.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct LoadBalancer {
        /// Its id.
        pub id: Field<String>,
        /// True for a dedicated load balancer, false for a shared one.
        pub guaranteed: Field<bool>,
        /// Its provisioning status.
        pub provisioning_status: Field<String>,
        /// Whether IP addresses may be added as backend servers.
        pub ip_target_enable: Field<bool>,
        /// The VPC it works in.
        pub vpc_id: Field<String>,
        /// Its listeners, by id.
        pub listeners: Field<Vec<Reference>>,
    }
}

model! {
    /// A resource named by its id.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct Reference {
        /// The id.
        pub id: Field<String>,
    }
}

model! {
    /// A listener, as `GET …/elb/listeners` returns it.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct Listener {
        /// Its id.
        pub id: Field<String>,
        /// Its protocol.
        pub protocol: Field<String>,
        /// The load balancers it belongs to.
        pub loadbalancers: Field<Vec<Reference>>,
    }
}

model! {
    /// A backend server group, as `GET …/elb/pools/{id}` returns it.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct Pool {
        /// Its id.
        pub id: Field<String>,
        /// The protocol it receives requests with.
        pub protocol: Field<String>,
        /// Its load balancing algorithm.
        pub lb_algorithm: Field<String>,
        /// What kinds of backend server it takes.
        pub r#type: Field<String>,
        /// Whether its servers receive requests on any port.
        pub any_port_enable: Field<bool>,
        /// Whether requests stay in their availability zone.
        pub az_affinity: Field<AzAffinity>,
        /// Its sticky session; null without one.
        pub session_persistence: Field<SessionPersistence>,
        /// Its slow start.
        pub slow_start: Field<SlowStart>,
        /// The VPC it works in.
        pub vpc_id: Field<String>,
        /// Whether it is protected against modification.
        pub protection_status: Field<String>,
    }
}

model! {
    /// The availability zone affinity of a backend server group.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct AzAffinity {
        /// Whether it is on.
        pub enable: Field<bool>,
    }
}

model! {
    /// The sticky session of a backend server group.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct SessionPersistence {
        /// Its type.
        pub r#type: Field<String>,
    }
}

model! {
    /// The slow start of a backend server group.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct SlowStart {
        /// Whether it is on.
        pub enable: Field<bool>,
    }
}

model! {
    /// A backend server, as `GET …/elb/pools/{id}/members` returns it.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct Member {
        /// Its id.
        pub id: Field<String>,
        /// Its IP address.
        pub address: Field<String>,
        /// The port it receives requests on.
        pub protocol_port: Field<i64>,
    }
}

/// A range of addresses, as `192.168.0.0/24`. Whatever is none says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    text: String,
    range: Option<IpNet>,
}

impl Network {
    /// The range, where it is one.
    pub const fn range(&self) -> Option<IpNet> {
        self.range
    }

    /// The range as the API writes it, if this address of the same version lies outside.
    pub(crate) fn if_outside(&self, address: IpAddr) -> Option<&str> {
        let range = self.range.filter(|range| range.addr().is_ipv4() == address.is_ipv4())?;
        (!range.contains(&address)).then_some(&self.text)
    }
}

impl From<&str> for Network {
    fn from(text: &str) -> Self {
        // ipnet's own reader of addresses would be a second one in a module for the browser.
        let range = || {
            let (address, length) = split_once(text, b'/')?;
            IpNet::new(parse_ip(address)?, length.parse().ok()?).ok()
        };
        Self { text: text.to_owned(), range: range() }
    }
}

impl Words for Network {
    fn take(&mut self, text: Cow<'_, str>) {
        *self = Self::from(&*text);
    }
}

impl<'a> Model<'a> for Network {
    fn blank() -> Self {
        Self::default()
    }

    fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
        Want::Words(self)
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::from(&*text))
    }
}

model! {
    /// A subnet, as the VPC service's `GET …/subnets` returns it.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct Subnet {
        /// Its id in the VPC service.
        pub id: Field<String>,
        /// The id of its IPv4 part.
        pub neutron_subnet_id: Field<String>,
        /// The id of its network; IPv6 addresses go by it.
        pub neutron_network_id: Field<String>,
        /// Its IPv4 addresses, in CIDR notation.
        #[cfg_attr(feature = "schema", schemars(with = "Field<String>"))]
        pub cidr: Field<Network>,
        /// Its IPv6 addresses, in CIDR notation.
        #[cfg_attr(feature = "schema", schemars(with = "Field<String>"))]
        pub cidr_v6: Field<Network>,
        /// Whether IPv6 is enabled.
        pub ipv6_enable: Field<bool>,
        /// The VPC it belongs to.
        pub vpc_id: Field<String>,
    }
}

model! {
    /// A flavor, as `GET …/elb/flavors` returns it.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct Flavor {
        /// Its id.
        pub id: Field<String>,
        /// Its layer: `L4`, `L7`, or a longer word that begins with one of them.
        pub r#type: Field<String>,
    }
}

model! {
    /// An availability zone, as `GET …/elb/availability-zones` returns it.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object")]
    pub struct AvailabilityZone {
        /// Its code, by which requests name it.
        pub code: Field<String>,
    }
}

model! {
    /// The members of a context. Those that are absent or null say nothing.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(default, expecting = "an object of responses")]
    pub struct Known {
        /// The load balancer that the request goes to, or that its backend server group belongs to.
        pub loadbalancer: Field<LoadBalancer>,
        /// The backend server group.
        pub pool: Field<Pool>,
        /// The listeners of the load balancer.
        pub listeners: Field<Vec<Listener>>,
        /// The backend server.
        pub member: Field<Member>,
        /// The backend servers that the group has.
        pub members: Field<Vec<Member>>,
        /// Subnets that the request may name.
        pub subnets: Field<Vec<Subnet>>,
        /// Flavors that exist.
        pub flavors: Field<Vec<Flavor>>,
        /// Availability zones that exist, in their sets.
        pub availability_zones: Field<Vec<Vec<AvailabilityZone>>>,
    }
}
