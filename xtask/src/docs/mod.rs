//! `cargo xtask docs`: the documents that are made from the code.
//!
//! Writes them, or tells whether they are up to date. What stands in them is told in the files beside this one.

mod coverage;
mod rules;

use std::fs;

use crate::failure::{Failure, only};
use crate::run::root;

/// The documents, by their path from the root.
fn documents() -> [(&'static str, String); 2] {
    [("docs/coverage.md", coverage::document()), ("docs/rules.md", rules::document())]
}

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    only(&["--check"], arguments)?;
    if arguments.is_empty() { write() } else { check() }
}

fn write() -> Result<(), Failure> {
    for (name, text) in documents() {
        let path = root().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
        }
        fs::write(&path, text).map_err(|error| Failure::file(&path, &error))?;
        println!("wrote {name}");
    }
    Ok(())
}

/// Tells whether the documents say what the code says.
pub(crate) fn check() -> Result<(), Failure> {
    for (name, text) in documents() {
        let path = root().join(name);
        let found = fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
        // Line ends are git's business, not ours.
        if found.replace("\r\n", "\n") != text {
            return Err(format!("{name} is stale; run `cargo xtask docs` and commit it").into());
        }
        println!("{name} is up to date");
    }
    Ok(())
}
