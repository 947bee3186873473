//! The one error of this program: a sentence for the person who ran it.

use std::fmt;
use std::path::Path;

/// Why a command came to nothing.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A file that could not be read or written.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

impl From<String> for Failure {
    fn from(sentence: String) -> Self {
        Self(sentence)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Refuses arguments that a command does not know.
pub(crate) fn only(known: &[&str], arguments: &[String]) -> Result<(), Failure> {
    match arguments.iter().find(|argument| !known.contains(&argument.as_str())) {
        Some(argument) => Err(format!("there is no argument `{argument}`").into()),
        None => Ok(()),
    }
}
