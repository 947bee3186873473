//! Builds the npm package and the page around the core, and tests them: `cargo xtask wasm [--test]`.
//!
//! Reports every step as it begins. What it writes lies in `wasm/dist` (the package) and `wasm/page/dist` (the page);
//! neither is kept in the repository.

mod contexts;
mod data;
mod module;
mod toolchain;
mod types;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What a step gives, or why it cannot.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const HELP: &str = "\
Builds the npm package (wasm/dist) and the page (wasm/page/dist).

  cargo xtask wasm           build
  cargo xtask wasm --test    build, and run all tests of the package and the page; needs Chromium
  cargo xtask wasm --types   only what needs no WebAssembly: types, schemas and tables";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let known = ["--test", "--types"];
    if arguments.iter().any(|argument| !known.contains(&argument.as_str())) {
        println!("{HELP}");
        return if arguments.iter().any(|argument| argument == "--help") {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(2)
        };
    }
    let wants = |name: &str| arguments.iter().any(|argument| argument == name);
    match run(wants("--test"), wants("--types")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(test: bool, only_types: bool) -> Outcome {
    let root = repository()?;
    let package = root.join("wasm");
    let dist = package.join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    step("tables, schemas and types");
    data::write(&dist)?;
    types::write(&dist)?;
    contexts::write(&dist)?;
    copy_sources(&package.join("js"), &dist)?;
    // npm takes it from the package's own folder only.
    fs::copy(root.join("LICENSE"), package.join("LICENSE"))?;
    if only_types {
        return Ok(());
    }
    step("npm packages");
    if !package.join("node_modules/.package-lock.json").exists() {
        call(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
                .current_dir(&package),
        )?;
    }
    let built = toolchain::build(&root)?;
    step("bindings and wasm-opt");
    module::write(&built, &package, &dist)?;
    step("the page");
    call(Command::new("node").arg("page/build.js").current_dir(&package))?;
    if test {
        step("tests of the package and the page");
        // The command is one of the faces that must say the same.
        call(Command::new(cargo()).args(["build", "--quiet", "--bin", "elblint"]).current_dir(&root))?;
        call(Command::new("npm").args(["test", "--silent"]).current_dir(&package))?;
    }
    Ok(())
}

/// The cargo that runs this.
pub(crate) fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Says what is being done.
pub(crate) fn step(what: &str) {
    eprintln!("wasm: {what}");
}

/// Runs a program to its good end.
pub(crate) fn call(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("cannot run {command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}

fn copy_sources(from: &Path, to: &Path) -> Outcome {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

fn repository() -> Outcome<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = own.ancestors().nth(2).ok_or("the repository is not where it was")?;
    Ok(root.to_owned())
}
