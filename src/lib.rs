//! elblint tells whether a request to the Elastic Load Balance (ELB) API v3 will be accepted, before it is sent.
//!
//! Without the feature `cli` this crate is the pure core: it reads no files, no clock and no environment, and does not
//! panic on any input.
//!
//! [`check`] judges a request, [`check_body`] a bare body, and [`check_value`] a body that the program has built. Each
//! takes a [`Context`], what is known of the load balancer and the backend server group that the request will meet, and
//! gives a [`Report`]: a [`Verdict`], the [`Diagnostic`]s, and what the request requires of the target where that is not
//! known.
//!
//! ```
//! use elblint::{Context, Operation, Verdict, check_body};
//!
//! let body = r#"{"pool": {"slow_start": {"enable": true}}}"#;
//! let report = check_body(Operation::UpdatePool, body, &Context::default());
//! assert_eq!(report.verdict, Verdict::Conditional);
//! assert!(report.requires.iter().any(|required| required.rules.contains(&"slow-start-on-layer-4")));
//! ```
//!
//! What is said of a request becomes an error of the program's own like this:
//!
//! ```
//! use elblint::{Report, Severity, Verdict};
//!
//! #[derive(Debug)]
//! struct NotSent(Vec<String>);
//!
//! fn unless_refused(report: &Report) -> Result<(), NotSent> {
//!     if report.verdict != Verdict::Refused {
//!         return Ok(());
//!     }
//!     let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
//!     Err(NotSent(errors.map(ToString::to_string).collect()))
//! }
//! # use elblint::{Context, Operation, check_body};
//! # let report = check_body(Operation::UpdateMember, r#"{"member": {"weight": 101}}"#, &Context::default());
//! # let told = "error[range]: `weight` is 101, but must be from 0 to 100 at /member/weight";
//! # assert_eq!(unless_refused(&report).unwrap_err().0, [told]);
//! ```
//!
//! Request files are for [`request_files::check_text`], and what their users do not want to see for
//! [`policy::Policy`].
//!
//! The feature `cli`, which is on by default, is for the command alone. `schema` adds the JSON Schemas of the bodies, `docs`
//! the documentation of the rules,
#![cfg_attr(
    feature = "http",
    doc = "and `http` [`check_http`], for any client built on the crate of that name."
)]
#![cfg_attr(
    not(feature = "http"),
    doc = "and `http` `check_http`, for any client built on the crate of that name."
)]
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
#[doc(hidden)]
pub mod json;
mod lists;
mod order;
#[cfg(feature = "cli")]
mod output;
pub mod policy;
pub mod request_files;
pub mod rules;
mod say;
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

/// What the README shows is run, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
