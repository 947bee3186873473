//! The library as programs use it that build bodies themselves, keep reports and hand them on.

use elblint::api::batch_create_members::{BatchCreateMembersOption, BatchCreateMembersRequestBody};
use elblint::api::field::Field;
use elblint::api::update_member::{UpdateMemberOption, UpdateMemberRequestBody};
use elblint::api::update_pool::{
    ConnectionDrain, UpdatePoolOption, UpdatePoolRequestBody, UpdatePoolSessionPersistenceOption,
};
use elblint::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use elblint::api::values::{LbAlgorithm, PoolType, SessionPersistenceType, UpgradeAction};
use elblint::policy::{Baseline, BaselineError};
use elblint::{Context, Operation, Report, RequestBody, Verdict, check_body, check_value};
use serde_json::{Value, json};

/// What the reports on a value and on a text say, spans and sources apart.
fn said(report: &Report) -> Value {
    let diagnostics = report.diagnostics.iter();
    json!({
        "verdict": report.verdict,
        "diagnostics": diagnostics.map(|it| (it.rule, &it.message, &it.place)).collect::<Vec<_>>(),
        "requires": report.requires,
        "unchecked": report.unchecked,
    })
}

/// Asserts that a value and a text come to the same.
#[track_caller]
fn assert_same<'a, B: RequestBody<'a>>(body: &B, text: &str, verdict: Verdict) {
    let report = check_value(body, &Context::default());
    assert_eq!(report.verdict, verdict);
    assert_eq!(said(&report), said(&check_body(B::OPERATION, text, &Context::default())));
}

#[test]
fn what_is_unknown_in_a_value_is_unchecked() {
    let member = UpdateMemberOption { weight: Field::Unknown, ..Default::default() };
    let body = UpdateMemberRequestBody { member: member.into() };
    assert_same(&body, r#"{"member": {"weight": "{{w}}"}}"#, Verdict::Conditional);
    assert_same(
        &UpdatePoolRequestBody { pool: Field::Unknown },
        r#"{"pool": "{{pool}}"}"#,
        Verdict::Conditional,
    );
    let drain = ConnectionDrain { timeout: Field::Unknown, ..Default::default() };
    let pool = UpdatePoolOption {
        r#type: Field::Unknown,
        session_persistence: Field::Unknown,
        connection_drain: drain.into(),
        ..Default::default()
    };
    assert_same(
        &UpdatePoolRequestBody { pool: pool.into() },
        r#"{"pool": {"session_persistence": "{{s}}", "type": "{{t}}", "connection_drain": {"timeout": "{{x}}"}}}"#,
        Verdict::Conditional,
    );
    let zones = vec![Field::Set("az1".into()), Field::Unknown];
    let body = UpgradeLoadBalancerRequestBody {
        action: UpgradeAction::Start.into(),
        l4_flavor_id: "f4".into(),
        availability_zone_list: zones.into(),
        ..Default::default()
    };
    assert_same(
        &body,
        r#"{"action": "start", "l4_flavor_id": "f4", "availability_zone_list": ["az1", "{{az}}"]}"#,
        Verdict::Conditional,
    );
    let member =
        BatchCreateMembersOption { address: Field::Unknown, weight: Field::Unknown, ..Default::default() };
    let members = vec![Field::Unknown, Field::Set(member)];
    assert_same(
        &BatchCreateMembersRequestBody { members: members.into() },
        r#"{"members": ["{{m}}", {"address": "{{a}}", "weight": "{{w}}"}]}"#,
        Verdict::Conditional,
    );
}

#[test]
fn what_only_a_response_has_is_refused_in_a_value() {
    let session = UpdatePoolSessionPersistenceOption {
        r#type: SessionPersistenceType::Other.into(),
        ..Default::default()
    };
    let pool = UpdatePoolOption {
        lb_algorithm: LbAlgorithm::Other.into(),
        session_persistence: session.into(),
        r#type: PoolType::Other.into(),
        ..Default::default()
    };
    let body = UpdatePoolRequestBody { pool: pool.into() };
    assert_same(&body, &serde_json::to_string(&body).unwrap(), Verdict::Refused);
    let report = check_value(&body, &Context::default());
    assert!(report.diagnostics.iter().all(|found| found.rule == "one-of"), "{report:#?}");
}

#[test]
fn an_element_that_is_absent_is_sent_as_null() {
    let body = BatchCreateMembersRequestBody { members: vec![Field::Absent].into() };
    assert_same(&body, &serde_json::to_string(&body).unwrap(), Verdict::Refused);
}

#[test]
fn a_report_can_be_kept_in_any_format() {
    let body = r#"{"pool": {"session_persistence": {"type": "SOURCE_IP"}}}"#;
    let report = check_body(Operation::UpdatePool, body, &Context::default());
    let plain = serde_json::to_value(&report.requires).unwrap();
    assert!(plain.as_array().unwrap().iter().any(|need| need.get("not").is_some()), "{plain:#}");
    let packed = rmp_serde::to_vec_named(&report.requires).unwrap();
    assert_eq!(rmp_serde::from_slice::<Value>(&packed).unwrap(), plain);
}

#[test]
fn a_report_does_not_repeat_a_whole_context() {
    let long = "z".repeat(1000);
    let zones = |count: usize| (0..count).map(|number| json!({ "code": format!("{number}{long}") }));
    let sets: Vec<Vec<Value>> = vec![zones(300).collect(), vec![json!({ "code": "other" })]];
    let context = json!({ "availability_zones": sets }).to_string();
    let asked: Vec<String> =
        (0..300).map(|number| format!("{}{long}", number * 2)).chain(["other".into()]).collect();
    let body = json!({ "action": "start", "l4_flavor_id": "f4", "availability_zone_list": asked });
    let context = Context::from_json(&context).unwrap();
    let report = check_body(Operation::UpgradeLoadBalancer, &body.to_string(), &context);
    assert_eq!(report.diagnostics.len(), 151, "half of them do not exist, and one is of another set");
    for found in &report.diagnostics {
        assert!(found.message.chars().count() < 600, "{}", found.message);
        assert!(found.message.ends_with(" more"), "{}", found.message);
    }
}

#[test]
fn counts_of_a_baseline_do_not_overflow() {
    let entry =
        format!(r#"{{"path": "a", "rule": "range", "in": "body", "pointer": "", "count": {}}}"#, usize::MAX);
    let other = entry.replace(r#""a""#, r#""b""#);
    let text = format!(r#"{{"version": 1, "findings": [{entry}, {entry}, {other}]}}"#);
    assert_eq!(Baseline::from_json(&text).unwrap().len(), usize::MAX);
}

#[test]
fn a_chain_of_errors_says_each_thing_once() {
    let error = Baseline::from_json("[").unwrap_err();
    assert!(matches!(error, BaselineError::Json(_)));
    let source = std::error::Error::source(&error);
    assert!(source.is_none_or(|source| source.to_string() != error.to_string()));
}
