//! The built program, run in a directory of its own and in a clean environment, and request files to run it on.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and needs no more of this than it needs"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const POOL: &str =
    "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086-a496-4666-9064-5ba0e6840c75";

/// A request that sends this body.
pub(crate) fn put(body: &str) -> String {
    format!("PUT {POOL}\nX-Auth-Token: {{{{token}}}}\n\n{body}\n")
}

/// The same as a JSON object.
pub(crate) fn object(body: &str) -> String {
    format!(
        r#"{{"method": "PUT", "url": "{POOL}", "headers": {{"X-Auth-Token": "{{{{token}}}}"}}, "body": {body}}}"#
    )
}

/// A directory that is gone afterwards.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self(TempDir::with_prefix("elblint-").unwrap())
    }

    /// One with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], stdin: impl AsRef<[u8]>) -> Run {
        run(command(self.0.path(), arguments), stdin.as_ref())
    }

    /// Runs the program in a folder of this one.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        run(command(&self.path(folder), arguments), b"")
    }

    /// The names of all rules that a check reports, with their lines, as `a.http:3 range`.
    pub(crate) fn findings(&self, arguments: &[&str]) -> Vec<String> {
        let report = self.run(&[&["check", "--format", "json"], arguments].concat()).json();
        let list = |value: &Value, name: &str| value[name].as_array().unwrap().clone();
        let mut findings = Vec::new();
        for file in list(&report, "files") {
            for found in list(&file, "requests").iter().flat_map(|request| list(request, "diagnostics")) {
                let (path, rule) = (file["path"].as_str().unwrap(), found["rule"].as_str().unwrap());
                findings.push(format!("{path}:{} {rule}", found["span"]["start"]["line"]));
            }
        }
        findings
    }
}

/// The program, with nothing in its environment.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_elblint"));
    command.args(arguments).current_dir(folder).env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it to its end.
pub(crate) fn run(mut command: Command, stdin: &[u8]) -> Run {
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // It need not read all of it, or any.
        scope.spawn(move || drop(pipe.write_all(stdin)));
        child.wait_with_output().unwrap()
    });
    Run::from(output)
}

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// Whether it has ended so, and has said so. Nothing is expected where nothing is said.
    pub(crate) fn has(&self, code: i32, out: &str, err: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.out.contains(out) && self.out.is_empty() == out.is_empty(), "no {out:?} in {self:?}");
        assert!(self.err.contains(err) && self.err.is_empty() == err.is_empty(), "no {err:?} in {self:?}");
    }
}
