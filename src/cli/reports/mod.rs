//! The reports of a run: which are wanted, and each to where it goes.
//!
//! One that cannot be written does not keep the others from being whole.

mod arguments;
mod sink;

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};

pub(super) use arguments::ReportArguments;
use arguments::{ReportFormat, Wanted};
use sink::Sink;

use super::args::{CheckArguments, Colour};
use super::progress::Progress;
use super::{closed_is_fine, complain};
use crate::output::{
    Concise, Format, GitHub, GitLab, JUnit, Json, JsonLines, Markdown, Piece, RdJson, Root, Sarif, Stream,
    Summary, Text, Told, Total, Width,
};

/// How wide lines are where no terminal tells.
const WIDTH: usize = 100;

/// Where a report is to go.
enum Destination {
    Output,
    File(PathBuf),
    StepSummary(PathBuf),
}

/// The formats of a run, and where each goes.
pub(super) struct Formats {
    formats: Vec<Box<dyn Format>>,
    destinations: Vec<Destination>,
}

impl Formats {
    /// Those that the arguments ask for.
    pub(super) fn new(arguments: &CheckArguments) -> Result<Self, String> {
        let wanted = &arguments.reports.format;
        consistent(wanted)?;
        let mut formats = Self { formats: Vec::new(), destinations: Vec::new() };
        for Wanted { format, file } in wanted {
            formats.formats.push(make(*format, file.is_none(), arguments));
            formats.destinations.push(file.clone().map_or(Destination::Output, Destination::File));
        }
        let github = wanted.iter().any(|wanted| wanted.format == ReportFormat::Github);
        if let Some(path) = variable("GITHUB_STEP_SUMMARY").filter(|_| github) {
            formats.formats.push(make(ReportFormat::Markdown, false, arguments));
            formats.destinations.push(Destination::StepSummary(path.into()));
        }
        Ok(formats)
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Box<dyn Format>] {
        &self.formats
    }

    /// The files that reports go to.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.destinations.iter().filter_map(|to| match to {
            Destination::File(path) => Some(path.as_path()),
            Destination::Output | Destination::StepSummary(_) => None,
        })
    }

    /// Begins the reports.
    pub(super) fn begin(&self, progress: &Progress) -> Reports<'_> {
        let wanted = self.formats.iter().zip(&self.destinations);
        Reports(wanted.map(|(format, to)| Open::begin(&**format, to, progress)).collect())
    }
}

/// Refuses reports that would get into each other's way.
fn consistent(wanted: &[Wanted]) -> Result<(), String> {
    let mut to_output = wanted.iter().filter(|wanted| wanted.file.is_none());
    if let (Some(first), Some(second)) = (to_output.next(), to_output.next()) {
        return Err(format!(
            "only one report can go to standard output, but `{}` and `{}` are to; give one of them a file: --format {1}=FILE",
            first.format.name(),
            second.format.name(),
        ));
    }
    for (index, one) in wanted.iter().enumerate() {
        let Some(file) = &one.file else { continue };
        let earlier = wanted.iter().take(index).find(|other| other.file.as_ref() == Some(file));
        // A device takes any number of them.
        if earlier.is_some() && !file.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            return Err(format!("two reports are to go to {}", file.display()));
        }
    }
    Ok(())
}

fn make(format: ReportFormat, to_output: bool, arguments: &CheckArguments) -> Box<dyn Format> {
    let ReportArguments { statistics, quiet, .. } = arguments.reports;
    let colour = coloured(arguments.color, to_output);
    match format {
        ReportFormat::Text => {
            let terminal = terminal_size::terminal_size_of(io::stdout()).filter(|_| to_output);
            let width = terminal.map_or(Width::Stream(WIDTH), |(width, _)| Width::Terminal(width.0.into()));
            Box::new(Text::new(colour, width, Told { verbose: arguments.verbose, quiet, statistics }))
        }
        ReportFormat::Concise => Box::new(Concise { colour, statistics }),
        ReportFormat::Json => Box::new(Json { statistics }),
        ReportFormat::Jsonl => Box::new(JsonLines),
        ReportFormat::Sarif => Box::new(Sarif::new(root())),
        ReportFormat::Github => Box::new(GitHub { root: root() }),
        ReportFormat::Gitlab => Box::new(GitLab { root: root() }),
        ReportFormat::Junit => Box::new(JUnit { root: root() }),
        ReportFormat::Rdjson => Box::new(RdJson { root: root() }),
        ReportFormat::Markdown => Box::new(Markdown { root: root(), statistics }),
    }
}

/// The format of a report that goes to standard error, because standard output is taken.
pub(super) fn aside(arguments: &CheckArguments) -> Box<dyn Format> {
    let ReportArguments { statistics, quiet, .. } = arguments.reports;
    let told = Told { verbose: arguments.verbose, quiet, statistics };
    Box::new(Text::new(arguments.color == Colour::Always, Width::Stream(WIDTH), told))
}

/// Whether to use colours. `NO_COLOR` and its like count only where nothing was said; a file gets none then.
fn coloured(colour: Colour, to_output: bool) -> bool {
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => to_output && AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

/// The folder that other tools look files up from: the repository's, where a pipeline tells, else that of the run.
fn root() -> Root {
    let Ok(here) = env::current_dir().and_then(fs::canonicalize) else { return Root::default() };
    let pipeline = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].into_iter().filter_map(variable);
    let root = pipeline
        .filter_map(|folder| fs::canonicalize(folder).ok())
        .find(|folder| here.starts_with(folder))
        .unwrap_or_else(|| here.clone());
    // What Windows puts before a canonical path is no part of it.
    let plain = |path: &Path| path.to_string_lossy().trim_start_matches(r"\\?\").to_owned();
    Root::new(&plain(&here), &plain(&root))
}

/// A variable of the environment that is set to something.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The reports while they are written.
pub(super) struct Reports<'f>(Vec<Open<'f>>);

struct Open<'f> {
    name: String,
    stream: io::Result<Stream<'f, Sink>>,
}

impl<'f> Open<'f> {
    fn begin(format: &'f dyn Format, destination: &Destination, progress: &Progress) -> Self {
        let (name, sink) = match destination {
            Destination::Output => ("the output".to_owned(), Ok(Sink::output(progress))),
            Destination::File(path) => (path.display().to_string(), Sink::file(path)),
            Destination::StepSummary(path) => (path.display().to_string(), Ok(Sink::summary(path.clone()))),
        };
        let stream = sink.and_then(|sink| {
            let mut stream = Stream::new(format, sink);
            stream.begin().map(|()| stream)
        });
        Self { name, stream }
    }
}

impl<'f> Reports<'f> {
    /// Begins a file.
    pub(super) fn open_file(&mut self, path: &str) {
        self.each(|_, stream| stream.open_file(path));
    }

    /// Adds rendered requests to the file.
    pub(super) fn piece(&mut self, path: &str, piece: &Piece, summary: &Summary) {
        self.each(|number, stream| stream.piece(path, piece.rendered(number), summary));
    }

    /// Ends a file.
    pub(super) fn close_file(&mut self, path: &str) {
        self.each(|_, stream| stream.close_file(path));
    }

    /// Writes out what is buffered, so that messages on another stream come after it.
    pub(super) fn flush(&mut self) {
        self.each(|_, stream| match stream.out() {
            Sink::Output(output) => output.flush(),
            _ => Ok(()),
        });
    }

    /// Whether there is still something to write to.
    pub(super) fn wanted(&self) -> bool {
        self.0.iter().any(|open| open.stream.is_ok())
    }

    /// Ends the reports. False if one could not be written, which is told.
    pub(super) fn end(mut self, total: &Total) -> bool {
        self.each(|_, stream| {
            stream.out().ends();
            stream.end(total)
        });
        let mut whole = true;
        for Open { name, stream } in self.0 {
            let closed = stream.and_then(|stream| stream.into_out().close());
            if let Err(error) = closed_is_fine(closed) {
                complain(&format!("error: cannot write {name}: {error}"));
                whole = false;
            }
        }
        whole
    }

    fn each(&mut self, mut write: impl FnMut(usize, &mut Stream<'f, Sink>) -> io::Result<()>) {
        for (number, open) in self.0.iter_mut().enumerate() {
            if let Ok(stream) = &mut open.stream
                && let Err(error) = write(number, stream)
            {
                open.stream = Err(error);
            }
        }
    }
}
