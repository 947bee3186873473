//! Something to check: a file, or standard input.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::checked::Checked;
use crate::request_files::Format;

/// Something to check.
#[derive(Debug)]
pub(super) struct Input {
    /// Where it is. What comes from standard input is taken for a file of its name.
    pub(super) path: PathBuf,
    pub(super) is_stdin: bool,
    /// Named on the command line, so that it must be a request file.
    pub(super) named: bool,
    /// The format that its name tells.
    pub(super) format: Option<Format>,
    /// What has been found out about it already.
    pub(super) checked: Option<Box<Checked>>,
}

impl Input {
    /// A file that a walk has found.
    pub(super) fn found(path: &Path, format: Option<Format>) -> Self {
        Self { path: tidy(path).to_owned(), is_stdin: false, named: false, format, checked: None }
    }

    /// A file that was named.
    pub(super) fn named(path: &Path) -> Self {
        Self { named: true, ..Self::found(path, Format::of(&path.to_string_lossy())) }
    }

    /// Standard input, which has no name of its own.
    pub(super) fn stdin(name: Option<&str>) -> Self {
        let name = name.unwrap_or("<stdin>");
        Self { path: name.into(), is_stdin: true, named: true, format: Format::of(name), checked: None }
    }

    /// The name that is shown.
    pub(super) fn name(&self) -> Cow<'_, str> {
        slashed(&self.path)
    }

    /// Whether it is a request a line, so that it need not be read as a whole.
    pub(super) fn is_lines(&self) -> bool {
        self.format == Some(Format::JsonLines)
    }
}

/// A path as people write it, without `./` in front.
pub(super) fn tidy(path: &Path) -> &Path {
    if !path.as_os_str().as_encoded_bytes().starts_with(b".") {
        return path;
    }
    match path.strip_prefix(".") {
        Ok(rest) if !rest.as_os_str().is_empty() => rest,
        _ => path,
    }
}

/// A path with slashes, as reports, globs and baselines have it on every system.
pub(super) fn slashed(path: &Path) -> Cow<'_, str> {
    let name = path.to_str().map_or_else(|| path.to_string_lossy(), Cow::Borrowed);
    if MAIN_SEPARATOR == '/' { name } else { Cow::Owned(with_slashes(&name, MAIN_SEPARATOR)) }
}

fn with_slashes(path: &str, separator: char) -> String {
    path.replace(separator, "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_with_slashes() {
        assert_eq!(with_slashes(r"requests\pool.http", '\\'), "requests/pool.http");
        assert_eq!(
            with_slashes(r"odd\name.http", '/'),
            r"odd\name.http",
            "elsewhere it is a letter like any other"
        );
    }
}
