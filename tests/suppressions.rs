//! Suppressions, in request files and in the configuration: what they cover, and what is said about them.

#[path = "common/program.rs"]
mod program;

use program::{Folder, POOL, object, put};

const SLOW: &str = r#"{"pool": {"slow_start": {"enable": true, "duration": 5}}}"#;

#[test]
fn a_comment_before_a_request_is_about_the_whole_request() {
    let text = format!(
        "### one\n# elblint-ignore[range]: the site takes less\n{}\n### two\n{}",
        put(SLOW),
        put(SLOW)
    );
    let folder = Folder::with(&[("a.http", &text)]);
    assert_eq!(folder.findings(&[]), ["a.http:12 range"]);
    for comment in [
        "###  // elblint-ignore[range]: why",
        "### elblint-ignore[range]: why",
        "### slow start # elblint-ignore[range]: why",
        "###\n// elblint-ignore[range] : why\n# another comment\n@variable = 1\n",
        "###\n   # elblint-ignore[ range , ]: why\n\n",
        "###\n# elblint-ignore[documented]: why",
        "###\n# elblint-ignore[ran*]: why",
        "# elblint-ignore[range]: above the first separator is about every request\n###",
    ] {
        let folder = Folder::with(&[("a.http", &format!("{comment}\n{}", put(SLOW)))]);
        assert_eq!(folder.findings(&[]), [] as [&str; 0], "{comment}");
    }
}

#[test]
fn a_comment_before_a_line_is_about_that_line() {
    let text = format!(
        "PUT {POOL}\n# elblint-ignore[literal-credential]: a token of the sandbox\nX-Auth-Token: MIIabc\n\n\
         {{\"pool\": {{\n  # elblint-ignore[unknown-field]: newer\n  // elblint-ignore[range]: for nothing\n  \"nmae\": 1,\n  \"nmea\": 1\n}}}}\n"
    );
    let folder = Folder::with(&[("a.http", &text)]);
    assert_eq!(folder.findings(&[]), ["a.http:7 unused-suppression", "a.http:9 unknown-field"]);
    // The body is what it is without the comments.
    let run = folder.run(&["check", "--format", "json"]);
    assert!(run.out.contains(r#""line":9,"column":3"#), "{run:?}");
    assert!(!run.out.contains("MIIabc"));
}

#[test]
fn a_demand_on_an_unknown_target_is_covered_too() {
    let slow = r#"{"pool": {"slow_start": {"enable": true}}}"#;
    let comment = "# elblint-ignore[slow-start-on-layer-4]: the group is of HTTP\n";
    let folder = Folder::with(&[("a.http", &put(slow)), ("b.http", &format!("{comment}{}", put(slow)))]);
    let run = folder.run(&["check"]);
    run.has(0, "UpdatePool at a.http:1 holds only if", "");
    assert!(!run.out.contains("b.http"), "{run:?}");
    folder.write("pool.json", r#"{"pool": {"protocol": "TCP"}}"#);
    assert_eq!(folder.findings(&["--context", "pool.json"]), ["a.http:4 slow-start-on-layer-4"]);
}

#[test]
fn a_demand_that_is_covered_is_in_no_conflict() {
    const RULE: &str = "slow-start-on-layer-4";
    let body = |comment: &str| {
        format!(
            "{{\"pool\": {{\"lb_algorithm\": \"QUIC_CID\",\n{comment}\"slow_start\": {{\"enable\": true}}}}}}"
        )
    };
    let comment = format!("# elblint-ignore[{RULE}]: confirmed by support\n");
    let ignore = |rest: &str| format!("[[ignore]]\nrule = \"{RULE}\"\nreason = \"confirmed\"\n{rest}\n");
    for (text, configuration) in [
        (put(&body(&comment)), String::new()),
        (comment.clone() + &put(&body("")), String::new()),
        (put(&body("")), ignore("")),
        (put(&body("")), ignore("pointer = \"/pool/slow_start\"")),
    ] {
        let folder = Folder::with(&[("a.http", &text), ("elblint.toml", &configuration)]);
        assert_eq!(folder.findings(&[]), [] as [&str; 0], "{text}{configuration}");
        // What the other demands is to be met all the same.
        folder.run(&["check"]).has(0, "holds only if pool.protocol is QUIC", "");
        assert_eq!(folder.findings(&["--ignore", "quic-cid-outside-quic"]), [] as [&str; 0]);
    }
    // A conflict of others is told without it.
    let sticky = "\"session_persistence\": {\"type\": \"HTTP_COOKIE\"}, \"slow_start\"";
    let text = put(&body(&comment).replace("\"slow_start\"", sticky));
    let folder = Folder::with(&[("a.http", &text)]);
    assert_eq!(folder.findings(&[]), ["a.http:4 no-target-fits", "a.http:6 slow-start-with-sticky-session"]);
    let run = folder.run(&["check"]);
    run.has(1, "no target can take this request: `lb_algorithm`", "");
    let told = run.out.lines().next().unwrap_or_default();
    assert!(!told.contains("slow_start"), "{run:?}");
    // Elsewhere, or not any more, it covers nothing.
    for rest in ["pointer = \"/pool/name\"", "until = 2020-01-01"] {
        let folder = Folder::with(&[("a.http", &put(&body(""))), ("elblint.toml", &ignore(rest))]);
        assert_eq!(folder.run(&["check"]).code, 1, "{rest}");
    }
}

#[test]
fn no_report_has_what_is_suppressed() {
    let text = format!("# elblint-ignore[range]: the site takes less\n{}", put(SLOW));
    let folder = Folder::with(&[("a.http", &text)]);
    let run = folder.run(&["check", "--format", "sarif"]);
    // Code scanning would open an alert whatever `suppressions` a result has.
    run.has(0, "\"results\":[\n\n]", "");
}

#[test]
fn what_is_wrong_with_a_comment_is_told() {
    let cases = [
        ("# elblint-ignore[range]", "suppression-without-reason", "no reason"),
        ("# elblint-ignore[range]: ", "suppression-without-reason", "no reason"),
        ("# elblint-ignore: why", "suppression-of-unknown-rule", "names no rule"),
        ("# elblint-ignore[]: why", "suppression-of-unknown-rule", "names no rule"),
        ("# elblint-ignore[rnage]: why", "suppression-of-unknown-rule", "did you mean `range`?"),
        ("# elblint-ignore[unused-suppression]: why", "unused-suppression", "remove the suppression"),
    ];
    for (comment, rule, words) in cases {
        let folder = Folder::with(&[("a.http", &format!("### a\n{comment}\n{}", put(SLOW)))]);
        assert_eq!(
            folder.findings(&[]),
            [format!("a.http:2 {rule}"), "a.http:6 range".to_owned()],
            "{comment}"
        );
        assert!(folder.run(&["check"]).out.contains(words), "{comment}");
    }
    // Words in a comment are no suppression.
    let folder = Folder::with(&[(
        "a.http",
        &format!(
            "### about elblint-ignore\n# see elblint-ignore[range]: why\n# elblint-ignored\n{}",
            put(SLOW)
        ),
    )]);
    assert_eq!(folder.findings(&[]), ["a.http:7 range"]);
}

#[test]
fn what_is_not_needed_is_told_at_its_request() {
    let text = format!(
        "###\n# elblint-ignore[range]: fixed\n{}\n# elblint-ignore[range]: at the end\n###\nGET https://example.com\n",
        put(r#"{"pool": {"name": "x"}}"#)
    );
    let folder = Folder::with(&[("a.http", &text)]);
    assert_eq!(folder.findings(&[]), ["a.http:2 unused-suppression", "a.http:8 unused-suppression"]);
    folder.run(&["check"]).has(0, "2 warnings", "");
    folder.run(&["check", "--fail-on", "warning"]).has(1, "unused-suppression", "");
    // Of a rule that is off nobody knows whether it would be broken.
    assert_eq!(folder.findings(&["--ignore", "range"]), [] as [&str; 0]);
    assert_eq!(folder.findings(&["--ignore", "suppressions"]), [] as [&str; 0]);
    folder.write("elblint.toml", "severity.unused-suppression = \"error\"");
    folder.run(&["check"]).has(1, "error[unused-suppression]", "");
}

fn ignoring(rest: &str) -> Folder {
    let table = format!("[[ignore]]\nrule = \"range\"\nreason = \"the site takes less\"\n{rest}\n");
    Folder::with(&[("a/b.json", &object(SLOW)), ("c.json", &object(SLOW)), ("elblint.toml", &table)])
}

#[test]
fn tables_of_the_configuration_go_by_path_and_pointer() {
    for (rest, left) in [
        ("", vec![]),
        ("path = \"a\"", vec!["c.json:1 range"]),
        ("path = \"*.json\"", vec![]),
        ("path = [\"/c.json\", \"/b.json\"]", vec!["a/b.json:1 range"]),
        ("pointer = \"/pool/slow_start/duration\"", vec![]),
        ("pointer = \"/pool\"", vec![]),
        ("pointer = \"/*/slow_start\"", vec![]),
        ("path = \"a\"\npointer = \"/pool/slow_start\"\nuntil = 2999-12-31", vec!["c.json:1 range"]),
    ] {
        assert_eq!(ignoring(rest).findings(&[]), left, "{rest}");
    }
}

#[test]
fn tables_that_nothing_needs_are_told_after_a_whole_run() {
    for rest in
        ["pointer = \"/pool/slow\"", "path = \"none.json\"", "pointer = \"/pool/slow_start/duration/x\""]
    {
        let folder = ignoring(rest);
        let all = ["a/b.json:1 range", "c.json:1 range", "elblint.toml:1 unused-suppression"];
        assert_eq!(folder.findings(&[]), all, "{rest}");
        // Another file might need it.
        assert_eq!(folder.findings(&["c.json"]), ["c.json:1 range"]);
        assert_eq!(folder.findings(&["a"]), ["a/b.json:1 range"]);
    }
    let run = ignoring("path = \"none.json\"").run(&["check"]);
    run.has(1, "2 requests in 2 files: 2 errors, 1 warning", "");
    assert!(run.out.contains("--> elblint.toml:1:1"), "{run:?}");
}

#[test]
fn a_table_whose_last_day_is_over_suppresses_nothing() {
    let folder = ignoring("path = \"c.json\"\nuntil = 2020-02-29");
    let all = ["a/b.json:1 range", "c.json:1 range", "elblint.toml:1 expired-suppression"];
    assert_eq!(folder.findings(&[]), all);
    let run = folder.run(&["check", "c.json"]);
    run.has(1, "its suppression at elblint.toml:1 has expired on 2020-02-29", "");
    assert!(run.out.contains("warning[expired-suppression]: this suppression has expired on 2020-02-29"));
}

#[test]
fn comments_are_added_for_all_that_is_found() {
    let literal = put(SLOW).replace("{{token}}", "MIIabc");
    let text = format!("\u{FEFF}### one\n{literal}\n### two\n{}", put(r#"{"pool": {"name": "x"}}"#))
        .replace('\n', "\r\n");
    let folder = Folder::with(&[
        ("a.http", &text),
        ("b.rest", &put("{\"pool\": {\"a\": 1,}}")),
        ("c.json", &object(SLOW)),
    ]);
    let run = folder.run(&["check", "--add-ignores", "adopted in 2026"]);
    run.has(
        0,
        "[[ignore]]\npath = \"/c.json\"\npointer = \"/pool/slow_start/duration\"\n",
        "2 suppressions added to 2 files",
    );
    let comment = "# elblint-ignore[literal-credential, range]: adopted in 2026\r\n";
    assert_eq!(folder.read("a.http"), text.replacen("PUT", &format!("{comment}PUT"), 1));
    assert!(
        folder.read("b.rest").starts_with("# elblint-ignore[syntax, unknown-field]: adopted in 2026\nPUT")
    );
    assert_eq!(folder.findings(&[]), ["c.json:1 range"]);
    folder.write("elblint.toml", &run.out);
    assert_eq!(folder.findings(&[]), [] as [&str; 0]);
    folder.run(&["check", "--add-ignores", "again"]).has(0, "", "0 suppressions added to 0 files");
    folder.run(&["check", "--add-ignores", " "]).has(2, "", "a suppression needs a reason");
}

#[test]
fn tables_that_cover_the_same_are_all_of_use() {
    // One is about the other's place too.
    let bodies = [r#"{"pool": {"slow_start": 5}}"#, r#"{"pool": {"slow_start": {"duration": "x"}}}"#];
    let folder = Folder::with(&[("a.jsonl", &bodies.map(|body| object(body) + "\n").concat())]);
    let run = folder.run(&["check", "--add-ignores", "why"]);
    assert_eq!(run.out.matches("[[ignore]]").count(), 2, "{run:?}");
    // One more, about all files.
    folder.write("elblint.toml", run.out + "[[ignore]]\nrule = \"wrong-type\"\nreason = \"why\"\n");
    assert_eq!(folder.findings(&[]), [] as [&str; 0]);
}

#[test]
fn a_key_without_a_name_is_not_the_whole_document() {
    let folder = Folder::with(&[("UpdatePool.json", r#"{"pool": {"name": "a"}, "": 1}"#)]);
    let run = folder.run(&["check", "--add-ignores", "why"]);
    run.has(0, "pointer = \"/\"", "these formats have no comments");
    assert!(!run.err.contains("0 suppressions"), "{run:?}");
    folder.write("elblint.toml", &run.out);
    assert_eq!(folder.findings(&[]), [] as [&str; 0]);
    folder.write("UpdatePool.json", r#"{"pool": {"nam": "a", "": 1}, "": 1}"#);
    assert_eq!(folder.findings(&[]), ["UpdatePool.json:1 unknown-field", "UpdatePool.json:1 unknown-field"]);
    std::fs::remove_file(folder.path("elblint.toml")).unwrap();
    let run = folder.run(&["check", "--add-ignores", "why"]);
    folder.write("elblint.toml", &run.out);
    assert_eq!(folder.findings(&[]), [] as [&str; 0], "{run:?}");
}

#[test]
fn what_is_suppressed_is_not_mended() {
    let body = r#"{"pool": {"lb_algorithm": "round_robin"}}"#;
    let text = format!("###\n# elblint-ignore[one-of]: as it is\n{}###\n{}", put(body), put(body));
    let folder = Folder::with(&[("a.http", &text), ("b.jsonl", &object(body))]);
    folder.write("elblint.toml", "[[per-file]]\nfiles = \"*.jsonl\"\nignore = [\"one-of\"]\n");
    folder.run(&["check", "--fix"]).has(0, "nothing to mend", "1 fixed, 0 left");
    let (first, second) = text.split_at(text.rfind("###").unwrap());
    assert_eq!(folder.read("a.http"), format!("{first}{}", second.replace("round_robin", "ROUND_ROBIN")));
    assert_eq!(folder.read("b.jsonl"), object(body));
}
