//! One piece of work: judge it, and render what there is to say.

use std::path::Path;

use memchr::{memchr, memmem};

use super::checked::Checked;
use super::config::{FileSettings, Leftover, Settings};
use super::input::Input;
use super::jobs::{Job, Lines, too_long};
use super::read;
use crate::diagnostic::Report;
use crate::json::is_lenience;
use crate::output::{Format, Piece, Source, Statistics, Summary, cover_words, harmless};
use crate::request_files::{
    FileReport, Format as FileFormat, Line, NEITHER, Problem, check_line, check_text,
};

/// What all pieces have in common.
#[derive(Clone)]
pub(super) struct Judge<'a> {
    pub(super) formats: &'a [Box<dyn Format>],
    pub(super) settings: &'a Settings,
    /// The largest document.
    pub(super) most: u64,
    /// Fixes have been made, so those that are left cannot be.
    pub(super) mended: bool,
}

/// What came of a piece of work.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The file's name, as it is shown.
    pub(super) name: String,
    /// The file was named on the command line.
    pub(super) named: bool,
    /// The reports as they will be written.
    pub(super) piece: Piece,
    pub(super) summary: Summary,
    pub(super) statistics: Statistics,
    /// What kept the file, or a part of it, from being judged.
    pub(super) errors: Vec<String>,
    /// The first line that is not text. Where there is one there are many, and one is worth telling of.
    pub(super) no_text: Option<String>,
    /// Some lines in the middle of a file.
    pub(super) first: bool,
    pub(super) last: bool,
    /// The file turned out to be none of ours, and nobody said that it is.
    pub(super) foreign: bool,
    /// Why that may be a mistake.
    pub(super) warning: Option<String>,
}

impl Judge<'_> {
    /// Does a piece of work. The buffer holds the text of lines; files are read into it.
    pub(super) fn judge(&self, job: Job, buffer: &mut Vec<u8>) -> Vec<Outcome> {
        match job {
            Job::Files(inputs) => inputs.into_iter().map(|input| self.file(input, buffer)).collect(),
            Job::Lines(input, lines) => vec![self.lines(&input, &lines, buffer)],
        }
    }

    /// What there is to say about the configurations, once all else has been said.
    pub(super) fn leftovers(&self, walked: &[&Path]) -> Vec<Outcome> {
        let outcome = |leftover: Leftover| {
            let Leftover { name, text, reports } = leftover;
            let mut outcome = Outcome { name, first: true, last: true, ..Outcome::default() };
            self.render(
                &Source { path: &outcome.name.clone(), text: &text, offset: 0 },
                &reports,
                &mut outcome,
            );
            // It is no request file.
            outcome.summary.requests = 0;
            outcome
        };
        self.settings.leftovers(walked).into_iter().map(outcome).collect()
    }

    fn file(&self, mut input: Input, buffer: &mut Vec<u8>) -> Outcome {
        if let Some(checked) = input.checked.take() {
            let Checked { text, file, .. } = *checked;
            let source = Source { path: &input.name(), text: &text, offset: 0 };
            return self.report(&input, &source, file, &self.settings.of(&input.path));
        }
        match self.read(&input, buffer) {
            Ok(text) => self.text(&input, text),
            Err(error) => Outcome { errors: vec![error], ..outcome(&input, &input.name(), true, true) },
        }
    }

    /// The text of a file, or of standard input.
    pub(super) fn read<'b>(&self, input: &Input, buffer: &'b mut Vec<u8>) -> Result<&'b str, String> {
        if input.is_stdin {
            read::stdin(buffer, &input.name(), self.most)
        } else {
            read::text_into(buffer, &input.path, &input.name(), self.most)
        }
    }

    /// Reads a file and checks it.
    pub(super) fn look(&self, input: &Input, buffer: &mut Vec<u8>) -> Result<Checked, String> {
        self.read(input, buffer).map(|text| self.check(input, text))
    }

    /// What the rules say of a text.
    pub(super) fn check(&self, input: &Input, text: &str) -> Checked {
        let settings = self.settings.of(&input.path);
        let (file, alone) = check(&input.path, &input.name(), text, &settings, self.most);
        Checked { text: text.to_owned(), file, alone }
    }

    /// What there is to mend in a text: what the rules say of it, without what the user does not want to hear. A
    /// baseline is no reason to leave a fault that mends itself.
    pub(super) fn heed(&self, input: &Input, mut file: FileReport) -> FileReport {
        self.settings.of(&input.path).heed(&mut file.reports, &file.comments);
        file
    }

    /// Judges a text, and renders what there is to say.
    pub(super) fn text(&self, input: &Input, text: &str) -> Outcome {
        let settings = self.settings.of(&input.path);
        let name = input.name();
        let (file, _) = check(&input.path, &name, text, &settings, self.most);
        self.report(input, &Source { path: &name, text, offset: 0 }, file, &settings)
    }

    fn report(
        &self,
        input: &Input,
        source: &Source<'_>,
        mut file: FileReport,
        settings: &FileSettings<'_>,
    ) -> Outcome {
        let name = source.path;
        let mut outcome = outcome(input, name, true, true);
        if file.foreign && !input.named {
            outcome.foreign = true;
            outcome.warning = passed_over(name, &file);
            return outcome;
        }
        outcome.summary.skipped = file.skipped;
        let name = harmless(name);
        let problem = |Problem { message, span }: Problem| match span {
            Some(span) => format!("{name}:{}:{}: {message}", span.start.line, span.start.column),
            None if message == NEITHER => format!(
                "{name}: {message}; name the operation with --operation, or in the file's name as in UpdatePool.json"
            ),
            None => format!("{name}: {message}"),
        };
        outcome.errors.extend(file.problems.into_iter().map(problem));
        settings.apply(source, &mut file.reports, &file.comments);
        cover_words(source.text, &mut file.reports);
        self.render(source, &file.reports, &mut outcome);
        outcome
    }

    fn lines(&self, input: &Input, lines: &Lines, text: &[u8]) -> Outcome {
        let name = input.name();
        let mut outcome = outcome(input, &name, lines.offset == 0, lines.last);
        let settings = self.settings.of(&input.path);
        let options = settings.options().for_file(&name);
        // What begins with something else may have requests for us all the same.
        let ours = || {
            input.named
                || text.split(|byte| *byte == b'\n').any(|line| {
                    let request = memmem::find(line, b"/elb/").and_then(|_| str::from_utf8(line).ok());
                    let checked = request.map(|line| check_line(line, 1, 1, &options, settings.context()));
                    matches!(checked, Some(Line::Report(report)) if report.operation.is_some())
                })
        };
        // At once, which takes much less time than line by line.
        let whole = str::from_utf8(text);
        let (mut start, mut number) = (0, lines.number);
        while start < text.len() && !outcome.foreign {
            let rest = text.get(start..).unwrap_or_default();
            let line = rest.get(..memchr(b'\n', rest).unwrap_or(rest.len())).unwrap_or_default();
            let offset = lines.offset + start;
            let read = match whole {
                Ok(whole) => Ok(whole.get(start..start + line.len()).unwrap_or_default()),
                Err(_) => str::from_utf8(line),
            };
            match read {
                _ if line.len() as u64 > self.most => {
                    outcome.errors.push(too_long(number, &name, self.most));
                }
                Ok(text) => {
                    let checked = check_line(text, number, offset, &options, settings.context());
                    let source = Source { path: &name, text, offset };
                    self.line(&source, checked, &ours, &settings, &mut outcome);
                }
                Err(error) => {
                    let at = offset + error.valid_up_to();
                    outcome.no_text.get_or_insert_with(|| {
                        let name = harmless(&name);
                        format!("cannot read line {number} of {name}: it is not UTF-8 at byte {at}")
                    });
                }
            }
            (start, number) = (start + line.len() + 1, number + 1);
        }
        outcome.errors.extend(lines.error.clone());
        outcome
    }

    fn line(
        &self,
        source: &Source<'_>,
        line: Line,
        ours: &dyn Fn() -> bool,
        settings: &FileSettings<'_>,
        outcome: &mut Outcome,
    ) {
        let nothing_yet = outcome.first && outcome.summary.requests + outcome.summary.skipped == 0;
        match line {
            Line::Blank => {}
            Line::Skipped => outcome.summary.skipped += 1,
            Line::Foreign(_) if nothing_yet && !ours() => outcome.foreign = true,
            Line::Report(mut report) | Line::Foreign(mut report) => {
                settings.apply(source, std::slice::from_mut(&mut report), &[]);
                self.render(source, std::slice::from_ref(&report), outcome);
            }
        }
    }

    fn render(&self, source: &Source<'_>, reports: &[Report], outcome: &mut Outcome) {
        for report in reports {
            outcome.summary.add(report);
            outcome.statistics.add(report);
        }
        if self.mended {
            outcome.summary.unmade += std::mem::take(&mut outcome.summary.fixable);
        }
        if let Err(error) = outcome.piece.add(self.formats, source, reports) {
            outcome.errors.push(format!("cannot report on {}: {error}", source.path));
        }
    }
}

/// What to say of a file that nobody named and that has no request in it: nothing, if it has another use.
fn passed_over(name: &str, file: &FileReport) -> Option<String> {
    // Prose may have the same ending.
    if name.ends_with(".rest") {
        return None;
    }
    let told = file.reports.first().and_then(|report| report.diagnostics.first());
    let (at, why) = match told {
        // Many programs take comments in the JSON of their settings.
        Some(told) if told.rule != "syntax" || is_lenience(&told.message) => return None,
        Some(told) => (told.span.map(|span| span.start), &*told.message),
        None if FileFormat::of(name) == Some(FileFormat::Http) => (None, &*file.problems.first()?.message),
        None => return None,
    };
    let at = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
    let name = harmless(name);
    Some(format!("{name}{at}: {why}, so the file was passed over"))
}

fn outcome(input: &Input, name: &str, first: bool, last: bool) -> Outcome {
    Outcome { name: name.to_owned(), named: input.named, first, last, ..Outcome::default() }
}

/// Checks a file, and gets the files that it names. Tells whether it hangs on this text alone, and on none of those.
pub(super) fn check(
    path: &Path,
    name: &str,
    text: &str,
    settings: &FileSettings<'_>,
    most: u64,
) -> (FileReport, bool) {
    let mut alone = true;
    let mut load = |named: &str| {
        alone = false;
        let folder = path.parent().unwrap_or(Path::new(""));
        // The message names the file already.
        read::text(&folder.join(named), "", most)
            .map_err(|error| error.trim_start_matches("cannot read : ").to_owned())
    };
    let file = check_text(format_name(name, text), text, &settings.options(), settings.context(), &mut load);
    (file, alone)
}

/// The name that tells the format. What is named but has no telling name is told by its first character.
pub(super) fn format_name<'n>(name: &'n str, text: &str) -> &'n str {
    if crate::request_files::Format::of(name).is_some() {
        name
    } else if text.trim_start_matches('\u{FEFF}').trim_start().starts_with(['{', '[']) {
        "input.json"
    } else {
        "input.http"
    }
}
