//! How each body is walked: its objects for the field rules, its subjects for the named ones.

use serde::Deserialize;

use super::judge::Judge;
use crate::api::Operation;
use crate::api::batch_create_members::{BatchCreateMembersOption, BatchCreateMembersRequestBody};
use crate::api::field::Field;
use crate::api::update_member::{UpdateMemberOption, UpdateMemberRequestBody};
use crate::api::update_pool::{UpdatePoolOption, UpdatePoolRequestBody};
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::diagnostic::{Pointer, Step};
use crate::json::model::{Model, names_of};
use crate::json::{Reader, Refused};
use crate::rules::registry;

/// The body of an operation that is covered.
///
/// `validate` of the crate validator finds the faults of one object's own values, not those of the objects within it, and
/// knows nothing of relations. [`check_value`](crate::check_value) finds them all.
pub trait RequestBody<'a>: Deserialize<'a> + Model<'a> + sealed::Walk {
    /// The operation.
    const OPERATION: Operation;

    /// The one member of the body that all others stand in, and their names.
    #[doc(hidden)]
    fn inside() -> Option<(&'static str, &'static [&'static str])> {
        None
    }

    /// Judges the body by every rule of its operation.
    #[doc(hidden)]
    fn judge(&self, judge: &mut Judge<'_>) {
        judge.standing();
        self.walk(judge);
    }
}

mod sealed {
    /// How a body is walked.
    pub trait Walk {
        fn walk(&self, judge: &mut super::Judge<'_>);
    }
}
pub(super) use sealed::Walk;

/// A body of which no more is known than that it can be filled and walked.
pub(super) trait AnyBody<'a>: Walk {
    fn model(&mut self) -> &mut dyn Model<'a>;
    fn inside(&self) -> Option<(&'static str, &'static [&'static str])>;
    #[cfg(target_family = "wasm")]
    fn clear(&mut self);
}

impl<'a, B: RequestBody<'a>> AnyBody<'a> for B {
    fn model(&mut self) -> &mut dyn Model<'a> {
        self
    }

    fn inside(&self) -> Option<(&'static str, &'static [&'static str])> {
        B::inside()
    }

    #[cfg(target_family = "wasm")]
    fn clear(&mut self) {
        *self = B::blank();
    }
}

/// A body of any operation, with nothing wrong in a single value's type.
pub(crate) enum GoodBody<'a> {
    Upgrade(UpgradeLoadBalancerRequestBody<'a>),
    Pool(UpdatePoolRequestBody<'a>),
    Member(UpdateMemberRequestBody<'a>),
    Members(BatchCreateMembersRequestBody<'a>),
}

impl<'a> GoodBody<'a> {
    /// Reads the body of an operation.
    pub(crate) fn read(operation: Operation, reader: &mut Reader<'a>) -> Result<Self, Refused> {
        Ok(match operation {
            Operation::UpgradeLoadBalancer => Self::Upgrade(reader.value()?),
            Operation::UpdatePool => Self::Pool(reader.value()?),
            Operation::UpdateMember => Self::Member(reader.value()?),
            Operation::BatchCreateMembers => Self::Members(reader.value()?),
        })
    }

    pub(super) fn judge(&self, judge: &mut Judge<'_>) {
        match self {
            Self::Upgrade(body) => body.judge(judge),
            Self::Pool(body) => body.judge(judge),
            Self::Member(body) => body.judge(judge),
            Self::Members(body) => body.judge(judge),
        }
    }
}

fn at<const N: usize>(steps: [&'static str; N]) -> Pointer {
    steps.into_iter().map(Step::Name).collect()
}

impl<'a> RequestBody<'a> for UpgradeLoadBalancerRequestBody<'a> {
    const OPERATION: Operation = Operation::UpgradeLoadBalancer;
}

impl Walk for UpgradeLoadBalancerRequestBody<'_> {
    fn walk(&self, judge: &mut Judge<'_>) {
        judge.object(self, &Pointer::default);
        judge.elements(&self.availability_zone_list, "a string", "availability_zone_list");
        judge.elements(&self.elb_virsubnet_ids, "a string", "elb_virsubnet_ids");
        judge.newer(&Pointer::default, &[("prepaid_options", !self.prepaid_options.is_absent())]);
        registry::upgrade(judge, self);
        registry::upgrade_parts(judge, self);
    }
}

impl<'a> RequestBody<'a> for UpdatePoolRequestBody<'a> {
    const OPERATION: Operation = Operation::UpdatePool;

    fn inside() -> Option<(&'static str, &'static [&'static str])> {
        Some(("pool", names_of::<UpdatePoolOption<'_>>()))
    }
}

impl Walk for UpdatePoolRequestBody<'_> {
    fn walk(&self, judge: &mut Judge<'_>) {
        judge.object(self, &Pointer::default);
        let Field::Set(pool) = &self.pool else { return };
        judge.object(pool, &|| at(["pool"]));
        judge.update(pool, "pool");
        if let Field::Set(session) = &pool.session_persistence {
            judge.object(session, &|| at(["pool", "session_persistence"]));
        }
        if let Field::Set(slow_start) = &pool.slow_start {
            judge.object(slow_start, &|| at(["pool", "slow_start"]));
        }
        judge.newer(
            &|| at(["pool"]),
            &[
                ("any_port_enable", !pool.any_port_enable.is_absent()),
                ("connection_drain", !pool.connection_drain.is_absent()),
                ("pool_health", !pool.pool_health.is_absent()),
                ("quic_cid_hash_strategy", !pool.quic_cid_hash_strategy.is_absent()),
                ("az_affinity", !pool.az_affinity.is_absent()),
            ],
        );
        if !pool.admin_state_up.is_absent() {
            registry::admin_state(judge, pool);
        }
        if !pool.lb_algorithm.is_absent() {
            registry::algorithm(judge, pool);
        }
        if !pool.session_persistence.is_absent() || !pool.slow_start.is_absent() {
            registry::stickiness(judge, pool);
        }
        if !pool.r#type.is_absent() || !pool.vpc_id.is_absent() {
            registry::pool_type(judge, pool);
        }
        if !pool.protection_reason.is_absent() {
            registry::protection(judge, pool);
        }
        if let Field::Set(session) = &pool.session_persistence {
            registry::session(judge, session);
        }
        if let Field::Set(slow_start) = &pool.slow_start {
            registry::slow_start(judge, slow_start);
        }
    }
}

impl<'a> RequestBody<'a> for UpdateMemberRequestBody<'a> {
    const OPERATION: Operation = Operation::UpdateMember;

    fn inside() -> Option<(&'static str, &'static [&'static str])> {
        Some(("member", names_of::<UpdateMemberOption<'_>>()))
    }
}

impl Walk for UpdateMemberRequestBody<'_> {
    fn walk(&self, judge: &mut Judge<'_>) {
        judge.object(self, &Pointer::default);
        let Field::Set(member) = &self.member else { return };
        judge.object(member, &|| at(["member"]));
        judge.update(member, "member");
        judge.newer(&|| at(["member"]), &[("availability_zone", !member.availability_zone.is_absent())]);
        registry::member(judge, member);
    }
}

impl<'a> RequestBody<'a> for BatchCreateMembersRequestBody<'a> {
    const OPERATION: Operation = Operation::BatchCreateMembers;

    fn inside() -> Option<(&'static str, &'static [&'static str])> {
        Some(("members", names_of::<BatchCreateMembersOption<'_>>()))
    }
}

impl Walk for BatchCreateMembersRequestBody<'_> {
    fn walk(&self, judge: &mut Judge<'_>) {
        judge.object(self, &Pointer::default);
        judge.elements(&self.members, "an object", "members");
        let Field::Set(members) = &self.members else { return };
        let subnets = judge.context().subnets(members.len());
        for (index, member) in members.iter().enumerate() {
            let Field::Set(member) = member else { continue };
            judge.object(member, &|| at(["members"]).then(index));
            if member.weight.set().is_some() {
                registry::new_weight(judge, index);
            }
            registry::new_member(judge, member, index);
            if member.subnet_cidr_id.is_blank() {
                registry::ip_backend(judge, member, index);
            } else if let Some(id) = member.subnet_cidr_id.filled() {
                if let Some(subnet) = subnets.get(id) {
                    registry::known_subnet(judge, member, &subnet, index);
                }
                registry::in_subnet(judge, member, index);
            }
        }
        registry::new_members(judge, members);
    }
}
