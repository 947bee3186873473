//! `elblint check`.

use std::io::{self, BufWriter};
use std::path::Path;
use std::thread;

use anstream::{AutoStream, ColorChoice};

use super::args::{CheckArguments, Colour, ReportFormat};
use super::fix::Next;
use super::inputs;
use super::jobs::Jobs;
use super::judge::Judge;
use super::{CLEAN, FAILED, FINDINGS, complain, ordered, read};
use crate::Context;
use crate::api::Operation;
use crate::output::{Format, Json, Stream, Text};
use crate::request_files::{self, Options};

/// How wide lines are where no terminal tells.
const WIDTH: usize = 100;

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
    let format = format(arguments);
    let operation = arguments.operation.as_deref().and_then(Operation::from_name);
    let judge = Judge { format: &*format, options: Options { operation }, context, most: arguments.max_size };
    let fixed = match arguments.fixes.apply(arguments, &judge, &found.list, &aside(arguments))? {
        Next::Check(fixed) => fixed,
        Next::Done(code) => return Ok(if found.errors.is_empty() { code } else { FAILED }),
    };
    let threads = threads(&found.list);
    let jobs = Jobs::new(found.list, arguments.stdin_filename.clone(), arguments.max_size, threads);
    // Whole pieces are written, so a large buffer only saves calls.
    let out = BufWriter::with_capacity(1 << 16, io::stdout());
    let (summary, complete) = match Stream::begin(&*format, out) {
        Ok(stream) => ordered::run(jobs, &judge, threads, stream)?,
        Err(error) => return Err(error),
    };
    if summary.files == 0 && complete && found.errors.is_empty() {
        complain("error: there is nothing to check: no request file was found");
        return Ok(FAILED);
    }
    arguments.fixes.tell(&fixed, &summary);
    Ok(if !complete || fixed.failed || !found.errors.is_empty() || summary.files == 0 {
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

fn format(arguments: &CheckArguments) -> Box<dyn Format> {
    let terminal_width = || terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0));
    match arguments.format {
        ReportFormat::Json => Box::new(Json),
        ReportFormat::Text => {
            Box::new(Text::new(coloured(arguments.color), terminal_width(), arguments.verbose))
        }
    }
}

/// The format of a report that goes to standard error, because standard output is taken.
fn aside(arguments: &CheckArguments) -> Text {
    Text::new(arguments.color == Colour::Always, WIDTH, arguments.verbose)
}

/// Whether to use colours on standard output. `NO_COLOR` and its like count only where nothing was said.
fn coloured(colour: Colour) -> bool {
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
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
