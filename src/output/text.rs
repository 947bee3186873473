//! `--format text`: for people, in the style of rustc.
//!
//! Every party of a conflict is shown in its source line, then what to do, then what it rests on.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::io::{self, Write};

use annotate_snippets::renderer::{
    DEFAULT_EMPHASIS_STYLE, DEFAULT_NONE_STYLE, DEFAULT_NOTE_STYLE, DEFAULT_TERM_WIDTH, DecorStyle,
};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::{Excerpt, excerpts};
use super::mask::Secrets;
use super::{Format, Source, Summary};
use crate::diagnostic::{Diagnostic, Need, Place, Report, Requirement, Severity, Verdict};

/// The format for people.
#[derive(Debug)]
pub(crate) struct Text {
    renderer: Renderer,
    colour: bool,
    verbose: bool,
}

impl Text {
    /// Lines are at most so wide. `verbose` shows what every request of an operation requires, too, and which
    /// values have not been checked.
    pub(crate) fn new(colour: bool, width: usize, verbose: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let width = if width == 0 { DEFAULT_TERM_WIDTH } else { width };
        Self { renderer: renderer.term_width(width).decor_style(DecorStyle::Ascii), colour, verbose }
    }

    fn diagnostic(
        &self,
        source: &Source<'_>,
        secrets: &Secrets,
        diagnostic: &Diagnostic,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let mut spans = Vec::with_capacity(1 + diagnostic.related.len());
        spans.extend(diagnostic.span.map(|span| (span, None)));
        let related = diagnostic.related.iter();
        spans.extend(related.filter_map(|related| Some((related.span?, Some(related.message.as_str())))));
        let title = level.primary_title(&diagnostic.message).id(diagnostic.rule);
        let mut group = Group::with_title(title);
        let mut columns = Vec::new();
        for excerpt in excerpts(source, secrets, &spans) {
            columns.extend(excerpt.columns.map(|columns| (excerpt.line, columns)));
            group = group.element(snippet(source, excerpt));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(&**help));
        }
        if let Some(rests_on) = &diagnostic.source {
            let mut note = format!("{} (updated {})", rests_on.document, rests_on.updated);
            for part in [rests_on.table, rests_on.parameter].into_iter().filter(|part| !part.is_empty()) {
                note.push_str(", ");
                note.push_str(part);
            }
            group = group.element(Level::NOTE.message(note));
        }
        let mut rendered = self.renderer.render(&[group]);
        for (line, (shown, own)) in columns {
            let place = |column| format!("{}:{line}:{column}", source.path);
            rendered = rendered.replacen(&place(shown), &place(own), 1);
        }
        writeln!(out, "{rendered}\n")
    }

    /// Says something about a request as a whole. Most requests of a large file may have such a note, so it goes
    /// straight to where it will be written.
    fn note(
        &self,
        path: &str,
        report: &Report,
        out: &mut Vec<u8>,
        words: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        let (level, emphasis) = if self.colour {
            (DEFAULT_NOTE_STYLE, DEFAULT_EMPHASIS_STYLE)
        } else {
            (DEFAULT_NONE_STYLE, DEFAULT_NONE_STYLE)
        };
        let (who, line) = (report.operation.unwrap_or("a request"), report.line.unwrap_or(1));
        write!(out, "{level}note{level:#}{emphasis}: {who} at {path}:{line} ")?;
        words(out)?;
        writeln!(out, "{emphasis:#}\n")
    }

    fn notes(&self, path: &str, report: &Report, out: &mut Vec<u8>) -> io::Result<()> {
        let shown = |required: &&Requirement| self.verbose || !required.standing;
        let count = report.requires.iter().filter(shown).count();
        if count > 0 {
            self.note(path, report, out, |out| {
                let refused = report.verdict == Verdict::Refused;
                out.write_all(if refused { b"would hold only if " } else { b"holds only if " })?;
                list(out, count, report.requires.iter().filter(shown), need)
            })?;
        }
        if self.verbose && !report.unchecked.is_empty() {
            self.note(path, report, out, |out| {
                out.write_all(b"has values that are not there yet: ")?;
                list(out, report.unchecked.len(), &report.unchecked, place)
            })?;
        }
        Ok(())
    }
}

impl Format for Text {
    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        let secrets = LazyCell::new(|| Secrets::find(source.text));
        let path = harmless(source.path);
        for report in reports {
            for diagnostic in &report.diagnostics {
                self.diagnostic(source, &secrets, diagnostic, out)?;
            }
            self.notes(&path, report, out)?;
        }
        Ok(())
    }

    fn end(&self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if summary.files == 0 {
            return Ok(());
        }
        let mut found: Vec<_> =
            [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info")]
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, word)| plural(count, word))
                .collect();
        if found.is_empty() {
            found.push(if summary.requests == 0 { "nothing for ELB" } else { "nothing to mend" }.to_owned());
        }
        let requests = plural(summary.requests + summary.skipped, "request");
        let mut line = format!("{requests} in {}: {}", plural(summary.files, "file"), found.join(", "));
        if summary.fixable > 0 {
            line += &format!("; {} fixable with --fix", summary.fixable);
        }
        if summary.conditional > 0 {
            line += &format!("; {} conditional", summary.conditional);
            if !self.verbose {
                line += " (--verbose tells on what)";
            }
        }
        if summary.skipped > 0 {
            line += &format!("; {} to other services skipped", summary.skipped);
        }
        writeln!(out, "{line}")
    }
}

fn snippet<'a>(source: &Source<'a>, excerpt: Excerpt<'a>) -> Snippet<'a, Annotation<'a>> {
    let marks = excerpt.marks.into_iter().map(|(range, label)| match label {
        None => AnnotationKind::Primary.span(range),
        Some(label) => AnnotationKind::Context.span(range).label(label),
    });
    Snippet::source(excerpt.text).path(source.path).line_start(excerpt.line).annotations(marks)
}

/// A requirement in words that follow "only if".
fn need(out: &mut Vec<u8>, required: &Requirement) -> io::Result<()> {
    match &required.need {
        Need::OneOf(fact, values) => write!(out, "{} is {}", fact.name(), fact.phrase(*values)),
        Need::Not(values) => {
            out.write_all(if values.len() == 2 { b"not both " } else { b"not all of " })?;
            list(out, values.len(), values, |out, (fact, value)| {
                write!(out, "{} {}", fact.name(), fact.value(*value))
            })
        }
    }
}

fn place(out: &mut Vec<u8>, place: &Place) -> io::Result<()> {
    match place.pointer.steps() {
        [] => out.write_all(b"the body"),
        _ => write!(out, "{}", harmless(&place.pointer.to_string())),
    }
}

/// A text of somebody else's, without what would command the terminal.
fn harmless(text: &str) -> Cow<'_, str> {
    match text.contains(char::is_control) {
        true => Cow::Owned(text.replace(char::is_control, "\u{FFFD}")),
        false => Cow::Borrowed(text),
    }
}

/// Writes `a`, `a and b`, `a, b and c`.
fn list<T>(
    out: &mut Vec<u8>,
    count: usize,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T) -> io::Result<()>,
) -> io::Result<()> {
    for (index, item) in items.into_iter().enumerate() {
        out.write_all(match index {
            0 => b"",
            _ if index + 1 == count => b" and ",
            _ => b", ",
        })?;
        write(out, item)?;
    }
    Ok(())
}

fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
