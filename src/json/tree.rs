//! The span tree: every value of a JSON text, and where it stands.
//!
//! Only looks things up. How the tree comes about is told in `parse`, what its strings say in `decode`.

use std::borrow::Cow;
use std::ops::Range;

use super::{decode, parse};
use crate::diagnostic::{Pointer, Step};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
    /// `{{name}}`, `${NAME}`, `$NAME` or `<name>` without quotes.
    Placeholder,
    /// Something whose value is not known, because of a fault that has been told.
    Broken,
}

impl Kind {
    /// In a sentence.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "a list",
            Self::Object => "an object",
            Self::Placeholder | Self::Broken => "something unknown",
        }
    }
}

/// A value of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Node(pub(super) u32);

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member<'a> {
    /// The name, without quotes and escapes.
    pub(crate) key: Cow<'a, str>,
    /// The name as it is written, with its quotes.
    pub(crate) key_range: Range<usize>,
    /// The value.
    pub(crate) value: Node,
}

/// One way in which a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxFault {
    /// Where, in bytes. Empty where something is missing.
    pub(crate) range: Range<usize>,
    /// What is wrong.
    pub(crate) message: Cow<'static, str>,
    /// What to do about it.
    pub(crate) help: Option<Cow<'static, str>>,
    /// What was opened and not closed, where that is the fault.
    pub(crate) opener: Option<Range<usize>>,
}

/// Offsets are kept in 32 bits, which halves the tree. The parser refuses texts that need more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) open: bool,
    /// A string that surely has no escape.
    pub(super) plain: bool,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) first: u32,
    pub(super) count: u32,
}

/// An element, or a member with its key. The key of an element is empty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Child {
    pub(super) key_start: u32,
    pub(super) key_end: u32,
    pub(super) value: Node,
}

/// The values of a JSON text, which need not be without fault.
#[derive(Debug)]
pub struct Tree<'a> {
    pub(super) text: &'a str,
    pub(super) entries: Vec<Entry>,
    pub(super) children: Vec<Child>,
    pub(super) faults: Vec<SyntaxFault>,
}

/// What a node that is not of this tree is taken for.
const NOTHING: Entry =
    Entry { kind: Kind::Broken, open: true, plain: false, start: 0, end: 0, first: 0, count: 0 };

impl<'a> Tree<'a> {
    /// Parses a text. Messages that name a line count from 1.
    pub fn parse(text: &'a str) -> Self {
        parse::parse(text, 1)
    }

    /// Parses a text that is part of a file. Messages that name a line count from `line`.
    pub(crate) fn parse_from(text: &'a str, line: usize) -> Self {
        parse::parse(text, line)
    }

    /// The text.
    pub(crate) const fn text(&self) -> &'a str {
        self.text
    }

    /// Whether the text is blank.
    pub(crate) fn is_empty(&self) -> bool {
        let text = self.text.strip_prefix('\u{FEFF}').unwrap_or(self.text);
        text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r'))
    }

    /// The ways in which the text is not JSON, in source order.
    pub(crate) fn syntax_faults(&self) -> &[SyntaxFault] {
        &self.faults
    }

    /// The value of the whole text.
    pub(crate) const fn root(&self) -> Node {
        Node(0)
    }

    /// What a value is.
    pub(crate) fn kind(&self, node: Node) -> Kind {
        self.entry(node).kind
    }

    /// Where a value stands, in bytes.
    pub(crate) fn range(&self, node: Node) -> Range<usize> {
        let entry = self.entry(node);
        entry.start as usize..entry.end as usize
    }

    /// A value as it is written.
    pub(crate) fn raw(&self, node: Node) -> &'a str {
        self.text.get(self.range(node)).unwrap_or_default()
    }

    /// What a string says; none for any other value.
    pub(crate) fn string(&self, node: Node) -> Option<Cow<'a, str>> {
        let entry = self.entry(node);
        match entry.kind {
            Kind::String if entry.plain => {
                Some(Cow::Borrowed(self.text.get(entry.start as usize + 1..entry.end as usize - 1)?))
            }
            Kind::String => Some(decode::string(self.raw(node))),
            _ => None,
        }
    }

    /// The members of an object in source order, with those that another of the same name follows.
    pub(crate) fn members(
        &self,
        node: Node,
    ) -> impl DoubleEndedIterator<Item = Member<'a>> + ExactSizeIterator {
        self.object(node).iter().map(|child| self.named(child))
    }

    /// The member of this name; of several the last.
    pub(crate) fn member(&self, node: Node, name: &str) -> Option<Member<'a>> {
        let child = self.object(node).iter().rfind(|child| self.is_named(child, name))?;
        Some(self.named(child))
    }

    /// The elements of a list.
    pub(crate) fn elements(&self, node: Node) -> impl DoubleEndedIterator<Item = Node> + ExactSizeIterator {
        let children = if self.kind(node) == Kind::Array { self.children(node) } else { &[] };
        children.iter().map(|child| child.value)
    }

    /// An element of a list.
    pub(crate) fn element(&self, node: Node, index: usize) -> Option<Node> {
        if self.kind(node) != Kind::Array {
            return None;
        }
        self.children(node).get(index).map(|child| child.value)
    }

    /// How many members or elements a value has.
    pub(crate) fn len(&self, node: Node) -> usize {
        self.entry(node).count as usize
    }

    /// Whether a fault of syntax has hidden some of the members or elements, so that a missing one proves
    /// nothing.
    pub(crate) fn is_open(&self, node: Node) -> bool {
        self.entry(node).open
    }

    /// Where the name stands that a pointer ends with.
    pub fn key_range(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let (last, steps) = pointer.steps().split_last()?;
        let parent = steps.iter().try_fold(self.root(), |node, step| self.step(node, step))?;
        self.member(parent, name(last)?).map(|member| member.key_range)
    }

    /// Where the value stands that a pointer leads to or, if there is none, the innermost one on the way.
    pub fn nearest(&self, pointer: &Pointer) -> Range<usize> {
        let mut node = self.root();
        for step in pointer.steps() {
            match self.step(node, step) {
                Some(next) => node = next,
                None => break,
            }
        }
        self.range(node)
    }

    fn step(&self, node: Node, step: &Step) -> Option<Node> {
        match step {
            Step::Index(index) => self.element(node, *index),
            Step::Name(_) | Step::Other(_) => self.member(node, name(step)?).map(|member| member.value),
        }
    }

    fn entry(&self, node: Node) -> &Entry {
        self.entries.get(node.0 as usize).unwrap_or(&NOTHING)
    }

    fn children(&self, node: Node) -> &[Child] {
        let entry = self.entry(node);
        let first = entry.first as usize;
        self.children.get(first..first + entry.count as usize).unwrap_or_default()
    }

    /// The members of an object.
    pub(super) fn object(&self, node: Node) -> &[Child] {
        if self.kind(node) == Kind::Object { self.children(node) } else { &[] }
    }

    /// What stands between the double quotes of a name; none if it has other quotes, or none.
    pub(super) fn quoted_name(&self, child: &Child) -> Option<&'a [u8]> {
        match self.text.as_bytes().get(child.key_start as usize..child.key_end as usize)? {
            [b'"', name @ .., b'"'] => Some(name),
            _ => None,
        }
    }

    /// Whether a member has this name. An escape is longer than what it stands for, so few names are decoded.
    fn is_named(&self, child: &Child, name: &str) -> bool {
        match self.quoted_name(child) {
            Some(quoted) if quoted.len() < name.len() => false,
            Some(quoted) if crate::search::memchr(b'\\', quoted).is_none() => quoted == name.as_bytes(),
            _ => self.named(child).key == name,
        }
    }

    pub(super) fn named(&self, child: &Child) -> Member<'a> {
        let key_range = child.key_start as usize..child.key_end as usize;
        let key = decode::string(self.text.get(key_range.clone()).unwrap_or_default());
        Member { key, key_range, value: child.value }
    }
}

fn name(step: &Step) -> Option<&str> {
    match step {
        Step::Name(name) => Some(name),
        Step::Other(name) => Some(name),
        Step::Index(_) => None,
    }
}
