//! Filling a model from a tree that need not fit it: every fault is noted, and filling goes on.
//!
//! Holds what is noted, and the way in. `values` and `structs` do the filling. What a fault means to a user, and
//! whether a field that is absent had to be there, are for others to say.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;

use super::placeholder::{is_placeholder, may_have_placeholder};
use super::tree::{Kind, Node, Tree};
use super::values::{Refused, Value};
use crate::diagnostic::{Pointer, Step};
use crate::order::by_number;

/// A model, and what was wrong with what it was filled from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled<T> {
    /// The model. Whatever is at fault is [`Unknown`](crate::api::field::Field::Unknown) in it.
    pub value: T,
    /// What is wrong, in source order.
    pub faults: Vec<Fault>,
    /// The values that are placeholders, in source order.
    pub unchecked: Vec<Pointer>,
    /// The fields that are not there, but that something at fault may have been meant for. They are
    /// [`Unknown`](crate::api::field::Field::Unknown) as well.
    pub forgiven: Vec<Pointer>,
    /// Whether there was no object to fill the model from, so that its absent fields prove nothing.
    pub hopeless: bool,
}

/// One way in which a value does not fit its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The way to the member or element.
    pub pointer: Pointer,
    /// Where in the text, in bytes: the name where the name is wrong, else the value.
    pub range: Range<usize>,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A member of the same name follows.
    DuplicateKey {
        /// Where the name stands that counts.
        last: Range<usize>,
    },
    /// The value is of another type.
    WrongType {
        /// The type it should have: `a string`, `an integer`, `a boolean`, `an object` or `a list`.
        expected: &'static str,
        /// What it is instead.
        found: Cow<'static, str>,
    },
    /// The object has no such member.
    UnknownField {
        /// The name.
        name: String,
        /// The name that was meant.
        near: Option<&'static str>,
        /// The names there are.
        known: &'static [&'static str],
        /// Whether the value holds what should stand here in its place.
        wrapper: bool,
    },
    /// The value is none of those there are.
    OneOf {
        /// The value.
        value: String,
        /// The values there are.
        permitted: &'static [&'static str],
        /// The value that was meant.
        near: Option<&'static str>,
    },
    /// The model refuses the value for a reason of its own.
    Invalid {
        /// The reason.
        message: String,
    },
}

/// Fills a model from a node of a tree, which is to be an object. `at` leads to the node.
pub fn fill<'a, T: Deserialize<'a> + Default>(tree: &Tree<'a>, node: Node, at: Pointer) -> Filled<T> {
    let placeholders = may_have_placeholder(tree.text());
    let mut notes = Notes {
        tree,
        at,
        placeholders,
        faults: Vec::new(),
        unchecked: Vec::new(),
        forgiven: Vec::new(),
        outer: tree.is_open(tree.root()).then(Vec::new),
    };
    let value = if !notes.is_known(node) {
        None
    } else if tree.kind(node) == Kind::Object {
        T::deserialize(Value { notes: &mut notes, node }).map_err(|refused| notes.refused(node, refused)).ok()
    } else {
        notes.wrong_type(node, "an object");
        None
    };
    // Only what a model refuses by itself is noted after the faults inside of it.
    by_number(&mut notes.faults, |fault| fault.range.start as u64);
    let hopeless = value.is_none();
    let Notes { faults, unchecked, forgiven, .. } = notes;
    Filled { value: value.unwrap_or_default(), faults, unchecked, forgiven, hopeless }
}

/// What is noted on the way.
pub(super) struct Notes<'t, 'a> {
    pub(super) tree: &'t Tree<'a>,
    pub(super) at: Pointer,
    /// Whether the text may have placeholders at all.
    placeholders: bool,
    faults: Vec<Fault>,
    unchecked: Vec<Pointer>,
    pub(super) forgiven: Vec<Pointer>,
    /// Where an end is missing in the text, the names that the objects around may have: what looks like a member of
    /// an inner object may be one of theirs.
    pub(super) outer: Option<Vec<&'static [&'static str]>>,
}

impl Notes<'_, '_> {
    /// Whether the value is known, so that it can be judged. Notes the ones that are placeholders.
    #[inline]
    pub(super) fn is_known(&mut self, node: Node) -> bool {
        match self.tree.kind(node) {
            Kind::Broken => false,
            Kind::Placeholder => self.is_spelt_out(node),
            Kind::String if self.placeholders => self.is_spelt_out(node),
            _ => true,
        }
    }

    #[inline(never)]
    fn is_spelt_out(&mut self, node: Node) -> bool {
        let spelt_out = self.tree.kind(node) == Kind::String && !is_placeholder(inside(self.tree.raw(node)));
        if !spelt_out {
            self.unchecked();
        }
        spelt_out
    }

    pub(super) fn unchecked(&mut self) {
        self.unchecked.push(self.at.clone());
    }

    pub(super) fn fault(&mut self, range: Range<usize>, kind: FaultKind) {
        self.faults.push(Fault { kind, pointer: self.at.clone(), range });
    }

    /// Notes a fault one step further on.
    pub(super) fn fault_at(&mut self, step: Step, range: Range<usize>, kind: FaultKind) {
        self.faults.push(Fault { kind, pointer: self.at.then(step), range });
    }

    pub(super) fn wrong_type(&mut self, node: Node, expected: &'static str) -> Refused {
        let found = self.found(node, expected);
        self.fault(self.tree.range(node), FaultKind::WrongType { expected, found });
        Refused(None)
    }

    /// Notes what a model has refused, unless that is noted already.
    pub(super) fn refused(&mut self, node: Node, Refused(message): Refused) {
        if let Some(message) = message {
            self.fault(self.tree.range(node), FaultKind::Invalid { message });
        }
    }

    fn found(&self, node: Node, expected: &str) -> Cow<'static, str> {
        match self.tree.kind(node) {
            Kind::Number if expected == "an integer" => {
                let raw = self.tree.raw(node);
                let (number, more) = raw.get(..32).map_or((raw, ""), |start| (start, "…"));
                ["the number ", number, more, ", which is not an integer"].concat().into()
            }
            other => other.words().into(),
        }
    }
}

/// What stands between the quotes, as it stands there: an escape never makes a placeholder.
fn inside(raw: &str) -> &str {
    let mut inside = raw.chars();
    inside.next();
    inside.next_back();
    inside.as_str()
}
