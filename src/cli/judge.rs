//! One piece of work: judge it, and render what there is to say.

use std::path::Path;

use super::checked::{Checked, CheckedFiles};
use super::config::{FileSettings, Leftover, Settings};
use super::jobs::{Job, Lines, Task, too_long};
use super::read;
use crate::diagnostic::Report;
use crate::json::is_lenience;
use crate::output::{Format, Piece, Source, Statistics, Summary};
use crate::request_files::{
    FileReport, Format as FileFormat, Line, Options, Problem, check_line, check_text,
};

/// What all pieces have in common.
#[derive(Clone)]
pub(super) struct Judge<'a> {
    pub(super) formats: &'a [Box<dyn Format>],
    pub(super) settings: &'a Settings,
    /// The largest document.
    pub(super) most: u64,
    /// Files that have been checked already.
    pub(super) checked: Option<&'a CheckedFiles>,
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
    /// Some lines in the middle of a file.
    pub(super) first: bool,
    pub(super) last: bool,
    /// The file turned out to be none of ours, and nobody said that it is.
    pub(super) foreign: bool,
    /// Why that may be a mistake.
    pub(super) warning: Option<String>,
}

impl Judge<'_> {
    /// Does a piece of work. `text` is the text of lines.
    pub(super) fn judge(&self, job: &Job, text: &[u8]) -> Vec<Outcome> {
        match job {
            Job::Files(tasks) => tasks.iter().map(|task| self.file(task)).collect(),
            Job::Lines(task, lines) => vec![self.lines(task, lines, text)],
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

    fn file(&self, task: &Task) -> Outcome {
        if let Some(Checked { text, file }) = self.checked.and_then(|checked| checked.take(task)) {
            return self.report(task, &text, file);
        }
        match self.read(task) {
            Ok(text) => self.text(task, &text),
            Err(error) => Outcome { errors: vec![error], ..outcome(task, true, true) },
        }
    }

    /// The text of a file, or of standard input.
    pub(super) fn read(&self, task: &Task) -> Result<String, String> {
        match &task.input.path {
            Some(path) => read::text(path, &task.name, self.most),
            None => read::stdin(&task.name, self.most),
        }
    }

    /// What the rules say of a text, and whether that hangs on this text alone, and on no other file.
    pub(super) fn check(&self, task: &Task, text: &str) -> (FileReport, bool) {
        check(task.path(), &task.name, text, &self.settings.of(task.path()), self.most)
    }

    /// What there is to mend in a text: what the rules say of it, without what the user does not want to hear. A
    /// baseline is no reason to leave a fault that mends itself.
    pub(super) fn heed(&self, task: &Task, mut file: FileReport) -> FileReport {
        self.settings.of(task.path()).heed(&mut file.reports, &file.comments);
        file
    }

    /// Judges a text, and renders what there is to say.
    pub(super) fn text(&self, task: &Task, text: &str) -> Outcome {
        self.report(task, text, self.check(task, text).0)
    }

    fn report(&self, task: &Task, text: &str, mut file: FileReport) -> Outcome {
        let mut outcome = outcome(task, true, true);
        let settings = self.settings.of(task.path());
        if file.foreign && !task.input.named {
            outcome.foreign = true;
            outcome.warning = passed_over(&task.name, &file);
            return outcome;
        }
        outcome.summary.skipped = file.skipped;
        let problem = |Problem { message, span }: Problem| match span {
            Some(span) => format!("{}:{}:{}: {message}", task.name, span.start.line, span.start.column),
            None => format!("{}: {message}", task.name),
        };
        outcome.errors.extend(file.problems.into_iter().map(problem));
        let source = Source { path: &task.name, text, offset: 0 };
        settings.apply(&source, &mut file.reports, &file.comments);
        self.render(&source, &file.reports, &mut outcome);
        outcome
    }

    fn lines(&self, task: &Task, lines: &Lines, text: &[u8]) -> Outcome {
        let mut outcome = outcome(task, lines.offset == 0, lines.last);
        let settings = self.settings.of(task.path());
        let options = settings.options().for_file(&task.name);
        let mut offset = lines.offset;
        let mut rest = text;
        let mut number = lines.number;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let (line, after) = rest.split_at(end);
            self.line(task, line, number, offset, (&settings, &options), &mut outcome);
            if outcome.foreign {
                return outcome;
            }
            offset += line.len() + 1;
            number += 1;
            rest = after.get(1..).unwrap_or_default();
        }
        outcome.errors.extend(lines.error.clone());
        outcome
    }

    fn line(
        &self,
        task: &Task,
        line: &[u8],
        number: usize,
        offset: usize,
        (settings, options): (&FileSettings<'_>, &Options),
        outcome: &mut Outcome,
    ) {
        if line.len() as u64 > self.most {
            outcome.errors.push(too_long(number, &task.name, self.most));
            return;
        }
        let text = match std::str::from_utf8(line) {
            Ok(text) => text,
            Err(error) => {
                let at = offset + error.valid_up_to();
                outcome.errors.push(format!(
                    "cannot read line {number} of {}: it is not UTF-8 at byte {at}",
                    task.name
                ));
                return;
            }
        };
        let nothing_yet = outcome.first && outcome.summary.requests + outcome.summary.skipped == 0;
        match check_line(text, number, offset, options, settings.context()) {
            Line::Blank => {}
            Line::Skipped => outcome.summary.skipped += 1,
            Line::Foreign(_) if nothing_yet && !task.input.named => outcome.foreign = true,
            Line::Report(mut report) | Line::Foreign(mut report) => {
                let source = Source { path: &task.name, text, offset };
                settings.apply(&source, std::slice::from_mut(&mut report), &[]);
                self.render(&source, std::slice::from_ref(&report), outcome);
            }
        }
    }

    fn render(&self, source: &Source<'_>, reports: &[Report], outcome: &mut Outcome) {
        for report in reports {
            outcome.summary.add(report);
            outcome.statistics.add(report);
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
    Some(format!("{name}{at}: {why}, so the file was passed over"))
}

fn outcome(task: &Task, first: bool, last: bool) -> Outcome {
    Outcome { name: task.name.clone(), named: task.input.named, first, last, ..Outcome::default() }
}

/// Checks a file, and gets the files that it names. Tells whether it hangs on this text alone, and on none of those.
pub(super) fn check(
    path: &Path,
    name: &str,
    text: &str,
    settings: &FileSettings<'_>,
    most: u64,
) -> (FileReport, bool) {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut alone = true;
    let mut load = |named: &str| {
        alone = false;
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
