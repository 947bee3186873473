//! The flavors of an upgraded load balancer: one for each layer that has listeners.

use std::slice::from_ref;

use super::{Words, at, rule};
use crate::api::field::{Field, Text};
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::api::values::UpgradeAction;
use crate::say::say;
use crate::target::{At, Fault, Target};

type Body<'a> = UpgradeLoadBalancerRequestBody<'a>;

rule! {
    /// A start names no flavor.
    ///
    /// `l4_flavor_id` and `l7_flavor_id` cannot both be blank (absent, null or "") when an upgrade starts. Name a
    /// flavor for each layer that has listeners.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "availability_zone_list": ["az1"]}
    /// ```
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "", "l7_flavor_id": null}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "availability_zone_list": ["az1"], "l7_flavor_id": "f1"}
    /// ```
    START_WITHOUT_FLAVOR "start-without-flavor" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "l4_flavor_id"
    cites UpgradeLoadBalancer "Request body parameters" "l7_flavor_id"
}

pub(super) fn start_without_flavor(body: &Body<'_>, target: &Target<'_>) -> Option<Fault> {
    let blank = body.l4_flavor_id.is_blank() && body.l7_flavor_id.is_blank();
    (*body.action.set()? == UpgradeAction::Start && blank).then(|| {
        target.refuse(at!["l4_flavor_id"], || {
            Words::from("`l4_flavor_id` and `l7_flavor_id` cannot both be blank when an upgrade starts")
                .help("name a flavor for each layer that has listeners")
                .related(at!["l7_flavor_id"], "blank as well")
        })
    })
}

rule! {
    /// The load balancer has a layer-4 listener, but no layer-4 flavor is named.
    ///
    /// `l4_flavor_id` is mandatory when the load balancer has a TCP, UDP or TLS listener.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "availability_zone_list": ["az1"], "l7_flavor_id": "f7"}
    /// context: {"listeners": [{"protocol": "UDP"}]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "availability_zone_list": ["az1"], "l7_flavor_id": "f7"}
    /// context: {"listeners": [{"protocol": "HTTP"}]}
    /// ```
    /// ```json UpgradeLoadBalancer open
    /// {"action": "start", "availability_zone_list": ["az1"], "l7_flavor_id": "f7"}
    /// ```
    LAYER_4_WITHOUT_FLAVOR "layer-4-without-flavor" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "l4_flavor_id"
}

pub(super) fn layer_4_without_flavor(body: &Body<'_>, target: &Target<'_>) -> Option<Fault> {
    without_flavor(body, [&body.l4_flavor_id, &body.l7_flavor_id]).filter(|_| target.has_l4_listener())?;
    Some(target.refuse(at!["l4_flavor_id"], || {
        Words::from("`l4_flavor_id` is blank, but the load balancer has a layer-4 listener")
            .help("name a flavor of type L4")
    }))
}

rule! {
    /// The load balancer has a layer-7 listener, but no layer-7 flavor is named.
    ///
    /// `l7_flavor_id` is mandatory when the load balancer has an HTTP, HTTPS, TERMINATED_HTTPS or QUIC listener.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "f4"}
    /// context: {"listeners": [{"protocol": "TERMINATED_HTTPS"}]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "f4"}
    /// context: {"loadbalancer": {"listeners": []}}
    /// ```
    /// ```json UpgradeLoadBalancer open
    /// {"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "f4"}
    /// ```
    LAYER_7_WITHOUT_FLAVOR "layer-7-without-flavor" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "l7_flavor_id"
}

pub(super) fn layer_7_without_flavor(body: &Body<'_>, target: &Target<'_>) -> Option<Fault> {
    without_flavor(body, [&body.l7_flavor_id, &body.l4_flavor_id]).filter(|_| target.has_l7_listener())?;
    Some(target.refuse(at!["l7_flavor_id"], || {
        Words::from("`l7_flavor_id` is blank, but the load balancer has a layer-7 listener")
            .help("name a flavor of type L7")
    }))
}

/// On start, with this flavor blank and the other not; with both blank that is told once.
fn without_flavor(body: &Body<'_>, [flavor, other]: [&Field<Text<'_>>; 2]) -> Option<()> {
    (*body.action.set()? == UpgradeAction::Start && flavor.is_blank() && !other.is_blank()).then_some(())
}

rule! {
    /// A flavor is of the other layer.
    ///
    /// `l4_flavor_id` takes a flavor of type L4 and `l7_flavor_id` one of type L7. Seen only where the context lists
    /// the flavors.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "f7"}
    /// context: {"flavors": [{"id": "f4", "type": "L4"}, {"id": "f7", "type": "L7"}]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "f4", "l7_flavor_id": "f7"}
    /// context: {"flavors": [{"id": "f4", "type": "L4"}, {"id": "f7", "type": "L7"}]}
    /// ```
    FLAVOR_OF_WRONG_LAYER "flavor-of-wrong-layer" Error Documented Structural
    cites UpgradeLoadBalancer "Request body parameters" "l4_flavor_id"
    cites UpgradeLoadBalancer "Request body parameters" "l7_flavor_id"
}

pub(super) fn flavor_of_wrong_layer(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    for (name, id, layer) in flavors(body) {
        let kind = target.context().flavor(id).and_then(|flavor| flavor.last(|flavor| &flavor.r#type));
        if let Some(kind) = kind.filter(|kind| !kind.starts_with(layer)) {
            report(target.refuse(At::new(from_ref(name)), || {
                say!("`{}` takes a flavor of type {}, but `{}` is of type {}", name, layer, id, kind)
            }));
        }
    }
}

rule! {
    /// A flavor is not among those that exist.
    ///
    /// Seen only where the context lists the flavors. Choose one that `GET …/elb/flavors` returns.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "f9"}
    /// context: {"flavors": [{"id": "f4", "type": "L4"}]}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "start", "availability_zone_list": ["az1"], "l4_flavor_id": "f4"}
    /// context: {"flavors": [{"id": "f4", "type": "L4"}]}
    /// ```
    UNKNOWN_FLAVOR "unknown-flavor" Error Documented ClosedList
    cites UpgradeLoadBalancer "Request body parameters" "l4_flavor_id"
    cites UpgradeLoadBalancer "Request body parameters" "l7_flavor_id"
}

pub(super) fn unknown_flavor(body: &Body<'_>, target: &Target<'_>, report: &mut dyn FnMut(Fault)) {
    for (name, id, layer) in flavors(body) {
        if target.context().flavor(id).is_none() && !target.context().all(|known| &known.flavors).is_empty() {
            report(target.refuse(At::new(from_ref(name)), || {
                Words::from(say!("flavor `{}` is not among those that the context lists", id))
                    .help(say!("choose one of type {} that `GET …/elb/flavors` returns", layer))
            }));
        }
    }
}

fn flavors<'b>(body: &'b Body<'_>) -> impl Iterator<Item = (&'static &'static str, &'b str, &'static str)> {
    let start = body.action.set() == Some(&UpgradeAction::Start);
    [(&"l4_flavor_id", &body.l4_flavor_id, "L4"), (&"l7_flavor_id", &body.l7_flavor_id, "L7")]
        .into_iter()
        .filter(move |_| start)
        .filter_map(|(name, field, layer)| field.filled().map(|id| (name, id, layer)))
}
