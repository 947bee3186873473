//! From what an `elblint.toml` says to what holds for each file under it.
//!
//! Whatever is wrong is told here, with its place, before any file is judged.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::command_line::{CommandLine, help};
use super::error::ConfigError;
use super::globs::{Entries, Globs};
use super::source::Source;
use super::text::{At, ContextText, IgnoreText, Level, PerFileText, SuppressionText, Text};
use crate::api::Operation;
use crate::cli::lock;
use crate::diagnostic::Severity;
use crate::json::{LineIndex, near};
use crate::policy::{Date, ExtraValues, Ignore, Ignores, Levels, Policy, Selector, UnknownRule};
use crate::request_files::Options;
use crate::{Context, schema};

/// What is in effect for some file.
#[derive(Debug, Default)]
pub(in crate::cli) struct Effective {
    pub(in crate::cli) options: Options,
    pub(in crate::cli) context: Context,
    pub(in crate::cli) policy: Policy,
    pub(in crate::cli) fail_on: Option<Severity>,
}

/// A configuration that has been read.
#[derive(Debug, Default)]
pub(in crate::cli) struct Configuration {
    pub(super) source: Source,
    pub(super) text: Text,
    /// Its folder, which globs and paths are relative to.
    pub(super) folder: PathBuf,
    include: Option<Globs>,
    exclude: Option<Globs>,
    levels: Levels,
    fail_on: Option<Severity>,
    extra_values: ExtraValues,
    context: Context,
    pub(super) ignores: Vec<ConfiguredIgnore>,
    /// The files that each of them is about.
    files_of_ignores: Entries,
    /// Those about all files.
    shared: Arc<Ignores>,
    per_file: Vec<PerFile>,
    files_of_per_file: Entries,
    pub(super) baseline: Option<PathBuf>,
    /// What is in effect, by which of the entries are about a file.
    known: Mutex<HashMap<About, Arc<Effective>>>,
}

/// Which of the entries are about a file.
#[derive(Debug, PartialEq, Eq, Hash)]
struct About {
    per_file: Vec<usize>,
    ignores: Vec<usize>,
}

/// A suppression, and where it is written.
#[derive(Debug)]
pub(super) struct ConfiguredIgnore {
    pub(super) ignore: Arc<Ignore>,
    pub(super) range: std::ops::Range<usize>,
}

#[derive(Debug)]
struct PerFile {
    levels: Vec<(Selector, Option<Severity>)>,
    context: Option<Context>,
    operation: Option<Operation>,
}

impl Configuration {
    /// Reads a configuration.
    pub(super) fn read(path: &Path, here: &Path, most: u64) -> Result<Self, String> {
        let source = Source::read(path, here, most)?;
        let told = |error: ConfigError| source.error(error.range, &error.message, error.help.as_deref());
        let text: Text =
            toml::from_str(&source.text).map_err(|error| told(ConfigError::of(&error, &source.text)))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let mut configuration = Self::build(&source, &text, most).map_err(told)?;
        configuration.baseline = text.baseline.as_ref().map(|path| folder.join(&**path));
        (configuration.source, configuration.text, configuration.folder) = (source, text, folder);
        Ok(configuration)
    }

    fn build(source: &Source, text: &Text, most: u64) -> Result<Self, ConfigError> {
        // Messages show paths as they are named here.
        let folder = Path::new(&source.name).parent().unwrap_or(Path::new(""));
        let mut levels = Levels::default();
        levels.set(&severities(&text.severity)?);
        let mut ignore = Vec::new();
        let mut ignores = Vec::new();
        let mut files_of_ignores = Vec::new();
        let lines = LineIndex::new(&source.text);
        for entry in &text.ignore {
            match &**entry {
                IgnoreText::Rule(rule) => ignore.push(selector(rule, entry)?),
                IgnoreText::Suppression(written) => {
                    let place = format!("{}:{}", source.name, lines.position(entry.span().start).line);
                    ignores.push(suppression(written, entry.span(), place)?);
                    files_of_ignores.push(written.path.as_ref());
                }
            }
        }
        let files_of_ignores = Entries::new(files_of_ignores)?;
        let select = text.select.as_deref().map(selectors).transpose()?;
        levels.restrict(select.as_deref(), &ignore);
        let globs = |globs: &Option<Vec<At<String>>>| globs.as_ref().map(Globs::new).transpose();
        Ok(Self {
            include: globs(&text.include)?,
            exclude: globs(&text.exclude)?,
            levels,
            fail_on: text.fail_on.as_ref().map(|fail_on| fail_on.severity()),
            extra_values: extra_values(&text.extra_values)?,
            context: text
                .context
                .as_ref()
                .map(|own| context(own, folder, most))
                .transpose()?
                .unwrap_or_default(),
            shared: Arc::new(chosen(&ignores, files_of_ignores.unbound())),
            ignores,
            files_of_ignores,
            per_file: text
                .per_file
                .iter()
                .map(|own| per_file(own, folder, most))
                .collect::<Result<_, _>>()?,
            files_of_per_file: Entries::new(text.per_file.iter().map(|own| Some(&own.files)))?,
            ..Self::default()
        })
    }

    /// Whether a file that was found is to be checked.
    pub(super) fn includes(&self, path: &str) -> Option<bool> {
        self.include.as_ref().map(|include| include.matches(path))
    }

    /// Whether a file or folder is left out.
    pub(super) fn excludes(&self, path: &str) -> bool {
        self.exclude.as_ref().is_some_and(|exclude| exclude.matches(path))
    }

    /// What is in effect for a file, by its path from the folder of the configuration.
    pub(super) fn of(&self, path: &str, line: &CommandLine, today: Date) -> Arc<Effective> {
        let about = About {
            per_file: self.files_of_per_file.matching(path),
            ignores: self.files_of_ignores.matching(path),
        };
        let mut known = lock(&self.known);
        if let Some(effective) = known.get(&about) {
            return Arc::clone(effective);
        }
        let effective = Arc::new(self.effective(&about, line, today));
        known.insert(about, Arc::clone(&effective));
        effective
    }

    fn effective(&self, about: &About, line: &CommandLine, today: Date) -> Effective {
        let mut levels = self.levels.clone();
        let mut context = self.context.clone();
        let mut operation = None;
        for entry in about.per_file.iter().filter_map(|number| self.per_file.get(*number)) {
            levels.set(&entry.levels);
            entry.context.iter().for_each(|own| context.merge(own.clone()));
            operation = entry.operation.or(operation);
        }
        // The command line goes before all that a configuration says, of these files or of any.
        line.choose(&mut levels);
        context.merge(line.context.clone());
        levels.waived().for_each(|rule| context.waive(rule));
        let mut ignores = Vec::new();
        if !self.files_of_ignores.unbound().is_empty() {
            ignores.push(Arc::clone(&self.shared));
        }
        if !about.ignores.is_empty() {
            ignores.push(Arc::new(chosen(&self.ignores, &about.ignores)));
        }
        Effective {
            options: Options { operation: line.operation.or(operation) },
            context,
            policy: Policy { levels, extra_values: self.extra_values.clone(), ignores, today },
            fail_on: line.fail_on.or(self.fail_on),
        }
    }
}

/// The suppressions of these numbers.
fn chosen(all: &[ConfiguredIgnore], numbers: &[usize]) -> Ignores {
    let chosen = numbers.iter().filter_map(|number| all.get(*number));
    chosen.map(|own| Arc::clone(&own.ignore)).collect()
}

fn selector<T>(name: &str, at: &At<T>) -> Result<Selector, ConfigError> {
    Selector::parse(name).map_err(|unknown| unknown_rule(&unknown, at))
}

fn unknown_rule<T>(unknown: &UnknownRule, at: &At<T>) -> ConfigError {
    ConfigError::new(at, unknown.to_string()).help(Some(help(unknown)))
}

fn selectors(names: &[At<String>]) -> Result<Vec<Selector>, ConfigError> {
    names.iter().map(|name| selector(name, name)).collect()
}

fn severities(
    written: &BTreeMap<At<String>, At<Level>>,
) -> Result<Vec<(Selector, Option<Severity>)>, ConfigError> {
    let level = |level: &Level| match level {
        Level::Error => Some(Severity::Error),
        Level::Warning => Some(Severity::Warning),
        Level::Info => Some(Severity::Info),
        Level::Off => None,
    };
    written.iter().map(|(name, own)| Ok((selector(name, name)?, level(own)))).collect()
}

fn suppression(
    written: &SuppressionText,
    range: std::ops::Range<usize>,
    place: String,
) -> Result<ConfiguredIgnore, ConfigError> {
    if written.reason.trim().is_empty() {
        return Err(ConfigError::new(&written.reason, "a suppression needs a reason"));
    }
    if written.rule.iter().next().is_none() {
        return Err(ConfigError { range, message: "this suppression names no rule".to_owned(), help: None });
    }
    if let Some(pointer) = &written.pointer
        && !pointer.is_empty()
        && !pointer.starts_with('/')
    {
        let help = format!("write `/{}`", pointer.replace('.', "/"));
        let message = format!("`{}` is no JSON Pointer", &**pointer);
        return Err(ConfigError::new(pointer, message).help(Some(help)));
    }
    Ok(ConfiguredIgnore {
        ignore: Arc::new(Ignore {
            rules: written.rule.iter().map(|name| selector(name, name)).collect::<Result<_, _>>()?,
            pointer: written.pointer.as_ref().map(|pointer| pointer.to_string()),
            until: written.until.map(|until| until.0),
            place,
            ..Ignore::default()
        }),
        range,
    })
}

fn per_file(written: &PerFileText, folder: &Path, most: u64) -> Result<PerFile, ConfigError> {
    let ignore = selectors(&written.ignore)?.into_iter().map(|selector| (selector, None));
    let operation = written.operation.as_ref().map(|name| {
        Operation::from_name(name).ok_or_else(|| {
            let near = near(name, Operation::ALL.iter().map(|operation| operation.name()));
            ConfigError::new(name, format!("there is no operation `{}`", &**name))
                .help(near.map(|near| format!("did you mean `{near}`?")))
        })
    });
    Ok(PerFile {
        levels: severities(&written.severity)?.into_iter().chain(ignore).collect(),
        context: written.context.as_ref().map(|own| context(own, folder, most)).transpose()?,
        operation: operation.transpose()?,
    })
}

fn extra_values(written: &BTreeMap<At<String>, Vec<String>>) -> Result<ExtraValues, ConfigError> {
    let mut extra = ExtraValues::default();
    if written.is_empty() {
        return Ok(extra);
    }
    let known = closed_lists();
    for (field, values) in written {
        extra.add(field, values.clone(), &known).map_err(|unknown| {
            let help = match &unknown.near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("those with one are {}", unknown.known.join(", ")),
            };
            ConfigError::new(field, unknown.to_string()).help(Some(help))
        })?;
    }
    Ok(extra)
}

/// The fields that have a closed list of values.
fn closed_lists() -> Vec<String> {
    let mut names = Vec::new();
    for operation in Operation::ALL {
        for (pointer, field) in schema::fields(*operation) {
            if field.get("enum").is_some() {
                let steps = pointer.split('/').filter(|step| !step.is_empty() && *step != "*");
                names.push(steps.collect::<Vec<_>>().join("."));
            }
        }
    }
    names
}

fn context(written: &At<ContextText>, folder: &Path, most: u64) -> Result<Context, ConfigError> {
    let files = match &**written {
        ContextText::Inline(objects) => {
            let text = serde_json::to_string(objects).unwrap_or_default();
            return Context::from_json(&text).map_err(|error| {
                // Its line and column are those of a text that nobody has seen.
                ConfigError::new(written, format!("this is no context: {error}"))
            });
        }
        ContextText::File(file) => std::slice::from_ref(file),
        ContextText::Files(files) => files,
    };
    let mut merged = Context::default();
    for file in files {
        let own = crate::cli::check::one_context(&folder.join(file), most);
        merged.merge(own.map_err(|error| ConfigError::new(written, error))?);
    }
    Ok(merged)
}
