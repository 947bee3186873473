//! The availability zones of an upgraded load balancer: all of one set.

use super::fields::shorten;
use super::{Words, at, rule};
use crate::api::context::AvailabilityZone;
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::api::values::UpgradeAction;
use crate::lists::SmallVec;
use crate::say::say;
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
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1", "az2", "az3"]}
    /// context: {"availability_zones": [[{"code": "az1"}, {"code": "az2"}], [{"code": "az2"}, {"code": "az3"}], [{"code": "az3"}, {"code": "az1"}]]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1", "az2"]}
    /// context: {"availability_zones": [[{"code": "az1"}, {"code": "az2"}], [{"code": "az3"}]]}
    /// ```
    ZONES_OF_DIFFERENT_SETS "zones-of-different-sets" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "availability_zone_list"
}

pub(super) fn zones_of_different_sets(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    let Some((mut zones, sets)) = zones_and_sets(body, target) else { return };
    zones.retain(|(_, zone)| sets.iter().any(|set| has(set, zone)));
    // The set with most of them; of two with as many, the one with the first zone that the other does not have.
    let is_better = |one: &[AvailabilityZone], other: &[AvailabilityZone]| {
        let (mut more, mut first) = (0_i32, 0_i32);
        for (_, zone) in &zones {
            let side = i32::from(has(one, zone)) - i32::from(has(other, zone));
            more += side;
            first = if first == 0 { side } else { first };
        }
        (more, first) > (0, 0)
    };
    let Some(best) = sets.iter().reduce(|best, set| if is_better(set, best) { set } else { best }) else {
        return;
    };
    let (inside, outside): (Zones<'_>, Zones<'_>) = zones.into_iter().partition(|(_, zone)| has(best, zone));
    let Some((first, _)) = inside.first() else { return };
    for (index, zone) in outside {
        report(target.refuse(at!["availability_zone_list", index], || {
            let others = few(&mut inside.iter().map(|(_, zone)| *zone), "`");
            let zone = shorten(zone);
            Words::from(say!("no set of availability zones has `{}` beside {}", zone, others))
                .help("choose zones of one of the sets that `GET …/elb/availability-zones` returns")
                .related(at!["availability_zone_list", *first], "of another set")
        }));
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
        if !sets.iter().any(|set| has(set, zone)) {
            report(target.refuse(at!["availability_zone_list", index], || {
                let zone = shorten(zone);
                let mut known =
                    sets.iter().flat_map(|set| *set).filter_map(|known| known.code.set().map(String::as_str));
                let known = few(&mut known, "");
                Words::from(say!("availability zone `{}` does not exist; the context has {}", zone, known))
            }));
        }
    }
}

/// The first few of these names, in quotes of this kind, and how many more there are.
fn few(names: &mut dyn Iterator<Item = &str>, quote: &str) -> String {
    const FEW: usize = 5;
    let mut named = String::new();
    let mut count = 0;
    for name in names {
        count += 1;
        if count <= FEW {
            let comma = if count > 1 { ", " } else { "" };
            named.push_str(&say!("{}{}{}{}", comma, quote, shorten(name), quote));
        }
    }
    if count > FEW {
        named.push_str(&say!(" and {} more", itoa::Buffer::new().format(count - FEW)));
    }
    named
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
    let zones: Zones<'_> = zones.collect();
    // That there is none is told of already.
    zones.iter().any(|(_, zone)| !zone.is_empty()).then_some((zones, sets))
}

fn has(set: &[AvailabilityZone], zone: &str) -> bool {
    set.iter().any(|known| known.code.set().is_some_and(|code| code == zone))
}
