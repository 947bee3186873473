//! What is told of the measures: a table to read, and JSON to compare runs by.

use serde_json::{Value, json};

use crate::cases::Case;
use crate::contestants::FLOOR;
use crate::measure::Measure;

/// The contestants of a case in a table.
pub(crate) fn print(case: &Case, measures: &[Measure], instructions: Option<&[f64]>) {
    println!("\n{} ({} bodies)", case.title, case.bodies.len());
    let bytes: usize = case.bodies.iter().map(|body| body.text.len()).sum();
    for (index, Measure { name, time, ratio: [low, median, high] }) in measures.iter().enumerate() {
        let each = time.as_secs_f64() / case.bodies.len() as f64;
        let rate = bytes as f64 / time.as_secs_f64() / 1e6;
        let mut line = format!("  {name:<24} {:>9.2} µs {rate:>7.0} MB/s", each * 1e6);
        if *name != FLOOR {
            line += &format!("  {median:>6.2} ×  ({low:.2} to {high:.2})");
            if let Some(most) = aim(case, name) {
                let mark = if *median <= most { "ok" } else { "OVER" };
                line += &format!("  aim {most} × {mark}");
            }
        }
        if let Some(ratio) = instructions.and_then(|ratios| ratios.get(index)) {
            line += &format!("  instructions {ratio:.2} ×");
        }
        println!("{line}");
    }
}

/// The same as JSON.
pub(crate) fn json(case: &Case, measures: &[Measure], instructions: Option<&[f64]>) -> Value {
    let bytes: usize = case.bodies.iter().map(|body| body.text.len()).sum();
    let contestants: Vec<Value> = measures
        .iter()
        .enumerate()
        .map(|(index, Measure { name, time, ratio: [low, median, high] })| {
            json!({
                "name": name,
                "nanoseconds_per_body": time.as_nanos() as f64 / case.bodies.len() as f64,
                "ratio": median,
                "quartiles": [low, high],
                "aim": aim(case, name),
                "instruction_ratio": instructions.and_then(|ratios| ratios.get(index)),
            })
        })
        .collect();
    json!({
        "name": case.name,
        "title": case.title,
        "bodies": case.bodies.len(),
        "bytes": bytes,
        "contestants": contestants,
    })
}

fn aim(case: &Case, name: &str) -> Option<f64> {
    case.contestants.iter().find(|(own, _)| *own == name).and_then(|(_, aim)| *aim)
}
