//! `cargo xtask bench`: builds and runs the benches of `bench/`.

use crate::failure::{Failure, only};
use crate::run::{call, cargo, target};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    only(&["--quick", "--instructions"], arguments)?;
    call(cargo(&["build", "--release", "--package", "elblint"]))?;
    let command = target().join("release").join(format!("elblint{}", std::env::consts::EXE_SUFFIX));
    let mut bench = cargo(&["run", "--release", "--package", "bench", "--"]);
    bench.args(arguments).arg("--command").arg(command).arg("--out").arg(target().join("bench.json"));
    call(bench)
}
