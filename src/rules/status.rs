//! The state that the load balancer must be in, whatever the request says.

use super::{Words, at, rule, told};
use crate::api::batch_create_members::BatchCreateMembersOption;
use crate::api::field::Field;
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::api::values::{ProvisioningStatus, UpgradeAction};
use crate::say::say;
use crate::target::{At, Fact, Fault, Target};

rule! {
    /// The load balancer is not ACTIVE.
    ///
    /// A backend server group and its servers can be updated only while the provisioning status of their load
    /// balancer is ACTIVE. Wait until it is, then send the request.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"name": "web"}}
    /// context: {"loadbalancer": {"provisioning_status": "PENDING_UPDATE"}}
    /// ```
    /// ```json UpdateMember breaks
    /// {"member": {"weight": 10}}
    /// context: {"loadbalancer": {"provisioning_status": "UPGRADED"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"name": "web"}}
    /// context: {"loadbalancer": {"provisioning_status": "ACTIVE"}}
    /// ```
    /// ```json UpdateMember open
    /// {"member": {"weight": 10}}
    /// ```
    LOAD_BALANCER_NOT_ACTIVE "load-balancer-not-active" Error Documented Structural
    cites UpdatePool "Constraints" "provisioning_status"
    cites UpdateMember "Constraints" "provisioning_status"
}

rule! {
    /// The load balancer is known not to be ACTIVE while servers are added.
    ///
    /// The page on batch adding names no status, but every other page on backend servers asks for ACTIVE. The
    /// request may be refused.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"loadbalancer": {"provisioning_status": "PENDING_UPDATE"}}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// context: {"loadbalancer": {"provisioning_status": "ACTIVE"}}
    /// ```
    BATCH_WHILE_NOT_ACTIVE "batch-while-not-active" Info Documented Structural
    cites UpdateMember "Constraints" "provisioning_status"
    cites BatchCreateMembers "Function" ""
}

pub(super) fn batch_while_not_active(
    _members: &[Field<BatchCreateMembersOption<'_>>],
    target: &Target<'_>,
    report: &mut dyn FnMut(Fault),
) {
    let status = target.context().balancer(|balancer| &balancer.provisioning_status);
    if let Some(status) = status.filter(|status| *status != "ACTIVE") {
        report(target.refuse(At::REQUEST, || {
            say!(
                "the load balancer is {}, and backend servers are usually changed only while it is ACTIVE",
                status
            )
        }));
    }
}

rule! {
    /// The load balancer is dedicated already.
    ///
    /// Only a shared load balancer can be upgraded, and there is no way back from dedicated to shared.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f1", "availability_zone_list": ["az1"]}
    /// context: {"loadbalancer": {"guaranteed": true}}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f1", "availability_zone_list": ["az1"]}
    /// context: {"loadbalancer": {"guaranteed": false}}
    /// ```
    /// ```json UpgradeLoadBalancer open
    /// {"action": "start", "l4_flavor_id": "f1", "availability_zone_list": ["az1"]}
    /// ```
    UPGRADE_OF_DEDICATED "upgrade-of-dedicated" Error Documented Structural
    cites UpgradeLoadBalancer "Function" ""
}

rule! {
    /// The load balancer is not in the status that the action needs.
    ///
    /// `start` needs ACTIVE, `complete` needs UPGRADED, `rollback` needs UPGRADED, UPGRADE_FAILED or
    /// ROLLBACK_FAILED.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "complete"}
    /// context: {"loadbalancer": {"provisioning_status": "ACTIVE"}}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "rollback"}
    /// context: {"loadbalancer": {"provisioning_status": "ROLLBACK_FAILED"}}
    /// ```
    /// ```json UpgradeLoadBalancer open
    /// {"action": "start", "l7_flavor_id": "f1", "availability_zone_list": ["az1"]}
    /// ```
    UPGRADE_IN_WRONG_STATUS "upgrade-in-wrong-status" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "action"
}

pub(super) fn upgrade_in_wrong_status(
    body: &UpgradeLoadBalancerRequestBody<'_>,
    target: &Target<'_>,
) -> Option<Fault> {
    use ProvisioningStatus::{Active, RollbackFailed, UpgradeFailed, Upgraded};
    let action = *body.action.set()?;
    let needed: &[ProvisioningStatus] = match action {
        UpgradeAction::Start => &[Active],
        UpgradeAction::Complete => &[Upgraded],
        UpgradeAction::Rollback => &[Upgraded, UpgradeFailed, RollbackFailed],
    };
    let status = target.provisioning_status();
    if needed.contains(&status) {
        return None;
    }
    Some(target.refuse(at!["action"], || {
        let needed: Vec<_> = needed.iter().map(|status| status.word()).collect();
        Words::from(say!(
            "`{}` needs a load balancer that is {}, but {}",
            action.word(),
            needed.join(", "),
            told(target, Fact::ProvisioningStatus)
        ))
    }))
}
