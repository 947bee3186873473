//! elblint tells whether a request to the Elastic Load Balance (ELB) API v3 will be accepted, before it is sent.
//!
//! This crate is the pure core: it reads no files, no clock and no environment, and does not panic on any input.
#![forbid(unsafe_code)]

pub mod api;
mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod diagnostic;
pub mod fix;
#[cfg(feature = "http")]
mod http;
pub mod json;
mod lists;
mod order;
#[cfg(feature = "cli")]
mod output;
pub mod policy;
pub mod request_files;
pub mod rules;
#[cfg(feature = "schema")]
pub mod schema;
mod search;
pub mod target;

pub use api::Operation;
pub use api::context::{Context, ContextError};
pub use check::{Request, RequestBody, check, check_body, check_value};
pub use diagnostic::{Diagnostic, Report, Severity, Verdict};
#[cfg(feature = "http")]
pub use http::check_http;
