//! Which configuration a file has: the nearest `elblint.toml` in its folder or above.
//!
//! By the file and not by the current directory, so that a file is judged in the same way from wherever the command
//! is run: by a person in a subfolder, by an editor, by pre-commit at the top.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use super::args::Choice;
use super::build::Configuration;
use crate::cli::input::slashed;
use crate::cli::lock;

/// The name of a configuration.
pub(in crate::cli) const NAME: &str = "elblint.toml";

/// The configurations of a run.
#[derive(Debug, Default)]
pub(in crate::cli) struct Finder {
    /// The current directory.
    pub(super) here: PathBuf,
    /// The one that is used for every file.
    fixed: Option<Arc<Configuration>>,
    isolated: bool,
    /// The largest document.
    pub(super) most: u64,
    /// Whether any has been found, so that files need to be looked up at all.
    any: AtomicBool,
    found: Mutex<Found>,
}

#[derive(Debug, Default)]
struct Found {
    by_folder: HashMap<PathBuf, Option<Arc<Configuration>>>,
    all: Vec<Arc<Configuration>>,
    errors: Vec<String>,
}

impl Finder {
    /// Begins in the current directory.
    pub(super) fn new(here: PathBuf, choice: &Choice) -> Result<Self, String> {
        let mut finder = Self { here, isolated: choice.isolated, most: choice.max_size, ..Self::default() };
        if let Some(path) = &choice.config {
            let configuration = finder.read(&finder.absolute(path))?;
            finder.found().all.push(Arc::clone(&configuration));
            finder.fixed = Some(configuration);
            finder.any.store(true, Ordering::Relaxed);
        }
        Ok(finder)
    }

    fn read(&self, path: &Path) -> Result<Arc<Configuration>, String> {
        Configuration::read(path, &self.here, self.most).map(Arc::new)
    }

    /// The configuration of what lies in a folder.
    pub(in crate::cli) fn of_folder(&self, folder: &Path) -> Option<Arc<Configuration>> {
        if self.isolated {
            return None;
        }
        if let Some(fixed) = &self.fixed {
            return Some(Arc::clone(fixed));
        }
        let folder = self.absolute(folder);
        let mut found = self.found();
        let mut passed = Vec::new();
        let mut nearest = None;
        for above in folder.ancestors() {
            if let Some(known) = found.by_folder.get(above) {
                nearest = known.clone();
                break;
            }
            passed.push(above);
            let path = above.join(NAME);
            if path.is_file() {
                match self.read(&path) {
                    Ok(configuration) => {
                        found.all.push(Arc::clone(&configuration));
                        self.any.store(true, Ordering::Relaxed);
                        nearest = Some(configuration);
                    }
                    Err(error) => found.errors.push(error),
                }
                break;
            }
        }
        for folder in passed {
            found.by_folder.insert(folder.to_owned(), nearest.clone());
        }
        nearest
    }

    /// The configuration of a file, and the file's path from its folder.
    pub(super) fn of_file(&self, path: &Path) -> Option<(Arc<Configuration>, String)> {
        if !self.any.load(Ordering::Relaxed) {
            return None;
        }
        let path = self.absolute(path);
        let configuration = self.of_folder(path.parent()?)?;
        // A named configuration may lie beside the files that it is for.
        let relative = path.strip_prefix(&configuration.folder).or_else(|_| path.strip_prefix(&self.here));
        let relative = slashed(relative.unwrap_or(&path)).into_owned();
        Some((configuration, relative))
    }

    /// Whether a folder, or a file that was found, is left out.
    pub(in crate::cli) fn excludes(&self, path: &Path) -> bool {
        self.of_file(path).is_some_and(|(configuration, path)| configuration.excludes(&path))
    }

    /// Whether a file that was named is left out. Its configuration need not have been found yet.
    pub(in crate::cli) fn excludes_named(&self, path: &Path) -> bool {
        path.parent().and_then(|folder| self.of_folder(folder)).is_some() && self.excludes(path)
    }

    /// Whether a file that was found is to be checked; none if nobody has said so.
    pub(in crate::cli) fn includes(&self, path: &Path) -> Option<bool> {
        let (configuration, path) = self.of_file(path)?;
        configuration.includes(&path)
    }

    /// All that have been found.
    pub(super) fn all(&self) -> Vec<Arc<Configuration>> {
        self.found().all.clone()
    }

    /// What is wrong with those that have been found.
    pub(super) fn errors(&self) -> Vec<String> {
        self.found().errors.clone()
    }

    /// A path from the root, without `.` and `..`.
    pub(in crate::cli) fn absolute(&self, path: &Path) -> PathBuf {
        let mut absolute = PathBuf::new();
        for component in self.here.join(path).components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => {
                    absolute.pop();
                }
                component => absolute.push(component),
            }
        }
        absolute
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        lock(&self.found)
    }
}
