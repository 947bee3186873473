//! One piece of work: judge it, and render what there is to say.

use std::path::Path;

use super::jobs::{Job, Lines, Task, too_long};
use super::read;
use crate::Context;
use crate::diagnostic::Report;
use crate::output::{Format, Source, Summary};
use crate::request_files::{FileReport, Line, Options, Problem, check_line, check_text};

/// What all pieces have in common.
#[derive(Clone)]
pub(super) struct Judge<'a> {
    pub(super) format: &'a dyn Format,
    pub(super) options: Options,
    pub(super) context: Context,
    /// The largest document.
    pub(super) most: u64,
}

/// What came of a piece of work.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The file's name, as it is shown.
    pub(super) name: String,
    /// The file was named on the command line.
    pub(super) named: bool,
    /// The reports as they will be written.
    pub(super) rendered: Vec<u8>,
    pub(super) summary: Summary,
    /// What kept the file, or a part of it, from being judged.
    pub(super) errors: Vec<String>,
    /// Some lines in the middle of a file.
    pub(super) first: bool,
    pub(super) last: bool,
    /// The file turned out to be none of ours, and nobody said that it is.
    pub(super) foreign: bool,
}

impl Judge<'_> {
    /// Does a piece of work. `text` is the text of lines.
    pub(super) fn judge(&self, job: &Job, text: &[u8]) -> Vec<Outcome> {
        match job {
            Job::Files(tasks) => tasks.iter().map(|task| self.file(task)).collect(),
            Job::Lines(task, lines) => vec![self.lines(task, lines, text)],
        }
    }

    fn file(&self, task: &Task) -> Outcome {
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

    /// What the rules say of a text.
    pub(super) fn examine(&self, task: &Task, text: &str) -> FileReport {
        let folder = task.input.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let mut load = |named: &str| {
            let path = folder.join(named);
            // The message names the file already.
            read::text(&path, "", self.most)
                .map_err(|error| error.trim_start_matches("cannot read : ").to_owned())
        };
        check_text(format_name(task, text), text, &self.options, &self.context, &mut load)
    }

    /// Judges a text, and renders what there is to say.
    pub(super) fn text(&self, task: &Task, text: &str) -> Outcome {
        let mut outcome = outcome(task, true, true);
        let file = self.examine(task, text);
        if file.foreign && !task.input.named {
            outcome.foreign = true;
            return outcome;
        }
        outcome.summary.skipped = file.skipped;
        let problem = |Problem { message, span }: Problem| match span {
            Some(span) => format!("{}:{}:{}: {message}", task.name, span.start.line, span.start.column),
            None => format!("{}: {message}", task.name),
        };
        outcome.errors.extend(file.problems.into_iter().map(problem));
        self.render(&Source { path: &task.name, text, offset: 0 }, &file.reports, &mut outcome);
        outcome
    }

    fn lines(&self, task: &Task, lines: &Lines, text: &[u8]) -> Outcome {
        let mut outcome = outcome(task, lines.offset == 0, lines.last);
        let options = self.options.for_file(&task.name);
        let mut offset = lines.offset;
        let mut rest = text;
        let mut number = lines.number;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let (line, after) = rest.split_at(end);
            self.line(task, line, number, offset, &options, &mut outcome);
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
        options: &Options,
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
        match check_line(text, number, offset, options, &self.context) {
            Line::Blank => {}
            Line::Skipped => outcome.summary.skipped += 1,
            Line::Foreign(_) if nothing_yet && !task.input.named => outcome.foreign = true,
            Line::Report(report) | Line::Foreign(report) => {
                let source = Source { path: &task.name, text, offset };
                self.render(&source, std::slice::from_ref(&report), outcome);
            }
        }
    }

    fn render(&self, source: &Source<'_>, reports: &[Report], outcome: &mut Outcome) {
        reports.iter().for_each(|report| outcome.summary.add(report));
        let before = outcome.rendered.len();
        if before > 0 {
            outcome.rendered.extend_from_slice(self.format.separator().as_bytes());
        }
        let after = outcome.rendered.len();
        if let Err(error) = self.format.requests(source, reports, &mut outcome.rendered) {
            outcome.errors.push(format!("cannot report on {}: {error}", source.path));
        }
        if outcome.rendered.len() == after {
            outcome.rendered.truncate(before);
        }
    }
}

fn outcome(task: &Task, first: bool, last: bool) -> Outcome {
    Outcome { name: task.name.clone(), named: task.input.named, first, last, ..Outcome::default() }
}

/// The name that tells the format. What is named but has no telling name is told by its first character.
pub(super) fn format_name<'n>(task: &'n Task, text: &str) -> &'n str {
    if crate::request_files::Format::of(&task.name).is_some() {
        &task.name
    } else if text.trim_start_matches('\u{FEFF}').trim_start().starts_with(['{', '[']) {
        "input.json"
    } else {
        "input.http"
    }
}
