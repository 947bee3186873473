//! Filling a model from a tree that need not fit it: every fault is noted, and filling goes on.
//!
//! Takes a value for exactly what the model asks for, never for something like it. Whose value a member of an object is,
//! `members` tells. What a fault means to a user, and whether a field that is absent had to be there, are for others to
//! say.

use std::borrow::Cow;
use std::ops::Range;

use super::decode;
use super::members::Members;
use super::model::{Container, Lack, List, Model, Object, Want};
use super::near::near;
use super::placeholder::{is_placeholder, may_have_placeholder};
use super::tree::{Kind, Node, Tree};
use crate::diagnostic::{Pointer, Step};
use crate::say::say;
use crate::search::position;

/// What was wrong with what a model was filled from. Whatever is at fault is
/// [`Unknown`](crate::api::field::Field::Unknown) in it.
#[derive(Debug)]
pub(crate) struct Filled {
    /// What is wrong, in source order.
    pub(crate) faults: Vec<Fault>,
    /// The values that are placeholders, in source order.
    pub(crate) unchecked: Vec<Pointer>,
    /// The fields that are not there, but that something at fault may have been meant for, and those whose value is at
    /// fault.
    pub(crate) forgiven: Vec<Pointer>,
    /// Whether there was no object to fill the model from, so that its absent fields prove nothing.
    pub(crate) hopeless: bool,
}

/// One way in which a value does not fit its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What is wrong.
    pub(crate) kind: FaultKind,
    /// The way to the member or element.
    pub(crate) pointer: Pointer,
    /// Where in the text, in bytes: the name where the name is wrong, else the value.
    pub(crate) range: Range<usize>,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
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
}

/// Fills a model that has not been filled from a node of a tree, which is to be an object. `at` leads to the node.
pub(crate) fn fill_model<'a>(tree: &Tree<'a>, node: Node, at: Pointer, model: &mut dyn Model<'a>) -> Filled {
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
    let filled = notes.is_known(node) && notes.take(node, model.want(None)).is_some();
    let Notes { faults, unchecked, forgiven, .. } = notes;
    Filled { faults, unchecked, forgiven, hopeless: !filled }
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
    fn is_known(&mut self, node: Node) -> bool {
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

    /// Notes a fault one step further on.
    pub(super) fn fault_at(&mut self, step: Step, range: Range<usize>, kind: FaultKind) {
        self.faults.push(Fault { kind, pointer: self.at.then(step), range });
    }

    fn wrong_type(&mut self, node: Node, expected: &'static str) {
        let found = self.found(node, expected);
        self.fault_of_value(node, FaultKind::WrongType { expected, found });
    }

    fn fault_of_value(&mut self, node: Node, kind: FaultKind) {
        self.forgiven.push(self.at.clone());
        self.faults.push(Fault { kind, pointer: self.at.clone(), range: self.tree.range(node) });
    }

    fn found(&self, node: Node, expected: &str) -> Cow<'static, str> {
        let raw = self.tree.raw(node);
        match self.tree.kind(node) {
            Kind::Number if expected == "an integer" => {
                let (number, more) = shortened(raw);
                say!("the number {}{}, which is not an integer", number, more).into()
            }
            // If only the quotes are wrong, the value needs not be told.
            Kind::String if !fits_without_quotes(inside(raw), expected) => {
                let (string, more) = shortened(inside(raw));
                say!("the string \"{}{}\"", string, more).into()
            }
            other => other.words().into(),
        }
    }
}

/// Filling. None where a value is not what is wanted; the fault is noted then.
impl<'a> Notes<'_, 'a> {
    fn take(&mut self, node: Node, want: Want<'_, 'a>) -> Option<()> {
        match want {
            Want::Bool(place) => *place = self.bool(node)?,
            Want::Integer(place) => *place = self.integer(node)?,
            Want::Text(place) => *place = self.string(node)?,
            Want::Words(place) => place.take(self.string(node)?),
            Want::OneOf(words, place) => place.choose(self.one_of(node, words)?),
            Want::List(list) => self.list(node, list)?,
            Want::Object(object) => self.object(node, object)?,
            Want::Nothing => {}
        }
        Some(())
    }

    /// Takes a member or an element.
    fn take_at(&mut self, step: Step, node: Node, container: &mut dyn Container<'a>, number: usize) {
        self.at.push(step);
        let lack = (self.tree.kind(node) == Kind::Null).then_some(Lack::Null);
        if !self.is_known(node) || self.take(node, container.want_at(number, lack)).is_none() {
            container.want_at(number, Some(Lack::Unknown));
        }
        self.at.pop();
    }

    fn bool(&mut self, node: Node) -> Option<bool> {
        match self.tree.kind(node) {
            Kind::Bool(value) => return Some(value),
            _ => self.wrong_type(node, "a boolean"),
        }
        None
    }

    fn integer(&mut self, node: Node) -> Option<i64> {
        let integer = match self.tree.kind(node) {
            Kind::Number => decode::integer(self.tree.raw(node)),
            _ => None,
        };
        if integer.is_none() {
            self.wrong_type(node, "an integer");
        }
        integer
    }

    fn string(&mut self, node: Node) -> Option<Cow<'a, str>> {
        let string = self.tree.string(node);
        if string.is_none() {
            self.wrong_type(node, "a string");
        }
        string
    }

    fn one_of(&mut self, node: Node, permitted: &'static [&'static str]) -> Option<usize> {
        let value = self.string(node)?;
        let number = position(permitted, value.as_bytes());
        if number.is_none() {
            let near = near(&value, permitted.iter().copied());
            let kind = FaultKind::OneOf { value: value.into_owned(), permitted, near };
            self.fault_of_value(node, kind);
        }
        number
    }

    fn list(&mut self, node: Node, list: &mut dyn List<'a>) -> Option<()> {
        let tree = self.tree;
        if tree.kind(node) != Kind::Array {
            self.wrong_type(node, "a list");
            return None;
        }
        // A list that was cut off before its first element is not an empty one.
        if tree.is_open(node) && tree.len(node) == 0 {
            return None;
        }
        list.reserve(tree.len(node));
        for (index, element) in tree.elements(node).enumerate() {
            self.take_at(Step::Index(index), element, list, index);
        }
        Some(())
    }

    fn object(&mut self, node: Node, object: &mut dyn Object<'a>) -> Option<()> {
        if self.tree.kind(node) != Kind::Object {
            self.wrong_type(node, "an object");
            return None;
        }
        let mut members = Members::new(self, node, object.shape());
        while let Some((number, value)) = members.next(self) {
            match value {
                Some((step, value)) => self.take_at(step, value, object, number),
                None => drop(object.want_at(number, Some(Lack::Unknown))),
            }
        }
        if let Some(outer) = &mut self.outer {
            outer.pop();
        }
        Some(())
    }
}

/// Whether what stands in quotes would be of the expected type without them, or no removal of quotes would help.
fn fits_without_quotes(inside: &str, expected: &str) -> bool {
    match expected {
        "an integer" => {
            inside.ends_with(|last: char| last.is_ascii_digit()) && decode::integer(inside).is_some()
        }
        "a boolean" => matches!(inside, "true" | "false"),
        _ => true,
    }
}

/// The beginning of a value, and a sign that there is more.
fn shortened(raw: &str) -> (&str, &str) {
    match raw.char_indices().nth(32) {
        Some((end, _)) => (raw.get(..end).unwrap_or_default(), "…"),
        None => (raw, ""),
    }
}

/// What stands between the quotes, as it stands there: an escape never makes a placeholder.
fn inside(raw: &str) -> &str {
    let mut inside = raw.chars();
    inside.next();
    inside.next_back();
    inside.as_str()
}
