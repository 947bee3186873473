//! The formats of reports: what each says of the same requests, and where it goes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "common/program.rs"]
mod program;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use program::{Folder, Run, command, object, put, run};
use serde_json::{Value, json};

const SECRET: &str = "MIISecretSecret";

const FORMATS: &[&str] =
    &["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"];

/// Checks the requests in `tests/formats/requests`.
fn check(arguments: &[&str]) -> Run {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    run(command(&folder, &[&["check", "requests"], arguments].concat()), b"")
}

fn report(format: &str) -> String {
    let run = check(&["--format", format]);
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{run:?}");
    run.out
}

fn json_of(format: &str) -> Value {
    serde_json::from_str(&report(format)).unwrap()
}

fn conforms(schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\nin {value:#}");
}

#[test]
fn every_format_says_the_same() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        for format in FORMATS {
            let mut shown = report(format);
            if *format == "sarif" {
                // All rules are in it; one shows how.
                let mut sarif: Value = serde_json::from_str(&shown).unwrap();
                let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
                rules.retain(|rule| rule["id"] == "slow-start-on-layer-4");
                shown = format!("{sarif:#}");
            }
            insta::assert_snapshot!(format!("format-{format}"), shown);
        }
    });
}

#[test]
fn no_format_tells_a_credential() {
    for format in FORMATS {
        let shown = report(format);
        assert!(shown.contains("literal-credential") && !shown.contains(SECRET), "{format}: {shown}");
    }
}

#[test]
fn names_of_formats_are_helped_with() {
    let folder = Folder::new();
    folder.run(&["check", "--format", "sarf"]).has(2, "", "'sarif'");
    folder.run(&["check", "--format", "sarf=x"]).has(2, "", "'sarif'");
    folder.run(&["check", "--format", "xml"]).has(
        2,
        "",
        "[possible values: text, concise, json, jsonl, sarif",
    );
    folder.run(&["check", "--format", "json="]).has(2, "", "names no file");
    folder.run(&["check", "--format", "json", "--format", "text"]).has(
        2,
        "",
        "only one report can go to standard output",
    );
    folder.run(&["check", "--format", "json=a", "--format", "text=a"]).has(
        2,
        "",
        "two reports are to go to a",
    );
}

#[test]
fn statistics_count_the_most_frequent_first() {
    let report: Value = serde_json::from_str(&check(&["--format", "json", "--statistics"]).out).unwrap();
    let counts = report["statistics"].as_array().unwrap();
    assert_eq!(counts[0], json!({"rule": "range", "severity": "error", "count": 2}));
    assert_eq!(counts[1], json!({"rule": "unknown-field", "severity": "error", "count": 2}));
    assert!(counts[2..].iter().all(|counted| counted["count"] == 1));
    assert!(json_of("json").get("statistics").is_none());
    let text = check(&["--statistics"]).out;
    assert!(text.contains("\n2  error    range\n2  error    unknown-field\n1  "), "{text}");
    assert!(check(&["--format", "concise", "--statistics"]).out.contains("\n2  error    range\n"));
    assert!(check(&["--format", "markdown", "--statistics"]).out.contains("\n| 2 | error | `range` |\n"));
}

#[test]
fn quiet_leaves_the_diagnostics() {
    let quiet = check(&["--quiet"]).out;
    assert!(
        quiet.contains("error[range]") && !quiet.contains("holds only if") && !quiet.contains("requests in")
    );
    assert_eq!(check(&["--quiet", "--verbose"]).code, 2);
}

#[test]
fn json_is_as_its_schema_says() {
    let folder = Folder::new();
    let schema = folder.run(&["schema", "report"]).json();
    let jsonschema::Draft::Draft202012 = jsonschema::Draft::default() else { panic!("of another draft") };
    conforms(&schema, &json_of("json"));
    conforms(&schema, &serde_json::from_str(&check(&["--format", "json", "--statistics"]).out).unwrap());
    conforms(&schema, &folder.run(&["check", ".", "--format", "json"]).json());
    let examples = command(Path::new(env!("CARGO_MANIFEST_DIR")), &["check", "examples", "--format", "json"]);
    conforms(&schema, &run(examples, b"").json());
    // It is strict where it matters.
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (pointer, wrong) in [
        ("/version", json!(2)),
        ("/files/0/requests/0/verdict", json!("fine")),
        ("/files/0/requests/0/diagnostics/0/severity", json!("fatal")),
        ("/files/0/requests/0/diagnostics/0/span/start/line", json!("1")),
        ("/summary", json!({})),
    ] {
        let mut report = json_of("json");
        *report.pointer_mut(pointer).unwrap() = wrong;
        assert!(!validator.is_valid(&report), "{pointer}");
    }
}

#[test]
fn lines_are_the_requests_of_the_json_report() {
    let lines: Vec<Value> = report("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut expected = Vec::new();
    for file in json_of("json")["files"].as_array().unwrap() {
        for request in file["requests"].as_array().unwrap() {
            let mut line = request.clone();
            line["path"] = file["path"].clone();
            expected.push(line);
        }
    }
    assert_eq!(lines, expected);
}

#[test]
fn sarif_tells_where_what_and_why() {
    let sarif = json_of("sarif");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["help"]["markdown"].as_str().unwrap().len() > 20));
    let results = run["results"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    }
    assert_eq!(
        results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "requests/50%25%2C%20of%20%5Bit%5D.UpdatePool.json"
    );
    let conflict = results.iter().find(|result| result["ruleId"] == "no-target-fits").unwrap();
    assert_eq!(
        conflict["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
        "body/pool/lb_algorithm"
    );
    assert_eq!(conflict["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 7);
    assert_eq!(
        (&run["columnKind"], &run["invocations"][0]["executionSuccessful"]),
        (&"unicodeCodePoints".into(), &true.into())
    );
    let folder = Folder::with(&[("a.http", "\u{0}"), ("b.http", "GET https://example.com/\n")]);
    folder.write("a.http", b"\xff");
    let broken = folder.run(&["check", "a.http", "b.http", "--format", "sarif"]).json();
    assert_eq!(broken["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn fixes_come_along() {
    let text = "PUT /v3/p/elb/pools/x/members/y\nX-Auth-Token: {{t}}\n\n{\"member\": { \"é\": 1,\n \"wieght\": 5, \"name\": \"é\", \"weight\":\"7\", \"weight\": \"7\" }}\n";
    let folder = Folder::with(&[("a.http", text)]);
    let report = folder.run(&["check", "a.http", "--format", "rdjson", "--format", "sarif=s"]);
    let lines: Vec<&str> = text.lines().collect();
    let part = |line: &str, from: usize, to: usize, by: fn(&str, usize) -> usize| {
        line[by(line, from - 1)..by(line, to - 1)].to_owned()
    };
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let mut told = Vec::new();
    for found in report.json()["diagnostics"].as_array().unwrap() {
        for one in found["suggestions"].as_array().into_iter().flatten() {
            let [start, end] = ["start", "end"].map(|side| &one["range"][side]);
            let line = lines[number(&start["line"]) - 1];
            let gone = part(line, number(&start["column"]), number(&end["column"]), |_, at| at);
            told.push((gone, one["text"].as_str().unwrap().to_owned()));
        }
    }
    let expected = [("\"weight\":\"7\", ", ""), ("\"7\"", "7")];
    assert_eq!(told, expected.map(|(gone, new)| (gone.to_owned(), new.to_owned())));
    let sarif: Value = serde_json::from_str(&folder.read("s")).unwrap();
    let mut told = Vec::new();
    for found in sarif["runs"][0]["results"].as_array().unwrap() {
        let Some(fixes) = found.get("fixes") else { continue };
        let change = &fixes[0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"], found["locations"][0]["physicalLocation"]["artifactLocation"]);
        let region = &change["replacements"][0]["deletedRegion"];
        let at = |line: &str, at: usize| line.char_indices().nth(at).map_or(line.len(), |(at, _)| at);
        let line = lines[number(&region["startLine"]) - 1];
        let gone = part(line, number(&region["startColumn"]), number(&region["endColumn"]), at);
        let new = change["replacements"][0]["insertedContent"]["text"].as_str().unwrap_or_default();
        let title = fixes[0]["description"]["text"].as_str().unwrap();
        told.push((gone, new.to_owned(), title.to_owned(), fixes[0]["properties"]["safe"] == true));
    }
    let titles = [("Remove `weight`.", false), ("Remove the quotes.", true)];
    let expected: Vec<_> = expected
        .into_iter()
        .zip(titles)
        .map(|((gone, new), (title, safe))| (gone.to_owned(), new.to_owned(), title.to_owned(), safe))
        .collect();
    assert_eq!(told, expected);
}

/// The fingerprints of what is found in a file.
fn fingerprints(name: &str, text: &str) -> Vec<String> {
    let folder = Folder::with(&[(name, text)]);
    let report = folder.run(&["check", name, "--format", "gitlab", "--format", "sarif=s"]);
    let sarif: Value = serde_json::from_str(&folder.read("s")).unwrap();
    let all: Vec<_> = report
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["fingerprint"].as_str().unwrap().to_owned())
        .collect();
    let own = sarif["runs"][0]["results"].as_array().unwrap().iter();
    assert!(own.map(|result| result["partialFingerprints"]["elblint/v1"].as_str().unwrap()).eq(&all));
    all
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let request = |id: &str, token: &str, weight: &str| {
        format!(
            "PUT /v3/p/elb/pools/x/members/{id}\nX-Auth-Token: {token}\n\n{{\n \"member\": {{ \"weight\": {weight}, \"nmae\": 1 }}\n}}\n\n###\n"
        )
    };
    let first = fingerprints("a.http", &request("a", "abc", "101"));
    let moved = fingerprints(
        "a.http",
        &format!("# A comment.\n\n{}{}", request("b", "abc", "102"), request("a", "xyz", "101")),
    );
    assert!(first.len() > 2 && moved.len() == 2 * first.len());
    assert_eq!(first, moved[first.len()..]);
    let thrice = fingerprints("a.http", &request("a", "abc", "101").repeat(3));
    assert_eq!(first, thrice[..first.len()]);
    assert_eq!(thrice.iter().collect::<HashSet<_>>().len(), thrice.len(), "the same again is told apart");
}

/// A line that is refused.
const LINE: &str = r#"{"method": "PUT", "url": "/v3/p/elb/pools/x", "body": {"pool": {"nmae": 1}}}"#;

#[test]
fn equal_lines_are_told_apart_in_a_file_of_any_length() {
    let other = LINE.replace("nmae", "naem");
    let mut lines = vec![LINE; 5000];
    let many = fingerprints("a.jsonl", &lines.join("\n"));
    assert_eq!(many.iter().collect::<HashSet<_>>().len(), many.len());
    lines.insert(700, &other);
    let moved = fingerprints("a.jsonl", &lines.join("\n"));
    let new: Vec<_> = moved.iter().filter(|one| !many.contains(one)).collect();
    assert_eq!(new.len(), moved.len() - many.len(), "the others are what they were");
    assert_eq!(moved.iter().position(|one| one == new[0]), Some(700 * (many.len() / 5000)));
}

#[test]
fn fingerprints_stay_when_strings_are_spelt_in_another_way() {
    let spelt = |kind: &str| {
        let body = format!(r#"{{"pool": {{"type": "{kind}"}}}}"#);
        let url = "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086-a496-4666-9064-5ba0e6840c75";
        fingerprints("a.jsonl", &format!(r#"{{"method": "PUT", "url": "{url}", "body": {body}}}"#))
    };
    for (one, other) in [("é/", r"\u00e9\/"), (&"é".repeat(200), &r"\u00e9".repeat(200))] {
        assert_eq!(spelt(one), spelt(other));
    }
    assert_ne!(spelt("é"), spelt("e"));
}

#[test]
fn gitlab_gets_what_it_documents() {
    let schema = json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "additionalProperties": false,
            "properties": {
                "description": { "type": "string", "minLength": 1 },
                "check_name": { "type": "string", "minLength": 1 },
                "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "additionalProperties": false,
                    "properties": {
                        "path": { "type": "string", "pattern": "^[^./]" },
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": { "begin": { "type": "integer", "minimum": 1 }, "end": { "type": "integer" } },
                        },
                    },
                },
            },
        },
    });
    conforms(&schema, &json_of("gitlab"));
    let clean = Folder::with(&[("a.http", "GET https://example.com/\n")]);
    conforms(&schema, &clean.run(&["check", "--format", "gitlab"]).json());
}

#[test]
fn reviewdog_gets_what_it_documents() {
    let position = json!({
        "type": "object",
        "required": ["line"],
        "additionalProperties": false,
        "properties": { "line": { "type": "integer", "minimum": 1 }, "column": { "type": "integer", "minimum": 1 } },
    });
    let range = json!({
        "type": "object",
        "required": ["start"],
        "additionalProperties": false,
        "properties": { "start": position, "end": position },
    });
    let location = json!({
        "type": "object",
        "required": ["path"],
        "additionalProperties": false,
        "properties": { "path": { "type": "string" }, "range": range },
    });
    let suggestion = json!({
        "type": "object",
        "required": ["range", "text"],
        "additionalProperties": false,
        "properties": { "range": range, "text": { "type": "string" } },
    });
    let schema = json!({
        "type": "object",
        "required": ["source", "diagnostics"],
        "additionalProperties": false,
        "properties": {
            "source": { "type": "object", "required": ["name"], "properties": { "name": { "const": "elblint" } } },
            "diagnostics": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["message", "location", "severity", "code"],
                    "additionalProperties": false,
                    "properties": {
                        "message": { "type": "string" },
                        "location": location,
                        "severity": { "enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"] },
                        "code": {
                            "type": "object",
                            "required": ["value"],
                            "additionalProperties": false,
                            "properties": { "value": { "type": "string" } },
                        },
                        "relatedLocations": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["location"],
                                "properties": { "message": { "type": "string" }, "location": location },
                            },
                        },
                        "suggestions": { "type": "array", "items": suggestion },
                    },
                },
            },
        },
    });
    let report = json_of("rdjson");
    conforms(&schema, &report);
    let conflict = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["code"]["value"] == "no-target-fits");
    let text =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/requests/pool.http")).unwrap();
    let line = text.lines().nth(6).unwrap();
    let column = line.find("\"QUIC_CID\"").unwrap() + 1;
    assert_eq!(
        conflict.unwrap()["location"]["range"]["start"],
        json!({"line": 7, "column": column}),
        "in bytes"
    );
}

#[test]
fn junit_counts_what_it_has() {
    let text = report("junit");
    let document = roxmltree::Document::parse(&text).unwrap();
    let suites: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    assert_eq!(suites.len(), 4);
    for suite in suites {
        let count =
            |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
        assert_eq!(suite.attribute("tests").unwrap(), count("testcase"));
        assert_eq!(suite.attribute("failures").unwrap(), count("failure"));
    }
}

#[test]
fn a_file_of_lines_is_listed_once() {
    let folder = Folder::with(&[("a.jsonl", &[LINE; 5000].join("\n")), ("b.jsonl", LINE)]);
    folder.run(&["check", "--format", "junit=x", "--format", "markdown=m"]);
    let read = |name: &str| folder.read(name);
    let (junit, markdown) = (read("x"), read("m"));
    let document = roxmltree::Document::parse(&junit).unwrap();
    let suites = document.descendants().filter(|node| node.has_tag_name("testsuite"));
    let counts: Vec<_> = suites.map(|suite| (suite.attribute("name"), suite.attribute("tests"))).collect();
    assert_eq!(counts, [(Some("a.jsonl"), Some("5000")), (Some("b.jsonl"), Some("1"))]);
    assert_eq!(markdown.matches("\n### ").count(), 2);
}

#[test]
fn junit_calls_things_by_their_names() {
    let ignore = "[[ignore]]\npath = \"x\"\nrule = \"range\"\nreason = \"r\"\nuntil = \"2020-01-01\"\n";
    let folder = Folder::with(&[("elblint.toml", ignore), ("a.json", r#"{"url": "/v3/p/elb/pools/x"}"#)]);
    let report = folder.run(&["check", "--format", "junit"]).out;
    for name in ["request in line 1\" classname=\"a.json", "suppression in line 1\" classname=\"elblint.toml"]
    {
        assert!(report.contains(name), "{report}");
    }
}

#[test]
fn test_cases_of_one_line_have_names_of_their_own() {
    let list = format!("[{0}, {0}, {0}]\n", object(r#"{"pool": {"name": "x"}}"#));
    let folder = Folder::with(&[("a.json", &list), ("b.json", &list)]);
    let report = folder.run(&["check", "--format", "junit"]).out;
    let cases: HashSet<_> = report.lines().filter(|line| line.starts_with("<testcase ")).collect();
    assert_eq!(cases.len(), 6, "{report}");
    assert!(report.contains("name=\"UpdatePool in line 1\" classname=\"a.json\""), "{report}");
}

#[test]
fn letters_are_shown_in_their_order() {
    for (field, formats) in [
        ("wei\u{202E}ght", &["text", "concise", "github", "gitlab", "markdown", "junit"][..]),
        ("wei\u{2066}ght", &["text", "concise", "github", "gitlab", "markdown", "junit"]),
        ("wei\u{200F}ght", &["concise", "github", "gitlab", "markdown", "junit"]),
        ("wei\u{61C}ght", &["concise"]),
    ] {
        let folder = Folder::with(&[("a.http", &put(&format!("{{\"pool\": {{\"{field}\": 1}}}}")))]);
        for format in formats {
            let report = folder.run(&["check", "--format", format]).out;
            assert!(report.contains("unknown-field") && !report.contains(field), "{format}: {report}");
        }
    }
    let folder = Folder::with(&[("a.http", &put("{\"pool\": {\"wéi…ght\": 1}}"))]);
    folder.run(&["check", "--format", "concise"]).has(1, "`wéi…ght`", "");
}

#[test]
fn a_report_replaces_nothing_that_is_checked() {
    let body = r#"{"pool": {"name": "x"}}"#;
    let folder =
        Folder::with(&[("in/a.json", &object(body)), ("in/UpdatePool.json", body), ("b.http", "# no\n")]);
    for (paths, file) in [
        (&["in"][..], "in/a.json"),
        (&["in"], "./in/UpdatePool.json"),
        (&["in", "b.http"], "b.http"),
        (&["."], "in/../in/a.json"),
    ] {
        let before = folder.read(file);
        let run = folder.run(&[&["check", "--format", &format!("json={file}")], paths].concat());
        run.has(2, "", "which is to be checked");
        assert_eq!(folder.read(file), before);
    }
    // The report of an earlier run is none of ours.
    for format in ["json=in/report.json", "sarif=in/report.json", "gitlab=in/report.json"] {
        assert_eq!(folder.run(&["check", "in", "--format", format]).code, 0, "{format}");
    }
}

#[test]
fn errors_come_first_on_github() {
    let report = report("github");
    let commands: Vec<_> = report.lines().filter(|line| line.starts_with("::")).collect();
    let last_error = commands.iter().rposition(|line| line.starts_with("::error ")).unwrap();
    let first_warning = commands.iter().position(|line| line.starts_with("::warning ")).unwrap();
    assert!(last_error < first_warning, "{report}");
    assert!(report.contains("file=requests/50%25%2C of [it].UpdatePool.json,"), "{report}");
    assert_eq!(report.matches("::error::").count(), 1, "what a file says is no command of its own: {report}");
    assert!(!report.lines().any(|line| line.starts_with("::error::")));
}
