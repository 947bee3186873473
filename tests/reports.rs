//! Reports in files: several in one run, whole or not at all.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "common/program.rs"]
mod program;

use std::fs;

use program::{Folder, Run, command, object, put, run};
use serde_json::Value;

const BAD: &str = r#"{"pool": {"nmae": 1}}"#;

fn line() -> String {
    object(BAD) + "\n"
}

/// Runs with these variables.
fn run_in(folder: &Folder, under: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = command(&folder.path(under), arguments);
    command.envs(variables.iter().copied());
    run(command, b"")
}

fn json(folder: &Folder, name: &str) -> Value {
    serde_json::from_str(&folder.read(name)).unwrap()
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path("")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn several_reports_come_of_one_run() {
    let folder = Folder::with(&[("a.http", &put(BAD))]);
    let run =
        folder.run(&["check", "--format", "text", "--format", "sarif=a.sarif", "--format", "json=-x.json"]);
    run.has(1, "error[unknown-field]", "");
    assert_eq!(json(&folder, "a.sarif")["runs"][0]["results"].as_array().unwrap().len(), 1);
    assert_eq!(json(&folder, "-x.json")["summary"]["errors"], 1);
    let run = folder.run(&["check", "--format", "gitlab=g.json"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (1, "", ""));
    assert_eq!(json(&folder, "g.json").as_array().unwrap().len(), 1);
    assert_eq!(names(&folder), ["-x.json", "a.http", "a.sarif", "g.json"]);
    folder.run(&["check", "--format", "json=-"]).has(1, "\"version\":1", "");
}

#[test]
fn a_report_that_cannot_be_written_keeps_no_other_back() {
    let folder = Folder::with(&[("a.http", &put(BAD)), ("file", "")]);
    for place in ["none/a.sarif", "file/a.sarif", "."] {
        let run = folder.run(&[
            "check",
            "--format",
            &format!("sarif={place}"),
            "--format",
            "json=a.json",
            "--format",
            "text",
        ]);
        run.has(2, "error[unknown-field]", &format!("error: cannot write {place}: "));
        assert_eq!(json(&folder, "a.json")["summary"]["errors"], 1);
        fs::remove_file(folder.path("a.json")).unwrap();
    }
}

#[test]
fn a_report_replaces_an_earlier_one_as_it_was() {
    let folder = Folder::with(&[("a.http", &put(BAD)), ("a.json", &"old".repeat(1000))]);
    folder.run(&["check", "a.http", "--format", "json=a.json"]).has(1, "", "");
    assert_eq!(json(&folder, "a.json")["version"], 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
        fs::set_permissions(folder.path("a.json"), fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.json", folder.path("link.json")).unwrap();
        folder.run(&["check", "a.http", "--format", "json=link.json"]).has(1, "", "");
        assert!(folder.path("link.json").is_symlink(), "a link stays one");
        assert_eq!(folder.path("a.json").metadata().unwrap().mode() & 0o777, 0o640);
        folder.run(&["check", "a.http", "--format", "json=/dev/stdout"]).has(1, "\"version\":1", "");
    }
}

#[test]
fn a_closed_pipe_keeps_no_report_back() {
    let folder = Folder::with(&[("a.jsonl", &line().repeat(20_000))]);
    let mut child =
        command(&folder.path(""), &["check", "--format", "text", "--format", "json=r.json"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(json(&folder, "r.json")["summary"]["errors"], 20_000);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_behind() {
    use std::io::{Read, Write};
    let folder = Folder::with(&[("a.json", "old")]);
    let arguments = [
        "check",
        "-",
        "--stdin-filename",
        "a.jsonl",
        "--format",
        "concise",
        "--format",
        "json=a.json",
        "--format",
        "sarif=b.sarif",
    ];
    let mut child = command(&folder.path(""), &arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let writer = std::thread::spawn(move || {
        // Far more than is kept in memory, and the input does not end.
        stdin.write_all(line().repeat(30_000).as_bytes()).unwrap();
        stdin
    });
    // Something has been reported, so the reports are under way.
    stdout.read_exact(&mut [0; 1 << 20]).unwrap();
    // A shell lets what it runs in the background ignore an INT, and with it all that runs below.
    let stopped =
        std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    drop(stdout);
    drop(writer.join());
    assert_eq!(child.wait().unwrap().code(), None, "it was ended by the signal");
    assert_eq!(names(&folder), ["a.json"]);
    assert_eq!(folder.read("a.json"), "old");
}

#[test]
fn a_step_of_github_gets_a_summary() {
    let folder = Folder::with(&[("sub/a.http", &put(BAD)), ("summary.md", "before\n")]);
    let (root, summary) =
        (folder.path("").display().to_string(), folder.path("summary.md").display().to_string());
    let variables = [("GITHUB_WORKSPACE", root.as_str()), ("GITHUB_STEP_SUMMARY", summary.as_str())];
    run_in(&folder, "sub", &["check", "--format", "github"], &variables).has(1, "file=sub/a.http,", "");
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("before\n## elblint\n\n### sub/a.http\n"), "{text}");
    assert!(text.ends_with("1 request in 1 file: 1 error; 1 fixable with --fix\n"), "{text}");
    run_in(&folder, "sub", &["check", "--format", "text"], &variables).has(1, "--> a.http:4", "");
    assert_eq!(fs::read_to_string(&summary).unwrap(), text, "only with the format for GitHub");
    let sarif = run_in(&folder, "sub", &["check", "--format", "sarif"], &variables).json();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "sub/a.http");
    let gitlab = [("CI_PROJECT_DIR", root.as_str())];
    let absolute = folder.path("sub/a.http").canonicalize().unwrap().display().to_string();
    for path in [".", "../sub", &absolute] {
        let report = run_in(&folder, "sub", &["check", path, "--format", "gitlab"], &gitlab).json();
        assert_eq!(report[0]["location"]["path"], "sub/a.http", "{path}");
    }
    let unwritable = [("GITHUB_STEP_SUMMARY", "/none/summary.md")];
    run_in(&folder, "sub", &["check", "--format", "github"], &unwritable).has(
        2,
        "::error ",
        "cannot write /none/summary.md",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn progress_is_for_terminals() {
    // Pieces of the input come apart, so that the run is a long one. `script` gives it a terminal.
    let folder = Folder::with(&[("part.jsonl", &line().repeat(4000))]);
    let program = env!("CARGO_BIN_EXE_elblint");
    let shown = |arguments: &str, terminal: bool| {
        let run = format!(
            "(cat part.jsonl; sleep 1; cat part.jsonl part.jsonl) | {program} check - --stdin-filename a.jsonl {arguments} >report"
        );
        let mut command = match terminal {
            true => std::process::Command::new("script"),
            false => std::process::Command::new("sh"),
        };
        match terminal {
            true => command.args(["-qec", &run, "/dev/null"]),
            false => command.args(["-c", &run]),
        };
        let output = command.current_dir(folder.path("")).env("TERM", "xterm").output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    assert!(shown("", true).contains("checking: "), "a terminal gets it");
    assert_eq!(shown("--quiet", true), "");
    assert_eq!(shown("", false), "");
}
