//! The command `elblint`.

use std::process::ExitCode;

fn main() -> ExitCode {
    elblint::cli::main()
}
