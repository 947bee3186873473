//! What goes with which action of an upgrade.

use std::slice::from_ref;

use super::{Words, at, rule};
use crate::api::field::Field;
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::api::values::UpgradeAction;
use crate::say::say;
use crate::target::{At, Fault, Target};

type Body<'a> = UpgradeLoadBalancerRequestBody<'a>;

rule! {
    /// A start names no availability zone.
    ///
    /// The column *Mandatory* says No, but the text says that the list is required when the action is `start`.
    /// Name one or more zones of the same set.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f1"}
    /// ```
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f1", "availability_zone_list": []}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f1", "availability_zone_list": ["az1"]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "complete"}
    /// ```
    START_WITHOUT_ZONES "start-without-zones" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "availability_zone_list"
}

pub(super) fn start_without_zones(body: &Body<'_>, target: &Target<'_>) -> Option<Fault> {
    let what = match &body.availability_zone_list {
        Field::Absent => "is missing",
        Field::Null => "is null",
        Field::Set(zones) if zones.is_empty() => "is empty",
        Field::Set(zones) if zones.iter().all(|zone| zone.set().is_some_and(|zone| zone.is_empty())) => {
            "names no zone"
        }
        Field::Set(_) | Field::Unknown => return None,
    };
    (*body.action.set()? == UpgradeAction::Start).then(|| {
        target.refuse(at!["availability_zone_list"], || {
            Words::from(say!("`availability_zone_list` {}, but a start requires it", what))
                .help("name one or more availability zones of the same set")
        })
    })
}

rule! {
    /// A field that counts only on start goes with another action.
    ///
    /// Flavors, availability zones and downstream subnets are valid only when the action is `start`. With
    /// `complete` and `rollback` they have no effect; leave them out.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "complete", "l4_flavor_id": "f1"}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "complete"}
    /// ```
    START_ONLY_FIELD "start-only-field" Warning Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "l4_flavor_id"
    cites UpgradeLoadBalancer "Request body parameters" "l7_flavor_id"
    cites UpgradeLoadBalancer "Request body parameters" "availability_zone_list"
    cites UpgradeLoadBalancer "Request body parameters" "elb_virsubnet_ids"
}

pub(super) fn start_only_field(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let Some(action) = later_action(body) else { return };
    for (name, there) in [
        (&"l4_flavor_id", !body.l4_flavor_id.is_blank()),
        (&"l7_flavor_id", !body.l7_flavor_id.is_blank()),
        (&"availability_zone_list", is_there(&body.availability_zone_list)),
        (&"elb_virsubnet_ids", is_there(&body.elb_virsubnet_ids)),
    ] {
        if there {
            report(target.refuse(At::new(from_ref(name)), || {
                Words::from(say!(
                    "`{}` is valid only when the action is `start`, not `{}`",
                    name,
                    action.word()
                ))
                .help(say!("remove `{}`", name))
                .removable()
                .related(at!["action"], say!("the action is `{}`", action.word()))
            }));
        }
    }
}

rule! {
    /// An IPv6 address or subnet goes with an action other than start.
    ///
    /// The page does not limit the two to `start` in so many words, unlike the other fields, but nothing says what
    /// they would do with another action.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "rollback", "ipv6_vip_virsubnet_id": "s1"}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "rollback"}
    /// ```
    IPV6_WITHOUT_START "ipv6-without-start" Info Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "ipv6_vip_virsubnet_id"
}

pub(super) fn ipv6_without_start(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let Some(action) = later_action(body) else { return };
    for (name, field) in [
        (&"ipv6_vip_virsubnet_id", &body.ipv6_vip_virsubnet_id),
        (&"ipv6_vip_address", &body.ipv6_vip_address),
    ] {
        if !field.is_blank() {
            report(target.refuse(At::new(from_ref(name)), || {
                say!("nothing says what `{}` does when the action is `{}`", name, action.word())
            }));
        }
    }
}

rule! {
    /// A confirmation cannot be undone.
    ///
    /// After `complete` the upgrade cannot be rolled back any more. Make sure that the upgraded load balancer works
    /// before you confirm.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "complete"}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "rollback"}
    /// ```
    COMPLETE_CANNOT_BE_UNDONE "complete-cannot-be-undone" Info Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "action"
}

pub(super) fn complete_cannot_be_undone(body: &Body<'_>, target: &Target<'_>) -> Option<Fault> {
    (*body.action.set()? == UpgradeAction::Complete)
        .then(|| target.refuse(at!["action"], || "after `complete` the upgrade cannot be rolled back"))
}

fn later_action(body: &Body<'_>) -> Option<UpgradeAction> {
    body.action.set().copied().filter(|action| *action != UpgradeAction::Start)
}

fn is_there<T>(field: &Field<Vec<T>>) -> bool {
    match field {
        Field::Set(list) => !list.is_empty(),
        Field::Unknown => true,
        Field::Absent | Field::Null => false,
    }
}
