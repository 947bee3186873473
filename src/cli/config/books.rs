//! The baselines of a run: read before anything is judged, written after all has been.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::build::Configuration;
use super::find::Finder;
use super::source::Source;
use crate::cli::input::slashed;
use crate::cli::write::{atomically, can_be_replaced};
use crate::output::plural;
use crate::policy::{Baseline, Ledger};

/// The name of a baseline where none is given.
const NAME: &str = "elblint-baseline.json";

/// What is done with baselines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Use {
    #[default]
    Read,
    Write,
    Prune,
}

/// A baseline, and the file that it is in.
#[derive(Debug)]
pub(in crate::cli) struct Book {
    path: PathBuf,
    /// The path as it is shown.
    name: String,
    ledger: Ledger,
}

/// The baselines of a run.
#[derive(Debug, Default)]
pub(super) struct Books {
    usage: Use,
    /// The one that is used for every file.
    fixed: Option<Arc<Book>>,
    list: Vec<Arc<Book>>,
}

impl Books {
    /// Opens the baseline of the command line, and those of the configurations.
    pub(super) fn open(
        usage: Use,
        fixed: Option<&Path>,
        configurations: &[Arc<Configuration>],
        finder: &Finder,
    ) -> Result<Self, String> {
        let mut books = Self { usage, ..Self::default() };
        if let Some(path) = fixed {
            books.fixed = Some(books.add(&finder.here.join(path), finder, &|message| message)?);
            return Ok(books);
        }
        for Configuration { source, text, baseline, .. } in configurations.iter().map(|shared| &**shared) {
            if let (Some(path), Some(written)) = (baseline, &text.baseline) {
                books.add(path, finder, &|message| source.error(written.span(), &message, None))?;
            }
        }
        if usage != Use::Read && books.list.is_empty() {
            books.fixed = Some(books.add(&finder.here.join(NAME), finder, &|message| message)?);
        }
        Ok(books)
    }

    /// Opens a baseline. `told` says where it is named, if it cannot be opened.
    fn add(
        &mut self,
        path: &Path,
        Finder { here, most, .. }: &Finder,
        told: &dyn Fn(String) -> String,
    ) -> Result<Arc<Book>, String> {
        if let Some(known) = self.list.iter().find(|book| book.path == path) {
            return Ok(Arc::clone(known));
        }
        let writes = self.usage == Use::Write;
        let name = path.strip_prefix(here).unwrap_or(path).display().to_string();
        let there = fs::metadata(path);
        if let (Use::Write | Use::Prune, Ok(there)) = (self.usage, &there) {
            // Before it is read: a pipe that this run is to write to has no end.
            can_be_replaced(there).map_err(|error| told(format!("cannot write {name}: {error}")))?;
        }
        let (name, before) = if writes && there.is_err() {
            (name, Baseline::default())
        } else {
            let source = Source::read(path, here, *most).map_err(told)?;
            let read = Baseline::from_json(&source.text);
            let broken = |error: crate::policy::BaselineError| {
                let message = error.to_string();
                let message = crate::cli::without_place(&message);
                source.error_at(error.place(), &format!("this is no baseline: {message}"))
            };
            let before = read.map_err(broken)?;
            (source.name, before)
        };
        let book = Arc::new(Book { path: path.to_owned(), name, ledger: Ledger::new(before, writes) });
        self.list.push(Arc::clone(&book));
        Ok(book)
    }

    /// Whether findings depend on those before them.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The baseline for a file whose configuration names this one.
    pub(super) fn of(&self, configured: Option<&Path>) -> Option<&Arc<Book>> {
        let named = || self.list.iter().find(|book| Some(book.path.as_path()) == configured);
        self.fixed.as_ref().or_else(named)
    }

    /// Writes what is to be written, and says what there is to say about it.
    pub(super) fn close(&self) -> Result<Vec<String>, String> {
        let mut said = Vec::new();
        for book in &self.list {
            let folder = book.path.parent().unwrap_or(Path::new(""));
            let gone = |path: &str| !folder.join(path).exists();
            let next = book.ledger.next(&gone);
            let name = &book.name;
            let stale = book.ledger.stale(&gone);
            match self.usage {
                Use::Write => {
                    atomically(&book.path, name, next.to_json().as_bytes())?;
                    said.push(format!("{name}: {} in the baseline", plural(next.len(), "finding")));
                }
                Use::Prune if !stale.is_empty() => {
                    atomically(&book.path, name, next.to_json().as_bytes())?;
                    let count = stale.iter().map(|(_, count)| count).sum();
                    said.push(format!("{name}: {} taken out, {} left", plural(count, "finding"), next.len()));
                }
                Use::Prune => said.push(format!("{name}: nothing to take out")),
                Use::Read => {
                    for (finding, count) in &stale {
                        let times = if *count > 1 { format!(" ({count} times)") } else { String::new() };
                        let (path, rule, pointer) = (&finding.path, &finding.rule, &finding.pointer);
                        let at = if pointer.is_empty() { String::new() } else { format!(" at {pointer}") };
                        said.push(format!(
                            "warning: {name}: `{rule}`{at} in {path} is not found any more{times}"
                        ));
                    }
                    if !stale.is_empty() {
                        said.push("warning: --prune-baseline takes it out of the baseline".to_owned());
                    }
                }
            }
        }
        Ok(said)
    }
}

impl Book {
    /// The name of a file in this baseline: its path from the baseline's folder.
    pub(in crate::cli) fn name_of(&self, file: &Path) -> String {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let up = folder.ancestors().position(|above| file.starts_with(above)).unwrap_or(0);
        let common = folder.ancestors().nth(up).unwrap_or(Path::new(""));
        let down = file.strip_prefix(common).unwrap_or(file);
        slashed(&(0..up).map(|_| Path::new("..")).chain([down]).collect::<PathBuf>()).into_owned()
    }

    pub(in crate::cli) fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}
