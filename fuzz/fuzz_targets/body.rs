//! A body: nothing panics, places are true, and the fast way of reading says what the mending one says.
#![no_main]

#[path = "../../tests/common/invariants.rs"]
mod invariants;

use elblint::{Context, Operation, check_body};
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;

const TARGETS: [&str; 3] = [
    "{}",
    r#"{"pool": {"protocol": "TCP", "lb_algorithm": "SOURCE_IP"}}"#,
    r#"{"pool": {"protocol": "HTTP"}, "loadbalancer": {"guaranteed": true}}"#,
];

fuzz_target!(|input: (u8, u8, &str)| {
    let (operation, target, text) = input;
    let operation = Operation::ALL[usize::from(operation) % Operation::ALL.len()];
    let context = Context::from_json(TARGETS[usize::from(target) % TARGETS.len()]).unwrap();
    let report = check_body(operation, text, &context);
    invariants::spans_lie_inside(&report, text);
    invariants::source_order(&report);

    // The fast way refuses a byte order mark, so this text is mended.
    let marked = format!("\u{feff}{text}");
    if !text.starts_with('\u{feff}') {
        let mended = check_body(operation, &marked, &context);
        assert_eq!(invariants::said(&report), invariants::said(&mended));
    }

    // Placeholders are no JSON, and serde_json goes less deep.
    let may_differ =
        ["{{", "$", "<"].iter().any(|it| text.contains(it)) || text.matches(['[', '{']).count() > 127;
    if !may_differ && !text.trim().is_empty() && report.diagnostics.iter().all(|it| it.rule != "syntax") {
        let parsed = serde_json::from_str::<IgnoredAny>(text.trim_start_matches('\u{feff}'));
        assert!(parsed.is_ok(), "{parsed:?} {text:?}");
    }
});
