//! Brackets that do not match, and text that makes no sense: the faults that only the whole state can tell.
//!
//! Only tells. Going on or stopping is for the parser to decide.

use super::Parser;
use crate::json::scan::Stop;
use crate::json::tree::Node;

impl Parser<'_> {
    pub(super) fn mismatched(&mut self) {
        let opener = self.opener();
        let (what, expected) = if self.in_array() { ("list", "`]`") } else { ("object", "`}`") };
        let found = self.scan.here();
        let line = self.scan.line(opener);
        let message = format!(
            "{} where {expected} is expected, to close the {what} that begins on line {line}",
            self.scan.shown(found.clone())
        );
        self.scan.fault(found, message, "make the brackets match");
        if let Some(fault) = self.scan.faults.last_mut() {
            fault.opener = Some(opener..opener + 1);
        }
    }

    /// The text ends before what is open does.
    pub(super) fn cut_off(&mut self) -> Stop {
        if self.unbalanced {
            return Stop;
        }
        let opener = self.opener();
        let what = if self.in_array() { "a list" } else { "an object" };
        self.scan.ends_inside(what, opener)
    }

    /// Something else stands here than what JSON expects, and it is not clear what was meant.
    pub(super) fn unexpected(&mut self, expected: &str) -> Stop {
        let found = self.scan.here();
        let message = format!("{} where {expected} is expected", self.scan.shown(found.clone()));
        self.scan.fault(found, message, "");
        Stop
    }

    /// What ends what is open, or goes on with it.
    pub(super) fn or_end(&self) -> &'static str {
        if self.in_array() { "a comma or `]`" } else { "a comma or `}`" }
    }

    fn opener(&self) -> usize {
        let node = self.stack.last().map_or(Node(0), |frame| frame.node);
        self.entries.get(node.0 as usize).map_or(0, |entry| entry.start as usize)
    }
}
