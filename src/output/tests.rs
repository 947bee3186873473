//! What people and programs get to read.

use proptest::prelude::*;

use super::*;
use crate::Context;
use crate::request_files::{Options, check_text};

fn render(format: &dyn Format, name: &str, text: &str) -> String {
    let mut load = |_: &str| Err("not here".to_owned());
    let file = check_text(name, text, &Options::default(), &Context::default(), &mut load);
    let mut total = Total { complete: true, ..Total::default() };
    let files = usize::from(!file.reports.is_empty() || file.skipped > 0);
    total.summary = Summary { files, skipped: file.skipped, ..Summary::default() };
    for report in &file.reports {
        total.summary.add(report);
        total.statistics.add(report);
    }
    let mut out = Vec::new();
    let mut stream = Stream::new(format, &mut out);
    stream.begin().unwrap();
    stream.open_file(name).unwrap();
    let mut rendered = Vec::new();
    format.requests(&Source { path: name, text, offset: 0 }, &file.reports, &mut rendered).unwrap();
    stream.piece(name, &rendered, &total.summary).unwrap();
    stream.close_file(name).unwrap();
    stream.end(&total).unwrap();
    String::from_utf8(out).unwrap()
}

fn text(name: &str, text: &str) -> String {
    render(&Text::new(false, Width::Stream(100), Told::default()), name, text)
}

const POOL: &str = "/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086-a496-4666-9064-5ba0e6840c75";

#[test]
fn people_see_the_source() {
    let file = format!(
        "\u{feff}PUT {POOL}\r\nX-Auth-Token: MIISecret\r\n\r\n{{\r\n\t\"pool\": {{\"nmae\": \"é😀\"}}\r\n}}\r\n"
    );
    let shown = text("a.http", &file);
    assert!(!shown.contains("Secret") && shown.contains("X-Auth-Token: *********"), "{shown}");
    assert!(shown.contains(" --> a.http:5:11\n"), "{shown}");
    assert!(shown.contains("= help: did you mean `name`?"), "{shown}");
    assert!(shown.ends_with("1 request in 1 file: 1 error, 1 warning; 1 fixable with --fix\n"), "{shown}");
}

#[test]
fn what_a_request_depends_on_is_a_sentence() {
    let depends = |operation: &str, body: &str| {
        let shown = text(&format!("{operation}.json"), body);
        let note = shown.split("note: ").last().unwrap_or_default();
        note.split("\n\n").next().unwrap_or_default().to_owned()
    };
    let both = r#"{"pool": {"session_persistence": {"type": "SOURCE_IP"}, "slow_start": {"enable": true}}}"#;
    assert_eq!(
        depends("UpdatePool", both),
        "UpdatePool at UpdatePool.json:1 holds only if pool.protocol is HTTP, HTTPS or GRPC, but not if \
         loadbalancer.type is dedicated and pool.protocol is HTTP or HTTPS"
    );
    let alone = r#"{"pool": {"session_persistence": {"type": "SOURCE_IP"}}}"#;
    assert_eq!(
        depends("UpdatePool", alone),
        "UpdatePool at UpdatePool.json:1 holds, but not if loadbalancer.type is dedicated and pool.protocol is \
         HTTP or HTTPS"
    );
    assert_eq!(
        depends("UpgradeLoadBalancer", r#"{"action": "rollback"}"#),
        "UpgradeLoadBalancer at UpgradeLoadBalancer.json:1 holds only if loadbalancer.provisioning_status is \
         UPGRADED, UPGRADE_FAILED or ROLLBACK_FAILED"
    );
}

#[test]
fn a_mark_deep_in_a_long_line_is_shown_with_its_column() {
    let long = "é".repeat(5000);
    let line =
        format!(r#"{{"x": "{long}", "method": "PUT", "url": "{POOL}", "body": {{"pool": {{"nmae": 1}}}}}}"#);
    let shown = text("a.jsonl", &line);
    let column = line[..line.find("\"nmae\"").unwrap()].chars().count() + 1;
    assert!(shown.contains(&format!(" --> a.jsonl:1:{column}\n")), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() < 120), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Without colours the common finding does not go through the renderer, which is slow. Nobody is to notice.
    #[test]
    fn colours_change_nothing_but_colours(
        before in "[ -~é数😀\t]{0,90}", name in "[a-zé数\"\\\\]{0,40}", value in "[0-9]{1,3}|\"[a-z é数]{0,150}\"", after in "[ -~é数]{0,90}",
        gap in "[ \t\n]{0,40}", path in "[a-z数/]{1,12}", width in 30..140_usize,
    ) {
        let [before, name, after] = [before, name, after].map(|text| serde_json::to_string(&text).unwrap());
        let body = format!("{{{before}: {gap}1, \"pool\": {{{gap}{name}: {value}, \"weight\": {value}}}, {after}: 2}}");
        let (name, text) = (format!("{path}.http"), format!("PUT {POOL}\n\n{body}\n"));
        for terminal in [Width::Stream(width), Width::Terminal(width)] {
            let told = Told { verbose: true, ..Told::default() };
            let coloured = render(&Text::new(true, terminal, told), &name, &text);
            let plain = render(&Text::new(false, terminal, told), &name, &text);
            prop_assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The same of findings with two marks, whose labels stand on either side or below.
    #[test]
    fn colours_change_nothing_of_two_marks(
        before in "[ -~é数]{0,60}", inner in "[ -~é数\t]{0,30}", gap in "[ \t]{0,40}|\n", cookie in "[A-Z]{1,9}",
        enable in prop::sample::select(vec!["", "\"enable\": true, "]), slow_first in any::<bool>(), width in 30..160_usize,
    ) {
        let [before, inner] = [before, inner].map(|text| serde_json::to_string(&text).unwrap());
        let slow = format!("\"slow_start\": {{{enable}\"duration\": 40}}");
        let sticky = format!("\"session_persistence\": {{\"type\": \"HTTP_COOKIE\", {inner}: 1, {gap}\"cookie_name\": \"{cookie}\"}}");
        let (one, other) = if slow_first { (slow, sticky) } else { (sticky, slow) };
        let text = format!("PUT {POOL}\n\n{{{before}: 1, \"pool\": {{{one}, {gap}{other}}}}}\n");
        for terminal in [Width::Stream(width), Width::Terminal(width)] {
            let coloured = render(&Text::new(true, terminal, Told::default()), "a.http", &text);
            let plain = render(&Text::new(false, terminal, Told::default()), "a.http", &text);
            prop_assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
        }
    }
}

#[test]
fn a_terminal_breaks_sentences_between_words() {
    let file = format!("PUT {POOL}\n\n{{\"pool\": {{\"lb_algorithm\": \"QUIC_CID\", \"nothing\": 1}}}}\n");
    let shown = render(&Text::new(false, Width::Terminal(60), Told::default()), "a.http", &file);
    let mut sentences = shown.lines().filter(|line| !line.contains(" | "));
    assert!(sentences.all(|line| line.chars().count() <= 60), "{shown}");
    let (whole, broken) = (text("a.http", &file), shown);
    let words = |shown: &str| {
        let sentences = shown.lines().filter(|line| !line.contains(" | "));
        sentences.flat_map(str::split_whitespace).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_ne!(whole, broken);
    assert_eq!(words(&whole), words(&broken));
}

#[test]
fn all_clean_is_a_pleasant_sentence() {
    let shown = text("a.http", "GET https://example.com/\n");
    assert_eq!(shown, "1 request in 1 file: nothing for the ELB API v3; 1 to other services skipped\n");
}

#[test]
fn programs_get_one_object() {
    let file =
        format!("PUT {POOL}\n\n{{\"pool\": {{\"nmae\": 1}}}}\n###\nPUT {POOL}\n\n{{\"pool\": {{}}}}\n");
    let value: serde_json::Value =
        serde_json::from_str(&render(&Json { statistics: false }, "a \"b\".http", &file)).unwrap();
    assert_eq!(value["version"], 1);
    assert_eq!(value["summary"]["requests"], 2);
    assert_eq!(value["files"][0]["path"], "a \"b\".http");
    assert_eq!(value["files"][0]["requests"][1]["line"], 5);
    let empty = render(&Json { statistics: false }, "a.http", "");
    assert!(serde_json::from_str::<serde_json::Value>(&empty).is_ok(), "{empty}");
}

proptest! {
    #[test]
    fn nothing_that_can_be_said_breaks_the_renderer(
        lines in prop::collection::vec(prop::sample::select(vec![
            "PUT /v3/p/elb/pools/x", "", "{\"pool\":", "\t\"nmae\": 1,", "{{x}}", "\u{1b}[31m", "é😀\u{301}\u{200b}", "}", "\"weight\": 1e400",
            "X-Auth-Token: abc", "X-Auth-Token", "###", "{\"method\":\"PUT\",\"url\":\"/v3/p/elb/pools/x\",\"body\":{\"pool\":{\"x\":\"\u{0}\"}}}",
        ]), 0..12),
        end in prop::sample::select(vec!["\n", "\r\n", " "]),
        name in prop::sample::select(vec!["a.http", "a.json", "a.jsonl", "UpdatePool.json"]),
        width in 1usize..200,
    ) {
        let file = lines.join(end);
        for colour in [false, true] {
            let shown = render(&Text::new(colour, if width % 2 == 0 { Width::Stream(width) } else { Width::Terminal(width) }, Told { verbose: true, ..Told::default() }), name, &file);
            prop_assert!(colour || !shown.contains('\u{1b}'), "a terminal obeys what a file says");
        }
        let root = Root::default;
        let objects: [&dyn Format; 4] = [
            &Json { statistics: true },
            &Sarif::new(root()),
            &GitLab { root: root() },
            &RdJson { root: root() },
        ];
        for format in objects {
            let shown = render(format, name, &file);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&shown).is_ok(), "{shown}");
        }
        for line in render(&JsonLines, name, &file).lines() {
            prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
        }
        let shown = render(&JUnit { root: root() }, name, &file);
        prop_assert!(roxmltree::Document::parse(&shown).is_ok(), "{shown}");
        let concise = render(&Concise { colour: false, statistics: false }, name, &file);
        prop_assert!(concise.lines().all(|line| line.starts_with(&format!("{name}:"))), "{concise}");
        let commands = render(&GitHub { root: root() }, name, &file);
        prop_assert_eq!(commands.lines().count(), concise.lines().count() + 1);
        prop_assert!(!(concise + &commands).contains(|character: char| character.is_control() && character != '\n'));
        let table = render(&Markdown { root: root(), statistics: false }, name, &file);
        let rows = table.lines().filter(|line| line.starts_with('|'));
        for row in rows {
            prop_assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{}", row);
        }
    }
}
