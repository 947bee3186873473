//! Sticky sessions: their type, by protocol and load balancer, and their cookie.

use super::{Words, at, rule, told};
use crate::api::field::Field;
use crate::api::update_pool::{UpdatePoolOption, UpdatePoolSessionPersistenceOption};
use crate::api::values::{LoadBalancerType, Protocol, SessionPersistenceType, StoredSession};
use crate::say::say;
use crate::target::{At, Fact, Fault, Target};

pub(super) type Session<'a> = UpdatePoolSessionPersistenceOption<'a>;

/// The type that the sticky session has after the request.
pub(super) fn type_after(session: &Session<'_>, target: &Target<'_>) -> Option<StoredSession> {
    match &session.r#type {
        Field::Set(kind) => Some((*kind).into()),
        // Nothing says what `null` does, so it does nothing.
        Field::Absent | Field::Null => Some(target.session_persistence_type()),
        Field::Unknown => None,
    }
}

/// Where the request says the type: the member, or the object that lacks it.
fn type_place(session: &Session<'_>) -> At {
    if session.r#type.is_absent() {
        at!["pool", "session_persistence"]
    } else {
        at!["pool", "session_persistence", "type"]
    }
}

rule! {
    /// A QUIC group loses its sticky session of type SOURCE_IP.
    ///
    /// When the protocol of the backend server group is QUIC, a sticky session must be on, with type SOURCE_IP. So
    /// it can be neither removed nor given another type.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE"}}}
    /// context: {"pool": {"protocol": "QUIC"}}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": null}}
    /// context: {"pool": {"protocol": "QUIC"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP"}}}
    /// context: {"pool": {"protocol": "QUIC"}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"session_persistence": null}}
    /// ```
    QUIC_WITHOUT_SOURCE_IP "quic-without-source-ip" Error Documented Structural
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "type"
}

pub(super) fn quic_without_source_ip(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    let stored_counts = match &pool.session_persistence {
        Field::Null => false,
        Field::Set(session) => match &session.r#type {
            Field::Set(SessionPersistenceType::SourceIp) | Field::Unknown => return None,
            kind => kind.given().is_none(),
        },
        Field::Absent | Field::Unknown => return None,
    };
    if target.protocol() != Protocol::Quic
        || stored_counts && target.session_persistence_type() == StoredSession::SourceIp
    {
        return None;
    }
    let at = pool.session_persistence.set().map_or(at!["pool", "session_persistence"], type_place);
    Some(target.refuse(at, || {
        Words::from("a QUIC group must have a sticky session of type SOURCE_IP")
            .help("set `type` to SOURCE_IP")
    }))
}

rule! {
    /// A cookie is to make sessions sticky where there are no cookies.
    ///
    /// When the protocol of the backend server group is TCP or UDP, only SOURCE_IP takes effect.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE"}}}
    /// context: {"pool": {"protocol": "UDP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP"}}}
    /// context: {"pool": {"protocol": "UDP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE"}}}
    /// ```
    COOKIE_ON_LAYER_4 "cookie-on-layer-4" Warning Documented Structural
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "type"
}

pub(super) fn cookie_on_layer_4(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    let kind = *session.r#type.set()?;
    if kind == SessionPersistenceType::SourceIp || !matches!(target.protocol(), Protocol::Tcp | Protocol::Udp)
    {
        return None;
    }
    Some(target.refuse(at!["pool", "session_persistence", "type"], || {
        Words::from(say!(
            "{} has no effect: {}, where only SOURCE_IP does",
            kind.word(),
            told(target, Fact::PoolProtocol)
        ))
        .help(if session.cookie_name.is_blank() {
            "use SOURCE_IP"
        } else {
            "use SOURCE_IP, and remove `cookie_name`"
        })
    }))
}

rule! {
    /// SOURCE_IP is set on an HTTP or HTTPS group of a dedicated load balancer.
    ///
    /// There the type can be HTTP_COOKIE or APP_COOKIE. Newer sources say that stickiness does not work with
    /// another type.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP"}}}
    /// context: {"pool": {"protocol": "HTTP"}, "loadbalancer": {"guaranteed": true}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id"}}}
    /// context: {"pool": {"protocol": "HTTP"}, "loadbalancer": {"guaranteed": true}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP"}}}
    /// context: {"pool": {"protocol": "HTTPS"}}
    /// ```
    SOURCE_IP_ON_DEDICATED_HTTP "source-ip-on-dedicated-http" Error Documented Structural
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "type"
}

pub(super) fn source_ip_on_dedicated_http(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    source_ip_on_http(session, target)?;
    (target.load_balancer_type() == LoadBalancerType::Dedicated).then(|| {
        target.refuse(at!["pool", "session_persistence", "type"], || {
            Words::from("on a dedicated load balancer, sessions of an HTTP or HTTPS group stick by HTTP_COOKIE or APP_COOKIE, not by SOURCE_IP")
                .help("use HTTP_COOKIE, or APP_COOKIE with a cookie_name")
        })
    })
}

rule! {
    /// SOURCE_IP is set on an HTTP or HTTPS group of a shared load balancer.
    ///
    /// The page does not refuse it, but newer sources say that stickiness does not work with it. Use HTTP_COOKIE or
    /// APP_COOKIE.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP"}}}
    /// context: {"pool": {"protocol": "HTTP"}, "loadbalancer": {"guaranteed": false}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE"}}}
    /// context: {"pool": {"protocol": "HTTP"}, "loadbalancer": {"guaranteed": false}}
    /// ```
    SOURCE_IP_ON_SHARED_HTTP "source-ip-on-shared-http" Warning Documented Structural
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "type"
}

pub(super) fn source_ip_on_shared_http(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    source_ip_on_http(session, target)?;
    (target.load_balancer_type() == LoadBalancerType::Shared).then(|| {
        target.refuse(at!["pool", "session_persistence", "type"], || {
            Words::from("sessions of an HTTP or HTTPS group do not stick by SOURCE_IP")
                .help("use HTTP_COOKIE")
        })
    })
}

fn source_ip_on_http(session: &Session<'_>, target: &Target<'_>) -> Option<()> {
    let source_ip = *session.r#type.set()? == SessionPersistenceType::SourceIp;
    (source_ip && matches!(target.protocol(), Protocol::Http | Protocol::Https)).then_some(())
}

rule! {
    /// APP_COOKIE is set on an HTTP or HTTPS group of a dedicated load balancer.
    ///
    /// The page permits it in the request, but names only HTTP_COOKIE in the response. Some sites know only
    /// HTTP_COOKIE there.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id"}}}
    /// context: {"pool": {"protocol": "HTTP"}, "loadbalancer": {"guaranteed": true}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE"}}}
    /// context: {"pool": {"protocol": "HTTP"}, "loadbalancer": {"guaranteed": true}}
    /// ```
    APP_COOKIE_ON_DEDICATED "app-cookie-on-dedicated" Info Documented ClosedList
    cites UpdatePool "SessionPersistence" "type"
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "type"
}

pub(super) fn app_cookie_on_dedicated(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    let app_cookie = *session.r#type.set()? == SessionPersistenceType::AppCookie;
    let here = app_cookie
        && matches!(target.protocol(), Protocol::Http | Protocol::Https)
        && target.load_balancer_type() == LoadBalancerType::Dedicated;
    here.then(|| {
        target.refuse(
            at!["pool", "session_persistence", "type"],
            || "the page permits APP_COOKIE in the request, but names only HTTP_COOKIE in the response",
        )
    })
}

rule! {
    /// A cookie name is given for a session that has no cookie of the application's.
    ///
    /// `cookie_name` takes effect only with type APP_COOKIE; otherwise the service returns an error.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE", "cookie_name": "id"}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id"}}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"session_persistence": {"cookie_name": "id"}}}
    /// ```
    COOKIE_NAME_WITHOUT_APP_COOKIE "cookie-name-without-app-cookie" Error Documented Structural
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "cookie_name"
}

pub(super) fn cookie_name_without_app_cookie(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    if session.cookie_name.is_blank() || type_after(session, target)? == StoredSession::AppCookie {
        return None;
    }
    Some(target.refuse(at!["pool", "session_persistence", "cookie_name"], || {
        let words = Words::from("`cookie_name` is only for sticky sessions of type APP_COOKIE");
        let words = words.help("remove `cookie_name`, or set `type` to APP_COOKIE");
        match session.r#type.set() {
            Some(kind) => words.removable().related(type_place(session), say!("the type is {}", kind.word())),
            None => words,
        }
    }))
}

rule! {
    /// A cookie name is longer than a shared load balancer takes, or has a period in it.
    ///
    /// On a shared load balancer the name has at most 64 characters, out of letters, digits, `_` and `-`. On a
    /// dedicated one it has at most 255, and may have `.` too.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "my.cookie"}}}
    /// context: {"loadbalancer": {"guaranteed": false}}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}}
    /// context: {"loadbalancer": {"guaranteed": false}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}}
    /// context: {"loadbalancer": {"guaranteed": false}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "my.cookie"}}}
    /// context: {"loadbalancer": {"guaranteed": true}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "my.cookie"}}}
    /// ```
    COOKIE_NAME_ON_SHARED "cookie-name-on-shared" Error Documented Bound
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "cookie_name"
}

pub(super) fn cookie_name_on_shared(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    const MOST_SHARED: usize = 64;
    const MOST: usize = 255;
    let name = session.cookie_name.set()?;
    let length = name.chars().count();
    let dedicated_only = length > MOST_SHARED || name.contains('.');
    if !dedicated_only || length > MOST || target.load_balancer_type() != LoadBalancerType::Shared {
        return None;
    }
    Some(target.refuse(at!["pool", "session_persistence", "cookie_name"], || {
        let mut digits = itoa::Buffer::new();
        let [has, what] = if length > MOST_SHARED {
            [digits.format(length), " characters, but 64 at most are"]
        } else {
            ["a period, which is not", ""]
        };
        Words::from(say!("`cookie_name` has {}{} permitted on a shared load balancer", has, what))
            .help("use up to 64 letters, digits, `_` and `-`")
    }))
}

rule! {
    /// APP_COOKIE is set without the name of the cookie.
    ///
    /// The column *Mandatory* says No, but the load balancer cannot know the application's cookie without its name.
    /// Nothing is said where the context shows that the group has such a session already.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE"}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id"}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE"}}}
    /// context: {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id"}}}
    /// ```
    APP_COOKIE_WITHOUT_NAME "app-cookie-without-name" Warning Suspicious Structural
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "cookie_name"
}

pub(super) fn app_cookie_without_name(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    let nameless =
        *session.r#type.set()? == SessionPersistenceType::AppCookie && session.cookie_name.is_blank();
    (nameless && stored_type(target) != Some("APP_COOKIE")).then(|| {
        target.refuse(at!["pool", "session_persistence", "cookie_name"], || {
            Words::from("APP_COOKIE without a `cookie_name`").help("name the application's cookie")
        })
    })
}

rule! {
    /// A sticky session is set without a type.
    ///
    /// The column *Mandatory* says No, but nothing says what a sticky session without a type is; when a group is created,
    /// and on some sites always, the type is mandatory. Nothing is said where the context shows which type the group
    /// has.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"persistence_timeout": 30}}}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"persistence_timeout": 30}}}
    /// context: {"pool": {"protocol": "HTTP", "session_persistence": null}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"persistence_timeout": 30}}}
    /// context: {"pool": {"protocol": "HTTP", "session_persistence": {"type": "HTTP_COOKIE"}}}
    /// ```
    STICKY_SESSION_WITHOUT_TYPE "sticky-session-without-type" Warning Suspicious Structural
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "type"
}

pub(super) fn sticky_session_without_type(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    (session.r#type.given().is_none() && stored_type(target).is_none()).then(|| {
        target.refuse(at!["pool", "session_persistence", "type"], || {
            Words::from("nothing says what a sticky session without a `type` is")
                .help("set `type` to SOURCE_IP, HTTP_COOKIE or APP_COOKIE")
        })
    })
}

/// The type of the sticky session that the group is known to have: all that a warning may heed without being silent
/// where nothing is known.
fn stored_type<'c>(target: &Target<'c>) -> Option<&'c str> {
    let session = target.context().pool_or_null(|stored| &stored.session_persistence)??;
    session.r#type.set().map(String::as_str)
}

rule! {
    /// A sticky session is set on a group of protocol IP.
    ///
    /// Gateway load balancers do not support sticky sessions. Newer than the page; the SDKs say so.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP"}}}
    /// context: {"pool": {"protocol": "IP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP"}}}
    /// context: {"pool": {"protocol": "TCP"}}
    /// ```
    STICKY_SESSION_ON_IP "sticky-session-on-ip" Warning Documented Structural
    cites UpdatePool "UpdatePoolOption" "session_persistence"
}

pub(super) fn sticky_session_on_ip(_: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    (target.protocol() == Protocol::Ip).then(|| {
        target.refuse(
            at!["pool", "session_persistence"],
            || "groups of protocol IP do not support sticky sessions",
        )
    })
}
