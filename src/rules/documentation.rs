//! What is written of a rule, taken apart: prose, then examples.

use super::Rule;
use crate::api::operation::Operation;

/// A body in a rule's documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The operation that the body is for.
    pub operation: Operation,
    /// What it does to the rule.
    pub shows: Shows,
    /// The body.
    pub body: String,
    /// What is known of the target, as a context.
    pub context: Option<String>,
}

/// What an example does to its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// It breaks it.
    Breaks,
    /// It holds.
    Holds,
    /// It hangs on the target, which is not known.
    Open,
}

impl Shows {
    fn from_word(word: &str) -> Option<Self> {
        [("breaks", Self::Breaks), ("holds", Self::Holds), ("open", Self::Open)]
            .into_iter()
            .find(|(own, _)| *own == word)
            .map(|(_, shows)| shows)
    }

    /// What is said above the example.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Breaks => "This breaks it",
            Self::Holds => "This holds",
            Self::Open => "This depends on the target",
        }
    }
}

impl Rule {
    /// Its documentation as Markdown, without the space that stands before every line of a doc comment.
    pub fn markdown(&self) -> String {
        let lines = self.documentation.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// What, why and how to mend it, without the examples.
    pub fn prose(&self) -> String {
        let mut prose = self.markdown();
        prose.truncate(prose.find("```").unwrap_or(prose.len()));
        prose.truncate(prose.trim_end().len());
        prose
    }

    /// The examples, in their order.
    pub fn examples(&self) -> Vec<Example> {
        self.markdown().split("```json ").skip(1).filter_map(Example::read).collect()
    }
}

impl Example {
    /// Reads what stands between `` ```json `` and the next.
    fn read(block: &str) -> Option<Self> {
        let (head, rest) = block.split_once('\n')?;
        let (operation, shows) = head.trim().split_once(' ')?;
        let (text, _) = rest.split_once("```")?;
        let (body, context) = match text.split_once("\ncontext: ") {
            Some((body, context)) => (body, Some(context.trim().to_owned())),
            None => (text, None),
        };
        Some(Self {
            operation: Operation::from_name(operation)?,
            shows: Shows::from_word(shows)?,
            body: body.trim().to_owned(),
            context,
        })
    }
}
