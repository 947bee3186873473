//! `--format markdown`: a table a file, for summaries of pipelines and comments on merge requests.

use std::io::{self, Write};

use super::words::{dependence, harmless, start};
use super::{Format, Root, Source, Summary, Total};
use crate::diagnostic::Report;

/// The format in GitHub's Markdown.
#[derive(Debug)]
pub(crate) struct Markdown {
    pub(crate) root: Root,
    pub(crate) statistics: bool,
}

impl Format for Markdown {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"## elblint\n\n")
    }

    fn open_list(&self, path: &str, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let path = self.root.name(path);
        writeln!(out, "### {}\n\n| place | severity | rule | what |\n| ---: | --- | --- | --- |", cell(&path))
    }

    fn requests(&self, _: &Source<'_>, reports: &[Report], out: &mut Vec<u8>) -> io::Result<()> {
        for report in reports {
            for diagnostic in &report.diagnostics {
                let (line, column) = start(report, diagnostic);
                let (severity, rule) = (diagnostic.severity, diagnostic.rule);
                write!(out, "| {line}:{column} | {severity} | `{rule}` | {}", cell(&diagnostic.message))?;
                if let Some(help) = &diagnostic.help {
                    write!(out, "<br>{}", cell(help))?;
                }
                writeln!(out, " |")?;
            }
            let depends_on = dependence(report)?;
            if !depends_on.is_empty() {
                let (line, what) = (report.line.unwrap_or(1), report.operation.unwrap_or("the request"));
                writeln!(out, "| {line} | note | | {what} {} |", cell(&depends_on))?;
            }
        }
        Ok(())
    }

    fn close_list(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n")
    }

    fn end(&self, total: &Total, out: &mut dyn Write) -> io::Result<()> {
        if self.statistics {
            writeln!(out, "| count | severity | rule |\n| ---: | --- | --- |")?;
            for counted in total.statistics.counts() {
                writeln!(out, "| {} | {} | `{}` |", counted.count, counted.severity, counted.rule)?;
            }
            writeln!(out)?;
        }
        writeln!(out, "{}", total.summary.sentence(""))
    }
}

/// A text for a cell of a table: what is between backticks as it is, but for the bar, which ends a cell even there;
/// the rest without anything that Markdown or HTML would read.
fn cell(text: &str) -> String {
    let text = harmless(text);
    let mut written = String::with_capacity(text.len() + 8);
    let mut rest = &*text;
    while let Some(first) = rest.chars().next() {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        if ticks > 0 {
            let (fence, after) = rest.split_at(ticks);
            let length = code(after, fence);
            let escaped = if length.is_some() { fence.to_owned() } else { fence.replace('`', "\\`") };
            let (inside, after) = after.split_at(length.unwrap_or(0));
            written.push_str(&escaped);
            written.push_str(&inside.replace('|', "\\|"));
            rest = after;
            continue;
        }
        match first {
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '&' => written.push_str("&amp;"),
            '\\' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '@' => written.extend(['\\', first]),
            first => written.push(first),
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    written
}

/// How long the code is that this many backticks have begun, with those that end it; none if nothing ends it.
fn code(text: &str, fence: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let begin = at + rest.find('`')?;
        let from = text.get(begin..)?;
        let run = from.len() - from.trim_start_matches('`').len();
        at = begin + run;
        if run == fence.len() {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells() {
        for (text, written) in [
            ("`a_b` is 1 | 2", "`a_b` is 1 \\| 2"),
            ("`a|b`", "`a\\|b`"),
            ("``a`` and `b", "``a`` and \\`b"),
            ("<b>*x*</b>\n@all", "&lt;b&gt;\\*x\\*&lt;/b&gt;\\\\n\\@all"),
            ("``x` is", "\\`\\`x\\` is"),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}
