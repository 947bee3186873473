//! `--format json`: one object for programs, whose JSON Schema `elblint schema report` prints.
//!
//! The summary comes last, because the requests are written while others are still being judged.

use std::io::{self, Write};

use super::{Format, Source, Total};
use crate::diagnostic::Report;

/// The format for programs.
#[derive(Debug)]
pub(crate) struct Json {
    /// How often each rule has found something is added at the end.
    pub(crate) statistics: bool,
}

impl Format for Json {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        write!(out, "{{\"version\":1,\"tool\":{{\"name\":\"elblint\",\"version\":\"{version}\"}},\"files\":[")
    }

    fn open_file(&self, path: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n{\"path\":")?;
        serde_json::to_writer(&mut *out, path)?;
        out.write_all(b",\"requests\":[")
    }

    fn requests(&self, _source: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        for (index, report) in reports.iter().enumerate() {
            out.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut *out, report)?;
        }
        Ok(())
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn file_separator(&self) -> Option<&'static str> {
        Some(",")
    }

    fn close_file(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"]}")
    }

    fn end(&self, total: &Total, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n],\"summary\":")?;
        serde_json::to_writer(&mut *out, &total.summary)?;
        if self.statistics {
            out.write_all(b",\"statistics\":")?;
            serde_json::to_writer(&mut *out, &total.statistics.counts())?;
        }
        out.write_all(b"}\n")
    }
}
