//! Several threads do the work, and what comes of it is written in the order of the work.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::jobs::Jobs;
use super::judge::{Judge, Outcome};
use super::{FAILED, closed_is_fine, complain};
use crate::output::{Stream, Summary};

/// A thread that is this far ahead of the one whose turn it is waits for it.
const MOST_AHEAD: usize = 4 << 20;

/// Does all work, and tells what it amounts to and whether all could be read.
pub(super) fn run<W: Write + Send>(
    jobs: Jobs,
    judge: &Judge<'_>,
    threads: usize,
    stream: Stream<'_, W>,
    walked: &[&Path],
) -> io::Result<(Summary, bool)> {
    let work = Mutex::new((jobs, 0));
    let results = Mutex::new(Results {
        next: 0,
        ahead: BTreeMap::new(),
        bytes: 0,
        stream,
        opened: false,
        foreign: false,
        summary: Summary::default(),
        complete: true,
        written: Ok(()),
    });
    let turn = Condvar::new();
    let worker = || {
        let mut text = Vec::new();
        loop {
            let (turn_number, job) = {
                let mut work = lock(&work);
                let Some(job) = work.0.next(&mut text) else { return };
                work.1 += 1;
                (work.1 - 1, job)
            };
            let outcomes = judge.judge(&job, &text);
            let mut results = lock(&results);
            while results.next != turn_number && results.bytes > MOST_AHEAD {
                results = turn.wait(results).unwrap_or_else(PoisonError::into_inner);
            }
            results.add(turn_number, outcomes);
            turn.notify_all();
            if results.written.is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(worker);
        }
        worker();
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    let last = results.next;
    results.add(last, judge.leftovers(walked));
    let summary = results.summary;
    closed_is_fine(results.written.and_then(|()| results.stream.end(&summary)))?;
    Ok((summary, results.complete))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Results<'f, W> {
    /// Whose turn it is to be written.
    next: usize,
    /// What is done, but not its turn yet.
    ahead: BTreeMap<usize, Vec<Outcome>>,
    bytes: usize,
    stream: Stream<'f, W>,
    /// The file whose pieces are being written has been begun.
    opened: bool,
    /// The file whose pieces are coming is none of ours.
    foreign: bool,
    summary: Summary,
    complete: bool,
    written: io::Result<()>,
}

impl<W: Write> Results<'_, W> {
    fn add(&mut self, turn: usize, outcomes: Vec<Outcome>) {
        self.bytes += length(&outcomes);
        self.ahead.insert(turn, outcomes);
        while let Some(outcomes) = self.ahead.remove(&self.next) {
            self.bytes -= length(&outcomes);
            self.next += 1;
            for outcome in outcomes {
                if self.written.is_ok() {
                    self.written = self.write(outcome);
                }
            }
        }
    }

    fn write(&mut self, outcome: Outcome) -> io::Result<()> {
        if outcome.first {
            (self.opened, self.foreign) = (false, outcome.foreign);
        }
        if self.foreign {
            return Ok(());
        }
        self.summary.merge(&outcome.summary);
        let requests = outcome.summary.requests + outcome.summary.skipped;
        if !self.opened && (requests > 0 || !outcome.rendered.is_empty()) {
            self.opened = true;
            self.summary.files += usize::from(requests > 0);
            self.stream.open_file(&outcome.name)?;
        }
        self.stream.piece(&outcome.rendered)?;
        if !outcome.errors.is_empty() {
            self.complete = false;
            // On a terminal both streams are one, and should be in order.
            self.stream.flush()?;
            outcome.errors.iter().for_each(|error| complain(&format!("error: {error}")));
        }
        if outcome.last && self.opened {
            self.stream.close_file()?;
        }
        if outcome.last && !self.opened && outcome.named && outcome.errors.is_empty() {
            self.complete = false;
            complain(&format!("error: {}: there is no request in it", outcome.name));
        }
        Ok(())
    }
}

fn length(outcomes: &[Outcome]) -> usize {
    outcomes.iter().map(|outcome| outcome.rendered.len()).sum()
}

/// The exit code of a run that could not read all of its input.
pub(super) const INCOMPLETE: u8 = FAILED;
