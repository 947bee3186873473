//! All that holds in a run: configurations, command line, baselines.
//!
//! Complete before the first file is judged. Where nothing is configured, a file costs nothing here.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::{Choice, ConfigArguments};
use super::books::{Book, Books, Use};
use super::build::Effective;
use super::command_line::CommandLine;
use super::find::Finder;
use crate::cli::input::slashed;
use crate::diagnostic::{Report, Severity};
use crate::output::Source;
use crate::policy::{Date, Finding, Levels, Policy};
use crate::request_files::{Comment, Options};

/// What holds in a run.
#[derive(Debug)]
pub(in crate::cli) struct Settings {
    pub(super) line: CommandLine,
    pub(super) finder: Finder,
    pub(super) today: Date,
    books: Books,
    /// What is in effect where there is no configuration.
    plain: Effective,
    /// Whether anything has been found that makes the run fail.
    failed: AtomicBool,
}

/// What holds for a file.
pub(in crate::cli) struct FileSettings<'s> {
    settings: &'s Settings,
    /// What its configuration, if it has one, says.
    configured: Option<Arc<Effective>>,
    book: Option<(&'s Arc<Book>, String)>,
}

impl Settings {
    /// Begins with the command line. Configurations come in as files are found.
    pub(in crate::cli) fn new(choice: &Choice, line: CommandLine) -> Result<Self, String> {
        let here =
            std::env::current_dir().map_err(|error| format!("there is no current directory: {error}"))?;
        let finder = Finder::new(here, choice)?;
        let today = today();
        let plain = plain(&line, today);
        let books = Books::default();
        Ok(Self { line, finder, today, books, plain, failed: AtomicBool::new(false) })
    }

    pub(in crate::cli) fn finder(&self) -> &Finder {
        &self.finder
    }

    /// Reads the configurations of files that no walk has led to, and the baselines; tells what is wrong with any.
    pub(in crate::cli) fn complete<'p>(
        &mut self,
        arguments: &ConfigArguments,
        files: impl Iterator<Item = &'p Path>,
    ) -> Result<(), Vec<String>> {
        let mut last = None;
        for folder in files.map(|file| file.parent().unwrap_or(Path::new(""))) {
            if last != Some(folder) {
                self.finder.of_folder(folder);
                last = Some(folder);
            }
        }
        let errors = self.finder.errors();
        if !errors.is_empty() {
            return Err(errors);
        }
        let (usage, named) = match (&arguments.write_baseline, arguments.prune_baseline) {
            (Some(named), _) => (Use::Write, named.as_deref()),
            (None, true) => (Use::Prune, None),
            (None, false) => (Use::Read, None),
        };
        let named = named.or(arguments.baseline.as_deref()).map(|path| self.finder.absolute(path));
        let configurations = self.finder.all();
        self.books = Books::open(usage, named.as_deref(), &configurations, &self.finder)
            .map_err(|error| vec![error])?;
        Ok(())
    }

    /// What holds for a file. What comes from standard input is taken for a file of its name.
    pub(in crate::cli) fn of(&self, path: &Path) -> FileSettings<'_> {
        let found = self.finder.of_file(path);
        let configured = found.as_ref().and_then(|(configuration, _)| configuration.baseline.as_deref());
        let book = self.books.of(configured);
        let book = book.map(|book| (book, book.name_of(&self.finder.absolute(path))));
        let configured = found.map(|(configuration, path)| configuration.of(&path, &self.line, self.today));
        FileSettings { settings: self, configured, book }
    }

    /// A file's path as globs see it.
    pub(in crate::cli) fn relative(&self, path: &Path) -> String {
        match self.finder.of_file(path) {
            Some((_, relative)) => relative,
            None => {
                let path = self.finder.absolute(path);
                slashed(path.strip_prefix(&self.finder.here).unwrap_or(&path)).into_owned()
            }
        }
    }

    /// The rules, where there is no configuration.
    pub(super) fn plain_levels(&self) -> &Levels {
        &self.plain.policy.levels
    }

    /// Whether pieces of one file must be judged in their order, because a baseline counts them.
    pub(in crate::cli) fn in_order(&self) -> bool {
        !self.books.is_empty()
    }

    /// Whether anything has been found that makes the run fail.
    pub(in crate::cli) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Notes findings that may make the run fail.
    pub(super) fn note(&self, reports: &[Report], fail_on: Option<Severity>) {
        let least = fail_on.unwrap_or(Severity::Error);
        let mut diagnostics = reports.iter().flat_map(|report| &report.diagnostics);
        if diagnostics.any(|diagnostic| diagnostic.severity >= least) {
            self.failed.store(true, Ordering::Relaxed);
        }
    }

    /// Writes the baselines, and says what there is to say about them.
    pub(in crate::cli) fn close(&self) -> Result<Vec<String>, String> {
        self.books.close()
    }
}

impl FileSettings<'_> {
    fn effective(&self) -> &Effective {
        self.configured.as_deref().unwrap_or(&self.settings.plain)
    }

    pub(in crate::cli) fn options(&self) -> Options {
        self.effective().options
    }

    pub(in crate::cli) fn context(&self) -> &crate::Context {
        &self.effective().context
    }

    /// Begins anew with a file that is checked once more.
    pub(in crate::cli) fn again(&self) {
        if let Some((book, name)) = &self.book {
            book.ledger().forget(name);
        }
    }

    /// Takes out of the reports what rules that are off and suppressions take out, whatever the baseline says.
    pub(in crate::cli) fn heed(&self, reports: &mut [Report], comments: &[Comment]) {
        self.effective().policy.apply(reports, comments);
    }

    /// Takes out of the reports what the user does not want to see. `comments` are those of the whole file.
    pub(in crate::cli) fn apply(&self, source: &Source<'_>, reports: &mut [Report], comments: &[Comment]) {
        self.heed(reports, comments);
        if let Some((book, name)) = &self.book {
            book.ledger().check(name, &self.effective().policy.levels);
            for report in &mut *reports {
                let before = report.diagnostics.len();
                report.diagnostics.retain(|diagnostic| {
                    !book.ledger().passes(Finding::new(name, diagnostic, source.text, source.offset))
                });
                if report.diagnostics.len() != before {
                    report.judge();
                }
            }
        }
        self.settings.note(reports, self.effective().fail_on);
    }
}

/// What is in effect where there is no configuration.
fn plain(line: &CommandLine, today: Date) -> Effective {
    let mut policy = Policy { today, ..Policy::default() };
    line.choose(&mut policy.levels);
    let mut context = line.context.clone();
    policy.levels.waived().for_each(|rule| context.waive(rule));
    Effective { options: Options { operation: line.operation }, context, policy, fail_on: line.fail_on }
}

/// The day, in UTC, so that a run says the same wherever it is.
fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date(seconds / (24 * 60 * 60))
}

/// The date of a day, counted from 1 January 1970.
fn date(days: u64) -> Date {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut left) = (1970, days);
    while left >= 365 + u64::from(leap(year)) {
        left -= 365 + u64::from(leap(year));
        year += 1;
    }
    let months = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in months {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    let small = |number: u64| u8::try_from(number).unwrap_or(u8::MAX);
    Date { year: u16::try_from(year).unwrap_or(u16::MAX), month, day: small(left + 1) }
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_have_dates() {
        for (days, shown) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_778, "2026-11-21")]
        {
            assert_eq!(date(days).to_string(), shown);
        }
    }
}
