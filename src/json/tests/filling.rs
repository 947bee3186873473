//! What a model is filled with, and what is noted on the way.

use std::fmt::Write;

use insta::assert_snapshot;
use proptest::prelude::*;
use serde::Deserialize;

use crate::api::field::{Field, Text};
use crate::diagnostic::{Pointer, Step};
use crate::json::model::{Choice, Lack, Model, Want, model};
use crate::json::{FaultKind, Filled, Node, Tree, fill_model, fill_until, read};

model! {
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Body<'a> {
        #[serde(borrow)]
        pool: Field<Pool<'a>>,
    }
}

model! {
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Pool<'a> {
        #[serde(borrow)]
        name: Field<Text<'a>>,
        protocol_port: Field<i64>,
        admin: Field<bool>,
        algorithm: Field<Algorithm>,
        #[serde(borrow)]
        members: Field<Vec<Field<Member<'a>>>>,
    }
}

model! {
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Member<'a> {
        #[serde(borrow)]
        address: Field<Text<'a>>,
        weight: Field<i64>,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
enum Algorithm {
    #[serde(rename = "ROUND_ROBIN")]
    RoundRobin,
    #[serde(rename = "SOURCE_IP")]
    SourceIp,
}

impl<'a> Model<'a> for Algorithm {
    fn blank() -> Self {
        Self::RoundRobin
    }

    fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
        Want::OneOf(&["ROUND_ROBIN", "SOURCE_IP"], self)
    }
}

impl Choice for Algorithm {
    fn choose(&mut self, number: usize) {
        *self = if number == 0 { Self::RoundRobin } else { Self::SourceIp };
    }
}

fn fill<'a>(tree: &Tree<'a>, node: Node, at: Pointer) -> (Body<'a>, Filled) {
    let mut body = Body::default();
    let filled = fill_model(tree, node, at, &mut body);
    (body, filled)
}

fn filled(text: &str) -> (Body<'_>, Filled) {
    let tree = Tree::parse(text);
    let (body, filled) = fill(&tree, tree.root(), Pointer::default());
    for fault in &filled.faults {
        assert!(text.get(fault.range.clone()).is_some());
        if !matches!(fault.kind, FaultKind::DuplicateKey { .. }) {
            let places = [tree.key_range(&fault.pointer), Some(tree.nearest(&fault.pointer))];
            assert!(places.contains(&Some(fault.range.clone())), "{fault:?}");
        }
    }
    (body, filled)
}

/// What the module for the browser reads.
fn by_tables(text: &str) -> Option<Body<'_>> {
    let mut body = Body::blank();
    fill_until(text, &mut body).ok().map(|()| body)
}

/// The faults, the placeholders, and the pool without what is absent.
fn told(text: &str) -> String {
    let (body, filled) = filled(text);
    let mut out = String::new();
    for fault in &filled.faults {
        write!(out, "{} {:?} ", fault.pointer, &text[fault.range.clone()]).unwrap();
        match &fault.kind {
            FaultKind::UnknownField { name, near, wrapper, .. } => {
                writeln!(out, "unknown {name} near {near:?} wrapper {wrapper}").unwrap();
            }
            kind => writeln!(out, "{kind:?}").unwrap(),
        }
    }
    for pointer in &filled.unchecked {
        writeln!(out, "unchecked `{pointer}`").unwrap();
    }
    match &body.pool {
        _ if filled.hopeless => out.push_str("hopeless"),
        Field::Set(Pool { name, protocol_port, admin, algorithm, members }) => {
            write!(out, "{name:?} {protocol_port:?} {admin:?} {algorithm:?}\n{members:?}").unwrap();
        }
        pool => write!(out, "{pool:?}").unwrap(),
    }
    out
}

fn pool(members: &str) -> String {
    told(&format!("{{\"pool\":{{{members}}}}}"))
}

#[test]
fn good_and_null() {
    assert_snapshot!(pool(r#""name":"a\n","protocol_port":-0,"admin":true,"algorithm":"SOURCE_IP","members":[null,{}]"#), @r#"
    Set(Text("a\n")) Set(0) Set(true) Set(SourceIp)
    Set([Null, Set(Member { address: Absent, weight: Absent })])
    "#);
    assert_snapshot!(told("{\"pool\":null}"), @"Null");
    assert_snapshot!(told("{}"), @"Absent");
}

#[test]
fn duplicates() {
    assert_snapshot!(pool(r#""name":5,"admin":true,"name":"b","x":1,"x":2,"n\u0061me":"c""#), @r#"
    /pool/name "\"name\"" DuplicateKey { last: 54..65 }
    /pool/name "\"name\"" DuplicateKey { last: 54..65 }
    /pool/x "\"x\"" DuplicateKey { last: 48..51 }
    /pool/x "\"x\"" unknown x near None wrapper false
    Set(Text("c")) Absent Set(true) Absent
    Absent
    "#);
}

#[test]
fn misspelt_names() {
    assert_snapshot!(pool(r#""protocolPort":80,"Admin":1,"algoritm":"x""#), @r#"
    /pool/protocolPort "\"protocolPort\"" unknown protocolPort near Some("protocol_port") wrapper false
    /pool/Admin "\"Admin\"" unknown Admin near Some("admin") wrapper false
    /pool/algoritm "\"algoritm\"" unknown algoritm near Some("algorithm") wrapper false
    Absent Unknown Unknown Unknown
    Absent
    "#);
    assert_snapshot!(pool(r#""nam":1,"name":"a""#), @r#"
    /pool/nam "\"nam\"" unknown nam near None wrapper false
    Set(Text("a")) Absent Absent Absent
    Absent
    "#);
    assert_snapshot!(told(r#"{"Pool":{"name":"a"}}"#), @r#"
    /Pool "\"Pool\"" unknown Pool near Some("pool") wrapper false
    Unknown
    "#);
}

#[test]
fn wrapped_too_often() {
    assert_snapshot!(told(r#"{"body":{"pool":{"name":5}}}"#), @r#"
    /body "\"body\"" unknown body near None wrapper true
    Unknown
    "#);
    assert_snapshot!(pool(r#""pool":[{"name":"a"}]"#), @r#"
    /pool/pool "\"pool\"" unknown pool near None wrapper true
    Unknown Unknown Unknown Unknown
    Unknown
    "#);
    assert_snapshot!(pool(r#""name":"a","stuff":{"admin":true}"#), @r#"
    /pool/stuff "\"stuff\"" unknown stuff near None wrapper false
    Set(Text("a")) Absent Absent Absent
    Absent
    "#);
    assert_snapshot!(pool(r#""stuff":{"what":"a"}"#), @r#"
    /pool/stuff "\"stuff\"" unknown stuff near None wrapper false
    Absent Absent Absent Absent
    Absent
    "#);
}

#[test]
fn other_values_than_permitted() {
    assert_snapshot!(pool(r#""algorithm":"round_robin""#), @r#"
    /pool/algorithm "\"round_robin\"" OneOf { value: "round_robin", permitted: ["ROUND_ROBIN", "SOURCE_IP"], near: Some("ROUND_ROBIN") }
    Absent Absent Absent Unknown
    Absent
    "#);
    assert_snapshot!(pool(r#""algorithm":"RANDOM""#), @r#"
    /pool/algorithm "\"RANDOM\"" OneOf { value: "RANDOM", permitted: ["ROUND_ROBIN", "SOURCE_IP"], near: None }
    Absent Absent Absent Unknown
    Absent
    "#);
    assert_snapshot!(pool(r#""algorithm":{"ROUND_ROBIN":null}"#), @r#"
    /pool/algorithm "{\"ROUND_ROBIN\":null}" WrongType { expected: "a string", found: "an object" }
    Absent Absent Absent Unknown
    Absent
    "#);
}

#[test]
fn other_types() {
    assert_snapshot!(pool(r#""name":5,"protocol_port":"80","admin":"true","algorithm":1,"members":{}"#), @r#"
    /pool/name "5" WrongType { expected: "a string", found: "a number" }
    /pool/protocol_port "\"80\"" WrongType { expected: "an integer", found: "a string" }
    /pool/admin "\"true\"" WrongType { expected: "a boolean", found: "a string" }
    /pool/algorithm "1" WrongType { expected: "a string", found: "a number" }
    /pool/members "{}" WrongType { expected: "a list", found: "an object" }
    Unknown Unknown Unknown Unknown
    Unknown
    "#);
    assert_snapshot!(pool(r#""protocol_port":10.0,"members":[[],{"weight":1e2,"address":true},7]"#), @r#"
    /pool/protocol_port "10.0" WrongType { expected: "an integer", found: "the number 10.0, which is not an integer" }
    /pool/members/0 "[]" WrongType { expected: "an object", found: "a list" }
    /pool/members/1/weight "1e2" WrongType { expected: "an integer", found: "the number 1e2, which is not an integer" }
    /pool/members/1/address "true" WrongType { expected: "a string", found: "a boolean" }
    /pool/members/2 "7" WrongType { expected: "an object", found: "a number" }
    Absent Unknown Absent Absent
    Set([Unknown, Set(Member { address: Unknown, weight: Unknown }), Unknown])
    "#);
    assert_snapshot!(told(r#"{"pool":["a",1]}"#), @r#"
    /pool "[\"a\",1]" WrongType { expected: "an object", found: "a list" }
    Unknown
    "#);
    assert_snapshot!(told("[]"), @r#"
     "[]" WrongType { expected: "an object", found: "a list" }
    hopeless
    "#);
    assert_snapshot!(told("null"), @r#"
     "null" WrongType { expected: "an object", found: "null" }
    hopeless
    "#);
}

#[test]
fn numbers_of_any_length() {
    let nines = "9".repeat(400);
    for (number, value) in [
        (nines.clone(), i64::MAX),
        (format!("-{nines}"), i64::MIN),
        (i64::MAX.to_string(), i64::MAX),
        (i64::MIN.to_string(), i64::MIN),
    ] {
        let text = format!("{{\"pool\":{{\"protocol_port\":{number}}}}}");
        let (body, filled) = filled(&text);
        assert_eq!(body.pool.set().unwrap().protocol_port, Field::Set(value));
        assert!(filled.faults.is_empty());
    }
    let long = format!("\"protocol_port\":{}.5", "9".repeat(40));
    assert_snapshot!(pool(&long), @r#"
    /pool/protocol_port "9999999999999999999999999999999999999999.5" WrongType { expected: "an integer", found: "the number 99999999999999999999999999999999…, which is not an integer" }
    Absent Unknown Absent Absent
    Absent
    "#);
}

#[test]
fn placeholders() {
    assert_snapshot!(pool(r#""name":"a-{{b}}","protocol_port":{{port}},"admin":"$ADMIN","members":[<m>,{"weight":"${W}"}]"#), @"
    unchecked `/pool/name`
    unchecked `/pool/protocol_port`
    unchecked `/pool/admin`
    unchecked `/pool/members/0`
    unchecked `/pool/members/1/weight`
    Unknown Unknown Unknown Absent
    Set([Unknown, Set(Member { address: Absent, weight: Unknown })])
    ");
    assert_snapshot!(told(r#"{"pool":"{{pool}}"}"#), @"
    unchecked `/pool`
    Unknown
    ");
    assert_snapshot!(told("{{body}}"), @"
    unchecked ``
    hopeless
    ");
    assert_snapshot!(pool(r#""{{field}}":1"#), @"
    unchecked `/pool/{{field}}`
    Unknown Unknown Unknown Unknown
    Unknown
    ");
}

#[test]
fn faults_of_syntax_make_things_unknown() {
    assert_snapshot!(pool(r#""name":'a',"admin":tru,"protocol_port":,"algorithm":"\q""#), @r#"
    Set(Text("a")) Unknown Unknown Unknown
    Absent
    "#);
    assert_snapshot!(told(r#"{"pool":{"name":"a","members":[{"weight":1"#), @r#"
    Set(Text("a")) Unknown Unknown Unknown
    Set([Set(Member { address: Unknown, weight: Unknown })])
    "#);
    assert_snapshot!(told(r#"{"pool":{"name":"a","members":["#), @r#"
    Set(Text("a")) Unknown Unknown Unknown
    Unknown
    "#);
    assert_snapshot!(told("nonsense"), @"hopeless");
    assert_snapshot!(told(""), @"hopeless");
}

#[test]
fn the_way_to_the_node_comes_first() {
    let tree = Tree::parse(r#"{"body":{"pool":1}}"#);
    let at = Pointer::new([Step::Name("body")]);
    let (_, filled) = fill(&tree, tree.member(tree.root(), "body").unwrap().value, at);
    assert_eq!(filled.faults[0].pointer, Pointer::new([Step::Name("body"), Step::Name("pool")]));
    assert!(matches!(filled.faults[0].pointer.steps()[1], Step::Name(_)));
}

#[test]
fn very_many_unknown_names() {
    let mut text = String::from("{\"pool\":{");
    for index in 0..30_000 {
        write!(text, "\"key_{index}\":1,").unwrap();
    }
    text.push_str("\"key_0\":2,\"name\":\"a\"}}");
    let tree = Tree::parse(&text);
    let (_, filled) = fill(&tree, tree.root(), Pointer::default());
    assert_eq!(filled.faults.len(), 30_001);
    assert!(matches!(filled.faults[0].kind, FaultKind::DuplicateKey { .. }));
}

#[test]
fn brackets_without_end_where_a_list_is_wanted() {
    let text = format!("{{\"pool\":{{\"members\":{}", "[".repeat(100_000));
    assert_eq!(filled(&text).1.faults.len(), 1);
}

proptest! {
    /// A body that the strict reader takes has no fault and is the same; one that it refuses has one.
    #[test]
    fn the_strict_reader_agrees(bits in prop::collection::vec(prop::sample::select(vec![
        "\"name\":\"a\"", "\"name\":\"\\u00e9\"", "\"admin\":false", "\"admin\":0", "\"protocol_port\":80",
        "\"protocol_port\":8.5", "\"algorithm\":\"SOURCE_IP\"", "\"algorithm\":\"source_ip\"", "\"members\":[]",
        "\"members\":[{\"weight\":1},null]", "\"members\":[{\"weigth\":1}]", "\"members\":[[\"a\",1]]", "\"x\":[]",
    ]), 0..4), cut in 0..200_usize) {
        let text = format!("{{\"pool\":{{{}}}}}", bits.join(","));
        let text = if cut < 10 { &text[..text.len() - cut] } else { &text };
        let tree = Tree::parse(text);
        let (mended, filled) = filled(text);
        let noted = filled.faults.len() + tree.syntax_faults().len();
        let body = read::<Body<'_>>(text);
        prop_assert_eq!(&body, &by_tables(text));
        match body {
            Some(body) => prop_assert_eq!((body, 0), (mended, noted)),
            None => prop_assert!(noted > 0),
        }
    }

    /// What the strict reader takes has no fault, and the tree says the same of it.
    #[test]
    fn the_strict_reader_takes_nothing_wrong(bits in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", " ", "\n", "\"pool\"", "\"name\"", "\"admin\"", "\"protocol_port\"", "\"algorithm\"",
        "\"members\"", "\"weight\"", "\"SOURCE_IP\"", "\"source_ip\"", "\"a\"", "\"\\u00e9\"", "\"\\ud800\"", "\"\\x\"",
        "\"\t\"", "\"é\"", "\"unclosed", "true", "false", "null", "truth", "0", "-0", "01", "-1", "1.0", "1e3", "100",
        "999999999999999999", "9223372036854775807", "9223372036854775808", "\"na\\u006de\"",
        "{\"pool\":{", "\"name\":\"a\"", "\"members\":[{\"weight\":1}", "}}", "\u{feff}",
    ]), 0..12)) {
        let text = bits.concat();
        let tree = Tree::parse(&text);
        let body = read::<Body<'_>>(&text);
        prop_assert_eq!(&body, &by_tables(&text));
        if let Some(body) = body {
            let (mended, filled) = filled(&text);
            prop_assert_eq!((filled.faults.len(), tree.syntax_faults().len()), (0, 0), "{}", text);
            prop_assert_eq!(body, mended);
        }
    }

    /// It refuses none of the bodies that people write.
    #[test]
    fn the_strict_reader_takes_good_bodies(name in "\\PC{0,20}", admin: Option<bool>, port in -70000..70000_i64) {
        let value = serde_json::json!({"pool": {"name": name, "admin": admin, "protocol_port": port, "members": [{"weight": 1}, null]}});
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let body = serde_json::from_str::<Body<'_>>(&text).unwrap();
            prop_assert_eq!(&by_tables(&text), &Some(body.clone()));
            prop_assert_eq!(read::<Body<'_>>(&text), Some(body));
        }
    }
}
