//! The changes that mend a finding, as SARIF describes them.

use serde::Serialize;

use super::{Artifact, Message, Region, escape, region};
use crate::diagnostic::{self, Report};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fix<'a> {
    description: Message,
    artifact_changes: [Change<'a>; 1],
    properties: Properties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact<'a>,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Content<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Properties {
    safe: bool,
}

impl<'a> Fix<'a> {
    pub(super) fn new(fix: &'a diagnostic::Fix, artifact: Artifact<'a>, report: &Report) -> Self {
        let replacements = fix.edits.iter().map(|edit| Replacement {
            deleted_region: region(report, Some(edit.span)),
            inserted_content: Some(Content { text: &edit.text }).filter(|content| !content.text.is_empty()),
        });
        let change = Change { artifact_location: artifact, replacements: replacements.collect() };
        Self {
            description: Message { text: format!("{}.", capitalized(&escape(&fix.title))) },
            artifact_changes: [change],
            properties: Properties { safe: fix.safe },
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
