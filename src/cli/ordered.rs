//! Several threads do the work, and what comes of it is written in the order of the work.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use super::jobs::Jobs;
use super::judge::{Judge, Outcome};
use super::progress::Progress;
use super::reports::Reports;
use super::{complain, lock};
use crate::output::{Summary, Total};

/// A thread that is this far ahead of the one whose turn it is waits for it.
const MOST_AHEAD: usize = 4 << 20;

/// Does all work, and tells what it amounts to and whether all could be read and written. `complete` tells whether
/// all work has been found.
pub(super) fn run(
    jobs: Jobs,
    judge: &Judge<'_>,
    threads: usize,
    reports: Reports<'_>,
    progress: &Progress,
    complete: bool,
    walked: &[&Path],
) -> (Summary, bool) {
    let work = Mutex::new((jobs, 0));
    let results = Mutex::new(Results {
        next: 0,
        ahead: BTreeMap::new(),
        bytes: 0,
        waiting: 0,
        reports,
        progress,
        opened: false,
        foreign: false,
        no_text: false,
        total: Total { complete, ..Total::default() },
    });
    let turn = Condvar::new();
    let worker = || {
        let mut buffer = Vec::new();
        loop {
            let (turn_number, job) = {
                let mut work = lock(&work);
                let Some(job) = work.0.next(&mut buffer) else { return };
                work.1 += 1;
                (work.1 - 1, job)
            };
            let outcomes = judge.judge(job, &mut buffer);
            let mut results = lock(&results);
            while results.next != turn_number && results.bytes > MOST_AHEAD {
                results.waiting += 1;
                results = turn.wait(results).unwrap_or_else(PoisonError::into_inner);
                results.waiting -= 1;
            }
            results.add(turn_number, outcomes);
            // Waking nobody is a call to the system all the same.
            if results.waiting > 0 {
                turn.notify_all();
            }
            if !results.reports.wanted() {
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
    progress.end();
    let Results { reports, total, .. } = results;
    let whole = reports.end(&total);
    (total.summary, total.complete && whole)
}

struct Results<'f> {
    /// Whose turn it is to be written.
    next: usize,
    /// What is done, but not its turn yet.
    ahead: BTreeMap<usize, Vec<Outcome>>,
    bytes: usize,
    /// How many threads wait for their turn.
    waiting: usize,
    reports: Reports<'f>,
    progress: &'f Progress,
    /// The file whose pieces are being written has been begun.
    opened: bool,
    /// The file whose pieces are coming is none of ours.
    foreign: bool,
    /// It has been told that the file is not text.
    no_text: bool,
    total: Total,
}

impl Results<'_> {
    fn add(&mut self, turn: usize, outcomes: Vec<Outcome>) {
        self.bytes += length(&outcomes);
        self.ahead.insert(turn, outcomes);
        while let Some(outcomes) = self.ahead.remove(&self.next) {
            self.bytes -= length(&outcomes);
            self.next += 1;
            outcomes.into_iter().for_each(|outcome| self.write(outcome));
        }
    }

    fn write(&mut self, mut outcome: Outcome) {
        self.progress.advance(usize::from(outcome.last), self.total.summary.requests);
        if outcome.first {
            (self.opened, self.foreign, self.no_text) = (false, outcome.foreign, false);
        }
        if self.foreign {
            if let Some(warning) = outcome.warning {
                self.complain(&format!("warning: {warning}"));
            }
            return;
        }
        self.total.summary.merge(&outcome.summary);
        self.total.statistics.merge(&outcome.statistics);
        let requests = outcome.summary.requests + outcome.summary.skipped;
        if !self.opened && (requests > 0 || outcome.summary.diagnostics() > 0) {
            self.opened = true;
            self.total.summary.files += usize::from(requests > 0);
            self.reports.open_file(&outcome.name);
        }
        self.reports.piece(&outcome.name, &outcome.piece, &outcome.summary);
        outcome.errors.extend(outcome.no_text.filter(|_| !std::mem::replace(&mut self.no_text, true)));
        if !outcome.errors.is_empty() {
            self.total.complete = false;
            // On a terminal both streams are one, and should be in order.
            self.reports.flush();
            outcome.errors.iter().for_each(|error| self.complain(&format!("error: {error}")));
        }
        if outcome.last && self.opened {
            self.reports.close_file(&outcome.name);
        }
        if outcome.last && !self.opened && outcome.named && outcome.errors.is_empty() && !self.no_text {
            self.total.complete = false;
            self.complain(&format!("error: {}: there is no request in it", outcome.name));
        }
    }

    fn complain(&self, message: &str) {
        self.progress.aside(|| complain(message));
    }
}

fn length(outcomes: &[Outcome]) -> usize {
    outcomes.iter().map(|outcome| outcome.piece.length()).sum()
}
