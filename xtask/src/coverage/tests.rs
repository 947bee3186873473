//! The table against the rules and the models: nothing that is enforced or sent may be missing from it.

use elblint::Operation;
use elblint::rules::{RULES, by_name};
use elblint::schema;

use super::{By, NEWER, PAGES, SHARED, sentences};

#[test]
fn every_operation_has_its_page() {
    let pages: Vec<Operation> = PAGES.iter().map(|page| page.operation).collect();
    assert_eq!(pages, Operation::ALL);
}

#[test]
fn every_rule_named_exists() {
    for sentence in sentences() {
        let By::Rules(rules) = sentence.by else { continue };
        assert!(!rules.is_empty(), "{} {}: {}", sentence.table, sentence.parameter, sentence.says);
        for rule in rules {
            assert!(by_name(rule).is_some(), "there is no rule {rule}, which {} names", sentence.parameter);
        }
    }
}

#[test]
fn every_sentence_that_a_rule_cites_is_there() {
    for rule in RULES.iter() {
        for source in rule.sources() {
            let page = PAGES.iter().find(|page| page.operation.document().title == source.document).unwrap();
            let named = SHARED.iter().chain(page.own).any(|sentence| {
                sentence.table == source.table
                    && sentence.parameter == source.parameter
                    && matches!(sentence.by, By::Rules(rules) if rules.contains(&rule.name))
            });
            assert!(
                named,
                "{} is not at {}, {}, {}",
                rule.name, source.document, source.table, source.parameter
            );
        }
    }
}

/// Rules about the reading of requests, which no page speaks of.
const BESIDE_THE_PAGES: &[&str] = &[
    "no-target-fits",
    "invalid-context",
    "unused-suppression",
    "suppression-of-unknown-rule",
    "suppression-without-reason",
    "expired-suppression",
];

#[test]
fn every_rule_enforces_a_sentence() {
    for rule in RULES.iter().filter(|rule| !BESIDE_THE_PAGES.contains(&rule.name)) {
        let named =
            sentences().any(|sentence| matches!(sentence.by, By::Rules(rules) if rules.contains(&rule.name)));
        assert!(named, "{} enforces no sentence", rule.name);
    }
}

#[test]
fn every_field_of_the_models_has_a_sentence_and_every_sentence_a_field() {
    for page in PAGES {
        let mut rows = Vec::new();
        for (pointer, _) in schema::fields(page.operation) {
            let way = pointer.trim_start_matches('/').replace("/*", "[]").replace('/', ".");
            if way.ends_with("[]") {
                continue;
            }
            let (object, name) = way.rsplit_once('.').unwrap_or(("", &way));
            let table = page.objects.iter().find(|(at, _)| *at == object).map(|(_, table)| *table);
            let row = page.own.iter().find_map(|sentence| {
                let own = Some(sentence.table) == table && sentence.parameter == name;
                let newer = sentence.table == NEWER && sentence.parameter == way;
                (own || newer).then_some((sentence.table, sentence.parameter))
            });
            rows.push(row.unwrap_or_else(|| panic!("{way} has no sentence")));
        }
        assert!(!rows.is_empty());
        let tables = || page.objects.iter().map(|(_, table)| *table).chain([NEWER]);
        for sentence in page.own {
            let of_the_body = tables().any(|table| table == sentence.table) && !sentence.parameter.is_empty();
            assert!(
                !of_the_body || rows.contains(&(sentence.table, sentence.parameter)),
                "{} {} is no field",
                sentence.table,
                sentence.parameter
            );
        }
    }
}
