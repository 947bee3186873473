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
use super::plain::{self, put};
use super::words::{depends, harmless, list, needs};
use super::{Format, Source, Total};
use crate::diagnostic::{Diagnostic, Place, Report, Severity};

/// A note is about as long, its path apart.
const NOTE: usize = 192;

/// On a terminal that is narrower nothing is broken: it would be one word a line.
const NARROWEST: usize = 40;

/// How much people are told beside the diagnostics.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    /// What every request of an operation requires, too, and which values have not been checked.
    pub(crate) verbose: bool,
    /// Nothing: neither what requests depend on, nor a summary.
    pub(crate) quiet: bool,
    /// How often each rule has found something.
    pub(crate) statistics: bool,
}

/// How wide lines are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Width {
    /// A terminal's: sentences that are longer are broken between words.
    Terminal(usize),
    /// Source lines are cut to this; sentences stay whole, for whoever reads them on.
    Stream(usize),
}

/// The format for people.
#[derive(Debug)]
pub(crate) struct Text {
    renderer: Renderer,
    width: usize,
    colour: bool,
    told: Told,
    /// The width that sentences are broken to.
    terminal: Option<usize>,
}

impl Text {
    /// The format on lines of this width.
    pub(crate) fn new(colour: bool, width: Width, told: Told) -> Self {
        let (width, terminal) = match width {
            Width::Terminal(width) => (width, Some(width).filter(|width| *width >= NARROWEST)),
            Width::Stream(width) => (width, None),
        };
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let width = if width == 0 { DEFAULT_TERM_WIDTH } else { width };
        let renderer = renderer.term_width(width).decor_style(DecorStyle::Ascii);
        Self { renderer, width, colour, told, terminal }
    }

    /// A sentence in as many lines as it needs after what stands before it.
    fn broken<'t>(&self, before: usize, sentence: &'t str) -> Cow<'t, str> {
        match self.terminal {
            Some(width) if before + sentence.chars().count() > width => {
                Cow::Owned(broken(sentence, width.saturating_sub(before).max(NARROWEST / 2)))
            }
            _ => Cow::Borrowed(sentence),
        }
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
        let message = harmless(&diagnostic.message);
        let before = diagnostic.severity.name().len() + diagnostic.rule.len() + "[]: ".len();
        let message = self.broken(before, &message);
        // `= help: ` stands below the numbers of lines.
        let before =
            "  = help: ".len() + spans.iter().map(|(span, _)| digits(span.end.line)).max().unwrap_or(1);
        let help = diagnostic.help.as_deref().map(|help| self.broken(before, help));
        let note =
            diagnostic.source.as_ref().map(|source| self.broken(before, &rests_on(source)).into_owned());
        let room = self.width.saturating_sub(before - "  = help: ".len() + " | ".len());
        let excerpts = excerpts(source, secrets, &spans, room);
        if let ([excerpt], Some(span), false) = (&*excerpts, diagnostic.span, self.colour) {
            let finding = plain::Finding {
                severity: diagnostic.severity,
                rule: diagnostic.rule,
                message: &message,
                path: source.path,
                column: span.start.column,
                excerpt,
                help: help.as_deref(),
                note: note.as_deref(),
            };
            if plain::write(&finding, out) {
                return Ok(());
            }
        }
        let title = level.primary_title(&*message).id(diagnostic.rule);
        let mut group = Group::with_title(title);
        let mut columns = Vec::new();
        for excerpt in excerpts {
            columns.extend(excerpt.columns.map(|columns| (excerpt.line, columns)));
            group = group.element(snippet(source, excerpt));
        }
        group = group.elements(help.map(|help| Level::HELP.message(help)));
        group = group.elements(note.map(|note| Level::NOTE.message(note)));
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
        out.reserve(path.len() + NOTE);
        if self.colour {
            write!(out, "{level}note{level:#}{emphasis}: ")?;
        } else {
            put(out, &["note: "]);
        }
        let start = out.len();
        put(out, &[who, " at ", &harmless(path), ":", &line.to_string(), " "]);
        words(out)?;
        if self.terminal.is_some() {
            let sentence = String::from_utf8_lossy(&out.split_off(start)).into_owned();
            out.extend_from_slice(
                self.broken("note: ".len(), &sentence).replace('\n', "\n      ").as_bytes(),
            );
        }
        if self.colour {
            write!(out, "{emphasis:#}")?;
        }
        put(out, &["\n\n"]);
        Ok(())
    }

    fn notes(&self, path: &str, report: &Report, out: &mut Vec<u8>) -> io::Result<()> {
        let needs = needs(report, self.told.verbose);
        if needs.clone().next().is_some() {
            self.note(path, report, out, |out| depends(report, needs, out))?;
        }
        if self.told.verbose && !report.unchecked.is_empty() {
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
        let source = &Source { path: &harmless(source.path), ..*source };
        for report in reports {
            for diagnostic in &report.diagnostics {
                self.diagnostic(source, &secrets, diagnostic, out)?;
            }
            if !self.told.quiet {
                self.notes(source.path, report, out)?;
            }
        }
        Ok(())
    }

    fn end(&self, total: &Total, out: &mut dyn Write) -> io::Result<()> {
        if total.summary.files == 0 {
            return Ok(());
        }
        if self.told.statistics {
            total.statistics.lines(out)?;
            writeln!(out)?;
        }
        if self.told.quiet {
            return Ok(());
        }
        let hint = if self.told.verbose { "" } else { " (--verbose tells on what)" };
        writeln!(out, "{}", total.summary.sentence(hint))
    }
}

/// A text whose lines are at most so long, where it has words to break between.
fn broken(text: &str, width: usize) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut length = 0;
    for word in text.split(' ') {
        let own = word.chars().count();
        if length > 0 && length + 1 + own > width {
            lines.push('\n');
            length = 0;
        } else if !lines.is_empty() {
            lines.push(' ');
            length += 1;
        }
        lines.push_str(word);
        length += own;
    }
    lines
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

fn rests_on(source: &crate::diagnostic::Source) -> String {
    let [table, parameter] =
        [source.table, source.parameter].map(|part| if part.is_empty() { ["", ""] } else { [", ", part] });
    [[source.document, " (updated "], [source.updated, ")"], table, parameter].as_flattened().concat()
}

fn snippet<'a>(source: &Source<'a>, excerpt: Excerpt<'a>) -> Snippet<'a, Annotation<'a>> {
    let marks = excerpt.marks.into_iter().map(|(range, label)| match label {
        None => AnnotationKind::Primary.span(range),
        Some(label) => AnnotationKind::Context.span(range).label(label),
    });
    Snippet::source(excerpt.text).path(source.path).line_start(excerpt.line).annotations(marks)
}

fn place(out: &mut Vec<u8>, place: &Place) -> io::Result<()> {
    match place.pointer.steps() {
        [] => out.write_all(b"the body"),
        _ => write!(out, "{}", harmless(&place.pointer.to_string())),
    }
}
