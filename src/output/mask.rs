//! Credentials in a source text that is shown are covered: a report goes to logs that many can read.
//!
//! Knows how headers are written in request files, in JSON, and in JSON inside of JSON.

use std::ops::Range;

use memchr::memchr2_iter;

use crate::json::is_placeholder;

/// Where the values of credentials are in a text, in its order, and none inside of another.
#[derive(Debug)]
pub(super) struct Secrets(Vec<Range<usize>>);

impl Secrets {
    /// Finds the values of credential headers. A placeholder is no secret.
    pub(super) fn find(text: &str) -> Self {
        let mut secrets: Vec<Range<usize>> = Vec::new();
        let mut look = |start: usize, names: &[&str]| {
            let rest = text.as_bytes().get(start..).unwrap_or_default();
            let named = |name: &&&str| {
                rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
            };
            if let Some(name) = names.iter().find(named) {
                secrets.extend(value(text, start + name.len()));
            }
        };
        // Letters that are rare, so that hardly any place has to be looked at.
        let follows = |at: &usize, next: u8| {
            text.as_bytes().get(at + 1).is_some_and(|byte| byte.eq_ignore_ascii_case(&next))
        };
        for at in memchr2_iter(b'x', b'X', text.as_bytes()).filter(|at| follows(at, b'-')) {
            look(at, &["x-auth-token", "x-security-token", "x-subject-token"]);
        }
        for at in memchr2_iter(b'z', b'Z', text.as_bytes()).filter(|at| follows(at, b'a')) {
            if let Some(start) = at.checked_sub("authori".len()) {
                look(start, &["authorization"]);
            }
        }
        secrets.sort_unstable_by_key(|secret| secret.start);
        secrets.dedup_by(|next, last| {
            let inside = next.start < last.end;
            if inside {
                last.end = last.end.max(next.end);
            }
            inside
        });
        Self(secrets)
    }

    /// A stretch of the text with asterisks for the credentials, byte for byte, so that offsets stay what they
    /// are.
    pub(super) fn cover(&self, text: &str, range: Range<usize>) -> String {
        let mut bytes = text.as_bytes().get(range.clone()).unwrap_or_default().to_vec();
        let first = self.0.partition_point(|secret| secret.end <= range.start);
        for secret in self.0.iter().skip(first).take_while(|secret| secret.start < range.end) {
            let (start, end) = (secret.start.max(range.start), secret.end.min(range.end));
            bytes.get_mut(start - range.start..end - range.start).unwrap_or_default().fill(b'*');
        }
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// Where the value is of a header whose name ends at an offset; none where it is no header.
fn value(text: &str, after_name: usize) -> Option<Range<usize>> {
    let rest = text.get(after_name..)?;
    let gap = rest.trim_start_matches(['"', '\'', '\\', ' ', '\t', '\r', '\n']);
    let gap = gap.strip_prefix([':', '='])?.trim_start_matches([' ', '\t', '\\']);
    let (gap, quoted) = gap.strip_prefix('"').map_or((gap, false), |inner| (inner, true));
    let start = text.len() - gap.len();
    let length = if quoted { gap.find(['"', '\n']) } else { gap.find('\n') }.unwrap_or(gap.len());
    let value = gap.get(..length)?.trim_end_matches(['\r', '\\', ' ']);
    (!value.is_empty() && !is_placeholder(value)).then(|| start..start + value.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_covered() {
        let shown = |text: &str| Secrets::find(text).cover(text, 0..text.len());
        assert_eq!(shown("X-Auth-Token: abc\r\nA: b"), "X-Auth-Token: ***\r\nA: b");
        assert_eq!(shown("x-auth-token:é"), "x-auth-token:**");
        assert_eq!(shown(r#"{"X-Auth-Token": "abc", "b": 1}"#), r#"{"X-Auth-Token": "***", "b": 1}"#);
        assert_eq!(shown(r#"{\"X-Auth-Token\":\"abc\",\"b\":1}"#), r#"{\"X-Auth-Token\":\"***\",\"b\":1}"#);
        assert_eq!(shown("AuthoriZation: SDK a=b, c"), "AuthoriZation: **********");
        for kept in [
            "X-Auth-Token: {{token}}",
            "X-Auth-Token: $TOKEN",
            "the X-Auth-Token header",
            "X-Auth-Token:",
            "z",
        ] {
            assert_eq!(shown(kept), kept);
        }
    }

    #[test]
    fn a_stretch_that_begins_inside_of_a_credential_is_covered() {
        let text = "X-Auth-Token: abcdef";
        assert_eq!(Secrets::find(text).cover(text, 16..19), "***");
    }
}
