//! What the renderer would make of the most common finding: one mark in one line, without colours.
//!
//! A report of thousands of findings would take most of its time in the renderer, which can do far more. Tests hold
//! the two together; whatever is out of the ordinary is left to the renderer.

use unicode_width::UnicodeWidthChar;

use super::excerpt::{Excerpt, is_simple};
use crate::diagnostic::Severity;

/// A finding with one mark.
pub(super) struct Finding<'a> {
    pub(super) severity: Severity,
    pub(super) rule: &'a str,
    pub(super) message: &'a str,
    pub(super) path: &'a str,
    pub(super) column: usize,
    pub(super) excerpt: &'a Excerpt<'a>,
    pub(super) help: Option<&'a str>,
    pub(super) note: Option<&'a str>,
}

/// Writes a finding as the renderer would; false, and nothing, where that is for the renderer.
pub(super) fn write(finding: &Finding<'_>, out: &mut Vec<u8>) -> bool {
    let Excerpt { text, line, marks, .. } = finding.excerpt;
    let [(mark, None)] = marks.as_slice() else { return false };
    let (Some(before), Some(marked)) = (text.get(..mark.start), text.get(mark.clone())) else { return false };
    let sentences = [Some(finding.message), Some(finding.path), finding.help, finding.note];
    let indented = text.len() - text.trim_start().len() > MOST_INDENTED;
    if indented || text.is_empty() || !sentences.into_iter().flatten().chain([&**text]).all(is_plain) {
        return false;
    }
    let (line, column) = (line.to_string(), finding.column.to_string());
    let gutter = " ".repeat(line.len());
    let words = sentences.into_iter().flatten().map(str::len).sum::<usize>();
    out.reserve(words + 2 * text.len() + 8 * gutter.len() + LINE_STARTS);
    put(out, &[finding.severity.name(), "[", finding.rule, "]: ", finding.message, "\n"]);
    put(out, &[&gutter, "--> ", finding.path, ":", &line, ":", &column, "\n"]);
    put(out, &[&gutter, " |\n", &line, " | ", text, "\n"]);
    put(out, &[&gutter, " | "]);
    out.resize(out.len() + width(before), b' ');
    out.resize(out.len() + width(marked).max(1), b'^');
    if finding.help.is_some() || finding.note.is_some() {
        put(out, &["\n", &gutter, " |"]);
    }
    for (word, sentence) in [("help", finding.help), ("note", finding.note)] {
        if let Some(sentence) = sentence {
            put(out, &["\n", &gutter, " = ", word, ": ", sentence]);
        }
    }
    put(out, &["\n\n"]);
    true
}

/// Writes one part after the other.
pub(super) fn put(out: &mut Vec<u8>, parts: &[&str]) {
    parts.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
}

/// At most as much of a finding is neither what is said in it nor the source line.
const LINE_STARTS: usize = 128;

/// Of a line that begins with more blanks, the renderer leaves some out.
const MOST_INDENTED: usize = 20;

/// Whether each character is shown as it is, in one column or two.
fn is_plain(text: &str) -> bool {
    is_simple(text)
        || text.chars().all(|character| !character.is_control() && matches!(character.width(), Some(1 | 2)))
}

fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().filter_map(UnicodeWidthChar::width).sum() }
}
