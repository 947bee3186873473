//! The policy by itself: reports in, reports out.

use std::sync::Arc;

use super::*;
use crate::diagnostic::{Severity, Verdict};
use crate::request_files::{FileReport, Options, check_text};
use crate::rules::{self, RULES};
use crate::{Context, Operation};

const SLOW: &str = r#"{"pool": {"nmae": 1, "slow_start": {"enable": true, "duration": 5}}}"#;

fn check(name: &str, text: &str) -> FileReport {
    check_text(name, text, &Options::default(), &Context::default(), &mut |_| Err(String::new()))
}

fn said(reports: &[Report]) -> Vec<(&'static str, Severity)> {
    let all = reports.iter().flat_map(|report| &report.diagnostics);
    all.map(|diagnostic| (diagnostic.rule, diagnostic.severity)).collect()
}

fn selectors(names: &[&str]) -> Vec<Selector> {
    names.iter().map(|name| Selector::parse(name).unwrap()).collect()
}

#[test]
fn the_closest_name_decides() {
    let level = |levels: &Levels, name: &str| levels.of(rules::by_name(name).unwrap());
    let mut levels = Levels::default();
    levels.set(&[
        (Selector::parse("range").unwrap(), Some(Severity::Info)),
        (Selector::parse("all").unwrap(), None),
        (Selector::parse("slow-start-*").unwrap(), Some(Severity::Warning)),
        (Selector::parse("slow-*").unwrap(), None),
        (Selector::parse("security").unwrap(), Some(Severity::Error)),
    ]);
    assert_eq!(level(&levels, "range"), Some(Severity::Info));
    assert_eq!(level(&levels, "slow-start-on-grpc"), Some(Severity::Warning));
    assert_eq!(level(&levels, "literal-credential"), Some(Severity::Error));
    assert_eq!(level(&levels, "one-of"), None);
    assert!(levels.waived().all(|rule| rule != "literal-credential"));

    let mut levels = Levels::default();
    levels.restrict(
        Some(&selectors(&["documented", "same-member-twice"])),
        &selectors(&["ip-*", "ip-address", "range"]),
    );
    let on: Vec<_> = RULES.iter().filter(|rule| levels.of(rule).is_some()).map(|rule| rule.name).collect();
    assert!(on.contains(&"same-member-twice") && on.contains(&"one-of"));
    assert!(!on.contains(&"range") && !on.contains(&"ip-address") && !on.contains(&"duplicate-key"));
    levels.select(&selectors(&["range"]), &[]);
    assert_eq!(RULES.iter().filter(|rule| levels.of(rule).is_some()).count(), 1);
    assert_eq!(level(&levels, "range"), Some(Severity::Error));

    // Of two as close, the one that takes the rule out.
    let mut levels = Levels::default();
    levels.restrict(Some(&selectors(&["range", "one-of"])), &selectors(&["range"]));
    assert_eq!(level(&levels, "range"), None);
    assert_eq!(level(&levels, "one-of"), Some(Severity::Error));
}

#[test]
fn names_that_nothing_has_are_told() {
    for (name, near) in
        [("rnage", Some("range")), ("documentd", Some("documented")), ("x-*", None), ("", None)]
    {
        assert_eq!(Selector::parse(name).unwrap_err().near, near, "{name}");
    }
    assert_eq!(Selector::parse("range*"), Ok(Selector::Prefix("range".into())));
}

#[test]
fn without_a_policy_a_report_stays_what_it_is() {
    let mut file = check("UpdatePool.json", SLOW);
    let before = file.reports.clone();
    Policy::default().apply(&mut file.reports, &file.comments);
    assert_eq!(file.reports, before);
}

#[test]
fn lowered_rules_leave_another_verdict() {
    let mut policy = Policy::default();
    policy.levels.set(&[(Selector::parse("range").unwrap(), Some(Severity::Info))]);
    policy.levels.restrict(None, &selectors(&["unknown-field"]));
    let mut file = check("UpdatePool.json", SLOW);
    policy.apply(&mut file.reports, &[]);
    assert_eq!(said(&file.reports), [("range", Severity::Info)]);
    assert_eq!(file.reports[0].verdict, Verdict::Conditional);
}

#[test]
fn the_last_day_of_a_suppression_is_a_day_on_which_it_holds() {
    let until = Date { year: 2026, month: 12, day: 31 };
    let rules = selectors(&["range"]);
    let ignores: Ignores =
        [Arc::new(Ignore { rules, until: Some(until), place: "x:1".into(), ..Ignore::default() })]
            .into_iter()
            .collect();
    let ignores = Arc::new(ignores);
    for (today, left) in
        [(until, 1), (Date { month: 3, ..until }, 1), (Date { year: 2027, month: 1, day: 1 }, 2)]
    {
        let policy = Policy { today, ignores: vec![Arc::clone(&ignores)], ..Policy::default() };
        let mut file = check("UpdatePool.json", SLOW);
        policy.apply(&mut file.reports, &[]);
        assert_eq!(said(&file.reports).len(), left, "{today}");
    }
}

#[test]
fn every_request_has_comments_of_its_own() {
    let pool = "PUT /v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/p\nX-Auth-Token: $T\n\n";
    let ignore = "# elblint-ignore[range]: x";
    let body = r#"{"pool": {"slow_start": {"enable": true, "duration": 5}}}"#;
    let one = format!("{pool}{body}\n");
    for (text, lines) in [
        (format!("###\n{one}###\n{ignore}\n{one}"), vec![5]),
        (format!("{ignore}\n{one}### \n{one}"), vec![10]),
        (format!("{ignore}\n###\n{one}### \n{one}"), vec![]),
        (format!("###\n{ignore}\n###\n{one}"), vec![2, 7]),
        (format!("{one}{ignore}\n"), vec![4, 5]),
        (format!("{pool}{ignore}\n\n# and more\n{body}\n"), vec![]),
    ] {
        let mut file = check("a.http", &text);
        Policy::default().apply(&mut file.reports, &file.comments);
        let all = file.reports.iter().flat_map(|report| &report.diagnostics);
        let found: Vec<_> = all.filter_map(|it| it.span).map(|span| span.start.line).collect();
        assert_eq!(found, lines, "{text}\n{:#?}", file.reports);
    }
}

#[test]
fn a_demand_is_let_be_where_all_that_make_it_are_suppressed() {
    let line = "PUT /v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/p\n";
    let session = r#""session_persistence": {"type": "HTTP_COOKIE"}"#;
    let body = format!(r#"{{"pool": {{"slow_start": {{"enable": true, "duration": 60}}, {session}}}}}"#);
    let open = |text: &str, policy: &Policy| {
        let mut file = check("a.http", text);
        policy.apply(&mut file.reports, &file.comments);
        file.reports[0].requires.len()
    };
    let slow = "slow-start-on-layer-4";
    let both = "slow-start-on-layer-4, quic-without-source-ip";
    for (before, within, left) in [("", "", 2), (slow, "", 2), (both, "", 1), ("", both, 2)] {
        let [before, within] = [before, within].map(|names| {
            if names.is_empty() { String::new() } else { format!("# elblint-ignore[{names}]: x\n") }
        });
        let text = format!("{before}{line}{within}X-Auth-Token: $T\n\n{body}\n");
        assert_eq!(open(&text, &Policy::default()), left, "{text}");
    }
    for (names, left) in [(slow, 2), (both, 1)] {
        let names: Vec<_> = names.split(", ").collect();
        let ignore = Arc::new(Ignore { rules: selectors(&names), ..Ignore::default() });
        let ignores = Arc::new([ignore].into_iter().collect());
        let policy = Policy { ignores: vec![ignores], ..Policy::default() };
        assert_eq!(open(&format!("{line}X-Auth-Token: $T\n\n{body}\n"), &policy), left, "{names:?}");
    }
}

#[test]
fn a_baseline_is_read_as_it_was_written() {
    let ledger = Ledger::new(Baseline::default(), true);
    let text = SLOW.replace("nmae", "n\u{e9} \\\"");
    let file = check("UpdatePool.json", &text);
    for diagnostic in &file.reports[0].diagnostics {
        assert!(ledger.passes(Finding::new("d/UpdatePool.json", diagnostic, &text, 0)));
    }
    ledger.check("d/UpdatePool.json", &Levels::default());
    let written = ledger.next(&|_| false);
    assert_eq!(written.len(), 2);
    let read = Baseline::from_json(&written.to_json()).unwrap();
    assert_eq!(read, written);
    assert_eq!(Baseline::from_json(&Baseline::default().to_json()).unwrap(), Baseline::default());
}

#[test]
fn a_ledger_lets_no_more_pass_than_there_was() {
    let diagnostic = &check("UpdatePool.json", SLOW).reports[0].diagnostics[0];
    let finding = || Finding::new("a", diagnostic, SLOW, 0);
    let open = Ledger::new(Baseline::default(), true);
    assert!(open.passes(finding()) && open.passes(finding()));
    let ledger = Ledger::new(open.next(&|_| false), false);
    let passed = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..5).map(|_| scope.spawn(|| ledger.passes(finding()))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|passed| *passed).count()
    });
    assert_eq!(passed, 2);
    assert_eq!(ledger.stale(&|_| true), []);
}

#[test]
fn every_operation_can_be_named_in_a_report() {
    // The extra values rely on it.
    for operation in Operation::ALL {
        assert_eq!(Operation::from_name(operation.name()), Some(*operation));
    }
}

#[test]
fn what_a_context_waives_is_waived_where_it_is_merged() {
    let waiving = |rule| {
        let mut context = Context::new();
        context.waive(rule);
        context
    };
    let mut merged = waiving("load-balancer-not-active");
    merged.merge(waiving("slow-start-on-layer-4"));
    let open = r#"{"pool": {"slow_start": {"enable": true}}}"#;
    assert_eq!(crate::check_body(Operation::UpdatePool, open, &merged).verdict, Verdict::Ready);
}
