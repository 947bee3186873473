//! `--format jsonl`: a JSON object a request, as it is in the JSON report, with the file's path before it.

use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Source, Total};
use crate::diagnostic::Report;

/// The format for programs that read line by line.
#[derive(Debug)]
pub(crate) struct JsonLines;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    report: &'a Report,
}

impl Format for JsonLines {
    fn requests(&self, source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        for report in reports {
            serde_json::to_writer(&mut *out, &Line { path: source.path, report })?;
            out.push(b'\n');
        }
        Ok(())
    }

    fn end(&self, _: &Total, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
