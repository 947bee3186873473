//! The span tree of a JSON text, and the tolerant deserializer over it.
//!
//! This room is entered only when serde_json has refused a body, or when a body has placeholders. It knows
//! nothing of any operation, and must not: the models tell the deserializer what they want.

mod bare;
mod decode;
mod fill;
mod near;
mod parse;
mod placeholder;
mod scan;
mod structs;
mod text;
mod tree;
mod values;

#[cfg(test)]
mod tests;

pub use fill::{Fault, FaultKind, Filled, fill};
pub use near::near;
pub use placeholder::{is_placeholder, may_have_placeholder};
pub use text::LineIndex;
pub use tree::{Kind, Member, Node, SyntaxFault, Tree};
