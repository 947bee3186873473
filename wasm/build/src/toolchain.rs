//! Finds a way to compile for WebAssembly on this machine, and goes it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Outcome, call, cargo, step};

const TARGET: &str = "wasm32-unknown-unknown";
const BUILD: &[&str] = &["build", "--package", "elblint-wasm", "--profile", "wasm", "--target", TARGET];

/// Debian's toolchain for the web, which can build the standard library from its sources.
const DEBIAN: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];

/// What makes the module smaller with Debian's compiler, which is known to have all this.
const FLAGS: &[&str] = &[
    // The core does not panic, so the messages of panics would never be read.
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    // Ways to spare steps by more code, without which no request took longer.
    "-Cllvm-args=-disable-lsr",
    "-Cllvm-args=-enable-pre=false",
    // The deepest text needs less than a quarter of this, and whatever lies behind a larger stack has longer addresses.
    "-Clink-arg=-zstack-size=65536",
];

/// Compiles the module, and tells where it is. Debian's toolchain, whose module is a sixth smaller, is taken where it is
/// installed or there is no other; `ELBLINT_WASM_TOOLCHAIN=rustup` or `debian` asks for one of them.
pub(crate) fn build(root: &Path) -> Outcome<PathBuf> {
    let debian = match env::var("ELBLINT_WASM_TOOLCHAIN").as_deref() {
        Ok("debian") => true,
        Ok("rustup") => false,
        _ => has_debian(),
    };
    if !debian && (has_target() || add_target()) {
        step("the module, with the installed target");
        call(Command::new(cargo()).args(BUILD).current_dir(root))?;
    } else {
        install_debian()?;
        step("the module and its standard library, with Debian's rustc-web");
        let linker = sysroot()?.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld");
        let mut command = Command::new("/usr/bin/cargo");
        // Cargo of rustup hands its own toolchain down, which must not get in the way of this one.
        for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "LD_LIBRARY_PATH"] {
            command.env_remove(name);
        }
        command
            .args(BUILD)
            .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
            // Comparing and copying bytes and reading addresses is most of what is done with good requests.
            .args(["--config", "profile.wasm.package.core.opt-level=2"])
            .args(["--config", "profile.wasm.package.compiler_builtins.opt-level=2"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTFLAGS", FLAGS.join(" "))
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
            .current_dir(root);
        call(&mut command)?;
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join(TARGET).join("wasm/elblint_wasm.wasm"))
}

fn has_target() -> bool {
    sysroot().is_ok_and(|sysroot| sysroot.join("lib/rustlib").join(TARGET).is_dir())
}

fn add_target() -> bool {
    let mut command = Command::new("rustup");
    command.args(["target", "add", TARGET]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success()) && has_target()
}

fn sysroot() -> Outcome<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "sysroot"]).output()?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}

fn has_debian() -> bool {
    let mut command = Command::new("dpkg");
    command.arg("--status").args(DEBIAN).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn install_debian() -> Outcome {
    if has_debian() {
        return Ok(());
    }
    step(&format!(
        "there is no {TARGET}, and rustup cannot add it: installing Debian's {}",
        DEBIAN.join(", ")
    ));
    let installed = call(Command::new("apt-get").args(["update", "-qq"])).and_then(|()| {
        call(Command::new("apt-get").args(["install", "-qq", "-y", "--no-install-recommends"]).args(DEBIAN))
    });
    installed.map_err(|error| {
        format!(
            "no way to compile for {TARGET}: `rustup target add {TARGET}` or `apt-get install {}`; {error}",
            DEBIAN.join(" ")
        )
        .into()
    })
}
