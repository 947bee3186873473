//! The command `elblint`: arguments, files, threads and the terminal.
//!
//! The only room that touches files, the environment or the terminal. It knows no rule and no format: it has texts
//! judged by [`crate::request_files`], and reports rendered by `output`.

mod args;
mod check;
mod checked;
mod config;
mod explain;
mod fix;
mod ignores;
mod init;
mod input;
mod inputs;
mod jobs;
mod judge;
mod ordered;
mod packaging;
mod progress;
mod read;
mod reports;
mod rewrite;
mod rules;
mod schema;
mod write;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::output::harmless;
use args::{Arguments, Command};

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// There are findings.
const FINDINGS: u8 = 1;
/// Wrong use, unreadable input, or nothing to check.
const FAILED: u8 = 2;

/// Runs the command with the arguments of the process.
pub fn main() -> ExitCode {
    let done = match Arguments::of_process().command {
        Command::Check(mut arguments) => {
            arguments.config.settle(&mut arguments.paths);
            check::run(&arguments)
        }
        Command::Init(arguments) => init::run(&arguments),
        Command::Config(arguments) => config::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Operations(arguments) => rules::operations(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions { shell } => packaging::completions(shell),
        Command::Man { folder } => packaging::man(folder.as_deref()),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            complain(&format!("error: cannot write the output: {error}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Writes to standard output.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<u8> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    closed_is_fine(write(&mut out).and_then(|()| out.flush()))?;
    Ok(CLEAN)
}

/// Writes a message to standard error. If that is gone too, there is nobody left to tell. A name in it may be anything;
/// only the message itself has lines.
fn complain(message: &str) {
    let lines: Vec<_> = message.split('\n').map(harmless).collect();
    let _ = writeln!(io::stderr().lock(), "{}", lines.join("\n"));
}

/// What serde_json says, without the place at its end: that is shown, or is in a text that nobody has seen.
fn without_place(message: &str) -> &str {
    message.rsplit_once(" at line ").map_or(message, |(message, _)| message)
}

/// Whoever closes the pipe has read enough.
fn closed_is_fine(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// What threads share. One that has panicked took the program with it.
fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
