//! What is measured: which bodies, by whom, and how fast elblint is to be.

use crate::bodies::{self, Body};
use crate::contestants::{KNOWN, SCHEMA, TYPED, UNKNOWN};

/// Bodies of one kind.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) bodies: Vec<Body>,
    /// Who takes part, with the ratio to the floor that is aimed at. The floor always does.
    pub(crate) contestants: &'static [(&'static str, Option<f64>)],
    /// Whether every body has a fault.
    pub(crate) faulty: bool,
}

/// 10,000 small bodies and 1,000 of 200 servers, nine of ten without fault; a tenth of them for a quick run.
pub(crate) fn all(quick: bool) -> Vec<Case> {
    let less = if quick { 10 } else { 1 };
    vec![
        Case {
            name: "large-valid",
            title: "200 servers, without fault",
            bodies: bodies::large(900 / less, 1, 0),
            contestants: &[(KNOWN, Some(1.25)), (UNKNOWN, Some(1.25)), (TYPED, None), (SCHEMA, None)],
            faulty: false,
        },
        Case {
            name: "small-valid",
            title: "small bodies, without fault",
            bodies: bodies::small(9000 / less, 2, false),
            contestants: &[(KNOWN, Some(1.5)), (UNKNOWN, Some(2.5)), (TYPED, None), (SCHEMA, None)],
            faulty: false,
        },
        Case {
            name: "large-faulty",
            title: "200 servers, three faults",
            bodies: bodies::large(100 / less, 3, 3),
            contestants: &[(KNOWN, Some(3.0)), (UNKNOWN, Some(3.0)), (SCHEMA, None)],
            faulty: true,
        },
        Case {
            name: "small-faulty",
            title: "small bodies, one fault",
            bodies: bodies::small(1000 / less, 4, true),
            contestants: &[(KNOWN, Some(5.0)), (UNKNOWN, Some(5.0)), (SCHEMA, None)],
            faulty: true,
        },
        Case {
            name: "300-faults",
            title: "300 servers, a fault in each",
            bodies: vec![bodies::faults(300, 5)],
            contestants: &[(UNKNOWN, None), (SCHEMA, None)],
            faulty: true,
        },
        Case {
            name: "3000-faults",
            title: "3,000 servers, a fault in each",
            bodies: vec![bodies::faults(3000, 6)],
            contestants: &[(UNKNOWN, None), (SCHEMA, None)],
            faulty: true,
        },
    ]
}
