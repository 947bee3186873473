//! What was there when the linter was adopted: entries by rule, path, pointer and content, never by line.
//!
//! [`Baseline`] is the file, [`Ledger`] the account that several threads draw on. Credentials never get into it:
//! only of values in the body the text is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::Levels;
use crate::diagnostic::{Diagnostic, Part};
use crate::json::plainly;

/// The version of the file's format.
const VERSION: u32 = 1;

/// The longest text of a value that is kept.
const LONGEST: usize = 120;

/// What makes two findings the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// The file, as the baseline names it.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// The part of the request.
    pub part: String,
    /// The pointer.
    pub pointer: String,
    /// The text of the value, where it is a single one.
    pub value: Option<String>,
}

impl Finding {
    /// What a diagnostic is in a baseline. `text` is where its span is, which begins at `offset` of its file.
    pub fn new(path: &str, diagnostic: &Diagnostic, text: &str, offset: usize) -> Self {
        let spanned = diagnostic.span.and_then(|span| {
            text.get(span.start.offset.checked_sub(offset)?..span.end.offset.checked_sub(offset)?)
        });
        Self {
            path: path.to_owned(),
            rule: diagnostic.rule.to_owned(),
            part: diagnostic.place.part.name().to_owned(),
            pointer: diagnostic.place.pointer.to_string(),
            value: spanned.filter(|_| diagnostic.place.part == Part::Body).and_then(value),
        }
    }
}

/// The text of a single value, however it is spelt. What an object or a list holds is not what is wrong with it.
fn value(text: &str) -> Option<String> {
    let text = plainly(text.trim());
    let several =
        text.contains('\n') || text.starts_with('[') || text.starts_with('{') && !text.starts_with("{{");
    if several || text.is_empty() {
        return None;
    }
    Some(match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    })
}

/// An entry of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    #[serde(rename = "in")]
    part: String,
    pointer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    count: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

/// A baseline that is not one.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is not JSON, or not what a baseline looks like.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Another version has written it.
    #[error("it is of version {0}, but this elblint reads version {VERSION}")]
    Version(u32),
}

impl BaselineError {
    /// Line and column of the fault, from 1.
    pub fn place(&self) -> (usize, usize) {
        match self {
            Self::Json(error) => (error.line().max(1), error.column().max(1)),
            Self::Version(_) => (1, 1),
        }
    }
}

/// Findings that were there before, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Finding, usize>);

impl Baseline {
    /// Reads the file.
    ///
    /// # Errors
    /// Where the text is not a baseline.
    pub fn from_json(text: &str) -> Result<Self, BaselineError> {
        let file: File = serde_json::from_str(text)?;
        if file.version != VERSION {
            return Err(BaselineError::Version(file.version));
        }
        let mut findings = BTreeMap::new();
        for Entry { path, rule, part, pointer, value, count } in file.findings {
            let all: &mut usize = findings.entry(Finding { path, rule, part, pointer, value }).or_default();
            *all = all.saturating_add(count);
        }
        Ok(Self(findings))
    }

    /// The file, sorted, an entry a line.
    pub fn to_json(&self) -> String {
        let mut text = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [");
        for (index, (finding, count)) in self.0.iter().enumerate() {
            let Finding { path, rule, part, pointer, value } = finding.clone();
            let entry = Entry { path, rule, part, pointer, value, count: *count };
            text.push_str(if index == 0 { "\n    " } else { ",\n    " });
            // Strings and a number can always be written.
            text.push_str(&serde_json::to_string(&entry).unwrap_or_default());
        }
        text.push_str(if self.0.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        text
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.0.values().fold(0, |all, count| all.saturating_add(*count))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The files that it names.
    pub fn paths(&self) -> BTreeSet<&str> {
        self.0.keys().map(|finding| finding.path.as_str()).collect()
    }
}

/// A baseline while files are checked, by several threads.
#[derive(Debug, Default)]
pub struct Ledger {
    before: Baseline,
    /// Whether all that is found counts as there before.
    open: bool,
    found: Mutex<Found>,
}

#[derive(Debug, Default)]
struct Found {
    findings: BTreeMap<Finding, usize>,
    /// The files that have been checked, each with the rules that were off.
    paths: BTreeMap<String, Vec<&'static str>>,
}

impl Found {
    /// Whether it would be known by now if this is still there.
    fn has_judged(&self, finding: &Finding, gone: &dyn Fn(&str) -> bool) -> bool {
        match self.paths.get(&finding.path) {
            Some(off) => !off.contains(&&*finding.rule),
            None => gone(&finding.path),
        }
    }
}

impl Ledger {
    /// Begins with what was there before. If it is `open`, all that is found is written down and passes.
    pub fn new(before: Baseline, open: bool) -> Self {
        Self { before, open, found: Mutex::default() }
    }

    /// Notes that a file is checked, with the rules that are on at these levels.
    pub fn check(&self, path: &str, levels: &Levels) {
        let mut found = self.found();
        if !found.paths.contains_key(path) {
            found.paths.insert(path.to_owned(), levels.off().collect());
        }
    }

    /// Forgets what was found in a file that is checked once more.
    pub fn forget(&self, path: &str) {
        self.found().findings.retain(|finding, _| finding.path != path);
    }

    /// Whether a finding was there before.
    pub fn passes(&self, finding: Finding) -> bool {
        let allowed = if self.open { usize::MAX } else { self.before.0.get(&finding).copied().unwrap_or(0) };
        if allowed == 0 {
            return false;
        }
        let mut found = self.found();
        let count = found.findings.entry(finding).or_default();
        let passes = *count < allowed;
        *count += usize::from(passes);
        passes
    }

    /// The findings that are not there any more, with how many are gone, among those of rules that were on in checked
    /// files, and those of files that are `gone`.
    pub fn stale(&self, gone: &dyn Fn(&str) -> bool) -> Vec<(Finding, usize)> {
        let found = self.found();
        let left = |(finding, count): (&Finding, &usize)| {
            let now = found.findings.get(finding).copied().unwrap_or(0);
            (now < *count && found.has_judged(finding, gone)).then(|| (finding.clone(), count - now))
        };
        self.before.0.iter().filter_map(left).collect()
    }

    /// What a new baseline holds: what has been found, and what was there before of rules that were off, and in files
    /// that have not been checked and are not `gone`.
    pub fn next(&self, gone: &dyn Fn(&str) -> bool) -> Baseline {
        let found = self.found();
        let before = self.before.0.iter().filter(|(finding, _)| !found.has_judged(finding, gone));
        let before = before.map(|(finding, count)| (finding.clone(), *count));
        Baseline(found.findings.clone().into_iter().chain(before).collect())
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
