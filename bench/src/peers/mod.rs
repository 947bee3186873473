//! What others would use for the same checks. None of them judges a request against its target, and none says where
//! in a text a fault is.

pub(crate) mod schema;
pub(crate) mod typed;
