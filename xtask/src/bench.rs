//! `cargo xtask bench`: builds and runs the benches of `bench/`.

use crate::failure::{Failure, only};
use crate::run::{call, cargo, target};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    only(&["--quick", "--instructions"], arguments)?;
    let mut bench = cargo(&["run", "--release", "--package", "bench", "--"]);
    bench.args(arguments).arg("--out").arg(target().join("bench.json"));
    call(bench)
}
