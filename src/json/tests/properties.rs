//! What holds of every text.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use crate::diagnostic::{Pointer, Step};
use crate::json::{Kind, LineIndex, Node, Sought, Tree, may_have_placeholder};

/// Bits of JSON and of what people take for it, thrown together.
fn rubble(bits: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let bit = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\": 1", "\"", "'", "\\", "\\u", "\\ud800", "\\u0041",
        "\\n", "0", "-1", "01", "+5", "1.5e3", "-", ".", "true", "null", "True", "NaN", "word", " ", "\n",
        "\r\n", "\t", "//", "/*", "*/", "#", "{{", "}}", "${", "$A", "<", ">", "<id>", ";", "=", "é", "“",
        "”", "\u{a0}", "\u{feff}", "\u{1}", "🦀",
    ]);
    prop::collection::vec(bit, bits).prop_map(|bits| bits.concat())
}

/// Good JSON.
fn good() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    (value, any::<bool>()).prop_map(|(value, pretty)| {
        if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap()
    })
}

/// The nearest place in a text where it can be cut.
fn boundary(text: &str, place: prop::sample::Index) -> usize {
    (0..=place.index(text.len() + 1)).rfind(|at| text.is_char_boundary(*at)).unwrap()
}

/// Good JSON with a wound.
fn wounded() -> impl Strategy<Value = String> {
    (good(), any::<prop::sample::Index>(), rubble(1..3)).prop_map(|(mut text, place, wound)| {
        text.insert_str(boundary(&text, place), &wound);
        text
    })
}

/// Good JSON with few names, so that pointers are often met.
fn few_names() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "null",
        "true",
        "-0.5e7",
        "7",
        "\"\"",
        "\"a\"",
        "\"[{\\\"\\\\\"",
        "\"long enough }\"",
        "[]",
        "{ }",
    ]);
    let name = prop::sample::select(vec!["a", "b", "\\u0061", "a\\\\", "ab cd ef gh", "0", ""]);
    let gap = prop::sample::select(vec!["", "", " ", "\r\n\t"]);
    let value = leaf.prop_map(str::to_owned).prop_recursive(5, 60, 6, move |inner| {
        let member = (gap.clone(), name.clone(), gap.clone(), inner.clone()).prop_map(
            |(before, name, after, value)| {
                (name.replace("\\u0061", "a"), format!("{before}\"{name}\"{after}:{after}{value}{before}"))
            },
        );
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(|list| format!("[{}]", list.join(" ,"))),
            prop::collection::vec(member, 1..6).prop_map(|members| {
                let members: BTreeMap<String, String> = members.into_iter().collect();
                format!("{{{}}}", members.into_values().collect::<Vec<_>>().join(","))
            }),
        ]
    });
    (value, any::<bool>()).prop_map(|(value, mark)| if mark { format!("\u{feff} {value}\n") } else { value })
}

fn pointer() -> impl Strategy<Value = Pointer> {
    let step = prop::sample::select(vec![
        Step::Name("a"),
        Step::Name("b"),
        Step::Name("0"),
        Step::Other("a".into()),
        Step::Other("a\\".into()),
        Step::Other("".into()),
        Step::Other("ab cd ef gh".into()),
        Step::Index(0),
        Step::Index(1),
        Step::Index(3),
    ]);
    prop::collection::vec(step, 0..4).prop_map(|steps| steps.into_iter().collect())
}

/// The pointers to everything below a node, and to something that is not there.
fn gather(tree: &Tree<'_>, node: Node, at: &Pointer, pointers: &mut Vec<Pointer>) {
    pointers.extend([at.then("no such name"), at.then(7), at.clone()]);
    for (index, element) in tree.elements(node).enumerate() {
        gather(tree, element, &at.then(index), pointers);
    }
    for member in tree.members(node) {
        gather(tree, member.value, &at.then(Step::Other(member.key.into())), pointers);
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![rubble(0..24), good(), wounded(), any::<String>(), "[\\[\\]{}\",:0-9a\\\\ ue.+-]{0,20}"]
}

fn has_placeholder(tree: &Tree<'_>) -> bool {
    tree.entries.iter().any(|entry| entry.kind == Kind::Placeholder)
}

/// Checks everything below a node, and gives it as serde_json would.
fn look(tree: &Tree<'_>, node: Node, pointer: &Pointer) -> Value {
    let range = tree.range(node);
    assert!(tree.text().get(range.clone()).is_some(), "{range:?}");
    assert_eq!(tree.nearest(pointer), range);
    assert_eq!(tree.nearest(&pointer.then(Step::Other("no such name".into()))), range);
    let within = |inner: &std::ops::Range<usize>| {
        assert!(range.start <= inner.start && inner.end <= range.end, "{range:?} {inner:?}");
    };
    match tree.kind(node) {
        Kind::Null | Kind::Placeholder | Kind::Broken => Value::Null,
        Kind::Bool(value) => Value::from(value),
        Kind::Number => serde_json::from_str(tree.raw(node)).unwrap_or_default(),
        Kind::String => Value::from(tree.string(node).unwrap()),
        Kind::Array => {
            let mut list = Vec::new();
            for (index, element) in tree.elements(node).enumerate() {
                within(&tree.range(element));
                assert_eq!(tree.element(node, index), Some(element));
                list.push(look(tree, element, &pointer.then(index)));
            }
            assert_eq!(tree.len(node), list.len());
            Value::from(list)
        }
        Kind::Object => {
            let mut map = serde_json::Map::new();
            for member in tree.members(node) {
                within(&member.key_range);
                within(&tree.range(member.value));
                assert!(tree.text().get(member.key_range.clone()).is_some());
                let last = tree.member(node, &member.key).unwrap();
                if last.value == member.value {
                    let pointer = pointer.then(Step::Other(member.key.clone().into()));
                    assert_eq!(tree.key_range(&pointer), Some(member.key_range));
                    map.insert(member.key.into_owned(), look(tree, member.value, &pointer));
                }
            }
            Value::Object(map)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_tree_takes_what_serde_json_takes(text in text()) {
        let tree = Tree::parse(&text);
        let seen = look(&tree, tree.root(), &Pointer::default());
        let mut before = 0;
        for fault in tree.syntax_faults() {
            prop_assert!(text.get(fault.range.clone()).is_some(), "{fault:?}");
            prop_assert!(fault.range.start >= before);
            before = fault.range.start;
        }
        let good = tree.syntax_faults().is_empty() && !tree.is_empty();
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        match serde_json::from_str::<Value>(bare) {
            Ok(value) => {
                prop_assert!(good, "{:?}", tree.syntax_faults());
                prop_assert_eq!(seen, value);
                prop_assert!(tree.entries.iter().all(|entry| !entry.open));
            }
            Err(error) => prop_assert!(
                !good || has_placeholder(&tree) || error.to_string().starts_with("number out of range"),
                "{error}"
            ),
        }
        if has_placeholder(&tree) {
            prop_assert!(may_have_placeholder(&text));
        }
    }

    #[test]
    fn what_is_sought_is_where_the_tree_says(text in few_names(), pointers in prop::collection::vec(pointer(), 0..12)) {
        let tree = Tree::parse(&text);
        prop_assert!(tree.syntax_faults().is_empty());
        let sought = Sought::new(&text, || pointers.iter().collect());
        for pointer in &pointers {
            prop_assert_eq!(sought.nearest(pointer), tree.nearest(pointer), "{}", pointer);
            prop_assert_eq!(sought.key_range(pointer), tree.key_range(pointer), "{}", pointer);
        }
    }

    #[test]
    fn whatever_is_sought_is_found_in_good_text(text in good()) {
        let tree = Tree::parse(&text);
        let mut pointers = Vec::new();
        gather(&tree, tree.root(), &Pointer::default(), &mut pointers);
        let sought = Sought::new(&text, || pointers.iter().collect());
        for pointer in &pointers {
            prop_assert_eq!(sought.nearest(pointer), tree.nearest(pointer), "{}", pointer);
            prop_assert_eq!(sought.key_range(pointer), tree.key_range(pointer), "{}", pointer);
        }
    }

    #[test]
    fn seeking_ends_in_any_text(text in text(), pointers in prop::collection::vec(pointer(), 0..12)) {
        let sought = Sought::new(&text, || pointers.iter().collect());
        for pointer in &pointers {
            sought.nearest(pointer);
        }
    }

    #[test]
    fn a_text_that_is_cut_off_has_one_fault(value in good(), place: prop::sample::Index) {
        let text = format!("[{value}");
        let at = boundary(&text, place);
        let tree = Tree::parse(&text[..at]);
        prop_assert_eq!(tree.syntax_faults().len(), usize::from(at > 0), "{:?}", tree.syntax_faults());
        prop_assert!(at == 0 || tree.is_open(tree.root()));
    }

    #[test]
    fn positions_are_those_of_a_slow_count(
        text in "[a\né🦀\r]{0,40}",
        offsets in prop::collection::vec(0..200_usize, 1..20),
    ) {
        let index = LineIndex::new(&text);
        for offset in offsets {
            let position = index.position(offset);
            let before = &text[..position.offset];
            prop_assert!(position.offset <= offset);
            prop_assert_eq!(position.line, before.matches('\n').count() + 1);
            let line = before.rsplit('\n').next().unwrap_or_default();
            prop_assert_eq!(position.column, line.chars().count() + 1);
        }
    }
}

#[test]
fn very_many_places() {
    let text = format!("[{}]", vec!["{\"a\":[1,{\"b\":\"c\"}]}"; 30_000].join(","));
    let tree = Tree::parse(&text);
    let at = |index| Pointer::new([Step::Index(index), Step::Name("a"), Step::Index(1), Step::Name("b")]);
    let pointers: Vec<_> = (0..30_000).rev().map(at).collect();
    let sought = Sought::new(&text, || pointers.iter().collect());
    for pointer in &pointers {
        assert_eq!(sought.nearest(pointer), tree.nearest(pointer));
        assert_eq!(sought.key_range(pointer), tree.key_range(pointer));
    }
}
