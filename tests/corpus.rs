//! The corpus: public examples of the API, through the library and the command. Each gives what it says, and no more.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "common/program.rs"]
mod program;

use elblint::{Context, Request, check};
use program::Folder;
use serde_json::{Value, json};

fn corpus() -> Vec<Value> {
    serde_json::from_str(include_str!("corpus/requests.json")).unwrap()
}

/// What a report says of what the corpus is about.
fn said(report: &Value) -> Value {
    let rules: Vec<_> =
        report["diagnostics"].as_array().unwrap().iter().map(|found| &found["rule"]).collect();
    json!({ "operation": report["operation"], "verdict": report["verdict"], "rules": rules })
}

#[test]
fn the_library_says_what_the_corpus_says() {
    for case in corpus() {
        let request = &case["request"];
        let (body, context) = (request["body"].to_string(), request["context"].to_string());
        let context = if request["context"].is_null() {
            Context::default()
        } else {
            Context::from_json(&context).unwrap()
        };
        let request = Request {
            method: request["method"].as_str().unwrap(),
            url: request["url"].as_str().unwrap(),
            headers: None,
            body: (body != "null").then_some(&*body),
        };
        let report = check(&request, &context).unwrap();
        assert_eq!(said(&serde_json::to_value(report).unwrap()), case["expected"], "{}", case["name"]);
    }
}

/// Checks files, and gives the reports of all requests in them.
fn command(files: &[(String, String)]) -> Vec<Value> {
    let folder = Folder::new();
    files.iter().for_each(|(name, text)| folder.write(name, text));
    let report = folder.run(&["check", "--format", "json"]).json();
    let files = report["files"].as_array().unwrap();
    files.iter().flat_map(|file| file["requests"].as_array().unwrap()).cloned().collect()
}

fn assert_said(files: &[(String, String)], of: &str) {
    let corpus = corpus();
    let reports = command(files);
    assert_eq!(reports.len(), corpus.len(), "{of}");
    for (report, case) in reports.iter().zip(&corpus) {
        assert_eq!(said(report), case["expected"], "{of}: {}", case["name"]);
    }
}

#[test]
fn the_command_says_what_the_corpus_says() {
    let requests: Vec<Value> = corpus().iter().map(|case| case["request"].clone()).collect();
    let file = |index: usize, request: &Value| (format!("{index:03}.json"), format!("{request:#}"));
    let files: Vec<_> = requests.iter().enumerate().map(|(index, request)| file(index, request)).collect();
    assert_said(&files, "a file each");
    let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
    assert_said(&[("all.jsonl".to_owned(), lines)], "a line each");
    assert_said(&[("all.json".to_owned(), Value::from(requests.clone()).to_string())], "one list");
    let inside = |request: &Value| {
        let mut request = request.clone();
        if let Some(body) = request.get_mut("body") {
            *body = Value::from(body.to_string());
        }
        format!("{request}\n")
    };
    assert_said(
        &[("all.jsonl".to_owned(), requests.iter().map(inside).collect())],
        "bodies inside of strings",
    );
    let mut files = Vec::new();
    for (index, request) in requests.iter().enumerate() {
        let (method, url) = (request["method"].as_str().unwrap(), request["url"].as_str().unwrap());
        let context = format!("{index:03}.context.json");
        let text = format!(
            "### {index}\r\n# @context {context}\r\n{method} https://elb.example.com{url} HTTP/1.1\r\nX-Auth-Token: {{{{token}}}}\r\n\r\n{:#}\r\n",
            request["body"]
        );
        files.push((format!("{index:03}.http"), text));
        let context_text = request.get("context").map_or_else(|| "{}".to_owned(), Value::to_string);
        files.push((context, context_text));
    }
    assert_said(&files, "as they go over the wire");
}

#[test]
fn every_operation_has_a_documented_example_without_a_finding() {
    let corpus = corpus();
    for operation in elblint::Operation::ALL {
        let clean = |case: &&Value| {
            case["expected"]["operation"] == operation.name()
                && case["expected"]["rules"].as_array().unwrap().is_empty()
        };
        assert!(corpus.iter().any(|case| clean(&case)), "{}", operation.name());
    }
}
