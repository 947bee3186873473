//! Every command in the README does what it says there, and the picture is what is printed.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::process::{Command, Output};

fn elblint(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_elblint"))
        .args(arguments.split_whitespace())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .output()
        .expect("the program runs")
}

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

#[test]
fn every_command_ends_as_it_says() {
    let readme = readme();
    let commands: Vec<_> = readme
        .lines()
        .filter_map(|line| {
            line.strip_prefix("elblint ").or_else(|| line.strip_prefix("cargo run --release -- "))
        })
        .collect();
    assert!(commands.len() > 10);
    for line in commands {
        let (command, comment) = line.split_once('#').unwrap();
        let expected = comment.trim().strip_prefix("exit ").map_or(1, |code| code.parse().unwrap());
        let output = elblint(command);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(expected), "{command}: {errors}");
        assert!(!output.stdout.is_empty(), "{command}");
    }
}

#[test]
fn the_picture_is_what_is_printed() {
    let readme = readme();
    let (_, rest) = readme.split_once("```text\n$ elblint ").expect("there is a picture");
    let (command, rest) = rest.split_once('\n').unwrap();
    let (picture, _) = rest.split_once("\n```").unwrap();
    let printed = elblint(command);
    assert_eq!(String::from_utf8_lossy(&printed.stdout).trim(), picture.trim());
}

#[test]
fn the_documented_requests_are_clean() {
    let output = elblint("check examples/requests --fail-on info");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}
