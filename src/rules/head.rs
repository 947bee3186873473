//! The head of a request: its path parameters and its headers.

use std::ops::Range;

use super::{Rule, Words, rule};
use crate::api::context::Context;
use crate::api::operation::is_placeholder;
use crate::diagnostic::Place;
use crate::json;
use crate::say::say;
use crate::search::contains;

rule! {
    /// A path parameter is empty.
    ///
    /// Every path parameter is mandatory.
    EMPTY_PATH_PARAMETER "empty-path-parameter" Error Documented Structural
    cites UpgradeLoadBalancer "Path Parameters" "loadbalancer_id"
    cites UpgradeLoadBalancer "Path Parameters" "project_id"
    cites UpdatePool "Path Parameters" "pool_id"
    cites UpdatePool "Path Parameters" "project_id"
    cites UpdateMember "Path Parameters" "member_id"
    cites UpdateMember "Path Parameters" "pool_id"
    cites UpdateMember "Path Parameters" "project_id"
    cites BatchCreateMembers "Path Parameters" "pool_id"
    cites BatchCreateMembers "Path Parameters" "project_id"
}

rule! {
    /// A path parameter was never filled in.
    ///
    /// The segment is a placeholder with percent-encoded braces, as clients send it where a value is missing:
    /// `%7Bpool_id%7D`.
    UNFILLED_PATH_PARAMETER "unfilled-path-parameter" Error Suspicious Structural
    cites UpgradeLoadBalancer "Path Parameters" "loadbalancer_id"
    cites UpgradeLoadBalancer "Path Parameters" "project_id"
    cites UpdatePool "Path Parameters" "pool_id"
    cites UpdatePool "Path Parameters" "project_id"
    cites UpdateMember "Path Parameters" "member_id"
    cites UpdateMember "Path Parameters" "pool_id"
    cites UpdateMember "Path Parameters" "project_id"
    cites BatchCreateMembers "Path Parameters" "pool_id"
    cites BatchCreateMembers "Path Parameters" "project_id"
}

rule! {
    /// The project id is not one.
    ///
    /// It has at most 32 characters, out of digits and lowercase letters.
    PROJECT_ID "project-id" Error Documented Bound
    cites UpgradeLoadBalancer "Path Parameters" "project_id"
    cites UpdatePool "Path Parameters" "project_id"
    cites UpdateMember "Path Parameters" "project_id"
    cites BatchCreateMembers "Path Parameters" "project_id"
}

rule! {
    /// The project id does not look like one.
    ///
    /// Project ids have 32 characters. A shorter one is often the name of a project or region, and uppercase letters
    /// often come from elsewhere.
    ODD_PROJECT_ID "odd-project-id" Warning Suspicious Bound
    cites UpgradeLoadBalancer "Path Parameters" "project_id"
    cites UpdatePool "Path Parameters" "project_id"
    cites UpdateMember "Path Parameters" "project_id"
    cites BatchCreateMembers "Path Parameters" "project_id"
}

rule! {
    /// The context describes another resource than the one that the request goes to.
    ///
    /// What it says is taken all the same. Name the context of the right load balancer, group or server.
    CONTEXT_OF_ANOTHER_RESOURCE "context-of-another-resource" Warning Suspicious Structural
    cites UpgradeLoadBalancer "Path Parameters" "loadbalancer_id"
    cites UpdatePool "Path Parameters" "pool_id"
    cites UpdateMember "Path Parameters" "member_id"
    cites UpdateMember "Path Parameters" "pool_id"
    cites BatchCreateMembers "Path Parameters" "pool_id"
}

rule! {
    /// The request carries no token.
    ///
    /// `X-Auth-Token` is mandatory, unless the request is signed with AK and SK (`Authorization` with `X-Sdk-Date`).
    WITHOUT_TOKEN "without-token" Warning Documented Structural
    cites UpgradeLoadBalancer "Request header parameters" "X-Auth-Token"
    cites UpdatePool "Request header parameters" "X-Auth-Token"
    cites UpdateMember "Request header parameters" "X-Auth-Token"
    cites BatchCreateMembers "Request header parameters" "X-Auth-Token"
}

rule! {
    /// A token or signature stands in a file as it is.
    ///
    /// Whoever reads the file can use it. Write a placeholder instead: `X-Auth-Token: {{token}}`. The value is never
    /// printed.
    LITERAL_CREDENTIAL "literal-credential" Warning Security Structural
    cites UpgradeLoadBalancer "Request header parameters" "X-Auth-Token"
    cites UpdatePool "Request header parameters" "X-Auth-Token"
    cites UpdateMember "Request header parameters" "X-Auth-Token"
    cites BatchCreateMembers "Request header parameters" "X-Auth-Token"
}

/// What a head is judged with.
pub(crate) struct Head<'a> {
    pub(crate) url: &'a str,
    pub(crate) parameters: &'a [(&'static str, Range<usize>)],
    pub(crate) headers: Option<&'a [(&'a str, &'a str)]>,
    pub(crate) context: &'a Context,
}

/// Judges the head. `unchecked` gets the path parameters that are placeholders.
pub(crate) fn judge(
    head: &Head<'_>,
    report: &mut dyn FnMut(&'static Rule, Place, Words),
    unchecked: &mut dyn FnMut(Place),
) {
    for (name, range) in head.parameters {
        let value = head.url.get(range.clone()).unwrap_or_default();
        if is_placeholder(value) {
            unchecked(Place::path(name));
        } else if let Some((rule, words)) = parameter(name, value, head.context) {
            report(rule, Place::path(name), words);
        }
    }
    if let Some(headers) = head.headers {
        judge_headers(headers, report);
    }
}

fn parameter(name: &'static str, value: &str, context: &Context) -> Option<(&'static Rule, Words)> {
    const MOST: usize = 32;
    let lower = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    if value.trim().is_empty() {
        return Some((&EMPTY_PATH_PARAMETER, Words::from(say!("`{}` is mandatory, but empty", name))));
    }
    if is_encoded_placeholder(value) {
        let words = Words::from(say!("`{}` is `{}`, a placeholder that was never filled in", name, value));
        return Some((&UNFILLED_PATH_PARAMETER, words));
    }
    if name != "project_id" {
        return other_resource(name, value, context);
    }
    let mut digits = itoa::Buffer::new();
    if value.len() > MOST {
        let length = digits.format(value.chars().count());
        let words = Words::from(say!("`project_id` has {} characters, but 32 at most are permitted", length));
        return Some((&PROJECT_ID, words));
    }
    if value.bytes().all(lower) {
        return (value.len() < MOST).then(|| {
            let length = digits.format(value.len());
            let characters = if value.len() == 1 { " character" } else { " characters" };
            let words = Words::from(say!("`project_id` has {}{}; project ids have 32", length, characters));
            (&ODD_PROJECT_ID, words)
        });
    }
    if value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some((
            &ODD_PROJECT_ID,
            Words::from("`project_id` has uppercase letters").help("use lowercase letters"),
        ));
    }
    Some((&PROJECT_ID, Words::from("`project_id` has characters other than digits and lowercase letters")))
}

fn is_encoded_placeholder(value: &str) -> bool {
    let starts = value.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%7b"));
    let ends = value.len().checked_sub(3).and_then(|at| value.get(at..));
    starts && ends.is_some_and(|end| end.eq_ignore_ascii_case("%7d"))
}

fn other_resource(name: &'static str, value: &str, context: &Context) -> Option<(&'static Rule, Words)> {
    let id = match name {
        "loadbalancer_id" => context.balancer_id(),
        "pool_id" => context.pool(|pool| &pool.id).map(String::as_str),
        "member_id" => context.member_id().map(String::as_str),
        _ => return None,
    };
    let id = id?;
    (id != value).then(|| {
        let words = Words::from(say!("the context describes `{}`, but the request goes to `{}`", id, value));
        (
            &CONTEXT_OF_ANOTHER_RESOURCE,
            words.help("name the context of the resource that the request goes to"),
        )
    })
}

fn judge_headers(headers: &[(&str, &str)], report: &mut dyn FnMut(&'static Rule, Place, Words)) {
    let find = |name: &str| {
        headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let token = find("X-Auth-Token");
    let signed = find("Authorization").is_some() && find("X-Sdk-Date").is_some();
    if token.is_none_or(str::is_empty) && !signed {
        let message = if token.is_some() {
            "the header X-Auth-Token is empty"
        } else {
            "the header X-Auth-Token is missing"
        };
        report(
            &WITHOUT_TOKEN,
            Place::header("X-Auth-Token"),
            Words::from(message).help("add `X-Auth-Token: {{token}}`"),
        );
    }
    for name in CREDENTIALS {
        if find(name).is_some_and(|value| !value.is_empty() && !is_hidden(value)) {
            let (message, placeholder) = match *name {
                "Authorization" => ("a signature stands here as it is", ": {{signature}}`"),
                _ => ("a token stands here as it is", ": {{token}}`"),
            };
            let words = Words::from(message).help(say!("write a placeholder: `{}{}", name, placeholder));
            report(&LITERAL_CREDENTIAL, Place::header(name), words);
        }
    }
}

/// The headers that say who sends a request. Their values are shown nowhere.
pub(crate) const CREDENTIALS: &[&str] =
    &["X-Auth-Token", "X-Security-Token", "X-Subject-Token", "Authorization"];

/// Whether a value shows no secret: a placeholder, or stars in its place.
fn is_hidden(value: &str) -> bool {
    json::is_placeholder(value)
        || contains(value, "***")
        || !value.bytes().any(|byte| byte.is_ascii_alphanumeric())
}
