//! `--format text`: for people, in the style of rustc.
//!
//! Every party of a conflict is shown in its source line, then what to do, then what it rests on.

use std::cell::LazyCell;
use std::io::{self, Write};

use annotate_snippets::renderer::{DEFAULT_TERM_WIDTH, DecorStyle};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, excerpts};
use super::mask::Secrets;
use super::{Format, Source, Summary};
use crate::diagnostic::{Diagnostic, Need, Place, Report, Requirement, Severity, Verdict};

/// The format for people.
#[derive(Debug)]
pub(crate) struct Text {
    renderer: Renderer,
    verbose: bool,
}

impl Text {
    /// Lines are at most so wide. `verbose` shows what every request of an operation requires, too, and which
    /// values have not been checked.
    pub(crate) fn new(colour: bool, width: usize, verbose: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let width = if width == 0 { DEFAULT_TERM_WIDTH } else { width };
        Self { renderer: renderer.term_width(width).decor_style(DecorStyle::Ascii), verbose }
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
        for excerpt in excerpts(source, secrets, &spans) {
            group = show(group, source, excerpt);
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
        writeln!(out, "{}\n", self.renderer.render(&[group]))
    }

    fn note(&self, note: String, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "{}\n", self.renderer.render(&[Group::with_title(Level::NOTE.primary_title(note))]))
    }

    fn requirements(&self, source: &Source<'_>, report: &Report, out: &mut Vec<u8>) -> io::Result<()> {
        let shown = report.requires.iter().filter(|required| self.verbose || !required.standing);
        let needs: Vec<_> = shown.map(need).collect();
        let (operation, line) = (report.operation.unwrap_or("the request"), report.line.unwrap_or(1));
        let who = format!("{operation} at {}:{line}", source.path);
        if !needs.is_empty() {
            let holds =
                if report.verdict == Verdict::Refused { "would hold only if" } else { "holds only if" };
            self.note(format!("{who} {holds} {}", list(&needs)), out)?;
        }
        if self.verbose && !report.unchecked.is_empty() {
            let places: Vec<_> = report.unchecked.iter().map(place).collect();
            self.note(format!("{who} has values that are not there yet: {}", list(&places)), out)?;
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

fn show<'a>(group: Group<'a>, source: &Source<'a>, excerpt: Excerpt<'a>) -> Group<'a> {
    let start = excerpt.at.start;
    let origin = Origin::path(source.path).line(start.line).char_column(start.column);
    let marks = excerpt.marks.into_iter().map(|(range, label)| match label {
        None => AnnotationKind::Primary.span(range),
        Some(label) => AnnotationKind::Context.span(range).label(label),
    });
    let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).annotations(marks);
    group.element(origin).element(snippet)
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
