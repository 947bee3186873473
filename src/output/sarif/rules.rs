//! The rules as SARIF describes them: what they say, why, and what they rest on.

use serde::Serialize;

use super::level;
use crate::rules::{RULES, Rule, Shows};

/// Where what is enforced is documented.
const DOCUMENTATION: &str = "https://support.huaweicloud.com/intl/en-us/elb/index.html";

/// The tool with all its rules.
pub(super) fn tool() -> Tool {
    let version = env!("CARGO_PKG_VERSION");
    let rules = RULES.iter().map(|rule| Descriptor::of(rule)).collect();
    Tool {
        driver: Driver {
            name: "elblint",
            version,
            semantic_version: version,
            information_uri: DOCUMENTATION,
            rules,
        },
    }
}

#[derive(Serialize)]
pub(super) struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: Vec<&'static str>,
    precision: &'static str,
}

impl Descriptor {
    fn of(rule: &Rule) -> Self {
        let prose = rule.prose();
        let paragraphs: Vec<_> =
            prose.split("\n\n").map(one_line).filter(|paragraph| !paragraph.is_empty()).collect();
        let why = paragraphs.get(1..).filter(|rest| !rest.is_empty()).unwrap_or(&paragraphs);
        let sources = sources(rule);
        Self {
            id: rule.name,
            short_description: Text { text: rule.summary().to_owned() },
            full_description: Text { text: paragraphs.join(" ") },
            help: Help {
                text: [why.join("\n"), sources.clone()].join("\n\n").trim().to_owned(),
                markdown: [paragraphs.join("\n\n"), example(rule), sources].join("\n\n").trim().to_owned(),
            },
            default_configuration: Configuration { level: level(rule.severity) },
            properties: Properties {
                tags: vec![rule.group.name(), rule.ages.name()],
                precision: "very-high",
            },
        }
    }
}

/// The first example that breaks the rule.
fn example(rule: &Rule) -> String {
    let mut examples = rule.examples().into_iter();
    let Some(example) = examples.find(|example| example.shows == Shows::Breaks) else { return String::new() };
    let context = example.context.map(|context| format!("\ncontext: {context}")).unwrap_or_default();
    let (heading, operation) = (example.shows.heading(), example.operation.name());
    format!("{heading} ({operation}):\n\n```json\n{}{context}\n```", example.body)
}

fn sources(rule: &Rule) -> String {
    let lines = rule.sources().map(|source| {
        let parts = [source.table, source.parameter].into_iter().filter(|part| !part.is_empty());
        let place: String = parts.map(|part| format!(", {part}")).collect();
        format!("- {} (updated {}){place}", source.document, source.updated)
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { String::new() } else { format!("It rests on:\n\n{}", lines.join("\n")) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
