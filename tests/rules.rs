//! The examples in the rules' documentation, run as tests: what breaks a rule breaks it, what holds breaks
//! nothing, and what is open is demanded of the target.
#![cfg(feature = "docs")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use elblint::diagnostic::Report;
use elblint::rules::RULES;
use elblint::{Context, Operation, Severity, check_body};

/// An example of a rule's documentation.
struct Example {
    rule: &'static str,
    operation: Operation,
    kind: &'static str,
    body: String,
    context: Context,
}

impl Example {
    fn run(&self) -> Report {
        check_body(self.operation, &self.body, &self.context)
    }
}

fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    for rule in RULES.iter() {
        for block in rule.documentation.split("```json ").skip(1) {
            let (head, rest) = block.split_once('\n').unwrap();
            let (operation, kind) = head.trim().split_once(' ').unwrap();
            let text = rest.split("```").next().unwrap();
            let (body, context) = match text.split_once("\n context: ") {
                Some((body, context)) => (body, Context::from_json(context).unwrap()),
                None => (text, Context::default()),
            };
            examples.push(Example {
                rule: rule.name,
                operation: Operation::from_name(operation).unwrap(),
                kind,
                body: body.trim().to_owned(),
                context,
            });
        }
    }
    examples
}

#[test]
fn every_example_does_what_it_says() {
    for example in examples() {
        let Example { rule, kind, body, .. } = &example;
        let report = example.run();
        let broken = report.diagnostics.iter().any(|diagnostic| diagnostic.rule == *rule);
        let demanded = report.requires.iter().any(|need| need.rules.contains(rule));
        match *kind {
            "breaks" => assert!(broken, "{rule} is not broken by {body}\n{report:#?}"),
            "open" => assert!(demanded && !broken, "{rule} is not demanded by {body}\n{report:#?}"),
            "holds" => {
                assert!(!broken && !demanded, "{rule} does not hold for {body}\n{report:#?}");
                assert_eq!(report.count(Severity::Error), 0, "{body} is no good example\n{report:#?}");
            }
            other => panic!("{rule}: unknown kind of example {other}"),
        }
    }
}

#[test]
fn every_rule_shows_a_request_that_breaks_it_and_one_that_holds() {
    let examples = examples();
    for rule in RULES.iter().filter(|rule| rule.documentation.contains("```json")) {
        for kind in ["breaks", "holds"] {
            assert!(
                examples.iter().any(|it| it.rule == rule.name && it.kind == kind),
                "{} lacks {kind}",
                rule.name
            );
        }
    }
}

#[test]
fn every_example_keeps_its_report() {
    let mut all = String::new();
    for example in examples() {
        all += &format!("{} {}: {}\n{}\n", example.rule, example.kind, example.body, shown(&example.run()));
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
