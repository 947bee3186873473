//! The options that tell which reports are wanted, and where.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, Command, ValueEnum};

/// What to report, and where to.
#[derive(Debug, Args)]
pub(in crate::cli) struct ReportArguments {
    /// How to report: NAME to standard output, NAME=FILE to a file (can be given several times)
    #[arg(long, value_name = "NAME[=FILE]", value_parser = WantedParser, default_value = "text")]
    pub(in crate::cli) format: Vec<Wanted>,

    /// Tell at the end how often each rule has found something (text, concise, json and markdown)
    #[arg(long)]
    pub(in crate::cli) statistics: bool,

    /// Only the diagnostics: no notes, no summary, no progress bar
    #[arg(long, short, conflicts_with = "verbose")]
    pub(in crate::cli) quiet: bool,
}

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    /// For people, with the source
    Text,
    /// For people and editors: a line a diagnostic
    Concise,
    /// For programs: one JSON object, whose JSON Schema `elblint schema report` prints
    Json,
    /// For programs: a JSON object a request, a line each
    Jsonl,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations, and a summary of the step
    Github,
    /// For GitLab: Code Quality
    Gitlab,
    /// For test reports: JUnit XML
    Junit,
    /// For reviewdog
    Rdjson,
    /// For comments and summaries: a table a file
    Markdown,
}

impl ReportFormat {
    pub(super) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// A report that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Wanted {
    pub(super) format: ReportFormat,
    /// The file that it goes to; none is standard output.
    pub(super) file: Option<PathBuf>,
}

/// Reads `NAME` and `NAME=FILE`.
#[derive(Clone)]
struct WantedParser;

impl TypedValueParser for WantedParser {
    type Value = Wanted;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        let Some(text) = value.to_str() else {
            return Err(clap::Error::new(ErrorKind::InvalidUtf8).with_cmd(command));
        };
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        let format = EnumValueParser::<ReportFormat>::new().parse_ref(command, argument, OsStr::new(name))?;
        if file == Some("") {
            let message = format!("`--format {text}` names no file\n");
            return Err(clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command));
        }
        Ok(Wanted { format, file: file.filter(|file| *file != "-").map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ReportFormat::value_variants().iter().filter_map(ReportFormat::to_possible_value)))
    }
}
