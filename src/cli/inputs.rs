//! From the paths on the command line to the list of what is to be checked.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::config::Finder;
use super::input::{Input, slashed, tidy};
use super::{FAILED, print};
use crate::output::harmless;
use crate::request_files::Format;

/// What the paths lead to.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// In the order of their paths.
    pub(super) list: Vec<Input>,
    /// What could not be read.
    pub(super) errors: Vec<String>,
    /// What was left out, though nothing is lost.
    pub(super) warnings: Vec<String>,
    /// Something that was named is left out, because it is excluded.
    pub(super) excluded: bool,
    /// Standard input is.
    pub(super) stdin_excluded: bool,
    /// Something was found and left out, because it is excluded.
    pub(super) found_excluded: bool,
}

/// Finds the files that the paths name, and those under the directories that they name.
pub(super) fn find(
    paths: &[PathBuf],
    stdin_name: Option<&str>,
    finder: &Finder,
    force_exclude: bool,
) -> Inputs {
    let mut inputs = Inputs::default();
    let mut directories = Vec::new();
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { &here } else { paths } {
        if path.as_os_str() == "-" {
            inputs.list.push(Input::stdin(stdin_name));
            continue;
        }
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => directories.push(path),
            Ok(_) => inputs.list.push(Input::named(path)),
            Err(error) => inputs.errors.push(format!("cannot read {}: {error}", shown(path))),
        }
    }
    walk(&directories, finder, &mut inputs);
    if force_exclude {
        let before = inputs.list.len();
        // What has no name is excluded by none.
        let excluded =
            |input: &Input| (!input.is_stdin || stdin_name.is_some()) && finder.excludes_named(&input.path);
        inputs.stdin_excluded = inputs.list.iter().any(|input| input.is_stdin && excluded(input));
        inputs.list.retain(|input| !excluded(input));
        inputs.excluded = inputs.list.len() < before;
    }
    if paths.len() > 1 {
        once_each(&mut inputs.list, finder);
    }
    // By the bytes, which is the order people know from `sort`, and much faster than by the components. A file
    // that is both named and found comes first as named.
    inputs.list.sort_unstable_by(|one, other| {
        let stdin_first = other.is_stdin.cmp(&one.is_stdin);
        let by_bytes = || one.path.as_os_str().cmp(other.path.as_os_str());
        stdin_first.then_with(by_bytes).then(other.named.cmp(&one.named))
    });
    inputs.list.dedup_by(|later, earlier| {
        later.is_stdin == earlier.is_stdin && later.path.as_os_str() == earlier.path.as_os_str()
    });
    inputs.errors.sort();
    inputs.warnings.sort();
    inputs
}

/// Leaves each file once, by the plainest of the names that lead to it.
fn once_each(list: &mut Vec<Input>, finder: &Finder) {
    let plainness = |input: &Input| (input.is_stdin, input.named, Reverse(input.path.as_os_str().len()));
    list.sort_by(|one, other| plainness(other).cmp(&plainness(one)).then(one.path.cmp(&other.path)));
    let mut seen = HashSet::new();
    list.retain(|input| {
        // Only the system knows what is above a link.
        let is_up = input.path.components().any(|part| part == Component::ParentDir);
        let resolved = if is_up { input.path.canonicalize().ok() } else { None };
        input.is_stdin || seen.insert(resolved.unwrap_or_else(|| finder.absolute(&input.path)))
    });
}

/// The directories among the paths, whose files are found by walking.
pub(super) fn directories(paths: &[PathBuf]) -> Vec<&Path> {
    if paths.is_empty() {
        return vec![Path::new(".")];
    }
    paths.iter().map(PathBuf::as_path).filter(|path| path.is_dir()).collect()
}

/// Lists what would be checked.
pub(super) fn show(inputs: &Inputs) -> io::Result<u8> {
    let code = print(|out| {
        for input in &inputs.list {
            let path = if input.is_stdin { Path::new("-") } else { &input.path };
            writeln!(out, "{}", path.display())?;
        }
        Ok(())
    })?;
    Ok(if inputs.errors.is_empty() { code } else { FAILED })
}

fn walk(directories: &[&PathBuf], finder: &Finder, inputs: &mut Inputs) {
    let Some((first, rest)) = directories.split_first() else { return };
    let mut builder = WalkBuilder::new(first);
    rest.iter().for_each(|directory| {
        builder.add(directory);
    });
    builder.follow_links(true).require_git(false);
    let (sender, found) = mpsc::channel();
    let excluded = AtomicBool::new(false);
    builder.build_parallel().run(|| {
        let (sender, excluded) = (sender.clone(), &excluded);
        Box::new(move |entry| {
            match entry.map(|entry| visit(&entry, finder)) {
                Ok(Visit::Excluded) => {
                    excluded.store(true, Ordering::Relaxed);
                    return WalkState::Skip;
                }
                Ok(Visit::Other) => {}
                Ok(Visit::File(input)) => drop(sender.send(Ok(input))),
                Err(error) => drop(sender.send(Err(error))),
            }
            WalkState::Continue
        })
    });
    drop(sender);
    inputs.found_excluded = excluded.into_inner();
    for found in found {
        match found {
            Ok(input) => inputs.list.push(input),
            Err(error) => tell(&error, None, inputs),
        }
    }
}

/// What a walk comes across.
enum Visit {
    /// A file to check.
    File(Input),
    /// A folder to stay out of, or a file to leave out.
    Excluded,
    /// A folder to look into, or a file that is of no interest.
    Other,
}

fn visit(entry: &DirEntry, finder: &Finder) -> Visit {
    if entry.file_type().is_some_and(|kind| kind.is_dir()) {
        if entry.depth() > 0 && finder.excludes(entry.path()) {
            return Visit::Excluded;
        }
        // Its configuration is read before its files are met.
        finder.of_folder(entry.path());
        return Visit::Other;
    }
    let format = Format::of(&slashed(entry.path()));
    let is_request_file = finder.includes(entry.path()).unwrap_or(format.is_some());
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    match is_request_file && is_file {
        true if finder.excludes(entry.path()) => Visit::Excluded,
        true => Visit::File(Input::found(entry.path(), format)),
        false => Visit::Other,
    }
}

/// A path as messages have it, in one line.
fn shown(path: &Path) -> String {
    harmless(&path.display().to_string()).into_owned()
}

fn tell(error: &ignore::Error, path: Option<&Path>, inputs: &mut Inputs) {
    match error {
        ignore::Error::WithPath { path, err } => tell(err, Some(path), inputs),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            tell(err, path, inputs)
        }
        ignore::Error::Partial(errors) => errors.iter().for_each(|error| tell(error, path, inputs)),
        ignore::Error::Loop { ancestor, child } => {
            let (child, ancestor) = (tidy(child), tidy(ancestor));
            inputs.warnings.push(format!("{} leads back to {}", shown(child), shown(ancestor)));
        }
        ignore::Error::Io(reason) => {
            // A dangling link to something that never would have been checked is no loss.
            let lost = path.is_none_or(|path| {
                reason.kind() != std::io::ErrorKind::NotFound || Format::of(&path.to_string_lossy()).is_some()
            });
            if lost {
                let shown = path.map_or_else(String::new, |path| shown(tidy(path)));
                inputs.errors.push(format!("cannot read {shown}: {reason}"));
            }
        }
        other => inputs.warnings.push(other.to_string()),
    }
}
