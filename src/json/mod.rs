//! The strict reader of good bodies; the span tree of any other, and the tolerant deserializer over it.
//!
//! The tree is made only when the reader has refused a body, when a body has placeholders, or when there is
//! something in one to point at. This room knows nothing of any operation, and must not: the models tell the
//! deserializers what they want.

mod bare;
mod decode;
mod eight;
mod fill;
mod names;
mod near;
mod parse;
mod placeholder;
mod scan;
mod seek;
mod strict;
mod structs;
mod text;
mod tree;
mod values;

#[cfg(test)]
mod tests;

pub use fill::{Fault, FaultKind, Filled, fill};
pub use names::names_of;
pub use near::near;
pub use placeholder::{is_placeholder, may_have_placeholder};
#[cfg(feature = "cli")]
pub(crate) use scan::is_lenience;
pub use seek::Sought;
pub(crate) use strict::{Reader, Refused, read, read_until};
pub use text::LineIndex;
pub use tree::{Kind, Member, Node, SyntaxFault, Tree};
