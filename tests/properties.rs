//! What must hold for all inputs: nothing panics, spans lie inside the text and agree with their pointers, the fast
//! and the mending way say the same, what is sent of a value is what was judged, and what is required of an unknown
//! target is exactly what a known one needs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "common/generate.rs"]
mod generate;
#[path = "common/invariants.rs"]
mod invariants;

use elblint::api::batch_create_members::BatchCreateMembersRequestBody;
use elblint::api::update_member::UpdateMemberRequestBody;
use elblint::api::update_pool::UpdatePoolRequestBody;
use elblint::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use elblint::diagnostic::{Diagnostic, Need, Part, Report};
use elblint::json::Tree;
use elblint::{Context, Operation, RequestBody, Severity, Verdict, check_body, check_value};
use generate::{body, context, mangled, operation};
use invariants::{said, source_order, spans_lie_inside};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

fn refused(report: &Report) -> bool {
    report.verdict == Verdict::Refused
}

/// Whether a target, given by all its facts, has what is needed.
fn meets(need: &Need, facts: &Value) -> bool {
    let has = |fact: &str, value: Value| facts.get(fact) == Some(&value);
    match need {
        Need::OneOf(fact, values) => {
            values.iter().any(|value| has(fact.name(), serde_json::to_value(fact.value(value)).unwrap()))
        }
        Need::Not(values) => !values
            .iter()
            .all(|(fact, value)| has(fact.name(), serde_json::to_value(fact.value(*value)).unwrap())),
    }
}

/// What a program sends that has built a body, and what it is told of it; nothing where the types have no such body.
fn sent<'a, B: RequestBody<'a> + Serialize>(text: &'a str, context: &Context) -> Option<(String, Report)> {
    let body: B = serde_json::from_str(text).ok()?;
    Some((serde_json::to_string(&body).unwrap(), check_value(&body, context)))
}

/// What a report comes to, in no order: a value has no source, whose first place a conflict would be told at.
fn judged(report: &Report) -> (Verdict, Vec<String>) {
    let mut rules: Vec<_> = report.diagnostics.iter().map(|it| it.rule.to_owned()).collect();
    rules.extend(report.requires.iter().map(|need| serde_json::to_string(need).unwrap()));
    rules.sort_unstable();
    (report.verdict, rules)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_spans_lie_inside(operation in operation(), text in mangled(), context in context()) {
        let report = check_body(operation, &text, &context.given());
        spans_lie_inside(&report, &text);
        source_order(&report);
    }

    #[test]
    fn pointer_and_span_agree((operation, body) in body(), context in context()) {
        let text = serde_json::to_string_pretty(&body).unwrap();
        let tree = Tree::parse(&text);
        for it in check_body(operation, &text, &context.given()).diagnostics {
            if it.place.part != Part::Body {
                continue;
            }
            let span = it.span.expect("a diagnostic of the body has a span");
            let range = span.start.offset..span.end.offset;
            let key = tree.key_range(&it.place.pointer);
            prop_assert!(range == tree.nearest(&it.place.pointer) || Some(range) == key, "{it:?}");
        }
    }

    #[test]
    fn the_fast_and_the_mending_way_agree((operation, body) in body(), context in context()) {
        let text = body.to_string();
        // The strict reader takes no byte order mark, so this text is mended.
        let marked = format!("\u{feff}{text}");
        let context = context.given();
        prop_assert_eq!(
            said(&check_body(operation, &text, &context)),
            said(&check_body(operation, &marked, &context))
        );
    }

    #[test]
    fn what_is_sent_of_a_value_is_what_was_judged((operation, body) in body(), context in context()) {
        let (text, context) = (body.to_string(), context.given());
        let sent = match operation {
            Operation::UpgradeLoadBalancer => sent::<UpgradeLoadBalancerRequestBody<'_>>(&text, &context),
            Operation::UpdatePool => sent::<UpdatePoolRequestBody<'_>>(&text, &context),
            Operation::UpdateMember => sent::<UpdateMemberRequestBody<'_>>(&text, &context),
            Operation::BatchCreateMembers => sent::<BatchCreateMembersRequestBody<'_>>(&text, &context),
        };
        if let Some((sent, report)) = sent {
            prop_assert_eq!(&serde_json::from_str::<Value>(&sent).unwrap(), &body);
            prop_assert_eq!(judged(&report), judged(&check_body(operation, &sent, &context)));
        }
    }

    #[test]
    fn knowing_more_never_removes_a_certain_error((operation, body) in body(), context in context()) {
        let text = body.to_string();
        let partly = check_body(operation, &text, &context.given());
        let wholly = check_body(operation, &text, &context.whole());
        prop_assert!(!refused(&partly) || refused(&wholly), "{partly:#?}\n{wholly:#?}");
    }

    #[test]
    fn what_is_required_is_what_a_target_needs((operation, body) in body(), context in context()) {
        let text = body.to_string();
        let partly = check_body(operation, &text, &context.given());
        let wholly = check_body(operation, &text, &context.whole());
        if !refused(&partly) {
            let unmet: Vec<_> =
                partly.requires.iter().filter(|it| !meets(&it.need, &context.facts)).collect();
            prop_assert_eq!(refused(&wholly), !unmet.is_empty(), "{:?}\n{:#?}", unmet, wholly);
        }
        prop_assert!(wholly.requires.is_empty(), "a known target leaves nothing open: {:?}", wholly.requires);
    }

    #[test]
    fn the_value_of_a_placeholder_is_never_at_fault(context in context(), index in 0usize..12) {
        let fields = ["weight", "name", "protocol_port", "admin_state_up"];
        let placeholders = ["{{x}}", "\"{{x}}\"", "${X}", "\"a-${X}\"", "$X", "\"<x>\""];
        let (field, value) = (fields[index % fields.len()], placeholders[index % placeholders.len()]);
        let text = format!("{{\"member\": {{\"{field}\": {value}}}}}");
        let report = check_body(Operation::UpdateMember, &text, &context.given());
        // A port is refused there whatever it is.
        let by_presence = |it: &Diagnostic| field == "protocol_port" && it.rule == "port-under-any-port";
        prop_assert!(
            report.diagnostics.iter().all(|it| it.place.part == Part::Request || by_presence(it)),
            "{report:#?}"
        );
        prop_assert_eq!(report.unchecked.len(), 1);
        prop_assert!(report.verdict != Verdict::Ready);
    }
}

#[test]
fn three_thousand_faults_are_three_thousand_diagnostics_in_order() {
    let members: Vec<Value> =
        (0..3000).map(|index| json!({"address": format!("10.0.{}.{}", index / 256, index % 256), "protocol_port": 80, "weight": 101, "subnet_cidr_id": "s"})).collect();
    let text = json!({"members": members}).to_string();
    let report = check_body(Operation::BatchCreateMembers, &text, &Context::default());
    let faults: Vec<_> = report.diagnostics.iter().filter(|it| it.rule == "range").collect();
    assert_eq!(faults.len(), 3000);
    assert_eq!(report.diagnostics.iter().filter(|it| it.rule == "length").count(), 1);
    assert!(report.diagnostics.iter().map(|it| it.span.unwrap().start).is_sorted());
    assert_eq!(report.count(Severity::Error), 3001);
}
