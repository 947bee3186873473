//! The rules about suppressions, which nothing of a request breaks: the policy of the user's repository tells them.

use super::rule;

rule! {
    /// A suppression suppresses nothing.
    ///
    /// What it was there for has been mended, or it stands at the wrong place. It would hide the next such fault:
    /// remove it. A comment stands right before its request, between `###` and the request line, or right before the
    /// line that it is about.
    UNUSED_SUPPRESSION "unused-suppression" Warning Suppressions Structural
}

rule! {
    /// A suppression names no rule, or one that there is not.
    ///
    /// It is written `# elblint-ignore[rule, rule]: reason`. A rule, the beginning of names (`slow-start-*`) or a group
    /// can be named; `elblint rules` lists them.
    SUPPRESSION_OF_UNKNOWN_RULE "suppression-of-unknown-rule" Error Suppressions Structural
}

rule! {
    /// A suppression has no reason.
    ///
    /// Whoever reads it later cannot tell whether it is still needed, so it suppresses nothing. Write the reason behind
    /// a colon: `# elblint-ignore[range]: the service of this site takes more`.
    SUPPRESSION_WITHOUT_REASON "suppression-without-reason" Error Suppressions Structural
}

rule! {
    /// The last day of a suppression is over.
    ///
    /// It suppresses nothing any more. Mend what it was there for, and remove it, or give it another `until`.
    EXPIRED_SUPPRESSION "expired-suppression" Warning Suppressions Structural
}
