//! What the renderer would make of the most common findings: one mark in one line, or two, without colours.
//!
//! A report of thousands of findings would take most of its time in the renderer, which can do far more. Tests hold
//! the two together; whatever is out of the ordinary is left to the renderer.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::excerpt::{Excerpt, is_simple};
use crate::diagnostic::Severity;

/// A finding with its marks.
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
    let Excerpt { text, line, marks, fits, .. } = finding.excerpt;
    let Some(pointers) = pointers(text, marks).filter(|_| *fits) else { return false };
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
    put(out, &[&gutter, " |\n", &line, " | ", text]);
    pointers.split('\n').for_each(|pointer| put(out, &["\n", &gutter, " | ", pointer]));
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

/// The lines below a source line, which point at the marks.
fn pointers(text: &str, marks: &[(Range<usize>, Option<&str>)]) -> Option<String> {
    let place =
        |mark: &Range<usize>| Some((width(text.get(..mark.start)?), width(text.get(mark.clone())?).max(1)));
    let run = |character: &str, count: usize| character.repeat(count);
    if let [(mark, None)] = marks {
        let (start, width) = place(mark)?;
        return Some(run(" ", start) + &run("^", width));
    }
    let [(left, left_label), (right, right_label)] = marks else { return None };
    let apart = !left.is_empty() && left.end <= right.start && !right.is_empty();
    let label = left_label.or(*right_label).filter(|label| apart && is_simple(label))?;
    let ((start, width), (right_start, right_width)) = (place(left)?, place(right)?);
    let indent = run(" ", start);
    let gap = right_start - start - width;
    match (left_label, right_label) {
        (None, Some(_)) => {
            Some([&indent, &run("^", width), &run(" ", gap), &run("-", right_width), " ", label].concat())
        }
        // The label is beside its mark where there is room for it, and a blank on either side.
        (Some(_), None) if label.len() + 2 <= gap => {
            let gap = run(" ", gap - label.len() - 1);
            Some([&indent, &run("-", width), " ", label, &gap, &run("^", right_width)].concat())
        }
        (Some(_), None) => {
            let marks =
                [&run("-", width), &run(" ", gap), &run("^", right_width)].map(String::as_str).concat();
            Some([&indent, &marks, "\n", &indent, "|\n", &indent, label].concat())
        }
        _ => None,
    }
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
