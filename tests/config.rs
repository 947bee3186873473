//! The configuration: which one is in effect, what it does, and that a broken one judges nothing.

#[path = "common/program.rs"]
mod program;

use program::{Folder, object, put};
use serde_json::{Value, json};

const SLOW: &str = r#"{"pool": {"slow_start": {"enable": true, "duration": 5}}}"#;
const NONE: [&str; 0] = [];

fn slow(configuration: &str) -> Folder {
    Folder::with(&[("a.http", &put(SLOW)), ("elblint.toml", configuration)])
}

#[test]
fn the_nearest_above_the_file_is_in_effect() {
    let off = "severity.range = \"off\"";
    let folder = Folder::with(&[
        ("a.http", &put(SLOW)),
        ("one/a.http", &put(SLOW)),
        ("one/two/a.http", &put(SLOW)),
        ("one/three/a.http", &put(SLOW)),
        ("one/elblint.toml", off),
        ("one/three/elblint.toml", ""),
        ("other.toml", off),
    ]);
    assert_eq!(folder.findings(&[]), ["a.http:4 range", "one/three/a.http:4 range"]);
    folder.run_in("one/two", &["check", "a.http", "../two/../../one/two/a.http"]).has(0, "nothing", "");
    folder.run_in("one/two", &["check", "../../a.http"]).has(1, "range", "");
    assert_eq!(folder.findings(&["--isolated"]).len(), 4);
    assert_eq!(folder.findings(&["--config", "other.toml"]), NONE);
    folder.run(&["check", "--config", "none.toml"]).has(2, "", "error: cannot read none.toml");
    folder.run(&["check", "--config", "other.toml", "--isolated"]).has(2, "", "cannot be used with");
    // Standard input is where its name says.
    let stdin = |name| folder.run_with(&["check", "-", "--stdin-filename", name], put(SLOW));
    stdin("one/x.http").has(0, "nothing", "");
    stdin("x.http").has(1, "range", "");
}

#[test]
fn rules_are_chosen_by_name_group_and_beginning() {
    for (configuration, left) in [
        ("ignore = [\"range\"]", vec![]),
        ("ignore = [\"documented\"]", vec![]),
        ("ignore = [\"ran*\", \"suspicious\"]", vec![]),
        ("select = [\"suspicious\", \"security\"]", vec![]),
        ("select = [\"range\"]\nignore = [\"all\"]", vec!["a.http:4 range"]),
        ("select = [\"documented\"]\nignore = [\"range\"]", vec![]),
        ("severity.documented = \"off\"\nseverity.range = \"info\"", vec!["a.http:4 range"]),
        ("[severity]\nall = \"off\"", vec![]),
    ] {
        assert_eq!(slow(configuration).findings(&[]), left, "{configuration}");
    }
    let folder = slow("severity.range = \"off\"");
    assert_eq!(
        folder.findings(&["--select", "range,one-of"]),
        ["a.http:4 range"],
        "the command line goes first"
    );
    assert_eq!(folder.findings(&["--select", "all", "--ignore", "range"]), NONE);
    folder.run(&["check", "--select", "rnage"]).has(
        2,
        "",
        "--select: there is no rule or group `rnage`; did you mean `range`?",
    );
    folder.run(&["check", "--ignore", "x-*"]).has(2, "", "--ignore: there is no rule or group `x-*`");
}

#[test]
fn severities_decide_the_verdict_and_the_exit_code() {
    let folder = slow("severity.range = \"warning\"");
    let run = folder.run(&["check", "--format", "json"]);
    run.has(0, r#""verdict":"conditional""#, "");
    run.has(0, r#""rule":"range","severity":"warning""#, "");
    folder.run(&["check", "--fail-on", "warning"]).has(1, "warning[range]", "");
    folder.write("elblint.toml", "fail-on = \"info\"\nseverity.range = \"info\"");
    folder.run(&["check"]).has(1, "info[range]", "");
    folder.run(&["check", "--fail-on", "error"]).has(0, "info[range]", "");
}

#[test]
fn a_rule_that_is_off_or_lowered_demands_nothing() {
    let body = r#"{"pool": {"lb_algorithm": "QUIC_CID", "slow_start": {"enable": true}}}"#;
    for level in ["off", "warning"] {
        let configuration = format!("severity.\"slow-start-*\" = \"{level}\"");
        let folder = Folder::with(&[("a.http", &put(body)), ("elblint.toml", &configuration)]);
        assert_eq!(folder.findings(&["--isolated"]), ["a.http:4 no-target-fits"]);
        assert_eq!(folder.findings(&[]), NONE);
        // What the other rule demands, it demands still.
        let report: Value = serde_json::from_str(&folder.run(&["check", "--format", "json"]).out).unwrap();
        let requires = report["files"][0]["requests"][0]["requires"].as_array().unwrap();
        let fact = requires.iter().find(|need| need["fact"] == "pool.protocol").unwrap();
        assert_eq!((&fact["values"], &fact["rules"]), (&json!(["QUIC"]), &json!(["quic-cid-outside-quic"])));
        folder.write("tcp.json", r#"{"pool": {"protocol": "TCP"}}"#);
        assert_eq!(folder.run(&["check", "--context", "tcp.json"]).code, 1);
    }
}

#[test]
fn files_are_included_and_excluded() {
    let folder = Folder::with(&[
        ("a.http", &put(SLOW)),
        ("requests/b.http", &put(SLOW)),
        ("requests/c.txt", &put(SLOW)),
        ("requests/vendor/d.http", &put(SLOW)),
        ("vendor/elblint.toml", "broken"),
        ("vendor/e.http", &put(SLOW)),
    ]);
    let files = |configuration: &str, arguments: &[&str]| {
        folder.write("elblint.toml", configuration);
        let run = folder.run(&[&["check", "--show-files"], arguments].concat());
        assert_eq!(run.err, "", "{configuration}");
        run.out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let out = "exclude = [\"vendor/\"]";
    assert_eq!(files(out, &[]), ["a.http", "requests/b.http"]);
    assert_eq!(files("exclude = [\"/vendor\", \"requests/**/*.http\"]", &[]), ["a.http"]);
    let only = "include = [\"requests\"]\nexclude = [\"vendor\"]";
    assert_eq!(files(only, &[]), ["requests/b.http", "requests/c.txt"]);
    assert_eq!(files(only, &["requests"]), ["requests/b.http", "requests/c.txt"]);
    // What is named is checked, unless a program has named it.
    assert_eq!(files(out, &["requests/vendor/d.http"]), ["requests/vendor/d.http"]);
    assert_eq!(files(out, &["--force-exclude", "requests/vendor/d.http", "a.http"]), ["a.http"]);
    folder.run(&["check", "--force-exclude", "requests/vendor/d.http"]).has(0, "", "");
    let stdin = |more: &[&str], code: i32, out: &str, err: &str| {
        let arguments = [&["check", "-", "--stdin-filename", "requests/vendor/d.http"], more].concat();
        folder.run_with(&arguments, put(SLOW)).has(code, out, err);
    };
    stdin(&[], 1, "error[range]", "");
    stdin(&["--force-exclude"], 0, "", "");
    // Who asks for a mended text is given it as it is.
    stdin(&["--force-exclude", "--fix"], 0, &put(SLOW), "");
    stdin(&["--force-exclude", "--diff"], 0, "", "0 would be fixed");
    folder.run_with(&["check", "-", "--force-exclude"], put(SLOW)).has(1, "error[range]", "");
    folder.run(&["check", "--show-files", "none.http"]).has(2, "", "cannot read none.http");
}

#[test]
fn some_files_are_treated_apart() {
    let configuration = r#"
        [[per-file]]
        files = ["legacy", "*.old.http"]
        ignore = ["documented"]

        [[per-file]]
        files = "legacy/new.http"
        severity.range = "warning"

        [[per-file]]
        files = "bodies/*.json"
        operation = "UpdatePool"
        context = "../tcp.json"
    "#;
    let folder = Folder::with(&[
        ("in/elblint.toml", configuration),
        ("in/legacy/a.http", &put(SLOW)),
        ("in/legacy/new.http", &put(SLOW)),
        ("in/b.old.http", &put(SLOW)),
        ("in/c.http", &put(SLOW)),
        ("in/bodies/one.json", SLOW),
        ("in/other.json", SLOW),
        ("tcp.json", r#"{"pool": {"protocol": "TCP"}}"#),
    ]);
    let all = [
        "in/bodies/one.json:1 slow-start-on-layer-4",
        "in/bodies/one.json:1 range",
        "in/c.http:4 range",
        "in/legacy/new.http:4 range",
    ];
    assert_eq!(folder.findings(&[]), all);
    // The command line goes before the configuration.
    let member = folder.findings(&["--operation", "UpdateMember", "in/bodies"]);
    assert!(member.contains(&"in/bodies/one.json:1 unknown-field".to_owned()), "{member:?}");
    assert_eq!(folder.findings(&["--ignore", "range"]), all[..1]);
    let range = folder.findings(&["--select", "range"]);
    let places = [
        "in/b.old.http:4",
        "in/bodies/one.json:1",
        "in/c.http:4",
        "in/legacy/a.http:4",
        "in/legacy/new.http:4",
    ];
    assert_eq!(range, places.map(|place| format!("{place} range")));
}

#[test]
fn a_context_is_written_or_named() {
    let tcp = json!({"pool": {"protocol": "TCP"}}).to_string();
    for configuration in [
        "context = \"tcp.json\"",
        "context = [\"tcp.json\"]",
        "[context.pool]\nprotocol = \"TCP\"",
        "[[per-file]]\nfiles = \"*\"\ncontext = { pool = { protocol = \"TCP\", id = \"36ce7086-a496-4666-9064-5ba0e6840c75\" } }",
    ] {
        let folder = slow(configuration);
        folder.write("tcp.json", &tcp);
        folder.write("http.json", tcp.replace("TCP", "HTTP"));
        assert_eq!(
            folder.findings(&[]),
            ["a.http:4 slow-start-on-layer-4", "a.http:4 range"],
            "{configuration}"
        );
        assert_eq!(folder.findings(&["--context", "http.json"]), ["a.http:4 range"], "{configuration}");
    }
}

#[test]
fn a_closed_list_can_be_widened() {
    let body = r#"{"pool": {"lb_algorithm": "NEWEST", "session_persistence": {"type": "NEWEST"}}}"#;
    let configuration = "[extra-values]\n\"pool.lb_algorithm\" = [\"NEWER\", \"NEWEST\"]";
    let folder = Folder::with(&[("a.http", &put(body)), ("elblint.toml", configuration)]);
    assert_eq!(folder.findings(&["--isolated"]), ["a.http:4 one-of", "a.http:4 one-of"]);
    assert_eq!(folder.findings(&[]), ["a.http:4 one-of"]);
    let run = folder.run(&["check", "--format", "json"]);
    assert!(run.out.contains(r#""unchecked":[{"in":"body","pointer":"/pool/lb_algorithm"}]"#), "{run:?}");
}

#[test]
fn a_broken_configuration_judges_nothing() {
    let cases = [
        ("selct = []", "1:1", "unknown key `selct`", "did you mean `select`?"),
        ("select = [\n  \"rnge\",\n]", "2:3", "there is no rule or group `rnge`", "did you mean `range`?"),
        ("ignore = [\"slow-strat-*\"]", "1:11", "there is no rule or group `slow-strat-*`", "elblint rules"),
        ("exclude = [\"[a\"]", "1:12", "`[a` is no glob", ""),
        ("include = [\"!a\"]", "1:12", "negation is not supported", ""),
        ("[severity]\nrange = \"wraning\"", "2:9", "unknown value `wraning`", "did you mean `warning`?"),
        ("[severity]\nrnage = \"off\"", "2:1", "there is no rule or group `rnage`", "did you mean `range`?"),
        ("fail-on = \"never\"", "1:11", "unknown value `never`", "known are error, warning, info"),
        (
            "[extra-values]\n\"pool.lb_algoritm\" = [\"X\"]",
            "2:1",
            "not a field with a closed list",
            "did you mean `pool.lb_algorithm`?",
        ),
        ("exclude = \"in\"", "1:11", "this must be a list, but is a string", "write `[\"in\"]`"),
        ("exclude = 2027-06-30", "1:11", "this must be a list, but is a date", ""),
        ("include = [1]", "1:12", "this must be a string, but is a number", ""),
        ("[severity]\nrange = 1", "2:9", "this must be a string", ""),
        ("severity = \"off\"", "1:12", "this must be a table, but is a string", ""),
        ("context = 7", "1:11", "this must be a file, a list of files, or a table, but is a number", ""),
        ("[per-file]\nfiles = \"*\"", "1:1", "this must be a list, but is a table", "write `[[per-file]]`"),
        ("[[ignore]]\nrule = \"range\"", "1:1", "the key `reason` is missing", ""),
        ("[[ignore]]\nrule = \"range\"\nreason = \" \"", "3:10", "a suppression needs a reason", ""),
        ("[[ignore]]\nrule = []\nreason = \"x\"", "1:1", "this suppression names no rule", ""),
        (
            "[[ignore]]\nrule = \"range\"\nreson = \"x\"",
            "3:1",
            "unknown key `reson`",
            "did you mean `reason`?",
        ),
        (
            "[[ignore]]\nrule = [\"range\", \"x\"]\nreason = \"x\"",
            "2:18",
            "there is no rule or group `x`",
            "",
        ),
        ("[[ignore]]\nrule = \"range\"\nreason = \"x\"\nuntil = 2026-13-01", "4:9", "invalid date", ""),
        ("[[ignore]]\nrule = \"range\"\nreason = \"x\"\nuntil = \"soon\"", "4:9", "this is not a date", ""),
        (
            "[[ignore]]\nrule = \"range\"\nreason = \"x\"\npointer = \"pool.name\"",
            "4:11",
            "no JSON Pointer",
            "write `/pool/name`",
        ),
        (
            "ignore = [\"range\"]\n[[ignore]]\nrule = \"x\"\nreason = \"x\"",
            "2:",
            "duplicate key `ignore`",
            "one list",
        ),
        ("fail-on = \"error\"\nfail-on = \"info\"", "2:1", "duplicate key `fail-on`", "remove one of them"),
        (
            "[severity]\nrange = \"info\"\nrange = \"off\"",
            "3:1",
            "duplicate key `range`",
            "remove one of them",
        ),
        (
            "[[per-file]]\nfiles = \"*\"\noperation = \"UpdatePol\"",
            "3:13",
            "there is no operation `UpdatePol`",
            "did you mean `UpdatePool`?",
        ),
        ("[[per-file]]\nfile = \"*\"", "2:1", "unknown key `file`", "did you mean `files`?"),
        ("context = \"none.json\"", "1:11", "cannot read in/none.json", ""),
        ("context = \"broken.json\"", "1:11", "in/broken.json:1:9", ""),
        ("[context.pool]\nprotocol = 3", "1:", "this is no context: `/pool/protocol` cannot be a number", ""),
        ("[context]\npol = {}", "1:", "this is no context", ""),
        ("é = [", "1:6", "unclosed array", ""),
        ("\u{FEFF}select = [\"rnge\"]", "1:11", "there is no rule", ""),
    ];
    for (configuration, place, message, help) in cases {
        let folder = Folder::with(&[
            ("in/elblint.toml", configuration),
            ("in/a.http", &put(SLOW)),
            ("in/broken.json", "{\"pool\":\n"),
            ("b.http", &put(SLOW)),
        ]);
        let run = folder.run(&["check"]);
        run.has(2, "", message);
        assert!(run.err.starts_with("error: ") && run.err.contains(help), "{run:?}");
        assert!(run.err.contains(&format!("--> in/elblint.toml:{place}")), "no {place} in {}", run.err);
        folder.run(&["check", "--show-files"]).has(2, "", message);
        folder.run(&["config", "show", "in"]).has(2, "", message);
        assert_eq!(folder.findings(&["--isolated"]).len(), 2);
        assert_eq!(folder.findings(&["b.http"]).len(), 1);
    }
}

#[test]
fn the_schema_agrees_with_what_is_read() {
    let folder = slow("");
    let printed = folder.run(&["config", "schema"]).out;
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/elblint.schema.json");
    let published = std::fs::read_to_string(published).unwrap();
    assert_eq!(published, printed, "write it: elblint config schema > docs/elblint.schema.json");
    let schema: Value = serde_json::from_str(&printed).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (good, configuration) in [
        (true, json!({})),
        (
            true,
            json!({"select": ["range"], "ignore": ["one-of", {"rule": "range", "reason": "x", "until": "2026-12-31"}]}),
        ),
        (
            true,
            json!({"ignore": [{"rule": ["range"], "path": ["a", "b"], "pointer": "/pool", "reason": "x"}]}),
        ),
        (
            true,
            json!({"context": {"pool": {"protocol": "TCP"}}, "fail-on": "warning", "severity": {"range": "off"}}),
        ),
        (true, json!({"include": ["a"], "exclude": [], "extra-values": {"pool.lb_algorithm": ["X"]}})),
        (
            true,
            json!({"per-file": [{"files": "*", "operation": "UpdatePool", "ignore": ["all"], "severity": {}}]}),
        ),
        (false, json!({"selct": []})),
        (false, json!({"ignore": [{"rule": "range"}]})),
        (false, json!({"severity": {"range": "fatal"}})),
        (false, json!({"fail-on": "off"})),
        (false, json!({"per-file": [{"ignore": []}]})),
        (false, json!({"per-file": [{"files": "*", "operation": "UpdatePol"}]})),
    ] {
        assert_eq!(validator.is_valid(&configuration), good, "{configuration}");
        folder.write("elblint.toml", toml::to_string(&configuration).unwrap());
        assert_eq!(folder.run(&["config", "show"]).code, if good { 0 } else { 2 }, "{configuration}");
    }
}

#[test]
fn what_is_in_effect_is_shown() {
    let configuration = "exclude = [\"vendor\"]\nselect = [\"range\", \"one-of\"]\n[[ignore]]\nrule = \"range\"\nreason = \"x\"\nuntil = 2999-01-01\n[[per-file]]\nfiles = \"a.http\"\nseverity.range = \"info\"\n";
    let folder = slow(configuration);
    let run = folder.run(&["config", "show", "a.http", "--ignore", "one-of"]);
    run.has(0, "# From ", "");
    for line in [
        "exclude = [\"vendor\"]",
        "fail-on = \"error\" # by default",
        "range = \"info\" # not its default",
        "one-of = \"off\" # not its default",
        "until = \"2999-01-01\"",
    ] {
        assert!(run.out.lines().any(|own| own == line), "no {line} in {}", run.out);
    }
    // What is shown has the same effect.
    folder.write("elblint.toml", &folder.run(&["config", "show"]).out);
    folder.run(&["check"]).has(0, "nothing to mend", "");
    folder.run(&["config", "show", "--isolated"]).has(0, "# No elblint.toml is in effect", "");
}

#[test]
fn a_configuration_is_written_for_what_is_there() {
    let folder = Folder::with(&[
        ("a.http", &put(r#"{"pool": {"name": "x"}}"#)),
        ("b.json", &object(r#"{"pool": {"name": "x"}}"#)),
        ("UpdateMember.json", r#"{"member": {"weight": 1}}"#),
        ("bodies/slow [1].json", SLOW),
        ("bodies/two.json", r#"{"members": [{"address": "1.2.3.4"}]}"#),
        ("bodies/up.json", r#"{"action": "rollback"}"#),
        ("saved/pool.json", r#"{"pool": {"id": "36ce7086", "protocol": "HTTP"}, "request_id": "1"}"#),
        ("package.json", r#"{"name": "x"}"#),
    ]);
    folder.run(&["init"]).has(
        0,
        "",
        "elblint.toml is written, for what is here: 3 request files, 3 bare body files, 1 saved response\n",
    );
    let text = folder.read("elblint.toml");
    assert!(text.contains("#   \"saved/pool.json\","), "{text}");
    folder.run(&["config", "show"]).has(0, "operation = \"UpdatePool\"", "");
    let found = folder.findings(&[]);
    assert!(found.contains(&"bodies/slow [1].json:1 range".to_owned()), "{found:?}");
    assert!(!found.iter().any(|found| found.starts_with("saved")), "{found:?}");
    folder.run(&["init"]).has(2, "", "elblint.toml is there already; --force overwrites it");
    folder.write("elblint.toml", "broken");
    folder.run(&["init", "--force"]).has(0, "", "is written");
    assert_eq!(folder.read("elblint.toml"), text);
    // All that stands in comments is right too.
    let examples: String = text
        .lines()
        .filter_map(|line| {
            line.strip_prefix("# ")
                .filter(|line| line.starts_with(['[', '"', ']', ' ']) || line.contains(" = "))
        })
        .map(|line| format!("{line}\n"))
        .collect();
    folder.write(
        "all.toml",
        examples.replacen("ignore = [\"suspicious\"]\n", "", 1).replace("context/staging-pool", "saved/pool"),
    );
    folder.write("elblint-baseline.json", "{\"version\": 1, \"findings\": []}");
    let run = folder.run(&["check", "--config", "all.toml"]);
    assert!(!run.err.contains("-->"), "{run:?}\n{examples}");
    Folder::with(&[]).run(&["init"]).has(0, "", "for what is here: no request file");
}

#[test]
fn the_example_in_the_readme_is_right() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let example = readme.split("```toml\n").find(|block| block.starts_with("exclude")).unwrap();
    let folder = slow(example.split("```").next().unwrap());
    folder.write("elblint-baseline.json", "{\"version\": 1, \"findings\": []}");
    folder.run(&["check", "--show-files"]).has(0, "a.http", "");
    let comment = readme.split("```http\n").nth(1).unwrap().lines().next().unwrap();
    folder.write("a.http", format!("###\n{comment}\n{}", put(SLOW)));
    assert_eq!(folder.findings(&["--isolated"]), ["a.http:2 unused-suppression"]);
}
