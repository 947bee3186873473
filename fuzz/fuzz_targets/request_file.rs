//! A request file of any format: nothing panics, and every place is one of the file.
#![no_main]

#[allow(dead_code, reason = "shared with the other targets")]
#[path = "../../tests/common/invariants.rs"]
mod invariants;

use elblint::Context;
use elblint::request_files::{Options, check_text};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = ["requests.http", "request.json", "requests.jsonl", "UpdatePool.json"];

fuzz_target!(|input: (u8, &str)| {
    let (name, text) = input;
    let name = NAMES[usize::from(name) % NAMES.len()];
    let mut load = |path: &str| match path.len() % 2 {
        0 => Ok(r#"{"pool": {"protocol": "TCP", "slow_start": {"duration": 1}}}"#.to_owned()),
        _ => Err("there is no such file".to_owned()),
    };
    let file = check_text(name, text, &Options::default(), &Context::default(), &mut load);
    let lines = text.split('\n').count();
    for report in &file.reports {
        assert!(report.line.is_some_and(|line| (1..=lines).contains(&line)), "{report:?}");
        assert!(report.diagnostics.iter().all(|it| it.span.is_some()), "{report:?}");
        invariants::spans_lie_inside(report, text);
    }
    let spans = file.problems.iter().filter_map(|it| it.span).chain(file.comments.iter().map(|it| it.span));
    for span in spans {
        assert!(text.get(span.start.offset..span.end.offset).is_some(), "{span:?}");
    }
});
