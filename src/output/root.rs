//! The names of files in formats that other tools read: relative to the root of the repository, with `/`.
//!
//! Works on names alone, and asks no file system.

use std::borrow::Cow;

/// The folder that names are relative to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Root {
    /// The folder of the run, with `/` at its end.
    here: String,
    /// The folder that names should begin at, with `/` at its end.
    root: String,
}

impl Root {
    /// `here` is the folder that the names given are relative to; both are absolute.
    pub(crate) fn new(here: &str, root: &str) -> Self {
        let folder = |path: &str| format!("{}/", path.replace('\\', "/").trim_end_matches('/'));
        Self { here: folder(here), root: folder(root) }
    }

    /// The name that the root knows a file by. A file outside of it keeps its name.
    pub(super) fn name<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let plain = !is_absolute(path) && !path.split('/').any(|step| matches!(step, "." | ".." | ""));
        if plain && self.here == self.root {
            return Cow::Borrowed(path);
        }
        let whole = if is_absolute(path) { path.to_owned() } else { format!("{}{path}", self.here) };
        match tidy(&whole).strip_prefix(&self.root) {
            Some(name) if !name.is_empty() => Cow::Owned(name.to_owned()),
            _ => Cow::Borrowed(path),
        }
    }
}

/// Whether a name begins at the root of a file system: `/a` or `C:/a`.
pub(super) fn is_absolute(path: &str) -> bool {
    let drive = |rest: &str| rest.starts_with(":/");
    path.starts_with('/')
        || path.starts_with(|first: char| first.is_ascii_alphabetic()) && path.get(1..).is_some_and(drive)
}

/// An absolute path without `.` and `..`.
fn tidy(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "." => {}
            "" if !steps.is_empty() => {}
            ".." if steps.len() > 1 => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_at_the_root() {
        let own = Root::new("/r", "/r/");
        for name in ["a.http", "b/c.http", "<stdin>", "../x.http", "/elsewhere/a.http"] {
            assert_eq!(own.name(name), name);
        }
        assert_eq!(own.name("/r/b/../c.http"), "c.http");
        assert_eq!(own.name("../r/./a.http"), "a.http");
        let inner = Root::new("/r/sub", "/r");
        assert_eq!(inner.name("a.http"), "sub/a.http");
        assert_eq!(inner.name("../a.http"), "a.http");
        assert_eq!(inner.name("../../a.http"), "../../a.http");
    }

    #[test]
    fn names_of_windows_are_understood() {
        let root = Root::new(r"C:\r\sub", r"C:\r");
        assert_eq!(root.name("a/b.http"), "sub/a/b.http");
        assert_eq!(root.name("C:/r/b.http"), "b.http");
        assert_eq!(root.name("D:/b.http"), "D:/b.http");
    }
}
