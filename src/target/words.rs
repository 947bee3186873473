//! What a rule says of a fault: where it is, and what is wrong in words.

use std::borrow::Cow;

use crate::diagnostic::{Place, Related, Step};

/// Where a rule points at, told in constants: a place is made of it only where it will be shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    /// The names from the body's root; an empty one for an element of a list. None at all for the request as a whole.
    pub(super) names: &'static [&'static str],
    pub(super) index: usize,
}

impl At {
    /// The request as a whole.
    pub(crate) const REQUEST: Self = Self::new(&[]);

    /// A member of the body.
    pub(crate) const fn new(names: &'static [&'static str]) -> Self {
        Self::element(names, 0)
    }

    /// An element of a list of the body, or a member of it.
    pub(crate) const fn element(names: &'static [&'static str], index: usize) -> Self {
        Self { names, index }
    }

    /// The place.
    pub(crate) fn place(self) -> Place {
        if self.names.is_empty() {
            return Place::request();
        }
        let step = |name: &&'static str| {
            if name.is_empty() { Step::Index(self.index) } else { Step::Name(name) }
        };
        Place::body(self.names.iter().map(step).collect())
    }
}

/// A fault in words.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) message: String,
    pub(crate) help: Option<Cow<'static, str>>,
    pub(crate) related: Vec<Related>,
    /// The field has no effect here, so that nothing is lost if it is removed.
    pub(crate) removable: bool,
}

impl From<String> for Words {
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn from(message: String) -> Self {
        Self { message, help: None, related: Vec::new(), removable: false }
    }
}

impl From<&str> for Words {
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}

impl Words {
    /// Adds what to do about it.
    pub(crate) fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        self.helped(help.into())
    }

    #[cfg_attr(target_family = "wasm", inline(never))]
    fn helped(mut self, help: Cow<'static, str>) -> Self {
        self.help = Some(help);
        self
    }

    /// Says that nothing is lost if the field is removed.
    pub(crate) fn removable(mut self) -> Self {
        self.removable = true;
        self
    }

    /// Adds another party.
    pub(crate) fn related(mut self, at: At, message: impl Into<String>) -> Self {
        self.related.push(Related { message: message.into(), place: at.place(), span: None });
        self
    }
}
