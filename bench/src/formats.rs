//! What each format of reports costs beside the one for people, over many files of which a tenth is faulty.

use std::path::Path;

use serde_json::{Value, json};

use crate::process::{Program, compare};
use crate::requests;

const FORMATS: &[&str] = &[
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "rdjson",
    "markdown",
    "sarif=/dev/null",
];

/// A format may take this many times what text takes.
const AIM: f64 = 1.3;

/// Measures the formats of the command at this path. Files are made in this folder, and removed again.
pub(crate) fn measure(command: &str, folder: &Path, quick: bool) -> Result<Value, String> {
    let folder = folder.join("bench-formats");
    let count = if quick { 1_000 } else { 10_000 };
    requests::write_files(&folder, count).map_err(|error| format!("{}: {error}", folder.display()))?;
    let path = folder.display().to_string();
    println!("\nFormats of reports over {count} files, by text");
    let text = Program { path: command, arguments: vec!["check", &path] };
    let mut told = Vec::new();
    for format in FORMATS {
        let own = Program { path: command, arguments: vec!["check", &path, "--format", format] };
        let (time, floor, ratio) = compare(&own, &text, if quick { 5 } else { 11 })?;
        let [time, floor] = [time, floor].map(|time| time.as_secs_f64() * 1e3);
        let mark = if ratio <= AIM { "ok" } else { "OVER" };
        println!("  {format:<16} {time:>6.1} ms, text {floor:>6.1} ms: {ratio:.2} ×  aim {AIM} × {mark}");
        told.push(json!({ "format": format, "ratio": ratio, "aim": AIM }));
    }
    drop(std::fs::remove_dir_all(&folder));
    Ok(Value::Array(told))
}
