//! The documented API: operations, the models of their request bodies, and the GET objects of a context.
//!
//! A file a resource. Says what the documents say of single fields; relations between them live in
//! [`crate::rules`].
//!
//! The models of bodies are those of `serde` and `validator`, but neither judges a body: `validate` looks at one object and
//! not into those within it, and knows no relations. [`check_value`](crate::check_value) does both. And where a text is
//! read by other readers than ours, serde's derived code takes a list of values for an object, as it is no fault in a value
//! that is then sent as an object. So a text is for [`check_body`](crate::check_body), which refuses it:
//!
//! ```
//! use elblint::api::update_member::UpdateMemberRequestBody;
//! use elblint::{Context, Operation, check_body};
//!
//! let text = r#"[{"weight": 1}]"#;
//! let body: UpdateMemberRequestBody<'_> = serde_json::from_str(text)?;
//! assert_eq!(serde_json::to_string(&body)?, r#"{"member":{"weight":1}}"#);
//! let report = check_body(Operation::UpdateMember, text, &Context::default());
//! assert_eq!(report.diagnostics[0].rule, "wrong-type");
//! # Ok::<(), serde_json::Error>(())
//! ```

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
