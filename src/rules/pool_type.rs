//! The type and VPC of a backend server group: chosen once, and fitting each other.

use super::{Words, at, rule, told};
use crate::api::field::Field;
use crate::api::update_pool::UpdatePoolOption;
use crate::api::values::{Filled, PoolType, Protocol};
use crate::say::say;
use crate::target::{Fact, Fault, Target};

rule! {
    /// The VPC of a backend server group is set a second time.
    ///
    /// `vpc_id` can be updated only while it is blank. Leave it out.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a001"}}
    /// context: {"pool": {"vpc_id": "b8b1c6e0-2222-4a0f-9f0a-7e36b1d4a002"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a001"}}
    /// context: {"pool": {"vpc_id": ""}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a001"}}
    /// ```
    VPC_ALREADY_SET "vpc-already-set" Error Documented Structural
    cites UpdatePool "UpdatePoolOption" "vpc_id"
}

pub(super) fn vpc_already_set(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    pool.vpc_id.given()?;
    (target.pool_vpc() == Filled::Set).then(|| {
        target.refuse(at!["pool", "vpc_id"], || {
            Words::from("the group has a VPC already, and `vpc_id` can be updated only while it is blank")
                .help("remove `vpc_id`")
        })
    })
}

rule! {
    /// The type of a backend server group is set a second time.
    ///
    /// `type` can be updated only while it is blank. Leave it out.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"type": "ip"}}
    /// context: {"pool": {"type": "instance"}}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": {"type": ""}}
    /// context: {"pool": {"type": "ip"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"type": "ip"}}
    /// context: {"pool": {"type": ""}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"type": "ip"}}
    /// ```
    TYPE_ALREADY_SET "type-already-set" Error Documented Structural
    cites UpdatePool "UpdatePoolOption" "type"
}

pub(super) fn type_already_set(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    pool.r#type.given()?;
    (target.pool_type() != PoolType::Any).then(|| {
        target.refuse(at!["pool", "type"], || {
            Words::from(say!(
                "`type` can be updated only while it is blank, but {}",
                told(target, Fact::PoolType)
            ))
            .help("remove `type`")
        })
    })
}

rule! {
    /// A group is to take servers of its VPC, but has none.
    ///
    /// With type `instance`, `vpc_id` is mandatory: in the request, or stored already.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"type": "instance"}}
    /// context: {"pool": {"type": "", "vpc_id": ""}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"type": "instance", "vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a001"}}
    /// context: {"pool": {"type": "", "vpc_id": ""}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"type": "instance"}}
    /// ```
    INSTANCE_WITHOUT_VPC "instance-without-vpc" Error Documented Structural
    cites UpdatePool "UpdatePoolOption" "type"
}

pub(super) fn instance_without_vpc(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    if *pool.r#type.set()? != PoolType::Instance || !pool.vpc_id.is_blank() {
        return None;
    }
    if pool.vpc_id.set().is_none() && target.pool_vpc() == Filled::Set {
        return None;
    }
    Some(target.refuse(at!["pool", "vpc_id"], || {
        let has_vpc = target.context().pool(|stored| &stored.vpc_id).is_some_and(|vpc| !vpc.is_empty());
        Words::from("type `instance` needs `vpc_id`, which is blank")
            .help(if has_vpc {
                "remove `vpc_id`: the group has one"
            } else {
                "set `vpc_id` to the VPC of the servers"
            })
            .related(at!["pool", "type"], "needs a VPC")
    }))
}

rule! {
    /// A group is to take IP addresses only, but has a VPC.
    ///
    /// With type `ip`, `vpc_id` cannot be specified.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"type": "ip", "vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a001"}}
    /// context: {"pool": {"type": "", "vpc_id": ""}}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": {"vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a001"}}
    /// context: {"pool": {"type": "ip", "vpc_id": ""}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"type": "ip"}}
    /// context: {"pool": {"type": "", "vpc_id": ""}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a001"}}
    /// context: {"pool": {"vpc_id": ""}}
    /// ```
    IP_WITH_VPC "ip-with-vpc" Error Documented Structural
    cites UpdatePool "UpdatePoolOption" "type"
}

pub(super) fn ip_with_vpc(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    let vpc_given = pool.vpc_id.filled().is_some();
    let at = match &pool.r#type {
        Field::Set(PoolType::Ip) if vpc_given => at!["pool", "vpc_id"],
        Field::Set(PoolType::Ip) if pool.vpc_id.set().is_none() && target.pool_vpc() == Filled::Set => {
            at!["pool", "type"]
        }
        Field::Absent | Field::Null if vpc_given && target.pool_type() == PoolType::Ip => {
            at!["pool", "vpc_id"]
        }
        _ => return None,
    };
    Some(target.refuse(at, || {
        let words = Words::from("a group of type `ip` cannot have a VPC");
        match (&pool.r#type, vpc_given) {
            (Field::Set(_), true) => words
                .help("remove `vpc_id`, or choose another `type`")
                .related(at!["pool", "type"], "takes IP addresses only"),
            _ => words,
        }
    }))
}

rule! {
    /// A group is to take IP addresses only, and its VPC is set to nothing.
    ///
    /// With type `ip`, `vpc_id` cannot be specified. Nothing says whether `""` specifies one. Leave it out.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"type": "ip", "vpc_id": ""}}
    /// context: {"pool": {"type": "", "vpc_id": ""}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"type": "ip"}}
    /// context: {"pool": {"type": "", "vpc_id": ""}}
    /// ```
    IP_WITH_EMPTY_VPC "ip-with-empty-vpc" Info Documented Structural
    cites UpdatePool "UpdatePoolOption" "type"
}

pub(super) fn ip_with_empty_vpc(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    let empty = pool.vpc_id.set()?.is_empty();
    (*pool.r#type.set()? == PoolType::Ip && empty).then(|| {
        target.refuse(at!["pool", "vpc_id"], || {
            Words::from("nothing says whether \"\" is taken for a VPC, which type `ip` cannot have")
                .help("leave `vpc_id` out")
                .related(at!["pool", "type"], "takes IP addresses only")
        })
    })
}

rule! {
    /// A group of protocol IP is given type `ip`.
    ///
    /// Newer than the page; the SDKs say that the two do not go together.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"type": "ip"}}
    /// context: {"pool": {"protocol": "IP", "type": "", "vpc_id": ""}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"type": "ip"}}
    /// context: {"pool": {"protocol": "TCP", "type": "", "vpc_id": ""}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"type": "ip"}}
    /// ```
    TYPE_IP_ON_PROTOCOL_IP "type-ip-on-protocol-ip" Error Documented Structural
    cites UpdatePool "UpdatePoolOption" "type"
}

pub(super) fn type_ip_on_protocol_ip(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    (*pool.r#type.set()? == PoolType::Ip && target.protocol() == Protocol::Ip)
        .then(|| target.refuse(at!["pool", "type"], || "a group of protocol IP cannot be of type `ip`"))
}
