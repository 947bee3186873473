//! The baseline: what was there before passes, what is new does not, and what is gone is told.

#[path = "common/program.rs"]
mod program;

use program::{Folder, object, put};
use serde_json::Value;

const BAD: &str = r#"{"pool": {"nmae": 1, "slow_start": {"enable": true, "duration": 5}}}"#;
const NAME: &str = "elblint-baseline.json";

fn adopted() -> Folder {
    let folder = Folder::with(&[
        ("a.http", &put(BAD)),
        ("deep/b.json", &object(BAD)),
        ("c.jsonl", &format!("{}\n{}\n", object(BAD), object(BAD))),
    ]);
    folder.run(&["check", "--write-baseline"]).has(0, "nothing to mend", "8 findings in the baseline");
    folder
}

#[test]
fn what_was_there_before_is_not_reported() {
    let folder = adopted();
    folder.run(&["check", "--baseline", NAME]).has(0, "4 requests in 3 files: nothing to mend", "");
    assert_eq!(folder.findings(&[]).len(), 8, "without it all is as it was");
    folder.write("elblint.toml", format!("baseline = \"{NAME}\""));
    folder.run(&["check"]).has(0, "nothing to mend", "");
    let from_within = folder.run_in("deep", &["check", "b.json"]);
    from_within.has(0, "nothing to mend", "");
}

#[test]
fn lines_may_move_and_the_rest_may_change() {
    let folder = adopted();
    let moved = BAD.replace("{\"enable\"", "{\n\n \"enable\"").replace("true", "false");
    folder.write("a.http", format!("# moved\n\n### x\n{}", put(&moved)));
    folder.run(&["check", "--baseline", NAME]).has(0, "nothing to mend", "");
}

#[test]
fn what_is_new_is_reported() {
    let folder = adopted();
    folder.write("a.http", put(&BAD.replace("duration\": 5", "duration\": 6")));
    folder.write("d.http", put(BAD));
    let line = object(BAD);
    folder.write("c.jsonl", format!("{line}\n{line}\n{line}\n"));
    let all = folder.findings(&["--baseline", NAME]);
    let expected = [
        "a.http:4 range",
        "c.jsonl:3 unknown-field",
        "c.jsonl:3 range",
        "d.http:4 unknown-field",
        "d.http:4 range",
    ];
    assert_eq!(all, expected);
    assert_eq!(folder.run(&["check", "--baseline", NAME]).code, 1);
}

#[test]
fn what_is_gone_is_told_and_taken_out() {
    let folder = adopted();
    folder.write("a.http", put(&BAD.replace("\"nmae\": 1,", "")));
    folder.write("c.jsonl", format!("{}\n", object(BAD)));
    std::fs::remove_file(folder.path("deep/b.json")).unwrap();
    // Of files that are not checked nothing is said.
    let run = folder.run(&["check", "--baseline", NAME, "a.http"]);
    run.has(
        0,
        "nothing to mend",
        "warning: elblint-baseline.json: `unknown-field` at /pool/nmae in a.http is not found any more",
    );
    assert!(!run.err.contains("c.jsonl") && run.err.contains("deep/b.json"), "{run:?}");
    let before = folder.read(NAME);
    folder.run(&["check", "--baseline", NAME, "--prune-baseline", "a.http"]).has(
        0,
        "nothing",
        "3 findings taken out, 5 left",
    );
    folder.run(&["check", "--baseline", NAME, "--prune-baseline"]).has(
        0,
        "nothing",
        "2 findings taken out, 3 left",
    );
    folder.run(&["check", "--baseline", NAME]).has(0, "nothing to mend", "");
    let after = folder.read(NAME);
    let lines: Vec<_> = before.lines().map(|line| line.trim_end_matches(',')).collect();
    let known = |line: &&str| lines.contains(&line.trim_end_matches(',')) || line.contains("\"count\":1");
    assert!(after.lines().all(|line| known(&line)), "{after}");
    folder.run(&["check", "--baseline", NAME, "--prune-baseline"]).has(0, "nothing", "nothing to take out");
    assert_eq!(folder.read(NAME), after);
}

#[test]
fn what_a_rule_that_is_off_would_find_is_not_gone() {
    let folder = adopted();
    let before = folder.read(NAME);
    folder.write("off.toml", "severity.unknown-field = \"off\"");
    for off in [["--select", "range"], ["--ignore", "unknown-field"], ["--config", "off.toml"]] {
        let run = |more: &[&str]| folder.run(&[&["check", "--baseline", NAME], &off[..], more].concat());
        let checked = run(&[]);
        assert_eq!((checked.code, checked.err.as_str()), (0, ""), "{checked:?}");
        run(&["--prune-baseline"]).has(0, "nothing", "nothing to take out");
        run(&["--write-baseline"]).has(0, "nothing", "8 findings in the baseline");
        assert_eq!(folder.read(NAME), before);
    }
    // What a rule that is on does not find any more is gone all the same.
    folder.write("a.http", put("{\"pool\": {\"name\": \"x\"}}"));
    let pruned = folder.run(&["check", "--baseline", NAME, "--select", "range", "--prune-baseline"]);
    pruned.has(0, "nothing", "1 finding taken out, 7 left");
}

#[test]
fn the_file_is_sorted_and_stable_and_has_no_lines_or_tokens() {
    let folder = adopted();
    let text = folder.read(NAME);
    folder.run(&["check", "--write-baseline"]).has(0, "nothing to mend", "8 findings");
    assert_eq!(folder.read(NAME), text);
    folder.run(&["check", "--write-baseline", "other.json", "."]).has(0, "nothing to mend", "8 findings");
    assert_eq!(folder.read("other.json"), text);
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["version"], 1);
    let findings = file["findings"].as_array().unwrap();
    let first = serde_json::json!({
        "path": "a.http", "rule": "range", "in": "body", "pointer": "/pool/slow_start/duration", "value": "5", "count": 1
    });
    assert_eq!(findings[0], first);
    assert_eq!(findings[2]["count"], 2);
    let paths: Vec<_> = findings.iter().map(|finding| finding["path"].as_str().unwrap()).collect();
    assert!(paths.is_sorted());
    folder.write("e.http", put(r#"{"pool": {"name": "x"}}"#).replace("{{token}}", "MIISecret"));
    folder.run(&["check", "--write-baseline"]).has(0, "nothing to mend", "9 findings");
    assert!(folder.read(NAME).contains("literal-credential") && !folder.read(NAME).contains("MIISecret"));
}

#[test]
fn what_is_new_can_be_suppressed_beside_it() {
    let folder = adopted();
    folder.write("a.http", format!("{}###\n{}", put(BAD), put(&BAD.replace("nmae", "more"))));
    let run = folder.run(&["check", "--baseline", NAME, "--add-ignores", "known"]);
    run.has(0, "", "1 suppression added to 1 file");
    assert!(folder.read("a.http").contains("###\n# elblint-ignore[range, unknown-field]: known\nPUT"));
    folder.run(&["check", "--baseline", NAME]).has(0, "nothing to mend", "");
}

#[test]
fn files_that_are_not_checked_keep_their_entries() {
    let folder = adopted();
    folder.write("a.http", put(r#"{"pool": {"name": "x"}}"#));
    folder.run(&["check", "--write-baseline", "a.http"]).has(0, "nothing to mend", "6 findings");
    folder.run(&["check", "--write-baseline", "deep"]).has(0, "nothing to mend", "6 findings");
    folder.run(&["check", "--baseline", NAME, "--write-baseline", "c.jsonl"]).has(0, "nothing", "6 findings");
    folder.run(&["check", "--baseline", NAME]).has(0, "nothing to mend", "");
}

#[test]
fn a_broken_baseline_judges_nothing() {
    let folder = adopted();
    let good = folder.read(NAME);
    for (text, place, words) in [
        ("", ":1:1", "EOF"),
        ("{\"version\": 1,\n \"findings\": [}", ":2:", "expected value"),
        ("{\"version\": 2, \"findings\": []}", ":1:1", "it is of version 2"),
        ("{\"version\": 1, \"findings\": [],\n\"more\": 1}", ":2:", "unknown field `more`"),
        (&good.replacen("count", "cuont", 1), ":4:", "unknown field `cuont`"),
        (&good.replacen(":1}", ":-1}", 1), ":4:", "invalid value"),
    ] {
        folder.write(NAME, text);
        for option in ["--prune-baseline", "--write-baseline", "--format=text"] {
            let baseline = format!("--baseline={NAME}");
            let run = folder.run(&["check", &baseline, option]);
            run.has(2, "", words);
            assert!(run.err.contains(&format!("--> {NAME}{place}")), "{run:?}");
            assert_eq!(folder.read(NAME), text);
        }
    }
    folder.run(&["check", "--baseline", "none.json"]).has(2, "", "error: cannot read none.json");
    folder.write("elblint.toml", "baseline = \"none.json\"");
    let run = folder.run(&["check"]);
    run.has(2, "", "error: cannot read none.json");
    assert!(run.err.contains("--> elblint.toml:1:12"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_baseline_is_written_to_regular_files_only() {
    let folder = adopted();
    // Its own output has no end.
    for option in ["--write-baseline=/dev/stdout", "--write-baseline=/dev/null"] {
        folder.run(&["check", option]).has(2, "", "it is not a regular file");
    }
    std::fs::hard_link(folder.path(NAME), folder.path("other")).unwrap();
    folder.run(&["check", "--write-baseline"]).has(2, "", "cannot write elblint-baseline.json: it has other");
}

#[test]
fn a_run_that_is_not_whole_writes_nothing() {
    let folder = adopted();
    let text = folder.read(NAME);
    folder.write("a.http", "GET https://example.com\n");
    folder.write("broken.http", format!("# @context none.json\n{}", put(BAD)));
    assert_eq!(folder.run(&["check", "--write-baseline"]).code, 2);
    assert_eq!(folder.read(NAME), text);
}
