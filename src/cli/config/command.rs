//! `elblint config`: the JSON Schema of `elblint.toml`, and what is in effect.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use schemars::generate::SchemaSettings;

use super::args::{Choice, ConfigAction, ConfigCommand};
use super::build::Configuration;
use super::command_line::CommandLine;
use super::settings::Settings;
use super::text::Text;
use crate::cli::{FAILED, complain, print};
use crate::rules::RULES;

/// Prints what was asked for.
pub(in crate::cli) fn run(command: &ConfigCommand) -> io::Result<u8> {
    match &command.action {
        ConfigAction::Schema => print(|out| {
            let settings = SchemaSettings::draft07();
            let schema = settings.into_generator().into_root_schema_for::<Text>();
            serde_json::to_writer_pretty(&mut *out, &schema)?;
            out.write_all(b"\n")
        }),
        ConfigAction::Show { path, choice } => match show(path, choice) {
            Ok(shown) => print(|out| out.write_all(shown.as_bytes())),
            Err(errors) => {
                errors.iter().for_each(|error| complain(&format!("error: {error}")));
                Ok(FAILED)
            }
        },
    }
}

fn show(path: &Path, choice: &Choice) -> Result<String, Vec<String>> {
    let line =
        CommandLine::new(choice, None, crate::Context::default(), None).map_err(|error| vec![error])?;
    let settings = Settings::new(choice, line).map_err(|error| vec![error])?;
    // A folder stands for whatever lies in it.
    let file = if path.is_dir() { path.join("*") } else { path.to_owned() };
    settings.finder.of_folder(file.parent().unwrap_or(Path::new("")));
    let errors = settings.finder.errors();
    if !errors.is_empty() {
        return Err(errors);
    }
    let found = settings.finder.of_file(&file);
    let configuration = found.as_ref().map(|(configuration, _)| &**configuration);
    let mut shown = match configuration {
        Some(configuration) => format!("# From {}.\n", configuration.source.path.display()),
        None => "# No elblint.toml is in effect; these are the defaults.\n".to_owned(),
    };
    let levels = match &found {
        Some((configuration, path)) => {
            configuration.of(path, &settings.line, settings.today).policy.levels.clone()
        }
        None => settings.plain_levels().clone(),
    };
    let text = configuration.map(written).transpose().map_err(|error| vec![error])?.unwrap_or_default();
    for (key, default) in [("include", "all request files"), ("exclude", "[]"), ("fail-on", "\"error\"")] {
        match text.get(key) {
            Some(value) => writeln!(shown, "{key} = {value}"),
            None if default.starts_with(['[', '"']) => writeln!(shown, "{key} = {default} # by default"),
            None => writeln!(shown, "# {key}: {default}, by default"),
        }
        .unwrap_or_default();
    }
    // Tables come after all that is none, and the rules have been chosen already.
    let chosen = ["include", "exclude", "fail-on", "select", "ignore", "severity"];
    let rest = text.iter().filter(|(key, _)| !chosen.contains(&key.as_str()));
    let mut rest: toml::Table = rest.map(|(key, value)| (key.clone(), value.clone())).collect();
    let suppressions = text.get("ignore").and_then(toml::Value::as_array).into_iter().flatten();
    let suppressions: Vec<_> = suppressions.filter(|entry| entry.is_table()).cloned().collect();
    if !suppressions.is_empty() {
        rest.insert("ignore".to_owned(), toml::Value::Array(suppressions));
    }
    shown += &toml::to_string(&rest).map_err(|error| vec![error.to_string()])?;
    shown += "\n# Every rule, as all that was said about rules leaves it.\n[severity]\n";
    for rule in RULES.iter() {
        let level = levels.of(rule).map_or("off", |severity| severity.name());
        let usual = if levels.of(rule) == Some(rule.severity) { "" } else { " # not its default" };
        writeln!(shown, "{} = \"{level}\"{usual}", rule.name).unwrap_or_default();
    }
    Ok(shown)
}

/// A configuration as a table.
fn written(configuration: &Configuration) -> Result<toml::Table, String> {
    toml::Table::try_from(&configuration.text).map_err(|error| error.to_string())
}
