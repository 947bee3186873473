//! The benches: elblint by a bare parse and by its peers, measured in one run over the same bodies.
//!
//! `cargo xtask bench` builds and runs it. No number here is a test.

mod bare;
mod bodies;
mod cases;
mod command;
mod contestants;
mod floor;
mod formats;
mod instructions;
mod json;
mod measure;
mod peers;
mod process;
mod random;
mod report;
mod requests;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use elblint::{Context, Severity, check_body};
use serde_json::{Value, json};

use cases::Case;
use contestants::{Contestant, FLOOR, UNKNOWN};

#[derive(Default)]
struct Options {
    quick: bool,
    instructions: bool,
    out: Option<String>,
    /// The command to measure, built.
    command: Option<String>,
    count: Option<(String, String, usize)>,
    /// Do the least that the command must do, and nothing else.
    walk: Option<String>,
    lines: Option<String>,
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
            "--command" => options.command = Some(next()?),
            "--walk" => options.walk = Some(next()?),
            "--lines" => options.lines = Some(next()?),
            "--count" => options.count = Some((next()?, next()?, next()?.parse().unwrap_or(1))),
            _ => return Err(format!("there is no argument `{argument}`")),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), String> {
    if let Some(folder) = &options.walk {
        println!("{}", bare::walk(Path::new(folder)));
        return Ok(());
    }
    if let Some(path) = &options.lines {
        println!("{}", bare::lines(Path::new(path)).map_err(|error| format!("{path}: {error}"))?);
        return Ok(());
    }
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
    let mut times = Vec::new();
    for case in &cases {
        verify(case)?;
        let taking_part: Vec<&Contestant> = contestants.iter().filter(|own| takes_part(case, own)).collect();
        let measures = measure::measure(&case.bodies, &taking_part, rounds);
        let counted =
            if options.instructions { Some(instructions::ratios(case, &taking_part)?) } else { None };
        report::print(case, &measures, counted.as_deref());
        let own = measures.iter().find(|measure| measure.name == UNKNOWN);
        times.extend(own.map(|measure| (case.name, measure.time)));
        told.push(report::json(case, &measures, counted.as_deref()));
    }
    let per_fault = per_fault(&times);
    let command = match &options.command {
        Some(command) => {
            let folder = Path::new(command).ancestors().nth(2).unwrap_or(Path::new("."));
            Some(command::measure(command, folder, options.quick)?)
        }
        None => None,
    };
    if let Some(path) = &options.out {
        let told = json!({
            "version": 1,
            "quick": options.quick,
            "cases": told,
            "per_fault": per_fault,
            "command": command,
        });
        std::fs::write(path, format!("{told:#}\n")).map_err(|error| format!("{path}: {error}"))?;
        println!("\nwrote {path}");
    }
    Ok(())
}

/// Tells whether a fault costs the same among many.
fn per_fault(times: &[(&str, Duration)]) -> Option<Value> {
    let of = |name: &str, faults: f64| {
        times.iter().find(|(own, _)| *own == name).map(|(_, time)| time.as_secs_f64() * 1e9 / faults)
    };
    let (few, many) = (of("300-faults", 300.0)?, of("3000-faults", 3000.0)?);
    let ratio = many / few;
    println!("\nA fault among 300: {few:.0} ns; among 3,000: {many:.0} ns: {ratio:.2} ×  aim 1 ×");
    Some(json!({ "nanoseconds_of_300": few, "nanoseconds_of_3000": many, "ratio": ratio }))
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
