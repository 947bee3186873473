//! What is covered, and what stays to be seen.

use super::*;
use crate::Context;
use crate::request_files::{FileReport, Options, check_text};

fn shown(text: &str) -> String {
    Secrets::find(text).cover(text, 0..text.len())
}

#[test]
fn credentials_are_covered() {
    assert_eq!(shown("X-Auth-Token: abc\r\nA: b"), "X-Auth-Token: ***\r\nA: b");
    assert_eq!(shown("x-auth-token:é"), "x-auth-token:**");
    assert_eq!(shown(r#"{"X-Auth-Token": "abc", "b": 1}"#), r#"{"X-Auth-Token": "***", "b": 1}"#);
    assert_eq!(shown(r#"{\"X-Auth-Token\":\"abc\",\"b\":1}"#), r#"{\"X-Auth-Token\":\"***\",\"b\":1}"#);
    assert_eq!(shown("AuthoriZation: SDK a=b, c"), "AuthoriZation: **********");
    assert_eq!(shown("X-Auth-Token: abc{{d}}e"), "X-Auth-Token: ***{{d}}*");
    for kept in [
        "X-Auth-Token: {{token}}",
        "X-Auth-Token: $TOKEN",
        "X-Auth-Token: <token>",
        "Authorization: Bearer ${TOKEN}",
        "# the X-Auth-Token header",
        "X-Auth-Token:",
        "X-Auth-Token:\nContent-Type: application/json\n\n{\"pool\": 1}",
        "X-Auth-Token:\n{\"pool\": 1}",
        "X-Auth-Token: {{token}}\n\nSECRET",
        "X-Auth-Token-Lifetime: 5",
        r#"{"X-Auth-Token": {{token}}, "b": "c"}"#,
        r#"{"headers": {"X-Auth-Token": "{{token}}"}, "body": {"name": "b"}}"#,
        "@host = https://h/v3\n@name = a@b",
        "# @context a.json",
        "PUT https://{{user}}:{{password}}@h/v3",
        "z",
    ] {
        assert_eq!(shown(kept), kept);
    }
}

#[test]
fn credentials_are_covered_however_they_are_written() {
    for text in [
        "X-Auth-Token SECRET",
        "X-Auth-Token\tSECRET",
        "X-Auth-Token\nSECRET",
        "X-Auth-Token:\n  SECRET\n\n{}",
        "X-Auth-Token: abc\n  SECRET",
        "X-Auth-Token:\nSECRET",
        "X-Auth-Token: \"SECRET",
        "X-Auth-Token \"SECRET\"",
        "# X-Auth-Token SECRET",
        "# before: X-Auth-Token: SECRET",
        "curl -H \"X-Auth-Token: SECRET\" -d '{\"b\": 1}'",
        "curl -H 'X-Auth-Token SECRET'",
        "curl -H X-Auth-Token:SECRET",
        "Authorization: Digest a=\"b\", response=\"SECRET\"",
        r#"{"headers":[{"name":"X-Auth-Token","value":"SECRET"}]}"#,
        r#"{"headers":[{"value":{"a":["SECRET"]},"key":"X-Auth-Token"}]}"#,
        r#"{"headers":[{"x":{"a":1},"name":"X-Auth-Token","x":{},"value":"SECRET"}]}"#,
        r#"{\"headers\":[{\"name\":\"X-Auth-Token\",\"value\":\"SECRET\"}]}"#,
        r#"["X-Auth-Token", "SECRET"]"#,
        "{\"X-Auth-Token\":\n   \"SECRET\"}",
        "{\"X-Auth-Token\":[\n\"SECRET\"]}",
        "{\"X-Auth-Token\":{\"a\": [SECRET]}}",
        "{\"X-Auth-Token\": SECRET}",
        "{\"X-Auth-Token\" \"SECRET\"}",
        "{'X-Auth-Token': 'SECRET'}",
        "{X-Auth-Token: 'SECRET'}",
        r#"{"x-auth-tok\u0065n":"SECRET"}"#,
        r#"{\"\\u0078-auth-token\":\"SECRET\"}"#,
        r#"{"X-Auth-Token":"ab\"SECRET"}"#,
        r#"{\"X-Auth-Token\":\"ab\\\"SECRET\"}"#,
        r#"{"note: X-Auth-Token is \"SECRET\"": 1}"#,
        "client.global.set(\"X-Auth-Token\", \"SECRET\")",
        "https://user:SECRET@host/v3",
        "PUT user:SECRET@host/v3",
        "https://SECRET@host",
        r#""https:\/\/SECRET@host""#,
        "https://user:a@SECRET@host",
        "@token = SECRET",
        "\u{FEFF}@a = SECRET\nX-Auth-Token: {{a}}",
        "X-Auth-Token: {{a}}\n###\n@b = SECRET\n@a = x{{ b }}",
        "https://user:{{a}}@host\n @a=SECRET\n@a=SECRET",
    ] {
        assert!(!shown(text).contains("SECRET"), "{text}: {}", shown(text));
        assert_eq!(shown(text).len(), text.len());
    }
}

#[test]
fn what_is_beside_a_credential_is_shown() {
    for text in [
        "X-Auth-Token abc\nSHOWN: 1",
        "X-Auth-Token:\n  abc\nSHOWN: 1",
        r#"{"headers":[{"name":"X-Auth-Token","value":"abc"}],"body":"SHOWN"}"#,
        r#"{"headers":[{"name":"X-Auth-Token","SHOWN":"abc"}]}"#,
        "{\"X-Auth-Token\":[\n\"abc\"], \"b\": \"SHOWN\"}",
        r#"{"X-Auth-Token":"ab\\", "b": "SHOWN"}"#,
        r#"{"note": "the X-Auth-Token header", "b": "SHOWN"}"#,
        "https://user:abc@SHOWN/v3",
        "@token = abc\n@SHOWN = 1",
    ] {
        assert!(shown(text).contains("SHOWN"), "{text}: {}", shown(text));
        assert_ne!(shown(text), text);
    }
}

#[test]
fn no_text_takes_long() {
    for piece in [
        "\"X-Auth-Token\",",
        "\"X-Auth-Token\":[",
        "[1,\"X-Auth-Token\",",
        "X-Auth-Token a ",
        "# a X-Auth-Token a ",
        "# a X-Auth-Token a\n",
        "X-Auth-Token: {{a}}${",
        "{{a}}",
        "1,",
        "@",
        "a:@a",
        "\n@a = {{a}}",
        "\\",
        "\\\"",
        "\\u0058",
    ] {
        for start in ["X-Auth-Token: a\n\"X-Auth-Token\":[\\u0058", "X-Auth-Token: ", "# a "] {
            let text = [start, &piece.repeat(20_000)].concat();
            assert_eq!(shown(&text).len(), text.len());
        }
    }
}

#[test]
fn a_stretch_that_begins_inside_of_a_credential_is_covered() {
    let text = "X-Auth-Token: abcdef";
    assert_eq!(Secrets::find(text).cover(text, 16..19), "***");
}

#[test]
fn what_is_said_of_a_credential_does_not_tell_it() {
    // Told of by its beginning, and with letters of two bytes.
    let secret = format!("MIIé{}é", "Secret".repeat(20));
    let others: String = (0..3000).map(|number| format!("@token = MIII{number:09}\n")).collect();
    let body = "{\"pool\": {\"type\": \"{{token}} and {{token}}\", \"lb_algorithm\": \"{{name}}\"}}";
    let text = format!(
        "{others}@name = plain\n@token = {secret}\nPUT /v3/p/elb/pools/x\nX-Auth-Token: {{{{token}}}}\n\n{body}\n"
    );
    let mut load = |_: &str| Err(String::new());
    let (options, context) = (Options::default(), Context::default());
    let mut file = check_text("a.http", &text, &options, &context, &mut load);
    let told = |file: &FileReport| -> Vec<String> {
        let one_of = file.reports[0].diagnostics.iter().filter(|found| found.rule == "one-of");
        one_of.map(|found| found.message.split(", but").next().unwrap_or_default().to_owned()).collect()
    };
    assert!(told(&file).concat().contains("Secret"));
    cover_words(&text, &mut file.reports);
    let told = told(&file);
    assert!(told.contains(&"`type` is \"***…\"".to_owned()), "{told:?}");
    assert!(told.contains(&"`lb_algorithm` is \"plain\"".to_owned()), "{told:?}");
}
