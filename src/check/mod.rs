//! One request through the whole: route, read, mend, judge, and the report of it.
//!
//! Puts the other rooms together; states no constraint of its own.

mod bodies;
mod conflict;
mod findings;
mod judge;
mod locate;
mod misrouted;
mod outside;
mod pointers;
mod remedy;

use std::borrow::Cow;

use crate::api::batch_create_members::BatchCreateMembersRequestBody;
use crate::api::context::Context;
use crate::api::operation::{Operation, Route, route};
use crate::api::update_member::UpdateMemberRequestBody;
use crate::api::update_pool::UpdatePoolRequestBody;
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::diagnostic::{Diagnostic, Part, Place, Pointer, Report, Step, Verdict};
#[cfg(target_family = "wasm")]
use crate::json::fill_faultless;
#[cfg(not(target_family = "wasm"))]
use crate::json::read;
use crate::json::{Tree, fill_model, may_have_placeholder};
use crate::order::by_number;
use crate::rules::{Rule, fields, head};
use crate::say::say;
use crate::target::Words;
use bodies::AnyBody;
pub(crate) use bodies::GoodBody;
pub use bodies::RequestBody;
pub(crate) use conflict::take_out;
use judge::Judge;

/// A request, as it will be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The URL: absolute, or only its path.
    pub url: &'a str,
    /// The headers; none where the format carries no headers, so that nothing is said about them.
    pub headers: Option<Vec<(&'a str, &'a str)>>,
    /// The body as JSON text.
    pub body: Option<&'a str>,
}

/// Tells whether a request will be accepted. None where it goes to another service; an error where the URL does, but is
/// nearly that of an operation.
///
/// Of a request to ELB whose operation is not covered nothing is judged. Its report says so: its `operation` is None,
/// although its verdict is ready.
///
/// ```
/// use elblint::{Context, Request, Verdict};
///
/// let request = Request {
///     method: "PUT",
///     url: "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086-a496-4666-9064-5ba0e6840c75",
///     body: Some(r#"{"pool": {"slow_start": {"enable": true, "duration": 20}}}"#),
///     ..Request::default()
/// };
/// let report = elblint::check(&request, &Context::default()).expect("a request to ELB");
/// assert_eq!(report.verdict, Verdict::Refused);
/// assert_eq!(report.diagnostics[0].message, "`duration` is 20, but must be from 30 to 1200");
/// ```
#[must_use]
pub fn check(request: &Request<'_>, context: &Context) -> Option<Report> {
    check_routed(request, route(request.method, request.url), None, context)
}

/// The same for a request that is routed already, and whose body may have been read already.
pub(crate) fn check_routed(
    request: &Request<'_>,
    route: Route,
    body: Option<&GoodBody<'_>>,
    context: &Context,
) -> Option<Report> {
    let (operation, parameters) = match route {
        Route::Operation(operation, parameters) => (operation, parameters),
        elsewhere => {
            let told = misrouted::report(request.method, request.url);
            return told.or_else(|| (elsewhere == Route::Uncovered).then(|| uncovered(request)));
        }
    };
    let mut judge = Judge::new(operation, context);
    let head = head::Head {
        url: request.url,
        parameters: &parameters,
        headers: request.headers.as_deref(),
        context,
    };
    judge.head(&head);
    let text = request.body.unwrap_or_default();
    let mut report = match body.filter(|_| !may_have_placeholder(text)) {
        Some(body) => {
            body.judge(&mut judge);
            judge.finish(None, text)
        }
        None => judge_text(&mut judge, text),
    };
    by_number(&mut report.diagnostics, |told| start(request, &told.place));
    Some(report)
}

/// Where a part of a request begins, among all: as in a file, what is not there is told of the request line.
fn start(request: &Request<'_>, place: &Place) -> u64 {
    let header = |name: &str| {
        let headers = request.headers.as_deref().unwrap_or_default();
        headers.iter().rposition(|(own, _)| own.eq_ignore_ascii_case(name))
    };
    match (place.part, place.pointer.steps()) {
        (Part::Path | Part::Query, _) => 1,
        (Part::Header, [Step::Name(name)]) => header(name).map_or(0, |at| at as u64 + 2),
        (Part::Body, _) if request.body.is_some_and(|body| !body.is_empty()) => u64::MAX,
        _ => 0,
    }
}

/// Tells whether a body will be accepted, without the request around it.
pub fn check_body(operation: Operation, text: &str, context: &Context) -> Report {
    judge_text(&mut Judge::new(operation, context), text)
}

/// Tells whether a body that a program has built will be accepted, without any JSON text.
///
/// ```
/// use elblint::api::update_pool::{UpdatePoolOption, UpdatePoolRequestBody};
/// use elblint::api::values::LbAlgorithm;
/// use elblint::{Context, Verdict};
///
/// let body = UpdatePoolRequestBody {
///     pool: UpdatePoolOption { lb_algorithm: LbAlgorithm::QuicCid.into(), ..Default::default() }.into(),
/// };
/// // Nothing is known of the group, so the report says what it must be.
/// let report = elblint::check_value(&body, &Context::default());
/// assert_eq!(report.verdict, Verdict::Conditional);
///
/// let context = Context::from_json(r#"{"pool": {"protocol": "TCP"}}"#)?;
/// let report = elblint::check_value(&body, &context);
/// assert_eq!(report.diagnostics[0].rule, "quic-cid-outside-quic");
/// # Ok::<(), elblint::ContextError>(())
/// ```
///
/// A field that is [`Unknown`](crate::api::field::Field::Unknown) counts as a placeholder does in a text: it is among
/// the `unchecked`, and the verdict is at best conditional. The diagnostics are in no particular order.
pub fn check_value<'a, B: RequestBody<'a>>(body: &B, context: &Context) -> Report {
    let mut judge = Judge::new(B::OPERATION, context);
    let at_fault = judge.gaps(body);
    body.judge(&mut judge);
    judge.hush(at_fault);
    judge.finish(None, "")
}

fn judge_text(judge: &mut Judge<'_>, text: &str) -> Report {
    match judge.operation {
        Operation::UpgradeLoadBalancer => judge_as::<UpgradeLoadBalancerRequestBody<'_>>(judge, text),
        Operation::UpdatePool => judge_as::<UpdatePoolRequestBody<'_>>(judge, text),
        Operation::UpdateMember => judge_as::<UpdateMemberRequestBody<'_>>(judge, text),
        Operation::BatchCreateMembers => judge_as::<BatchCreateMembersRequestBody<'_>>(judge, text),
    }
}

#[cfg(not(target_family = "wasm"))]
fn judge_as<'a, B: RequestBody<'a>>(judge: &mut Judge<'_>, text: &'a str) -> Report {
    if !may_have_placeholder(text)
        && let Some(body) = read::<B>(text)
    {
        body.judge(judge);
        return judge.finish(None, text);
    }
    mend(judge, &mut B::blank(), text)
}

/// The same for any body, as a module for the browser is to be small.
#[cfg(target_family = "wasm")]
fn judge_as<'a, B: RequestBody<'a>>(judge: &mut Judge<'_>, text: &'a str) -> Report {
    fn judge_any<'a>(judge: &mut Judge<'_>, body: &mut dyn AnyBody<'a>, text: &'a str) -> Report {
        if fill_faultless(text, body.model()).is_ok() {
            judge.standing();
            judge.trust_values();
            body.walk(judge);
            return judge.finish(None, text);
        }
        body.clear();
        mend(judge, body, text)
    }
    judge_any(judge, &mut B::blank(), text)
}

/// Judges a body that has faults, or something that is not known.
fn mend<'a>(judge: &mut Judge<'_>, body: &mut dyn AnyBody<'a>, text: &'a str) -> Report {
    let tree = Tree::parse(text);
    judge.standing();
    if tree.is_empty() {
        judge.missing_body();
        return judge.finish(Some(tree), text);
    }
    judge.syntax(tree.syntax_faults());
    let mut filled = fill_model(&tree, tree.root(), Pointer::default(), body.model());
    let is_there = |name: &str| tree.member(tree.root(), name).is_some();
    filled.hopeless |= tree.members(tree.root()).count() == 1 && outside::is_of_another(&filled);
    let missing = outside::forgive_outside(&mut filled, body.inside(), is_there);
    judge.faults(filled.faults);
    judge.unchecked.extend(filled.unchecked.into_iter().map(Place::body));
    if !filled.hopeless {
        body.walk(judge);
        judge.hush(filled.forgiven);
        judge.belongs_into(missing);
    }
    judge.finish(Some(tree), text)
}

/// The report of a request that is not covered, or that cannot be read.
pub(crate) fn bare_report(method: &str, diagnostics: Vec<Diagnostic>) -> Report {
    let mut report = Report {
        line: None,
        operation: None,
        method: method_name(method),
        verdict: Verdict::Ready,
        diagnostics,
        requires: Vec::new(),
        unchecked: Vec::new(),
        conflicts: Vec::new(),
    };
    report.judge();
    report
}

/// A diagnostic that rests on no field of the body.
pub(crate) fn bare_diagnostic(rule: &'static Rule, place: Place, words: impl Into<Words>) -> Diagnostic {
    worded(rule, place, words.into())
}

#[cfg_attr(target_family = "wasm", inline(never))]
fn worded(rule: &'static Rule, place: Place, words: Words) -> Diagnostic {
    let Words { message, help, related, .. } = words;
    let Rule { name, severity, .. } = *rule;
    Diagnostic { rule: name, severity, message, help, place, span: None, source: None, related, fix: None }
}

fn uncovered(request: &Request<'_>) -> Report {
    // What has no body reads or deletes what is there: nobody meant it for an update.
    let has_body = request.body.is_some_and(|body| !body.is_empty());
    let same_path = Operation::ALL.iter().find(|operation| {
        has_body
            && matches!(route(operation.method(), request.url), Route::Operation(own, _) if own == **operation)
    });
    let message = "this operation of the ELB API v3 is not covered yet, so nothing is said about it";
    let mut diagnostic = bare_diagnostic(&fields::UNCOVERED_OPERATION, Place::request(), message);
    diagnostic.help =
        same_path.map(|operation| say!("{} is {} on this path", operation.name(), operation.method()).into());
    bare_report(request.method, vec![diagnostic])
}

/// The method as a report shows it; the usual ones cost nothing.
fn method_name(method: &str) -> Cow<'static, str> {
    let known = ["PUT", "POST", "GET", "DELETE", "PATCH"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(method));
    known.map_or_else(|| Cow::Owned(method.to_owned()), Cow::Borrowed)
}
