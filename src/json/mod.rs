//! The strict reader of good bodies; the span tree of any other, and the tolerant reader over it.
//!
//! The tree is made only when the reader has refused a body, when a body has placeholders, or when there is
//! something in one to point at. This room knows nothing of any operation, and must not: the models tell the readers
//! what they want.

mod bare;
pub(crate) mod checks;
mod decode;
mod eight;
mod fill;
mod members;
pub(crate) mod model;
mod near;
mod parse;
mod placeholder;
mod plainly;
mod quote;
mod scan;
#[cfg_attr(target_family = "wasm", path = "seek/by_tree.rs")]
mod seek;
mod strict;
mod text;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use decode::escape;
pub(crate) use fill::{Fault, FaultKind, Filled, fill_model};
pub(crate) use near::near;
pub(crate) use placeholder::{is_placeholder, may_have_placeholder};
pub(crate) use plainly::plainly;
pub use quote::quote;
#[cfg(feature = "cli")]
pub(crate) use scan::is_lenience;
pub(crate) use seek::Sought;
#[cfg(any(target_family = "wasm", test))]
pub(crate) use strict::fill_faultless;
pub(crate) use strict::{Reader, Refused, fill_until, read};
pub(crate) use text::LineIndex;
#[cfg(feature = "cli")]
pub(crate) use text::floor;
pub use tree::Tree;
pub(crate) use tree::{Kind, Member, Node, SyntaxFault};
