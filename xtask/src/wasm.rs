//! `cargo xtask wasm`: the npm package and the page.
//!
//! The work is in a crate of its own, so that the other tasks need not compile what it needs.

use crate::failure::Failure;
use crate::run::{call, cargo};

/// Builds the package and the page; `--test` tests them too.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let mut build = cargo(&["run", "--quiet", "--package", "elblint-wasm-build", "--"]);
    build.args(arguments);
    call(build)
}
