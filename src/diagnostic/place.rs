//! Where something is: in a request, by its part and a JSON Pointer, and in a text.
//!
//! Plain data. What there is to say of a place is not known here, nor how one is found in a text.

use std::fmt;
use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::lists::SmallVec;
use crate::search::memchr2;

/// The part of a request that a [`Place`] lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The request as a whole: its target's status, say. The pointer is empty.
    Request,
    /// A path parameter of the URL, `/project_id`.
    Path,
    /// A query parameter of the URL.
    Query,
    /// A header, `/X-Auth-Token`.
    Header,
    /// The JSON body.
    Body,
}

impl Part {
    /// The word in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
        }
    }
}

/// One step of a [`Pointer`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A member of an object, by a name the API documents.
    Name(&'static str),
    /// A member of an object, by any other name.
    Other(Box<str>),
    /// An element of a list, counted from 0.
    Index(usize),
}

impl From<&'static str> for Step {
    fn from(name: &'static str) -> Self {
        Self::Name(name)
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// A JSON Pointer (RFC 6901), kept as steps so that building one costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(SmallVec<[Step; 3]>);

impl Pointer {
    /// The pointer with these steps.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn new<const N: usize>(steps: [Step; N]) -> Self {
        Self(steps.into_iter().collect())
    }

    /// The pointer that leads one step further.
    #[must_use]
    pub fn then(&self, step: impl Into<Step>) -> Self {
        let mut longer = self.clone();
        longer.0.push(step.into());
        longer
    }

    /// Goes one step further.
    pub fn push(&mut self, step: impl Into<Step>) {
        self.0.push(step.into());
    }

    /// Goes one step back.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The pointer as it is written.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for step in &self.0 {
            text.push('/');
            let mut name = match step {
                Step::Index(index) => {
                    text.push_str(itoa::Buffer::new().format(*index));
                    continue;
                }
                Step::Name(name) => name,
                Step::Other(name) => &**name,
            };
            while let Some(at) = memchr2(b'~', b'/', name.as_bytes()) {
                let (plain, rest) = name.split_at(at);
                text.push_str(plain);
                text.push_str(if rest.starts_with("~") { "~0" } else { "~1" });
                name = rest.get(1..).unwrap_or_default();
            }
            text.push_str(name);
        }
        text
    }
}

impl FromIterator<Step> for Pointer {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        let mut pointer = Self::default();
        steps.into_iter().for_each(|step| pointer.push(step));
        pointer
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// Where in a request something is: a part, and a JSON Pointer within it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The part of the request.
    #[serde(rename = "in")]
    pub part: Part,
    /// The way from the part's root.
    pub pointer: Pointer,
}

impl Place {
    /// The request as a whole.
    pub fn request() -> Self {
        Self { part: Part::Request, pointer: Pointer::default() }
    }

    /// A place in the body.
    pub fn body(pointer: Pointer) -> Self {
        Self { part: Part::Body, pointer }
    }

    /// A path parameter.
    pub fn path(parameter: &'static str) -> Self {
        Self { part: Part::Path, pointer: Pointer::new([Step::Name(parameter)]) }
    }

    /// A header.
    pub fn header(name: &'static str) -> Self {
        Self { part: Part::Header, pointer: Pointer::new([Step::Name(name)]) }
    }
}

/// A point in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// Bytes from the start of the text.
    pub offset: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode code points, from 1.
    pub column: usize,
}

/// A stretch of text; `end` is the point after its last character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// The first character.
    pub start: Position,
    /// The point after the last character.
    pub end: Position,
}

impl Span {
    /// The stretch between two offsets, whose lines and columns are not counted yet.
    pub(crate) fn uncounted(range: Range<usize>) -> Self {
        let at = |offset| Position { offset, ..Position::default() };
        Self { start: at(range.start), end: at(range.end) }
    }

    /// The offsets of the first character and of the point after the last one.
    pub(crate) const fn range(&self) -> Range<usize> {
        self.start.offset..self.end.offset
    }
}
