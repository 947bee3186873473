//! `elblint init`: an `elblint.toml` with comments, for what a directory holds.
//!
//! Only what would be lost without it is in effect: the operations of bare bodies whose names do not tell them. All
//! else is there to be looked at and taken out of its comment.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::config::{Choice, CommandLine, NAME, Settings};
use super::{CLEAN, FAILED, complain, inputs, read, write};
use crate::Context;
use crate::api::Operation;
use crate::api::values::UpgradeAction;
use crate::output::plural;
use crate::request_files::{Format, Options};

/// The largest file that is looked into.
const MOST: u64 = 1 << 20;

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// The directory
    #[arg(value_name = "DIRECTORY", default_value = ".")]
    directory: PathBuf,

    /// Overwrite an elblint.toml that is there
    #[arg(long)]
    force: bool,
}

/// What a directory holds.
#[derive(Debug, Default)]
struct Holdings {
    requests: usize,
    bodies: Vec<(String, Operation)>,
    responses: Vec<String>,
}

/// Writes the configuration.
pub(super) fn run(arguments: &InitArguments) -> io::Result<u8> {
    match init(arguments) {
        Ok(said) => {
            complain(&said);
            Ok(CLEAN)
        }
        Err(error) => {
            complain(&format!("error: {error}"));
            Ok(FAILED)
        }
    }
}

fn init(arguments: &InitArguments) -> Result<String, String> {
    let path = arguments.directory.join(NAME);
    let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
    if path.exists() && !arguments.force {
        return Err(format!("{shown} is there already; --force overwrites it"));
    }
    let holdings = look(&arguments.directory)?;
    write::atomically(&path, &shown, configuration(&holdings).as_bytes())?;
    let Holdings { requests, bodies, responses } = &holdings;
    let counts =
        [(*requests, "request file"), (bodies.len(), "bare body file"), (responses.len(), "saved response")];
    let found: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| plural(count, what)).collect();
    let found = if found.is_empty() { "no request file".to_owned() } else { found.join(", ") };
    Ok(format!("{shown} is written, for what is here: {found}"))
}

fn look(directory: &Path) -> Result<Holdings, String> {
    let isolated = Choice { isolated: true, max_size: MOST, config: None, select: vec![], ignore: vec![] };
    let settings = Settings::new(&isolated, CommandLine::default())?;
    let found = inputs::find(&[directory.to_owned()], None, settings.finder(), false);
    if let Some(error) = found.errors.first() {
        return Err(error.clone());
    }
    let mut holdings = Holdings::default();
    for path in found.list.iter().map(|input| &input.path) {
        let name = path.to_string_lossy();
        if Format::of(&name) != Some(Format::Json) || Options::default().for_file(&name).operation.is_some() {
            holdings.requests += 1;
            continue;
        }
        let text = read::text(path, &name, MOST).unwrap_or_default();
        let Ok(Value::Object(members)) = serde_json::from_str(&text) else { continue };
        let relative = path.strip_prefix(directory).unwrap_or(path).to_string_lossy().replace('\\', "/");
        if members.contains_key("method") && members.contains_key("url") {
            holdings.requests += 1;
        } else if is_response(&members) && Context::from_json(&text).is_ok() {
            holdings.responses.push(relative);
        } else if let Some(operation) = operation_of(&members) {
            holdings.bodies.push((relative, operation));
        }
    }
    Ok(holdings)
}

/// Whether an object is what the API's GET returns: resources with an id, or sets that no request has.
fn is_response(members: &Map<String, Value>) -> bool {
    let has_id = |value: &Value| value.get("id").is_some();
    let resource = |name: &str| members.get(name).is_some_and(has_id);
    let resources = |name: &str| {
        members.get(name).and_then(Value::as_array).and_then(|list| list.first()).is_some_and(has_id)
    };
    ["pool", "loadbalancer", "member"].into_iter().any(resource)
        || ["members", "listeners", "flavors", "subnets"].into_iter().any(resources)
        || members.contains_key("availability_zones")
}

/// The operation that a bare body is surely for.
fn operation_of(members: &Map<String, Value>) -> Option<Operation> {
    let only = (members.len() == 1).then(|| members.keys().next()).flatten();
    match only.map(String::as_str) {
        Some("pool") => Some(Operation::UpdatePool),
        Some("member") => Some(Operation::UpdateMember),
        Some("members") => Some(Operation::BatchCreateMembers),
        _ => {
            let upgrade =
                members.get("action").is_some_and(|action| UpgradeAction::deserialize(action).is_ok());
            upgrade.then_some(Operation::UpgradeLoadBalancer)
        }
    }
}

fn configuration(holdings: &Holdings) -> String {
    let mut text = String::from(
        "# elblint judges requests to the ELB API v3 before they are sent: `elblint check`.\n\
         # `elblint config schema` describes every key of this file, `elblint rules` lists the rules.\n\
         # Globs and paths are relative to this file; a glob without a slash matches names anywhere.\n\n\
         # Only these files are checked, of those found in directories.\n\
         # include = [\"requests/**\"]\n\n\
         # These files and folders are not.\n\
         # exclude = [\"node_modules\", \"/fixtures\"]\n\n\
         # Rules, groups (documented, suspicious, security) or beginnings of names (\"slow-start-*\").\n\
         # select = [\"all\"]\n\
         # ignore = [\"suspicious\"]\n\n\
         # The least severity that makes the exit code 1: error, warning or info.\n\
         # fail-on = \"warning\"\n\n\
         # What was found before is not reported. `elblint check --write-baseline` writes it.\n\
         # baseline = \"elblint-baseline.json\"\n\n",
    );
    let context = match holdings.responses.as_slice() {
        [] => "# What is known of the target of every request: responses of the API's GET, as they are.\n\
               # context = [\"context/pool.json\"]\n"
            .to_owned(),
        responses => {
            let list: Vec<_> = responses
                .iter()
                .map(|path| format!("\n#   {},", toml::Value::String(path.clone())))
                .collect();
            format!(
                "# What is known of the target of every request. These are responses of the API's GET; keep\n\
                 # those of the target, or give each its requests in a [[per-file]] below.\n\
                 # context = [{}\n# ]\n",
                list.concat()
            )
        }
    };
    text += &context;
    text += "\n# How grave a rule is: error, warning, info or off.\n# [severity]\n# odd-project-id = \"off\"\n\n\
             # Values that the service takes, though its document does not name them yet.\n# [extra-values]\n\
             # \"pool.lb_algorithm\" = [\"NEW_ALGORITHM\"]\n\n\
             # What holds for some files only.\n# [[per-file]]\n# files = [\"staging/**\"]\n\
             # ignore = [\"without-token\"]\n# context = \"context/staging-pool.json\"\n\n\
             # What is known and accepted, with the reason, and perhaps a last day.\n# [[ignore]]\n\
             # path = \"legacy/*.json\"\n# pointer = \"/pool/slow_start\"\n# rule = \"range\"\n\
             # reason = \"confirmed by support\"\n# until = 2027-06-30\n";
    for operation in Operation::ALL {
        let files = holdings.bodies.iter().filter(|(_, own)| own == operation).map(|(path, _)| path);
        let files: Vec<_> = files.map(|path| format!("\n  {},", quoted(path))).collect();
        if !files.is_empty() {
            let name = operation.name();
            let _ = write!(
                text,
                "\n# Bodies without a request around them, whose names do not tell the operation.\n\
                 [[per-file]]\nfiles = [{}\n]\noperation = \"{name}\"\n",
                files.concat()
            );
        }
    }
    text
}

/// A path as a glob that matches nothing else, in quotes.
fn quoted(path: &str) -> String {
    toml::Value::String(format!("/{}", globset::escape(path))).to_string()
}
