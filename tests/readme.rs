//! Every command in the README does what it says there, and the picture is what is printed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "common/program.rs"]
mod program;

use std::path::Path;

use program::{Run, command, run};

fn elblint(arguments: &str) -> Run {
    let arguments: Vec<_> = arguments.split_whitespace().collect();
    run(command(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments), b"")
}

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

#[test]
fn every_command_ends_as_it_says() {
    let readme = readme();
    let blocks = readme.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let commands: Vec<_> = blocks
        .flat_map(str::lines)
        .filter_map(|line| {
            line.strip_prefix("elblint ").or_else(|| line.strip_prefix("cargo run --release -- "))
        })
        .collect();
    assert!(commands.len() > 10);
    for line in commands {
        let (command, comment) = line.split_once("# exit ").ok_or(line).unwrap();
        let expected: i32 = comment.split(':').next().unwrap().parse().map_err(|_| line).unwrap();
        let run = elblint(command);
        assert_eq!(run.code, expected, "{command}: {}", run.err);
        assert!(!run.out.is_empty(), "{command}");
    }
}

#[test]
fn every_fact_is_there() {
    let readme = readme();
    for fact in elblint::target::Fact::ALL {
        assert!(readme.contains(&format!("`{}`", fact.name())), "{}", fact.name());
    }
}

#[test]
fn the_picture_is_what_is_printed() {
    let readme = readme();
    let (_, rest) = readme.split_once("```text\n$ elblint ").expect("there is a picture");
    let (command, rest) = rest.split_once('\n').unwrap();
    let (picture, _) = rest.split_once("\n```").unwrap();
    assert_eq!(elblint(command).out.trim(), picture.trim());
}

#[test]
fn the_documented_requests_are_clean() {
    let run = elblint("check examples/requests --fail-on info");
    assert_eq!(run.code, 0, "{}", run.out);
}
