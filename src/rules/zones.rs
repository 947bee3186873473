//! The availability zones of an upgraded load balancer: all of one set.

use std::slice::from_ref;

use super::{Words, at, rule};
use crate::api::context::AvailabilityZone;
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::api::values::UpgradeAction;
use crate::lists::SmallVec;
use crate::target::{Fault, Target};

type Body<'a> = UpgradeLoadBalancerRequestBody<'a>;

rule! {
    /// Availability zones of different sets are mixed.
    ///
    /// The zones of a load balancer must all come from one of the sets that `GET …/elb/availability-zones` returns.
    /// Seen only where the context has the sets.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1", "az3"]}
    /// context: {"availability_zones": [[{"code": "az1"}, {"code": "az2"}], [{"code": "az3"}]]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1", "az2"]}
    /// context: {"availability_zones": [[{"code": "az1"}, {"code": "az2"}], [{"code": "az3"}]]}
    /// ```
    ZONES_OF_DIFFERENT_SETS "zones-of-different-sets" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "availability_zone_list"
}

pub(super) fn zones_of_different_sets(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let Some((zones, sets)) = zones_and_sets(body, target) else { return };
    if in_one(&sets, &zones) || !zones.iter().all(|zone| in_one(&sets, from_ref(zone))) {
        return;
    }
    let Some((first_index, first)) = zones.first().copied() else { return };
    for (index, zone) in zones {
        if !in_one(&sets, &[(first_index, first), (index, zone)]) {
            report(target.refuse(at!["availability_zone_list", index], || {
                Words::of(&["`", zone, "` and `", first, "` are of different sets of availability zones"])
                    .help("choose zones of one of the sets that `GET …/elb/availability-zones` returns")
                    .related(at!["availability_zone_list", first_index], "of another set")
            }));
        }
    }
}

rule! {
    /// An availability zone is not among those that exist.
    ///
    /// Seen only where the context has the sets of zones. Choose zones that `GET …/elb/availability-zones` returns.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az9"]}
    /// context: {"availability_zones": [[{"code": "az1"}]]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1"]}
    /// context: {"availability_zones": [[{"code": "az1"}]]}
    /// ```
    UNKNOWN_ZONE "unknown-zone" Error Documented ClosedList
    cites UpgradeLoadBalancer "Request body parameters" "availability_zone_list"
}

pub(super) fn unknown_zone(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let Some((zones, sets)) = zones_and_sets(body, target) else { return };
    for (index, zone) in zones {
        if !in_one(&sets, &[(index, zone)]) {
            report(target.refuse(at!["availability_zone_list", index], || {
                let mut known: Vec<&str> = Vec::new();
                for set in &sets {
                    known.extend(set.iter().filter_map(|known| known.code.set()).map(String::as_str));
                }
                Words::of(&[
                    "availability zone `",
                    zone,
                    "` does not exist; the context has ",
                    &known.join(", "),
                ])
            }));
        }
    }
}

/// Zones of a request, each with its index.
type Zones<'b> = Vec<(usize, &'b str)>;
type Sets<'c> = SmallVec<[&'c Vec<AvailabilityZone>; 8]>;

fn zones_and_sets<'b, 'c>(body: &'b Body<'_>, target: &Target<'c>) -> Option<(Zones<'b>, Sets<'c>)> {
    let start = *body.action.set()? == UpgradeAction::Start;
    let zones = body.availability_zone_list.set().filter(|_| start)?;
    let sets = target.context().all(|known| &known.availability_zones);
    if sets.is_empty() {
        return None;
    }
    let zones = zones.iter().enumerate().filter_map(|(index, zone)| Some((index, &**zone.set()?)));
    Some((zones.collect(), sets))
}

/// Whether one of the sets has all of these zones.
fn in_one(sets: &[&Vec<AvailabilityZone>], zones: &[(usize, &str)]) -> bool {
    let has = |set: &[AvailabilityZone], zone: &str| {
        set.iter().any(|known| known.code.set().is_some_and(|code| code == zone))
    };
    sets.iter().any(|set| zones.iter().all(|(_, zone)| has(set, zone)))
}
