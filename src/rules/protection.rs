//! Modification protection and its reason.

use super::{Words, at, rule};
use crate::api::field::Field;
use crate::api::update_pool::UpdatePoolOption;
use crate::api::values::ProtectionStatus;
use crate::say::say;
use crate::target::{Fault, Target};

rule! {
    /// A protection reason is given for a group that is not protected.
    ///
    /// `protection_reason` is valid only when `protection_status` is consoleProtection: in the request, or stored
    /// already.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"protection_status": "nonProtection", "protection_reason": "production"}}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": {"protection_reason": "production"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"protection_status": "consoleProtection", "protection_reason": "production"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"protection_reason": "production"}}
    /// context: {"pool": {"protection_status": "consoleProtection"}}
    /// ```
    REASON_WITHOUT_PROTECTION "reason-without-protection" Warning Documented Structural
    cites UpdatePool "UpdatePoolOption" "protection_reason"
}

pub(super) fn reason_without_protection(pool: &UpdatePoolOption<'_>, target: &Target<'_>) -> Option<Fault> {
    pool.protection_reason.filled()?;
    let stored = || target.context().pool(|stored| &stored.protection_status);
    let said = match &pool.protection_status {
        Field::Set(ProtectionStatus::ConsoleProtection) | Field::Unknown => return None,
        Field::Set(ProtectionStatus::NonProtection) => "nonProtection",
        Field::Null => "null",
        Field::Absent => match stored() {
            Some(status) if status == "consoleProtection" => return None,
            _ => "not set here",
        },
    };
    Some(target.refuse(at!["pool", "protection_reason"], || {
        Words::from(say!(
            "`protection_reason` is valid only with consoleProtection, but `protection_status` is {}",
            said
        ))
        .help("set `protection_status` to consoleProtection, or remove the reason")
        .removable()
    }))
}
