//! URLs that lead elsewhere, although an operation of ELB was surely meant.

use super::{bare_diagnostic, bare_report};
use crate::api::operation::{Operation, Route, route};
use crate::diagnostic::{Part, Place, Pointer, Report};
use crate::rules::fields;
use crate::say::say;

/// The report of a request whose URL is nearly that of an operation.
#[cold]
pub(super) fn report(method: &str, url: &str) -> Option<Report> {
    let meant = meant(method, url)?;
    let place = Place { part: Part::Path, pointer: Pointer::default() };
    let message = say!("this URL leads elsewhere, though it is nearly that of {}", meant.name());
    let mut found = bare_diagnostic(&fields::SYNTAX, place, message);
    found.help = Some(say!("write `{}`, or the same behind `https://` and a host", meant.path()).into());
    Some(bare_report(method, vec![found]))
}

/// The operation that a URL would be for with a slash in front, with a scheme that is one, or in lowercase.
fn meant(method: &str, url: &str) -> Option<Operation> {
    if !url.as_bytes().windows(5).any(|word| word.eq_ignore_ascii_case(b"/elb/")) {
        return None;
    }
    let lower = url.to_ascii_lowercase();
    let is_end = |rest: &&str| rest.starts_with([':', '/']);
    let behind_scheme = ["https", "http"].iter().find_map(|scheme| lower.strip_prefix(scheme).filter(is_end));
    let rest = behind_scheme.unwrap_or(&lower).trim_start_matches([':', '/']);
    let path = if rest.starts_with("v3/") {
        say!("/{}", rest)
    } else {
        rest.get(rest.bytes().position(|byte| byte == b'/')?..)?.to_owned()
    };
    match route(method, &path) {
        Route::Operation(operation, _) => Some(operation),
        Route::Uncovered | Route::Elsewhere => None,
    }
}

#[cfg(test)]
mod tests {
    use super::meant;
    use crate::api::operation::Operation;

    #[test]
    fn what_is_nearly_a_url_is_told_from_what_is_another() {
        for url in [
            "v3/p/elb/pools/x",
            "//v3/p/elb/pools/x",
            "//h/v3/p/elb/pools/x",
            "https//h/v3/p/elb/pools/x",
            "https:/h/v3/p/elb/pools/x",
            "http:h/v3/p/elb/pools/x",
            "https:///v3/p/elb/pools/x",
            "https://h/V3/p/elb/pools/x",
            "/v3/p/ELB/Pools/x?a=b",
        ] {
            assert_eq!(meant("PUT", url), Some(Operation::UpdatePool), "{url}");
            assert_eq!(meant("GET", url), None, "{url}");
        }
        for url in [
            "/v2/p/elb/pools/x",
            "https://h/gateway/v3/p/elb/pools/x",
            "{{base}}/v2/elb/pools/x",
            "/v3/p/vpc/pools/x",
            "https://h/elb/v3",
            "/elb/",
            "",
        ] {
            assert_eq!(meant("PUT", url), None, "{url}");
        }
    }
}
