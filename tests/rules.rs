//! The examples in the rules' documentation, run as tests: what breaks a rule breaks it, what holds breaks
//! nothing, and what is open is demanded of the target.
#![cfg(feature = "docs")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use elblint::diagnostic::Report;
use elblint::rules::{Example, RULES, Shows};
use elblint::{Context, Operation, Request, Severity, check, check_body};

/// Rules that no body breaks, which is all that an example has: they are about the rest of a request, or of a file.
const NOT_OF_BODIES: &[&str] = &[
    "uncovered-operation",
    "invalid-context",
    "empty-path-parameter",
    "unfilled-path-parameter",
    "project-id",
    "odd-project-id",
    "context-of-another-resource",
    "without-token",
    "literal-credential",
    "unused-suppression",
    "suppression-of-unknown-rule",
    "suppression-without-reason",
    "expired-suppression",
];

/// Every example, with its rule.
fn examples() -> impl Iterator<Item = (&'static str, Example)> {
    RULES.iter().flat_map(|rule| rule.examples().into_iter().map(|example| (rule.name, example)))
}

fn run(Example { operation, body, context, .. }: &Example) -> Report {
    let context = context.as_deref().map(|context| Context::from_json(context).unwrap());
    check_body(*operation, body, &context.unwrap_or_default())
}

#[test]
fn every_example_is_read() {
    for rule in RULES.iter() {
        assert_eq!(rule.examples().len(), rule.documentation.matches("```json").count(), "{}", rule.name);
    }
}

#[test]
fn every_example_does_what_it_says() {
    for (rule, example) in examples() {
        let report = run(&example);
        let body = &example.body;
        let broken = report.diagnostics.iter().any(|diagnostic| diagnostic.rule == rule);
        let demanded = report.requires.iter().any(|need| need.rules.contains(&rule));
        match example.shows {
            Shows::Breaks => assert!(broken, "{rule} is not broken by {body}\n{report:#?}"),
            Shows::Open => assert!(demanded && !broken, "{rule} is not demanded by {body}\n{report:#?}"),
            Shows::Holds => {
                assert!(!broken && !demanded, "{rule} does not hold for {body}\n{report:#?}");
                assert_eq!(report.count(Severity::Error), 0, "{body} is no good example\n{report:#?}");
            }
        }
    }
}

#[test]
fn every_rule_shows_a_request_that_breaks_it_one_that_holds_and_one_that_depends() {
    for rule in RULES.iter() {
        let examples = rule.examples();
        assert_eq!(examples.is_empty(), NOT_OF_BODIES.contains(&rule.name), "{}", rule.name);
        let shows = |shows: Shows| examples.iter().any(|example| example.shows == shows);
        let depends = examples.iter().filter(|example| example.shows == Shows::Breaks).any(|example| {
            let report = check_body(example.operation, &example.body, &Context::default());
            report.requires.iter().any(|need| need.rules.contains(&rule.name))
        });
        assert!(examples.is_empty() || shows(Shows::Breaks) && shows(Shows::Holds), "{}", rule.name);
        assert!(!depends || shows(Shows::Open), "{}", rule.name);
    }
}

#[test]
fn every_example_keeps_its_report() {
    let mut all = String::new();
    for (rule, example) in examples() {
        let shows = format!("{:?}", example.shows).to_lowercase();
        all += &format!("{rule} {shows}: {}\n{}\n", example.body, shown(&run(&example)));
    }
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("rule-examples", all);
    });
}

/// A report, a line for each thing it says.
fn shown(report: &Report) -> String {
    let mut lines = format!("  {}\n", report.verdict.name());
    for it in &report.diagnostics {
        let span =
            it.span.map(|span| format!("{}..{}", span.start.column, span.end.column)).unwrap_or_default();
        lines += &format!("  {}[{}] {} {span}: {}\n", it.severity, it.rule, it.place.pointer, it.message);
        if let Some(help) = &it.help {
            lines += &format!("    help: {help}\n");
        }
        for related in &it.related {
            lines += &format!("    at {}: {}\n", related.place.pointer, related.message);
        }
    }
    for need in &report.requires {
        lines += &format!("  requires {}\n", serde_json::to_string(need).unwrap());
    }
    lines
}

#[test]
fn names_are_unique_and_kebab_case() {
    let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
    for name in names {
        assert!(
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit()),
            "{name}"
        );
    }
}

#[test]
fn a_diagnostic_cites_the_parameter_at_its_place() {
    let url = "/v3//elb/loadbalancers/36ce7086-a496-4666-9064-5ba0e6840c75/upgrade";
    let body = r#"{"action": "start", "l4_flavor_id": "f4", "l7_flavor_id": "f7", "availability_zone_list": ["az1"]}"#;
    let context = Context::from_json(r#"{"flavors": [{"id": "f", "type": "L4"}]}"#).unwrap();
    let request = Request { method: "POST", url, headers: None, body: Some(body) };
    let report = check(&request, &context).unwrap();
    let cited = |rule: &str| {
        let of_rule = report.diagnostics.iter().filter(|it| it.rule == rule);
        of_rule.map(|it| it.source.as_ref().unwrap().parameter).collect::<Vec<_>>()
    };
    assert_eq!(cited("empty-path-parameter"), ["project_id"]);
    assert_eq!(cited("unknown-flavor"), ["l4_flavor_id", "l7_flavor_id"]);
}

#[test]
fn a_diagnostic_cites_the_row_that_says_so() {
    let cited = |operation, body, context: &str, rule| {
        let report = check_body(operation, body, &Context::from_json(context).unwrap());
        let of_rule = report.diagnostics.into_iter().filter(|it| it.rule == rule);
        of_rule
            .map(|it| it.source.map(|source| (source.table, source.parameter)).unwrap())
            .collect::<Vec<_>>()
    };
    let body = r#"{"action": "rollback", "l7_flavor_id": "f7", "elb_virsubnet_ids": ["n1"]}"#;
    let table = "Request body parameters";
    assert_eq!(
        cited(Operation::UpgradeLoadBalancer, body, r#"{"loadbalancer": {}}"#, "start-only-field"),
        [(table, "l7_flavor_id"), (table, "elb_virsubnet_ids")]
    );
    // The request's table permits it, the response's does not.
    let body = r#"{"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "id"}}}"#;
    let context = r#"{"pool": {"protocol": "HTTP"}, "loadbalancer": {"guaranteed": true}}"#;
    assert_eq!(
        cited(Operation::UpdatePool, body, context, "app-cookie-on-dedicated"),
        [("SessionPersistence", "type")]
    );
}
