//! The options of `check` that have to do with the configuration, and the command `config`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::cli::args::size;
use crate::request_files::Format;

/// How large what is read may be, which configuration is in effect, and which rules are on.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(in crate::cli) struct Choice {
    /// The largest document that is read, and the longest line of .jsonl: bytes, or 512K, 64M, 1G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size, help_heading = None)]
    pub(in crate::cli) max_size: u64,

    /// The configuration, instead of the nearest elblint.toml above each file
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(in crate::cli) config: Option<PathBuf>,

    /// Ignore every elblint.toml
    #[arg(long)]
    pub(in crate::cli) isolated: bool,

    /// Only these rules: rules, groups, or beginnings of names as in 'slow-start-*' (can be given several times)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::cli) select: Vec<String>,

    /// Not these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::cli) ignore: Vec<String>,
}

/// The options of `check` that have to do with the configuration.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(in crate::cli) struct ConfigArguments {
    #[command(flatten)]
    pub(in crate::cli) choice: Choice,

    /// Leave out files that the configuration excludes even if they are named here, as pre-commit does
    #[arg(long)]
    pub(in crate::cli) force_exclude: bool,

    /// List the files that would be checked, and check none
    #[arg(long)]
    pub(in crate::cli) show_files: bool,

    /// Write suppressions with this reason for all that is found: comments into .http and .rest files, and for other
    /// formats [[ignore]] tables to standard output
    #[arg(long, value_name = "REASON", value_parser = reason, conflicts_with_all = ["show_files", "write_baseline", "prune_baseline", "fix", "diff"])]
    pub(in crate::cli) add_ignores: Option<String>,

    /// Findings that were there before, which are not reported
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,

    /// Write what is found into the baseline [default: the one in use, else elblint-baseline.json]
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["prune_baseline", "diff"])]
    pub(in crate::cli) write_baseline: Option<Option<PathBuf>>,

    /// Take what is not found any more out of the baseline
    #[arg(long, conflicts_with = "diff")]
    pub(in crate::cli) prune_baseline: bool,
}

impl ConfigArguments {
    /// Gives the paths what only seemed to be the file of `--write-baseline`, because it came right after it.
    pub(in crate::cli) fn settle(&mut self, paths: &mut Vec<PathBuf>) {
        let is_path = |file: &Path| {
            let format = Format::of(&file.to_string_lossy());
            self.baseline.is_some() || file.is_dir() || format.is_some_and(|format| format != Format::Json)
        };
        if let Some(Some(file)) = &self.write_baseline
            && is_path(file)
        {
            paths.push(file.clone());
            self.write_baseline = Some(None);
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ConfigCommand {
    #[command(subcommand)]
    pub(in crate::cli) action: ConfigAction,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ConfigAction {
    /// Print the JSON Schema of elblint.toml
    Schema,
    /// Print the configuration that is in effect, and where it comes from
    Show {
        /// The file or directory that it is in effect for
        #[arg(value_name = "PATH", default_value = ".")]
        path: PathBuf,

        #[command(flatten)]
        choice: Choice,
    },
}

/// A reason, in one line.
fn reason(text: &str) -> Result<String, String> {
    let reason = text.trim();
    if reason.is_empty() || reason.contains(char::is_control) {
        return Err("a suppression needs a reason, in one line".to_owned());
    }
    Ok(reason.to_owned())
}
