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
    assert_snapshot!(told(r#"{"a":1,"b":2,}"#), @r#"
    "," a comma with nothing after it | remove the comma
    {a:1 b:2 }
    "#);
    assert_snapshot!(told("[1,2,\n]"), @r#"
    "," a comma with nothing after it | remove the comma
    [1 2 ]
    "#);
    assert_snapshot!(told(r#"{"a":1 "b":2}"#), @r#"
    "" no comma between two members | add a comma
    {a:1 b:2 }
    "#);
    assert_snapshot!(told("{\"a\":{\"x\":1}\n\"b\":[1 2 \"x\" {}]}"), @r#"
    "" no comma between two members | add a comma
    "" no comma between two elements | add a comma
    "" no comma between two elements | add a comma
    "" no comma between two elements | add a comma
    {a:{x:1 } b:[1 2 "x" {} ] }
    "#);
    assert_snapshot!(told("[1,,,2,,]"), @r#"
    "," two commas in a row | remove the comma
    "," two commas in a row | remove the comma
    [1 2 ]
    "#);
    assert_snapshot!(told(r#"{,"a":1}"#), @r#"
    "," a comma with nothing before it | remove the comma
    {a:1 }
    "#);
    assert_snapshot!(told(r#"{"a":1;"b":2}"#), @r#"
    ";" a semicolon where a comma is expected | use a comma
    {a:1 b:2 }
    "#);
}

#[test]
fn colons() {
    assert_snapshot!(told(r#"{"a" 1,"b"=2,"c"=>{},"d"}"#), @r#"
    "" no colon after the name `"a"` | put a colon between the name and its value
    "=" `=` between a name and its value | use a colon
    "=>" `=>` between a name and its value | use a colon
    "\"d\"" the name `"d"` has no value | add a colon and the value
    {a:1 b:2 c:{} …}
    "#);
    assert_snapshot!(told(r#"{"a":,"b":}"#), @r#"
    "" no value after the colon | add the value
    "" no value after the colon | add the value
    {a:? b:? }
    "#);
    assert_snapshot!(told(r#"{"a"::1}"#), @r#"
    ":" `:` where a value is expected | -
    {a:? …}
    "#);
    assert_snapshot!(told(r#"["a":1]"#), @r#"
    ":" `:` where a comma or `]` is expected | -
    [? …]
    "#);
}

#[test]
fn comments() {
    assert_snapshot!(told("// first\n{\"a\":1, # one\n /* two\n */ \"b\": /**/ 2 // three\n}\n# last"), @r##"
    "// first" JSON has no comments | remove the comment
    "# one" JSON has no comments | remove the comment
    "/* two\n */" JSON has no comments | remove the comment
    "/**/" JSON has no comments | remove the comment
    "// three" JSON has no comments | remove the comment
    "# last" JSON has no comments | remove the comment
    {a:1 b:2 }
    "##);
    assert_snapshot!(told("{\"a\":1 /* on and on }"), @r#"
    "" the text ends inside a comment that begins on line 1 | add what is missing, or close what is open
    {a:1 …}
    "#);
}

#[test]
fn quotes() {
    assert_snapshot!(told(r#"{'a':'it\'s',b:"x",c-d:1}"#), @r#"
    "'a'" JSON has no strings in single quotes | use double quotes
    "'it\\'s'" JSON has no strings in single quotes | use double quotes
    "b" the name `b` is not in double quotes | put it in double quotes
    "c-d" the name `c-d` is not in double quotes | put it in double quotes
    {a:"it's" b:"x" c-d:1 }
    "#);
    assert_snapshot!(told(r#"{“a”: 1, "b": “two words”}"#), @r#"
    "“a”" JSON has no strings in typographic quotes | use double quotes
    "“two words”" JSON has no strings in typographic quotes | use double quotes
    {b:? …}
    "#);
    assert_snapshot!(told(r#"{"a":'x}"#), @r#"
    "'" this quote is not closed | use double quotes
    {a:? …}
    "#);
    assert_snapshot!(told(r#"{"a":"say "hi" to","b":2}"#), @r#"
    "hi\" to\"" `hi" to"` after the value, where a comma is expected | remove it, or write quotes inside a string as \"
    {a:? b:2 }
    "#);
}

#[test]
fn bare_words() {
    assert_snapshot!(told("[True,False,None,undefined,NaN,-Infinity]"), @r#"
    "True" `True` is not a word of JSON | write `true`
    "False" `False` is not a word of JSON | write `false`
    "None" `None` is not a word of JSON | write `null`
    "undefined" `undefined` is not a word of JSON | write `null`
    "NaN" JSON has no number `NaN` | write a number, or `null`
    "-Infinity" JSON has no number `-Infinity` | write a number, or `null`
    [? ? ? ? ? ? ]
    "#);
    assert_snapshot!(told("[007,+5,-01,.5,5.,0x10,1.2.3,-]"), @r#"
    "007" the number `007` begins with a zero | remove the zeros, or put it in double quotes if it is a string
    "+5" the number `+5` has a plus sign | remove the plus sign
    "-01" the number `-01` begins with a zero | remove the zeros, or put it in double quotes if it is a string
    ".5" `.5` is not a number as JSON writes them | put it in double quotes if it is a string
    "5." `5.` is not a number as JSON writes them | put it in double quotes if it is a string
    "0x10" `0x10` is not a number as JSON writes them | put it in double quotes if it is a string
    "1.2.3" `1.2.3` is not a number as JSON writes them | put it in double quotes if it is a string
    "-" `-` is not a number as JSON writes them | put it in double quotes if it is a string
    [? ? ? ? ? ? ? ? ]
    "#);
    assert_snapshot!(told(r#"{"protocol":TCP,"cidr":10.0.0.0/8,"b":12 kg,"c":3}"#), @r#"
    "TCP" `TCP` is neither a JSON value nor in double quotes | put it in double quotes if it is a string
    "10.0.0.0/8" `10.0.0.0/8` is not a number as JSON writes them | put it in double quotes if it is a string
    "kg" `kg` after the value, where a comma is expected | remove it, or write quotes inside a string as \"
    {protocol:? cidr:? b:? c:3 }
    "#);
    assert_snapshot!(told("hello world"), @r#"
    "hello" `hello` is neither a JSON value nor in double quotes | write a JSON object, which begins with `{`
    ?
    "#);
    assert_eq!(told("\u{feff}hello world"), told("hello world"));
    assert_snapshot!(told("[1,\u{a0}2,\u{c}3]"), @r#"
    "\u{a0}" U+00A0 is not whitespace in JSON | put a plain space instead
    "\u{c}" U+000C is not whitespace in JSON | put a plain space instead
    [1 2 3 ]
    "#);
}

#[test]
fn strings() {
    assert_snapshot!(told(r#"["C:\dir\new","\u12","\ud800","\udc00\ud800","\ud83e\udd80","\/"]"#), @r#"
    "\\d" `\d` is not an escape of JSON | write \\ for a backslash
    "\\u" `\u` without four hexadecimal digits | write \\ for a backslash
    "\\ud800" `\ud800` is half of a pair of surrogates | write both halves, or the character
    "\\udc00" `\udc00` is half of a pair of surrogates | write both halves, or the character
    [? ? ? ? "🦀" "/" ]
    "#);
    assert_snapshot!(told("[\"a\tb\",\"c\0\", \"two\nlines\n\", 1]"), @r#"
    "\t" a tab inside a string | write it as \t
    "\0" a control character (U+0000) inside a string | write it as \u and its code
    "\n" a line break inside a string | write it as \n
    [? ? ? 1 ]
    "#);
    assert_snapshot!(told("{\"a\": \"x,\n \"b\": 1,\n \"c\": \"y\n}"), @r#"
    "\"x" this string is not closed | add a double quote where it ends
    "\"y" this string is not closed | add a double quote where it ends
    {a:? b:1 c:? }
    "#);
    assert_snapshot!(told(r#"{"a\q":1,"b":2}"#), @r#"
    "\\q" `\q` is not an escape of JSON | write \\ for a backslash
    {b:2 …}
    "#);
    assert_snapshot!(told("{\"a\": \"x\\"), @r#"
    "" the text ends inside a string that begins on line 1 | add what is missing, or close what is open
    {a:? …}
    "#);
}

#[test]
fn brackets() {
    assert_snapshot!(told(r#"{"a":[1,2},"b":3}"#), @r#"
    "}" `}` where `]` is expected, to close the list that begins on line 1 | make the brackets match
    {a:[1 2 …] b:3 }
    "#);
    assert_snapshot!(told(r#"{"a":[1,2}"#), @r#"
    "}" `}` where `]` is expected, to close the list that begins on line 1 | make the brackets match
    {a:[1 2 …] }
    "#);
    assert_snapshot!(told("{\"p\":{\n\"a\":[1}, \"b\":2}"), @r#"
    "}" `}` where `]` is expected, to close the list that begins on line 2 | make the brackets match
    {p:{a:[1 …] b:2 } …}
    "#);
    assert_snapshot!(told(r#"{"a":1}}"#), @r#"
    "}" `}` after the end of the JSON value | remove what follows the value
    {a:1 }
    "#);
    assert_snapshot!(told(r#"{"a":1} {"b":2}"#), @r#"
    "{" `{` after the end of the JSON value | remove what follows the value
    {a:1 }
    "#);
    assert_snapshot!(told("}"), @r#"
    "}" `}` where a value is expected | -
    ?
    "#);
    assert_snapshot!(told(r#"{"a":1 [2]}"#), @r#"
    "[" `[` where a comma or `}` is expected | -
    {a:1 …}
    "#);
}

#[test]
fn cut_off() {
    assert_snapshot!(told("{\n\"a\": {\"b\": [1, {\n\"c\": 2,\n"), @r#"
    "" the text ends inside an object that begins on line 2 | add what is missing, or close what is open
    {a:{b:[1 {c:2 …} …] …} …}
    "#);
    assert_snapshot!(told("{\"a\": \"xyz"), @r#"
    "" the text ends inside a string that begins on line 1 | add what is missing, or close what is open
    {a:? …}
    "#);
    assert_snapshot!(told("{\"a\""), @r#"
    "" the text ends inside an object that begins on line 1 | add what is missing, or close what is open
    {a:? …}
    "#);
    assert_snapshot!(told("{\"a\":"), @r#"
    "" the text ends inside an object that begins on line 1 | add what is missing, or close what is open
    {a:? …}
    "#);
    assert_snapshot!(told("["), @r#"
    "" the text ends inside a list that begins on line 1 | add what is missing, or close what is open
    […]
    "#);
    assert_snapshot!(Tree::parse_from("[\n[", 10).syntax_faults()[0].message, @"the text ends inside a list that begins on line 11");
}

#[test]
fn placeholders() {
    assert_snapshot!(told(r#"{"a":{{ b }},"c":[${D},$E,<f g>,{{h}}0,1{{i}}{{j}}],"k":{{x["y"]}}}"#), @r#"{a:({{ b }}) c:[(${D}) ($E) (<f g>) ({{h}}0) (1{{i}}{{j}}) ] k:({{x["y"]}}) }"#);
    assert_snapshot!(told("{{body}}"), @"({{body}})");
    assert_snapshot!(told(r#"{"a":${{ b.c }},"d":${{e}0}"#), @"{a:(${{ b.c }}) d:(${{e}0) }");
    assert_snapshot!(told("{{a\n}}"), @r#"
    "{" `{` where a name in double quotes is expected | -
    {…}
    "#);
    assert_snapshot!(told(r#"{ {{a}}: 1, "b": 2 }"#), @r#"
    "{{a}}" the name `{{a}}` is not in double quotes | put it in double quotes
    {b:2 …}
    "#);
    assert_snapshot!(told("[$, <, <>, $1]"), @r#"
    "$" `$` is neither a JSON value nor in double quotes | put it in double quotes if it is a string
    "<" `<` is neither a JSON value nor in double quotes | put it in double quotes if it is a string
    "<>" `<>` is neither a JSON value nor in double quotes | put it in double quotes if it is a string
    "$1" `$1` is neither a JSON value nor in double quotes | put it in double quotes if it is a string
    [? ? ? ? ]
    "#);
}

#[test]
fn one_hundred_thousand_brackets() {
    for opener in [
        "[",
        "{\"a\":",
        "[{\"a\":",
        "{{",
        "${",
        "${{",
        "[${{a},",
        "<",
        "[}",
        "[,",
        "'",
        "\"\n\\",
        "/*",
        "{\"a\"",
        "\"\n",
        "[\"x\n",
        "\u{a0}\n",
        "{{a}b}",
        "1{{",
        "\"\n \\\"",
        "\\\"\n",
        "'\n'",
        "“",
        "\"a\"b",
        "{\"a\":1 b",
        "#\n",
        "{\"a\":1 \"",
        "$",
        "<a",
        "\"\n      ",
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
