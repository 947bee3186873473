//! What a check says: diagnostics, and the report of one request.
//!
//! Plain data that every face shares. Nothing here judges a request or renders a report. The places that diagnostics
//! point at are those of `place`.

mod place;

use std::borrow::Cow;
use std::fmt;

use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::lists::SmallVec;
use crate::order::by_number;
use crate::target::demand::Conflict;
use crate::target::{Fact, Values};

pub use place::{Part, Place, Pointer, Position, Span, Step};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know; nothing has to change.
    Info,
    /// Accepted, but without effect, unsupported, or surely not meant.
    Warning,
    /// The document forbids it, or the service is known to refuse it.
    Error,
}

impl Severity {
    /// The word in reports: `error`, `warning` or `info`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The sentence of a document that a diagnostic rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The document's title.
    pub document: &'static str,
    /// The date printed on it, `YYYY-MM-DD`.
    pub updated: &'static str,
    /// The table, by its name.
    pub table: &'static str,
    /// The parameter in the table; empty where it is the table, or the page, as a whole.
    pub parameter: &'static str,
}

/// Another party of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// What this place has to do with it.
    pub message: String,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// The same in the text, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A replacement of a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// The stretch that goes.
    pub span: Span,
    /// What comes in its place, as it is to be written; empty for a mere removal.
    pub text: String,
}

/// A change of the text that mends a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: Cow<'static, str>,
    /// Whether the request means the same afterwards as it was meant before. What is not safe needs a person who
    /// looks at it.
    pub safe: bool,
    /// The edits, which do not overlap, in source order. All of them belong together.
    pub edits: Vec<Edit>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// The rule's name, stable across versions.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, with the value found and the values permitted.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Cow<'static, str>>,
    /// Where it is wrong.
    #[serde(flatten)]
    pub place: Place,
    /// The same in the text, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The other parties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// How the text can be changed to mend it, where there is a text and the way is clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Box<Fix>>,
}

/// In one line, `error[range]: …, but must be from 30 to 1200 at /pool/slow_start/duration`.
///
/// ```
/// use elblint::{Context, Operation, check_body};
///
/// let report = check_body(Operation::UpdateMember, r#"{"member": {"weight": 101}}"#, &Context::default());
/// let told = report.diagnostics[0].to_string();
/// assert_eq!(told, "error[range]: `weight` is 101, but must be from 0 to 100 at /member/weight");
/// ```
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, severity, message, place: Place { part, pointer }, .. } = self;
        write!(f, "{severity}[{rule}]: {message}")?;
        match part {
            Part::Request => Ok(()),
            Part::Body if pointer.steps().is_empty() => Ok(()),
            Part::Body => write!(f, " at {pointer}"),
            Part::Path | Part::Query | Part::Header => write!(f, " at {} {pointer}", part.name()),
        }
    }
}

/// What a report says in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No error, nothing required, nothing unchecked: nothing that is known speaks against it. So it is where nothing
    /// was judged, because the operation is not covered.
    Ready,
    /// No error, but it depends on what is not known.
    Conditional,
    /// At least one error.
    Refused,
}

impl Verdict {
    /// The word in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Conditional => "conditional",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a request needs of a target that is not known well enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// The fact must have one of these values.
    OneOf(Fact, Values),
    /// The facts must not have these values all at once.
    Not(SmallVec<[(Fact, u8); 2]>),
}

/// A [`Need`], with the rules and places that demand it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// What is needed.
    pub need: Need,
    /// The rules that demand it, by name.
    pub rules: SmallVec<[&'static str; 2]>,
    /// The places that demand it.
    pub places: SmallVec<[Place; 1]>,
    /// Whether the operation as such demands it, whatever the request says.
    pub standing: bool,
}

impl Serialize for Requirement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Not<'a>(&'a [(Fact, u8)]);
        impl Serialize for Not<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(self.0.len()))?;
                for (fact, value) in self.0 {
                    map.serialize_entry(fact.name(), &fact.value(*value))?;
                }
                map.end()
            }
        }
        struct OneOf(Fact, Values);
        impl Serialize for OneOf {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut list = serializer.serialize_seq(None)?;
                for value in self.1.iter() {
                    list.serialize_element(&self.0.value(value))?;
                }
                list.end()
            }
        }
        let fields = match self.need {
            Need::OneOf(..) => 4,
            Need::Not(_) => 3,
        };
        let mut out = serializer.serialize_struct("Requirement", fields)?;
        match &self.need {
            Need::OneOf(fact, values) => {
                out.serialize_field("fact", fact.name())?;
                out.serialize_field("values", &OneOf(*fact, *values))?;
            }
            Need::Not(values) => out.serialize_field("not", &Not(values))?,
        }
        out.serialize_field("rules", self.rules.as_slice())?;
        out.serialize_field("places", self.places.as_slice())?;
        out.end()
    }
}

/// What there is to say about one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[must_use]
pub struct Report {
    /// The line of the request line in its file, from 1; none without a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The operation's name; none where elblint does not cover it, or cannot tell. Nothing of the request was judged
    /// then, whatever the verdict.
    pub operation: Option<&'static str>,
    /// The HTTP method: that of the operation or, where there is none, of the request; empty where it has none either.
    pub method: Cow<'static, str>,
    /// The whole in one word.
    pub verdict: Verdict,
    /// What is wrong, in source order; in no particular order where there is no text.
    pub diagnostics: Vec<Diagnostic>,
    /// What it needs of the target, where the target is not known well enough.
    pub requires: Vec<Requirement>,
    /// Values that are placeholders, which no value check has seen.
    pub unchecked: Vec<Place>,
    /// The demands that no target meets, for who takes some of them out.
    #[serde(skip)]
    pub(crate) conflicts: Vec<Conflict>,
}

impl Report {
    /// The number of diagnostics of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Puts the diagnostics in source order, and the verdict that follows from them.
    pub(crate) fn settle(&mut self) {
        by_number(&mut self.diagnostics, |found| found.span.map_or(0, |span| span.start.offset as u64 + 1));
        self.judge();
    }

    /// The verdict that follows from the diagnostics, requirements and unchecked values.
    pub(crate) fn judge(&mut self) {
        self.verdict = if self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            Verdict::Refused
        } else if self.requires.is_empty() && self.unchecked.is_empty() {
            Verdict::Ready
        } else {
            Verdict::Conditional
        };
    }
}
