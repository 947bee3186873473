//! From what the compiler gives to what the package holds: the bindings, the optimised module, and the module as text.

use std::fs;
use std::path::Path;
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::{Outcome, call};

/// What every browser and Node since 2023 understands. Not more: Node 20 refuses a module that names newer features.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// Fast code is the smaller one once it is compressed: what is spared by sharing it costs more than it brings.
const OPTIMISATIONS: &[&str] = &[
    "--converge",
    // A function that is not much longer than its call takes its place.
    "--always-inline-max-function-size=8",
    // The first kilobyte is the far end of the stack, so nothing is read from there at a distance.
    "--low-memory-unused",
    // Zeros between the tables are worth less than cutting them out would cost.
    "--skip-pass=memory-packing",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Writes `glue.js`, `elblint.wasm` and `module.js`.
pub(crate) fn write(built: &Path, package: &Path, dist: &Path) -> Outcome {
    let mut output = Bindgen::new()
        .input_path(built)
        .bundler(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("elblint")
        .generate_output()?;
    // This form of the bindings knows nothing of how the module is loaded, so both ways to load it share them.
    let made = built.with_extension("bindings");
    output.emit(&made)?;
    let glue = fs::read_to_string(made.join("elblint_bg.js"))?;
    fs::write(dist.join("glue.js"), glue)?;
    let module = dist.join("elblint.wasm");
    fs::copy(made.join("elblint_bg.wasm"), &module)?;
    let level = std::env::var("ELBLINT_WASM_OPT").unwrap_or_else(|_| "-O3".to_owned());
    call(
        Command::new(package.join("node_modules/.bin/wasm-opt"))
            .arg(&level)
            .args(OPTIMISATIONS)
            .args(FEATURES)
            .arg(&module)
            .arg("-o")
            .arg(&module),
    )?;
    let text: String = fs::read(&module)?.into_iter().map(character).collect();
    let script = format!(
        "/** The module: a character for each byte, which is its code modulo 256. */\nexport default '{text}';\n"
    );
    Ok(fs::write(dist.join("module.js"), script)?)
}

/// What stands for a byte in a string: itself if it can, else one of the letters from U+0100 on. Text like this is a
/// sixth smaller than base64 once it is compressed, and read thirty times faster.
fn character(byte: u8) -> char {
    match byte {
        b' '..=b'~' if !matches!(byte, b'\'' | b'\\') => char::from(byte),
        _ => char::from_u32(0x100 + u32::from(byte)).unwrap_or_default(),
    }
}
