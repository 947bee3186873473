//! Reports, validated by the programs and schemas that others validate them with: npm packages in `tests/validators`.
//!
//! The tests have built the program already; `cargo xtask reports` builds it first.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::{Failure, only};
use crate::run::{call, cargo, is_there, root, target};

/// What is checked, and the file names of its reports.
const CASES: &[(&str, &str)] = &[("examples", "examples"), ("tests/formats/requests", "formats")];

/// Validates the reports of the program as it is now.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    only(&[], arguments)?;
    call(cargo(&["build", "--package", "elblint", "--all-features"]))?;
    validate()
}

/// Makes SARIF and JUnit reports, and validates them.
pub(crate) fn validate() -> Result<(), Failure> {
    if !is_there("node") || !is_there("npm") {
        let sentence = "node and npm are missing, so that no SARIF or JUnit report was validated; on Debian they come \
            with: apt-get install nodejs npm";
        if std::env::var_os("CI").is_some() {
            return Err(sentence.to_owned().into());
        }
        println!("NOT DONE: {sentence}");
        return Ok(());
    }
    let validators = root().join("tests/validators");
    install(&validators)?;
    let folder = target().join("reports");
    fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    for (path, name) in CASES {
        report(path, &folder.join(name))?;
    }
    let mut node = Command::new("node");
    node.arg(validators.join("validate.js")).arg(&folder).current_dir(root());
    call(node)
}

/// Installs what the lock file names, unless that has been done since it was changed.
fn install(validators: &Path) -> Result<(), Failure> {
    let written =
        |name: &str| fs::metadata(validators.join(name)).and_then(|metadata| metadata.modified()).ok();
    let (installed, locked) = (written("node_modules/.package-lock.json"), written("package-lock.json"));
    if installed.is_some() && installed >= locked {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(validators);
    call(npm)
}

fn report(path: &str, name: &Path) -> Result<(), Failure> {
    let program = target().join("debug").join(format!("elblint{}", std::env::consts::EXE_SUFFIX));
    let mut check = Command::new(&program);
    check.args(["check", path]).current_dir(root()).stdout(Stdio::null());
    for (format, ending) in [("sarif", "sarif"), ("junit", "xml")] {
        check.arg("--format").arg(format!("{format}={}", name.with_extension(ending).display()));
    }
    match check.status() {
        // There are findings to validate.
        Ok(status) if status.code() == Some(1) => Ok(()),
        Ok(status) => Err(format!("elblint check {path}: {status}").into()),
        Err(error) => Err(Failure::file(&program, &error)),
    }
}
