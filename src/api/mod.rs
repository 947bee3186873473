//! The documented API: operations, the models of their request bodies, and the GET objects of a context.
//!
//! A file a resource. Says what the documents say of single fields; relations between them live in
//! [`crate::rules`].
//!
//! The models of bodies are those of `serde` and `validator`, but neither judges a body: `validate` looks at one object and
//! not into those within it, and knows no relations. [`check_value`](crate::check_value) does both.

pub mod batch_create_members;
pub mod context;
pub mod field;
pub mod operation;
pub(crate) mod texts;
pub mod update_member;
pub mod update_pool;
pub mod upgrade_load_balancer;
pub mod values;

pub use operation::{Document, Operation, UnknownOperation};
