//! Lines that stand where a request line should, and are none.
//!
//! Only what surely is none: whatever might be a request line is taken for one.

/// What stands there instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip<'t> {
    /// The command line of a client, by its name.
    Command(&'t str),
    /// A method without a URL.
    NoUrl,
    /// Some text.
    Text,
}

const METHODS: &[&str] = &["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

const COMMANDS: &[&str] = &["curl", "wget", "http", "https", "xh", "Invoke-RestMethod", "Invoke-WebRequest"];

/// Tells whether a line is surely no request line, and what it is instead.
pub(super) fn slip(line: &str) -> Option<Slip<'_>> {
    let prompt = line.strip_prefix("$ ").unwrap_or(line).trim_start();
    let mut words = prompt.split_ascii_whitespace();
    let (first, second) = (words.next()?, words.next());
    if second.is_some() && COMMANDS.contains(&first.strip_suffix(".exe").unwrap_or(first)) {
        return Some(Slip::Command(first));
    }
    if line.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
        return Some(Slip::Text);
    }
    let known = METHODS.iter().any(|method| method.eq_ignore_ascii_case(first));
    if known || line.len() != prompt.len() {
        return (known && second.is_none()).then_some(Slip::NoUrl);
    }
    let word = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic() || b"-'.,;!?".contains(&byte));
    let shouted = first.bytes().any(|byte| byte.is_ascii_uppercase())
        && !first.bytes().any(|byte| byte.is_ascii_lowercase());
    let text = match first.as_bytes() {
        [b'[' | b']' | b'}' | b'"' | b'\'' | b'|' | b'=' | b'+', ..] => true,
        // Braces of a placeholder have a name right inside.
        [b'{', rest @ ..] => matches!(rest, [] | [b'"' | b'}', ..]),
        // Methods that are not known are in capitals; hosts without a period or a port are rare.
        _ if second.is_some() => first.ends_with(":") || word(first) && !shouted,
        // A member of YAML has nothing behind its colon; a host has a port there.
        _ => {
            let name = first.strip_suffix(':').unwrap_or(first);
            word(name) && !name.as_bytes().contains(&b'.') && first != "localhost"
        }
    };
    text.then_some(Slip::Text)
}

/// Whether a line is for the editor that sends the requests: it names other files.
pub(super) fn is_directive(line: &str) -> bool {
    let rest = line.strip_prefix("import").or_else(|| line.strip_prefix("run")).unwrap_or_default();
    matches!(rest.as_bytes(), [b' ' | b'\t', names @ ..] if names.iter().any(|byte| b".#/".contains(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_request_line_is_told() {
        for line in ["curl -X PUT https://h/v3", "$ curl https://h", "wget https://h", "http PUT :/v3"] {
            assert!(matches!(slip(line), Some(Slip::Command(_))), "{line}");
        }
        for line in ["PUT", "put"] {
            assert_eq!(slip(line), Some(Slip::NoUrl), "{line}");
        }
        for line in [
            "Update the pool",
            "{\"pool\": {}}",
            "{",
            "[1]",
            "hello",
            "| a | b |",
            "=====",
            "It's here",
            "- method: PUT",
            "method: PUT",
            "pool:",
            "\0\0\0",
        ] {
            assert_eq!(slip(line), Some(Slip::Text), "{line}");
        }
    }

    #[test]
    fn what_may_be_a_request_line_is_taken_for_one() {
        for line in [
            "PUT /v3",
            "put /v3",
            "PROPFIND /x",
            "https://h/v3",
            "h.example.com/v3",
            "localhost",
            "localhost:80/v3",
            "{{host}}/v3",
            "PUT {{host}}",
            "{host}/v3",
            "${HOST}/v3",
            "$HOST/v3",
            "<host>/v3",
            "/v3",
            "GRPC h/x",
            "example.com",
            "{{",
            "?a=b",
            "M-SEARCH *",
            "*",
        ] {
            assert_eq!(slip(line), None, "{line}");
        }
        assert!(is_directive("import ./a.http") && is_directive("run #login") && !is_directive("run away"));
    }
}
