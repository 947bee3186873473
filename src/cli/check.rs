//! `elblint check`.

use std::io;
use std::path::Path;
use std::thread;

use super::args::CheckArguments;
use super::inputs;
use super::jobs::Jobs;
use super::judge::Judge;
use super::progress::Progress;
use super::reports::Formats;
use super::{CLEAN, FAILED, FINDINGS, complain, ordered, read};
use crate::Context;
use crate::api::Operation;
use crate::request_files::{self, Options};

/// Checks what the arguments name.
pub(super) fn run(arguments: &CheckArguments) -> io::Result<u8> {
    let context = match context(arguments) {
        Ok(context) => context,
        Err(error) => {
            complain(&format!("error: {error}"));
            return Ok(FAILED);
        }
    };
    let found = inputs::find(&arguments.paths);
    found.warnings.iter().for_each(|warning| complain(&format!("warning: {warning}")));
    found.errors.iter().for_each(|error| complain(&format!("error: {error}")));
    let formats = match Formats::new(arguments) {
        Ok(formats) => formats,
        Err(error) => {
            complain(&format!("error: {error}"));
            return Ok(FAILED);
        }
    };
    let operation = arguments.operation.as_deref().and_then(Operation::from_name);
    let judge =
        Judge { formats: formats.all(), options: Options { operation }, context, most: arguments.max_size };
    let threads = threads(&found.list);
    let progress = Progress::new(found.list.len(), arguments.reports.quiet);
    let reports = formats.begin(&progress);
    let jobs = Jobs::new(found.list, arguments.stdin_filename.clone(), arguments.max_size, threads);
    let (summary, complete) =
        ordered::run(jobs, &judge, threads, reports, &progress, found.errors.is_empty());
    if summary.files == 0 && complete {
        complain("error: there is nothing to check: no request file was found");
        return Ok(FAILED);
    }
    Ok(if !complete || summary.files == 0 {
        ordered::INCOMPLETE
    } else if summary.reaches(arguments.fail_on.severity()) {
        FINDINGS
    } else {
        CLEAN
    })
}

/// What all `--context` files know together.
fn context(arguments: &CheckArguments) -> Result<Context, String> {
    let mut merged = Context::default();
    for path in &arguments.context {
        merged.merge(one_context(path, arguments.max_size)?);
    }
    Ok(merged)
}

fn one_context(path: &Path, most: u64) -> Result<Context, String> {
    let shown = path.display().to_string();
    let text = read::text(path, &shown, most)?;
    Context::from_json(&text).map_err(|error| format!("{shown}:{}:{}: {error}", error.line(), error.column()))
}

/// One thread is enough for one file, unless its lines can be shared out.
fn threads(inputs: &[inputs::Input]) -> usize {
    let shared = |input: &inputs::Input| {
        let name = input.path.as_deref().map(Path::to_string_lossy);
        name.is_none_or(|name| request_files::Format::of(&name) == Some(request_files::Format::JsonLines))
    };
    let most = thread::available_parallelism().map_or(1, usize::from);
    if inputs.iter().any(shared) { most } else { most.min(inputs.len()).max(1) }
}
