//! Placeholders, names that are near, and positions.

use crate::json::{LineIndex, is_placeholder, may_have_placeholder, near};

#[test]
fn placeholders_in_strings() {
    for yes in ["{{weight}}", "a-{{ b }}-c", "${A}", "x${A}y", "$A", "$_a1", "<pool-id>", "<a b>"] {
        assert!(is_placeholder(yes), "{yes}");
        assert!(may_have_placeholder(&format!("{{\"a\":\"{yes}\"}}")), "{yes}");
    }
    for no in [
        "", "a", "$", "$1", "a $A", "$A b", "<>", "<a", "a <b>", "<a<b>", "{a}", "{{a", "}}{{", "${a",
        "5 < 6",
    ] {
        assert!(!is_placeholder(no), "{no}");
    }
    assert!(!may_have_placeholder(r#"{"a":"\u003cpool-id\u003e"}"#));
    assert!(!may_have_placeholder(r#"{"a":{"b":[1,"x\n"]}}"#));
}

#[test]
fn placeholders_may_be_anywhere_in_a_text() {
    for length in 0..80 {
        assert!(!may_have_placeholder(&"{ ".repeat(length)), "{length}");
        for at in 0..=length {
            for placeholder in ["$", "<", "{{"] {
                let mut text = " ".repeat(length);
                text.insert_str(at, placeholder);
                assert!(may_have_placeholder(&text), "{length} {at} {placeholder}");
            }
        }
    }
}

#[test]
fn near_names() {
    let known = ["name", "protocol_port", "lb_algorithm", "ip", "type", "weight"];
    for (name, meant) in [
        ("Name", "name"),
        ("nmae", "name"),
        ("protocolPort", "protocol_port"),
        ("lb-algoritm", "lb_algorithm"),
        ("wieght", "weight"),
        ("wight", "weight"),
        ("pi", "ip"),
        ("typ", "type"),
    ] {
        assert_eq!(near(name, known), Some(meant), "{name}");
    }
    for name in ["", "nome1", "wait", "algorithm", "naïve", &"_".repeat(100_000)] {
        assert_eq!(near(name, known), None, "{name}");
    }
    assert_eq!(near("b", ["a", "c"]), None);
    assert_eq!(near("A", ["b", "a", "c"]), Some("a"));
}

#[test]
fn positions() {
    let index = LineIndex::new("a\r\né\rb\n");
    let at =
        |offset| (index.position(offset).offset, index.position(offset).line, index.position(offset).column);
    assert_eq!(at(0), (0, 1, 1));
    assert_eq!(at(2), (2, 1, 3));
    assert_eq!(at(3), (3, 2, 1));
    assert_eq!(at(4), (3, 2, 1));
    assert_eq!(at(6), (6, 2, 3));
    assert_eq!(at(8), (8, 3, 1));
    assert_eq!(at(99), (8, 3, 1));
}

#[test]
fn positions_in_a_very_long_line() {
    let text = format!("x\n{}", "é".repeat(1 << 20));
    let index = LineIndex::new(&text);
    let offsets = (2..text.len()).step_by(60_000);
    for offset in offsets.clone().chain([text.len()]).chain(offsets.rev()) {
        let position = index.position(offset);
        assert_eq!((position.line, position.column), (2, (offset - 2) / 2 + 1));
    }
}
