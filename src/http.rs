//! A check of `http::Request`, for whoever sends requests with any client built on that type.
//!
//! Only translates; it judges nothing and sends nothing.

use ::http::Request;

use crate::Context;
use crate::check::{self, bare_diagnostic};
use crate::diagnostic::{Place, Pointer, Report};
use crate::rules::fields;

/// Tells whether a request will be accepted, right before it is sent. None where it goes to another service.
///
/// ```
/// let request = http::Request::put("https://elb.example.com/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086")
///     .header("X-Auth-Token", "…")
///     .body(r#"{"pool": {"lb_algorithm": "FASTEST"}}"#)?;
/// let report = elblint::check_http(&request, &elblint::Context::default()).expect("a request to ELB");
/// assert_eq!(report.diagnostics[0].rule, "one-of");
/// # Ok::<(), http::Error>(())
/// ```
///
/// A program may carry its token in the request, so a literal one is not reported.
#[must_use]
pub fn check_http<B: AsRef<[u8]>>(request: &Request<B>, context: &Context) -> Option<Report> {
    let method = request.method().as_str();
    let url = request.uri().to_string();
    let bytes = request.body().as_ref();
    let text = std::str::from_utf8(bytes);
    let headers =
        request.headers().iter().map(|(name, value)| (name.as_str(), hidden(value.as_bytes()))).collect();
    let body = text.ok().filter(|text| !text.is_empty());
    let request = check::Request { method, url: &url, headers: Some(headers), body };
    let mut report = check::check(&request, context)?;
    if text.is_err() {
        // There is a body, though it cannot be read.
        let place = Place::body(Pointer::default());
        report.diagnostics.retain(|found| found.place != place);
        let message = "the body is not UTF-8, as JSON must be";
        report.diagnostics.push(bare_diagnostic(&fields::SYNTAX, place, message));
        report.judge();
    }
    Some(report)
}

/// A stand-in for a value: that it is there counts, what it is does not.
fn hidden(value: &[u8]) -> &'static str {
    if value.is_empty() { "" } else { "***" }
}
