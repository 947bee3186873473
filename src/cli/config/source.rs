//! The text of a file that was written for elblint, and messages that point into it.

use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::cli::read;
use crate::json::floor;

/// A configuration or baseline may be as large as this, however small the documents have to be.
const MODEST: u64 = 64 << 20;

/// A file with its text.
#[derive(Debug, Default)]
pub(in crate::cli) struct Source {
    pub(in crate::cli) path: PathBuf,
    /// The path as it is shown.
    pub(in crate::cli) name: String,
    pub(in crate::cli) text: String,
}

impl Source {
    /// Reads a file. Paths are shown from the current directory, if they lie in it.
    pub(in crate::cli) fn read(path: &Path, here: &Path, most: u64) -> Result<Self, String> {
        let name = path.strip_prefix(here).unwrap_or(path).display().to_string();
        let mut text = read::text(path, &name, most.max(MODEST))?;
        if text.starts_with('\u{FEFF}') {
            text.remove(0);
        }
        Ok(Self { path: path.to_owned(), name, text })
    }

    /// An error at a place, in the style of rustc.
    pub(in crate::cli) fn error(&self, range: Range<usize>, message: &str, help: Option<&str>) -> String {
        let start = range.start.min(self.text.len());
        let range = start..range.end.clamp(start, self.text.len());
        let snippet =
            Snippet::source(&*self.text).path(&*self.name).annotation(AnnotationKind::Primary.span(range));
        let mut group = Level::ERROR.primary_title(message).element(snippet);
        if let Some(help) = help {
            group = group.element(Level::HELP.message(help));
        }
        let rendered = Renderer::plain().decor_style(DecorStyle::Ascii).render(&[group]);
        rendered.strip_prefix("error: ").unwrap_or(&rendered).to_owned()
    }

    /// An error at a line and a column, both from 1. Columns count bytes, as serde_json counts them.
    pub(in crate::cli) fn error_at(&self, (line, column): (usize, usize), message: &str) -> String {
        let before: usize = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let at = floor(&self.text, before + column - 1);
        let length = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        self.error(at..at + length, message, None)
    }
}
