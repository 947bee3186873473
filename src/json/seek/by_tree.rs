//! The same by means of a tree, which is there anyhow: a module for the browser is to be small.

use std::ops::Range;

use super::Tree;
use crate::diagnostic::Pointer;
use crate::lists::SmallVec;

/// Where pointers lead to in a text.
#[derive(Debug)]
pub(crate) struct Sought<'a>(Tree<'a>);

impl<'a> Sought<'a> {
    /// Makes the tree of a text, whichever places of it are asked for.
    pub(crate) fn new<'p>(text: &'a str, _: impl FnOnce() -> SmallVec<[&'p Pointer; 4]>) -> Self {
        Self(Tree::parse(text))
    }

    /// Where the value stands that a pointer leads to or, if there is none, the innermost one on the way.
    pub(crate) fn nearest(&self, pointer: &Pointer) -> Range<usize> {
        self.0.nearest(pointer)
    }

    /// Where the name stands that a pointer ends with.
    pub(crate) fn key_range(&self, pointer: &Pointer) -> Option<Range<usize>> {
        self.0.key_range(pointer)
    }
}
