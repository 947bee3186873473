//! What contributors run: `cargo xtask test`, `docs`, `reports`, `bench`, `wasm`.
//!
//! Only finds the command; each has a file of its own. Nothing here is part of what users get.

mod bench;
mod coverage;
mod docs;
mod failure;
mod reports;
mod run;
mod suite;
mod wasm;

use std::process::ExitCode;

use failure::Failure;

/// A command of `cargo xtask`.
struct Command {
    name: &'static str,
    arguments: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Result<(), Failure>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "test",
        arguments: "",
        help: "everything that must hold before a change goes in",
        run: suite::run,
    },
    Command {
        name: "docs",
        arguments: "[--check]",
        help: "write docs/coverage.md and docs/rules.md; with --check only tell whether they are up to date",
        run: docs::run,
    },
    Command {
        name: "reports",
        arguments: "",
        help: "validate SARIF and JUnit reports by the validators of others, as `test` does at its end",
        run: reports::run,
    },
    Command {
        name: "bench",
        arguments: "[--quick] [--instructions]",
        help: "compare elblint with a bare parse and with its peers, and write target/bench.json",
        run: bench::run,
    },
    Command {
        name: "wasm",
        arguments: "[--test] [--types]",
        help: "build the npm package and the page; with --test run their tests in Node and Chromium",
        run: wasm::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", help());
        return ExitCode::SUCCESS;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprint!("there is no command `{name}`\n\n{}", help());
        return ExitCode::from(2);
    };
    match (command.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let mut text = String::from("What contributors run.\n\nUsage: cargo xtask COMMAND\n\n");
    for Command { name, arguments, help, .. } in COMMANDS {
        let call = format!("{name} {arguments}");
        text += &format!("  {call:<34} {help}\n");
    }
    text
}
