//! The documented API: operations, the models of their request bodies, and the GET objects of a context.
//!
//! A file a resource. Says what the documents say of single fields; relations between them live in
//! [`crate::rules`].

pub mod batch_create_members;
pub mod context;
pub mod field;
pub mod operation;
pub(crate) mod texts;
pub mod update_member;
pub mod update_pool;
pub mod upgrade_load_balancer;
pub mod values;

pub use operation::{Document, Operation};
