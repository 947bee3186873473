//! `--add-ignores`: suppressions for all that is found, so that a repository can adopt elblint today.
//!
//! A comment goes right before its request, where every program that reads such files takes it for one, and a file is
//! written only if checking it again finds nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde::Serialize;

use super::args::CheckArguments;
use super::config::Settings;
use super::input::Input;
use super::inputs::Inputs;
use super::{CLEAN, FAILED, complain, judge, print, read, rewrite};
use crate::diagnostic::{Diagnostic, Report};
use crate::output::{Source, plural};
use crate::request_files::Format;
use crate::rules::{self, Group};

/// Rules, by the line of the request that they are broken in.
type ByRequest = BTreeMap<usize, BTreeSet<&'static str>>;

/// An `[[ignore]]` of a configuration.
#[derive(Serialize)]
struct Table<'a> {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    rule: Vec<&'static str>,
    reason: &'a str,
}

/// Adds suppressions to all files.
pub(super) fn add(
    found: &Inputs,
    settings: &Settings,
    reason: &str,
    arguments: &CheckArguments,
) -> io::Result<u8> {
    let adder = Adder { settings, reason, most: arguments.config.choice.max_size };
    let (mut comments, mut files, mut failed) = (0, 0, !found.errors.is_empty());
    let mut tables = String::new();
    for input in &found.list {
        match adder.file(input, &mut tables) {
            Ok(0) => {}
            Ok(added) => (comments, files) = (comments + added, files + 1),
            Err(error) => {
                failed = true;
                complain(&format!("error: {error}"));
            }
        }
    }
    print(|out| out.write_all(tables.as_bytes()))?;
    if !tables.is_empty() {
        complain("these formats have no comments: put what is printed into elblint.toml");
    }
    if comments > 0 || tables.is_empty() {
        complain(&format!("{} added to {}", plural(comments, "suppression"), plural(files, "file")));
    }
    Ok(if failed { FAILED } else { CLEAN })
}

struct Adder<'a> {
    settings: &'a Settings,
    reason: &'a str,
    most: u64,
}

impl Adder<'_> {
    /// Adds suppressions to a file or, where its format has no comments, to the tables. Says how many comments it
    /// has added.
    fn file(&self, input: &Input, tables: &mut String) -> Result<usize, String> {
        if input.is_stdin {
            return Err("--add-ignores cannot write to standard input".to_owned());
        }
        let path = &input.path;
        let name = path.to_string_lossy();
        let text = read::text(path, &name, self.most)?;
        let Some(reports) = self.check(path, &text, input.named) else { return Ok(0) };
        if Format::of(judge::format_name(&name, &text)) != Some(Format::Http) {
            self.tables(path, &reports, tables)?;
            return Ok(0);
        }
        let mut rules = ByRequest::new();
        for report in &reports {
            for diagnostic in report.diagnostics.iter().filter(|it| can_be_suppressed(it)) {
                rules.entry(report.line.unwrap_or(1)).or_default().insert(diagnostic.rule);
            }
        }
        if rules.is_empty() {
            return Ok(0);
        }
        let longer = with_comments(&text, &rules, self.reason);
        let again = self.check(path, &longer, input.named).unwrap_or_default();
        let left = |reports: &[Report]| -> Vec<(&'static str, String)> {
            let all = reports.iter().flat_map(|report| &report.diagnostics);
            all.map(|diagnostic| (diagnostic.rule, diagnostic.message.clone())).collect()
        };
        let mut expected = left(&reports);
        expected.retain(|(rule, _)| rules::by_name(rule).is_some_and(|it| it.group == Group::Suppressions));
        if left(&again) != expected {
            return Err(format!("{name}: comments do not suppress all that is found, so none are added"));
        }
        rewrite::rewrite(path, &text, &longer).map_err(|error| format!("cannot write {name}: {error}"))?;
        Ok(rules.len())
    }

    /// What there is to say about a file; none if it is none of ours.
    fn check(&self, path: &Path, text: &str, named: bool) -> Option<Vec<Report>> {
        let name = path.to_string_lossy();
        let settings = self.settings.of(path);
        let (mut file, _) = judge::check(path, &name, text, &settings, self.most);
        if file.foreign && !named {
            return None;
        }
        settings.again();
        let source = Source { path: &name, text, offset: 0 };
        settings.apply(&source, &mut file.reports, &file.comments);
        Some(file.reports)
    }

    fn tables(&self, path: &Path, reports: &[Report], tables: &mut String) -> Result<(), String> {
        let mut by_pointer: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        for diagnostic in reports.iter().flat_map(|report| &report.diagnostics) {
            if can_be_suppressed(diagnostic) {
                let pointer = diagnostic.place.pointer.to_string();
                by_pointer.entry(pointer).or_default().insert(diagnostic.rule);
            }
        }
        for (pointer, rules) in by_pointer {
            let table = Table {
                path: format!("/{}", globset::escape(&self.settings.relative(path))),
                pointer: Some(pointer).filter(|pointer| !pointer.is_empty()),
                rule: rules.into_iter().collect(),
                reason: self.reason,
            };
            let table = toml::to_string(&table).map_err(|error| error.to_string())?;
            tables.push_str(&format!("[[ignore]]\n{table}\n"));
        }
        Ok(())
    }
}

fn can_be_suppressed(diagnostic: &Diagnostic) -> bool {
    rules::by_name(diagnostic.rule).is_some_and(|rule| rule.group != Group::Suppressions)
}

/// The text with a comment before each of these request lines.
fn with_comments(text: &str, rules: &ByRequest, reason: &str) -> String {
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut longer = String::with_capacity(text.len() + 64 * rules.len());
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let Some(rules) = rules.get(&number) else {
            longer.push_str(line);
            continue;
        };
        // A byte order mark stays in front of everything.
        let content = line.trim_start_matches('\u{FEFF}');
        let bom = line.len() - content.len();
        let indent = content.len() - content.trim_start().len();
        longer.push_str(line.get(..bom + indent).unwrap_or_default());
        let rules: Vec<_> = rules.iter().copied().collect();
        longer.push_str(&format!("# elblint-ignore[{}]: {reason}{ending}", rules.join(", ")));
        longer.push_str(content);
    }
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_a_file_stays_byte_for_byte() {
        let text = "\u{FEFF}  PUT /a\r\n\r\n{}\r\n###\r\nPUT /b";
        let rules = ByRequest::from([(1, ["range", "one-of"].into()), (5, ["range"].into())]);
        let longer = with_comments(text, &rules, "so");
        let expected = "\u{FEFF}  # elblint-ignore[one-of, range]: so\r\n  PUT /a\r\n\r\n{}\r\n###\r\n\
                        # elblint-ignore[range]: so\r\nPUT /b";
        assert_eq!(longer, expected);
    }
}
