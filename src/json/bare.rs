//! What a bare word means: a number, a constant, or something that another language would take.
//!
//! Sees the word alone, never what stands around it.

use super::scan::{Scanner, Word};
use super::tree::Kind;

const QUOTE_IT: &str = "put it in double quotes if it is a string";

/// A whole text that begins with a word is something else than JSON: a form, an XML document, prose.
const BEGIN_AN_OBJECT: &str = "write a JSON object, which begins with `{`";

/// The kind of value a word without placeholders is, with a fault if JSON does not know it.
pub(super) fn kind(scan: &mut Scanner<'_>, word: &Word<'_>) -> Kind {
    let shape = number(word.text.as_bytes());
    match (word.text, shape) {
        ("null", _) => return Kind::Null,
        ("true", _) => return Kind::Bool(true),
        ("false", _) => return Kind::Bool(false),
        (_, Shape::Good) => return Kind::Number,
        _ => {}
    }
    let shown = scan.shown(word.range.clone());
    let bare = word.text.trim_start_matches(['-', '+']);
    let (message, help) = match word.text {
        "True" | "TRUE" => (format!("{shown} is not a word of JSON"), "write `true`"),
        "False" | "FALSE" => (format!("{shown} is not a word of JSON"), "write `false`"),
        "None" | "Null" | "NULL" | "nil" | "undefined" => {
            (format!("{shown} is not a word of JSON"), "write `null`")
        }
        signed if shape == Shape::Loose && signed.starts_with('+') => {
            (format!("the number {shown} has a plus sign"), "remove the plus sign")
        }
        _ if shape == Shape::Loose => {
            let help = "remove the zeros, or put it in double quotes if it is a string";
            (format!("the number {shown} begins with a zero"), help)
        }
        _ if matches!(bare, "NaN" | "nan" | "Infinity" | "inf") => {
            (format!("JSON has no number {shown}"), "write a number, or `null`")
        }
        _ if bare.is_empty() || bare.starts_with(|first: char| first.is_ascii_digit() || first == '.') => {
            (format!("{shown} is not a number as JSON writes them"), QUOTE_IT)
        }
        _ => {
            let before = scan.text.get(..word.range.start).unwrap_or_default();
            let help = if before.trim().is_empty() { BEGIN_AN_OBJECT } else { QUOTE_IT };
            (format!("{shown} is neither a JSON value nor in double quotes"), help)
        }
    };
    scan.fault(word.range.clone(), message, help);
    // Whatever it was meant to be, its fault is told.
    Kind::Broken
}

/// How a word is to be taken as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// JSON takes it.
    Good,
    /// JSON would take it without its sign or its leading zeros.
    Loose,
    /// It is none.
    None,
}

/// Whether a word is a number.
fn number(word: &[u8]) -> Shape {
    let (loose, rest) = match word {
        [b'-', rest @ ..] => (false, rest),
        [b'+', rest @ ..] => (true, rest),
        _ => (false, word),
    };
    let (whole, rest) = digits(rest);
    if whole.is_empty() {
        return Shape::None;
    }
    let zeros = whole.len() > 1 && whole.starts_with(b"0");
    let rest = match rest {
        [b'.', rest @ ..] => match digits(rest) {
            ([], _) => return Shape::None,
            (_, rest) => rest,
        },
        _ => rest,
    };
    let rest = match rest {
        [b'e' | b'E', b'+' | b'-', rest @ ..] | [b'e' | b'E', rest @ ..] => match digits(rest) {
            ([], _) => return Shape::None,
            (_, rest) => rest,
        },
        _ => rest,
    };
    match rest {
        [] if loose || zeros => Shape::Loose,
        [] => Shape::Good,
        _ => Shape::None,
    }
}

fn digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let length = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.split_at_checked(length).unwrap_or((bytes, &[]))
}
