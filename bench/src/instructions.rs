//! Instructions, counted by callgrind: they do not drift with what else the machine does.
//!
//! This program runs itself under valgrind, over a few bodies once and twice; the difference is what one pass takes,
//! without the start of the program and the making of the bodies.

use std::process::{Command, Stdio};

use crate::bodies::Body;
use crate::cases::Case;
use crate::contestants::Contestant;

/// How many bytes of bodies are enough.
const ENOUGH: usize = 100_000;

/// The part of a case's bodies that is counted.
fn few(bodies: &[Body]) -> &[Body] {
    let mut bytes = 0;
    let enough = bodies.iter().position(|body| {
        bytes += body.text.len();
        bytes >= ENOUGH
    });
    bodies.get(..=enough.unwrap_or(bodies.len())).unwrap_or(bodies)
}

/// What runs under valgrind.
pub(crate) fn passes(case: &Case, contestant: &Contestant, passes: usize) {
    for _ in 0..passes {
        for body in few(&case.bodies) {
            std::hint::black_box((contestant.check)(body));
        }
    }
}

/// The contestants' instructions by the floor's, in their order.
pub(crate) fn ratios(case: &Case, contestants: &[&Contestant]) -> Result<Vec<f64>, String> {
    let counts = contestants
        .iter()
        .map(|contestant| Ok(count(case, contestant, 2)? - count(case, contestant, 1)?))
        .collect::<Result<Vec<f64>, String>>()?;
    let floor = counts.first().copied().unwrap_or(f64::NAN);
    Ok(counts.into_iter().map(|count| count / floor).collect())
}

fn count(case: &Case, contestant: &Contestant, passes: usize) -> Result<f64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["--quick", "--count", case.name, contestant.name, &passes.to_string()])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected : "));
    collected
        .and_then(|(_, number)| number.trim().parse().ok())
        .ok_or_else(|| format!("valgrind told no count:\n{told}"))
}
