//! How far a long run is, on a terminal.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that ends sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(800);

/// What is shown while files are checked.
#[derive(Clone)]
pub(super) struct Progress(Option<Arc<Bar>>);

struct Bar {
    bar: ProgressBar,
    began: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// Of a run over so many files. Nothing is ever shown where standard error is no terminal.
    pub(super) fn new(files: usize, quiet: bool) -> Self {
        let dumb = std::env::var_os("TERM").is_none_or(|terminal| terminal == "dumb");
        if quiet || dumb && cfg!(unix) || !io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        let template = match files {
            // The lines of one file: nobody knows how many there will be.
            1 => "checking: {msg}",
            _ => "checking: [{bar:30}] {pos} of {len} files, {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self(Some(Arc::new(Bar { bar, began: Instant::now(), shown: AtomicBool::new(false) })))
    }

    /// So many files more are done; so many requests are in all.
    pub(super) fn advance(&self, files: usize, requests: usize) {
        let Some(progress) = &self.0 else { return };
        progress.bar.inc(files as u64);
        if progress.shown.load(Ordering::Relaxed) {
            progress.bar.set_message(format!("{requests} requests"));
        } else if progress.began.elapsed() >= PATIENCE {
            progress.shown.store(true, Ordering::Relaxed);
            progress.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Does something that may write to the terminal, without the bar in its way.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(progress) if progress.shown.load(Ordering::Relaxed) => progress.bar.suspend(write),
            _ => write(),
        }
    }

    /// Takes it away.
    pub(super) fn end(&self) {
        if let Some(progress) = &self.0 {
            progress.bar.finish_and_clear();
            progress.shown.store(false, Ordering::Relaxed);
        }
    }
}
