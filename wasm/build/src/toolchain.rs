//! Finds a way to compile for WebAssembly on this machine, and goes it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Outcome, call, cargo, step};

const TARGET: &str = "wasm32-unknown-unknown";
const BUILD: &[&str] = &["build", "--package", "elblint-wasm", "--profile", "wasm", "--target", TARGET];

/// Debian's toolchain for the web, which can build the standard library from its sources.
const DEBIAN: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];

/// What makes the module smaller.
const FLAGS: &[&str] = &[
    // Ways to spare steps by more code, without which no request took longer.
    "-Cllvm-args=-disable-lsr",
    "-Cllvm-args=-enable-pre=false",
    // The deepest text needs less than a quarter of this, and whatever lies behind a larger stack has longer addresses.
    "-Clink-arg=-zstack-size=65536",
];

/// The core does not panic, so the messages of panics would never be read. The standard library must be built alike.
const WITHOUT_MESSAGES: &str = "-Zunstable-options -Cpanic=immediate-abort";

/// A way to compile the module.
enum Way {
    /// With the toolchain that runs this, the standard library too.
    Sources,
    /// With that toolchain, and the standard library as it comes, which makes the module an eighth larger.
    Plain,
    /// With Debian's toolchain, the standard library too.
    Debian,
}

/// Compiles the module, and tells where it is.
pub(crate) fn build(root: &Path) -> Outcome<PathBuf> {
    match way()? {
        Way::Debian => {
            install_debian()?;
            let mut command = Command::new("/usr/bin/cargo");
            // Cargo of rustup hands its own toolchain down, which must not get in the way of this one.
            for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "LD_LIBRARY_PATH"] {
                command.env_remove(name);
            }
            let linker = sysroot()?.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld");
            command.env("RUSTC", "/usr/bin/rustc").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            with_standard_library(command, root)?;
        }
        // A compiler that is older than these flags is no reason to go without a module.
        Way::Sources if with_standard_library(Command::new(cargo()), root).is_ok() => {}
        Way::Sources | Way::Plain => {
            step("the module, with the standard library as it comes");
            let mut command = Command::new(cargo());
            call(command.args(BUILD).env("RUSTFLAGS", FLAGS.join(" ")).current_dir(root))?;
        }
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join(TARGET).join("wasm/elblint_wasm.wasm"))
}

/// The way that `ELBLINT_WASM_TOOLCHAIN` asks for, or that makes the smaller module with what is installed already, or
/// that needs the least to be installed.
fn way() -> Outcome<Way> {
    Ok(match env::var("ELBLINT_WASM_TOOLCHAIN").as_deref() {
        Ok("sources") => Way::Sources,
        Ok("plain") => Way::Plain,
        Ok("debian") => Way::Debian,
        Ok(other) => {
            return Err(
                format!("`ELBLINT_WASM_TOOLCHAIN` is `{other}`, not `sources`, `plain` or `debian`").into()
            );
        }
        Err(_) if has_target() && has_sources() => Way::Sources,
        Err(_) if has_debian() => Way::Debian,
        Err(_) if has_target() || add_target() => {
            if has_sources() || add_sources() {
                Way::Sources
            } else {
                Way::Plain
            }
        }
        Err(_) => Way::Debian,
    })
}

/// Compiles the standard library too, which a compiler that is stable does only if it is told that it is not.
fn with_standard_library(mut cargo: Command, root: &Path) -> Outcome {
    step("the module and its standard library");
    cargo
        .args(BUILD)
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
        // Comparing and copying bytes and reading addresses is most of what is done with good requests.
        .args(["--config", "profile.wasm.package.core.opt-level=2"])
        .args(["--config", "profile.wasm.package.compiler_builtins.opt-level=2"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", format!("{WITHOUT_MESSAGES} {}", FLAGS.join(" ")))
        .current_dir(root);
    call(&mut cargo)
}

fn has_target() -> bool {
    sysroot().is_ok_and(|sysroot| sysroot.join("lib/rustlib").join(TARGET).is_dir())
}

fn add_target() -> bool {
    rustup(&["target", "add", TARGET]) && has_target()
}

fn has_sources() -> bool {
    sysroot().is_ok_and(|sysroot| sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
}

fn add_sources() -> bool {
    rustup(&["component", "add", "rust-src"]) && has_sources()
}

fn rustup(arguments: &[&str]) -> bool {
    let mut command = Command::new("rustup");
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
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
