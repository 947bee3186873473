//! Fixes: what is offered, what `--fix` makes of a file, and that it never makes one worse.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "common/program.rs"]
mod program;

use std::fs;

use elblint::diagnostic::Report;
use elblint::request_files::{Options, check_text};
use elblint::{Context, Operation, Severity, check_body, fix};
use program::Folder;
use proptest::prelude::*;
use serde_json::Value;

const MEMBER: &str = "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/p1/members/m1";
const POOL: &str = "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/p1";

fn mended(operation: Operation, context: &str, text: &str, unsafe_too: bool) -> String {
    let context = Context::from_json(context).unwrap();
    let mut check = |text: &str| vec![check_body(operation, text, &context)];
    let reports = check(text);
    fix::mend(text, &reports, unsafe_too, &mut check).map_or_else(|| text.to_owned(), |mended| mended.text)
}

fn safe(operation: Operation, text: &str) -> String {
    mended(operation, "{}", text, false)
}

#[test]
fn slips_of_the_pen_are_mended() {
    for (operation, text, expected) in [
        (
            Operation::UpdatePool,
            r#"{"pool": {"lb_algorithm": "quic_cid"}}"#,
            r#"{"pool": {"lb_algorithm": "QUIC_CID"}}"#,
        ),
        (Operation::UpdateMember, r#"{"member": {"weight": "100"}}"#, r#"{"member": {"weight": 100}}"#),
        (
            Operation::UpdatePool,
            r#"{"pool": {"admin_state_up": "true"}}"#,
            r#"{"pool": {"admin_state_up": true}}"#,
        ),
        (
            Operation::UpdateMember,
            "{\"member\":\n{\"wieght\" : \"\\u0031\"}}",
            "{\"member\":\n{\"wieght\" : \"\\u0031\"}}",
        ),
        (Operation::UpdateMember, r#"{"member": {"wieght": {{w}}}}"#, r#"{"member": {"weight": {{w}}}}"#),
        (
            Operation::BatchCreateMembers,
            r#"{"members": [{"adress": "192.168.0.1", "protocol_port": "80", "subnet_cidr_id": "s"}]}"#,
            r#"{"members": [{"address": "192.168.0.1", "protocol_port": 80, "subnet_cidr_id": "s"}]}"#,
        ),
        (Operation::UpgradeLoadBalancer, r#"{"action": "RollBack"}"#, r#"{"action": "rollback"}"#),
    ] {
        assert_eq!(safe(operation, text), expected);
    }
}

#[test]
fn what_is_not_sure_is_left_alone() {
    for text in [
        // Out of the range, so that the number would be as wrong as the string.
        r#"{"member": {"weight": "101"}}"#,
        r#"{"member": {"weight": "1e2"}}"#,
        r#"{"member": {"weight": " 1"}}"#,
        r#"{"member": {"weight": "99999999999999999999"}}"#,
        r#"{"member": {"weight": "ten"}}"#,
        // The name that was meant is there, or two are meant for it.
        r#"{"member": {"weight": 1, "wieght": 2}}"#,
        r#"{"member": {"wieght": 1, "weihgt": 2}}"#,
        // Renamed it would be at fault.
        r#"{"member": {"nmae": 7}}"#,
        // Not JSON: what is where is not sure either.
        r#"{"member": {"wieght": 10,}}"#,
        r#"{"member": {'wieght': 10}}"#,
    ] {
        assert_eq!(safe(Operation::UpdateMember, text), text);
    }
    for text in [
        r#"{"pool": {"lb_algorithm": "round robin"}}"#,
        // Spelt right, it is an error that no target takes both.
        r#"{"pool": {"lb_algorithm": "quic_cid", "slow_start": {"enable": true}}}"#,
    ] {
        assert_eq!(safe(Operation::UpdatePool, text), text);
    }
}

#[test]
fn one_bad_fix_does_not_spoil_the_others() {
    let text = r#"{"members": [{"address": "192.168.0.1", "protocol_port": "80", "subnet_cidr_id": "s", "weight": "200", "nmae": "x"}]}"#;
    let expected = text.replace("\"80\"", "80").replace("nmae", "name");
    assert_eq!(safe(Operation::BatchCreateMembers, text), expected);
}

#[test]
fn a_fix_may_need_another_one_first() {
    for (operation, text, expected) in [
        (
            Operation::UpdateMember,
            "{\"member\": {\"admin_state_up\": \"true\",\r\n  \"admin_state_up\": \"true\",\n\"name\": \"e\",\"admin_state_up\": \"true\"}}",
            r#"{"member": {"name": "e"}}"#,
        ),
        (
            Operation::UpdatePool,
            "{\"pool\":{\"session_persistance\": {\"type\": \"app_cookie\"},\r\n  \"session_persistance\": {\"type\": \"app_cookie\"},\n\"lb_algoritm\": \"source_ip\",\"session_persistance\": {\"type\": \"app_cookie\"}}}",
            r#"{"pool":{"lb_algorithm": "SOURCE_IP","session_persistence": {"type": "APP_COOKIE"}}}"#,
        ),
    ] {
        assert_eq!(mended(operation, "{}", text, true), expected);
    }
}

#[test]
fn fields_without_effect_are_removed_only_when_asked() {
    let source_ip = r#"{"pool": {"lb_algorithm": "SOURCE_IP"}}"#;
    let text = "{\n  \"member\": {\n    \"name\": \"a\",\n    \"weight\": 5\n  }\n}\n";
    assert_eq!(mended(Operation::UpdateMember, source_ip, text, false), text);
    assert_eq!(
        mended(Operation::UpdateMember, source_ip, text, true),
        "{\n  \"member\": {\n    \"name\": \"a\"\n  }\n}\n"
    );
    let alone = r#"{"member": {"weight": 5}}"#;
    assert_eq!(
        mended(Operation::UpdateMember, source_ip, alone, true),
        alone,
        "an update must update something"
    );
    let text = r#"{"action": "complete", "l4_flavor_id": "f", "l7_flavor_id": "g", "availability_zone_list": ["a"]}"#;
    assert_eq!(mended(Operation::UpgradeLoadBalancer, "{}", text, true), r#"{"action": "complete"}"#);
    let text = r#"{"pool": {"name": "a", "session_persistence": {"type": "SOURCE_IP", "cookie_name": "c"}}}"#;
    assert_eq!(
        mended(Operation::UpdatePool, "{}", text, true),
        r#"{"pool": {"name": "a", "session_persistence": {"type": "SOURCE_IP"}}}"#
    );
    let text = r#"{"member": {"weight": 1, "name": "a", "weight": 2, "address": "192.168.0.1"}}"#;
    assert_eq!(
        mended(Operation::UpdateMember, "{}", text, true),
        r#"{"member": {"name": "a", "weight": 2}}"#
    );
}

fn reports(name: &str, text: &str) -> Vec<Report> {
    let mut load = |_: &str| Ok(r#"{"member": {"wieght": 1}}"#.to_owned());
    check_text(name, text, &Options::default(), &Context::default(), &mut load).reports
}

fn mended_file(name: &str, text: &str) -> String {
    let mended = fix::mend(text, &reports(name, text), false, &mut |text| reports(name, text));
    mended.map_or_else(|| text.to_owned(), |mended| mended.text)
}

#[test]
fn bodies_are_mended_where_they_stand() {
    let http = format!(
        "\u{feff}### é\r\nPUT {MEMBER}\r\nX-Auth-Token: {{{{t}}}}\r\n\r\n{{\"member\":\r\n# a comment\r\n {{\"wieght\": \"7\"}}}}\r\n"
    );
    assert_eq!(mended_file("a.http", &http), http.replace("wieght", "weight").replace("\"7\"", "7"));
    let inner = r#""{\n  \"member\": {\"w\u0069eght\": \"7\"}}""#;
    let json = format!(r#"{{"method": "PUT", "url": "{MEMBER}", "body": {inner}}}"#);
    let expected = json.replace(r#"\"w\u0069eght\": \"7\""#, r#"\"weight\": 7"#);
    assert_eq!(mended_file("a.json", &json), expected);
    let list = format!(r#"[{0}, {0}]"#, json.replace(inner, r#"{"member": {"wieght": 7}}"#));
    assert_eq!(mended_file("a.json", &list), list.replace("wieght", "weight"));
}

#[test]
fn values_from_elsewhere_are_left_alone() {
    let variable = format!(
        "@w = \"7\"\n@name = wieght\nPUT {MEMBER}\nX-Auth-Token: {{{{t}}}}\n\n{{\"member\": {{\"weight\": {{{{w}}}}}}}}\n\n###\nPUT {MEMBER}\n\n{{\"member\": {{\"{{{{name}}}}\": 7}}}}\n"
    );
    assert_eq!(mended_file("a.http", &variable), variable);
    let other = format!("PUT {MEMBER}\nX-Auth-Token: {{{{t}}}}\n\n< ./body.json\n");
    let found = reports("a.http", &other);
    assert!(found[0].diagnostics.iter().any(|found| found.rule == "unknown-field" && found.fix.is_none()));
    assert_eq!(mended_file("a.http", &other), other);
}

#[test]
fn a_report_tells_the_fix() {
    let report = check_body(Operation::UpdateMember, r#"{"member": {"wieght": 7}}"#, &Context::default());
    let told: Value = serde_json::to_value(&report.diagnostics[0]).unwrap();
    let expected = serde_json::json!({
        "title": "rename it to `weight`",
        "safe": true,
        "edits": [{"span": told["span"], "text": "\"weight\""}],
    });
    assert_eq!(told["fix"], expected);
    let report = check_body(Operation::UpdateMember, r#"{"member": {"weight": 700}}"#, &Context::default());
    assert!(serde_json::to_value(&report.diagnostics[0]).unwrap().get("fix").is_none());
}

// The command.

const SLIP: &str = "{\r\n  \"member\": { \"wieght\": \"7\", \"name\": 1 }\r\n}";
const MENDED: &str = "{\r\n  \"member\": { \"weight\": 7, \"name\": 1 }\r\n}";
const CLEAN: &str = "{\"member\": {\"weight\": 1}}";

#[test]
fn files_are_mended_and_then_checked() {
    let lines = format!("{{\"method\":\"PUT\",\"url\":\"{MEMBER}\",\"body\":{SLIP}}}\r\n")
        .replace("\r\n ", " ")
        .replace("\r\n}", "}");
    let lines = format!("{lines}\n{}", lines.trim_end());
    let folder = Folder::with(&[
        ("UpdateMember.json", SLIP),
        ("a.UpdateMember.json", CLEAN),
        ("package.json", "{\"nmae\": 1}"),
        ("b.jsonl", &lines),
    ]);
    let before = folder.run(&["check"]);
    assert!(before.out.contains("; 3 fixable with --fix"), "{}", before.out);
    let done = folder.run(&["check", "--fix"]);
    assert_eq!(done.code, 1, "{}", done.out);
    assert!(done.err.ends_with("6 fixed, 3 left\n"), "{}", done.err);
    assert!(done.out.contains("`name` must be a string") && !done.out.contains("wieght"), "{}", done.out);
    assert_eq!(folder.read("UpdateMember.json"), MENDED);
    assert_eq!(folder.read("a.UpdateMember.json"), CLEAN);
    assert_eq!(folder.read("package.json"), "{\"nmae\": 1}");
    assert_eq!(folder.read("b.jsonl"), lines.replace("wieght", "weight").replace("\"7\"", "7"));
    let again = folder.run(&["check", "--fix"]);
    assert!(again.err.ends_with("0 fixed, 3 left\n"), "{}", again.err);
}

#[test]
fn what_is_left_after_the_fixes_is_not_called_fixable() {
    let folder = Folder::with(&[("UpdateMember.json", r#"{"member": {"wieght": 500}}"#)]);
    folder.run(&["check"]).has(1, "1 error; 1 fixable with --fix", "");
    let run = folder.run(&["check", "--fix"]);
    run.has(1, "1 request in 1 file: 1 error\n", "0 fixed, 1 left");
}

#[test]
fn a_diff_changes_nothing() {
    let http = format!("PUT {MEMBER}\nX-Auth-Token: MIISecret\n\n{{\"member\": {{\"wieght\": 7}}}}\n");
    let folder = Folder::with(&[("a.http", &http), ("UpdateMember.json", CLEAN)]);
    let shown = folder.run(&["check", "--diff"]);
    assert_eq!(shown.code, 1);
    assert_eq!(
        shown.out,
        format!(
            "--- a.http\n+++ a.http\n@@ -1,4 +1,4 @@\n PUT {MEMBER}\n X-Auth-Token: *********\n \n-{{\"member\": {{\"wieght\": 7}}}}\n+{{\"member\": {{\"weight\": 7}}}}\n"
        )
    );
    assert_eq!(
        shown.err,
        "credentials are covered in what is printed, so it does not apply as a patch\n1 would be fixed in 1 file\n"
    );
    assert_eq!(folder.read("a.http"), http);
    let clean = folder.run(&["check", "--diff", "UpdateMember.json"]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
    assert_eq!(folder.run(&["check", "--diff", "none.json"]).code, 2);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::with(&[("a.http", "")]);
    let done = folder.run_with(&["check", "--fix", "-", "--stdin-filename", "UpdateMember.json"], SLIP);
    assert_eq!((done.code, done.out.as_str()), (1, MENDED));
    assert!(
        done.err.contains("`name` must be a string") && done.err.ends_with("2 fixed, 1 left\n"),
        "{}",
        done.err
    );
    let done = folder.run_with(&["check", "--fix", "-", "--operation", "UpdateMember"], CLEAN);
    assert_eq!((done.code, done.out.as_str()), (0, CLEAN));
    assert_eq!(folder.run_with(&["check", "--fix", "-", "a.http"], CLEAN).code, 2);
}

#[test]
fn a_fix_that_is_not_made_is_told_of() {
    let folder = Folder::with(&[("UpdateMember.json", "{\"member\": {\"weight\": \"101\"}}")]);
    let done = folder.run(&["check", "--fix"]);
    let told = "1 not fixed, since mending would bring another error to light\n0 fixed, 1 left\n";
    assert_eq!((done.code, done.err.as_str()), (1, told));
}

#[test]
fn unsafe_fixes_are_told_of_or_made() {
    let http = format!(
        "PUT {POOL}\nX-Auth-Token: {{{{t}}}}\n\n{{\"pool\": {{\"name\": \"x\", \"protocol\": \"TCP\"}}}}\n"
    );
    let folder = Folder::with(&[("a.http", &http)]);
    let told = folder.run(&["check", "--unsafe-fixes"]);
    assert!(!told.out.contains("fixable"), "{}", told.out);
    assert_eq!(told.err, "1 more fixable with --fix --unsafe-fixes\n");
    let only_safe = folder.run(&["check", "--fix"]);
    assert_eq!((only_safe.code, only_safe.err.as_str()), (1, "0 fixed, 1 left\n"));
    let all = folder.run(&["check", "--fix", "--unsafe-fixes"]);
    assert_eq!((all.code, all.err.as_str()), (0, "1 fixed, 0 left\n"));
    let now = folder.read("a.http");
    assert_eq!(now, http.replace(", \"protocol\": \"TCP\"", ""));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_told_and_the_rest_is_mended() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::with(&[("UpdateMember.json", SLIP), ("b.UpdateMember.json", SLIP)]);
    fs::set_permissions(folder.path("UpdateMember.json"), fs::Permissions::from_mode(0o444)).unwrap();
    symlink("b.UpdateMember.json", folder.path("c.UpdateMember.json")).unwrap();
    let done = folder.run(&["check", "--fix"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("error: cannot mend UpdateMember.json: it is write-protected"), "{}", done.err);
    assert_eq!(folder.read("b.UpdateMember.json"), MENDED);
    assert!(fs::symlink_metadata(folder.path("c.UpdateMember.json")).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn what_others_lead_to_is_reported_as_it_is_now() {
    let mended = |url: &str| format!("PUT {url}\nX-Auth-Token: {{{{t}}}}\n\n< ./member.UpdateMember.json\n");
    let folder = Folder::with(&[
        ("a.http", &mended(MEMBER)),
        ("member.UpdateMember.json", SLIP),
        ("pool.UpdatePool.json", "{}"),
    ]);
    // The same file by another name, which makes it the body of another operation, with nothing to mend.
    std::os::unix::fs::symlink("member.UpdateMember.json", folder.path("b.UpdatePool.json")).unwrap();
    let before = folder.run(&["check", "--format", "json"]).out;
    let done = folder.run(&["check", "--fix", "--format", "json"]);
    assert!(before.contains("wieght") && !done.out.contains("wieght"), "{done:?}");
    assert_eq!(
        done.out,
        folder.run(&["check", "--format", "json"]).out,
        "nothing is told of what was before"
    );
}

/// Bodies with a slip here and there.
fn body() -> impl Strategy<Value = String> {
    let member = prop::sample::select(vec![
        "\"name\": \"é\"",
        "\"nmae\":\"x\"",
        "\"weight\": 5",
        "\"weight\" : \"5\"",
        "\"wieght\":\t\"500\"",
        "\"protocol_port\": \"80\"",
        "\"protocol_prot\": 80",
        "\"address\": \"192.168.0.1\"",
        "\"adress\": 7",
        "\"admin_state_up\": \"true\"",
        "\"x\": {\"y\": [1, \"}\"]}",
        "\"weight\": {{w}}",
        "\"status\": null",
    ]);
    let pool = prop::sample::select(vec![
        "\"lb_algorithm\": \"quic_cid\"",
        "\"lb_algoritm\": \"source_ip\"",
        "\"slow_start\": {\"enable\": \"true\", \"duration\": \"20\"}",
        "\"session_persistance\": {\"type\": \"app_cookie\", \"persistence_timeout\": \"5\"}",
        "\"type\": \"IP\"",
        "\"vpc_id\": \"v\"",
        "\"name\": 1",
        "\"protocol\": \"TCP\"",
        "\"session_persistence\": {\"type\": \"SOURCE_IP\", \"cookie_name\": \"c\"}",
    ]);
    let space = || prop::sample::select(vec!["", " ", "\n", "\r\n  ", "\t"]);
    let object = |members| {
        (prop::collection::vec((members, space()), 0..6), space()).prop_map(|(members, end)| {
            let members: Vec<String> =
                members.into_iter().map(|(member, space)| format!("{space}{member}")).collect();
            format!("{{{}{end}}}", members.join(","))
        })
    };
    prop_oneof![
        object(member.clone()).prop_map(|inner| format!("{{\"member\": {inner}}}")),
        prop::collection::vec(object(member), 0..4)
            .prop_map(|inner| format!("{{\"members\":[{}] }}", inner.join(", "))),
        object(pool).prop_map(|inner| format!("\u{feff}{{\"pool\":{inner}}}\n")),
    ]
}

fn errors(reports: &[Report]) -> usize {
    reports.iter().map(|report| report.count(Severity::Error)).sum()
}

/// Whether one text is the other with stretches left out.
fn is_part(part: &str, whole: &str) -> bool {
    let mut rest = whole.bytes();
    part.bytes().all(|byte| rest.any(|other| other == byte))
}

proptest! {
    #[test]
    fn a_mended_text_is_never_worse(body in body(), unsafe_too in any::<bool>(), shape in 0..4) {
        let url = if body.contains("\"pool\"") { POOL } else { MEMBER };
        let plain = body.trim_start_matches('\u{feff}').trim_end();
        let (name, text) = match shape {
            0 => ("a.http", format!("# é\r\nPUT {url}\r\nX-Auth-Token: {{{{t}}}}\r\n\r\n{plain}\r\n\r\n###\r\nGET /\r\n")),
            1 => ("a.json", format!("{{\"method\": \"PUT\", \"url\": \"{url}\", \"body\": {plain}}}")),
            2 => ("a.json", format!("{{\"method\": \"PUT\", \"url\": \"{url}\", \"body\": {}}}", Value::from(plain))),
            _ if body.contains("members") => ("BatchCreateMembers.json", body),
            _ if body.contains("pool") => ("UpdatePool.json", body),
            _ => ("UpdateMember.json", body),
        };
        let before = reports(name, &text);
        let Some(mended) = fix::mend(&text, &before, unsafe_too, &mut |text| reports(name, text)) else { return Ok(()) };
        let after = reports(name, &mended.text);
        prop_assert!(mended.fixed > 0 && errors(&after) <= errors(&before), "{}", mended.text);
        // No error is there that was not there.
        let keys = |reports: &[Report]| -> Vec<String> {
            let errors = reports.iter().flat_map(|report| &report.diagnostics).filter(|found| found.severity == Severity::Error);
            errors.map(|found| format!("{} {}", found.rule, found.place.pointer)).collect()
        };
        let known = keys(&before);
        prop_assert!(keys(&after).iter().all(|key| known.contains(key)), "{:?}\n{:?}\n{}", known, keys(&after), mended.text);
        if unsafe_too {
            // A removal is nothing but a removal: no line end and no space is new.
            let spaces = |text: &str| text.chars().filter(|letter| letter.is_whitespace()).collect::<String>();
            prop_assert!(is_part(&spaces(&mended.text), &spaces(&text)));
        } else {
            // Words change, and quotes; all that stands between them does not.
            let between = |text: &str| -> String {
                let in_word = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '"' | '\\');
                text.chars().filter(|letter| !in_word(letter)).collect()
            };
            prop_assert_eq!(between(&mended.text), between(&text));
        }
        // Once is enough.
        prop_assert_eq!(fix::mend(&mended.text, &after, unsafe_too, &mut |text| reports(name, text)), None);
    }

    #[test]
    fn any_edits_do_no_harm(text in "\\PC{0,40}", edits in prop::collection::vec((0..60_usize, 0..60_usize), 0..5)) {
        let at = |offset| elblint::diagnostic::Position { offset, ..Default::default() };
        let edits: Vec<_> = edits
            .into_iter()
            .map(|(start, end)| elblint::diagnostic::Edit {
                span: elblint::diagnostic::Span { start: at(start), end: at(end) },
                text: String::new(),
            })
            .collect();
        prop_assert!(is_part(&fix::apply(&text, &edits), &text));
    }
}
