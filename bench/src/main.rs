//! The benches: elblint by a bare parse and by its peers, measured in one run over the same bodies.
//!
//! `cargo xtask bench` builds and runs it. No number here is a test.

mod bodies;
mod cases;
mod contestants;
mod floor;
mod instructions;
mod json;
mod measure;
mod peers;
mod random;
mod report;

use std::process::ExitCode;

use elblint::{Context, Severity, check_body};
use serde_json::json;

use cases::Case;
use contestants::{Contestant, FLOOR};

#[derive(Default)]
struct Options {
    quick: bool,
    instructions: bool,
    out: Option<String>,
    count: Option<(String, String, usize)>,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut next = || arguments.next().ok_or_else(|| format!("{argument} needs more"));
        match argument.as_str() {
            "--quick" => options.quick = true,
            "--instructions" => options.instructions = true,
            "--out" => options.out = Some(next()?),
            "--count" => options.count = Some((next()?, next()?, next()?.parse().unwrap_or(1))),
            _ => return Err(format!("there is no argument `{argument}`")),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), String> {
    let cases = cases::all(options.quick);
    let contestants = contestants::all()?;
    if let Some((case, contestant, passes)) = &options.count {
        let case = cases.iter().find(|own| own.name == case).ok_or("no such case")?;
        let contestant = contestants.iter().find(|own| own.name == contestant).ok_or("no such contestant")?;
        instructions::passes(case, contestant, *passes);
        return Ok(());
    }
    let rounds = if options.quick { 7 } else { 21 };
    let mut told = Vec::new();
    for case in &cases {
        verify(case)?;
        let taking_part: Vec<&Contestant> = contestants.iter().filter(|own| takes_part(case, own)).collect();
        let measures = measure::measure(&case.bodies, &taking_part, rounds);
        let counted =
            if options.instructions { Some(instructions::ratios(case, &taking_part)?) } else { None };
        report::print(case, &measures, counted.as_deref());
        told.push(report::json(case, &measures, counted.as_deref()));
    }
    if let Some(path) = &options.out {
        let text = format!("{:#}\n", json!({ "version": 1, "quick": options.quick, "cases": told }));
        std::fs::write(path, text).map_err(|error| format!("{path}: {error}"))?;
        println!("\nwrote {path}");
    }
    Ok(())
}

fn takes_part(case: &Case, contestant: &Contestant) -> bool {
    contestant.name == FLOOR || case.contestants.iter().any(|(name, _)| *name == contestant.name)
}

/// Makes sure that the bodies are what they are said to be.
fn verify(case: &Case) -> Result<(), String> {
    for body in &case.bodies {
        let report = check_body(body.operation, &body.text, &Context::default());
        if (report.count(Severity::Error) > 0) != case.faulty {
            return Err(format!("{}: not as it should be: {}\n{report:#?}", case.name, body.text));
        }
        if !floor::parse(body.operation, body.without_fault()) {
            return Err(format!("{}: the floor cannot read {}", case.name, body.without_fault()));
        }
    }
    Ok(())
}
