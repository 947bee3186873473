//! URLs that lead elsewhere, although an operation of ELB was surely meant.

use super::{bare_diagnostic, bare_report};
use crate::api::operation::{Operation, Route, may_be_id, route};
use crate::diagnostic::{Part, Place, Pointer, Report};
use crate::json::near;
use crate::rules::fields;
use crate::say::say;
use crate::search::contains;

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

/// The operation that a URL would be for with a slash in front, with a scheme that is one, in lowercase, with a project
/// id, without a slash too many, or with its words spelt right.
fn meant(method: &str, url: &str) -> Option<Operation> {
    let lower = url.to_ascii_lowercase();
    if !contains(&lower, "/elb/") {
        return None;
    }
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
        Route::Uncovered | Route::Elsewhere => nearest(method, &path),
    }
}

fn nearest(method: &str, path: &str) -> Option<Operation> {
    let path = path.get(..path.bytes().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(path.len()))?;
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if segments.get(1) == Some(&"elb") {
        segments.insert(1, "{project_id}");
    }
    let ["v3", _, "elb", rest @ ..] = &*segments else { return None };
    let fits = |operation: &&Operation| {
        let own = operation.info().path.segments.get(3..).unwrap_or_default();
        own.len() == rest.len()
            && operation.method().eq_ignore_ascii_case(method)
            && own.iter().zip(rest).all(|(own, segment)| {
                own == segment
                    || own.starts_with('{') && may_be_id(segment)
                    || near(segment, [*own]).is_some()
            })
    };
    Operation::ALL.iter().find(fits).copied()
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
            "https://h/v3/elb/pools/x",
            "{{host}}/v3/elb/pools/x",
            "/v3/p/elb//pools/x",
            "/v3/{{p}}/elb/pool/{{id}}?a=/b",
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
            "/v3/p/elb/listeners/x",
            "/v3/p/elb/l7policies/x/rules/y",
            "/v3/p/elb/healthmonitors/x",
            "/v3/elb/pools",
        ] {
            assert_eq!(meant("PUT", url), None, "{url}");
        }
        assert_eq!(meant("PUT", "/v3/p/elb/pools/x/members/batch-add"), None);
        let of_servers = |word| meant("POST", &format!("/v3/p/elb/pools/x/members/{word}"));
        for word in ["batch_add", "batchadd", "batch-ad"] {
            assert_eq!(of_servers(word), Some(Operation::BatchCreateMembers), "{word}");
        }
        for word in ["batch-delete", "batch-update", ""] {
            assert_eq!(of_servers(word), None, "{word}");
        }
    }
}
