//! Slow start: of HTTP, HTTPS and GRPC groups only.

use super::{Words, at, rule, told};
use crate::api::field::Field;
use crate::api::update_pool::{UpdatePoolOption, UpdatePoolSlowStartOption as SlowStart};
use crate::api::values::Protocol;
use crate::say::say;
use crate::target::{Fact, Fault, Target};

rule! {
    /// Slow start is set on a group that forwards at layer 4.
    ///
    /// Slow start can be used when the protocol of the backend server group is HTTP or HTTPS, and as newer sources have
    /// it GRPC; with another one the service returns an error. Leave `slow_start` out.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"slow_start": {"enable": true, "duration": 30}}}
    /// context: {"pool": {"protocol": "TCP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"slow_start": {"enable": true, "duration": 30}}}
    /// context: {"pool": {"protocol": "HTTPS"}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"slow_start": {"enable": true, "duration": 1200}}}
    /// ```
    SLOW_START_ON_LAYER_4 "slow-start-on-layer-4" Error Documented Structural
    cites UpdatePool "UpdatePoolOption" "slow_start"
}

pub(super) fn slow_start_on_layer_4(_: &SlowStart, target: &Target<'_>) -> Option<Fault> {
    if matches!(target.protocol(), Protocol::Http | Protocol::Https | Protocol::Grpc) {
        return None;
    }
    Some(target.refuse(at!["pool", "slow_start"], || {
        Words::from(say!(
            "slow start is only for HTTP, HTTPS and GRPC groups, but {}",
            told(target, Fact::PoolProtocol)
        ))
        .help("remove `slow_start`")
    }))
}

rule! {
    /// Slow start is set on a GRPC group.
    ///
    /// The page names HTTP and HTTPS only; newer sources name GRPC too. An older site may refuse it.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"slow_start": {"enable": true}}}
    /// context: {"pool": {"protocol": "GRPC"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"slow_start": {"enable": true}}}
    /// context: {"pool": {"protocol": "HTTP"}}
    /// ```
    SLOW_START_ON_GRPC "slow-start-on-grpc" Info Documented ClosedList
    cites UpdatePool "UpdatePoolOption" "slow_start"
}

pub(super) fn slow_start_on_grpc(_: &SlowStart, target: &Target<'_>) -> Option<Fault> {
    (target.protocol() == Protocol::Grpc).then(|| {
        target.refuse(
            at!["pool", "slow_start"],
            || "the page names only HTTP and HTTPS for slow start; newer sources name GRPC too",
        )
    })
}

rule! {
    /// A slow start duration is set without `enable`.
    ///
    /// Nothing says whether slow start is on then. Set `enable` too.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"slow_start": {"duration": 60}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"slow_start": {"enable": true, "duration": 60}}}
    /// ```
    SLOW_START_WITHOUT_ENABLE "slow-start-without-enable" Info Documented Structural
    cites UpdatePool "UpdatePoolSlowStartOption" "enable"
}

pub(super) fn slow_start_without_enable(slow_start: &SlowStart, target: &Target<'_>) -> Option<Fault> {
    slow_start.duration.set()?;
    slow_start.enable.given().is_none().then(|| {
        target.refuse(at!["pool", "slow_start", "enable"], || {
            Words::from("nothing says whether slow start is on when `duration` is set without `enable`")
                .help("set `enable` too")
        })
    })
}

rule! {
    /// Slow start and a sticky session are on together.
    ///
    /// They cannot work at the same time: with both on, stickiness is lost. Turn one of them off.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"slow_start": {"enable": true}, "session_persistence": {"type": "HTTP_COOKIE"}}}
    /// context: {"pool": {"protocol": "HTTP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"slow_start": {"enable": true}, "session_persistence": null}}
    /// context: {"pool": {"protocol": "HTTP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"slow_start": {"enable": true}}}
    /// context: {"pool": {"protocol": "HTTP"}}
    /// ```
    SLOW_START_WITH_STICKY_SESSION "slow-start-with-sticky-session" Warning Suspicious Structural
    cites UpdatePool "UpdatePoolOption" "slow_start"
}

pub(super) fn slow_start_with_sticky_session(
    pool: &UpdatePoolOption<'_>,
    target: &Target<'_>,
) -> Option<Fault> {
    use crate::api::values::StoredSession;
    let stored = || target.context().pool_or_null(|stored| &stored.slow_start)??.enable.set().copied();
    let slow = match &pool.slow_start {
        Field::Set(slow_start) if slow_start.enable.given().is_some() => slow_start.enable.set().copied(),
        Field::Set(_) | Field::Absent => stored(),
        Field::Null | Field::Unknown => None,
    };
    if slow != Some(true) {
        return None;
    }
    let sticky = match &pool.session_persistence {
        Field::Set(_) => true,
        Field::Absent => target.session_persistence_type() != StoredSession::Off,
        Field::Null | Field::Unknown => false,
    };
    sticky.then(|| {
        let sticky = at!["pool", "session_persistence"];
        let at = if pool.slow_start.is_absent() { sticky } else { at!["pool", "slow_start"] };
        target.refuse(at, || {
            let words = Words::from("with slow start and a sticky session both on, stickiness is lost")
                .help("turn one of them off");
            if pool.session_persistence.set().is_some() && pool.slow_start.set().is_some() {
                words.related(sticky, "the sticky session")
            } else {
                words
            }
        })
    })
}
