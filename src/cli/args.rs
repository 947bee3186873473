//! What the command understands, and the help that teaches it.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use super::config::{ConfigArguments, ConfigCommand};
use super::fix::FixArguments;
use super::init::InitArguments;
use super::packaging::Shell;
use super::reports::ReportArguments;
use crate::api::Operation;
use crate::diagnostic::Severity;

const EXAMPLES: &str = "\
Examples:
  elblint check                          every request file under this directory
  elblint check requests/ UpdatePool.json
  elblint check pool.http --context pool.json
                                         with what the API's GET returned for the target
  elblint check --operation UpdateMember - < body.json
  elblint check --format json | jq '.summary'
  elblint check --format github --format sarif=report.sarif
  elblint explain slow-start-on-layer-4  what a rule demands, and why

Exit codes:
  0  nothing at or above --fail-on was found
  1  something was
  2  wrong use, input that could not be read, or nothing to check";

const CHECK_HELP: &str = "\
Request files:
  .http, .rest     requests separated by ###; @variables, < ./body.json and
                   # @context FILE are understood
  .json            a request, or a list of them:
                   {\"method\", \"url\", \"headers\"?, \"body\"?, \"context\"?};
                   or a bare body, whose operation --operation tells, or the
                   name of the file: UpdatePool.json, blue.UpdatePool.json
  .jsonl, .ndjson  a request a line

Context:
  What the API's GET returned, saved as it is: {\"pool\": {…}},
  {\"loadbalancer\": {…}}, {\"listeners\": […]}. What is not known of the
  target is no finding, but what a request requires of it is told.
  `elblint explain pool.protocol` tells of one such fact.

Exit codes:
  0  nothing at or above --fail-on was found
  1  something was, or --diff has something to show
  2  wrong use, input that could not be read, or nothing to check";

/// The name of the JSON report's schema.
pub(super) const REPORT: &str = "report";

/// Tells whether requests to the Elastic Load Balance (ELB) API v3 will be accepted, before they are sent
#[derive(Debug, Parser)]
#[command(name = "elblint", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Arguments {
    /// The arguments of the process; whatever is wrong with them ends it.
    pub(super) fn of_process() -> Self {
        Self::try_parse().unwrap_or_else(|mut error| {
            if let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand)
                && Path::new(name).exists()
            {
                let tip = format!("to check what is there, use 'elblint check {name}'");
                error.remove(ContextKind::SuggestedSubcommand);
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
            }
            error.exit()
        })
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check request files
    Check(CheckArguments),
    /// Write an elblint.toml for what is here
    Init(InitArguments),
    /// Show the configuration, or its JSON Schema
    Config(ConfigCommand),
    /// List the rules
    Rules(RulesArguments),
    /// Explain a rule, an operation, a field or a fact of the target
    Explain(ExplainArguments),
    /// List the operations whose requests are judged
    Operations(OperationsArguments),
    /// Print the JSON Schema of an operation's body, or of the JSON report
    Schema(SchemaArguments),
    /// Print a completion script
    Completions {
        /// The shell that will read it
        shell: Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man {
        /// A directory to write the pages of all subcommands to
        #[arg(value_name = "DIRECTORY")]
        folder: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
#[command(after_help = CHECK_HELP)]
pub(super) struct CheckArguments {
    /// Files and directories [default: the current directory]; - is standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// The operation that bare bodies are for
    #[arg(long, value_name = "OPERATION", value_parser = operations(), ignore_case = true)]
    pub(super) operation: Option<String>,

    /// What is known of the target: a saved response of the API's GET (can be given several times)
    #[arg(long, value_name = "FILE")]
    pub(super) context: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) reports: ReportArguments,

    /// What standard input would be called as a file; its ending tells the format
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,

    /// The least severity that makes the exit code 1
    /// [default: error, or what the configuration says]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(super) fail_on: Option<FailOn>,

    /// Also tell what every request of an operation requires, and which values are not there yet
    #[arg(long, short)]
    pub(super) verbose: bool,

    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub(super) color: Colour,

    // Last, since each heading is that of all that follows.
    #[command(flatten)]
    pub(super) config: ConfigArguments,

    #[command(flatten)]
    pub(super) fixes: FixArguments,
}

/// The least severity that makes the exit code 1
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
}

impl FailOn {
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(super) struct RulesArguments {
    /// How to list them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(super) format: ListFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct OperationsArguments {
    /// How to list them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(super) format: ListFormat,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// Its name: slow-start-on-layer-4, UpdatePool, pool.slow_start.duration, loadbalancer.type
    #[arg(value_name = "RULE|OPERATION|FIELD|FACT")]
    pub(super) name: String,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// The operation, or `report`
    #[arg(value_name = "OPERATION|report", value_parser = schemas(), ignore_case = true)]
    pub(super) name: String,
}

fn operations() -> PossibleValuesParser {
    Operation::ALL.iter().map(|operation| operation.name()).into()
}

/// What there are JSON Schemas of.
fn schemas() -> PossibleValuesParser {
    Operation::ALL.iter().map(|operation| operation.name()).chain([REPORT]).collect::<Vec<_>>().into()
}

/// A number of bytes: `65536`, `64K`, `64M`, `64MiB`.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let number = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = text.get(number.len()..).unwrap_or_default().trim();
    let factor = match unit.to_ascii_lowercase().trim_end_matches('b').trim_end_matches('i') {
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        _ => return Err(format!("`{unit}` is none of K, M, G")),
    };
    let count: u64 =
        number.parse().map_err(|_| "a size is a number, such as 65536, 512K or 64M".to_owned())?;
    count.checked_mul(factor).filter(|size| *size > 0).ok_or_else(|| "out of range".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(size("65536"), Ok(65536));
        assert_eq!((size("1K"), size("64m"), size("2GiB")), (Ok(1 << 10), Ok(64 << 20), Ok(2 << 30)));
        for wrong in ["", "M", "0", "-1", "1T", "1.5M", "99999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_arguments_are_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
