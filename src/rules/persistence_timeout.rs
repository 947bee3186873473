//! How long a sticky session lasts.

use super::sticky_session::{Session, type_after};
use super::{Words, at, rule, told};
use crate::api::values::{Protocol, StoredSession};
use crate::say::say;
use crate::target::{Fact, Fault, Target};

rule! {
    /// A session sticks longer than 60 minutes on a TCP, UDP or QUIC group.
    ///
    /// There `persistence_timeout` ranges from 1 to 60 minutes; on HTTP and HTTPS groups from 1 to 1440.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP", "persistence_timeout": 61}}}
    /// context: {"pool": {"protocol": "QUIC"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "SOURCE_IP", "persistence_timeout": 60}}}
    /// context: {"pool": {"protocol": "TCP"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE", "persistence_timeout": 1440}}}
    /// context: {"pool": {"protocol": "HTTP"}}
    /// ```
    /// ```json UpdatePool open
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE", "persistence_timeout": 1440}}}
    /// ```
    PERSISTENCE_TIMEOUT_ON_LAYER_4 "persistence-timeout-on-layer-4" Error Documented Bound
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "persistence_timeout"
}

pub(super) fn persistence_timeout_on_layer_4(session: &Session<'_>, target: &Target<'_>) -> Option<Fault> {
    let minutes = *session.persistence_timeout.set()?;
    if !(61..=1440).contains(&minutes)
        || !matches!(target.protocol(), Protocol::Tcp | Protocol::Udp | Protocol::Quic)
        || type_after(session, target)? == StoredSession::AppCookie
    {
        return None;
    }
    Some(target.refuse(at!["pool", "session_persistence", "persistence_timeout"], || {
        say!(
            "{} minutes is more than the 60 permitted: {}",
            itoa::Buffer::new().format(minutes),
            told(target, Fact::PoolProtocol)
        )
    }))
}

rule! {
    /// A duration is given for a session that lasts as long as the application's cookie.
    ///
    /// `persistence_timeout` has no effect with type APP_COOKIE.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id", "persistence_timeout": 30}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "HTTP_COOKIE", "persistence_timeout": 30}}}
    /// ```
    PERSISTENCE_TIMEOUT_WITHOUT_EFFECT "persistence-timeout-without-effect" Warning Documented Structural
    cites UpdatePool "UpdatePoolSessionPersistenceOption" "persistence_timeout"
}

pub(super) fn persistence_timeout_without_effect(
    session: &Session<'_>,
    target: &Target<'_>,
) -> Option<Fault> {
    session.persistence_timeout.set()?;
    (type_after(session, target)? == StoredSession::AppCookie).then(|| {
        target.refuse(at!["pool", "session_persistence", "persistence_timeout"], || {
            Words::from("`persistence_timeout` has no effect with type APP_COOKIE")
                .help("remove `persistence_timeout`")
                .removable()
        })
    })
}
