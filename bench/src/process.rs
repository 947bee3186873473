//! Runs other programs: how long they take, and how much memory.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A program with its arguments.
pub(crate) struct Program<'a> {
    pub(crate) path: &'a str,
    pub(crate) arguments: Vec<&'a str>,
}

impl Program<'_> {
    fn spawn(&self) -> Result<Child, String> {
        Command::new(self.path)
            .args(&self.arguments)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", self.path))
    }

    /// Runs it; how long that takes. An exit code of 1 means findings, which there are.
    pub(crate) fn time(&self) -> Result<Duration, String> {
        let start = Instant::now();
        let mut child = self.spawn()?;
        let status = child.wait().map_err(|error| error.to_string())?;
        let took = start.elapsed();
        match status.code() {
            Some(0 | 1) => Ok(took),
            _ => Err(format!("{} {}: {status}", self.path, self.arguments.join(" "))),
        }
    }

    /// Runs it; the most memory that it has had, in bytes. Looked up time and again while it runs, since the kernel
    /// forgets it when it ends; what it adds in its last moment is missed. None where there is no /proc.
    pub(crate) fn peak(&self) -> Result<Option<u64>, String> {
        let mut child = self.spawn()?;
        let status = format!("/proc/{}/status", child.id());
        let mut peak = None;
        loop {
            let told = fs::read_to_string(&status).unwrap_or_default();
            let high = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = high.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
            peak = peak.max(kilobytes.map(|kilobytes| kilobytes * 1024));
            if child.try_wait().map_err(|error| error.to_string())?.is_some() {
                return Ok(peak);
            }
            std::thread::sleep(Duration::from_micros(300));
        }
    }
}

/// Runs two programs in turn, several rounds. The median times, and the median of the first's time by the second's.
pub(crate) fn compare(
    first: &Program<'_>,
    second: &Program<'_>,
    rounds: usize,
) -> Result<(Duration, Duration, f64), String> {
    // Once each beforehand, so that what they read is in memory.
    first.time()?;
    second.time()?;
    let mut times = Vec::new();
    for round in 0..rounds {
        let (one, other) = if round % 2 == 0 {
            let one = first.time()?;
            (one, second.time()?)
        } else {
            let other = second.time()?;
            (first.time()?, other)
        };
        times.push((one, other));
    }
    let median = |of: &dyn Fn(&(Duration, Duration)) -> f64| {
        let mut values: Vec<f64> = times.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let seconds = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or_default();
    Ok((
        seconds(median(&|(one, _)| one.as_secs_f64())),
        seconds(median(&|(_, other)| other.as_secs_f64())),
        median(&|(one, other)| one.as_secs_f64() / other.as_secs_f64()),
    ))
}
