//! `cargo xtask bench`: builds and runs the benches of `bench/`, and that of the npm package.

use std::process::Command;

use crate::failure::{Failure, only};
use crate::run::{call, cargo, is_there, root, target};
use crate::wasm;

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    only(&["--quick", "--instructions"], arguments)?;
    call(cargo(&["build", "--release", "--package", "elblint"]))?;
    let command = target().join("release").join(format!("elblint{}", std::env::consts::EXE_SUFFIX));
    let mut bench = cargo(&["run", "--release", "--package", "bench", "--"]);
    bench.args(arguments).arg("--command").arg(command).arg("--out").arg(target().join("bench.json"));
    call(bench)?;
    package(arguments)
}

/// The package in Node, where there is one.
fn package(arguments: &[String]) -> Result<(), Failure> {
    if let Some(missing) = ["node", "npm"].into_iter().find(|program| !is_there(program)) {
        println!("\nThe npm package is not measured: there is no {missing} (Node 20 or later is needed).");
        return Ok(());
    }
    wasm::run(&[])?;
    println!("\nThe npm package in Node");
    let mut node = Command::new("node");
    node.arg("bench.js").args(arguments).arg("--out").arg(target().join("bench-package.json"));
    node.current_dir(root().join("wasm"));
    call(node)
}
