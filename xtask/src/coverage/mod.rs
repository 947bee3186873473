//! What the API's documentation says of requests, sentence by sentence, and which rules enforce it.
//!
//! A file a page. The words are our own; the pages are read to their last row, response tables only where they
//! constrain a request. Enforces nothing: it is checked against the rules and the models by the tests beside it,
//! and shown as docs/coverage.md.

mod batch_create_members;
mod update_member;
mod update_pool;
mod upgrade_load_balancer;

#[cfg(test)]
mod tests;

use elblint::Operation;

/// The table of fields that the SDKs have and the page does not. Their rows give the way from the body's root.
pub(crate) const NEWER: &str = "newer than the page";

/// A page, as far as it constrains requests.
pub(crate) struct Page {
    /// The operation it documents.
    pub(crate) operation: Operation,
    /// The tables that describe the objects of the body, by the way from its root.
    #[cfg_attr(not(test), allow(dead_code, reason = "only the tests compare it with the models"))]
    pub(crate) objects: &'static [(&'static str, &'static str)],
    /// The sentences that it does not share with every other, in its order.
    pub(crate) own: &'static [Sentence],
}

/// A sentence that constrains a request.
pub(crate) struct Sentence {
    /// The table or section it stands in.
    pub(crate) table: &'static str,
    /// The parameter it is about; empty where it is about the whole.
    pub(crate) parameter: &'static str,
    /// What it says, in our own words.
    pub(crate) says: &'static str,
    /// What becomes of it.
    pub(crate) by: By,
}

/// What becomes of a sentence.
pub(crate) enum By {
    /// These rules enforce it.
    Rules(&'static [&'static str]),
    /// No rule can, for this reason.
    Never(&'static str),
}

/// A sentence that rules enforce.
const fn rules(
    table: &'static str,
    parameter: &'static str,
    says: &'static str,
    rules: &'static [&'static str],
) -> Sentence {
    Sentence { table, parameter, says, by: By::Rules(rules) }
}

/// A sentence that no rule can enforce.
const fn never(
    table: &'static str,
    parameter: &'static str,
    says: &'static str,
    reason: &'static str,
) -> Sentence {
    Sentence { table, parameter, says, by: By::Never(reason) }
}

pub(crate) const PAGES: &[Page] =
    &[upgrade_load_balancer::PAGE, update_pool::PAGE, update_member::PAGE, batch_create_members::PAGE];

/// What every page says.
pub(crate) const SHARED: &[Sentence] = &[
    rules(URI, "", "the method and the path", &["uncovered-operation"]),
    rules(PATH, "project_id", "mandatory", &["empty-path-parameter", "unfilled-path-parameter"]),
    rules(HEADER, "X-Auth-Token", "mandatory", &["without-token"]),
    rules(HEADER, "X-Auth-Token", "the token that authenticates the caller", &["literal-credential"]),
    never(HEADER, "X-Auth-Token", "the token is valid", "only the service can tell"),
];

/// Every sentence, each once.
pub(crate) fn sentences() -> impl Iterator<Item = &'static Sentence> {
    SHARED.iter().chain(PAGES.iter().flat_map(|page| page.own))
}

const FUNCTION: &str = "Function";
const CONSTRAINTS: &str = "Constraints";
const URI: &str = "URI";
const PATH: &str = "Path Parameters";
const HEADER: &str = "Request header parameters";
const BODY: &str = "Request body parameters";
