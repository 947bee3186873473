//! What would mend a fault of the body, and the edit of its text that does so.
//!
//! Only for a text that is JSON, placeholders apart. Judges nothing: whether a change is for the better is found out
//! by whoever makes it, by judging again.

use std::borrow::Cow;
use std::ops::Range;

use super::pointers::Pointers;
use crate::lists::SmallVec;

use crate::diagnostic::{Edit, Fix, Place, Pointer, Span};
use crate::json::{self, FaultKind, read};
use crate::rules::fields;
use crate::say::say;

/// A change that mends a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// The member gets this name.
    Rename(&'static str),
    /// The string gets this value.
    Replace(&'static str),
    /// The string becomes the integer or boolean that it says. With it the type that is expected.
    Unquote(&'static str),
    /// The member goes.
    Remove,
}

/// The remedies of what the tolerant reader has noted, one for each fault.
pub(super) fn of_faults(faults: &[json::Fault]) -> SmallVec<[Option<Remedy>; 4]> {
    // Two misspelt names cannot both become the one that was meant.
    let mut meant = Vec::new();
    for fault in faults {
        if let FaultKind::UnknownField { near: Some(near), .. } = fault.kind {
            meant.push(renamed(fault, near));
        }
    }
    let meant = Pointers::of(meant);
    let remedy = |fault: &json::Fault| match &fault.kind {
        FaultKind::UnknownField { name, near: Some(near), known, .. } => {
            let alone = meant.times(&renamed(fault, near)) == 1;
            // A name that is there already may have been meant as well.
            let surely = alone && json::near(name, known.iter().copied()) == Some(*near);
            surely.then_some(Remedy::Rename(near))
        }
        FaultKind::OneOf { value, permitted, .. } => {
            let mut same = permitted.iter().filter(|word| word.eq_ignore_ascii_case(value));
            let first = same.next()?;
            same.next().is_none().then_some(Remedy::Replace(first))
        }
        FaultKind::WrongType { expected: expected @ ("an integer" | "a boolean"), found }
            if *found == "a string" =>
        {
            Some(Remedy::Unquote(expected))
        }
        _ => None,
    };
    faults.iter().map(remedy).collect()
}

/// The way to the member at fault, if it had this name.
fn renamed(fault: &json::Fault, name: &'static str) -> Pointer {
    let mut pointer = fault.pointer.clone();
    pointer.pop();
    pointer.push(name);
    pointer
}

impl Remedy {
    /// The fix that makes the change. `found` is where the fault is: the name where the name is wrong, else the
    /// value. `name` tells where the member's name is.
    pub(super) fn fix(
        self,
        text: &str,
        found: &Range<usize>,
        name: impl FnOnce() -> Option<Range<usize>>,
        place: &Place,
    ) -> Option<Fix> {
        let is_string = |range: &Range<usize>| {
            text.get(range.clone())
                .is_some_and(|word| word.len() >= 2 && word.starts_with('"') && word.ends_with('"'))
        };
        if self != Self::Remove && !is_string(found) {
            return None;
        }
        let (title, range, text): (Cow<'static, str>, _, _) = match self {
            Self::Rename(near) => {
                let (colon, _) = after_space(text, found.end);
                let (_, first) = after_space(text, colon + 1);
                // A list for an object, or the other way round: then it is another operation that was meant.
                if matches!((near, first), ("member", Some(b'[')) | ("members", Some(b'{'))) {
                    return None;
                }
                (say!("rename it to `{}`", near).into(), found.clone(), say!("\"{}\"", near))
            }
            Self::Replace(word) => (say!("write {}", word).into(), found.clone(), say!("\"{}\"", word)),
            Self::Unquote(expected) => {
                let inner = text.get(found.start + 1..found.end - 1)?;
                let says = match expected {
                    "an integer" => read::<i64>(inner).is_some(),
                    _ => matches!(inner, "true" | "false"),
                };
                if !says {
                    return None;
                }
                ("remove the quotes".into(), found.clone(), inner.to_owned())
            }
            Self::Remove => {
                // The name may be there twice, and then it is this one.
                let is_name = is_string(found) && after_space(text, found.end).1 == Some(b':');
                let key = if is_name { found.clone() } else { name()? };
                let title = say!("remove {}", fields::subject(&place.pointer));
                (title.into(), member(text, key)?, String::new())
            }
        };
        let edits = vec![Edit { span: Span::uncounted(range), text }];
        Some(Fix { title, safe: self != Self::Remove, edits })
    }
}

/// The stretch that a member takes up whose name is here: with its comma, and with its line where it has one to
/// itself.
fn member(text: &str, key: Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (colon, Some(b':')) = after_space(text, key.end) else { return None };
    let (value, Some(_)) = after_space(text, colon + 1) else { return None };
    let end = value_end(bytes, value)?;
    let line_start = text.get(..key.start)?.trim_end_matches([' ', '\t']).len();
    let before = text.get(..key.start)?.trim_ascii_end().len();
    let (next, found) = after_space(text, end);
    match found? {
        b',' => {
            let rest = text.get(next + 1..)?;
            let line = rest.trim_start_matches([' ', '\t', '\r']);
            let begins_line = line_start == 0 || bytes.get(line_start - 1) == Some(&b'\n');
            if begins_line && line.starts_with('\n') {
                return Some(line_start..text.len() - line.len() + 1);
            }
            Some(key.start..text.len() - rest.trim_ascii_start().len())
        }
        b'}' if bytes.get(before.checked_sub(1)?) == Some(&b',') => Some(before - 1..end),
        b'}' if bytes.get(before.checked_sub(1)?) == Some(&b'{') => Some(before..next),
        _ => None,
    }
}

/// The next byte that is not space, and where it is.
fn after_space(text: &str, at: usize) -> (usize, Option<u8>) {
    let rest = text.get(at..).unwrap_or_default();
    let at = text.len() - rest.trim_ascii_start().len();
    (at, text.as_bytes().get(at).copied())
}

/// The end of the value that begins here.
fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at)?;
                if depth == 0 {
                    return Some(at);
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => break,
            b'}' | b']' => {
                depth -= 1;
                // A placeholder may go on after its braces.
                if depth == 0 && bytes.get(start) != Some(&b'$') {
                    return Some(at + 1);
                }
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    (at > start).then_some(at)
}

fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += crate::search::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, name: &str) -> String {
        let start = text.find(&format!("\"{name}\"")).unwrap();
        let range = member(text, start..start + name.len() + 2).unwrap();
        [&text[..range.start], &text[range.end..]].concat()
    }

    #[test]
    fn a_member_goes_with_its_comma_and_its_line() {
        assert_eq!(without(r#"{"a": 1, "b": 2, "c": 3}"#, "a"), r#"{"b": 2, "c": 3}"#);
        assert_eq!(without(r#"{"a": 1, "b": 2, "c": 3}"#, "b"), r#"{"a": 1, "c": 3}"#);
        assert_eq!(without(r#"{"a": 1, "b": 2, "c": 3}"#, "c"), r#"{"a": 1, "b": 2}"#);
        assert_eq!(without(r#"{ "a": "}\"," }"#, "a"), "{}");
        assert_eq!(
            without("{\r\n  \"a\": 1,\r\n  \"b\": {\"x\": [1, \"]\"]}\r\n}", "a"),
            "{\r\n  \"b\": {\"x\": [1, \"]\"]}\r\n}"
        );
        assert_eq!(
            without("{\r\n  \"a\": 1,\r\n  \"b\": {\"x\": [1, \"]\"]}\r\n}", "b"),
            "{\r\n  \"a\": 1\r\n}"
        );
        assert_eq!(without("{\n  \"a\": {{x}},\n  \"b\": 2\n}", "a"), "{\n  \"b\": 2\n}");
        assert_eq!(without("{\n  \"a\": ${x} , \"b\": 2\n}", "a"), "{\n  \"b\": 2\n}");
        assert_eq!(without("{\"b\":true,\n\"a\":<x>}", "a"), "{\"b\":true}");
    }
}
