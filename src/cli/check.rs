//! `elblint check`.

use std::io;
use std::path::Path;
use std::thread;

use super::args::{CheckArguments, FailOn};
use super::config::{CommandLine, Settings};
use super::fix::Next;
use super::input::Input;
use super::inputs::{self, Inputs};
use super::jobs::Jobs;
use super::judge::Judge;
use super::progress::Progress;
use super::reports::{Formats, aside};
use super::{CLEAN, FAILED, FINDINGS, complain, ignores, ordered, read};
use crate::Context;
use crate::api::Operation;
use crate::diagnostic::Report;

/// Checks what the arguments name.
pub(super) fn run(arguments: &CheckArguments) -> io::Result<u8> {
    let (settings, mut found) = match prepare(arguments) {
        Ok(prepared) => prepared,
        Err(errors) => {
            errors.iter().for_each(|error| complain(&format!("error: {error}")));
            return Ok(FAILED);
        }
    };
    found.warnings.iter().for_each(|warning| complain(&format!("warning: {warning}")));
    found.errors.iter().for_each(|error| complain(&format!("error: {error}")));
    if arguments.config.show_files {
        return inputs::show(&found);
    }
    if let Some(reason) = &arguments.config.add_ignores {
        return ignores::add(&found, &settings, reason, arguments);
    }
    let formats = match Formats::new(arguments) {
        Ok(formats) => formats,
        Err(error) => {
            complain(&format!("error: {error}"));
            return Ok(FAILED);
        }
    };
    let most = arguments.config.choice.max_size;
    let judge = Judge { formats: formats.all(), settings: &settings, most, mended: arguments.fixes.fix };
    if let Some(file) = formats.files().find(|file| is_checked(file, &found.list, &judge)) {
        complain(&format!("error: a report is to go to {}, which is to be checked", file.display()));
        return Ok(FAILED);
    }
    if found.stdin_excluded {
        arguments.fixes.pass_on()?;
    }
    let fixed = match arguments.fixes.apply(&judge, &mut found.list, &[aside(arguments)])? {
        Next::Check(fixed) => fixed,
        Next::Done(code) => return Ok(if found.errors.is_empty() { code } else { FAILED }),
    };
    let threads = if settings.in_order() { threads_in_order(&found.list) } else { threads(&found.list) };
    let inputs = std::mem::take(&mut found.list);
    let progress = Progress::new(inputs.len(), arguments.reports.quiet);
    let reports = formats.begin(&progress);
    let jobs = Jobs::new(inputs, most, threads);
    let walked = inputs::directories(&arguments.paths);
    let (summary, complete) =
        ordered::run(jobs, &judge, threads, reports, &progress, found.errors.is_empty(), &walked);
    if summary.files == 0 && complete {
        if found.excluded {
            return Ok(CLEAN);
        }
        let why = if found.found_excluded { ", but for what the configuration excludes" } else { "" };
        complain(&format!("error: there is nothing to check: no request file was found{why}"));
        return Ok(FAILED);
    }
    arguments.fixes.tell(&fixed, &summary);
    if !complete || fixed.failed || summary.files == 0 {
        return Ok(FAILED);
    }
    match settings.close() {
        Ok(said) => said.iter().for_each(|line| complain(line)),
        Err(error) => {
            complain(&format!("error: {error}"));
            return Ok(FAILED);
        }
    }
    Ok(if settings.has_failed() { FINDINGS } else { CLEAN })
}

/// Whether a file that is to be written is one of those that are to be checked. One that nobody named is not if it is
/// no request file, as the report of an earlier run.
fn is_checked(file: &Path, inputs: &[Input], judge: &Judge<'_>) -> bool {
    let Ok(file) = file.canonicalize() else { return false };
    let name = file.file_name().unwrap_or_default();
    // To ask the system of every file would take longer than to check it.
    let may_be = |path: &Path| path.file_name().is_some_and(|own| own.eq_ignore_ascii_case(name));
    let is_same = |input: &&Input| {
        !input.is_stdin && may_be(&input.path) && input.path.canonicalize().is_ok_and(|path| path == file)
    };
    inputs.iter().filter(is_same).any(|input| {
        input.named
            || judge.look(input, &mut Vec::new()).is_ok_and(|looked| {
                let is_request = |report: &Report| report.operation.is_some();
                looked.file.skipped > 0 || looked.file.reports.iter().any(is_request)
            })
    })
}

/// Reads all that must be without fault before anything is judged, and finds what is to be judged.
fn prepare(arguments: &CheckArguments) -> Result<(Settings, Inputs), Vec<String>> {
    let one = |error| vec![error];
    let operation = arguments.operation.as_deref().and_then(Operation::from_name);
    let context = context(arguments).map_err(one)?;
    let fail_on = arguments.fail_on.map(FailOn::severity);
    let choice = &arguments.config.choice;
    let line = CommandLine::new(choice, operation, context, fail_on).map_err(one)?;
    let mut settings = Settings::new(choice, line).map_err(one)?;
    let stdin_name = arguments.stdin_filename.as_deref();
    let force_exclude = arguments.config.force_exclude;
    let found = inputs::find(&arguments.paths, stdin_name, settings.finder(), force_exclude);
    let named = found.list.iter().filter(|input| input.named).map(|input| &*input.path);
    settings.complete(&arguments.config, named)?;
    Ok((settings, found))
}

/// What all `--context` files know together.
fn context(arguments: &CheckArguments) -> Result<Context, String> {
    let mut merged = Context::default();
    for path in &arguments.context {
        merged.merge(one_context(path, arguments.config.choice.max_size)?);
    }
    Ok(merged)
}

pub(super) fn one_context(path: &Path, most: u64) -> Result<Context, String> {
    let shown = path.display().to_string();
    let text = read::text(path, &shown, most)?;
    Context::from_json(&text)
        .map_err(|error| format!("{shown}:{}:{}: this is no context: {error}", error.line(), error.column()))
}

/// A baseline counts what it finds, so the pieces of a file must come one after the other.
fn threads_in_order(inputs: &[Input]) -> usize {
    if inputs.iter().any(Input::is_lines) { 1 } else { threads(inputs) }
}

/// One thread is enough for one file, unless its lines can be shared out.
fn threads(inputs: &[Input]) -> usize {
    let most = thread::available_parallelism().map_or(1, usize::from);
    if inputs.iter().any(Input::is_lines) { most } else { most.min(inputs.len()).max(1) }
}
