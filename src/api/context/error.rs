//! What is wrong with a text that should be a context.

use crate::diagnostic::{Pointer, Position, Step};
use crate::json::{LineIndex, Member, Node, Tree};
use crate::say::say;

/// A context that is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContextError {
    /// The text is not JSON, or a member has a type that the API never returns.
    #[error("{}", self.message())]
    Json {
        /// What is wrong.
        message: String,
        /// Where.
        position: Position,
    },
    /// No member of the object is one that a context has.
    #[error("{}", self.message())]
    Nothing,
}

impl ContextError {
    /// The fault of a text that could only be read up to here.
    #[cold]
    pub(super) fn at(text: &str, offset: usize) -> Self {
        let tree = Tree::parse(text);
        let (message, start) = match tree.syntax_faults().first() {
            Some(fault) => (fault.message.clone().into_owned(), fault.range.start),
            None if tree.is_empty() => ("there is nothing here".to_owned(), 0),
            None => misfit(&tree, offset),
        };
        Self::Json { message, position: LineIndex::new(text).position(start) }
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        match self {
            Self::Json { message, .. } => message,
            Self::Nothing => {
                "none of loadbalancer, pool, listeners, member, members, subnets, flavors, availability_zones is there"
            }
        }
    }

    /// The line of the fault, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::Json { position, .. } => position.line,
            Self::Nothing => 1,
        }
    }

    /// The column of the fault, from 1.
    pub fn column(&self) -> usize {
        match self {
            Self::Json { position, .. } => position.column,
            Self::Nothing => 1,
        }
    }
}

/// What is wrong with the value at this place, and where it begins.
fn misfit(tree: &Tree<'_>, offset: usize) -> (String, usize) {
    let is_here = |node: &Node| tree.range(*node).contains(&offset);
    let in_member =
        |member: &Member<'_>| (member.key_range.start..tree.range(member.value).end).contains(&offset);
    let mut node = tree.root();
    let mut pointer = Pointer::default();
    loop {
        if let Some(member) = tree.members(node).find(in_member) {
            let same = tree.members(node).filter(|other| other.key == member.key).count();
            pointer.push(Step::Other(member.key.into()));
            node = member.value;
            if same > 1 {
                return (say!("`{}` is there more than once", pointer.text()), tree.range(node).start);
            }
        } else if let Some((index, element)) =
            tree.elements(node).enumerate().find(|(_, element)| is_here(element))
        {
            pointer.push(Step::Index(index));
            node = element;
        } else {
            break;
        }
    }
    let found = tree.kind(node).words();
    let message = match pointer.steps() {
        [] => say!("a context cannot be {}", found),
        _ => say!("`{}` cannot be {}", pointer.text(), found),
    };
    (message, tree.range(node).start)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::Context;

    fn told(text: &str) -> String {
        match Context::from_json(text) {
            Ok(_) => "taken".to_owned(),
            Err(error) => format!("{}:{}: {error}", error.line(), error.column()),
        }
    }

    #[test]
    fn what_is_no_context() {
        let texts = [
            "",
            "[]",
            "{\"pool\": ",
            "{\"pool\": 7}",
            "{\"pool\": {\"protocol\":\n 3}}",
            "{\"pool\": [\"HTTP\"]}",
            "{\"pool\": {}, \"pool\": {}}",
            "{\"pool\": {\"any_port_enable\": \"no\"}}",
            "{\"members\": [{}, {\"protocol_port\": 80.5}]}",
            "{\"members\": [{}, null]}",
            "{\"pool\": {\"protocol\": {{protocol}}}}",
            "{\"pool\": {}} {}",
            "{\"request_id\": \"8f40\"}",
        ];
        assert_snapshot!(texts.map(|text| format!("{text:<50} {}", told(text))).join("\n"), @r#"
                                                   1:1: there is nothing here
[]                                                 1:1: a context cannot be a list
{"pool":                                           1:9: the text ends inside an object that begins on line 1
{"pool": 7}                                        1:10: `/pool` cannot be a number
{"pool": {"protocol":
 3}}                         2:2: `/pool/protocol` cannot be a number
{"pool": ["HTTP"]}                                 1:10: `/pool` cannot be a list
{"pool": {}, "pool": {}}                           1:22: `/pool` is there more than once
{"pool": {"any_port_enable": "no"}}                1:30: `/pool/any_port_enable` cannot be a string
{"members": [{}, {"protocol_port": 80.5}]}         1:36: `/members/1/protocol_port` cannot be a number
{"members": [{}, null]}                            1:18: `/members/1` cannot be null
{"pool": {"protocol": {{protocol}}}}               taken
{"pool": {}} {}                                    1:14: `{` after the end of the JSON value
{"request_id": "8f40"}                             1:1: none of loadbalancer, pool, listeners, member, members, subnets, flavors, availability_zones is there
"#);
    }

    #[test]
    fn what_is_not_ours_may_be_anything() {
        let others =
            r#"[1.5, -0.1e+7, 12345678901234567890123, "\ud83d\ude00", {"a\nb": [true, false, null]}, []]"#;
        assert_eq!(told(&format!(r#"{{"pool": {{"tags": {others}, "protocol": "HTTP"}}}}"#)), "taken");
        for number in ["01", "1.", "1e", "-", "+1", ".5", "0x1"] {
            assert_ne!(told(&format!(r#"{{"pool": {{"tags": {number}}}}}"#)), "taken", "{number}");
        }
        let nested = |depth: usize| format!("{}{}", "[{\"a\": ".repeat(depth) + "0", "}]".repeat(depth));
        assert_eq!(
            told(&format!(r#"{{"pool": {{"tags": {}, "protocol": "HTTP"}}}}"#, nested(100_000))),
            "taken"
        );
        for wrong in ["[1}", "{]", "[1,]", "{\"a\":1,}", "{\"a\"}", "[1 2]", "[", "{\"a\":"] {
            assert_ne!(told(&format!(r#"{{"pool": {{"tags": {wrong}}}}}"#)), "taken", "{wrong}");
        }
    }
}
