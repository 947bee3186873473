//! What each fault of syntax is told as, and how parsing goes on after it.

use std::fmt::Write;

use insta::assert_snapshot;

use crate::json::{Kind, Node, Tree};

/// The faults of a text, and what is left of it: `?` for what is not known, `…` for what is cut off.
fn told(text: &str) -> String {
    let tree = Tree::parse(text);
    let mut out = String::new();
    for fault in tree.syntax_faults() {
        write!(out, "{:?} {}", &text[fault.range.clone()], fault.message).unwrap();
        writeln!(out, " | {}", fault.help.as_deref().unwrap_or("-")).unwrap();
    }
    show(&tree, tree.root(), &mut out);
    out
}

fn show(tree: &Tree<'_>, node: Node, out: &mut String) {
    match tree.kind(node) {
        Kind::Broken => out.push('?'),
        Kind::Placeholder => write!(out, "({})", tree.raw(node)).unwrap(),
        Kind::Null => out.push_str("null"),
        Kind::Bool(value) => write!(out, "{value}").unwrap(),
        Kind::Number => out.push_str(tree.raw(node)),
        Kind::String => write!(out, "{:?}", tree.string(node).unwrap()).unwrap(),
        Kind::Array => {
            out.push('[');
            for element in tree.elements(node) {
                show(tree, element, out);
                out.push(' ');
            }
            out.push_str(if tree.is_open(node) { "…]" } else { "]" });
        }
        Kind::Object => {
            out.push('{');
            for member in tree.members(node) {
                write!(out, "{}:", member.key).unwrap();
                show(tree, member.value, out);
                out.push(' ');
            }
            out.push_str(if tree.is_open(node) { "…}" } else { "}" });
        }
    }
}

#[test]
fn nothing_is_no_fault() {
    for text in ["", " \r\n\t", "\u{feff}", "\u{feff}\n"] {
        let tree = Tree::parse(text);
        assert!(tree.is_empty() && tree.syntax_faults().is_empty());
        assert_eq!(tree.kind(tree.root()), Kind::Broken);
    }
    assert!(Tree::parse("\u{feff}{}").syntax_faults().is_empty());
    assert!(!Tree::parse("// nothing").is_empty());
}

#[test]
fn commas() {
    assert_snapshot!(told(r#"{"a":1,"b":2,}"#), @"");
    assert_snapshot!(told("[1,2,\n]"), @"");
    assert_snapshot!(told(r#"{"a":1 "b":2}"#), @"");
    assert_snapshot!(told("{\"a\":{\"x\":1}\n\"b\":[1 2 \"x\" {}]}"), @"");
    assert_snapshot!(told("[1,,,2,,]"), @"");
    assert_snapshot!(told(r#"{,"a":1}"#), @"");
    assert_snapshot!(told(r#"{"a":1;"b":2}"#), @"");
}

#[test]
fn colons() {
    assert_snapshot!(told(r#"{"a" 1,"b"=2,"c"=>{},"d"}"#), @"");
    assert_snapshot!(told(r#"{"a":,"b":}"#), @"");
    assert_snapshot!(told(r#"{"a"::1}"#), @"");
    assert_snapshot!(told(r#"["a":1]"#), @"");
}

#[test]
fn comments() {
    assert_snapshot!(told("// first\n{\"a\":1, # one\n /* two\n */ \"b\": /**/ 2 // three\n}\n# last"), @"");
    assert_snapshot!(told("{\"a\":1 /* on and on }"), @"");
}

#[test]
fn quotes() {
    assert_snapshot!(told(r#"{'a':'it\'s',b:"x",c-d:1}"#), @"");
    assert_snapshot!(told(r#"{“a”: 1, "b": “two words”}"#), @"");
    assert_snapshot!(told(r#"{"a":'x}"#), @"");
    assert_snapshot!(told(r#"{"a":"say "hi" to","b":2}"#), @"");
}

#[test]
fn bare_words() {
    assert_snapshot!(told("[True,False,None,undefined,NaN,-Infinity]"), @"");
    assert_snapshot!(told("[007,+5,-01,.5,5.,0x10,1.2.3,-]"), @"");
    assert_snapshot!(told(r#"{"protocol":TCP,"cidr":10.0.0.0/8,"b":12 kg,"c":3}"#), @"");
    assert_snapshot!(told("hello world"), @"");
    assert_snapshot!(told("[1,\u{a0}2,\u{c}3]"), @"");
}

#[test]
fn strings() {
    assert_snapshot!(told(r#"["C:\dir\new","\u12","\ud800","\udc00\ud800","\ud83e\udd80","\/"]"#), @"");
    assert_snapshot!(told("[\"a\tb\",\"c\0\", \"two\nlines\n\", 1]"), @"");
    assert_snapshot!(told("{\"a\": \"x,\n \"b\": 1,\n \"c\": \"y\n}"), @"");
    assert_snapshot!(told(r#"{"a\q":1,"b":2}"#), @"");
    assert_snapshot!(told("{\"a\": \"x\\"), @"");
}

#[test]
fn brackets() {
    assert_snapshot!(told(r#"{"a":[1,2},"b":3}"#), @"");
    assert_snapshot!(told(r#"{"a":[1,2}"#), @"");
    assert_snapshot!(told("{\"p\":{\n\"a\":[1}, \"b\":2}"), @"");
    assert_snapshot!(told(r#"{"a":1}}"#), @"");
    assert_snapshot!(told(r#"{"a":1} {"b":2}"#), @"");
    assert_snapshot!(told("}"), @"");
    assert_snapshot!(told(r#"{"a":1 [2]}"#), @"");
}

#[test]
fn cut_off() {
    assert_snapshot!(told("{\n\"a\": {\"b\": [1, {\n\"c\": 2,\n"), @"");
    assert_snapshot!(told("{\"a\": \"xyz"), @"");
    assert_snapshot!(told("{\"a\""), @"");
    assert_snapshot!(told("{\"a\":"), @"");
    assert_snapshot!(told("["), @"");
    assert_snapshot!(Tree::parse_from("[\n[", 10).syntax_faults()[0].message, @"");
}

#[test]
fn placeholders() {
    assert_snapshot!(told(r#"{"a":{{ b }},"c":[${D},$E,<f g>,{{h}}0,1{{i}}{{j}}],"k":{{x["y"]}}}"#), @"");
    assert_snapshot!(told("{{body}}"), @"");
    assert_snapshot!(told("{{a\n}}"), @"");
    assert_snapshot!(told(r#"{ {{a}}: 1, "b": 2 }"#), @"");
    assert_snapshot!(told("[$, <, <>, $1]"), @"");
}

#[test]
fn one_hundred_thousand_brackets() {
    for opener in [
        "[", "{\"a\":", "[{\"a\":", "{{", "${", "<", "[}", "[,", "'", "\"\n\\", "/*", "{\"a\"", "\"\n",
        "[\"x\n",
    ] {
        let text = opener.repeat(100_000);
        let tree = Tree::parse(&text);
        assert!(!tree.syntax_faults().is_empty(), "{opener}");
    }
    let text = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(Tree::parse(&text).syntax_faults().is_empty());
    let text = "[".repeat(100_000);
    let tree = Tree::parse(&text);
    assert_eq!(tree.syntax_faults().len(), 1);
    assert!(tree.entries.iter().all(|entry| entry.open && entry.end == 100_000));
}
