//! The command, measured from outside: many files, one long file, and its start.

use std::path::Path;

use serde_json::{Value, json};

use crate::formats;
use crate::process::{Program, compare};
use crate::requests;

/// Measures the command at this path. Files are made in this folder, and removed again.
pub(crate) fn measure(command: &str, folder: &Path, quick: bool) -> Result<Value, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?.display().to_string();
    let rounds = if quick { 5 } else { 15 };
    println!("\nThe command");
    let files = many_files(command, &own, folder, if quick { 1_000 } else { 10_000 }, rounds)?;
    let fixes = fixes(command, folder, 1_000, rounds)?;
    let lines = long_file(command, &own, folder, if quick { 20 } else { 200 }, rounds / 3)?;
    let formats = formats::measure(command, folder, quick)?;
    let start = start(command, rounds * 10)?;
    Ok(json!({ "files": files, "fixes": fixes, "lines": lines, "formats": formats, "start": start }))
}

fn many_files(command: &str, own: &str, folder: &Path, count: usize, rounds: usize) -> Result<Value, String> {
    let folder = folder.join("bench-files");
    requests::write_files(&folder, count).map_err(|error| format!("{}: {error}", folder.display()))?;
    let path = folder.display().to_string();
    let check = Program { path: command, arguments: vec!["check", &path] };
    let bare = Program { path: own, arguments: vec!["--walk", &path] };
    let (time, floor, ratio) = compare(&check, &bare, rounds)?;
    let peak = check.peak()?;
    drop(std::fs::remove_dir_all(&folder));
    println!(
        "  {count} files: {:.0} ms, a bare walk and parse {:.0} ms: {ratio:.2} ×  aim 1.25 × {}",
        time.as_secs_f64() * 1e3,
        floor.as_secs_f64() * 1e3,
        mark(ratio <= 1.25)
    );
    print_peak(peak, 20.0);
    Ok(json!({ "count": count, "ratio": ratio, "aim": 1.25, "peak_bytes": peak, "peak_aim": 20 << 20 }))
}

/// What `--fix` costs beside a mere check. The files are as they were before every round.
fn fixes(command: &str, folder: &Path, count: usize, rounds: usize) -> Result<Value, String> {
    let folder = folder.join("bench-fixes");
    let path = folder.display().to_string();
    let check = Program { path: command, arguments: vec!["check", &path] };
    let fix = Program { path: command, arguments: vec!["check", "--fix", &path] };
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("{path}: {error}"))?;
    }
    let mut times = Vec::new();
    for _ in 0..rounds {
        requests::write_mendable(&folder, count).map_err(|error| format!("{}: {error}", folder.display()))?;
        times.push((check.time()?.as_secs_f64(), fix.time()?.as_secs_f64()));
    }
    drop(std::fs::remove_dir_all(&folder));
    times.sort_by(|one, other| (one.1 / one.0).total_cmp(&(other.1 / other.0)));
    let (checked, fixed) = times.get(times.len() / 2).copied().unwrap_or((f64::NAN, f64::NAN));
    let ratio = fixed / checked;
    println!(
        "  {count} files mended, a tenth of them faulty: {:.0} ms, a check {:.0} ms: {ratio:.2} ×  aim 3 × {}",
        fixed * 1e3,
        checked * 1e3,
        mark(ratio <= 3.0)
    );
    Ok(json!({ "count": count, "ratio": ratio, "aim": 3.0 }))
}

fn long_file(
    command: &str,
    own: &str,
    folder: &Path,
    megabytes: u64,
    rounds: usize,
) -> Result<Value, String> {
    let file = folder.join("bench-lines.jsonl");
    let bytes = requests::write_lines(&file, megabytes * 1_000_000)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let path = file.display().to_string();
    let check = Program { path: command, arguments: vec!["check", &path] };
    let bare = Program { path: own, arguments: vec!["--lines", &path] };
    let (time, floor, ratio) = compare(&check, &bare, rounds.max(3))?;
    let peak = check.peak()?;
    drop(std::fs::remove_file(&file));
    let throughput = 1.0 / ratio;
    let rate = |seconds: f64| bytes as f64 / seconds / 1e6;
    println!(
        "  {megabytes} MB of lines: {:.0} MB/s, a bare parse on one core {:.0} MB/s: {throughput:.2} of it  aim 0.7 {}",
        rate(time.as_secs_f64()),
        rate(floor.as_secs_f64()),
        mark(throughput >= 0.7)
    );
    print_peak(peak, 30.0);
    Ok(json!({
        "bytes": bytes,
        "throughput_ratio": throughput,
        "aim": 0.7,
        "peak_bytes": peak,
        "peak_aim": 30 << 20,
    }))
}

fn start(command: &str, rounds: usize) -> Result<Value, String> {
    let version = Program { path: command, arguments: vec!["--version"] };
    let nothing = Program { path: "true", arguments: Vec::new() };
    let (time, floor, _) = compare(&version, &nothing, rounds)?;
    let [time, floor] = [time, floor].map(|time| time.as_secs_f64() * 1e3);
    let most = 2.0 * floor + 3.0;
    println!("  start: {time:.2} ms, of `true` {floor:.2} ms  aim {most:.2} ms {}", mark(time <= most));
    Ok(json!({ "milliseconds": time, "true_milliseconds": floor, "aim_milliseconds": most }))
}

fn print_peak(peak: Option<u64>, most: f64) {
    match peak {
        Some(peak) => {
            let megabytes = peak as f64 / f64::from(1 << 20);
            println!("    peak memory {megabytes:.1} MiB  aim {most} MiB {}", mark(megabytes < most));
        }
        None => println!("    peak memory: not told here"),
    }
}

fn mark(reached: bool) -> &'static str {
    if reached { "ok" } else { "OVER" }
}
