//! How a request is recognised as one of an operation, by its method and URL.
//!
//! Looks at nothing else of a request. What a URL is that is nearly an operation's is not known here.

use std::ops::Range;

use super::Operation;
use crate::lists::SmallVec;

/// The path parameters of a URL: their names, and where in the URL their values are.
pub type PathParameters = SmallVec<[(&'static str, Range<usize>); 4]>;

/// What a method and URL ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// An operation that is covered.
    Operation(Operation, PathParameters),
    /// Another operation of the ELB API v3.
    Uncovered,
    /// Another service, or another version.
    Elsewhere,
}

/// Finds the operation that a method and URL ask for. The URL may be absolute or a path, may have a query, and
/// may have placeholders in any segment.
pub fn route(method: &str, url: &str) -> Route {
    let mut places = [(0, 0); MOST_SEGMENTS];
    let count = segments(url, &mut places);
    let segments = places.get(..count).unwrap_or_default();
    let without_slash = match segments.split_last() {
        Some(((start, end), before)) if start == end => before,
        _ => &[],
    };
    let found = operation_at(method, url, segments)
        .or_else(|| operation_at(method, url, without_slash))
        .map(|operation| (operation, 0))
        .or_else(|| operation_behind(method, url, segments));
    if let Some((operation, missing)) = found {
        let base = (0, segments.first().map_or(0, |(start, _)| start.saturating_sub(1)));
        let mut parameters = PathParameters::new();
        for (index, expected) in operation.info().path.segments.iter().enumerate() {
            if let Some(name) = parameter(expected) {
                let place = index.checked_sub(missing).and_then(|index| segments.get(index));
                let (start, end) = *place.unwrap_or(&base);
                parameters.push((name, start..end));
            }
        }
        return Route::Operation(operation, parameters);
    }
    let segment = |index| places.get::<usize>(index).and_then(|(start, end)| url.get(*start..*end));
    let version = segment(0).unwrap_or_default();
    if (version == "v3" || is_placeholder(version)) && segment(2) == Some("elb") {
        Route::Uncovered
    } else {
        Route::Elsewhere
    }
}

/// The operation whose path has these segments.
fn operation_at(method: &str, url: &str, segments: &[(usize, usize)]) -> Option<Operation> {
    let mut best: Option<(usize, Operation)> = None;
    for operation in Operation::ALL {
        let info = operation.info();
        if info.path.segments.len() == segments.len()
            && info.method.eq_ignore_ascii_case(method)
            && let Some(literals) = literals(info.path.segments, url, segments)
            && best.is_none_or(|(most, _)| literals > most)
        {
            best = Some((literals, *operation));
        }
    }
    best.map(|(_, operation)| operation)
}

/// The operation of a URL that begins with a placeholder for more than the host, `{{base}}/elb/pools/p1`, and how many
/// segments of its path the placeholder stands for. That it is one of ELB shows in the rest, or in the
/// placeholder's name.
#[cold]
fn operation_behind(method: &str, url: &str, segments: &[(usize, usize)]) -> Option<(Operation, usize)> {
    let base = url.get(..segments.first()?.0.checked_sub(1)?)?;
    if !is_placeholder(base) {
        return None;
    }
    let named = base.as_bytes().windows(3).any(|word| word.eq_ignore_ascii_case(b"elb"));
    Operation::ALL.iter().find_map(|operation| {
        let info = operation.info();
        let missing = info.path.segments.len().checked_sub(segments.len()).filter(|missing| *missing > 0)?;
        let rest = info.path.segments.get(missing..)?;
        let ours = rest.contains(&"elb") || named && rest.len() > 1;
        let fits =
            ours && info.method.eq_ignore_ascii_case(method) && literals(rest, url, segments).is_some();
        fits.then_some((*operation, missing))
    })
}

/// More than any operation has.
const MOST_SEGMENTS: usize = 9;

/// Where in the URL the segments of its path are, after the host and before the query, and how many there are.
fn segments(url: &str, places: &mut [(usize, usize); MOST_SEGMENTS]) -> usize {
    let bytes = url.as_bytes();
    let mut free = places.iter_mut();
    let mut count = 0;
    let mut add = |start, end| {
        count += 1;
        if let Some(place) = free.next() {
            *place = (start, end);
        }
    };
    let mut depth = 0_usize;
    let mut start = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if MARKS.get(usize::from(*byte)) != Some(&true) {
            at += 1;
            continue;
        }
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            b'/' => match start.replace(at + 1) {
                Some(start) => add(start, at),
                None if bytes.get(at.saturating_sub(1)..at + 2) == Some(b"://") => {
                    start = None;
                    at += 1;
                }
                None => {}
            },
            _ => break,
        }
        at += 1;
    }
    if let Some(start) = start {
        add(start, at);
    }
    count
}

/// The bytes that may end a segment of a path, or keep others from doing so. A table, since most bytes are looked at
/// only for this.
static MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let mut index = 0;
    let bytes = b"/{}?#";
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    while index < bytes.len() {
        marks[bytes[index] as usize] = true;
        index += 1;
    }
    marks
};

/// How many segments are as the template has them, if all others may stand for its parameters.
fn literals(template: &[&'static str], url: &str, segments: &[(usize, usize)]) -> Option<usize> {
    let mut literals = 0;
    for (expected, (start, end)) in template.iter().zip(segments) {
        let segment = url.get(*start..*end)?;
        if parameter(expected).is_some() {
            if !may_be_id(segment) {
                return None;
            }
            continue;
        }
        if *expected == segment {
            literals += 1;
        } else if *expected == "elb" || !is_placeholder(segment) {
            return None;
        }
    }
    Some(literals)
}

/// Whether a segment of a URL may be the id of something, rather than the word of an operation that is not covered.
pub(crate) fn may_be_id(segment: &str) -> bool {
    !segment.starts_with("batch-")
}

/// The name of the parameter that a segment of a template stands for.
fn parameter(segment: &'static str) -> Option<&'static str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Whether a segment of a URL has a value that is not there yet: `{pool_id}`, `{{pool_id}}`, `${POOL}`, `$POOL`,
/// `<pool-id>` or `:pool_id`.
pub fn is_placeholder(segment: &str) -> bool {
    let braced = || {
        let mut after = segment.bytes().skip_while(|byte| *byte != b'{');
        after.any(|byte| byte == b'}')
    };
    match segment.as_bytes() {
        [b'$' | b':', _, ..] | [b'<', .., b'>'] => true,
        _ => braced(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(method: &str, url: &str) -> String {
        match route(method, url) {
            Route::Operation(operation, parameters) => {
                let shown: Vec<_> =
                    parameters.iter().map(|(name, at)| format!("{name}={}", &url[at.clone()])).collect();
                format!("{} {}", operation.name(), shown.join(" "))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn requests_are_recognised_by_method_and_path() {
        assert_eq!(
            name("PUT", "https://elb.example.com/v3/p1/elb/pools/x?a=/b"),
            "UpdatePool project_id=p1 pool_id=x"
        );
        assert_eq!(name("put", "/v3/p1/elb/pools/x"), "UpdatePool project_id=p1 pool_id=x");
        assert_eq!(name("PUT", "/v3/p1/elb/pools/x?from=http://y/z"), "UpdatePool project_id=p1 pool_id=x");
        assert_eq!(
            name("PUT", "https://{ELB_Endpoint}/v3/{{project}}/elb/pools/${POOL}/members/{m}"),
            "UpdateMember project_id={{project}} pool_id=${POOL} member_id={m}"
        );
        assert_eq!(
            name("POST", "{{host}}/v3/p/elb/pools/x/members/batch-add"),
            "BatchCreateMembers project_id=p pool_id=x"
        );
        assert_eq!(
            name("POST", "/v3/p/elb/loadbalancers/l/upgrade"),
            "UpgradeLoadBalancer project_id=p loadbalancer_id=l"
        );
        for word in ["batch-add", "batch-update"] {
            assert_eq!(name("PUT", &format!("/v3/p/elb/pools/x/members/{word}")), "Uncovered", "{word}");
        }
        assert_eq!(name("PUT", "/v3/p/elb/pools/batch-delete"), "Uncovered");
        assert_eq!(name("PUT", "/v3//elb/pools/x"), "UpdatePool project_id= pool_id=x");
        assert_eq!(name("PUT", "/v3/p/elb/pools/x/?a=b"), "UpdatePool project_id=p pool_id=x");
        assert_eq!(name("PUT", "/v3/p/elb/pools/"), "UpdatePool project_id=p pool_id=");
        assert_eq!(
            name("PUT", "/v3/p/elb/pools/x/members/"),
            "UpdateMember project_id=p pool_id=x member_id="
        );
    }

    #[test]
    fn a_placeholder_may_stand_for_more_than_the_host() {
        assert_eq!(name("PUT", "{{base}}/elb/pools/x"), "UpdatePool project_id={{base}} pool_id=x");
        assert_eq!(
            name("POST", "${ELB_URL}/pools/x/members/batch-add"),
            "BatchCreateMembers project_id=${ELB_URL} pool_id=x"
        );
        assert_eq!(
            name("PUT", "{{base}}/{{project}}/elb/pools/x"),
            "UpdatePool project_id={{project}} pool_id=x"
        );
        assert_eq!(name("PUT", "{{base}}/pools/x"), "Elsewhere");
        assert_eq!(name("PUT", "{{elb}}/x"), "Elsewhere");
        assert_eq!(name("PUT", "{{base}}/vpc/pools/x"), "Elsewhere");
        assert_eq!(name("PUT", "/elb/pools/x"), "Elsewhere");
    }

    #[test]
    fn others_are_told_apart() {
        assert_eq!(name("GET", "/v3/p/elb/pools/x"), "Uncovered");
        assert_eq!(name("PUT", "/v2/p/elb/pools/x"), "Elsewhere");
        assert_eq!(name("PUT", "/v3/p/vpc/pools/x"), "Elsewhere");
        assert_eq!(name("PUT", ""), "Elsewhere");
        assert_eq!(name("PUT", "https://host"), "Elsewhere");
    }
}
