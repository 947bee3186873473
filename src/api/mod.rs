//! The documented API: a file a resource.
pub mod field;
