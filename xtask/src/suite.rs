//! `cargo xtask test`: everything that must hold before a change goes in.
//!
//! Steps from the quick to the slow, the first that fails ends it. No step builds again what another has built
//! with the same features: clippy and rustdoc share their metadata, and the pure core shares its dependencies with
//! this program.

use crate::docs;
use crate::failure::{Failure, only};
use crate::reports;
use crate::run::{Steps, call, cargo};

/// What builds the npm package. It compiles half a compiler, and `cargo xtask wasm` runs it.
const BUILDER: &str = "elblint-wasm-build";

/// A workspace of its own.
const FUZZ: &str = "fuzz/Cargo.toml";

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    only(&[], arguments)?;
    let mut steps = Steps::default();
    let outcome = all(&mut steps);
    steps.summary();
    outcome
}

fn all(steps: &mut Steps) -> Result<(), Failure> {
    steps.step("format", || call(cargo(&["fmt", "--all", "--check"])))?;
    steps.step("generated documents", docs::check)?;
    steps.step("the pure core alone", || {
        call(cargo(&["build", "--package", "elblint", "--lib", "--no-default-features"]))
    })?;
    steps.step("clippy", || {
        call(cargo(&[
            "clippy",
            "--workspace",
            "--exclude",
            BUILDER,
            "--all-targets",
            "--all-features",
            "--",
            "--deny",
            "warnings",
        ]))
    })?;
    steps.step("fuzz targets", || {
        call(cargo(&["fmt", "--manifest-path", FUZZ, "--check"]))?;
        // Without the engine, which is C++ and takes longer to build than all else.
        let apart = ["--manifest-path", FUZZ, "--target-dir", "target", "--no-default-features", "--locked"];
        call(cargo(&[&["clippy"], apart.as_slice(), &["--", "--deny", "warnings"]].concat()))
    })?;
    steps.step("rustdoc", || {
        let mut doc = cargo(&["doc", "--workspace", "--exclude", BUILDER, "--no-deps", "--all-features"]);
        doc.env("RUSTDOCFLAGS", "--deny warnings");
        call(doc)
    })?;
    // The benches are not tests: they are checked by clippy, and run by `cargo xtask bench`.
    steps.step("tests", || {
        call(cargo(&["test", "--workspace", "--exclude", "bench", "--exclude", BUILDER, "--all-features"]))
    })?;
    steps.step("reports, by the validators of others", reports::validate)
}
