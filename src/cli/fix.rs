//! `elblint check --fix`: files are mended, and then checked as they are. Those without anything to mend are read and
//! checked but once.
//!
//! Finds what to mend with the same check that everything else goes through. What is for the better, and what not, is
//! for [`crate::fix`] to say; how a file is replaced, for [`super::rewrite`].

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs;
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use clap::Args;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::checked::{Checked, Room};
use super::input::Input;
use super::judge::Judge;
use super::rewrite::rewrite_target;
use super::{CLEAN, FAILED, FINDINGS, closed_is_fine, complain, lock};
use crate::fix::{Mended, mend};
use crate::output::{Format, Summary, diff, plural};
use crate::request_files::{self, FileReport, Line};

/// As many runs of files each thread has to look at, about.
const RUNS: usize = 4;

/// As much is kept of files that need not be mended.
const MOST_KEPT: usize = 8 << 20;

#[derive(Debug, Args)]
#[command(next_help_heading = "Fixes")]
pub(super) struct FixArguments {
    /// Mend what can be mended without a change of what was meant, and report what is left
    #[arg(long)]
    pub(super) fix: bool,

    /// With --fix or --diff also mend what a person should look at, such as fields without effect, which are removed
    #[arg(long)]
    unsafe_fixes: bool,

    /// Print what --fix would change, and change nothing; the exit code is 1 if there is something
    #[arg(long)]
    diff: bool,
}

/// What was mended before the check.
#[derive(Debug, Default)]
pub(super) struct Fixed {
    diagnostics: usize,
    /// A file could not be mended.
    pub(super) failed: bool,
}

/// How to go on.
pub(super) enum Next {
    /// Check the files as they are now.
    Check(Fixed),
    /// All is done; with the exit code.
    Done(u8),
}

/// A file that was looked at.
struct Looked {
    name: String,
    /// What it was and what it becomes.
    change: Option<(String, Mended)>,
    error: Option<String>,
}

/// What those who look at files have in common.
struct Common {
    /// The files that have been mended, since links may lead to one of them in several ways.
    changed: Mutex<HashSet<PathBuf>>,
    /// Hashes of the texts that files had before they were mended.
    replaced: Mutex<FxHashSet<u64>>,
    room: Room,
}

impl FixArguments {
    /// Mends files, if told so. `aside` renders for standard error what is left of standard input.
    pub(super) fn apply(
        &self,
        judge: &Judge<'_>,
        inputs: &mut [Input],
        aside: &[Box<dyn Format>],
    ) -> io::Result<Next> {
        if !self.fix && !self.diff {
            return Ok(Next::Check(Fixed::default()));
        }
        match inputs {
            [only] if only.is_stdin && !self.diff => {
                return self.standard_input(only, &Judge { formats: aside, ..judge.clone() }).map(Next::Done);
            }
            _ if !self.diff && inputs.iter().any(|input| input.is_stdin) => {
                complain(
                    "error: --fix writes what - holds to standard output, so no other path can be mended with it",
                );
                return Ok(Next::Done(FAILED));
            }
            _ => {}
        }
        let looked = self.look_at_all(inputs, judge);
        let diagnostics =
            looked.iter().filter_map(|looked| looked.change.as_ref()).map(|(_, to)| to.fixed).sum();
        let mut failed = false;
        for error in looked.iter().filter_map(|looked| looked.error.as_ref()) {
            failed = true;
            complain(&format!("error: {error}"));
        }
        if self.diff {
            show(&looked, diagnostics, failed).map(Next::Done)
        } else {
            Ok(Next::Check(Fixed { diagnostics, failed }))
        }
    }

    /// Hands standard input on as it is, where whoever asks for it to be mended waits for it.
    pub(super) fn pass_on(&self) -> io::Result<()> {
        if self.fix && !self.diff {
            closed_is_fine(io::copy(&mut io::stdin().lock(), &mut io::stdout().lock()).map(drop))?;
        }
        Ok(())
    }

    /// Looks at files on several threads, and mends them. Those without anything to mend are kept as they were checked.
    fn look_at_all(&self, inputs: &mut [Input], judge: &Judge<'_>) -> Vec<Looked> {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
        let common = Common {
            changed: Mutex::default(),
            replaced: Mutex::default(),
            room: Room::new(if self.diff { 0 } else { MOST_KEPT }),
        };
        // In long runs, since threads that replace files of the same folder wait for each other.
        let run = inputs.len().div_ceil(RUNS * threads.max(1)).max(1);
        let next = Mutex::new(inputs.chunks_mut(run).enumerate());
        let looked = Mutex::new(Vec::new());
        let worker = || {
            let mut buffer = Vec::new();
            while let Some((number, inputs)) = { lock(&next).next() } {
                let found = inputs.iter_mut().map(|input| self.look_at(input, judge, &common, &mut buffer));
                let worth_telling = |looked: &Looked| looked.change.is_some() || looked.error.is_some();
                let found: Vec<_> = found.filter(worth_telling).collect();
                lock(&looked).push((number, found));
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(worker);
            }
            worker();
        });
        let mut looked = looked.into_inner().unwrap_or_else(PoisonError::into_inner);
        looked.sort_by_key(|(number, _)| *number);
        // A file that was replaced may have been kept too, by another name.
        let replaced = common.replaced.into_inner().unwrap_or_else(PoisonError::into_inner);
        for input in inputs {
            input.checked.take_if(|checked| replaced.contains(&FxBuildHasher.hash_one(&checked.text)));
        }
        looked.into_iter().flat_map(|(_, looked)| looked).collect()
    }

    /// Looks at a file and mends it.
    fn look_at(&self, input: &mut Input, judge: &Judge<'_>, common: &Common, buffer: &mut Vec<u8>) -> Looked {
        let mut looked = Looked { name: input.name().into_owned(), change: None, error: None };
        let (before, mended) = match self.mended(input, judge, &common.room, buffer) {
            Ok(Some(change)) => change,
            Ok(None) => return looked,
            // The check that follows will say so too, unless it would read line by line.
            Err(error) => {
                looked.error = (self.diff || input.is_lines()).then_some(error);
                return looked;
            }
        };
        let target = if input.is_stdin { None } else { fs::canonicalize(&input.path).ok() };
        if target.as_ref().is_some_and(|target| !lock(&common.changed).insert(target.clone())) {
            return looked;
        }
        if !self.diff
            && let Err(error) = rewrite_target(target.as_ref().unwrap_or(&input.path), &before, &mended.text)
        {
            looked.error = Some(format!("cannot mend {}: {error}", looked.name));
            return looked;
        }
        // Only a diff needs the texts any more.
        looked.change = Some(if self.diff {
            (before.into_owned(), mended)
        } else {
            lock(&common.replaced).insert(FxBuildHasher.hash_one(&*before));
            (String::new(), Mended { text: String::new(), ..mended })
        });
        looked
    }

    /// What a file is and what it becomes; none where it stays as it is.
    fn mended<'b>(
        &self,
        input: &mut Input,
        judge: &Judge<'_>,
        room: &Room,
        buffer: &'b mut Vec<u8>,
    ) -> Result<Option<(Cow<'b, str>, Mended)>, String> {
        if input.is_lines() {
            let text = judge.read(input, buffer)?;
            return Ok(self.mended_lines(input, judge, text).map(|mended| (Cow::Borrowed(text), mended)));
        }
        let checked = match input.checked.take() {
            Some(checked) => *checked,
            None => judge.look(input, buffer)?,
        };
        if self.is_for(&checked.file) {
            let Checked { text, file, .. } = checked;
            return Ok(self.mended_file(input, judge, &text, file).map(|mended| (Cow::Owned(text), mended)));
        }
        if checked.alone {
            input.checked = room.keep(checked);
        }
        Ok(None)
    }

    /// Whether there may be something to mend.
    fn is_for(&self, file: &FileReport) -> bool {
        let mut found = file.reports.iter().flat_map(|report| &report.diagnostics);
        found.any(|found| found.fix.as_ref().is_some_and(|fix| fix.safe || self.unsafe_fixes))
    }

    /// What a file becomes that was checked; none where it stays as it is.
    fn mended_file(&self, input: &Input, judge: &Judge<'_>, text: &str, file: FileReport) -> Option<Mended> {
        if file.foreign && !input.named {
            return None;
        }
        let reports = judge.heed(input, file).reports;
        mend(text, &reports, self.unsafe_fixes, &mut |text| {
            judge.heed(input, judge.check(input, text).file).reports
        })
    }

    /// Lines know nothing of each other, so each is mended by itself.
    fn mended_lines(&self, input: &Input, judge: &Judge<'_>, text: &str) -> Option<Mended> {
        let settings = judge.settings.of(&input.path);
        let options = settings.options().for_file(&input.name());
        let check = |line: &str| {
            let (foreign, mut reports) =
                match request_files::check_line(line, 1, 0, &options, settings.context()) {
                    Line::Report(report) => (false, vec![report]),
                    Line::Foreign(report) => (true, vec![report]),
                    Line::Blank | Line::Skipped => (false, Vec::new()),
                };
            settings.heed(&mut reports, &[]);
            (foreign, reports)
        };
        let mut whole = Mended { text: String::with_capacity(text.len()), fixed: 0 };
        let mut nothing_yet = true;
        for line in text.split_inclusive('\n') {
            let (foreign, reports) = check(line);
            if foreign && nothing_yet && !input.named {
                return None;
            }
            nothing_yet &= line.trim_ascii().is_empty();
            match mend(line, &reports, self.unsafe_fixes, &mut |line| check(line).1) {
                Some(mended) => {
                    whole.text.push_str(&mended.text);
                    whole.fixed += mended.fixed;
                }
                None => whole.text.push_str(line),
            }
        }
        (whole.fixed > 0).then_some(whole)
    }

    /// The mended text goes to standard output, so the report goes to standard error.
    fn standard_input(&self, input: &Input, judge: &Judge<'_>) -> io::Result<u8> {
        let mut buffer = Vec::new();
        let text = match judge.read(input, &mut buffer) {
            Ok(text) => text,
            Err(error) => {
                complain(&format!("error: {error}"));
                return Ok(FAILED);
            }
        };
        let mended = if input.is_lines() {
            self.mended_lines(input, judge, text)
        } else {
            self.mended_file(input, judge, text, judge.check(input, text).file)
        };
        let mended = mended.unwrap_or_else(|| Mended { text: text.to_owned(), fixed: 0 });
        let mut out = io::stdout().lock();
        closed_is_fine(out.write_all(mended.text.as_bytes()).and_then(|()| out.flush()))?;
        let outcome = judge.text(input, &mended.text);
        // If standard error is gone there is nobody left to tell.
        let _ = io::stderr().lock().write_all(outcome.piece.rendered(0));
        outcome.errors.iter().for_each(|error| complain(&format!("error: {error}")));
        let failed = !outcome.errors.is_empty();
        let fixed = Fixed { diagnostics: mended.fixed, failed };
        self.tell(&fixed, &outcome.summary);
        Ok(if fixed.failed {
            FAILED
        } else if judge.settings.has_failed() {
            FINDINGS
        } else {
            CLEAN
        })
    }

    /// Tells what was mended and what is left, or what more could be mended.
    pub(super) fn tell(&self, fixed: &Fixed, left: &Summary) {
        if self.fix {
            let kept = left.unmade + if self.unsafe_fixes { left.unsafely_fixable } else { 0 };
            if kept > 0 && !fixed.failed {
                complain(&format!("{kept} not fixed, since mending would bring another error to light"));
            }
            complain(&format!("{} fixed, {} left", fixed.diagnostics, left.diagnostics()));
        } else if self.unsafe_fixes && left.unsafely_fixable > 0 {
            complain(&format!("{} more fixable with --fix --unsafe-fixes", left.unsafely_fixable));
        }
    }
}

/// Prints what would change.
fn show(looked: &[Looked], diagnostics: usize, failed: bool) -> io::Result<u8> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut files, mut is_covered) = (0, false);
    for Looked { name, change, .. } in looked {
        if let Some((before, after)) = change {
            files += 1;
            let (shown, covered) = diff(name, before, &after.text);
            is_covered |= covered;
            closed_is_fine(out.write_all(shown.as_bytes()))?;
        }
    }
    closed_is_fine(out.flush())?;
    if is_covered {
        complain("credentials are covered in what is printed, so it does not apply as a patch");
    }
    complain(&format!("{diagnostics} would be fixed in {}", plural(files, "file")));
    Ok(if failed {
        FAILED
    } else if files > 0 {
        FINDINGS
    } else {
        CLEAN
    })
}
