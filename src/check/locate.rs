//! Where the places of a body are in its text.
//!
//! Hides how they are found: in the tree, where there is one, else in one pass over the text.

use std::ops::Range;

use crate::diagnostic::{Part, Place, Pointer};
use crate::json::{Sought, Tree};
use crate::lists::SmallVec;

/// What knows where places are.
pub(super) enum Locator<'t> {
    /// Nothing does: the body has no text.
    None,
    /// The tree of a body that was not good.
    Tree(Tree<'t>),
    /// The places of a good body.
    Sought(Sought<'t>),
}

impl<'t> Locator<'t> {
    /// Finds what these lead to, if that has not been found by means of a tree.
    pub(super) fn new<'p>(
        tree: Option<Tree<'t>>,
        text: &'t str,
        pointers: impl FnOnce() -> SmallVec<[&'p Pointer; 4]>,
    ) -> Self {
        match tree {
            Some(tree) => Self::Tree(tree),
            None if text.is_empty() => Self::None,
            None => Self::Sought(Sought::new(text, pointers)),
        }
    }

    /// Where a value of the body is or, if it is not there, the innermost one around it.
    pub(super) fn nearest(&self, place: &Place) -> Option<Range<usize>> {
        self.find(place, Tree::nearest, Sought::nearest)
    }

    /// Where the name of a member of the body is; in want of one the same as [`Locator::nearest`].
    pub(super) fn key(&self, place: &Place) -> Option<Range<usize>> {
        self.name(place).or_else(|| self.nearest(place))
    }

    /// Where the name of a member of the body is, if it is there.
    pub(super) fn name(&self, place: &Place) -> Option<Range<usize>> {
        self.find(place, Tree::key_range, Sought::key_range).flatten()
    }

    /// Whether the text is JSON, placeholders apart, so that it can be changed here without harm there.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::None => false,
            Self::Tree(tree) => tree.syntax_faults().is_empty(),
            Self::Sought(_) => true,
        }
    }

    fn find<R>(
        &self,
        place: &Place,
        in_tree: impl Fn(&Tree<'t>, &Pointer) -> R,
        among_sought: impl Fn(&Sought<'t>, &Pointer) -> R,
    ) -> Option<R> {
        match self {
            _ if place.part != Part::Body => None,
            Self::None => None,
            Self::Tree(tree) => Some(in_tree(tree, &place.pointer)),
            Self::Sought(sought) => Some(among_sought(sought, &place.pointer)),
        }
    }
}
