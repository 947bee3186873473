//! What is said about whole files, and where.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Diagnostic, Severity};

const POOL: &str = "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086-a496-4666-9064-5ba0e6840c75";

fn file(name: &str, text: &str) -> FileReport {
    let mut load = |path: &str| match path {
        "./slow.json" => Ok("{\n  \"pool\": {\"slow_start\": {\"duration\": {{seconds}}}}\n}".to_owned()),
        "http.json" => Ok(r#"{"pool": {"protocol": "HTTP"}}"#.to_owned()),
        "tcp.json" => Ok(r#"{"pool": {"protocol": "TCP"}}"#.to_owned()),
        "broken.json" => Ok("{\n  nothing".to_owned()),
        _ => Err("no such file".to_owned()),
    };
    check_text(name, text, &Options::default(), &Context::default(), &mut load)
}

/// Every diagnostic with its request's line, its rule and the text that its span covers.
fn shown(name: &str, text: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for report in file(name, text).reports {
        for found in &report.diagnostics {
            if found.severity < Severity::Error && found.rule != "slow-start-on-layer-4" {
                continue;
            }
            let span = found.span.expect("every diagnostic of a file has a span");
            let covered = &text[span.start.offset..span.end.offset];
            let line = text[..span.start.offset].matches('\n').count() + 1;
            assert_eq!(span.start.line, line);
            shown.push(format!("{} {} {covered:?}", report.line.unwrap(), found.rule));
        }
    }
    shown
}

#[test]
fn formats_are_told_by_the_name() {
    assert_eq!(Format::of("a/b.HTTP"), Some(Format::Http));
    assert_eq!(Format::of("b.rest"), Some(Format::Http));
    assert_eq!(Format::of("b.ndjson"), Some(Format::JsonLines));
    assert_eq!(Format::of("b.json"), Some(Format::Json));
    assert_eq!(Format::of("json"), None);
}

#[test]
fn operations_are_told_by_the_name() {
    for name in ["UpdatePool.json", "x/blue.UpdatePool.json", "ELB_UpdatePool.json", "C:\\x\\UpdatePool.json"]
    {
        assert_eq!(operation_of(name), Some(Operation::UpdatePool), "{name}");
    }
    for name in ["UpdatePool", "UpdatePool.v2.json", "MyUpdatePool.json", "package.json"] {
        assert_eq!(operation_of(name), None, "{name}");
    }
}

#[test]
fn a_request_without_a_file_is_told_of_in_the_order_of_one() {
    let headers: [&[(&str, &str)]; 4] = [
        &[],
        &[("Authorization", "x1"), ("X-Auth-Token", "x2")],
        &[("X-Auth-Token", ""), ("X-Security-Token", "x3")],
        &[("X-Auth-Token", "x2"), ("x-subject-token", "x4"), ("Authorization", "x1")],
    ];
    let wrong = "{\"pool\": {\"name\": 1, \"nmae\": 2}}";
    let context =
        Context::from_json(r#"{"pool": {"id": "p"}, "loadbalancer": {"provisioning_status": "ERROR"}}"#)
            .expect("a context");
    let rules = |report: &Report| report.diagnostics.iter().map(|found| found.rule).collect::<Vec<_>>();
    for headers in headers {
        for body in [None, Some(""), Some(" "), Some(wrong)] {
            let (method, url) = ("PUT", "/v3/x/elb/pools/y");
            let request = crate::Request { method, url, headers: Some(headers.to_vec()), body };
            let alone = crate::check(&request, &context).expect("a request to ELB");
            assert!(alone.diagnostics.len() > 3, "{alone:?}");
            let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
            let members: Vec<_> =
                headers.iter().map(|(name, value)| format!("{name:?}: {value:?}")).collect();
            let members = members.join(", ");
            let body = body.map_or_else(String::new, |body| format!(", \"body\": {body:?}"));
            let text =
                format!("{{\"method\": {method:?}, \"url\": {url:?}, \"headers\": {{{members}}}{body}}}");
            let mut load = |_: &str| Err(String::new());
            let written = check_text("a.json", &text, &Options::default(), &context, &mut load);
            assert_eq!(rules(&written.reports[0]), rules(&alone), "{text}");
            let after = check_text("a.jsonl", &format!("\n{text}"), &Options::default(), &context, &mut load);
            let is_inside = |found: &Diagnostic| found.span.is_some_and(|span| span.start.line == 2);
            assert!(after.reports[0].diagnostics.iter().all(is_inside), "{after:?}");
            if let Some(body) = request.body.filter(|body| !body.trim().is_empty()) {
                let text = format!("{method} {url}\n{lines}\n{body}\n");
                let written = check_text("a.http", &text, &Options::default(), &context, &mut load);
                assert_eq!(rules(&written.reports[0]), rules(&alone), "{text}");
            }
        }
    }
}

#[test]
fn a_credential_in_a_variable_is_told_where_it_is_defined() {
    let credential = |text: &str| {
        let reports = file("a.http", text).reports;
        let mut all = reports.into_iter().flat_map(|report| report.diagnostics);
        all.find(|found| found.rule == "literal-credential").expect(text)
    };
    let request =
        format!("###\nPUT {POOL}\nX-Auth-Token: {{{{token}}}}\n\n{{\"pool\": {{\"name\": \"x\"}}}}\n");
    for (definitions, name, line) in [
        ("@token = MIISECRET\n", "token", 1),
        ("@own = MIISECRET\n@token = x{{ own }}\n", "own", 1),
        ("@token = 1\n@token = MIISECRET\n", "token", 2),
    ] {
        let found = credential(&[definitions, &request].concat());
        assert!(found.help.unwrap().contains(&["`@", name, "`"].concat()));
        assert_eq!(found.related[0].message, ["`@", name, "` is defined here"].concat());
        assert_eq!(found.related[0].span.unwrap().start.line, line);
    }
    let found = credential(&request.replace("{{token}}", "MIISECRET"));
    assert!(found.related.is_empty() && found.help.unwrap().contains("write a placeholder"));
}

#[test]
fn members_that_are_surely_meant_for_others_are_told() {
    let told = |member: &str| {
        let pool = "\"pool\": {\"name\": \"x\"}";
        shown("a.json", &format!("{{\"method\": \"PUT\", \"url\": \"{POOL}\", {member}: {{{pool}}}}}"))
    };
    for (member, meant) in
        [("\"bdoy\"", true), ("\"json\"", true), ("\"Body\"", true), ("\"data\"", false), ("\"pool\"", false)]
    {
        let told = told(member);
        assert_eq!(told.contains(&format!("1 unknown-field {member:?}")), meant, "{told:?}");
    }
    assert_eq!(told("\"bdoy\"").len(), 1, "one mistake");
    let context = told("\"body\": {\"pool\": {}}, \"contex\"");
    assert!(context.contains(&"1 unknown-field \"\\\"contex\\\"\"".to_owned()), "{context:?}");
    // What is there is not missed, and what is put aside or another word is meant as it is.
    for other in ["\"context\": {}, \"contexts\"", "\"_context\"", "\"$context\"", "\"content\""] {
        assert_eq!(told(&format!("{other}: {{}}, \"body\"")), [] as [&str; 0], "{other}");
    }
}

#[test]
fn what_stands_in_headers_is_not_repeated() {
    for value in ["MIISECRET", "MII`SECRET", "'MIISECRET'"] {
        let text = format!(
            "{{\"method\": \"PUT\", \"url\": \"{POOL}\", \"headers\": {{\"X-Auth-Token\": {value}}}, \"body\": {{}}}}"
        );
        let said = format!("{:?}", file("a.json", &text));
        assert!(said.contains("\"syntax\"") && !said.contains("SECRET"), "{said}");
    }
}

#[test]
fn urls_that_are_nearly_ours_are_told() {
    for url in [&POOL[1..], &format!("https:/h{POOL}"), &POOL.replace("v3", "V3")] {
        let told = shown("a.http", &format!("PUT {url}\n\n{{\"pool\": {{\"nam\": 1}}}}\n"));
        assert_eq!(told, [format!("1 syntax {url:?}")]);
    }
    assert_eq!(file("a.http", "PUT /v2/p/elb/pools/x\n").skipped, 1);
}

#[test]
fn http_requests_are_found() {
    let text = format!(
        "\u{feff}@host = https://elb.example.com\r\n@weight = 400\r\n\r\n### one\r\n# @name one\r\nPUT {{{{host}}}}\r\n    {POOL}\r\n    /members/x HTTP/1.1\r\n\
         X-Auth-Token: {{{{token}}}}\r\n\r\n{{\r\n# a comment\r\n  \"member\": {{\"weight\": {{{{weight}}}}, \"nam\": 1}}\r\n}}\r\n\r\n\
         > {{%\r\n  client.test('###')\r\n%}}\r\n\r\n###\r\nGET https://example.com/\r\n\r\n###\r\n\
         PUT /v3/p/elb/pools/PX\r\nContent-Type: application/json\r\n\r\n> after.js\r\n<> old.json\r\n"
    );
    assert_eq!(
        shown("a.http", &text),
        [
            "6 range \"{{weight}}\"",
            "6 unknown-field \"\\\"nam\\\"\"",
            "24 required \"PUT /v3/p/elb/pools/PX\"",
        ]
    );
    assert_eq!(file("a.http", &text).skipped, 1);
}

#[test]
fn places_in_url_and_headers_are_found() {
    let text = "@project = BAD-ID\nPUT https://h/v3/{{project}}/elb/pools/p1\nX-Auth-Token: t\n\n{\"pool\":{\"name\":\"x\"}}";
    let report = file("a.http", text);
    let spans: Vec<_> = report.reports[0]
        .diagnostics
        .iter()
        .map(|found| found.span.map(|span| &text[span.start.offset..span.end.offset]).unwrap())
        .collect();
    assert!(spans.contains(&"{{project}}"), "{spans:?}");
    assert!(spans.contains(&"X-Auth-Token: t"), "{spans:?}");
}

#[test]
fn a_path_parameter_of_spaces_is_empty() {
    let url = "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/ ";
    let text = format!(r#"{{"method": "PUT", "url": "{url}", "body": {{"pool": {{"name": ""}}}}}}"#);
    assert_eq!(shown("a.json", &text), ["1 empty-path-parameter \" \""]);
}

#[test]
fn bodies_may_lie_in_other_files() {
    let text = format!("@seconds = 5\nPUT {POOL}\n\n<@ ./slow.json\n\n###\nPUT {POOL}\n\n< ./slow.json\n");
    let report = file("a.http", &text);
    let found = &report.reports[0].diagnostics.iter().find(|found| found.rule == "range").unwrap();
    let span = found.span.unwrap();
    assert_eq!(&text[span.start.offset..span.end.offset], "<@ ./slow.json");
    let help = found.help.as_deref().unwrap();
    assert!(help.ends_with("look at ./slow.json:2:39"), "{help}");
    assert!(report.reports[1].diagnostics.iter().all(|found| found.severity < Severity::Error));
    assert!(!report.reports[1].unchecked.is_empty());
}

#[test]
fn contexts_are_read() {
    let body = "PUT /v3/p/elb/pools/p\nX-Auth-Token: {{t}}\n\n{\"pool\":{\"slow_start\":{\"enable\":true,\"duration\":30}}}\n";
    let text = format!("# @context http.json\n{body}\n###\n# @context tcp.json\n{body}\n### third\n{body}");
    assert_eq!(shown("a.http", &text).len(), 1, "{:?}", shown("a.http", &text));
    assert!(shown("a.http", &text)[0].starts_with("9 slow-start"));
    let text = format!("###\n# @context none.json\n# @context broken.json\n{body}\n### @context {body}");
    let problems = file("a.http", &text).problems;
    assert_eq!(problems.len(), 2);
    assert_eq!(problems[0].message, "cannot read the context none.json: no such file");
    assert!(
        problems[1].message.starts_with("cannot use the context broken.json:2:3:"),
        "{}",
        problems[1].message
    );
    assert_eq!(problems[1].span.unwrap().start.line, 3);
}

#[test]
fn a_forgotten_blank_line_is_told() {
    let text = format!("PUT {POOL}\nX-Auth-Token: {{{{t}}}}\n{{\"pool\":{{\"name\":\"x\"}}}}\n");
    assert_eq!(shown("a.http", &text), ["1 syntax \"{\\\"pool\\\":{\\\"name\\\":\\\"x\\\"}}\""]);
}

#[test]
fn a_header_without_a_colon_is_told_how_headers_are_written() {
    let help = |line: &str| {
        let text = format!("PUT {POOL}\n{line}\n\n{{\"pool\": {{\"name\": \"x\"}}}}\n");
        let found = file("a.http", &text).reports.remove(0).diagnostics;
        found.into_iter().find(|found| found.rule == "syntax").and_then(|found| found.help).unwrap()
    };
    let header = "write a header as `Name: value`, and put a blank line above the body";
    assert_eq!(help("X-Auth-Token {{t}}"), header);
    assert_eq!(help("{\"pool\": {}}"), "put a blank line between the headers and the body");
}

#[test]
fn a_forgotten_separator_is_told() {
    let request = format!("PUT {POOL}\nX-Auth-Token: {{{{t}}}}\n\n{{\"pool\": {{\"name\": \"x\"}}}}\n");
    let reports = file("a.http", &[&*request, &*request].concat()).reports;
    let [found] = &*reports[0].diagnostics else { panic!("{reports:?}") };
    assert_eq!((reports.len(), found.span.unwrap().start.line), (1, 5));
    assert_eq!(found.message, "a request begins inside the body of the one above");
    assert_eq!(found.help.as_deref(), Some("put a line that begins with `###` between them"));
    // Whatever the first one is for, the second one is not passed over.
    for first in [
        "GET https://iam.example.com/v3/x\n\n",
        "POST https://iam.example.com/v3/x\n\n{}\n\n",
        "DELETE /v3/p/elb/pools/x\n\n",
    ] {
        let file = file("a.http", &format!("{first}{request}"));
        let [only] = &*file.reports[0].diagnostics else { panic!("{first}: {file:?}") };
        assert_eq!(only.message, found.message, "{first}");
        assert_eq!((file.reports.len(), file.skipped), (1, 0), "{first}");
    }
}

#[test]
fn lines_in_messages_are_those_of_the_file() {
    let body = "{\n  \"pool\": {\n    \"name\": \"x\"\n";
    let said = |name: &str, text: &str| {
        let reports = file(name, text).reports;
        let found =
            reports.iter().flat_map(|report| &report.diagnostics).find(|found| found.rule == "syntax");
        found.map(|found| found.message.clone()).unwrap()
    };
    let http = format!("# é\r\nPUT {POOL}\n\n# not sent\n{body}");
    assert_eq!(said("a.http", &http), "the text ends inside an object that begins on line 6");
    let json = format!("\n\n{{\"method\": \"PUT\", \"url\": \"{POOL}\",\n\"body\": {body}");
    assert_eq!(said("a.json", &json), "the text ends inside an object that begins on line 5");
    let inner = serde_json::Value::from(body);
    let json = format!("{{\"method\": \"PUT\", \"url\": \"{POOL}\",\n\n\"body\": {inner}}}");
    assert_eq!(said("a.json", &json), "the text ends inside an object that begins on line 3");
    assert_eq!(
        said("UpdatePool.json", &format!("\n{body}")),
        "the text ends inside an object that begins on line 3"
    );
    assert_eq!(said("a.jsonl", "{}\n\n{\"a\": ["), "the text ends inside a list that begins on line 3");
}

#[test]
fn what_is_no_request_is_told_once() {
    let curl = format!(
        "curl -X PUT \\\n  https://h{POOL} \\\n  -H 'X-Auth-Token: t' \\\n  -d '{{\"pool\": {{}}}}'\n"
    );
    assert_eq!(shown("a.http", &curl), ["1 syntax \"curl -X PUT \\\\\""]);
    assert!(!file("a.http", &curl).foreign);
    let other = file("a.http", "curl https://example.com/\n");
    assert_eq!((other.skipped, other.reports.len(), other.foreign), (1, 0, false));
    let text = format!("Update the pool:\n\nPUT {POOL}\n");
    assert_eq!(shown("a.http", &text), ["1 syntax \"Update the pool:\""]);
    assert!(file("a.rest", "Title\n=====\n\nSome prose.\n").foreign, "the ending has other uses");
    let text = format!(
        "import ./other.http\n\n### one\nPUT\n\n### two\nPUT {POOL}\n\n{{\"pool\": {{\"name\": \"x\"}}}}\n"
    );
    assert_eq!(shown("a.http", &text), ["4 syntax \"PUT\""]);
}

#[test]
fn json_requests_are_found() {
    let text = format!(
        "\u{feff}\n{{\"method\": \"PUT\", \"url\": \"{POOL}\", \"body\": {{\"pool\": {{\"nme\": 1}}}}}}"
    );
    assert_eq!(shown("a.json", &text), ["2 unknown-field \"\\\"nme\\\"\""]);
    let text =
        format!(r#"{{"url": "{POOL}", "method": "PUT", "body": "{{\"p\u006fol\": {{\"nme\": 1}}}}"}}"#);
    assert_eq!(shown("a.json", &text), [r#"1 unknown-field "\\\"nme\\\"""#]);
    let text = format!("{{\"method\": \"PUT\", \"url\": \"{POOL}\"}}");
    assert_eq!(shown("a.json", &text).len(), 1, "the body is missing");
    let text = r#"{"method": "PUT", "url": "https://example.com/", "body": 1}"#;
    assert_eq!((file("a.json", text).skipped, file("a.json", text).foreign), (1, false));
}

#[test]
fn lists_of_requests_are_found() {
    let one = format!(r#"{{"method": "PUT", "url": "{POOL}", "body": {{"pool": {{"nme": 1}}}}}}"#);
    assert_eq!(shown("a.json", &format!("[{one},\n {one}]")).len(), 2);
    assert_eq!(shown("a.json", &format!("[{one},\n {one}")).len(), 3, "and the missing bracket");
    assert!(file("a.json", "[]").foreign && file("a.json", "[1, 2]").foreign);
}

#[test]
fn bare_bodies_are_known_by_their_file() {
    assert_eq!(shown("UpdatePool.json", "{\"pool\": {\"nme\": 1}}"), ["1 unknown-field \"\\\"nme\\\"\""]);
    let other = file("package.json", "{\"name\": \"x\"}");
    assert!(other.foreign && other.reports.is_empty() && other.problems.len() == 1);
    assert!(!other.problems[0].message.contains("--"), "whoever calls has no command line");
    let broken = file("package.json", "{\"name\": \"x");
    assert!(
        broken.foreign && broken.reports[0].operation.is_none() && broken.reports[0].diagnostics.len() == 1
    );
}

#[test]
fn faults_of_the_request_itself_are_told() {
    let own = |members: &str| shown("a.json", &format!("{{\"url\": \"{POOL}\", {members}}}"));
    let body = r#""body": {"pool": {"name": ""}}"#;
    assert_eq!(own(&format!(r#""method": 7, {body}"#)), ["1 wrong-type \"7\""]);
    assert_eq!(own(&format!(r#""method": "PUT", "headers": [], {body}"#)), ["1 wrong-type \"[]\""]);
    assert_eq!(
        own(&format!(r#""method": "PUT", "headers": {{"X-Auth-Token": 1}}, {body}"#)),
        ["1 wrong-type \"1\""]
    );
    assert_eq!(
        own(&format!(r#""method": "PUT", "context": {{"pool": 1}}, {body}"#)),
        ["1 invalid-context \"{\\\"pool\\\": 1}\""]
    );
    assert_eq!(
        own(&format!(r#""method": "POST", "method": "PUT", {body}"#)),
        ["1 duplicate-key \"\\\"method\\\"\""]
    );
    let slip = own(&format!(r#""method": "PUT", {body}, 7"#));
    assert!(slip.iter().all(|found| found.starts_with("1 syntax")), "{slip:?}");
    let whole = format!(
        r#"{{"method": "PUT", "url": "{POOL}", "headers": {{"X-Auth-Token": "{{{{t}}}}"}}, {body}, "context": {{"pool": {{"type": ""}}}}}}"#
    );
    assert!(shown("a.json", &whole).is_empty());
    for end in 1..whole.len() {
        let cut = &whole[..end];
        let told = shown("a.json", cut);
        assert!(told.len() == 1 && told[0].starts_with("1 syntax"), "{cut}: {told:?}");
    }
}

#[test]
fn lines_are_judged_one_by_one() {
    let good = format!(r#"{{"method": "PUT", "url": "{POOL}", "body": {{"pool": {{"name": ""}}}}}}"#);
    let text = format!("{good}\r\n\r\nnot json\r\n{}\r\n42\r\n{{\"a\": 1}}\r\n", good.replace("name", "nme"));
    assert_eq!(
        shown("a.jsonl", &text),
        [
            "3 syntax \"not\"",
            "4 unknown-field \"\\\"nme\\\"\"",
            "5 wrong-type \"42\"",
            "6 required \"{\\\"a\\\": 1}\""
        ]
    );
    let report = file("a.jsonl", &text);
    assert_eq!(report.reports[1].operation, None);
    assert_eq!(report.reports.len(), 5);
    assert!(!report.foreign);
    assert!(file("a.jsonl", "{\"a\": 1}\n").foreign && file("a.jsonl", "").foreign);
}

/// Texts that look like request files more often than chance would have it.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "###",
        "\n",
        "\r\n",
        "\n\n",
        "PUT ",
        "/v3/p/elb/pools/x",
        " HTTP/1.1",
        "    ",
        "# @context tcp.json",
        "@a = ",
        "{{a}}",
        "{{",
        "}}",
        "X-Auth-Token: ",
        "{\"method\":\"PUT\",",
        "\"url\":",
        "\"/v3/p/elb/pools/x\",",
        "\"body\":",
        "{\"pool\":{",
        "\"name\":",
        "\"slow_start\":",
        "\"x\"",
        "\\\"",
        "\\u00e9",
        "\\ud800",
        "é😀",
        "< ./slow.json",
        "<@ ./slow.json",
        "> {%",
        "%}",
        "//",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\u{feff}",
        "\u{0}",
        "\"",
        "1e999",
        "null",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn no_text_does_harm(text in text(), name in prop::sample::select(vec!["a.http", "a.json", "a.jsonl", "UpdatePool.json"])) {
        let report = file(name, &text);
        let inside = |span: Span| {
            let covered = text.get(span.start.offset..span.end.offset);
            covered.is_some() && span.start <= span.end
        };
        for report in &report.reports {
            prop_assert!(report.line.is_some_and(|line| line >= 1 && line <= text.matches('\n').count() + 1));
            for found in &report.diagnostics {
                prop_assert!(found.span.is_some_and(inside), "{found:?}");
                prop_assert!(found.related.iter().all(|related| related.span.is_some_and(inside)));
            }
            prop_assert!(report.diagnostics.is_sorted_by_key(|found| found.span.map(|span| span.start.offset)));
        }
        prop_assert!(report.problems.iter().filter_map(|problem| problem.span).all(inside));
    }
}
