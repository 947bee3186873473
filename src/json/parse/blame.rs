//! Brackets that do not match, and text that makes no sense: the faults that only the whole state can tell.
//!
//! Only tells. Going on or stopping is for the parser to decide.

use super::Parser;
use crate::json::scan::Stop;
use crate::json::tree::Node;

impl Parser<'_> {
    pub(super) fn mismatched(&mut self) {
        let message = if self.in_array() {
            "{} where `]` is expected, to close the list that begins on line "
        } else {
            "{} where `}` is expected, to close the object that begins on line "
        };
        self.scan.fault_since(self.opener(), self.scan.here(), message, "make the brackets match");
    }

    /// The text ends before what is open does.
    pub(super) fn cut_off(&mut self) -> Stop {
        if self.unbalanced {
            return Stop;
        }
        let message = if self.in_array() {
            "the text ends inside a list that begins on line "
        } else {
            "the text ends inside an object that begins on line "
        };
        self.scan.ends_inside(message, self.opener())
    }

    /// Something else stands here than what JSON expects, and it is not clear what was meant.
    pub(super) fn unexpected(&mut self, message: &'static str) -> Stop {
        self.scan.fault(self.scan.here(), message, "");
        Stop
    }

    /// The same where what is open could have ended or gone on.
    pub(super) fn unexpected_after(&mut self) -> Stop {
        self.unexpected(if self.in_array() {
            "{} where a comma or `]` is expected"
        } else {
            "{} where a comma or `}` is expected"
        })
    }

    fn opener(&self) -> usize {
        let node = self.stack.last().map_or(Node(0), |frame| frame.node);
        self.entries.get(node.0 as usize).map_or(0, |entry| entry.start as usize)
    }
}
