//! The availability zones of an upgraded load balancer: all of one set.

use super::{Words, at, rule};
use crate::api::context::AvailabilityZone;
use crate::api::field::{Field, Text};
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
    let exists = |zone: &Field<Text<'_>>| zone.set().is_none_or(|zone| sets.iter().any(|set| has(set, zone)));
    let one_set = sets.iter().any(|set| zones.iter().filter_map(Field::set).all(|zone| has(set, zone)));
    if one_set || !zones.iter().all(exists) {
        return;
    }
    let first = zones.iter().enumerate().find_map(|(index, zone)| zone.set().map(|zone| (index, zone)));
    let Some((first_index, first)) = first else { return };
    for (index, zone) in
        zones.iter().enumerate().filter_map(|(index, zone)| zone.set().map(|zone| (index, zone)))
    {
        if !sets.iter().any(|set| has(set, first) && has(set, zone)) {
            report(target.refuse(at!["availability_zone_list", index], || {
                Words::from(format!("`{zone}` and `{first}` are of different sets of availability zones"))
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
    for (index, zone) in
        zones.iter().enumerate().filter_map(|(index, zone)| zone.set().map(|zone| (index, zone)))
    {
        if !sets.iter().any(|set| has(set, zone)) {
            report(target.refuse(at!["availability_zone_list", index], || {
                let known: Vec<&str> = sets
                    .iter()
                    .copied()
                    .flatten()
                    .filter_map(|known| known.code.set())
                    .map(String::as_str)
                    .collect();
                format!("availability zone `{zone}` does not exist; the context has {}", known.join(", "))
            }));
        }
    }
}

type Zones<'b, 'a> = &'b [Field<Text<'a>>];

fn zones_and_sets<'b, 'a, 'c>(
    body: &'b Body<'a>,
    target: &Target<'c>,
) -> Option<(Zones<'b, 'a>, SmallVec<[&'c Vec<AvailabilityZone>; 8]>)> {
    let start = *body.action.set()? == UpgradeAction::Start;
    let zones = body.availability_zone_list.set().filter(|_| start)?;
    let sets = target.context().all(|known| &known.availability_zones);
    (!sets.is_empty()).then_some((zones, sets))
}

pub(super) fn has(set: &[AvailabilityZone], zone: &str) -> bool {
    set.iter().any(|known| known.code.set().is_some_and(|code| code == zone))
}
