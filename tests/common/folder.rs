//! A directory of its own, and the built program in it, in a clean environment.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

pub(crate) const POOL: &str =
    "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086-a496-4666-9064-5ba0e6840c75";

/// A directory that is gone afterwards.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("elblint-own-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments, "")
    }

    /// Runs the program in a folder of this one.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str], stdin: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_elblint"));
        command.args(arguments).current_dir(self.0.join(folder)).env_clear();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that reads nothing may be gone already.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The names of all rules that a check reports, with their lines, as `a.http:3 range`.
    pub(crate) fn findings(&self, arguments: &[&str]) -> Vec<String> {
        let run = self.run(&[&["check", "--format", "json"], arguments].concat());
        let report: Value =
            serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error} in {run:?}"));
        let mut findings = Vec::new();
        for file in report["files"].as_array().unwrap() {
            for diagnostic in file["requests"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|it| it["diagnostics"].as_array().unwrap())
            {
                let (path, rule) = (file["path"].as_str().unwrap(), diagnostic["rule"].as_str().unwrap());
                findings.push(format!("{path}:{} {rule}", diagnostic["span"]["start"]["line"]));
            }
        }
        findings
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Whether it has ended so, and has said so. Nothing is expected where nothing is said.
    pub(crate) fn has(&self, code: i32, out: &str, err: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.out.contains(out) && self.out.is_empty() == out.is_empty(), "no {out:?} in {self:?}");
        assert!(self.err.contains(err) && self.err.is_empty() == err.is_empty(), "no {err:?} in {self:?}");
    }
}

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
