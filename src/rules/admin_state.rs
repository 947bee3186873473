//! The administrative status, which can hardly be set.

use super::{Words, at, rule};
use crate::api::update_member::UpdateMemberOption;
use crate::api::update_pool::UpdatePoolOption;
use crate::target::{Fault, Target};

rule! {
    /// A backend server group is to be switched off.
    ///
    /// The value of `admin_state_up` can only be updated to true.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"admin_state_up": false}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"admin_state_up": true}}
    /// ```
    ADMIN_STATE_DOWN "admin-state-down" Error Documented Structural
    cites UpdatePool "UpdatePoolOption" "admin_state_up"
}

pub(super) fn admin_state_down(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    (!*pool.admin_state_up.set()?).then(|| {
        target.refuse(at!["pool", "admin_state_up"], || {
            Words::from("`admin_state_up` of a group can only be set to true").help("remove `admin_state_up`")
        })
    })
}

rule! {
    /// The administrative status of a backend server group is set.
    ///
    /// It can only be true anyway, and the description of the response asks not to use it.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"admin_state_up": true}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"name": "web"}}
    /// ```
    POOL_ADMIN_STATE "pool-admin-state" Info Documented Structural
    cites UpdatePool "Pool" "admin_state_up"
}

pub(super) fn pool_admin_state(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    (*pool.admin_state_up.set()?).then(|| {
        target.refuse(
            at!["pool", "admin_state_up"],
            || "`admin_state_up` of a group can only be true, and the page asks not to use it",
        )
    })
}

rule! {
    /// The administrative status of a backend server is set.
    ///
    /// It is unsupported: its real value follows from whether the cloud server exists. To take a server out of
    /// service, set its weight to 0.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {"admin_state_up": false}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 0}}
    /// ```
    MEMBER_ADMIN_STATE "member-admin-state" Warning Documented Structural
    cites UpdateMember "UpdateMemberOption" "admin_state_up"
}

pub(super) fn member_admin_state(member: &UpdateMemberOption<'_>, target: &Target<'_>) -> Option<Fault> {
    member.admin_state_up.set()?;
    Some(target.refuse(at!["member", "admin_state_up"], || {
        Words::from("`admin_state_up` of a backend server is unsupported")
            .help("to take the server out of service, set `weight` to 0")
            .removable()
    }))
}
