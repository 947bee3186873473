//! What contributors run: `cargo xtask wasm`.

mod wasm;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("wasm") => wasm::run(arguments),
        _ => {
            eprintln!("usage: cargo xtask wasm [--test]");
            ExitCode::from(2)
        }
    }
}
