//! The built program, in a clean environment and a directory of its own: exit codes, streams, bad input.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/program.rs"]
mod program;

use program::{Folder, POOL, command, put};

const GOOD: &str = r#"{"pool": {"name": "My pool."}}"#;
const BAD: &str = r#"{"pool": {"nmae": "My pool."}}"#;

fn line(body: &str) -> String {
    format!("{{\"method\": \"PUT\", \"url\": \"{POOL}\", \"body\": {body}}}\n")
}

#[test]
fn exit_codes_tell_what_was_found() {
    let folder = Folder::with(&[("good.http", &put(GOOD)), ("bad.http", &put(BAD))]);
    folder.run(&["check", "good.http"]).has(0, "1 request in 1 file: nothing to mend", "");
    folder.run(&["check"]).has(1, "2 requests in 2 files: 1 error", "");
    folder.run(&["check", "bad.http", "none.http"]).has(2, "unknown-field", "error: cannot read none.http: ");
    folder.run(&["check", "--nonsense"]).has(2, "", "--nonsense");
    folder.run(&["check", "--operation", "UpdatePol"]).has(2, "", "UpdatePool");
    folder.run(&[]).has(2, "", "Usage: elblint");
    folder.run(&["--version"]).has(0, concat!("elblint ", env!("CARGO_PKG_VERSION")), "");
    folder.run(&["check", "--help"]).has(0, "Exit codes:", "");
    Folder::new().run(&["check"]).has(2, "", "nothing to check");
}

#[test]
fn severities_below_the_bound_do_not_fail() {
    let literal = put(GOOD).replace("{{token}}", "MIISecret");
    let folder = Folder::with(&[("a.http", &literal)]);
    folder.run(&["check"]).has(0, "warning[literal-credential]", "");
    folder.run(&["check", "--fail-on", "warning"]).has(1, "literal-credential", "");
    let run = folder.run(&["check", "--format", "json"]);
    assert!(!run.out.contains("Secret") && !folder.run(&["check"]).out.contains("Secret"));
}

#[test]
fn the_json_report_is_as_contracted() {
    let text = format!("{}\n###\nGET https://example.com/\n\n###\n{}", put(BAD), put(GOOD));
    let folder =
        Folder::with(&[("b.http", &text), ("a/UpdateMember.json", r#"{"member": {"weight": {{w}}}}"#)]);
    let run = folder.run(&["check", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let report = run.json();
    assert_eq!(report["version"], 1);
    assert_eq!(report["tool"]["name"], "elblint");
    let summary = &report["summary"];
    assert_eq!(
        (&summary["files"], &summary["requests"], &summary["skipped"]),
        (&2.into(), &3.into(), &1.into())
    );
    assert_eq!(
        (&summary["errors"], &summary["warnings"], &summary["infos"]),
        (&1.into(), &0.into(), &0.into())
    );
    let files = report["files"].as_array().unwrap();
    assert_eq!((&files[0]["path"], &files[1]["path"]), (&"a/UpdateMember.json".into(), &"b.http".into()));
    assert_eq!(files[0]["requests"][0]["unchecked"][0]["pointer"], "/member/weight");
    let requests = files[1]["requests"].as_array().unwrap();
    assert_eq!((&requests[0]["line"], &requests[1]["line"]), (&1.into(), &10.into()));
    assert_eq!(
        (&requests[0]["verdict"], &requests[0]["operation"]),
        (&"refused".into(), &"UpdatePool".into())
    );
    let found = &requests[0]["diagnostics"][0];
    assert_eq!(
        (&found["rule"], &found["in"], &found["pointer"]),
        (&"unknown-field".into(), &"body".into(), &"/pool/nmae".into())
    );
    let start = &found["span"]["start"];
    assert_eq!((&start["line"], &start["column"]), (&4.into(), &11.into()));
    assert_eq!(start["offset"], text.find("\"nmae\"").unwrap());
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let folder = Folder::new();
    folder.run_with(&["check", "-"], put(BAD)).has(1, "--> <stdin>:4:11", "");
    folder.run_with(&["check", "-"], line(BAD).as_bytes()).has(1, "--> <stdin>:1:", "");
    folder.run_with(&["check", "-", "--operation", "UpdatePool"], BAD.as_bytes()).has(1, "<stdin>:1:11", "");
    folder.run_with(&["check", "-", "--stdin-filename", "UpdatePool.json"], BAD.as_bytes()).has(
        1,
        "UpdatePool.json:1:11",
        "",
    );
    let lines = line(GOOD) + &line(BAD);
    folder.run_with(&["check", "-", "--stdin-filename", "x.jsonl"], lines.as_bytes()).has(
        1,
        "x.jsonl:2:",
        "",
    );
    folder.run_with(&["check", "-"], b"\xff").has(
        2,
        "",
        "error: cannot read <stdin>: it is not UTF-8 at byte 0",
    );
}

#[test]
fn contexts_decide() {
    let slow = put(r#"{"pool": {"slow_start": {"enable": true, "duration": 30}}}"#);
    let folder = Folder::with(&[
        ("a.http", &slow),
        ("b/named.http", &format!("# @context ../tcp.json\n{slow}")),
        ("tcp.json", r#"{"pool": {"protocol": "TCP"}, "request_id": "x"}"#),
        ("broken.json", "{\n  \"pool\": }"),
    ]);
    folder.run(&["check", "a.http"]).has(
        0,
        "note: UpdatePool at a.http:1 holds only if pool.protocol is HTTP",
        "",
    );
    folder.run(&["check", "a.http", "--context", "tcp.json"]).has(1, "slow-start-on-layer-4", "");
    folder.run(&["check", "b"]).has(1, "slow-start-on-layer-4", "");
    folder.write("null.json", br#"{"pool": null, "loadbalancer": {"provisioning_status": "ACTIVE"}}"#);
    folder.run(&["check", "a.http", "--context", "tcp.json", "--context", "null.json"]).has(
        1,
        "slow-start-on-layer-4",
        "",
    );
    folder.run(&["check", "a.http", "--context", "broken.json"]).has(
        2,
        "",
        "error: broken.json:2:10: this is no context: no value after the colon",
    );
    for (text, told) in [
        ("[]", "1:1: this is no context: a context cannot be a list\n"),
        (r#"{"pool": []}"#, "1:10: this is no context: `/pool` cannot be a list\n"),
    ] {
        folder.write("list.json", text.as_bytes());
        folder.run(&["check", "a.http", "--context", "list.json"]).has(2, "", told);
    }
    folder.run(&["check", "a.http", "--context", "none.json"]).has(2, "", "error: cannot read none.json: ");
    folder.write("c.http", format!("# @context none.json\n{slow}").as_bytes());
    folder.run(&["check", "c.http"]).has(
        2,
        "1 request",
        "error: c.http:1:12: cannot read the context none.json: ",
    );
    folder.run(&["check", "a.http", "--verbose"]).has(0, "loadbalancer.provisioning_status", "");
}

#[test]
fn directories_are_walked() {
    let folder = Folder::with(&[
        (".gitignore", "ignored/\n"),
        ("ignored/a.http", &put(BAD)),
        (".hidden/a.http", &put(BAD)),
        ("notes.md", "PUT nothing"),
        ("package.json", "{\"name\": \"x\"}"),
        ("tsconfig.json", "{ // not JSON\n}"),
        ("data.jsonl", "{\"a\": 1}\n"),
        ("notes.rest", "Title\n=====\n"),
        ("z/ELB_UpdatePool.json", BAD),
        ("b/blue.UpdatePool.json", BAD),
        ("b.http", &put(GOOD)),
    ]);
    let run = folder.run(&["check", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{run:?}");
    let files = run.json()["files"].clone();
    let paths: Vec<_> =
        files.as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(paths, ["b.http", "b/blue.UpdatePool.json", "z/ELB_UpdatePool.json"]);
    folder.run(&["check", "ignored/a.http"]).has(1, "unknown-field", "");
    let run = folder.run(&["check", "package.json"]);
    run.has(2, "", "error: package.json: this is neither a request");
    run.has(2, "", "--operation");
    folder.run(&["check", "tsconfig.json"]).has(1, "error[syntax]", "");
    folder.write("empty.http", b"");
    folder.run(&["check", "empty.http"]).has(2, "", "error: empty.http: there is no request in it");
    folder.write("empty.http", put(GOOD));
    folder.run(&["check", "b.http", ".", "b.http"]).has(1, "4 requests in 4 files", "");
}

#[test]
fn what_is_broken_is_passed_over_aloud() {
    let folder = Folder::with(&[
        ("a.http", &put(GOOD)),
        ("empty.http", ""),
        ("cut.json", "{\"pool\": {"),
        ("empty.json", ""),
        ("text.json", "some text"),
        ("text.http", "some text\n"),
        ("z.http", &put(GOOD)),
    ]);
    let run = folder.run(&["check"]);
    assert_eq!(
        run.err.lines().collect::<Vec<_>>(),
        [
            "warning: cut.json:1:11: the text ends inside an object that begins on line 1, so the file was passed over",
            "warning: empty.http: there is no request in it, so the file was passed over",
            "warning: empty.json:1:1: there is nothing here, so the file was passed over",
            "warning: text.http:1:1: this is not a request line, so the file was passed over",
            "warning: text.json:1:1: `some` is neither a JSON value nor in double quotes, so the file was passed over",
        ]
    );
    assert!(run.code == 0 && run.out.contains("2 requests in 2 files"), "{run:?}");
}

#[test]
fn a_request_is_judged_whatever_is_before_it() {
    let prose = format!("Sets the name\n{}", put(GOOD));
    let folder = Folder::with(&[
        ("prose.http", &prose),
        ("list.json", &format!("[{{\"a\": 1}}, {}]", line(BAD))),
        ("lines.jsonl", &format!("{{\"a\": 1}}\n{}", line(BAD))),
        ("other.jsonl", "{\"a\": \"/elb/\"}\n{\"b\": 1}\n"),
    ]);
    let found = folder.findings(&[]);
    assert_eq!(
        found.iter().filter(|found| !found.ends_with("required")).collect::<Vec<_>>(),
        ["lines.jsonl:2 unknown-field", "list.json:1 unknown-field", "prose.http:1 syntax"]
    );
    // What is not a request file at all is not taken for one.
    let folder = Folder::with(&[("UpdatePool.yaml", "pool:\n  weight: 1\n")]);
    folder.run(&["check", "UpdatePool.yaml"]).has(1, "error[syntax]: this is not a request line", "");
    folder.run(&["check", "UpdatePool.yaml", "--operation", "UpdatePool"]).has(1, "error[syntax]", "");
}

#[cfg(unix)]
#[test]
fn names_of_files_command_nothing() {
    let folder = Folder::with(&[("a\nb\u{1b}[31m.UpdatePool.json", BAD)]);
    let run = folder.run(&["check"]);
    run.has(1, "--> a\\nb\\u{1b}[31m.UpdatePool.json:1:11", "");
    folder.write("c\nd\u{1b}[31m.json", b"\xff");
    let run = folder.run(&["check"]);
    run.has(2, "unknown-field", "cannot read c\\nd\\u{1b}[31m.json: it is not UTF-8");
    assert!(!(run.out + &run.err).contains('\u{1b}'));
}

#[test]
fn a_credential_is_not_told_where_its_variable_is_at_fault() {
    let request = format!("@token = MIISecretSecret\nPUT {POOL}\nX-Auth-Token: {{{{token}}}}\n\n");
    let twice = "{\"pool\": {\"type\": \"{{token}} {{token}}\"}}";
    let folder = Folder::with(&[("a.http", &format!("{request}{twice}\n"))]);
    folder.run(&["check"]).has(1, "`type` is \"*** ***\"", "");
}

#[test]
fn what_changes_nothing_goes_with_nothing_that_writes() {
    let folder = Folder::with(&[("a.http", &put(BAD))]);
    for more in [&["--add-ignores", "why"][..], &["--write-baseline"], &["--prune-baseline"]] {
        folder.run(&[&["check", "--diff"], more].concat()).has(2, "", "cannot be used with");
    }
    folder.run(&["check", "--fix", "--add-ignores", "why"]).has(2, "", "cannot be used with");
    assert_eq!(folder.read("a.http"), put(BAD));
}

#[test]
fn it_is_told_if_all_is_excluded() {
    let folder = Folder::with(&[("sub/a.http", &put(GOOD)), ("elblint.toml", "exclude = [\"sub\"]")]);
    let told = "no request file was found, but for what the configuration excludes";
    folder.run(&["check"]).has(2, "", told);
    folder.run(&["check", "sub"]).has(2, "", told);
    folder.run(&["check", "sub/a.http"]).has(0, "1 request in 1 file", "");
}

#[cfg(unix)]
#[test]
fn links_are_no_trap() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with(&[("a/a.http", &put(GOOD))]);
    symlink("..", folder.path("a/loop")).unwrap();
    folder.run(&["check"]).has(0, "1 request in 1 file", "warning: a/loop leads back to");
    symlink("nowhere", folder.path("gone.http")).unwrap();
    folder.run(&["check"]).has(2, "1 request in 1 file", "error: cannot read gone.http: ");
}

#[test]
fn a_file_is_checked_once_whatever_it_is_called() {
    let folder = Folder::with(&[("a.http", &put(BAD)), ("a/b.http", &put(BAD))]);
    let absolute = folder.path("a.http");
    let run = folder.run(&["check", absolute.to_str().unwrap(), "./a.http", "a/../a.http", "a.http"]);
    run.has(1, "--> a.http:4:11", "");
    assert!(run.out.contains("1 request in 1 file"), "{run:?}");
    let whole = absolute.parent().unwrap().to_str().unwrap();
    for paths in [[".", "a"], [".", whole], ["a/..", "a/b.http"], [".", "a.http"]] {
        folder.run(&[&["check"], &paths[..]].concat()).has(1, "2 requests in 2 files", "");
    }
}

#[test]
fn a_file_that_is_no_text_is_told_of_once() {
    let folder = Folder::with(&[("z.jsonl", &line(GOOD))]);
    let binary = [line(GOOD).as_bytes(), &b"\xff\xfe\n".repeat(400_000), line(BAD).as_bytes()].concat();
    folder.write("a.jsonl", &binary);
    let run = folder.run(&["check"]);
    run.has(2, "a.jsonl:400002:", "error: cannot read line 2 of a.jsonl: it is not UTF-8");
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    folder.write("a.jsonl", b"\xff\n\xff\n");
    let run = folder.run(&["check", "a.jsonl", "z.jsonl"]);
    run.has(2, "1 request in 1 file", "error: cannot read line 1 of a.jsonl: it is not UTF-8");
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
}

#[test]
fn bad_input_is_told_and_the_rest_is_checked() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let digits = "9".repeat(400);
    let member = format!(r#"{{"member": {{"weight": {digits}, "name": "\ud800"}}}}"#);
    let folder = Folder::new();
    let cases: [(&str, &[u8], i32, &str); 10] = [
        ("a.json", b"not json", 1, "error[syntax]"),
        ("a.json", b"", 1, "error[syntax]"),
        ("a.http", b"\xff\xfe", 2, "error: cannot read a.http: it is not UTF-8 at byte 0, but UTF-16"),
        ("a.jsonl", b"{}\n\n\xff\n", 2, "error: cannot read line 3 of a.jsonl: it is not UTF-8 at byte 4"),
        ("a.json", b"{\"method\": \"PUT\", \"url\": \"/v3/p/elb/pools/x\", \"body\": {", 1, "error[syntax]"),
        ("UpdatePool.json", deep.as_bytes(), 1, "error["),
        ("UpdateMember.json", member.as_bytes(), 1, "error["),
        ("UpdatePool.json", b"{\"pool\": {\"name\": \"\0\"}}", 1, "error[syntax]"),
        ("a.jsonl", deep.as_bytes(), 1, "error["),
        ("a.http", b"PUT /v3/p/elb/pools/x\r\n\r\n{\"pool\":", 1, "error[syntax]"),
    ];
    for (name, bytes, code, said) in cases {
        folder.write(name, bytes);
        folder.write("z.http", put(BAD));
        let run = folder.run(&["check", name, "z.http"]);
        assert_eq!(run.code, code, "{name}: {}", run.err);
        assert!(format!("{}{}", run.out, run.err).contains(said), "{name}: {run:?}");
        assert!(run.out.contains("--> z.http:4:11"), "{name}: the others are still checked");
    }
}

#[test]
fn a_path_in_place_of_a_command_is_asked_about() {
    let folder = Folder::with(&[("check.http", &put(GOOD))]);
    folder.run(&["check.http"]).has(2, "", "tip: to check what is there, use 'elblint check check.http'");
    folder.run(&["chekc"]).has(2, "", "'check'");
}

#[test]
fn documents_have_a_largest_size() {
    let long = line(&format!(r#"{{"pool": {{"name": "{}"}}}}"#, "x".repeat(2000)));
    let folder = Folder::with(&[
        ("UpdatePool.json", &format!("{BAD}{}", " ".repeat(2000))),
        ("a.jsonl", &format!("{}{long}{}", line(BAD), line(BAD))),
    ]);
    let run = folder.run(&["check", "--max-size", "1K"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("cannot read UpdatePool.json: it is larger than 1 KiB"), "{run:?}");
    assert!(run.err.contains("cannot read line 2 of a.jsonl: it is longer than 1 KiB"), "{run:?}");
    assert!(run.out.contains("a.jsonl:1:") && run.out.contains("a.jsonl:3:"), "{run:?}");
    folder.run(&["check", "--max-size", "64M"]).has(1, "2 files", "");

    folder.write("context.json", format!(r#"{{"pool": {{"name": "{}"}}}}"#, "x".repeat(2000)));
    folder.write("elblint.toml", "context = \"context.json\"");
    let told = "cannot read context.json: it is larger than 1 KiB; --max-size raises the limit";
    for arguments in [["check"].as_slice(), &["config", "show"]] {
        folder.run(&[arguments, &["--max-size", "1K"]].concat()).has(2, "", told);
    }
    folder.run(&["config", "show", "--max-size", "3K"]).has(0, "context.json", "");
}

#[test]
fn a_configuration_may_be_larger_than_a_document() {
    let comment = format!("# {}", "x".repeat(2000));
    let folder = Folder::with(&[("UpdatePool.json", BAD), ("elblint.toml", &comment)]);
    folder.run(&["check", "--max-size", "1K"]).has(1, "unknown-field", "");
}

#[test]
fn the_largest_size_is_exact() {
    // Files are read in one go up to some length, and in two beyond it.
    for size in [100, 8191, 8192, 8193, 100_000] {
        let folder = Folder::with(&[("UpdatePool.json", &format!("{BAD}{}", " ".repeat(size - BAD.len())))]);
        folder.run(&["check", "--max-size", &size.to_string()]).has(1, "unknown-field", "");
        let told = "cannot read UpdatePool.json: it is larger than";
        folder.run(&["check", "--max-size", &(size - 1).to_string()]).has(2, "", told);
    }
}

#[test]
fn a_line_that_is_no_text_leaves_the_others_where_they_are() {
    let folder = Folder::new();
    folder.write("a.jsonl", [line(BAD).as_bytes(), b"\"\xff\"\n", line(BAD).as_bytes()].concat());
    let run = folder.run(&["check", "--format", "json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains(&format!("line 2 of a.jsonl: it is not UTF-8 at byte {}", line(BAD).len() + 1)));
    let requests = run.json()["files"][0]["requests"].clone();
    let starts: Vec<_> = requests
        .as_array()
        .unwrap()
        .iter()
        .map(|request| {
            let start = &request["diagnostics"][0]["span"]["start"];
            (start["line"].as_u64().unwrap(), start["offset"].as_u64().unwrap())
        })
        .collect();
    let first = line(BAD).find("\"nmae\"").unwrap() as u64;
    assert_eq!(starts, [(1, first), (3, first + line(BAD).len() as u64 + 4)]);
}

#[test]
fn lines_come_in_order() {
    let mut text = String::new();
    for number in 1..=9000 {
        text += &if number % 3 == 0 { "not json\n".to_owned() } else { line(GOOD) };
    }
    let folder = Folder::with(&[("a.jsonl", &text)]);
    let report = folder.run(&["check", "--format", "json"]).json();
    let requests = report["files"][0]["requests"].as_array().unwrap();
    assert_eq!(requests.len(), 9000);
    assert!(requests.iter().enumerate().all(|(index, request)| request["line"] == index + 1));
    let broken = &requests[2];
    assert!(broken["operation"].is_null() && broken["verdict"] == "refused");
    assert_eq!(broken["diagnostics"][0]["rule"], "syntax");
    assert_eq!(report["summary"]["errors"], 3000);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::with(&[("a.jsonl", &line(BAD).repeat(20_000))]);
    let mut child = command(&folder.path(""), &["check"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn colours_are_for_terminals() {
    let folder = Folder::with(&[("a.http", &put(BAD))]);
    assert!(!folder.run(&["check"]).out.contains('\u{1b}'));
    assert!(folder.run(&["check", "--color", "always"]).out.contains('\u{1b}'));
}

#[test]
fn rules_and_operations_are_explained() {
    let folder = Folder::new();
    folder.run(&["rules"]).has(0, "slow-start-on-layer-4", "");
    folder.run(&["rules", "--format", "markdown"]).has(0, "| `slow-start-on-layer-4` |", "");
    let rules = folder.run(&["rules", "--format", "json"]).json();
    assert!(rules.as_array().unwrap().iter().all(|rule| rule["documentation"].as_str().unwrap().len() > 20));
    folder.run(&["explain", "slow-start-on-layer-4"]).has(0, "It rests on:", "");
    folder.run(&["explain", "UpdatePool"]).has(0, "/v3/{project_id}/elb/pools/{pool_id}", "");
    let field = folder.run(&["explain", "/pool/type"]);
    assert!(field.out.contains("instance-without-vpc") && !field.out.contains("source-ip"), "{field:?}");
    folder.run(&["explain", "members.address"]).has(0, "address-outside-subnet", "");
    folder.run(&["explain", "action"]).has(0, "upgrade-in-wrong-status", "");
    folder.run(&["explain", "pool.slow_strt"]).has(2, "", "did you mean `pool.slow_start`?");
    folder.run(&["explain", "slow-start-on-layer4"]).has(2, "", "did you mean `slow-start-on-layer-4`?");
    let kind = folder.run(&["explain", "pool.type"]);
    kind.has(0, "one of: instance, ip, \"\"\n", "");
    assert!(kind.out.contains("type-already-set") && !kind.out.contains("cookie"), "{kind:?}");
    assert!(kind.out.contains("\n\npool.type (a fact of the target)\n"), "{kind:?}");
    folder.run(&["explain", "slow_start"]).has(0, "/pool/slow_start of UpdatePool (object)", "");
    folder.run(&["explain", "pool.protocl"]).has(2, "", "did you mean `pool.protocol`?");
    folder.run(&["operations"]).has(0, "BatchCreateMembers", "");
    folder.run(&["completions", "bash"]).has(0, "elblint", "");
}

#[test]
fn every_fact_is_explained() {
    let folder = Folder::new();
    for fact in elblint::target::Fact::ALL {
        let run = folder.run(&["explain", fact.name()]);
        run.has(0, &format!("{} (a fact of the target)", fact.name()), "");
        run.has(0, ", from `", "");
    }
}
