//! What a bare word means: a number, a constant, or something that another language would take.
//!
//! Sees the word alone, never what stands around it.

use super::scan::{Scanner, Word};
use super::tree::Kind;

const NO_WORD: &str = "{} is not a word of JSON";
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
    let bare = word.text.trim_start_matches(['-', '+']);
    let (message, help) = match word.text {
        "True" | "TRUE" => (NO_WORD, "write `true`"),
        "False" | "FALSE" => (NO_WORD, "write `false`"),
        "None" | "Null" | "NULL" | "nil" | "undefined" => (NO_WORD, "write `null`"),
        signed if shape == Shape::Loose && signed.starts_with('+') => {
            ("the number {} has a plus sign", "remove the plus sign")
        }
        _ if shape == Shape::Loose => (
            "the number {} begins with a zero",
            "remove the zeros, or put it in double quotes if it is a string",
        ),
        _ if matches!(bare, "NaN" | "nan" | "Infinity" | "inf") => {
            ("JSON has no number {}", "write a number, or `null`")
        }
        _ if bare.is_empty() || bare.starts_with(|first: char| first.is_ascii_digit() || first == '.') => {
            ("{} is not a number as JSON writes them", QUOTE_IT)
        }
        _ => {
            let before = scan.text.get(..word.range.start).unwrap_or_default();
            let help = if before.trim().is_empty() { BEGIN_AN_OBJECT } else { QUOTE_IT };
            ("{} is neither a JSON value nor in double quotes", help)
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
