//! `cargo xtask wasm`: the npm package and the page.
//!
//! The work is in a crate of its own, so that the other tasks need not compile what it needs.

use std::process::{Command, ExitCode};

/// Builds the package and the page; `--test` tests them too.
pub(crate) fn run(arguments: impl IntoIterator<Item = String>) -> ExitCode {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", "elblint-wasm-build", "--"]).args(arguments);
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: cannot run cargo: {error}");
            ExitCode::FAILURE
        }
    }
}
