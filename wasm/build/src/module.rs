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
    let level = std::env::var("ELBLINT_WASM_OPT").unwrap_or_else(|_| "-Oz".to_owned());
    call(
        Command::new(package.join("node_modules/.bin/wasm-opt"))
            .args([&level, "--strip-debug", "--strip-producers"])
            .args(FEATURES)
            .arg(&module)
            .arg("-o")
            .arg(&module),
    )?;
    let text = base64(&fs::read(&module)?);
    fs::write(dist.join("module.js"), format!("/** The module, in base64. */\nexport default '{text}';\n"))?;
    Ok(())
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit) & 63) as usize;
            let shown = DIGITS.get(index).map_or('=', |digit| char::from(*digit));
            text.push(if digit > chunk.len() { '=' } else { shown });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_as_others_write_it() {
        let cases = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(cases, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }
}
