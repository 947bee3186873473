//! Lists that are mostly short: in place, without an allocation.
//!
//! A module for the browser is to be small, and each length and type of such lists brings code of its own. So there they
//! are what all lists are.

#[cfg(not(target_family = "wasm"))]
pub(crate) use smallvec::{SmallVec, smallvec};

#[cfg(target_family = "wasm")]
pub(crate) use std::vec as smallvec;
#[cfg(target_family = "wasm")]
pub(crate) use wasm::SmallVec;

#[cfg(target_family = "wasm")]
mod wasm {
    /// A list, of which the length that it mostly has is of no use here.
    pub(crate) type SmallVec<A> = Vec<<A as smallvec::Array>::Item>;
}
