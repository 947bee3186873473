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

    /// Most requests of a large file may have a note, so it does not go through the renderer.
    fn note(&self, note: &str, out: &mut Vec<u8>) -> io::Result<()> {
        let (level, words) = if self.colour {
            (DEFAULT_NOTE_STYLE, DEFAULT_EMPHASIS_STYLE)
        } else {
            (DEFAULT_NONE_STYLE, DEFAULT_NONE_STYLE)
        };
        // A file's name must not command the terminal.
        let note = match note.contains(char::is_control) {
            true => Cow::Owned(note.replace(char::is_control, "\u{FFFD}")),
            false => Cow::Borrowed(note),
        };
        writeln!(out, "{level}note{level:#}{words}: {note}{words:#}\n")
    }

    fn requirements(&self, source: &Source<'_>, report: &Report, out: &mut Vec<u8>) -> io::Result<()> {
        let who = || {
            format!(
                "{} at {}:{}",
                report.operation.unwrap_or("a request"),
                source.path,
                report.line.unwrap_or(1)
            )
        };
        let shown = |required: &&Requirement| self.verbose || !required.standing;
        if report.requires.iter().any(|required| shown(&required)) {
            let needs: Vec<_> = report.requires.iter().filter(shown).map(need).collect();
            let holds =
                if report.verdict == Verdict::Refused { "would hold only if" } else { "holds only if" };
            self.note(&format!("{} {holds} {}", who(), list(&needs)), out)?;
        }
        if self.verbose && !report.unchecked.is_empty() {
            let places: Vec<_> = report.unchecked.iter().map(place).collect();
            self.note(&format!("{} has values that are not there yet: {}", who(), list(&places)), out)?;
        }
        Ok(())
    }
}

impl Format for Text {
    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        let secrets = LazyCell::new(|| Secrets::find(source.text));
        for report in reports {
            for diagnostic in &report.diagnostics {
                self.diagnostic(source, &secrets, diagnostic, out)?;
            }
            self.requirements(source, report, out)?;
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
fn need(required: &Requirement) -> String {
    match &required.need {
        Need::OneOf(fact, values) => format!("{} is {}", fact.name(), fact.phrase(*values)),
        Need::Not(values) => {
            let parts: Vec<_> = values
                .iter()
                .map(|(fact, value)| format!("{} {}", fact.name(), fact.value(*value)))
                .collect();
            format!("not {}{}", if parts.len() == 2 { "both " } else { "all of " }, list(&parts))
        }
    }
}

fn place(place: &Place) -> String {
    match place.pointer.steps() {
        [] => "the body".to_owned(),
        _ => place.pointer.to_string(),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
